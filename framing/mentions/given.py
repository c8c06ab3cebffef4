"""Actors the user names: the ``mentions`` field of the input, offsets unchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.mentions.finder import written
from framing.roster import Actor
from framing.tables import Corpus, Mentions, Tokens


@dataclass(frozen=True)
class Given:
    """Takes actors from the input's ``mentions`` (``roster=given``); every one is a company."""

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Nobody is known beforehand; the run lists who was given."""
        return ()

    def __call__(self, corpus: Corpus, tokens: Tokens) -> Mentions:
        """One mention for each entry, in the sentence where it starts."""
        entries = sorted(
            (article, m["start"], m["end"], m["entity"])
            for article, given in enumerate(corpus.column("mentions"))
            for m in given or ()
        )
        names = sorted({entity for *_, entity in entries})
        number = {name: i for i, name in enumerate(names)}
        starts = _sentence_starts(tokens)
        rows = []
        for article, start, end, entity in entries:
            sentence = _sentence(starts.get(article, []), start)
            if sentence is None:
                continue
            low, high = tokens.sentences.first_token[sentence : sentence + 2]
            first = int(low + np.searchsorted(tokens.end[low:high], start, side="right"))
            last = int(low + np.searchsorted(tokens.start[low:high], end, side="left"))
            rows.append((number[entity], sentence, first, max(first, last), start, end))
        table = np.array(rows, dtype=np.int32).reshape(-1, 6)
        return Mentions(
            names=tuple(names),
            kinds=("company",) * len(names),
            actor=table[:, 0],
            sentence=table[:, 1],
            first=table[:, 2],
            last=table[:, 3],
            start=table[:, 4],
            end=table[:, 5],
            inferred=np.zeros(len(rows), dtype=bool),
            alias=written(tokens, table[:, 1], table[:, 4], table[:, 5]),
        )


def _sentence_starts(tokens: Tokens) -> dict[int, list[tuple[int, int]]]:
    table: dict[int, list[tuple[int, int]]] = {}
    s = tokens.sentences
    for i in np.flatnonzero(~s.title):
        table.setdefault(int(s.article[i]), []).append((int(s.start[i]), int(i)))
    return table


def _sentence(starts: list[tuple[int, int]], start: int) -> int | None:
    """The last sentence that starts at or before a character; the first, if none does."""
    before = [i for begin, i in starts if begin <= start]
    return before[-1] if before else (starts[0][1] if starts else None)
