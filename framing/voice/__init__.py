"""Who speaks: the outlet, a source in quote marks or in paraphrase, another medium."""

from framing.voice.letters import Media
from framing.voice.rules import Rules

__all__ = ["Media", "Rules"]
