"""The measures of a cell: which sums each mean is made of, and which come from totals only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Axes = Mapping[str, tuple[str, str]]
"""Axis name → (positive pole, negative pole)."""

TOTALS = ("B", "logodds", "ambivalence")
"""Measures of a cell's totals, one of each per axis (codebook, Scores)."""


@dataclass(frozen=True)
class Measures:
    """The names in their order: means, then totals, then corpus-relative nets.

    terms: for each mean, the sum columns of the score table it adds up, with their signs.
    """

    axes: Axes

    @property
    def poles(self) -> tuple[str, ...]:
        """The poles of all axes, each once, in order."""
        return tuple(dict.fromkeys(pole for pair in self.axes.values() for pole in pair))

    @property
    def terms(self) -> dict[str, dict[str, int]]:
        """Mean → sum column → sign: D = Σ(P − M)/n, I = Σ(P + M)/n, a pole = ΣP/n, tone = Σ tone/n."""
        means: dict[str, dict[str, int]] = {}
        for axis, (positive, negative) in self.axes.items():
            means[f"D_{axis}"] = {f"sum_{positive}": 1, f"sum_{negative}": -1}
            means[f"I_{axis}"] = {f"sum_{positive}": 1, f"sum_{negative}": 1}
        for name in (*self.poles, "tone", "vader", "sentiment"):
            means[name] = {f"sum_{name}": 1}
        return means

    @property
    def means(self) -> tuple[str, ...]:
        """Measures that are a mean over articles; contrasts are drawn between these."""
        return tuple(self.terms)

    @property
    def totals(self) -> tuple[str, ...]:
        """Measures of a cell's totals: ``B_axis, logodds_axis, ambivalence_axis`` by axis."""
        return tuple(f"{kind}_{axis}" for axis in self.axes for kind in TOTALS)

    @property
    def relative(self) -> tuple[str, ...]:
        """Corpus-relative nets: ``Dstar_axis`` = D − D of all articles."""
        return tuple(f"Dstar_{axis}" for axis in self.axes)

    @property
    def names(self) -> tuple[str, ...]:
        """All measures in the order of the estimates table."""
        return (*self.means, *self.totals, *self.relative)

    def pair(self, axis: str) -> tuple[int, int]:
        """Positions in ``poles`` of the positive and the negative pole of ``axis``."""
        positive, negative = self.axes[axis]
        return self.poles.index(positive), self.poles.index(negative)
