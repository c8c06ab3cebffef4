"""From a matched rule to a code: which pole, how strong, in what modality."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from framing.axis import Axis, Rule
from framing.frames import markers as m
from framing.tables import MODALITIES, Tokens

_REACH = 7
"""Tokens a negator or modal reaches forward within its clause."""
_NEAR = 5
"""Tokens between a flip verb and its noun."""
_WITHIN = 3
"""Tokens from a negator inside a cue to the cue's end."""
_STOPS = frozenset({",", ":", "—", "–", "(", ")", "“", "”", '"', "that", "because", "who", "which"})
_MODAL = {
    m.HEDGED: "hedged",
    m.INTENT: "intent",
    m.NEED: "need",
    m.CONDITIONAL: "conditional",
}


@dataclass(frozen=True)
class Code:
    """What one cue asserts. bearer: 0 subject, 1 object, 2 any."""

    pole: str
    strength: int
    modality: str
    negated: bool
    bearer: int


@dataclass(frozen=True)
class Hit:
    """Tokens ``first:last`` that a rule matches. negates: its pattern holds a negation of its own."""

    first: int
    last: int
    negates: bool = False


_BEARER = {"subject": 0, "object": 1, "any": 2}


def code(rule: Rule, hit: Hit, axis: Axis, tokens: Tokens, found: m.Markers) -> list[Code]:
    """The codes of one hit; empty where composition takes its claim away ("no shortages").

    Negation flips (*no longer* keeps the strength, *not* gives 1), flip verbs act on nouns, the
    subordinate clause caps the strength at 1, and one modality weighs each code.
    """
    around = _Around(hit, tokens, found)
    strength = rule.strength if around.main else 1
    pole, negated, bearer, modality = rule.pole, False, _BEARER[rule.bearer], rule.modality
    other = axis.negative if pole == axis.positive else axis.positive
    bad = pole == (axis.burden or axis.negative)
    flip = around.flip(bad) if rule.kind == "noun" else None
    if flip == "purpose" and pole in axis.silent:
        return [Code(pole, 1, "presupposed", False, bearer)]
    if flip:
        pole, negated = other, True
        bearer = bearer if bad else _BEARER["any"]
        strength = 1 if rule.pole in axis.silent else strength
        modality = "intent" if flip == "purpose" else modality
    elif around.before(m.NO_LONGER):
        strength = 1 if pole in axis.silent else strength
        pole, negated = other, True
    elif around.negated():
        if rule.pole in axis.silent:
            return []
        pole, negated, strength = other, True, 1
    modality = modality or around.modality(rule.kind)
    if flip and not bad and modality != "asserted":
        strength = 1
    return [Code(pole, strength, modality, negated, bearer)]


@dataclass(frozen=True)
class _Around:
    """The clause around a hit."""

    hit: Hit
    tokens: Tokens
    found: m.Markers

    @property
    def first(self) -> int:
        return self.hit.first

    @property
    def last(self) -> int:
        return self.hit.last

    @property
    def clause(self) -> int:
        return int(self.tokens.clause[self.first])

    @property
    def main(self) -> bool:
        return bool(self.tokens.clause_main[self.clause])

    def _word(self, token: int) -> str:
        return str(self.tokens.lower[self.tokens.ids[token]])

    def _reaches(self, marker: int, reach: int) -> bool:
        """True if a marker ending at ``marker`` reaches the hit: near, same clause, nothing between that stops."""
        if self.tokens.clause[marker - 1] != self.clause or not 0 <= self.first - marker <= reach:
            return False
        return not any(self._word(t) in _STOPS for t in range(marker, self.first))

    def before(self, *kinds: int) -> bool:
        """True if a marker of these kinds stands before the hit and reaches it, or holds it (*not … any more*)."""
        for kind, first, last in self.found.of(int(self.tokens.sentence[self.first])):
            if kind in kinds and first < self.first and (last >= self.last or self._reaches(last, _REACH)):
                return True
        return False

    def negated(self) -> bool:
        """True under *not, n't, never, fails to …*; under *no, few, little* only right before a noun phrase."""
        denial = self._denial()
        if denial is not None:
            return denial
        if self.before(m.NOT) and not self._only():
            return True
        for marker, first, last in self.found.of(int(self.tokens.sentence[self.first])):
            if marker == m.NO and first and self._word(first - 1) == "a":  # "a few", "a little"
                continue
            if marker == m.NO and last <= self.first and self._reaches(last, 2):
                return True
            within = self.first < first and last < self.last and self.last - last <= _WITHIN
            if marker in (m.NO, m.NOT) and within and not self.hit.negates:  # "faced no new shortages"
                return True
        return False

    def _denial(self) -> bool | None:
        """True under *deny (that)*, False under *not deny*, None where nobody denies."""
        for kind, first, last in self.found.of(int(self.tokens.sentence[self.first])):
            near = kind == m.DENY and self.tokens.clause[first] == self.clause and 0 <= self.first - last <= _REACH + 3
            if near and not any(self._word(t) in _STOPS - {"that"} for t in range(last, self.first)):
                before = {self._word(t) for t in range(max(0, first - 2), first)}
                return not any(word in {"not", "never", "cannot"} or word.endswith("n't") for word in before)
        return None

    def _only(self) -> bool:
        """*not only*, *not just* negate nothing."""
        low = max(0, self.first - _REACH)
        words = [self._word(t) for t in range(low, self.first)]
        return any(a in {"not", "n't"} and b in {"only", "just", "merely"} for a, b in itertools.pairwise(words))

    def flip(self, bad: bool) -> str | None:
        """How a flip verb turns this noun: ``done``, ``purpose`` (*to reduce*), or None."""
        active, passive = (m.CURE, m.CURED) if bad else (m.HARM, m.HARMED)
        for kind, first, last in self.found.of(int(self.tokens.sentence[self.first])):
            if kind == active and last <= self.first and self._reaches(last, _NEAR):
                to = first > 0 and self._word(first - 1) == "to" and self.tokens.clause[first - 1] == self.clause
                return "purpose" if to and not self.before_verb(first) else "done"
            after = kind == passive and 0 <= first - self.last <= 1
            if after and self.tokens.clause[first] == self.clause:
                return "done"
        return None

    def before_verb(self, verb: int) -> bool:
        """True for *managed to*, *helps to*, *able to*: an infinitive that is a fact."""
        lead = self._word(verb - 2) if verb > 1 else ""
        return lead.startswith(("manag", "help", "able", "serv", "continu", "begun", "began", "start", "work"))

    def modality(self, kind: str) -> str:
        """The first modality that holds of the clause at the hit; ``asserted`` if none does.

        A noun is hedged by the modal right after it too: *curbs could hurt*.
        """
        sentence = int(self.tokens.sentence[self.first])
        for marker, first, last in self.found.of(sentence):
            if marker == m.HEDGED and kind == "noun" and first == self.last:
                return _MODAL[marker]
            if marker == m.QUESTION and last >= int(self.tokens.sentences.first_token[sentence + 1]) - 1:
                return "question"
            if marker in _MODAL and last <= self.first and self._reaches(last, _REACH + 3):
                return _MODAL[marker]
            inside = self.first <= first and last <= self.last
            if marker in (m.HEDGED, m.INTENT) and inside and first < self.last and first > self.first:
                return _MODAL[marker]
        return MODALITIES[0]
