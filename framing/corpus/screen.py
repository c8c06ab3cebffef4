"""A screen: which strings any of some patterns may match, found for many strings at a time.

Patterns are written for Python's ``re``, which looks at one string at a time. Arrow's engine (RE2) looks
at a million in the time of a few thousand, but knows no look-around and only ASCII letters. So each
pattern is rewritten as one that matches at least as much; what passes is left to the pattern itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_BEYOND = r"\x{80}-\x{10ffff}"
_CATEGORIES = {
    op.CATEGORY_WORD: rf"\w{_BEYOND}",
    op.CATEGORY_DIGIT: rf"\d{_BEYOND}",
    op.CATEGORY_SPACE: rf"\s\x0b\x1c-\x1f{_BEYOND}",
    op.CATEGORY_NOT_WORD: r"\W",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_NOT_SPACE: r"\S",
}
_ANY = r"[\x00-\x{10ffff}]"
SPECIAL = re.compile("[\u00df\u0130\u0131\u017f\u1e9e\u212a\ufb00-\ufb06]")
"""Letters beyond ASCII that Python takes for ASCII ones without regard to case, or folds to them (ß is ss)."""


@dataclass(frozen=True)
class Screen:
    """Strings that any of some patterns may match, and any with a ``SPECIAL`` letter.

    start: patterns that must match at the start of a string · anywhere: anywhere in it · end: at its end
    (each of them ends in ``$``).
    """

    start: tuple[str, ...]
    anywhere: tuple[str, ...]
    end: tuple[str, ...]

    def __call__(self, strings: pa.Array[Any]) -> npt.NDArray[np.bool_]:
        """True for each string that may match."""
        found = np.zeros(len(strings), bool)
        for pattern in self._patterns:
            found |= pc.match_substring_regex(strings, pattern).to_numpy(zero_copy_only=False)
        return found

    @cached_property
    def _patterns(self) -> list[str]:
        made = [rf"\A(?:{'|'.join(self.start)})"] if self.start else []
        made += ["|".join((*self.anywhere, loose(SPECIAL)))]
        # RE2 reads from the end where the end of the string is said once, for all.
        ends = [rf"(?:{pattern.removesuffix(_END)})" for pattern in self.end]
        return made + ([rf"(?:{'|'.join(ends)}){_END}"] if ends else [])


_END = r"\z"


def loose(pattern: re.Pattern[str]) -> str:
    """A pattern for RE2 that matches wherever ``pattern`` does, in strings without ``SPECIAL`` letters that
    end in no line feed."""
    parsed = parser.parse(pattern.pattern, pattern.flags)
    ignore = bool(parsed.state.flags & re.IGNORECASE)
    return _group([_sequence(parsed, ignore)], "i" if ignore else "")


def _sequence(items: Iterable[tuple[Any, Any]], ignore: bool) -> str:
    return "".join(_item(code, value, ignore) for code, value in items)


def _item(code: Any, value: Any, ignore: bool) -> str:
    if code is op.LITERAL:
        return _char(value)
    if code is op.IN:
        return _class(value, ignore)
    if code is op.BRANCH:
        return _group([_sequence(branch, ignore) for branch in value[1]])
    if code is op.SUBPATTERN:
        _, added, removed, inner = value
        on, off = bool(added & re.IGNORECASE), bool(removed & re.IGNORECASE)
        return _group([_sequence(inner, (ignore or on) and not off)], "i" if on else "-i" if off else "")
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, inner = value
        # Counting makes RE2 slow; any number is at least as much.
        sign = "?" if (least, most) == (0, 1) else ("*" if least == 0 else "+")
        return f"(?:{_sequence(inner, ignore)}){sign}"
    if code is op.AT:
        return _END if value in (op.AT_END, op.AT_END_STRING) else ""
    return _ANY if code in (op.ANY, op.NOT_LITERAL) else _nothing(code)


def _nothing(code: Any) -> str:
    if code in (op.ASSERT, op.ASSERT_NOT):
        return ""
    raise ValueError(f"no looser pattern for {code}")


def _group(branches: list[str], flags: str = "") -> str:
    """Alternatives; where each ends with the string, that is said once."""
    end = _END if all(branch.endswith(_END) for branch in branches) else ""
    return f"(?{flags}:{'|'.join(branch.removesuffix(end) for branch in branches)}){end}"


def _class(items: list[tuple[Any, Any]], ignore: bool) -> str:
    negated = items[0][0] is op.NEGATE
    members = items[1:] if negated else items
    if negated and (ignore or any(code is op.CATEGORY for code, _ in members)):
        return _ANY
    return f"[{'^' if negated else ''}{''.join(_member(code, value) for code, value in members)}]"


def _member(code: Any, value: Any) -> str:
    if code is op.CATEGORY:
        return _CATEGORIES[value]
    return f"{_char(value[0])}-{_char(value[1])}" if code is op.RANGE else _char(value)


def _char(number: int) -> str:
    char = chr(number)
    return char if char.isascii() and char.isalnum() else rf"\x{{{number:x}}}"
