"""Dates: ISO 8601 with the precision given."""

from __future__ import annotations

import datetime
import re

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:[Tt ](?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?)?"
    r"(?:[Zz]|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?=$|[Tt])")


def iso(value: str) -> str | None:
    """``value`` if it is an ISO 8601 date (2023, 2023-05, 2023-05-17, with time and zone), else None.

    The precision stays as given; the basic form 20230517 is written 2023-05-17.
    """
    text = value.strip()
    if text[4:5] != "-":
        text = _BASIC.sub(r"\1-\2-\3", text, count=1)
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = match.groups()
    try:
        datetime.datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), min(int(second or 0), 59)
        )
    except ValueError:
        return None
    # A leap second (23:59:60) is a time; 61 is none.
    return None if second and int(second) > 60 else text


def bounds(date: str) -> tuple[str, str]:
    """First and last second that an ISO date may mean, as strings that compare in order of time.

    Zones are not applied: a date is the one printed. The last day of any month is 31, which
    compares rightly and needs no calendar.
    """
    match = _ISO.fullmatch(date)
    if match is None:
        raise ValueError(f"no ISO date: {date!r}")
    first = [match[name] or default for name, default in _FIRST]
    last = [match[name] or default for name, default in _LAST]
    return "-".join(first), "-".join(last)


_FIRST = (("year", "0"), ("month", "01"), ("day", "01"), ("hour", "00"), ("minute", "00"), ("second", "00"))
_LAST = (("year", "0"), ("month", "12"), ("day", "31"), ("hour", "23"), ("minute", "59"), ("second", "60"))


def of_clock(value: datetime.date) -> str:
    """The ISO form of a date or time object; midnight without a zone is a day (pandas has no dates)."""
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    text = value.isoformat()
    return text.removesuffix("T00:00:00") if value.tzinfo is None else text
