"""Who reports what, inside each sentence: cue, source phrase, and what the report covers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from framing.kernel import attributions as kernel
from framing.tables import Bools, Tokens
from framing.vocabulary import WordLists
from framing.voice.attribution import Attributions
from framing.voice.grammar import GRAMMAR
from framing.voice.words import (
    CALLED,
    CALLING,
    COMPANY_WORDS,
    EVIDENCE,
    OPINION,
    PAPERS,
    REPORTING_OBJECT,
    forms,
)

_LISTS = WordLists(
    {
        kernel.ADDRESSED: "told tells tell".split(),
        kernel.POINTING: "this that these those the few no".split(),
        kernel.VIEW: "view opinion words eyes telling".split(),
        kernel.QUOTING: "quoted quotes cited cites".split(),
        kernel.STAND_ALONE: "some many most several all this that these those".split(),
        kernel.CONTRAST: "while although though despite whereas notwithstanding albeit even".split(),
        kernel.EVIDENTIAL: forms(EVIDENCE),
        kernel.OPINION: forms(OPINION),
        kernel.WITH_OBJECT: forms(REPORTING_OBJECT),
        kernel.CALLING: CALLING,
        kernel.CALLED: CALLED,
        kernel.PAPER: PAPERS,
        kernel.COMPANY: COMPANY_WORDS,
        kernel.PERSONAL: "he she they".split(),
        kernel.AS: ["as"],
        kernel.CITING: ["citing"],
        kernel.SAYING: ["saying"],
    }
)


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
        tokens.vocabulary.trait(_LISTS),
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


def _may_report(letters: npt.NDArray[np.uint8]) -> Bools:
    """True at verbs that report, at *according*, and at the words that may be the view in *Acme's view*."""
    mask = np.zeros(len(letters), dtype=bool)
    for letter in b"stoega":
        mask |= letters == letter
    mask[1:] |= (letters[1:] == ord("w")) & (letters[:-1] == ord("'"))
    return mask
