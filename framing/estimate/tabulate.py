"""Estimates and contrasts as rows of the tables of a run folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from framing.estimate.cells import Cells
from framing.estimate.influence import Reals
from framing.estimate.sides import POOLED
from framing.tables import CONTRASTS, ESTIMATES, Bools, Longs

OTHERS = "(others)"
"""The reference of a default contrast, on the side that varies."""
METHODS = ("none", "t", "percentile")
"""How an interval was made; the index is what the arrays below hold."""


@dataclass(frozen=True)
class Choices:
    """What is the same in every row of one table: names of voices and parts, and the tool's settings."""

    voices: tuple[str, ...]
    parts: tuple[str, ...]
    copies: str
    weight: str
    estimator: str = "naive"
    corrected: bool = False


@dataclass(frozen=True)
class Bounds:
    """Numbers of R measures × K cells: estimate, low and high (nan: null), method (see METHODS)."""

    estimate: Reals
    low: Reals
    high: Reals
    method: Longs


@dataclass(frozen=True)
class Comparison:
    """Contrasts of M measures × K cells; nan is null; ``equivalent`` is 1, 0 or nan."""

    bounds: Bounds
    p: Reals
    q: Reals
    equivalent: Reals
    detectable: Reals
    n_reference: Longs


def estimate_rows(cells: Cells, bounds: Bounds, there: Bools, names: Sequence[str], same: Choices) -> pa.Table:
    """One row a cell and measure where ``there`` (R × K) is true, by cell, then measure."""
    cell, measure = np.nonzero(there.T)
    columns = _common(cells, cell, measure, names, same) | {
        "estimate": _real(bounds.estimate[measure, cell]),
        "low": _real(bounds.low[measure, cell]),
        "high": _real(bounds.high[measure, cell]),
        "interval_method": _pick(METHODS, bounds.method[measure, cell]),
        "n_articles": cells.n_articles[cell],
        "n_stories": cells.n_stories[cell],
        "n_sentences": cells.n_sentences[cell],
    }
    return _table(columns, ESTIMATES)


def contrast_rows(cells: Cells, compared: Comparison, names: Sequence[str], same: Choices) -> pa.Table:
    """One row a cell and measure that has others to be compared with, by cell, then measure."""
    numbers = compared.bounds
    cell, measure = np.nonzero(~np.isnan(numbers.estimate.T))
    at = (measure, cell)
    equal = compared.equivalent[at]
    reference = [OTHERS if side else POOLED for side in (cells.by.article, cells.by.actor)]
    columns = _common(cells, cell, measure, names, same) | {
        "reference_outlet": _pick((reference[0],), np.zeros_like(cell)),
        "reference_actor": _pick((reference[1],), np.zeros_like(cell)),
        "difference": _real(numbers.estimate[at]),
        "low": _real(numbers.low[at]),
        "high": _real(numbers.high[at]),
        "interval_method": _pick(METHODS, numbers.method[at]),
        "p": _real(compared.p[at]),
        "q": _real(compared.q[at]),
        "equivalent": pa.array(equal == 1, mask=np.isnan(equal)),
        "smallest_detectable": _real(compared.detectable[at]),
        "n_stories": cells.n_stories[cell],
        "n_stories_reference": compared.n_reference[at],
    }
    return _table(columns, CONTRASTS)


def joined(tables: list[pa.Table], schema: pa.Schema) -> pa.Table:
    """The tables one after the other, in one chunk, so that equal rows give equal bytes."""
    return pa.concat_tables([schema.empty_table(), *tables]).combine_chunks()


Column = Any
"""An Arrow array or whole numbers; the two have no type in common."""


def _common(cells: Cells, cell: Longs, measure: Longs, names: Sequence[str], same: Choices) -> dict[str, Column]:
    """The columns that say what a row is about."""
    once = np.zeros_like(cell)
    return {
        "by": _pick((cells.by.name,), once),
        "outlet": _pick(cells.outlets, cells.outlet[cell]),
        "actor": _pick(cells.actors, cells.actor[cell]),
        "voice": _pick(same.voices, cells.voice[cell]),
        "copies": _pick((same.copies,), once),
        "weight": _pick((same.weight,), once),
        "part": _pick(same.parts, cells.part[cell]),
        "measure": _pick(names, measure),
        "estimator": _pick((same.estimator,), once),
        "corrected": pa.array(np.full(len(cell), same.corrected)),
    }


def _table(columns: dict[str, Column], schema: pa.Schema) -> pa.Table:
    """The columns in the order and types of ``schema``."""
    arrays = [pa.array(columns[field.name]).cast(field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _pick(names: Sequence[str], index: Longs) -> Column:
    """``names[index]`` as text."""
    return pa.array(names, pa.string()).take(index)


def _real(values: Reals) -> Column:
    """Numbers with nan as null and without −0.0."""
    return pa.array(values + 0.0, mask=np.isnan(values))
