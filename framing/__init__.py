"""framing: how news outlets frame companies.

``framing.read(text)`` reads articles in Python; the command ``framing run`` does whole studies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framing.reading import Reading, read

__all__ = ["Reading", "__version__", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    # imported on first use: `framing --help` needs neither pandas nor Hydra
    if name in ("Reading", "read"):
        from framing import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
