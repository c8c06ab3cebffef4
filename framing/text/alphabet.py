"""The alphabet of a set of patterns: spellings that are the same to all of them share a symbol.

Scanners call it alphabet compression (Aho, Lam, Sethi and Ullman, *Compilers*, 2nd ed. 2006, §3.9). A
pattern never meets a string: it meets the symbols of the tokens, and those are worked out once a spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, cast

import numpy as np
import pyarrow as pa

from framing.tables import Ints, Longs
from framing.text.words import utf8
from framing.vocabulary import Array, Batch, Lookup

Elements = tuple[int, ...]


class Alphabet:
    """A trait (int32): for each spelling the symbol of the set of elements it belongs to.

    ``elements``: the words of each, as in ``framing.pattern.Element``. 0 is the symbol of no element.
    A symbol is negative if none of its elements is below ``roots``: no pattern starts there.
    ``marks``: a row of bits for each element; a symbol has the bits of all its elements.
    """

    def __init__(self, elements: Sequence[tuple[str, ...]], roots: int, marks: Longs) -> None:
        members: dict[str, list[int]] = {}
        for number, words in enumerate(elements):
            for word in words:
                members.setdefault(word, []).append(number)
        self._roots, self._element_marks = roots, marks
        self._sets: list[Elements] = [()]
        self._symbols: dict[Elements, int] = {(): 0}
        self._bounds, self._entries = np.zeros(2, dtype=np.int64), np.zeros(0, dtype=np.int32)
        self._marks = np.zeros((1, marks.shape[1]), dtype=np.int64)
        kinds: dict[tuple[bool, bool], dict[str, Elements]] = {}
        for word, numbers in members.items():
            kinds.setdefault(("*" in word, word != word.lower()), {})[word] = tuple(numbers)
        self._folded, self._exact = (
            Lookup({word: self._symbol(numbers) for word, numbers in kinds.get((False, exact), {}).items()})
            for exact in (False, True)
        )
        self._wild_folded, self._wild_exact = (_Wildcards(kinds.get((True, exact), {})) for exact in (False, True))

    def __call__(self, batch: Batch) -> Array:
        """The symbols of new spellings."""
        folded, exact = self._folded(batch.lower_array), self._exact(batch.exact_array)
        symbols = np.where(folded == 0, exact, folded).astype(np.int32)
        several = {i: [self._sets[abs(exact[i])]] for i in np.flatnonzero((folded != 0) & (exact != 0)).tolist()}
        for i, numbers in chain(self._wild_folded(batch.lower_array), self._wild_exact(batch.exact_array)):
            several.setdefault(i, []).append(numbers)
        for i, further in several.items():
            symbols[i] = self._symbol(tuple(sorted({*self._sets[abs(symbols[i])], *chain.from_iterable(further)})))
        return symbols

    @property
    def tables(self) -> tuple[Longs, Ints, Longs]:
        """``(bounds, elements, marks)``: symbol *s* stands for ``elements[bounds[s]:bounds[s + 1]]``, ascending,
        and has the bits ``marks[s]``."""
        new = self._sets[len(self._bounds) - 1 :]
        if new:
            ends = np.cumsum([0, *map(len, new)])
            entries = np.fromiter(chain.from_iterable(new), dtype=np.int32)
            marks = np.bitwise_or.reduceat(self._element_marks[entries], ends[:-1], axis=0)
            self._bounds = np.concatenate((self._bounds, self._bounds[-1] + ends[1:]))
            self._entries = np.concatenate((self._entries, entries))
            self._marks = np.concatenate((self._marks, marks))
        return self._bounds, self._entries, self._marks

    def _symbol(self, numbers: Elements) -> int:
        symbol = self._symbols.setdefault(numbers, len(self._sets))
        if symbol == len(self._sets):
            self._sets.append(numbers)
        return symbol if numbers and numbers[0] < self._roots else -symbol


class _Wildcards:
    """Words with ``*``; their first letters, or last, tell which of them to try on a spelling."""

    def __init__(self, words: Mapping[str, Elements]) -> None:
        self._tables: list[tuple[_Screen, itemgetter[Any], dict[str, list[tuple[re.Pattern[str], Elements]]]]] = []
        heads = [word for word in words if word[0] != "*"]
        tails = [word for word in words if word[0] == "*" != word[-1]]
        others = [word for word in words if word[0] == "*" == word[-1]]
        width = min((word.index("*") for word in heads), default=0)
        self._add(slice(0, width), {word: words[word] for word in heads})
        width = min((len(word) - 1 - word.rindex("*") for word in tails), default=0)
        self._add(slice(-width, None), {word: words[word] for word in tails})
        self._add(slice(0, 0), {word: words[word] for word in others})

    def _add(self, piece: slice, words: Mapping[str, Elements]) -> None:
        table: dict[str, list[tuple[re.Pattern[str], Elements]]] = {}
        for word, elements in words.items():
            regex = re.compile(".*".join(re.escape(part) for part in word.split("*")))
            table.setdefault(word[piece], []).append((regex, elements))
        if table:
            self._tables.append((_Screen(table, at_end=piece.stop is None), itemgetter(piece), table))

    def __call__(self, spellings: pa.StringArray) -> Iterator[tuple[int, Elements]]:
        """``(place, elements)`` for every spelling and wildcard that fits it."""
        for screen, piece, table in self._tables:
            places = screen(spellings)
            likely = cast(list[str], spellings.take(places).to_pylist())
            for i, spelling in zip(places.tolist(), likely, strict=True):
                for regex, elements in table.get(piece(spelling), ()):
                    if regex.fullmatch(spelling):
                        yield i, elements


class _Screen:
    """Lets only a few spellings pass: all that begin, or end, with one of these pieces, and some others."""

    def __init__(self, pieces: Iterable[str], at_end: bool) -> None:
        raw = [piece.encode() for piece in pieces]
        self._at_end, self._width = at_end, min(3, *map(len, raw))
        self._passes = np.zeros(64**self._width, dtype=bool)
        for piece in raw:
            start = len(piece) - self._width if at_end else 0
            self._passes[self._code(np.frombuffer(piece, dtype=np.uint8), np.array([start]))] = True

    def _code(self, data: Array, start: Longs) -> Array:
        """Six bits of each byte: no two letters of a case share them."""
        code = np.zeros(len(start), dtype=np.int32)
        for place in range(self._width):
            code = code << 6 | data.take(start + place) & 63
        return code

    def __call__(self, spellings: pa.StringArray) -> Longs:
        """The places of those that pass."""
        data, bounds = utf8(spellings)
        if len(data) < self._width:
            return np.arange(len(spellings))
        start = bounds[1:] - self._width if self._at_end else bounds[:-1]
        places: Longs = np.flatnonzero(self._passes.take(self._code(data, start.clip(0, len(data) - self._width))))
        return places
