"""Quote marks to runs of quoted tokens."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from framing.kernel.jit import inlined, kernel

Array = npt.NDArray[Any]

DOUBLE, OPENING, CURLY_CLOSING, ANGLE_CLOSING, SINGLE_OPENING, APOSTROPHE, SINGLE, BACKTICK = range(8)
"""Quote marks: ``"``, ``“„«``, ``”``, ``»``, ``‘``, ``’``, ``'``, `````."""
EDGE, OPENER, STOP, OTHER = range(4)
"""What stands before a mark: white space, an opening bracket or dash, a stop, or another character."""
FIRST, LAST, PARAGRAPH, CLOSED, OPENS, OPENING_MARK, CLOSING_MARK = range(7)
"""Columns of the table of runs (see ``framing.voice.quotes``)."""
UNSURE = 0x40
"""Added to a mark that only the characters of the text can tell."""
LONGEST_SINGLE = 80
"""Tokens between single marks; what runs further is a misread apostrophe."""


@inlined
def _closes(opened: int, mark: int, space_before: bool) -> bool:
    """True where a mark ends what ``opened`` began."""
    if opened >= SINGLE_OPENING:
        return (mark == APOSTROPHE or mark == SINGLE) and not space_before
    if opened == DOUBLE:
        return mark == DOUBLE or mark == CURLY_CLOSING or mark == ANGLE_CLOSING
    return mark == CURLY_CLOSING or mark == ANGLE_CLOSING or (mark == DOUBLE and not space_before)


@inlined
def _put(runs: Array, n: int, first: int, last: int, paragraph: int, closed: bool, opens: bool) -> int:
    runs[n, FIRST] = first
    runs[n, LAST] = last
    runs[n, PARAGRAPH] = paragraph
    runs[n, CLOSED] = closed
    runs[n, OPENS] = opens
    runs[n, OPENING_MARK] = -1
    runs[n, CLOSING_MARK] = -1
    return n + 1


def packed(mark: int, before: int, inside: bool) -> int:
    """A quote mark, what stands before it, and whether its word goes on behind it, as one byte."""
    return mark | before << 3 | inside << 5


@kernel("i8[:], i4[:], i8[:], i4[:], i4[:], i4[:], i4[:], i4[:], u1[:], out u1[:]", allocates=False)
def marks(
    token: Array,
    token_sentence: Array,
    first_token: Array,
    sentence_start: Array,
    sentence_end: Array,
    ids: Array,
    start: Array,
    end: Array,
    last_char: Array,
    mark: Array,
) -> None:
    """Write what the quote marks at ``token`` are and stand between, ``packed``, or more than ``UNSURE``.

    By token: token_sentence, ids, start, end (characters) · by sentence: first_token, sentence_start,
    sentence_end · by spelling: last_char, what it is as a mark, and before one. Unsure is a spelling
    that may stand for several, and an end of a sentence inside a word: what lies beyond may be no token.
    """
    for i in range(len(token)):
        at = token[i]
        sentence = token_sentence[at]
        found = last_char[ids[at]] & (7 | UNSURE)
        if at > first_token[sentence]:
            if end[at - 1] == start[at]:
                found |= last_char[ids[at - 1]] & (3 << 3 | UNSURE)
        elif sentence > 0 and sentence_end[sentence - 1] == sentence_start[sentence]:
            found |= UNSURE
        if at + 1 < first_token[sentence + 1]:
            if start[at + 1] == end[at]:
                found |= 1 << 5
        elif sentence + 1 < len(sentence_start) and sentence_end[sentence] == sentence_start[sentence + 1]:
            found |= UNSURE
        mark[i] = found


@kernel("i8[:], u1[:], i4[:], i4[:], i4[:], i8[:], i4[:], out i4[:,:]")
def quotations(
    token: Array,
    mark: Array,
    start: Array,
    end: Array,
    token_sentence: Array,
    first_token: Array,
    paragraph: Array,
    runs: Array,
) -> int:
    """Fill ``runs`` (one row a run, as many rows as marks) and return how many there are.

    By mark: token, mark (what it is and stands between, as ``packed``) · by token: start, end (characters),
    token_sentence · by sentence: first_token, paragraph.

    Marks open and close by turns, paragraph by paragraph; two single marks side by side are a double
    one; an inner single mark is not looked at while a double one is open; a mark behind a stop that
    closes what was never opened closes its sentence.
    """
    n, low_mark = 0, 0
    kind = np.empty(len(token), dtype=np.uint8)  # the marks of one paragraph, doubled ones joined
    first = np.empty(len(token), dtype=np.int64)
    last = np.empty(len(token), dtype=np.int64)
    space = np.empty(len(token), dtype=np.bool_)
    space_after = np.empty(len(token), dtype=np.bool_)
    orphan = np.empty(len(token), dtype=np.int64)
    while low_mark < len(token):
        low = token_sentence[token[low_mark]]
        high, here = low, paragraph[low]
        while low > 0 and paragraph[low - 1] == here:
            low -= 1
        while high < len(paragraph) and paragraph[high] == here:
            high += 1
        lowest, highest = first_token[low], first_token[high]
        # the marks of this paragraph
        m = 0
        while low_mark < len(token) and token[low_mark] < highest:
            at, char = token[low_mark], mark[low_mark] & 7
            before, ends_word = (mark[low_mark] >> 3) & 3, mark[low_mark] >> 5 == 0
            low_mark += 1
            if m and (char == SINGLE or char == BACKTICK) and kind[m - 1] == char:
                if last[m - 1] == at and end[at - 1] == start[at]:
                    kind[m - 1], last[m - 1], space_after[m - 1], orphan[m - 1] = DOUBLE, at + 1, ends_word, -1
                    continue
            kind[m], first[m], last[m] = char, at, at + 1
            space[m], space_after[m], orphan[m] = before == EDGE or before == OPENER, ends_word, -1
            if before == STOP and ends_word and (char == DOUBLE or char == CURLY_CLOSING):
                orphan[m] = first_token[token_sentence[at]]
            m += 1

        opened, done = -1, lowest
        for k in range(m):
            if opened < 0:
                if kind[k] >= SINGLE_OPENING:
                    # an apostrophe looks the same: only one that stands before a word and is closed later opens
                    may = False
                    if space[k] and not space_after[k] and kind[k] != APOSTROPHE:
                        for later in range(k + 1, m):
                            if first[later] - first[k] > LONGEST_SINGLE:
                                break
                            if _closes(kind[k], kind[later], space[later]):
                                may = True
                                break
                elif kind[k] == CURLY_CLOSING or kind[k] == ANGLE_CLOSING:
                    may = False
                else:
                    may = kind[k] == OPENING or space[k] or not space_after[k]
                if may:
                    opened = k
                elif orphan[k] >= 0 and orphan[k] >= done:
                    n = _put(runs, n, orphan[k], first[k], here, True, False)
                    runs[n - 1, CLOSING_MARK] = first[k]
            elif _closes(kind[opened], kind[k], space[k]):
                if first[k] > last[opened]:
                    n = _put(runs, n, last[opened], first[k], here, True, first[opened] <= lowest + 1)
                    runs[n - 1, OPENING_MARK] = first[opened]
                    runs[n - 1, CLOSING_MARK] = first[k]
                opened, done = -1, last[k]
            elif kind[k] == OPENING and kind[opened] == OPENING and space[k]:
                # a second opening mark: the first was never closed, and ends with the sentence before
                n = _put(runs, n, last[opened], first[k], here, False, first[opened] <= lowest + 1)
                runs[n - 1, OPENING_MARK] = first[opened]
                opened = k
        if opened >= 0 and kind[opened] < SINGLE_OPENING and highest > last[opened]:
            n = _put(runs, n, last[opened], highest, here, False, first[opened] <= lowest + 1)
            runs[n - 1, OPENING_MARK] = first[opened]
    return n
