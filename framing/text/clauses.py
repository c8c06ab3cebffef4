"""Clauses: sentences cut at contrast markers (codebook, Units), each main or subordinate."""

from __future__ import annotations

import numpy as np

from framing.kernel import clauses as k
from framing.tables import Bools, Ints, Longs
from framing.vocabulary import Vocabulary, WordLists

_LISTS = WordLists(
    {
        k.OPENER: "while although though despite whereas notwithstanding albeit".split(),
        k.WHILE: ["while"],
        k.THOUGH: ["though"],
        # openers of a phrase rather than a clause: in mid-sentence they end at the next comma
        k.PHRASAL: ["despite", "notwithstanding"],
        # even as, even though, in spite
        k.EVEN: ["even"],
        k.AS: ["as"],
        k.IN: ["in"],
        k.SPITE: ["spite"],
        k.BUT: ["but"],
        k.YET: ["yet", "however"],
        k.ALSO: ["also"],
        k.ONLY: ["only"],
        k.NOT: ["not"],
        # nothing but, a while
        k.NOTHING: "nothing all anything everything none last".split(),
        k.SPELL: "a the worth long short little".split(),
        k.COMMA: [","],
        k.SEMICOLON: [";"],
        k.STOP: ["."],
        k.THAT: ["that"],
        k.AND: ["and", "or"],
    }
)


def clauses(vocabulary: Vocabulary, ids: Ints, first_token: Longs) -> tuple[Ints, Bools, Longs]:
    """``(clause of each token, main flag of each clause, first clause of each sentence)``.

    Clauses are numbered by position; a sentence without tokens keeps one empty clause.
    """
    bits = vocabulary.trait(_LISTS).take(ids)
    markers = np.flatnonzero(bits & k.MARKER != 0)
    most = 2 * len(markers)  # a marker begins a clause, and may end one
    start, main = np.empty(most, dtype=np.int64), np.empty(most, dtype=bool)
    n_sentences = len(first_token) - 1
    count, first_main = np.zeros(n_sentences, dtype=np.int64), np.ones(n_sentences, dtype=bool)
    n = k.clause_starts(bits, markers, first_token, start, main, count, first_main)
    # the first clause of each sentence, and the others after it
    first_clause = np.concatenate(([0], np.cumsum(count + 1)))
    is_first = np.zeros(n_sentences + n, dtype=bool)
    is_first[first_clause[:-1]] = True
    starts, mains = np.empty(len(is_first) + 1, dtype=np.int64), np.empty(len(is_first), dtype=bool)
    starts[-1] = len(ids)
    starts[:-1][is_first], starts[:-1][~is_first] = first_token[:-1], start[:n]
    mains[is_first], mains[~is_first] = first_main, main[:n]
    clause = np.repeat(np.arange(len(is_first), dtype=np.int32), np.diff(starts))
    return clause, mains, first_clause
