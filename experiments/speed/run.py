"""The benchmark: peers and ours side by side, in interleaved rounds, on news made up by a seeded generator.

``python experiments/speed/run.py [KEY=VALUE …]`` (keys: ``config.yaml``) prints a Markdown table and
writes ``measures.csv`` (every measure of every round), ``summary.csv`` and ``summary.md``.
"""

from __future__ import annotations

import csv
import importlib.metadata
import os
import platform
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import command
import generate
import hydra
import peers
import properties
import stages
from command import Usage
from omegaconf import DictConfig

from framing.kernel import compile_kernels
from framing.sentiment.baseline import score_strings

_COLUMNS = (
    "what",
    "articles",
    "MB",
    "CPU s",
    "MB/s",
    "MB/s wall",
    "× vaderSentiment",
    "× naive",
    "× time of wc",
    "MiB",
)


@dataclass(frozen=True)
class Task:
    """Something to be timed, on so many articles with ``size`` bytes of text; where it has stages, several results."""

    articles: int
    size: int
    run: Callable[[], dict[str, Usage]]


def inside(name: str, function: Callable[[], object]) -> Callable[[], dict[str, Usage]]:
    """A function of this process as something to be timed."""

    def run() -> dict[str, Usage]:
        cpu, wall = time.process_time(), time.perf_counter()
        function()
        return {name: Usage(time.process_time() - cpu, time.perf_counter() - wall, 0)}

    return run


def hot_tasks(config: DictConfig, corpus: Path) -> Iterable[Task]:
    """Peers, ``wc -w`` and the hot loop."""
    experiment = stages.shipped(str(corpus))
    texts = [row["text"] for row in properties.read(corpus)]
    others = peers.peers(experiment.axes)
    for name, peer in others.items():
        given = texts[: config.peers[name]]
        units = sentences_of(given) if name in ("vaderSentiment", "nltk") else given
        yield Task(len(given), bytes_of(given), inside(name, partial(peer, units)))
    given = texts[: config.peers.vaderSentiment]
    own = sentences_of(given)
    yield Task(len(given), bytes_of(given), inside("ours: words + VADER, of sentences", lambda: score_strings(own)))
    yield from r_tasks(texts[: config.peers.quanteda], corpus, experiment.axes)
    plain = text_file(corpus, texts)
    yield Task(len(texts), bytes_of(texts), partial(counted, "wc -w", plain))
    shards = [shard for shard, _ in experiment.corpus()]
    stages.hot(experiment.scoring, shards[:1])  # compiles
    yield Task(len(texts), bytes_of(texts), lambda: staged(stages.hot(experiment.scoring, shards)))


def r_tasks(texts: list[str], corpus: Path, axes: Iterable[Any]) -> Iterable[Task]:
    """quanteda, where R has it."""
    lines = corpus.with_suffix(".lines")
    lines.write_text("\n".join(text.replace("\n", " ") for text in texts), encoding="utf-8")
    words = peers.terms(axes)
    if peers.quanteda(lines, words) is None:
        print("quanteda: skipped, there is no Rscript with quanteda here", file=sys.stderr)
        return
    yield Task(
        len(texts),
        bytes_of(texts),
        lambda: {"quanteda tokens + look-up": Usage(peers.quanteda(lines, words) or 0, 0, 0)},
    )


def counted(name: str, path: Path) -> dict[str, Usage]:
    """``wc -w`` of a file."""
    return {name: command.wc(path)}


def staged(clock: stages.Clock) -> dict[str, Usage]:
    """The stages of the hot loop and their sum."""
    found = {f"ours: {name}": Usage(cpu, wall, 0) for name, (cpu, wall) in clock.spent.items()}
    scoring = {name: used for name, used in found.items() if name.removeprefix("ours: ") in stages.SCORING}
    return {
        **found,
        "ours: words to targets": _summed(scoring.values()),
        "ours: hot loop, whole": _summed(found.values()),
    }


def _summed(used: Iterable[Usage]) -> Usage:
    each = list(used)
    return Usage(sum(u.cpu for u in each), sum(u.wall for u in each), 0)


def command_tasks(config: DictConfig, output: Path) -> Iterable[Task]:
    """``framing run experiment=speed`` and ``wc -w`` of the same text, by size and number of processes."""
    for size in config.sizes:
        corpus = corpus_file(config, size)
        texts = [row["text"] for row in properties.read(corpus)]
        plain, amount = text_file(corpus, texts), bytes_of(texts)
        yield Task(size, amount, partial(counted, f"wc -w, {size:,} articles", plain))
        for processes in config.processes:

            def run(corpus: Path = corpus, size: int = size, processes: int = processes) -> dict[str, Usage]:
                folder = output / "run"
                used = command.run(corpus, folder, processes)
                shutil.rmtree(folder)
                return {f"framing run, {size:,} articles, {processes} process{'es' * (processes > 1)}": used}

            yield Task(size, amount, run)


def corpus_file(config: DictConfig, articles: int) -> Path:
    """The corpus of so many articles, made if it is not there yet."""
    folder = Path(config.corpora)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"news-{config.seed}-{articles}.jsonl"
    return path if path.exists() else generate.write(path, articles, config.seed)


def text_file(corpus: Path, texts: list[str]) -> Path:
    """The texts alone, for ``wc -w``."""
    path = corpus.with_suffix(".txt")
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def sentences_of(texts: list[str]) -> list[str]:
    """The sentences of texts, by nltk's Punkt."""
    split = peers.punkt()
    return [sentence for text in texts for sentence in split(text)]


def bytes_of(texts: list[str]) -> int:
    """UTF-8 bytes."""
    return sum(len(text.encode()) for text in texts)


@dataclass(frozen=True)
class Measure:
    """What one thing used in one round."""

    what: str
    round: int
    task: Task
    used: Usage

    @property
    def rate(self) -> float:
        """MB of text per second of CPU."""
        return self.task.size / 1e6 / max(self.used.cpu, 1e-9)


def measured(tasks: list[Task], rounds: int) -> list[Measure]:
    """Every task once a round, so that a busy moment of the machine falls on all of them alike."""
    found = []
    for number in range(rounds):
        for task in tasks:
            found += [Measure(what, number, task, used) for what, used in task.run().items()]
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return found


def summary(measures: list[Measure]) -> list[dict[str, Any]]:
    """A row for each thing measured: medians over the rounds, ratios within a round."""
    by_name: dict[str, dict[int, Measure]] = defaultdict(dict)
    for measure in measures:
        by_name[measure.what][measure.round] = measure

    def ratio(what: str, to: str) -> float:
        other = by_name[to]
        return median(m.rate / other[number].rate for number, m in by_name[what].items())

    rows = []
    for what, rounds in by_name.items():
        task, used = next(iter(rounds.values())).task, [m.used for m in rounds.values()]
        sized = f"wc -w, {task.articles:,} articles"
        numbers = (
            task.articles,
            task.size / 1e6,
            median(u.cpu for u in used),
            median(m.rate for m in rounds.values()),
            median(task.size / 1e6 / u.wall if u.wall else 0.0 for u in used),
            ratio(what, "vaderSentiment"),
            ratio(what, "naive"),
            1 / ratio(what, sized if what.startswith("framing") else "wc -w"),
            max(u.rss for u in used) / 2**20,
        )
        rows.append(dict(zip(_COLUMNS, (what, *numbers), strict=True)))
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """Markdown; a number that was not measured is left out."""
    lines = [f"| {' | '.join(_COLUMNS)} |", f"|---|{'---:|' * (len(_COLUMNS) - 1)}"]
    for row in rows:
        cells = [row["what"], f"{row['articles']:,}", *(properties.shown(row[name]) for name in _COLUMNS[2:])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def machine() -> str:
    """The machine and the versions that were measured, in a line."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    packages = ("numpy", "numba", "pyarrow", "nltk", "vaderSentiment")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    return (
        f"{model}, {os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}, {versions}; "
        f"patterns of *competent* by {peers.joined()}; {time.strftime('%Y-%m-%d')}"
    )


def write_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    """Rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@hydra.main(version_base="1.3", config_path=".", config_name="config")
def main(config: DictConfig) -> None:
    """One run of the benchmark."""
    output = Path(config.output)
    output.mkdir(parents=True, exist_ok=True)
    if config.compiled:
        compile_kernels(lambda line: print(line, file=sys.stderr))
    tasks = [*hot_tasks(config, corpus_file(config, config.articles)), *command_tasks(config, output)]
    measures = measured(tasks, config.rounds)
    rows = summary(measures)
    each = [{"what": m.what, "round": m.round, "bytes": m.task.size, **vars(m.used)} for m in measures]
    write_csv(output / "measures.csv", each)
    write_csv(output / "summary.csv", rows)
    text = f"{table(rows)}\n\n{machine()}\n"
    (output / "summary.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
