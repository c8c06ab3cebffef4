"""Words and tokens as integers: every string is looked at once per spelling.

A *word* is what white space separates (VADER's and Punkt's unit). A *token* is a word without its
punctuation: ``Huawei’s`` gives ``Huawei`` ``'s``, ``(NVDA)`` gives ``(`` ``NVDA`` ``)``. How a word
falls into tokens depends on the word alone, so it is worked out once per distinct word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from framing.kernel import compiles
from framing.kernel.words import count_tokens, move_slots, number_words, spell_out, split_plain
from framing.pattern import spell, split
from framing.tables import Bools, Ints, Longs
from framing.vocabulary import Array, Batch, Vocabulary


@dataclass(frozen=True)
class Encoded:
    """The words of many strings, in order. string: which string · start, end: characters into it."""

    vocabulary: Vocabulary
    ids: Ints
    start: Ints
    end: Ints
    string: Ints

    def __len__(self) -> int:
        return len(self.ids)


class Encoder:
    """Strings to words, numbered in ``vocabulary``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._table = _Table()

    def __call__(self, strings: pa.StringArray) -> Encoded:
        """The words of ``strings`` (an Arrow array without nulls); offsets are characters, whatever the script."""
        return self._compiled(strings) if compiles() else self._plain(cast(list[str], strings.to_pylist()))

    def _compiled(self, strings: pa.StringArray) -> Encoded:
        known = self.vocabulary
        if self._table.n_keys < len(known):  # spellings that came another way
            self._table.words(pa.array(known.spellings[self._table.n_keys :], type=pa.string()))
        ids, start, end, string = self._table.words(strings)
        known.extend(self._table.spellings(len(known)))
        return Encoded(known, ids, start, end, string)

    def _plain(self, strings: list[str]) -> Encoded:
        joined = "\n".join(strings)
        words = joined.split()
        if not words:
            nothing = np.zeros(0, dtype=np.int32)
            return Encoded(self.vocabulary, nothing, nothing, nothing, nothing)
        begin = _word_starts(joined)
        coded = pa.array(words, type=pa.string()).dictionary_encode()
        numbers = self.vocabulary.numbers(cast(list[str], coded.dictionary.to_pylist()))
        lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        string_start = np.cumsum([0, *(len(s) + 1 for s in strings[:-1])], dtype=np.int64)
        string = np.searchsorted(string_start, begin, side="right") - 1
        start = begin - string_start[string]
        return Encoded(
            self.vocabulary,
            numbers[coded.indices.to_numpy()],
            start.astype(np.int32),
            (start + lengths).astype(np.int32),
            string.astype(np.int32),
        )


def _word_starts(joined: str) -> Longs:
    """Positions of the words that ``str.split`` finds."""
    points = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4")
    blank = np.isin(points, _BLANKS)
    before = np.concatenate(([True], blank[:-1]))
    return np.flatnonzero(before & ~blank)


_BLANKS = np.array([c for c in range(0x3001) if chr(c).isspace()], dtype=np.uint32)


def utf8(strings: pa.StringArray) -> tuple[npt.NDArray[np.uint8], Longs]:
    """``(bytes, bounds)`` of an Arrow array without nulls: string *i* is ``bytes[bounds[i]:bounds[i + 1]]``.

    The bytes are not copied.
    """
    buffers: Any = strings.buffers()
    _, offsets, data = buffers
    if data is None or not len(strings):
        return np.zeros(0, dtype=np.uint8), np.zeros(len(strings) + 1, dtype=np.int64)
    bounds = np.frombuffer(offsets, dtype=np.int32)[strings.offset : strings.offset + len(strings) + 1]
    return np.frombuffer(data, dtype=np.uint8), bounds.astype(np.int64)


def strings_of(data: npt.NDArray[np.uint8], bounds: Longs) -> pa.StringArray:
    """The strings ``data[bounds[i]:bounds[i + 1]]`` as an Arrow array."""
    offsets: Any = bounds.astype(np.int32)
    content: Any = data
    return pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(offsets), pa.py_buffer(content))


class _Table:
    """The hash table of the words met, with room to grow (``framing.kernel.words.number_words``)."""

    def __init__(self) -> None:
        self.n_keys = 0
        self._slots = np.full(1 << 12, -1, dtype=np.int32)
        self._packs = np.empty((1 << 12, 2), dtype=np.uint64)
        self._keys = np.empty(1 << 14, dtype=np.uint8)
        self._bounds = np.zeros((1 << 10) + 1, dtype=np.int64)

    def words(self, strings: pa.StringArray) -> tuple[Ints, Ints, Ints, Ints]:
        """Key, start, end and string of each word of ``strings``."""
        data, bounds = utf8(strings)
        sizes = np.diff(bounds)
        room = sizes // 2 + 1
        most = int(room.max(initial=0))
        string = np.empty((most, 2), dtype=np.uint64), np.empty((most, 2), dtype=np.int64)
        out = tuple(np.empty(int(room.sum()), dtype=np.int32) for _ in range(4))
        done, n_words = 0, 0
        while done < len(sizes):
            self._reserve(int(sizes[done]))
            tables = *string, self._slots, self._packs, self._keys, self._bounds
            done, self.n_keys, n_words = number_words(data, bounds, done, *tables, self.n_keys, *out, n_words)
        ids, start, end, owner = (column[:n_words] for column in out)  # the rest of the room was never touched
        return ids, start, end, owner

    def spellings(self, first: int) -> pa.StringArray:
        """The keys from number ``first`` on."""
        bounds = self._bounds[first : self.n_keys + 1]
        return strings_of(self._keys[bounds[0] : bounds[-1]].copy(), bounds - bounds[0])

    def _reserve(self, size: int) -> None:
        """Room for the words of a string of ``size`` bytes."""
        keys = self.n_keys + size // 2 + 1
        if keys >= len(self._bounds):
            self._bounds = _grown(self._bounds, 2 * keys + 1)
        if int(self._bounds[self.n_keys]) + size > len(self._keys):
            self._keys = _grown(self._keys, 2 * (int(self._bounds[self.n_keys]) + size))
        if 2 * keys > len(self._slots):
            slots = np.full(1 << int(2 * keys).bit_length(), -1, dtype=np.int32)
            packs = np.empty((len(slots), 2), dtype=np.uint64)
            move_slots(self._slots, self._packs, slots, packs)
            self._slots, self._packs = slots, packs


def _grown(array: Array, size: int) -> Array:
    larger = np.empty(size, dtype=array.dtype)
    larger[: len(array)] = array
    return larger


class Spelt:
    """A trait of words: their tokens, as rows (number in ``tokens``, start, end); characters into the word."""

    def __init__(self, tokens: Vocabulary) -> None:
        self._encode = Encoder(tokens)

    def __call__(self, batch: Batch) -> tuple[Array, Array]:
        if not len(batch):
            return np.zeros(0, dtype=np.int64), np.zeros((0, 3), dtype=np.int32)
        if not compiles():
            return self._by_pattern(batch.spellings)
        data, bounds = utf8(batch.exact_array)
        size = int(bounds[-1] - bounds[0])
        counts = np.empty(len(batch), dtype=np.int64)
        spans, spelt = np.empty(2 * size, dtype=np.int32), np.empty(size, dtype=np.uint8)
        spelt_bounds = np.zeros(size + 1, dtype=np.int64)
        n = split_plain(data, bounds, counts, spans, spelt, spelt_bounds)
        numbers = self._encode(strings_of(spelt, spelt_bounds[: n + 1])).ids
        plain = np.column_stack([numbers, spans[: 2 * n].reshape(-1, 2)])
        odd = np.flatnonzero(counts < 0)
        odd_counts, rows = self._by_pattern([batch.spellings[i] for i in odd])
        owner = np.concatenate([np.repeat(np.arange(len(batch)), np.maximum(counts, 0)), np.repeat(odd, odd_counts)])
        counts[odd] = odd_counts
        return counts, np.concatenate([plain, rows])[np.argsort(owner, kind="stable")]

    def _by_pattern(self, words: list[str]) -> tuple[Array, Array]:
        found = [split(word) for word in words]
        strings = [spell(word[start:end]) for word, spans in zip(words, found, strict=True) for start, end in spans]
        spans = np.array([span for spans in found for span in spans], dtype=np.int32).reshape(-1, 2)
        numbers = self._encode(pa.array(strings, type=pa.string())).ids
        return np.array([len(spans) for spans in found], dtype=np.int64), np.column_stack([numbers, spans])


@dataclass(frozen=True)
class SpeltOut:
    """Tokens of words: number, characters ``start:end`` and sentence of each; those of word *w* are
    ``first_token[w]:first_token[w + 1]``."""

    ids: Ints
    start: Ints
    end: Ints
    sentence: Ints
    first_token: Longs


def spell_tokens(words: Encoded, first: Longs, scored: Bools, bounds: Longs, rows: Array) -> SpeltOut:
    """The tokens of the words of ``scored`` sentences, sentence *i* being words ``first[i]:first[i + 1]``.

    bounds, rows: the trait ``Spelt`` of all words.
    """
    if compiles():
        first_token = np.zeros(len(words) + 1, dtype=np.int64)
        count_tokens(words.ids, first, scored, bounds, first_token)
        ids, start, end, sentence = (np.empty(first_token[-1], dtype=np.int32) for _ in range(4))
        spell_out(words.ids, words.start, first, scored, bounds, rows, ids, start, end, sentence)
        return SpeltOut(ids, start, end, sentence, first_token)
    sentence_of = np.repeat(np.arange(len(first) - 1, dtype=np.int32), np.diff(first))
    counts = np.where(scored[sentence_of], bounds[words.ids + 1] - bounds[words.ids], 0)
    word, within = expand(counts)
    spelt = rows[bounds[words.ids[word]] + within]
    base = words.start[word]
    first_token = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return SpeltOut(spelt[:, 0].copy(), base + spelt[:, 1], base + spelt[:, 2], sentence_of[word], first_token)


def expand(counts: Longs) -> tuple[Longs, Longs]:
    """For rows that stand for ``counts`` entries each: the row of each entry, and its place in it."""
    row = np.repeat(np.arange(len(counts)), counts)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
