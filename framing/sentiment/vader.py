"""VADER as data (Hutto & Gilbert 2014): its lexicon, emoji and word lists, coded for the kernel.

The files and lists are those of the vaderSentiment package; the rules are in ``framing.kernel.vader``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.kernel import vader as k
from framing.vocabulary import Lookup

Floats = npt.NDArray[np.float64]

_NAMED = {
    "no": k.NO,
    "or": k.OR,
    "nor": k.NOR,
    "so": k.SO,
    "this": k.THIS,
    "never": k.NEVER,
    "without": k.WITHOUT,
    "doubt": k.DOUBT,
    "least": k.LEAST,
    "at": k.AT,
    "very": k.VERY,
    "kind": k.KIND,
    "of": k.OF,
}
"""The words that rules name; those of phrases are numbered after them."""


@cache
def lexicon() -> Mapping[str, float]:
    """Valence by word, as the package reads it: of a word that stands there twice the last."""
    return {word: float(valence) for word, valence in _rows("vader_lexicon.txt")}


@cache
def emojis() -> Mapping[str, str]:
    """Description by emoji, of the single characters: the package looks at one at a time."""
    return {emoji: text for emoji, text in _rows("emoji_utf8_lexicon.txt") if len(emoji) == 1}


def _rows(name: str) -> Iterator[tuple[str, str]]:
    path = Path(str(metadata.distribution("vaderSentiment").locate_file(f"vaderSentiment/{name}")))
    for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
        first, second = line.strip().split("\t")[:2]
        yield first, second


@dataclass(frozen=True)
class Phrases:
    """Idioms and boosters of several words, for ``framing.kernel.vader.valences``.

    follow, shape (states, numbers): the state after a word; the first states are the numbers of first
    words, 0 leads nowhere · idiom: valence by state, NaN where it is none · boost: by state.
    """

    numbers: Mapping[str, int]
    follow: npt.NDArray[np.int16]
    idiom: Floats
    boost: Floats


@cache
def phrases() -> Phrases:
    """The package's phrases; one of a single word cannot be reached."""
    from vaderSentiment.vaderSentiment import BOOSTER_DICT, SPECIAL_CASES

    idioms = {tuple(phrase.split()): value for phrase, value in SPECIAL_CASES.items() if " " in phrase}
    boosters = {tuple(phrase.split()): value for phrase, value in BOOSTER_DICT.items() if " " in phrase}
    numbers = dict(_NAMED)
    for phrase in (*idioms, *boosters):
        for word in phrase:
            numbers.setdefault(word, len(numbers) + 1)
    beginnings = dict.fromkeys(phrase[:n] for phrase in (*idioms, *boosters) for n in range(2, len(phrase) + 1))
    state: dict[tuple[str, ...], int] = {(word,): number for word, number in numbers.items()}
    state |= {words: number for number, words in enumerate(beginnings, start=len(numbers) + 1)}
    follow = np.zeros((len(state) + 1, len(numbers) + 1), dtype=np.int16)
    for words in beginnings:
        follow[state[words[:-1]], numbers[words[-1]]] = state[words]
    idiom, boost = np.full(len(state) + 1, np.nan), np.zeros(len(state) + 1)
    for words, value in idioms.items():
        idiom[state[words]] = value
    for words, value in boosters.items():
        boost[state[words]] = value
    return Phrases(numbers, follow, idiom, boost)


@dataclass(frozen=True)
class Valences:
    """A lexicon as the kernel reads it. words, valence: by entry · codes: of every listed word."""

    words: tuple[str, ...]
    valence: Floats
    codes: Lookup


def valences(overlay: Mapping[str, float]) -> Valences:
    """VADER's lexicon with ``overlay`` on top; valence 0 takes a word out.

    Taken out, not zeroed: VADER counts a capitalised word of valence 0 as negative.
    """
    from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE

    merged = {**lexicon(), **overlay}
    kept = {word: valence for word, valence in merged.items() if valence != 0 or word not in overlay}
    codes: dict[str, int] = {word: k.LISTED | k.HIT | i << k.ENTRY for i, word in enumerate(kept)}

    def add(word: str, bits: int) -> None:
        codes[word] = codes.get(word, 0) | bits

    for word, scalar in BOOSTER_DICT.items():
        add(word, k.RAISES if scalar > 0 else k.LOWERS)
        codes[word] &= ~k.HIT  # a booster has no valence of its own
    for word in NEGATE:
        add(word, k.NEGATES)
    for word, number in phrases().numbers.items():
        add(word, number)
    add("but", k.BUT)
    return Valences(tuple(kept), np.array(list(kept.values()), dtype=np.float64), Lookup(codes))


def found(units: Any, wanted: npt.NDArray[np.bool_], lexicon_: Valences) -> tuple[npt.NDArray[np.int64], Floats]:
    """``(events, valences)`` of units (``framing.sentiment.units.Units``) in the wanted sentences."""
    events = np.flatnonzero(units.codes < 0)
    values = np.empty(len(events))
    known = phrases()
    k.valences(
        units.codes, events, units.first, wanted, lexicon_.valence, known.follow, known.idiom, known.boost, values
    )
    return events, values
