"""Actors the user names: the ``mentions`` field of the input, offsets unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from framing.mentions.finder import written
from framing.roster import Actor
from framing.tables import Bools, Corpus, Ints, Longs, Mentions, Tokens


@dataclass(frozen=True)
class Given:
    """Takes actors from the input's ``mentions`` (``roster=given``); every one is a company."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Nobody is known beforehand; the run lists who was given."""
        return ()

    def __call__(self, corpus: Corpus, tokens: Tokens) -> Mentions:
        """One mention for each entry, in the sentence where it starts."""
        given: Any = corpus.table.column("mentions").combine_chunks()
        entries = given.flatten()
        entity = entries.field("entity").to_pylist()
        names = sorted(set(entity))
        number = {name: i for i, name in enumerate(names)}
        columns = (
            pc.list_parent_indices(given).to_numpy(zero_copy_only=False),
            entries.field("start").to_numpy(zero_copy_only=False),
            entries.field("end").to_numpy(zero_copy_only=False),
            np.fromiter(map(number.__getitem__, entity), dtype=np.int64, count=len(entity)),
        )
        table = np.stack([column.astype(np.int64) for column in columns])
        table = table[:, np.lexsort(table[::-1])]
        sentence, known = _sentences(tokens, *table[:2])
        _, start, end, actor = table[:, known].astype(np.int32)
        first, last = _tokens(tokens, sentence, start, end)
        return Mentions(
            names=tuple(names),
            kinds=("company",) * len(names),
            actor=actor,
            sentence=sentence,
            first=first,
            last=last,
            start=start,
            end=end,
            inferred=np.zeros(len(actor), dtype=bool),
            alias=written(tokens, sentence, start, end),
        )


def _sentences(tokens: Tokens, article: Longs, start: Longs) -> tuple[Ints, Bools]:
    """The sentences of characters of texts, and which have one: the last that starts at or before the character.

    What stands before the first sentence belongs to it; an article without sentences has none.
    """
    s = tokens.sentences
    of_text = np.flatnonzero(~s.title)
    low, high = (np.searchsorted(s.article[of_text], article, side=side) for side in ("left", "right"))
    place = np.searchsorted(_ordered(s.article[of_text], s.start[of_text]), _ordered(article, start), side="right") - 1
    known = low < high
    return of_text[np.maximum(place, low)[known]].astype(np.int32), known


def _tokens(tokens: Tokens, sentence: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The tokens ``first:last`` of a sentence that reach into the characters ``start:end``."""
    low, high = tokens.sentences.first_token[sentence], tokens.sentences.first_token[sentence + 1]
    first = np.searchsorted(_ordered(tokens.sentence, tokens.end), _ordered(sentence, start), side="right")
    last = np.searchsorted(_ordered(tokens.sentence, tokens.start), _ordered(sentence, end), side="left")
    first, last = np.clip(first, low, high), np.clip(last, low, high)
    return first.astype(np.int32), np.maximum(first, last).astype(np.int32)


def _ordered(a: Longs | Ints, b: Longs | Ints) -> Longs:
    """Pairs of numbers as one number each, in the same order."""
    return (a.astype(np.int64) << 32) + b
