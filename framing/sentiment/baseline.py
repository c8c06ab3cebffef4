"""Plain VADER on every sentence as given: the baseline beside ``tone``."""

from __future__ import annotations

import numpy as np

from framing.sentiment.vader import analyzer, described, scores, valences
from framing.tables import SCALE, Ints, Tokens


def baseline(tokens: Tokens) -> Ints:
    """Compound, positive, neutral and negative of every sentence, ten-thousandths, shape (sentences, 4).

    Equal to ``polarity_scores`` of vaderSentiment 3.3.2 on ``text[start:end]``, with −0.0 as 0.
    """
    rules = analyzer()
    table = np.zeros((len(tokens.sentences), 4), dtype=np.int32)
    for i in range(len(table)):
        text = described(tokens.string(i), rules.emojis)[0].strip()
        table[i] = [round(score * SCALE) for score in scores(valences(text, rules), text)]
    return table
