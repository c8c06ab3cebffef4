"""The vocabulary: every spelling met in a process, numbered once, with what is known of it.

A *trait* is a function of a spelling alone (its lower case, its valence, the lists it stands on). It
is computed once per spelling, for all new spellings of a shard at a time, so that scorers see numbers
and never a string. Numbers depend on the order in which spellings are met, results never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Array = npt.NDArray[Any]


class Batch:
    """New spellings, in order, as given and in lower case: as strings or as Arrow arrays."""

    def __init__(self, spellings: list[str], lower: list[str] | None = None) -> None:
        self.spellings = spellings
        self.lower = [spelling.lower() for spelling in spellings] if lower is None else lower

    def __len__(self) -> int:
        return len(self.spellings)

    @cached_property
    def exact_array(self) -> pa.StringArray:
        """The spellings as an Arrow array."""
        return pa.array(self.spellings, type=pa.string())

    @cached_property
    def lower_array(self) -> pa.StringArray:
        """The spellings in lower case as an Arrow array."""
        return pa.array(self.lower, type=pa.string())


Trait = Callable[[Batch], Array]
"""One entry a spelling: an array of shape (n,) or (n, k). It must be one object for the life of the
vocabulary (a function of a module, or an object that a tool keeps): it is its own name."""
Lists = Callable[[Batch], tuple[Array, Array]]
"""Any number of entries a spelling: how many each has, and the entries one after the other."""


class Vocabulary:
    """Spellings by number, from 0, and their traits."""

    def __init__(self) -> None:
        self.spellings: list[str] = []
        self._lower: list[str] = []
        self._number: dict[str, int] = {}
        self._traits: dict[int, _Column] = {}
        self._lists: dict[int, _Table] = {}
        self._first, self._batch = 0, Batch([], [])

    def __len__(self) -> int:
        return len(self.spellings)

    def number(self, spelling: str) -> int:
        """The number of a spelling, a new one if it is new."""
        found = self._number.setdefault(spelling, len(self.spellings))
        if found == len(self.spellings):
            self.spellings.append(spelling)
        return found

    @property
    def lower(self) -> list[str]:
        """The spellings in lower case, by number."""
        self._lower += [spelling.lower() for spelling in self.spellings[len(self._lower) :]]
        return self._lower

    def extend(self, spellings: Sequence[str]) -> None:
        """Numbers spellings that are known to be new, in their order."""
        first = len(self.spellings)
        self.spellings += spellings
        self._number.update(zip(spellings, range(first, len(self.spellings)), strict=True))

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
        if self._first != first or len(self._batch) != len(self) - first:
            self._first, self._batch = first, Batch(self.spellings[first:], self.lower[first:])
        return self._batch


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
        self._words = pa.array(list(bits), type=pa.string())
        self._bits = np.array([*bits.values(), 0], dtype=np.int64)  # the last: of a word on no list

    def __call__(self, batch: Batch) -> Array:
        """The bits of each spelling."""
        place = pc.index_in(batch.lower_array, value_set=self._words).fill_null(len(self._words))
        bits: Array = self._bits[place.to_numpy(zero_copy_only=False)]
        return bits
