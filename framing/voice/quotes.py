"""Direct quotation: runs between quote marks, paragraph by paragraph."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from framing.kernel import quotes as kernel
from framing.pattern import split
from framing.tables import Ints, Longs, Tokens
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
_OPENERS, _STOPS = frozenset("([—–-"), frozenset(",.!?…")


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
    words = tokens.words
    marks, parted = np.empty(len(places), dtype=np.uint8), np.empty(len(places), dtype=np.int64)
    kernel.marks(
        places,
        tokens.sentence,
        words.first,
        words.first_token,
        words.ids,
        words.start,
        words.end,
        *words.vocabulary.lists(_in_words),
        marks,
        parted,
    )
    for at in np.flatnonzero(parted >= 0).tolist():
        marks[at] |= _beyond(tokens, int(parted[at]), int(marks[at]))
    return marks


def _beyond(tokens: Tokens, word: int, mark: int) -> int:
    """What stands beside a mark at the edge of a word that goes on: the end of a sentence parts it."""
    words, found = tokens.words, 0
    if mark >> 3 & 3 == kernel.EDGE and _touch(tokens, word - 1):
        found |= _before(words.vocabulary.spellings[words.ids[word - 1]][-1]) << 3
    return found | _touch(tokens, word) << 5


def _touch(tokens: Tokens, word: int) -> bool:
    """True where a word and the next stand in one text, or in one title, without white space between."""
    s, words = tokens.sentences, tokens.words
    if not 0 <= word < len(words) - 1 or words.end[word] != words.start[word + 1]:
        return False
    a, b = np.searchsorted(words.first, [word, word + 1], side="right") - 1
    return bool(s.article[a] == s.article[b] and s.title[a] == s.title[b])


def _before(char: str) -> int:
    return kernel.OPENER if char in _OPENERS else kernel.STOP if char in _STOPS else kernel.OTHER


def _in_words(batch: Batch) -> tuple[Array, Array]:
    """A trait of words: the quote marks among their tokens."""
    counts = np.zeros(len(batch), dtype=np.int64)
    marks: list[int] = []
    holds = pc.match_substring_regex(batch.exact_array, f"[{''.join(_CHARS)}]").to_numpy(zero_copy_only=False)
    for number in np.flatnonzero(holds).tolist():
        word = batch.spellings[number]
        places = _places(word)
        for at in places:
            before = _before(word[at - 1]) if at else kernel.EDGE
            marks.append(kernel.packed(_CHARS[word[at]], before, at + 1 < len(word)))
        counts[number] = len(places)
    return counts, np.array(marks, dtype=np.uint8)


def _places(word: str) -> list[int]:
    """Where in a word quote marks stand: an apostrophe may be part of a token, the others never are."""
    if "'" in word or "’" in word:
        return [start for start, end in split(word) if word[start:end] in MARKS]
    return [at for at, char in enumerate(word) if char in MARKS]
