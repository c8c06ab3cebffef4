"""The survey: a first pass that reduces the corpus to what only the whole of it knows.

Duplicate rows, and the lines that recur within an outlet (prompts, slogans, legal notices). Only
hashes are held: about 12 bytes a line and 100 an article. Every article is its own story so far.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from framing.corpus.lines import line_hash, lines
from framing.errors import ConfigurationError, InputError
from framing.tables import Corpus, Flow, Survey

Place = Callable[[int], str]


def _row(number: int) -> str:
    return f"document {number + 1}"


@dataclass(frozen=True)
class Surveyor:
    """The survey of a corpus.

    repeated: articles of one outlet in which a line must recur to be boilerplate · repeated_share:
    and their least share of the outlet's articles, so that a short sentence which a large archive
    holds three times by chance stays body · max_line: characters of the longest such line; longer
    ones are paragraphs, which recur because an article was run again · versions: articles that
    share their longest line are versions of one, up to this many; beyond, the line is a notice.
    """

    repeated: int = 3
    repeated_share: float = 0.01
    max_line: int = 200
    versions: int = 5

    def __post_init__(self) -> None:
        if self.repeated < 2 or not 0 <= self.repeated_share <= 1:
            raise ConfigurationError("survey.repeated must be at least 2 and survey.repeated_share within 0 and 1")

    def __call__(self, shards: Iterable[Corpus], place: Place = _row) -> tuple[Survey, Flow]:
        """The survey of all shards, and the flow of the rows dropped as duplicates.

        The flow takes a dropped row off the stage ``kept``, so that kept = read − left out holds in
        the sum. ``place`` names a row for messages (``Reader.place``). Raises ``InputError`` where
        an id stands for two texts.
        """
        seen: dict[str, tuple[int, bytes]] = {}
        dropped: list[int] = []
        outlets: dict[str, _Outlet] = {}
        for corpus in shards:
            columns = (corpus.column(name) for name in ("article", "row", "outlet", "text"))
            for article, row, outlet, text in zip(*columns, strict=True):
                digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
                if article not in seen:
                    seen[article] = row, digest
                    outlets.setdefault(outlet or "", _Outlet()).add(text, digest, self.max_line)
                elif seen[article][1] == digest:
                    dropped.append(row)
                else:
                    raise InputError(_two_texts(article, place(seen[article][0]), place(row)))
        repeated = {name: self._repeated(outlet) for name, outlet in sorted(outlets.items())}
        survey = Survey({name: found for name, found in repeated.items() if found}, dropped=frozenset(dropped))
        return survey, _flow(len(dropped))

    def _repeated(self, outlet: _Outlet) -> frozenset[int]:
        """The lines that recur in enough different articles of an outlet."""
        hashes, stories = outlet.lines(self.versions)
        order = np.lexsort((stories, hashes))
        hashes, stories = hashes[order], stories[order]
        new = np.ones(len(hashes), dtype=bool)
        new[1:] = (hashes[1:] != hashes[:-1]) | (stories[1:] != stories[:-1])
        found, counts = np.unique(hashes[new], return_counts=True)
        least = max(self.repeated, math.ceil(self.repeated_share * len(outlet.texts)))
        return frozenset(int(line) for line in found[counts >= least])


@dataclass
class _Outlet:
    """Hashes of one outlet's texts: of each distinct text, of its longest line, of its short lines."""

    seen: set[bytes] = field(default_factory=set)
    texts: array[int] = field(default_factory=lambda: array("Q"))
    longest: array[int] = field(default_factory=lambda: array("Q"))
    short: array[int] = field(default_factory=lambda: array("Q"))
    owner: array[int] = field(default_factory=lambda: array("L"))

    def add(self, text: str, digest: bytes, max_line: int) -> None:
        """Counts a text, unless the outlet has run the very same before."""
        if digest in self.seen:
            return
        self.seen.add(digest)
        found = [text[line.start : line.end] for line in lines(text)]
        short = {line_hash(line) for line in found if len(line) <= max_line}
        self.short.extend(sorted(short))
        self.owner.extend([len(self.texts)] * len(short))
        self.texts.append(int.from_bytes(digest[:8], "big"))
        self.longest.append(line_hash(max(found, key=len, default="")))

    def lines(self, versions: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
        """Of each short line its hash and the story it stands in.

        Versions of an article differ in details but share its longest line: that line is the story.
        If more than ``versions`` texts share it, it is a notice, and each text is its own story.
        """
        texts, longest = np.array(self.texts, np.uint64), np.array(self.longest, np.uint64)
        _, inverse, counts = np.unique(longest, return_inverse=True, return_counts=True)
        stories = np.where(counts[inverse] <= versions, longest, texts)
        return np.array(self.short, np.uint64), stories[np.array(self.owner, np.int64)]


def _two_texts(article: str, first: str, second: str) -> str:
    return (
        f"id {article!r} stands for two different texts, {first} and {second}; "
        "give each article an id of its own, or name the right column by corpus.columns.id=NAME"
    )


def _flow(n_dropped: int) -> Flow:
    if not n_dropped:
        return Flow()
    return Flow((("left out", "duplicate row", n_dropped, 0), ("kept", "kept", -n_dropped, 0)))
