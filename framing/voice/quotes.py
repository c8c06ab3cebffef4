"""Direct quotation: runs between quote marks, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from framing.tables import PARTS, Tokens
from framing.text import Vocabulary

_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")
_MARKS = ('"', "“", "”", "„", "«", "»", "‘", "'", "`")
_SINGLE = frozenset("‘’'`")
_TITLE = PARTS.index("title")
_LONGEST_SINGLE = 80
"""Tokens between single marks; what runs further is a misread apostrophe."""


@dataclass(frozen=True)
class Quotation:
    """A run of quoted tokens ``first:last`` without its marks; ``closed`` is False where the
    paragraph ended before the mark came; ``opens``: it is the first thing in its paragraph."""

    first: int
    last: int
    paragraph: int
    closed: bool
    opens: bool
    opening_mark: int
    closing_mark: int


@dataclass(frozen=True)
class _Mark:
    token: int
    last: int
    char: str
    space_before: bool
    space_after: bool
    orphan: int = -1
    """Where the sentence begins whose end this mark closes, if it must close something; else −1."""


def characters(tokens: Tokens, sentence: int) -> str:
    """The text or title that the offsets of a sentence point into."""
    title = tokens.sentences.part[sentence] == _TITLE
    text: str = (tokens.titles if title else tokens.texts)[tokens.sentences.article[sentence]]
    return text


def _mark(tokens: Tokens, token: int) -> _Mark:
    """A quote mark and the white space around it, from the text itself (curly or straight)."""
    sentence = int(tokens.sentence[token])
    source = characters(tokens, sentence)
    start, end = int(tokens.start[token]), int(tokens.end[token])
    before, after = source[start - 1 : start], source[end : end + 1]
    opens = not before or before.isspace() or before in "([—–-"
    closes = before in set(",.!?…") and (not after or after.isspace()) and source[start:end] in '"”'
    orphan = int(tokens.sentences.first_token[sentence]) if closes else -1
    return _Mark(token, token + 1, source[start:end], opens, not after or after.isspace(), orphan)


def _paragraphs(tokens: Tokens, places: list[int]) -> Iterator[tuple[int, list[int]]]:
    group: list[int] = []
    current = -1
    for place in places:
        paragraph = int(tokens.sentences.paragraph[tokens.sentence[place]])
        if paragraph != current and group:
            yield current, group
            group = []
        current = paragraph
        group.append(place)
    if group:
        yield current, group


def quotations(tokens: Tokens) -> list[Quotation]:
    """All quotations, ordered by token; a quotation in a quotation is part of the outer one."""
    vocabulary = Vocabulary(tokens)
    types = [t for mark in _MARKS for t in vocabulary.types_of(mark)]
    places = vocabulary.places(types).tolist()
    starts = _paragraph_starts(tokens)
    found: list[Quotation] = []
    for paragraph, group in _paragraphs(tokens, places):
        low, high = starts[paragraph]
        marks = _doubled([_mark(tokens, place) for place in group], tokens)
        found += _runs(marks, paragraph, low, high)
    return found


def _doubled(marks: list[_Mark], tokens: Tokens) -> list[_Mark]:
    """Two single marks side by side are a double one."""
    joined: list[_Mark] = []
    for mark in marks:
        last = joined[-1] if joined else None
        if (
            last
            and last.char == mark.char
            and mark.char in "'`"
            and last.last == mark.token
            and tokens.end[last.token] == tokens.start[mark.token]
            and last.token + 1 == last.last
        ):
            joined[-1] = _Mark(last.token, mark.last, '"', last.space_before, mark.space_after)
        else:
            joined.append(mark)
    return joined


def _paragraph_starts(tokens: Tokens) -> dict[int, tuple[int, int]]:
    """Paragraph → its tokens ``low:high``."""
    bounds: dict[int, tuple[int, int]] = {}
    firsts = tokens.sentences.first_token.tolist()
    for sentence, paragraph in enumerate(tokens.sentences.paragraph.tolist()):
        low, high = firsts[sentence], firsts[sentence + 1]
        if low < high:
            bounds[paragraph] = (bounds.get(paragraph, (low, 0))[0], high)
    return bounds


def _runs(marks: list[_Mark], paragraph: int, low: int, high: int) -> Iterator[Quotation]:
    """Open and close by turns; an inner single mark is not looked at while a double one is open."""
    opened: _Mark | None = None
    done = low
    for number, mark in enumerate(marks):
        if opened is None:
            if _may_open(mark, marks[number + 1 :]):
                opened = mark
            elif mark.orphan >= 0 and mark.orphan >= done:
                yield Quotation(mark.orphan, mark.token, paragraph, True, False, -1, mark.token)
        elif _closes(opened, mark):
            if mark.token > opened.last:
                yield _run(opened, mark.token, mark.token, paragraph, low, True)
            opened, done = None, mark.last
        elif mark.char in _OPENING and opened.char in _OPENING and mark.space_before:
            # a second opening mark: the first was never closed, and ends with the sentence before
            yield _run(opened, mark.token, -1, paragraph, low, False)
            opened = mark
    if opened is not None and opened.char not in _SINGLE and high > opened.last:
        yield _run(opened, high, -1, paragraph, low, False)


def _run(opened: _Mark, last: int, closing: int, paragraph: int, low: int, closed: bool) -> Quotation:
    return Quotation(opened.last, last, paragraph, closed, opened.token <= low + 1, opened.token, closing)


def _may_open(mark: _Mark, later: list[_Mark]) -> bool:
    if mark.char in _SINGLE:
        # an apostrophe looks the same: only one that stands before a word and is closed later opens
        opens = mark.space_before and not mark.space_after and mark.char != "’"
        return opens and any(_closes(mark, other) and other.token - mark.token <= _LONGEST_SINGLE for other in later)
    if mark.char in _CLOSING:
        return False
    return mark.char in _OPENING or not (mark.space_after and not mark.space_before)


def _closes(opened: _Mark, mark: _Mark) -> bool:
    if opened.char in _SINGLE:
        return mark.char in "’'" and not mark.space_before
    if opened.char == '"':
        return mark.char == '"' or mark.char in _CLOSING
    return mark.char in _CLOSING or (mark.char == '"' and not mark.space_before)
