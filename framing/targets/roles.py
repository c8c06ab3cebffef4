"""The part a name plays in its clause: bearer, agent, yardstick, speaker, mere modifier."""

from __future__ import annotations

from dataclasses import dataclass

from framing.tables import Mentions, Tokens, Voices

BEARER, OBLIQUE, YARDSTICK, AGENT, SPEAKER, MODIFIER = range(6)
"""OBLIQUE names stand after *in, to, from …*: taken only where no plain bearer is near."""

_BY = frozenset({"by"})
_COMPARING = frozenset(
    "than unlike versus vs against behind like rival rivals rivaling rivalling rivaled rivalled surpass surpasses "
    "surpassed surpassing outperform outperforms outperformed outperforming overtake overtakes overtook overtaken "
    "overtaking match matches matched matching beat beats beating outpace outpaces outpaced outpacing outsell "
    "outsells outsold challenge challenges undercut undercuts lag lags lagged lagging trail trails trailed "
    "trailing".split()
)
_COMPARING_PAIRS = frozenset(
    {
        ("compared", "to"),
        ("compared", "with"),
        ("relative", "to"),
        ("ahead", "of"),
        ("catch", "up"),
        ("up", "with"),
        ("par", "with"),
        ("pace", "with"),
    }
)
_OBLIQUE = frozenset("in to from at near across into onto for with via through outside inside on".split())
_GOVERNING = frozenset("on upon from to with by without".split())
_LEADS = frozenset(
    "the a an its their other companies firms such as like peers rivals suppliers counterparts leading".split()
)
_LINKS = frozenset({",", "and", "&", "or", "'s", "both", "the"})
_JOINS = frozenset({",", "and", "&", "or"})
_IMPOSED = frozenset(
    "restriction restrictions restrict restricts restricted restricting curb curbs curbed curbing sanction sanctions "
    "sanctioned control controls ban bans banned tariff tariffs duty duties embargo blacklist blacklisted crackdown "
    "probe probes investigation scrutiny limits limit rules rule measures pressure efforts order orders licence "
    "list lists entity inquiry inquiries license fine fines penalty "
    "penalties lawsuit suit charges block blocks blocked threat threats threatened".split()
)
_BREAKS = frozenset({",", ";", "to", "and", "is", "was", "has", "have", "are", "were", "faces", "faced", "under"})
_POSSESSIVE = frozenset({"'s", "'"})


@dataclass(frozen=True)
class Name:
    """One mention with its role. group: number shared by the members of *A, B and C*."""

    actor: int
    first: int
    last: int
    clause: int
    role: int
    group: int
    company: bool


def roles(tokens: Tokens, mentions: Mentions, voices: Voices) -> dict[int, list[Name]]:
    """The names of each sentence in order, with their roles."""
    table: dict[int, list[Name]] = {}
    for i in range(len(mentions)):
        sentence, first, last = int(mentions.sentence[i]), int(mentions.first[i]), int(mentions.last[i])
        if first >= last:
            continue
        names = table.setdefault(sentence, [])
        before = names[-1] if names else None
        joined = before is not None and _joined(tokens, before, first, last)
        between = joined and before is not None and before.first and _word(tokens, before.first - 1) == "between"
        role = YARDSTICK if between else before.role if before and joined else _role(tokens, voices, first)
        group = before.group if before and joined else i
        company = mentions.kinds[mentions.actor[i]] == "company"
        if before and before.last + 1 >= first and not before.company and company and not joined:
            # "China's Huawei": the country only says where the firm is from
            names[-1] = Name(before.actor, before.first, before.last, before.clause, MODIFIER, before.group, False)
        names.append(Name(int(mentions.actor[i]), first, last, int(tokens.clause[first]), role, group, company))
    return table


def _word(tokens: Tokens, token: int) -> str:
    return str(tokens.lower[tokens.ids[token]])


def _joined(tokens: Tokens, before: Name, first: int, last: int) -> bool:
    """True where only list words stand between two names, one of them a comma or *and*.

    *Unlike Intel, Huawei grew*: after a yardstick a comma alone joins only if the list goes on.
    """
    between = [_word(tokens, t) for t in range(before.last, first)]
    if before.role == YARDSTICK and between == [","] and last < len(tokens) and _word(tokens, last) not in _JOINS:
        return False
    return 0 < len(between) <= 4 and all(w in _LINKS for w in between) and bool(_JOINS & set(between))


def _role(tokens: Tokens, voices: Voices, first: int) -> int:
    if len(voices.speaking) and voices.speaking[first]:
        return SPEAKER
    low = int(tokens.sentences.first_token[tokens.sentence[first]])
    at = first - 1
    comparing = False
    while at >= low and first - at <= 6:
        word = _word(tokens, at)
        pair = (_word(tokens, at - 1) if at > low else "", word)
        if word in _BY:
            return AGENT
        if word in _COMPARING or pair in _COMPARING_PAIRS:
            comparing = True
            at -= 1
            continue
        if word not in _LEADS:
            break
        at -= 1
    if comparing:
        return YARDSTICK
    nearest = _word(tokens, first - 1) if first > low else ""
    return OBLIQUE if nearest in _OBLIQUE else BEARER


def possessor(tokens: Tokens, name: Name, cue: int) -> bool:
    """True where the cue is the name's own: *Huawei's (own) breakthrough*."""
    if not 0 <= cue - name.last <= 4 or name.last >= len(tokens):
        return False
    return _word(tokens, name.last) in _POSSESSIVE


def governed(tokens: Tokens, name: Name, first: int, last: int) -> bool:
    """True for the object a cue ends in or leads to: *rely on U.S. tools*, *cut off from TSMC*."""
    if first < name.first < last:
        return name.last >= last
    return (
        0 <= name.first - last <= 2
        and _word(tokens, last - 1) in _GOVERNING
        and not any(_word(tokens, t) == "," for t in range(last, name.first))
    )


def imposer(tokens: Tokens, name: Name, first: int, last: int) -> bool:
    """True for whoever imposes what the cue names: *U.S. restrictions*, *Washington's curbs*."""
    if name.company or not any(_word(tokens, t) in _IMPOSED for t in range(first, last)):
        return False
    between = {_word(tokens, t) for t in range(name.last, first)}
    # "U.S. restrictions" names who restricts, "restrict China's access" who is restricted
    inside = first <= name.first < last and not any(_word(tokens, t) in _IMPOSED for t in range(first, name.first))
    return inside or (0 <= first - name.last <= 3 and not between & _BREAKS)


def coordinated(names: list[Name], chosen: Name) -> list[Name]:
    """``chosen`` and the other members of its list."""
    return [n for n in names if n.group == chosen.group]
