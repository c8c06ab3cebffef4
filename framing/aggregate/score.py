"""The stated function from evidence to scores (codebook, Scores).

* A pole: the **largest** amount (strength/2 × modality weight) of the pole's cues.
* A tone: x/√(x² + 15) of the **sum** x of the valences (VADER's normalisation), to four digits.

Of a sentence: over its cues, each once however many actors share it. Of an actor in a sentence:
over the cues assigned to that actor. Both take and give whole ten-thousandths.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.tables import (
    SCALE,
    TONE,
    VOICE_GROUPS,
    VOICES,
    WHOLE,
    Bools,
    Bytes,
    Evidence,
    Longs,
    Mentions,
    Tokens,
    Voices,
)

Reals = npt.NDArray[np.float64]

NORMALISATION = 15.0
"""alpha in x/√(x² + alpha), Hutto & Gilbert (2014)."""
_GROUPS = [[VOICES.index(voice) for voice in group] for group in VOICE_GROUPS.values()]


def tone_of(valences: Longs) -> Longs:
    """Tone of summed valences: ten-thousandths in, ten-thousandths in [−10000, 10000] out."""
    tones = np.zeros(valences.shape, dtype=np.int64)
    some = np.nonzero(valences != 0)  # most sentences have no tone in most voices
    x = valences[some] / SCALE
    tones[some] = np.rint(x / np.sqrt(x * x + NORMALISATION) * SCALE)
    return tones


def label_of(score: Longs, cut: float | Reals) -> Longs:
    """−1, 0 or 1: the sign of a score where its size reaches ``cut`` (in units)."""
    return np.where(np.abs(score) >= cut * SCALE, np.sign(score), 0)


def poles_of(unit: Longs, pole: Longs, amount: Longs, units: int, poles: int) -> Longs:
    """Largest amount of each pole in each unit, shape (poles, units); 0 where there is no cue."""
    table = np.zeros(poles * units, dtype=np.int64)
    np.maximum.at(table, pole * units + unit, amount)
    return table.reshape(poles, units)


def summed(unit: Longs, amount: Longs, units: int) -> Longs:
    """Sums of whole amounts by unit, exact."""
    total = np.zeros(units, dtype=np.int64)
    np.add.at(total, unit, amount)
    return total


@dataclass(frozen=True)
class Scores:
    """Scores of the units of a shard by group of voices: its sentences, then each actor named in a sentence.

    sentence, actor: of each unit (``WHOLE`` for the sentence as such) · unit: of each mention · heard: shape
    (groups, sentences), whether a group speaks there · pole_row, tone_row: of each unit, 0 without such cues ·
    poles: shape (groups, poles, pole rows) · tone: shape (groups, tone rows). Rows 0 are zero; groups are
    those of ``VOICE_GROUPS``.
    """

    sentence: Longs
    actor: Longs
    unit: Longs
    heard: Bools
    pole_row: Longs
    poles: Longs
    tone_row: Longs
    tone: Longs


def scores(tokens: Tokens, mentions: Mentions, voices: Voices, evidence: Evidence, poles: tuple[str, ...]) -> Scores:
    """The scores of a shard, from its evidence."""
    n, many = len(tokens.sentences), max(len(mentions.names), 1)
    pairs, pair = np.unique(mentions.sentence.astype(np.int64) * many + mentions.actor, return_inverse=True)
    sentence, voice = tokens.sentence[evidence.first].astype(np.int64), voices.token[evidence.first]
    # each cue counts once for its sentence, and for each actor it is about
    own = np.flatnonzero(evidence.actor >= 0)
    once = np.flatnonzero(np.diff(evidence.cue, prepend=-1))
    entry = np.concatenate([once, own])
    unit = np.concatenate([sentence[once], n + np.searchsorted(pairs, sentence[own] * many + evidence.actor[own])])
    number = {name: i for i, name in enumerate((*poles, TONE))}
    measure = np.array([number.get(name, -1) for name in evidence.measures], dtype=np.int64)[evidence.measure[entry]]
    amount = evidence.amount[entry].astype(np.int64)
    codes, tones = np.flatnonzero((measure >= 0) & (measure < len(poles))), np.flatnonzero(measure == len(poles))
    pole_row, place, rows = _rows(unit[codes], voice[entry[codes]], n + len(pairs))
    largest = poles_of(place, measure[codes], amount[codes], len(VOICES) * rows, len(poles))
    largest = largest.reshape(len(poles), len(VOICES), rows)
    tone_row, place, rows = _rows(unit[tones], voice[entry[tones]], n + len(pairs))
    valences = summed(place, amount[tones], len(VOICES) * rows).reshape(len(VOICES), rows)
    spoken = np.zeros((len(VOICES), n), dtype=bool)
    spoken[voices.clause, np.repeat(np.arange(n), np.diff(tokens.sentences.first_clause))] = True
    spoken[voice, sentence] = True  # a clause gets one voice, a cue keeps its token's: a quoted word counts as a quote
    return Scores(
        sentence=np.concatenate([np.arange(n), pairs // many]),
        actor=np.concatenate([np.full(n, WHOLE), pairs % many]),
        unit=n + pair,
        heard=np.stack([spoken[group].any(axis=0) for group in _GROUPS]),
        pole_row=pole_row,
        poles=np.stack([largest[:, group].max(axis=1) for group in _GROUPS]),
        tone_row=tone_row,
        tone=np.stack([tone_of(valences[group].sum(axis=0)) for group in _GROUPS]),
    )


def _rows(unit: Longs, voice: Bytes, units: int) -> tuple[Longs, Longs, int]:
    """Row of each unit (from 1 on for those of some cues, 0 for the others), place of each cue, number of rows.

    unit, voice: of each cue; its place is that in a flat table of shape (voices, rows).
    """
    row = np.zeros(units, dtype=np.int64)
    row[unit] = 1
    row *= np.cumsum(row)
    rows = int(row.max(initial=0)) + 1
    return row, voice * np.int64(rows) + row[unit], rows
