"""Every name that can be found, as patterns with what they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

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
_PRODUCT = (Element(_PRODUCT_WORDS),)


@dataclass(frozen=True)
class Names:
    """Patterns of all names. actor: index into ``actors`` or ``NOBODY`` · status: NAME, CONTEXT, …"""

    actors: tuple[Actor, ...]
    patterns: tuple[Pattern, ...]
    actor: Ints
    status: Ints

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each actor."""
        return tuple(actor.name for actor in self.actors)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kind of each actor."""
        return tuple(actor.kind for actor in self.actors)

    @cached_property
    def company(self) -> Bools:
        """True for the actors that are companies."""
        return np.array([kind == "company" for kind in self.kinds], dtype=bool)


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
            rows.append((_pattern(alias), NOBODY, BLOCK))
    return Names(
        tuple(actors),
        tuple(pattern for pattern, _, _ in rows),
        np.array([actor for _, actor, _ in rows], dtype=np.int32),
        np.array([status for _, _, status in rows], dtype=np.int32),
    )


def _company(company: Company, number: int) -> list[tuple[Pattern, int, int]]:
    rows = [(_pattern(alias), number, CONTEXT if context else NAME) for alias, context in company.aliases]
    rows += [(_pattern(ticker), number, TICKER) for ticker in company.tickers]
    rows += [(_pattern(phrase), NOBODY, BLOCK) for phrase in company.false_friends]
    own = {alias for alias, _ in company.aliases}
    products = [*(_name(product) for product in company.products if product not in own), _PRODUCT]
    for alias in own:
        name = _name(alias)
        rows.append((Pattern(f"{alias} product", tuple(name + product for product in products)), NOBODY, BLOCK))
    return rows


def _pattern(name: str) -> Pattern:
    return Pattern(name, (_name(name),))


def _name(name: str) -> tuple[Element, ...]:
    """``literal`` of a name; its words are looked at once, as they are those of many names."""
    return tuple(chain.from_iterable(map(_word, name.split())))


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> tuple[Element, ...]:
    return (Element((word,)),) if word.isascii() and word.isalpha() else literal(word)
