"""Tokens to letters: the string over which attributions are regular expressions."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from framing.pattern import Element, Pattern, spell, split
from framing.tables import Bools, Ints, Mentions, Tokens
from framing.text import Vocabulary, find, longest
from framing.voice.words import ABBREVIATIONS, DOCUMENTS, OUTLET_VERBS, letter_of

_ENDS = frozenset({",", ".", "!", "?", "…", "..."})
Codes = npt.NDArray[np.uint8]
THINK_TANK = "think tank"


class Media(Protocol):
    """What the room asks of the outlets instrument."""

    def names(self) -> list[tuple[str, str, bool]]:
        """``(alias, outlet, needs context)`` for every name an outlet goes by."""

    def kind(self, outlet: str) -> str | None:
        """Kind of outlet: newspaper, agency, think tank, …"""


@dataclass(frozen=True)
class Letters:
    """code: one byte a token (``framing.voice.words``) · actor: per token, index into the mentions'
    names where it is part of one, else −1 · first_token: sentence bounds."""

    code: bytes
    actor: Ints


def letters(tokens: Tokens, mentions: Mentions, media: Media, quoted: Bools, marks: Bools) -> Letters:
    """The letter of every token; ``quoted`` tokens are ``q`` (``Q`` where they end a
    phrase, as before *he said*), their ``marks`` ``"``."""
    kinds = np.frombuffer("".join(map(letter_of, tokens.types)).encode("ascii"), dtype=np.uint8)
    code = kinds[tokens.ids].copy() if len(tokens) else np.zeros(0, dtype=np.uint8)
    actor = np.full(len(tokens), -1, dtype=np.int32)
    for first, last, inferred, number in zip(
        mentions.first, mentions.last, mentions.inferred, mentions.actor, strict=True
    ):
        if not inferred:
            actor[first:last] = number
            code[first:last] = ord("K" if mentions.kinds[number] == "company" else "G")
    _outlets(tokens, media, code)
    _glue_full_stops(tokens, code)
    _mend(tokens, code)
    ends = np.array([word in _ENDS for word in tokens.lower], dtype=bool)[tokens.ids] if len(tokens) else quoted
    code[quoted] = ord("q")
    code[quoted & ends] = ord("Q")
    code[marks] = ord('"')
    return Letters(code.tobytes(), actor)


def _outlets(tokens: Tokens, media: Media, code: Codes) -> None:
    """Mark names of news outlets ``M``; think tanks stay names like others."""
    aliases = tuple((alias, doubt) for alias, outlet, doubt in media.names() if media.kind(outlet) != THINK_TANK)
    patterns, doubtful = _patterns(aliases)
    hits = find(patterns, tokens, Vocabulary(tokens))
    kept = longest(hits)
    for number, first, last in zip(hits.pattern[kept], hits.first[kept], hits.last[kept], strict=True):
        if not doubtful[number] or _in_context(tokens, code, int(first), int(last)):
            code[first:last] = ord("M")


@functools.lru_cache(maxsize=4)
def _patterns(aliases: tuple[tuple[str, bool], ...]) -> tuple[list[Pattern], list[bool]]:
    """The aliases as patterns without *the*, and which of them need context."""
    patterns, doubtful = [], []
    for alias, needs_context in aliases:
        words = [spell(piece[start:end]) for piece in alias.split() for start, end in split(piece)]
        if words and "*" not in alias:
            words = words[1:] if words[0].lower() == "the" and len(words) > 1 else words
            patterns.append(Pattern(alias, (tuple(Element((word,)) for word in words),)))
            doubtful.append(needs_context)
    return patterns, doubtful


def _in_context(tokens: Tokens, code: Codes, first: int, last: int) -> bool:
    """*the Times*, *according to Nature*, *Fortune reported*: an ambiguous name that acts as an outlet."""
    if ord("K") in code[first:last]:
        return False
    before = tokens.lower[tokens.ids[first - 1]] if first else ""
    after = tokens.lower[tokens.ids[last]] if last < len(tokens) else ""
    return before == "the" or code[max(0, first - 2) : first].tobytes() == b"ai" or after in OUTLET_VERBS | DOCUMENTS


def _glue_full_stops(tokens: Tokens, code: Codes) -> None:
    """The stop of *Mr. Doe* and *J. Doe* belongs to the name."""
    short = np.array([w in ABBREVIATIONS or (len(w) == 1 and w.isalpha()) for w in tokens.lower], dtype=bool)
    stop = np.array([w == "." for w in tokens.lower], dtype=bool)
    if len(tokens) < 3:
        return
    inner = stop[tokens.ids[1:-1]] & short[tokens.ids[:-2]] & (tokens.sentence[2:] == tokens.sentence[1:-1])
    at = np.flatnonzero(inner) + 1
    code[at] = np.where(code[at - 1] == ord("w"), ord("N"), code[at - 1])


def _mend(tokens: Tokens, code: Codes) -> None:
    """*That report says* opens with a determiner; *Secretary of State* is one title."""
    starts = tokens.sentences.first_token[:-1]
    starts = starts[starts < len(tokens)]
    code[starts[code[starts] == ord("T")]] = ord("d")
    state = np.array([w == "State" for w in tokens.types], dtype=bool)
    at = np.flatnonzero(state[tokens.ids])
    at = at[at > 1]
    at = at[(code[at - 1] == ord("O")) & (code[at - 2] == ord("n"))]
    code[at] = code[at - 1] = ord("n")
