"""The corpus: readers that account for every document, and cleaning that labels and never deletes."""

from framing.corpus.clean import Lines, Whole
from framing.corpus.flow import tally
from framing.corpus.lines import line_hash
from framing.corpus.reader import Reader, corpus_of

__all__ = ["Lines", "Reader", "Whole", "corpus_of", "line_hash", "tally"]
