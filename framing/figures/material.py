"""What every figure is given, and the sentences that every caption shares."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from framing.figures.cells import UNKNOWN, Cells
from framing.figures.drawn import AxisInfo
from framing.figures.style import Page

IN_VOICE = {
    "all": "in all voices",
    "outlet": "in the outlet's own words",
    "sources": "in the words of sources",
}


@dataclass(frozen=True)
class Material:
    """Estimates, axes and settings, as one figure after the other uses them.

    companies: the actors of kind company, or None where no kinds are known · n_articles,
    n_stories, undated, unscored: counts of the whole corpus, for captions · top: names at most per
    figure · heatmap: rows and columns at most · hollow_below: articles under which a cell
    is drawn hollow · level: of the intervals.
    """

    cells: Cells
    axes: tuple[AxisInfo, ...]
    companies: frozenset[str] | None
    page: Page
    top: int
    heatmap: tuple[int, int]
    hollow_below: int
    level: float
    n_articles: int
    n_stories: int
    undated: int
    unscored: int

    @property
    def percent(self) -> str:
        """The level of the intervals as printed: 95 %."""
        return f"{self.level * 100:g} %"

    @property
    def actors(self) -> str:
        """What the actors drawn are called: companies, if kinds are known."""
        return "actors" if self.companies is None else "companies"

    @property
    def actor(self) -> str:
        """One of them."""
        return "actor" if self.companies is None else "company"

    def table(self, by: str, sides: tuple[str, ...], measures: tuple[str, ...]) -> pd.DataFrame:
        """Cells of one division, the actors among them companies only."""
        table = self.cells.wide(by, sides, measures)
        if "actor" in sides and self.companies is not None:
            table = table[table["actor"].isin(self.companies)].reset_index(drop=True)
        return table

    def split(self, by: str, side: str, net: str) -> dict[str, pd.DataFrame]:
        """The net by voice, to stand beside that of all voices: the outlet's own words, sources."""
        if self.cells.voice != "all" or not {"outlet", "sources"} <= self.cells.voices:
            return {}
        return {voice: self.cells.wide(by, (side,), (net,), voice) for voice in ("outlet", "sources")}

    @property
    def clusters(self) -> str:
        """The unit that was resampled: where no copies were found, every article is its own story."""
        return "clustered by story" if self.n_stories < self.n_articles else "by article (each its own story)"

    def intervals(self, what: str = "Whiskers") -> str:
        """How uncertainty is drawn, for the caption."""
        return (
            f"{what}: {self.percent} intervals, {self.clusters}; none where there is but one story or "
            "value; an arrow head where one goes on beyond the frame. "
            f"Hollow: fewer than {self.hollow_below} articles."
        )

    def corpus(self) -> str:
        """What the figure rests on, for the caption."""
        voice = IN_VOICE.get(self.cells.voice, f"in the voice: {self.cells.voice}")
        stories = counted(self.n_stories, "story", "stories")
        text = f"Corpus: {counted(self.n_articles, 'article')} of {stories}, {voice}."
        if self.unscored:
            verb = "has" if self.unscored == 1 else "have"
            text += f" {counted(self.unscored, 'article')} {verb} no eligible sentence there and no score."
        if self.cells.remarks:
            text += f" Here {'; '.join(self.cells.remarks)}."
        return text

    def rest(self, table: pd.DataFrame, what: str) -> str:
        """How many rows of ``table`` stand in the CSV only, for the caption."""
        left = int((~table["drawn"]).sum())
        return f" {left} further {what} with fewer articles are in the table only." if left else ""

    def nameless(self, by: str, side: str) -> str:
        """How many articles of this division name no outlet or actor, for the caption."""
        rows = self.cells.rows
        rows = rows[(rows["by"] == by) & (rows["voice"] == self.cells.voice) & (rows[side] == UNKNOWN)]
        missing = int(rows["n_articles"].max()) if len(rows) else 0
        if not missing or side != "outlet":
            return ""
        return f" {counted(missing, 'article')} without an outlet not drawn."


def counted(number: int, one: str, many: str = "") -> str:
    """``1 article``, ``1,204 articles``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def signed(value: float) -> str:
    """A score with its sign, as printed: +0.12, −0.03, 0."""
    text = f"{value:+.2f}"
    return "0" if text in ("+0.00", "-0.00") else text.replace("-", "−")


def undrawn(companies: frozenset[str] | None, what: str) -> str:
    """Why a division has no row to draw."""
    if what == "actor":
        return "no estimates for any actor" if companies is None else "no company has an estimate"
    return "no article names its outlet" if what == "outlet" else f"no estimates by {what}"
