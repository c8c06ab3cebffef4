"""Balance, log-odds and ambivalence: functions of a cell's totals P and M, never means of ratios.

Each story has weight 1; missing where P + M = 0 (codebook, Scores). Log-odds: Lowe et al. 2011.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from framing.estimate.cells import Cells
from framing.estimate.influence import Influence, Reals, smooth_influence
from framing.estimate.observations import EXACT

Value = Callable[[Reals, Reals], Reals]
Slope = Callable[[Reals, Reals], tuple[Reals, Reals]]


def balance(p: Reals, m: Reals) -> Reals:
    """B = (P − M)/(P + M + 1)."""
    return (p - m) / (p + m + 1)


def log_odds(p: Reals, m: Reals) -> Reals:
    """θ = ln((P + .5)/(M + .5))."""
    odds: Reals = np.log((p + 0.5) / (m + 0.5))
    return odds


def ambivalence(p: Reals, m: Reals) -> Reals:
    """2 min(P, M)/(P + M), in [0, 1]."""
    both: Reals = 2 * np.minimum(p, m) / (p + m)
    return both


def _balance_slope(p: Reals, m: Reals) -> tuple[Reals, Reals]:
    """∂B/∂P = (2M + 1)/(P + M + 1)², ∂B/∂M = −(2P + 1)/(P + M + 1)²."""
    return (2 * m + 1) / (p + m + 1) ** 2, -(2 * p + 1) / (p + m + 1) ** 2


def _log_odds_slope(p: Reals, m: Reals) -> tuple[Reals, Reals]:
    """∂θ/∂P = 1/(P + .5), ∂θ/∂M = −1/(M + .5)."""
    return 1 / (p + 0.5), -1 / (m + 0.5)


def _ambivalence_slope(p: Reals, m: Reals) -> tuple[Reals, Reals]:
    """±2M/(P + M)² and ∓2P/(P + M)²; upper signs where P ≤ M (at P = M both sides vary alike)."""
    sign = np.where(p <= m, 2.0, -2.0)
    return sign * m / (p + m) ** 2, -sign * p / (p + m) ** 2


FUNCTIONS: dict[str, tuple[Value, Slope]] = {
    "B": (balance, _balance_slope),
    "logodds": (log_odds, _log_odds_slope),
    "ambivalence": (ambivalence, _ambivalence_slope),
}
"""In the order of ``measures.TOTALS``."""


def value_of_totals(kind: str, p: Reals, m: Reals) -> Reals:
    """The measure ``kind`` of totals in units, nan where P + M = 0."""
    some = (p + m) > 0
    value: Reals = np.where(some, FUNCTIONS[kind][0](np.where(some, p, 1.0), m), np.nan)
    return value


def totals_influence(cells: Cells, kind: str, pair: tuple[int, int]) -> Influence:
    """The measure ``kind`` of each cell; ``pair`` are the places of its two poles among the totals."""
    rows = [cells.n_means + 1 + pole for pole in pair]
    positive, negative = (cells.values[row] / EXACT for row in rows)
    p, m = (cells.totals(row) / EXACT for row in rows)
    estimate = value_of_totals(kind, p, m)
    some = (p + m) > 0
    slope_p, slope_m = FUNCTIONS[kind][1](np.where(some, p, 1.0), m)
    effect = np.where(some, slope_p, 0.0)[cells.cell] * positive
    effect += np.where(some, slope_m, 0.0)[cells.cell] * negative
    return smooth_influence(cells, estimate, effect)
