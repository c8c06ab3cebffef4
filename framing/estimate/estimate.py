"""The tool of this floor: score tables in, estimates and contrasts out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
import pyarrow as pa

from framing.errors import ConfigurationError
from framing.estimate.cells import Copies, Weight, build_cells
from framing.estimate.grammar import By, parse_by
from framing.estimate.measures import Axes, Measures
from framing.estimate.naive import Chance, lay_ground, measure_cells
from framing.estimate.observations import observe, remarks
from framing.estimate.tabulate import Choices, contrast_rows, estimate_rows, joined
from framing.tables import ARTICLES, CONTRASTS, ESTIMATES, VOICE_GROUPS, Flow


@dataclass(frozen=True)
class Estimate:
    """Estimates of every cell of every ``by`` with intervals, and contrasts of one-sided ``by``.

    by: what the cells are (see ``grammar``) · voices: groups of voices · copies: what a wire copy
    counts · weight: a mean over articles, or the ratio of sums over sentences · draws: bootstrap
    draws of story weights · level: of the intervals · seed · percentile_from: stories from which an
    interval is a percentile one · smallest_effect: the smallest difference of interest, for
    ``equivalent``.
    """

    by: tuple[str, ...] = ("all", "outlet", "actor", "outlet × actor", "outlet.kind × actor.country")
    voices: tuple[str, ...] = ("all", "outlet", "sources")
    copies: Copies = "one_per_story"
    weight: Weight = "article"
    draws: int = 2000
    level: float = 0.95
    seed: int = 20230517
    # On zero-heavy, skewed scores percentiles cover .94 at 60 stories, .91 at 30 (codebook, Intervals).
    percentile_from: int = 60
    smallest_effect: float | None = None

    def __post_init__(self) -> None:
        """Refuse impossible settings with one line that names key, value and what was expected."""
        for key, value, valid in (
            *(("voices", voice, tuple(VOICE_GROUPS)) for voice in self.voices),
            ("copies", self.copies, get_args(Copies)),
            ("weight", self.weight, get_args(Weight)),
        ):
            if value not in valid:
                raise ConfigurationError(f"estimate.{key}: '{value}' is not one of {', '.join(valid)}")
        for key, right, expected in (
            ("by", len(self.by) > 0, "at least one"),
            ("voices", len(self.voices) > 0, "at least one"),
            ("draws", self.draws >= 1, "1 or more"),
            ("level", 0 < self.level < 1, "between 0 and 1"),
            ("seed", self.seed >= 0, "0 or more"),
            ("percentile_from", self.percentile_from >= 2, "2 or more"),
            ("smallest_effect", self.smallest_effect is None or self.smallest_effect > 0, "above 0 or null"),
        ):
            if not right:
                raise ConfigurationError(f"estimate.{key}: {getattr(self, key)} should be {expected}")

    def with_other_weight(self) -> Estimate:
        """The same estimates by the weight that is not declared, of cells with one side."""
        plain = tuple(by for by in self.by if not any(mark in by for mark in ("×", "*", " x ")))
        other: Weight = "sentence" if self.weight == "article" else "article"
        return replace(self, by=plain or ("all",), weight=other)

    def cells_of(self, kept: Iterable[str]) -> tuple[By, ...]:
        """The parsed ``by``, each once; ``kept``: further columns of the articles table.

        Raises ConfigurationError for an unknown side, so the door can call it before reading.
        """
        names = tuple(kept)
        return tuple(dict.fromkeys(parse_by(text, names) for text in self.by))

    def __call__(
        self, scores: pa.Table, articles: pa.Table, actors: pa.Table, outlets: pa.Table, axes: Axes
    ) -> tuple[pa.Table, pa.Table, Flow]:
        """ESTIMATES, CONTRASTS and notes for the flow.

        scores: ``scores_schema`` · articles: ARTICLES and the kept columns · actors: ``actor, kind,
        country, sector`` · outlets: ``outlet, kind, country`` · axes: name → (positive, negative)
        pole. Rows by ``by`` in its order, outlet, actor, voice, part, measure.
        """
        measures = Measures(axes)
        voices = tuple(dict.fromkeys(self.voices))
        seen = observe(scores, articles, measures, voices, self.copies)
        tables = (articles, actors, outlets)
        wanted = self.cells_of(name for name in articles.column_names if name not in ARTICLES.names)
        chance = Chance(self.draws, self.level, self.seed, self.percentile_from, self.smallest_effect)
        corpus = build_cells(By(None, None), seen, tables, self.copies, self.weight)
        ground = lay_ground(corpus, measures, len(seen.stories), chance)
        same = Choices(voices, seen.parts, self.copies, self.weight)
        estimates, contrasts = [], []
        for by in wanted:
            cells = build_cells(by, seen, tables, self.copies, self.weight)
            bounds, compared = measure_cells(cells, ground, chance)
            there = ~np.isnan(bounds.estimate)
            # A mean that is missing has no row; a total of 0 has one without an estimate.
            there[len(measures.means) : -len(measures.axes) or None] = True
            estimates.append(estimate_rows(cells, bounds, there, measures.names, same))
            if compared is not None:
                contrasts.append(contrast_rows(cells, compared, measures.means, same))
        notes = remarks(scores, articles, self.copies)
        return joined(estimates, ESTIMATES), joined(contrasts, CONTRASTS), notes
