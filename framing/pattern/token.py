"""How one white-space separated word falls into tokens: the same for texts, names and patterns."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}(?:-\w+)*"  # U.S., U.S.-led
    r"|\d+(?:[.,:]\d+)*(?:\.[A-Z]{1,2}\b)?(?:[-–]?\w+)*"  # 4.0, 1,000, 7nm, 0700.HK
    r"|[^\W_]+(?:[-‐‑'’.&]?[^\W_]+)*"  # words, home-grown, isn't, AT&T, 0700.HK
    r"|['’][sS]\b"  # what is left of U.S.'s
    r"|\.{2,}|-{2,}"
    r"|\S"
)
_POSSESSIVE = re.compile(r"(?<=\w)['’][sS]$")


def split(word: str) -> list[tuple[int, int]]:
    """Spans of the tokens of one white-space separated word."""
    spans = []
    for match in _TOKEN.finditer(word):
        start, end = match.span()
        possessive = _POSSESSIVE.search(word[start:end])
        if possessive and possessive.start() > 0:
            spans += [(start, start + possessive.start()), (start + possessive.start(), end)]
        else:
            spans.append((start, end))
    return spans


def spell(token: str) -> str:
    """The type of a token: the token with curly apostrophes and odd hyphens straightened."""
    return token.replace("’", "'").replace("‐", "-").replace("‑", "-")
