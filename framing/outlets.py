"""The instrument ``Outlets``: names, aliases, domains, country and kind of the outlets known.

One line of ``data/outlets.csv`` an outlet: ``outlet,aliases,domains,country,kind``; aliases and
domains are lists separated by ``|``; an alias ending in ``?`` needs context (*Time?*): it names the
outlet in running text only where something else says so. Lines that begin with ``#`` are remarks.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from framing.errors import ConfigurationError

HEADER = ("outlet", "aliases", "domains", "country", "kind")


@dataclass(frozen=True)
class Outlet:
    """One outlet; ``aliases`` holds (alias, needs context)."""

    outlet: str
    aliases: tuple[tuple[str, bool], ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Outlets:
    """The outlets by name; ``digest`` is the sha256 of the bytes they were read from."""

    name: str
    digest: str
    outlets: dict[str, Outlet]
    aliases: dict[str, str]
    domains: dict[str, str]

    @classmethod
    def read(cls, path: Path, *further: Path) -> Outlets:
        """The outlets of ``path`` and then of each further file.

        A line of a later file replaces the line of the same outlet in an earlier one, so a study
        may extend and correct the shipped list. Raises ``ConfigurationError`` with file, line, fault.
        """
        digest = hashlib.sha256()
        outlets: dict[str, Outlet] = {}
        places: dict[str, str] = {}
        for file in (path, *further):
            data = _bytes(file)
            digest.update(data)
            for place, outlet in _rows(file, data):
                if places.get(outlet.outlet, "").startswith(f"{file}:"):
                    raise ConfigurationError(f"{place}: outlet {outlet.outlet!r} is listed twice; keep one line")
                outlets[outlet.outlet], places[outlet.outlet] = outlet, place
        aliases, domains = _index(outlets, places)
        return cls(path.name, digest.hexdigest(), outlets, aliases, domains)

    def canonical(self, raw: str) -> str:
        """The outlet that ``raw`` names: by its name, an alias that needs no context, or a domain.

        ``www.theguardian.com``, ``uk.reuters.com`` and whole addresses count as domains; anything
        unknown comes back unchanged but for white space around it.
        """
        raw = raw.strip()
        if raw in self.outlets:
            return raw
        if raw in self.aliases:
            return self.aliases[raw]
        return self._of_domain(raw) or raw

    def country(self, outlet: str) -> str | None:
        """The country of an outlet, by its canonical name; None if unknown."""
        known = self.outlets.get(outlet)
        return known.country if known else None

    def kind(self, outlet: str) -> str | None:
        """The kind of an outlet (newspaper, agency …), by its canonical name; None if unknown."""
        known = self.outlets.get(outlet)
        return known.kind if known else None

    def names(self) -> list[tuple[str, str, bool]]:
        """Every way to name an outlet in running text: (alias, outlet, needs context), sorted.

        An outlet's own name needs context if it is listed among its aliases with a ``?``.
        """
        found: dict[tuple[str, str], bool] = {}
        for outlet in self.outlets.values():
            found[outlet.outlet, outlet.outlet] = False
            found |= {(alias, outlet.outlet): context for alias, context in outlet.aliases}
        return sorted((alias, outlet, context) for (alias, outlet), context in found.items())

    def _of_domain(self, raw: str) -> str | None:
        host = raw.lower().partition("://")[2] or raw.lower()
        host = host.partition("/")[0].partition(":")[0]
        # uk.reuters.com is known by reuters.com: drop sub-domains until something is known.
        while "." in host:
            if host in self.domains:
                return self.domains[host]
            host = host.partition(".")[2]
        return None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file}: the list of outlets cannot be read ({error.strerror})") from error


def _rows(file: Path, data: bytes) -> Iterator[tuple[str, Outlet]]:
    """``file:line`` and the outlet of every line."""
    try:
        lines = data.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file}: not UTF-8; save the list of outlets as UTF-8") from error
    reader = csv.reader(lines)
    header: list[str] | None = None
    for cells in reader:
        place = f"{file}:{reader.line_num}"
        if not cells or cells[0].startswith("#"):
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
            if tuple(header) != HEADER:
                raise ConfigurationError(f"{place}: expected the columns {','.join(HEADER)}, found {','.join(header)}")
        elif len(cells) != len(HEADER):
            raise ConfigurationError(f"{place}: expected {len(HEADER)} cells ({','.join(HEADER)}), found {len(cells)}")
        else:
            yield place, _outlet(place, cells)
    if header is None:
        raise ConfigurationError(f"{file}: empty; expected a first line {','.join(HEADER)}")


def _outlet(place: str, cells: list[str]) -> Outlet:
    name, aliases, domains, country, kind = (cell.strip() for cell in cells)
    if not name:
        raise ConfigurationError(f"{place}: the outlet has no name")
    return Outlet(
        name,
        tuple((alias.removesuffix("?").rstrip(), alias.endswith("?")) for alias in _list(place, aliases)),
        tuple(domain.lower().removeprefix("www.") for domain in _list(place, domains)),
        country or None,
        kind or None,
    )


def _list(place: str, cell: str) -> list[str]:
    items = [item.strip() for item in cell.split("|")] if cell else []
    if not all(item.rstrip("?") for item in items):
        raise ConfigurationError(f"{place}: an empty item between two | in {cell!r}")
    return items


def _index(outlets: dict[str, Outlet], places: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Alias → outlet (those that need no context) and domain → outlet; each names one outlet only."""
    aliases: dict[str, str] = {}
    domains: dict[str, str] = {}
    for outlet in outlets.values():
        place = places[outlet.outlet]
        plain = [alias for alias, context in outlet.aliases if not context]
        for alias in plain:
            if alias in outlets and alias != outlet.outlet:
                raise ConfigurationError(f"{place}: alias {alias!r} is the name of another outlet; end it with ?")
        _claim(aliases, plain, outlet.outlet, place, "alias", "end it with ? in both lines")
        _claim(domains, outlet.domains, outlet.outlet, place, "domain", "keep it in one line")
    return aliases, domains


def _claim(owners: dict[str, str], items: Iterable[str], outlet: str, place: str, what: str, remedy: str) -> None:
    for item in items:
        owner = owners.setdefault(item, outlet)
        if owner != outlet:
            raise ConfigurationError(f"{place}: {what} {item!r} belongs to {owner!r} too; {remedy}")
