"""Quotations with their speakers: whose words stand between the marks."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from framing.tables import Tokens
from framing.voice.attribution import Attribution
from framing.voice.quotes import Quotation
from framing.voice.sources import Source, Sources


@dataclass(frozen=True)
class Turn:
    """Tokens ``first:last`` in somebody's own words; speaker None where nobody is named."""

    first: int
    last: int
    speaker: Source | None


@dataclass(frozen=True)
class _Said:
    """Attributions by sentence, for questions about a run's surroundings."""

    tokens: Tokens
    found: list[Attribution]
    named: list[Source]
    order: list[int]

    def within(self, run: Quotation) -> Source | None:
        """The attribution of a sentence that the run touches, the nearest one."""
        low = int(self.tokens.sentence[run.first])
        high = int(self.tokens.sentence[run.last - 1])
        near = range(bisect_left(self.order, low), bisect_left(self.order, high + 1))
        if not near:
            return None
        distance = {i: self._distance(self.found[i], run) for i in near}
        best = min(near, key=lambda i: distance[i])
        return self.named[best]

    def _distance(self, one: Attribution, run: Quotation) -> int:
        if one.cue[0] >= run.last:
            return one.cue[0] - run.last
        return max(0, run.first - one.cue[1])


def turns(
    tokens: Tokens,
    runs: list[Quotation],
    found: list[Attribution],
    named: list[Source],
    reader: Sources,
    scare_quote: int,
) -> list[Turn]:
    """The quotations that are somebody's words, in order.

    A run without an attribution of its own takes the speaker of its paragraph; a paragraph that is
    one quotation takes the speaker before it.
    """
    order = [one.sentence for one in found]
    said = _Said(tokens, found, named, order)
    last = _LastSpeaker(tokens, found, named, order)
    kept: list[Turn] = []
    pending: list[int] = []  # places in ``kept`` of runs of this speech that are still without a speaker
    paragraph, previous, likely = -1, None, None
    for number, run in enumerate(runs):
        speaker = said.within(run) or reader.signature(run.closing_mark + 1)
        if speaker is None and _scare(tokens, run, scare_quote):
            continue
        if run.paragraph != paragraph:
            pending.clear()
        if not pending:
            likely = last.before(run, (paragraph, previous))
        pending.append(len(kept))
        kept.append(Turn(run.first, run.last, speaker))
        goes_on = number + 1 < len(runs) and _continues(run, runs[number + 1])
        if speaker or (likely and not goes_on):
            previous = speaker or likely
            for place in pending:
                kept[place] = replace(kept[place], speaker=kept[place].speaker or previous)
            pending.clear()
        paragraph = run.paragraph + goes_on
    return kept


def _continues(run: Quotation, following: Quotation) -> bool:
    """An unclosed quotation whose next paragraph opens with a mark is one speech."""
    return not run.closed and following.opens and following.paragraph == run.paragraph + 1


def _scare(tokens: Tokens, run: Quotation, most: int) -> bool:
    """Few words, no end mark inside, and the sentence goes on around it."""
    words = tokens.lower[tokens.ids[run.last - 1]]
    if words in {".", "!", "?", ","} and run.last - run.first > 2:
        return False
    count = sum(tokens.types[i][0].isalnum() for i in tokens.ids[run.first : min(run.last, run.first + most + 4)])
    if count <= most:
        return True
    titled = all(
        tokens.types[i][0].isupper() or tokens.lower[i] in _SMALL
        for i in tokens.ids[run.first : run.last]
        if tokens.types[i][0].isalpha()
    )
    return titled and count <= 3 * most


_SMALL = frozenset("a an the of in on at to for and or with by from as is".split())


@dataclass(frozen=True)
class _LastSpeaker:
    tokens: Tokens
    found: list[Attribution]
    named: list[Source]
    order: list[int]

    def before(self, run: Quotation, previous: tuple[int, Source | None]) -> Source | None:
        """Who spoke last: in this paragraph, or in the one before if this one opens with the run."""
        sentences = self.tokens.sentences
        sentence = int(self.tokens.sentence[run.first])
        at = bisect_left(self.order, sentence) - 1
        article = sentences.article[sentence]
        if at >= 0 and sentences.article[self.found[at].sentence] == article:
            where = int(sentences.paragraph[self.found[at].sentence])
            if where == run.paragraph or (run.opens and 0 < run.paragraph - where <= 2):
                return self.named[at]
        if previous[1] is not None and (
            previous[0] == run.paragraph or (run.opens and run.paragraph - previous[0] == 1)
        ):
            return previous[1]
        return None
