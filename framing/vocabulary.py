"""The vocabulary: every spelling met in a process, numbered once, with what is known of it.

A *trait* is a function of a spelling alone (its lower case, its valence, the lists it stands on). It
is computed once per spelling, for all new spellings of a shard at a time, so that scorers see numbers
and never a string. Numbers depend on the order in which spellings are met, results never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Array = npt.NDArray[Any]


class Batch:
    """New spellings, in order, as given and in lower case: as strings or as Arrow arrays.

    Each form is made when a trait first asks for it, and shared by those that come after.
    """

    def __init__(self, spellings: Sequence[str] | pa.StringArray) -> None:
        self._given = spellings

    def __len__(self) -> int:
        return len(self._given)

    @cached_property
    def exact_array(self) -> pa.StringArray:
        """The spellings as an Arrow array."""
        return self._given if isinstance(self._given, pa.StringArray) else pa.array(self._given, type=pa.string())

    @cached_property
    def lower_array(self) -> pa.StringArray:
        """The spellings in lower case (Python's, which of some letters is not Arrow's) as an Arrow array."""
        lower = pc.ascii_lower(self.exact_array)
        foreign = pc.invert(pc.string_is_ascii(self.exact_array))
        if foreign.true_count:
            strings = cast(list[str], self.exact_array.filter(foreign).to_pylist())
            lower = pc.replace_with_mask(lower, foreign, pa.array([s.lower() for s in strings], type=pa.string()))
        return lower

    @cached_property
    def spellings(self) -> list[str]:
        """The spellings as strings."""
        return cast(list[str], self.exact_array.to_pylist())


class Lookup:
    """Numbers (not 0) by word, for looking many words up at once."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers

    @cached_property
    def _arrays(self) -> tuple[pa.StringArray, npt.NDArray[np.int64]]:
        words = pa.array(list(self._numbers), type=pa.string())
        return words, np.array([*self._numbers.values(), 0], dtype=np.int64)

    def __call__(self, spellings: pa.StringArray) -> npt.NDArray[np.int64]:
        """The number of each spelling, 0 where it is not listed."""
        if len(spellings) < len(self._numbers):  # Arrow hashes the listed words each time
            strings = cast(list[str], spellings.to_pylist())
            return np.fromiter(map(self._numbers.get, strings, repeat(0)), dtype=np.int64, count=len(strings))
        words, numbers = self._arrays
        place = pc.index_in(spellings, value_set=words).fill_null(len(words))
        return numbers.take(place.to_numpy(zero_copy_only=False))


Trait = Callable[[Batch], Array]
"""One entry a spelling: an array of shape (n,) or (n, k). It must be one object for the life of the
vocabulary (a function of a module, or an object that a tool keeps): it is its own name."""
Lists = Callable[[Batch], tuple[Array, Array]]
"""Any number of entries a spelling: how many each has, and the entries one after the other."""


class Vocabulary:
    """Spellings by number, from 0, and their traits."""

    def __init__(self) -> None:
        self._length = 0
        self.n_bytes = 0
        """Of all spellings, about."""
        self._new: list[pa.StringArray] = []  # not yet among the strings
        self._strings: list[str] = []
        self._lower: list[str] = []
        self._numbered: dict[str, int] = {}
        self._traits: dict[int, _Column] = {}
        self._lists: dict[int, _Table] = {}
        self._first, self._batch = 0, Batch([])

    def __len__(self) -> int:
        return self._length

    @property
    def spellings(self) -> list[str]:
        """The spellings as strings, by number."""
        for array in self._new:
            self._strings += cast(list[str], array.to_pylist())
        self._new.clear()
        return self._strings

    @property
    def lower(self) -> list[str]:
        """The spellings in lower case, by number."""
        self._lower += [spelling.lower() for spelling in self.spellings[len(self._lower) :]]
        return self._lower

    @property
    def _number(self) -> dict[str, int]:
        """The numbers of the spellings."""
        first = len(self._numbered)
        if first < self._length:
            self._numbered.update(zip(self.spellings[first:], range(first, self._length), strict=True))
        return self._numbered

    def number(self, spelling: str) -> int:
        """The number of a spelling, a new one if it is new."""
        found = self._number.setdefault(spelling, self._length)
        if found == self._length:
            self.spellings.append(spelling)
            self._length += 1
            self.n_bytes += len(spelling)
        return found

    def extend(self, spellings: pa.StringArray) -> None:
        """Numbers spellings that are known to be new, in their order."""
        self._new.append(spellings)
        self._length += len(spellings)
        self.n_bytes += spellings.nbytes

    def find(self, spelling: str) -> int | None:
        """The number of a spelling, None if it was never met."""
        return self._number.get(spelling)

    def numbers(self, spellings: Iterable[str]) -> npt.NDArray[np.int32]:
        """The numbers of spellings, in their order."""
        return np.fromiter(map(self.number, spellings), dtype=np.int32)

    def trait(self, trait: Trait) -> Array:
        """``trait`` of every spelling, by number; computed for the new ones only."""
        column = self._traits.get(id(trait))
        if column is None:
            column = self._traits[id(trait)] = _Column(trait)
        return column.upto(self)

    def lists(self, trait: Lists) -> tuple[npt.NDArray[np.int64], Array]:
        """``(bounds, entries)``: the entries of spelling *i* are ``entries[bounds[i]:bounds[i + 1]]``."""
        table = self._lists.get(id(trait))
        if table is None:
            table = self._lists[id(trait)] = _Table(trait)
        return table.upto(self)

    def since(self, first: int) -> Batch:
        """The spellings from number ``first`` on; traits asked for in a row share what they make of them."""
        if self._first != first or len(self._batch) != self._length - first:
            self._first, self._batch = first, Batch(self._array(first))
        return self._batch

    def _array(self, first: int) -> pa.StringArray:
        """The spellings from number ``first`` on: as they came, if they are no strings yet."""
        length, start = self._length, len(self._new)
        while start and length > first:
            start -= 1
            length -= len(self._new[start])
        if length == first and start < len(self._new):
            return pa.concat_arrays(self._new[start:])
        return pa.array(self.spellings[first:], type=pa.string())


class _Growing:
    """An array that grows at its end; room is doubled, so that growing costs little."""

    def __init__(self) -> None:
        self._room: Array | None = None
        self._length = 0

    def extend(self, values: Array) -> None:
        end = self._length + len(values)
        if self._room is None or end > len(self._room):
            room = np.empty((max(2 * end, 1024), *values.shape[1:]), dtype=values.dtype)
            if self._room is not None:
                room[: self._length] = self._room[: self._length]
            self._room = room
        self._room[self._length : end] = values
        self._length = end

    @property
    def values(self) -> Array:
        assert self._room is not None, "asked before anything was added"
        return self._room[: self._length]


class _Column:
    def __init__(self, trait: Trait) -> None:
        self.trait, self._done, self._column = trait, 0, _Growing()

    def upto(self, vocabulary: Vocabulary) -> Array:
        if self._done < len(vocabulary) or not self._done:
            batch = vocabulary.since(self._done)
            self._column.extend(self.trait(batch))
            self._done += len(batch)
        return self._column.values


class _Table:
    def __init__(self, trait: Lists) -> None:
        self.trait, self._done = trait, 0
        self._bounds, self._entries = _Growing(), _Growing()
        self._bounds.extend(np.zeros(1, dtype=np.int64))

    def upto(self, vocabulary: Vocabulary) -> tuple[npt.NDArray[np.int64], Array]:
        if self._done < len(vocabulary) or not self._done:
            batch = vocabulary.since(self._done)
            counts, entries = self.trait(batch)
            total = int(self._bounds.values[-1])
            self._bounds.extend(total + np.cumsum(counts, dtype=np.int64))
            self._entries.extend(entries)
            self._done += len(batch)
        return self._bounds.values, self._entries.values


class WordLists:
    """A trait: a bit for each word list that a spelling, in lower case, stands on.

    ``lists``: bit (1, 2, 4, …) → words. The trait is an array of int64 with the bits added up.
    """

    def __init__(self, lists: Mapping[int, Iterable[str]]) -> None:
        bits: dict[str, int] = {}
        for bit, words in lists.items():
            for word in words:
                bits[word] = bits.get(word, 0) | bit
        self._bits = Lookup(bits)

    def __call__(self, batch: Batch) -> Array:
        """The bits of each spelling."""
        return self._bits(batch.lower_array)
