"""Clauses: sentences cut at contrast markers (codebook, Units), each main or subordinate."""

from __future__ import annotations

import numpy as np

from framing.tables import Bools, Ints, Longs

_OPENERS = frozenset("while although though despite whereas notwithstanding albeit".split())
_TWO_WORD_OPENERS = frozenset({("even", "as"), ("even", "though"), ("in", "spite")})
_PHRASAL = frozenset({"despite", "notwithstanding", "in"})
"""Openers of a phrase rather than a clause: in mid-sentence they end at the next comma."""
_NOT_BUT = frozenset("nothing all anything everything none last".split())
_NOUN_BEFORE_WHILE = frozenset("a the worth long short little".split())
_END_MARKS = frozenset({";"})
_MARKERS = _OPENERS | {"but", "however", "yet", "even", "in"} | _END_MARKS

Cut = tuple[int, bool]
"""First token of a clause within the sentence, and whether the clause is main."""


def _opens(words: list[str], i: int) -> bool:
    if words[i] == "while":
        return not (i and words[i - 1] in _NOUN_BEFORE_WHILE)
    if words[i] == "though" and i and words[i - 1] in {"even", ","} and words[i + 1 : i + 2] in (["."], []):
        return False
    return words[i] in _OPENERS or tuple(words[i : i + 2]) in _TWO_WORD_OPENERS


def _contrasts(words: list[str], i: int) -> bool:
    """True where a main clause starts at ``i``, after *but*, *yet* or *however*."""
    if words[i] == "but":
        also = words[i + 1 : i + 2] == ["also"] or ("only" in words[max(0, i - 25) : i] and "not" in words[:i])
        return not also and not (i and words[i - 1] in _NOT_BUT)
    return words[i] in {"yet", "however"} and i > 0 and words[i - 1] in {",", ";"}


def _comma_after(words: list[str], i: int) -> int:
    """The comma that ends a subordinate clause opened at ``i``, or the sentence's end."""
    for j in range(i + 2, len(words)):
        if words[j] in _END_MARKS:
            return j
        if words[j] == "," and j + 1 < len(words) and not _is_list_comma(words, j):
            return j
    return len(words)


def _is_list_comma(words: list[str], j: int) -> bool:
    """True for the comma of *A, B and C*: the next few words hold *and* or *or*, then go on."""
    ahead = words[j + 1 : j + 5]
    for k, word in enumerate(ahead):
        if word in {"and", "or"}:
            return k > 0
        if word == ",":
            return k <= 2 and any(w in {"and", "or"} for w in words[j + 1 + k : j + 6 + k])
    return False


def cut(words: list[str]) -> list[Cut]:
    """The clauses of one sentence given its tokens in lower case: ``(first token, main)``.

    *While A, B* gives A subordinate, B main; *A, but B* the same; *A while B* gives A main, B
    subordinate; a semicolon separates main clauses.
    """
    cuts: list[Cut] = [(0, True)]
    i, until = 0, -1
    while i < len(words):
        if i == until:
            cuts.append((i + (words[i] == ","), True))
            until = -1
        elif _opens(words, i):
            _add(cuts, i, False)
            midway = i > 0 and words[i] not in _PHRASAL and words[i - 1] not in {"that", ",", "but"}
            until = len(words) if midway else _comma_after(words, i)
        elif words[i] in {"but", "yet", "however"} and i > 0 and _contrasts(words, i):
            cuts = [(first, False) for first, _ in cuts]
            _add(cuts, i, True)
            until = -1
        elif words[i] in _END_MARKS and i + 1 < len(words):
            _add(cuts, i + 1, True)
            until = -1
        i += 1
    return cuts


def _add(cuts: list[Cut], first: int, main: bool) -> None:
    if cuts[-1][0] == first:
        cuts[-1] = (first, main)
    else:
        cuts.append((first, main))


def clauses(lower: tuple[str, ...], ids: Ints, first_token: Longs) -> tuple[Ints, Bools, Longs]:
    """``(clause of each token, main flag of each clause, first clause of each sentence)``.

    Only sentences that hold a marker are looked at one by one; every other is one clause.
    """
    marked_types = np.fromiter((word in _MARKERS for word in lower), dtype=bool, count=len(lower))
    hits = np.flatnonzero(marked_types[ids]) if len(ids) else np.zeros(0, dtype=np.int64)
    marked = np.unique(np.searchsorted(first_token, hits, side="right") - 1)
    starts, mains = [first_token[:-1]], [np.ones(len(first_token) - 1, dtype=bool)]
    for sentence in marked:
        low, high = first_token[sentence], first_token[sentence + 1]
        cuts = cut([lower[i] for i in ids[low:high]])
        mains[0][sentence] = cuts[0][1]
        starts.append(np.array([low + first for first, _ in cuts[1:]], dtype=np.int64))
        mains.append(np.array([main for _, main in cuts[1:]], dtype=bool))
    # clauses are numbered by position; a sentence without tokens keeps one empty clause
    start, main = np.concatenate(starts), np.concatenate(mains)
    owner = np.concatenate(
        [
            np.arange(len(first_token) - 1),
            *(np.full(len(s), k) for s, k in zip(starts[1:], marked, strict=True)),
        ]
    )
    order = np.lexsort((start, owner))
    start, main, owner = start[order], main[order], owner[order]
    clause = np.searchsorted(start, np.arange(len(ids)), side="right") - 1
    first_clause = np.searchsorted(owner, np.arange(len(first_token)), side="left")
    return clause.astype(np.int32), main, first_clause.astype(np.int64)
