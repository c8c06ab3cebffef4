"""Targets: the role of each name in its clause, and the names that each cue is about.

Sentences, clauses and tokens are those of ``framing.tables.Tokens``. A name is a mention of at least one
token; names are ordered by sentence. ``words``: the bits below by spelling; ``ids``: the spelling of each
token. The rules are those of the codebook (Targets); their word lists are data of ``framing.targets``.
"""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from framing.kernel.jit import inlined, kernel

Array = npt.NDArray[Any]

BEARER, OBLIQUE, YARDSTICK, AGENT, SPEAKER, MODIFIER = range(6)
"""Roles. OBLIQUE names stand after *in, to, from …*: taken only where no plain bearer is near."""

SUBJECT, OBJECT, EITHER = range(3)
"""Where a cue's bearer stands: before it, after it, on either side (``framing.tables.Cues``)."""

OUTLET, QUOTE = range(2)
"""Voices, as ``framing.tables.VOICES`` orders them."""

(
    BY,
    COMPARING,
    IS_OBLIQUE,
    GOVERNING,
    LEADS,
    LINKS,
    JOINS,
    IMPOSED,
    BREAKS,
    POSSESSIVE,
    COMMA,
    BETWEEN,
    OBJECT_VERB,
    PASSIVE,
    FIRST_PERSON,
) = (1 << bit for bit in range(15))
"""Bits of a spelling (the lists stand in ``framing.targets.words``)."""
PAIR_FIRST, PAIR_SECOND, PAIRS = 16, 24, 0xFF
"""From these bits on: the two-word comparisons that a spelling begins, and those that it ends."""

_LEAD = 6
"""Tokens before a name that can make it an agent or a yardstick."""
_LIST = 4
"""Tokens between two members of a list."""
_OWNED = 4
"""Tokens from a name to the cue that it owns."""
_GOVERNED = 2
"""Tokens from a cue to the name it governs."""
_IMPOSER = 3
"""Tokens from whoever imposes to what is imposed."""


@inlined
def _any(low: int, high: int, bits: int, ids: Array, words: Array) -> bool:
    """True if a word with one of ``bits`` is among tokens ``low:high``."""
    for t in range(low, high):
        if words[ids[t]] & bits:
            return True
    return False


@inlined
def _joined(before: int, role: int, first: int, last: int, ids: Array, words: Array) -> bool:
    """True where only list words stand between a name that ends at ``before`` and the name ``first:last``.

    One of them must be a comma or *and*. *Unlike Intel, Huawei grew*: after a yardstick a comma alone
    joins only if the list goes on.
    """
    if not 0 < first - before <= _LIST:
        return False
    if role == YARDSTICK and first - before == 1 and words[ids[before]] & COMMA:
        if last < len(ids) and not words[ids[last]] & JOINS:
            return False
    joins = False
    for t in range(before, first):
        if not words[ids[t]] & LINKS:
            return False
        joins = joins or words[ids[t]] & JOINS != 0
    return joins


@inlined
def _role(first: int, low: int, ids: Array, words: Array) -> int:
    """The role of a name that starts at ``first`` in a sentence that starts at ``low``, by the words before it."""
    comparing = False
    at = first - 1
    while at >= low and first - at <= _LEAD:
        word = words[ids[at]]
        if word & BY:
            return AGENT
        pair = at > low and (words[ids[at - 1]] >> PAIR_FIRST) & (word >> PAIR_SECOND) & PAIRS != 0
        if word & COMPARING or pair:
            comparing = True
        elif not word & LEADS:
            break
        at -= 1
    if comparing:
        return YARDSTICK
    if first > low and words[ids[first - 1]] & IS_OBLIQUE:
        return OBLIQUE
    return BEARER


@kernel("i8[:], i8[:], i8[:], b1[:], b1[:], i8[:], i4[:], i8[:], out i8[:], out i8[:]", allocates=False)
def roles(
    first: Array,
    last: Array,
    sentence: Array,
    company: Array,
    speaking: Array,
    first_token: Array,
    ids: Array,
    words: Array,
    role: Array,
    group: Array,
) -> None:
    """Writes the role of each name ``first:last``, and its group: a number that the members of a list share.

    ``company``: per name · ``speaking``: per name, True where it belongs to an attribution ·
    ``first_token``: of each sentence.
    """
    for i in range(len(first)):
        b = i - 1
        near = b >= 0 and sentence[b] == sentence[i]
        if near and _joined(last[b], role[b], first[i], last[i], ids, words):
            between = first[b] > 0 and words[ids[first[b] - 1]] & BETWEEN
            role[i] = YARDSTICK if between else role[b]
            group[i] = group[b]
            continue
        role[i] = SPEAKER if speaking[i] else _role(first[i], first_token[sentence[i]], ids, words)
        group[i] = i
        if near and last[b] + 1 >= first[i] and company[i] and not company[b]:
            role[b] = MODIFIER  # "China's Huawei": the country only says where the firm is from


@inlined
def _imposes(name_first: int, name_last: int, first: int, last: int, ids: Array, words: Array) -> bool:
    """True for whoever imposes what the cue names: *U.S. restrictions*, *Washington's curbs*."""
    if not _any(first, last, IMPOSED, ids, words):
        return False
    # "U.S. restrictions" names who restricts, "restrict China's access" who is restricted
    if first <= name_first < last and not _any(first, name_first, IMPOSED, ids, words):
        return True
    return 0 <= first - name_last <= _IMPOSER and not _any(name_last, first, BREAKS, ids, words)


@inlined
def _governed(name_first: int, name_last: int, first: int, last: int, ids: Array, words: Array) -> bool:
    """True for the object a cue ends in or leads to: *rely on U.S. tools*, *cut off from TSMC*."""
    if first < name_first < last:
        return name_last >= last
    if not 0 <= name_first - last <= _GOVERNED or not words[ids[last - 1]] & GOVERNING:
        return False
    return not _any(last, name_first, COMMA, ids, words)


@inlined
def _cost(
    name_first: int, name_last: int, oblique: bool, first: int, last: int, bearer: int, ids: Array, words: Array
) -> int:
    """How far a name is from a cue: 0 where the cue is its own, then by side, obliqueness, distance."""
    owned = 0 <= first - name_last <= _OWNED and name_last < len(ids) and words[ids[name_last]] & POSSESSIVE
    within = first <= name_first < last and bearer != SUBJECT  # "cut off Huawei's supply", not "replaced Intel's chip"
    if owned or within:
        return 0
    before = name_first < first
    distance = first - name_last if before else name_first - last
    wrong_side = (bearer == OBJECT and before) or (bearer == SUBJECT and not before)
    far = 1 << 40
    return (1 + wrong_side) * 4 * far + (oblique and before) * 2 * far + distance


@inlined
def _chosen(
    first: int,
    last: int,
    bearer: int,
    strict: bool,
    low: int,
    high: int,
    names: Array,
    clause: Array,
    clause_main: Array,
    ids: Array,
    words: Array,
    state: Array,
) -> int:
    """The group of the names ``low:high`` that the cue ``first:last`` is about, or −1.

    ``state``, per name, is left as 1 for the names that its group may take from: the usable ones of the
    cue's clause or, where there is none, those of other clauses.
    """
    home = clause[first]
    best, least = -1, 0
    here, yardstick, passed = False, False, True
    for i in range(low, high):
        state[i] = 0
        if names[i, 3] != home:
            continue
        here = True
        yardstick = yardstick or names[i, 4] == YARDSTICK
        passed = passed and names[i, 2] <= first
        if names[i, 4] != BEARER and names[i, 4] != OBLIQUE:
            continue
        if names[i, 6] == 0 and _imposes(names[i, 1], names[i, 2], first, last, ids, words):
            continue
        # "relies on U.S. tools": what follows the verb is no subject
        if strict and bearer == SUBJECT and _governed(names[i, 1], names[i, 2], first, last, ids, words):
            continue
        state[i] = 1
        cost = _cost(names[i, 1], names[i, 2], names[i, 4] == OBLIQUE, first, last, bearer, ids, words)
        if best < 0 or cost < least:
            best, least = i, cost
    if best >= 0:
        return int(names[best, 5])
    if here and bearer == SUBJECT and yardstick and passed:
        return -1
    after = -1
    for i in range(low, high):
        if names[i, 3] == home or (names[i, 4] != BEARER and names[i, 4] != OBLIQUE):
            continue
        state[i] = 1
        if names[i, 1] < first:
            cost = _cost(names[i, 1], names[i, 2], names[i, 4] == OBLIQUE, first, last, SUBJECT, ids, words)
            if best < 0 or cost < least:
                best, least = i, cost
        elif names[i, 1] >= last and after < 0:
            after = i
    # a subordinate clause that opens the sentence speaks of the subject that follows
    if best < 0 and not clause_main[home]:
        best = after
    return int(names[best, 5]) if best >= 0 else -1


@inlined
def _side(first: int, low: int, ids: Array, words: Array) -> int:
    """Where the bearer of a valence stands: no rule says so, its verb and voice do."""
    if words[ids[first]] & OBJECT_VERB and not _any(max(low, first - 2), first, PASSIVE, ids, words):
        return OBJECT
    return SUBJECT


@kernel(
    "i4[:], i4[:], i1[:], b1[:], i8[:], i8[:], i8[:], i8[:,:], i4[:], b1[:], i4[:], i8[:], i1[:], i4[:], i4[:], "
    "out i1[:], out i4[:], out i4[:], out b1[:]",
    allocates=False,
)
def assign(
    first: Array,
    last: Array,
    bearer: Array,
    strict: Array,
    opening: Array,
    low: Array,
    high: Array,
    names: Array,
    clause: Array,
    clause_main: Array,
    ids: Array,
    words: Array,
    voice: Array,
    speaker: Array,
    affiliation: Array,
    state: Array,
    cue: Array,
    actor: Array,
    self_claim: Array,
) -> int:
    """Writes an entry for each cue ``first:last`` and actor it is about, and returns how many.

    bearer: where the bearer stands, said by the cue's rule where it is ``strict`` · opening: first token of
    the cue's sentence · low, high: the names of that sentence · names: rows (actor, first, last, clause,
    role, group, company) · clause, voice: per token · clause_main, speaker, affiliation: per clause, the
    latter two as actors or −1 · state: room for a mark a name · cue, actor, self_claim: the entries; room
    for the names of each cue's sentence and one more.
    """
    n = 0
    for i in range(len(first)):
        start, at, home = n, first[i], clause[first[i]]
        if low[i] < high[i]:
            side = bearer[i] if strict[i] else _side(at, opening[i], ids, words)
            group = _chosen(
                at, last[i], side, strict[i], low[i], high[i], names, clause, clause_main, ids, words, state
            )
            for k in range(low[i], high[i]):
                if group >= 0 and state[k] and names[k, 5] == group:
                    new = True
                    for j in range(start, n):
                        new = new and actor[j] != names[k, 0]
                    if new:
                        actor[n] = names[k, 0]
                        n += 1
            # whom "we, our, us" stand for in a quotation: the speaker's own firm, where the sentence names it
            if n == start and voice[at] == QUOTE and _any(opening[i], at, FIRST_PERSON, ids, words):
                for k in range(low[i], high[i]):
                    if n == start and (names[k, 0] == speaker[home] or names[k, 0] == affiliation[home]):
                        actor[n] = names[k, 0]
                        n += 1
        if n == start:
            actor[n] = -1
            n += 1
        for j in range(start, n):
            cue[j] = i
            own = actor[j] >= 0 and (actor[j] == speaker[home] or actor[j] == affiliation[home])
            self_claim[j] = own and voice[at] != OUTLET
    return n


@kernel("i8[:], i4[:], i4[:], i1[:], i4[:], out i8[:]", allocates=False)
def settle(tied: Array, first: Array, last: Array, measure: Array, rule: Array, order: Array) -> None:
    """Sorts ``order``, which is sorted by ``first``, by last, measure and rule too; equal cues keep their order.

    tied: the places in ``order``, ascending, whose cue starts where the one before it does (insertion sort).
    """
    for i in range(len(tied)):
        place = tied[i]
        cue = order[place]
        while place > 0:
            other = order[place - 1]
            if first[other] != first[cue] or last[other] < last[cue]:
                break
            if last[other] == last[cue]:
                if measure[other] < measure[cue] or (measure[other] == measure[cue] and rule[other] <= rule[cue]):
                    break
            order[place] = other
            place -= 1
        order[place] = cue
