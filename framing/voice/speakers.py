"""Speakers along an article: whom a pronoun stands for, and whose quotation goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import numpy as np

from framing.tables import Mentions, Tokens
from framing.voice.attribution import Attribution
from framing.voice.sources import Source, Sources

_FULL_NAME = re.compile(rb"(?<![NKGMd'])(?P<name>NN{1,2})(?![NKGM'])")
_PERSONS = frozenset({"he", "she"})


@dataclass
class Thread:
    """What is known of speakers so far in one article (a cursor, not a table)."""

    article: int = -1
    person: Source | None = None
    person_paragraph: int = -1
    speaker: Source | None = None
    speaker_paragraph: int = -1
    firms: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Resolver:
    """Gives each attribution its speaker; ``reach``: paragraphs a pronoun looks back."""

    tokens: Tokens
    mentions: Mentions
    code: bytes
    sources: Sources
    reach: int

    def resolve(self, found: list[Attribution], sources: list[Source]) -> list[Source]:
        """The sources with pronouns and surnames resolved, in order."""
        thread = Thread()
        resolved = []
        sentences = self.tokens.sentences
        for attribution, source in zip(found, sources, strict=True):
            article = int(sentences.article[attribution.sentence])
            paragraph = int(sentences.paragraph[attribution.sentence])
            if article != thread.article:
                thread = Thread(article)
            source = self._one(attribution, source, thread, paragraph)
            self._remember(source, thread, paragraph)
            resolved.append(source)
        return resolved

    def _one(self, attribution: Attribution, source: Source, thread: Thread, paragraph: int) -> Source:
        if source.sort == "the firm" and not source.affiliation:
            return self._firm(attribution, source)
        if source.sort == "person":
            return replace(source, affiliation=source.affiliation or thread.firms.get(_surname(source.text), ""))
        if source.sort != "pronoun":
            return source
        word = source.text.lower()
        if word in _PERSONS:
            if thread.person and paragraph - thread.person_paragraph <= self.reach:
                return thread.person
            return self._named(attribution, paragraph) or replace(source, text="")
        if word == "it":
            firm = self._firm(attribution, source)
            if firm.sort == "firm":
                return firm
        near = thread.speaker and paragraph - thread.speaker_paragraph <= self.reach
        return thread.speaker if near and thread.speaker else replace(source, text="")

    def _named(self, attribution: Attribution, paragraph: int) -> Source | None:
        """Nobody has spoken yet: the person last named in full in the paragraph or the one before."""
        sentences = self.tokens.sentences
        sentence = attribution.sentence
        while (
            sentence > 0
            and sentences.article[sentence - 1] == sentences.article[attribution.sentence]
            and paragraph - sentences.paragraph[sentence - 1] <= 1
        ):
            sentence -= 1
        low, high = int(sentences.first_token[sentence]), attribution.source[0]
        for match in reversed(list(_FULL_NAME.finditer(self.code, low, high))):
            span = match.span("name")
            if self.sources.sort(*span) == "person":
                return Source(self.sources.text(*span), "person")
        return None

    def _firm(self, attribution: Attribution, source: Source) -> Source:
        """The company last named in the paragraph before the attribution."""
        at = int(np.searchsorted(self.mentions.first, attribution.source[0]))
        paragraphs = self.tokens.sentences.paragraph
        here = paragraphs[attribution.sentence]
        for mention in range(at - 1, max(-1, at - 40), -1):
            if paragraphs[self.mentions.sentence[mention]] != here:
                break
            actor = self.mentions.actor[mention]
            if self.mentions.kinds[actor] == "company" and not self.mentions.inferred[mention]:
                return Source(self.mentions.alias[mention], "firm", self.mentions.names[actor])
        return source

    def _remember(self, source: Source, thread: Thread, paragraph: int) -> None:
        if not source.text:
            return
        if source.sort == "person":
            thread.person, thread.person_paragraph = source, paragraph
            if source.affiliation:
                thread.firms[_surname(source.text)] = source.affiliation
        thread.speaker, thread.speaker_paragraph = source, paragraph


def _surname(name: str) -> str:
    return name.split()[-1].lower() if name.split() else ""
