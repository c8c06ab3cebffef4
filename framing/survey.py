"""The survey: a first pass that reduces the corpus to what only the whole of it knows.

Duplicate rows, and the lines that recur within an outlet (prompts, slogans, legal notices). Every
shard is looked at by itself, in any process, and what was seen is added up in the corpus's order. Only
hashes are held: about 12 bytes a line and 150 an article. Every article is its own story so far.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from framing.corpus.lines import Layout, line_hash, line_hashes, lines
from framing.corpus.utf8 import Utf8
from framing.errors import ConfigurationError, InputError
from framing.tables import Corpus, Flow, Survey

Place = Callable[[int], str]
Array = npt.NDArray[Any]


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
        """``add_up`` of what ``look`` sees in each shard."""
        return self.add_up(map(self.look, shards), place)

    def look(self, corpus: Corpus) -> Seen:
        """What there is to know of a shard by itself."""
        texts = Utf8.of(corpus.table.column("text"))
        articles, rows, outlets = (corpus.column(name) for name in ("article", "row", "outlet"))
        return Seen(articles, rows, outlets, _digests(texts), *_hashes(lines(texts), self.max_line))

    def add_up(self, seen: Iterable[Seen], place: Place = _row) -> tuple[Survey, Flow]:
        """The survey of all shards, seen in order, and the flow of the rows dropped as duplicates.

        The flow takes a dropped row off the stage ``kept``, so that kept = read − left out holds in
        the sum. ``place`` names a row for messages (``Reader.place``). Raises ``InputError`` where
        an id stands for two texts.
        """
        known, found = _Known(place), _Lines()
        for shard in seen:
            found.add(shard, known.new(shard))
        repeated = self._repeated(found, known)
        return Survey(repeated, dropped=frozenset(known.dropped)), _flow(len(known.dropped))

    def _repeated(self, found: _Lines, known: _Known) -> dict[str, frozenset[int]]:
        """The lines that recur in enough different articles of an outlet, by outlet."""
        hashes, text, longest = found.arrays()
        outlet = np.array(known.outlet, np.int64)
        stories = self._stories(outlet, longest, np.array(known.digest, np.uint64))
        order = np.lexsort((stories[text], hashes, outlet[text]))
        hashes, story, owner = hashes[order], stories[text][order], outlet[text][order]
        new_line = _differs(hashes) | _differs(owner)
        counts = np.add.reduceat(new_line | _differs(story), np.flatnonzero(new_line)) if len(hashes) else hashes
        hashes, owner = hashes[new_line], owner[new_line]
        least = [
            max(self.repeated, math.ceil(self.repeated_share * n))
            for n in np.bincount(outlet, minlength=len(known.outlets)).tolist()
        ]
        often = counts >= np.array(least, np.int64)[owner]
        names = {number: name for name, number in known.outlets.items()}
        return {
            name: frozenset(hashes[often & (owner == number)].tolist())
            for name, number in sorted((names[number], number) for number in np.unique(owner[often]).tolist())
        }

    def _stories(self, outlet: Array, longest: Array, digest: Array) -> Array:
        """The story of each text.

        Versions of an article differ in details but share its longest line: that line is the story.
        If more than ``versions`` texts of the outlet share it, it is a notice, and each text is its own.
        """
        order = np.lexsort((longest, outlet))
        first = _differs(longest[order]) | _differs(outlet[order])
        group = np.empty(len(order), np.int64)
        group[order] = np.cumsum(first) - 1
        shared = np.bincount(group)[group] <= self.versions
        return np.where(shared, longest.astype(np.uint64), digest)


def _differs(values: Array) -> npt.NDArray[np.bool_]:
    """True for each value that is not that of the one before it."""
    different = np.ones(len(values), bool)
    different[1:] = values[1:] != values[:-1]
    return different


@dataclass(frozen=True)
class Seen:
    """What ``Surveyor.look`` sees in a shard.

    articles, rows, outlets, digests: of each text · line, text: hash of each short line and its text, each
    line once a text, by text · longest: the hash of the longest line of each text.
    """

    articles: list[str]
    rows: list[int]
    outlets: list[str | None]
    digests: list[bytes]
    line: Array
    text: Array
    longest: Array


@dataclass
class _Known:
    """The articles met so far: by id, and per text that an outlet ran for the first time its outlet and digest."""

    place: Place
    seen: dict[str, int] = field(default_factory=dict)
    row: array[int] = field(default_factory=lambda: array("q"))
    digests: bytearray = field(default_factory=bytearray)
    dropped: list[int] = field(default_factory=list)
    outlets: dict[str, int] = field(default_factory=dict)
    texts: set[tuple[int, bytes]] = field(default_factory=set)
    outlet: array[int] = field(default_factory=lambda: array("q"))
    digest: array[int] = field(default_factory=lambda: array("Q"))

    def new(self, seen: Seen) -> npt.NDArray[np.bool_]:
        """Which texts of a shard no article of the outlet had before."""
        return np.array(list(map(self._is_new, seen.articles, seen.rows, seen.outlets, seen.digests)), bool)

    def _is_new(self, article: str, row: int, outlet: str | None, digest: bytes) -> bool:
        number = self.seen.setdefault(article, len(self.row))
        if number < len(self.row):
            if self.digests[16 * number : 16 * number + 16] != digest:
                raise InputError(_two_texts(article, self.place(self.row[number]), self.place(row)))
            self.dropped.append(row)
            return False
        self.row.append(row)
        self.digests += digest
        owner = self.outlets.setdefault(outlet or "", len(self.outlets))
        if (owner, digest) in self.texts:
            return False
        self.texts.add((owner, digest))
        self.outlet.append(owner)
        self.digest.append(int.from_bytes(digest[:8], "big"))
        return True


def _digests(texts: Utf8) -> list[bytes]:
    data, bounds = texts.data.data, texts.bounds.tolist()
    return [hashlib.sha256(data[start:end]).digest()[:16] for start, end in pairwise(bounds)]


def _hashes(found: Layout, max_line: int) -> tuple[Array, Array, Array]:
    """``line, text, longest`` of ``Seen``."""
    longest, has_lines = _longest(found)
    short = found.length <= max_line
    wanted = short.copy()
    wanted[longest] = True
    hashes = np.zeros(len(found), np.int64)
    hashes[wanted] = line_hashes(found.texts, found.start[wanted], found.end[wanted])
    text, line = found.text[short], hashes[short]
    order = np.lexsort((line, text))
    text, line = text[order], line[order]
    once = _differs(text) | _differs(line)
    of_text = np.full(len(found.texts), line_hash(""), np.int64)
    of_text[has_lines] = hashes[longest]
    return line[once], text[once].astype(np.int32), of_text


@dataclass
class _Lines:
    """Hashes of the short lines of texts, each once a text, and of the longest line of each text."""

    shards: list[tuple[Array, Array, Array]] = field(default_factory=list)
    n_texts: int = 0

    def add(self, seen: Seen, chosen: npt.NDArray[np.bool_]) -> None:
        """Adds the chosen texts of a shard."""
        number = (np.cumsum(chosen) - 1 + self.n_texts).astype(np.int32)
        kept = chosen[seen.text]
        self.shards.append((seen.line[kept], number[seen.text[kept]], seen.longest[chosen]))
        self.n_texts += int(chosen.sum())

    def arrays(self) -> tuple[Array, Array, Array]:
        """Hash and text of each short line, and the hash of the longest line of each text."""
        if not self.shards:
            nothing = np.zeros(0, np.int64)
            return nothing, nothing, nothing
        line, owner, longest = (np.concatenate(column) for column in zip(*self.shards, strict=True))
        return line, owner, longest


def _longest(found: Layout) -> tuple[Array, Array]:
    """The first of the longest lines of each text that has lines, and which texts these are."""
    has_lines = np.diff(found.first) > 0
    first = found.first[:-1][has_lines]
    if not len(first):
        return first, has_lines
    most = np.zeros(len(found.texts), np.int64)
    most[has_lines] = np.maximum.reduceat(found.length, first)
    longest = np.flatnonzero(found.length == most[found.text])
    return longest[_differs(found.text[longest])], has_lines


def _two_texts(article: str, first: str, second: str) -> str:
    return (
        f"id {article!r} stands for two different texts, {first} and {second}; "
        "give each article an id of its own, or name the right column by corpus.columns.id=NAME"
    )


def _flow(n_dropped: int) -> Flow:
    if not n_dropped:
        return Flow()
    return Flow((("left out", "duplicate row", n_dropped, 0), ("kept", "kept", -n_dropped, 0)))
