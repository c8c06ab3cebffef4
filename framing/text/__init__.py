"""Characters to integers, once: sentences, clauses, tokens, and where patterns match."""

from framing.text.match import Hits, Vocabulary, find, longest
from framing.text.reading import Text

__all__ = ["Hits", "Text", "Vocabulary", "find", "longest"]
