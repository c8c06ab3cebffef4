"""Laws of intervals and contrasts: checked against Welch's and the paired test, and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats  # type: ignore[import-untyped, unused-ignore]

from framing.estimate import Estimate
from framing.estimate.cells import Cells
from framing.estimate.grammar import By
from framing.estimate.influence import mean_design
from framing.estimate.interval import benjamini_hochberg
from framing.estimate.totals import FUNCTIONS
from framing.tables import ARTICLES, scores_schema

AXES = {"axis": ("plus", "minus")}
NO_ACTORS = pa.table({name: pa.array([], pa.string()) for name in ("actor", "kind", "country", "sector")})
NO_OUTLETS = pa.table({name: pa.array([], pa.string()) for name in ("outlet", "kind", "country")})


def run(
    groups: dict[str, dict[str, float]], side: str = "outlet", **settings: Any
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows for outlets (or actors) given as name → {story: net}, one article with n = 1000 a story."""
    articles, scores = {}, []
    for name, stories in groups.items():
        for story, net in stories.items():
            key = f"{name}/{story}" if side == "outlet" else story
            outlet = name if side == "outlet" else "Post"
            articles[key] = {"article": key, "outlet": outlet, "story": story, "copy": "original"}
            actors = {"outlet": "*"}.get(side, name)
            sums = {"sum_plus": max(net, 0) * 1000, "sum_minus": max(-net, 0) * 1000, "sum_tone": net * 1000}
            scores.append({"article": key, "actor": actors, "voice": "all", "part": "body", "n": 1000} | sums)
    tool = Estimate(**{"by": (side,), "voices": ("all",)} | settings)
    estimates, contrasts, _ = tool(
        pa.Table.from_pylist(scores, schema=scores_schema(("plus", "minus"), ("axis",))),
        pa.Table.from_pylist(list(articles.values()), schema=ARTICLES),
        NO_ACTORS,
        NO_OUTLETS,
        AXES,
    )
    return estimates.to_pylist(), contrasts.to_pylist()


def nets(rows: list[dict[str, Any]], side: str = "outlet", measure: str = "D_axis") -> dict[str, dict[str, Any]]:
    """Rows of one measure by name."""
    return {row[side]: row for row in rows if row["measure"] == measure}


def draw(name: str, n: int, mean: float, seed: int) -> dict[str, float]:
    """n stories of one outlet with values of four digits."""
    values = np.random.default_rng(seed).normal(mean, 0.2, n).round(4)
    return {f"{name}{i}": float(v) for i, v in enumerate(values)}


def test_two_outlets_without_common_stories_give_welch_s_test() -> None:
    groups = {"A": draw("a", 12, 0.1, 1), "B": draw("b", 31, -0.05, 2)}
    _, contrasts = run(groups)
    row = nets(contrasts)["A"]
    welch = stats.ttest_ind(*(list(g.values()) for g in groups.values()), equal_var=False)
    interval = welch.confidence_interval(0.95)
    assert (row["p"], row["low"], row["high"]) == pytest.approx((welch.pvalue, interval.low, interval.high))
    assert (row["interval_method"], row["n_stories"], row["n_stories_reference"]) == ("t", 12, 31)
    assert (row["reference_outlet"], row["reference_actor"], row["actor"]) == ("(others)", "*", "*")
    mirror = nets(contrasts)["B"]
    assert (mirror["difference"], mirror["p"]) == pytest.approx((-row["difference"], row["p"]))


def test_two_outlets_with_the_same_stories_give_the_paired_test() -> None:
    first = draw("s", 15, 0.1, 1)
    second = {story: round(v + e, 4) for (story, v), e in zip(first.items(), draw("", 15, 0, 5).values(), strict=True)}
    row = nets(run({"A": first, "B": second})[1])["A"]
    assert row["p"] == pytest.approx(stats.ttest_rel(list(first.values()), list(second.values())).pvalue)


def test_one_cell_has_the_interval_of_a_one_sample_t() -> None:
    values = draw("a", 9, 0.1, 3)
    row = nets(run({"A": values})[0])["A"]
    interval = stats.ttest_1samp(list(values.values()), 0).confidence_interval(0.95)
    assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high))


def test_the_reference_is_the_unweighted_mean_of_the_others() -> None:
    groups = {
        "A": draw("a", 10, 0.2, 1),
        "B": draw("b", 20, 0, 2),
        "C": draw("c", 5, 0.4, 3),
        "D": {"d": 0.9},
    }
    rows = nets(run(groups)[1])
    mean = {name: np.mean(list(stories.values())) for name, stories in groups.items()}
    for name, row in rows.items():
        others = np.mean([value for other, value in mean.items() if other != name])
        assert row["difference"] == pytest.approx(mean[name] - others)
    # By hand: v_A + (v_B + v_C + s²)/9, s² the pooled within-cell variance, for D's single story.
    spread = {name: np.var(list(groups[name].values()), ddof=1) for name in "ABC"}
    pooled = (9 * spread["A"] + 19 * spread["B"] + 4 * spread["C"]) / 32
    parts = np.array([spread["A"] / 10, spread["B"] / 20 / 9, spread["C"] / 5 / 9, pooled / 9])
    df = parts.sum() ** 2 / np.sum(parts**2 / np.array([9, 19, 4, 32]))
    half = stats.t.ppf(0.975, df) * np.sqrt(parts.sum())
    assert rows["A"]["high"] - rows["A"]["difference"] == pytest.approx(half)
    detectable = (stats.t.ppf(0.975, df) + stats.t.ppf(0.8, df)) * np.sqrt(parts.sum())
    assert rows["A"]["smallest_detectable"] == pytest.approx(detectable)


def test_a_cell_of_one_story_or_of_equal_stories_has_no_interval_and_no_p() -> None:
    groups = {"A": draw("a", 10, 0, 1), "B": draw("b", 10, 0, 2), "C": {"c": 0.5}, "D": {"d": 0.1, "e": 0.1}}
    for side in ("outlet", "actor"):
        estimates, contrasts = run(groups, side)
        for name in ("C", "D"):
            row, contrast = nets(estimates, side)[name], nets(contrasts, side)[name]
            assert (row["low"], row["high"], row["interval_method"]) == (None, None, "none")
            empty = ("low", "high", "p", "q", "equivalent", "smallest_detectable")
            assert [contrast[key] for key in empty] == [None] * 6
            assert contrast["difference"] is not None
        family = nets(contrasts, side)
        p = sorted(family[name]["p"] for name in ("A", "B"))
        assert sorted(family[name]["q"] for name in ("A", "B")) == pytest.approx([min(2 * p[0], p[1]), p[1]])


def test_q_is_benjamini_and_hochberg_s() -> None:
    # The first five of Benjamini & Hochberg 1995, section 4 have q = p·15/rank by hand.
    p = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240])
    p = np.append(p, [0.4262, 0.5719, 0.6528, 0.7590, 1.0])
    q = benjamini_hochberg(p[::-1])[::-1]
    assert q[:5] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625, 0.0603])
    assert q == pytest.approx(stats.false_discovery_control(p))
    holes = benjamini_hochberg(np.array([0.02, np.nan, 0.03]))
    assert holes == pytest.approx([0.03, np.nan, 0.03], nan_ok=True)


def test_equivalent_needs_a_declared_smallest_effect() -> None:
    groups = {"A": draw("a", 50, 0, 1), "B": draw("b", 50, 0, 2)}
    assert nets(run(groups)[1])["A"]["equivalent"] is None
    assert nets(run(groups, smallest_effect=0.5)[1])["A"]["equivalent"] is True
    assert nets(run(groups, smallest_effect=0.001)[1])["A"]["equivalent"] is False


def test_a_large_contrast_has_percentiles_and_keeps_the_p_of_its_statistic() -> None:
    groups = {"A": draw("a", 80, 0.1, 1), "B": draw("b", 90, 0, 2)}
    row = nets(run(groups)[1])["A"]
    welch = stats.ttest_ind(*(list(g.values()) for g in groups.values()), equal_var=False)
    interval = welch.confidence_interval(0.95)
    assert row["interval_method"] == "percentile"
    assert row["p"] == pytest.approx(welch.pvalue)
    assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high), abs=0.008)
    assert (row["low"], row["high"]) != pytest.approx((interval.low, interval.high))
    # A cell of one story weighs half of the reference: its mean is worth few stories.
    assert nets(run(groups | {"C": {"c": 0.3}})[1])["A"]["interval_method"] == "t"


def test_stories_shared_by_actors_bring_their_covariance() -> None:
    everything = draw("s", 30, 0.1, 1)
    groups = {
        name: {story: round(v + shift, 4) for story, v in list(everything.items())[first:last]}
        for name, first, last, shift in (("A", 0, 20, 0.0), ("B", 10, 30, 0.1), ("C", 5, 12, -0.2))
    }
    effect = {name: dict.fromkeys(everything, 0.0) for name in groups}
    for name, stories in groups.items():
        n, mean = len(stories), np.mean(list(stories.values()))
        for story, value in stories.items():
            effect[name][story] = (value - mean) / n * np.sqrt(n / (n - 1))
    for name, row in nets(run(groups, "actor")[1], "actor").items():
        one, two = (other for other in groups if other != name)
        total = sum((effect[name][s] - (effect[one][s] + effect[two][s]) / 2) ** 2 for s in everything)
        ratio = row["smallest_detectable"] / np.sqrt(total)
        df = np.linspace(1, 60, 60_000)
        assert np.min(np.abs(stats.t.ppf(0.975, df) + stats.t.ppf(0.8, df) - ratio)) < 1e-3
        statistic = row["difference"] / np.sqrt(total)
        freedom = df[np.argmin(np.abs(stats.t.ppf(0.975, df) + stats.t.ppf(0.8, df) - ratio))]
        assert row["p"] == pytest.approx(2 * stats.t.sf(abs(statistic), freedom), rel=0.05)


def test_contrast_percentiles_recompute_both_sides_in_each_draw() -> None:
    groups = {"A": draw("s", 100, 0.1, 1), "B": draw("s", 90, 0, 2), "C": draw("s", 70, 0.2, 3)}
    row = nets(run(groups, draws=200)[1])["B"]
    order = sorted(groups["A"])
    x = np.array([[stories.get(story, np.nan) for story in order] for stories in groups.values()])
    rng = np.random.Generator(np.random.PCG64(20230517))
    means = np.array([np.nanmean(x[:, rng.integers(0, 100, size=100)], axis=1) for _ in range(200)])
    gap = means[:, 1] - (means[:, 0] + means[:, 2]) / 2
    assert (row["low"], row["high"]) == pytest.approx(tuple(np.quantile(gap, [0.025, 0.975])), abs=1e-8)


def test_a_smaller_side_below_sixty_stories_gives_a_t_interval() -> None:
    groups = {"A": draw("a", 59, 0.1, 1), "B": draw("b", 200, 0, 2)}
    assert {row["interval_method"] for row in nets(run(groups)[1]).values()} == {"t"}


def test_factor_and_df_of_unequal_stories_are_those_of_the_quadratic_form() -> None:
    b = np.array([1, 3, 2, 7, 1])
    one, none = np.zeros(1, int), np.zeros((1, 1), bool)
    cells = Cells(
        By(None, None), ("*",), ("*",), one, one, one, one, np.array([0, 5]), np.zeros(5, int), np.arange(5),
        np.stack([b, b]), 1.0, none, one + 5, one + 5, one + 5,
    )  # fmt: skip
    residual = np.eye(5) - np.outer(np.ones(5), b / b.sum())
    form = residual.T @ np.diag(b**2) @ residual
    factor, df = mean_design(cells)
    assert factor[0] == pytest.approx(np.sum(b**2) / np.trace(form))
    assert df[0] == pytest.approx(np.trace(form) ** 2 / np.trace(form @ form))


@pytest.mark.parametrize("kind", list(FUNCTIONS))
@pytest.mark.parametrize(("p", "m"), [(3.0, 1.0), (0.5, 2.0), (4.0, 0.0)])
def test_slopes_of_the_totals_are_derivatives(kind: str, p: float, m: float) -> None:
    value, slope = FUNCTIONS[kind]
    at, step = (np.array([p]), np.array([m])), 1e-6
    numeric = [
        (value(at[0] + step, at[1]) - value(*at)) / step,
        (value(at[0], at[1] + step) - value(*at)) / step,
    ]
    assert np.ravel(slope(*at)) == pytest.approx(np.ravel(numeric), abs=1e-4)
