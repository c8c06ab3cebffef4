"""Assigns each cue to the actors it is about, by clause, word order and role (``targets=rules``)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from framing.tables import TONE, VOICES, Cues, Evidence, Mentions, Tokens, Voices
from framing.targets.roles import BEARER, OBLIQUE, YARDSTICK, Name, coordinated, governed, imposer, possessor, roles

_OBJECT_VERBS = frozenset(
    "hit hits hitting hurt hurts hurting sue sues sued suing accuse accuses accused accusing ban bans banned banning "
    "fine fines fined fining punish punishes punished blast blasts blasted slam slams slammed criticise criticised "
    "criticize criticized block blocks blocked restrict restricts restricted sanction sanctioned blacklist blacklisted "
    "threaten threatens threatened attack attacks attacked praise praises praised boost boosts boosted help helps "
    "helped upgrade upgrades upgraded downgrade downgrades downgraded weigh weighs damage damages damaged probe probes "
    "probed investigate investigates investigated warn warns warned harm harms harmed squeeze squeezed".split()
)
_FIRST_PERSON = frozenset("we we're we've we'll our us ours".split())
_PASSIVE = frozenset("is are was were be been being got gets".split())


@dataclass(frozen=True)
class Rules:
    """``inferred``: whether *it, the company* count as naming the company they stand for."""

    inferred: bool = True

    def allowed(self, mentions: Mentions) -> Mentions:
        """The mentions that count."""
        if self.inferred or not mentions.inferred.any():
            return mentions
        keep = ~mentions.inferred
        columns = {
            name: getattr(mentions, name)[keep]
            for name in ("actor", "sentence", "first", "last", "start", "end", "inferred")
        }
        alias = tuple(a for a, k in zip(mentions.alias, keep, strict=True) if k)
        return dataclasses.replace(mentions, **columns, alias=alias)

    def __call__(self, tokens: Tokens, mentions: Mentions, voices: Voices, cues: tuple[Cues, ...]) -> Evidence:
        """One entry for each cue and actor; actor −1 where the cue is nobody's."""
        names = roles(tokens, mentions, voices)
        merged = _merge(cues)
        number, actors, own = [], [], []
        for i in range(len(merged)):
            first = int(merged.first[i])
            here = names.get(int(tokens.sentence[first]), [])
            bearer, strict = _bearer(tokens, merged, i), merged.measures[merged.measure[i]] != TONE
            chosen = _targets(tokens, here, first, int(merged.last[i]), bearer, strict) if here else []
            chosen = chosen or _we(tokens, mentions, voices, here, first)
            for actor in dict.fromkeys(name.actor for name in chosen) or [-1]:
                number.append(i)
                actors.append(actor)
                own.append(actor >= 0 and _self_claim(tokens, voices, mentions, first, actor))
        pick = np.array(number, dtype=np.int32)
        return Evidence(
            measures=merged.measures,
            rules=merged.rules,
            cue=pick,
            actor=np.array(actors, dtype=np.int32),
            self_claim=np.array(own, dtype=bool),
            **{name: getattr(merged, name)[pick] for name in _COLUMNS},
        )


_COLUMNS = ("measure", "rule", "first", "last", "strength", "modality", "negated", "amount")


def _merge(cues: tuple[Cues, ...]) -> Cues:
    """Several cue tables as one, ordered by token, then measure."""
    measures = tuple(dict.fromkeys(m for c in cues for m in c.measures))
    rules = tuple(dict.fromkeys(r for c in cues for r in c.rules))
    place = {rule: i for i, rule in enumerate(rules)}
    columns = {}
    for name in (*_COLUMNS, "bearer"):
        parts = [getattr(c, name) for c in cues]
        if name == "measure":
            parts = [np.array([measures.index(m) for m in c.measures], dtype=np.int8)[c.measure] for c in cues]
        if name == "rule":
            parts = [np.array([place[r] for r in c.rules], dtype=np.int32)[c.rule] if len(c) else c.rule for c in cues]
        columns[name] = np.concatenate(parts)
    order = np.lexsort((columns["rule"], columns["measure"], columns["last"], columns["first"]))
    return Cues(measures, rules, **{name: column[order] for name, column in columns.items()})


def _bearer(tokens: Tokens, cues: Cues, i: int) -> int:
    """0 subject, 1 object, 2 any. A valence has no rule to say so: its verb and voice do."""
    if cues.measures[cues.measure[i]] != TONE:
        return int(cues.bearer[i])
    first = int(cues.first[i])
    if tokens.lower[tokens.ids[first]] not in _OBJECT_VERBS:
        return 0
    low = int(tokens.sentences.first_token[tokens.sentence[first]])
    before = {tokens.lower[tokens.ids[t]] for t in range(max(low, first - 2), first)}
    return 0 if before & _PASSIVE else 1


def _targets(tokens: Tokens, names: list[Name], first: int, last: int, bearer: int, strict: bool) -> list[Name]:
    """The names a cue at tokens ``first:last`` is about: none, one, or a list of names.

    ``strict``: the rule says on which side its bearer stands (a valence does not).
    """
    clause = int(tokens.clause[first])
    here = [n for n in names if n.clause == clause]
    usable = [n for n in here if n.role in (BEARER, OBLIQUE) and not imposer(tokens, n, first, last)]
    if strict and bearer == 0:  # "relies on U.S. tools": what follows the verb is no subject
        usable = [n for n in usable if not governed(tokens, n, first, last)]
    if usable:
        return coordinated(usable, _nearest(tokens, usable, first, last, bearer))
    if here and bearer == 0 and any(n.role == YARDSTICK for n in here) and all(n.last <= first for n in here):
        return []
    others = [n for n in names if n.clause != clause and n.role in (BEARER, OBLIQUE)]
    before = [n for n in others if n.first < first]
    after = [n for n in others if n.first >= last]
    # a subordinate clause that opens the sentence speaks of the subject that follows
    if before:
        return coordinated(others, _nearest(tokens, before, first, last, 0))
    return coordinated(others, after[0]) if after and not tokens.clause_main[clause] else []


def _we(tokens: Tokens, mentions: Mentions, voices: Voices, names: list[Name], first: int) -> list[Name]:
    """Whom *we, our, us* stand for in a quotation: the speaker's own firm, where the sentence names it."""
    clause = int(tokens.clause[first])
    low = int(tokens.sentences.first_token[tokens.sentence[first]])
    if VOICES[voices.token[first]] != "quote" or not any(
        tokens.lower[tokens.ids[t]] in _FIRST_PERSON for t in range(low, first)
    ):
        return []
    own = {voices.speakers[i] for i in (int(voices.affiliation[clause]), int(voices.speaker[clause])) if i >= 0}
    return [name for name in names if mentions.names[name.actor] in own][:1]


def _nearest(tokens: Tokens, names: list[Name], first: int, last: int, bearer: int) -> Name:
    """The best of several names: on the bearer's side, no oblique, near."""

    def cost(name: Name) -> tuple[int, int, int]:
        before = name.first < first
        within = first <= name.first < last and bearer != 0  # "cut off Huawei's supply", not "replaced Intel's chip"
        if possessor(tokens, name, first) or within:
            return (0, 0, 0)
        distance = first - name.last if before else name.first - last
        side = int(before) if bearer == 1 else int(not before) if bearer == 0 else 0
        return (1 + side, int(name.role == OBLIQUE and before), distance)

    return min(names, key=cost)


def _self_claim(tokens: Tokens, voices: Voices, mentions: Mentions, token: int, actor: int) -> bool:
    if voices.token[token] == 0:
        return False
    clause = int(tokens.clause[token])
    name = mentions.names[actor]
    return any(
        index >= 0 and voices.speakers[index] == name
        for index in (int(voices.affiliation[clause]), int(voices.speaker[clause]))
    )
