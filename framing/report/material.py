"""What a report is made of: the tables of a run, its figures, and who it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd

UNVALIDATED = "unvalidated: no hand-coded sample"
Texts = Callable[[set[str]], Mapping[str, tuple[str | None, str]]]
"""Fetches title and text of chosen articles, which the tables of a run do not hold."""


class Axis(Protocol):
    """The names of an axis and of its poles as measures (``self_reliance``)."""

    @property
    def name(self) -> str:
        """Its name as a measure or file has it."""

    @property
    def label(self) -> str:
        """Its name as printed."""

    @property
    def positive(self) -> str:
        """The + pole."""

    @property
    def negative(self) -> str:
        """The − pole."""


class Figure(Protocol):
    """A drawn figure; ``files`` holds its bytes by format, of which ``svg`` is used."""

    @property
    def name(self) -> str:
        """Its name as a measure or file has it."""

    @property
    def files(self) -> Mapping[str, bytes]:
        """Format → bytes."""

    @property
    def caption(self) -> str:
        """What it shows."""

    @property
    def alt(self) -> str:
        """What it shows, for those who cannot see it."""


@dataclass(frozen=True)
class Material:
    """The tables have the schemas of ``framing.tables``; the text is fetched for chosen articles only.

    signature, digest: the line for people and its hash · settings: nested plain data · stamp: what
    is known about validity.
    """

    estimates: pd.DataFrame
    contrasts: pd.DataFrame
    articles: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    evidence: pd.DataFrame
    flow: pd.DataFrame
    texts: Texts
    axes: tuple[Axis, ...]
    signature: str
    digest: str
    experiment: str
    figures: tuple[Figure, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    stamp: str = UNVALIDATED

    @property
    def own_stories(self) -> bool:
        """True where no copies were found: every article counts as a story of its own."""
        return bool(self.articles["story"].nunique() == len(self.articles))

    @property
    def poles(self) -> tuple[str, ...]:
        """The poles of all axes, each once (two axes may share one), + before −."""
        return tuple(dict.fromkeys(pole for axis in self.axes for pole in (axis.positive, axis.negative)))


def printed(name: str) -> str:
    """A measure as a reader sees it: ``self_reliance`` is self-reliance."""
    return name.replace("_", "-")
