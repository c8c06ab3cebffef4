"""Who reports what, inside one sentence: cue, source phrase, and what the report covers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from framing.tables import Bools, Tokens
from framing.voice import grammar
from framing.voice.attribution import NOWHERE, Attribution, Span
from framing.voice.words import (
    CALLED,
    CALLING,
    COMPANY_WORDS,
    EVIDENCE,
    OPINION,
    PAPERS,
    REPORTING_OBJECT,
    forms,
)

_CUES = np.frombuffer(b"stoega", dtype=np.uint8)
_EVIDENCE, _OPINION, _OBJECT = forms(EVIDENCE), forms(OPINION), forms(REPORTING_OBJECT)
_ADDRESSED = frozenset({"told", "tells", "tell"})
_NAMES = (b"N", b"K", b"M", b"n", b"G")
_POINTING = frozenset({"this", "that", "these", "those", "the", "few", "no"})
_VIEWS = frozenset({"view", "opinion", "words", "eyes", "telling"})
_QUOTING = frozenset({"quoted", "quotes", "cited", "cites"})
_STAND_ALONE = frozenset("some many most several all this that these those".split())
_CONTRAST = frozenset("while although though despite whereas notwithstanding albeit even".split())


def attributions(tokens: Tokens, code: bytes) -> list[Attribution]:
    """Every attribution outside quotations, ordered by token."""
    letters = np.frombuffer(code, dtype=np.uint8)
    hits = np.flatnonzero(np.isin(letters, _CUES) | _views(tokens))
    found: list[Attribution] = []
    bounds = tokens.sentences.first_token
    for sentence in np.unique(tokens.sentence[hits]).tolist():
        low, high = int(bounds[sentence]), int(bounds[sentence + 1])
        found += Reading(sentence, low, code[low:high], tokens.clause[low:high].tolist(), tokens).attributions()
    return found


def _views(tokens: Tokens) -> Bools:
    """True at *view*, *opinion* …: the words of *in Acme's view*."""
    types = np.array([word in _VIEWS for word in tokens.lower], dtype=bool)
    mask: Bools = types[tokens.ids] if len(tokens) else np.zeros(0, dtype=bool)
    return mask


@dataclass(frozen=True)
class Reading:
    """One sentence as letters; positions inside count from its first token."""

    number: int
    low: int
    code: bytes
    clauses: list[int]
    tokens: Tokens

    def attributions(self) -> list[Attribution]:
        """The outermost attributions of the sentence, ordered."""
        found = [*self._according(), *self._in_view(), *self._verbs()]
        shifted = [one.shifted(self.low) for one in self._outermost(found)]
        return sorted(shifted, key=lambda one: one.cue)

    def _word(self, at: int) -> str:
        word: str = self.tokens.lower[self.tokens.ids[self.low + at]]
        return word

    def _before(self, at: int) -> bytes:
        return self.code[at - 1 : at] if at > 0 else b""

    # --- where attributions are

    def _according(self) -> Iterator[Attribution]:
        for match in grammar.ACCORDING.finditer(self.code):
            cue = (match.start(), match.start() + 2)
            early = match.start() <= 2
            yield self._make(match.span("np"), match.span("beside"), cue, early)

    def _in_view(self) -> Iterator[Attribution]:
        for match in grammar.IN_VIEW.finditer(self.code):
            if self._word(match.start("view")) in _VIEWS:
                yield self._make(match.span("np"), NOWHERE, (match.start(), match.end()), match.start() <= 1)

    def _verbs(self) -> Iterator[Attribution]:
        inverted = {match.start("cue") for match in grammar.INVERTED.finditer(self.code)}
        for at, letter in enumerate(self.code):
            if letter not in b"stoeg":
                continue
            found = self._inverted(at) if at in inverted and not self._after_apposition(at) else None
            if not found and letter == ord("g") and self._before(at) != b"B":
                found = self._quoted_as(at) or self._participle(at)
            elif not found and self._finite(at, chr(letter)):
                found = self._subject_verb(at, chr(letter))
            if found:
                yield found

    def _after_apposition(self, at: int) -> bool:
        """*Jane Doe, head of Acme, said sales rose*: the comma ends an apposition."""
        if self._before(at) != b",":
            return False
        match = grammar.APPOSED.search(self.code[:at])
        return bool(match and grammar.PLAIN.fullmatch(match["beside"]) and match["np"][-1:] in _NAMES)

    def _inverted(self, at: int) -> Attribution | None:
        """*…, said Jane Doe, who runs Acme*: nothing of the content follows the verb."""
        match = grammar.AFTER.match(self.code, at + 1)
        if not match or self._word(at) in _ADDRESSED:
            return None
        say, quoted = self.code[at] == ord("s"), self.code[max(0, at - 2) : at] == b'Q"'
        end = max(match.end("np"), match.end("beside"))
        following = self.code[end : end + 1]
        if not say and not (quoted or (following in (b"", b".", b",") and grammar.NAMED.search(match["np"]))):
            return None
        if following not in grammar.ENDS_PHRASE or (self._before(at) == b"," and following == b"T"):
            return None
        return self._make(match.span("np"), match.span("beside"), (at, at + 1), False)

    def _finite(self, at: int, letter: str) -> bool:
        """False for nouns, infinitives, passives and what is denied or only possible."""
        back = at
        while back > 0 and self.code[back - 1] in b"rb":
            back -= 1
        before = self._before(back)
        if before in (b"m", b"x", b"i") or (before == b"B" and letter != "g"):
            return False
        if letter == "e" and grammar.NOUN_BEFORE.search(self.code[:at]):
            return False
        if self._before(at) == b"'":  # its rival's proposed rules
            return False
        return before != b"d" or self._word(back - 1) in _STAND_ALONE  # the said report; some say

    def _subject_verb(self, at: int, letter: str) -> Attribution | None:
        source, beside = self._subject(at)
        if source == NOWHERE or self._speechless(source):
            return self._elided(at, letter) if source == NOWHERE else None
        before = self._before(source[0])
        quoted = self.code[max(0, source[0] - 2) : source[0]] == b'Q"'
        aside = quoted or (before in (b",", b"-", b'"') and self._closes(at))
        if not aside and not self._takes(at, letter, source):
            return None
        made = self._make(source, beside, (at, at + 1), not aside)
        return self._embedded(made, before, at)

    def _speechless(self, source: Span) -> bool:
        """*I*, *we*, and *that* of *that said*, report nothing."""
        code = self.code[source[0] : source[1]]
        return code == b"P" or (code in (b"d", b"T") and self._word(source[0]) in _POINTING)

    def _embedded(self, made: Attribution, before: bytes, at: int) -> Attribution:
        """*a measure that some feel is …*, *what Acme calls …*: reported to the next pause only;
        *As Acme said, …* reports the sentence."""
        word = self._word(made.source[0] - 1) if made.source[0] else ""
        whole = word in _CONTRAST or (word == "as" and (made.source[0] == 1 or self._closes(at)))
        if before in (b"T", b"R") or (before == b"C" and not whole):
            pause = grammar.EMBEDDED_END.search(self.code, at + 1)
            return replace(made, scope=(made.source[0], pause.start() if pause else len(self.code)))
        return made

    def _takes(self, at: int, letter: str, source: Span) -> bool:
        """True where what follows the verb is what it reports."""
        rest, word = self.code[at + 1 :], self._word(at)
        if letter == "s":
            return True
        if letter == "o":
            if word in CALLING and {self._word(i) for i in range(at + 1, min(at + 4, len(self.code)))} & CALLED:
                return True
            return word in _OBJECT or bool(grammar.QUOTED_AHEAD.match(rest))
        if word in _EVIDENCE and not self._may_show(source):
            return False
        if word in _OPINION:
            return bool(grammar.OPINION_AHEAD.match(rest))
        return bool(grammar.CLAUSE_AHEAD.match(rest))

    def _may_show(self, source: Span) -> bool:
        """Documents and people show something; of firms and products it is no report."""
        code = self.code[source[0] : source[1]]
        words = {self._word(i) for i in range(*source)}
        if words & PAPERS:
            return True
        if code == b"p":
            return words <= {"he", "she", "they"}
        return not words & COMPANY_WORDS and code[-1:] in (b"n", b"N")

    def _closes(self, at: int) -> bool:
        """*…, Doe argues, …* or *…, Doe argued on Monday.*"""
        return bool(grammar.CLOSES.match(self.code, at + 1))

    # --- who speaks

    def _subject(self, at: int) -> tuple[Span, Span]:
        """The phrase before the verb and its apposition."""
        head = self.code[:at]
        match = grammar.SUBJECT.search(head)
        if match and grammar.NOMINAL.search(match["np"]):
            return match.span("np"), NOWHERE
        match = grammar.APPOSED.search(head) or grammar.WHO.search(head)
        if match:
            return match.span("np"), match.span("beside")
        match = grammar.NEAR.search(head)
        if match and grammar.NOMINAL.search(match["np"]):
            return match.span("np"), NOWHERE
        return NOWHERE, NOWHERE

    def _elided(self, at: int, letter: str) -> Attribution | None:
        """*… and said that …*, or a subject too long to be seen whole."""
        joined = self._before(at) in (b"&", b",", b"r")
        if not joined and letter != "s" and self.code[at + 1 : at + 2] != b"T":
            return None
        if letter != "s" and not self._takes(at, letter, NOWHERE):
            return None
        return self._from_first_subject(at, at if joined else 0)

    def _participle(self, at: int) -> Attribution | None:
        """*…, saying that …*: the subject of the sentence speaks."""
        if self._before(at) not in (b",", b"&", b"r", b"C", b'"', b"-"):
            return None
        word = self._word(at)
        # "adding 35 points to the rate", "citing worries that …" tell what was done, not what was said
        if word == "citing" or (word != "saying" and not grammar.CLAUSE_AHEAD.match(self.code[at + 1 :])):
            return None
        return self._from_first_subject(at, 0 if self._before(at) == b"C" else at)

    def _quoted_as(self, at: int) -> Attribution | None:
        """*Xinhua quoted Mr. Doe as saying …*: Mr. Doe speaks."""
        match = grammar.QUOTED_AS.search(self.code[: at + 1])
        if not match or match.end() != at + 1 or self._word(at - 1) != "as":
            return None
        first, last = match.span("np")
        quoting = [i for i in range(first, last) if self._word(i) in _QUOTING]
        if not quoting:
            return None
        if quoting[-1] + 1 < last:
            source, beside = (quoting[-1] + 1, last), NOWHERE
        else:  # Mr. Doe was quoted as saying
            source, beside = self._subject(quoting[-1])
        return self._make(source, beside, (quoting[-1], at + 1), True) if source != NOWHERE else None

    def _from_first_subject(self, at: int, start: int) -> Attribution | None:
        match = grammar.FIRST_SUBJECT.match(self.code)
        if not match or match.end() > at or not grammar.NOMINAL.search(match["np"]):
            return None
        made = self._make(match.span("np"), NOWHERE, (at, at + 1), True)
        return replace(made, scope=(start, made.scope[1]))

    # --- what it covers

    def _make(self, source: Span, beside: Span, cue: Span, before: bool) -> Attribution:
        beside = beside if beside[0] < beside[1] else NOWHERE
        if not before:
            frame = grammar.FRAME.match(self.code, max(cue[1], source[1]))
            cue = (cue[0], max(cue[1], frame.end() if frame and beside == NOWHERE else cue[1]))
        return Attribution(self.number, source, beside, cue, self._scope(source, cue, before), before)

    def _clause(self, at: int) -> Span:
        """The tokens of the clause that holds position ``at``."""
        clause = self.clauses[at]
        return bisect_left(self.clauses, clause), bisect_right(self.clauses, clause)

    def _scope(self, source: Span, cue: Span, before: bool) -> Span:
        """A main clause's cue covers the sentence, from its own clause on if the source comes first;
        a subordinate clause's cue covers that clause."""
        first, last = self._clause(cue[0])
        if self.tokens.clause_main[self.clauses[cue[0]]]:
            return (self._clause(min(source[0], cue[0]))[0] if before else 0), len(self.code)
        opened = self._word(first) in _CONTRAST
        first = min(first, self._clause(source[0])[0])
        while last < len(self.code):
            # *said that despite A, B* goes on after A; *While X said A, B* and *X said A, but B* end
            opener = self.code[last : last + 2]
            if (opener[:1] == b"c" and opener != b"cT") or (opened and self.code[last] not in b"C"):
                break
            last = self._clause(last)[1]
        return first, last

    def _outermost(self, found: list[Attribution]) -> list[Attribution]:
        """Of nested attributions the outer one counts; one after *and*, *but* or *while* is its own."""
        asides = [a for a in found if not a.before]
        kept: list[Attribution] = []
        for one in sorted(found, key=lambda a: (min(a.source[0], a.cue[0]), a.cue)):
            start = min(one.source[0], one.cue[0])
            own = self._before(start) in (b"&", b"c", b";", b'"', b"C") or one.scope[0] >= one.cue[0]
            outer = [a for a in (*kept, *asides) if a.before is False or a.cue[1] <= one.cue[0]]
            inside = any(a.scope[0] <= one.cue[0] < a.scope[1] and a is not one for a in outer)
            if own or not inside or not one.before:
                kept.append(one)
        return kept
