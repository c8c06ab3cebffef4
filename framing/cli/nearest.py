"""The nearest valid name, for messages about a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(wrong: str, valid: Iterable[str], prefix: str = "") -> str:
    """``; did you mean X?``: the valid name most like ``wrong``, after ``prefix``; empty if none is near."""
    known = {name.lower(): name for name in valid}
    found = difflib.get_close_matches(wrong.lower(), known, n=1, cutoff=0.6)
    return f"; did you mean {prefix}{known[found[0]]}?" if found else ""
