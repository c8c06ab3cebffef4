"""What the spelling of a token says in this room: its letter and its flags."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.kernel import speakers as kernel
from framing.vocabulary import Array, Batch, WordLists
from framing.voice.quotes import MARKS
from framing.voice.words import (
    ABBREVIATIONS,
    CAPITALISED_NAMES,
    COMPANY_WORDS,
    DEMONYMS,
    DOCUMENTS,
    KNOWN,
    NEWSPAPER_WORDS,
    NO_SPEAKER,
    ORGANISATION_WORDS,
    OUTLET_VERBS,
)

_SMALL = frozenset("a an the of in on at to for and or with by from as is".split())
"""Words that titles of works write small."""

NOTED = 0x80
"""Added to the letter of tokens that want a second look: quote marks, full stops, *State*."""
_KNOWN_WORDS = pa.array(list(KNOWN), type=pa.string())
_KNOWN_LETTERS = np.frombuffer("".join(KNOWN.values()).encode("ascii") + b"\0", dtype=np.uint8)
"""Their letters, and 0 for a word that is not among them."""


def letter_of(batch: Batch) -> Array:
    """A trait: the letter of ``framing.voice.words``, and ``NOTED``.

    A word that is not listed is a number or a name by its first character, an adverb by *-ly*, or any
    other word; other marks end a phrase.
    """
    exact = batch.exact_array
    letter = _first_chars(batch) & 0xFF
    adverb = _array(pc.ends_with(exact, "ly")) & (_lengths(exact) > 4)
    letter[adverb & ((letter == ord("w")) | (letter == ord(".")))] = ord("r")
    place = pc.index_in(batch.lower_array, value_set=_KNOWN_WORDS).fill_null(len(_KNOWN_WORDS))
    known = _KNOWN_LETTERS[_array(place)]
    letter = np.where(known > 0, known, letter)
    letter[_among(exact, CAPITALISED_NAMES)] = ord("N")
    noted = _among(exact, {*MARKS, ".", "State"})
    return np.where(noted, letter | NOTED, letter).astype(np.uint8)


@functools.cache
def _first_char(char: str) -> int:
    """The letter of words that begin so, and their flags."""
    letter = "#" if char.isdigit() or char in "$€£¥%" else "N" if char.isupper() else "w" if char.isalpha() else "."
    flags = kernel.ALPHA * char.isalpha() | kernel.CAPITAL * char.isupper()
    return ord(letter) | flags | (kernel.ALNUM | kernel.WORDED) * char.isalnum()


def _first_chars(batch: Batch) -> Array:
    return np.fromiter((_first_char(spelling[0]) for spelling in batch.spellings), np.int32, len(batch))


_LISTED = WordLists(
    {
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
    }
)


def flags_of(batch: Batch) -> Array:
    """A trait: the flags of ``framing.kernel.speakers``."""
    first = _first_chars(batch)
    flags: Array = _LISTED(batch).astype(np.int32) | (first & ~0xFF)
    flags[_among(batch.exact_array, {"State"})] |= kernel.STATE
    flags[_array(pc.match_substring_regex(batch.lower_array, "(?:ese|ish|ian|ean)$"))] |= kernel.DEMONYM
    flags[(_lengths(batch.lower_array) == 1) & (first & kernel.ALPHA > 0)] |= kernel.ABBREVIATION
    for rare in np.flatnonzero(first & kernel.ALNUM == 0):
        if any(char.isalnum() for char in batch.spellings[rare]):
            flags[rare] |= kernel.WORDED
    return flags


def _among(words: pa.StringArray, known: Iterable[str]) -> Array:
    return _array(pc.is_in(words, value_set=pa.array(sorted(known), type=pa.string())))


def _lengths(words: pa.StringArray) -> Array:
    return _array(pc.utf8_length(words))


def _array(values: Any) -> Array:
    found: Array = values.to_numpy(zero_copy_only=False)
    return found
