"""An experiment: its fields are the floors of the house, its run reads like a methods section."""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from framing.aggregate import Aggregate
from framing.archive.bag import Archive
from framing.archive.folder import State, alone_in, finish, open_run
from framing.archive.sign import Signature, sign
from framing.archive.write import (
    CsvRows,
    ParquetRows,
    csv_writer,
    parquet_writer,
    read_arrow,
    write_arrow,
    write_bytes,
    write_csv,
    write_parquet,
    write_text,
)
from framing.axis import Axis
from framing.corpus.digest import Digest
from framing.corpus.flow import silent, tally
from framing.corpus.reader import Reader
from framing.corpus.spool import Spool, Spooled
from framing.errors import InputError
from framing.estimate import Estimate
from framing.executor import Processes, Serial
from framing.figures import Figures, Tables
from framing.kernel import compile_kernels, compiles, worth_compiling
from framing.outlets import Outlets
from framing.presentation import Presentation
from framing.report import Report
from framing.roster import Actor
from framing.scoring import Assigner, Cleaner, Roster, Scorer, Scoring, Toner, Voicer
from framing.signature import settings
from framing.survey import Seen, Surveyor
from framing.tables import CONTRASTS, ESTIMATES, FLOW, Flow, Survey
from framing.text import Text

Say = Callable[[str], None]
TABLES = ("articles", "sentences", "mentions", "evidence", "scores")
SHARDS = ".shards"
SCORING_IMPORTS = ("framing.experiment",)
COMPILED_IMPORTS = ("framing.kernel.ready",)
DRAWING_IMPORTS = ("framing.presentation", "matplotlib.figure")
"""What workers need and takes long to import."""


@dataclass(frozen=True)
class Experiment:
    """Every choice of a run. ``estimate``, ``figures``, ``tables``, ``report``, ``archive`` may be None."""

    corpus: Reader
    clean: Cleaner
    stories: Surveyor
    text: Text
    roster: Roster
    sentiment: Toner
    frames: Scorer
    voice: Voicer
    targets: Assigner
    aggregate: Aggregate
    axes: tuple[Axis, ...]
    outlets: Outlets
    estimate: Estimate | None = None
    figures: Figures | None = None
    tables: Tables | None = None
    report: Report | None = None
    archive: Archive | None = None
    executor: Serial | Processes = field(default=Serial(), metadata={"numbers": False})
    name: str = field(default="", metadata={"numbers": False})

    @property
    def scoring(self) -> Scoring:
        """The floors from cleaning to sums, which run shard by shard."""
        return Scoring(**{f.name: getattr(self, f.name) for f in dataclasses.fields(Scoring)})

    def run(self, output: Path, say: Say, warn: Say = silent) -> str:
        """Run into the folder ``output`` and return one line about the result.

        The corpus is gone through twice: first for what only the whole of it knows (the survey), then for
        the scores; both times shard by shard, by the executor. Nothing is written before both the settings
        and the corpus are known, because the run's mark is its signature.
        """
        log = _Log(say)
        say = log.say
        if self.estimate:
            self.estimate.cells_of(self.corpus.keep)  # a wrong `by` is refused before anything is read
        with tempfile.TemporaryDirectory(prefix="framing-") as folder:
            spool = Spool(Path(folder))
            flow, digest, articles = self._read(spool, say, log.both(warn))
            survey, dropped = self._survey(spool, say)
            flow, articles = tally(flow + dropped), articles - len(survey.dropped)
            signature = sign(settings(self), digest, articles, self.name)
            state = open_run(output, signature.digest)
            if state is State.FINISHED:
                return "nothing to do: this folder holds this very run, finished"
            with alone_in(output):
                self._write(output, signature, spool, survey, flow, say)
                local = {"corpus": str(Path(self.corpus.path).absolute())}
                write_text(output / "local.json", json.dumps(local) + "\n")
                write_text(output / "log.txt", log.text)
                finish(output)
        return f"{articles} articles, signature {signature.digest[:12]}"

    def _write(self, output: Path, signature: Signature, spool: Spool, survey: Survey, flow: Flow, say: Say) -> None:
        """Everything that a run leaves, in the order in which one thing follows from another."""
        flow = flow + self._score(output, spool, survey, say)
        if self.estimate:
            flow = flow + self._estimate(output, self.estimate, say)
        write_csv(output / "flow.csv", _flow_table(tally(flow)), FLOW)
        write_text(output / "signature.txt", signature.text)
        write_text(output / "config.yaml", yaml.safe_dump(settings(self), sort_keys=True, allow_unicode=True))
        if self.estimate:
            self._present(output, signature, spool, say)
        if self.archive:
            say("writing the archive")
            self.archive(output, signature, _texts(spool) if self.archive.include_text else None)
        shutil.rmtree(output / SHARDS, ignore_errors=True)

    def _read(self, spool: Spool, say: Say, warn: Say) -> tuple[Flow, str, int]:
        """The account of all documents, the corpus by content, the number of articles.

        What is read goes into the spool, for no file is parsed twice.
        """
        say("reading the corpus")
        drawing = DRAWING_IMPORTS if self.figures or self.tables or self.report else ()
        digest, rows, count, size = Digest(), [], 0, 0
        for corpus, flow in self.corpus(warn):
            rows.append(flow)
            count += len(corpus)
            size += corpus.table.column("text").nbytes
            if worth_compiling(size):
                compile_kernels(warn)
            digest.add(corpus)
            spool.add(corpus)
            if len(spool) == 2:  # work for a second process; its server starts once, with all that it will need
                self.executor.preload((*SCORING_IMPORTS, *drawing, *(COMPILED_IMPORTS if compiles() else ())))
        if len(spool) < 2 and drawing:
            self.executor.preload((*SCORING_IMPORTS, *drawing))
        flow = tally(sum(rows, Flow()))
        if not count:
            reasons = "; ".join(f"{reason}: {n}" for stage, reason, n, _ in flow.rows if stage == "left out")
            raise InputError(f"{self.corpus.path}: no article is left to score ({reasons or 'it holds none'})")
        return flow, digest.hexdigest(), count

    def _survey(self, spool: Spool, say: Say) -> tuple[Survey, Flow]:
        """The survey, and what it takes off the account of all documents."""
        say("surveying the corpus")
        return self.stories.add_up(self.executor(_Look(self.stories, compiles()), spool), self.corpus.place)

    def _score(self, output: Path, spool: Spool, survey: Survey, say: Say) -> Flow:
        """Score every shard and join the shards' tables in order, a row group for each; count the parts."""
        folder = output / SHARDS
        folder.mkdir(exist_ok=True)
        work = _Work(self.scoring, survey, folder, compiles())
        with _Tables(output) as tables:
            for number in self.executor(work, spool, work.done):
                tables.append({name: read_arrow(work.file(number, name)) for name in TABLES})
                say(f"scored shard {number + 1}")
        return tables.labels

    def _estimate(self, output: Path, estimate: Estimate, say: Say) -> Flow:
        say("estimating")
        axes = {axis.name: axis.poles for axis in self.axes}
        scores, articles = (
            pq.read_table(output / "scores.parquet"),
            pq.read_table(output / "articles.parquet"),
        )
        tables = (scores, articles, actors_table(output, self.roster.actors), outlets_table(self.outlets), axes)
        estimates, contrasts, flow = estimate(*tables)
        # Both weights are tabled and one is declared, for even their signs can differ (codebook, Scores).
        other, _, _ = estimate.with_other_weight()(*tables)
        estimates = pa.concat_tables([estimates, other])
        write_parquet(output / "estimates.parquet", estimates, ESTIMATES)
        write_csv(output / "estimates.csv", estimates, ESTIMATES)
        write_csv(output / "contrasts.csv", contrasts, CONTRASTS)
        return flow

    def _present(self, output: Path, signature: Signature, spool: Spool, say: Say) -> None:
        """Figures, tables and the report: what a person looks at."""
        if not (self.figures or self.tables or self.report):
            return
        say("drawing figures and the report")
        show = Presentation(self.axes, self.figures, self.tables, self.report, self.executor)
        for name, data in show(
            output, signature, settings(self), actors_table(output, self.roster.actors), partial(_fetch, spool)
        ):
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            write_bytes(output / name, data)


def _fetch(spool: Spool, wanted: set[str]) -> dict[str, tuple[str, str]]:
    """Title and text of the articles asked for."""
    found: dict[str, tuple[str, str]] = {}
    for shard in spool:
        columns = (shard.open().column(name) for name in ("article", "title", "text"))
        for article, title, text in zip(*columns, strict=True):
            if article in wanted:
                found.setdefault(article, (title or "", text or ""))
    return found


def _texts(spool: Spool) -> Iterator[pa.Table]:
    for shard in spool:
        yield shard.open().table.select(["article", "title", "text"])


class _Log:
    """What was said during a run, with the time, for ``log.txt`` (which no archive holds)."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._lines: list[str] = []

    def say(self, line: str) -> None:
        """Progress: said and noted."""
        self._say(line)
        self.note(line)

    def note(self, line: str) -> None:
        """Noted only."""
        self._lines.append(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}")

    def both(self, warn: Say) -> Say:
        """``warn``, noted as well."""

        def noted(line: str) -> None:
            warn(line)
            self.note(line)

        return noted

    @property
    def text(self) -> str:
        """The contents of the file."""
        return "".join(f"{line}\n" for line in self._lines)


@dataclass(frozen=True)
class _Look:
    """Surveys shard number *n*."""

    stories: Surveyor
    compiled: bool

    def __call__(self, number: int, shard: Spooled) -> Seen:
        if self.compiled:
            compile_kernels()
        return self.stories.look(shard.open())


@dataclass(frozen=True)
class _Work:
    """Scores shard number *n* into files of its own; doing it twice gives the same files."""

    scoring: Scoring
    survey: Survey
    folder: Path
    compiled: bool

    def __call__(self, number: int, shard: Spooled) -> int:
        if self.compiled:
            compile_kernels()
        for name, table in self.scoring(shard.open(), self.survey).items():
            write_arrow(self.file(number, name), table)
        write_text(self.folder / f"{number:06d}.done", "")
        return number

    def file(self, number: int, table: str) -> Path:
        """Where a table of a shard lies until it is joined to the others."""
        return self.folder / f"{number:06d}.{table}.arrow"

    def done(self, number: int) -> int | None:
        """The number of a shard that an interrupted run has finished."""
        return number if (self.folder / f"{number:06d}.done").exists() else None


class _Tables(ExitStack):
    """The score tables of a run, shard by shard; they take their places when all is written."""

    def __init__(self, output: Path) -> None:
        super().__init__()
        self._output = output
        self._writers: dict[str, list[ParquetRows | CsvRows]] = {}
        self._labels: Counter[tuple[str, str, str]] = Counter()

    def append(self, tables: Mapping[str, pa.Table]) -> None:
        """Adds the tables of the next shard."""
        for name, table in tables.items():
            for writer in self._writers.get(name) or self._open(name, table.schema):
                writer.write(table)
        self._count(tables["sentences"])

    def _open(self, name: str, schema: pa.Schema) -> list[ParquetRows | CsvRows]:
        opened: list[ParquetRows | CsvRows] = [
            self.enter_context(parquet_writer(self._output / f"{name}.parquet", schema))
        ]
        if name == "scores":
            opened.append(self.enter_context(csv_writer(self._output / f"{name}.csv", schema)))
        self._writers[name] = opened
        return opened

    def _count(self, sentences: pa.Table) -> None:
        counted = sentences.group_by(["part", "eligible"]).aggregate([("article", "count_distinct"), ([], "count_all")])
        for row in counted.to_pylist():
            stage = "eligible" if row["eligible"] else "labelled"
            self._labels[stage, row["part"], "documents"] += row["article_count_distinct"]
            self._labels[stage, row["part"], "sentences"] += row["count_all"]

    @property
    def labels(self) -> Flow:
        """How many articles have sentences of each part, and how many sentences; and whether they count."""
        parts = sorted({(part, stage) for stage, part, _ in self._labels})
        count = self._labels
        return Flow(tuple((s, part, count[s, part, "documents"], count[s, part, "sentences"]) for part, s in parts))


def _flow_table(flow: Flow) -> pa.Table:
    columns = list(zip(*flow.rows, strict=True)) or [(), (), (), ()]
    return pa.table([pa.array(column, type=f.type) for column, f in zip(columns, FLOW, strict=True)], schema=FLOW)


def actors_table(output: Path, known: Iterable[Actor]) -> pa.Table:
    """``actor, kind, country, sector`` of everybody named in a run, sorted by name."""
    named = pq.read_table(output / "mentions.parquet", columns=["actor", "kind"])
    table = {a.name: a for a in known}
    rows = sorted({(n, k) for n, k in zip(*(named.column(c).to_pylist() for c in ("actor", "kind")), strict=True)})
    actors = [table.get(name, Actor(name, kind)) for name, kind in rows]
    columns = {"actor": "name", "kind": "kind", "country": "country", "sector": "sector"}
    return pa.table(
        {c: pa.array([getattr(a, f) or None for a in actors], type=pa.string()) for c, f in columns.items()}
    )


def outlets_table(outlets: Outlets) -> pa.Table:
    """``outlet, kind, country`` of the outlets known."""
    rows = sorted(outlets.outlets.values(), key=lambda outlet: outlet.outlet)
    return pa.table(
        {c: pa.array([getattr(o, c) for o in rows], type=pa.string()) for c in ("outlet", "kind", "country")}
    )
