"""All articles through time: the net with its interval, both poles, numbers of articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.figures import style
from framing.figures.cells import UNNAMED
from framing.figures.drawn import AxisInfo, Drawn, skip
from framing.figures.material import Material, counted, signed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PERIODS = {"week": 52, "month": 12, "quarter": 4, "year": 1}
"""The divisions that are a time, finest first, with how many make a year."""
MOST_PERIODS = 72
"""A figure one column wide can hold so many marks before they run into each other."""


def draw(material: Material) -> Iterator[Drawn]:
    """``timeline_AXIS`` for each axis, by the finest period that fits on the page."""
    for axis in material.axes:
        name = f"timeline_{axis.name}"
        found = _finest(material, axis)
        if found is None:
            yield skip(name, "the run has no estimates by week, month, quarter or year of dated articles")
        else:
            yield _timeline(material, axis, name, *found)


def _finest(material: Material, axis: AxisInfo) -> tuple[str, pd.DataFrame] | None:
    """The period and its cells, with their place on a line of equal periods (``at``).

    Of the periods the run holds it is the finest that fits on the page and whose cells are not
    mostly small; where there is none, the coarsest.
    """
    best = None
    for period, in_a_year in PERIODS.items():
        table = material.cells.wide(period, ("outlet",), axis.measures).rename(columns={"outlet": period})
        at = [_ordinal(str(value), in_a_year) for value in table[period]]
        table = table.assign(at=pd.array(at, dtype="Int64"))
        table = table.dropna(subset=["at"]).sort_values("at", ignore_index=True)
        if table.empty:
            continue
        best = period, table
        span = int(table["at"].iloc[-1] - table["at"].iloc[0])
        if span < MOST_PERIODS and table["n_articles"].median() >= material.hollow_below:
            break
    return best


def _ordinal(value: str, in_a_year: int) -> int | None:
    """Years since 0 in periods: 2023-05 is 24280 of 12, 2023-Q2 is 8093 of 4; null if it is no time."""
    found = re.fullmatch(r"(\d{4})(?:-?[QW]?(\d{1,2}))?", value)
    if not found or (found[2] is None) != (in_a_year == 1):
        return None
    # A year of 53 weeks lends its last one to the next: marks stay in order, none is lost.
    return int(found[1]) * in_a_year + int(found[2] or 1) - 1


def _timeline(material: Material, axis: AxisInfo, name: str, period: str, table: pd.DataFrame) -> Drawn:
    page = material.page
    wide = len(table) > 36
    figure = page.figure(page.two_column_mm if wide else page.one_column_mm, 84)
    net, poles, counts = figure.subplots(3, 1, sharex=True, height_ratios=[2.2, 1.5, 0.9])
    at = table["at"].to_numpy(dtype=float)
    small = (table["n_articles"] < material.hollow_below).to_numpy()
    _net(net, table, at, small, axis)
    _poles(poles, table, at, axis)
    counts.bar(at, table["n_articles"], width=0.8, color=style.GREY, linewidth=0)
    counts.set_ylim(0, 1.22 * float(table["n_articles"].max()))  # room for the numbers
    few = len(at) <= 36
    for place, n in zip(at, table["n_articles"], strict=True) if few else ():
        counts.text(place, n, f"{n}", ha="center", va="bottom", fontsize=5.5)
    counts.set_ylabel("articles")
    counts.locator_params(axis="y", nbins=3, integer=True)
    _ticks(counts, period, at)
    figure.align_ylabels()
    numbers = table.drop(columns="at").assign(drawn=True)
    files = page.files(figure, f"{axis.label} by {period}")
    return Drawn(name, files, numbers, _caption(material, axis, period, at), _alt(table, axis, period))


def _net(
    ax: Axes, table: pd.DataFrame, at: npt.NDArray[np.float64], small: npt.NDArray[np.bool_], axis: AxisInfo
) -> None:
    """The net; line and band run through neighbouring periods only."""
    value, low, high = (table[f"{axis.net}{end}"].to_numpy() for end in ("", "_low", "_high"))
    frame = style.limits(value, low, high)
    for run in _runs(at):
        ax.plot(at[run], value[run], color=style.INK, linewidth=0.8, zorder=2.5)
        ax.fill_between(at[run], low[run], high[run], color="#C9D6DF", linewidth=0, zorder=1.6)
    for i in range(len(at)):
        # A period without neighbours has no band, so it gets a whisker; a band that is cut, arrow heads.
        width = 0.6 if _lonely(i, at, low) else 0.0
        style.whisker(ax, at[i], (low[i], high[i]), frame, upright=True, color="#7F9AAE", linewidth=width)
    style.dots(ax, at, value, small)
    ax.axhline(0, color=style.GREY, linewidth=0.6, zorder=1.7)
    ax.set_ylim(frame)
    ax.grid(axis="y")
    ax.set_ylabel("net")
    ax.set_title(f"↓ {axis.minus}", loc="left", color=style.MINUS, pad=3)
    ax.set_title(f"{axis.plus} ↑", loc="right", color=style.PLUS, pad=3)


def _poles(ax: Axes, table: pd.DataFrame, at: npt.NDArray[np.float64], axis: AxisInfo) -> None:
    """Both poles as lines of their own, named at their last point."""
    for pole, colour, marker in ((axis.positive, style.PLUS, "o"), (axis.negative, style.MINUS, "s")):
        value = table[pole].to_numpy()
        for run in _runs(at):
            ax.plot(at[run], value[run], color=colour, marker=marker, markersize=2, linewidth=0.8)
        ax.plot([], [], color=colour, marker=marker, markersize=2, label=pole.replace("_", "-"))
    top = max(float(np.nan_to_num(table[[axis.positive, axis.negative]].to_numpy()).max()), 0.05)
    ax.set_ylim(-0.04 * top, 1.1 * top)
    ax.grid(axis="y")
    ax.set_ylabel("each pole")
    ax.locator_params(axis="y", nbins=4)
    ax.legend(loc="lower right", bbox_to_anchor=(1, 0.97), ncols=2, borderaxespad=0, borderpad=0)


def _runs(at: npt.NDArray[np.float64]) -> list[npt.NDArray[np.intp]]:
    """Positions cut where a period is missing: a gap is a gap, not a straight line."""
    return np.split(np.arange(len(at)), np.flatnonzero(np.diff(at) > 1) + 1)


def _lonely(i: int, at: npt.NDArray[np.float64], low: npt.NDArray[np.float64]) -> bool:
    """True if no neighbouring period has an interval that a band could run to."""
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(at) and abs(at[j] - at[i]) == 1]
    return not any(np.isfinite(low[j]) for j in beside)


def _ticks(ax: Axes, period: str, at: npt.NDArray[np.float64]) -> None:
    """At most seven dates, at the first of a year where the span allows."""
    in_a_year = PERIODS[period]
    span = int(at[-1] - at[0]) + 1
    steps = [1, 2, 3, 6, *(in_a_year * k for k in (1, 2, 5, 10, 20, 50))]
    step = next(s for s in steps if span / s <= 7)
    first = -(-int(at[0]) // step) * step
    places = list(range(first, int(at[-1]) + 1, step)) or [int(at[0])]
    ax.set_xticks(places, [_date(place, period) for place in places])
    spare = max(6 - span, 0) / 2  # or a single bar would fill the page
    ax.set_xlim(at[0] - 0.7 - spare, at[-1] + 0.7 + spare)


def _date(place: int, period: str) -> str:
    year, part = divmod(place, PERIODS[period])
    forms = {"year": f"{year}", "quarter": f"{year} Q{part + 1}", "month": f"{year}-{part + 1:02d}"}
    return forms.get(period, f"{year}-W{part + 1:02d}")


def _caption(material: Material, axis: AxisInfo, period: str, at: npt.NDArray[np.float64]) -> str:
    missing = int(at[-1] - at[0]) + 1 - len(at)
    gaps = f" Gaps: {counted(missing, period)} without an article." if missing else ""
    rows = material.cells.rows
    rows = rows[(rows["by"] == period) & (rows["voice"] == material.cells.voice) & rows["outlet"].isin(UNNAMED)]
    undated = max(int(rows["n_articles"].max()) if len(rows) else 0, material.undated)
    without = f" {counted(undated, 'article')} without a {period} not drawn." if undated else ""
    return (
        f"Framing cues in the text by {period}, {axis.label}: net score ({axis.plus} − {axis.minus}, mean "
        "over articles), each pole (with intervals in the table), and the number of articles. "
        f"{material.intervals('Band')}{gaps}{without} {material.corpus()}"
    )


def _alt(table: pd.DataFrame, axis: AxisInfo, period: str) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    return (
        f"Line of the net on {axis.label} over {counted(len(table), period)}, from {signed(first[axis.net])} "
        f"in {first[period]} to {signed(last[axis.net])} in {last[period]}."
    )
