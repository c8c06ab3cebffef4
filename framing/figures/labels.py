"""Where the names of points go, so that none hides another: a search that always ends the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from framing.figures.style import INK, Reals

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RADII_PT = (4.0, 7.0, 11.0, 16.0, 22.0, 29.0, 37.0, 46.0, 56.0, 70.0, 90.0, 115.0)
DIRECTIONS = 16
ROUNDS = 3
MARK_PT = 3.0
"""Half the width of a mark with air around it."""


@dataclass
class _Board:
    """What is taken already, in points of the page: boxes (x0, y0, x1, y1) and leader lines."""

    frame: Reals
    boxes: list[Reals]
    leaders: list[tuple[Reals, Reals]]

    def free(self, boxes: Reals) -> npt.NDArray[np.bool_]:
        """For each box (a row), True if it lies inside the frame and touches no box that is taken."""
        inside = np.all(boxes[:, :2] >= self.frame[:2], axis=1) & np.all(boxes[:, 2:] <= self.frame[2:], axis=1)
        taken = np.array(self.boxes).reshape(-1, 4)
        below = np.all(taken[None, :, :2] < boxes[:, None, 2:], axis=2)
        above = np.all(boxes[:, None, :2] < taken[None, :, 2:], axis=2)
        mask: npt.NDArray[np.bool_] = inside & ~np.any(below & above, axis=1)
        return mask

    def clear(self, leader: tuple[Reals, Reals], spot: Reals) -> bool:
        """True if a leader line runs over no label, no other point and no other leader.

        Marks that lie on the spot itself are no hindrance, or equal points would stay nameless.
        """
        others = [box for box in self.boxes if not _holds(box, spot)]
        return not any(_crosses(leader, box) for box in others) and not any(
            _meet(leader, other) for other in self.leaders
        )


@dataclass(frozen=True)
class _Label:
    """Where one name goes: the middle of its box, and the line that leads there if it is far."""

    middle: Reals
    leader: tuple[Reals, Reals] | None


def place(
    ax: Axes, points: Reals, wordings: Sequence[Sequence[str]], taken: Sequence[Reals], size_pt: float
) -> list[str]:
    """Writes a name beside each point (``points``: x and y in data) and gives back those with no room.

    wordings: the same names, shorter from one to the next; the first in which all find room is
    written, or else the one in which most do · taken: boxes in points that labels must keep off.
    """
    figure = ax.get_figure(root=True)
    assert figure is not None
    scale = 72.0 / figure.dpi
    spots = ax.transData.transform(points) * scale
    frame = np.asarray(ax.get_window_extent().extents) * scale
    marks = [np.concatenate([spot - MARK_PT, spot + MARK_PT]) for spot in spots]
    names, best = wordings[0], dict[int, _Label]()
    for wording in wordings:
        sizes = [_extent(ax, name, size_pt) for name in wording]
        found = _settle(_Board(frame, [*marks, *taken], []), spots, sizes)
        if len(found) > len(best):
            names, best = wording, found
        if len(best) == len(names):
            break
    for i, label in best.items():
        _write(ax, points[i], names[i], label, size_pt, spots[i])
    return [name for i, name in enumerate(names) if i not in best]


def _settle(empty: _Board, spots: Reals, sizes: Sequence[Reals]) -> dict[int, _Label]:
    """Places for the names in the order given; those without go first in the next round."""
    order, best = list(range(len(sizes))), dict[int, _Label]()
    for _ in range(ROUNDS):
        found = _round(_Board(empty.frame, list(empty.boxes), []), spots, sizes, order)
        if len(found) > len(best):
            best = found
        homeless = [i for i in order if i not in found]
        if not homeless:
            break
        order = homeless + [i for i in order if i in found]
    return best


def _round(board: _Board, spots: Reals, sizes: Sequence[Reals], order: Sequence[int]) -> dict[int, _Label]:
    """Places for as many names as find room when asked in this order."""
    found = {}
    for i in order:
        place = _search(board, spots[i], sizes[i])
        if place is None:
            continue
        box, leader = place
        board.boxes.append(box)
        if leader is not None:
            board.leaders.append(leader)
        found[i] = _Label((box[:2] + box[2:]) / 2, leader)
    return found


def _search(board: _Board, spot: Reals, size: Reals) -> tuple[Reals, tuple[Reals, Reals] | None] | None:
    """The nearest free box beside ``spot``, with the line that leads there if it is far."""
    turns = 2 * np.pi * np.arange(DIRECTIONS) / DIRECTIONS
    ways = np.tile(np.stack([np.cos(turns), np.sin(turns)], axis=1), (len(RADII_PT), 1))
    radii = np.repeat(RADII_PT, DIRECTIONS)[:, None]
    # The box touches the ring with the side or corner that looks at the point.
    middles = spot + ways * radii + np.sign(np.round(ways, 6)) * size / 2
    boxes = np.concatenate([middles - size / 2, middles + size / 2], axis=1)
    for i in np.flatnonzero(board.free(boxes)):
        box = boxes[i]
        if any(_crosses(leader, box) for leader in board.leaders):
            continue
        if i < DIRECTIONS:
            return box, None
        leader = (spot + ways[i] * MARK_PT, np.clip(spot, box[:2], box[2:]))
        if board.clear(leader, spot):
            return box, leader
    return None


def _write(ax: Axes, point: Reals, name: str, label: _Label, size_pt: float, spot: Reals) -> None:
    """The name, on a strip of white so that lines below do not cut it, and its leader."""
    where = (float(point[0]), float(point[1]))
    if label.leader is not None:
        x, y = label.leader[1] - spot
        line = {"arrowstyle": "-", "linewidth": 0.4, "color": INK, "shrinkA": 0, "shrinkB": 2.5}
        ax.annotate("", where, (x, y), textcoords="offset points", arrowprops=line, zorder=2.2)
    x, y = label.middle - spot
    paper: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.2}
    middle: dict[str, Any] = {"ha": "center", "va": "center", "bbox": paper, "fontsize": size_pt, "zorder": 5}
    ax.annotate(name, where, (x, y), textcoords="offset points", **middle)


def _extent(ax: Axes, name: str, size_pt: float) -> Reals:
    """Width and height of a name in points, with a little air."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    text = figure.text(0, 0, name, fontsize=size_pt)
    box = text.get_window_extent()
    text.remove()
    return np.array([box.width, box.height]) * 72.0 / figure.dpi + (1.5, 0.5)


def _holds(box: Reals, spot: Reals) -> bool:
    """True if the spot lies in the box."""
    return bool((box[:2] <= spot).all() and (spot <= box[2:]).all())


def _crosses(line: tuple[Reals, Reals], box: Reals) -> bool:
    """True if the line runs through the box (Liang–Barsky clipping)."""
    start, way = line[0], line[1] - line[0]
    enter, leave = 0.0, 1.0
    for i in (0, 1):
        if abs(way[i]) < 1e-12:
            if not box[i] < start[i] < box[i + 2]:
                return False
            continue
        near, far = sorted(((box[i] - start[i]) / way[i], (box[i + 2] - start[i]) / way[i]))
        enter, leave = max(enter, near), min(leave, far)
    return enter < leave


def _meet(one: tuple[Reals, Reals], other: tuple[Reals, Reals]) -> bool:
    """True if two lines cross."""

    def side(a: Reals, b: Reals, c: Reals) -> bool:
        return bool((b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0]))

    (a, b), (c, d) = one, other
    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)
