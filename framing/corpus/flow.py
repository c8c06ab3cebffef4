"""The account of every document: rows of ``flow.csv`` and the lines on stderr that go with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from framing.tables import Flow

STAGES = ("read", "left out", "note", "kept")
"""Stages of reading, in their order in ``flow.csv``: read = left out + kept; a note is in no sum."""

Warn = Callable[[str], None]

_MOST_LINES = 20


def silent(line: str) -> None:
    """Says nothing: the default of every ``warn``."""


def tally(flow: Flow) -> Flow:
    """The flow with rows of equal stage and reason summed: stages in the order of reading and then
    as they first appear, reasons in alphabetical order. Rows that sum to nothing are left out."""
    documents: Counter[tuple[str, str]] = Counter()
    sentences: Counter[tuple[str, str]] = Counter()
    rank = {stage: number for number, stage in enumerate(STAGES)}
    for stage, reason, n_documents, n_sentences in flow.rows:
        rank.setdefault(stage, len(rank))
        documents[stage, reason] += n_documents
        sentences[stage, reason] += n_sentences
    keys = sorted(documents, key=lambda key: (rank[key[0]], key[1]))
    rows = ((*key, documents[key], sentences[key]) for key in keys)
    return Flow(tuple(row for row in rows if row[2] or row[3] or row[0] in ("read", "kept")))


def flow_of(counts: Mapping[tuple[str, str], int]) -> Flow:
    """The flow rows of a stretch of documents, counted by stage and reason."""
    return tally(Flow(tuple((stage, reason, n, 0) for (stage, reason), n in counts.items())))


class Remarks:
    """Lines on stderr, at most twenty a reason: ``file:line: reason: what was done``."""

    def __init__(self, warn: Warn) -> None:
        self._warn = warn
        self._seen: Counter[str] = Counter()

    def __call__(self, place: str, reason: str, done: str) -> None:
        """One remark; the one after the twentieth of a reason says that there are more."""
        self._seen[reason] += 1
        if self._seen[reason] <= _MOST_LINES:
            self._warn(f"{place}: {reason}: {done}")
        elif self._seen[reason] == _MOST_LINES + 1:
            self._warn(f"{reason}: … and more; flow.csv counts them")
