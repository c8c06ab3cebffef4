"""Tokens to valence cues, and plain VADER beside them."""

from framing.sentiment.baseline import baseline
from framing.sentiment.rules import Rules, Vader

__all__ = ["Rules", "Vader", "baseline"]
