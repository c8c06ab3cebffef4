"""Sentence boundaries: Punkt (Kiss & Strunk 2006) with parameters of our own, no download.

Punkt decides at each full stop from what it knows of the two words around it: is the first an
abbreviation, does the second usually start a sentence, is it usually written small. Those lists
are ours, for business and technology news.
"""

from __future__ import annotations

import functools
import re
from typing import Any

_ABBREVIATIONS = """
mr mrs ms messrs dr prof sen sens rep reps gov govs gen col lt sgt capt cmdr adm maj hon rev st ste jr sr esq
inc corp co cos ltd llc plc bros bhd sdn pte pty mfg intl natl assn dept univ inst tech
u.s u.k u.n e.u u.s.a p.r.c d.c l.a n.y a.m p.m e.g i.e etc al cf ca viz vs v approx est min max avg incl
jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
ala ariz ark calif colo conn del fla ga ill ind kan ky la md mich minn mo mont neb nev okla ore pa tenn
tex va vt wash wis wyo mass
nos fig figs vol vols pp ed eds ch sec ave blvd rd hwy ft mt bldg
ph.d m.d b.a m.a b.s m.s m.b.a j.d d.phil s.p.a n.v s.a a.g b.v k.k
""".split()

_STARTERS = """
the a an this that these those it its he she they we you his her their our my i there here what when where who
why how which if in on at by for from with without after before during since until as while although though
despite whereas because but and or so yet still also then now today yesterday however moreover meanwhile
nevertheless furthermore instead indeed perhaps some many most several both each every all few no not one two
another other such under over between among amid against according analysts experts critics investors officials
last next first earlier later recently once even only just to of asked
""".split()

_OTHER_BLANK = re.compile(r"[^\S \t\n\r\f\v]")
"""White space that is none to Punkt, such as the no-break space."""
_INITIALS = re.compile(r"(?<![^\s(“\"'‘])(?:[A-Z]\.){2,}$")
_NAMES_WITH_MARKS = ("Yahoo!", "Yum!", "Jeopardy!")
_PLAIN_END = re.compile(r"([A-Za-z][a-z]+)\.\s+\w+")
_FIRST_WORD = re.compile(r"\w+")
_SAYING_LOWER = re.compile(r"[\"'”’)\]]*\s*[a-z]")


@functools.cache
def _tokenizer() -> Any:
    # nltk takes seconds to import, so only here, when the first sentence is cut
    from nltk.tokenize.punkt import _ORTHO_BEG_UC, _ORTHO_LC, PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types.update(_ABBREVIATIONS)
    parameters.sent_starters.update(_STARTERS)
    for word in _STARTERS:  # seen both small and at the start of sentences: a capital means a start
        parameters.ortho_context[word] |= _ORTHO_LC | _ORTHO_BEG_UC

    class Tokenizer(PunktSentenceTokenizer):  # type: ignore[misc, unused-ignore]
        def text_contains_sentbreak(self, text: str) -> bool:
            # Punkt's own answer for a plain word, without its work: no abbreviation, initial or number
            plain = _PLAIN_END.fullmatch(text)
            if plain and plain.group(1).lower() not in abbreviations:
                return True
            return bool(super().text_contains_sentbreak(text))

    abbreviations = parameters.abbrev_types
    return Tokenizer(parameters)


def _glued(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """True where Punkt cut inside a sentence: before a small letter, or after *No.* before a number."""
    tail, head = text[max(left[0], left[1] - 4) : left[1]], text[right[0] : right[0] + 8]
    if _SAYING_LOWER.match(head):
        return True
    if not any(c.isalnum() for c in text[right[0] : right[1]]) or not any(c.isalnum() for c in text[left[0] : left[1]]):
        return True
    if tail.endswith(("No.", "no.")) and head[:1].isdigit():
        return True
    return _name_goes_on(text[left[0] : left[1]], text[right[0] : right[1]])


def _name_goes_on(left: str, right: str) -> bool:
    """True for *J.P.* before *Morgan* and *Yahoo!* before *News*: a word follows that starts no sentence by habit."""
    initials, word = _INITIALS.search(left[-12:]), _FIRST_WORD.match(right)
    listed = initials is None or initials.group()[:-1].lower() in _ABBREVIATIONS
    if word is None or (listed and not left.endswith(_NAMES_WITH_MARKS)):
        return False
    return word.group().lower() not in _STARTERS


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the sentences of one paragraph, without surrounding white space.

    Reference: Kiss, T. & Strunk, J. (2006). Unsupervised multilingual sentence boundary
    detection. Computational Linguistics 32(4).
    """
    spans: list[tuple[int, int]] = []
    for start, end in _tokenizer().span_tokenize(_OTHER_BLANK.sub(" ", text)):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        if start >= end:
            continue
        if spans and _glued(text, spans[-1], (start, end)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
