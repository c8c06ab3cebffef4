"""Evidence × mentions × clauses × voices: what is said about whom."""

from framing.targets.rules import Rules

__all__ = ["Rules"]
