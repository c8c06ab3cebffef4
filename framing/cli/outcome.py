"""What an error means at the command line: one line on stderr and an exit code.

    FramingError        its own code (1 or 2)      interrupt     130
    a file that fails   2                          closed pipe   141, silently (as a shell's SIGPIPE)
    anything else       70, a fault of this program

A fault of this program is not 1, which says that a check ran and found a difference.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback

from framing.errors import FramingError

INTERRUPTED = 130
PIPE_CLOSED = 141
FAULT = 70


def exit_code(error: BaseException, where: str = "") -> int:
    """Say what went wrong in one line (after ``where``) and return the exit code.

    FRAMING_TRACEBACK=1 in the environment adds the traceback.
    """
    if isinstance(error, BrokenPipeError):
        _silence()
        return PIPE_CLOSED
    if os.environ.get("FRAMING_TRACEBACK") == "1":
        traceback.print_exception(error)
    code, line = _judge(error)
    print(f"framing: {where}{' '.join(line.split())}", file=sys.stderr)
    return code


def _judge(error: BaseException) -> tuple[int, str]:
    match error:
        case FramingError():
            return error.exit_code, str(error)
        case KeyboardInterrupt():
            return INTERRUPTED, "interrupted; the same command with this run's output=DIR goes on from here"
        case OSError(strerror=str(reason), filename=name):
            return 2, f"{name}: {reason}" if name is not None else reason
    fault = f"{type(error).__name__}: {error}"
    return FAULT, f"a fault of this program ({fault}); FRAMING_TRACEBACK=1 shows where, please report it"


def _silence() -> None:
    """Point stdout nowhere, or the interpreter complains about the closed pipe when it ends."""
    with contextlib.suppress(OSError, ValueError):  # a test's or a notebook's stdout is no real file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
