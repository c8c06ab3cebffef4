"""*It*, *the company*, *his firm*: followed to a company where only one is meant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.kernel.mentions import NONE, antecedents
from framing.mentions import words
from framing.mentions.context import among
from framing.tables import Bools, Ints, Longs, Tokens
from framing.text import Hits

_FAR = 3  # tokens from a noun back to its determiner, at most


@dataclass(frozen=True)
class _Words:
    """Words that stand for a name: tokens ``first:last``, by position; pronoun: *it*, *its*."""

    first: Longs
    last: Longs
    pronoun: Bools


def inferred(names: Hits, company: Bools, tokens: Tokens, seen: Ints) -> Hits:
    """The words that mean one of the companies named; ``pattern`` is the actor, as in ``names``.

    *The company* means the one company named before in the paragraph; *it* the one named before
    in its sentence or, opening a sentence, in the sentence before. Two candidates: nobody.
    ``company``: per actor · ``seen``: per token the bits of ``framing.mentions.words``.
    """
    named, found = names[company[names.pattern]], _words(tokens, seen)
    place = np.searchsorted(names.last, found.first, side="right")  # the first name that ends after the word begins
    free = np.append(names.first, len(tokens))[place] >= found.last
    first, last, pronoun = found.first[free], found.last[free], found.pronoun[free]
    sentence = tokens.sentence[first].astype(np.int64)
    actor = np.zeros(len(first), dtype=np.int64)
    antecedents(
        named.first,
        tokens.sentence[named.first].astype(np.int64),
        named.pattern.astype(np.int64),
        first,
        sentence,
        pronoun,
        first - tokens.sentences.first_token[sentence],
        tokens.sentences.paragraph,
        np.full(len(tokens.sentences), NONE, dtype=np.int64),
        actor,
    )
    means = actor != NONE
    return Hits(actor[means].astype(np.int32), first[means], last[means])


def _words(tokens: Tokens, seen: Ints) -> _Words:
    """Company nouns with the determiner before them, and pronouns that are no such determiner."""
    places = np.flatnonzero((seen & (words.NOUN | words.PRONOUN)) != 0)
    noun = places[(seen[places] & words.NOUN) != 0]
    low = tokens.sentences.first_token[tokens.sentence[noun]]
    firsts, lasts = [], []
    for back in range(1, _FAR + 1):
        inside = noun - back >= low
        noun, low = noun[inside], low[inside]
        bits = seen[noun - back]
        determined = (bits & words.DETERMINER) != 0
        firsts.append(noun[determined] - back)
        lasts.append(noun[determined] + 1)
        onward = ~determined & ((bits & words.LINK) != 0)
        noun, low = noun[onward], low[onward]
    first, last = np.concatenate(firsts), np.concatenate(lasts)
    pronoun = places[(seen[places] & words.PRONOUN) != 0]
    pronoun = pronoun[~among(pronoun, first)]
    is_pronoun = np.repeat([False, True], [len(first), len(pronoun)])
    first, last = np.concatenate((first, pronoun)), np.concatenate((last, pronoun + 1))
    order = np.argsort(first, kind="stable")
    return _Words(first[order], last[order], is_pronoun[order])
