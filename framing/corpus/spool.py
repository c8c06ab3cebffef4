"""The spool: shards on disk, so that a corpus that is read twice is parsed once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from framing.tables import Corpus


@dataclass(frozen=True)
class Spooled:
    """A shard on disk. It crosses to a worker as a path; the worker maps the file and reads no text twice."""

    path: Path

    def open(self) -> Corpus:
        """The shard; its columns stay in the file until they are looked at."""
        with pa.memory_map(str(self.path)) as file:
            return Corpus(pa.ipc.open_file(file).read_all())


class Spool:
    """Shards in a folder, as uncompressed Arrow files, in the order in which they were added."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._shards: list[Spooled] = []

    def add(self, corpus: Corpus) -> None:
        """Writes a shard, whole or not at all as far as this object knows."""
        path = self._folder / f"{len(self._shards):06d}.arrow"
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, corpus.table.schema) as writer:
            writer.write_table(corpus.table)
        self._shards.append(Spooled(path))

    def __iter__(self) -> Iterator[Spooled]:
        return iter(self._shards)

    def __len__(self) -> int:
        return len(self._shards)
