"""Which sentence adds how much to which estimate.

Of an outlet, a sentence adds ``value / n`` to its article's mean, n the article's eligible sentences;
of an actor, ``value`` is what the sentence says of that actor and n counts the sentences that mention
it (codebook, Scores). Copies of one story share the weight of one (codebook, Units).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.report.material import Material
from framing.tables import ELIGIBLE, TONE

Reals = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
UNKNOWN = "(unknown)"
BY_OUTLET, BY_ACTOR, BY_BOTH = "outlet", "actor", "outlet × actor"


@dataclass(frozen=True)
class Family:
    """One measure whose sentences can be opened: a net D, a pole, or tone (of an actor: sentiment).

    positive, negative: columns whose difference is the value; None where there is no such side.
    """

    measure: str
    positive: str
    negative: str | None = None

    def values(self, table: pd.DataFrame) -> Reals:
        """The value of each row of ``table``."""
        value = table[self.positive].to_numpy(float, na_value=0.0)
        if self.negative is not None:
            value = value - table[self.negative].to_numpy(float, na_value=0.0)
        return np.nan_to_num(np.asarray(value, dtype=np.float64))


def families(material: Material, tone: str = TONE) -> list[Family]:
    """D and poles of each axis, then tone (``sentiment`` for actors)."""
    found = []
    for axis in material.axes:
        found.append(Family(f"D_{axis.name}", axis.positive, axis.negative))
        found += [Family(axis.positive, axis.positive), Family(axis.negative, axis.negative)]
    return [*found, Family(tone, tone)]


@dataclass(frozen=True)
class Entries:
    """Sentences of cells: one row a sentence × cell.

    sid: row in the table of eligible sentences · cell: index into ``cells`` (outlet, actor) ·
    scores: rows × families, the absolute contribution of each.
    """

    by: str
    cells: list[tuple[str, str]]
    sid: Whole
    cell: Whole
    scores: Reals


@dataclass(frozen=True)
class Base:
    """The eligible sentences with their articles, and the actors named in them, once each."""

    sentences: pd.DataFrame
    named: pd.DataFrame
    articles: pd.DataFrame


def base(material: Material) -> Base:
    """Sentences (``sid`` is their row), actors per sentence, and articles with their weights."""
    articles = _weighted(material.articles.reset_index(drop=True))
    found = material.sentences[material.sentences["eligible"].astype(bool)]
    found = found[found["article"].isin(articles["article"])].reset_index(drop=True)
    position = pd.Series(articles.index, index=articles["article"])
    found = found.assign(position=found["article"].map(position).to_numpy(int), sid=found.index)
    found = found.assign(outlet=articles["outlet"].to_numpy()[found["position"]])
    keys = ["article", "sentence", "actor"]
    named = material.mentions[material.mentions["part"].isin(ELIGIBLE)]
    named = named[[*keys, "sentiment", *material.poles]]
    # The poles of an actor in a sentence are the same on each of its mentions: once, however often named.
    named = named.fillna(0.0).groupby(keys, as_index=False, sort=True).first()
    named = named.merge(found[["article", "sentence", "sid", "position", "outlet"]], on=keys[:2])
    named = named.sort_values(["sid", "actor"], ignore_index=True)
    named["n"] = named.groupby(["article", "actor"])["sid"].transform("size")
    return Base(found, named, articles)


def _weighted(articles: pd.DataFrame) -> pd.DataFrame:
    """Articles with the share of each in its story: within its outlet, and over all outlets."""
    outlet = articles["outlet"].fillna(UNKNOWN).astype(str)
    table = articles.assign(outlet=outlet, story=articles["story"].fillna(articles["article"]))
    within = table.groupby(["outlet", "story"])["article"].transform("size")
    over = table.groupby("story")["article"].transform("size")
    return table.assign(w_outlet=1.0 / within, w_all=1.0 / over)


def entries(material: Material, found: Base) -> list[Entries]:
    """The entries by outlet, by actor and by both."""
    sentences, named, articles = found.sentences, found.named, found.articles
    eligible = np.maximum(articles["n_eligible"].to_numpy(float), 1.0)
    place, spot = sentences["position"].to_numpy(int), named["position"].to_numpy(int)
    within, over = articles["w_outlet"].to_numpy(float), articles["w_all"].to_numpy(float)
    n = named["n"].to_numpy(float)
    general, own = families(material), families(material, "sentiment")
    return [
        _entries(BY_OUTLET, ["outlet"], sentences, general, within[place] / eligible[place]),
        _entries(BY_ACTOR, ["actor"], named, own, over[spot] / n),
        _entries(BY_BOTH, ["outlet", "actor"], named, own, within[spot] / n),
    ]


def _entries(by: str, sides: Sequence[str], table: pd.DataFrame, measures: Sequence[Family], weight: Reals) -> Entries:
    keys = list(sides)
    number = table.groupby(keys, sort=True).ngroup().to_numpy().astype(np.int64)
    first = table[keys].drop_duplicates().sort_values(keys)
    cells = [_pair(dict(zip(keys, row, strict=True))) for row in first.itertuples(index=False)]
    scores = np.column_stack([np.abs(family.values(table)) * weight for family in measures])
    return Entries(by, cells, table["sid"].to_numpy().astype(np.int64), number, scores)


def _pair(key: dict[str, Any]) -> tuple[str, str]:
    return str(key.get("outlet", "*")), str(key.get("actor", "*"))


@dataclass(frozen=True)
class Selection:
    """Which sentences are embedded.

    sids: rows of the eligible sentences, in their order · contributing: how many sentences add to
    any estimate · totals: (by, outlet, actor) → for each family how many sentences add to it.
    """

    sids: Whole
    contributing: int
    totals: dict[tuple[str, str, str], list[int]]


def select(tables: Sequence[Entries], size: int, most: int, top: int) -> Selection:
    """The largest ``top`` of every estimate while they fit into ``most``, then the largest of all.

    Where the tops alone do not fit, all first places go before all second places, and so on.
    size: number of eligible sentences. Ties go by the order of the sentences.
    """
    best = np.zeros(size)
    tops: list[tuple[Whole, Whole, Whole]] = []
    totals: dict[tuple[str, str, str], list[int]] = {}
    for turn, table in enumerate(tables):
        counts = np.zeros((len(table.cells), table.scores.shape[1]), dtype=np.int64)
        for family in range(table.scores.shape[1]):
            score = table.scores[:, family]
            rows = np.flatnonzero(score > 0)
            counts[:, family] = np.bincount(table.cell[rows], minlength=len(table.cells))
            np.maximum.at(best, table.sid[rows], score[rows])
            order = rows[np.lexsort((table.sid[rows], -score[rows], table.cell[rows]))]
            rank = _rank(table.cell[order])
            first = rank < top
            tops.append((rank[first], np.full(first.sum(), turn), table.sid[order[first]]))
        totals |= {(table.by, *cell): counts[i].tolist() for i, cell in enumerate(table.cells)}
    rank, turn_of, sid = (np.concatenate(parts) for parts in zip(*tops, strict=True))
    order = np.lexsort((sid, turn_of, rank))
    rest = np.lexsort((np.arange(size), -best))
    wanted = pd.unique(np.concatenate([sid[order], rest[best[rest] > 0]]))
    return Selection(np.sort(wanted[:most]), int((best > 0).sum()), totals)


def _rank(cell: Whole) -> Whole:
    """Place of each row within its cell, from 0; rows are sorted by cell."""
    if not len(cell):
        return cell
    starts = np.flatnonzero(np.r_[True, cell[1:] != cell[:-1]])
    return np.arange(len(cell)) - np.repeat(starts, np.diff(np.r_[starts, len(cell)]))
