"""*It*, *the company*, *his firm*: followed to a company where only one is meant."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from framing.tables import Mentions, Tokens
from framing.text import Vocabulary

_NOUNS = tuple(
    "company firm group giant chipmaker chip-maker carmaker automaker automotive startup start-up retailer "
    "manufacturer foundry operator maker conglomerate developer supplier business".split()
)
_DETERMINERS = frozenset("the his her its their".split())
_LINKS = frozenset("the chinese american u.s. tech technology telecoms telecom internet search e-commerce".split())


def inferred(mentions: Mentions, tokens: Tokens, vocabulary: Vocabulary) -> Mentions:
    """``mentions`` with the inferred ones added, marked, by position.

    *The company* means the one company named before in the paragraph; *it* the one named before
    in its sentence or, opening a sentence, in the sentence before. Two candidates: nobody.
    """
    company = np.array([kind == "company" for kind in mentions.kinds], dtype=bool)
    named = company[mentions.actor] if len(mentions) else np.zeros(0, dtype=bool)
    rows = []
    taken = mentions.mask(len(tokens))
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for sentence, first, actor in zip(
        mentions.sentence[named], mentions.first[named], mentions.actor[named], strict=True
    ):
        by_sentence.setdefault(int(sentence), []).append((int(first), int(actor)))
    for first, last, pronoun in _candidates(tokens, vocabulary):
        if taken[first:last].any():
            continue
        actor = _antecedent(tokens, by_sentence, first, pronoun)
        if actor is not None:
            rows.append((first, last, actor))
            by_sentence.setdefault(int(tokens.sentence[first]), []).append((first, actor))
    return _merge(mentions, tokens, rows)


def _candidates(tokens: Tokens, vocabulary: Vocabulary) -> list[tuple[int, int, bool]]:
    """Tokens ``first:last`` of pronouns (True) and company nouns with a determiner (False)."""
    nouns = vocabulary.places([t for noun in _NOUNS for t in vocabulary.folded.get(noun, [])])
    found = []
    for place in nouns:
        place = int(place)
        low = int(tokens.sentences.first_token[tokens.sentence[place]])
        for first in range(place - 1, max(low, place - 3) - 1, -1):
            word = tokens.lower[tokens.ids[first]]
            if word in _DETERMINERS:
                found.append((first, place + 1, False))
            if word in _DETERMINERS or not (word in _LINKS or word.endswith(("-based", "-listed", "-owned"))):
                break
    pronouns = vocabulary.places([t for word in ("it", "its") for t in vocabulary.folded.get(word, [])])
    used = {first for first, _, _ in found}
    found += [(int(p), int(p) + 1, True) for p in pronouns if int(p) not in used]
    return sorted(found)


def _antecedent(tokens: Tokens, by_sentence: dict[int, list[tuple[int, int]]], first: int, pronoun: bool) -> int | None:
    sentence = int(tokens.sentence[first])
    before = {actor for place, actor in by_sentence.get(sentence, []) if place < first}
    if before:
        return before.pop() if len(before) == 1 else None
    paragraph = tokens.sentences.paragraph
    low = int(tokens.sentences.first_token[sentence])
    reach = 1 if pronoun else 3
    if pronoun and first - low > 2:
        return None
    for back in range(sentence - 1, max(-1, sentence - 1 - reach), -1):
        if paragraph[back] != paragraph[sentence]:
            return None
        actors = {actor for _, actor in by_sentence.get(back, [])}
        if actors:
            return actors.pop() if len(actors) == 1 else None
    return None


def _merge(mentions: Mentions, tokens: Tokens, rows: list[tuple[int, int, int]]) -> Mentions:
    if not rows:
        return mentions
    table = np.array(rows, dtype=np.int32)
    first, last, actor = table.T
    joined: dict[str, Any] = {
        "actor": np.concatenate([mentions.actor, actor]),
        "sentence": np.concatenate([mentions.sentence, tokens.sentence[first]]),
        "first": np.concatenate([mentions.first, first]),
        "last": np.concatenate([mentions.last, last]),
        "start": np.concatenate([mentions.start, tokens.start[first]]),
        "end": np.concatenate([mentions.end, tokens.end[last - 1]]),
        "inferred": np.concatenate([mentions.inferred, np.ones(len(rows), dtype=bool)]),
    }
    order = np.argsort(joined["first"], kind="stable")
    alias = (*mentions.alias, *(_written(tokens, int(a), int(b)) for a, b in table[:, :2]))
    return dataclasses.replace(
        mentions,
        **{name: column[order] for name, column in joined.items()},
        alias=tuple(alias[i] for i in order),
    )


def _written(tokens: Tokens, first: int, last: int) -> str:
    sentence = int(tokens.sentence[first])
    base = tokens.sentences.start[sentence]
    return tokens.string(sentence)[tokens.start[first] - base : tokens.end[last - 1] - base]
