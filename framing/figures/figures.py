"""The tool that turns the tables of a run into ink."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from framing.errors import ConfigurationError
from framing.figures.drawn import AxisInfo, Drawn

if TYPE_CHECKING:
    import pandas as pd

    from framing.figures.material import Material

NAMES = ("ranking", "heatmap", "compass", "timeline")
FORMATS = ("pdf", "svg", "png")


@final
@dataclass(frozen=True)
class Figures:
    """Figures of a run, one ``Drawn`` after the other; it computes no estimate and draws no chance.

    names: which figures · one_column_mm, two_column_mm: widths of the paper · formats: suffixes ·
    dpi: of the PNG · top: outlets or actors at most per figure, those with most articles ·
    heatmap_rows, heatmap_columns: companies and outlets at most in a heatmap · hollow_below:
    articles under which a cell is drawn hollow (codebook, *Small cells*) · voice … corrected: which
    estimate of a cell is drawn; where a run does not hold it, the caption says what is · level: of its
    interval, as it was estimated.
    """

    names: tuple[str, ...] = NAMES
    one_column_mm: float = 88.0
    two_column_mm: float = 180.0
    formats: tuple[str, ...] = FORMATS
    dpi: int = 300
    top: int = 25
    heatmap_rows: int = 15
    heatmap_columns: int = 12
    hollow_below: int = 10
    voice: str = "all"
    copies: str = "one_per_story"
    weight: str = "article"
    part: str = "body"
    estimator: str = "naive"
    corrected: bool = False
    level: float = 0.95

    def __post_init__(self) -> None:
        for key, known in (("names", NAMES), ("formats", FORMATS)):
            for value in getattr(self, key):
                if value not in known:
                    raise ConfigurationError(f"figures.{key}: there is no {value!r}, only {', '.join(known)}")
        for key in ("one_column_mm", "two_column_mm", "dpi", "top", "heatmap_rows", "heatmap_columns"):
            if getattr(self, key) <= 0:
                raise ConfigurationError(f"figures.{key}: {getattr(self, key)} must be above 0")

    def __call__(
        self,
        estimates: pd.DataFrame,
        scores: pd.DataFrame,
        articles: pd.DataFrame,
        axes: Sequence[AxisInfo],
        actors: pd.DataFrame | None = None,
        stamp: str | None = None,
    ) -> Iterator[Drawn]:
        """Each figure in the order of ``names``; a skipped one has no files and says why in ``notes``.

        actors: ``actor, kind`` (and more); without it every actor counts as drawn · stamp: a word
        for the corner (``unvalidated``).
        """
        from framing.figures.style import look

        material = self._material(estimates, scores, articles, axes, actors, stamp)
        makers = _makers()
        for name in self.names:
            figures = makers[name](material)
            while True:
                # The style is set only while we draw, not while the caller holds what we yielded.
                with look():
                    drawn = next(figures, None)
                if drawn is None:
                    break
                yield drawn

    def _material(
        self,
        estimates: pd.DataFrame,
        scores: pd.DataFrame,
        articles: pd.DataFrame,
        axes: Sequence[AxisInfo],
        actors: pd.DataFrame | None,
        stamp: str | None,
    ) -> Material:
        from framing.figures.cells import POOLED, Choice, choose
        from framing.figures.material import Material
        from framing.figures.style import Page

        choice = Choice(self.voice, self.copies, self.weight, self.part, self.estimator, self.corrected)
        cells = choose(estimates, choice)
        whole = scores[(scores["actor"] == POOLED) & (scores["voice"] == cells.voice) & (scores["n"] > 0)]
        return Material(
            cells=cells,
            axes=tuple(axes),
            companies=None if actors is None else frozenset(actors.loc[actors["kind"] == "company", "actor"]),
            page=Page(self.one_column_mm, self.two_column_mm, self.formats, self.dpi, stamp),
            top=self.top,
            heatmap=(self.heatmap_rows, self.heatmap_columns),
            hollow_below=self.hollow_below,
            level=self.level,
            n_articles=len(articles),
            n_stories=int(articles["story"].nunique()),
            undated=int(articles["date"].isna().sum()),
            unscored=int((~articles["article"].isin(whole["article"])).sum()),
        )


def _makers() -> Mapping[str, Callable[[Material], Iterator[Drawn]]]:
    """Figure names and what draws them; matplotlib is imported here, not when a run is configured."""
    from framing.figures import compass, heatmap, ranking, timeline

    return {
        "ranking": ranking.draw,
        "heatmap": heatmap.draw,
        "compass": compass.draw,
        "timeline": timeline.draw,
    }
