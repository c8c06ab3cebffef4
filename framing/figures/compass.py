"""Two axes at once: where outlets and companies stand on the first and on the second."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing.figures import style
from framing.figures.cells import largest
from framing.figures.drawn import AxisInfo, Drawn, skip
from framing.figures.labels import place
from framing.figures.material import Material, undrawn
from framing.figures.style import Reals

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT_MM = 98.0
NAME_CHARACTERS = (22, 17, 13)
"""Lengths of names to try, where the longer ones find no room."""


def draw(material: Material) -> Iterator[Drawn]:
    """``compass``: the first axis across, the second up; skipped unless there are two."""
    if len(material.axes) != 2:
        yield skip("compass", f"it needs two axes, the run has {len(material.axes)}")
        return
    x, y = material.axes
    panels = {}
    for side in ("outlet", "actor"):
        table = material.table(side, (side,), (*x.measures, *y.measures))
        table = table.dropna(subset=[y.net]).reset_index(drop=True)
        if not table.empty:
            panels[side] = largest(table, side, material.top)
    if not panels:
        reasons = (undrawn(material.companies, side) for side in ("outlet", "actor"))
        yield skip("compass", "; ".join(reasons))
        return
    yield _compass(material, x, y, panels)


def _compass(material: Material, x: AxisInfo, y: AxisInfo, panels: dict[str, pd.DataFrame]) -> Drawn:
    page = material.page
    width = page.two_column_mm if len(panels) == 2 else page.two_column_mm / 2
    figure = page.figure(width, HEIGHT_MM * page.two_column_mm / 180.0)
    axes = figure.subplots(1, len(panels), squeeze=False)[0]
    for ax, (side, table) in zip(axes, panels.items(), strict=True):
        _panel(ax, table[table["drawn"]], x, y, material.hollow_below)
        ax.text(0.5, 1.01, "outlets" if side == "outlet" else material.actors, **_over(ax), weight="bold")
    figure.draw_without_rendering()
    figure.set_layout_engine(None)  # names are placed on the page as it now is
    homeless = [
        name
        for ax, (side, table) in zip(axes, panels.items(), strict=True)
        for name in _label(ax, table[table["drawn"]], side, x, y, material.hollow_below)
    ]
    tables = [table.rename(columns={side: "name"}).assign(by=side) for side, table in panels.items()]
    numbers = pd.concat(tables, ignore_index=True)
    numbers = numbers[["by", *numbers.columns.drop("by")]]
    files = page.files(figure, f"{x.label} and {y.label}")
    caption = _caption(material, x, y, panels)
    notes = style.foreign(list(numbers.loc[numbers["drawn"], "name"]))
    if homeless:
        room = f"No room for the names of {', '.join(homeless)}."
        caption, notes = f"{caption} {room}", (f"compass: {room}", *notes)
    return Drawn("compass", files, numbers, caption, _alt(material, x, y, panels), notes)


def _over(ax: Axes) -> dict[str, Any]:
    return {"transform": ax.transAxes, "ha": "center", "va": "bottom"}


def _panel(ax: Axes, drawn: pd.DataFrame, x: AxisInfo, y: AxisInfo, hollow_below: int) -> None:
    """Marks with their interval crosses, zero lines, and the ends of both axes."""
    small = (drawn["n_articles"] < hollow_below).to_numpy()
    spots, frames = [], []
    for axis in (x, y):
        value, low, high = (drawn[f"{axis.net}{end}"].to_numpy() for end in ("", "_low", "_high"))
        spots.append((value, low, high))
        # Points matter more than long whiskers here: names need the room.
        least, most = style.limits(value, low, high, 1.5)
        room = 0.08 * (most - least)  # for names beside the outermost marks
        frames.append((least - room, most + room))
    (across, left, right), (up, lower, upper) = spots
    for i in range(len(drawn)):
        ink: dict[str, Any] = {"color": "#A8A8A8", "linewidth": 0.5, "zorder": 1.8}
        style.whisker(ax, up[i], (left[i], right[i]), frames[0], **ink)
        style.whisker(ax, across[i], (lower[i], upper[i]), frames[1], upright=True, **ink)
    style.dots(ax, across, up, small)
    ax.axvline(0, color=style.GREY, linewidth=0.6, zorder=1.5)
    ax.axhline(0, color=style.GREY, linewidth=0.6, zorder=1.5)
    ax.set_xlim(frames[0])
    ax.set_ylim(frames[1])
    ax.locator_params(nbins=5)
    ax.set_xlabel(f"← {x.minus}      net      {x.plus} →")
    ax.set_ylabel(f"← {y.minus}      net      {y.plus} →")


def _label(ax: Axes, drawn: pd.DataFrame, side: str, x: AxisInfo, y: AxisInfo, hollow_below: int) -> list[str]:
    """The names, those with most articles first; a small cell says its n."""
    taken = _quadrants(ax, x, y)
    drawn = drawn.sort_values(["n_articles", side], ascending=[False, True])
    counts = [f" (n {n})" if n < hollow_below else "" for n in drawn["n_articles"]]
    wordings = [
        [name + n for name, n in zip(style.shorten(list(drawn[side]), limit), counts, strict=True)]
        for limit in NAME_CHARACTERS
    ]
    return place(ax, drawn[[x.net, y.net]].to_numpy(), wordings, taken, style.SMALL)


def _quadrants(ax: Axes, x: AxisInfo, y: AxisInfo) -> list[Reals]:
    """What each corner stands for, in grey; gives back the boxes taken, in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    taken: list[Reals] = []
    for at_x, pole_x in ((0.01, x.minus), (0.99, x.plus)):
        for at_y, pole_y in ((0.01, y.minus), (0.99, y.plus)):
            text = ax.text(
                at_x,
                at_y,
                f"{pole_x}\n{pole_y}",
                transform=ax.transAxes,
                ha="left" if at_x < 0.5 else "right",
                va="bottom" if at_y < 0.5 else "top",
                color="#8A8A8A",
                fontsize=style.SMALL,
                style="italic",
            )
            box = text.get_window_extent()
            zero_x, zero_y = ax.transData.transform((0, 0))
            if box.x0 < zero_x < box.x1 or box.y0 < zero_y < box.y1:
                text.remove()  # the quadrant is smaller than its name
                continue
            taken.append(np.asarray(box.extents) * 72.0 / figure.dpi)
    return taken


def _caption(material: Material, x: AxisInfo, y: AxisInfo, panels: dict[str, pd.DataFrame]) -> str:
    scales = " The panels have scales of their own." if len(panels) == 2 else ""
    rest = "".join(
        material.rest(table, "outlets" if side == "outlet" else material.actors) for side, table in panels.items()
    )
    return (
        f"Framing cues in the text: net score on {x.label} (across) and {y.label} (up). "
        f"{material.intervals('Crosses')}{scales} Both poles of each net and the numbers of articles "
        f"are in the table. {material.corpus()}{rest}"
    )


def _alt(material: Material, x: AxisInfo, y: AxisInfo, panels: dict[str, pd.DataFrame]) -> str:
    parts = []
    for side, table in panels.items():
        drawn = table[table["drawn"]]
        both = int(((drawn[x.net] > 0) & (drawn[y.net] > 0)).sum())
        what = "outlets" if side == "outlet" else material.actors
        parts.append(f"{both} of {len(drawn)} {what} lie on the side of both {x.plus} and {y.plus}")
    return f"Scatter plot of the net on {x.label} and on {y.label}: {'; '.join(parts)}."
