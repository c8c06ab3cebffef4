"""A zip in which nothing is left to chance: stored, sorted, one date, one mode, no comment.

A given set of names and contents has exactly one spelling, so ``verify`` can write the headers
anew and compare them with the file: no byte of the container is out of sight. (The standard
library's writer leaves room: flags, versions and data descriptors differ between its releases.)
Layout after PKWARE's APPNOTE 6.3.3, sections 4.3.7, 4.3.12, 4.3.14–4.3.16 and 4.5.3.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

BLOCK = 1 << 20
MOST_32, MOST_16 = 0xFFFFFFFF, 0xFFFF
PLAIN, LARGE = 20, 45
"""Versions needed to extract: 2.0, and 4.5 where 64-bit sizes are used."""
UTF8 = 0x800
DATE = (1 << 5) | 1
"""1980-01-01, the first day a zip can hold."""
UNIX = 3 << 8
MODE = 0o100644 << 16


@dataclass(frozen=True)
class Member:
    """One file of the container: its name, its size in bytes, its CRC-32."""

    name: str
    size: int
    crc: int

    @property
    def large(self) -> bool:
        """True where the size needs 64 bits."""
        return self.size >= MOST_32

    @property
    def version(self) -> int:
        """The version needed to extract this member."""
        return LARGE if self.large else PLAIN


def local_header(member: Member) -> bytes:
    """What stands before the bytes of a member."""
    name = member.name.encode()
    size = MOST_32 if member.large else member.size
    extra = struct.pack("<HHQQ", 1, 16, member.size, member.size) if member.large else b""
    fields = (member.version, UTF8, 0, 0, DATE, member.crc, size, size, len(name), len(extra))
    return b"PK\x03\x04" + struct.pack("<5H3I2H", *fields) + name + extra


def directory(members: Sequence[Member]) -> bytes:
    """What stands after the last member: the central directory and its end records."""
    entries, offset = [], 0
    for member in members:
        entries.append(_entry(member, offset))
        offset += len(local_header(member)) + member.size
    body = b"".join(entries)
    return body + _end(len(members), len(body), offset)


def _entry(member: Member, offset: int) -> bytes:
    """One line of the central directory."""
    name = member.name.encode()
    far = offset >= MOST_32
    wide = ([member.size, member.size] if member.large else []) + ([offset] if far else [])
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    version = LARGE if wide else PLAIN
    size = MOST_32 if member.large else member.size
    fields = (UNIX | version, version, UTF8, 0, 0, DATE, member.crc, size, size, len(name), len(extra))
    place = (0, 0, 0, MODE, MOST_32 if far else offset)
    return b"PK\x01\x02" + struct.pack("<6H3I2H", *fields) + struct.pack("<3H2I", *place) + name + extra


def _end(count: int, size: int, offset: int) -> bytes:
    """The end records; the 64-bit ones only where they are needed."""
    large = b""
    if count >= MOST_16 or size >= MOST_32 or offset >= MOST_32:
        record = (44, UNIX | LARGE, LARGE, 0, 0, count, count, size, offset)
        large = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", *record)
        large += b"PK\x06\x07" + struct.pack("<IQI", 0, offset + size, 1)
    counts = (min(count, MOST_16), min(count, MOST_16), min(size, MOST_32), min(offset, MOST_32))
    return large + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, counts[0], counts[1], counts[2], counts[3], 0)


def write_container(target: IO[bytes], root: Path, names: Iterable[str]) -> None:
    """Writes the files ``names`` under ``root`` as one container, sorted by name."""
    members = []
    for name in sorted(names):
        member = _measure(root / name, name)
        members.append(member)
        target.write(local_header(member))
        with (root / name).open("rb") as source:
            for block in blocks(source):
                target.write(block)
    target.write(directory(members))


def _measure(path: Path, name: str) -> Member:
    """Size and CRC of a file; its header stands before it, so it is read twice."""
    size = crc = 0
    with path.open("rb") as source:
        for block in blocks(source):
            size += len(block)
            crc = zlib.crc32(block, crc)
    return Member(name, size, crc)


def blocks(source: IO[bytes]) -> Iterator[bytes]:
    """The bytes of ``source`` in pieces that fit in memory."""
    while block := source.read(BLOCK):
        yield block


def differences(file: IO[bytes], members: Sequence[Member]) -> list[str]:
    """Where the headers in ``file`` differ from those that ``write_container`` writes for ``members``."""
    found = []
    ordered = sorted(members, key=lambda member: member.name)
    offset = 0
    for member in ordered:
        header = local_header(member)
        file.seek(offset)
        if file.read(len(header)) != header:
            found.append(f"container: the header of {member.name} is not as framing writes it")
        offset += len(header) + member.size
    tail = directory(ordered)
    file.seek(offset)
    if file.read(len(tail)) != tail:
        found.append("container: the directory at its end is not as framing writes it")
    end = file.seek(0, 2)
    if end != offset + len(tail):
        found.append(f"container: {end} bytes long, where its files make {offset + len(tail)}")
    return found
