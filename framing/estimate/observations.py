"""The score table as whole numbers: one entry an article × actor × voice × part with n > 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from framing.errors import InputError
from framing.estimate.measures import Measures
from framing.tables import SCALE, Bools, Flow, Longs

EXACT = 10**9
"""Values per unit: an article's mean is rounded to 1e-9 and held as an integer (house, Law of sums)."""


@dataclass(frozen=True)
class Observations:
    """What the estimates are made of; R rows, M means, P poles.

    articles: ids in (story, article) order · order: row of each of them in the given articles table ·
    story: per article, index into ``stories`` (sorted, the whole corpus) · actors, voices, parts:
    names · article, actor, voice, part, n: per row · amounts: M × R ten-thousandths summed over
    sentences · valid: M × R, False where the score is null · poles: P × R, as amounts.
    """

    articles: tuple[str, ...]
    order: Longs
    stories: tuple[str, ...]
    story: Longs
    actors: tuple[str, ...]
    voices: tuple[str, ...]
    parts: tuple[str, ...]
    article: Longs
    actor: Longs
    voice: Longs
    part: Longs
    n: Longs
    amounts: Longs
    valid: Bools
    poles: Longs


def observe(
    scores: pa.Table, articles: pa.Table, measures: Measures, voices: tuple[str, ...], copies: str
) -> Observations:
    """The rows of ``scores`` in one of ``voices`` with n > 0; ``copies=originals`` drops reprints.

    Articles without a story are their own story. The order of rows in both tables changes nothing.
    Raises InputError where the scores name an article that the articles table lacks.
    """
    ids, order, stories, story = _in_story_order(articles)
    spoken = pc.is_in(scores["voice"], pa.array(voices, pa.string()))
    rows = scores.filter(pc.and_(pc.greater(scores["n"], pa.scalar(0)), spoken))
    article = _positions(rows, "article", ids)
    if copies == "originals":
        reprint = np.array([c == "reprint" for c in articles["copy"].to_pylist()], dtype=bool)[order]
        rows = rows.filter(pa.array(~reprint[article]))
        article = article[~reprint[article]]
    actors, parts = (sorted(map(str, rows[name].unique().to_pylist())) for name in ("actor", "part"))
    amounts, valid = _amounts(rows, measures)
    return Observations(
        articles=tuple(ids),
        order=order,
        stories=tuple(stories),
        story=story,
        actors=tuple(actors),
        voices=voices,
        parts=tuple(parts),
        article=article,
        actor=_positions(rows, "actor", actors),
        voice=_positions(rows, "voice", list(voices)),
        part=_positions(rows, "part", parts),
        n=rows["n"].to_numpy().astype(np.int64),
        amounts=amounts,
        valid=valid,
        poles=np.stack([_whole(rows, f"sum_{pole}")[0] for pole in measures.poles]),
    )


def _in_story_order(articles: pa.Table) -> tuple[list[str], Longs, list[str], Longs]:
    """Ids sorted by (story, id), their rows in the table, all stories sorted, and the one of each id."""
    ids = [str(name) for name in articles["article"].to_pylist()]
    story_of = [story or name for story, name in zip(articles["story"].to_pylist(), ids, strict=True)]
    order = sorted(range(len(ids)), key=lambda i: (story_of[i], ids[i]))
    stories = sorted(set(story_of))
    place = {story: i for i, story in enumerate(stories)}
    story = np.array([place[story_of[i]] for i in order], dtype=np.int64)
    return [ids[i] for i in order], np.array(order, dtype=np.int64), stories, story


def remarks(scores: pa.Table, articles: pa.Table, copies: str) -> Flow:
    """Notes on articles that are kept but stand in no cell (stage ``note``: not in the sum)."""
    counted = scores.filter(pc.greater(scores["n"], pa.scalar(0)))
    silent = pc.invert(pc.is_in(articles["article"], pc.unique(counted["article"])))
    notes = [("no scored sentence, in no cell", articles.filter(silent))]
    if copies == "originals":
        reprints = articles.filter(pc.equal(articles["copy"], pa.scalar("reprint")))
        notes.append(("reprint, left out of estimates", reprints))
    return Flow(
        tuple(
            ("note", reason, table.num_rows, int(pc.sum(table["n_eligible"]).as_py() or 0))
            for reason, table in notes
            if table.num_rows
        )
    )


def _positions(rows: pa.Table, column: str, names: list[str]) -> Longs:
    """For each row, the position of its value in ``names``."""
    found = pc.index_in(rows[column], pa.array(names, pa.string()))
    if found.null_count:
        missing = rows[column].filter(pc.is_null(found))[0].as_py()
        raise InputError(f"scores: {column} '{missing}' is not in the {column}s table; score the same corpus")
    positions: Longs = found.to_numpy().astype(np.int64)
    return positions


def _amounts(rows: pa.Table, measures: Measures) -> tuple[Longs, Bools]:
    """Each mean's amount and whether it is there, M × R."""
    columns = {column: _whole(rows, column) for term in measures.terms.values() for column in term}
    amounts = [
        sum((sign * columns[column][0] for column, sign in term.items()), np.zeros(len(rows), np.int64))
        for term in measures.terms.values()
    ]
    valid = [np.all([columns[column][1] for column in term], axis=0) for term in measures.terms.values()]
    return np.stack(amounts), np.stack(valid)


def _whole(rows: pa.Table, column: str) -> tuple[Longs, Bools]:
    """A column of sums as ten-thousandths (0 where null), and where it is not null."""
    there: Bools = rows[column].is_valid().to_numpy()
    units: npt.NDArray[np.float64] = rows[column].to_numpy()
    return np.rint(np.where(there, units, 0.0) * SCALE).astype(np.int64), there
