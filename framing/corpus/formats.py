"""Formats of a corpus: from a file to its raw rows, one at a time, whatever the format."""

from __future__ import annotations

import csv
import difflib
import io
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from framing.corpus.files import Source, bounded_lines, opened
from framing.errors import InputError

_NO_VALUES: dict[str, Any] = {}


class Row(NamedTuple):
    """One document as the file gives it: its line, and its values by column or the fault that stops it."""

    line: int
    values: dict[str, Any] = _NO_VALUES
    fault: str = ""


class Number(str):
    """A number of a JSON file, as it stands there (1.50 stays 1.50)."""

    __slots__ = ()


@dataclass(frozen=True)
class Wanted:
    """The columns a reader looks for.

    fields: contract field → column · keep: further columns · limit: bytes above which a row is oversize.
    """

    fields: dict[str, str]
    keep: tuple[str, ...]
    limit: int

    @property
    def demanded(self) -> dict[str, str]:
        """Column → setting, for every column that must exist: those named by the user."""
        named = {column: f"corpus.columns.{name}" for name, column in self.fields.items() if column != name}
        return named | dict.fromkeys(self.keep, "corpus.keep")

    def columns(self) -> set[str]:
        """Every column that is looked at, if it exists."""
        return {*self.fields.values(), *self.keep}

    def check(self, source: Source, found: Iterable[str]) -> None:
        """Raises ``InputError`` unless ``text`` and every column named by the user are ``found``."""
        columns = list(dict.fromkeys(found))
        if self.fields["text"] not in columns:
            raise InputError(self._no_text(source, columns))
        for column, setting in self.demanded.items():
            if column not in columns:
                raise InputError(
                    f"{source.shown}: no column {column!r} ({setting}); it holds {_listed(columns)}"
                    f"{_nearest(column, columns)}"
                )

    def _no_text(self, source: Source, columns: list[str]) -> str:
        if len(columns) == 1 and (separator := re.search(r"[;\t|]", columns[0])):
            return f"{source.shown}: its cells seem to be separated by {separator[0]!r}; save it with commas"
        name = self.fields["text"]
        close = difflib.get_close_matches(name, columns, 1, 0.5) + _guess(columns)
        advice = f"corpus.columns.text={close[0] if close else 'NAME'}"
        return f"{source.shown}: no column {name!r}; it holds {_listed(columns)}; name the right one by {advice}"


def _guess(columns: list[str]) -> list[str]:
    usual = ("body", "content", "article", "fulltext", "full_text", "story", "maintext")
    return [column for column in columns if column.lower() in usual]


def _listed(columns: list[str]) -> str:
    shown = ", ".join(columns[:20])
    return (shown or "no columns") + (f" and {len(columns) - 20} more" if len(columns) > 20 else "")


def _nearest(column: str, columns: list[str]) -> str:
    close = difflib.get_close_matches(column, columns, 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def rows_of(source: Source, wanted: Wanted) -> Iterator[Row]:
    """Every document of a file in its order; a fault of the file itself raises ``InputError``."""
    return _READERS[source.format](source, wanted)


# --- JSON lines -----------------------------------------------------------------------------------

_LOOK_AHEAD = 100
"""Objects without a text that are read before the file is said to have no such column."""


def _jsonl(source: Source, wanted: Wanted) -> Iterator[Row]:
    found: dict[str, None] = {}
    waiting: list[Row] | None = []
    with opened(source) as stream:
        for row in _json_rows(stream, wanted):
            if not row.values.keys() <= found.keys():
                found.update(dict.fromkeys(row.values))
            if waiting is None:
                yield row
                continue
            waiting.append(row)
            if wanted.fields["text"] in row.values:
                yield from waiting
                waiting = None
            elif len(waiting) == _LOOK_AHEAD:
                break
        if waiting is not None:
            if not found:
                raise InputError(f"{source.shown}: holds no JSON object; expected one object a line")
            wanted.check(source, found)
    wanted.check(source, found)


def _json_rows(stream: io.BufferedReader, wanted: Wanted) -> Iterator[Row]:
    columns = wanted.columns()
    for number, line in bounded_lines(stream, wanted.limit):
        if line is None:
            yield Row(number, fault="oversize")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield _json_row(number, line, columns)


def _json_row(number: int, line: bytes, columns: set[str]) -> Row:
    try:
        text = line.decode("utf-8")
        # The common line begins with its object and ends after it: no copy without its line end is made.
        value, end = _DECODER.raw_decode(text) if text.startswith("{") else (None, 0)
        if not end or text[end:].strip():
            value = _DECODER.decode(text.strip())
    except UnicodeDecodeError:
        return Row(number, fault="undecodable bytes")
    except (ValueError, RecursionError):
        return Row(number, fault="broken JSON")
    if not isinstance(value, dict):
        return Row(number, fault="not a JSON object")
    if not value.keys() <= columns:
        # Values nobody asked for are let go, but their names are needed for messages.
        value = {key: item if key in columns else None for key, item in value.items()}
    return Row(number, value)


def _not_finite(name: str) -> float:
    return math.nan if name == "NaN" else math.copysign(math.inf, -1 if name.startswith("-") else 1)


_DECODER = json.JSONDecoder(parse_float=Number, parse_int=Number, parse_constant=_not_finite)


def from_json(text: str) -> Any:
    """The value of a JSON text; raises ``ValueError`` if it is broken."""
    try:
        return _DECODER.decode(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


# --- comma-separated values -----------------------------------------------------------------------


def _csv(source: Source, wanted: Wanted) -> Iterator[Row]:
    delimiter = _delimiter(source)
    # The limit of a cell is kept by _Lines; the module's own would stop in the middle of a row.
    csv.field_size_limit(sys.maxsize)
    with opened(source) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
        lines = _Lines(text, delimiter, wanted.limit)
        reader = csv.reader(lines, delimiter=delimiter)
        names = _header(source, wanted, next(reader, []))
        n_rows = 0
        while True:
            lines.begin()
            first = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                break
            if cells:
                n_rows += 1
                yield _csv_row(first, names, cells, lines.oversize)
        text.detach()
    if not n_rows:
        raise InputError(f"{source.shown}: holds a header and no rows; expected articles")


def _delimiter(source: Source) -> str:
    """Tab for .tsv; else what separates the header: commas, or where it has none, semicolons or tabs.

    Spreadsheets of countries with a decimal comma write semicolons.
    """
    if ".tsv" in source.path.name.lower():
        return "\t"
    with opened(source) as stream:
        head = re.sub(rb'"[^"]*"', b"", stream.read(_HEADER).split(b"\n", 1)[0])
    return next((mark for mark in (",", ";", "\t") if mark.encode() in head), ",")


_HEADER = 65_536
"""Bytes in which the first line of a CSV file is looked for."""


def _header(source: Source, wanted: Wanted, cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    if not storable("".join(names)):
        raise InputError(f"{source.shown}: its first line is not UTF-8; save the file as UTF-8")
    wanted.check(source, names)
    for name in wanted.columns():
        if names.count(name) > 1:
            raise InputError(f"{source.shown}: {names.count(name)} columns are called {name!r}; rename all but one")
    return names


def _csv_row(line: int, names: list[str], cells: list[str], oversize: bool) -> Row:
    if oversize:
        return Row(line, fault="oversize")
    if len(cells) != len(names):
        return Row(line, fault="wrong number of cells")
    if not all(map(storable, cells)):
        return Row(line, fault="undecodable bytes")
    return Row(line, dict(zip(names, cells, strict=True)))


class _Lines:
    """The lines of a CSV file for ``csv.reader``, in bounded memory.

    A row above the limit is thinned to its quotes, delimiters and line ends: ``csv`` then still
    finds where the row ends (a 50 MB cell may hold a million line ends) without holding it.
    """

    def __init__(self, text: io.TextIOWrapper, delimiter: str, limit: int) -> None:
        self._text, self._limit = text, limit
        self._thin = re.compile(f'[^"{delimiter}\r\n]+')
        self._held = 0
        self.oversize = False

    def begin(self) -> None:
        """A new row begins: nothing is held yet."""
        self._held, self.oversize = 0, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(self._limit)
        if not line:
            raise StopIteration
        self._held += len(line)
        if self._held < self._limit:
            return line
        self.oversize = True
        thin = self._thin.sub("", line)
        while not line.endswith(("\n", "\r")) and (line := self._text.readline(self._limit)):
            thin += self._thin.sub("", line)
        return thin


def storable(text: str) -> bool:
    """False if the text holds half a surrogate pair: bytes that were no UTF-8, or a broken escape."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


# --- Parquet --------------------------------------------------------------------------------------

_BATCH_ROWS = 64


def parquet_schema(source: Source) -> pa.Schema:
    """The schema of a Parquet file; raises ``InputError`` if it is none."""
    try:
        schema: pa.Schema = pq.read_schema(source.path)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{source.shown}: is no Parquet file, or a damaged one; mend or replace it") from error
    return schema


def _parquet(source: Source, wanted: Wanted) -> Iterator[Row]:
    schema = parquet_schema(source)
    wanted.check(source, schema.names)
    kind = schema.field(wanted.fields["text"]).type
    if not _holds_text(kind):
        raise InputError(f"{source.shown}: column {wanted.fields['text']!r} holds {kind}; expected text")
    names = [name for name in schema.names if name in wanted.columns()]
    line = 0
    try:
        with pq.ParquetFile(source.path) as file:
            for batch in file.iter_batches(_BATCH_ROWS, columns=names):
                yield from _batch(batch, line)
                line += batch.num_rows
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{source.shown}: cannot be read to its end (damaged or cut short)") from error
    if not line:
        raise InputError(f"{source.shown}: is empty; expected articles")


def _holds_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)) or bool(
        pa.types.is_null(kind)
    )


def _batch(batch: pa.RecordBatch, before: int) -> Iterator[Row]:
    try:
        columns = batch.to_pydict()
    except UnicodeDecodeError:
        # One broken cell spoils the whole batch: go cell by cell.
        for number in range(batch.num_rows):
            try:
                yield Row(before + number + 1, batch.slice(number, 1).to_pylist()[0])
            except UnicodeDecodeError:
                yield Row(before + number + 1, fault="undecodable bytes")
        return
    for line, values in enumerate(zip(*columns.values(), strict=True), before + 1):
        yield Row(line, dict(zip(columns, values, strict=True)))


# --- text files -----------------------------------------------------------------------------------


def _txt(source: Source, wanted: Wanted) -> Iterator[Row]:
    """A text file is one document: its path is its id, its first folder its outlet."""
    for column, setting in wanted.demanded.items():
        if setting == "corpus.keep":
            raise InputError(f"{source.shown}: a text file has no column {column!r} ({setting}); leave it out")
    with opened(source) as stream:
        data = stream.read(wanted.limit + 1)
    if len(data) > wanted.limit:
        yield Row(0, fault="oversize")
        return
    if b"\0" in data:
        raise InputError(f"{source.shown}: is binary (it holds NUL bytes); expected UTF-8 text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield Row(0, fault="undecodable bytes")
        return
    folder, slash, _ = source.name.partition("/")
    values = {"id": source.stem, "text": text, "outlet": folder if slash else None}
    yield Row(0, {wanted.fields[name]: value for name, value in values.items()})


_READERS: dict[str, Callable[[Source, Wanted], Iterator[Row]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "txt": _txt,
}
