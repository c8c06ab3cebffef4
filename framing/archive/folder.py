"""Which run a folder belongs to: new, to be resumed, or finished; anything else is refused untouched."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from framing import __version__
from framing.archive.write import write_text
from framing.errors import ConfigurationError

MARK = "run.json"
RUNNING, DONE = "running", "finished"
OTHER = "choose another folder with output=DIR, or remove this one"


class State(StrEnum):
    """What a folder is to a run of a given signature."""

    NEW = "new"
    RESUMED = "resumed"
    FINISHED = "finished"


def open_run(output: Path, signature: str) -> State:
    """What ``output`` is to the run with this signature; its mark is written where the run is new.

    ``finished``: nothing is to be done and nothing was touched. ``resumed``: an interrupted run of
    the same signature. ``new``: the folder was missing or empty, and its first file is ``run.json``.
    Raises ``ConfigurationError`` for anything else, before anything is touched.
    """
    if output.exists() and not output.is_dir():
        raise ConfigurationError(f"output {output} is a file, not a folder: {OTHER}")
    if _is_empty(output):
        _mark(output, signature, RUNNING)
        return State.NEW
    found = _read_mark(output)
    if found["signature"] != signature:
        raise ConfigurationError(
            f"output {output} holds a run with other settings or corpus "
            f"({found['status']}, signature {found['signature'][:12]}, this one {signature[:12]}): {OTHER}"
        )
    return State.FINISHED if found["status"] == DONE else State.RESUMED


@contextlib.contextmanager
def alone_in(output: Path) -> Iterator[None]:
    """Within this block no other process runs in ``output``; a second one is refused.

    The folder itself is locked, so nothing is left behind if the process is killed.
    """
    import fcntl

    handle = os.open(output, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(
                f"output {output}: another process runs in this folder; wait for it, or {OTHER}"
            ) from None
        yield
    finally:
        os.close(handle)


def finish(output: Path) -> None:
    """Marks the run in ``output`` as finished; the last thing a run writes."""
    _mark(output, str(_read_mark(output)["signature"]), DONE)


def _is_empty(output: Path) -> bool:
    """True if nothing is there, or only what a mark that was cut short has left."""
    return not output.exists() or all(_is_leftover(entry.name) for entry in output.iterdir())


def _is_leftover(name: str) -> bool:
    return name.startswith(f".{MARK}.") and name.endswith(".tmp")


def _mark(output: Path, signature: str, status: str) -> None:
    """The same bytes on every machine: neither clock nor path."""
    mark = {"signature": signature, "status": status, "version": __version__}
    try:
        output.mkdir(parents=True, exist_ok=True)
        write_text(output / MARK, json.dumps(mark, sort_keys=True) + "\n")
    except OSError as error:
        raise ConfigurationError(f"output {output} cannot be written ({error.strerror}): {OTHER}") from error


def _read_mark(output: Path) -> dict[str, Any]:
    """The mark of a run folder, or a refusal if the folder is something else."""
    path = output / MARK
    if path.is_symlink() or not path.is_file():
        raise ConfigurationError(f"output {output} holds files but no {MARK}, so it is no run folder: {OTHER}")
    try:
        mark = json.loads(path.read_bytes())
        if isinstance(mark["signature"], str) and mark["status"] in (RUNNING, DONE):
            return dict(mark)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass  # said below: whatever is wrong with it, it is no mark of ours
    raise ConfigurationError(f"{path} is not as framing writes it, so the folder is left alone: {OTHER}")
