"""Where our time goes: the hot loop (tools called on shards in memory), by stage and whole."""

from __future__ import annotations

import dataclasses
import functools
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import framing.scoring
import framing.text.reading
from framing.experiment import Experiment
from framing.scoring import Scoring
from framing.tables import Corpus, Survey

TOOLS = {
    "clean": "clean",
    "text": "words and tokens",
    "roster": "mentions",
    "voice": "voice",
    "frames": "frames",
    "sentiment": "tone",
    "targets": "targets",
    "aggregate": "sums",
}
"""Fields of ``Scoring`` and the stages they are."""
FUNCTIONS = (
    (framing.text.reading, "cut", "sentences"),
    (framing.text.reading, "clauses", "clauses"),
    (framing.scoring, "baseline", "VADER"),
    (framing.scoring, "scores", "scores"),
    (framing.scoring, "outputs", "tables"),
)
"""Functions that are a stage of their own."""
SCORING = (
    "words and tokens",
    "sentences",
    "clauses",
    "mentions",
    "voice",
    "frames",
    "VADER",
    "tone",
    "targets",
)
"""What turns the text of labelled spans into evidence: neither cleaning before it nor sums and tables after it."""


class Clock:
    """CPU and wall seconds by stage; a stage inside another is taken off the outer one."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._open: list[str] = []
        self._last = (time.process_time(), time.perf_counter())

    def _tick(self) -> None:
        now = (time.process_time(), time.perf_counter())
        if self._open:
            spent = self.spent[self._open[-1]]
            spent[0] += now[0] - self._last[0]
            spent[1] += now[1] - self._last[1]
        self._last = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time inside this block is the stage's."""
        self._tick()
        self._open.append(name)
        try:
            yield
        finally:
            self._tick()
            self._open.pop()

    def timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The function as a stage."""

        @functools.wraps(function)
        def run(*arguments: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*arguments, **named)

        return run


class _Tool:
    """A tool whose calls are a stage."""

    def __init__(self, tool: Any, clock: Clock, name: str) -> None:
        self._tool, self._run = tool, clock.timed(tool, name)

    def __call__(self, *arguments: Any) -> Any:
        return self._run(*arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tool, name)


def hot(scoring: Scoring, shards: Sequence[Corpus]) -> Clock:
    """Score shards from an empty vocabulary on, as a run does, and time its stages."""
    clock = Clock()
    fresh = dataclasses.replace(scoring, text=dataclasses.replace(scoring.text))
    tools: dict[str, Any] = {field: _Tool(getattr(fresh, field), clock, name) for field, name in TOOLS.items()}
    timed = dataclasses.replace(fresh, **tools)
    with ExitStack() as stack:
        for module, function, name in FUNCTIONS:
            stack.enter_context(mock.patch.object(module, function, clock.timed(getattr(module, function), name)))
        stack.enter_context(clock.stage("between"))
        for shard in shards:
            timed(shard, Survey())
    return clock


def shipped(path: str = "-") -> Experiment:
    """``framing run experiment=speed corpus.path=PATH``, made but not run."""
    from framing.cli import compose, door
    from framing.cli.folders import folders

    found = folders()
    with compose.composer(found) as hydra:
        overrides = ["experiment=speed", f"corpus.path={path}"]
        settings = compose.plain(compose.single(hydra, compose.forced(hydra, overrides, found.groups())))
    made: Experiment = door.experiment(settings, found, "speed")
    return made
