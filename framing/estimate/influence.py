"""Estimate, influence of each story, degrees of freedom: computed here and nowhere else.

An estimator of a later day only has to give an ``Influence``; intervals and contrasts follow.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from framing.estimate.cells import Cells
from framing.estimate.observations import EXACT
from framing.tables import Bools

Reals = npt.NDArray[np.float64]

EQUAL = 5 / EXACT
"""Story values closer than this are equal: they are held to 1/EXACT."""


@dataclass(frozen=True)
class Influence:
    """One measure of K cells with S (cell, story) entries.

    estimate: K, nan where undefined · effect: S, scaled so that a cell's variance is the sum of its
    squares · df: K, Satterthwaite · known: K, True where there is an interval (two stories or more,
    not all equal).
    """

    estimate: Reals
    effect: Reals
    df: Reals
    known: Bools


def sum_by_cell(cells: Cells, values: Reals) -> Reals:
    """Sums over the entries of each cell (S → K), in entry order."""
    sums: Reals = np.bincount(cells.cell, weights=values, minlength=len(cells)).astype(float)
    return sums


def mean_influence(cells: Cells, mean: int, design: tuple[Reals, Reals]) -> Influence:
    """The mean θ = Σa/Σb of each cell, with effect (a − θb)/Σb · √factor per story.

    ``design``: factor and df of ``mean_design``; with every b = 1 the variance is s²/n, df n − 1.
    """
    a, b = cells.values[mean], cells.values[cells.n_means]
    exposure = cells.totals(cells.n_means)
    theta = cells.totals(mean) / exposure
    factor, df = design
    cell = cells.cell
    effect = (a - theta[cell] * b) / exposure[cell] * cells.unit * np.sqrt(factor)[cell]
    story_value = a / b * cells.unit
    known = (cells.n_stories > 1) & (_spread(cells, story_value) > EQUAL) & cells.valid[mean]
    estimate = np.where(cells.valid[mean], theta * cells.unit, np.nan)
    return Influence(estimate, np.where(known[cell], effect, 0.0), df, known)


def mean_design(cells: Cells) -> tuple[Reals, Reals]:
    """Small-sample factor and Satterthwaite degrees of freedom of each cell's mean (K, K).

    Working model: stories are independent with equal variance, a_s = b_s(θ + ε_s). Then the raw
    variance Σ(a − θb)²/B² is ε'Mε/B² with M = (I − w1')D(I − 1w'), w = b/B, D = diag(b²);
    factor = Σb²/tr M makes it unbiased and df = (tr M)²/tr M² (Bell & McCaffrey 2002; Pustejovsky &
    Tipton 2018). With b = 1: n/(n − 1) and n − 1.
    """
    mean = cells.totals(cells.n_means) / cells.n_stories
    b = cells.values[cells.n_means] / mean[cells.cell]
    total = cells.n_stories.astype(float)
    two, three, four, five = (sum_by_cell(cells, b**power) for power in (2, 3, 4, 5))
    wd, ww = three / total, two / total**2
    trace = two - 2 * wd + two * ww
    square = four + 2 * (two * four / total**2 - 2 * five / total)
    square += 2 * (wd**2 + ww * four) - 4 * two * wd * ww + (two * ww) ** 2
    several = cells.n_stories > 1
    factor = np.divide(two, trace, out=np.zeros_like(two), where=several)
    return factor, np.divide(trace**2, square, out=np.zeros_like(two), where=several)


def smooth_influence(cells: Cells, estimate: Reals, effect: Reals) -> Influence:
    """A smooth function of a cell's totals, from its linearised story effects (delta method).

    effect_s = Σ_j ∂g/∂T_j · t_js (S), centred in the cell and scaled by √(n/(n − 1)); df = n − 1.
    """
    n = cells.n_stories.astype(float)
    cell = cells.cell
    centred = effect - (sum_by_cell(cells, effect) / n)[cell]
    factor = np.divide(n, n - 1, out=np.zeros_like(n), where=n > 1)
    scaled = centred * np.sqrt(factor)[cell]
    known = (n > 1) & ~np.isnan(estimate) & (np.sqrt(sum_by_cell(cells, scaled**2)) > EQUAL)
    return Influence(estimate, np.where(known[cell], scaled, 0.0), n - 1, known)


def _spread(cells: Cells, values: Reals) -> Reals:
    """Largest minus smallest story value of each cell."""
    if not len(cells):
        return np.zeros(0)
    first = cells.start[:-1]
    spread: Reals = np.maximum.reduceat(values, first) - np.minimum.reduceat(values, first)
    return spread
