"""Tokens to letters: the string over which attributions are regular expressions."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from framing.kernel import speakers as kernel
from framing.pattern import Element, Pattern, spell, split
from framing.tables import Bools, Ints, Longs, Mentions, Tokens
from framing.text import Matcher, longest
from framing.voice.spelling import NOTED, flags_of, letter_of

_THINK_TANK = "think tank"


class Media(Protocol):
    """What the room asks of the outlets instrument."""

    def names(self) -> list[tuple[str, str, bool]]:
        """``(alias, outlet, needs context)`` for every name an outlet goes by."""

    def kind(self, outlet: str) -> str | None:
        """Kind of outlet: newspaper, agency, think tank, …"""


@dataclass(frozen=True)
class Letters:
    """code: one byte a token (``framing.voice.words``) · actor: per token, index into the mentions'
    names where it is part of one, else −1 · flags: by spelling (``framing.kernel.speakers``)."""

    code: npt.NDArray[np.uint8]
    actor: Ints
    flags: Longs


@dataclass(frozen=True, eq=False)
class OutletNames:
    """Names of news outlets, ready to match; think tanks are sources like others.

    doubtful: of each pattern, whether it needs context to be the outlet's name.
    """

    matcher: Matcher
    doubtful: Bools

    @classmethod
    def of(cls, media: Media) -> OutletNames:
        """The aliases as patterns without *the*."""
        patterns, doubtful = [], []
        for alias, outlet, needs_context in media.names():
            words = [spell(piece[start:end]) for piece in alias.split() for start, end in split(piece)]
            if words and "*" not in alias and media.kind(outlet) != _THINK_TANK:
                words = words[1:] if words[0].lower() == "the" and len(words) > 1 else words
                patterns.append(Pattern(alias, (tuple(Element((word,)) for word in words),)))
                doubtful.append(needs_context)
        return cls(Matcher(patterns), np.array(doubtful, dtype=bool))

    def find(self, tokens: Tokens) -> tuple[Longs, Longs, Bools]:
        """``(first, last, doubtful)`` of the longest names found."""
        hits = self.matcher(tokens)
        kept = longest(hits)
        return hits.first[kept], hits.last[kept], self.doubtful[hits.pattern[kept]]


@dataclass(frozen=True)
class Spelt:
    """What the spellings alone say: the letter of each token, and the tokens that want a second look."""

    code: npt.NDArray[np.uint8]
    flags: Longs
    marks: Longs
    """Quote marks."""
    stops: Longs
    """Full stops, which may belong to the abbreviation before them: *Mr.*, *J.*"""
    states: Longs
    """*State*, which may end a title."""


def spelt(tokens: Tokens) -> Spelt:
    """The letters by spelling."""
    ids, flags = tokens.ids, tokens.vocabulary.trait(flags_of)
    code = tokens.vocabulary.trait(letter_of).take(ids)
    noted = np.flatnonzero(code >= NOTED)
    code &= NOTED - 1
    starts = tokens.sentences.first_token[:-1]
    starts = starts[starts < len(ids)]
    code[starts[code[starts] == ord("T")]] = ord("d")  # "That report says" opens with a determiner
    flag = flags.take(ids.take(noted))
    marks, stops, states = (noted[flag & bit > 0] for bit in (kernel.MARK, kernel.FULL_STOP, kernel.STATE))
    return Spelt(code, flags, marks, stops, states)


def letters(tokens: Tokens, spelt: Spelt, mentions: Mentions, outlets: OutletNames, runs: Ints) -> Letters:
    """The letter of every token, written over those of the spellings: names and abbreviations by what stands
    around them; tokens in ``runs`` are ``q`` (``Q`` where they end a phrase, as before *he said*), their
    marks ``"``."""
    actor = np.full(len(tokens), -1, dtype=np.int32)
    kernel.paint(
        tokens.ids,
        spelt.flags,
        mentions.first,
        mentions.last,
        mentions.actor,
        mentions.inferred,
        companies(mentions.kinds),
        *outlets.find(tokens),
        tokens.sentence,
        spelt.stops,
        spelt.states,
        runs,
        spelt.code,
        actor,
    )
    return Letters(spelt.code, actor, spelt.flags)


@functools.lru_cache(maxsize=4)
def companies(kinds: tuple[str, ...]) -> Bools:
    """True for the actors that are companies."""
    return np.array([kind == "company" for kind in kinds], dtype=bool)
