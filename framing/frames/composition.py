"""From a matched rule to a code: which pole, how strong, in what modality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.axis import BEARERS, Axis, Rule
from framing.frames.markers import KINDS, MARKERS, around
from framing.kernel.frames import (
    CODE_BEARER,
    CODE_MODALITY,
    CODE_NEGATED,
    CODE_POLE,
    CODE_STRENGTH,
    MODALITY,
    compose,
    stand,
)
from framing.pattern import Pattern
from framing.tables import MODALITIES, Bools, Longs, Tokens
from framing.text import Hits, longest

_NEGATIONS = frozenset("no not never cannot without neither nor zero few little hardly barely unable far fails".split())
"""Words by which a rule shows that it reckons with a negation itself."""


@dataclass(frozen=True)
class Codes:
    """What cues assert, one entry a cue. bearer: 0 subject, 1 object, 2 any; the rest as in ``Cues``."""

    rule: Longs
    first: Longs
    last: Longs
    pole: Longs
    strength: Longs
    modality: Longs
    negated: Longs
    bearer: Longs


@dataclass(frozen=True)
class Book:
    """The rules of all axes, numbered through, as the arrays that are asked about a match."""

    axes: tuple[Axis, ...]

    @cached_property
    def poles(self) -> tuple[str, ...]:
        """The poles measured, axis by axis, positive first."""
        return tuple(pole for axis in self.axes for pole in axis.poles)

    @cached_property
    def rules(self) -> tuple[tuple[int, Rule], ...]:
        """The number of its axis, and the rule."""
        return tuple((number, rule) for number, axis in enumerate(self.axes) for rule in axis.rules)

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """What the rules match."""
        return tuple(pattern for _, rule in self.rules for pattern in rule.match)

    @cached_property
    def surroundings(self) -> tuple[Pattern, ...]:
        """What is looked for around a match: conditions, then markers."""
        return (*self._conditions.values(), *MARKERS)

    def codes(self, found: Hits, around_them: Hits, tokens: Tokens, named: Bools) -> Codes:
        """The codes of the matches ``found`` of ``patterns``, by token, then axis.

        around_them: matches of ``surroundings`` in their sentences · named: tokens that are names.
        """
        cues = self._standing(found, around_them, tokens, named)
        markers = _pick(around_them, around_them.pattern >= len(self._conditions))
        kinds = KINDS[markers.pattern - len(self._conditions)]
        rule = self._owner[cues.pattern]
        out = np.empty((len(rule), 5), dtype=np.int64)
        compose(
            rule,
            self._negates[cues.pattern],
            cues.first,
            cues.last,
            *_sentence(cues, tokens),
            self._facts,
            np.stack([kinds, markers.first, markers.last], axis=1),
            markers.first,
            tokens.clause,
            tokens.clause_main,
            tokens.ids,
            tokens.vocabulary.trait(around),
            out,
        )
        said = out[:, CODE_POLE] >= 0
        out = out[said]
        return Codes(
            rule=rule[said],
            first=cues.first[said],
            last=cues.last[said],
            pole=out[:, CODE_POLE],
            strength=out[:, CODE_STRENGTH],
            modality=out[:, CODE_MODALITY],
            negated=out[:, CODE_NEGATED],
            bearer=out[:, CODE_BEARER],
        )

    def _standing(self, cues: Hits, around_them: Hits, tokens: Tokens, named: Bools) -> Hits:
        """The matches of rules that stand: no name, conditions met, longest of overlapping ones of an axis."""
        rule = self._owner[cues.pattern]
        good = np.empty(len(rule), dtype=bool)
        stand(
            rule,
            cues.first,
            cues.last,
            *_sentence(cues, tokens),
            around_them.pattern,
            around_them.first,
            *self._unless,
            *self._requires,
            tokens.clause,
            named,
            good,
        )
        for axis in range(len(self.axes)):
            here = good & (self._axis[rule] == axis)
            good[here] = longest(_pick(cues, here))
        return _pick(cues, good)

    @cached_property
    def _owner(self) -> Longs:
        """The rule of each pattern that a rule matches."""
        return np.array([i for i, (_, rule) in enumerate(self.rules) for _ in rule.match], dtype=np.int64)

    @cached_property
    def _axis(self) -> Longs:
        """The axis of each rule."""
        return np.array([number for number, _ in self.rules], dtype=np.int64)

    @cached_property
    def _facts(self) -> Longs:
        """The row of each rule."""
        rows = [_row(self.axes[number], rule, self.poles) for number, rule in self.rules]
        return np.array(rows, dtype=np.int64).reshape(len(rows), MODALITY + 1)

    @cached_property
    def _negates(self) -> Bools:
        """True for the patterns that hold a negation of their own (*cannot do without*)."""
        return np.array([_negates(pattern) for _, rule in self.rules for pattern in rule.match], dtype=bool)

    @cached_property
    def _conditions(self) -> dict[str, Pattern]:
        """What rules are dropped for, and what they require."""
        return {p.text: p for _, rule in self.rules for p in (*rule.unless, *rule.requires)}

    @cached_property
    def _unless(self) -> tuple[Longs, Longs]:
        return self._numbers(rule.unless for _, rule in self.rules)

    @cached_property
    def _requires(self) -> tuple[Longs, Longs]:
        return self._numbers(rule.requires for _, rule in self.rules)

    def _numbers(self, conditions: Iterable[Sequence[Pattern]]) -> tuple[Longs, Longs]:
        """``(bounds, numbers)``: the conditions of rule *i* are ``numbers[bounds[i]:bounds[i + 1]]``."""
        place = {text: number for number, text in enumerate(self._conditions)}
        rows = [[place[pattern.text] for pattern in one] for one in conditions]
        bounds = np.cumsum([0, *map(len, rows)], dtype=np.int64)
        return bounds, np.array([number for row in rows for number in row], dtype=np.int64)


def _pick(hits: Hits, mask: Bools) -> Hits:
    chosen = np.flatnonzero(mask)  # few of many: taking three times by place is faster than by mask
    return Hits(hits.pattern[chosen], hits.first[chosen], hits.last[chosen])


def _sentence(cues: Hits, tokens: Tokens) -> tuple[Longs, Longs]:
    """The tokens of the sentence of each cue: from, to."""
    sentence = tokens.sentence[cues.first]
    return tokens.sentences.first_token[sentence], tokens.sentences.first_token[sentence + 1]


def _row(axis: Axis, rule: Rule, poles: tuple[str, ...]) -> tuple[int, ...]:
    """A rule for the kernel (columns: ``kernel.frames``); a neutral rule has no pole and so no code."""
    other = axis.negative if rule.pole == axis.positive else axis.positive
    return (
        poles.index(rule.pole) if rule.pole else -1,
        poles.index(other) if rule.pole else -1,
        rule.pole in axis.silent,
        rule.pole == (axis.burden or axis.negative),
        rule.kind == "noun",
        rule.strength,
        BEARERS.index(rule.bearer),
        MODALITIES.index(rule.modality) if rule.modality else -1,
    )


def _negates(pattern: Pattern) -> bool:
    words = {word for sequence in pattern.sequences for element in sequence for word in element.words}
    return any(word in _NEGATIONS or "n't" in word for word in words)
