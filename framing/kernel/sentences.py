"""Where sentences end: a decision at each candidate word, from what is known of the spellings around it.

``breaks`` is Punkt (Kiss & Strunk 2006), ``sentences`` takes back the breaks that part a sentence.
What a word is to them is one int32 of the bits below; which spelling has which, ``text.punkt`` knows.
"""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from framing.kernel.jit import inlined, kernel

Array = npt.NDArray[Any]

SMALL, STARTER, CAPITAL, OTHER, BROKEN = 1, 2, 4, 8, 16
"""What stands after a full stop: punctuation or a small letter · a capital word that starts sentences
by habit · another capital · anything else; BROKEN, beside one of them: a word that holds a break itself.
In the lowest five bits of a word: before which of these a sentence ends after it."""
AS_NEXT = 5
"""From this bit on: which of them the word is itself."""
CLOSED = 1 << 10
"""A sentence ends after the word whatever follows: its mark stands before closing quotes, ``end.”``"""
PLACES = 1 << 11
"""Sentences may end inside the word: it has rows of places."""
CLOSERS = 1 << 12
"""Closing marks only: they belong to the sentence before them."""
DASHED = 1 << 13
"""Closing marks, then a dash: a row says where the closing marks end."""
ALNUM = 1 << 14
"""Holds a letter or digit."""
SAYING = 1 << 15
"""Begins with a small letter, closing marks aside."""
QUOTES = 1 << 16
"""Closing quotes or brackets only (a small letter may follow in the next word)."""
SMALL_FIRST = 1 << 17
"""Its first character is a small letter."""
UNUSUAL = 1 << 18
"""Begins with a word that starts no sentence by habit."""
DIGIT = 1 << 19
"""Its first character is a digit."""
NUMERO = 1 << 20
"""Ends in *No.*"""
NAMING = 1 << 21
"""Ends in initials or in the mark of a name: *J.P.*, *Yahoo!*"""
ALNUM_AFTER = 1 << 22
"""In a row: the word holds a letter or digit after the place."""

CANDIDATE = 2 * BROKEN - 1 | CLOSED | PLACES
"""A sentence may end at or in the word."""

FOLLOWED, LAST, LEADING = 0, 1, 2
"""Kinds of rows: places in a word with a word after it in its paragraph · in the last word ·
the end of closing marks that begin a word."""

MOST_BREAKS = 3
"""A candidate word gives no more breaks than this: two places and its end."""
_HEAD = 7
"""Closing quotes and the small letter after them lie within so many characters."""


@kernel("i4[:], i4[:], i8[:], i4[:,:], i8[:], i8[:], i8[:], out i4[:,:], out i8[:]")
def breaks(
    ids: Array,
    bits: Array,
    bounds: Array,
    rows: Array,
    first: Array,
    last: Array,
    candidates: Array,
    found: Array,
    count: Array,
) -> int:
    """Punkt's breaks in paragraphs, in order; returns how many.

    ids, bits: of each word · bounds, rows: ``(kind, place, bits)`` of spelling *i* are
    ``rows[bounds[i]:bounds[i + 1]]`` · first, last: words of paragraph *p* are ``first[p]:last[p]`` ·
    candidates: words with a bit of ``CANDIDATE``. ``found``: ``(word, place, bits)``: the sentence ends
    ``place`` characters into the word (0: at its end). ``count``: breaks up to and with paragraph *p*.

    Method: Kiss & Strunk (2006), section 4, as in nltk 3.10: the last mark of a word is looked at, and
    closing marks after a break go to the sentence before it.
    """
    n = 0
    c = 0
    for p in range(len(first)):
        low, high = first[p], last[p]
        while c < len(candidates) and candidates[c] < low:
            c += 1
        while c < len(candidates) and candidates[c] < high:
            word = candidates[c]
            own = bits[word]
            if own & PLACES:
                kind = LAST if word == high - 1 else FOLLOWED
                for r in range(bounds[ids[word]], bounds[ids[word] + 1]):
                    if rows[r, 0] == kind:
                        found[n, 0], found[n, 1], found[n, 2] = word, rows[r, 1], rows[r, 2]
                        n += 1
            if word < high - 1:
                after = bits[word + 1]
                if own & CLOSED:
                    found[n, 0], found[n, 1], found[n, 2] = word, 0, 0
                    n += 1
                elif own & (after >> AS_NEXT) & (2 * BROKEN - 1):
                    if after & DASHED:
                        for r in range(bounds[ids[word + 1]], bounds[ids[word + 1] + 1]):
                            if rows[r, 0] == LEADING:
                                found[n, 0], found[n, 1], found[n, 2] = word + 1, rows[r, 1], rows[r, 2]
                                n += 1
                    elif not after & CLOSERS:
                        found[n, 0], found[n, 1], found[n, 2] = word, 0, 0
                        n += 1
                    elif word + 1 < high - 1:
                        found[n, 0], found[n, 1], found[n, 2] = word + 1, 0, 0
                        n += 1
            c += 1
        count[p] = n
    return n


@inlined
def _any_alnum(bits: Array, low: int, high: int) -> int:
    """ALNUM if a word of ``low:high`` holds a letter or digit, else 0."""
    for word in range(low, high):
        if bits[word] & ALNUM:
            return ALNUM
    return 0


@kernel("i4[:], i4[:], i4[:], i8[:], i8[:], b1[:], i4[:,:], i8[:], out i8[:,:]")
def sentences(
    bits: Array,
    start: Array,
    end: Array,
    first: Array,
    last: Array,
    whole: Array,
    found: Array,
    count: Array,
    out: Array,
) -> int:
    """The sentences of paragraphs, in order; returns how many.

    bits, start, end: of each word · first, last: words of each paragraph · whole: it is one sentence ·
    found, count: its breaks, as ``breaks`` gives them. ``out``: ``(paragraph, start, end, first word,
    last word)``, the last one exclusive; a word that a boundary parts is the last and the first.

    A break is taken back before a small letter, after *No.* before a digit, after initials and names
    with marks before a word that starts no sentence by habit, and where one of the two sentences would
    hold neither letter nor digit.
    """
    n = 0
    b = 0
    for p in range(len(first)):
        low, high = first[p], last[p]
        if low == high:
            continue
        if whole[p]:
            b = count[p]
        begin, opening = start[low], low  # of the sentence that is being read
        left = 0  # ALNUM if it holds a letter or digit up to the break that waits
        after, unread = 0, low  # the same for the rest of a word that was parted; the first word not looked at
        waits = False
        stop, closing, resume, resumed, glue = 0, 0, 0, 0, 0  # of the break that waits
        while True:
            at_end = b == count[p]
            word, place, own = high, 0, 0
            if not at_end:
                word, place, own = found[b, 0], found[b, 1], found[b, 2]
            if place and word < unread:  # a second place in the same word
                held = own & ALNUM
            elif place:
                held = after | _any_alnum(bits, unread, word) | own & ALNUM
            elif at_end:
                held = after | _any_alnum(bits, unread, high)
            else:
                held = after | _any_alnum(bits, unread, word + 1)
            if waits and (glue or not held or not left):
                left |= held
            elif waits:
                out[n, 0], out[n, 1], out[n, 2], out[n, 3], out[n, 4] = p, begin, stop, opening, closing
                n += 1
                begin, opening, left = resume, resumed, held
            else:
                left = held
            if at_end:
                break
            closing = word + 1
            if place:
                stop = start[word] + place
                resume, resumed = stop, word
                after, unread = (own & ALNUM_AFTER) // (ALNUM_AFTER // ALNUM), word + 1
                ending, heading = own, own
            else:
                stop = end[word]
                resume, resumed = start[word + 1], word + 1
                after, unread = 0, word + 1
                ending, heading = bits[word], bits[word + 1]
                if heading & QUOTES and word + 2 < high and bits[word + 2] & SMALL_FIRST:
                    if start[word + 2] - start[word + 1] <= _HEAD:
                        heading |= SAYING
            glue = heading & SAYING
            if (ending & NUMERO and heading & DIGIT) or (ending & NAMING and heading & UNUSUAL):
                glue = 1
            waits = True
            b += 1
        out[n, 0], out[n, 1], out[n, 2], out[n, 3], out[n, 4] = p, begin, end[high - 1], opening, high
        n += 1
    return n
