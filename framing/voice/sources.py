"""What a source phrase says of the speaker: a name, a person or a firm, and whom they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from framing.tables import Mentions, Tokens
from framing.voice.attribution import NOWHERE, Attribution, Span
from framing.voice.letters import Letters
from framing.voice.quotes import characters
from framing.voice.words import (
    COMPANY_WORDS,
    DEMONYMS,
    DOCUMENTS,
    NEWSPAPER_WORDS,
    NO_SPEAKER,
    ORGANISATION_WORDS,
)

_NAMES = re.compile(rb"[NKGM]+")
_OF_FIRM = re.compile(rb"[neKNw](?:[Of]|,|&)*[Ofd#]+(?P<firm>[NKM]+)")
_SIGNED = re.compile(rb"-(?P<name>[NK]{1,4})(?=[^NKa-z&]|\Z)")
_LEAD = re.compile(rb"(?P<firm>[NKM]+)'?(?:[wNn]*)n")


@dataclass(frozen=True)
class Source:
    """text: as named · sort: ``person``, ``firm``, ``medium``, ``pronoun``, ``the firm`` or
    ``unnamed`` · affiliation: the firm, or empty."""

    text: str
    sort: str
    affiliation: str = ""


@dataclass(frozen=True)
class Sources:
    """Reads source phrases of one shard."""

    tokens: Tokens
    letters: Letters
    mentions: Mentions
    reports_are_media: bool = True

    def read(self, attribution: Attribution) -> Source:
        """The speaker of an attribution, pronouns not yet resolved."""
        first, last = attribution.source
        code = self.letters.code[first:last]
        if code in (b"p", b"P"):
            return Source(self.text(first, last), "pronoun")
        cut = self._head_end(code)
        head = code[:cut]
        words = [self._word(i) for i in range(first, first + cut)]
        if self._medium(code, first, cut):
            runs = [m.span() for m in re.finditer(rb"M+", code)]
            return Source(self.text(first + runs[0][0], first + runs[0][1]), "medium")
        paper = self._document(head, first)
        firm = self._affiliation((first, last), attribution.beside)
        name = self._name(head, first)
        if name:
            start, end = name
            sort = self.sort(start, end)
            own = self._actor_name(start, end) if sort == "firm" else ""
            text = self.text(start, end)
            return Source(text, sort, own or (text if sort == "firm" else firm))
        if head[:1] == b"d" and words[-1] in COMPANY_WORDS:
            return Source(self.text(first, last), "the firm", firm)
        if paper:
            return Source(self._bare(first, paper), "medium" if self.reports_are_media else "unnamed", firm)
        beside = self._beside_name(attribution.beside)
        if beside:
            return Source(self.text(*beside), self.sort(*beside), firm)
        return Source(self._bare(first, last), "unnamed", firm)

    def _document(self, head: bytes, first: int) -> int:
        """The token after *report* or *survey* where it is the head: *a report published by …*; else 0."""
        for at in range(len(head)):
            if self._word(first + at) in DOCUMENTS:
                rest = head[at + 1 :]
                if not rest or rest[:1] in b"w#":
                    return first + at + 1
        return 0

    def _bare(self, first: int, last: int) -> str:
        """The text without *a* or *an*."""
        article = self._word(first) in {"a", "an"} and last - first > 1
        return self.text(first + article, last)

    def _beside_name(self, beside: Span) -> Span | None:
        """*its environmental group, Earth Alliance, said*: the apposition is the name."""
        code = self.letters.code[beside[0] : beside[1]]
        match = re.fullmatch(rb",([NK]+),?", code)
        return (beside[0] + match.start(1), beside[0] + match.end(1)) if match else None

    def signature(self, at: int) -> Source | None:
        """*“…” — Jane Doe*: the name after a dash behind the quotation."""
        match = _SIGNED.match(self.letters.code, at) if at else None
        if not match:
            return None
        start, end = match.span("name")
        same = self.tokens.sentences.article[self.tokens.sentence[[at - 1, start]]]
        if same[0] != same[1]:
            return None
        sort = self.sort(start, end)
        return Source(self.text(start, end), sort, self._actor_name(start, end) if sort == "firm" else "")

    def _word(self, at: int) -> str:
        word: str = self.tokens.lower[self.tokens.ids[at]]
        return word

    def text(self, first: int, last: int) -> str:
        """The characters from token ``first`` to ``last``, white space as single blanks."""
        source = characters(self.tokens, int(self.tokens.sentence[first]))
        return " ".join(source[self.tokens.start[first] : self.tokens.end[last - 1]].split())

    def _head_end(self, code: bytes) -> int:
        """Where the phrase's first prepositional attribute begins."""
        for at, letter in enumerate(code):
            if at and letter in b"fOR,":
                return at
        return len(code)

    def _medium(self, code: bytes, first: int, cut: int) -> bool:
        if b"M" not in code:
            return False
        head = code[:cut]
        end = head.rfind(b"M") + 1
        if end == 0:  # "a report by Reuters", "a story in the Wall Street Journal"
            return self._word(first + cut - 1) in NEWSPAPER_WORDS
        rest = [self.tokens.lower[i] for i in self.tokens.ids[first + end : first + cut]]
        return not rest or (rest[-1] in NEWSPAPER_WORDS and not rest[-1].startswith("reporter"))

    def _name(self, head: bytes, first: int) -> Span | None:
        """The name that ends the head of the phrase: *Acme chief executive Jane Doe*."""
        runs = [m.span() for m in _NAMES.finditer(head)]
        if not runs or runs[-1][1] < len(head.rstrip(b"#")):
            return None
        start, end = runs[-1]
        return first + start, first + end

    def sort(self, start: int, end: int) -> str:
        """What a name names: ``firm``, ``organisation`` or ``person``."""
        code = self.letters.code[start:end]
        words = {self.tokens.lower[i] for i in self.tokens.ids[start:end]}
        if b"K" in code:
            return "firm"
        if b"G" in code or b"M" in code or words & ORGANISATION_WORDS or end - start > 4:
            return "organisation"
        return "person"

    def _demonym(self, at: int) -> bool:
        """*British trade minister* belongs to no firm called British."""
        word = self._word(at)
        return word in DEMONYMS or word.endswith(("ese", "ish", "ian", "ean"))

    def _actor_name(self, start: int, end: int) -> str:
        for actor in self.letters.actor[start:end].tolist():
            if actor >= 0 and self.mentions.kinds[actor] == "company":
                name: str = self.mentions.names[actor]
                return name
        return ""

    def _affiliation(self, source: Span, beside: Span) -> str:
        """*Y chief executive X*, *X of Y*, *X, an analyst at Y*: a roster firm first, else a name."""
        spans = [source] if beside == NOWHERE else [source, beside]
        for first, last in spans:
            if {self.tokens.lower[i] for i in self.tokens.ids[first:last]} & NO_SPEAKER:
                return ""
        for first, last in spans:
            known = self._actor_name(first, last)
            if known:
                return known
        for first, last in spans:
            code = self.letters.code[first:last]
            match = _OF_FIRM.search(code) or _LEAD.search(code)
            if match and not self._demonym(first + match.end("firm") - 1):
                return self.text(first + match.start("firm"), first + match.end("firm"))
        return ""
