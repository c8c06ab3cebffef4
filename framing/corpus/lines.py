"""Lines of a text: where its paragraphs begin and end, hard-wrapped ones joined, and their hashes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise

# Vertical tab, form feed, next line, line and paragraph separator count as line ends (Unicode TR 13).
_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_LINE = re.compile(f"[^{_LINE_ENDS}]+")
_BULLET = re.compile(r"(?:[-–—•·*▪●○◦‣►]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
_CLOSING = "\"'”’»›)]}*_ \u00a0"
_TERMINAL = ".!?…:;。！？：；।؟"

WRAP_MOST = 120
"""Lines of hard-wrapped text are no longer than this (mail, news wires and plain text wrap at 60–80)."""


@dataclass(frozen=True)
class Line:
    """A paragraph or line without surrounding white space; ``gap``: blank lines (or the start of
    the text) before it; ``indented``: white space before it in its line."""

    start: int
    end: int
    gap: bool
    indented: bool = False


def lines(text: str) -> list[Line]:
    """The lines of a text in order, lines of hard-wrapped paragraphs joined. Offsets are into ``text``."""
    joined: list[Line] = []
    block: list[Line] = []
    for line in _physical(text):
        if line.gap and block:
            joined += _unwrapped(text, block)
            block = []
        block.append(line)
    return joined + _unwrapped(text, block)


def _physical(text: str) -> list[Line]:
    found: list[Line] = []
    before = 0
    for match in _LINE.finditer(text):
        string = match[0]
        stripped = string.strip()
        if not stripped:
            continue
        start = match.start() + len(string) - len(string.lstrip())
        # More than one line end since the last line (\r\n is one) means a blank line.
        between = text[before : match.start()]
        ends = 1 if between == "\n" else sum(map(between.replace("\r\n", "\n").count, _LINE_ENDS))
        gap = not found or ends > 1
        found.append(Line(start, start + len(stripped), gap, indented=start > match.start()))
        before = start + len(stripped)
    return found


def _unwrapped(text: str, block: list[Line]) -> list[Line]:
    """A block of lines without blank lines between them, its hard-wrapped paragraphs joined."""
    strings = [text[line.start : line.end] for line in block]
    if not _is_wrapped(strings):
        return block
    width = max(map(len, strings))
    joined = [block[0]]
    for i in range(1, len(block)):
        if _continues(strings[i - 1], strings[i], block[i].indented and not block[i - 1].indented, width):
            joined[-1] = Line(joined[-1].start, block[i].end, joined[-1].gap, joined[-1].indented)
        else:
            joined.append(block[i])
    return joined


def _is_wrapped(strings: list[str]) -> bool:
    """Short lines, of which many that end in mid-sentence go on in lower case.

    A list of headlines has short lines without full stops too, but each begins with a capital.
    """
    # In a text without any capitals a lower-case letter says nothing.
    if len(strings) < 2 or strings[0][0].islower() or max(map(len, strings)) > WRAP_MOST:
        return False
    following = [after for before, after in pairwise(strings) if not terminal(before)]
    lower = sum(after[0].islower() for after in following)
    return lower > 0 and lower >= 0.3 * len(following)


def _continues(before: str, after: str, newly_indented: bool, width: int) -> bool:
    if newly_indented or bulleted(after):
        return False
    if after[0].islower():
        return True
    # A paragraph's last line is seldom full; a full stop at the very end of a full line is a chance.
    return len(before) >= (0.8 if terminal(before) else 0.5) * width


def terminal(string: str) -> bool:
    """True if the line ends as a sentence does, closing quotes and brackets aside."""
    core = string[-40:].rstrip(_CLOSING)
    return bool(core) and core[-1] in _TERMINAL


def bulleted(string: str) -> bool:
    """True if the line is an item of a list: a dash, a dot or a number before it."""
    return _BULLET.match(string) is not None


def line_hash(line: str) -> int:
    """64 bits that stand for a line, whatever its case and spacing."""
    plain = " ".join(line.casefold().split())
    return int.from_bytes(hashlib.blake2b(plain.encode(errors="surrogatepass"), digest_size=8).digest(), "big")
