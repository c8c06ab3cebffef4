"""Frames by hand-written rules (``frames=rules``): matched once, composed clause by clause."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from framing.axis import Axis, Rule
from framing.errors import ConfigurationError
from framing.frames.composition import Code, Hit, code
from framing.frames.markers import NEGATIONS, Markers, markers
from framing.pattern import Pattern
from framing.tables import MODALITIES, SCALE, Cues, Mentions, Tokens
from framing.text import Hits, Vocabulary, find, longest


@dataclass(frozen=True)
class Rules:
    """Both poles of each axis by its rules. ``hedge``: the weight of every code that is not asserted."""

    axes: tuple[Axis, ...]
    hedge: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.hedge <= 1:
            raise ConfigurationError(f"frames.hedge: expected a weight between 0 and 1, got {self.hedge}")

    @cached_property
    def _compiled(self) -> tuple[_Compiled, ...]:
        return tuple(_Compiled.of(axis) for axis in self.axes)

    @property
    def poles(self) -> tuple[str, ...]:
        """The poles measured, axis by axis, positive first."""
        return tuple(pole for axis in self.axes for pole in axis.poles)

    def __call__(self, tokens: Tokens, mentions: Mentions) -> Cues:
        """Pole cues of the scored sentences; amount = strength/2 × modality weight."""
        vocabulary = Vocabulary(tokens)
        named = mentions.mask(len(tokens))
        rows: list[tuple[int, int, str, Code]] = []
        hits = [(compiled, compiled.hits(tokens, vocabulary, named)) for compiled in self._compiled]
        wanted = [tokens.sentence[h.first] for _, h in hits if len(h)]
        found = markers(tokens, vocabulary, np.unique(np.concatenate(wanted)) if wanted else np.zeros(0, dtype=int))
        for compiled, matched in hits:
            rows += compiled.codes(matched, tokens, found)
        return self._table(rows)

    def _table(self, rows: list[tuple[int, int, str, Code]]) -> Cues:
        rows.sort(key=lambda row: (row[0], row[1], self.poles.index(row[3].pole)))
        names = {name: i for i, name in enumerate(dict.fromkeys(name for _, _, name, _ in rows))}
        weight = [1.0 if c.modality == MODALITIES[0] else self.hedge for *_, c in rows]
        return Cues(
            measures=self.poles,
            rules=tuple(names),
            measure=np.array([self.poles.index(c.pole) for *_, c in rows], dtype=np.int8),
            rule=np.array([names[name] for _, _, name, _ in rows], dtype=np.int32),
            first=np.array([first for first, *_ in rows], dtype=np.int32),
            last=np.array([last for _, last, *_ in rows], dtype=np.int32),
            strength=np.array([c.strength for *_, c in rows], dtype=np.int8),
            modality=np.array([MODALITIES.index(c.modality) for *_, c in rows], dtype=np.int8),
            negated=np.array([c.negated for *_, c in rows], dtype=bool),
            bearer=np.array([c.bearer for *_, c in rows], dtype=np.int8),
            amount=np.array(
                [round(c.strength / 2 * w * SCALE) for (*_, c), w in zip(rows, weight, strict=True)],
                dtype=np.int32,
            ),
        )


@dataclass(frozen=True)
class _Compiled:
    """An axis ready to match: one pattern list, and which rule each pattern belongs to."""

    axis: Axis
    patterns: tuple[Pattern, ...]
    owner: tuple[int, ...]
    conditions: tuple[Pattern, ...]
    unless: dict[int, tuple[int, ...]] = field(default_factory=dict)
    requires: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def negates(self) -> tuple[bool, ...]:
        """True for the patterns that hold a negation of their own (*cannot do without*)."""
        return tuple(
            any(word in NEGATIONS or "n't" in word for sequence in p.sequences for e in sequence for word in e.words)
            for p in self.patterns
        )

    @classmethod
    def of(cls, axis: Axis) -> _Compiled:
        patterns = [(p, i) for i, rule in enumerate(axis.rules) for p in rule.match]
        every = {p.text: p for rule in axis.rules for p in (*rule.unless, *rule.requires)}
        number = {text: i for i, text in enumerate(every)}
        return cls(
            axis,
            tuple(p for p, _ in patterns),
            tuple(i for _, i in patterns),
            tuple(every.values()),
            {i: tuple(number[p.text] for p in r.unless) for i, r in enumerate(axis.rules) if r.unless},
            {i: tuple(number[p.text] for p in r.requires) for i, r in enumerate(axis.rules) if r.requires},
        )

    def rule(self, pattern: int) -> Rule:
        return self.axis.rules[self.owner[pattern]]

    def hits(self, tokens: Tokens, vocabulary: Vocabulary, named: np.ndarray) -> Hits:
        """The hits that stand: conditions met, not inside a name, longest of overlapping ones."""
        hits = find(self.patterns, tokens, vocabulary)
        if not len(hits):
            return hits
        total = np.concatenate([[0], np.cumsum(named)])
        inside = total[hits.last] - total[hits.first] == hits.last - hits.first
        keep = ~inside & self._allowed(hits, tokens, vocabulary)
        hits = Hits(hits.pattern[keep], hits.first[keep], hits.last[keep])
        keep = longest(hits)
        return Hits(hits.pattern[keep], hits.first[keep], hits.last[keep])

    def _allowed(self, hits: Hits, tokens: Tokens, vocabulary: Vocabulary) -> np.ndarray:
        met = find(self.conditions, tokens, vocabulary)
        clauses: dict[int, set[int]] = {}
        sentences: dict[int, set[int]] = {}
        for pattern, first in zip(met.pattern.tolist(), met.first.tolist(), strict=True):
            clauses.setdefault(pattern, set()).add(int(tokens.clause[first]))
            sentences.setdefault(pattern, set()).add(int(tokens.sentence[first]))
        keep = np.ones(len(hits), dtype=bool)
        for i, (pattern, first) in enumerate(zip(hits.pattern.tolist(), hits.first.tolist(), strict=True)):
            owner = self.owner[pattern]
            clause, sentence = int(tokens.clause[first]), int(tokens.sentence[first])
            if any(clause in clauses.get(c, ()) for c in self.unless.get(owner, ())):
                keep[i] = False
            needs = self.requires.get(owner)
            if needs and not any(sentence in sentences.get(c, ()) for c in needs):
                keep[i] = False
        return keep

    def codes(self, hits: Hits, tokens: Tokens, found: Markers) -> list[tuple[int, int, str, Code]]:
        rows = []
        for pattern, first, last in zip(hits.pattern.tolist(), hits.first.tolist(), hits.last.tolist(), strict=True):
            rule = self.rule(pattern)
            if rule.pole:
                rows += [
                    (first, last, rule.name, c)
                    for c in code(rule, Hit(first, last, self.negates[pattern]), self.axis, tokens, found)
                ]
        return rows
