"""Company by outlet: the net as a colour, both poles as a pair of thin bars, n in every cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.figures import style
from framing.figures.drawn import AxisInfo, Drawn, skip
from framing.figures.material import Material, signed
from framing.figures.style import Reals

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.cm import ScalarMappable

BY = "outlet × actor"
CELL_MM, HEAD_MM = 7.6, 34.0
LEAST = 3
"""Rows and columns the page has room for at least, or a single cell would fill it."""


def draw(material: Material) -> Iterator[Drawn]:
    """``heatmap_AXIS`` for each axis."""
    for axis in material.axes:
        yield _heatmap(material, axis, f"heatmap_{axis.name}")


def _heatmap(material: Material, axis: AxisInfo, name: str) -> Drawn:
    table = material.table(BY, ("outlet", "actor"), axis.measures)
    if table.empty:
        return skip(name, f"no {material.actor} × outlet has an estimate")
    rows = _order(material, axis, table, "actor", material.heatmap[0])
    columns = _order(material, axis, table, "outlet", material.heatmap[1])
    table = table.assign(drawn=table["actor"].isin(rows) & table["outlet"].isin(columns))
    drawn = table[table["drawn"]]
    figure = material.page.figure(*_size(material, len(rows), len(columns)))
    ax = figure.subplots()
    colours = _colours(drawn, axis, material.hollow_below)
    cells = _Cells(ax, axis, colours, drawn)
    cells.draw(rows, columns, material.hollow_below, _reach(drawn, axis))
    _names(ax, rows, columns)
    _key(ax, colours, axis)
    table = table.sort_values(["drawn", "actor", "outlet"], ascending=[False, True, True], ignore_index=True)
    caption = _caption(material, axis, table)
    files = material.page.files(figure, f"{material.actors} by outlet: {axis.label}")
    alt = _alt(drawn, axis, material.actors, len(rows), len(columns))
    return Drawn(name, files, table, caption, alt, style.foreign([*rows, *columns]))


def _size(material: Material, rows: int, columns: int) -> tuple[float, float]:
    """Width and height in mm: two columns, or narrower where there are few outlets."""
    width = min(material.page.two_column_mm, max(material.page.one_column_mm, 62.0 + 15.0 * columns))
    return width, HEAD_MM + CELL_MM * max(rows, LEAST)


def _order(material: Material, axis: AxisInfo, table: pd.DataFrame, side: str, most: int) -> list[str]:
    """The names with most articles, in the order of their own net, so that structure can be seen."""
    n = table.groupby(side)["n_articles"].sum()
    names = sorted(n.index, key=lambda name: (-int(n[name]), name))[:most]
    own = material.cells.wide(side, (side,), (axis.net,)).set_index(side)[axis.net]
    return sorted(names, key=lambda name: (-float(own.get(name, -np.inf)), name))


def _colours(drawn: pd.DataFrame, axis: AxisInfo, hollow_below: int) -> ScalarMappable:
    """Limits symmetric about 0; a few extreme small cells do not set them, they may lie beyond the ends."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    size = drawn[axis.net].abs()
    solid = size[drawn["n_articles"] >= hollow_below]
    most = max(float(part) for part in (0.0, solid.max(), size[size > 0].quantile(0.9)) if part == part)
    most = max(np.ceil(most * 20) / 20, 0.1)
    return ScalarMappable(Normalize(-most, most), style.diverging())


def _reach(drawn: pd.DataFrame, axis: AxisInfo) -> float:
    """The pole that fills half a cell."""
    most = float(np.nan_to_num(drawn[[axis.positive, axis.negative]].to_numpy()).max())
    return most or 1.0


class _Cells:
    """The cells of one heatmap: columns and rows by name, colours, what a full bar stands for."""

    def __init__(self, ax: Axes, axis: AxisInfo, colours: ScalarMappable, drawn: pd.DataFrame) -> None:
        self.ax, self.axis, self.drawn = ax, axis, drawn
        self.paper = colours.to_rgba(drawn[axis.net].to_numpy())
        # Rec. 709 luma: white ink on dark cells, black on light ones.
        dark = self.paper[:, :3] @ [0.2126, 0.7152, 0.0722] < 0.5
        self.ink = np.where(dark, "white", style.INK)

    def draw(self, rows: list[str], columns: list[str], hollow_below: int, reach: float) -> None:
        """Every cell: colour, hatch if small, net over n, and the poles along its foot."""
        x = self.drawn["outlet"].map(columns.index).to_numpy(dtype=float)
        y = self.drawn["actor"].map(rows.index).to_numpy(dtype=float)
        small = (self.drawn["n_articles"] < hollow_below).to_numpy()
        self._boxes(x - 0.5, y - 0.5, 1.0, 1.0, facecolor=self.paper, edgecolor="#C4C4C4", linewidth=0.4)
        hatch = {"facecolor": "none", "hatch": "//////", "edgecolor": "#9A9A9A", "linewidth": 0}
        self._boxes(x[small] - 0.47, y[small] - 0.46, 0.94, 0.92, **hatch)
        for pole, sign in ((self.axis.negative, -1.0), (self.axis.positive, 1.0)):
            length = sign * 0.46 * np.nan_to_num(self.drawn[pole].to_numpy()) / reach
            self._boxes(x, y + 0.34, length, 0.1, facecolor=self.ink, linewidth=0, zorder=4)
        self._boxes(x - 0.006, y + 0.31, 0.012, 0.16, facecolor=self.ink, linewidth=0, zorder=5)
        self._words(x, y, small)

    def _boxes(self, x: Reals, y: Reals, width: float | Reals, height: float, **ink: Any) -> None:
        """Rectangles as one collection: hundreds of single patches take seconds to draw."""
        from matplotlib.collections import PolyCollection

        right, bottom = x + width, y + height
        corners = [np.stack(corner, axis=-1) for corner in ((x, y), (right, y), (right, bottom), (x, bottom))]
        self.ax.add_collection(PolyCollection(list(np.stack(corners, axis=1)), **ink))

    def _words(self, x: Reals, y: Reals, small: npt.NDArray[np.bool_]) -> None:
        """The net over n; bold where the interval excludes 0."""
        net = self.axis.net
        sure = ((self.drawn[f"{net}_low"] > 0) | (self.drawn[f"{net}_high"] < 0)).to_numpy()
        for i, (value, n) in enumerate(zip(self.drawn[net], self.drawn["n_articles"], strict=True)):
            # Cells lie inside the axes, so the layout need not measure them; a hatch must not cross a number.
            patch = {"facecolor": self.paper[i], "edgecolor": "none", "pad": 0.6} if small[i] else None
            text: dict[str, Any] = {"ha": "center", "va": "center", "color": self.ink[i], "bbox": patch}
            weight = "bold" if sure[i] else "normal"
            words = (
                self.ax.text(x[i], y[i] - 0.2, signed(value), fontsize=6.5, weight=weight, **text),
                self.ax.text(x[i], y[i] + 0.14, f"n {_brief(n)}", fontsize=5.5, **text),
            )
            for word in words:
                word.set_in_layout(False)


def _brief(number: int) -> str:
    """A count that fits a cell: 1,204 in full, 23351 as 23k."""
    return f"{number:,}" if number < 10_000 else f"{number / 1000:,.0f}k"


def _names(ax: Axes, rows: list[str], columns: list[str]) -> None:
    """Companies down the side, outlets slanted along the top."""
    ax.set_xlim(-0.5, max(len(columns), LEAST) - 0.5)
    ax.set_ylim(max(len(rows), LEAST) - 0.5, -0.5)
    ax.set_yticks(range(len(rows)), style.shorten(rows, 28))
    ax.xaxis.tick_top()
    slant: dict[str, Any] = {"rotation": 40, "ha": "left", "rotation_mode": "anchor"}
    ax.set_xticks(range(len(columns)), style.shorten(columns, 26), **slant)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _key(ax: Axes, colours: ScalarMappable, axis: AxisInfo) -> None:
    """The colour bar, with the pole at either end."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    bar = figure.colorbar(colours, ax=ax, orientation="horizontal", shrink=0.6, aspect=40, pad=0.02, extend="both")
    bar.outline.set_linewidth(0.4)
    bar.set_label(f"← {axis.minus}     net: {axis.plus} − {axis.minus}     {axis.plus} →")


def _caption(material: Material, axis: AxisInfo, table: pd.DataFrame) -> str:
    left = int((~table["drawn"]).sum())
    rest = f" {left} further cells, of names with fewer articles, are in the table only." if left else ""
    return (
        f"Framing cues in the text, {axis.label}: net score ({axis.plus} − {axis.minus}) of "
        f"{material.actors} by outlet, over n articles; blank where there is none. "
        f"Bars at the foot of a cell: {axis.minus} to the left, {axis.plus} to the right. "
        f"Bold: the {material.percent} interval, {material.clusters}, excludes 0 (not adjusted for the "
        f"number of cells); the intervals are in the table. Hatched: fewer than {material.hollow_below} "
        f"articles. {material.corpus()}{rest}"
    )


def _alt(drawn: pd.DataFrame, axis: AxisInfo, actors: str, rows: int, columns: int) -> str:
    order = drawn.sort_values([axis.net, "actor", "outlet"])
    top, low = order.iloc[-1], order.iloc[0]
    return (
        f"Heatmap of {rows} {actors} by {columns} outlets on {axis.label}: from {signed(low[axis.net])} "
        f"({low['actor']}, {low['outlet']}) to {signed(top[axis.net])} ({top['actor']}, {top['outlet']})."
    )
