"""Estimates as the rows of tables: one row a cell, one column a measure, small cells marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framing.report.entries import BY_ACTOR, BY_BOTH, BY_OUTLET
from framing.report.material import Axis, Material, printed

POOLED = "*"
SMALL = 10
"""Articles under which a cell is drawn hollow (codebook, Small cells)."""
CHOICE: dict[str, Any] = {
    "part": "body",
    "copies": "one_per_story",
    "weight": "article",
    "estimator": "naive",
    "corrected": False,
    "voice": "all",
}
"""What the tables show of each cell, where the run holds it; the panel of a cell shows the others."""
WIDTH, HEIGHT = 60.0, 14.0
"""Size of the interval drawn beside a number, px."""


@dataclass(frozen=True)
class Column:
    """One measure of a table. ``drawn``: an interval stands beside the number; ``limit`` is its scale."""

    measure: str
    label: str
    drawn: bool
    limit: float = 1.0


@dataclass(frozen=True)
class Value:
    """One number with its interval; empty where the codebook leaves it undefined."""

    estimate: float | None
    low: float | None
    high: float | None
    column: Column

    @property
    def text(self) -> str:
        """The estimate with three decimals."""
        return "–" if self.estimate is None else number(self.estimate)

    @property
    def interval(self) -> str:
        """``[low, high]``, or that there is none."""
        if self.low is None or self.high is None:
            return "" if self.estimate is None else "no interval"
        return f"[{number(self.low)}, {number(self.high)}]"

    def place(self, value: float | None) -> str:
        """Where a value stands in the drawing, px; 0 is in the middle."""
        share = max(-1.0, min(1.0, (value or 0.0) / self.column.limit))
        return f"{WIDTH / 2 * (1 + share * 0.94):.1f}"


@dataclass(frozen=True)
class Row:
    """One cell."""

    outlet: str
    actor: str
    values: tuple[Value, ...]
    articles: int
    stories: int
    sentences: int

    def side(self, name: str) -> str:
        """The value of a side (``outlet``, ``actor.country``) as printed; ``*`` is all of them."""
        value = self.actor if name.startswith("actor") else self.outlet
        return f"all ({name})" if value == POOLED else value

    def opens(self, sides: Sequence[str]) -> bool:
        """True unless a side is pooled: such a cell has no list of sentences of its own."""
        return POOLED not in [self.actor if side == "actor" else self.outlet for side in sides]

    @property
    def small(self) -> bool:
        """True under ten articles."""
        return self.articles < SMALL


@dataclass(frozen=True)
class Table:
    """The estimates by one division; ``opens``: its numbers open their sentences.

    left_out: cells beyond the most that are shown, those with most articles first.
    """

    by: str
    sides: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    left_out: int
    opens: bool


def number(value: float) -> str:
    """Three decimals with a true minus sign; zero has none."""
    text = f"{value:.3f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def chosen(estimates: pd.DataFrame, voice: bool = True) -> tuple[pd.DataFrame, list[str]]:
    """The estimates that follow ``CHOICE``, and what was taken where the run does not hold it."""
    remarks = []
    for column, wanted in CHOICE.items():
        if estimates.empty or (column == "voice" and not voice):
            continue
        counts = estimates[column].value_counts()
        found = wanted if wanted in counts.index else sorted(counts[counts == counts.max()].index)[0]
        if found != wanted:
            remarks.append(f"{column} {found}")
        estimates = estimates[estimates[column] == found]
    return estimates, remarks


def tables(material: Material, most: int) -> list[Table]:
    """A table for each division that the estimates hold: outlets, companies, both, then the others."""
    shown, _ = chosen(material.estimates)
    divisions = list(pd.unique(shown["by"]))
    first = [by for by in (BY_OUTLET, BY_ACTOR, BY_BOTH) if by in divisions]
    return [_table(material.axes, shown, by, most) for by in first + sorted(set(divisions) - set(first))]


def _table(axes: Sequence[Axis], shown: pd.DataFrame, by: str, most: int) -> Table:
    rows = shown[shown["by"] == by]
    columns = _columns(axes, rows, by)
    keys = ["outlet", "actor"]
    counts = rows.sort_values("n_articles", ascending=False, kind="stable").drop_duplicates(keys)
    counts = counts.sort_values(["n_articles", *keys], ascending=[False, True, True])
    found = {
        (outlet, actor, measure): (_real(estimate), _real(low), _real(high))
        for outlet, actor, measure, estimate, low, high in rows[
            [*keys, "measure", "estimate", "low", "high"]
        ].itertuples(index=False)
    }
    made = []
    sizes = ["n_articles", "n_stories", "n_sentences"]
    for outlet, actor, *n in counts.head(most)[[*keys, *sizes]].itertuples(index=False, name=None):
        values = tuple(
            Value(*found.get((outlet, actor, column.measure), (None, None, None)), column) for column in columns
        )
        made.append(Row(outlet, actor, values, *map(int, n)))
    sides = tuple(by.split(" × "))
    opens = by in (BY_OUTLET, BY_ACTOR, BY_BOTH)
    return Table(by, sides, columns, tuple(made), max(0, len(counts) - most), opens)


def _columns(axes: Sequence[Axis], rows: pd.DataFrame, by: str) -> tuple[Column, ...]:
    """D and its poles of each axis (a net is never read without them), then tone or sentiment."""
    columns = []
    for axis in axes:
        columns.append((f"D_{axis.name}", f"{axis.label} (D)", True))
        columns += [(pole, printed(pole), False) for pole in (axis.positive, axis.negative)]
    columns.append(("tone", "tone", True) if "actor" not in by else ("sentiment", "sentiment", True))
    held = set(rows["measure"])
    return tuple(
        Column(measure, label, drawn, _limit(rows[rows["measure"] == measure]))
        for measure, label, drawn in columns
        if measure in held
    )


def _limit(rows: pd.DataFrame) -> float:
    """The largest value of a column, intervals included, so that all its drawings share a scale."""
    values = np.abs(rows[["estimate", "low", "high"]].to_numpy(float))
    limit = float(np.max(values, initial=0.0, where=~np.isnan(values)))
    return limit or 1.0


def _real(value: Any) -> float | None:
    return None if value is None or value is pd.NA or value != value else float(value)


def readings(material: Material, shown: Sequence[Table]) -> dict[str, Any]:
    """All estimates of the cells in the tables, for the panels: other voices, estimators, weights.

    ``{"fields": […], "words": […], "rows": [[by, outlet, actor, measure, …]]}``, words as numbers.
    """
    fields = [
        "by",
        "outlet",
        "actor",
        "measure",
        "voice",
        "copies",
        "weight",
        "part",
        "estimator",
        "corrected",
    ]
    measures = {column.measure for table in shown for column in table.columns}
    cells = {(table.by, row.outlet, row.actor) for table in shown if table.opens for row in table.rows}
    words: dict[str, int] = {}
    rows = []
    numbers = ["estimate", "low", "high", "n_articles", "n_stories"]
    held = material.estimates[material.estimates["measure"].isin(measures)]
    for record in held[[*fields, *numbers]].itertuples(index=False, name=None):
        if tuple(record[:3]) in cells:
            coded = [words.setdefault(str(value), len(words)) for value in record[: len(fields)]]
            values = [_real(value) for value in record[len(fields) :]]
            rows.append(coded + [None if v is None else round(v, 5) for v in values])
    return {"fields": fields, "words": list(words), "rows": rows}


def contrasts(material: Material, most: int) -> tuple[list[dict[str, str]], int]:
    """The clearest comparisons (smallest q, then largest difference), and how many are left out."""
    held, _ = chosen(material.contrasts)
    nets = [f"D_{axis.name}" for axis in material.axes] + ["tone", "sentiment"]
    held = held[held["measure"].isin(nets)]
    size = held["difference"].astype(float).abs()
    order = held.assign(size=-size, q=held["q"].astype(float)).sort_values(["q", "size"], kind="stable")
    labels = {f"D_{axis.name}": f"{axis.label} (D)" for axis in material.axes}
    rows: list[dict[Any, Any]] = order.head(most).to_dict("records")
    return [_contrast(row, labels) for row in rows], max(0, len(held) - most)


def _contrast(row: dict[Any, Any], labels: dict[str, str]) -> dict[str, str]:
    """One comparison as printed."""
    cells = [(row["outlet"], row["actor"]), (row["reference_outlet"], row["reference_actor"])]
    cell, against = (" × ".join(str(s) for s in sides if str(s) != "*") or "all" for sides in cells)
    low, high = _real(row["low"]), _real(row["high"])
    equal = row["equivalent"]
    return {
        "cell": cell,
        "against": against if against != "all" else "mean of the others",
        "measure": labels.get(row["measure"], str(row["measure"])),
        "difference": _or_dash(row["difference"]),
        "interval": f"[{number(low)}, {number(high)}]" if low is not None and high is not None else "none",
        "p": _or_dash(row["p"]),
        "q": _or_dash(row["q"]),
        "equivalent": "–" if _real(equal) is None else "yes" if equal else "no",
        "detectable": _or_dash(row["smallest_detectable"]),
        "n": f"{int(row['n_stories'])} / {int(row['n_stories_reference'])}",
    }


def _or_dash(value: Any) -> str:
    found = _real(value)
    return "–" if found is None else number(found)
