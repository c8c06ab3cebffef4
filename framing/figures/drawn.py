"""What a figure is before it is written: bytes, the numbers drawn, and what to say about both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class AxisInfo:
    """The names of an axis: ``progress_challenges``, ``progress vs. challenges`` and its two poles.

    ``positive`` and ``negative`` are the names of the poles as measures (``self_reliance``).
    """

    name: str
    label: str
    positive: str
    negative: str

    @property
    def net(self) -> str:
        """The measure of the net score D of this axis."""
        return f"D_{self.name}"

    @property
    def measures(self) -> tuple[str, str, str]:
        """Net, positive pole, negative pole: a net is never read without its poles."""
        return self.net, self.positive, self.negative

    @property
    def plus(self) -> str:
        """The positive pole as printed."""
        return printed(self.positive)

    @property
    def minus(self) -> str:
        """The negative pole as printed."""
        return printed(self.negative)


def printed(name: str) -> str:
    """A name of a pole as a reader sees it: ``self_reliance`` is self-reliance."""
    return name.replace("_", "-")


@dataclass(frozen=True)
class Drawn:
    """One figure: the bytes of each format, the numbers drawn, the caption, the text alternative.

    files: suffix → bytes, empty where the figure is skipped · numbers: the rows of ``NAME.csv``;
    its column ``drawn`` is False for what stands in the table only · notes: why a figure was
    skipped, or what it could not show.
    """

    name: str
    files: dict[str, bytes]
    numbers: pd.DataFrame
    caption: str
    alt: str
    notes: tuple[str, ...] = ()

    @property
    def skipped(self) -> bool:
        """True where nothing was drawn; ``notes`` holds the reason, and nothing is to be written."""
        return not self.files


def skip(name: str, reason: str) -> Drawn:
    """A figure that cannot be drawn, with the reason."""
    import pandas as pd

    return Drawn(name, {}, pd.DataFrame(), "", "", (f"{name} skipped: {reason}",))
