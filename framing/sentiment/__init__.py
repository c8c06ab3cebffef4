"""Tokens to valence cues, and plain VADER beside them."""

from framing.sentiment.baseline import baseline, score_strings
from framing.sentiment.rules import Rules, Vader

__all__ = ["Rules", "Vader", "baseline", "score_strings"]
