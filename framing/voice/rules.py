"""The tool of this room: tokens to voices."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.kernel import speakers as kernel
from framing.tables import Mentions, Tokens, Voices
from framing.voice.attribution import Attributions
from framing.voice.letters import Letters, Media, OutletNames, letters, spelt
from framing.voice.quotes import quotations
from framing.voice.sentence import attributions
from framing.voice.speakers import Speakers, speakers


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

    @cached_property
    def _known(self) -> list[tuple[Media, OutletNames]]:
        """At most one entry: the outlets asked for last, and their names."""
        return []

    def _names(self, media: Media) -> OutletNames:
        if not self._known or self._known[0][0] is not media:
            self._known[:] = [(media, OutletNames.of(media))]
        return self._known[0][1]

    def __call__(self, tokens: Tokens, mentions: Mentions, media: Media) -> Voices:
        """The voice of every token, clause and sentence, and the speaker of every clause."""
        spelling = spelt(tokens)
        runs = quotations(tokens, spelling.marks)
        read = letters(tokens, spelling, mentions, self._names(media), runs.table)
        found = attributions(tokens, read.code)
        who = speakers(tokens, mentions, read, found, runs, self.scare_quote, self.reach, self.reports_are_media)
        return _voices(tokens, mentions, read, found, who)


def _voices(tokens: Tokens, mentions: Mentions, read: Letters, found: Attributions, who: Speakers) -> Voices:
    n_clauses, n_sentences = len(tokens.clause_main), len(tokens.sentences)
    token, clause, sentence = (np.zeros(n, dtype=np.int8) for n in (len(tokens), n_clauses, n_sentences))
    speaker = np.full(n_clauses, -1, dtype=np.int32)
    speaking = np.zeros(len(tokens), dtype=bool)
    kernel.voices(
        tokens.ids,
        read.flags,
        tokens.clause,
        tokens.sentences.first_token,
        found.sentence,
        found.source_first,
        found.source_last,
        found.beside_first,
        found.beside_last,
        found.cue_first,
        found.cue_last,
        found.scope_first,
        found.scope_last,
        who.table,
        who.turns,
        token,
        clause,
        sentence,
        speaker,
        speaking,
    )
    # −1, where nobody speaks, takes the last entry
    name, firm = (np.append(column, np.int32(-1))[speaker] for column in (who.name, who.firm))
    actors = _numbers(mentions.names)
    actor = np.array([*(actors.get(one, -1) for one in who.names), -1], dtype=np.int32)
    return Voices(token, clause, sentence, name, firm, speaking, who.names, actor[name], actor[firm])


@functools.lru_cache(maxsize=4)
def _numbers(names: tuple[str, ...]) -> dict[str, int]:
    """Names to their numbers."""
    return {name: number for number, name in enumerate(names)}
