"""Frames by hand-written rules (``frames=rules``): matched once, composed clause by clause."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.axis import Axis
from framing.errors import ConfigurationError
from framing.frames.composition import Book
from framing.tables import MODALITIES, SCALE, Cues, Ints, Mentions, Tokens
from framing.text import Matcher


@dataclass(frozen=True)
class Rules:
    """Both poles of each axis by its rules. ``hedge``: the weight of every code that is not asserted."""

    axes: tuple[Axis, ...]
    hedge: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.hedge <= 1:
            raise ConfigurationError(f"frames.hedge: expected a weight between 0 and 1, got {self.hedge}")

    @property
    def poles(self) -> tuple[str, ...]:
        """The poles measured, axis by axis, positive first."""
        return self._book.poles

    @cached_property
    def _book(self) -> Book:
        return Book(self.axes)

    @cached_property
    def _matchers(self) -> tuple[Matcher, Matcher]:
        return Matcher(self._book.patterns), Matcher(self._book.surroundings)

    @cached_property
    def _names(self) -> tuple[tuple[str, ...], Ints]:
        """The names of the rules, and the place of each rule's among them."""
        names = [rule.name for _, rule in self._book.rules]
        places = {name: place for place, name in enumerate(dict.fromkeys(names))}
        return tuple(places), np.array([places[name] for name in names], dtype=np.int32)

    @cached_property
    def _amounts(self) -> Ints:
        """Amount of a code by strength (0, 1, 2) and modality."""
        weights = [1.0, *[self.hedge] * (len(MODALITIES) - 1)]
        return np.array([[round(s / 2 * weight * SCALE) for weight in weights] for s in range(3)], dtype=np.int32)

    def __call__(self, tokens: Tokens, mentions: Mentions) -> Cues:
        """Pole cues of the scored sentences; amount = strength/2 × modality weight."""
        match, match_around = self._matchers
        hits = match(tokens)
        # conditions and markers are common words, which matter only beside a match
        wanted = np.zeros(len(tokens.sentences), dtype=bool)
        wanted[tokens.sentence.take(hits.first)] = True
        codes = self._book.codes(hits, match_around(tokens, wanted), tokens, mentions.mask(len(tokens)))
        names, place = self._names
        return Cues(
            measures=self.poles,
            rules=names,
            measure=codes.pole.astype(np.int8),
            rule=place[codes.rule],
            first=codes.first.astype(np.int32),
            last=codes.last.astype(np.int32),
            strength=codes.strength.astype(np.int8),
            modality=codes.modality.astype(np.int8),
            negated=codes.negated.astype(bool),
            bearer=codes.bearer.astype(np.int8),
            amount=self._amounts[codes.strength, codes.modality],
        )
