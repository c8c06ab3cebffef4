"""Bootstrap intervals of the cells and contrasts of one ``by``, everything recomputed in each draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.estimate.cells import Cells
from framing.estimate.influence import Reals
from framing.estimate.interval import EQUIVALENCE, percentile_interval
from framing.estimate.measures import TOTALS, Measures
from framing.estimate.observations import EXACT
from framing.estimate.resample import Weights, resampled_sums
from framing.estimate.totals import value_of_totals
from framing.tables import Bools, Longs

Pooled = dict[tuple[int, int], Reals]
"""(voice, part) → draws of the net of all articles, axes × draws."""


@dataclass(frozen=True)
class Percentiles:
    """Bounds where a bootstrap was asked for, nan elsewhere.

    low, high: all measures × K · contrast_low, contrast_high, inner_low, inner_high: M × K, at the
    level asked for and at 90 %.
    """

    low: Reals
    high: Reals
    contrast_low: Reals
    contrast_high: Reals
    inner_low: Reals
    inner_high: Reals


def corpus_nets(corpus: Cells, measures: Measures, weights: Weights) -> Pooled:
    """Draws of D of all articles for each voice and part: what D* is relative to."""
    nets = [measures.means.index(f"D_{axis}") for axis in measures.axes]
    return {
        (int(corpus.voice[k]), int(corpus.part[k])): _draw_means(_draw_sums(corpus, k, weights), corpus)[nets]
        for k in range(len(corpus))
    }


def percentiles(
    cells: Cells,
    measures: Measures,
    weights: Weights,
    pooled: Pooled,
    level: float,
    big: Bools,
    wanted: Bools,
) -> Percentiles:
    """Intervals of the cells marked in ``big`` (K) and of the contrasts marked in ``wanted`` (M × K)."""
    rows, k = (len(measures.names), len(measures.means)), len(cells)
    bounds = np.full((2, rows[0], k), np.nan)
    contrasts = np.full((4, rows[1], k), np.nan)
    for group in cells.groups():
        compared = wanted[:, group].any()
        total = np.zeros((rows[1], weights.shape[1]))
        count = np.zeros_like(total)
        kept: dict[int, Reals] = {}
        for cell in group if compared else group[big[group]]:
            sums = _draw_sums(cells, cell, weights)
            means = _draw_means(sums, cells)
            if big[cell]:
                net = pooled.get((int(cells.voice[cell]), int(cells.part[cell])))
                bounds[:, :, cell] = percentile_interval(_all_draws(sums, means, net, measures), level)
            if compared:
                there = cells.valid[:, cell, None] & ~np.isnan(means)
                total += np.where(there, means, 0.0)
                count += there
                if wanted[:, cell].any():
                    kept[int(cell)] = means
        for cell, means in kept.items():
            chosen = np.flatnonzero(wanted[:, cell])
            gap = _gap(means[chosen], total[chosen], count[chosen])
            contrasts[:2, chosen, cell] = percentile_interval(gap, level)
            contrasts[2:, chosen, cell] = percentile_interval(gap, EQUIVALENCE)
    return Percentiles(*bounds, *contrasts)


def _draw_sums(cells: Cells, cell: int, weights: Weights) -> Longs:
    """Resampled sums of every row of values of one cell: C × draws."""
    entries = cells.entries(cell)
    return resampled_sums(cells.values[:, entries], cells.story[entries], weights)


def _draw_means(sums: Longs, cells: Cells) -> Reals:
    """Σa/Σb of each draw: M × draws, nan in a draw that holds no story of the cell."""
    exposure = sums[cells.n_means]
    with np.errstate(invalid="ignore"):
        means: Reals = sums[: cells.n_means] / exposure * cells.unit
    return means


def _all_draws(sums: Longs, means: Reals, net: Reals | None, measures: Measures) -> Reals:
    """Every measure of one cell under each draw, in the order of ``measures.names``."""
    poles = sums[len(measures.means) + 1 :] / EXACT
    totals = [value_of_totals(kind, *poles[list(measures.pair(axis))]) for axis in measures.axes for kind in TOTALS]
    nets = means[[measures.means.index(f"D_{axis}") for axis in measures.axes]]
    relative = nets - net if net is not None else np.full_like(nets, np.nan)
    return np.concatenate([means, np.reshape(totals, (-1, means.shape[1])), relative])


def _gap(means: Reals, total: Reals, count: Reals) -> Reals:
    """A cell's draws minus the mean of the others that the draw holds."""
    with np.errstate(invalid="ignore"):
        gap: Reals = means - (total - means) / (count - 1)
    return gap
