"""Writes, signs and verifies a run: the only room that touches the run folder."""

from framing.archive.bag import Archive
from framing.archive.contents import Contents
from framing.archive.folder import State, finish, open_run
from framing.archive.sign import Signature, sign
from framing.archive.verify import verify
from framing.archive.write import (
    atomic,
    declared,
    parquet_writer,
    write_bytes,
    write_csv,
    write_parquet,
    write_text,
)

__all__ = [
    "Archive",
    "Contents",
    "Signature",
    "State",
    "atomic",
    "declared",
    "finish",
    "open_run",
    "parquet_writer",
    "sign",
    "verify",
    "write_bytes",
    "write_csv",
    "write_parquet",
    "write_text",
]
