"""Executors: run a function over shards, here or in worker processes, in order.

Nothing below this floor knows that it exists. A function takes ``(number, shard)``, writes its own
files whole or not at all (so that running it again does no harm), and returns a small result.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import wait
from typing import Any, TypeVar

from framing.errors import ConfigurationError, FramingError

Shard = TypeVar("Shard")
Result = TypeVar("Result")

IN_FLIGHT = 2
"""Shards per worker that wait or run at a time: enough to keep it busy, few enough for memory."""


def _nothing(number: int) -> None:
    """No shard is done yet."""


@dataclass(frozen=True)
class Serial:
    """Results in this process, one shard after the other."""

    def preload(self, modules: Sequence[str]) -> None:
        """Nothing: this process imports what it needs when it needs it."""

    def __call__(
        self,
        function: Callable[[int, Shard], Result],
        shards: Iterable[Shard],
        done: Callable[[int], Result | None] = _nothing,
    ) -> Iterator[Result]:
        """The result of every shard in order; ``done(number)`` gives one that is there already, or None."""
        for number, shard in enumerate(shards):
            earlier = done(number)
            yield function(number, shard) if earlier is None else earlier


@dataclass(frozen=True)
class Processes:
    """Results from worker processes, in the order of the shards, whatever the number of workers.

    workers: None takes one for each processor this process may use. Where only one shard is left to
    do, or one worker is allowed, no process is started.
    """

    workers: int | None = None

    def preload(self, modules: Sequence[str]) -> None:
        """Let the workers' server import ``modules`` while this process does something else."""
        if (self.workers or _processors()) > 1:
            from multiprocessing import forkserver

            forkserver.set_forkserver_preload(list(modules))
            forkserver.ensure_running()

    def __post_init__(self) -> None:
        if self.workers is not None and self.workers < 1:
            raise ConfigurationError(f"executor.workers: expected 1 or more, or null, got {self.workers}")

    def __call__(
        self,
        function: Callable[[int, Shard], Result],
        shards: Iterable[Shard],
        done: Callable[[int], Result | None] = _nothing,
    ) -> Iterator[Result]:
        """The result of every shard in order; ``done(number)`` gives one that an earlier run left, or None.

        ``function`` is pickled once per worker, shards and results once each. An exception of a
        shard comes through as it is and ends all workers, as does an interrupt.
        """
        workers = self.workers or _processors()
        tasks = ((number, shard, done(number)) for number, shard in enumerate(shards))
        first: list[tuple[int, Shard, Result | None]] = []
        todo = 0
        for task in tasks:  # look ahead to the second shard that is not done
            first.append(task)
            todo += task[2] is None
            if todo == 2 or len(first) == IN_FLIGHT * workers:
                break
        # Small corpora would wait longer for a worker to start than for the result.
        if workers == 1 or (todo < 2 and len(first) < IN_FLIGHT * workers):
            for number, shard, earlier in chain(first, tasks):
                yield function(number, shard) if earlier is None else earlier
        else:
            yield from _parallel(function, chain(first, tasks), workers)


def _parallel(
    function: Callable[[int, Shard], Result],
    tasks: Iterable[tuple[int, Shard, Result | None]],
    workers: int,
) -> Iterator[Result]:
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context(_START), _prepare, (function,))
    waiting: deque[Future[Result]] = deque()
    try:
        for number, shard, earlier in tasks:
            waiting.append(_submitted(pool, number, shard) if earlier is None else _finished(earlier))
            if len(waiting) >= IN_FLIGHT * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        pool.shutdown()
    except BrokenProcessPool as error:
        raise FramingError(
            "a worker process was ended from outside (most often: out of memory); what is done is kept: "
            "run it again with fewer workers (executor.workers=1) or smaller shards (corpus.shard=50)"
        ) from error
    finally:
        # After an error or an interrupt, or when the caller stops early, nobody waits for what still runs.
        running = list((pool._processes or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in running:
            worker.terminate()


def _submitted(pool: ProcessPoolExecutor, number: int, shard: Any) -> Future[Any]:
    """A future; the pool may start a worker here, which inherits that it is deaf to ctrl-C.

    The parent alone answers an interrupt: it ends the workers, and they print nothing.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_work, number, shard)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_START = "forkserver"
"""How workers start. Not fork: Arrow's threads would be copied half-way through their work. The server
they are forked from has only imported modules, and does so once for all pools of a run."""

_function: Callable[[int, Any], Any] | None = None
"""In a worker: the function of its pool, sent once instead of with each shard."""


def _prepare(function: Callable[[int, Any], Any]) -> None:
    """Make this process a worker, which ends with its parent."""
    global _function
    _function = function
    gc.freeze()  # what is imported by now stays
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    # A worker holds both ends of its queue, so it would wait for ever if the parent were killed.
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(number: int, shard: Any) -> Any:
    assert _function is not None
    return _function(number, shard)


def _finished(result: Result) -> Future[Result]:
    future: Future[Result] = Future()
    future.set_result(result)
    return future


def _processors() -> int:
    """Processors that this process may use (a container or a scheduler may grant fewer than there are)."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
