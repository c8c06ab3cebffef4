"""Is an archive what it was? The container and every byte against the manifest."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from framing.archive.container import Member, differences
from framing.archive.contents import ODD, Contents
from framing.errors import CheckFailed

BAGIT, INFO, MANIFEST, TAGS = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
PAYLOAD = "data/"
CRATE = f"{PAYLOAD}ro-crate-metadata.json"
LINE = re.compile(r"([0-9a-f]{64}) [ *]?(\S.*)")
"""A line of a manifest; one space or two (bagit-py writes one in tag manifests)."""


@dataclass(frozen=True)
class Facts:
    """What was read of one member: its size, CRC-32 and sha256."""

    size: int
    crc: int
    sha256: str


def verify(path: Path) -> list[str]:
    """Everything that is wrong with an archive, one line a fault that names the file; empty if nothing.

    Raises ``InputError`` if ``path`` is no file, ``CheckFailed`` if it is too damaged to look into
    or not safe to read. Nothing is unpacked to disk.
    """
    with Contents(path) as contents:
        facts = {name: _measure(contents, name) for name in contents.names}
        problems = [f"changed: {name} (damaged in the container)" for name, fact in facts.items() if not fact]
        sound = {name: fact for name, fact in facts.items() if fact}
        problems += _tag_problems(contents, facts, sound)
        problems += _payload_problems(contents, facts, sound)
        problems += _crate_problems(contents, facts, sound)
        if len(sound) == len(facts):  # else the damaged member is named already, and its size unsure
            problems += differences(contents.file, [Member(n, f.size, f.crc) for n, f in sound.items()])
    return list(dict.fromkeys(ODD.sub("?", problem) for problem in problems))


def _measure(contents: Contents, name: str) -> Facts | None:
    """Size, CRC and sha256 of a member, or None where the container itself shows it damaged."""
    size = crc = 0
    digest = hashlib.sha256()
    try:
        for block in contents.blocks(name):
            size += len(block)
            crc = zlib.crc32(block, crc)
            digest.update(block)
    except CheckFailed:
        return None
    return Facts(size, crc, digest.hexdigest())


def _tag_problems(contents: Contents, facts: dict[str, Facts | None], sound: dict[str, Facts]) -> list[str]:
    """The files about the bag: all four there, no other, each with the hash that the tag manifest has."""
    known = (BAGIT, INFO, MANIFEST, TAGS)
    outside = {name for name in facts if not name.startswith(PAYLOAD)}
    problems = [f"missing: {name}" for name in known if name not in outside]
    problems += [f"extra: {name}" for name in sorted(outside.difference(known))]
    if TAGS in sound:
        listed, faults = _manifest(contents, TAGS)
        problems += faults + _against(listed, sound)
        problems += [f"missing: {name} in {TAGS}" for name in known[:3] if name not in listed]
    if BAGIT in sound and not re.match(rb"BagIt-Version: (0\.97|1\.0)\r?\n", contents.read(BAGIT)):
        problems.append(f"changed: {BAGIT} (expected BagIt-Version: 0.97 or 1.0)")
    return problems


def _payload_problems(contents: Contents, facts: dict[str, Facts | None], sound: dict[str, Facts]) -> list[str]:
    """Every file of the payload against the manifest, in both directions, and their sum."""
    problems: list[str] = []
    payload = {name: fact for name, fact in facts.items() if name.startswith(PAYLOAD)}
    if MANIFEST in sound:
        listed, problems = _manifest(contents, MANIFEST)
        problems += [f"missing: {name}" for name in listed if name not in facts]
        problems += [f"extra: {name}" for name in payload if name not in listed]
        problems += _against(listed, sound)
    if INFO in sound and all(payload.values()):
        found = f"{sum(fact.size for fact in payload.values() if fact)}.{len(payload)}"
        declared = re.search(rb"^Payload-Oxum: *(\S+)", contents.read(INFO), re.MULTILINE)
        if declared is None or declared[1].decode("ascii", "replace") != found:
            problems.append(f"payload: {found} (bytes.files), which is not the Payload-Oxum in {INFO}")
    return problems


def _manifest(contents: Contents, name: str) -> tuple[dict[str, str], list[str]]:
    """File → sha256 as a manifest has them, and the lines that are none."""
    listed: dict[str, str] = {}
    faults = []
    text = contents.read(name).decode("utf-8", "replace")
    for number, line in enumerate(text.split("\n"), 1):
        if match := LINE.fullmatch(line):
            listed[re.sub("%0[aA]", "\n", re.sub("%0[dD]", "\r", match[2]))] = match[1]
        elif line:
            faults.append(f"changed: {name} (line {number} is no hash and file)")
    return listed, faults


def _against(listed: dict[str, str], sound: dict[str, Facts]) -> list[str]:
    return [f"changed: {n}" for n, sha in listed.items() if n in sound and sound[n].sha256 != sha]


def _crate_problems(contents: Contents, facts: dict[str, Facts | None], sound: dict[str, Facts]) -> list[str]:
    """The research object: JSON whose parts are all there."""
    if CRATE not in facts:
        return [f"missing: {CRATE}"]
    if CRATE not in sound:
        return []
    try:
        graph = json.loads(contents.read(CRATE))["@graph"]
        root = next(entity for entity in graph if entity["@id"] == "./")
        parts = root.get("hasPart", [])
        names = [PAYLOAD + unquote(part["@id"]) for part in (parts if isinstance(parts, list) else [parts])]
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration, RecursionError):
        return [f"changed: {CRATE} (no RO-Crate metadata in JSON)"]
    return [f"missing: {ascii(name)[1:-1]} (a part named by {CRATE})" for name in names if name not in facts]
