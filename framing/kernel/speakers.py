"""Attributions and quoted runs to speakers, and to the voice of every token, clause and sentence.

Letters are those of ``framing.voice.words``, one byte a token; flags are bits by spelling.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from framing.kernel.jit import inlined, kernel
from framing.kernel.quotes import CLOSED, CLOSING_MARK, FIRST, LAST, OPENING_MARK, OPENS, PARAGRAPH

Array = npt.NDArray[Any]

FLAGS = 23
"""How many there are."""
(
    FULL_STOP,  # a full stop
    ABBREVIATION,  # its full stop belongs to it: Mr, J
    STATE,  # State, as in Secretary of State
    MARK,  # a quote mark
    STOP,  # ends a phrase before "he said": , . ! ? …
    END,  # ends a sentence or a phrase: , . ! ?
    THE,
    OUTLET_CUE,  # makes an outlet of the name before it: reported
    NEWSPAPER,  # leaves an outlet the source: a Reuters report
    REPORTER,  # of those, the people: a Reuters reporter
    DOCUMENT,  # report, survey
    COMPANY_WORD,  # the company
    ORGANISATION_WORD,  # no person is called so: Institute
    DEMONYM,  # British
    FORMER,  # ends an affiliation
    ARTICLE,  # a, an
    PERSONAL,  # he, she
    IT,
    SMALL,  # stays small in titles: of
    ALPHA,  # begins with a letter
    ALNUM,  # begins with a letter or digit
    CAPITAL,  # begins with a capital
    WORDED,  # holds a letter or digit
) = (1 << bit for bit in range(FLAGS))
"""Flags of a spelling; those behind them are of ``framing.kernel.attributions``."""

PERSON, FIRM, ORGANISATION, MEDIUM, PRONOUN, THE_FIRM, UNNAMED = range(7)
"""What a speaker is; a ``PRONOUN`` or ``THE_FIRM`` (*the company*) is one that could not be resolved."""
SORT, NAME_FIRST, NAME_LAST, FIRM_FIRST, FIRM_LAST = range(5)
"""Columns of the table of speakers: what they are, their name, their firm. A name is a pair: tokens
``first:last``, or one of the following and a number."""
ACTOR, ALIAS, NUMBERED, NAMELESS = -1, -2, -3, -4
"""A name that is an actor's (its number), a mention as written (its number), one of a list (its place), or missing."""
OUTLET, QUOTE, PARAPHRASE, REPORTED = range(4)
"""Voices, as in ``framing.tables.VOICES``."""

_K, _G, _M, _N, _n, _d, _w, _O = (ord(letter) for letter in "KGMNndwO")
_COMMA, _HASH, _AND, _OF, _DASH, _POSSESSIVE = (ord(letter) for letter in ",#&f-'")
_p, _P, _R, _e, _a, _i, _q, _Q, _QUOTE = (ord(letter) for letter in 'pPReaiqQ"')
_z = ord("z")
_FAR = 40
"""Mentions that *the company* looks back."""


@kernel(
    "i4[:], i8[:], i4[:], i4[:], i4[:], b1[:], b1[:], i8[:], i8[:], b1[:], i4[:], i8[:], i8[:], i4[:,:],"
    " out u1[:], out i4[:]"
)
def paint(
    ids: Array,
    flags: Array,
    mention_first: Array,
    mention_last: Array,
    mention_actor: Array,
    inferred: Array,
    company: Array,
    outlet_first: Array,
    outlet_last: Array,
    doubtful: Array,
    token_sentence: Array,
    stops: Array,
    states: Array,
    runs: Array,
    letters: Array,
    actor: Array,
) -> None:
    """Write the letters that depend on what stands around a token, over those of the spellings.

    Names of actors (``company``: by actor), of outlets (a ``doubtful`` one only where it acts as one: *the
    Times*, *according to Nature*, *Fortune reported*), ``stops`` behind abbreviations, *Secretary of
    State* (``states``), and what is quoted. actor: receives the actor of each token.
    """
    for i in range(len(mention_first)):
        if not inferred[i]:
            first, last = mention_first[i], mention_last[i]
            actor[first:last] = mention_actor[i]
            letters[first:last] = _K if company[mention_actor[i]] else _G
    for i in range(len(outlet_first)):
        first, last = outlet_first[i], outlet_last[i]
        acts = True
        if doubtful[i]:
            acts = first > 0 and flags[ids[first - 1]] & THE != 0
            acts = acts or (first > 1 and letters[first - 2] == _a and letters[first - 1] == _i)
            acts = acts or (last < len(ids) and flags[ids[last]] & OUTLET_CUE != 0)
            for t in range(first, last):
                if letters[t] == _K:
                    acts = False
        if acts:
            letters[first:last] = _M
    for at in stops:
        if 0 < at < len(ids) - 1 and flags[ids[at - 1]] & ABBREVIATION != 0:
            if token_sentence[at] == token_sentence[at + 1]:
                letters[at] = _N if letters[at - 1] == _w else letters[at - 1]
    for i in range(len(states) - 1, -1, -1):
        at = states[i]
        if at > 1 and letters[at - 1] == _O and letters[at - 2] == _n:
            letters[at] = _n
            letters[at - 1] = _n
    for run in range(len(runs)):
        for t in range(runs[run, FIRST], runs[run, LAST]):
            letters[t] = _Q if flags[ids[t]] & STOP else _q
    for run in range(len(runs)):
        if runs[run, OPENING_MARK] >= 0:
            letters[runs[run, OPENING_MARK]] = _QUOTE
        if runs[run, CLOSING_MARK] >= 0:
            letters[runs[run, CLOSING_MARK]] = _QUOTE


# --- what a source phrase says of the speaker


@inlined
def _names(letter: int) -> bool:
    return letter == _N or letter == _K or letter == _G or letter == _M


@inlined
def _may_be_firm(letter: int) -> bool:
    return letter == _N or letter == _K or letter == _M


@inlined
def _sort(letters: Array, ids: Array, flags: Array, first: int, last: int) -> int:
    """What a name names: a firm, an organisation or a person."""
    found = ORGANISATION if last - first > 4 else PERSON
    for t in range(first, last):
        if letters[t] == _K:
            return FIRM
        if letters[t] == _G or letters[t] == _M or flags[ids[t]] & ORGANISATION_WORD != 0:
            found = ORGANISATION
    return found


@inlined
def _company_in(actor: Array, company: Array, first: int, last: int) -> int:
    """The first company named in tokens ``first:last``, or −1."""
    for t in range(first, last):
        if actor[t] >= 0 and company[actor[t]]:
            return int(actor[t])
    return -1


@inlined
def _of_firm(letters: Array, first: int, last: int) -> tuple[int, int]:
    """The firm of *head of research at Acme*, *Doe, of Acme*: ``[neKNw](?:[Of]|,|&)*[Ofd#]+([NKM]+)``."""
    for at in range(first, last):
        c = letters[at]
        if c != _n and c != _e and c != _K and c != _N and c != _w:
            continue
        t, only_attributes, fits = at + 1, False, False
        while t < last:
            c = letters[t]
            if c == _COMMA or c == _AND:
                fits = False
                if only_attributes:
                    break
            elif c == _O or c == _OF or c == _d or c == _HASH:
                fits = True
                only_attributes = only_attributes or c == _d or c == _HASH
            else:
                break
            t += 1
        if fits and t < last and _may_be_firm(letters[t]):
            end = t + 1
            while end < last and _may_be_firm(letters[end]):
                end += 1
            return t, end
    return -1, -1


@inlined
def _leading_firm(letters: Array, first: int, last: int) -> tuple[int, int]:
    """The firm of *Acme's chief executive*: ``([NKM]+)'?[wNn]*n``."""
    at = first
    while at < last:
        if not _may_be_firm(letters[at]):
            at += 1
            continue
        end = at + 1
        while end < last and _may_be_firm(letters[end]):
            end += 1
        t = end + 1 if end < last and letters[end] == _POSSESSIVE else end
        while t < last and (letters[t] == _w or letters[t] == _N or letters[t] == _n):
            if letters[t] == _n:
                return at, end
            t += 1
        at = end
    return -1, -1


@inlined
def _affiliation(
    letters: Array, actor: Array, ids: Array, flags: Array, company: Array, spans: Array
) -> tuple[int, int]:
    """*Y chief executive X*, *X of Y*, *X, an analyst at Y*: an actor first, else a name.

    spans: the source phrase and its apposition, as rows ``first, last``.
    """
    for s in range(2):
        for t in range(spans[s, 0], spans[s, 1]):
            if flags[ids[t]] & FORMER:
                return NAMELESS, 0
    for s in range(2):
        known = _company_in(actor, company, spans[s, 0], spans[s, 1])
        if known >= 0:
            return ACTOR, known
    for s in range(2):
        first, last = _of_firm(letters, spans[s, 0], spans[s, 1])
        if first < 0:
            first, last = _leading_firm(letters, spans[s, 0], spans[s, 1])
        if first >= 0 and flags[ids[last - 1]] & DEMONYM == 0:  # "British trade minister" belongs to no firm
            return first, last
    return NAMELESS, 0


@inlined
def _document(letters: Array, ids: Array, flags: Array, first: int, last: int) -> int:
    """The token after *report* or *survey* where it is the head: *a report published by …*; else −1."""
    for t in range(first, last):
        if flags[ids[t]] & DOCUMENT != 0 and (t + 1 == last or letters[t + 1] == _w or letters[t + 1] == _HASH):
            return t + 1
    return -1


@inlined
def _bare(ids: Array, flags: Array, first: int, last: int) -> int:
    """Where the phrase begins without *a* or *an*."""
    return first + 1 if last - first > 1 and flags[ids[first]] & ARTICLE != 0 else first


@inlined
def _put(speaker: Array, sort: int, first: int, last: int, firm_first: int, firm_last: int) -> None:
    speaker[SORT] = sort
    speaker[NAME_FIRST], speaker[NAME_LAST] = first, last
    speaker[FIRM_FIRST], speaker[FIRM_LAST] = firm_first, firm_last


@inlined
def _read(
    letters: Array,
    actor: Array,
    ids: Array,
    flags: Array,
    company: Array,
    spans: Array,
    reports_are_media: bool,
    speaker: Array,
) -> None:
    """The speaker that a source phrase names, pronouns not yet resolved. spans: as in ``_affiliation``."""
    first, last = spans[0, 0], spans[0, 1]
    if last - first == 1 and (letters[first] == _p or letters[first] == _P):
        _put(speaker, PRONOUN, NAMELESS, 0, NAMELESS, 0)
        return
    head = first + 1  # where the first prepositional attribute begins
    while head < last:
        c = letters[head]
        if c == _OF or c == _O or c == _R or c == _COMMA:
            break
        head += 1
    outlet, behind = -1, -1
    for t in range(first, last):
        if letters[t] == _M:
            outlet = t if outlet < 0 else outlet
            behind = t + 1 if t < head else behind
    if outlet >= 0:
        end_word = flags[ids[head - 1]]
        if behind < 0:  # "a report by Reuters", "a story in the Wall Street Journal"
            speaks = end_word & NEWSPAPER != 0
        else:
            speaks = behind == head or (end_word & NEWSPAPER != 0 and end_word & REPORTER == 0)
        if speaks:
            end = outlet
            while end < last and letters[end] == _M:
                end += 1
            _put(speaker, MEDIUM, outlet, end, NAMELESS, 0)
            return
    firm_first, firm_last = _affiliation(letters, actor, ids, flags, company, spans)
    end = head  # of the name that ends the head: "Acme chief executive Jane Doe"
    while end > first and letters[end - 1] == _HASH:
        end -= 1
    if end > first and _names(letters[end - 1]):
        start = end - 1
        while start > first and _names(letters[start - 1]):
            start -= 1
        sort = _sort(letters, ids, flags, start, end)
        if sort == FIRM:
            own = _company_in(actor, company, start, end)
            if own >= 0:
                _put(speaker, sort, start, end, ACTOR, own)
            else:
                _put(speaker, sort, start, end, start, end)
        else:
            _put(speaker, sort, start, end, firm_first, firm_last)
        return
    if letters[first] == _d and flags[ids[head - 1]] & COMPANY_WORD != 0:
        _put(speaker, THE_FIRM, first, last, firm_first, firm_last)
        return
    paper = _document(letters, ids, flags, first, head)
    if paper >= 0:
        sort = MEDIUM if reports_are_media else UNNAMED
        _put(speaker, sort, _bare(ids, flags, first, paper), paper, firm_first, firm_last)
        return
    start, end = spans[1, 0], spans[1, 1]  # "its environmental group, Earth Alliance, said"
    if start < end and letters[start] == _COMMA:
        start += 1
        t = start
        while t < end and (letters[t] == _N or letters[t] == _K):
            t += 1
        if t > start and (t == end or (t + 1 == end and letters[t] == _COMMA)):
            _put(speaker, _sort(letters, ids, flags, start, t), start, t, firm_first, firm_last)
            return
    _put(speaker, UNNAMED, _bare(ids, flags, first, last), last, firm_first, firm_last)


@kernel("u1[:], i4[:], i4[:], i8[:], b1[:], i4[:], i4[:], i4[:], i4[:], b1, out i4[:,:]")
def read(
    letters: Array,
    actor: Array,
    ids: Array,
    flags: Array,
    company: Array,
    source_first: Array,
    source_last: Array,
    beside_first: Array,
    beside_last: Array,
    reports_are_media: bool,
    found: Array,
) -> None:
    """Fill ``found``, a row an attribution, with the speaker that its source phrase names.

    By token: letters, actor, ids · by spelling: flags · by actor: company · by attribution: source, beside.
    """
    spans = np.zeros((2, 2), dtype=np.int64)
    for i in range(len(source_first)):
        spans[0, 0], spans[0, 1] = source_first[i], source_last[i]
        spans[1, 0], spans[1, 1] = beside_first[i], beside_last[i]
        _read(letters, actor, ids, flags, company, spans, reports_are_media, found[i])


# --- speakers along an article


@inlined
def _person_before(
    letters: Array,
    ids: Array,
    flags: Array,
    article: Array,
    paragraph: Array,
    first_token: Array,
    sentence: int,
    before: int,
) -> tuple[int, int]:
    """The person last named in full (two or three capitalised words) in the paragraph of ``sentence`` or
    the one before, ahead of token ``before``: tokens ``first:last``, else −1, −1."""
    low_sentence = sentence
    while (
        low_sentence > 0
        and article[low_sentence - 1] == article[sentence]
        and paragraph[sentence] - paragraph[low_sentence - 1] <= 1
    ):
        low_sentence -= 1
    low = first_token[low_sentence]
    end = before
    while end > low:
        if letters[end - 1] != _N:
            end -= 1
            continue
        begin = end - 1
        while begin > low and letters[begin - 1] == _N:
            begin -= 1
        alone = 2 <= end - begin <= 3
        if begin > 0:
            c = letters[begin - 1]
            alone = alone and not _names(c) and c != _d and c != _POSSESSIVE
        if end < before:
            c = letters[end]
            alone = alone and not _names(c) and c != _POSSESSIVE
        if alone and _sort(letters, ids, flags, begin, end) == PERSON:
            return begin, end
        end = begin
    return -1, -1


@inlined
def _firm_before(
    mention_sentence: Array, mention_actor: Array, inferred: Array, company: Array, paragraph: Array, at: int, here: int
) -> int:
    """The mention of a company last named in the paragraph ``here`` before mention ``at``; else −1."""
    for mention in range(at - 1, max(-1, at - _FAR), -1):
        if paragraph[mention_sentence[mention]] != here:
            return -1
        if company[mention_actor[mention]] and not inferred[mention]:
            return mention
    return -1


@kernel(
    "u1[:], i4[:], i8[:], i4[:], i4[:], i8[:], i4[:], i4[:], b1[:], b1[:], i8[:], i4[:], i4[:], out i4[:], i8,"
    " out i4[:,:]"
)
def resolve(
    letters: Array,
    ids: Array,
    flags: Array,
    article: Array,
    paragraph: Array,
    first_token: Array,
    mention_sentence: Array,
    mention_actor: Array,
    inferred: Array,
    company: Array,
    mentions_before: Array,
    sentence: Array,
    source_first: Array,
    surname: Array,
    reach: int,
    found: Array,
) -> None:
    """Put the speakers meant in the place of pronouns and of *the company*, and give persons the firm
    that their ``surname`` (a number, by attribution) had before.

    By sentence: article, paragraph, first_token · by mention: mention_sentence, mention_actor, inferred ·
    by actor: company · by attribution: mentions_before (how many begin before its source), sentence,
    source_first · reach: paragraphs a pronoun looks back.
    """
    affiliated = np.zeros(len(sentence), dtype=np.int64)  # persons of this article with a firm, in order
    n_affiliated, this_article = 0, -1
    person, person_paragraph, last_speaker, speaker_paragraph = -1, 0, -1, 0
    for i in range(len(sentence)):
        s = sentence[i]
        if article[s] != this_article:
            this_article, n_affiliated, person, last_speaker = article[s], 0, -1, -1
        here, one, flag = paragraph[s], found[i], flags[ids[source_first[i]]]
        if (one[SORT] == THE_FIRM and one[FIRM_FIRST] == NAMELESS) or (one[SORT] == PRONOUN and flag & IT != 0):
            mention = _firm_before(
                mention_sentence, mention_actor, inferred, company, paragraph, mentions_before[i], here
            )
            if mention >= 0:
                _put(one, FIRM, ALIAS, mention, ACTOR, mention_actor[mention])
        if one[SORT] == PERSON and one[FIRM_FIRST] == NAMELESS:
            for k in range(n_affiliated - 1, -1, -1):
                other = affiliated[k]
                if surname[other] == surname[i]:
                    one[FIRM_FIRST], one[FIRM_LAST] = found[other, FIRM_FIRST], found[other, FIRM_LAST]
                    break
        elif one[SORT] == PRONOUN and flag & PERSONAL != 0:
            if person >= 0 and here - person_paragraph <= reach:
                one[:] = found[person]
                surname[i] = surname[person]
            else:
                first, last = _person_before(letters, ids, flags, article, paragraph, first_token, s, source_first[i])
                if first >= 0:
                    _put(one, PERSON, first, last, NAMELESS, 0)
        elif one[SORT] == PRONOUN and last_speaker >= 0 and here - speaker_paragraph <= reach:
            one[:] = found[last_speaker]
            surname[i] = surname[last_speaker]
        if one[NAME_FIRST] == NAMELESS:
            continue
        if one[SORT] == PERSON:
            person, person_paragraph = i, here
            if one[FIRM_FIRST] != NAMELESS:
                affiliated[n_affiliated] = i
                n_affiliated += 1
        last_speaker, speaker_paragraph = i, here


# --- whose words stand between the marks


@inlined
def _signature(letters: Array, at: int) -> int:
    """The end of the name behind a dash at ``at`` (*“…” — Jane Doe*): ``-[NK]{1,4}(?=[^NKa-z&]|\\Z)``; else −1."""
    if at >= len(letters) or letters[at] != _DASH:
        return -1
    end = at + 1
    while end < len(letters) and (letters[end] == _N or letters[end] == _K):
        end += 1
    if not 1 <= end - at - 1 <= 4:
        return -1
    if end < len(letters) and (letters[end] == _AND or _a <= letters[end] <= _z):
        return -1
    return end


@inlined
def _scare(ids: Array, flags: Array, first: int, last: int, most: int) -> bool:
    """Few words, no end mark inside, and the sentence goes on around it; or the title of a work."""
    if last - first > 2 and flags[ids[last - 1]] & END != 0:
        return False
    count = 0
    for t in range(first, min(last, first + most + 4)):
        if flags[ids[t]] & ALNUM:
            count += 1
    if count <= most:
        return True
    if count > 3 * most:
        return False
    for t in range(first, last):
        if flags[ids[t]] & ALPHA != 0 and flags[ids[t]] & (CAPITAL | SMALL) == 0:
            return False
    return True


@inlined
def _nearest(cue_first: Array, cue_last: Array, low: int, high: int, first: int, last: int) -> int:
    """Of attributions ``low:high`` the one whose cue is nearest to tokens ``first:last``; else −1."""
    best, least = -1, 0
    for i in range(low, high):
        distance = cue_first[i] - last if cue_first[i] >= last else max(0, first - cue_last[i])
        if best < 0 or distance < least:
            best, least = i, distance
    return best


@kernel(
    "u1[:], i4[:], i4[:], i8[:], i4[:], b1[:], i4[:], i4[:], i4[:,:], i8[:], i8[:], i4[:], i4[:], i4[:], i8,"
    " out i4[:,:], out i4[:,:]"
)
def turns(
    letters: Array,
    actor: Array,
    ids: Array,
    flags: Array,
    token_sentence: Array,
    company: Array,
    article: Array,
    paragraph: Array,
    runs: Array,
    low: Array,
    high: Array,
    sentence: Array,
    cue_first: Array,
    cue_last: Array,
    scare_quote: int,
    found: Array,
    said: Array,
) -> tuple[int, int]:
    """Fill ``said`` with the runs that are somebody's words (first, last, row of ``found`` or −1).

    ``found`` holds the speakers of the attributions; those who sign a quotation are put behind them
    (so it has a row for each attribution and each run). low, high: the attributions of the sentences
    that a run touches. Returns the number of rows of both.

    A run without an attribution of its own takes the speaker of its paragraph; a paragraph that is one
    quotation takes the speaker before it.
    """
    n_found, kept, pending = len(sentence), 0, 0  # said[pending:kept]: runs of this speech without a speaker yet
    here, previous, likely = -1, -1, -1
    for r in range(len(runs)):
        first, last, at = runs[r, FIRST], runs[r, LAST], runs[r, PARAGRAPH]
        speaker = _nearest(cue_first, cue_last, low[r], high[r], first, last)
        if speaker < 0 and runs[r, CLOSING_MARK] >= 0:
            begin = runs[r, CLOSING_MARK] + 2
            end = _signature(letters, begin - 1)
            if end >= 0 and article[token_sentence[begin]] == article[token_sentence[begin - 2]]:
                speaker = n_found
                n_found += 1
                sort = _sort(letters, ids, flags, begin, end)
                own = _company_in(actor, company, begin, end) if sort == FIRM else -1
                _put(found[speaker], sort, begin, end, ACTOR if own >= 0 else NAMELESS, own)
        if speaker < 0 and _scare(ids, flags, first, last, scare_quote):
            continue
        if at != here:
            pending = kept
        if pending == kept:
            # who spoke last: in this paragraph, or in the one before if this one opens with the run
            likely = -1
            before = low[r] - 1
            s = token_sentence[first]
            if before >= 0 and article[sentence[before]] == article[s]:
                back = at - paragraph[sentence[before]]
                if back == 0 or (runs[r, OPENS] and 0 < back <= 2):
                    likely = before
            if likely < 0 and previous >= 0 and (here == at or (runs[r, OPENS] and at - here == 1)):
                likely = previous
        said[kept, 0], said[kept, 1], said[kept, 2] = first, last, speaker
        kept += 1
        # an unclosed quotation whose next paragraph opens with a mark is one speech
        goes_on = r + 1 < len(runs) and not runs[r, CLOSED] and runs[r + 1, OPENS] and runs[r + 1, PARAGRAPH] == at + 1
        if speaker >= 0 or (likely >= 0 and not goes_on):
            previous = speaker if speaker >= 0 else likely
            for k in range(pending, kept):
                if said[k, 2] < 0:
                    said[k, 2] = previous
            pending = kept
        here = at + 1 if goes_on else at
    return kept, n_found


# --- the voice of tokens, clauses and sentences


@inlined
def _uniform(values: Array, first: int, last: int) -> bool:
    for at in range(first + 1, last):
        if values[at] != values[first]:
            return False
    return True


@inlined
def _loudest(weight: Array) -> int:
    """The voice with most weight; of equals the first of quote, medium, paraphrase, outlet."""
    best = QUOTE
    for voice in (REPORTED, PARAPHRASE, OUTLET):
        if weight[voice] > weight[best]:
            best = voice
    return best


@kernel(
    "i4[:], i8[:], i4[:], i8[:], i4[:], i4[:], i4[:], i4[:], i4[:], i4[:], i4[:], i4[:], i4[:], i4[:,:],"
    " i4[:,:], out i1[:], out i1[:], out i1[:], out i4[:], out b1[:]"
)
def voices(
    ids: Array,
    flags: Array,
    token_clause: Array,
    first_token: Array,
    sentence: Array,
    source_first: Array,
    source_last: Array,
    beside_first: Array,
    beside_last: Array,
    cue_first: Array,
    cue_last: Array,
    scope_first: Array,
    scope_last: Array,
    found: Array,
    said: Array,
    voice: Array,
    clause_voice: Array,
    sentence_voice: Array,
    speaker: Array,
    speaking: Array,
) -> None:
    """Write the voice of tokens, clauses and sentences, the speaker of each clause (a row of ``found``),
    and which tokens belong to speakers.

    All come filled with the outlet's voice, −1 and False. A word weighs 1000; punctuation and the
    attribution's own words only break ties.
    """
    longest = 0
    for s in range(len(sentence_voice)):
        longest = max(longest, first_token[s + 1] - first_token[s])
    # of the tokens of one sentence: whose words they are, and whether they are the attribution's own
    source = np.empty(longest, dtype=np.int64)
    attributing = np.empty(longest, dtype=np.bool_)
    of_clause = np.zeros(4, dtype=np.int64)
    of_sentence = np.zeros(4, dtype=np.int64)
    i, turn = 0, 0
    for s in range(len(sentence_voice)):
        low, high = first_token[s], first_token[s + 1]
        while turn < len(said) and said[turn, 1] <= low:
            turn += 1
        if (i == len(sentence) or sentence[i] > s) and (turn == len(said) or said[turn, 0] >= high):
            continue
        source[: high - low] = -1
        attributing[: high - low] = False
        while i < len(sentence) and sentence[i] == s:
            voice[scope_first[i] : scope_last[i]] = REPORTED if found[i, SORT] == MEDIUM else PARAPHRASE
            source[scope_first[i] - low : scope_last[i] - low] = i
            attributing[source_first[i] - low : source_last[i] - low] = True
            attributing[cue_first[i] - low : cue_last[i] - low] = True
            speaking[source_first[i] : source_last[i]] = True
            if beside_first[i] < beside_last[i]:
                attributing[beside_first[i] - low : beside_last[i] - low] = True
                speaking[beside_first[i] : beside_last[i]] = True
            i += 1
        k = turn
        while k < len(said) and said[k, 0] < high:
            first, last = max(low, said[k, 0]), min(high, said[k, 1])
            if first < last:
                voice[first:last] = QUOTE
                source[first - low : last - low] = said[k, 2]
            k += 1
        if low == high:
            continue
        t = low
        if _uniform(voice, low, high) and _uniform(source, 0, high - low):  # nothing to weigh
            sentence_voice[s] = voice[low]
            clause_voice[token_clause[low] : token_clause[high - 1] + 1] = voice[low]
            speaker[token_clause[low] : token_clause[high - 1] + 1] = source[0]
            t = high
        of_sentence[:] = 0
        while t < high:
            clause, begin = token_clause[t], t
            of_clause[:] = 0
            while t < high and token_clause[t] == clause:
                of_clause[voice[t]] += 1000 if flags[ids[t]] & WORDED != 0 and not attributing[t - low] else 1
                t += 1
            of_sentence += of_clause
            loudest = _loudest(of_clause)
            clause_voice[clause] = loudest
            for u in range(begin, t):
                if voice[u] == loudest and source[u - low] >= 0:
                    speaker[clause] = source[u - low]
                    break
            if t == high:
                sentence_voice[s] = _loudest(of_sentence)
