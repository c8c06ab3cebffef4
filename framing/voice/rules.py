"""The tool of this room: tokens to voices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.tables import VOICES, Bools, Bytes, Ints, Longs, Mentions, Tokens, Voices
from framing.voice.attribution import NOWHERE, Attribution
from framing.voice.letters import Media, letters
from framing.voice.quotes import Quotation, quotations
from framing.voice.sentence import attributions
from framing.voice.sources import Source, Sources
from framing.voice.speakers import Resolver
from framing.voice.turns import Turn, turns

OUTLET, QUOTE, PARAPHRASE, MEDIUM = (VOICES.index(v) for v in ("outlet", "quote", "paraphrase", "medium"))


@dataclass(frozen=True)
class Rules:
    """Voice by rule: quote marks, attributions, outlets named as sources.

    scare_quote: quoted runs of at most this many words without attribution are scare quotes or
    titles, not quotations · reach: paragraphs that *he* or *she* may look back for a speaker ·
    reports_are_media: a published report, study or survey speaks as a medium, else as a paraphrase.
    """

    scare_quote: int = 3
    reach: int = 3
    reports_are_media: bool = True

    def __call__(self, tokens: Tokens, mentions: Mentions, media: Media) -> Voices:
        """The voice of every token, clause and sentence, and the speaker of every clause."""
        runs = quotations(tokens)
        quoted, marks = _masks(runs, len(tokens))
        read = letters(tokens, mentions, media, quoted, marks)
        found = attributions(tokens, read.code)
        reader = Sources(tokens, read, mentions, self.reports_are_media)
        resolver = Resolver(tokens, mentions, read.code, reader, self.reach)
        named = resolver.resolve(found, [reader.read(one) for one in found])
        spoken = turns(tokens, runs, found, named, reader, self.scare_quote)
        return _voices(tokens, found, named, spoken)


def _masks(runs: list[Quotation], n: int) -> tuple[Bools, Bools]:
    quoted, marks = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    for run in runs:
        quoted[run.first : run.last] = True
        marks[[m for m in (run.opening_mark, run.closing_mark) if m >= 0]] = True
    return quoted, marks


def _voices(tokens: Tokens, found: list[Attribution], named: list[Source], spoken: list[Turn]) -> Voices:
    token = np.full(len(tokens), OUTLET, dtype=np.int8)
    source = np.full(len(tokens), -1, dtype=np.int32)
    speaking = np.zeros(len(tokens), dtype=bool)
    attributing = np.zeros(len(tokens), dtype=bool)
    everyone = [*named, *(turn.speaker for turn in spoken if turn.speaker)]
    for number, (one, who) in enumerate(zip(found, named, strict=True)):
        span = slice(*one.scope)
        token[span] = MEDIUM if who.sort == "medium" else PARAPHRASE
        source[span] = number
        for first, last in (one.source, one.beside, one.cue):
            attributing[first:last] = True
        speaking[one.source[0] : one.source[1]] = True
        if one.beside != NOWHERE:
            speaking[one.beside[0] : one.beside[1]] = True
    number = len(named)
    for turn in spoken:
        token[turn.first : turn.last] = QUOTE
        source[turn.first : turn.last] = number if turn.speaker else -1
        number += turn.speaker is not None
    return _collect(tokens, token, source, speaking, attributing, everyone)


def _collect(
    tokens: Tokens, token: Bytes, source: Ints, speaking: Bools, attributing: Bools, everyone: list[Source]
) -> Voices:
    speakers = tuple(dict.fromkeys(t for s in everyone for t in (s.text, s.affiliation) if t))
    index = {text: number for number, text in enumerate(speakers)}
    name = np.array([index.get(s.text, -1) for s in everyone] + [-1], dtype=np.int32)
    firm = np.array([index.get(s.affiliation, -1) for s in everyone] + [-1], dtype=np.int32)
    n_clauses, n_sentences = len(tokens.clause_main), len(tokens.sentences)
    worded = np.array([any(c.isalnum() for c in word) for word in tokens.types], dtype=bool)
    weight = _weights(worded[tokens.ids] if len(tokens) else attributing, attributing)
    clause = _majority(tokens.clause.astype(np.int64), token, weight, n_clauses)
    sentence = _majority(tokens.sentence.astype(np.int64), token, weight, n_sentences)
    speaker = _of_clause(tokens, token, source, clause)
    return Voices(token, clause, sentence, name[speaker], firm[speaker], speaking, speakers)


def _weights(worded: Bools, attributing: Bools) -> Longs:
    """A word counts 1000; the attribution's own words and punctuation only break ties."""
    return np.where(worded & ~attributing, 1000, 1).astype(np.int64)


def _majority(group: Longs, token: Bytes, weight: Longs, n: int) -> Bytes:
    """The voice with most weight in each group; of equals the later of quote, medium, paraphrase, outlet."""
    counts = np.bincount(group * 4 + token, weights=weight, minlength=4 * n).reshape(n, 4)
    order = np.array([OUTLET, PARAPHRASE, MEDIUM, QUOTE])[::-1]
    best = order[np.argmax(counts[:, order], axis=1)]
    return np.where(counts.sum(axis=1) > 0, best, OUTLET).astype(np.int8)


def _of_clause(tokens: Tokens, token: Bytes, source: Ints, clause: Bytes) -> Ints:
    """Per clause, the first source whose words have the clause's voice."""
    speaker = np.full(len(clause), -1, dtype=np.int32)
    if len(tokens):
        own = np.flatnonzero((token == clause[tokens.clause]) & (source >= 0))[::-1]
        speaker[tokens.clause[own]] = source[own]
    return speaker
