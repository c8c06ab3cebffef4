"""Patterns meet the vocabulary once; what follows is arithmetic over the token table."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.pattern import Element, Pattern
from framing.tables import Bools, Ints, Longs, Tokens


@dataclass(frozen=True)
class Hits:
    """Where patterns match: pattern number and tokens ``first:last``, ordered by token."""

    pattern: Ints
    first: Longs
    last: Longs

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True)
class Vocabulary:
    """The types of a token table, ready to be asked for a word, a wildcard, or the places of a type."""

    tokens: Tokens

    @cached_property
    def exact(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self.tokens.types)}

    @cached_property
    def folded(self) -> dict[str, list[int]]:
        table: dict[str, list[int]] = {}
        for i, word in enumerate(self.tokens.lower):
            table.setdefault(word, []).append(i)
        return table

    @cached_property
    def by_start(self) -> list[str]:
        return sorted(self.folded)

    @cached_property
    def by_end(self) -> list[str]:
        return sorted(word[::-1] for word in self.folded)

    @cached_property
    def _places(self) -> tuple[Longs, Longs]:
        order = np.argsort(self.tokens.ids, kind="stable")
        bounds = np.searchsorted(self.tokens.ids[order], np.arange(len(self.tokens.types) + 1))
        return order, bounds

    def types_of(self, word: str) -> list[int]:
        """Numbers of the types that one word of a pattern stands for."""
        if "*" in word:
            return self._wildcard(word)
        if word != word.lower():
            return [self.exact[word]] if word in self.exact else []
        return self.folded.get(word, [])

    def _wildcard(self, word: str) -> list[int]:
        if word != word.lower():
            regex = _regex(word)
            return [i for i, spelling in enumerate(self.tokens.types) if regex.fullmatch(spelling)]
        head, tail = word[: word.index("*")], word[word.rindex("*") + 1 :]
        if word.count("*") == 1 and not tail:
            found = _between(self.by_start, head)
        elif word.count("*") == 1 and not head:
            found = [w[::-1] for w in _between(self.by_end, tail[::-1])]
        else:
            regex = _regex(word)
            found = [w for w in (_between(self.by_start, head) if head else self.by_start) if regex.fullmatch(w)]
        return [i for spelling in found for i in self.folded[spelling]]

    def places(self, types: Sequence[int]) -> Longs:
        """Positions of tokens of these types, ascending."""
        order, bounds = self._places
        found = [order[bounds[t] : bounds[t + 1]] for t in types]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def _between(words: list[str], start: str) -> list[str]:
    return words[bisect.bisect_left(words, start) : bisect.bisect_left(words, start + "\U0010ffff")]


def _regex(word: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(piece) for piece in word.split("*")))


def find(patterns: Sequence[Pattern], tokens: Tokens, vocabulary: Vocabulary | None = None) -> Hits:
    """All matches of ``patterns``; a match stays in its sentence, a gap also in its clause.

    Time grows with the hits of each sequence's first word, not with the number of tokens.
    """
    vocabulary = vocabulary or Vocabulary(tokens)
    member = np.zeros(len(tokens.types), dtype=bool)
    numbers, firsts, lasts = [], [], []
    known: dict[tuple[str, ...], list[int]] = {}
    for number, pattern in enumerate(patterns):
        for sequence in pattern.sequences:
            first, last = _follow(sequence, tokens, vocabulary, member, known)
            if len(first):
                numbers.append(np.full(len(first), number, dtype=np.int32))
                firsts.append(first)
                lasts.append(last)
    if not numbers:
        return Hits(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    rows = np.unique(np.stack([np.concatenate(firsts), np.concatenate(lasts), np.concatenate(numbers)], 1), axis=0)
    return Hits(rows[:, 2].astype(np.int32), rows[:, 0], rows[:, 1])


def _types(element: Element, vocabulary: Vocabulary, known: dict[tuple[str, ...], list[int]]) -> list[int]:
    if element.words not in known:
        known[element.words] = sorted({t for word in element.words for t in vocabulary.types_of(word)})
    return known[element.words]


def _follow(
    sequence: tuple[Element, ...],
    tokens: Tokens,
    vocabulary: Vocabulary,
    member: Bools,
    known: dict[tuple[str, ...], list[int]],
) -> tuple[Longs, Longs]:
    types = [_types(element, vocabulary, known) for element in sequence]
    nowhere = np.zeros(0, dtype=np.int64)
    if not all(types):
        return nowhere, nowhere
    first = vocabulary.places(types[0])
    at = first
    for element, kinds in zip(sequence[1:], types[1:], strict=True):
        member[kinds] = True
        first, at = _step(first, at, element.gap, tokens, member)
        member[kinds] = False
        if not len(first):
            return nowhere, nowhere
    return first, at + 1


def _step(first: Longs, at: Longs, gap: int, tokens: Tokens, member: Bools) -> tuple[Longs, Longs]:
    """The nearest next token within ``gap`` that is a member, for each partial match."""
    found = np.full(len(at), -1, dtype=np.int64)
    for distance in range(1, gap + 2):
        place = at + distance
        open_ = (found < 0) & (place < len(tokens))
        index = place[open_]
        level = tokens.clause if gap else tokens.sentence
        good = member[tokens.ids[index]] & (level[index] == level[first[open_]])
        found[np.flatnonzero(open_)[good]] = index[good]
    kept = found >= 0
    return first[kept], found[kept]


def longest(hits: Hits) -> Bools:
    """True for the hits that stay when, of overlapping ones, the longest wins (the earlier, if equal)."""
    keep = np.zeros(len(hits), dtype=bool)
    taken: set[int] = set()
    order = np.lexsort((hits.pattern, hits.first, -(hits.last - hits.first)))
    for i in order:
        span = range(int(hits.first[i]), int(hits.last[i]))
        if taken.isdisjoint(span):
            taken.update(span)
            keep[i] = True
    return keep
