"""Sentence boundaries: Punkt (Kiss & Strunk 2006) with parameters of our own, no download.

Punkt decides at each full stop from what it knows of the two words around it: is the first an
abbreviation, does the second usually start a sentence, is it usually written small. Those lists
are ours, for business and technology news. All it asks of a word is a trait of its spelling
(``WORD``, ``PLACES``), as in ``nltk.tokenize.punkt`` 3.10; the decisions are ``kernel.sentences``.

Reference: Kiss, T. & Strunk, J. (2006). Unsupervised multilingual sentence boundary detection.
Computational Linguistics 32(4).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.kernel import sentences as k
from framing.tables import Longs
from framing.text.words import utf8
from framing.vocabulary import Array, Batch, Lookup

ABBREVIATIONS = """
mr mrs ms messrs dr prof sen sens rep reps gov govs gen col lt sgt capt cmdr adm maj hon rev st ste jr sr esq
inc corp co cos ltd llc plc bros bhd sdn pte pty mfg intl natl assn dept univ inst tech
u.s u.k u.n e.u u.s.a p.r.c d.c l.a n.y a.m p.m e.g i.e etc al cf ca viz vs v approx est min max avg incl
jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
ala ariz ark calif colo conn del fla ga ill ind kan ky la md mich minn mo mont neb nev okla ore pa tenn
tex va vt wash wis wyo mass
nos fig figs vol vols pp ed eds ch sec ave blvd rd hwy ft mt bldg
ph.d m.d b.a m.a b.s m.s m.b.a j.d d.phil s.p.a n.v s.a a.g b.v k.k
""".split()

STARTERS = """
the a an this that these those it its he she they we you his her their our my i there here what when where who
why how which if in on at by for from with without after before during since until as while although though
despite whereas because but and or so yet still also then now today yesterday however moreover meanwhile
nevertheless furthermore instead indeed perhaps some many most several both each every all few no not one two
another other such under over between among amid against according analysts experts critics investors officials
last next first earlier later recently once even only just to of asked
""".split()

_NAMES_WITH_MARKS = ("Yahoo!", "Yum!", "Jeopardy!")
_INITIALS = re.compile(r"(?<![^\s(“\"'‘])(?:[A-Z]\.){2,}$")
_FIRST_WORD = re.compile(r"\w+")
_SAYING_LOWER = re.compile(r"[\"'”’)\]]*[a-z]")
_QUOTES = re.compile(r"[\"'”’)\]]+")

# From here to _inside the rules are nltk's (PunktLanguageVars, PunktToken): a word falls into tokens,
# and a mark with one of these characters after it may end a sentence inside a word.
_NON_WORD = r")\";}\]*:@'({\[‘’“”«»?!"
_MULTI = r"(?:-{2,}|\.{2,})"
_TOKEN = re.compile(
    rf"{_MULTI}|(?=[^(\"`{{\[:;&#*@)}}\]\-,])\S+?(?=$|[{_NON_WORD}]|{_MULTI}|,(?=$|[{_NON_WORD}]|{_MULTI}))|\S"
)
_INSIDE = re.compile(rf"[.?!](?=[{_NON_WORD}])")
_CLOSERS = re.compile(r"[\"')\]}‘’“”«»]+")
_NUMBER = re.compile(r"-?[.,]?\d[\d,.-]*\.?")
_MARKS = frozenset(".?!")
_PUNCTUATION = frozenset(";:,.!?")

_abbreviations, _starters = frozenset(ABBREVIATIONS), frozenset(STARTERS)
_ANYTHING = k.SMALL | k.STARTER | k.CAPITAL | k.OTHER


def _is_abbreviation(token: str) -> bool:
    """``token``: with its full stop."""
    plain = token[:-1].lower()
    return plain in _abbreviations or plain.rpartition("-")[2] in _abbreviations


def _is_letter(character: str) -> bool:
    """What nltk's ``[^\\W\\d]`` takes: its regular expressions are those of the package regex."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category in ("Nl", "Pc")


def _before(token: str) -> int:
    """Before which kinds of token a sentence ends after this one."""
    if token in _MARKS:
        return _ANYTHING
    if not token.endswith("."):
        return 0
    if token.endswith(".."):
        return k.STARTER if not token.strip(".") else 0
    initial = len(token) == 2 and _is_letter(token[0])
    if _is_abbreviation(token):
        return 0 if initial else k.STARTER
    if initial:
        return k.STARTER | k.OTHER
    return _ANYTHING & ~k.SMALL if _NUMBER.fullmatch(token) else _ANYTHING


def _kind(token: str) -> int:
    """What a token is to the one before it."""
    if token in _PUNCTUATION or token[0].islower():
        return k.SMALL
    if not token[0].isupper():
        return k.OTHER
    ended = token.endswith(".") and not token.endswith("..") and not _is_abbreviation(token)
    return k.STARTER if (token[:-1] if ended else token).lower() in _starters else k.CAPITAL


def _broken(tokens: list[str]) -> bool:
    """True if a sentence ends before the last token."""
    return any(_before(one) & _kind(two) for one, two in pairwise(tokens))


def _inside(word: str, kind: int) -> Iterator[int]:
    """The places in a word where Punkt ends a sentence, closing marks drawn to the sentence before."""
    marks = [match.start() for match in _INSIDE.finditer(word)]
    at_end = kind == k.FOLLOWED and word[-1] in _MARKS
    # one candidate a word, its last mark; and a mark that begins the word
    looked_at = {mark for mark in marks if mark == 0} | ({marks[-1]} if marks and not at_end else set())
    for mark in sorted(looked_at):
        if _broken(_TOKEN.findall(word[: mark + 2])):
            yield _after_closers(word, mark + 1)


def _after_closers(word: str, place: int) -> int:
    """``place``, or the end of the closing marks there if a dash or nothing follows them."""
    closers = _CLOSERS.match(word, place)
    drawn = closers is not None and (closers.end() == len(word) or word.startswith("--", closers.end()))
    return closers.end() if closers and drawn else place


def _places(word: str) -> list[tuple[int, int, int]]:
    """Rows ``(kind, place, bits)`` of a word in which a sentence may end (see ``kernel.sentences``)."""
    rows = []
    for kind in (k.FOLLOWED, k.LAST, k.LEADING):
        before = 0
        for place in [_after_closers(word, 0)] if kind == k.LEADING else _inside(word, kind):
            if 0 < place < len(word):
                left, right = word[before:place], word[place:]
                alnum = k.ALNUM * _has_alnum(left) | k.ALNUM_AFTER * _has_alnum(right)
                rows.append((kind, place, alnum | _as_end(left) | _as_start(right)))
                before = place
    return rows


def _has_alnum(string: str) -> bool:
    return any(map(str.isalnum, string))


def _as_end(string: str) -> int:
    """What our own rules ask of the end of a sentence."""
    if string[-1] not in _MARKS:
        return 0
    bits = k.NUMERO if string.endswith(("No.", "no.")) else 0
    initials = _INITIALS.search(string[-12:])
    if string.endswith(_NAMES_WITH_MARKS) or (initials and initials[0][:-1].lower() not in _abbreviations):
        bits |= k.NAMING
    return bits


def _as_start(string: str) -> int:
    """What our own rules ask of the start of a sentence."""
    first = _FIRST_WORD.match(string)
    return (
        (k.SAYING if _SAYING_LOWER.match(string[:8]) else 0)
        | (k.SMALL_FIRST if "a" <= string[0] <= "z" else 0)
        | (k.QUOTES if _QUOTES.fullmatch(string) else 0)
        | (k.DIGIT if string[0].isdigit() else 0)
        | (k.UNUSUAL if first and first[0].lower() not in _starters else 0)
    )


def _bits(word: str) -> int:
    """What a word is to ``kernel.sentences``."""
    tokens = _TOKEN.findall(word)
    broken = len(tokens) > 1 and _broken(tokens)
    bits = (_kind(tokens[0]) | (k.BROKEN if broken else 0)) << k.AS_NEXT | _as_start(word) | _as_end(word)
    if word[-1] in _MARKS:
        bits |= _ANYTHING | k.BROKEN if broken else _before(tokens[-1]) | k.BROKEN
    if _has_alnum(word):
        bits |= k.ALNUM
    closers = _CLOSERS.match(word)
    if closers:
        bits |= k.CLOSERS if closers.end() == len(word) else k.DASHED * word.startswith("--", closers.end())
    if _INSIDE.search(word):
        places = {place for kind in (k.FOLLOWED, k.LAST) for place in _inside(word, kind)}
        bits |= (k.CLOSED if len(word) in _inside(word, k.FOLLOWED) else 0) | (k.PLACES if places - {len(word)} else 0)
    return bits


class _Word:
    """A trait: the bits of ``kernel.sentences``."""

    def __call__(self, batch: Batch) -> Array:
        bits, marked = _letters(batch), _marked(batch)
        rest = batch.exact_array.take(marked)
        bits[marked], known = _common(rest)
        odd = np.flatnonzero(~known)
        bits[marked[odd]] = [_bits(word) for word in cast(list[str], rest.take(odd).to_pylist())]
        return bits


class _Places:
    """Lists: rows of ``kernel.sentences``, for the few words in which a sentence may end."""

    def __call__(self, batch: Batch) -> tuple[Array, Array]:
        counts, marked = np.zeros(len(batch), dtype=np.int64), _marked(batch)
        rest = batch.exact_array.take(marked)
        likely = np.flatnonzero(_INSIDE_OR_DASHED(rest) & ~_END(rest))
        found = [_places(word) for word in cast(list[str], rest.take(likely).to_pylist())]
        counts[marked[likely]] = [len(rows) for rows in found]
        return counts, np.array([row for rows in found for row in rows], dtype=np.int32).reshape(-1, 3)


WORD, PLACES = _Word(), _Places()


def _marked(batch: Batch) -> Longs:
    """The places of the words that are not just the letters a–z, A–Z."""
    places: Longs = np.flatnonzero(~pc.ascii_is_alpha(batch.exact_array).to_numpy(zero_copy_only=False))
    return places


def _letters(batch: Batch) -> Array:
    """The bits of every word as if it were just letters, which two in three are."""
    data, bounds = utf8(batch.exact_array)
    small = _between(data.take(bounds[:-1]), *"az")
    starter = _STARTER_LOOKUP(batch.lower_array) > 0
    kind = np.where(small, k.SMALL, np.where(starter, k.STARTER, k.CAPITAL))
    bits = kind << k.AS_NEXT | k.ALNUM | small * (k.SAYING | k.SMALL_FIRST) | ~starter * k.UNUSUAL
    found: Array = bits.astype(np.int32)
    return found


# Of the others nine in ten have a common shape, and all of them are looked at in one go. The expressions are
# RE2's, for which ``\w`` is ASCII: a word that begins otherwise has no common shape.


class _Match:
    """Which words hold a match of a regular expression (RE2)."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def __call__(self, words: pa.StringArray) -> Array:
        found: Array = pc.match_substring_regex(words, self._pattern).to_numpy(zero_copy_only=False)
        return found


_CLASS, _CLOSING = rf"[{re.escape(_NON_WORD)}]", "[\"')\\]}‘’“”«»]"
_TOKEN_ENDS = rf"(?:$|{_CLASS}|--|\.\.|,(?:$|{_CLASS}|--|\.\.))"
_HEAD_IS_WORD = _Match(r"^[a-z]+(?:$|[^0-9a-z_])")
_HEAD_IS_TOKEN = _Match(rf"^[a-z]+\.?{_TOKEN_ENDS}")
_HEAD_UNSURE = _Match(r"^[a-z]+[^\x00-\x7f‘’“”—–…]")
"""A letter beyond ASCII may go on with the word."""
_UNMARKED = _Match("^[^.?!]*$")
_NO_END = _Match("^[A-Za-z0-9]+(?:[.,'’/&-]?[A-Za-z0-9]+)*[,;:%]?$")
"""*4.0*, *U.S*, *site.com,*: no full stop at the end of a token."""
_END = _Match(
    rf"^(?:[A-Za-z]+(?:[-'’][A-Za-z]+)*[?!]|[A-Za-z]+(?:['’][A-Za-z]+)*\.|[0-9]+(?:[.,][0-9]+)*\.){_CLOSING}*$"
)
"""*end.*, *well-known?”*, *1.5.*"""
_OPENED = _Match("^[\"'“‘($\\[][A-Za-z0-9](?:[^.?!]|\\.[A-Za-z0-9])*$")
"""*“end*, *(end)*, *$1.5,*: a mark and then a word without an end. To the word before, it is of no case."""
_SAID = _Match("^[\"'][a-z]")
_INSIDE_OR_DASHED = _Match(rf"[.?!]{_CLASS}|^{_CLOSING}+--")
_STOPPED, _CLOSED = _Match(rf"\.{_CLOSING}*$"), _Match(rf"{_CLOSING}$")
_PLAIN_STOP, _ONE_LETTER, _FIGURE = _Match(r"^[A-Za-z]+\."), _Match(r"^[A-Za-z]\."), _Match(r"^[0-9]")
_NUMERO, _NAME = _Match(r"[Nn]o\.$"), _Match(f"(?:{'|'.join(_NAMES_WITH_MARKS)})$")
_STARTER_ARRAY, _ABBREVIATION_ARRAY = pa.array(STARTERS), pa.array(ABBREVIATIONS)
_STARTER_LOOKUP = Lookup(dict.fromkeys(STARTERS, 1))


def _is_in(words: Any, known: pa.StringArray) -> Array:
    found: Array = pc.is_in(words, value_set=known).to_numpy(zero_copy_only=False)
    return found


def _common(words: pa.StringArray) -> tuple[Array, Array]:
    """``(bits, known)``: the bits of the words that have a common shape, as ``_bits`` finds them."""
    lower = pc.ascii_lower(words)
    head = pc.extract_regex(lower, "^(?P<head>[a-z]+)").field("head")
    starter, ended = _is_in(head, _STARTER_ARRAY), _END(words)
    data, bounds = utf8(words)
    small, capital, figure = (_between(data[bounds[:-1]], *ends) for ends in ("az", "AZ", "09"))
    kind = np.where(starter & _HEAD_IS_TOKEN(lower), k.STARTER, k.CAPITAL)
    kind = np.where(capital, kind, np.where(small, k.SMALL, k.OTHER))
    bits = (
        kind << k.AS_NEXT
        | k.ALNUM
        | small * (k.SAYING | k.SMALL_FIRST)
        | figure * k.DIGIT
        | ~(starter & _HEAD_IS_WORD(lower)) * k.UNUSUAL
    )
    bits[ended] |= _common_ends(words.filter(ended), head.filter(ended))
    opened = _OPENED(words)
    bits[opened] = k.OTHER << k.AS_NEXT | k.ALNUM | _SAID(words.filter(opened)) * k.SAYING
    known = (small | capital | figure) & (ended | _NO_END(words) | _UNMARKED(words)) & ~_HEAD_UNSURE(lower)
    return bits.astype(np.int32), known | opened


def _between(first: Array, low: str, high: str) -> Array:
    return (first >= ord(low)) & (first <= ord(high))


def _common_ends(words: Any, head: Any) -> Array:
    """What the full stop, question or exclamation mark adds to the bits of the words of ``_END``."""
    stopped, initial = _STOPPED(words), _ONE_LETTER(words)
    listed = _is_in(head, _ABBREVIATION_ARRAY) & _PLAIN_STOP(words)
    before = np.where(stopped & _FIGURE(words), _ANYTHING & ~k.SMALL, _ANYTHING)
    before[initial] = k.STARTER | k.OTHER
    before[listed] = k.STARTER
    before[listed & initial] = 0
    closed = _CLOSED(words)
    bits: Array = np.where(
        closed,
        (before & k.OTHER != 0) * (k.CLOSED | k.BROKEN << k.AS_NEXT),
        before | k.BROKEN | _NUMERO(words) * k.NUMERO | _NAME(words) * k.NAMING,
    )
    return bits
