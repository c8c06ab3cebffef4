"""Cells of one ``by``: for each, its stories and their whole-number values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from framing.estimate.grammar import By
from framing.estimate.observations import EXACT, Observations
from framing.estimate.sides import POOLED, actor_values, article_values
from framing.tables import SCALE, Bools, Longs

Copies = Literal["all", "one_per_story", "originals"]
Weight = Literal["article", "sentence"]
Tables = tuple[pa.Table, pa.Table, pa.Table]
"""Articles, actors, outlets."""


@dataclass(frozen=True)
class Cells:
    """K cells by (outlet, actor, voice, part) and their S (cell, story) entries, cell by cell.

    outlets, actors: names · outlet, actor, voice, part: per cell, index into the names (voices and
    parts of the observations) · start: entries of cell *k* are ``start[k]:start[k + 1]`` · cell,
    story: per entry, stories ascending within a cell · values: C × S; its rows are M mean amounts
    *a*, the exposure *b*, then the pole totals. A cell's mean is Σa/Σb · ``unit``; totals are in
    1/EXACT. valid: M × K, False where a row of the cell has no such score · n_*: per cell.
    """

    by: By
    outlets: tuple[str, ...]
    actors: tuple[str, ...]
    outlet: Longs
    actor: Longs
    voice: Longs
    part: Longs
    start: Longs
    cell: Longs
    story: Longs
    values: Longs
    unit: float
    valid: Bools
    n_articles: Longs
    n_stories: Longs
    n_sentences: Longs

    def __len__(self) -> int:
        return len(self.outlet)

    @property
    def n_means(self) -> int:
        """M, which is also the row of ``values`` that holds the exposure."""
        return len(self.valid)

    def totals(self, row: int) -> Longs:
        """Exact sums over the entries of each cell of one row of ``values`` (K)."""
        sums: Longs = _summed(self.values[row : row + 1], self.start[:-1])[0]
        return sums

    def entries(self, k: int) -> slice:
        """The entries of cell ``k``."""
        return slice(int(self.start[k]), int(self.start[k + 1]))

    def groups(self) -> list[Longs]:
        """Cells of one voice and part, for each such pair: cells that are compared with each other."""
        pair = self.voice * (int(self.part.max(initial=0)) + 1) + self.part
        return [np.flatnonzero(pair == value) for value in np.unique(pair)]


def build_cells(by: By, seen: Observations, tables: Tables, copies: Copies, weight: Weight) -> Cells:
    """The cells of ``by``.

    Weight is shared twice, each result rounded to 1e-9: an article's rows in a cell weigh 1/their
    number (a cell over several actors); under ``one_per_story`` a story's articles in a cell weigh
    1/their number, otherwise each counts 1 (codebook, Units and Scores).
    """
    outlets, outlet = _article_codes(by, seen, tables[0], tables[2])
    actors, actor = _actor_codes(by, seen, tables[1])
    names = (len(outlets), len(actors), len(seen.voices), max(len(seen.parts), 1))
    rows, key = _sorted_rows(by, seen, outlet, actor, names)
    first = _firsts(key, seen.article[rows])
    values = _shared(_row_values(seen, rows, weight), first)
    article_key, article_story = key[first], seen.story[seen.article[rows[first]]]
    story_first = _firsts(article_key, article_story)
    values = (_shared if copies == "one_per_story" else _summed)(values, story_first)
    entry_key = article_key[story_first]
    start = _starts(entry_key)
    places = np.array(np.unravel_index(entry_key[start[:-1]], names), dtype=np.int64)
    return Cells(
        by,
        outlets,
        actors,
        *(places[0], places[1], places[2], places[3]),
        start=start,
        cell=np.repeat(np.arange(len(start) - 1), np.diff(start)),
        story=article_story[story_first],
        values=values,
        unit=1 / EXACT if weight == "article" else 1.0,
        valid=_summed((~seen.valid[:, rows]).astype(np.int64), _firsts(key)) == 0,
        n_articles=np.diff(_starts(article_key)),
        n_stories=np.diff(start),
        n_sentences=_summed(seen.n[None, rows], _firsts(key))[0],
    )


def _sorted_rows(
    by: By, seen: Observations, outlet: Longs, actor: Longs, names: tuple[int, ...]
) -> tuple[Longs, Longs]:
    """Rows of the actor level of ``by`` and the cell each is in, by cell, story and article.

    Articles are numbered in story order, so one sort puts a story's rows together. Cells are numbered
    by (outlet, actor, voice, part), of which there are ``names``.
    """
    pooled = seen.actors.index(POOLED) if POOLED in seen.actors else -1
    rows = np.flatnonzero((seen.actor == pooled) if by.actor is None else (seen.actor != pooled))
    sides = (outlet[seen.article[rows]], actor[seen.actor[rows]], seen.voice[rows], seen.part[rows])
    key = np.ravel_multi_index(sides, names).astype(np.int64)
    order = np.lexsort((seen.article[rows], key))
    return rows[order], key[order]


def _article_codes(by: By, seen: Observations, articles: pa.Table, outlets: pa.Table) -> tuple[tuple[str, ...], Longs]:
    """Values of the article side, sorted, and the one of each article."""
    if by.article is None:
        return (POOLED,), np.zeros(len(seen.articles), dtype=np.int64)
    values = article_values(by.article, articles, outlets)
    return _codes([values[i] for i in seen.order])


def _actor_codes(by: By, seen: Observations, actors: pa.Table) -> tuple[tuple[str, ...], Longs]:
    """Values of the actor side, sorted, and the one of each actor."""
    if by.actor is None:
        return (POOLED,), np.zeros(len(seen.actors), dtype=np.int64)
    return _codes(actor_values(by.actor, seen.actors, actors))


def _codes(values: list[str]) -> tuple[tuple[str, ...], Longs]:
    """The distinct values, sorted, and each value's place among them."""
    names = tuple(sorted(set(values)))
    place = {name: i for i, name in enumerate(names)}
    return names, np.array([place[value] for value in values], dtype=np.int64)


def _row_values(seen: Observations, rows: Longs, weight: Weight) -> Longs:
    """C × rows: amounts and exposure of the means, then the pole totals in 1/EXACT.

    ``article``: a = 1e9 · amount/n rounded, b = 1. ``sentence``: a = 1e9 · amount, b = 1e9 · n.
    """
    n, amounts = seen.n[rows], seen.amounts[:, rows]
    fine = EXACT // SCALE
    if weight == "article":
        means = np.rint(amounts * fine / n).astype(np.int64)
        exposure = np.ones((1, len(rows)), dtype=np.int64)
    else:
        means, exposure = amounts * fine, EXACT * n[None]
    return np.concatenate([means, exposure, seen.poles[:, rows] * fine])


def _firsts(*keys: Longs) -> Longs:
    """Where a new combination of the sorted ``keys`` begins."""
    new = np.zeros(len(keys[0]), dtype=bool)
    new[:1] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return np.flatnonzero(new)


def _starts(key: Longs) -> Longs:
    """Where each run of equal ``key`` begins, and the end of the last."""
    return np.append(_firsts(key), len(key))


def _summed(values: Longs, first: Longs) -> Longs:
    """Sums of the segments of the last axis that begin at ``first`` (none is empty)."""
    if not len(first):
        return values[:, :0]
    sums: Longs = np.add.reduceat(values, first, axis=1)
    return sums


def _shared(values: Longs, first: Longs) -> Longs:
    """Means of the segments, rounded to whole numbers."""
    size = np.diff(np.append(first, values.shape[1]))
    sums = _summed(values, first)
    return sums if np.all(size == 1) else np.rint(sums / size).astype(np.int64)
