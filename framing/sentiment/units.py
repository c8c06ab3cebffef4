"""Words to VADER's units: each spelling is looked at once, and becomes a code.

A word (what white space separates) is one unit, stripped of its punctuation where VADER strips it. An
emoji is replaced by its description, so its word may be several units; straightened, an em dash parts
a word, and stands for none alone.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, cast
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from framing.kernel import compiles
from framing.kernel import vader as k
from framing.pattern import split
from framing.sentiment.vader import Valences, emojis
from framing.tables import Bools, Ints, Longs
from framing.text.words import expand, utf8
from framing.vocabulary import Array, Batch, Trait, Vocabulary

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": " "}
"""What hides a word from VADER, which splits at white space and strips ASCII punctuation only."""
_PIECE = re.compile(r"\S+")


class Coded:
    """Two traits of words: their units under a lexicon, as rows (code, first token, last token within
    the word), and ``codes``, the first code of each.

    ``straight``: curly marks are straightened, and em dashes part, as tone wants it. The tokens are
    filled in where a row can be a cue. A word without units has one row.
    """

    def __init__(self, lexicon: Valences, straight: bool) -> None:
        self._lexicon = lexicon
        self._straight = straight
        self._made: WeakKeyDictionary[Batch, tuple[Longs, Array]] = WeakKeyDictionary()
        self.codes: Trait = lambda batch: self._first_codes(batch)

    def __call__(self, batch: Batch) -> tuple[Longs, Array]:
        """``(counts, rows)``, rows of shape (units, 3)."""
        if batch not in self._made:
            self._made[batch] = self._make(batch)
        return self._made[batch]

    def _first_codes(self, batch: Batch) -> Longs:
        counts, rows = self(batch)
        first: Longs = rows[np.cumsum(counts) - counts, 0]
        return first

    def _make(self, batch: Batch) -> tuple[Longs, Array]:
        words = batch.spellings
        counts = np.ones(len(words), dtype=np.int64)
        rows = np.zeros((len(words), 3), dtype=np.int64)
        if not words:
            return counts, rows
        written = _written(batch)
        codes, apart = self._coded(written), written.holds & _APART > 0
        pieces: dict[int, str] = {}
        if self._straight:
            curly = np.flatnonzero(written.holds & _CURLY)
            if len(curly):
                pieces = dict(zip(curly.tolist(), _straightened([words[i] for i in curly.tolist()]), strict=True))
                again = Written(Batch(list(pieces.values())))
                codes[curly], apart[curly] = self._coded(again), again.holds & _APART > 0
        rows[:, 0] = codes
        rows[codes & k.HIT != 0, 2] = 1
        for i in np.flatnonzero((codes & k.HIT != 0) & ~written.letters).tolist():
            rows[i, 1:] = _place(words[i], pieces.get(i, words[i]))
        several = np.flatnonzero(apart)
        if len(several):
            counts[several], parts = self._several([(words[i], pieces.get(i, words[i])) for i in several.tolist()])
            rows = np.repeat(rows, counts, axis=0)
            which, within = expand(counts[several])
            rows[(np.cumsum(counts) - counts)[several][which] + within] = parts
        return counts, rows

    def _coded(self, written: Written) -> Longs:
        """The codes of what white space separates."""
        codes: Longs = self._lexicon.codes(written.keys) | written.bits
        codes[codes & k.EVENTS != 0] |= k.EVENT
        return codes

    def _several(self, words: list[tuple[str, str]]) -> tuple[list[int], Array]:
        """Counts and rows of words with an emoji or an em dash; each as it stands, and straightened."""
        counts, owners, marks, pieces = [], [], [], []
        for word, straight in words:
            text, origin = _described(straight)
            found = list(_pieces(text))
            counts.append(max(len(found), 1))
            marks += [_marks(text), *[0] * (len(found) - 1)]
            pieces += [piece for *_, piece in found] or ["\0"]
            spans = split(word)
            owners += [_overlap(spans, origin[low], origin[high - 1] + 1) for low, high, _ in found] or [(-1, -1)]
        rows = np.zeros((len(pieces), 3), dtype=np.int64)
        rows[:, 1:] = owners
        codes = self._coded(Written(Batch(pieces))) & ~k.MARKS | np.array(marks)
        codes[codes & k.EVENTS != 0] |= k.EVENT
        codes[rows[:, 1] < 0] = k.NONE
        codes[np.cumsum(counts) - counts] |= k.SEVERAL
        rows[:, 0] = codes
        return counts, rows


def _straightened(words: list[str]) -> list[str]:
    text = "\n".join(words)
    for curly, straight in _STRAIGHT.items():
        text = text.replace(curly, straight)
    return text.split("\n")


_LOWER, _UPPER, _MARK, _APOSTROPHE, _OTHER, _FOREIGN, _APART, _CURLY = (1 << i for i in range(8))


@functools.cache
def _kinds() -> npt.NDArray[np.uint8]:
    """By code point, of which kinds a character is; what byte 128 is goes for those above."""
    kinds = np.full(0x110000, _FOREIGN, dtype=np.uint8)
    kinds[:128] = _OTHER
    kinds[ord("a") : ord("z") + 1] = _LOWER
    kinds[ord("A") : ord("Z") + 1] = _UPPER
    kinds[[ord("!"), ord("?")]] = _MARK
    kinds[ord("'")] = _APOSTROPHE
    kinds[[ord(" "), *map(ord, emojis())]] = _APART  # a space was an em dash
    kinds[[ord(curly) for curly in _STRAIGHT]] |= _CURLY
    kinds[ord("\n")] = 0
    return kinds


_IS_PUNCTUATION = np.isin(np.arange(256), [ord(c) for c in _PUNCTUATION])
"""By byte."""


_MAY_MARK = np.isin(np.arange(256), [ord("!"), ord("?"), *range(128, 256)])
"""By byte: marks, and what an emoji may hold."""


def _kinds_in(words: list[str]) -> npt.NDArray[np.uint8]:
    """The kinds of characters in each word."""
    points = np.frombuffer("\n".join(["", *words]).encode("utf-32-le"), dtype=np.uint32)
    return np.bitwise_or.reduceat(_kinds()[points], np.flatnonzero(points == ord("\n")))


class Written:
    """What VADER sees of spellings, whatever its lexicon. holds: kinds of characters in each · letters:
    True where there is nothing but a–z, A–Z · bits: of its code · keys: what to look up."""

    def __init__(self, batch: Batch) -> None:
        words = batch.spellings
        data, bounds = utf8(batch.exact_array)
        start, last = bounds[:-1], bounds[1:] - 1
        kinds = _kinds()[np.minimum(data, 128)]
        opening, closing, first, final = data[start], data[last], kinds[start], kinds[last]
        second = kinds[np.minimum(start + 1, last)]
        kinds[start] = 0
        rest = np.bitwise_or.reduceat(kinds, start)
        self.holds = holds = first | rest
        foreign = np.flatnonzero(holds & _FOREIGN)
        if len(foreign):
            holds[foreign] |= _kinds_in([words[i] for i in foreign.tolist()])
        self.letters = holds & ~np.uint8(_LOWER | _UPPER) == 0
        self.bits = (
            (holds & (_UPPER | _LOWER | _FOREIGN) == _UPPER) * k.CAPITALS
            | ((final == _LOWER) | (closing == ord(",")) | (closing == ord(";"))) * k.ENDS
            | ((first == _UPPER) & (rest == _LOWER)) * k.PLAIN
            | ((first == _UPPER) & (second == _LOWER)) * k.CAPITALISED
            | ((first == _UPPER) & (last - start == 1) & (closing == ord("."))) * k.INITIAL
        )
        for i in np.flatnonzero((holds & (_FOREIGN | _LOWER)) == _FOREIGN).tolist():
            self.bits[i] |= k.CAPITALS * words[i].isupper()
        for i in np.flatnonzero(holds & _APOSTROPHE).tolist():
            self.bits[i] |= k.NEGATES * ("n't" in words[i].lower())
        for i in np.flatnonzero(holds & _MARK).tolist():
            self.bits[i] |= _marks(words[i])
        edged = _IS_PUNCTUATION[opening] | _IS_PUNCTUATION[closing]
        self.keys = _keys(batch, edged & (holds & (_FOREIGN | _APART | _CURLY) > 0))


def _keys(batch: Batch, odd: Bools) -> pa.StringArray:
    """Spellings as VADER looks them up: ``stripped(word).lower()``. odd: of which to strip here; lower case
    may be longer."""
    lower = batch.lower_array
    inner = pc.ascii_trim(lower, characters=_PUNCTUATION)
    keys: Any = pc.if_else(pc.greater(pc.utf8_length(inner), pa.scalar(2)), inner, lower)
    if odd.any():
        exact = [stripped(batch.spellings[i]).lower() for i in np.flatnonzero(odd).tolist()]
        keys = pc.replace_with_mask(keys, pa.array(odd), pa.array(exact, type=pa.string()))
    return cast(pa.StringArray, keys)


_SEEN: WeakKeyDictionary[Batch, Written] = WeakKeyDictionary()


def _written(batch: Batch) -> Written:
    """``Written`` of a batch, made once for all lexicons that look at it."""
    if batch not in _SEEN:
        _SEEN[batch] = Written(batch)
    return _SEEN[batch]


def stripped(word: str) -> str:
    """A word without its punctuation, where VADER strips it (more than two characters stay)."""
    inner = word.strip(_PUNCTUATION)
    return inner if len(inner) > 2 else word


def _marks(text: str) -> int:
    return min(text.count("!"), 4) << k.BANGS | min(text.count("?"), 4) << k.QUESTIONS


def _described(text: str) -> tuple[str, Sequence[int]]:
    """``text`` with each emoji replaced by its description, a space before it and none after, and for
    each character the place in ``text`` it comes from."""
    known = emojis()
    if known.keys().isdisjoint(text):
        return text, range(len(text))
    described = [f" {known[char]}" if char in known else char for char in text]
    return "".join(described), [place for place, piece in enumerate(described) for _ in piece]


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """``(start, end, piece)``: what white space separates, and its span without its punctuation."""
    for match in _PIECE.finditer(text):
        piece, unit = match.group(), stripped(match.group())
        low = match.start() + (0 if unit == piece else len(piece) - len(piece.lstrip(_PUNCTUATION)))
        yield low, low + len(unit), piece


@functools.lru_cache(maxsize=1 << 14)  # the lexicons of a run ask for the same words
def _place(word: str, piece: str) -> tuple[int, int]:
    """The tokens of the one unit of a word; ``piece`` is the word straightened."""
    unit = stripped(piece)
    low = piece.index(unit)
    if low <= 1 and unit.isalnum():  # letters are one token, and so is one mark before them
        return low, low + 1
    return _overlap(split(word), low, low + len(unit))


def _overlap(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The tokens, of these spans of a word, that overlap characters ``start:end`` of it."""
    return bisect_right(spans, start, key=itemgetter(1)), bisect_left(spans, end, key=itemgetter(0))


class Marks:
    """A trait of tokens, shape (n, 2): exclamation and question marks, those of described emoji too."""

    def __init__(self) -> None:
        self._marked = re.compile(f"[!?{''.join(emoji for emoji, text in emojis().items() if _marks(text))}]")

    def __call__(self, batch: Batch) -> Array:
        """The counts, at most 4 each."""
        found = np.zeros((len(batch), 2), dtype=np.int8)
        data, bounds = utf8(batch.exact_array)
        likely = bounds[0] + np.flatnonzero(_MAY_MARK.take(data[bounds[0] : bounds[-1]]))
        for i in np.unique(np.searchsorted(bounds, likely, side="right") - 1).tolist():
            token = batch.exact_array[i].as_py()
            if self._marked.search(token):
                text, _ = _described(token)
                found[i] = min(text.count("!"), 4), min(text.count("?"), 4)
        return found


@dataclass(frozen=True)
class Units:
    """The units of sentences. codes: of each (``framing.kernel.vader``) · first: units of sentence *i* are
    ``first[i]:first[i + 1]`` · word: of each · bounds, rows: the trait, by spelling of word."""

    codes: Longs
    first: Longs
    word: Ints
    bounds: Longs
    rows: Longs


def units(vocabulary: Vocabulary, trait: Coded, ids: Ints, first: Longs) -> Units:
    """The units of words ``ids``, those of sentence *i* being ``first[i]:first[i + 1]``."""
    bounds, rows = vocabulary.lists(trait)
    coded = vocabulary.trait(trait.codes)
    return Units(*(_unfolded if compiles() else _repeated)(ids, coded, bounds, rows, first), bounds, rows)


def _unfolded(ids: Ints, coded: Longs, bounds: Longs, rows: Longs, first: Longs) -> tuple[Longs, Longs, Ints]:
    unit_first, codes, word = np.empty_like(first), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int32)
    n = len(ids) + len(ids) // 64  # words of several units are rare; where they are not, there is a second round
    while n > len(codes):
        codes, word = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int32)
        n = k.unfold(ids, coded, bounds, rows, first, unit_first, codes, word)
    return codes[:n], unit_first, word[:n]


def _repeated(ids: Ints, coded: Longs, bounds: Longs, rows: Longs, first: Longs) -> tuple[Longs, Longs, Ints]:
    """The same as ``framing.kernel.vader.unfold``, without a loop over words."""
    codes, word = coded[ids], np.arange(len(ids), dtype=np.int32)
    several = np.flatnonzero(codes & k.SEVERAL)
    row = bounds[ids[several]]
    more = np.where(codes[several] & k.NONE, 0, bounds[ids[several] + 1] - row)
    counts = np.ones(len(ids), dtype=np.int64)
    counts[several] = more
    moved = np.cumsum([0, *(more - 1)])
    codes, word = np.repeat(codes, counts), np.repeat(word, counts)
    which, within = expand(more)
    codes[(several + moved[:-1])[which] + within] = rows[row[which] + within, 0]
    return codes, first + moved[np.searchsorted(several, first)], word
