"""Selection: which sound articles a study is about, and why the others are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from framing.corpus.dates import bounds, iso
from framing.errors import ConfigurationError


@dataclass(frozen=True)
class Selection:
    """since, until: ISO dates of any precision, both inclusive · outlets: names to take, () for all ·
    match: regular expression looked for in title and text · min_words: fewest words of a text."""

    since: str | None
    until: str | None
    outlets: frozenset[str]
    match: re.Pattern[str] | None
    min_words: int

    def reason(self, article: Mapping[str, Any]) -> str | None:
        """Why the article is left out, or None if it is kept."""
        return self._by_date(article["date"]) or self._by_content(article)

    def _by_date(self, date: str | None) -> str | None:
        """A date of coarse precision is inside if any moment it may mean is inside."""
        if self.since is None and self.until is None:
            return None
        if date is None:
            return "no date, and corpus.since or corpus.until is set"
        first, last = bounds(date)
        earliest, latest = self._bounds
        if earliest is not None and last < earliest:
            return "before corpus.since"
        if latest is not None and first > latest:
            return "after corpus.until"
        return None

    @cached_property
    def _bounds(self) -> tuple[str | None, str | None]:
        """The first and the last second that a date may mean."""
        return self.since and bounds(self.since)[0], self.until and bounds(self.until)[1]

    def _by_content(self, article: Mapping[str, Any]) -> str | None:
        if self.outlets and article["outlet"] not in self.outlets:
            return "not in corpus.outlets"
        if self.match and not (self.match.search(article["title"] or "") or self.match.search(article["text"])):
            return "no match for corpus.match"
        if self.min_words > 0 and len(article["text"].split(None, self.min_words)) < self.min_words:
            return "fewer than corpus.min_words words"
        return None


def checked_date(value: str | None, key: str) -> str | None:
    """The date of a setting; raises ``ConfigurationError`` unless it is ISO 8601 or None."""
    if value is None:
        return None
    date = iso(str(value))
    if date is None:
        raise ConfigurationError(f"{key}={value}: expected an ISO 8601 date such as 2023, 2023-05 or 2023-05-17")
    return date


def checked_pattern(value: str | None) -> re.Pattern[str] | None:
    """The compiled ``corpus.match``; raises ``ConfigurationError`` unless it is a regular expression."""
    if value is None:
        return None
    try:
        return re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        raise ConfigurationError(f"corpus.match={value}: no regular expression ({error}); see Python's re") from error
