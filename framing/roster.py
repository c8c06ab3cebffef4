"""Actors: companies by name, and the countries, sectors and groups that news makes actors of."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from framing.errors import ConfigurationError
from framing.pattern import Pattern, parse
from framing.tables import KINDS

_COMPANY = ("company", "aliases", "tickers", "country", "sector", "parent", "false_friends", "products")
NO_ACTOR = "none"
"""Kind of a group row that only shadows shorter names: *South China Sea* is not China."""
_GROUP = ("actor", "kind", "country", "sector", "aliases")


@dataclass(frozen=True)
class Actor:
    """Somebody a text says something about. ``name`` is the short name a newspaper uses."""

    name: str
    kind: str
    country: str = ""
    sector: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Company:
    """A company as its line of ``companies.csv`` describes it.

    aliases: ``(name, needs context)`` · tickers · false_friends: phrases with the name that are
    not the company · products: names of its products, which are not the company either.
    """

    actor: Actor
    aliases: tuple[tuple[str, bool], ...]
    tickers: tuple[str, ...]
    false_friends: tuple[str, ...]
    products: tuple[str, ...]


@dataclass(frozen=True)
class Companies:
    """The roster of companies; ``digest`` is the sha256 of its file."""

    folder: ClassVar[str] = ""
    suffix: ClassVar[str] = ".csv"

    name: str
    rows: tuple[Company, ...]
    digest: str

    @classmethod
    def read(cls, path: Path, *further: Path) -> Companies:
        """Read and check a roster; a line of a further file replaces the one of the same company.

        ConfigurationError names the file and line.
        """
        table: dict[str, Company] = {}
        digest = hashlib.sha256()
        for file in (path, *further):
            raw = file.read_bytes()
            digest.update(raw)
            rows = [_company(row, where) for row, where in _table(raw, file, _COMPANY)]
            _unique([row.actor.name for row in rows], file)
            table |= {row.actor.name: row for row in rows}
        return cls("+".join(file.stem for file in (path, *further)), tuple(table.values()), digest.hexdigest())


@dataclass(frozen=True)
class Groups:
    """Countries, sectors and groups, each with the patterns that name it."""

    folder: ClassVar[str] = ""
    suffix: ClassVar[str] = ".csv"

    name: str
    rows: tuple[tuple[Actor, tuple[Pattern, ...]], ...]
    digest: str

    @classmethod
    def read(cls, path: Path, *further: Path) -> Groups:
        """Read and check the groups; a line of a further file replaces the one of the same actor."""
        table: dict[str, tuple[Actor, tuple[Pattern, ...]]] = {}
        digest = hashlib.sha256()
        for file in (path, *further):
            raw = file.read_bytes()
            digest.update(raw)
            rows = [_group(row, where) for row, where in _table(raw, file, _GROUP)]
            _unique([actor.name for actor, _ in rows], file)
            table |= {actor.name: (actor, patterns) for actor, patterns in rows}
        return cls("+".join(file.stem for file in (path, *further)), tuple(table.values()), digest.hexdigest())


def _table(raw: bytes, path: Path, columns: tuple[str, ...]) -> list[tuple[dict[str, str], str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = [(line, reader.line_num) for line in reader if line and not line[0].startswith("#")]
    except csv.Error as error:
        raise ConfigurationError(f"{path}:{reader.line_num}: not valid CSV: {error}") from None
    if not lines or not set(columns[:1]) <= set(lines[0][0]):
        raise ConfigurationError(f"{path}:1: expected the columns {','.join(columns)}")
    header = lines[0][0]
    rows = []
    for cells, number in lines[1:]:
        if len(cells) != len(header):
            raise ConfigurationError(f"{path}:{number}: {len(cells)} cells, but the header has {len(header)}")
        row = dict.fromkeys(columns, "") | dict(zip(header, (c.strip() for c in cells), strict=True))
        if not row[columns[0]]:
            raise ConfigurationError(f"{path}:{number}: {columns[0]} is empty")
        rows.append((row, f"{path}:{number}"))
    return rows


def _company(row: dict[str, str], where: str) -> Company:
    name = row["company"]
    listed = [(a.rstrip("?").strip(), a.endswith("?")) for a in _cell(row["aliases"])]
    if any(not alias for alias, _ in listed):
        raise ConfigurationError(f"{where}: an alias is only a question mark")
    aliases = listed if name in {alias for alias, _ in listed} else [(name, False), *listed]
    actor = Actor(name, "company", row["country"], row["sector"], row["parent"])
    return Company(actor, tuple(aliases), _cell(row["tickers"]), _cell(row["false_friends"]), _cell(row["products"]))


def _group(row: dict[str, str], where: str) -> tuple[Actor, tuple[Pattern, ...]]:
    if row["kind"] not in (*KINDS[1:], NO_ACTOR):
        raise ConfigurationError(f"{where}: kind: expected country, sector, group or none, got {row['kind']!r}")
    patterns = tuple(parse(alias.strip(), where) for alias in row["aliases"].split(" || ") if alias.strip())
    return Actor(row["actor"], row["kind"], row["country"], row["sector"]), patterns


def _cell(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split("|") if item.strip())


def _unique(names: list[str], path: Path) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ConfigurationError(f"{path}: {name!r} stands there twice; keep one line")
        seen.add(name)
