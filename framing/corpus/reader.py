"""The reader: files to shards of articles, and the account of every document."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from framing.corpus.dates import bounds
from framing.corpus.files import Source, find
from framing.corpus.flow import Remarks, Warn, flow_of, silent
from framing.corpus.formats import Row, Wanted, parquet_schema, rows_of
from framing.corpus.rows import FIELDS, RowFault, Shape
from framing.corpus.selection import Selection, checked_date, checked_pattern
from framing.errors import ConfigurationError, InputError
from framing.outlets import Outlets
from framing.tables import ARTICLE_INPUT, ARTICLES, EVIDENCE, Corpus, Flow
from framing.tables import mentions_schema as _mentions_schema
from framing.tables import scores_schema as _scores_schema
from framing.tables import sentences_schema as _sentences_schema

TAKEN = frozenset(
    name
    for schema in (
        ARTICLE_INPUT,
        ARTICLES,
        EVIDENCE,
        _sentences_schema(()),
        _mentions_schema(()),
        _scores_schema((), ()),
    )
    for name in schema.names
)
"""Names that a kept column cannot have: it is carried into these tables."""

SHARD_CHARACTERS = 8_000_000
"""A shard ends early at this many characters, so that long texts do not fill the memory."""

_BYTES_PER_CHARACTER = 6  # the longest escape of one character in JSON, backslash u and four digits
_BYTES_AROUND = 1_000_000  # the other fields of a row


@dataclass(frozen=True)
class Reader:
    """Shards of the articles under ``path``, each with its flow; every call gives the same.

    columns: contract field → the user's column · keep: further columns to carry · since, until,
    outlets, match, min_words: which articles to take · max_characters: longer texts are left out ·
    shard: articles per shard · names: the outlets known, whose canonical names are used.

    Kept columns hold text (numbers as they stand in the file), but where every file is Parquet and
    agrees on a column's type, they hold that type.
    """

    path: str = field(metadata={"numbers": False})
    columns: dict[str, str] = field(default_factory=lambda: {name: name for name in FIELDS})
    keep: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    outlets: tuple[str, ...] = ()
    match: str | None = None
    min_words: int = 0
    max_characters: int = 5_000_000
    shard: int = 4000
    names: Outlets | None = None

    def __post_init__(self) -> None:
        self._check_columns()
        self._check_keep()
        if self.shard < 1 or self.max_characters < 1:
            raise ConfigurationError("corpus.shard and corpus.max_characters must be at least 1")
        since, until = checked_date(self.since, "corpus.since"), checked_date(self.until, "corpus.until")
        checked_pattern(self.match)
        if since and until and bounds(since)[0] > bounds(until)[1]:
            raise ConfigurationError(f"corpus.since={since} lies after corpus.until={until}; no article can match")

    def __call__(self, warn: Warn = silent) -> Iterator[tuple[Corpus, Flow]]:
        """Shards of kept articles in the order of the files, each with the flow of its stretch.

        ``warn`` is told each fault of a row as ``file:line: reason: what was done``. Raises
        ``InputError`` for a fault of a file.
        """
        sources, passed_over = find(self.path)
        types = self._kept_types(sources)
        typed = {name: kind is not None for name, kind in types.items()}
        shape = Shape(self._fields(), typed, self.max_characters, self.names)
        collection = _Collection(schema_with(types), shape, self._selection(), Remarks(warn))
        collection.pass_over(passed_over)
        for source in sources:
            for row in rows_of(source, self._wanted()):
                collection.take(source, row)
                if collection.full(self.shard):
                    yield collection.shard()
        yield collection.shard()

    def place(self, number: int) -> str:
        """``file:line`` of a document by its ``row``; reads the files again up to it."""
        sources, _ = find(self.path)
        row = -1
        for source in sources:
            for found in rows_of(source, self._wanted()):
                row += 1
                if row == number:
                    return place_of(source, found)
        raise InputError(f"{self.path}: has changed while it was read: document {number} is gone; run again")

    def _fields(self) -> dict[str, str]:
        return {name: name for name in FIELDS} | self.columns

    def _wanted(self) -> Wanted:
        return Wanted(self._fields(), self.keep, _BYTES_PER_CHARACTER * self.max_characters + _BYTES_AROUND)

    def _selection(self) -> Selection:
        names = self.names
        outlets = frozenset(names.canonical(outlet) if names else outlet.strip() for outlet in self.outlets)
        since, until = checked_date(self.since, "corpus.since"), checked_date(self.until, "corpus.until")
        return Selection(since, until, outlets, checked_pattern(self.match), self.min_words)

    def _check_columns(self) -> None:
        for name in self.columns:
            if name not in FIELDS:
                near = difflib.get_close_matches(name, FIELDS, 1) or FIELDS
                raise ConfigurationError(f"corpus.columns.{name}: no such field; did you mean {near[0]!r}?")

    def _check_keep(self) -> None:
        for name in self.keep:
            if self.keep.count(name) > 1:
                raise ConfigurationError(f"corpus.keep: {name!r} is listed twice")
            if name in TAKEN:
                raise ConfigurationError(f"corpus.keep: {name!r} is a column of framing's own tables; rename yours")

    def _kept_types(self, sources: list[Source]) -> dict[str, pa.DataType | None]:
        """The type of each kept column; None where its values are written out as text."""
        if not self.keep or any(source.format != "parquet" for source in sources):
            return dict.fromkeys(self.keep)
        wanted, schemas = self._wanted(), [parquet_schema(source) for source in sources]
        for source, schema in zip(sources, schemas, strict=True):
            wanted.check(source, schema.names)
        return {name: _common_type([schema.field(name).type for schema in schemas]) for name in self.keep}


def _common_type(types: list[pa.DataType]) -> pa.DataType | None:
    plain = [kind.value_type if pa.types.is_dictionary(kind) else kind for kind in types]
    return plain[0] if all(kind == plain[0] for kind in plain) else None


def schema_with(types: Mapping[str, pa.DataType | None]) -> pa.Schema:
    """``ARTICLE_INPUT`` followed by the kept columns."""
    kept = [pa.field(name, kind or pa.string()) for name, kind in types.items()]
    return pa.schema([*ARTICLE_INPUT, *kept])


def place_of(source: Source, row: Row) -> str:
    """``file:line`` of a row; a text file has no lines to name."""
    return f"{source.shown}:{row.line}" if row.line else source.shown


_READ, _KEPT = ("read", "read"), ("kept", "kept")


class _Collection:
    """The articles and counts of the stretch being read."""

    def __init__(self, schema: pa.Schema, shape: Shape, selection: Selection, remarks: Remarks) -> None:
        self._schema, self._shape, self._selection, self._remarks = schema, shape, selection, remarks
        self._row = 0
        self._columns: dict[str, list[Any]] = {name: [] for name in schema.names}
        self._characters = 0
        self._counts: Counter[tuple[str, str]] = Counter()

    def pass_over(self, names: list[str]) -> None:
        """Notes the files of other kinds."""
        for name in names:
            self._note(name, "file of another kind", "passed over")

    def take(self, source: Source, row: Row) -> None:
        """One document: kept, or left out for a reason."""
        counts = self._counts
        counts[_READ] += 1
        number, self._row = self._row, self._row + 1
        # The path of a text file is its id already.
        prefix = "" if source.alone or source.format == "txt" else f"{source.name}:"
        try:
            if row.fault:
                raise RowFault(row.fault)
            values, notes = self._shape.article(row.values, prefix)
        except RowFault as fault:
            counts["left out", str(fault)] += 1
            self._remarks(place_of(source, row), str(fault), "left out")
            return
        reason = self._selection.reason(values)
        if reason:
            counts["left out", reason] += 1
            return
        for note, done in notes:
            self._note(place_of(source, row), note, done)
        counts[_KEPT] += 1
        values["row"] = number
        for name, column in self._columns.items():
            column.append(values[name])
        self._characters += len(values["text"])

    def full(self, shard: int) -> bool:
        """True if the shard is complete."""
        return self._characters >= SHARD_CHARACTERS or self._counts[_KEPT] >= shard

    def shard(self) -> tuple[Corpus, Flow]:
        """The articles and flow of the stretch; a new one begins."""
        corpus = Corpus(pa.table(self._columns, schema=self._schema))
        flow = flow_of(self._counts)
        self._columns = {name: [] for name in self._columns}
        self._characters = 0
        self._counts.clear()
        return corpus, flow

    def _note(self, place: str, reason: str, done: str) -> None:
        self._counts["note", reason] += 1
        self._remarks(place, reason, done)


def corpus_of(rows: Iterable[Mapping[str, Any]], keep: tuple[str, ...] = (), names: Outlets | None = None) -> Corpus:
    """A corpus of rows given in Python (``framing.read``): dicts with the fields of the contract.

    An empty text is an article of no sentences. A row whose text is no string raises ``InputError``:
    there is no flow to account for it.
    """
    shape = Shape({name: name for name in FIELDS}, dict.fromkeys(keep, False), Reader.max_characters, names)
    articles = []
    for number, row in enumerate(rows):
        try:
            blank = isinstance(row.get("text"), str) and not row["text"].strip()
            article = shape.article({**row, "text": "."} if blank else row).values
            articles.append(article | {"row": number} | ({"text": row["text"]} if blank else {}))
        except RowFault as fault:
            raise InputError(
                f"article {number}: {fault}; expected a text, and fields as in the corpus files"
            ) from fault
    return Corpus(pa.Table.from_pylist(articles, schema=schema_with(dict.fromkeys(keep))))
