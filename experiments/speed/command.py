"""The whole command, timed from outside: ``python command.py COMMAND…`` prints CPU, wall and memory as JSON.

The little process that waits adopts what the command leaves behind (``PR_SET_CHILD_SUBREAPER``, Linux),
so that worker processes count too, whoever started them.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_SUBREAPER = 36
_KIBIBYTE = 1 if sys.platform == "darwin" else 1024
"""Bytes of a unit of ``ru_maxrss``."""


@dataclass(frozen=True)
class Usage:
    """CPU and wall in seconds of a command and all its processes; rss: bytes of the largest one."""

    cpu: float
    wall: float
    rss: int


def timed(command: list[str]) -> Usage:
    """Run a command and say what it used; CalledProcessError where it fails."""
    # a fresh small process: memory of this one must not show in the command's
    done = subprocess.run([sys.executable, __file__, *command], stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return Usage(**json.loads(done.stdout.splitlines()[-1]))


def wc(path: Path) -> Usage:
    """``wc -w`` of a file."""
    return timed(["wc", "-w", str(path)])


def run(corpus: Path, output: Path, processes: int) -> Usage:
    """``framing run experiment=speed`` on a corpus."""
    executor = ["executor=serial"] if processes == 1 else ["executor=processes", f"executor.workers={processes}"]
    command = [sys.executable, "-m", "framing", "run", "experiment=speed", f"corpus.path={corpus}", f"output={output}"]
    return timed([*command, *executor])


def _main(command: list[str]) -> int:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    code = child.wait()
    wall = time.perf_counter() - start
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "rss": used.ru_maxrss * _KIBIBYTE}))
    return code


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
