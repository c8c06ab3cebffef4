"""How every figure looks, and how it becomes bytes: paper sizes, colours, names, whiskers, stamp."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

Reals = npt.NDArray[np.float64]

INCH_MM = 25.4
# Okabe & Ito (2008), Color Universal Design: told apart by every common form of colour blindness.
PLUS, MINUS = "#0072B2", "#D55E00"
SOURCES, OUTLET = "#CC79A7", "#009E73"
INK, GREY, PALE = "#1A1A1A", "#6B6B6B", "#DEDEDE"
SMALL = 6.0
"""Size in points of everything that is not a name or a label; nothing is smaller than 5.5."""

LOOK: dict[str, Any] = {
    # DejaVu Sans is shipped with matplotlib: the same glyphs on every machine.
    "font.family": "DejaVu Sans",
    "font.size": 7.0,
    "axes.labelsize": 7.0,
    "axes.titlesize": 7.0,
    "xtick.labelsize": 6.5,
    "ytick.labelsize": 7.0,
    "legend.fontsize": 6.5,
    "axes.linewidth": 0.5,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "grid.linewidth": 0.4,
    "hatch.linewidth": 0.4,
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "xtick.major.size": 2.0,
    "ytick.major.size": 2.0,
    "lines.linewidth": 0.8,
    "legend.frameon": False,
    "text.parse_math": False,  # an outlet may be called "A$B$"
    "axes.unicode_minus": True,
    "pdf.fonttype": 42,  # whole outlines, which journals ask for
    "ps.fonttype": 42,
    "svg.fonttype": "path",  # text looks the same where the font is missing
    "svg.hashsalt": "framing",  # otherwise ids in the file are drawn at random
}


@contextmanager
def look() -> Iterator[None]:
    """Within this block matplotlib draws in our style, whatever the user's own settings say."""
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        # A name in a script the font lacks is drawn as boxes; `foreign` says so in the notes.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(LOOK)  # type: ignore[arg-type]
        yield


@dataclass(frozen=True)
class Page:
    """Paper and ink: the widths of a column in mm, the formats, dots per inch, and the stamp."""

    one_column_mm: float
    two_column_mm: float
    formats: tuple[str, ...]
    dpi: int
    stamp: str | None

    def figure(self, width_mm: float, height_mm: float) -> Figure:
        """An empty page of this size, laid out so that nothing is cut off."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        size = (width_mm / INCH_MM, height_mm / INCH_MM)
        figure = Figure(figsize=size, dpi=self.dpi, layout="constrained")
        FigureCanvasAgg(figure)
        engine = figure.get_layout_engine()
        assert engine is not None
        strip = 3.2 / height_mm if self.stamp else 0.0
        engine.set(w_pad=1 / INCH_MM, h_pad=1 / INCH_MM, rect=(0, strip, 1, 1 - strip))  # type: ignore[call-arg]
        if self.stamp:
            where: dict[str, Any] = {"ha": "right", "va": "bottom", "fontsize": SMALL, "style": "italic"}
            figure.text(1 - 1 / width_mm, 0.8 / height_mm, self.stamp, color=GREY, **where)
        return figure

    def files(self, figure: Figure, title: str) -> dict[str, bytes]:
        """The bytes of the figure in each format, without a date, a host or a version in them."""
        metadata: dict[str, dict[str, str | None]] = {
            "pdf": {"CreationDate": None, "Producer": None, "Creator": None, "Title": title},
            "svg": {"Date": None, "Creator": None, "Title": title},
            "png": {"Software": None},
        }
        if figure.get_layout_engine() is not None:
            figure.draw_without_rendering()
            figure.set_layout_engine(None)  # laid out once: the same in every format, and faster
        files = {}
        for suffix in self.formats:
            buffer = io.BytesIO()
            figure.savefig(buffer, format=suffix, metadata=metadata.get(suffix), dpi=self.dpi)
            files[suffix] = buffer.getvalue()
        return files


def diverging() -> LinearSegmentedColormap:
    """From the negative pole's colour over white to the positive one's, of like lightness."""
    from matplotlib.colors import LinearSegmentedColormap

    stops = [MINUS, "#F0B48C", "#FFFFFF", "#8CBBDB", PLUS]
    return LinearSegmentedColormap.from_list("framing", stops)


def shorten(names: Sequence[str], limit: int) -> list[str]:
    """Each name on one line of at most ``limit`` characters, with an ellipsis where some are left out.

    Names that would look alike keep their ends too, or else get a number.
    """
    whole = [" ".join(name.split()) or "(unnamed)" for name in names]
    short = [n if len(n) <= limit else n[: limit - 1].rstrip() + "…" for n in whole]
    half = (limit - 1) // 2
    for i, name in enumerate(whole):
        if short.count(short[i]) > 1 and len(name) > limit:
            short[i] = name[: limit - 1 - half].rstrip() + "…" + name[-half:].lstrip()
    seen: dict[str, int] = {}
    for i, name in enumerate(short):
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            short[i] = f"{name[: limit - 4]} ({seen[name]})"
    return short


def foreign(names: Sequence[str]) -> tuple[str, ...]:
    """A note if some names hold characters the font lacks (drawn as boxes), else nothing."""
    from matplotlib import font_manager

    glyphs = font_manager.get_font(font_manager.findfont("DejaVu Sans")).get_charmap()
    lacking = sorted({name for name in names if any(ord(c) not in glyphs for c in name if c.isprintable())})
    return (f"the font lacks characters of: {', '.join(lacking)}",) if lacking else ()


def limits(values: Reals, low: Reals, high: Reals, most_medians: float = 3.0) -> tuple[float, float]:
    """Ends of an axis that show 0, every value, and the intervals of usual width.

    One cell of two articles can have an interval of ±1; those more than ``most_medians`` times as
    wide as the median are cut at the frame (see `whisker`) rather than let them press all others
    into a point.
    """
    width = high - low
    known = np.isfinite(width)
    usual = known & (width <= most_medians * np.median(width[known])) if known.any() else known
    shown = np.concatenate([[0.0], values, low[usual], high[usual]])
    shown = shown[np.isfinite(shown)]
    least, most = float(shown.min()), float(shown.max())
    if most - least < 0.1:
        least, most = (least + most - 0.1) / 2, (least + most + 0.1) / 2
    air = 0.06 * (most - least)
    # no score leaves [−1, 1], so no axis need show what an interval of two articles claims beyond
    return max(least - air, -1.06), min(most + air, 1.06)


def whisker(
    ax: Axes,
    at: float,
    ends: tuple[float, float],
    frame: tuple[float, float],
    *,
    upright: bool = False,
    **ink: Any,
) -> None:
    """One interval as a line; an arrow head where it runs out of the frame. None, if it has no ends."""
    low, high = ends
    if not (np.isfinite(low) and np.isfinite(high)):
        return
    line = [max(low, frame[0]), min(high, frame[1])]
    style: dict[str, Any] = {"color": INK, "linewidth": 0.8, "solid_capstyle": "butt", "zorder": 2} | ink
    ax.plot([at, at] if upright else line, line if upright else [at, at], **style)
    heads = [
        (low < frame[0], frame[0], "v" if upright else "<"),
        (high > frame[1], frame[1], "^" if upright else ">"),
    ]
    for cut, edge, head in heads:
        if cut:
            place = (at, edge) if upright else (edge, at)
            ax.plot(*place, marker=head, markersize=2.5, color=style["color"], clip_on=False, zorder=2)


def dots(ax: Axes, x: Reals, y: Reals, small: npt.NDArray[np.bool_], colour: str = INK) -> None:
    """Marks of the cells: filled, or hollow where there are few articles."""
    face = np.where(small, "white", colour)
    ax.scatter(x, y, s=14, c=face, edgecolors=colour, linewidths=0.8, zorder=3)
