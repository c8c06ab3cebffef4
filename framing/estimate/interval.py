"""Student's t from an estimate, its variance and degrees of freedom; percentiles from draws."""

from __future__ import annotations

import warnings

import numpy as np

from framing.estimate.influence import Reals

POWER = 0.8
"""Power of the smallest detectable difference (codebook, Contrasts)."""
EQUIVALENCE = 0.9
"""Level of the interval that decides on equivalence: two one-sided tests at 5 % (Schuirmann 1987)."""


def t_quantile(probability: float, df: Reals) -> Reals:
    """The quantile of Student's t; nan where df is 0 or nan."""
    from scipy.special import stdtrit  # type: ignore[import-untyped, unused-ignore]

    usable = df > 0
    quantile: Reals = np.where(usable, stdtrit(np.where(usable, df, 1.0), probability), np.nan)
    return quantile


def t_interval(estimate: Reals, error: Reals, df: Reals, level: float) -> tuple[Reals, Reals]:
    """estimate ± t_{(1 + level)/2, df} · standard error."""
    half = t_quantile((1 + level) / 2, df) * error
    return estimate - half, estimate + half


def t_probability(statistic: Reals, df: Reals) -> Reals:
    """Two-sided p of a studentised statistic."""
    from scipy.special import stdtr

    usable = df > 0
    p: Reals = np.where(usable, 2 * stdtr(np.where(usable, df, 1.0), -np.abs(statistic)), np.nan)
    return p


def smallest_detectable(error: Reals, df: Reals, level: float) -> Reals:
    """(t_{(1 + level)/2, df} + t_{.8, df}) · standard error: found with 80 % power."""
    return (t_quantile((1 + level) / 2, df) + t_quantile(POWER, df)) * error


def percentile_interval(draws: Reals, level: float) -> tuple[Reals, Reals]:
    """The (1 ± level)/2 quantiles of the last axis; draws where the value is undefined are left out."""
    tails = [(1 - level) / 2, (1 + level) / 2]
    if not np.isnan(draws).any():
        low, high = _quantiles(draws, tails)
        return low, high
    with warnings.catch_warnings():
        # a value that no draw defines has no interval, which is the answer and no mishap
        warnings.filterwarnings("ignore", message="All-NaN slice")
        low, high = np.nanquantile(draws, tails, axis=-1)
    return low, high


def _quantiles(draws: Reals, tails: list[float]) -> Reals:
    found: Reals = np.quantile(draws, tails, axis=-1)
    return found


def benjamini_hochberg(p: Reals) -> Reals:
    """q_(i) = min_{k ≥ i} p_(k) · m/k (Benjamini & Hochberg 1995); nan stays nan and is not counted.

    Written out because importing scipy.stats for it costs a second.
    """
    q = np.full(len(p), np.nan)
    family = np.flatnonzero(~np.isnan(p))
    order = family[np.argsort(p[family], kind="stable")]
    ratio = p[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum.accumulate(ratio[::-1])[::-1]
    return q
