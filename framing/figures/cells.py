"""Which estimates a figure or table shows: one row a cell, found by name and never computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

POOLED, UNKNOWN, NOBODY = "*", "(unknown)", "(none)"
"""Values of a side that name no outlet and no actor (contract, estimates)."""
UNNAMED = frozenset({POOLED, UNKNOWN, NOBODY, "(undated)"})
COUNTS = ("n_articles", "n_stories", "n_sentences")
TYPES = {
    "estimate": "float64",
    "low": "float64",
    "high": "float64",
    "n_articles": "int64",
    "n_stories": "int64",
    "n_sentences": "int64",
}


@dataclass(frozen=True)
class Choice:
    """The declared choice among the estimates of one cell; see the codebook, *From scores to claims*."""

    voice: str = "all"
    copies: str = "one_per_story"
    weight: str = "article"
    part: str = "body"
    estimator: str = "naive"
    corrected: bool = False


@dataclass(frozen=True)
class Cells:
    """Estimates that all follow one choice, but for the voice.

    rows: as in ``estimates.parquet`` · voice: the one drawn by default · remarks: each choice that
    the run does not hold, with what is drawn in its place.
    """

    rows: pd.DataFrame
    voice: str
    remarks: tuple[str, ...] = ()

    @property
    def voices(self) -> frozenset[str]:
        """The voices that have estimates."""
        return frozenset(self.rows["voice"])

    @property
    def by(self) -> frozenset[str]:
        """The ways in which the articles are divided."""
        return frozenset(self.rows["by"])

    def wide(self, by: str, sides: Sequence[str], measures: Sequence[str], voice: str | None = None) -> pd.DataFrame:
        """One row a cell: the sides, then ``m, m_low, m_high`` of each measure, then the counts.

        Cells without an estimate of the first measure are left out, as are pooled sides and those
        that name nobody. Sorted by name, so that the order of the estimates does not matter.
        """
        rows = self.rows[(self.rows["by"] == by) & (self.rows["voice"] == (voice or self.voice))]
        for side in sides:
            rows = rows[~rows[side].isin(UNNAMED)]
        keys = list(sides)
        first = rows[(rows["measure"] == measures[0]) & rows["estimate"].notna()]
        table = first.drop_duplicates(keys)[[*keys, *COUNTS]]
        for measure in measures:
            own = rows[rows["measure"] == measure].drop_duplicates(keys)
            own = own[[*keys, "estimate", "low", "high"]]
            own.columns = pd.Index([*keys, measure, f"{measure}_low", f"{measure}_high"])
            table = table.merge(own, on=keys, how="left", validate="1:1")
        values = [f"{m}{end}" for m in measures for end in ("", "_low", "_high")]
        table[values] = table[values] + 0.0  # −0.0 is written 0.0 everywhere
        return table[[*keys, *values, *COUNTS]].sort_values(keys, ignore_index=True)


def choose(estimates: pd.DataFrame, choice: Choice) -> Cells:
    """The estimates that follow ``choice``; where the run holds none of them, the nearest it has."""
    rows = estimates.astype(TYPES)
    remarks: list[str] = []
    for column in ("copies", "weight", "part", "estimator", "corrected"):
        wanted = getattr(choice, column)
        found = _nearest(rows[column], wanted)
        if found != wanted:
            remarks.append(f"{column} is {found} (the run has no {wanted})")
        rows = rows[rows[column] == found]
    voice = _nearest(rows["voice"], choice.voice)
    if voice != choice.voice:
        remarks.append(f"voice is {voice} (the run has no {choice.voice})")
    return Cells(rows, str(voice), tuple(remarks))


def _nearest(values: pd.Series[str], wanted: str | bool) -> str | bool:
    """The wanted value, or else the most frequent one (the first by name among equals)."""
    counts = values.value_counts()
    if wanted in counts.index or counts.empty:
        return wanted
    best: str | bool = sorted(counts[counts == counts.max()].index)[0]
    return best


def largest(table: pd.DataFrame, name: str, top: int) -> pd.DataFrame:
    """``table`` with a column ``drawn``: True for the ``top`` rows with most articles."""
    order = table.sort_values(["n_articles", name], ascending=[False, True]).index[:top]
    return table.assign(drawn=table.index.isin(order))
