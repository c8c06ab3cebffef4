"""Where patterns match: the same as looking at every place, by a walk whose work grows with the hits."""

from __future__ import annotations

import functools
import json
import pickle
import re
from collections.abc import Sequence

import numpy as np
import pytest
from conftest import ROOT, benchmark, token_table
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.kernel import compile_kernels, interpreted
from framing.pattern import Element, Pattern, literal, parse
from framing.tables import Tokens
from framing.text import Hits, Matcher, longest
from framing.text.alphabet import Alphabet
from framing.vocabulary import Batch

Row = tuple[int, int, int]


def rows(hits: Hits) -> list[Row]:
    """(first, last, pattern) of each hit."""
    return list(zip(hits.first.tolist(), hits.last.tolist(), hits.pattern.tolist(), strict=True))


def hits_of(patterns: Sequence[str], table: Tokens) -> Hits:
    return Matcher([parse(pattern) for pattern in patterns])(table)


def found(pattern: str, text: str) -> list[str]:
    """What a pattern matches in a text."""
    table = token_table(text)
    hits = hits_of([pattern], table)
    return [" ".join(table.spelling(t) for t in range(a, b)) for a, b in zip(hits.first, hits.last, strict=True)]


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("curb+", "Curbs hurt; it CURBED them. Curbside.", ["Curbs", "CURBED"]),
        ("Apple", "Apple and apple and APPLE", ["Apple"]),
        ("break*", "It broke, breaks and breakthrough", ["breaks", "breakthrough"]),
        ("*-led", "U.S.-led and Beijing-led talks", ["U.S.-led", "Beijing-led"]),
        ("a*e", "apple ae area apt", ["apple", "ae"]),
        ("*b*", "b abc cab dad", ["b", "abc", "cab"]),
        ("Chin*", "China, Chinese, chinos", ["China", "Chinese"]),
        ("no * longer", "no day longer, no longer", ["no day longer"]),
        (
            "cut ~2 off",
            "cut off; cut it off; cut it all off; cut it all clean off",
            ["cut off", "cut it off", "cut it all off"],
        ),
        ("one ~3 two", "The one. Two more.", []),
        ("a ~3 b", "x a, but b", []),
        ("Inc.", "Acme Inc. said", ["Inc ."]),
        ("Huawei 's", "Huawei’s chip", ["Huawei 's"]),
        ("*n't", "It isn’t so.", ["isn't"]),
        ("(the|) gap", "the gap", ["the gap", "gap"]),
        ("no (good|)", "no good", ["no", "no good"]),
    ],
)
def test_a_pattern_matches(pattern: str, text: str, matches: list[str]) -> None:
    assert sorted(found(pattern, text)) == sorted(matches)


def test_a_match_does_not_cross_sentences_or_articles() -> None:
    patterns = ["one two", "one ~3 two"]
    assert len(hits_of(patterns, token_table(["It is one", "two of us"]))) == 0
    assert len(hits_of(patterns, token_table("It is one.\n\nTwo of us."))) == 0


def test_no_patterns_and_no_tokens_give_no_hits() -> None:
    assert rows(hits_of([], token_table("a b"))) == [] == rows(hits_of(["a", "a ~2 b"], token_table("")))


def test_the_nearest_of_several_words_counts_for_each_branch_alone() -> None:
    assert rows(hits_of(["a ~3 b d", "a ~3 (b|c) d"], token_table("a c b d b d"))) == [(0, 4, 0)]
    assert rows(hits_of(["a ~3 c", "a ~3 b"], token_table("a b c b"))) == [(0, 2, 1), (0, 3, 0)]


# --- the same as looking at every place ------------------------------------------------------------


def _stands_for(element: Element, spelling: str) -> bool:
    for word in element.words:
        regex = re.compile(".*".join(re.escape(part) for part in word.split("*")))
        if regex.fullmatch(spelling if word != word.lower() else spelling.lower()):
            return True
    return False


def _last(sequence: tuple[Element, ...], table: Tokens, first: int) -> int | None:
    """The token after a match that starts at ``first``."""
    at = first - 1
    for number, element in enumerate(sequence):
        level = table.clause if element.gap else table.sentence
        near = [first] if number == 0 else range(at + 1, min(at + element.gap + 2, len(table)))
        good = (t for t in near if level[t] == level[first] and _stands_for(element, table.spelling(t)))
        at = next(good, -1)
        if at < 0:
            return None
    return at + 1


def by_looking(patterns: Sequence[Pattern], table: Tokens) -> list[Row]:
    """Every match, by trying every sequence at every token."""
    met = {
        (first, last, number)
        for number, pattern in enumerate(patterns)
        for sequence in pattern.sequences
        for first in range(len(table))
        if (last := _last(sequence, table, first)) is not None
    }
    return sorted(met)


WORD = st.sampled_from("a b c d ab ba abc A B Ab AB ; but . a, ,".split())
PART = st.sampled_from([*"a b c A Ab a* *b a*c *b* A* *B (a|b) (A*|b|*c) * curb+".split(), "(a|b c|d)", "(b|)"])
GAP = st.sampled_from(["", "", "~1", "~2", "~4"])


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """A pattern of one to four parts, some after a gap; not only wildcards."""
    text = draw(st.sampled_from(["a", "B", "(a|b)", "* b"]))
    for part in draw(st.lists(PART, max_size=3)):
        text += f" {draw(GAP)} {part}"
    return parse(text)


@given(st.lists(st.lists(WORD, max_size=20).map(" ".join), max_size=3), st.lists(patterns(), max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_matcher_agrees_with_looking_at_every_place(texts: list[str], wanted: list[Pattern]) -> None:
    table = token_table([f"x {text}" for text in texts])
    with interpreted():
        assert rows(Matcher(wanted)(table)) == by_looking(wanted, table)


@given(st.lists(WORD, min_size=1, max_size=12), st.lists(patterns(), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_the_order_of_patterns_changes_no_match(words: list[str], wanted: list[Pattern]) -> None:
    table = token_table(" ".join(words))

    def places(ordered: list[Pattern]) -> set[tuple[str, int, int]]:
        return {(ordered[pattern].text, first, last) for first, last, pattern in rows(Matcher(ordered)(table))}

    assert places(wanted) == places(wanted[::-1])


@given(st.lists(st.lists(WORD, min_size=1, max_size=12).map(" ".join), min_size=2, max_size=4), patterns())
@settings(max_examples=30, deadline=None)
def test_a_matcher_keeps_nothing_of_the_tokens_it_saw_before(texts: list[str], pattern: Pattern) -> None:
    kept = Matcher([pattern])
    for text in texts:
        table = token_table(text)
        assert rows(kept(table)) == rows(Matcher([pattern])(table))


@functools.cache
def demo() -> tuple[list[str], Tokens]:
    """The words of the demo texts, and their tokens."""
    lines = (ROOT / "data" / "demo" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    table = token_table([json.loads(line)["text"] for line in lines])
    return sorted({word for word in table.lower if word.isalpha() and len(word) > 3}), table


made_rules = benchmark("rules").made_rules


@pytest.mark.slow
def test_compiled_and_interpreted_find_the_same() -> None:
    words, table = demo()
    rules = made_rules(words)
    wanted = [next(rules) for _ in range(3000)]
    matcher = Matcher(wanted)
    with interpreted():
        slow, steps = matcher.counted(table)
        kept = longest(slow)
        if not compile_kernels():
            pytest.skip("numba is not here")
        fast, fast_steps = matcher.counted(table)
        assert rows(fast) == rows(slow) and fast_steps == steps and len(fast) > 1000
        assert longest(fast).tolist() == kept.tolist()


@given(st.lists(st.lists(WORD, min_size=1, max_size=8).map(" ".join), max_size=5), st.lists(patterns(), max_size=4))
@settings(max_examples=30, deadline=None)
def test_among_some_sentences_the_matches_are_those_that_begin_there(texts: list[str], wanted: list[Pattern]) -> None:
    table = token_table([f"x {text}" for text in texts])
    among = np.arange(len(table.sentences)) % 2 == 0
    everywhere = Matcher(wanted)(table)
    assert rows(Matcher(wanted)(table, among)) == rows(everywhere[among[table.sentence[everywhere.first]]])


@pytest.mark.parametrize("extra", ["", " b"])
def test_there_may_be_many_more_hits_than_places(extra: str) -> None:
    table = token_table("a b")
    many = [parse(f"(a|w{i}){extra}") for i in range(50)]
    assert rows(Matcher(many)(table)) == [(0, 1 + bool(extra), i) for i in range(50)]


# --- work grows with hits, not with rules ----------------------------------------------------------


def test_rules_whose_words_do_not_occur_cost_hardly_a_step() -> None:
    words, table = demo()
    rules = made_rules(words)
    few = [next(rules) for _ in range(300)]
    strange = made_rules([f"{word}q" for word in words], seed=1)
    many = few + [next(strange) for _ in range(9_700)]
    (hits, steps), (more, more_steps) = Matcher(few).counted(table), Matcher(many).counted(table)
    assert rows(hits) == rows(more) and len(hits) > 0
    assert steps <= more_steps <= 1.001 * steps  # first words share bits, and so some are looked at in vain


@pytest.mark.parametrize("number", [100, 1_000, 10_000])
def test_steps_are_the_places_to_begin_and_the_hits(number: int) -> None:
    words, table = demo()
    rules = made_rules(words)
    matcher = Matcher([next(rules) for _ in range(number)])
    hits, steps = matcher.counted(table)
    places = int((table.vocabulary.trait(matcher._trie.alphabet)[table.ids] > 0).sum())
    assert places <= steps <= 1.5 * (places + len(hits))


def test_ten_thousand_ways_on_from_a_word_are_searched_and_not_scanned() -> None:
    table = token_table("the end of the day and the end of the night " * 20)
    ways = [parse(f"the ({word}|way{i})") for i, word in enumerate(["end", *map("w{}".format, range(9_999))])]
    hits, steps = Matcher(ways).counted(table)
    assert len(hits) == 40 and steps <= 3 * 80


# --- the alphabet ----------------------------------------------------------------------------------


def test_spellings_that_are_the_same_to_all_patterns_share_a_symbol() -> None:
    alphabet = Alphabet([("curb", "cap"), ("Cap", "re*"), ("*d",)], roots=1, marks=np.array([[1], [2], [4]]))
    spellings = "curb CURB cap Cap red reed Red other".split()
    symbols = alphabet(Batch(spellings)).tolist()
    bounds, elements, marks = alphabet.tables
    sets = [elements[bounds[abs(s)] : bounds[abs(s) + 1]].tolist() for s in symbols]
    assert sets == [[0], [0], [0], [0, 1], [1, 2], [1, 2], [1, 2], []]
    assert [s > 0 for s in symbols] == [True, True, True, True, False, False, False, False]
    assert len(set(symbols)) == 4 and symbols[-1] == 0
    assert marks[np.abs(symbols), 0].tolist() == [1, 1, 1, 3, 6, 6, 6, 0]


# --- of overlapping matches, the longest -----------------------------------------------------------


def test_of_overlapping_matches_the_longest_stays_and_of_equals_the_earlier() -> None:
    hits = hits_of(["a b", "b c d", "d", "a"], token_table("a b c d"))
    kept = [(int(a), int(b)) for a, b, k in zip(hits.first, hits.last, longest(hits), strict=True) if k]
    assert kept == [(0, 1), (1, 4)]
    assert longest(hits_of(["a b", "b c"], token_table("a b c"))).tolist() == [True, False]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5), st.integers(0, 3)), max_size=12))
@settings(max_examples=80, deadline=None)
def test_the_longest_are_those_that_a_greedy_choice_takes(spans: list[Row]) -> None:
    ordered = sorted((first, first + length, pattern) for first, length, pattern in spans)
    first, last, pattern = np.array(ordered, dtype=np.int64).reshape(-1, 3).T.copy()
    taken: set[int] = set()
    expected = [False] * len(ordered)
    for i in sorted(range(len(ordered)), key=lambda i: (first[i] - last[i], first[i], pattern[i], i)):
        if taken.isdisjoint(range(first[i], last[i])):
            taken.update(range(first[i], last[i]))
            expected[i] = True
    assert longest(Hits(pattern.astype(np.int32), first, last)).tolist() == expected


def test_a_matcher_that_was_used_goes_to_a_worker() -> None:
    table = token_table("The curbs broke a rule; breaking rules")
    matcher = Matcher([parse("break* ~2 rules"), parse("curb+"), parse("*s")])
    assert rows(matcher(table)) == rows(pickle.loads(pickle.dumps(matcher))(table)) != []


def test_a_name_as_spelt_is_no_wildcard() -> None:
    table = token_table("AT&T and Yahoo ! or C * x")
    matcher = Matcher([Pattern(name, (literal(name),)) for name in ("AT&T", "Yahoo!")])
    assert [table.spelling(int(first)) for first in matcher(table).first] == ["AT&T", "Yahoo"]
