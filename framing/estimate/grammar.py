"""What ``estimate.by`` may say: ``all``, one side, or an article side × an actor side."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from framing.errors import ConfigurationError

ARTICLE_SIDES = ("outlet", "outlet.kind", "outlet.country", "month", "year")
"""Sides that are a property of the article; the kept columns of the corpus come on top."""
ACTOR_SIDES = ("actor", "actor.kind", "actor.country", "actor.sector")
"""Sides that are a property of the actor."""
CROSS = " × "
_SEPARATOR = re.compile(r"\s*[×*]\s*|\s+x\s+")


@dataclass(frozen=True)
class By:
    """What the cells of one table are: an article side, an actor side, both or neither (``all``)."""

    article: str | None
    actor: str | None

    @property
    def name(self) -> str:
        """The canonical spelling, article side first: ``outlet × actor``."""
        return CROSS.join(side for side in (self.article, self.actor) if side) or "all"

    @property
    def one_sided(self) -> bool:
        """True where the cells differ in one thing only, so that each has *others*."""
        return (self.article is None) != (self.actor is None)


def parse_by(text: str, kept: Iterable[str] = ()) -> By:
    """The sides that ``text`` names; ``kept`` are the further columns of the articles table.

    Sides are joined by ``×``, ``*`` or `` x `` in either order. Raises ConfigurationError with the
    nearest valid name for an unknown side, and for two sides of the same level.
    """
    if text.strip() == "all":
        return By(None, None)
    article_sides = (*ARTICLE_SIDES, *kept)
    article: str | None = None
    actor: str | None = None
    for side in _SEPARATOR.split(text.strip()):
        if side in ACTOR_SIDES and actor is None:
            actor = side
        elif side in article_sides and article is None:
            article = side
        elif side in article_sides or side in ACTOR_SIDES:
            raise ConfigurationError(
                f"estimate.by: '{text}' has two sides of one level; "
                f"join one of {', '.join(article_sides)} with one of {', '.join(ACTOR_SIDES)}"
            )
        else:
            raise ConfigurationError(_unknown(text, side, ("all", *article_sides, *ACTOR_SIDES)))
    return By(article, actor)


def _unknown(text: str, side: str, valid: tuple[str, ...]) -> str:
    """One line that names the nearest valid side, or all of them if none is near."""
    near = difflib.get_close_matches(side, valid, n=1)
    advice = f"did you mean '{near[0]}'?" if near else f"use one of {', '.join(valid)}"
    keep = f"; for a column of your own say corpus.keep=[{side}] too" if side.isidentifier() and not near else ""
    return f"estimate.by: unknown side '{side}' in '{text}'; {advice}{keep}"
