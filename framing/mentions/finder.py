"""Roster matching: the longest name wins, ambiguous names need context, *it* needs an antecedent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.mentions.context import accepted, traded
from framing.mentions.inferred import inferred
from framing.mentions.names import NOBODY, TICKER, Names, names
from framing.outlets import Outlets
from framing.roster import Actor, Companies, Groups
from framing.tables import PARTS, Bools, Corpus, Ints, Mentions, Tokens
from framing.text import Hits, Vocabulary, find, longest


@dataclass(frozen=True)
class Finder:
    """Finds companies, countries, sectors and groups by name (``roster=shipped``).

    ``outlets``: media, whose names are nobody's mention. ``inferred``: also follow *it*, *the
    company*, *his firm* to the one company they can mean.
    """

    companies: Companies
    groups: Groups | None = None
    outlets: Outlets | None = None
    inferred: bool = True

    @cached_property
    def _names(self) -> Names:
        return names(self.companies, self.groups, self.outlets)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Everybody this roster knows."""
        return self._names.actors

    def __call__(self, corpus: Corpus, tokens: Tokens) -> Mentions:
        """The mentions of a shard, by position."""
        known = self._names
        vocabulary = Vocabulary(tokens)
        hits = find(known.patterns, tokens, vocabulary)
        hits = _pick(hits, traded(hits, known, tokens))
        hits = _pick(hits, _preferred(hits, known))
        hits = _pick(hits, accepted(hits, known, tokens, vocabulary))
        rows = _table(hits, known, tokens)
        return inferred(rows, tokens, vocabulary) if self.inferred else rows


def _pick(hits: Hits, keep: Bools) -> Hits:
    return Hits(hits.pattern[keep], hits.first[keep], hits.last[keep])


def _preferred(hits: Hits, known: Names) -> Bools:
    """The longest of overlapping names; of equals a ticker in its place, then an actor, then nobody."""
    status = known.status[hits.pattern]
    order = np.lexsort((status != TICKER, known.actor[hits.pattern] == NOBODY, hits.first))
    mask = np.zeros(len(hits), dtype=bool)
    ranked = Hits(np.arange(len(hits), dtype=np.int32), hits.first[order], hits.last[order])
    mask[order[longest(ranked)]] = True
    somebody: Bools = mask & (known.actor[hits.pattern] != NOBODY)
    return somebody


def _table(hits: Hits, known: Names, tokens: Tokens) -> Mentions:
    first, last = hits.first, hits.last
    sentence = tokens.sentence[first] if len(first) else np.zeros(0, dtype=np.int32)
    start = tokens.start[first] if len(first) else sentence
    end = tokens.end[last - 1] if len(first) else sentence
    return Mentions(
        names=tuple(actor.name for actor in known.actors),
        kinds=tuple(actor.kind for actor in known.actors),
        actor=known.actor[hits.pattern],
        sentence=sentence,
        first=first.astype(np.int32),
        last=last.astype(np.int32),
        start=start,
        end=end,
        inferred=np.zeros(len(first), dtype=bool),
        alias=written(tokens, sentence, start, end),
    )


def written(tokens: Tokens, sentence: Ints, start: Ints, end: Ints) -> tuple[str, ...]:
    """The characters of spans as they stand in the text or title."""
    s = tokens.sentences
    sources = (tokens.texts, tokens.titles)
    return tuple(
        sources[PARTS[s.part[i]] == "title"][s.article[i]][a:b] for i, a, b in zip(sentence, start, end, strict=True)
    )
