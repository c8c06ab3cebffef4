"""Files of a corpus: found by path, folder or glob, opened whatever their compression, in bounded memory."""

from __future__ import annotations

import glob
import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyarrow as pa

from framing.errors import InputError

FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".txt": "txt",
}
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
EXPECTED = ".jsonl, .csv, .tsv (each also .gz or .zst), .parquet or .txt"

_SNIFF_BYTES = 8192


@dataclass(frozen=True)
class Source:
    """One file: where it is, how messages call it, its path within the corpus, and how to read it.

    alone: True if it is the whole corpus; otherwise its ``name`` goes before the ids of its rows.
    """

    path: Path
    shown: str
    name: str
    format: str
    compression: str
    alone: bool

    @property
    def stem(self) -> str:
        """The path within the corpus without suffix: the id of a text file."""
        return self.name.removesuffix(".txt")


def find(path: str) -> tuple[list[Source], list[str]]:
    """The files that ``path`` (a file, a folder or a glob) holds, in order of their names; and the
    names of the files that were passed over because no reader knows their kind."""
    given = Path(path)
    if given.is_dir():
        root, found = given, _walk(given)
    elif given.exists():
        _known(given)
        root, found = given.parent, [given]
    elif glob.has_magic(path):
        root, found = _glob(path)
    else:
        raise InputError(f"{path}: no such file or folder; set corpus.path to {EXPECTED}, a folder or a glob of them")
    files = sorted((file.relative_to(root).as_posix(), file) for file in found)
    known = [(name, file, kind) for name, file in files if (kind := _format(file))]
    if not known:
        raise InputError(f"{path}: holds no file to read; expected {EXPECTED}")
    sources = [Source(file, str(file), name, *kind, alone=len(known) == 1) for name, file, kind in known]
    return sources, [name for name, file in files if not _format(file)]


def _walk(folder: Path) -> list[Path]:
    """Every file below a folder but hidden ones (``.DS_Store``, ``.git``)."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names if not name.startswith(".")]
    return found


def _glob(pattern: str) -> tuple[Path, list[Path]]:
    """The folder before the first wildcard, and the files that match."""
    parts = Path(pattern).parts
    fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    found = [Path(name) for name in glob.glob(pattern, recursive=True)]  # noqa: PTH207 - absolute or not
    files = [file for file in found if file.is_file()]
    if not files:
        raise InputError(f"{pattern}: no file matches this pattern")
    return Path(*parts[:fixed]), files


def _format(file: Path) -> tuple[str, str] | None:
    """(format, compression) by suffix, or None if no reader knows it."""
    suffixes = [suffix.lower() for suffix in file.suffixes]
    if not suffixes:
        return None
    compression = COMPRESSIONS.get(suffixes[-1], "")
    suffix = suffixes[-2] if compression and len(suffixes) > 1 else suffixes[-1]
    kind = FORMATS.get(suffix, "")
    if not kind or (compression and kind not in ("jsonl", "csv")):
        return None
    return kind, compression


def _known(file: Path) -> None:
    if not _format(file):
        raise InputError(f"{file}: a file of this kind cannot be read; expected {EXPECTED}")


@contextmanager
def opened(source: Source) -> Iterator[io.BufferedReader]:
    """The plain bytes of a file, checked to be text; every fault of the file is an ``InputError``."""
    try:
        with _stream(source) as stream:
            _check(source, stream.peek(_SNIFF_BYTES)[:_SNIFF_BYTES])
            yield stream
    except (OSError, EOFError, zlib.error, pa.ArrowException) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else "damaged or cut short"
        raise InputError(f"{source.shown}: cannot be read to its end ({what}); mend or replace the file") from error


def _stream(source: Source) -> io.BufferedReader:
    if source.compression == "gzip":
        return io.BufferedReader(cast(io.RawIOBase, gzip.open(source.path)), _SNIFF_BYTES)
    if source.compression == "zstd":
        raw = cast(io.RawIOBase, pa.input_stream(str(source.path), compression="zstd"))
        return io.BufferedReader(raw, _SNIFF_BYTES)
    return io.BufferedReader(io.FileIO(source.path), 1 << 16)


def _check(source: Source, head: bytes) -> None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{source.shown}: is UTF-16; expected UTF-8, so save it as UTF-8")
    if b"\0" in head:
        raise InputError(f"{source.shown}: is binary (it holds NUL bytes); expected UTF-8 text")
    # An empty text file among others is one empty document, which flow.csv accounts for.
    if not head.removeprefix(b"\xef\xbb\xbf").strip() and (source.alone or source.format != "txt"):
        raise InputError(f"{source.shown}: is empty; expected articles")


def bounded_lines(stream: IO[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """(number from 1, line) of each line; None for a line above ``limit`` bytes, which is never held."""
    number = 0
    while piece := stream.readline(limit):
        number += 1
        if piece.endswith(b"\n") or len(piece) < limit:
            yield number, piece
            continue
        while len(piece) == limit and not piece.endswith(b"\n"):
            piece = stream.readline(limit)
        yield number, None
