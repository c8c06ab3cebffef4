"""Names of actors in the tokens, and the mask that scorers use."""

from framing.mentions.finder import Finder
from framing.mentions.given import Given

__all__ = ["Finder", "Given"]
