"""A shard of articles to its score tables: everything from text to sums, in one process.

What it needs of the whole corpus comes in as the frozen ``Survey``; so every shard can be scored
alone, on any worker, and a single text like a corpus.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pyarrow as pa

from framing.aggregate import Aggregate, Shard, outputs, scores
from framing.axis import Axis
from framing.outlets import Outlets
from framing.roster import Actor
from framing.sentiment import baseline
from framing.tables import Corpus, Cues, Evidence, Mentions, Spans, Survey, Tokens, Voices
from framing.text import Text


class Cleaner(Protocol):
    """Labels the spans of texts."""

    def __call__(self, corpus: Corpus, survey: Survey) -> Spans: ...


class Roster(Protocol):
    """Finds the actors named."""

    @property
    def actors(self) -> tuple[Actor, ...]: ...
    def __call__(self, corpus: Corpus, tokens: Tokens) -> Mentions: ...


class Scorer(Protocol):
    """Finds cues in the tokens."""

    def __call__(self, tokens: Tokens, mentions: Mentions) -> Cues: ...


class Toner(Scorer, Protocol):
    """A scorer of sentiment, with the least |tone| that earns a label."""

    @property
    def threshold(self) -> float: ...


class Voicer(Protocol):
    """Says who speaks."""

    def __call__(self, tokens: Tokens, mentions: Mentions, media: Outlets) -> Voices: ...


class Assigner(Protocol):
    """Says whom each cue is about."""

    def allowed(self, mentions: Mentions) -> Mentions: ...
    def __call__(self, tokens: Tokens, mentions: Mentions, voices: Voices, cues: tuple[Cues, ...]) -> Evidence: ...


@dataclass(frozen=True)
class Scoring:
    """The tools from cleaning to sums; calling it reads like a methods section."""

    clean: Cleaner
    text: Text
    roster: Roster
    sentiment: Toner
    frames: Scorer
    voice: Voicer
    targets: Assigner
    aggregate: Aggregate
    axes: tuple[Axis, ...]
    outlets: Outlets

    def __call__(self, corpus: Corpus, survey: Survey) -> dict[str, pa.Table]:
        """The tables ``articles, sentences, mentions, evidence, scores`` of these articles."""
        corpus = _without(corpus, survey)
        spans = self.clean(corpus, survey)
        tokens = self.text(corpus, spans)
        mentions = self.targets.allowed(self.roster(corpus, tokens))
        voices = self.voice(tokens, mentions, self.outlets)
        cues = (self.frames(tokens, mentions), self.sentiment(tokens, mentions))
        evidence = self.targets(tokens, mentions, voices, cues)
        plain = baseline(tokens)
        axes = tuple((axis.name, *axis.poles) for axis in self.axes)
        poles = tuple(pole for axis in self.axes for pole in axis.poles)
        found = scores(tokens, mentions, voices, evidence, poles)
        totals = self.aggregate(tokens, found, plain)
        shard = Shard(corpus, tokens, mentions, voices, evidence, plain, found, totals, axes, self.sentiment.threshold)
        return outputs(shard, survey)


def _without(corpus: Corpus, survey: Survey) -> Corpus:
    """The articles that the survey keeps: the same row twice is read once."""
    if not survey.dropped:
        return corpus
    rows = corpus.table.column("row").to_numpy()
    return Corpus(corpus.table.filter(pa.array(~np.isin(rows, list(survey.dropped)))))
