"""Lexicons: a valence for a word, with its reason, as data.

A lexicon file is UTF-8 TSV: comment lines ``# key: value`` (source, licence, version, cut), a header
``term  valence  reason``, a term a line. ``word+`` gives its whole family (``framing.pattern``).
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import ClassVar

from framing.errors import ConfigurationError
from framing.pattern import inflections

_LARGEST = 4.0


@dataclass(frozen=True)
class Lexicon:
    """Valences in [−4, 4] by lower-case word. ``cut`` is the least |tone| that earns a label."""

    folder: ClassVar[str] = "lexicons"
    suffix: ClassVar[str] = ".tsv"

    name: str
    valences: Mapping[str, float]
    cut: float
    digest: str

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """Read and check a lexicon; ConfigurationError names the file and line."""
        raw = path.read_bytes()
        try:
            lines = raw.decode("utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise ConfigurationError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
        head = dict(_header(line) for line in lines if line.startswith("#") and ":" in line)
        rows = [
            (*_row(line, f"{path}:{number}"), f"{path}:{number}")
            for number, line in enumerate(lines, start=1)
            if line.strip() and not line.startswith(("#", "term\t"))
        ]
        valences = _families(rows) | _singles(rows)  # a single form corrects its family
        cut = _cut(head.get("cut", "0.05"), path)
        return cls(path.stem, valences, cut, hashlib.sha256(raw).hexdigest())


def _cut(text: str, path: Path) -> float:
    try:
        cut = float(text)
    except ValueError:
        cut = math.nan
    if not 0 <= cut <= 1:
        raise ConfigurationError(f"{path}: cut: expected a number between 0 and 1, got {text!r}")
    return cut


def _families(rows: list[tuple[str, float, str]]) -> dict[str, float]:
    found: dict[str, tuple[float, str]] = {}
    for term, valence, where in rows:
        for word in inflections(term[:-1]) if term.endswith("+") else ():
            before, family = found.setdefault(word, (valence, term))
            if before != valence:
                raise ConfigurationError(f"{where}: {term} makes {word!r} {valence}, but {family} made it {before}")
    return {word: valence for word, (valence, _) in found.items()}


def _singles(rows: list[tuple[str, float, str]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for term, valence, where in rows:
        if not term.endswith("+"):
            if term in found:
                raise ConfigurationError(f"{where}: {term!r} stands there twice; keep one line")
            found[term] = valence
    return found


def _header(line: str) -> tuple[str, str]:
    key, _, value = line.lstrip("# ").partition(":")
    return key.strip(), value.strip()


def _row(line: str, where: str) -> tuple[str, float]:
    cells = line.split("\t")
    if len(cells) != 3:
        raise ConfigurationError(f"{where}: expected 3 tab-separated cells (term, valence, reason), got {len(cells)}")
    term, number, reason = (cell.strip() for cell in cells)
    try:
        valence = float(number)
    except ValueError:
        raise ConfigurationError(f"{where}: {number!r} is no number") from None
    if not math.isfinite(valence) or abs(valence) > _LARGEST:
        raise ConfigurationError(f"{where}: a valence lies between −{_LARGEST} and {_LARGEST}, got {number}")
    if not term or " " in term or term != term.lower():
        raise ConfigurationError(f"{where}: a term is one word in lower case, got {term!r}")
    if not reason:
        raise ConfigurationError(f"{where}: {term!r} has no reason; say in a few words why")
    return term, valence


@functools.cache
def vader_digest() -> str:
    """The sha256 of VADER's own lexicon and emoji files, which every tone rests on."""
    digest = hashlib.sha256()
    for name in ("vader_lexicon.txt", "emoji_utf8_lexicon.txt"):
        digest.update(
            Path(str(metadata.distribution("vaderSentiment").locate_file(f"vaderSentiment/{name}"))).read_bytes()
        )
    return digest.hexdigest()
