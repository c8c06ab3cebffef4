"""*It*, *the company*, *his firm*: followed to a company where only one is meant."""

from __future__ import annotations

import numpy as np

from framing.kernel import mentions as kernel
from framing.mentions.words import places, seen
from framing.tables import Bools, Tokens
from framing.text import Hits


def inferred(names: Hits, company: Bools, tokens: Tokens) -> Hits:
    """The words that mean one of the companies named; ``pattern`` is the actor, as in ``names``.

    *The company* means the one company named before in the paragraph; *it* the one named before
    in its sentence or, opening a sentence, in the sentence before. Two candidates: nobody.
    ``company``: per actor.
    """
    standing, sentences = places(tokens, kernel.NOUN | kernel.PRONOUN), tokens.sentences
    actor, only = np.empty(len(standing), dtype=np.int32), np.full(len(sentences), kernel.NONE, dtype=np.int32)
    first, last = np.empty(len(standing), dtype=np.int64), np.empty(len(standing), dtype=np.int64)
    n = kernel.antecedents(
        *(standing, tokens.ids, tokens.vocabulary.trait(seen), tokens.sentence, sentences.first_token),
        *(sentences.paragraph, names.pattern, names.first, names.last, company),
        *(only, actor, first, last),
    )
    return Hits(actor[:n], first[:n], last[:n])
