"""Files as the contract wants them: whole or not at all, and the same bytes for the same values."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

import pyarrow as pa

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow.parquet as pq

COMPRESSION: Literal["zstd"] = "zstd"
LEVEL = 3
"""Fixed, because the default of a library may change and the bytes with it."""
CSV_BATCH = 65_536


@contextlib.contextmanager
def atomic(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into that takes the place of ``path`` at the end, or leaves no trace."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        _set_mode(name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _set_mode(name: str) -> None:
    """What ``open`` would have given: ``mkstemp`` makes files that only their owner can read."""
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)


def write_bytes(path: Path, data: bytes) -> None:
    """Writes ``data`` as the whole of ``path``; the folder is made if needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic(path) as file:
        file.write(data)


def write_text(path: Path, text: str) -> None:
    """Writes ``text`` in UTF-8, with its line ends as they are, whatever the locale."""
    write_bytes(path, text.encode())


def declared(data: pa.Table | pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """``data`` with exactly the columns of ``schema`` and no metadata; NaN is null, −0.0 is 0.0."""
    if not isinstance(data, pa.Table):
        data = pa.Table.from_pandas(data[schema.names], preserve_index=False)
    columns = [_plain(data.column(field.name), field.type) for field in schema]
    return pa.table(columns, schema=schema.remove_metadata())


def _plain(column: pa.ChunkedArray[Any], kind: pa.DataType) -> pa.Array[Any]:
    """One column in one piece (the pieces must not show in the bytes), cast to its declared type."""
    import pyarrow.compute as pc

    # Chunks first: a dictionary or page split would otherwise depend on how the table was put together.
    array: Any = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_floating(array.type):
        array = pc.add(pc.if_else(pc.is_nan(array), pa.scalar(None, array.type), array), 0.0)
    cast: pa.Array[Any] = array.cast(kind)
    return cast


@contextlib.contextmanager
def parquet_writer(path: Path, schema: pa.Schema) -> Iterator[ParquetRows]:
    """A Parquet file to append to: one row group for each table (a shard), none for an empty one."""
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    plain = schema.remove_metadata()
    with (
        atomic(path) as file,
        pq.ParquetWriter(file, plain, compression=COMPRESSION, compression_level=LEVEL) as writer,
    ):
        yield ParquetRows(writer, plain)


class ParquetRows:
    """What ``parquet_writer`` gives: ``write(table)`` appends one row group."""

    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema) -> None:
        self._writer, self._schema = writer, schema

    def write(self, table: pa.Table | pd.DataFrame) -> None:
        """Appends the rows of ``table`` as one row group."""
        rows = declared(table, self._schema)
        if rows.num_rows:
            self._writer.write_table(rows, row_group_size=rows.num_rows)


def write_parquet(path: Path, table: pa.Table | pd.DataFrame, schema: pa.Schema) -> None:
    """Writes one table as a Parquet file with one row group."""
    with parquet_writer(path, schema) as rows:
        rows.write(table)


def write_csv(path: Path, table: pa.Table | pd.DataFrame, schema: pa.Schema) -> None:
    """Writes UTF-8 CSV with LF: shortest floats that read back equal, empty for null, true and false."""
    import csv
    import io

    path.parent.mkdir(parents=True, exist_ok=True)
    rows = declared(table, schema)
    with atomic(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(rows.column_names)
        for batch in rows.to_batches(max_chunksize=CSV_BATCH):
            writer.writerows(zip(*map(_printed, batch.columns), strict=True))
        text.flush()
        text.detach()


def _printed(array: Any) -> list[Any]:
    """The values of a column as text; each distinct float is printed once, as most recur."""
    if pa.types.is_floating(array.type):
        coded = array.dictionary_encode()
        words = [repr(value) for value in coded.dictionary.to_pylist()]
        return ["" if i is None else words[i] for i in coded.indices.to_pylist()]
    if pa.types.is_boolean(array.type):
        return ["" if v is None else "true" if v else "false" for v in array.to_pylist()]
    return ["" if v is None else v for v in array.to_pylist()]
