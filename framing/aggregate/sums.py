"""Sums of a shard by article × actor × voice: what every estimate is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from framing.aggregate.score import Scores
from framing.errors import ConfigurationError
from framing.tables import NOBODY, WHOLE, Bools, Ints, Longs, Tokens, Totals


@dataclass(frozen=True)
class Aggregate:
    """``weight``: how a cell averages (the mean over articles, or the ratio of sums); ``parts``:
    what gets rows of its own, the body and on request the title."""

    weight: Literal["article", "sentence"] = "article"
    parts: tuple[Literal["body", "title"], ...] = field(default=("body",))

    def __post_init__(self) -> None:
        if not self.parts or len(set(self.parts)) < len(self.parts):
            raise ConfigurationError("aggregate.parts: expected body, title or both, each once")

    def __call__(self, tokens: Tokens, scores: Scores, vader: Ints) -> Totals:
        """Exact sums over the sentences of each article, of each actor in it, by voice."""
        n_articles, block = len(tokens.texts), self._blocks(tokens)
        blocks = np.arange(2 * n_articles)
        whole, pairs = np.split(np.arange(len(scores.sentence)), [len(block)])
        silent = np.flatnonzero(np.bincount(scores.sentence, minlength=len(block)) == 1)  # they name nobody
        unit = np.concatenate([whole, silent, pairs])
        # cells: by block, then actor; nothing is heard of the block −1
        many = int(scores.actor.max(initial=WHOLE)) - NOBODY + 1
        owners = np.concatenate([blocks, blocks, block[scores.sentence[pairs]]])
        actors = np.concatenate([np.repeat([WHOLE, NOBODY], len(blocks)), scores.actor[pairs]])
        cells, cell_of = np.unique(owners * many + (actors - NOBODY), return_inverse=True)
        whole_cell, nobody_cell, pair_cell = np.split(cell_of, [len(blocks), 2 * len(blocks)])
        cell = np.concatenate([whole_cell[block], nobody_cell[block[silent]], pair_cell])
        sentence, heard = scores.sentence[unit], scores.heard & (block >= 0)
        compound = vader[sentence, 0].astype(np.int64)
        groups = [_sums(scores, g, heard[g, sentence], unit, cell, len(cells), compound) for g in range(len(heard))]
        sums = np.stack(groups, axis=1)
        shown = sums[0] > 0
        if "body" in self.parts:  # an article without a sentence in this voice still has its row, with n = 0
            shown[:, whole_cell[:n_articles]] = True
        kept, voice = np.nonzero(shown.T)
        block, actor = np.divmod(cells[kept], many)
        part, article = np.divmod(block, max(n_articles, 1))
        taken = sums.reshape(len(sums), -1).take(voice * len(cells) + kept, axis=1)
        n, poles, (tone, sentiment, plain) = taken[0], taken[1:-3], taken[-3:]
        return Totals(
            article=article.astype(np.int32),
            actor=(actor + NOBODY).astype(np.int32),
            voice=voice.astype(np.int8),
            part=part.astype(np.int8),
            n=n.astype(np.int32),
            poles=np.ascontiguousarray(poles.T),
            tone=tone,
            sentiment=np.where(actor + NOBODY >= 0, sentiment, 0),
            vader=plain,
        )

    def _blocks(self, tokens: Tokens) -> Longs:
        """Per sentence, the number of its article, then of its title; −1 where it does not count."""
        s = tokens.sentences
        article = s.article.astype(np.int64)
        block = np.where(s.title, article + len(tokens.texts), article)
        counted = (s.eligible if "body" in self.parts else False) | (s.title if "title" in self.parts else False)
        return np.where(counted, block, -1)


def _sums(scores: Scores, group: int, heard: Bools, unit: Longs, cell: Longs, cells: int, compound: Longs) -> Longs:
    """Rows of sums by cell: n, the poles, the tone of the sentences, the tone of the units, VADER's compound.

    unit, cell: what is added up, and where to · heard, compound: of each, whether its sentence counts for the
    group, and VADER's compound.
    """
    some = np.flatnonzero(heard)
    unit, cell = unit[some], cell[some]
    tone, row = scores.tone[group], scores.pole_row[unit]
    coded = np.flatnonzero(row > 0)
    sums = np.zeros((len(scores.poles[group]) + 4, cells), dtype=np.int64)
    np.add.at(sums[0], cell, 1)
    for total, pole in zip(sums[1:-3], scores.poles[group], strict=True):
        np.add.at(total, cell[coded], pole[row[coded]])
    np.add.at(sums[-3], cell, tone[scores.tone_row[scores.sentence[unit]]])
    np.add.at(sums[-2], cell, tone[scores.tone_row[unit]])
    np.add.at(sums[-1], cell, compound[some])
    return sums
