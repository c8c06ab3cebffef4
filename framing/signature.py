"""One function that walks the fields of any tool, so that no choice can be forgotten.

A tool is a frozen dataclass: its fields are its settings. An instrument is reference data with a
``digest`` (the sha256 of its bytes). Walking both gives every choice that changes a number.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any


def settings(tool: Any) -> Any:
    """The settings of ``tool`` as plain data: nested dicts, lists, numbers, strings, None.

    Instruments appear as ``{"name": …, "sha256": …}``; fields whose metadata says
    ``numbers=False`` (they cannot change a number: workers, paths) are left out.
    """
    if hasattr(tool, "digest"):
        return {"name": tool.name, "sha256": tool.digest}
    if dataclasses.is_dataclass(tool) and not isinstance(tool, type):
        fields = [f for f in dataclasses.fields(tool) if f.metadata.get("numbers", True)]
        return {"tool": type(tool).__name__} | {f.name: settings(getattr(tool, f.name)) for f in fields}
    if isinstance(tool, Mapping):
        return {str(key): settings(value) for key, value in sorted(tool.items())}
    if isinstance(tool, (tuple, list)):
        return [settings(item) for item in tool]
    if tool is None or isinstance(tool, (bool, int, float, str)):
        return tool
    raise TypeError(f"a tool's field must be plain data or an instrument, not {type(tool).__name__}")


def digest(tool: Any) -> str:
    """The sha256 (64 hex digits) of the settings of ``tool``: equal settings, equal digest."""
    text = json.dumps(settings(tool), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
