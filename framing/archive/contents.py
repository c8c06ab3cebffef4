"""What is in a stranger's archive, read in place: nothing is ever unpacked to disk."""

from __future__ import annotations

import contextlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from framing.errors import CheckFailed, InputError

MOST_MEMBERS = 50_000
MOST_DIRECTORY = 32 << 20
"""Bytes of the central directory, which is read whole."""
MOST_RATIO = 200
"""Unpacked to packed: deflate reaches 1032 on zeros, real tables and figures stay below 50."""
MOST_TEXT = 64 << 20
"""Bytes of a manifest or metadata file, which are read whole."""
DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    LookupError,
)
"""What the standard library raises on a broken container."""
ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\\]|[\ud800-\udfff]")
"""Characters that no name of ours has: they could cheat a terminal or another system's paths."""


class Contents:
    """The members of an archive; a context manager. ``CheckFailed`` where it is damaged or unsafe.

    Refused before anything is read: too many members, absolute or climbing names, the same name
    twice, links, encryption, packing other than stored or deflate, bombs, overlapping members.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "no such file"
            raise InputError(f"{path}: {what}; expected the archive.zip of a run")
        self.path = path
        self._stack = contextlib.ExitStack()
        try:
            self.file: IO[bytes] = self._stack.enter_context(path.open("rb"))
            _limit_directory(self.file)
            self._zip = self._stack.enter_context(zipfile.ZipFile(self.file))
            self._infos = {info.filename: info for info in self._zip.infolist()}
            self._refuse_unsafe()
        except DAMAGE as error:
            self._stack.close()
            raise CheckFailed(f"{path} is damaged: it is no whole zip ({_plain(error)})") from error
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> Contents:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def names(self) -> list[str]:
        """Names of all members, sorted."""
        return sorted(self._infos)

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member in pieces; ``CheckFailed`` where they are damaged."""
        try:
            with self._zip.open(self._infos[name]) as source:
                while block := source.read(1 << 20):
                    yield block
        except DAMAGE as error:
            raise CheckFailed(f"{name} in {self.path} is damaged ({_plain(error)})") from error

    def read(self, name: str, most: int = MOST_TEXT) -> bytes:
        """The whole of a member of at most ``most`` bytes."""
        if name not in self._infos:
            raise CheckFailed(f"{self.path} has no {name}")
        if self._infos[name].file_size > most:
            raise CheckFailed(f"{name} in {self.path} is larger than {most} bytes")
        return b"".join(self.blocks(name))

    def _refuse_unsafe(self) -> None:
        infos = self._zip.infolist()
        seen: set[str] = set()
        for info in infos:
            if fault := _fault(info) or ("its name is there twice" if info.filename in seen else None):
                raise CheckFailed(f"{self.path} is refused: {ascii(info.filename)[:200]}: {fault}")
            seen.add(info.filename)
        size = self.path.stat().st_size
        if sum(info.compress_size for info in infos) > size:
            raise CheckFailed(f"{self.path} is refused: its members overlap (they declare more than {size} bytes)")


def _fault(info: zipfile.ZipInfo) -> str | None:
    """Why this member is not to be read, or None."""
    name = info.orig_filename
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ODD.search(name) or len(name) > 1000:
        return "not a plain relative name"
    if any(part in ("", ".", "..") for part in name.split("/")):
        return "not a plain relative name of a file"
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return "a link or a special file"
    if info.flag_bits & 0x2041:
        return "encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed in a way that framing does not use"
    if info.compress_type == zipfile.ZIP_STORED and info.compress_size != info.file_size:
        return "its two sizes differ"
    if info.file_size > MOST_RATIO * max(info.compress_size, 1 << 10):
        return f"it would unpack to more than {MOST_RATIO} times its size"
    return None


def _limit_directory(file: IO[bytes]) -> None:
    """Refuses an outsized directory before the standard library reads it whole."""
    size = file.seek(0, 2)
    file.seek(max(0, size - (1 << 16) - 22))
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) < found + 22:
        raise CheckFailed(_no_end(file))
    count, length = struct.unpack("<HI", tail[found + 10 : found + 16])
    if tail[found - 20 : found - 16] == b"PK\x06\x07":
        file.seek(struct.unpack("<Q", tail[found - 12 : found - 4])[0])
        record = file.read(56)
        if len(record) == 56:
            count, length = struct.unpack("<QQ", record[32:48])
    if count > MOST_MEMBERS or length > MOST_DIRECTORY:
        raise CheckFailed(f"{file.name} is refused: it declares {count} members, at most {MOST_MEMBERS} are read")


def _no_end(file: IO[bytes]) -> str:
    return f"{file.name} is damaged: it has no zip directory at its end, so it was cut short or is no archive"


def _plain(error: BaseException) -> str:
    """The message of an error on one line, without whatever a stranger's file put into it."""
    return ascii(str(error) or type(error).__name__)[1:-1][:120]
