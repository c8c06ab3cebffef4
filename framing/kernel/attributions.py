"""Who reports what inside a sentence: the reasoning between the expressions of ``framing.voice.grammar``.

Letters are those of ``framing.voice.words``, one a token; ``lists`` says by spelling which word lists it
stands on; positions are tokens of the shard, and a sentence is ``low:high``.
"""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from framing.kernel.grammar import FIRST, SECOND, WHOLE, letter_at, match, search
from framing.kernel.jit import inlined, kernel
from framing.kernel.speakers import FLAGS

Array = npt.NDArray[Any]

(
    ACCORDING,
    IN_VIEW,
    INVERTED,
    AFTER,
    SUBJECT,
    APPOSED,
    WHO,
    NEAR,
    FIRST_SUBJECT,
    QUOTED_AS,
    OPINION_AHEAD,
    CLAUSE_AHEAD,
    QUOTATION_AHEAD,
    NOUN_BEFORE,
    NOMINAL,
    NAMED,
    PLAIN,
    CLOSES,
    FRAME,
    PAUSE,
    PHRASE_ENDS,
    SENTENCE_PAUSES,
    AFTER_QUOTATION,
    AFTER_MARK,
    JOINED,
    AFTER_PAUSE,
    OWN,
) = range(27)
"""The expressions by number (``framing.voice.grammar``)."""

(
    ADDRESSED,  # told: somebody else is named behind it
    POINTING,  # that: speaks for nobody
    VIEW,  # in Acme's view
    QUOTING,  # quoted Mr. Doe as saying
    STAND_ALONE,  # some: a determiner that can speak
    CONTRAST,  # while: opens a clause that ends where the sentence goes on
    EVIDENTIAL,  # show: what a document does
    OPINION,  # believe: needs no that
    WITH_OBJECT,  # accuse: reports whatever follows
    CALLING,  # call: reports with a word of ``CALLED``
    CALLED,  # for
    PAPER,  # study: may show something
    COMPANY,  # firm: may not
    PERSONAL,  # he, she, they
    AS,
    CITING,
    SAYING,
) = (1 << bit for bit in range(FLAGS, FLAGS + 17))
"""Word lists, as bits of ``lists``: behind the flags of ``framing.kernel.speakers``."""

SENTENCE, SOURCE, BESIDE, CUE, SCOPE, BEFORE, COLUMNS = 0, 1, 3, 5, 7, 9, 10
"""Columns of what is found; spans have two, where they begin and where they end."""

_a, _s, _o, _e, _g, _d, _w, _p, _T, _R = (ord(letter) for letter in "asoegdwpTR")
_c, _C, _b, _B, _r, _m, _x, _i, _n, _N, _K, _M, _G = (ord(letter) for letter in "cCbBrmxinNKMG")
_COMMA, _POSSESSIVE, _QUOTE = ord(","), ord("'"), ord('"')


@inlined
def _on(ids: Array, lists: Array, at: int, kind: int) -> bool:
    """True if the word at a position stands on one of the lists ``kind``."""
    return bool(lists[ids[at]] & kind)


@inlined
def _any_on(ids: Array, lists: Array, first: int, last: int, kind: int) -> bool:
    for at in range(first, last):
        if (lists[ids[at]] & kind) != 0:
            return True
    return False


# --- who speaks


@inlined
def _note(found: Array, n: int, first: int, last: int, beside_first: int, beside_last: int) -> None:
    found[n, SOURCE], found[n, SOURCE + 1] = first, last
    found[n, BESIDE], found[n, BESIDE + 1] = (beside_first, beside_last) if beside_first < beside_last else (0, 0)


@inlined
def _subject(rules: Array, sets: Array, letters: Array, work: Array, low: int, at: int, found: Array, n: int) -> bool:
    """The phrase before position ``at``, and its apposition, go to row *n*; False where there is none."""
    near = search(rules, sets, letters, work, SUBJECT, low, at, low)
    if near:
        first, last = work[FIRST], work[FIRST + 1]
        near = search(rules, sets, letters, work, NOMINAL, first, last, first)
    if not near:
        if search(rules, sets, letters, work, APPOSED, low, at, low) or search(
            rules, sets, letters, work, WHO, low, at, low
        ):
            _note(found, n, work[FIRST], work[FIRST + 1], work[SECOND], work[SECOND + 1])
            return True
        if not search(rules, sets, letters, work, NEAR, low, at, low):
            return False
        first, last = work[FIRST], work[FIRST + 1]
        if not search(rules, sets, letters, work, NOMINAL, first, last, first):
            return False
    _note(found, n, first, last, 0, 0)
    return True


@inlined
def _first_subject(
    rules: Array, sets: Array, letters: Array, work: Array, low: int, high: int, at: int, found: Array, n: int
) -> bool:
    """The subject of the sentence goes to row *n*, where it ends before position ``at``."""
    if not match(rules, sets, letters, work, FIRST_SUBJECT, low, high, low) or work[WHOLE + 1] > at:
        return False
    first, last = work[FIRST], work[FIRST + 1]
    if not search(rules, sets, letters, work, NOMINAL, first, last, first):
        return False
    _note(found, n, first, last, 0, 0)
    return True


@inlined
def _may_show(letters: Array, ids: Array, lists: Array, first: int, last: int) -> bool:
    """Documents and people show something; of firms and products it is no report."""
    if _any_on(ids, lists, first, last, PAPER):
        return True
    if first == last:
        return False
    if last == first + 1 and letters[first] == _p:
        return bool(_on(ids, lists, first, PERSONAL))
    if _any_on(ids, lists, first, last, COMPANY):
        return False
    return bool(letters[last - 1] == _n or letters[last - 1] == _N)


# --- which verbs report


@inlined
def _after_apposition(rules: Array, sets: Array, letters: Array, work: Array, low: int, at: int) -> bool:
    """*Jane Doe, head of Acme, said sales rose*: the comma ends an apposition."""
    if letter_at(letters, low, at, at - 1) != _COMMA or not search(rules, sets, letters, work, APPOSED, low, at, low):
        return False
    name = letters[work[FIRST + 1] - 1]
    first, last = work[SECOND], work[SECOND + 1]
    return bool(name == _N or name == _K or name == _M or name == _n or name == _G) and match(
        rules, sets, letters, work, PLAIN, first, last, first
    )


@inlined
def _inverted(
    rules: Array,
    sets: Array,
    letters: Array,
    work: Array,
    ids: Array,
    lists: Array,
    low: int,
    high: int,
    at: int,
    found: Array,
    n: int,
) -> bool:
    """*…, said Jane Doe, who runs Acme*: nothing of the content follows the verb."""
    if _on(ids, lists, at, ADDRESSED) or not match(rules, sets, letters, work, AFTER, low, high, at + 1):
        return False
    first, last, end = work[FIRST], work[FIRST + 1], work[WHOLE + 1]
    _note(found, n, first, last, work[SECOND], work[SECOND + 1])
    if letters[at] != _s and not match(rules, sets, letters, work, AFTER_QUOTATION, low, high, at):
        if not match(rules, sets, letters, work, SENTENCE_PAUSES, low, high, end):
            return False
        if not search(rules, sets, letters, work, NAMED, first, last, first):
            return False
    if letters[at - 1] == _COMMA and letter_at(letters, low, high, end) == _T:
        return False
    return bool(match(rules, sets, letters, work, PHRASE_ENDS, low, high, end))


@inlined
def _finite(
    rules: Array, sets: Array, letters: Array, work: Array, ids: Array, lists: Array, low: int, at: int
) -> bool:
    """False for nouns, infinitives, passives and what is denied or only possible."""
    back = at
    while back > low and (letters[back - 1] == _r or letters[back - 1] == _b):
        back -= 1
    before = letter_at(letters, low, at, back - 1)
    if before == _m or before == _x or before == _i or (before == _B and letters[at] != _g):
        return False
    if letters[at] == _e and search(rules, sets, letters, work, NOUN_BEFORE, low, at, low):
        return False
    if letter_at(letters, low, at, at - 1) == _POSSESSIVE:  # its rival's proposed rules
        return False
    return bool(before != _d or _on(ids, lists, back - 1, STAND_ALONE))  # the said report; some say


@inlined
def _ahead(
    rules: Array, sets: Array, letters: Array, work: Array, ids: Array, lists: Array, low: int, high: int, at: int
) -> bool:
    """True where what follows the verb may be what it reports."""
    if letters[at] == _s:
        return True
    if letters[at] == _o:
        if _on(ids, lists, at, CALLING) and _any_on(ids, lists, at + 1, min(at + 4, high), CALLED):
            return True
        if _on(ids, lists, at, WITH_OBJECT):
            return True
        return bool(match(rules, sets, letters, work, QUOTATION_AHEAD, low, high, at + 1))
    ahead = OPINION_AHEAD if _on(ids, lists, at, OPINION) else CLAUSE_AHEAD
    return bool(match(rules, sets, letters, work, ahead, low, high, at + 1))


@inlined
def _may_say(letters: Array, ids: Array, lists: Array, at: int, first: int, last: int) -> bool:
    """False where the verb tells what a document does, and who stands in ``first:last`` is none."""
    evidential = letters[at] != _s and letters[at] != _o and _on(ids, lists, at, EVIDENTIAL)
    return bool(not evidential or _may_show(letters, ids, lists, first, last))


@inlined
def _closed_before(letters: Array, low: int, at: int) -> bool:
    """True where a quotation may have ended before position ``at``."""
    for place in range(low, at):
        if letters[place] == _QUOTE:
            return True
    return False


@inlined
def _participle(
    rules: Array,
    sets: Array,
    letters: Array,
    work: Array,
    ids: Array,
    lists: Array,
    low: int,
    high: int,
    at: int,
    found: Array,
    n: int,
) -> bool:
    """*…, saying that …*: the subject of the sentence speaks."""
    if not match(rules, sets, letters, work, AFTER_PAUSE, low, high, at):
        return False
    # "adding 35 points to the rate", "citing worries that …" tell what was done, not what was said
    if _on(ids, lists, at, CITING):
        return False
    if not _on(ids, lists, at, SAYING) and not match(rules, sets, letters, work, CLAUSE_AHEAD, low, high, at + 1):
        return False
    return bool(_first_subject(rules, sets, letters, work, low, high, at, found, n))


@inlined
def _quoted_as(
    rules: Array,
    sets: Array,
    letters: Array,
    work: Array,
    ids: Array,
    lists: Array,
    low: int,
    at: int,
    found: Array,
    n: int,
) -> bool:
    """*Xinhua quoted Mr. Doe as saying …*: Mr. Doe speaks."""
    if letter_at(letters, low, at, at - 1) != _C or not _on(ids, lists, at - 1, AS):
        return False
    if not search(rules, sets, letters, work, QUOTED_AS, low, at + 1, low) or work[WHOLE + 1] != at + 1:
        return False
    first, last = work[FIRST], work[FIRST + 1]
    verb = last - 1
    while verb >= first and not _on(ids, lists, verb, QUOTING):
        verb -= 1
    if verb < first:
        return False
    found[n, CUE], found[n, CUE + 1] = verb, at + 1
    if verb + 1 < last:
        _note(found, n, verb + 1, last, 0, 0)
        return True
    return bool(_subject(rules, sets, letters, work, low, verb, found, n))  # Mr. Doe was quoted as saying


NONE, PLAINLY, EMBEDDED, ALONE, WITH_ALL = range(5)
"""What a verb reports: nothing; what its clause says; what stands up to the next pause; from the verb on;
the sentence from its first word on."""


@inlined
def _subject_verb(
    rules: Array,
    sets: Array,
    letters: Array,
    work: Array,
    ids: Array,
    lists: Array,
    low: int,
    high: int,
    at: int,
    found: Array,
    n: int,
) -> int:
    """*Jane Doe said …*; *…, Jane Doe said*; *… and said …*."""
    # who speaks takes longest to find, and most verbs report neither what follows nor what came before
    ahead = _ahead(rules, sets, letters, work, ids, lists, low, high, at)
    closes = match(rules, sets, letters, work, CLOSES, low, high, at + 1)
    if not ahead and not closes and not _closed_before(letters, low, at):
        return NONE
    if not _subject(rules, sets, letters, work, low, at, found, n):
        # … and said that …, or a subject too long to be seen whole
        joined = match(rules, sets, letters, work, JOINED, low, high, at)
        if letters[at] != _s:
            if not joined and letter_at(letters, low, high, at + 1) != _T:
                return NONE
            if not ahead or not _may_say(letters, ids, lists, at, 0, 0):
                return NONE
        if not _first_subject(rules, sets, letters, work, low, high, at, found, n):
            return NONE
        return ALONE if joined else WITH_ALL
    first, last = found[n, SOURCE], found[n, SOURCE + 1]
    if last == first + 1 and letters[first] == _d and _on(ids, lists, first, POINTING):
        return NONE  # that said, …
    aside = match(rules, sets, letters, work, AFTER_MARK, low, high, first) and (
        closes or match(rules, sets, letters, work, AFTER_QUOTATION, low, high, first)
    )
    if not aside and not (ahead and _may_say(letters, ids, lists, at, first, last)):
        return NONE
    found[n, BEFORE] = 0 if aside else 1
    opener = letter_at(letters, low, high, first - 1)
    if opener == _T or opener == _R:  # a measure that some feel is …
        return EMBEDDED
    if opener != _C or _on(ids, lists, first - 1, CONTRAST):
        return PLAINLY
    if (closes or first == low + 1) and _on(ids, lists, first - 1, AS):  # As Acme said, … reports the sentence
        return PLAINLY
    return EMBEDDED  # what Acme calls …


@inlined
def _verb(
    rules: Array,
    sets: Array,
    letters: Array,
    work: Array,
    ids: Array,
    lists: Array,
    low: int,
    high: int,
    at: int,
    found: Array,
    n: int,
) -> int:
    """What the verb at a position reports; who does, and with which words, goes to row *n*."""
    found[n, CUE], found[n, CUE + 1], found[n, BEFORE] = at, at + 1, 0
    if (
        match(rules, sets, letters, work, INVERTED, low, high, at)
        and not _after_apposition(rules, sets, letters, work, low, at)
        and _inverted(rules, sets, letters, work, ids, lists, low, high, at, found, n)
    ):
        return PLAINLY
    found[n, BEFORE] = 1
    before = letter_at(letters, low, at, at - 1)
    if letters[at] == _g and before != _B:
        if _quoted_as(rules, sets, letters, work, ids, lists, low, at, found, n):
            return PLAINLY
        found[n, CUE], found[n, CUE + 1] = at, at + 1
        if _participle(rules, sets, letters, work, ids, lists, low, high, at, found, n):
            return WITH_ALL if before == _C else ALONE
        return NONE
    if not _finite(rules, sets, letters, work, ids, lists, low, at):
        return NONE
    return int(_subject_verb(rules, sets, letters, work, ids, lists, low, high, at, found, n))


# --- what a report covers


@inlined
def _clause_first(clause: Array, low: int, at: int) -> int:
    """The first token of the clause that holds position ``at``."""
    first = at
    while first > low and clause[first - 1] == clause[at]:
        first -= 1
    return first


@inlined
def _clause_last(clause: Array, high: int, at: int) -> int:
    """Behind the last token of the clause that holds position ``at``."""
    last = at + 1
    while last < high and clause[last] == clause[at]:
        last += 1
    return last


@inlined
def _scope(
    letters: Array, ids: Array, lists: Array, clause: Array, main: Array, low: int, high: int, found: Array, n: int
) -> None:
    """A main clause's cue covers the sentence, from its own clause on if the source comes first;
    a subordinate clause's cue covers that clause."""
    cue, source = found[n, CUE], found[n, SOURCE]
    if main[clause[cue]]:
        found[n, SCOPE] = _clause_first(clause, low, min(source, cue)) if found[n, BEFORE] else low
        found[n, SCOPE + 1] = high
        return
    first, last = _clause_first(clause, low, cue), _clause_last(clause, high, cue)
    opened = _on(ids, lists, first, CONTRAST)
    found[n, SCOPE] = min(first, _clause_first(clause, low, source))
    while last < high:
        # *said that despite A, B* goes on after A; *While X said A, B* and *X said A, but B* end
        if letters[last] == _c and letter_at(letters, low, high, last + 1) != _T:
            break
        if opened and letters[last] != _C:
            break
        last = _clause_last(clause, high, last)
    found[n, SCOPE + 1] = last


@inlined
def _complete(
    rules: Array,
    sets: Array,
    letters: Array,
    work: Array,
    ids: Array,
    lists: Array,
    clause: Array,
    main: Array,
    low: int,
    high: int,
    kind: int,
    found: Array,
    n: int,
) -> None:
    """The cue of an aside with its time and place, and the scope, go to row *n*."""
    verb = found[n, CUE]
    if not found[n, BEFORE] and found[n, BESIDE + 1] == 0:
        start = max(found[n, CUE + 1], found[n, SOURCE + 1])
        if match(rules, sets, letters, work, FRAME, low, high, start):
            found[n, CUE + 1] = max(found[n, CUE + 1], work[WHOLE + 1])
    _scope(letters, ids, lists, clause, main, low, high, found, n)
    if kind == EMBEDDED:
        search(rules, sets, letters, work, PAUSE, low, high, verb + 1)
        found[n, SCOPE], found[n, SCOPE + 1] = found[n, SOURCE], work[WHOLE]
    elif kind == ALONE:
        found[n, SCOPE] = verb
    elif kind == WITH_ALL:
        found[n, SCOPE] = low


# --- the sentence


@inlined
def _late(found: Array, n: int, by_start: bool) -> bool:
    """True if row *n* belongs before the row above it: by its cue, or first of all by where it begins."""
    if by_start:
        here, above = min(found[n, SOURCE], found[n, CUE]), min(found[n - 1, SOURCE], found[n - 1, CUE])
        if here != above:
            return bool(here < above)
    if found[n, CUE] != found[n - 1, CUE]:
        return bool(found[n, CUE] < found[n - 1, CUE])
    return bool(found[n, CUE + 1] < found[n - 1, CUE + 1])


@inlined
def _sort(found: Array, first: int, last: int, by_start: bool) -> None:
    """Brings rows ``first:last`` in order; equal ones stay as they are (few rows: by insertion)."""
    for n in range(first + 1, last):
        at = n
        while at > first and _late(found, at, by_start):
            for k in range(COLUMNS):
                found[at - 1, k], found[at, k] = found[at, k], found[at - 1, k]
            at -= 1


@inlined
def _outermost(
    rules: Array, sets: Array, letters: Array, work: Array, low: int, high: int, found: Array, first: int, last: int
) -> int:
    """Of nested attributions the outer one counts; one after *and*, *but* or *while* is its own.

    Rows ``first:last`` are in order of where they begin; the kept ones move up, and their end is returned.
    """
    kept = first
    for n in range(first, last):
        cue = found[n, CUE]
        start = min(found[n, SOURCE], cue)
        keep = (
            found[n, BEFORE] == 0 or found[n, SCOPE] >= cue or match(rules, sets, letters, work, OWN, low, high, start)
        )
        if not keep:
            keep = True
            for k in range(first, kept):
                outer = found[k, BEFORE] == 0 or found[k, CUE + 1] <= cue
                if outer and found[k, SCOPE] <= cue < found[k, SCOPE + 1]:
                    keep = False
            for k in range(n + 1, last):  # an aside covers what comes before it, too
                if found[k, BEFORE] == 0 and found[k, SCOPE] <= cue < found[k, SCOPE + 1]:
                    keep = False
        if keep:
            for k in range(COLUMNS):
                found[kept, k] = found[n, k]
            kept += 1
    return kept


@inlined
def _end_of_sentence(hits: Array, k: int, high: int) -> int:
    """The number of the first hit from ``k`` on that is not before ``high``."""
    while k < len(hits) and hits[k] < high:
        k += 1
    return k


@kernel(
    "i4[:,:], b1[:,:], u1[:], i4[:], i8[:], i4[:], b1[:], i4[:], i8[:], i8[:], out i8[:], out i8[:,:]",
    allocates=False,
)
def attributions(
    rules: Array,
    sets: Array,
    letters: Array,
    ids: Array,
    lists: Array,
    clause: Array,
    main: Array,
    sentence: Array,
    bounds: Array,
    hits: Array,
    work: Array,
    found: Array,
) -> int:
    """The outermost attributions of all sentences with a hit, by sentence and cue; how many there are.

    rules, sets, work: the grammar (``framing.kernel.grammar.match``) · letters, ids, clause, sentence:
    per token its letter, spelling, clause, sentence · lists: bits of the word lists, per spelling ·
    main: per clause · bounds: tokens of sentence *i* are ``bounds[i]:bounds[i + 1]`` · hits: the tokens
    that are verbs that report, *according*, and words that may be the view in *Acme's view*, ascending ·
    found: the attributions, shape (hits + 1, ``COLUMNS``).
    """
    n = first_hit = 0
    while first_hit < len(hits):
        number = sentence[hits[first_hit]]
        low, high = bounds[number], bounds[number + 1]
        last_hit = _end_of_sentence(hits, first_hit, high)
        begin, end, views = n, low, False
        for k in range(first_hit, last_hit):
            at = hits[k]
            # the view stands behind the possessive, or one word on
            views = views or (letters[at] == _w and _any_on(ids, lists, at, min(at + 2, high), VIEW))
            if at >= end and match(rules, sets, letters, work, ACCORDING, low, high, at):
                end = work[WHOLE + 1]
                _note(found, n, work[FIRST], work[FIRST + 1], work[SECOND], work[SECOND + 1])
                found[n, CUE], found[n, CUE + 1], found[n, BEFORE] = at, at + 2, at - low <= 2
                _complete(rules, sets, letters, work, ids, lists, clause, main, low, high, PLAINLY, found, n)
                n += 1
        end = low
        while views and search(rules, sets, letters, work, IN_VIEW, low, high, end):
            at, end = work[WHOLE], work[WHOLE + 1]
            if _on(ids, lists, work[SECOND], VIEW):
                _note(found, n, work[FIRST], work[FIRST + 1], 0, 0)
                found[n, CUE], found[n, CUE + 1], found[n, BEFORE] = at, end, at - low <= 1
                _complete(rules, sets, letters, work, ids, lists, clause, main, low, high, PLAINLY, found, n)
                n += 1
        for k in range(first_hit, last_hit):
            if letters[hits[k]] == _a or letters[hits[k]] == _w:
                continue
            kind = _verb(rules, sets, letters, work, ids, lists, low, high, hits[k], found, n)
            if kind != NONE:
                _complete(rules, sets, letters, work, ids, lists, clause, main, low, high, kind, found, n)
                n += 1
        for k in range(begin, n):
            found[k, SENTENCE] = number
        _sort(found, begin, n, True)
        n = _outermost(rules, sets, letters, work, low, high, found, begin, n)
        _sort(found, begin, n, False)
        first_hit = last_hit
    return n
