"""``archive.zip``: the files of a run as RO-Crate in BagIt in a zip whose bytes are fixed."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import final

import pyarrow as pa
import pyarrow.parquet as pq

from framing.archive.container import write_container
from framing.archive.crate import LICENSE, write_crate
from framing.archive.sign import Signature
from framing.archive.write import atomic, parquet_writer

NAME = "archive.zip"
STAGE = ".archive"
LEFT_OUT = frozenset({NAME, "run.json", "local.json", "log.txt"})
"""Marks, machine paths and clocks; intermediate results are hidden files, which stay out too."""
TEXT_FILES = frozenset({"report.html", "texts.parquet"})
DROPPED: Mapping[str, frozenset[str]] = {"articles.parquet": frozenset({"title", "url"})}
"""Columns that are not in the archive's tables (contract, Output folder)."""
BLANKED: Mapping[str, frozenset[str]] = {
    "evidence.parquet": frozenset({"cue", "speaker"}),
    "mentions.parquet": frozenset({"alias"}),
    "sentences.parquet": frozenset({"speaker"}),
}
"""Columns whose values are words of the articles: null in the archive, so that the tables keep their
columns; ``start`` and ``end`` find the words again in the corpus."""
BAG_INFO = {"Bagging-Date": "1980-01-01", "Bag-Software-Agent": "framing"}
TEXTS = pa.schema([("article", pa.string()), ("title", pa.string()), ("text", pa.string())])


@final
@dataclass(frozen=True)
class Archive:
    """The archive of a run folder.

    enabled: False writes none · include_text: True adds ``texts.parquet``, ``report.html`` and the
    columns that hold words of the articles; whoever passes such an archive on needs the right to.
    terms: what a reader may do with it, in words or as an address; None says that nothing is said.
    """

    enabled: bool = True
    include_text: bool = False
    terms: str | None = None

    def __call__(self, run: Path, signature: Signature, texts: Iterable[pa.Table] | None = None) -> Path | None:
        """Writes ``run/archive.zip`` and returns its path; None where ``enabled`` is False.

        texts: tables ``article, title, text``, used only with ``include_text``. Of the run folder,
        plain files are taken; hidden ones, links and ``LEFT_OUT`` are not.
        """
        if not self.enabled:
            return None
        stage = run / STAGE
        shutil.rmtree(stage, ignore_errors=True)  # what an interrupted run left
        try:
            names = self._stage(run, stage, texts)
            write_crate(stage, names, signature, self.terms or LICENSE)
            _bag(stage)
            with atomic(run / NAME) as file:
                write_container(file, stage, _walk(stage))
        finally:
            shutil.rmtree(stage, ignore_errors=True)
        return run / NAME

    def _stage(self, run: Path, stage: Path, texts: Iterable[pa.Table] | None) -> list[str]:
        """Copies what goes into the archive to ``stage``; the names of the files."""
        names = [name for name in _walk(run) if self._wanted(name)]
        stage.mkdir()
        for name in names:
            (stage / name).parent.mkdir(parents=True, exist_ok=True)
            if not self.include_text and name in DROPPED.keys() | BLANKED.keys():
                _without_text(run / name, stage / name)
            else:
                shutil.copyfile(run / name, stage / name)
        if self.include_text and texts is not None:
            with parquet_writer(stage / "texts.parquet", TEXTS) as rows:
                for table in texts:
                    rows.write(table)
            names.append("texts.parquet")
        return sorted(set(names))

    def _wanted(self, name: str) -> bool:
        parts = name.split("/")
        if parts[0] in LEFT_OUT or any(part.startswith(".") for part in parts):
            return False
        return self.include_text or name not in TEXT_FILES


def _walk(root: Path) -> list[str]:
    """Names of all plain files under ``root``, sorted, with ``/`` on every system."""
    files = (Path(folder, name) for folder, _, names in os.walk(root) for name in names)
    plain = (path for path in files if path.is_file() and not path.is_symlink())
    return sorted(path.relative_to(root).as_posix() for path in plain)


def _without_text(source: Path, target: Path) -> None:
    """The table in ``source`` without the words of the articles, row group by row group."""
    dropped, blanked = DROPPED.get(source.name, frozenset()), BLANKED.get(source.name, frozenset())
    with pq.ParquetFile(source) as table:
        whole = table.schema_arrow
        kept = pa.schema([field for field in whole if field.name not in dropped])
        read = [name for name in kept.names if name not in blanked]
        with parquet_writer(target, kept) as rows:
            for number in range(table.num_row_groups):
                group = table.read_row_group(number, columns=read)
                for name in blanked.intersection(kept.names):
                    empty = pa.nulls(group.num_rows, kept.field(name).type)
                    group = group.append_column(kept.field(name), empty)
                rows.write(group.select(kept.names))


def _bag(stage: Path) -> None:
    """Turns ``stage`` into a BagIt bag with sha256 manifests."""
    import bagit  # type: ignore[import-untyped]

    _quietly(lambda: bagit.make_bag(str(stage), dict(BAG_INFO), checksums=["sha256"]))
    # bagit-py lists the tag files in the order of the file system: sorted, the bytes are the same anywhere.
    tags = stage / "tagmanifest-sha256.txt"
    lines = tags.read_text(encoding="utf-8").splitlines()
    tags.write_bytes("".join(f"{line}\n" for line in sorted(lines, key=lambda x: x.split(" ", 1)[1])).encode())


def _quietly(work: Callable[[], object]) -> None:
    """Runs ``work`` without bagit-py's progress, which names paths."""
    log = logging.getLogger("bagit")
    before = log.level
    log.setLevel(logging.WARNING)
    try:
        work()
    finally:
        log.setLevel(before)
