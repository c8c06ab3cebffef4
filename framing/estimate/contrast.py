"""Each cell of a one-sided ``by`` against the unweighted mean of the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.estimate.cells import Cells
from framing.estimate.difference import (
    ROUNDING,
    Difference,
    Reference,
    pooled_variance,
    spread_out,
    variance_and_df,
)
from framing.estimate.influence import Influence, Reals, sum_by_cell
from framing.tables import Bools, Longs


@dataclass(frozen=True)
class Against:
    """One measure of K cells against the others of the same voice and part.

    difference: nan where there are no others · n_reference: distinct stories of the others ·
    effective: K, how many equally weighted stories the others' mean is worth.
    """

    difference: Difference
    n_reference: Longs
    effective: Reals


def against_others(cells: Cells, own: Influence, n_stories: int) -> Against:
    """θ_j − Σ_{k≠j} θ_k/(K − 1) for each cell; ``n_stories``: N of the corpus.

    A reference cell with one story is part of the mean; its variance is the pooled within-cell one.
    No interval where the cell itself has none, or where nothing is known about any other.
    """
    shape = len(cells)
    estimate, error, df, effective = (np.full(shape, np.nan) for _ in range(4))
    known, n_reference = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=np.int64)
    for group in cells.groups():
        members = group[~np.isnan(own.estimate[group])]
        if len(members) < 2:
            continue
        keep = np.isin(np.arange(shape), members)
        others = len(members) - 1
        theta = own.estimate[members]
        estimate[members] = theta - (theta.sum() - theta) / others
        reference, informed = _others(cells, own, members, keep, n_stories)
        variance, freedom = variance_and_df(cells, own, reference)
        error[members], df[members] = np.sqrt(variance[members]), freedom[members]
        known[members] = (own.known & informed & (error > ROUNDING))[members]
        distinct, worth = _reference_size(cells, members, keep, n_stories)
        n_reference[members], effective[members] = distinct[members], worth[members]
    return Against(Difference(estimate, error, df, known), n_reference, effective)


def _others(cells: Cells, own: Influence, members: Longs, keep: Bools, n_stories: int) -> tuple[Reference, Bools]:
    """The reference of each member, and whether any of its cells has a variance of its own.

    Effect of story *s* on the difference: e_js·K/(K − 1) − Σ_k e_ks/(K − 1). df of the reference
    alone: (Σ_{k≠j} v_k)² / Σ_{k≠j} v_k²/df_k; cells with one story enter as one component.
    """
    k = len(members)
    variance = np.where(keep, sum_by_cell(cells, own.effect**2), 0.0)
    lost = np.divide(variance**2, own.df, out=np.zeros_like(variance), where=own.df > 0)
    single = keep & (cells.n_stories == 1)
    alone, alone_df = pooled_variance(cells, own, members)
    alone = alone if alone_df else 0.0
    singles = (single.sum() - single) * alone
    rest, rest_lost = _without(variance) + singles, _without(lost)
    rest_lost = rest_lost + (singles**2 / alone_df if alone_df else 0.0)
    df = np.divide(rest**2, rest_lost, out=np.zeros_like(rest), where=rest_lost > 0)
    base = spread_out(cells, own.effect, keep, n_stories)
    reference = Reference(base, k / (k - 1), 1 / (k - 1), df, singles / (k - 1) ** 2)
    informed = (own.known & keep).sum() - (own.known & keep) > 0
    return reference, informed


def _without(values: Reals) -> Reals:
    """Sum of all values but each one's own, 0 where only rounding is left."""
    total = float(values.sum())
    rest = total - values
    return np.where(rest > total * ROUNDING, rest, 0.0)


def _reference_size(cells: Cells, members: Longs, keep: Bools, n_stories: int) -> tuple[Longs, Reals]:
    """Distinct stories of the others, and their effective number 1/Σ_s w_s² (Kish 1965), K each.

    w_s = Σ_{k≠j, k∋s} 1/((K − 1) n_k): one cell of a single story among large ones weighs as much
    as each of them, and makes the mean worth few stories.
    """
    entry_weight = 1 / cells.n_stories[cells.cell]
    held = spread_out(cells, np.ones(len(cells.story)), keep, n_stories)
    weight = spread_out(cells, entry_weight, keep, n_stories)
    only_here = sum_by_cell(cells, (held[cells.story] == 1).astype(float))
    distinct = np.count_nonzero(held) - only_here.astype(np.int64)
    here = weight[cells.story]
    squares = np.sum(weight**2) - sum_by_cell(cells, here**2 - (here - entry_weight) ** 2)
    return distinct, (len(members) - 1) ** 2 / np.maximum(squares, 1e-300)
