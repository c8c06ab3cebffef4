"""Assigns each cue to the actors it is about, by clause, word order and role (``targets=rules``)."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.kernel import targets as kernel
from framing.tables import TONE, Cues, Evidence, Longs, Mentions, Tokens, Voices
from framing.targets.words import WORDS


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
        merged = _merge(cues)
        names, of_sentence = _names(tokens, mentions, voices)
        sentence = tokens.sentence[merged.first]
        low, high = of_sentence[sentence], of_sentence[sentence + 1]
        room = int((high - low).sum()) + len(merged)
        cue, actor, own = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32), np.empty(room, dtype=bool)
        n = kernel.assign(
            merged.first,
            merged.last,
            merged.bearer,
            np.array([measure != TONE for measure in merged.measures], dtype=bool)[merged.measure],
            tokens.sentences.first_token[sentence],
            low,
            high,
            names,
            tokens.clause,
            tokens.clause_main,
            tokens.ids,
            tokens.vocabulary.trait(WORDS),
            voices.token,
            voices.speaker_actor,
            voices.affiliation_actor,
            np.empty(len(names), dtype=np.int8),
            cue,
            actor,
            own,
        )
        columns = {name: getattr(merged, name)[cue[:n]] for name in _COLUMNS}
        return Evidence(merged.measures, merged.rules, cue[:n], actor[:n], own[:n], **columns)


_COLUMNS = ("measure", "rule", "first", "last", "strength", "modality", "negated", "amount")


def _names(tokens: Tokens, mentions: Mentions, voices: Voices) -> tuple[Longs, Longs]:
    """``(names, bounds)``: rows (actor, first, last, clause, role, group, company), and those of each sentence."""
    worded = np.flatnonzero(mentions.first < mentions.last)
    sentence = mentions.sentence[worded].astype(np.int64)
    actor, first, last = mentions.actor[worded], mentions.first[worded], mentions.last[worded]
    company = np.array([kind == "company" for kind in mentions.kinds], dtype=bool)[actor]
    role, group = np.empty(len(worded), dtype=np.int64), np.empty(len(worded), dtype=np.int64)
    kernel.roles(
        first.astype(np.int64),
        last.astype(np.int64),
        sentence,
        company,
        voices.speaking[first] if len(voices.speaking) else np.zeros(len(worded), dtype=bool),
        tokens.sentences.first_token,
        tokens.ids,
        tokens.vocabulary.trait(WORDS),
        role,
        group,
    )
    names = np.column_stack([actor, first, last, tokens.clause[first], role, group, company])  # int64, as the roles are
    counts = np.bincount(sentence, minlength=len(tokens.sentences))
    return names, np.concatenate(([0], np.cumsum(counts)))


def _merge(cues: tuple[Cues, ...]) -> Cues:
    """Several cue tables as one, ordered by token, then measure."""
    measures, of_measure = _numbered(tuple(c.measures for c in cues))
    rules, of_rule = _numbered(tuple(c.rules for c in cues))
    columns = {name: np.concatenate([getattr(c, name) for c in cues]) for name in (*_COLUMNS, "bearer")}
    measure = np.concatenate([place[c.measure] for place, c in zip(of_measure, cues, strict=True)])
    columns["measure"] = measure.astype(np.int8)
    columns["rule"] = np.concatenate([place[c.rule] for place, c in zip(of_rule, cues, strict=True)])
    first = columns["first"]
    order = np.argsort(first, kind="stable")  # of tables in order: no more than a merge
    tied = np.flatnonzero(first[order[1:]] == first[order[:-1]]) + 1
    kernel.settle(tied, first, columns["last"], columns["measure"], columns["rule"], order)
    return Cues(measures, rules, **{name: column[order] for name, column in columns.items()})


@functools.lru_cache(maxsize=8)  # most tools name the same measures and rules in every shard
def _numbered(tables: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], list[Any]]:
    """The names of several tables, each once, and for each table the places of its names among them."""
    place = {name: i for i, name in enumerate(dict.fromkeys(name for table in tables for name in table))}
    return tuple(place), [np.array([place[name] for name in table], dtype=np.int32) for table in tables]
