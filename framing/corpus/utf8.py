"""The strings of an Arrow column as the bytes they lie in: no copy, and characters counted only where asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Longs = npt.NDArray[np.int64]
Raw = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Utf8:
    """Strings one after the other: string *i* is ``data[bounds[i]:bounds[i + 1]]``; missing ones are empty."""

    data: Raw
    bounds: Longs

    @classmethod
    def of(cls, column: pa.ChunkedArray[Any] | pa.Array[Any]) -> Utf8:
        """The strings of a column of type string or large_string."""
        array: Any = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        if isinstance(array, pa.ChunkedArray):  # of no chunks
            array = pa.array([], type=array.type)
        if array.null_count:  # a missing value may have bytes behind it
            array = array.fill_null("")
        _, bounds, data = array.buffers()
        if not len(array) or data is None:
            return cls(np.zeros(0, np.uint8), np.zeros(len(array) + 1, np.int64))
        wide = pa.types.is_large_string(array.type)
        found = np.frombuffer(bounds, np.int64 if wide else np.int32)[array.offset : array.offset + len(array) + 1]
        low, high = int(found[0]), int(found[-1])
        return cls(np.frombuffer(data, np.uint8)[low:high], found.astype(np.int64) - low)

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def string(self, start: int, end: int) -> str:
        """The characters of ``data[start:end]``."""
        return self.raw[start:end].decode()

    @cached_property
    def raw(self) -> bytes:
        """The bytes, copied."""
        return self.data.tobytes()

    def slices(self, start: Longs, end: Longs) -> pa.Array[Any]:
        """The strings ``data[start[i]:end[i]]``, which follow one another, as an Arrow array."""
        if not len(start):
            return pa.array([], type=pa.string())
        # One array of the strings and of what lies between them; the strings are every other entry.
        bounds = np.empty(2 * len(start), np.int32)
        bounds[::2], bounds[1::2] = start, end
        buffers = [None, pa.py_buffer(bounds.data), pa.py_buffer(self.data.data)]
        parted = pa.Array.from_buffers(pa.string(), 2 * len(start) - 1, buffers)
        return parted.take(pa.array(np.arange(0, 2 * len(start), 2), type=pa.int64()))

    @cached_property
    def _continuations(self) -> Longs:
        """The bytes that begin no character."""
        return np.flatnonzero(self.data.view(np.int8) < -64)  # 10xxxxxx, as a signed number

    def characters(self, place: Longs) -> Longs:
        """The number of characters before each byte ``place``, counted from the first string."""
        if not len(self._continuations):
            return place
        return place - np.searchsorted(self._continuations, place)

    def wide(self, lead: bytes, last: tuple[int, ...]) -> Longs:
        """Where the characters begin that are ``lead`` and then one byte of ``last``."""
        width = len(lead)
        at = self._continuations
        at = at[np.isin(self.data[at], last)] - width
        at = at[at >= 0]
        for k, byte in enumerate(lead):
            at = at[self.data[at + k] == byte]
        return at
