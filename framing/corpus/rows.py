"""Rows to articles: what is missing, broken or remarkable in one document, and its values if it is sound."""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from framing.corpus.dates import iso, of_clock
from framing.corpus.formats import Number, from_json, storable
from framing.outlets import Outlets

FIELDS = ("id", "outlet", "date", "title", "url", "byline", "language", "text", "mentions")
"""The fields of an article that ``corpus.columns`` maps to the user's columns."""

_CUT = re.compile(r"\[\s*\+\s*[\d,. ]+\s*(?:chars?|characters|more)\s*\]\s*\Z")
_CUT_TAIL = 60


class RowFault(Exception):
    """The document cannot be used; the message is the reason in ``flow.csv``."""


class Article(NamedTuple):
    """One sound document: its values by the columns of ``ARTICLE_INPUT`` (but ``row``) and the kept
    ones, and the remarks on it as (reason, what was done)."""

    values: dict[str, Any]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shape:
    """How rows become articles.

    fields: contract field → column · keep: columns carried, True where their type is kept and not
    written out as text · most: characters of the longest text · names: the outlets known.
    """

    fields: Mapping[str, str]
    keep: Mapping[str, bool]
    most: int
    names: Outlets | None = None

    def article(self, row: Mapping[str, Any], prefix: str = "") -> Article:
        """The article of a row; ``prefix`` goes before a given or missing id. Raises ``RowFault``."""
        get, fields = row.get, self.fields
        text = self._text(get(fields["text"]))
        date, notes = _date(get(fields["date"]))
        if "]" in text[-_CUT_TAIL:] and _CUT.search(text[-_CUT_TAIL:]):
            notes += (("truncated text", "the article is kept as it is"),)
        # The title stays as given, white space around it included: offsets point into it.
        found: dict[str, Any] = {
            "article": None,
            "outlet": _word(get(fields["outlet"])),
            "date": date,
            "title": written(get(fields["title"])),
            "url": _word(get(fields["url"])),
            "byline": _word(get(fields["byline"])),
            "language": _word(get(fields["language"])),
            "text": text,
        }
        found["article"] = prefix + (_id(get(fields["id"])) or _hash(found))
        # After the hash: a longer list of outlets must not change ids.
        found["outlet"] = self._canonical(found["outlet"])
        for name, typed in self.keep.items():
            found[name] = get(name) if typed else written(get(name))
        for value in found.values():
            if isinstance(value, str) and not value.isascii() and not storable(value):
                raise RowFault("broken characters")
        try:
            mentions = _mentions(get(fields["mentions"]), len(text))
        except RowFault as fault:
            # Only roster=given reads them: an article with sound text is kept.
            mentions = None
            notes += ((str(fault), "its mentions are left out and the article is kept"),)
        found["mentions"] = mentions
        return Article(found, notes)

    def _canonical(self, outlet: str | None) -> str | None:
        if self.names is None or not outlet:
            return outlet
        if outlet not in self._outlets:
            self._outlets[outlet] = self.names.canonical(outlet)
        return self._outlets[outlet]

    @cached_property
    def _outlets(self) -> dict[str, str]:
        """Canonical names of the outlets met so far."""
        return {}

    def _text(self, value: Any) -> str:
        if type(value) is str and 8 <= len(value) <= self.most and not value.isspace():
            return value
        if isinstance(value, float) and math.isnan(value):
            raise RowFault("text is NaN")
        if _is_nothing(value):
            raise RowFault("text is missing")
        if not isinstance(value, str) or isinstance(value, Number):
            raise RowFault("text is not a string")
        if len(value) > self.most:
            raise RowFault("oversize")
        if not value.strip():
            raise RowFault("empty text")
        if len(value) < 8 and value.strip().lower() == "nan":
            raise RowFault("text is NaN")
        return value


def written(value: Any) -> str | None:
    """A value as text: strings and numbers as they stand, dates in ISO 8601, lists and objects as
    JSON; None for nothing, NaN and blanks."""
    if type(value) is str:
        return None if not value or value.isspace() else value
    if _is_nothing(value):
        return None
    if isinstance(value, str):
        return str(value) if value.strip() else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.date):
        return of_clock(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _is_nothing(value: Any) -> bool:
    """True for None, NaN and pandas' NaT and NA (known by their names: no pandas is needed to read)."""
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or type(value).__name__ in ("NaTType", "NAType")


def _word(value: Any) -> str | None:
    """A short field without white space around it; a list of names is joined by semicolons."""
    if value is None:
        return None
    if type(value) is str:
        return value.strip() or None
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        value = "; ".join(value)
    text = written(value)
    return text.strip() if text else None


def _id(value: Any) -> str | None:
    if isinstance(value, (list, dict, bool)):
        raise RowFault("id is not a string or number")
    return written(value)


def _hash(values: Mapping[str, Any]) -> str:
    """The id of an article that has none: what it says and where it stood, not its row."""
    parts = (values[name] or "" for name in ("outlet", "date", "title", "url", "text"))
    return hashlib.sha256("\x1f".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]


def _date(value: Any) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    return _dated(_word(value))


@lru_cache(maxsize=10_000)
def _dated(text: str | None) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    if text is None or text.lower() in ("nan", "nat"):
        return None, ()
    date = iso(text)
    if date is None:
        return None, (("bad date", f"{text[:40]!r} became null and the article is kept; expected ISO 8601"),)
    return date, ()


def _mentions(value: Any, length: int) -> list[dict[str, Any]] | None:
    """Mentions with whole offsets that lie in the text. Raises ``RowFault``."""
    if value is None:
        return None
    if isinstance(value, str) and not isinstance(value, Number):
        if not value.strip():
            return None
        try:
            value = from_json(value)
        except ValueError as error:
            raise RowFault("bad mentions") from error
    if _is_nothing(value):
        return None
    if not isinstance(value, (list, tuple)):
        raise RowFault("bad mentions")
    return [_mention(item, length) for item in value]


_RESERVED = ("*", "(none)")
"""Names that the score tables keep for the whole article and for nobody."""


def _mention(item: Any, length: int) -> dict[str, Any]:
    if not isinstance(item, Mapping):
        raise RowFault("bad mentions")
    start, end, entity = _whole(item.get("start")), _whole(item.get("end")), item.get("entity")
    if start is None or end is None or not 0 <= start < end <= length:
        raise RowFault("bad mentions")
    if not isinstance(entity, str) or not entity.strip() or not storable(entity) or entity.strip() in _RESERVED:
        raise RowFault("bad mentions")
    return {"start": start, "end": end, "entity": entity.strip()}


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, Number):
        return int(value) if re.fullmatch(r"\d{1,9}", value) else None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return operator.index(value) if hasattr(value, "__index__") else None
