"""What the spelling of a token says in this room: its letter and its flags."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow.compute as pc

from framing.kernel import attributions as lists
from framing.kernel import speakers as kernel
from framing.tables import Longs
from framing.text.words import utf8
from framing.vocabulary import Array, Batch, Lookup
from framing.voice.quotes import MARKS, some_of
from framing.voice.words import (
    ABBREVIATIONS,
    CALLED,
    CALLING,
    CAPITALISED_NAMES,
    COMPANY_WORDS,
    DEMONYMS,
    DOCUMENTS,
    EVIDENCE,
    KNOWN,
    NEWSPAPER_WORDS,
    NO_SPEAKER,
    OPINION,
    ORGANISATION_WORDS,
    OUTLET_VERBS,
    PAPERS,
    REPORTING_OBJECT,
    forms,
)

_SMALL = frozenset("a an the of in on at to for and or with by from as is".split())
"""Words that titles of works write small."""

NOTED = 0x80
"""Added to the letter of tokens that want a second look: quote marks, full stops, *State*."""
_LETTER = 1 << 48
"""What is known of a spelling is one number: its letter, times this, and its flags."""
_CASED = _LETTER >> 1
"""A flag of this room: with a capital it is another word."""

_LISTED: dict[int, Iterable[str]] = {
    kernel.FULL_STOP: ["."],
    kernel.ABBREVIATION: ABBREVIATIONS,
    kernel.MARK: MARKS,
    kernel.STOP: [",", ".", "!", "?", "…", "..."],
    kernel.END: [",", ".", "!", "?"],
    kernel.THE: ["the"],
    kernel.OUTLET_CUE: OUTLET_VERBS | DOCUMENTS,
    kernel.NEWSPAPER: NEWSPAPER_WORDS,
    kernel.REPORTER: ["reporter"],
    kernel.DOCUMENT: DOCUMENTS,
    kernel.COMPANY_WORD: COMPANY_WORDS,
    kernel.ORGANISATION_WORD: ORGANISATION_WORDS,
    kernel.DEMONYM: DEMONYMS,
    kernel.FORMER: NO_SPEAKER,
    kernel.ARTICLE: ["a", "an"],
    kernel.PERSONAL: ["he", "she"],
    kernel.IT: ["it"],
    kernel.SMALL: _SMALL,
    lists.ADDRESSED: "told tells tell".split(),
    lists.POINTING: "this that these those the few no".split(),
    lists.VIEW: "view opinion words eyes telling".split(),
    lists.QUOTING: "quoted quotes cited cites".split(),
    lists.STAND_ALONE: "some many most several all this that these those".split(),
    lists.CONTRAST: "while although though despite whereas notwithstanding albeit even".split(),
    lists.EVIDENTIAL: forms(EVIDENCE),
    lists.OPINION: forms(OPINION),
    lists.WITH_OBJECT: forms(REPORTING_OBJECT),
    lists.CALLING: CALLING,
    lists.CALLED: CALLED,
    lists.PAPER: PAPERS,
    lists.COMPANY: COMPANY_WORDS,
    lists.PERSONAL: "he she they".split(),
    lists.AS: ["as"],
    lists.CITING: ["citing"],
    lists.SAYING: ["saying"],
    _CASED: [word.lower() for word in (*CAPITALISED_NAMES, "State")],
}


def _values() -> dict[str, int]:
    """What is known of each listed word in lower case."""
    values = {word: ord(letter) * _LETTER for word, letter in KNOWN.items()}
    for flag, words in _LISTED.items():
        for word in words:
            values[word] = values.get(word, 0) | flag
    return values


_KNOWN = Lookup(_values())


def letter_of(batch: Batch) -> Array:
    """A trait: the letter of ``framing.voice.words``, and ``NOTED``.

    A word that is not listed is a number or a name by its first character, an adverb by *-ly*, or any
    other word; other marks end a phrase.
    """
    return (_look(batch) // _LETTER).astype(np.uint8)


def flags_of(batch: Batch) -> Array:
    """A trait: the flags of ``framing.kernel.speakers`` and the word lists of ``framing.kernel.attributions``."""
    return _look(batch) % _CASED


@functools.lru_cache(maxsize=1)
def _look(batch: Batch) -> Longs:
    """Letter and flags of each spelling; both traits are asked for in a row."""
    exact, lower = batch.exact_array, batch.lower_array
    listed, shape = _KNOWN(lower), _shapes(batch)
    letter = shape // _LETTER
    adverb = _array(pc.ends_with(exact, "ly")) & (_array(pc.utf8_length(exact)) > 4)
    letter[adverb & ((letter == ord("w")) | (letter == ord(".")))] = ord("r")
    letter = np.where(listed >= _LETTER, listed // _LETTER, letter)
    flags = (listed | shape) % _LETTER
    for end in ("ese", "ish", "ian", "ean"):
        flags[_array(pc.ends_with(lower, end))] |= kernel.DEMONYM
    cased = np.flatnonzero(flags & _CASED)
    for at, spelling in zip(cased.tolist(), some_of(batch, cased), strict=True):
        if spelling in CAPITALISED_NAMES:
            letter[at] = ord("N")
        elif spelling == "State":
            flags[at] |= kernel.STATE
    letter[flags & (kernel.MARK | kernel.FULL_STOP | kernel.STATE) > 0] |= NOTED
    found: Longs = letter * _LETTER + flags
    return found


def _shape(spelling: str) -> int:
    """What a spelling shows that is on no list, by its first character most of all."""
    char = spelling[0]
    letter = "#" if char.isdigit() or char in "$€£¥%" else "N" if char.isupper() else "w" if char.isalpha() else "."
    flags = kernel.ALPHA * char.isalpha() | kernel.CAPITAL * char.isupper() | kernel.ALNUM * char.isalnum()
    flags |= kernel.WORDED * any(map(str.isalnum, spelling))
    flags |= kernel.ABBREVIATION * (len(spelling.lower()) == 1 and char.isalpha())
    return ord(letter) * _LETTER | flags


_ASCII = np.array([[_shape(chr(code)), _shape(2 * chr(code))] for code in range(128)], dtype=np.int64)
"""By the first character, alone and before others."""


def _shapes(batch: Batch) -> Longs:
    """``_shape`` of each spelling: one look at a table for those that begin with an ASCII letter or digit."""
    data, bounds = utf8(batch.exact_array)
    first = data.take(bounds[:-1])
    found: Longs = _ASCII[first & 0x7F, (np.diff(bounds) > 1).view(np.uint8)]
    others = np.flatnonzero((first >= 0x80) | (found & kernel.ALNUM == 0))
    found[others] = [_shape(spelling) for spelling in some_of(batch, others)]
    return found


def _array(values: Any) -> Array:
    found: Array = values.to_numpy(zero_copy_only=False)
    return found
