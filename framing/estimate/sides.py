"""The value of each article and of each actor on a side of ``estimate.by``."""

from __future__ import annotations

import re

import pyarrow as pa

UNKNOWN = "(unknown)"
"""A missing value."""
NO_ACTOR = "(none)"
"""Text that names no actor; it stays ``(none)`` on every actor side."""
POOLED = "*"
"""The whole article among the actors, and a side that is not looked at."""

_MONTH = re.compile(r"\d{4}-\d{2}")
_YEAR = re.compile(r"\d{4}")


def article_values(side: str, articles: pa.Table, outlets: pa.Table) -> list[str]:
    """The value of each article on ``side``, in the order of ``articles``.

    A month needs a date with a month, a year one with a year; anything else is ``(unknown)``.
    """
    if side in ("month", "year"):
        pattern = _MONTH if side == "month" else _YEAR
        found = [pattern.match(date or "") for date in articles["date"].to_pylist()]
        return [match.group() if match else UNKNOWN for match in found]
    if side.startswith("outlet."):
        known = _look_up(outlets, "outlet", side.removeprefix("outlet."))
        return [known.get(_text(outlet), UNKNOWN) for outlet in articles["outlet"].to_pylist()]
    return [_text(value) for value in articles[side].to_pylist()]


def actor_values(side: str, names: tuple[str, ...], actors: pa.Table) -> list[str]:
    """The value of each of ``names`` on ``side`` (``actor`` is the name itself)."""
    if side == "actor":
        return list(names)
    known = _look_up(actors, "actor", side.removeprefix("actor."))
    return [NO_ACTOR if name == NO_ACTOR else known.get(name, UNKNOWN) for name in names]


def _look_up(table: pa.Table, key: str, column: str) -> dict[str, str]:
    """``key`` → ``column`` of a reference table."""
    keys, values = (map(_text, table[name].to_pylist()) for name in (key, column))
    return dict(zip(keys, values, strict=True))


def _text(value: object) -> str:
    """A value as text; null and empty are ``(unknown)``."""
    return UNKNOWN if value is None or value == "" else str(value)
