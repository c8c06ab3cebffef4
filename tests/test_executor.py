"""Executors give the same results in the same order, resume, and end cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from framing.errors import ConfigurationError, FramingError, InputError
from framing.executor import IN_FLIGHT, Processes, Serial

ROOT = Path(__file__).resolve().parents[1]
Executor = Serial | Processes
EXECUTORS = [Serial(), Processes(1), Processes(2), Processes(3), Processes()]


def double(number: int, shard: int) -> tuple[int, int]:
    """Later shards are ready sooner, so that order is not a matter of luck."""
    time.sleep(0.02 * (number % 3 == 0))
    return number, 2 * shard


def where(number: int, shard: int) -> int:
    return os.getpid()


def fail(number: int, shard: int) -> int:
    if shard == 2:
        raise InputError("news.jsonl:7: broken row")
    return shard


def stumble(number: int, shard: int) -> float:
    return 1 / shard


def die(number: int, shard: int) -> None:
    if shard == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.2)


def nap(number: int, shard: str) -> None:
    Path(shard, f"{os.getpid()}").touch()
    time.sleep(60)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(") ")[2][0] != "Z"


def wait_for(condition: Callable[[], Any], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("executor", EXECUTORS, ids=repr)
def test_results_come_in_the_order_of_the_shards(executor: Executor) -> None:
    assert list(executor(double, range(20))) == [(n, 2 * n) for n in range(20)]


@pytest.mark.parametrize("executor", EXECUTORS, ids=repr)
def test_no_shards_give_no_results(executor: Executor) -> None:
    assert list(executor(double, iter(()))) == []


@pytest.mark.parametrize("executor", EXECUTORS, ids=repr)
def test_shards_that_are_done_are_not_done_again(executor: Executor) -> None:
    def done(number: int) -> tuple[int, int] | None:
        return (number, -1) if number not in (3, 9, 11) else None

    found = list(executor(double, range(12), done))
    assert found == [(n, 2 * n if n in (3, 9, 11) else -1) for n in range(12)]


def test_one_shard_starts_no_process() -> None:
    assert list(Processes(2)(where, [1])) == [os.getpid()]
    assert list(Processes(2)(where, [1, 1, 1], lambda number: number if number else None)) == [
        os.getpid(),
        1,
        2,
    ]
    assert set(Processes(1)(where, [1, 1])) == {os.getpid()}


def test_two_shards_leave_this_process() -> None:
    assert os.getpid() not in set(Processes(2)(where, [1, 1]))


def test_shards_are_taken_only_when_needed() -> None:
    taken = 0

    def shards() -> Iterator[int]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield number

    results = Processes(2)(double, shards())
    assert next(results) == (0, 0) and taken <= IN_FLIGHT * 2 + 1
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("executor", [Serial(), Processes(2)], ids=repr)
def test_an_error_of_a_shard_comes_through_as_it_is(executor: Executor) -> None:
    with pytest.raises(InputError, match=r"^news\.jsonl:7: broken row$"):
        list(executor(fail, range(6)))
    with pytest.raises(ZeroDivisionError):
        list(executor(stumble, [1, 0, 1]))


def test_a_killed_worker_is_one_clear_line() -> None:
    with pytest.raises(FramingError, match=r"^a worker process was ended from outside.*executor\.workers=1"):
        list(Processes(2)(die, range(4)))


def test_stopping_early_ends_the_workers(tmp_path: Path) -> None:
    results = Processes(2)(nap, [str(tmp_path)] * 8, lambda number: None if number else 0)
    assert next(results) == 0
    assert wait_for(lambda: list(tmp_path.iterdir()))
    results.close()  # type: ignore[attr-defined]
    assert wait_for(lambda: not any(alive(int(file.name)) for file in tmp_path.iterdir()))


SCRIPT = """
import sys
sys.path[:0] = ["{root}", "{root}/tests"]
from framing.executor import Processes
from test_executor import nap
if __name__ == "__main__":
    list(Processes(2)(nap, ["{folder}"] * 8))
"""


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda ending: ending.name)
def test_workers_end_with_their_parent(tmp_path: Path, ending: signal.Signals) -> None:
    folder = tmp_path / "pids"
    folder.mkdir()
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(root=ROOT, folder=folder), encoding="utf-8")
    process = subprocess.Popen([sys.executable, str(script)], stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert wait_for(lambda: len(list(folder.iterdir())) == 2)
    if ending is signal.SIGINT:
        os.killpg(process.pid, ending)  # what a terminal does: everybody gets it
    else:
        os.kill(process.pid, ending)
    _, err = process.communicate(timeout=30)
    assert process.returncode == -ending
    assert wait_for(lambda: not any(alive(int(file.name)) for file in folder.iterdir()), 20)
    if ending is signal.SIGINT:
        assert err.count("Traceback") == 1  # the parent's own, of KeyboardInterrupt; workers say nothing


def test_workers_must_be_one_or_more() -> None:
    with pytest.raises(ConfigurationError, match=r"executor\.workers"):
        Processes(0)
