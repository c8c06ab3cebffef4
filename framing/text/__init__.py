"""Characters to integers, once: sentences, clauses, tokens, and where patterns match."""

from framing.text.match import Hits, Matcher, longest
from framing.text.reading import Text

__all__ = ["Hits", "Matcher", "Text", "longest"]
