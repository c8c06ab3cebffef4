"""Clauses on arrays: the same as found word by word."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from framing.kernel import compile_kernels, interpreted
from framing.tables import Ints, Longs
from framing.text.clauses import clauses
from framing.vocabulary import Vocabulary


def add(cuts: list[tuple[int, bool]], first: int, main: bool) -> None:
    cuts[-1:] = [(first, main)] if cuts[-1][0] == first else [cuts[-1], (first, main)]


def opens(words: list[str], i: int) -> bool:
    before, pair = words[i - 1] if i else "", tuple(words[i : i + 2])
    if words[i] == "while":
        return before not in "a the worth long short little".split()
    if words[i] == "though" and before in {"even", ","} and words[i + 1 : i + 2] in (["."], []):
        return False
    openers = "although though despite whereas notwithstanding albeit".split()
    return words[i] in openers or pair in {("even", "as"), ("even", "though"), ("in", "spite")}


def contrasts(words: list[str], i: int) -> bool:
    if i == 0 or words[i] != "but":
        return i > 0 and words[i] in {"yet", "however"} and words[i - 1] in {",", ";"}
    not_only = "only" in words[max(0, i - 25) : i] and "not" in words[:i]
    also = not_only or words[i + 1 : i + 2] == ["also"]
    return not also and words[i - 1] not in "nothing all anything everything none last".split()


def of_a_list(words: list[str], comma: int) -> bool:
    for ahead, word in enumerate(words[comma + 1 : comma + 5]):
        if word in {"and", "or"}:
            return ahead > 0
        if word == ",":
            return ahead <= 2 and not {"and", "or"}.isdisjoint(words[comma + 1 + ahead : comma + 6 + ahead])
    return False


def end_of_opened(words: list[str], i: int) -> int:
    """Where the clause opened at ``i`` ends, −1 for the end of the sentence."""
    phrase = words[i] in {"despite", "notwithstanding", "in"}
    if i > 0 and not phrase and words[i - 1] not in {"that", ",", "but"}:
        return -1
    commas = (j for j in range(i + 2, len(words) - 1) if words[j] == "," and not of_a_list(words, j))
    semicolons = (j for j in range(i + 2, len(words)) if words[j] == ";")
    return min([*itertools.islice(commas, 1), *itertools.islice(semicolons, 1)], default=-1)


def cut_word_by_word(words: list[str]) -> list[tuple[int, bool]]:
    """``(first token, main)`` of the clauses of one sentence, as one would write it for words."""
    cuts, until = [(0, True)], -1
    for i, word in enumerate(words):
        if i == until:
            cuts.append((i + (word == ","), True))
            until = -1
        elif opens(words, i):
            add(cuts, i, False)
            until = end_of_opened(words, i)
        elif contrasts(words, i):
            cuts = [(first, False) for first, _ in cuts]
            add(cuts, i, True)
            until = -1
        elif word == ";" and i + 1 < len(words):
            add(cuts, i + 1, True)
            until = -1
    return cuts


MARKERS = """
while but However yet although Though despite notwithstanding even as in spite ; ; , , , . and or not only also
nothing a that it grew
""".split()


def marked_sentences() -> tuple[Vocabulary, Ints, Longs, list[list[str]]]:
    """``(vocabulary, ids, first tokens, sentences)``: some sentences are empty, most full of markers."""
    chance = random.Random(3)
    sentences = [chance.choices(MARKERS, k=chance.choice([0, 1, 2, 3, 5, 8, 13, 40])) for _ in range(4_000)]
    vocabulary = Vocabulary()
    first_token = np.cumsum([0, *map(len, sentences)])
    return vocabulary, vocabulary.numbers(itertools.chain(*sentences)), first_token, sentences


def test_clauses_are_those_found_word_by_word() -> None:
    vocabulary, ids, first_token, sentences = marked_sentences()
    clause, main, first_clause = clauses(vocabulary, ids, first_token)
    assert first_clause[0] == 0 and first_clause[-1] == len(main) and len(clause) == len(ids)
    for i, words in enumerate(sentences):
        starts, mains = zip(*cut_word_by_word([word.lower() for word in words]), strict=True)
        assert main[first_clause[i] : first_clause[i + 1]].tolist() == list(mains), words
        expected = [sum(start <= token for start in starts) - 1 for token in range(len(words))]
        assert (clause[first_token[i] : first_token[i + 1]] - first_clause[i]).tolist() == expected, words


def test_clauses_are_the_same_compiled() -> None:
    vocabulary, ids, first_token, _ = marked_sentences()
    with interpreted():
        plain = clauses(vocabulary, ids, first_token)
        if not compile_kernels():
            pytest.skip("numba is not here")
        fast = clauses(vocabulary, ids, first_token)
        for one, other in zip(map(np.asarray, plain), map(np.asarray, fast), strict=True):
            assert one.dtype == other.dtype and one.tolist() == other.tolist()
