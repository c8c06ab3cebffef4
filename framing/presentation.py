"""What a person looks at: figures, tables and the report of a run, as bytes by file name."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.archive.sign import Signature
from framing.axis import Axis
from framing.executor import Processes, Serial
from framing.figures import AxisInfo, Drawn, Figures, Tables
from framing.report import Report
from framing.report.material import Material

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Fetch = Callable[[set[str]], dict[str, tuple[str, str]]]
STAMP = "unvalidated"
"""No hand-coded sample stands behind these numbers yet."""


@dataclass(frozen=True)
class Presentation:
    """The tools that show a run; each may be None."""

    axes: tuple[Axis, ...]
    figures: Figures | None
    tables: Tables | None
    report: Report | None
    executor: Serial | Processes

    def __call__(
        self, output: Path, signature: Signature, settings: Mapping[str, Any], actors: pa.Table, fetch: Fetch
    ) -> Iterator[tuple[str, bytes]]:
        """Pairs of a file's name in the run folder and its bytes."""
        axes = tuple(AxisInfo(a.name, a.label, a.positive, a.negative) for a in self.axes)
        read = {name: _frame(output / name) for name in ("estimates.parquet", "scores.parquet", "articles.parquet")}
        contrasts, flow, people = (
            _frame(output / "contrasts.csv"),
            _frame(output / "flow.csv"),
            actors.to_pandas(),
        )
        estimates, scores, articles = read.values()
        material = Material(
            estimates=estimates,
            contrasts=contrasts,
            articles=articles,
            sentences=_frame(output / "sentences.parquet"),
            mentions=_frame(output / "mentions.parquet"),
            evidence=_frame(output / "evidence.parquet"),
            flow=flow,
            texts=fetch,
            axes=axes,
            signature=signature.line,
            digest=signature.digest,
            experiment=signature.experiment,
            settings=settings,
        )
        work = _Work(self.figures, self.report, estimates, scores, articles, axes, people, material)
        tasks = ([REPORT] if self.report else []) + list(self.figures.names if self.figures else ())
        page, drawn = "", []
        for made in self.executor(work, tasks):
            if isinstance(made, str):
                page = made
                continue
            for figure in made:
                drawn.append(figure)
                yield from _files(figure)
        for table in self.tables(estimates, contrasts, flow, axes, people) if self.tables else ():
            yield f"tables/{table.name}.tex", table.tex
            yield f"tables/{table.name}.csv", table.csv
        if self.report:
            shown = [figure for figure in drawn if not figure.skipped]
            yield "report.html", self.report.illustrated(page, shown).encode()


REPORT = "report"
"""The task beside the names of figures: the page is written while they are drawn."""


@dataclass(frozen=True)
class _Work:
    """Draws the figures of one kind, or writes the report's page; no task knows of another."""

    figures: Figures | None
    report: Report | None
    estimates: pd.DataFrame
    scores: pd.DataFrame
    articles: pd.DataFrame
    axes: tuple[AxisInfo, ...]
    actors: pd.DataFrame
    material: Material

    def __call__(self, number: int, task: str) -> list[Drawn] | str:
        if task == REPORT:
            assert self.report is not None
            return self.report.page(self.material)
        assert self.figures is not None
        figures = dataclasses.replace(self.figures, names=(task,))
        return list(figures(self.estimates, self.scores, self.articles, self.axes, self.actors, STAMP))


def _files(figure: Drawn) -> Iterator[tuple[str, bytes]]:
    for suffix, data in figure.files.items():
        yield f"figures/{figure.name}.{suffix}", data
    if not figure.skipped:
        yield f"figures/{figure.name}.csv", figure.numbers.to_csv(index=False, lineterminator="\n").encode()


def _frame(path: Path) -> pd.DataFrame:
    import pandas as pd

    if path.suffix == ".csv":
        # names such as NA or "None" are names, not missing values
        return pd.read_csv(path, keep_default_na=False, na_values=[""])
    return pd.read_parquet(path)
