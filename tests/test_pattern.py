"""The pattern language: what it stands for, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.errors import ConfigurationError
from framing.pattern import Element, inflections, literal, parse, spell, split

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)


def words_of(text: str) -> list[list[tuple[str, ...]]]:
    """The words of each element of each sequence of a pattern."""
    return [[element.words for element in sequence] for sequence in parse(text).sequences]


def test_a_word_stands_for_itself() -> None:
    assert parse("curb").sequences == ((Element(("curb",)),),)


def test_a_group_of_words_is_one_element_and_phrases_are_sequences_of_their_own() -> None:
    assert words_of("(a|b) c") == [[("a", "b"), ("c",)]]
    assert words_of("(a|b c) d") == [[("a",), ("d",)], [("b",), ("c",), ("d",)]]


def test_an_empty_alternative_makes_a_group_optional() -> None:
    assert words_of("(very|) good") == [[("very",), ("good",)], [("good",)]]


def test_a_gap_belongs_to_the_word_after_it_and_passes_over_an_empty_alternative() -> None:
    assert [[e.gap for e in s] for s in parse("a ~3 (b|) c").sequences] == [[0, 3, 0], [0, 3]]
    assert [[e.gap for e in s] for s in parse("a ~1 (b c|d)").sequences] == [[0, 1], [0, 1, 0]]


def test_a_family_is_the_word_and_its_inflections() -> None:
    assert words_of("curb+") == [[("curb", "curbs", "curbed", "curbing")]]
    assert words_of("(curb+|ban)") == [[("curb", "curbs", "curbed", "curbing", "ban")]]


def test_the_order_of_alternatives_changes_nothing() -> None:
    one = {frozenset(element.words for element in s) for s in parse("(x y|z) w").sequences}
    other = {frozenset(element.words for element in s) for s in parse("(z|x y) w").sequences}
    assert one == other


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("rely", "rely relies relied relying"),
        ("reduce", "reduce reduces reduced reducing"),
        ("stop", "stop stops stopped stopping"),
        ("visit", "visit visits visited visiting"),
        ("lose", "lose loses lost losing"),
        ("overcome", "overcome overcomes overcame overcoming"),
        ("miss", "miss misses missed missing"),
        ("slash", "slash slashes slashed slashing"),
        ("die", "die dies died dying"),
        ("free", "free frees freed freeing"),
        ("delay", "delay delays delayed delaying"),
        ("supply", "supply supplies supplied supplying"),
        ("cut", "cut cuts cutting"),
        ("sell", "sell sells sold selling"),
        ("crisis", "crisis crises"),
        ("spin-off", "spin-off spin-offs spin-offed spin-offing"),
        ("control", "control controls controlled controlling"),
        ("face", "face faces faced facing"),
        ("tie", "tie ties tied tying"),
    ],
)
def test_inflections(word: str, forms: str) -> None:
    assert inflections(word) == tuple(forms.split())


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_a_word_is_the_first_of_its_inflections_and_each_stands_once(word: str) -> None:
    forms = inflections(word)
    assert forms[0] == word and len(set(forms)) == len(forms)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty pattern"),
        ("   ", "empty pattern"),
        ("(a|b", "not closed"),
        ("a)", "pair"),
        ("((a|b)|c)", "nest"),
        ("a|b", "parentheses"),
        ("~3 a", "between"),
        ("a ~3", "between"),
        ("a ~99 b", "at most"),
        ("a~3 b", "gap"),
        ("(a ~3 b|c)", "gap"),
        ("(a|)", "optional"),
        ("(a|) (b|)", "optional"),
        ("*", "wildcards"),
        ("* *", "wildcards"),
        ("pre(fix|lude)", "space"),
        ("(chip|wafer)s", "space"),
        ("(a|b)(c|d)", "space"),
        (" ".join("(a b|c d|e f|g h|i j|k l|m n|o p)" for _ in range(6)), "split it"),
    ],
)
def test_a_pattern_that_cannot_mean_anything_is_refused_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason) as caught:
        parse(text, "axis.yaml: rules.plus[1].match")
    assert str(caught.value).startswith("axis.yaml: rules.plus[1].match") and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Huawei’s", ["Huawei", "’s"]),
        ("companies’", ["companies", "’"]),
        ("(NVDA)", ["(", "NVDA", ")"]),
        ("“Yes,”", ["“", "Yes", ",", "”"]),
        ("U.S.", ["U.S."]),
        ("U.S.-led", ["U.S.-led"]),
        ("U.S.'s", ["U.S.", "'s"]),
        ("Inc.", ["Inc", "."]),
        ("4.0", ["4.0"]),
        ("$1.5", ["$", "1.5"]),
        ("7nm", ["7nm"]),
        ("0700.HK", ["0700.HK"]),
        ("home-grown", ["home-grown"]),
        ("isn’t", ["isn’t"]),
        ("AT&T", ["AT&T"]),
        ("H&M’s", ["H&M", "’s"]),
        ("R&D", ["R&D"]),
        ("and/or", ["and", "/", "or"]),
        ("wait...", ["wait", "..."]),
        ("GPT-4", ["GPT-4"]),
        ("2020-21", ["2020-21"]),
        ("50%", ["50", "%"]),
        ("华为公司", ["华为公司"]),
        ("chips—and", ["chips", "—", "and"]),
        ("O’Neill’s", ["O’Neill", "’s"]),
    ],
)
def test_how_a_word_falls_into_tokens(word: str, pieces: list[str]) -> None:
    assert [word[start:end] for start, end in split(word)] == pieces


@given(st.text(max_size=40).map(lambda text: "".join(text.split())))
@settings(max_examples=60, deadline=None)
def test_the_tokens_of_a_word_cover_it_in_order(word: str) -> None:
    assert "".join(word[start:end] for start, end in split(word)) == word


def test_odd_apostrophes_and_hyphens_are_spelt_straight() -> None:
    assert spell("isn’t") == "isn't" and spell("home‑grown") == "home-grown" == spell("home‐grown")


def test_a_name_is_its_tokens_and_nothing_in_it_is_special() -> None:
    assert [e.words for e in literal("C3.ai Inc.")] == [("C3.ai",), ("Inc",), (".",)]
    assert [e.words for e in literal("Disney+")] == [("Disney",), ("+",)]
