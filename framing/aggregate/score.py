"""The stated function from evidence to scores (codebook, Scores).

* A pole: the **largest** amount (strength/2 × modality weight) of the pole's cues.
* A tone: x/√(x² + 15) of the **sum** x of the valences (VADER's normalisation), to four digits.

Of a sentence: over its cues, each once however many actors share it. Of an actor in a sentence:
over the cues assigned to that actor. Both take and give whole ten-thousandths.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from framing.tables import SCALE, Longs

Reals = npt.NDArray[np.float64]

NORMALISATION = 15.0
"""alpha in x/√(x² + alpha), Hutto & Gilbert (2014)."""


def tone_of(valences: Longs) -> Longs:
    """Tone of summed valences: ten-thousandths in, ten-thousandths in [−10000, 10000] out."""
    x = valences / SCALE
    return np.rint(x / np.sqrt(x * x + NORMALISATION) * SCALE).astype(np.int64)


def poles_of(unit: Longs, pole: Longs, amount: Longs, units: int, poles: int) -> Longs:
    """Largest amount of each pole in each unit, shape (units, poles); 0 where there is no cue."""
    table = np.zeros((units, poles), dtype=np.int64)
    np.maximum.at(table, (unit, pole), amount)
    return table


def summed(unit: Longs, amount: Longs, units: int) -> Longs:
    """Sums of whole amounts by unit, exact."""
    total = np.zeros(units, dtype=np.int64)
    np.add.at(total, unit, amount)
    return total


def label_of(score: Longs, cut: float | Reals) -> Longs:
    """−1, 0 or 1: the sign of a score where its size reaches ``cut`` (in units)."""
    return np.where(np.abs(score) >= cut * SCALE, np.sign(score), 0)
