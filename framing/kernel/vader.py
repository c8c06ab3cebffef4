"""VADER's rules on coded words: one valence a lexicon word, four scores a sentence, cues of tone.

A *unit* is a word as VADER sees it. Its code is one int64: on which lists it stands and how it is
written (the bits below), and from bit ``ENTRY`` on the number of its valence. Sentence *i* is the
units ``first[i]:first[i + 1]``. *Events* are the units that can change a score by themselves (negative
codes), in order; the loops run over events and sentences only.

Hutto, C. & Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment analysis of
social media text. ICWSM. The rules, in the order and with the oddities of vaderSentiment 3.3.2,
so that every float is the same.
"""

from __future__ import annotations

import math
from typing import Any

import numpy.typing as npt

from framing.kernel.jit import inlined, kernel

Array = npt.NDArray[Any]

NUMBER = (1 << 6) - 1
"""The number of a word that rules or phrases name, 0 for any other."""
NO, OR, NOR, SO, THIS, NEVER, WITHOUT, DOUBT, LEAST, AT, VERY, KIND, OF = range(1, 14)
LISTED = 1 << 6
"""In the lexicon."""
HIT = 1 << 7
"""In the lexicon, and no booster."""
RAISES = 1 << 8
LOWERS = 1 << 9
CAPITALS = 1 << 10
"""``str.isupper``"""
NEGATES = 1 << 11
BUT = 1 << 12
BANGS = 13
"""From this bit on, three bits: exclamation marks, at most 4, in the word of this (its first) unit."""
QUESTIONS = 16
"""From this bit on, three bits: question marks, at most 4."""
MARKS = 63 << BANGS
ENDS = 1 << 19
"""Ends like a word after which a capital is no new sentence: a–z, comma, semicolon."""
PLAIN = 1 << 20
"""A capital and small letters."""
CAPITALISED = 1 << 21
"""Begins with a capital and a small letter."""
INITIAL = 1 << 22
"""``J.``"""
SEVERAL = 1 << 23
"""The first unit of a word that is no or several units."""
NONE = 1 << 24
"""Stands for a word that is no unit."""
ENTRY = 32
ENTRIES = (1 << 31) - 1
EVENTS = HIT | CAPITALS | BUT | MARKS
EVENT = -(1 << 63)
"""The sign: one of ``EVENTS`` was set when the word was coded, so that events are found in one step."""

# vaderSentiment 3.3.2: "empirically derived mean sentiment intensity rating increase"
_BOOST = 0.293
_CAPITALS = 0.733
_NEGATED = -0.74
_BANG = 0.292
_QUESTION = 0.18
_QUESTIONS = 0.96
_ALPHA = 15.0
"""alpha of x/√(x² + alpha): "approximates the max expected value" (vaderSentiment 3.3.2)."""
_SCALE = 10_000
_FINE = 4294967296.0  # 2³²


@kernel("i4[:], i8[:], i8[:], i8[:,:], i8[:], out i8[:], out i8[:], out i4[:]", allocates=False)
def unfold(
    ids: Array, coded: Array, bounds: Array, rows: Array, word_first: Array, first: Array, codes: Array, word: Array
) -> int:  # fmt: skip
    """Number of units of these words; ``first`` of each sentence, ``codes`` and ``word`` of each unit.

    ids: spelling of each word · coded: by spelling, the code of its first unit · bounds, rows: the units of
    spelling *i* are ``rows[bounds[i]:bounds[i + 1]]`` (code, first token, last token within the word), or none
    where the code says so · word_first: words of sentence *i* are ``word_first[i]:word_first[i + 1]``. Units that
    find no room are only counted.
    """
    n, room = 0, len(codes)
    for s in range(len(word_first) - 1):
        first[s] = n
        for w in range(word_first[s], word_first[s + 1]):
            code = coded[ids[w]]
            if code & SEVERAL:
                if not code & NONE:
                    for r in range(bounds[ids[w]], bounds[ids[w] + 1]):
                        if n < room:
                            codes[n], word[n] = rows[r, 0], w
                        n += 1
            else:
                if n < room:
                    codes[n], word[n] = code, w
                n += 1
    first[len(word_first) - 1] = n
    return n


@inlined
def _boost(code: int, valence: float, differs: bool) -> float:
    """What a booster adds to a valence."""
    if not code & (RAISES | LOWERS):
        return 0.0
    scalar = _BOOST if code & RAISES else -_BOOST
    if valence < 0:
        scalar *= -1
    if code & CAPITALS and differs:
        if valence > 0:
            scalar += _CAPITALS
        else:
            scalar -= _CAPITALS
    return scalar


@inlined
def _valence(
    code: int, a: int, b: int, c: int, next1: int, own: float, idiom: float, boost: float, third: bool, differs: bool
) -> float:
    """The valence of a word of the lexicon.

    code: its own; a, b, c: those of the words one, two, three before it, 0 where there is none · next1: of
    the word after it · own: by the lexicon · idiom: of a phrase around it, NaN without · boost: of boosters of
    several words · third: whether there is a word ``c`` outside the lexicon.
    """
    one, two, three = a & NUMBER, b & NUMBER, c & NUMBER
    if code & NUMBER == KIND and next1 & NUMBER == OF:
        return 0.0
    valence = own
    if code & NUMBER == NO and next1 & LISTED:
        valence = 0.0
    if one == NO or two == NO or (three == NO and (one == OR or one == NOR)):
        valence = own * _NEGATED
    if code & CAPITALS and differs:
        if valence > 0:
            valence += _CAPITALS
        else:
            valence -= _CAPITALS
    if not a & LISTED:
        valence = valence + _boost(a, valence, differs)
        if a & NEGATES:
            valence = valence * _NEGATED
    if not b & LISTED:
        valence = valence + _boost(b, valence, differs) * 0.95
        if two == NEVER and (one == SO or one == THIS):
            valence = valence * 1.25
        elif b & NEGATES and not (two == WITHOUT and one == DOUBT):
            valence = valence * _NEGATED
    if third:
        valence = valence + _boost(c, valence, differs) * 0.9
        # the package's `A and B or C`: "so" or "this" before the word needs no "never"
        if (three == NEVER and (two == SO or two == THIS)) or one == SO or one == THIS:
            valence = valence * 1.25
        elif c & NEGATES and not (three == WITHOUT and (two == DOUBT or one == DOUBT)):
            valence = valence * _NEGATED
        valence = (valence if idiom != idiom else idiom) + boost
    if one == LEAST and not a & LISTED and two != AT and two != VERY:
        valence = valence * _NEGATED
    return valence


@kernel("i8[:], i8[:], i8[:], b1[:], f8[:], i2[:,:], f8[:], f8[:], out f8[:]", allocates=False)
def valences(
    codes: Array, events: Array, first: Array, wanted: Array,
    lexicon: Array, follow: Array, idiom: Array, boost: Array, out: Array,
) -> None:  # fmt: skip
    """``out``: the valence of each event, 0 where it is no word of the lexicon or not in a wanted sentence.

    wanted: by sentence · lexicon: valence by entry · follow: ``[number or state, number]`` → state, the
    words of a phrase one after the other, 0 where no phrase goes on · idiom: by state, the valence of a
    phrase, NaN where it is none · boost: by state, what a booster of several words adds.
    """
    e, n_events = 0, len(events)
    for s in range(len(first) - 1):
        low, high = first[s], first[s + 1]
        start, capitals, but = e, 0, -1
        while e < n_events and events[e] < high:
            code = codes[events[e]]
            capitals += (code & CAPITALS) != 0
            if but < 0 and code & BUT:
                but = events[e]
            out[e] = 0.0
            e += 1
        if not wanted[s]:
            continue
        differs = 0 < capitals < high - low
        for k in range(start, e):
            i = events[k]
            code = codes[i]
            if not code & HIT:
                continue
            a = codes[i - 1] if i > low else 0
            b = codes[i - 2] if i > low + 1 else 0
            c = codes[i - 3] if i > low + 2 else 0
            next1 = codes[i + 1] if i + 1 < high else 0
            next2 = codes[i + 2] if i + 2 < high else 0
            third = i > low + 2 and not c & LISTED
            phrase, extra = math.nan, 0.0
            zero, one, two, three = code & NUMBER, a & NUMBER, b & NUMBER, c & NUMBER
            if third and (zero or two):  # one of them is in every phrase
                twoone, threetwo, zeroone = follow[two, one], follow[three, two], follow[zero, next1 & NUMBER]
                threetwoone = follow[threetwo, one]
                # the first of five that is an idiom; then one that goes on after the word, the longer last
                for state in (threetwo, threetwoone, twoone, follow[twoone, zero], follow[one, zero]):
                    phrase = phrase if idiom[state] != idiom[state] else idiom[state]
                for state in (zeroone, follow[zeroone, next2 & NUMBER]):
                    phrase = phrase if idiom[state] != idiom[state] else idiom[state]
                extra = boost[threetwoone] + boost[threetwo] + boost[twoone]
            own = lexicon[code >> ENTRY & ENTRIES]
            out[k] = _valence(code, a, b, c, next1, own, phrase, extra, third, differs)
        if but >= 0:
            # the package finds each valence by its value, so an equal one before it is changed instead
            for k in range(start, e):
                if out[k] != 0:
                    at = start
                    while out[at] != out[k]:
                        at += 1
                    if events[at] < but:
                        out[at] *= 0.5
                    elif events[at] > but:
                        out[at] *= 1.5


@inlined
def _emphasis(bangs: int, questions: int) -> float:
    """What exclamation and question marks add to the size of a sum."""
    asking = 0.0
    if questions > 1:
        asking = questions * _QUESTION if questions <= 3 else _QUESTIONS
    return min(bangs, 4) * _BANG + asking


@inlined
def _rounded(x: float, scale: int) -> int:
    """``x`` (0 ≤ x ≤ 1) times ``scale``, rounded to a whole number as Python's ``round(x, digits)`` does.

    That is: correctly rounded from the exact binary value, halves to even. ``x`` is parted at 2⁻³²;
    both products are then exact (46 and at most 50 bits wherever a half can be near), and so is the
    comparison with one half.
    """
    coarse = int(x * _FINE) / _FINE
    whole = coarse * scale
    rest = (x - coarse) * scale
    number = int(whole)
    over = (whole - number) - 0.5
    if over > -rest or (over == -rest and number % 2 == 1):
        return number + 1
    return number


@inlined
def _half_even(x: float) -> int:
    """Python's ``round(x)``."""
    number = math.floor(x)
    over = x - number
    if over > 0.5 or (over == 0.5 and number % 2 != 0):
        return number + 1
    return number


@kernel("i8[:], i8[:], i8[:], f8[:], out i4[:,:]", allocates=False)
def scores(codes: Array, events: Array, first: Array, valence: Array, out: Array) -> None:
    """``out``, shape (sentences, 4): compound, positive, neutral, negative in ten-thousandths.

    valence: of each event, as ``valences`` gives it. The compound has four digits, the others three.
    """
    e, n_events = 0, len(events)
    for s in range(len(first) - 1):
        units = first[s + 1] - first[s]
        total, positive, negative, neutral, bangs, questions = 0.0, 0.0, 0.0, units, 0, 0
        while e < n_events and events[e] < first[s + 1]:
            code = codes[events[e]]
            bangs += code >> BANGS & 7
            questions += code >> QUESTIONS & 7
            total += valence[e]
            # the 1 makes a valence comparable with neutral words, which count 1 each
            if valence[e] > 0:
                positive += valence[e] + 1
                neutral -= 1
            elif valence[e] < 0:
                negative += valence[e] - 1
                neutral -= 1
            e += 1
        if neutral == units:  # no valence; marks alone say nothing
            out[s, 0], out[s, 1], out[s, 2], out[s, 3] = 0, 0, _SCALE * (units > 0), 0
            continue
        extra = _emphasis(bangs, questions)
        if total > 0:
            total += extra
        elif total < 0:
            total -= extra
        if positive > -negative:
            positive += extra
        elif positive < -negative:
            negative -= extra
        whole = positive - negative + neutral
        compound = min(abs(total) / math.sqrt(total * total + _ALPHA), 1.0)
        size = _rounded(compound, _SCALE)
        out[s, 0] = -size if total < 0 else size
        out[s, 1] = 10 * _rounded(positive / whole, _SCALE // 10)
        out[s, 2] = 10 * _rounded(neutral / whole, _SCALE // 10)
        out[s, 3] = 10 * _rounded(-negative / whole, _SCALE // 10)


@kernel("i4[:], i4[:], i4[:], b1[:], i8[:], i4[:], i4[:], i8[:], i8[:,:], i8[:], out i8[:], out b1[:]", allocates=False)
def veil_names(
    sentence: Array, begin: Array, end: Array, inferred: Array,
    first: Array, word: Array, ids: Array, bounds: Array, rows: Array, first_token: Array,
    codes: Array, veiled: Array,
) -> None:  # fmt: skip
    """Takes from ``codes`` what the words of names say; ``veiled`` becomes True at their tokens.

    Names are tokens ``begin:end`` of a sentence; inferred ones are no names. A unit keeps its marks, of
    which ``veiled`` tells those that are part of a name, and its end where the name does not reach it.
    first, word, ids, bounds, rows: as in ``unfold`` · first_token: by word.
    """
    for m in range(len(sentence)):
        if inferred[m] or end[m] <= begin[m]:
            continue
        low, high = first[sentence[m]], first[sentence[m] + 1]
        at, above = low, high
        while at < above:  # the first unit of the word in which the name begins
            middle = (at + above) // 2
            if first_token[word[middle] + 1] > begin[m]:
                above = middle
            else:
                at = middle + 1
        row = 0
        while at < high and first_token[word[at]] < end[m]:
            w = word[at]
            again, goes_on = at > low and word[at - 1] == w, at + 1 < high and word[at + 1] == w
            row = row + 1 if again else bounds[ids[w]]
            # a unit has the tokens of its word, but for those before and after it, of further units
            start = first_token[w] + rows[row, 1] if again else first_token[w]
            stop = first_token[w] + rows[row, 2] if goes_on else first_token[w + 1]
            if start < end[m] and stop > begin[m]:
                codes[at] &= EVENT | MARKS | ENDS if end[m] < stop else EVENT | MARKS
            at += 1
        for t in range(begin[m], end[m]):
            veiled[t] = True


@kernel("i8[:], i8[:], b1[:], i4[:], out i8[:]", allocates=False)
def veil_persons(candidates: Array, first: Array, wanted: Array, word: Array, codes: Array) -> None:
    """Takes from ``codes`` what the words of persons' names say, in the wanted sentences.

    A name begins at a candidate (a capitalised word after one in small letters, a comma or a
    semicolon): the word, any initials, one capitalised word or more, the last with an ending or none.
    """
    k, done = 0, 0
    for s in range(len(first) - 1):
        low, high = first[s], first[s + 1]
        while k < len(candidates) and candidates[k] < high:
            begin = candidates[k]
            k += 1
            if not wanted[s] or begin <= low or begin < done or word[begin] - word[begin - 1] > 1:
                continue
            at = begin + 1
            while at < high and word[at] - word[at - 1] <= 1 and codes[at] & INITIAL:
                at += 1
            last, goes_on = at, True
            while at < high and word[at] - word[at - 1] <= 1 and goes_on and codes[at] & CAPITALISED:
                goes_on = codes[at] & PLAIN
                at += 1
            if at > last:
                for u in range(begin, at):
                    codes[u] &= EVENT | MARKS | ENDS
                done = at


@kernel(
    "i8[:], i8[:], i8[:], f8[:], f8[:], i4[:], i4[:], i8[:], i8[:,:], i8[:], i4[:], i1[:,:], b1[:], i8, "
    "out i4[:], out i4[:], out i4[:], out i4[:], out b1[:]",
    allocates=False,
)
def cues(
    codes: Array, events: Array, first: Array, valence: Array, lexicon: Array,
    word: Array, ids: Array, bounds: Array, rows: Array, first_token: Array,
    tokens: Array, marks: Array, veiled: Array, emphasis: int,
    begin: Array, end: Array, rule: Array, amount: Array, negated: Array,
) -> int:  # fmt: skip
    """Number of cues; they are written to the last five: tokens ``begin:end``, rule, ten-thousandths, negated.

    A cue is an event whose valence rounds to something; its rule is its entry in the lexicon. Marks of
    emphasis are one cue a sentence (rule ``emphasis``), at the last mark.
    word, ids, bounds, rows: as in ``unfold`` · first_token: by word · tokens: type of each · marks: exclamation and
    question marks by type of token · veiled: tokens whose marks do not count.
    """
    e, n, n_events = 0, 0, len(events)
    for s in range(len(first) - 1):
        start, total, bangs, questions, place = n, 0, 0, 0, -1
        while e < n_events and events[e] < first[s + 1]:
            u = events[e]
            code, w = codes[u], word[u]
            if code & MARKS:
                for t in range(first_token[w], first_token[w + 1]):
                    if (marks[tokens[t], 0] or marks[tokens[t], 1]) and not veiled[t]:
                        bangs += int(marks[tokens[t], 0])
                        questions += int(marks[tokens[t], 1])
                        place = t
            here = _half_even(valence[e] * _SCALE) if valence[e] != 0 else 0
            if here != 0:
                row = bounds[ids[w]]
                while u > 0 and word[u - 1] == w:
                    u, row = u - 1, row + 1
                a, b = first_token[w] + rows[row, 1], first_token[w] + rows[row, 2]
                number = code >> ENTRY & ENTRIES
                total += here
                # an emoji may be described by the same word twice: one cue, both amounts
                at = n
                while at > start and begin[at - 1] == a and not (end[at - 1] == b and rule[at - 1] == number):
                    at -= 1
                if at > start and begin[at - 1] == a:
                    at -= 1
                    amount[at] += here
                else:
                    at = n
                    begin[at], end[at], rule[at], amount[at] = a, b, number, here
                    n += 1
                negated[at] = here * lexicon[number] < 0
            e += 1
        extra = _half_even(_emphasis(bangs, questions) * _SCALE) if place >= 0 and total != 0 else 0
        if extra != 0:
            begin[n], end[n], rule[n], negated[n] = place, place + 1, emphasis, False
            amount[n] = extra if total > 0 else -extra
            n += 1
    return n
