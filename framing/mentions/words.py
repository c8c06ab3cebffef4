"""What the room knows of a spelling: the lists it stands on and how it is written, as bits."""

from __future__ import annotations

import numpy as np

from framing.kernel import compiles
from framing.kernel import mentions as k
from framing.tables import Ints, Longs, Tokens
from framing.text.words import utf8
from framing.vocabulary import Array, Batch, WordLists

_EXCHANGES = frozenset("NASDAQ Nasdaq NYSE LSE TSE HKEX TYO TPE KRX SSE SZSE FRA ETR EPA AMS HK".split())
_LISTS = WordLists(
    {
        k.BUSINESS: (
            "company companies firm shares stock stocks investors shareholders earnings revenue revenues profit "
            "profits sales ceo cfo cto chief executive founder co-founder chairman analyst analysts market markets inc "
            "corp ltd startup startups tech technology technologies software hardware chip chips chipmaker "
            "semiconductor semiconductors smartphone smartphones phone phones app apps users customers platform "
            "platforms cloud ai giant giants maker makers carmaker automaker retailer retailers supplier suppliers "
            "rival rivals competitor competitors billion million quarter quarterly acquisition acquire acquired merger "
            "antitrust lawsuit patent patents product products launch launched unveiled online internet web "
            "advertising ad ads employees workers devices device data engineers engineer developers developer service "
            "services"
        ).split(),
        k.VERB: (
            "said says is was has had will would plans planned announced launched unveiled sued makes made sells sold "
            "reported posted hired bought acquired agreed declined shipped also did does and or , ( 's & shares stock"
        ).split(),
        k.ARTICLE: "the a an this that these those its his her their our my".split(),
        k.QUOTE: ['"', "“", ":", "—", "-", "‘", "'"],
        k.POSSESSIVE: ["'s"],
        k.DOLLAR: ["$"],
        k.COLON: [":"],
        k.PAREN: ["("],
        k.COMMA: [","],
        k.CLOSE: [")", ",", ";"],
        k.NOUN: (
            "company firm group giant chipmaker chip-maker carmaker automaker automotive startup start-up retailer "
            "manufacturer foundry operator maker conglomerate developer supplier business"
        ).split(),
        k.DETERMINER: "the his her its their".split(),
        k.LINK: "the chinese american u.s. tech technology telecoms telecom internet search e-commerce".split(),
        k.PRONOUN: "it its".split(),
        k.EXCHANGE: [name.lower() for name in _EXCHANGES],  # of those written as such
    }
)
_LONG = 4
_LINK_ENDS = ("-based", "-listed", "-owned")

_UPPER, _LOWER, _STOP, _HYPHEN, _OTHER, _FOREIGN = (1 << i for i in range(6))
_KINDS = np.full(256, _OTHER, dtype=np.uint8)
"""By byte."""
_KINDS[ord("A") : ord("Z") + 1] = _UPPER
_KINDS[ord("a") : ord("z") + 1] = _LOWER
_KINDS[[ord("."), ord("-")]] = _STOP, _HYPHEN
_KINDS[128:] = _FOREIGN


def seen(batch: Batch) -> Array:
    """A trait (int32): the bits of ``framing.kernel.mentions`` for each spelling.

    EXCHANGE: a stock exchange · CAPITAL: letters only, the first upper case · DOTTED: with a full stop ·
    LONG: at least ``_LONG`` characters · the others: word lists, in lower case (LINK also by its end).
    """
    bits: Array = _LISTS(batch).astype(np.int32)
    written = batch.spellings
    data, bounds = utf8(batch.exact_array)
    kinds = _KINDS.take(data[: bounds[-1]])
    first, holds = kinds.take(bounds[:-1]), np.bitwise_or.reduceat(kinds, bounds[:-1])
    bits[(first == _UPPER) & (holds <= _UPPER | _LOWER)] |= k.CAPITAL
    bits[holds & _STOP > 0] |= k.DOTTED
    bits[np.diff(bounds) >= _LONG] |= k.LONG
    for i in np.flatnonzero(holds & _FOREIGN).tolist():
        capital, long = written[i][0].isupper() and written[i].isalpha(), len(written[i]) >= _LONG
        bits[i] = bits[i] & ~k.LONG | capital * k.CAPITAL | long * k.LONG
    for i in np.flatnonzero(holds & _HYPHEN).tolist():
        bits[i] |= k.LINK * written[i].lower().endswith(_LINK_ENDS)
    for i in np.flatnonzero(bits & k.EXCHANGE).tolist():
        bits[i] &= -1 if written[i] in _EXCHANGES else ~k.EXCHANGE
    return bits


def places(tokens: Tokens, wanted: int) -> Longs:
    """The tokens with one of the ``wanted`` bits."""
    bits = tokens.vocabulary.trait(seen)
    if not compiles():
        return np.flatnonzero(bits.take(tokens.ids) & wanted)
    room = np.empty(len(tokens) + 1, dtype=np.int64)
    return room[: k.places(tokens.ids, bits, wanted, room)]


def at(tokens: Tokens, where: Longs) -> Ints:
    """The bits of some tokens; 0 before the first and after the last."""
    inside = (where >= 0) & (where < len(tokens))
    bits = tokens.vocabulary.trait(seen).take(tokens.ids.take(np.where(inside, where, 0)))
    return np.where(inside, bits, 0)
