"""Frames: which matches of rules stand, and what each asserts given the markers around it.

Sentences, clauses and tokens are those of ``framing.tables.Tokens``; matches are ordered by token. The
numbers below are what this file counts with; what stands behind them (patterns, word lists, rules) is
data of ``framing.frames``. The helpers look at the rows ``low:high`` of ``markers`` (kind, first, last),
those of the hit's sentence, which begins at token ``begin``.
"""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from framing.kernel.jit import inlined, kernel

Array = npt.NDArray[Any]

NO_LONGER, NOT, NO, DENY, CURE, HARM, CURED, HARMED, HEDGED, INTENT, NEED, CONDITIONAL, QUESTION = range(13)
"""Kinds of markers."""

STOP, THAT, DENIER, BARE_NOT, ONLY, ARTICLE, TO, FACTUAL = (1 << bit for bit in range(8))
"""Bits of a spelling: what ends a marker's reach (and *that*, which ends all but a denial's) · *not,
never, cannot, …n't* · *not* itself · *only, just, merely* · *a* · *to* · verbs after which *to* is a fact."""

POLE, OTHER, SILENT, BURDENED, NOUN, STRENGTH, BEARER, MODALITY = range(8)
"""Columns of a rule: the measures of its pole and of the other one; whether its plain denial claims
nothing; whether its pole is the one an actor bears; whether it is a noun; then what it asserts, the
modality −1 where the rule fixes none."""

CODE_POLE, CODE_STRENGTH, CODE_MODALITY, CODE_NEGATED, CODE_BEARER = range(5)
"""Columns of a code; its pole is −1 where composition takes the claim away ("no shortages")."""

IS_ASSERTED, IS_HEDGED, IS_INTENT, IS_NEED, IS_CONDITIONAL, IS_QUESTION, IS_PRESUPPOSED = range(7)
"""Modalities, as ``framing.tables.MODALITIES`` orders them."""
ANY_SIDE = 2
"""The bearer of a code that may stand on either side."""

_REACH = 7
"""Tokens a negator or modal reaches forward within its clause."""
_FAR = _REACH + 3
"""Tokens a denial, or a modality before its verb, reaches."""
_NEAR = 5
"""Tokens between a flip verb and its noun."""
_WITHIN = 3
"""Tokens from a negator inside a cue to the cue's end."""
_QUANTIFIED = 2
"""Tokens from *no, few, little* to the noun phrase."""
_ACTIVE, _PURPOSE = 1, 2


@inlined
def _forward(firsts: Array, place: int, token: int) -> int:
    """The next place from ``place`` on where ``firsts``, which ascend, are at or after ``token``."""
    while place < len(firsts) and firsts[place] < token:
        place += 1
    return place


@kernel(
    "i8[:], i8[:], i8[:], i8[:], i8[:], i4[:], i8[:], i8[:], i8[:], i8[:], i8[:], i4[:], b1[:], out b1[:]",
    allocates=False,
)
def stand(
    rule: Array,
    first: Array,
    last: Array,
    begin: Array,
    end: Array,
    pattern: Array,
    pattern_first: Array,
    unless_from: Array,
    unless: Array,
    requires_from: Array,
    requires: Array,
    clause: Array,
    named: Array,
    out: Array,
) -> None:
    """True for the matches ``first:last`` of rules that are no name and whose conditions hold.

    ``begin``, ``end``: the tokens of the match's sentence · ``pattern``, ``pattern_first``: all
    patterns found and their first tokens · ``unless``, ``requires``: the patterns that are conditions of rule *r*
    are ``unless[unless_from[r]:unless_from[r + 1]]``: none of the former may start in the clause of
    the match, one of the latter must in its sentence · ``named``: tokens that are names.
    """
    low, high = 0, 0
    for i in range(len(first)):
        r, is_name = rule[i], True
        for t in range(first[i], last[i]):
            is_name = is_name and named[t]
        barred, lacking = False, requires_from[r + 1] > requires_from[r]
        if not is_name and (lacking or unless_from[r + 1] > unless_from[r]):
            low = _forward(pattern_first, low, begin[i])
            high = _forward(pattern_first, max(low, high), end[i])
            for j in range(low, high):
                if clause[pattern_first[j]] == clause[first[i]]:
                    for k in range(unless_from[r], unless_from[r + 1]):
                        barred = barred or unless[k] == pattern[j]
                for k in range(requires_from[r], requires_from[r + 1]):
                    lacking = lacking and requires[k] != pattern[j]
        out[i] = not (is_name or barred or lacking)


@inlined
def _stopped(low: int, high: int, stops: int, ids: Array, words: Array) -> bool:
    """True if a word with one of the bits ``stops`` is among tokens ``low:high``."""
    for t in range(low, high):
        if words[ids[t]] & stops:
            return True
    return False


@inlined
def _reaches(end: int, first: int, reach: int, clause: Array, ids: Array, words: Array) -> bool:
    """True if a marker that ends at ``end`` reaches a hit: near, same clause, nothing between that stops."""
    if clause[end - 1] != clause[first] or not 0 <= first - end <= reach:
        return False
    return not _stopped(end, first, STOP | THAT, ids, words)


@inlined
def _before(
    wanted: int, first: int, last: int, low: int, high: int, markers: Array, clause: Array, ids: Array, words: Array
) -> bool:
    """True if a marker of this kind stands before the hit and reaches it, or holds it (*not … any more*)."""
    for m in range(low, high):
        if markers[m, 0] == wanted and markers[m, 1] < first:
            if markers[m, 2] >= last or _reaches(markers[m, 2], first, _REACH, clause, ids, words):
                return True
    return False


@inlined
def _denial(
    first: int, begin: int, low: int, high: int, markers: Array, clause: Array, ids: Array, words: Array
) -> int:
    """1 under *deny (that)*, 0 under *not deny*, −1 where nobody denies."""
    for m in range(low, high):
        start, end = markers[m, 1], markers[m, 2]
        if markers[m, 0] == DENY and clause[start] == clause[first] and 0 <= first - end <= _FAR:
            if not _stopped(end, first, STOP, ids, words):
                return 0 if _stopped(max(begin, start - 2), start, DENIER, ids, words) else 1
    return -1


@inlined
def _not_only(first: int, begin: int, ids: Array, words: Array) -> bool:
    """True after *not only*, *not just*, which negate nothing."""
    for t in range(max(begin, first - _REACH), first - 1):
        if words[ids[t]] & BARE_NOT and words[ids[t + 1]] & ONLY:
            return True
    return False


@inlined
def _negated(
    first: int,
    last: int,
    negates: bool,
    begin: int,
    low: int,
    high: int,
    markers: Array,
    clause: Array,
    ids: Array,
    words: Array,
) -> bool:
    """True under *not, n't, never, fails to …*; under *no, few, little* only right before a noun phrase.

    ``negates``: the hit's pattern holds a negation of its own.
    """
    denial = _denial(first, begin, low, high, markers, clause, ids, words)
    if denial >= 0:
        return bool(denial == 1)
    if _before(NOT, first, last, low, high, markers, clause, ids, words) and not _not_only(first, begin, ids, words):
        return True
    for m in range(low, high):
        kind, start, end = markers[m, 0], markers[m, 1], markers[m, 2]
        if kind == NO:
            if start > begin and words[ids[start - 1]] & ARTICLE:  # "a few", "a little"
                continue
            if end <= first and _reaches(end, first, _QUANTIFIED, clause, ids, words):
                return True
        if (kind == NO or kind == NOT) and not negates:  # "faced no new shortages"
            if first < start and end < last and last - end <= _WITHIN:
                return True
    return False


@inlined
def _flip(
    first: int,
    last: int,
    burdened: bool,
    begin: int,
    low: int,
    high: int,
    markers: Array,
    clause: Array,
    ids: Array,
    words: Array,
) -> int:
    """How a flip verb turns this noun: done, as a purpose (*to reduce*), or 0."""
    active, passive = (CURE, CURED) if burdened else (HARM, HARMED)
    for m in range(low, high):
        kind, start, end = markers[m, 0], markers[m, 1], markers[m, 2]
        if kind == active and end <= first and _reaches(end, first, _NEAR, clause, ids, words):
            if start > begin and words[ids[start - 1]] & TO and clause[start - 1] == clause[first]:
                # "managed to, helps to, able to": an infinitive that is a fact
                return _ACTIVE if start > begin + 1 and words[ids[start - 2]] & FACTUAL else _PURPOSE
            return _ACTIVE
        if kind == passive and 0 <= start - last <= 1 and clause[start] == clause[first]:
            return _ACTIVE
    return 0


@inlined
def _modality(
    first: int,
    last: int,
    noun: bool,
    end_of_sentence: int,
    low: int,
    high: int,
    markers: Array,
    clause: Array,
    ids: Array,
    words: Array,
) -> int:
    """The first modality that holds of the clause at the hit.

    A noun is hedged by the modal right after it too: *curbs could hurt*.
    """
    for m in range(low, high):
        kind, start, end = markers[m, 0], markers[m, 1], markers[m, 2]
        if kind < HEDGED:
            continue
        if kind == QUESTION:
            if end >= end_of_sentence - 1:
                return IS_QUESTION
            continue
        modality = IS_HEDGED + kind - HEDGED
        if kind == HEDGED and noun and start == last:
            return int(modality)
        if end <= first and _reaches(end, first, _FAR, clause, ids, words):
            return int(modality)
        if (kind == HEDGED or kind == INTENT) and first < start < last and end <= last:
            return int(modality)
    return IS_ASSERTED


@kernel(
    "i8[:], b1[:], i8[:], i8[:], i8[:], i8[:], i8[:,:], i8[:,:], i8[:], i4[:], b1[:], i4[:], i8[:], out i8[:,:]",
    allocates=False,
)
def compose(
    rule: Array,
    negates: Array,
    first: Array,
    last: Array,
    begin: Array,
    end: Array,
    rules: Array,
    markers: Array,
    starts: Array,
    clause: Array,
    clause_main: Array,
    ids: Array,
    words: Array,
    out: Array,
) -> None:
    """The code of each cue ``first:last``: a row of ``out`` with the columns above (codebook, Units and weights).

    Negation flips (*no longer* keeps the strength, *not* gives 1), flip verbs act on nouns, the
    subordinate clause caps the strength at 1, and one modality weighs each code. ``begin``,
    ``end``: the tokens of the cue's sentence · ``rules``: a row a rule · ``markers``: rows of kind,
    first, last · ``starts``: their column first · ``words``: the bits of each spelling, ``ids`` the
    spellings of the tokens.
    """
    low, high = 0, 0
    for i in range(len(first)):
        f, e, r = first[i], last[i], rule[i]
        low = _forward(starts, low, begin[i])
        high = _forward(starts, max(low, high), end[i])
        silent, burdened, noun = rules[r, SILENT] == 1, rules[r, BURDENED] == 1, rules[r, NOUN] == 1
        pole, bearer, modality, negated = rules[r, POLE], rules[r, BEARER], rules[r, MODALITY], 0
        strength = rules[r, STRENGTH] if clause_main[clause[f]] else 1
        flip = _flip(f, e, burdened, begin[i], low, high, markers, clause, ids, words) if noun else 0
        if flip == _PURPOSE and silent:
            strength, modality, flip = 1, IS_PRESUPPOSED, 0
        elif flip:
            pole, negated = rules[r, OTHER], 1
            bearer = bearer if burdened else ANY_SIDE
            strength = 1 if silent else strength
            modality = IS_INTENT if flip == _PURPOSE else modality
        elif _before(NO_LONGER, f, e, low, high, markers, clause, ids, words):
            pole, negated = rules[r, OTHER], 1
            strength = 1 if silent else strength
        elif _negated(f, e, negates[i], begin[i], low, high, markers, clause, ids, words):
            pole, negated, strength = -1 if silent else rules[r, OTHER], 1, 1
        if modality < 0:
            modality = _modality(f, e, noun, end[i], low, high, markers, clause, ids, words)
        if flip and not burdened and modality != IS_ASSERTED:
            strength = 1
        out[i, CODE_POLE] = pole
        out[i, CODE_STRENGTH] = strength
        out[i, CODE_MODALITY] = modality
        out[i, CODE_NEGATED] = negated
        out[i, CODE_BEARER] = bearer
