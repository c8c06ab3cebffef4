"""Spans and words to sentences: paragraph by paragraph, by Punkt's rules, all of a shard at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.kernel import sentences as k
from framing.tables import PARTS, Bools, Ints, Longs, Spans
from framing.text.punkt import PLACES, WORD
from framing.text.words import Encoded, expand

_WHOLE = ("heading", "related", "caption", "byline", "boilerplate", "headline")
"""Parts that are one unit a line: nobody counts their sentences."""
_IS_WHOLE = np.array([part in _WHOLE for part in PARTS])
_TITLE = PARTS.index("title")


@dataclass(frozen=True)
class Cut:
    """Sentences as the columns of ``tables.Sentences`` (without tokens and clauses), and their words.

    words: those inside sentences, in their order; a word that a boundary parts is two words. Their
    ``string`` is the number of the sentence.
    first: words of sentence *i* are ``first[i]:first[i + 1]``.
    """

    columns: dict[str, Any]
    words: Encoded
    first: Longs


@dataclass(frozen=True)
class _Pieces:
    """The spans of the texts, then the titles: the order of the words. string: of ``encoded`` · part ·
    first, last: words ``first:last``."""

    string: Longs
    part: Longs
    first: Longs
    last: Longs


@dataclass(frozen=True)
class _Rows:
    """Sentences. paragraph: number among all paragraphs · start, end: characters · first, last: words
    ``first:last``; a word that a boundary parts is the last of one and the first of the next."""

    paragraph: Longs
    start: Longs
    end: Longs
    first: Longs
    last: Longs

    def take(self, rows: Longs) -> _Rows:
        columns = (self.paragraph, self.start, self.end, self.first, self.last)
        return _Rows(*(column[rows] for column in columns))


def cut(encoded: Encoded, spans: Spans, texts: tuple[str, ...], titles: tuple[str, ...], longest: int) -> Cut:
    """The sentences of a shard. ``encoded``: the words of all texts, then of all titles; no span parts a word.

    ``longest``: a sentence of more characters is cut at white space.
    """
    strings = (*texts, *titles)
    pieces = _pieces(encoded, spans, titles)
    piece, first, last = _paragraphs(encoded, pieces, strings)
    whole = _IS_WHOLE[pieces.part[piece]]
    rows = _sentences(encoded, first, last, whole)
    if len(long := np.flatnonzero((rows.end - rows.start > longest) & ~whole[rows.paragraph])):
        rows = _shortened(rows, long, encoded, strings, longest)
    article = pieces.string[piece] % max(len(texts), 1)
    rows = rows.take(np.argsort(article[rows.paragraph], kind="stable"))  # the title of an article after its text
    article, part = article[rows.paragraph], pieces.part[piece[rows.paragraph]]
    numbers = np.arange(len(article)) - np.searchsorted(article, np.arange(len(texts)))[article]
    columns = {
        "article": article.astype(np.int32),
        "number": numbers.astype(np.int32),
        "start": rows.start.astype(np.int32),
        "end": rows.end.astype(np.int32),
        "part": part.astype(np.int8),
        "paragraph": _paragraph_numbers(rows.paragraph, article, part == _TITLE),
    }
    words, first_word = _words(encoded, rows)
    return Cut(columns, words, first_word)


def _pieces(encoded: Encoded, spans: Spans, titles: tuple[str, ...]) -> _Pieces:
    n = len(titles)
    string = np.concatenate([spans.article, np.arange(n, 2 * n)])
    low = np.concatenate([spans.start, np.zeros(n, dtype=np.int64)])
    high = np.concatenate([spans.end, np.fromiter(map(len, titles), dtype=np.int64, count=n)])
    place = (encoded.string.astype(np.int64) << 32) + encoded.start
    return _Pieces(
        string=string,
        part=np.concatenate([spans.part, np.full(n, _TITLE)]),
        first=np.searchsorted(place, (string << 32) + low),
        last=np.searchsorted(place, (string << 32) + high),
    )


def _paragraphs(encoded: Encoded, pieces: _Pieces, strings: tuple[str, ...]) -> tuple[Longs, Longs, Longs]:
    """``(piece, first word, last word)`` of each paragraph: a blank line ends one, whatever the span says."""
    word = np.flatnonzero(encoded.start[1:] - encoded.end[:-1] > 1) + 1  # those with more than a blank before them
    piece = np.searchsorted(pieces.first, word, side="right") - 1
    inside = (pieces.first[piece] < word) & (word < pieces.last[piece]) & ~_IS_WHOLE[pieces.part[piece]]
    word, piece = word[inside], piece[inside]
    between = np.stack([encoded.string[word], encoded.end[word - 1], encoded.start[word]], axis=1).tolist()
    is_blank = np.array([strings[i].count("\n", end, start) > 1 for i, end, start in between], dtype=bool)
    blank, piece = word[is_blank], piece[is_blank]
    return (
        np.insert(np.arange(len(pieces.first)), piece + 1, piece),
        np.insert(pieces.first, piece + 1, blank),
        np.insert(pieces.last, piece, blank),
    )


def _sentences(encoded: Encoded, first: Longs, last: Longs, whole: Bools) -> _Rows:
    """The sentences of paragraphs; those of ``whole`` are one each."""
    bits = encoded.vocabulary.trait(WORD).take(encoded.ids)
    bounds, places = encoded.vocabulary.lists(PLACES)
    candidates = np.flatnonzero(bits & k.CANDIDATE != 0)
    found = np.empty((k.MOST_BREAKS * len(candidates), 3), dtype=np.int32)
    count = np.empty(len(first), dtype=np.int64)
    n = k.breaks(encoded.ids, bits, bounds, places, first, last, candidates, found, count)
    out = np.empty((n + len(first), 5), dtype=np.int64)
    n = k.sentences(bits, encoded.start, encoded.end, first, last, whole, found, count, out)
    return _Rows(*np.ascontiguousarray(out[:n].T))


def _shortened(rows: _Rows, long: Longs, encoded: Encoded, strings: tuple[str, ...], longest: int) -> _Rows:
    """The rows with those of more than ``longest`` characters cut at white space."""
    counts = np.ones(len(rows.start), dtype=np.int64)
    cuts = []
    for i in long.tolist():
        low, high = rows.first[i], rows.last[i]
        pieces = _short(strings[encoded.string[low]], int(rows.start[i]), int(rows.end[i]), longest)
        start, end = np.array(pieces, dtype=np.int64).T
        first = low + np.searchsorted(encoded.end[low:high], start, side="right")
        last = low + np.searchsorted(encoded.start[low:high], end, side="left")
        cuts.append(np.array([start, end, first, last]))
        counts[i] = len(pieces)
    row, _ = expand(counts)
    rows, is_cut = rows.take(row), np.isin(row, long)
    for column, values in zip((rows.start, rows.end, rows.first, rows.last), np.hstack(cuts), strict=True):
        column[is_cut] = values
    return rows


def _short(text: str, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    pieces = []
    while end - start > longest:
        at = max(text.rfind(" ", start, start + longest), text.rfind("\n", start, start + longest))
        at = at if at > start else start + longest
        pieces.append((start, at))
        start = at + len(text[at:end]) - len(text[at:end].lstrip())
    return [*pieces, (start, end)] if start < end else pieces


def _paragraph_numbers(paragraph: Longs, article: Longs, title: Bools) -> Ints:
    """Numbers of the paragraphs in the shard, from 1; a title is one, and takes two numbers."""
    new = np.ones(len(paragraph), dtype=bool)
    new[1:] = paragraph[1:] != paragraph[:-1]
    return (np.cumsum(new & ~title) + 2 * article + title).astype(np.int32)


def _words(encoded: Encoded, rows: _Rows) -> tuple[Encoded, Longs]:
    """The words of the sentences, and the first of each; those that a boundary parts spelt anew."""
    counts = rows.last - rows.first
    bounds = np.concatenate(([0], np.cumsum(counts)))
    sentence = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    # most sentences begin where the one before ended, so there are few stretches to copy
    apart = np.ones(len(counts) + 1, dtype=bool)
    apart[1:-1] = rows.first[1:] != rows.last[:-1]
    first, last = rows.first[apart[:-1]].tolist(), rows.last[apart[1:]].tolist()
    stretches = [slice(low, high) for low, high in zip(first, last, strict=True)]
    ids, start, end = (
        np.concatenate([column[:0], *(column[stretch] for stretch in stretches)])
        for column in (encoded.ids, encoded.start, encoded.end)
    )
    opening, closing = bounds[:-1], bounds[1:] - 1
    parted = (opening[start[opening] < rows.start], closing[end[closing] > rows.end])
    for word in np.unique(np.concatenate(parted)).tolist():
        row, begin = sentence[word], start[word]
        start[word], end[word] = max(begin, rows.start[row]), min(end[word], rows.end[row])
        spelling = encoded.vocabulary.spellings[ids[word]]
        ids[word] = encoded.vocabulary.number(spelling[start[word] - begin : end[word] - begin])
    return Encoded(encoded.vocabulary, ids, start, end, sentence), bounds
