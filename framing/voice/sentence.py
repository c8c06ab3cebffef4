"""Who reports what, inside each sentence: cue, source phrase, and what the report covers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from framing.kernel import attributions as kernel
from framing.tables import Bools, Tokens
from framing.voice.attribution import Attributions
from framing.voice.grammar import GRAMMAR
from framing.voice.spelling import flags_of


def attributions(tokens: Tokens, letters: npt.NDArray[np.uint8]) -> Attributions:
    """Every attribution outside quotations, ordered by sentence and cue.

    letters: per token, its letter (``framing.voice.words``), shape (tokens,).
    """
    hits = np.flatnonzero(_may_report(letters))
    bounds = tokens.sentences.first_token
    found = np.empty((len(hits) + 1, kernel.COLUMNS), dtype=np.int64)
    n = kernel.attributions(
        GRAMMAR.rules,
        GRAMMAR.sets,
        letters,
        tokens.ids,
        tokens.vocabulary.trait(flags_of),
        tokens.clause,
        tokens.clause_main,
        tokens.sentence,
        bounds,
        hits,
        GRAMMAR.work(int(np.diff(bounds).max(initial=0))),
        found,
    )
    columns = found[:n].T.astype(np.int32, order="C")
    return Attributions(*[*columns[: kernel.BEFORE], columns[kernel.BEFORE] != 0])


_REPORTS = bytes(chr(code) in "stoega" for code in range(256))
"""1 at the letters of verbs that report and of *according*."""


def _may_report(letters: npt.NDArray[np.uint8]) -> Bools:
    """True at verbs that report, at *according*, and at the words that may be the view in *Acme's view*."""
    mask = np.frombuffer(bytearray(letters.tobytes().translate(_REPORTS)), dtype=np.bool_)
    mask[1:] |= (letters[1:] == ord("w")) & (letters[:-1] == ord("'"))
    return mask
