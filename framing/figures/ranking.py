"""Outlets, or companies, in the order of their net: interval, both poles, counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framing.figures import style
from framing.figures.cells import largest
from framing.figures.drawn import AxisInfo, Drawn, skip
from framing.figures.material import Material, signed, undrawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_MM, HEAD_MM = 4.4, 20.0
NAME_CHARACTERS = 34


def draw(material: Material) -> Iterator[Drawn]:
    """``ranking_AXIS`` for outlets and ``ranking_actors_AXIS`` for companies, one pair an axis."""
    for axis in material.axes:
        yield _ranking(material, axis, "outlet", f"ranking_{axis.name}")
        yield _ranking(material, axis, "actor", f"ranking_actors_{axis.name}")


def _ranking(material: Material, axis: AxisInfo, side: str, name: str) -> Drawn:
    table = material.table(side, (side,), axis.measures)
    if table.empty:
        return skip(name, undrawn(material.companies, side))
    split = material.split(side, side, axis.net)
    for voice, own in split.items():
        names = {axis.net: f"{axis.net}_{voice}", "n_articles": f"n_articles_{voice}"}
        table = table.merge(own[[side, *names]].rename(columns=names), on=side, how="left")
    table = largest(table, side, material.top)
    table = table.sort_values(["drawn", axis.net, side], ascending=[False, False, True], ignore_index=True)
    drawn = table[table["drawn"]]
    figure = material.page.figure(material.page.two_column_mm, HEAD_MM + ROW_MM * max(len(drawn), 2))
    net, poles, counts = figure.subplots(1, 3, sharey=True, width_ratios=[1.25, 1, 0.44])
    _rows(net, drawn, side)
    _net(net, drawn, axis, material.hollow_below, tuple(split), material.percent)
    _poles(poles, drawn, axis, material.hollow_below)
    _counts(counts, drawn)
    what = "outlets" if side == "outlet" else material.actors
    caption = _caption(material, axis, what, bool(split)) + material.rest(table, what)
    files = material.page.files(figure, f"Ranking of {what}: {axis.label}")
    return Drawn(
        name,
        files,
        table,
        caption + material.nameless(side, side),
        _alt(drawn, axis, side, what),
        style.foreign(list(drawn[side])),
    )


def _rows(ax: Axes, drawn: pd.DataFrame, side: str) -> None:
    """Names down the shared axis, the largest net on top."""
    ax.set_yticks(range(len(drawn)), style.shorten(list(drawn[side]), NAME_CHARACTERS))
    ax.set_ylim(max(len(drawn), 2) - 0.4, -0.6)


def _net(
    ax: Axes, drawn: pd.DataFrame, axis: AxisInfo, hollow_below: int, voices: tuple[str, ...], percent: str
) -> None:
    """The net with its whisker; small marks for the outlet's own words and for sources."""
    value, low, high = (drawn[f"{axis.net}{end}"].to_numpy() for end in ("", "_low", "_high"))
    small = (drawn["n_articles"] < hollow_below).to_numpy()
    # A voice of few articles would need a whisker of its own to be read, so it stays in the table.
    split = [
        drawn[f"{axis.net}_{voice}"].where(drawn[f"n_articles_{voice}"] >= hollow_below).to_numpy() for voice in voices
    ]
    frame = style.limits(np.concatenate([value, *split]), low, high)
    place = np.arange(len(drawn), dtype=float)
    for at, ends in zip(place, zip(low, high, strict=True), strict=True):
        style.whisker(ax, at, ends, frame)
    style.dots(ax, value, place, small)
    marks = {"outlet": ("own words", "^", style.OUTLET), "sources": ("sources", "D", style.SOURCES)}
    for voice, numbers in zip(voices, split, strict=True):
        label, marker, colour = marks[voice]
        size = 9 if marker == "^" else 6
        ax.scatter(numbers, place + 0.3, s=size, marker=marker, c=colour, linewidths=0, zorder=2.5, label=label)
    ax.set_xlim(frame)
    _ends(ax, axis, f"net: {axis.plus} − {axis.minus}")
    if voices:
        ax.scatter([], [], s=14, c=style.INK, label=f"all voices, {percent} interval")
        handles, labels = ax.get_legend_handles_labels()
        figure = ax.get_figure(root=True)
        assert figure is not None
        order = [2, 0, 1]
        figure.legend([handles[i] for i in order], [labels[i] for i in order], loc="outside lower left", ncols=3)


def _poles(ax: Axes, drawn: pd.DataFrame, axis: AxisInfo, hollow_below: int) -> None:
    """Both poles as a diverging pair of bars with their intervals: the negative one to the left."""
    place = np.arange(len(drawn), dtype=float)
    solid = (drawn["n_articles"] >= hollow_below).to_numpy()
    pairs = {}
    for pole, sign in ((axis.negative, -1.0), (axis.positive, 1.0)):
        value, low, high = (sign * drawn[f"{pole}{end}"].to_numpy() for end in ("", "_low", "_high"))
        pairs[sign] = value, np.minimum(low, high), np.maximum(low, high)
    reach = max(max(map(abs, style.limits(value, low, high))) for value, low, high in pairs.values())
    for sign, (value, low, high) in pairs.items():
        colour = style.PLUS if sign > 0 else style.MINUS
        face = [colour if big else "white" for big in solid]
        ax.barh(place, np.nan_to_num(value), height=0.5, color=face, edgecolor=colour, linewidth=0.6)
        for at, ends in zip(place, zip(low, high, strict=True), strict=True):
            # Apart, because near 0 the intervals of both poles overlap.
            style.whisker(ax, at + 0.1 * sign, ends, (-reach, reach), linewidth=0.6, zorder=4)
    ax.set_xlim(-reach, reach)
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.2g}")
    _ends(ax, axis, "each pole")


def _ends(ax: Axes, axis: AxisInfo, label: str) -> None:
    """A zero line, a light grid, and the name of the pole at either end."""
    from matplotlib.ticker import MaxNLocator

    ax.axvline(0, color=style.GREY, linewidth=0.6, zorder=1.5)
    ax.grid(axis="both")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.set_title(f"← {axis.minus}", loc="left", color=style.MINUS, pad=3)
    ax.set_title(f"{axis.plus} →", loc="right", color=style.PLUS, pad=3)
    ax.set_xlabel(label)


def _counts(ax: Axes, drawn: pd.DataFrame) -> None:
    """Numbers of articles and stories, right-aligned like a table."""
    ax.axis("off")
    where: dict[str, Any] = {"ha": "right", "fontsize": 6.5}
    for column, x, head in (("n_articles", 0.47, "articles"), ("n_stories", 1.0, "stories")):
        ax.text(x, 1.0, head, transform=ax.transAxes, va="bottom", **where)
        for at, number in enumerate(drawn[column]):
            ax.text(x, at, f"{number:,}", transform=ax.get_yaxis_transform(), va="center", **where)


def _caption(material: Material, axis: AxisInfo, what: str, split: bool) -> str:
    own = "Triangles: the outlets' own words; diamonds: the words of sources; "
    own = f"{own}both where they are in at least {material.hollow_below} articles. " if split else ""
    return (
        f"Framing cues in the text, {axis.label}: {what} by net score "
        f"({axis.plus} − {axis.minus}, mean over articles), with both poles beside it. "
        f"{material.intervals()} {own}{material.corpus()}"
    )


def _alt(drawn: pd.DataFrame, axis: AxisInfo, side: str, what: str) -> str:
    first, last = drawn.iloc[0], drawn.iloc[-1]
    return (
        f"Dot plot of {len(drawn)} {what} by net score on {axis.label}, from {first[side]} "
        f"({signed(first[axis.net])}) to {last[side]} ({signed(last[axis.net])})."
    )
