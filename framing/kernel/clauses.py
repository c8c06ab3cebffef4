"""Where clauses begin: a walk from marker to marker of a sentence, over bits of its tokens.

A token is the bits of the word lists it stands on; which words those are, ``text.clauses`` knows.
"""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from framing.kernel.jit import inlined, kernel

Array = npt.NDArray[Any]

OPENER, WHILE, THOUGH, PHRASAL = 1 << 0, 1 << 1, 1 << 2, 1 << 3
"""*Although, despite …* open a subordinate clause (*while* and *though* not always); phrasal ones a phrase."""
EVEN, AS, IN, SPITE = 1 << 4, 1 << 5, 1 << 6, 1 << 7
"""Openers of two words: *even as, even though, in spite*."""
BUT, YET, ALSO, ONLY, NOT = 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12
"""*But* (not *but also*, *not only … but*) and *yet, however* begin a main clause."""
NOTHING, SPELL = 1 << 13, 1 << 14
"""Words after which *but* (*nothing but*) or *while* (*a while*) opens nothing."""
COMMA, SEMICOLON, STOP, THAT, AND = 1 << 15, 1 << 16, 1 << 17, 1 << 18, 1 << 19

MARKER = OPENER | BUT | YET | EVEN | SPITE | SEMICOLON
"""Where something may happen; *in spite* is found by its second word."""
_NOT_ONLY = 25
"""*Only* this many tokens before *but* belongs to it."""


@inlined
def _is_list_comma(bits: Array, comma: int, end: int) -> bool:
    """True for the comma of *A, B and C*: the next few words hold *and* or *or*, then go on."""
    for k in range(comma + 1, min(comma + 5, end)):
        if bits[k] & AND:
            return k > comma + 1
        if bits[k] & COMMA:
            if k > comma + 3:
                return False
            for further in range(k, min(k + 5, end)):
                if bits[further] & AND:
                    return True
            return False
    return False


@inlined
def _comma_after(bits: Array, opener: int, end: int) -> int:
    """The comma that ends a subordinate clause opened at ``opener``, or the sentence's end."""
    for j in range(opener + 2, end):
        if bits[j] & SEMICOLON:
            return j
        if bits[j] & COMMA and j + 1 < end and not _is_list_comma(bits, j, end):
            return j
    return end


@inlined
def _opens(bits: Array, i: int, low: int, high: int) -> bool:
    own = bits[i]
    before = bits[i - 1] if i > low else 0
    after = bits[i + 1] if i + 1 < high else STOP
    if own & WHILE:
        return not before & SPELL
    if own & THOUGH and before & (EVEN | COMMA) and after & STOP:
        return False
    if (own & EVEN and after & (AS | THOUGH)) or (own & IN and after & SPITE):
        return True
    return bool(own & OPENER)


@inlined
def _contrasts(bits: Array, i: int, low: int, high: int) -> bool:
    """True where a main clause starts at ``i``, after *but*, *yet* or *however*."""
    if i == low:
        return False
    if bits[i] & YET:
        return bool(bits[i - 1] & (COMMA | SEMICOLON))
    if not bits[i] & BUT or bits[i - 1] & NOTHING or (i + 1 < high and bits[i + 1] & ALSO):
        return False
    only = False
    for j in range(max(low, i - _NOT_ONLY), i):
        only = only or bits[j] & ONLY != 0
    if only:
        for j in range(low, i):
            if bits[j] & NOT:
                return False
    return True


@kernel("i8[:], i8[:], i8[:], out i8[:], out b1[:], out i8[:], out b1[:]")
def clause_starts(
    bits: Array, markers: Array, first_token: Array, start: Array, main: Array, count: Array, first_main: Array
) -> int:
    """The clauses of sentences beyond the first of each, in order; returns how many.

    bits: of each token · markers: tokens with a bit of ``MARKER`` · first_token: tokens of sentence *s* are
    ``first_token[s]:first_token[s + 1]``. ``start``: first token of each clause · ``main``: it is none of
    the subordinate ones · ``count``: how many in the sentence · ``first_main``: the same of its first clause
    (both are left as they are where a sentence holds no marker).

    *While A, B* gives A subordinate, B main; *A, but B* the same; *A while B* gives A main, B
    subordinate; a semicolon separates main clauses.
    """
    n = 0
    m = 0
    s = 0
    while m < len(markers):
        while first_token[s + 1] <= markers[m]:
            s += 1
        low, high = first_token[s], first_token[s + 1]
        own = n  # the sentence's clauses are own:n, and the one at its start
        until = high  # where the subordinate clause ends that was opened last
        begin, is_main = low, True  # the clause that was begun last: it may be begun again at the same token
        first_main[s] = True
        while True:
            i = high
            if m < len(markers) and markers[m] < high:
                i = markers[m] - 1 if bits[markers[m]] & SPITE else markers[m]
            if until < high and until <= i:
                if until == i:
                    m += 1
                begin, is_main = until + (bits[until] & COMMA != 0), True
                start[n], main[n] = begin, is_main
                n += 1
                until = high
                continue
            if i == high:
                break
            spite = bits[markers[m]] & SPITE
            m += 1
            if spite and (i < low or not bits[i] & IN):
                continue
            at = -1
            if _opens(bits, i, low, high):
                at, is_main = i, False
                before = bits[i - 1] if i > low else THAT
                until = _comma_after(bits, i, high)
                if not bits[i] & (PHRASAL | IN) and not before & (THAT | COMMA | BUT):
                    until = high
            elif _contrasts(bits, i, low, high):
                first_main[s] = False
                for earlier in range(own, n):
                    main[earlier] = False
                at, is_main, until = i, True, high
            elif bits[i] & SEMICOLON and i + 1 < high:
                at, is_main, until = i + 1, True, high
            if at == begin and n == own:
                first_main[s] = is_main
            elif at == begin:
                main[n - 1] = is_main
            elif at >= 0:
                start[n], main[n], begin = at, is_main, at
                n += 1
        count[s] = n - own
    return n
