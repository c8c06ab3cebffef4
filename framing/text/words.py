"""Words and tokens as integers: every string is looked at once per type.

A *word* is what white space separates (VADER's and Punkt's unit). A *token* is a word without its
punctuation: ``Huawei’s`` gives ``Huawei`` ``'s``, ``(NVDA)`` gives ``(`` ``NVDA`` ``)``. How a word
falls into tokens depends on the word alone, so it is worked out once per distinct word.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from framing.pattern import spell, split
from framing.tables import Ints, Longs


@dataclass(frozen=True)
class Words:
    """Tokens of many strings. types: spellings · ids, start, end, string: one entry a token
    (start and end are characters into string number ``string``)."""

    types: tuple[str, ...]
    ids: Ints
    start: Ints
    end: Ints
    string: Ints


def tokenise(strings: list[str]) -> Words:
    """The tokens of ``strings``, in order; offsets are characters, whatever the script."""
    joined = "\n".join(strings)
    words = joined.split()
    if not words:
        empty = np.zeros(0, dtype=np.int32)
        return Words((), empty, empty, empty, empty)
    begin = _word_starts(joined)
    coded = pa.array(words, type=pa.string()).dictionary_encode()
    codes, distinct = (
        coded.indices.to_numpy().astype(np.int64),
        [str(w) for w in coded.dictionary.to_pylist()],
    )
    lengths = np.fromiter((len(s) for s in strings), dtype=np.int64, count=len(strings))
    string_start = np.concatenate(([0], np.cumsum(lengths + 1)[:-1]))
    return _expand(codes, distinct, begin, string_start)


def _word_starts(joined: str) -> Longs:
    """Positions of the words that ``str.split`` finds."""
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    blank = np.isin(points, _BLANKS)
    before = np.concatenate(([True], blank[:-1]))
    return np.flatnonzero(before & ~blank)


_BLANKS = np.array([c for c in range(0x3001) if chr(c).isspace()], dtype=np.uint32)


def _expand(codes: Longs, distinct: list[str], begin: Longs, string_start: Longs) -> Words:
    table: dict[str, int] = {}
    counts, kinds, starts, ends = [], [], [], []
    for word in distinct:
        spans = split(word)
        counts.append(len(spans))
        for start, end in spans:
            kinds.append(table.setdefault(spell(word[start:end]), len(table)))
            starts.append(start)
            ends.append(end)
    count = np.array(counts, dtype=np.int64)
    first = np.concatenate(([0], np.cumsum(count)[:-1]))
    repeat = count[codes]
    within = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    pick = np.repeat(first[codes], repeat) + within
    base = np.repeat(begin, repeat)
    string = np.searchsorted(string_start, base, side="right") - 1
    offset = base - string_start[string]
    return Words(
        tuple(table),
        np.array(kinds, dtype=np.int32)[pick],
        (offset + np.array(starts, dtype=np.int64)[pick]).astype(np.int32),
        (offset + np.array(ends, dtype=np.int64)[pick]).astype(np.int32),
        string.astype(np.int32),
    )
