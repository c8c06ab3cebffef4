"""What the room knows of a spelling: the lists it stands on and how it is written, as bits."""

from __future__ import annotations

import numpy as np

from framing.vocabulary import Array, Batch, WordLists

(
    BUSINESS,
    VERB,
    ARTICLE,
    QUOTE,
    POSSESSIVE,
    DOLLAR,
    COLON,
    PAREN,
    COMMA,
    CLOSE,
    NOUN,
    DETERMINER,
    LINK,
    PRONOUN,
    EXCHANGE,
    CAPITAL,
    DOTTED,
    LONG,
) = (1 << bit for bit in range(18))

_LISTS = WordLists(
    {
        BUSINESS: (
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
        VERB: (
            "said says is was has had will would plans planned announced launched unveiled sued makes made sells sold "
            "reported posted hired bought acquired agreed declined shipped also did does and or , ( 's & shares stock"
        ).split(),
        ARTICLE: "the a an this that these those its his her their our my".split(),
        QUOTE: ['"', "“", ":", "—", "-", "‘", "'"],
        POSSESSIVE: ["'s"],
        DOLLAR: ["$"],
        COLON: [":"],
        PAREN: ["("],
        COMMA: [","],
        CLOSE: [")", ",", ";"],
        NOUN: (
            "company firm group giant chipmaker chip-maker carmaker automaker automotive startup start-up retailer "
            "manufacturer foundry operator maker conglomerate developer supplier business"
        ).split(),
        DETERMINER: "the his her its their".split(),
        LINK: "the chinese american u.s. tech technology telecoms telecom internet search e-commerce".split(),
        PRONOUN: "it its".split(),
    }
)
_LONG = 4
_LINK_ENDS = ("-based", "-listed", "-owned")
_EXCHANGES = frozenset("NASDAQ Nasdaq NYSE LSE TSE HKEX TYO TPE KRX SSE SZSE FRA ETR EPA AMS HK".split())


def seen(batch: Batch) -> Array:
    """A trait (int32): the bits of each spelling.

    EXCHANGE: a stock exchange · CAPITAL: letters only, the first upper case · DOTTED: with a full stop ·
    LONG: at least ``_LONG`` characters · the others: word lists, in lower case (LINK also by its end).
    """
    bits: Array = _LISTS(batch).astype(np.int32)
    written = batch.spellings
    for bit, places in (
        (EXCHANGE, [i for i, word in enumerate(written) if word in _EXCHANGES]),
        (CAPITAL, [i for i, word in enumerate(written) if word[:1].isupper() and word.isalpha()]),
        (DOTTED, [i for i, word in enumerate(written) if "." in word]),
        (LINK, [i for i, word in enumerate(batch.lower) if "-" in word and word.endswith(_LINK_ENDS)]),
    ):
        bits[np.array(places, dtype=np.int64)] |= bit
    bits[np.fromiter(map(len, written), dtype=np.int64, count=len(written)) >= _LONG] |= LONG
    return bits
