"""An attribution: who reports, with which words, and what the report covers."""

from __future__ import annotations

from dataclasses import dataclass, replace

Span = tuple[int, int]
NOWHERE: Span = (0, 0)


@dataclass(frozen=True)
class Attribution:
    """All spans are tokens ``first:last``.

    source: the noun phrase · beside: its apposition, or ``NOWHERE`` · cue: the words that report (of
    an aside, with its time and place) · scope: what is reported, the attribution included · before:
    the source stands before what it says.
    """

    sentence: int
    source: Span
    beside: Span
    cue: Span
    scope: Span
    before: bool

    def shifted(self, by: int) -> Attribution:
        """The same, ``by`` tokens later."""

        def moved(span: Span) -> Span:
            return span if span == NOWHERE else (span[0] + by, span[1] + by)

        return replace(
            self,
            source=moved(self.source),
            beside=moved(self.beside),
            cue=moved(self.cue),
            scope=moved(self.scope),
        )
