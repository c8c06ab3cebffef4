"""Kernels: functions on arrays that run as they are written, or compiled, with the same result.

``@kernel("u1[:], i8[:], out i4[:]")`` declares a function that Python calls; ``@inlined`` a helper that
kernels call. Both are plain Python until ``compile_kernels`` is called in this process; from then on
numba compiles each kernel on its first call and keeps the machine code in a folder of the user's.
Small inputs are faster as they are: nothing is imported, nothing compiled.

The rules of the room, which make both ways give the same numbers: whole numbers wherever sums may
come in another order; floats only in the order of the source; no strings, no tables, no files.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

Say = Callable[[str], None]

_DTYPES = {
    "b1": np.bool_,
    "i1": np.int8,
    "i2": np.int16,
    "i4": np.int32,
    "i8": np.int64,
    "u1": np.uint8,
    "u2": np.uint16,
    "u4": np.uint32,
    "u8": np.uint64,
    "f8": np.float64,
}
COMPILED_FROM = 500_000
"""Bytes of text from which it pays to load numba and the code it once compiled (about 1 s)."""
COMPILE_FROM = 8_000_000
"""Bytes of text from which it pays to compile first (about a minute, once a machine)."""
_inlined: list[Callable[..., Any]] = []
_numba: Any = None
"""The module numba while kernels are compiled, else None."""
_broken = False
"""True once numba could not be imported: it is said once, and not tried again."""


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """A helper that kernels call; it stays plain Python for Python."""
    _inlined.append(function)
    return function


class Kernel:
    """A function on arrays with declared types.

    ``types``: one entry an argument: a dtype (``i8``) for a number, ``i8[:]`` or ``i8[:,:]`` for an
    array that is only read, ``out i8[:]`` for one that is written to. ``allocates``: False where
    it and its helpers only read and write single numbers of arrays, and make none; then references
    are not counted, which is most of the time of a kernel with many helpers, and plain Python is
    faster too.
    """

    def __init__(self, function: Callable[..., Any], types: str, allocates: bool = True) -> None:
        functools.update_wrapper(self, function)
        self.plain = function
        self._types = tuple(_Argument(one.strip()) for one in types.replace("[:,:]", "[::]").split(","))
        self._allocates = allocates
        self._fast: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:
        """The function's result; TypeError where an argument is not as declared."""
        if len(arguments) != len(self._types):
            raise TypeError(f"{self.plain.__name__} takes {len(self._types)} arguments, got {len(arguments)}")
        checked = [kind.check(value) for kind, value in zip(self._types, arguments, strict=True)]
        if _numba is None or not self.load():
            return self.plain(*(checked if self._allocates else map(_view, checked)))
        assert self._fast is not None
        return self._fast(*checked)

    def load(self) -> bool:
        """Compile, or load what was compiled before, while kernels are compiled; False where that fails."""
        if self._fast is None:
            try:
                self._fast = _compile(self.plain, tuple(kind.of_numba() for kind in self._types), self._allocates)
            except Exception as error:  # it could be imported, and is broken all the same; or the disk is full
                _give_up(error)
        return self._fast is not None


def _view(value: Any) -> Any:
    """An array as what gives Python's own numbers, which plain Python adds and compares at twice the speed."""
    return value.data if isinstance(value, np.ndarray) else value


def kernel(types: str, allocates: bool = True) -> Callable[[Callable[..., Any]], Kernel]:
    """Declares a kernel with the types of its arguments (see ``Kernel``)."""

    def declared(function: Callable[..., Any]) -> Kernel:
        _declared.append(Kernel(function, types, allocates))
        return _declared[-1]

    return declared


_declared: list[Kernel] = []


def load_kernels() -> None:
    """Compile or load every kernel of the modules that are imported; processes forked from this one have them."""
    if compile_kernels():
        all(one.load() for one in _declared)


class _Argument:
    """The declared type of one argument."""

    def __init__(self, text: str) -> None:
        self.written = text.startswith("out ")
        name, _, shape = text.removeprefix("out ").partition("[")
        self.dtype = np.dtype(_DTYPES[name])
        self.dimensions = shape.count(":")

    def check(self, value: Any) -> Any:
        if not self.dimensions:
            return self.dtype.type(value).item()
        if not isinstance(value, np.ndarray) or value.dtype != self.dtype or value.ndim != self.dimensions:
            found = f"{value.dtype}, {value.ndim}-d" if isinstance(value, np.ndarray) else type(value).__name__
            raise TypeError(f"expected an array of {self.dtype}, {self.dimensions}-d, got {found}")
        if not value.flags.c_contiguous:
            if self.written:
                raise TypeError("an array that is written to must be contiguous")
            return np.ascontiguousarray(value)
        return value

    def of_numba(self) -> Any:
        scalar = _numba.from_dtype(self.dtype)
        if not self.dimensions:
            return scalar
        return _numba.types.Array(scalar, self.dimensions, "C", readonly=not self.written)


def _silent(line: str) -> None:
    """Nobody listens."""


_say: Say = _silent
"""Who is told that numba turns out to be broken."""


def compiles() -> bool:
    """True while kernels are compiled in this process."""
    return _numba is not None


def compile_kernels(say: Say | None = None) -> bool:
    """Compile kernels from now on in this process; False where numba is missing or broken.

    ``say`` is told, once, what a user would otherwise wonder about: that the first run compiles, that
    the folder for it cannot be written, that there is no numba.
    """
    global _numba, _say
    if _numba is not None or _broken:
        return not _broken
    say = _say = say or _silent
    try:
        import numba
        import numba.extending

        if vars(numba.config).get("DISABLE_JIT"):
            raise RuntimeError("NUMBA_DISABLE_JIT is set")
    except Exception as error:  # a broken install fails in many ways
        _give_up(error)
        return False
    folder = cache_folder(say)
    vars(numba.config)["CACHE_DIR"] = str(folder)
    if not _filled(folder):
        say(f"compiling for this machine, once (about a minute); it is kept in {folder}")
    _numba = numba
    return not _declared or _declared[0].load()  # a first one shows whether it works at all


def _filled(folder: Path) -> bool:
    """True if kernels of this room (not of a test) have been compiled into a folder."""
    return any(folder.glob(f"{Path(__file__).parent.name}_*/*.nbi"))


def _give_up(error: Exception) -> None:
    """Go on without numba in this process."""
    global _numba, _broken
    _numba, _broken = None, True
    _say(f"numba cannot be used ({type(error).__name__}: {error}): the numbers are the same, but it takes longer")


def worth_compiling(n_bytes: int) -> bool:
    """True where compiled kernels win time on this much text: soon if the machine code is there, late if not."""
    if _numba is not None:
        return True
    try:
        there = any(map(_filled, _folders()))
    except importlib.metadata.PackageNotFoundError:
        there = False
    return n_bytes >= (COMPILED_FROM if there else COMPILE_FROM)


@contextmanager
def interpreted() -> Iterator[None]:
    """Kernels as plain Python inside this block, whatever was compiled before."""
    global _numba
    before, _numba = _numba, None
    try:
        yield
    finally:
        _numba = before


def _compile(function: Callable[..., Any], types: tuple[Any, ...], allocates: bool) -> Callable[..., Any]:
    while _inlined:
        _numba.extending.register_jitable(_inlined.pop())
    with _one_at_a_time(Path(_numba.config.CACHE_DIR)):
        made: Callable[..., Any] = _numba.njit(types, cache=True, nogil=True, _nrt=allocates)(function)
    return made


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Of several workers that need the same kernel one compiles it, and the others load it."""
    try:
        import fcntl
    except ImportError:  # no such locks here: each worker compiles for itself
        yield
        return
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def cache_folder(say: Say) -> Path:
    """The folder for machine code, made if needed: the user's cache, or one for this user among the temporary files.

    Its files are loaded as code, so a folder that somebody else could write to is not used.
    """
    first, second = _folders()
    if _own(first):
        return first
    folder = second if _own(second) else Path(tempfile.mkdtemp(prefix="framing-analysis-"))
    say(f"{first.parent} cannot be written; compiled code is kept in {folder}")
    return folder


@functools.cache
def _folders() -> tuple[Path, Path]:
    """Where machine code may be kept, best first. The name holds a hash of this room's source and of what
    compiles it, so that code of another version is never loaded."""
    versions = [importlib.metadata.version(name) for name in ("numba", "numpy")]
    source = hashlib.sha256(f"{versions} {sys.version} {Path(__file__).parent}".encode())  # numba's names hold the path
    for path in sorted(Path(__file__).parent.glob("*.py")):
        source.update(path.read_bytes())
    name = f"kernels-{source.hexdigest()[:16]}"
    temporary = Path(tempfile.gettempdir())
    try:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # a container's user without a home
        cache = temporary / f"framing-{os.getuid()}"
    user = os.getuid() if hasattr(os, "getuid") else ""
    return cache / "framing-analysis" / name, temporary / f"framing-analysis-{user}" / name


def _own(folder: Path) -> bool:
    """Makes the folder; True if it is ours, nobody else's to write, and can be written."""
    try:
        folder.parent.parent.mkdir(parents=True, exist_ok=True)
        for path in (folder.parent, folder):
            path.mkdir(exist_ok=True, mode=0o700)
            found = path.stat()
            shared = stat.S_IMODE(found.st_mode) & (stat.S_IWGRP | stat.S_IWOTH)
            if hasattr(os, "getuid") and (found.st_uid != os.getuid() or shared):
                return False
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
