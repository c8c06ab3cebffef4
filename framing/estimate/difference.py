"""A cell minus a reference that may share stories with it: variance and degrees of freedom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.estimate.cells import Cells
from framing.estimate.influence import Influence, Reals, sum_by_cell
from framing.tables import Bools, Longs

ROUNDING = 1e-12
"""A standard error, or a remainder as a share of the sum it was taken from, below this is rounding."""


@dataclass(frozen=True)
class Difference:
    """K differences: estimate (nan where undefined), standard error, Satterthwaite df, known."""

    estimate: Reals
    error: Reals
    df: Reals
    known: Bools


@dataclass(frozen=True)
class Reference:
    """What a cell *j* is compared with: the difference has effect α·e_js − β·base_s for story *s*.

    base: N, over all stories of the corpus · alpha, beta: weights · df: K, of the reference alone ·
    extra: K, variance of the reference that no story's effect shows.
    """

    base: Reals
    alpha: float
    beta: float
    df: Reals
    extra: Reals


def spread_out(cells: Cells, effect: Reals, keep: Bools, n_stories: int) -> Reals:
    """Sum of the entries' effects per story of the corpus (N), over the cells marked in ``keep`` (K)."""
    chosen = keep[cells.cell]
    total = np.bincount(cells.story[chosen], weights=effect[chosen], minlength=n_stories)
    return total.astype(float)


def variance_and_df(cells: Cells, own: Influence, reference: Reference) -> tuple[Reals, Reals]:
    """Var = Σ_s (α e_js − β base_s)² over all stories: shared stories bring their covariance along.

    df = Var² / (In²/df_j + Out²/df_reference) with In the part of Var over the stories of *j*, Out the
    rest (Satterthwaite 1946). Disjoint cells: exactly Welch's test. The same stories in both: the
    paired test with df_j.
    """
    base = reference.base[cells.story]
    inside = sum_by_cell(cells, (reference.alpha * own.effect - reference.beta * base) ** 2)
    everything = float(np.sum(reference.base**2))
    outside = everything - sum_by_cell(cells, base**2)
    outside = np.where(outside > everything * ROUNDING, outside, 0.0) * reference.beta**2
    outside = outside + reference.extra
    variance = inside + outside
    loss = _ratio(inside**2, own.df) + _ratio(outside**2, reference.df)
    return variance, _ratio(variance**2, loss)


def corpus_relative(cells: Cells, own: Influence, corpus: Cells, whole: Influence, n: int) -> Difference:
    """D* = D − D of all articles of the same voice and part (the cells ``corpus``), per cell."""
    estimate, error, df = (np.full(len(cells), np.nan) for _ in range(3))
    pooled = {(int(v), int(p)): i for i, (v, p) in enumerate(zip(corpus.voice, corpus.part, strict=True))}
    for group in cells.groups():
        place = pooled.get((int(cells.voice[group[0]]), int(cells.part[group[0]])))
        if place is None:
            continue
        one = np.arange(len(corpus)) == place
        base = spread_out(corpus, whole.effect, one, n)
        reference = Reference(base, 1.0, 1.0, np.full(len(cells), whole.df[place]), np.zeros(len(cells)))
        variance, freedom = variance_and_df(cells, own, reference)
        estimate[group] = (own.estimate - whole.estimate[place])[group]
        error[group], df[group] = np.sqrt(variance)[group], freedom[group]
    known = own.known & (np.nan_to_num(error) > ROUNDING)
    return Difference(estimate, error, df, known)


def pooled_variance(cells: Cells, own: Influence, group: Longs) -> tuple[float, float]:
    """Variance of a single story's value within the cells of ``group``, pooled, and its df.

    s² = Σ(n_k − 1)·n_k·v_k / Σ(n_k − 1) (codebook, Small cells: a cell's own variance is 0 for one
    story); nan with 0 df if no cell has two stories.
    """
    several = group[cells.n_stories[group] > 1]
    n = cells.n_stories[several].astype(float)
    variance = sum_by_cell(cells, own.effect**2)[several]
    df = float(np.sum(n - 1))
    return (float(np.sum((n - 1) * n * variance)) / df if df else np.nan), df


def _ratio(above: Reals, below: Reals) -> Reals:
    """above/below, 0 where below is 0."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
