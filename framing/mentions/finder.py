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
from framing.tables import Bools, Corpus, Ints, Mentions, Tokens
from framing.text import Hits, Matcher, longest


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

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._names.patterns)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Everybody this roster knows."""
        return self._names.actors

    def __call__(self, corpus: Corpus, tokens: Tokens) -> Mentions:
        """The mentions of a shard, by position."""
        known = self._names
        hits = self._matcher(tokens)
        hits = hits[traded(hits, known, tokens)]
        hits = hits[_preferred(hits, known)]
        hits = hits[accepted(hits, known, tokens)]
        named = Hits(known.actor[hits.pattern], hits.first, hits.last)
        guessed = inferred(named, known.company, tokens) if self.inferred else named[:0]
        return _table(named, guessed, known, tokens)


def _preferred(hits: Hits, known: Names) -> Bools:
    """The longest of overlapping names; of equals a ticker in its place, then an actor, then nobody."""
    nobody = known.actor[hits.pattern] == NOBODY
    somebody: Bools = longest(hits, 2 * nobody + (known.status[hits.pattern] != TICKER)) & ~nobody
    return somebody


def _table(named: Hits, guessed: Hits, known: Names, tokens: Tokens) -> Mentions:
    """Names and inferred mentions, whose ``pattern`` is the actor, as one table."""
    first, last = np.concatenate((named.first, guessed.first)), np.concatenate((named.last, guessed.last))
    order = np.argsort(first, kind="stable")
    first, last = first[order], last[order]
    sentence, start, end = tokens.sentence[first], tokens.start[first], tokens.end[last - 1]
    return Mentions(
        names=known.names,
        kinds=known.kinds,
        actor=np.concatenate((named.pattern, guessed.pattern))[order],
        sentence=sentence,
        first=first.astype(np.int32),
        last=last.astype(np.int32),
        start=start,
        end=end,
        inferred=order >= len(named),
        alias=written(tokens, sentence, start, end),
    )


def written(tokens: Tokens, sentence: Ints, start: Ints, end: Ints) -> tuple[str, ...]:
    """The characters of spans as they stand in the text or title."""
    sources = (*tokens.texts, *tokens.titles)
    s = tokens.sentences
    source = s.article[sentence] + len(tokens.texts) * s.title[sentence]
    return tuple([sources[i][a:b] for i, a, b in zip(source.tolist(), start.tolist(), end.tolist(), strict=True)])
