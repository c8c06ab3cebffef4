"""Files as the contract wants them: whole or not at all, and the same bytes for the same values."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, cast

import pyarrow as pa

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow.parquet as pq

COMPRESSION: Literal["zstd"] = "zstd"
LEVEL = 1
"""Fixed, because the default of a library may change and the bytes with it."""
DISTINCT = frozenset({"article", "sum_tone", "tone", "sum_sentiment", "sentiment", "sum_vader", "vader"})
"""Columns whose values seldom recur far apart: a dictionary of them costs time and saves nothing. Whole
numbers are kept as differences. So a table takes four fifths of the time that the defaults take."""


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
    chunks: Any = column.chunks
    array: Any = chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks) if chunks else pa.array([], column.type)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_floating(array.type):
        array = pc.add(pc.if_else(pc.is_nan(array), pa.scalar(None, array.type), array), 0.0)
    plain: pa.Array[Any] = array if array.type == kind else array.cast(kind)
    return plain


@contextlib.contextmanager
def parquet_writer(path: Path, schema: pa.Schema) -> Iterator[ParquetRows]:
    """A Parquet file to append to: one row group for each table (a shard), none for an empty one."""
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    plain = schema.remove_metadata()
    numbers = [field.name for field in plain if pa.types.is_int32(field.type)]
    repeated: Any = [
        f.name for f in plain if not (f.name in DISTINCT or f.name in numbers or pa.types.is_boolean(f.type))
    ]
    with (
        atomic(path) as file,
        pq.ParquetWriter(
            file,
            plain,
            compression=COMPRESSION,
            compression_level=LEVEL,
            use_dictionary=repeated,
            column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
            write_statistics=False,
        ) as writer,
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


def write_arrow(path: Path, table: pa.Table) -> None:
    """Writes a table for ourselves, to be read back soon (``read_arrow``): an Arrow file, not compressed."""
    with atomic(path) as file, pa.ipc.new_file(cast(io.IOBase, file), table.schema) as writer:
        writer.write_table(table)


def read_arrow(path: Path) -> pa.Table:
    """A table that ``write_arrow`` wrote; its bytes are mapped, not read."""
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()


def write_csv(path: Path, table: pa.Table | pd.DataFrame, schema: pa.Schema) -> None:
    """Writes UTF-8 CSV with LF: text in quotes, shortest floats that read back equal, nothing for null."""
    with csv_writer(path, schema) as rows:
        rows.write(table)


@contextlib.contextmanager
def csv_writer(path: Path, schema: pa.Schema) -> Iterator[CsvRows]:
    """A CSV file to append tables to, as ``write_csv`` writes them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic(path) as file:
        file.write((",".join(schema.names) + "\n").encode())
        yield CsvRows(file, schema.remove_metadata())


class CsvRows:
    """What ``csv_writer`` gives: ``write(table)`` appends its rows."""

    def __init__(self, file: IO[bytes], schema: pa.Schema) -> None:
        self._file, self._schema = file, schema

    def write(self, table: pa.Table | pd.DataFrame) -> None:
        """Appends the rows of ``table``."""
        from pyarrow import csv

        csv.write_csv(declared(table, self._schema), self._file, csv.WriteOptions(include_header=False))
