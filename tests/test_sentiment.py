"""Sentiment: the baseline is VADER to the digit; the tone follows from its cues and sees no names."""

from __future__ import annotations

import json
import math
import os
import re
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np
import pytest
from conftest import ROOT, SHARED, Instruments, Tables, no_mentions, token_table
from hypothesis import given, settings
from hypothesis import strategies as st
from nasty_texts import TEXTS
from vader_generator import BLANKS, ODDITIES, sentences

from framing.kernel import compile_kernels, interpreted
from framing.kernel import vader as kernel
from framing.lexicon import Lexicon
from framing.mentions import Finder, Given
from framing.roster import Actor, Companies, Company
from framing.sentiment import Rules, Vader, baseline, score_strings
from framing.sentiment.units import Written
from framing.sentiment.vader import emojis, lexicon
from framing.tables import SCALE, Cues, Mentions, Tokens
from framing.vocabulary import Batch

SCORES = ("compound", "pos", "neu", "neg")


def plain_sum(values: Iterable[float], start: float = 0) -> float:
    """What ``sum`` is up to Python 3.11: left to right, uncompensated."""
    for value in values:
        start += value
    return start


@pytest.fixture(scope="module")
def package() -> Iterator[Any]:
    """The vaderSentiment package as it scores on Python 3.11."""
    from vaderSentiment import vaderSentiment

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vaderSentiment, "sum", plain_sum, raising=False)
        yield vaderSentiment.SentimentIntensityAnalyzer()


LEXICON = sorted(lexicon())
CASES = 20_000
SEEDS = int(os.environ.get("VADER_SEEDS", "10"))
"""Ten are 200,000 hostile sentences; ``VADER_SEEDS=50 make test`` tries a million."""


def assert_equal_to_the_package(texts: Sequence[str], package: Any) -> None:
    ours = score_strings(list(texts)) / SCALE
    for text, row in zip(texts, ours.tolist(), strict=True):
        theirs = package.polarity_scores(text)
        assert row == [theirs[name] for name in SCORES], text
        assert all(math.copysign(1, value) == 1 for value in row if value == 0), text


# --- the baseline ----------------------------------------------------------------------------------


def test_a_word_of_many_units_takes_time_by_its_length() -> None:
    table = token_table("😀" * 30_000)  # of quadratic time it would be minutes
    assert len(Vader()(table, NOBODY)) == 30_000


def test_the_lexicon_is_the_package_s(package: Any) -> None:
    assert lexicon() == package.lexicon
    assert emojis() == {emoji: text for emoji, text in package.emojis.items() if len(emoji) == 1}


def test_the_constants_are_the_package_s() -> None:
    from vaderSentiment.vaderSentiment import B_INCR, BOOSTER_DICT, C_INCR, N_SCALAR

    assert (kernel._BOOST, kernel._CAPITALS, kernel._NEGATED) == (B_INCR, C_INCR, N_SCALAR)
    assert {abs(scalar) for scalar in BOOSTER_DICT.values()} == {kernel._BOOST}


def test_no_emoji_is_white_space_or_ascii() -> None:
    """The table of kinds of characters is one: a space stands for an em dash, which nothing else can be."""
    assert not any(emoji.isspace() or emoji.isascii() for emoji in emojis())


@pytest.mark.parametrize("digits", [3, 4])
def test_numbers_are_rounded_as_python_rounds_them(digits: int) -> None:
    scale = 10**digits
    halves = (2 * np.arange(scale) + 1) / (2 * scale)
    near = [halves, np.nextafter(halves, 0), np.nextafter(halves, 1), np.arange(1, 65) / 64, [0.0, 1.0, 5e-324, 1e-9]]
    rng = np.random.default_rng(digits)
    for x in np.concatenate([*near, rng.random(20_000), rng.random(2000) * 1e-4]).tolist():
        assert kernel._rounded(x, scale) == round(round(x, digits) * scale), x


def test_valences_are_rounded_as_python_rounds_them() -> None:
    halves = np.arange(-2000, 2000) / 2
    for x in np.concatenate([halves, np.nextafter(halves, np.inf), np.nextafter(halves, -np.inf)]).tolist():
        assert kernel._half_even(x) == round(x), x


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_baseline_is_vader_on_hostile_sentences_compiled(seed: int, package: Any) -> None:
    """Compiled, where there is numba."""
    compile_kernels()
    assert_equal_to_the_package(list(sentences(CASES, 20261 + seed, LEXICON)), package)


def test_the_baseline_is_vader_on_hostile_sentences_interpreted(package: Any) -> None:
    with interpreted():
        assert_equal_to_the_package(list(sentences(4000, 7, LEXICON)), package)


@pytest.mark.parametrize("oddity", ODDITIES)
def test_the_baseline_is_vader_on_each_oddity(oddity: str, package: Any) -> None:
    """Every piece alone, and before and after what it can change."""
    frames = (
        "{}",
        "{} good",
        "{} bad deal",
        "good {}",
        "a b c {} GOOD thing",
        "{} x good",
        "{} x y bad",
        "bad but {} good!",
    )
    with interpreted():
        assert_equal_to_the_package([f.format(piece) for f in frames for piece in ODDITIES[oddity]], package)


@pytest.mark.parametrize("blank", BLANKS)
def test_the_baseline_is_vader_whatever_the_white_space(blank: str, package: Any) -> None:
    with interpreted():
        assert_equal_to_the_package([blank, f"{blank}not{blank}good{blank}😀{blank}bad", f"good{blank}"], package)


@pytest.mark.parametrize("compiled", [False, True])
def test_the_baseline_is_vader_on_nasty_texts(compiled: bool, package: Any) -> None:
    compile_kernels()
    with nullcontext() if compiled else interpreted():
        assert_equal_to_the_package(TEXTS, package)


PIECES = st.sampled_from([piece for pieces in ODDITIES.values() for piece in pieces] + LEXICON[::50])


@given(st.lists(st.one_of(st.text(max_size=30), st.lists(PIECES).map(" ".join)), max_size=5))
@settings(max_examples=300, deadline=None)
def test_the_baseline_is_vader_on_any_text(package: Any, texts: list[str]) -> None:
    with interpreted():
        assert_equal_to_the_package([text.encode("utf-8", "replace").decode() for text in texts], package)


WORDS = st.text(st.one_of(st.characters(), st.sampled_from("aZß.,!?'-’“—😀İΣ")), min_size=1, max_size=6)


@given(st.lists(st.one_of(PIECES, WORDS), min_size=1))
@settings(max_examples=300, deadline=None)
def test_words_are_looked_up_stripped_and_in_lower_case(texts: list[str]) -> None:
    words = " ".join(texts).encode("utf-8", "replace").decode().split() or ["x"]
    written = Written(Batch(words))
    inner = [word.strip(string.punctuation) for word in words]
    keys = [(bare if len(bare) > 2 else word).lower() for bare, word in zip(inner, words, strict=True)]
    assert written.keys.to_pylist() == keys
    for word, bits in zip(words, written.bits.tolist(), strict=True):
        if not {*word} & {*emojis()}:  # those are looked at in pieces
            assert bool(bits & kernel.CAPITALS) == word.isupper(), word
            assert bool(bits & kernel.NEGATES) == ("n't" in word.lower()), word
        assert bits >> kernel.BANGS & 7 == min(word.count("!"), 4)
        assert bits >> kernel.QUESTIONS & 7 == min(word.count("?"), 4)


DEVELOPMENT = ("nyt_sentences/dev", "sentfin/dev", "gold/dev", "semeval2017_task5/dev", "newsmtsc/train")


@pytest.mark.parametrize("path", DEVELOPMENT)
def test_the_baseline_is_vader_on_real_sentences(path: str, package: Any) -> None:
    file = SHARED / "data" / f"{path}.jsonl"
    if not file.exists():
        pytest.skip(f"the development sentences lie beside the repository, and {path} is not here")
    rows = [json.loads(row) for row in file.read_text(encoding="utf-8").splitlines()]
    (name,) = {"text", "sentence_normalized", "title"} & set(rows[0]) - ({"title"} if "text" in rows[0] else set())
    compile_kernels()
    assert_equal_to_the_package([row[name] for row in rows], package)


def test_the_baseline_of_a_table_is_that_of_its_sentences() -> None:
    table = token_table(list(TEXTS))
    strings = [table.string(i) for i in range(len(table.sentences))]
    assert baseline(table).tolist() == score_strings(strings).tolist()


# --- tone ------------------------------------------------------------------------------------------


def tone(score: Callable[..., Tables], *texts: str, **changes: Any) -> list[float]:
    """The tone of one-sentence texts."""
    scored = score(list(texts), **changes)["sentences"]
    assert len(scored) == len(texts)
    values: list[float] = scored["tone"].tolist()
    return values


def test_very_bad_is_below_bad_below_not_good_below_good_below_very_good(score: Callable[..., Tables]) -> None:
    ladder = ["very bad", "bad", "not good", "good", "very good"]
    for pattern in ("The chip is {}.", "Huawei’s new chip is {}, it said.", "“It is {},” said Ms. Doe."):
        tones = tone(score, *(pattern.format(words) for words in ladder))
        assert tones == sorted(tones) and len(set(tones)) == len(tones) and tones[2] < 0 < tones[3]


@pytest.mark.parametrize("form", ["isn't", "isn’t", "wasn’t", "isn‘t"])
def test_a_curly_apostrophe_negates_as_a_straight_one(form: str, score: Callable[..., Tables]) -> None:
    assert tone(score, f"The phone {form} good.")[0] < 0


def test_curly_quotes_and_dashes_hide_no_word(score: Callable[..., Tables]) -> None:
    straight, curly, dashed = tone(
        score, 'A "good, great" day, he said.', "A “good, great” day, he said.", "A day—good, great—he said."
    )
    assert straight == curly == dashed > 0


NAMES = ("Best Buy", "United Airlines", "Credit Suisse", "Waste Management", "Huawei", "Love Corp")


def roster_of(*names: str) -> Finder:
    """A roster of companies of these names."""
    rows = tuple(Company(Actor(name, "company"), ((name, False),), (), (), ()) for name in names)
    return Finder(Companies("mine", rows, "0" * 64))


@pytest.mark.parametrize("company", NAMES)
def test_a_name_has_no_valence(company: str, score: Callable[..., Tables]) -> None:
    texts = [f"The plant of {company} is in town.", f"{company}’s plant is in town.", f"({company})"]
    tables = score(texts, roster=roster_of(*NAMES))
    assert tables["mentions"]["actor"].tolist() == [company] * 3
    assert tables["sentences"]["tone"].tolist() == [0.0] * 3
    assert (tables["evidence"]["measure"] != "tone").all()


def test_renaming_a_company_changes_no_tone(score: Callable[..., Tables]) -> None:
    for pattern in (
        "{} is very good but its chips are not cheap!",
        "Nobody at {} was NOT happy with the terrible outcome.",
        "A lawsuit against {} was dismissed, and shares surged.",
        "Without {}, no supplier is safe.",
    ):
        tables = score([pattern.format(name) for name in NAMES], roster=roster_of(*NAMES))
        assert len(set(tables["sentences"]["tone"])) == 1


def test_plain_vader_sees_the_name(score: Callable[..., Tables]) -> None:
    text = "The plant of Best Buy is in town."
    scored = score(text, roster=roster_of(*NAMES), sentiment=Vader())["sentences"]
    assert scored["tone"].tolist() == scored["vader_compound"].tolist() == [0.6369]


@given(st.lists(st.lists(PIECES, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_plain_vader_as_tone_is_the_baseline(texts: list[str]) -> None:
    """But for the rounding of each valence to a ten-thousandth."""
    table = token_table([f"x {text}" for text in texts])
    found = Vader()(table, NOBODY)
    amounts = np.bincount(table.sentence[found.first], weights=found.amount, minlength=len(table.sentences))
    x = amounts / SCALE
    assert np.abs(x / np.sqrt(x * x + 15) - baseline(table)[:, 0] / SCALE).max() < 0.0003


def own_lexicon(**valences: float) -> Lexicon:
    return Lexicon("mine", valences, 0.1, "0" * 64)


NOBODY = no_mentions()


def cues(text: str, **valences: float) -> list[tuple[str, str, float, bool]]:
    """Each cue's word, rule, valence and whether it was negated, under VADER and these words."""
    table = token_table(text)
    found: Cues = Rules(own_lexicon(**valences))(table, NOBODY)
    return [
        (
            text[table.start[first] : table.end[last - 1]],
            found.rules[rule],
            amount / SCALE,
            bool(negated),
        )
        for first, last, rule, amount, negated in zip(
            found.first, found.last, found.rule, found.amount, found.negated, strict=True
        )
    ]


def test_the_overlay_wins_over_vader_word_by_word() -> None:
    assert cues("A good widget.", good=-1.0, widget=0.5) == [
        ("good", "mine: good", -1.0, False),
        ("widget", "mine: widget", 0.5, False),
    ]


def test_a_word_set_to_zero_is_out_even_in_capitals() -> None:
    assert cues("The GOOD deal is here.", good=0.0) == []


def test_a_cue_knows_its_word_without_its_punctuation() -> None:
    assert cues("It was (good), “good” and 'good'!")[0] == ("good", "vader: good", 1.9, False)


def test_a_negated_cue_says_so() -> None:
    ((word, rule, valence, negated),) = cues("It is not good.")
    assert (word, rule, negated) == ("good", "vader: good", True) and valence == pytest.approx(-1.406)


def test_marks_of_emphasis_are_a_cue_of_their_own() -> None:
    found = cues("It is good!!")
    assert [(rule, valence) for _, rule, valence, _ in found] == [("vader: good", 1.9), ("vader: emphasis", 0.584)]
    assert cues("It is here!!") == []


def test_cues_that_cancel_exactly_leave_nothing_for_emphasis() -> None:
    found = cues("up up up down down down!!", up=0.1, down=-0.1)
    assert sum(round(valence * SCALE) for _, _, valence, _ in found) == 0


@given(st.lists(PIECES, min_size=1, max_size=14))
@settings(max_examples=60, deadline=None)
def test_every_cue_lies_in_its_sentence(words: list[str]) -> None:
    table = token_table("x " + " ".join(words))
    found = Rules(own_lexicon(x=1.0))(table, NOBODY)
    assert (found.first < found.last).all() and (found.last <= len(table)).all()
    assert (table.sentence[found.first] == table.sentence[found.last - 1]).all()


@pytest.mark.parametrize(("cut", "labels"), [(0.05, [1, 0, -1]), (0.5, [0, 0, -1]), (0.9, [0, 0, 0])])
def test_a_label_is_the_sign_of_a_tone_that_reaches_the_cut(
    cut: float, labels: list[int], score: Callable[..., Tables]
) -> None:
    texts = ["It is a good day.", "It is a day.", "It is a horrible, terrible, awful day."]
    scored = score(texts, sentiment=Rules(own_lexicon(), cut))["sentences"]
    assert scored["tone_label"].tolist() == labels


def test_the_lexicon_s_cut_holds_unless_another_is_given(instruments: Instruments) -> None:
    assert Rules(instruments.lexicon).threshold == instruments.lexicon.cut
    assert Rules(instruments.lexicon, 0.7).threshold == 0.7 and Vader().threshold == 0.05


def test_a_name_that_starts_before_the_first_sentence_is_masked_where_it_is(score: Callable[..., Tables]) -> None:
    row = {"text": " Best Buy is here.", "mentions": [{"start": 0, "end": 9, "entity": "Best Buy"}]}
    tables = score([row], roster=Given())
    assert tables["sentences"]["tone"].tolist() == [0.0]
    assert tables["mentions"][["start", "end"]].to_numpy().tolist() == [[0, 9]]


# --- tone by another road --------------------------------------------------------------------------

STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": " "})
PERSON = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+(?: [A-Z]\.)*(?: [A-Z][a-z]+)+[^\s!?,;]*")
"""Two capitalised words or more inside a sentence, the last with what hangs on to it."""


def by_strings(tokens: Tokens, mentions: Mentions, own: Lexicon, package: Any) -> set[tuple[int, int, str, int]]:
    """Cues as (first, last, rule, amount) from the package's own valences of a veiled string (no emoji)."""
    from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentiText

    known = {**package.lexicon, **own.valences}
    known = {word: valence for word, valence in known.items() if valence or word not in own.valences}
    before, package.lexicon = package.lexicon, known
    rows = set()
    for i in np.flatnonzero(tokens.sentences.scored).tolist():
        text, base = tokens.string(i).translate(STRAIGHT), int(tokens.sentences.start[i])
        for k in np.flatnonzero((mentions.sentence == i) & ~mentions.inferred):
            low, high = int(mentions.start[k]) - base, int(mentions.end[k]) - base
            text = text[:low] + re.sub(r"\S", "_", text[low:high]) + text[high:]
        if not tokens.sentences.title[i]:
            text = PERSON.sub(lambda name: re.sub(r"\S", "_", name.group()), text)
        words = SentiText(text)
        units, found = words.words_and_emoticons, []
        for n, unit in enumerate(units):
            if unit.lower() in BOOSTER_DICT or [u.lower() for u in units[n : n + 2]] == ["kind", "of"]:
                found.append(0)
            else:
                found = package.sentiment_valence(0, words, unit, n, found)
        amounts = [round(valence * SCALE) for valence in package._but_check(units, found)]
        for unit, amount, span in zip(units, amounts, re.finditer(r"\S+", text), strict=True):
            low = span.start() + span.group().index(unit)
            if amount:
                rule = f"{own.name if unit.lower() in own.valences else 'vader'}: {unit.lower()}"
                rows.add((*covered(tokens, i, base + low, base + low + len(unit)), rule, amount))
        extra, total = round(package._punctuation_emphasis(text) * SCALE), sum(amounts)
        if extra and total:
            at = base + max(text.rfind("!"), text.rfind("?"))
            rows.add((*covered(tokens, i, at, at + 1), "vader: emphasis", extra if total > 0 else -extra))
    package.lexicon = before
    return rows


def covered(tokens: Tokens, sentence: int, start: int, end: int) -> tuple[int, int]:
    """The tokens that overlap characters ``start:end``."""
    inside = (tokens.sentence == sentence) & (tokens.start < end) & (tokens.end > start)
    places = np.flatnonzero(inside)
    return int(places[0]), int(places[-1]) + 1


def test_tone_is_the_package_s_on_veiled_strings(
    mentions: Callable[..., tuple[Tokens, Mentions]], instruments: Instruments, package: Any
) -> None:
    demo = sorted((ROOT / "data" / "demo").glob("*.jsonl"))
    texts = [json.loads(line)["text"] for file in demo for line in file.read_text(encoding="utf-8").splitlines()]
    texts += [text for text in TEXTS if not any(emoji in text for emoji in emojis())]
    texts += ["Its chief, Ann Love’s ally, met Joy B. Free! Then Hope Best, a Great Man, spoke to U.S. firm Apple!!"]
    table, names = mentions([" ".join(text.split()) for text in texts])  # a name goes on after any white space
    with interpreted():
        found = Rules(instruments.lexicon)(table, names)
    rows = zip(found.first.tolist(), found.last.tolist(), found.rule.tolist(), found.amount.tolist(), strict=True)
    ours = {(first, last, found.rules[rule], amount) for first, last, rule, amount in rows}
    assert len(ours) == len(found) > 500
    assert ours == by_strings(table, names, instruments.lexicon, package)


def test_a_name_is_veiled_with_the_rest_of_its_word(score: Callable[..., Tables]) -> None:
    """*Schmidt-backed* is no cue because of *backed*: without the name it would be none either."""
    assert tone(score, "It was said that Eric Schmidt-great was here.") == [0.0]
    assert tone(score, "It was said that the Schmidt great was here.")[0] > 0


def test_marks_of_a_name_do_not_emphasise(score: Callable[..., Tables]) -> None:
    found = roster_of("Yahoo!", "Yahoo")
    plain, inside, after = (
        tone(score, text, roster=found)[0]
        for text in ("The good Acme is here.", "The good Yahoo! is here.", "The good Acme! is here.")
    )
    assert plain == inside < after


@pytest.mark.parametrize("tool", ["rules", "vader"])
def test_cues_are_the_same_compiled(
    tool: str, mentions: Callable[..., tuple[Tokens, Mentions]], instruments: Instruments
) -> None:
    texts = [*TEXTS, *sentences(2000, 3, LEXICON)]
    chosen = Rules(instruments.lexicon) if tool == "rules" else Vader()
    with interpreted():
        table, names = mentions([f"Apple {text} Apple" for text in texts])
        expected = chosen(table, names)
    if not compile_kernels():
        pytest.skip("numba cannot be used here")
    found = chosen(table, names)
    for name in ("first", "last", "rule", "amount", "negated"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist(), name
    assert found.rules is expected.rules and len(found) > 2000
