"""Attributions: who reports, with which words, and what the report covers."""

from __future__ import annotations

from dataclasses import dataclass

from framing.tables import Bools, Ints


@dataclass(frozen=True)
class Attributions:
    """One entry an attribution, ordered by sentence and cue; spans are tokens ``first:last``.

    sentence: its number in the shard · source: the noun phrase that speaks · beside: the apposition or
    relative clause that hangs on it, 0:0 where there is none · cue: the words that report (of an
    aside, with its time and place) · scope: what is reported, the attribution included · before: the
    source stands before what it says.
    """

    sentence: Ints
    source_first: Ints
    source_last: Ints
    beside_first: Ints
    beside_last: Ints
    cue_first: Ints
    cue_last: Ints
    scope_first: Ints
    scope_last: Ints
    before: Bools

    def __len__(self) -> int:
        return len(self.sentence)
