"""Tone: VADER's rules with a news overlay, names veiled, quote marks straightened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from framing.kernel import vader as k
from framing.lexicon import Lexicon, vader_digest
from framing.sentiment.baseline import plain
from framing.sentiment.units import Coded, Marks, Units, units
from framing.sentiment.vader import Valences, found, valences
from framing.tables import TONE, Bools, Cues, Mentions, Tokens

_MARKS = Marks()


@dataclass(frozen=True)
class Rules:
    """``sentiment=rules``. ``cut``: the least |tone| that earns a label; null takes the lexicon's.

    ``base``: sha256 of VADER's own lexicon, filled in by itself, so that it enters the signature.
    """

    lexicon: Lexicon
    cut: float | None = None
    base: str = field(default_factory=vader_digest)

    @property
    def threshold(self) -> float:
        """The least |tone| that earns a label."""
        return self.lexicon.cut if self.cut is None else self.cut

    @cached_property
    def _reading(self) -> _Reading:
        own = valences(self.lexicon.valences)
        return _Reading(own, Coded(own, straight=True), _names(own, self.lexicon.valences, self.lexicon.name))

    def __call__(self, tokens: Tokens, mentions: Mentions) -> Cues:
        """Valence cues of the scored sentences: amounts are valences in ten-thousandths."""
        return self._reading.cues(tokens, mentions)


@dataclass(frozen=True)
class Vader:
    """``sentiment=vader``: tone is plain VADER, for comparison; no overlay, nothing veiled."""

    cut: float = 0.05
    base: str = field(default_factory=vader_digest)

    @property
    def threshold(self) -> float:
        """The least |tone| that earns a label (Hutto & Gilbert 2014 use 0.05)."""
        return self.cut

    @cached_property
    def _reading(self) -> _Reading:
        own, coded = plain()
        return _Reading(own, coded, _names(own, {}, ""))

    def __call__(self, tokens: Tokens, mentions: Mentions) -> Cues:
        """Valence cues of the scored sentences: amounts are valences in ten-thousandths."""
        return self._reading.cues(tokens, None)


def _names(lexicon: Valences, overlay: Mapping[str, float], name: str) -> tuple[str, ...]:
    """The rule of each entry of a lexicon, and the one of emphasis."""
    return (*(f"{name if word in overlay else 'vader'}: {word}" for word in lexicon.words), "vader: emphasis")


@dataclass(frozen=True)
class _Reading:
    """How a tool reads sentences: with this lexicon, these codes of words, and these names of rules."""

    lexicon: Valences
    coded: Coded
    rules: tuple[str, ...]

    def cues(self, tokens: Tokens, names: Mentions | None) -> Cues:
        """The cues of the scored sentences; without ``names`` nobody's name is veiled."""
        words, scored = tokens.words, tokens.sentences.scored
        given = units(words.vocabulary, self.coded, words.ids, words.first)
        veiled = np.zeros(len(tokens), dtype=bool)
        if names is not None:
            _veil(given, tokens, names, scored, veiled)
        events, values = found(given, scored, self.lexicon)
        most = len(events) + len(scored)
        first, last, rule, amount = (np.empty(most, dtype=np.int32) for _ in range(4))
        negated = np.empty(most, dtype=bool)
        n = k.cues(
            *(given.codes, events, given.first, values, self.lexicon.valence),
            *(given.word, words.ids, given.bounds, given.rows, words.first_token),
            *(tokens.ids, tokens.vocabulary.trait(_MARKS), veiled, len(self.rules) - 1),
            *(first, last, rule, amount, negated),
        )
        return Cues(
            measures=(TONE,),
            rules=self.rules,
            measure=np.zeros(n, dtype=np.int8),
            rule=rule[:n],
            first=first[:n],
            last=last[:n],
            strength=np.zeros(n, dtype=np.int8),
            modality=np.zeros(n, dtype=np.int8),
            negated=negated[:n],
            bearer=np.full(n, 2, dtype=np.int8),
            amount=amount[:n],
        )


def _veil(given: Units, tokens: Tokens, names: Mentions, scored: Bools, veiled: Bools) -> None:
    """Blanks the words of named actors and, outside titles, of persons inside a sentence: *Prime
    Minister Dick Schoof*, *Hope Chen*. In a title every word has a capital, so there it says nothing."""
    k.veil_names(
        *(names.sentence, names.first, names.last, names.inferred),
        *(given.first, given.word, tokens.words.ids, given.bounds, given.rows, tokens.words.first_token),
        *(given.codes, veiled),
    )
    codes = given.codes
    capitalised = np.flatnonzero((codes[1:] & k.PLAIN).astype(bool))
    candidates = capitalised[codes.take(capitalised) & k.ENDS != 0] + 1
    k.veil_persons(candidates, given.first, scored & ~tokens.sentences.title, given.word, codes)
