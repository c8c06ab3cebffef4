"""Words to VADER's units: each spelling is looked at once, and becomes a code.

A word (what white space separates) is one unit, stripped of its punctuation where VADER strips it. An
emoji is replaced by its description, so its word may be several units; straightened, an em dash parts
a word, and stands for none alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.kernel import compiles
from framing.kernel import vader as k
from framing.pattern import split
from framing.sentiment.vader import Valences, emojis
from framing.tables import Ints, Longs
from framing.text.words import expand
from framing.vocabulary import Array, Batch, Vocabulary

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": " "}
"""What hides a word from VADER, which splits at white space and strips ASCII punctuation only."""
_PIECE = re.compile(r"\S+")


class Coded:
    """A trait of words: their units, as rows (code, first token, last token within the word).

    ``straight``: curly marks are straightened, and em dashes part, as tone wants it. The tokens are
    filled in where a row can be a cue. A word without units has one row.
    """

    def __init__(self, lexicon: Valences, straight: bool) -> None:
        self._codes = lexicon.codes
        self._straight = _STRAIGHT if straight else {}

    def __call__(self, batch: Batch) -> tuple[Array, Array]:
        """``(counts, rows)``, rows of shape (units, 3)."""
        words = batch.spellings
        if not words:
            return np.zeros(0, dtype=np.int64), np.zeros((0, 3), dtype=np.int64)
        text = "\n".join(words)
        for curly, straight in self._straight.items():
            text = text.replace(curly, straight)
        pieces = text.split("\n")
        written = _Written(text)
        counts = np.ones(len(words), dtype=np.int64)
        rows = np.zeros((len(words), 3), dtype=np.int64)
        rows[:, 0] = codes = self._code(pieces, written)
        for i in np.flatnonzero(codes & k.HIT).tolist():
            rows[i, 1:] = _place(words[i], pieces[i])
        apart = np.flatnonzero(written.holds & _APART)
        if len(apart):
            counts[apart], parts = self._several([(words[i], pieces[i]) for i in apart])
            rows = np.repeat(rows, counts, axis=0)
            which, within = expand(counts[apart])
            rows[(np.cumsum(counts) - counts)[apart][which] + within] = parts
        return counts, rows

    def _code(self, pieces: list[str], written: _Written) -> Longs:
        """The codes of what white space separates."""
        lower = [piece.lower() for piece in pieces]
        for i in np.flatnonzero(written.edged).tolist():
            lower[i] = stripped(pieces[i]).lower()
        known = self._codes
        codes = np.fromiter([known.get(word, 0) for word in lower], dtype=np.int64, count=len(lower))
        codes |= written.bits
        codes[[i for i in np.flatnonzero(written.holds & _APOSTROPHE).tolist() if "n't" in lower[i]]] |= k.NEGATES
        for i in np.flatnonzero(written.holds & _MARK).tolist():
            codes[i] |= _marks(pieces[i])
        for i in np.flatnonzero((written.holds & _FOREIGN > 0) & (written.holds & _LOWER == 0)).tolist():
            codes[i] |= k.CAPITALS * pieces[i].isupper()
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
            owners += [_tokens(word, origin[low], origin[high - 1] + 1) for low, high, _ in found] or [(-1, -1)]
        rows = np.zeros((len(pieces), 3), dtype=np.int64)
        rows[:, 1:] = owners
        codes = self._code(pieces, _Written("\n".join(pieces))) & ~k.MARKS | np.array(marks)
        codes[codes & k.EVENTS != 0] |= k.EVENT
        codes[rows[:, 1] < 0] = k.NONE
        codes[np.cumsum(counts) - counts] |= k.SEVERAL
        rows[:, 0] = codes
        return counts, rows


_LOWER, _UPPER, _MARK, _APOSTROPHE, _OTHER, _FOREIGN, _APART = (1 << i for i in range(7))


@functools.cache
def _kinds() -> npt.NDArray[np.uint8]:
    """By code point, of which kind a character is."""
    kinds = np.full(0x110000, _FOREIGN, dtype=np.uint8)
    kinds[:128] = _OTHER
    kinds[ord("a") : ord("z") + 1] = _LOWER
    kinds[ord("A") : ord("Z") + 1] = _UPPER
    kinds[[ord("!"), ord("?")]] = _MARK
    kinds[ord("'")] = _APOSTROPHE
    kinds[[ord(" "), *map(ord, emojis())]] = _APART  # a space was an em dash
    kinds[ord("\n")] = 0
    return kinds


_PUNCTUATION_POINTS = np.array([ord(c) for c in _PUNCTUATION], dtype=np.uint32)


class _Written:
    """How the lines of a text (none is empty) are written. holds: kinds of characters in each · edged:
    whether it begins or ends with punctuation · bits: of its code."""

    def __init__(self, text: str) -> None:
        points = np.frombuffer(f"{text}\n".encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        kinds = _kinds()[points]
        end = np.flatnonzero(kinds == 0)
        start = np.concatenate(([0], end[:-1] + 1))
        opening, closing = points[start], points[end - 1]
        first, second = kinds[start], kinds[start + 1]
        kinds[start] = 0
        rest = np.bitwise_or.reduceat(kinds, start)
        self.holds = first | rest
        self.edged = np.isin(opening, _PUNCTUATION_POINTS) | np.isin(closing, _PUNCTUATION_POINTS)
        small = (kinds[end - 1] | np.where(end - start == 1, first, 0)) == _LOWER
        capital = first == _UPPER
        self.bits = (
            ((self.holds & (_UPPER | _LOWER | _FOREIGN)) == _UPPER) * k.CAPITALS
            + (small | (closing == ord(",")) | (closing == ord(";"))) * k.ENDS
            + (capital & (rest == _LOWER)) * k.PLAIN
            + (capital & (second == _LOWER)) * k.CAPITALISED
            + (capital & (end - start == 2) & (closing == ord("."))) * k.INITIAL
        )


def stripped(word: str) -> str:
    """A word without its punctuation, where VADER strips it (more than two characters stay)."""
    inner = word.strip(_PUNCTUATION)
    return inner if len(inner) > 2 else word


def _marks(text: str) -> int:
    return min(text.count("!"), 4) << k.BANGS | min(text.count("?"), 4) << k.QUESTIONS


def _described(text: str) -> tuple[str, list[int]]:
    """``text`` with each emoji replaced by its description, a space before it and none after, and for
    each character the place in ``text`` it comes from."""
    known = emojis()
    described = [f" {known[char]}" if char in known else char for char in text]
    return "".join(described), [place for place, piece in enumerate(described) for _ in piece]


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """``(start, end, piece)``: what white space separates, and its span without its punctuation."""
    for match in _PIECE.finditer(text):
        piece, unit = match.group(), stripped(match.group())
        low = match.start() + (0 if unit == piece else len(piece) - len(piece.lstrip(_PUNCTUATION)))
        yield low, low + len(unit), piece


def _place(word: str, piece: str) -> tuple[int, int]:
    """The tokens of the one unit of a word; ``piece`` is the word straightened."""
    unit = stripped(piece)
    low = piece.index(unit)
    if low <= 1 and unit.isalnum():  # letters are one token, and so is one mark before them
        return low, low + 1
    return _tokens(word, low, low + len(unit))


def _tokens(word: str, start: int, end: int) -> tuple[int, int]:
    """The tokens of a word that overlap characters ``start:end`` of it."""
    overlap = [i for i, (a, b) in enumerate(split(word)) if a < end and b > start]
    return overlap[0], overlap[-1] + 1


class Marks:
    """A trait of tokens, shape (n, 2): exclamation and question marks, those of described emoji too."""

    def __init__(self) -> None:
        self._marked = re.compile(f"[!?{''.join(emoji for emoji, text in emojis().items() if _marks(text))}]")

    def __call__(self, batch: Batch) -> Array:
        """The counts, at most 4 each."""
        found = np.zeros((len(batch), 2), dtype=np.int8)
        for i in [i for i, token in enumerate(batch.spellings) if not token.isalnum() and self._marked.search(token)]:
            text, _ = _described(batch.spellings[i])
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
    return Units(*(_unfolded if compiles() else _repeated)(ids, bounds, rows, first), bounds, rows)


def _unfolded(ids: Ints, bounds: Longs, rows: Longs, first: Longs) -> tuple[Longs, Longs, Ints]:
    unit_first, codes, word = np.empty_like(first), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int32)
    n = len(ids) + len(ids) // 64  # words of several units are rare; where they are not, there is a second round
    while n > len(codes):
        codes, word = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int32)
        n = k.unfold(ids, bounds, rows, first, unit_first, codes, word)
    return codes[:n], unit_first, word[:n]


def _repeated(ids: Ints, bounds: Longs, rows: Longs, first: Longs) -> tuple[Longs, Longs, Ints]:
    """The same as ``framing.kernel.vader.unfold``, without a loop over words."""
    row = bounds[ids]
    codes, word = rows[row, 0], np.arange(len(ids), dtype=np.int32)
    several = np.flatnonzero(codes & k.SEVERAL)
    more = np.where(codes[several] & k.NONE, 0, bounds[ids[several] + 1] - row[several])
    counts = np.ones(len(ids), dtype=np.int64)
    counts[several] = more
    moved = np.cumsum([0, *(more - 1)])
    codes, word = np.repeat(codes, counts), np.repeat(word, counts)
    which, within = expand(more)
    codes[(several + moved[:-1])[which] + within] = rows[row[several[which]] + within, 0]
    return codes, first + moved[np.searchsorted(several, first)], word
