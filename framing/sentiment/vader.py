"""VADER's rules on a list of words (Hutto & Gilbert 2014), from the vaderSentiment package.

The package computes one valence a word; what is here asks for that list, so that a score can be
taken apart into its words, and adds it up from left to right on every Python (``sum`` compensates
from 3.12 on, which moves rare exact cancellations).

Hutto, C. & Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment analysis of
social media text. ICWSM.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from typing import Any

NORMALISATION = 15.0
"""alpha of x/√(x² + alpha): "approximates the max expected value" (vaderSentiment 3.3.2)."""


@functools.cache
def analyzer() -> Any:
    """The package's analyzer; one a process, because reading its lexicon takes 20 ms."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def with_lexicon(overlay: Mapping[str, float]) -> Any:
    """An analyzer whose lexicon is VADER's with ``overlay`` on top; valence 0 takes a word out.

    Taken out, not zeroed: VADER counts a capitalised word of valence 0 as negative.
    """
    import copy

    own = copy.copy(analyzer())
    merged = {**own.lexicon, **overlay}
    own.lexicon = {word: valence for word, valence in merged.items() if valence != 0 or word not in overlay}
    return own


def described(text: str, emojis: Mapping[str, str]) -> tuple[str, Sequence[int]]:
    """``text`` with each emoji replaced by its description, as VADER replaces it (a space before it,
    none after), and for each character the place in ``text`` it comes from."""
    if not any(char in emojis for char in text):
        return text, range(len(text))
    pieces: list[str] = []
    origin: list[int] = []
    after_space = True
    for place, char in enumerate(text):
        piece = char if char not in emojis else emojis[char] if after_space else " " + emojis[char]
        after_space = char == " "
        pieces.append(piece)
        origin += [place] * len(piece)
    return "".join(pieces), origin


def valences(text: str, rules: Any) -> list[float]:
    """One valence for each word of ``text`` (words as ``str.split`` finds them)."""
    from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentiText

    words = SentiText(text)
    tokens = words.words_and_emoticons
    low = [word.lower() for word in tokens]
    found: list[float] = []
    for i, word in enumerate(low):
        # a word outside the lexicon has no valence, and a booster or "kind of" none of its own
        if word not in rules.lexicon or word in BOOSTER_DICT or (word == "kind" and low[i + 1 : i + 2] == ["of"]):
            found.append(0)
        else:
            found = rules.sentiment_valence(0, words, tokens[i], i, found)
    if "but" not in low or not any(found):
        return found
    result: list[float] = rules._but_check(tokens, found)
    return result


def emphasis(text: str) -> float:
    """What exclamation and question marks add to the size of a sum."""
    marks = text.count("?")
    asking = 0.0 if marks <= 1 else marks * 0.18 if marks <= 3 else 0.96
    return min(text.count("!"), 4) * 0.292 + asking


def normalised(total: float) -> float:
    """x/√(x² + 15), in [−1, 1]."""
    return max(-1.0, min(1.0, total / math.sqrt(total * total + NORMALISATION)))


def scores(found: Sequence[float], text: str) -> tuple[float, float, float, float]:
    """VADER's compound (4 digits), positive, neutral and negative shares (3 digits)."""
    if not found:
        return 0.0, 0.0, 0.0, 0.0
    total, positive, negative, neutral = 0.0, 0.0, 0.0, 0
    for valence in found:
        total += valence
        # the 1 makes a valence comparable with neutral words, which count 1 each
        positive += valence + 1 if valence > 0 else 0.0
        negative += valence - 1 if valence < 0 else 0.0
        neutral += valence == 0
    extra = emphasis(text)
    total += extra if total > 0 else -extra if total < 0 else 0.0
    if positive > -negative:
        positive += extra
    elif positive < -negative:
        negative -= extra
    whole = positive - negative + neutral
    return (
        round(normalised(total), 4) + 0.0,
        round(abs(positive / whole), 3),
        round(abs(neutral / whole), 3),
        round(abs(negative / whole), 3),
    )
