"""The content of a corpus as one hash, whatever shards and files its articles come in."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
import pyarrow as pa

from framing.corpus.utf8 import Utf8
from framing.tables import Corpus

_MISSING = -1


class Digest:
    """Hashes articles by content, in their order; neither paths nor row numbers count.

    Per column two hashes: of the bytes of its values, one after the other, and of their lengths (−1
    for a missing one). Together they say every value, and how articles are cut into shards does not
    matter. Values that are no strings go in as JSON.
    """

    def __init__(self) -> None:
        self._columns: dict[str, tuple[Any, Any]] = {}

    def add(self, corpus: Corpus) -> None:
        """Adds the articles of a shard; every shard has the same columns."""
        for name in corpus.table.column_names:
            if name != "row":
                values, lengths = self._columns.setdefault(name, (hashlib.sha256(), hashlib.sha256()))
                column = corpus.table.column(name)
                strings = Utf8.of(_strings(column))
                given = np.diff(strings.bounds)
                if column.null_count:
                    given = np.where(column.is_null().to_numpy(), _MISSING, given)
                lengths.update(given.astype("<i8").data)
                values.update(strings.data)

    def hexdigest(self) -> str:
        """64 hexadecimal digits; the order of the columns does not matter."""
        whole = hashlib.sha256()
        for name, hashes in sorted(self._columns.items()):
            whole.update(json.dumps([name, *(found.hexdigest() for found in hashes)]).encode())
        return whole.hexdigest()


def _strings(column: pa.ChunkedArray[Any]) -> pa.ChunkedArray[Any]:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return column
    if column.null_count == len(column):
        return pa.chunked_array([pa.nulls(len(column), pa.string())])
    values = [
        None if value is None else json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
        for value in column.to_pylist()
    ]
    return pa.chunked_array([pa.array(values, type=pa.string())])
