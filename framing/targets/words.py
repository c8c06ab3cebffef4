"""The word lists that decide which part a name plays, as bits of a spelling."""

from __future__ import annotations

from framing.kernel import targets as kernel
from framing.vocabulary import WordLists

_LISTS = {
    kernel.BY: "by",
    kernel.COMPARING: "than unlike versus vs against behind like rival rivals rivaling rivalling rivaled rivalled "
    "surpass surpasses surpassed surpassing outperform outperforms outperformed outperforming overtake overtakes "
    "overtook overtaken overtaking match matches matched matching beat beats beating outpace outpaces outpaced "
    "outpacing outsell outsells outsold challenge challenges undercut undercuts lag lags lagged lagging trail trails "
    "trailed trailing",
    kernel.IS_OBLIQUE: "in to from at near across into onto for with via through outside inside on",
    kernel.GOVERNING: "on upon from to with by without",
    kernel.LEADS: "the a an its their other companies firms such as like peers rivals suppliers counterparts leading",
    kernel.LINKS: ", and & or 's both the",
    kernel.JOINS: ", and & or",
    kernel.IMPOSED: "restriction restrictions restrict restricts restricted restricting curb curbs curbed curbing "
    "sanction sanctions sanctioned control controls ban bans banned tariff tariffs duty duties embargo blacklist "
    "blacklisted crackdown probe probes investigation scrutiny limits limit rules rule measures pressure efforts order "
    "orders licence list lists entity inquiry inquiries license fine fines penalty penalties lawsuit suit charges "
    "block blocks blocked threat threats threatened",
    kernel.BREAKS: ", ; to and is was has have are were faces faced under",
    kernel.POSSESSIVE: "'s '",
    kernel.COMMA: ",",
    kernel.BETWEEN: "between",
    kernel.OBJECT_VERB: "hit hits hitting hurt hurts hurting sue sues sued suing accuse accuses accused accusing ban "
    "bans banned banning fine fines fined fining punish punishes punished blast blasts blasted slam slams slammed "
    "criticise criticised criticize criticized block blocks blocked restrict restricts restricted sanction sanctioned "
    "blacklist blacklisted threaten threatens threatened attack attacks attacked praise praises praised boost boosts "
    "boosted help helps helped upgrade upgrades upgraded downgrade downgrades downgraded weigh weighs damage damages "
    "damaged probe probes probed investigate investigates investigated warn warns warned harm harms harmed squeeze "
    "squeezed",
    kernel.PASSIVE: "is are was were be been being got gets",
    kernel.FIRST_PERSON: "we we're we've we'll our us ours",
}
_COMPARING_PAIRS = {
    "to": "compared relative",
    "with": "compared up par pace",
    "of": "ahead",
    "up": "catch",
}
"""Comparisons of two words: the second → those that may stand before it."""


def _lists() -> dict[int, list[str]]:
    lists = {bit: words.split() for bit, words in _LISTS.items()}
    for place, (second, firsts) in enumerate(_COMPARING_PAIRS.items()):
        lists[1 << (kernel.PAIR_FIRST + place)] = firsts.split()
        lists[1 << (kernel.PAIR_SECOND + place)] = [second]
    return lists


WORDS = WordLists(_lists())
"""The trait: the bits of ``framing.kernel.targets`` for each spelling."""
