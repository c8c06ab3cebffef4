"""Whom *it* and *the company* stand for, as one pass over names and the words that stand for one.

``ids``: the spelling of each token; ``bits``: the bits below by spelling. The rules are those of the codebook
(Mentions); the word lists are data of ``framing.mentions.words``.
"""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from framing.kernel.jit import inlined, kernel

Array = npt.NDArray[Any]

(
    BUSINESS,
    VERB,
    ARTICLE,
    QUOTE,
    POSSESSIVE,
    DOLLAR,
    COLON,
    PAREN,
    COMMA,
    CLOSE,
    NOUN,
    DETERMINER,
    LINK,
    PRONOUN,
    EXCHANGE,
    CAPITAL,
    DOTTED,
    LONG,
) = (1 << bit for bit in range(18))
"""Bits of a spelling."""

NONE, SEVERAL = -1, -2
"""Instead of an actor: nobody, and more than one."""
BACK_OF_PRONOUN, BACK_OF_NOUN = 1, 3
"""How many sentences back a pronoun and a noun look."""
OPENING = 2
"""A pronoun that looks back stands after at most so many tokens of its sentence."""
_FAR = 3
"""Tokens from a noun back to its determiner, at most."""


@kernel("i4[:], i4[:], i8, out i8[:]", allocates=False)
def places(ids: Array, bits: Array, wanted: int, out: Array) -> int:
    """Number of tokens with one of the ``wanted`` bits, which are written to ``out`` (room: one more than tokens)."""
    n = 0
    for t in range(len(ids)):
        out[n] = t  # overwritten by the next, unless it counts: no branch is guessed wrong
        n += (bits[ids[t]] & wanted) != 0
    return n


@inlined
def _determiner(noun: int, low: int, ids: Array, bits: Array) -> int:
    """The token of the determiner of a noun in a sentence that starts at ``low``, or −1."""
    for at in range(noun - 1, max(low, noun - _FAR) - 1, -1):
        if bits[ids[at]] & DETERMINER:
            return at
        if not bits[ids[at]] & LINK:
            return -1
    return -1


@kernel(
    "i8[:], i4[:], i4[:], i4[:], i8[:], i4[:], i4[:], i8[:], i8[:], b1[:], out i4[:], out i4[:], out i8[:], out i8[:]",
    allocates=False,
)
def antecedents(
    places: Array,
    ids: Array,
    bits: Array,
    sentence: Array,
    first_token: Array,
    paragraph: Array,
    name_actor: Array,
    name_first: Array,
    name_last: Array,
    company: Array,
    only: Array,
    actor: Array,
    first: Array,
    last: Array,
) -> int:
    """Number of words that mean one company; of each its actor and tokens ``first:last``.

    places: the tokens that are a NOUN or a PRONOUN, ascending · sentence: per token · first_token, paragraph:
    of every sentence · name_actor, name_first, name_last: of the names found, by position · company: per actor ·
    only: NONE for every sentence.

    A noun counts with its determiner, a pronoun unless it is the determiner of a noun; nothing counts that
    overlaps a name. A word means the company named before it in its sentence, else in the nearest sentence
    before that names one, in the same paragraph. A word that means a company names it for those that follow.
    """
    n, passed, named = 0, 0, 0
    for i in range(len(places)):
        begin, end, here = places[i], places[i] + 1, sentence[places[i]]
        low, pronoun = first_token[here], bits[ids[places[i]]] & PRONOUN != 0
        if not pronoun:
            begin = _determiner(begin, low, ids, bits)
        elif i + 1 < len(places) and bits[ids[places[i + 1]]] & NOUN:
            if _determiner(places[i + 1], first_token[sentence[places[i + 1]]], ids, bits) == begin:
                continue
        while passed < len(name_first) and name_last[passed] <= begin:
            passed += 1
        if begin < 0 or (passed < len(name_first) and name_first[passed] < end):
            continue
        while named < len(name_first) and name_first[named] < begin:
            there, who = sentence[name_first[named]], name_actor[named]
            if company[who]:
                only[there] = who if only[there] == NONE or only[there] == who else SEVERAL
            named += 1
        found = only[here]
        if found == NONE and (not pronoun or begin - low <= OPENING):
            reach = BACK_OF_PRONOUN if pronoun else BACK_OF_NOUN
            for back in range(here - 1, max(-1, here - 1 - reach), -1):
                if paragraph[back] != paragraph[here]:
                    break
                if only[back] != NONE:
                    found = only[back]
                    break
        if found >= 0:
            actor[n], first[n], last[n] = found, begin, end
            n += 1
            only[here] = found  # nobody else was named here before
    return n
