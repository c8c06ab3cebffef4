"""The signature of a run: one line for people, one hash for machines (after sacreBLEU, Post 2018)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framing import __version__

LONGEST = 80
"""Characters of one setting in the line; a longer list is shown by its length and hash."""
BARE = re.compile(r"[\w.:/×*+-]+")
"""Values that need no quotes in the line."""


@dataclass(frozen=True)
class Signature:
    """Every choice that changes a number, the instruments and the corpus by content, the version.

    line: for people · digest: 64 hex digits over all of it · corpus: sha256 of the corpus by
    content · articles: how many it has · experiment: its name · version: of this package.
    """

    line: str
    digest: str
    corpus: str
    articles: int
    experiment: str
    version: str

    @property
    def text(self) -> str:
        """The contents of ``signature.txt``."""
        return f"{self.line}\nsha256:{self.digest}\n"


def sign(
    settings: Mapping[str, Any], corpus: str, articles: int, experiment: str, version: str = __version__
) -> Signature:
    """The signature of these settings (plain data, as ``framing.signature.settings`` gives them).

    corpus: sha256 (64 hex digits) of the corpus by content. Any changed value changes the digest.
    """
    plain = {key: value for key, value in settings.items() if key != "tool"}
    whole = {
        "version": version,
        "experiment": experiment,
        "corpus": {"sha256": corpus, "articles": articles},
        "settings": plain,
    }
    parts = [f"framing {version}", f"experiment={_word(experiment)}"]
    parts += [f"{_word(key)}={_shown(value)}" for key, value in plain.items() if key not in ("experiment", "seed")]
    parts.append(f"corpus={corpus[:12]} n={articles}")
    if "seed" in plain:
        parts.append(f"seed={_shown(plain['seed'])}")
    return Signature(" | ".join(parts), _hash(whole), corpus, articles, experiment, version)


def _shown(value: Any) -> str:
    """One setting in the line: instruments as ``name@8hex``, tools with their settings in brackets."""
    if isinstance(value, Mapping):
        if set(value) == {"name", "sha256"}:
            return f"{_word(str(value['name']))}@{str(value['sha256'])[:8]}"
        return _tool(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _brief("+".join(_shown(item) for item in value) or "none", value)
    return _word(value)


def _tool(value: Mapping[str, Any]) -> str:
    """``rules:news@1a2b3c4d(cut=0.05)``: the tool, its instruments, its other settings."""
    name = str(value.get("tool", "")).lower()
    fields = [(key, item) for key, item in value.items() if key != "tool"]
    instruments = [_shown(item) for _, item in fields if _is_instrument(item)]
    others = ",".join(f"{_word(key)}={_shown(item)}" for key, item in fields if not _is_instrument(item))
    head = ":".join(part for part in (name, "+".join(instruments)) if part)
    return f"{head}({others})" if others else head or "none"


def _is_instrument(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"name", "sha256"}


def _brief(shown: str, value: Sequence[Any]) -> str:
    """A list as shown if a line can bear it, else its length and hash."""
    if len(shown) <= LONGEST:
        return shown
    return f"#{len(value)}@{_hash(value)[:8]}"


def _word(value: Any) -> str:
    """A plain value on one line; quoted where it holds a space or a sign that parts the line."""
    if value is None or isinstance(value, (bool, int, float)):
        return "none" if value is None else str(value).lower()
    text = str(value)
    if BARE.fullmatch(text):
        return text
    quoted = json.dumps(text, ensure_ascii=not text.isprintable())
    return quoted if len(quoted) <= LONGEST else f"@{_hash(text)[:8]}"


def _hash(value: Any) -> str:
    """sha256 of plain data in one fixed spelling."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
