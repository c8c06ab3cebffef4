"""Every name that can be found, as patterns with what they stand for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.outlets import Outlets
from framing.pattern import Element, Pattern, literal
from framing.roster import NO_ACTOR, Actor, Companies, Company, Groups
from framing.tables import Bools, Ints

NAME, CONTEXT, TICKER, BLOCK = range(4)
"""A name; a name that needs context; a ticker symbol; a phrase that is none of our actors."""
NOBODY = -1

_PRODUCT_WORDS = tuple(
    "Watch Maps Pay Music TV Prime Search Chrome Drive Play Assistant Home Echo Store Office Windows Azure Bing "
    "Surface Teams Copilot Photos Translate Docs Lens Pixel Nest Galaxy Note News Books Fire Kindle Alexa Arcade "
    "Card Wallet Glass Earth Scholar Messenger Reels Analytics Workspace Gemini Bard Siri Fold Flip".split()
)


@dataclass(frozen=True)
class Names:
    """Patterns of all names. actor: index into ``actors`` or ``NOBODY`` · status: NAME, CONTEXT, …"""

    actors: tuple[Actor, ...]
    patterns: tuple[Pattern, ...]
    actor: Ints
    status: Ints

    def needs(self, status: int) -> Bools:
        """True for the patterns of one status."""
        mask: Bools = self.status == status
        return mask


def names(companies: Companies, groups: Groups | None, outlets: Outlets | None) -> Names:
    """Companies, groups, and the phrases that shadow them: media, false friends, products."""
    actors: list[Actor] = []
    rows: list[tuple[Pattern, int, int]] = []
    for company in companies.rows:
        rows += _company(company, len(actors))
        actors.append(company.actor)
    for group, patterns in groups.rows if groups else ():
        if group.kind == NO_ACTOR:
            rows += [(pattern, NOBODY, BLOCK) for pattern in patterns]
            continue
        rows += [(pattern, len(actors), NAME) for pattern in patterns]
        actors.append(group)
    taken = {pattern.text for pattern, actor, _ in rows if actor != NOBODY}
    for alias, _, needs_context in outlets.names() if outlets else ():
        if alias not in taken and not needs_context:
            rows.append((Pattern(alias, (literal(alias),)), NOBODY, BLOCK))
    return Names(
        tuple(actors),
        tuple(pattern for pattern, _, _ in rows),
        np.array([actor for _, actor, _ in rows], dtype=np.int32),
        np.array([status for _, _, status in rows], dtype=np.int32),
    )


def _company(company: Company, number: int) -> list[tuple[Pattern, int, int]]:
    rows = [
        (Pattern(alias, (literal(alias),)), number, CONTEXT if context else NAME) for alias, context in company.aliases
    ]
    rows += [(Pattern(ticker, (literal(ticker),)), number, TICKER) for ticker in company.tickers]
    rows += [(Pattern(phrase, (literal(phrase),)), NOBODY, BLOCK) for phrase in company.false_friends]
    own = {alias for alias, _ in company.aliases}
    for alias in own:
        made = [(*literal(alias), *literal(product)) for product in company.products if product not in own]
        made.append((*literal(alias), Element(_PRODUCT_WORDS)))
        rows.append((Pattern(f"{alias} product", tuple(made)), NOBODY, BLOCK))
    return rows
