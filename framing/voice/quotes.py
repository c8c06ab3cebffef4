"""Direct quotation: runs between quote marks, paragraph by paragraph."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from framing.kernel import quotes as kernel
from framing.tables import Ints, Longs, Tokens
from framing.text.words import utf8
from framing.vocabulary import Array, Batch

_CHARS = {
    '"': kernel.DOUBLE,
    "“": kernel.OPENING,
    "„": kernel.OPENING,
    "«": kernel.OPENING,
    "”": kernel.CURLY_CLOSING,
    "»": kernel.ANGLE_CLOSING,
    "‘": kernel.SINGLE_OPENING,
    "’": kernel.APOSTROPHE,
    "'": kernel.SINGLE,
    "`": kernel.BACKTICK,
}
MARKS = frozenset(_CHARS)
"""The types that may be quote marks."""
_BEFORE = {"": kernel.EDGE} | dict.fromkeys("([—–-", kernel.OPENER) | dict.fromkeys(",.!?…", kernel.STOP)


@dataclass(frozen=True)
class Quotations:
    """Runs of quoted tokens ``first:last`` without their marks, ordered; a quotation in a quotation is
    part of the outer one.

    table: a row a run, the columns of ``framing.kernel.quotes``: first, last · paragraph · closed: 0
    where the paragraph ended before the mark came · opens: it is the first thing in its paragraph ·
    opening_mark, closing_mark: tokens or −1.
    """

    table: Ints

    def __len__(self) -> int:
        return len(self.table)


def quotations(tokens: Tokens, places: Longs) -> Quotations:
    """All quotations; ``places``: the tokens that are quote marks."""
    runs = np.empty((len(places), 7), dtype=np.int32)
    found = kernel.quotations(
        places,
        _marks(tokens, places),
        tokens.start,
        tokens.end,
        tokens.sentence,
        tokens.sentences.first_token,
        tokens.sentences.paragraph,
        runs,
    )
    return Quotations(runs[:found])


def _marks(tokens: Tokens, places: Longs) -> Array:
    """What each mark is and stands between (``framing.kernel.quotes.packed``)."""
    s, marks = tokens.sentences, np.empty(len(places), dtype=np.uint8)
    last_char = tokens.vocabulary.trait(_last_char)
    kernel.marks(
        places, tokens.sentence, s.first_token, s.start, s.end, tokens.ids, tokens.start, tokens.end, last_char, marks
    )
    unsure = np.flatnonzero(marks >= kernel.UNSURE)
    marks[unsure] = _seen(tokens, places.take(unsure))
    return marks


def _seen(tokens: Tokens, places: Longs) -> list[int]:
    """What marks are and stand between, by the characters of the text."""
    s, sentence = tokens.sentences, tokens.sentence.take(places)
    sources = (*tokens.texts, *tokens.titles)
    source = s.article.take(sentence) + len(tokens.texts) * s.title.take(sentence)
    return [
        kernel.packed(
            _CHARS[sources[at][start]],
            _before(sources[at][start - 1 : start]),
            _before(sources[at][start + 1 : start + 2]) != kernel.EDGE,
        )
        for at, start in zip(source.tolist(), tokens.start.take(places).tolist(), strict=True)
    ]


@functools.cache
def _before(char: str) -> int:
    """What ``char`` is to the mark behind it; white space, or nothing, is an edge."""
    return _BEFORE.get(char.strip(), kernel.OTHER)


def _char(char: str) -> int:
    """What a character is as a mark, before one, and whether it may stand for another (``framing.pattern.spell``)."""
    return _CHARS.get(char, 0) | _before(char) << 3 | kernel.UNSURE * (char in "'-")


_ASCII = np.array([_char(chr(code)) for code in range(128)], dtype=np.uint8)


def _last_char(batch: Batch) -> Array:
    """A trait: which quote mark the last character is (0 if none), and what it is to a mark behind it."""
    data, bounds = utf8(batch.exact_array)
    last = data.take(bounds[1:] - 1)
    found: Array = _ASCII.take(last & 0x7F)
    foreign = np.flatnonzero(last >= 0x80)
    found[foreign] = [_char(spelling[-1]) for spelling in some_of(batch, foreign)]
    return found


def some_of(batch: Batch, places: Longs) -> list[str]:
    """The spellings at ``places``; the others never become strings."""
    rows: Any = places
    return cast(list[str], batch.exact_array.take(rows).to_pylist())
