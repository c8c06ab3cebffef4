"""Lines of texts: where their paragraphs begin and end, hard-wrapped ones joined, and their hashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from framing.corpus.utf8 import Longs, Utf8
from framing.kernel import compiles
from framing.kernel.lines import FIRST_PRIME, SECOND_PRIME, hash_lines

Flags = npt.NDArray[np.bool_]

# A line ends at a line feed or return, and (Unicode TR 13) at a vertical tab, form feed, next line
# (U+0085), line or paragraph separator (U+2028, U+2029).
_WIDE_ENDS = ((b"\xc2", (0x85,)), (b"\xe2\x80", (0xA8, 0xA9)))
# Bytes that may begin, and that may end, a white-space character. The leads of most letters and of
# quotation marks are not among them.
_BLANK_FIRST = np.isin(np.arange(256), [9, *range(28, 33), 0xC2, 0xE1, 0xE3])
_BLANK_LAST = np.isin(np.arange(256), [9, *range(28, 33), *range(0x80, 0x8B), 0x9F, 0xA0, 0xAF])

_BULLET = re.compile(r"(?:[-–—•·*▪●○◦‣►]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
_CLOSING = "\"'”’»›)]}*_ \u00a0"
_TERMINAL = ".!?…:;。！？：；।؟"

WRAP_MOST = 120
"""Lines of hard-wrapped text are no longer than this (mail, news wires and plain text wrap at 60–80)."""


@dataclass(frozen=True)
class Layout:
    """The lines (or paragraphs) of many texts in order, without surrounding white space.

    text: which text · start, end: bytes into ``texts.data``.
    """

    texts: Utf8
    text: Longs
    start: Longs
    end: Longs

    def __len__(self) -> int:
        return len(self.text)

    def string(self, line: int) -> str:
        """The characters of one line."""
        return self.texts.string(int(self.start[line]), int(self.end[line]))

    def strings(self, chosen: slice) -> list[str]:
        """The characters of some lines."""
        return list(map(self.texts.string, self.start[chosen].tolist(), self.end[chosen].tolist()))

    @cached_property
    def begin(self) -> Longs:
        """Characters of the text before each line."""
        return self.texts.characters(self.start) - self._before

    @cached_property
    def stop(self) -> Longs:
        """Characters of the text up to the end of each line."""
        return self.texts.characters(self.end) - self._before

    @cached_property
    def length(self) -> Longs:
        """Characters of each line."""
        return self.stop - self.begin

    @cached_property
    def first(self) -> Longs:
        """Lines of text *i* are ``first[i]:first[i + 1]``."""
        return np.searchsorted(self.text, np.arange(len(self.texts) + 1))

    @property
    def _before(self) -> Longs:
        return self.texts.characters(self.texts.bounds[:-1])[self.text]


def lines(texts: Utf8) -> Layout:
    """The lines of texts, lines of hard-wrapped paragraphs joined."""
    found, gap, indented = _physical(texts)
    # A block is a stretch of lines without blank lines in between.
    block = np.append(np.flatnonzero(gap), len(found))
    joins = np.zeros(len(found), bool)
    for number in _may_wrap(found, block):
        low, high = int(block[number]), int(block[number + 1])
        joins[low:high] = _wrapped([found.string(i) for i in range(low, high)], indented[low:high])
    if not joins.any():
        return found
    last = ~np.append(joins[1:], [False])
    return Layout(texts, found.text[~joins], found.start[~joins], found.end[last])


def _physical(texts: Utf8) -> tuple[Layout, Flags, Flags]:
    """What line ends part; per line whether blank lines (or the start of the text) stand before it, and
    whether white space stands before it in its line."""
    at, width = _line_ends(texts)
    start = np.sort(np.concatenate((texts.bounds[:-1], at + width)))
    end = np.sort(np.concatenate((at, texts.bounds[1:])))
    filled = end > start
    start, end = start[filled], end[filled]
    given = start.copy()
    _strip(texts, start, end)
    filled = end > start
    given, start, end = given[filled], start[filled], end[filled]
    text = np.searchsorted(texts.bounds, start, side="right") - 1
    # \r\n is one line end; more than one since the line before means a blank line.
    data = texts.data
    second = (data[at] == 10) & (data[at - 1] == 13) if len(at) else np.zeros(0, bool)
    ends = np.concatenate(([0], np.cumsum(~second)))[np.searchsorted(at, start)]
    gap = np.ones(len(text), bool)
    gap[1:] = (np.diff(ends) > 1) | (np.diff(text) > 0)
    return Layout(texts, text, start, end), gap, start > given


def _line_ends(texts: Utf8) -> tuple[Longs, Longs]:
    """The bytes at which a line ends, and how many bytes each end has."""
    plain = np.flatnonzero(texts.data < 14)
    plain = plain[texts.data[plain] >= 10]
    wide = [(texts.wide(lead, last), len(lead) + 1) for lead, last in _WIDE_ENDS]
    if not any(len(at) for at, _ in wide):
        return plain, np.ones(len(plain), np.int64)
    at = np.concatenate([plain, *(found for found, _ in wide)])
    width = np.concatenate([np.ones(len(plain), np.int64), *(np.full(len(found), n) for found, n in wide)])
    order = np.argsort(at, kind="stable")
    return at[order], width[order]


def _strip(texts: Utf8, start: Longs, end: Longs) -> None:
    """Takes the white space off the ends of lines, in place."""
    data = texts.data
    first, third = data[start], data[np.minimum(start + 2, end - 1)]
    may_begin = _BLANK_FIRST[first] | ((first == 0xE2) & _BLANK_LAST[third])
    for i in np.flatnonzero(may_begin | _BLANK_LAST[data[end - 1]]):
        string = texts.string(start[i], end[i])
        rest = string.lstrip()
        start[i] += len(string[: len(string) - len(rest)].encode())
        end[i] -= len(rest[len(rest.rstrip()) :].encode())


def _may_wrap(found: Layout, block: Longs) -> Longs:
    """The blocks of short lines of which one that is not the first may begin in lower case."""
    if len(found) < 2:
        return np.zeros(0, np.int64)
    head = found.texts.data[found.start]
    lower = ((head >= ord("a")) & (head <= ord("z"))) | (head >= 0x80)
    starts_low = lower & (head < 0x80)
    inner = lower.copy()
    inner[block[:-1]] = False
    longest = np.maximum.reduceat(found.length, block[:-1])
    return np.flatnonzero((longest <= WRAP_MOST) & np.logical_or.reduceat(inner, block[:-1]) & ~starts_low[block[:-1]])


def _wrapped(strings: list[str], indented: Flags) -> list[bool]:
    """Per line of a block whether it goes on the paragraph of the line before it."""
    if not _is_wrapped(strings):
        return [False] * len(strings)
    width = max(map(len, strings))
    return [False] + [
        _continues(before, after, bool(indented[i + 1] and not indented[i]), width)
        for i, (before, after) in enumerate(pairwise(strings))
    ]


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
    """60 bits that stand for a line, whatever its case and spacing.

    The bytes of the line are read as one number (a 1 before them), whose remainders by two primes are
    the two halves: two lines that differ in seven neighbouring bytes or fewer never share a hash.
    """
    plain = " ".join(line.casefold().split())
    number = int.from_bytes(b"\1" + plain.encode(errors="surrogatepass"), "big")
    return number % FIRST_PRIME << 30 | number % SECOND_PRIME


def line_hashes(texts: Utf8, start: Longs, end: Longs) -> Longs:
    """``line_hash`` of each ``texts.data[start[i]:end[i]]``."""
    hashes = np.full(len(start), -1, np.int64)
    if compiles():
        hash_lines(texts.data, start, end, hashes)
    for i in np.flatnonzero(hashes < 0):
        hashes[i] = line_hash(texts.string(start[i], end[i]))
    return hashes
