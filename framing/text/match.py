"""Where patterns match: they become a tree over the symbols of the tokens, once, and a kernel walks it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from framing.kernel.match import (
    ALONE,
    BESIDE,
    BEYOND,
    BITS,
    FINE,
    FOLLOWS,
    HELD,
    JUMPS,
    KEPT,
    LEADS,
    MARKS,
    REACH,
    WITHIN,
    walk,
)
from framing.kernel.match import longest as _longest
from framing.pattern import Pattern
from framing.tables import Bools, Ints, Longs, Tokens
from framing.text.alphabet import Alphabet


@dataclass(frozen=True)
class Hits:
    """Where patterns match: pattern number and tokens ``first:last``, ordered by token."""

    pattern: Ints
    first: Longs
    last: Longs

    def __len__(self) -> int:
        return len(self.first)

    def __getitem__(self, which: Bools | Longs | slice) -> Hits:
        """The hits at some rows."""
        return Hits(self.pattern[which], self.first[which], self.last[which])


@dataclass(frozen=True, eq=False)
class Matcher:
    """Patterns ready to match. A tool makes it once and keeps it; it is its own name."""

    patterns: Sequence[Pattern]

    @cached_property
    def _trie(self) -> _Trie:
        return _Trie.of(self.patterns)

    def __call__(self, tokens: Tokens, among: Bools | None = None) -> Hits:
        """All matches, by first token, last token and pattern; a match stays in its sentence, a gap also in its clause.

        ``among``: True for each sentence that is looked at (all, if None).

        Where an element may stand at several tokens within its gap, the nearest counts. Time grows with
        the places of the patterns' first words, not with the number of patterns.
        """
        return self.counted(tokens, among)[0]

    def counted(self, tokens: Tokens, among: Bools | None = None) -> tuple[Hits, int]:
        """The matches, and the number of steps that finding them took."""
        trie = self._trie
        symbols = tokens.vocabulary.trait(trie.alphabet).take(tokens.ids)
        begins = symbols > 0
        if among is not None:
            begins &= np.repeat(among, np.diff(tokens.sentences.first_token))
        places = np.flatnonzero(begins)
        bounds, elements, marks = trie.alphabet.tables
        edges = len(trie.labels)
        stack, taken = np.empty((edges + 1, 2), dtype=np.int64), np.zeros(edges, dtype=np.int64)
        first, last, pattern = _room(0)
        found, steps = 2 * len(places), 0
        while found > len(first):
            first, last, pattern = _room(found)
            taken[:] = 0
            found, steps = walk(
                places,
                symbols,
                tokens.sentence,
                tokens.clause,
                bounds + edges,
                np.concatenate((trie.labels, elements)),
                marks,
                trie.roots,
                trie.nodes,
                trie.groups,
                trie.children,
                trie.patterns,
                taken,
                stack,
                first,
                last,
                pattern,
            )
        return Hits(pattern[:found], first[:found], last[:found]), steps


def _room(size: int) -> tuple[Longs, Longs, Ints]:
    """For so many hits: their first and last tokens and their patterns."""
    return np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int32)


@dataclass(frozen=True)
class _Trie:
    """The sequences of patterns as a tree; the columns are those of ``framing.kernel.match.walk``."""

    alphabet: Alphabet
    roots: int
    nodes: Ints
    groups: Ints
    labels: Ints
    children: Ints
    patterns: Ints

    @classmethod
    def of(cls, patterns: Sequence[Pattern]) -> _Trie:
        number: dict[tuple[str, ...], int] = {}
        for pattern in patterns:
            for sequence in pattern.sequences:
                number.setdefault(sequence[0].words, len(number))
        roots = len(number)
        children: dict[tuple[int, int, int], int] = {}
        ends: list[tuple[int, int]] = []
        for i, pattern in enumerate(patterns):
            for sequence in pattern.sequences:
                node = number[sequence[0].words]
                for element in sequence[1:]:
                    edge = (node, element.gap, number.setdefault(element.words, len(number)))
                    node = children.setdefault(edge, roots + len(children))
                ends.append((node, i))
        node, gap, label, child = _sorted_rows(((*edge, child) for edge, child in children.items()), 4)
        end, accepted = _sorted_rows(ends, 2)
        group = np.flatnonzero(np.diff(node, prepend=-1) | np.diff(gap, prepend=-1))
        every = np.arange(roots + len(children) + 1)
        bit = every % BITS
        bit[end[end < roots]] = ALONE
        return cls(
            alphabet=Alphabet(list(number), roots, _marks(node, gap, label, end, roots, len(number))),
            roots=roots,
            nodes=_rows(np.searchsorted(node[group], every), np.searchsorted(end, every), bit),
            groups=_rows(np.append(gap[group], 0), np.append(group, len(node))),
            labels=label.astype(np.int32),
            children=child.astype(np.int32),
            patterns=accepted.astype(np.int32),
        )


def _marks(node: Longs, gap: Longs, label: Longs, end: Longs, roots: int, elements: int) -> Longs:
    """The marks of each element, by which ``walk`` lets places go."""
    marks = np.zeros((elements, MARKS), dtype=np.int64)
    marks[end[end < roots], JUMPS] = 1 << ALONE
    every = np.arange(elements)
    marks[every, HELD + (every >> 6) % FINE] = np.int64(1) << (every & 63)
    beside, jumping = (node < roots) & (gap == 0), (node < roots) & (gap > 0)
    for chosen, column, other, fine in ((beside, LEADS, FOLLOWS, BESIDE), (jumping, JUMPS, WITHIN, BEYOND)):
        root, follower = node[chosen], label[chosen]
        np.bitwise_or.at(marks[:, column], root, 1 << root % BITS)
        np.bitwise_or.at(marks[:, other], follower, 1 << root % BITS)
        np.bitwise_or.at(marks, (follower, fine + (root >> 6) % FINE), np.int64(1) << (root & 63))
    np.bitwise_or.at(marks[:, REACH], node[jumping], (4 << gap[jumping]) - 2)  # distances 1 … gap + 1
    return marks


def _rows(*columns: Longs) -> Ints:
    return np.stack(columns, axis=1).astype(np.int32)


def _sorted_rows(rows: Iterable[tuple[int, ...]], width: int) -> Longs:
    """Rows of numbers, sorted, as ``width`` columns."""
    table = np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, width)
    columns: Longs = np.ascontiguousarray(table[np.lexsort(table.T[::-1])].T)
    return columns


def longest(hits: Hits, rank: Longs | None = None) -> Bools:
    """True for the hits that stay when, of overlapping ones, the longest wins (the earlier, if equal).

    ``hits`` are ordered by first token. ``rank``: of hits on the same tokens the lowest wins; without it
    the lowest pattern.
    """
    state = np.zeros(len(hits), dtype=np.int8)
    _longest(hits.first, hits.last, hits.pattern.astype(np.int64) if rank is None else rank, state)
    kept: Bools = state == KEPT
    return kept
