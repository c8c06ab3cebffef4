"""Law of chance: 95 % intervals cover the truth, and pretending that copies are independent does not."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest

from framing.estimate import Estimate
from framing.tables import ARTICLES, scores_schema

AXES = {"axis": ("plus", "minus")}
TRUTH = 0.3 * 0.5 * (2 / 6) - 0.15 * 0.5 * (2 / 6)
"""Mean net: a pole is in 30 % (15 %) of the stories, then in Beta(2, 4) of the sentences, at strength 1/2."""
N_SENTENCES = 40


def stories(rng: np.random.Generator, size: tuple[int, int]) -> dict[str, npt.NDArray[np.floating[Any]]]:
    """Zero-heavy, skewed sums of the two poles: outlets × stories."""
    sums: dict[str, npt.NDArray[np.floating[Any]]] = {}
    for pole, share in (("sum_plus", 0.3), ("sum_minus", 0.15)):
        rate = np.where(rng.random(size) < share, rng.beta(2, 4, size), 0)
        sums[pole] = rng.binomial(N_SENTENCES, rate) * 0.5
    return sums


def intervals(replications: int, per_outlet: int, seed: int, copies: str) -> tuple[float, float, set[str]]:
    """Share of outlets whose interval of D covers the truth; the same for an i.i.d. interval.

    Every outlet is one replication with stories of its own, each carried 1–5 times, word for word.
    """
    rng = np.random.default_rng(seed)
    sums = stories(rng, (replications, per_outlet))
    times = rng.choice([1, 2, 5], size=replications * per_outlet, p=[0.5, 0.3, 0.2])
    story = np.repeat(np.arange(replications * per_outlet), times)
    outlet = story // per_outlet
    ids = pa.array([f"{i:07d}" for i in range(len(story))])
    columns: dict[str, Any] = {"article": ids, "outlet": outlet.astype(str), "story": story.astype(str)}
    articles = _table(ARTICLES, columns | {"copy": np.full(len(story), "original")})
    fixed = {"actor": "*", "voice": "all", "part": "body", "n": N_SENTENCES, "sum_tone": 0.0}
    columns = {"article": ids} | {key: np.full(len(story), value) for key, value in fixed.items()}
    columns |= {pole: values.ravel()[story] for pole, values in sums.items()}
    tool = Estimate(by=("outlet",), voices=("all",), copies=copies, draws=1000)  # type: ignore[arg-type]
    none = pa.table({name: pa.array([], pa.string()) for name in ("actor", "outlet", "kind", "country")})
    estimates, *_ = tool(_table(scores_schema(("plus", "minus"), ("axis",)), columns), articles, none, none, AXES)
    rows = [row for row in estimates.to_pylist() if row["measure"] == "D_axis"]
    covered = np.mean([row["low"] <= TRUTH <= row["high"] for row in rows if row["low"] is not None])
    net = (sums["sum_plus"] - sums["sum_minus"]).ravel()[story] / N_SENTENCES
    naive = [
        abs(values.mean() - TRUTH) <= 1.96 * values.std(ddof=1) / np.sqrt(len(values))
        for values in np.split(net, np.flatnonzero(np.diff(outlet)) + 1)
    ]
    return float(covered), float(np.mean(naive)), {row["interval_method"] for row in rows}


def _table(schema: pa.Schema, columns: dict[str, Any]) -> pa.Table:
    """A table of ``schema`` with nulls where no column is given."""
    rows = len(columns["article"])
    arrays = [pa.array(columns.get(f.name, pa.nulls(rows, f.type))).cast(f.type) for f in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


@pytest.mark.parametrize(
    ("per_outlet", "method", "copies"),
    [(30, "t", "one_per_story"), (30, "t", "all"), (80, "percentile", "one_per_story")],
)
def test_intervals_cover_where_independence_does_not(per_outlet: int, method: str, copies: str) -> None:
    covered, naive, methods = intervals(600, per_outlet, 11, copies)
    assert methods == {method}
    assert 0.90 < covered < 0.98
    assert naive < 0.88 < covered


@pytest.mark.slow
@pytest.mark.parametrize("per_outlet", [30, 60, 80])
def test_coverage_over_four_thousand_replications(per_outlet: int) -> None:
    covered = np.mean([intervals(500, per_outlet, seed, "one_per_story")[0] for seed in range(8)])
    assert 0.93 < covered < 0.965
