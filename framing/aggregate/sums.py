"""Sums of a shard by article × actor × voice: what every estimate is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from framing.aggregate.score import poles_of, summed, tone_of
from framing.errors import ConfigurationError
from framing.tables import (
    NOBODY,
    TONE,
    VOICE_GROUPS,
    VOICES,
    WHOLE,
    Bools,
    Evidence,
    Ints,
    Longs,
    Mentions,
    Tokens,
    Totals,
    Voices,
)


@dataclass(frozen=True)
class Aggregate:
    """``weight``: how a cell averages (the mean over articles, or the ratio of sums); ``parts``:
    what gets rows of its own, the body and on request the title."""

    weight: Literal["article", "sentence"] = "article"
    parts: tuple[Literal["body", "title"], ...] = field(default=("body",))

    def __post_init__(self) -> None:
        if not self.parts or len(set(self.parts)) < len(self.parts):
            raise ConfigurationError("aggregate.parts: expected body, title or both, each once")

    def __call__(
        self,
        tokens: Tokens,
        mentions: Mentions,
        voices: Voices,
        evidence: Evidence,
        vader: Ints,
        poles: tuple[str, ...],
    ) -> Totals:
        """Exact sums over the sentences of each article, of each actor in it, by voice."""
        found = [
            _sums(_Part(tokens, mentions, voices, evidence, vader, poles, part == "title"), group)
            for part in self.parts
            for group in VOICE_GROUPS
        ]
        joined = {name: np.concatenate([getattr(t, name) for t in found]) for name in Totals.__dataclass_fields__}
        order = np.lexsort((joined["voice"], joined["actor"], joined["article"], joined["part"]))
        return Totals(**{name: column[order] for name, column in joined.items()})


@dataclass(frozen=True)
class _Part:
    """The tables of one part (body or title) of a shard."""

    tokens: Tokens
    mentions: Mentions
    voices: Voices
    evidence: Evidence
    vader: Ints
    poles: tuple[str, ...]
    title: bool

    @property
    def sentences(self) -> Bools:
        """True for the sentences of this part."""
        s = self.tokens.sentences
        return s.title if self.title else s.eligible

    def speaks(self, group: str) -> Bools:
        """True for sentences with a clause in one of the group's voices."""
        wanted = np.isin(self.voices.clause, [VOICES.index(v) for v in VOICE_GROUPS[group]])
        mask: Bools = np.zeros(len(self.tokens.sentences), dtype=bool)
        first = self.tokens.sentences.first_clause
        owner = np.repeat(np.arange(len(mask)), np.diff(first))
        mask[owner[wanted]] = True
        # a clause gets one voice, but a cue keeps its token's: a quoted word counts as a quote
        mask[self.tokens.sentence[self.cues(group)]] = True
        return mask

    def cues(self, group: str) -> Ints:
        """First tokens of the cues in the group's voices."""
        first: Ints = self.evidence.first[self.rows(group)]
        return first

    def rows(self, group: str) -> np.ndarray:
        """Entries of the evidence in the group's voices."""
        voice = self.voices.token[self.evidence.first]
        return np.flatnonzero(np.isin(voice, [VOICES.index(v) for v in VOICE_GROUPS[group]]))


def _sums(part: _Part, group: str) -> Totals:
    s = part.tokens.sentences
    counted = np.flatnonzero(part.sentences & part.speaks(group))
    rows = part.rows(group)
    named = _pairs(part.mentions.sentence, part.mentions.actor)
    # units: (sentence, actor); the whole article and nobody are actors too
    silent = np.setdiff1d(counted, named[:, 0])
    keep = np.isin(named[:, 0], counted)
    units = np.concatenate(
        [
            np.stack([counted, np.full(len(counted), WHOLE)], 1),
            np.stack([silent, np.full(len(silent), NOBODY)], 1),
            named[keep],
        ]
    )
    scores = _score(part, units, rows)
    return _add_up(part, units, scores, list(VOICE_GROUPS).index(group), s.article)


def _pairs(sentence: Ints, actor: Ints) -> Longs:
    """Distinct (sentence, actor), however often the actor is named."""
    return np.unique(np.stack([sentence, actor], 1).astype(np.int64), axis=0).reshape(-1, 2)


def _score(part: _Part, units: Longs, rows: np.ndarray) -> tuple[Longs, Longs]:
    """Poles (units, poles) of each (sentence, actor), and the tone of its cues."""
    e, n_poles = part.evidence, len(part.poles)
    key = _key(units[:, 0], units[:, 1])
    order = np.argsort(key)
    sentence = part.tokens.sentence[e.first[rows]].astype(np.int64)
    actor = e.actor[rows].astype(np.int64)
    once = np.concatenate([[True], np.diff(e.cue[rows]) != 0]) if len(rows) else np.zeros(0, dtype=bool)
    nobody = actor < 0
    # each entry counts for its actor; each cue once for the whole sentence; an unclaimed cue for nobody
    owners = [(rows[once], sentence[once], WHOLE), (rows[nobody], sentence[nobody], NOBODY)]
    unit = [_key(s, np.full(len(s), a)) for _, s, a in owners] + [_key(sentence[~nobody], actor[~nobody])]
    entry = np.concatenate([r for r, _, _ in owners] + [rows[~nobody]])
    wanted = np.concatenate(unit)
    place = np.searchsorted(key[order], wanted)
    place = np.minimum(place, max(len(key) - 1, 0))
    known = (key[order][place] == wanted) if len(key) else np.zeros(len(wanted), dtype=bool)
    unit_of, entry = order[place[known]], entry[known]
    measure = e.measure[entry]
    lookup = np.array([part.poles.index(m) if m in part.poles else -1 for m in e.measures], dtype=np.int64)
    pole = lookup[measure] if len(e.measures) else np.zeros(0, dtype=np.int64)
    is_pole = pole >= 0
    amount = e.amount[entry].astype(np.int64)
    poles = poles_of(unit_of[is_pole], pole[is_pole], amount[is_pole], len(units), n_poles)
    tones = np.array([m == TONE for m in e.measures], dtype=bool)[measure] if len(e.measures) else is_pole
    own = tone_of(summed(unit_of[tones], amount[tones], len(units)))
    return poles, own


def _key(sentence: Longs, actor: Longs) -> Longs:
    return sentence * 2**32 + (actor - NOBODY)


def _add_up(part: _Part, units: Longs, scores: tuple[Longs, Longs], voice: int, article_of: Ints) -> Totals:
    poles, own = scores
    sentence = units[:, 0]
    whole_tone = np.zeros(len(part.tokens.sentences), dtype=np.int64)
    is_whole = units[:, 1] == WHOLE
    whole_tone[sentence[is_whole]] = own[is_whole]
    article = article_of[sentence].astype(np.int64)
    key = article * 2**32 + (units[:, 1] - NOBODY)
    # an article without a sentence in this voice still has its row, with n = 0
    every = np.zeros(0, dtype=np.int64) if part.title else np.arange(len(part.tokens.texts)) * 2**32 + (WHOLE - NOBODY)
    cells, cell = np.unique(np.concatenate([key, every]), return_inverse=True)
    cell, count = cell[: len(key)], len(cells)
    actor = cells % 2**32 + NOBODY
    sentiment = np.where(actor >= 0, summed(cell, own, count), 0)
    totals = np.zeros((count, poles.shape[1]), dtype=np.int64)
    np.add.at(totals, cell, poles)
    return Totals(
        article=(cells // 2**32).astype(np.int32),
        actor=actor.astype(np.int32),
        voice=np.full(count, voice, dtype=np.int8),
        part=np.full(count, int(part.title), dtype=np.int8),
        n=np.bincount(cell, minlength=count).astype(np.int32),
        poles=totals,
        tone=summed(cell, whole_tone[sentence], count),
        sentiment=sentiment,
        vader=summed(cell, part.vader[sentence, 0].astype(np.int64), count),
    )
