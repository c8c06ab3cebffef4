"""The estimator ``naive``: the plain means and totals of each cell, and their default contrasts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from framing.estimate.cells import Cells
from framing.estimate.contrast import Against, against_others
from framing.estimate.difference import Difference, corpus_relative
from framing.estimate.influence import Influence, Reals, mean_design, mean_influence, sum_by_cell
from framing.estimate.interval import (
    EQUIVALENCE,
    benjamini_hochberg,
    smallest_detectable,
    t_interval,
    t_probability,
)
from framing.estimate.measures import TOTALS, Measures
from framing.estimate.percentile import Percentiles, Pooled, corpus_nets, percentiles
from framing.estimate.resample import Weights, story_weights
from framing.estimate.tabulate import METHODS, Bounds, Comparison
from framing.estimate.totals import totals_influence
from framing.tables import Bools


@dataclass(frozen=True)
class Chance:
    """How intervals are made (the fields of ``Estimate`` of the same names)."""

    draws: int
    level: float
    seed: int
    percentile_from: int
    smallest_effect: float | None


@dataclass(frozen=True)
class Ground:
    """What every ``by`` shares: cells of all articles, their nets, and the one draw of story weights.

    weights: N × draws, N × 0 where no cell can reach ``percentile_from`` stories.
    """

    measures: Measures
    corpus: Cells
    nets: dict[str, Influence]
    n_stories: int
    weights: Weights
    pooled: Pooled


def lay_ground(corpus: Cells, measures: Measures, n_stories: int, chance: Chance) -> Ground:
    """Nets of all articles, and the draws if the corpus is large enough for any."""
    design = mean_design(corpus)
    nets = {axis: mean_influence(corpus, measures.means.index(f"D_{axis}"), design) for axis in measures.axes}
    draws = chance.draws if n_stories >= chance.percentile_from else 0
    weights = story_weights(n_stories, draws, chance.seed)
    pooled = corpus_nets(corpus, measures, weights) if draws else {}
    return Ground(measures, corpus, nets, n_stories, weights, pooled)


def measure_cells(cells: Cells, ground: Ground, chance: Chance) -> tuple[Bounds, Comparison | None]:
    """Every measure of every cell, and for a one-sided ``by`` each cell against the others."""
    against: list[Against] = []
    found: list[Difference] = []
    net: dict[str, Influence] = {}
    design = mean_design(cells)
    for mean, name in enumerate(ground.measures.means):
        influence = mean_influence(cells, mean, design)
        found.append(_alone(cells, influence))
        net |= {axis: influence for axis in ground.measures.axes if name == f"D_{axis}"}
        if cells.by.one_sided:
            against.append(against_others(cells, influence, ground.n_stories))
    for axis in ground.measures.axes:
        pair = ground.measures.pair(axis)
        found += [_alone(cells, totals_influence(cells, kind, pair)) for kind in TOTALS]
    for axis, influence in net.items():
        whole = ground.nets[axis]
        found.append(corpus_relative(cells, influence, ground.corpus, whole, ground.n_stories))

    big: Bools = cells.n_stories >= chance.percentile_from
    wanted = np.zeros((len(ground.measures.means), len(cells)), dtype=bool)
    for mean, each in enumerate(against):
        wanted[mean] = big & (each.effective >= chance.percentile_from) & each.difference.known
    drawn = percentiles(cells, ground.measures, ground.weights, ground.pooled, chance.level, big, wanted)
    table = _Stack(found)
    bounds = table.bounds(np.tile(big, (len(found), 1)), drawn.low, drawn.high, chance.level)
    return bounds, _compare(cells, against, wanted, drawn, chance) if against else None


def _alone(cells: Cells, influence: Influence) -> Difference:
    """A cell by itself, with standard error √Σ effect²."""
    error = np.sqrt(sum_by_cell(cells, influence.effect**2))
    return Difference(influence.estimate, error, influence.df, influence.known)


class _Stack:
    """Several differences as arrays, one row each."""

    def __init__(self, found: Iterable[Difference]) -> None:
        rows = list(found)
        self.estimate = np.stack([row.estimate for row in rows])
        self.known: Bools = np.stack([row.known for row in rows])
        self.error = np.where(self.known, np.stack([row.error for row in rows]), np.nan)
        self.df = np.where(self.known, np.stack([row.df for row in rows]), np.nan)

    def bounds(self, big: Bools, low: Reals, high: Reals, level: float) -> Bounds:
        """Percentile bounds where ``big``, Student's t elsewhere, null where nothing is known."""
        t_low, t_high = t_interval(self.estimate, self.error, self.df, level)
        method = np.where(self.known, np.where(big, METHODS.index("percentile"), METHODS.index("t")), 0)
        low, high = np.where(big, low, t_low), np.where(big, high, t_high)
        return Bounds(self.estimate, np.where(self.known, low, np.nan), np.where(self.known, high, np.nan), method)


def _compare(cells: Cells, against: list[Against], wanted: Bools, drawn: Percentiles, chance: Chance) -> Comparison:
    """Intervals, p, q and equivalence of the contrasts.

    p is that of the studentised statistic whatever the interval; a family of q is by × measure ×
    voice × part, without the contrasts that have no p.
    """
    table = _Stack(each.difference for each in against)
    bounds = table.bounds(wanted, drawn.contrast_low, drawn.contrast_high, chance.level)
    inner = table.bounds(wanted, drawn.inner_low, drawn.inner_high, EQUIVALENCE)
    p = t_probability(table.estimate / table.error, table.df)
    q = np.full_like(p, np.nan)
    for group in cells.groups():
        q[:, group] = [benjamini_hochberg(family) for family in p[:, group]]
    equivalent = np.full_like(p, np.nan)
    if chance.smallest_effect is not None:
        inside = (inner.low > -chance.smallest_effect) & (inner.high < chance.smallest_effect)
        equivalent = np.where(table.known, inside.astype(float), np.nan)
    detectable = smallest_detectable(table.error, table.df, chance.level)
    n_reference = np.stack([each.n_reference for each in against])
    return Comparison(bounds, p, q, equivalent, detectable, n_reference)
