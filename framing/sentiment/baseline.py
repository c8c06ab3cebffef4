"""Plain VADER on every sentence as given: the baseline beside ``tone``."""

from __future__ import annotations

import functools

import numpy as np
import pyarrow as pa

from framing.kernel import vader as k
from framing.sentiment.units import Coded, Units, units
from framing.sentiment.vader import Valences, found, valences
from framing.tables import Ints, Tokens
from framing.text.words import Encoder
from framing.vocabulary import Vocabulary


@functools.cache
def plain() -> tuple[Valences, Coded]:
    """VADER's own lexicon, and the codes of words under it; one a process."""
    own = valences({})
    return own, Coded(own, straight=False)


def baseline(tokens: Tokens) -> Ints:
    """Compound, positive, neutral and negative of every sentence, ten-thousandths, shape (sentences, 4).

    Equal to ``polarity_scores`` of vaderSentiment 3.3.2 on ``text[start:end]``, with −0.0 as 0.
    """
    words = tokens.words
    return _scores(units(words.vocabulary, plain()[1], words.ids, words.first))


def score_strings(strings: list[str], encode: Encoder | None = None) -> Ints:
    """The same four numbers for each string. ``encode``: keep one to look at each spelling only once."""
    encode = encode or Encoder(Vocabulary())
    words = encode(pa.array(strings, type=pa.string()))
    first = np.searchsorted(words.string, np.arange(len(strings) + 1)).astype(np.int64)
    return _scores(units(words.vocabulary, plain()[1], words.ids, first))


def _scores(given: Units) -> Ints:
    table = np.empty((len(given.first) - 1, 4), dtype=np.int32)
    events, values = found(given, np.ones(len(table), dtype=bool), plain()[0])
    k.scores(given.codes, events, given.first, values, table)
    return table
