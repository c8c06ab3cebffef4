"""Sentiment: the baseline is VADER to the digit; the tone follows from its cues and sees no names."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pytest
from conftest import SHARED, Instruments, Tables, no_mentions, token_table
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.lexicon import Lexicon
from framing.mentions import Finder, Given
from framing.roster import Actor, Companies, Company
from framing.sentiment import Rules, Vader, baseline
from framing.tables import SCALE, Cues, Sentences, Tokens

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


def as_given(texts: list[str]) -> Tokens:
    """A table whose sentences are these strings, whole."""
    n = len(texts)
    none, part = np.zeros(0, dtype=np.int32), np.full(n, 2, dtype=np.int8)
    zero, count = np.zeros(n, dtype=np.int32), np.arange(n, dtype=np.int32)
    lengths = np.array([len(t) for t in texts], dtype=np.int32)
    bounds = np.zeros(n + 1, dtype=np.int64)
    sentences = Sentences(count, zero, zero, lengths, part, count, bounds, bounds)
    flags = np.zeros(0, dtype=bool)
    return Tokens((), (), none, none, none, none, none, flags, sentences, tuple(texts), ("",) * n)


def assert_equal_to_the_package(texts: list[str], package: Any) -> None:
    ours = baseline(as_given(texts)) / SCALE
    for text, row in zip(texts, ours.tolist(), strict=True):
        theirs = package.polarity_scores(text)
        assert row == [theirs[name] for name in SCORES], text
        assert all(math.copysign(1, value) == 1 for value in row if value == 0), text


# --- the baseline ----------------------------------------------------------------------------------

HOSTILE = [
    *"good bad great terrible love hate fine war like well super sux lol kind doubt no No NO nope fun sad".split(),
    *"GOOD BAD Great shit bomb heart right ass badass stop death die won't isn't isn’t ain't cannot not".split(),
    *"never without nor or and so this very really extremely barely kinda sorta almost MOST least at but BUT".split(),
    *"But but, but. however the a of I U.S. 3M 4 company sort just enough to for yeah kiss bus beating".split(),
    *"good, (good) “good” 'good' good! good? bad... no, so, OK! OK :) :( :D :-( <3 :-) ;) ^_^ XD d: ): 100%".split(),
    *"! !! !!!!! ? ?? ???? !? ... — – - ™ ® © 😀 😭 ❤ ❤️ 👍🏽 👩‍💻 💔good good💔 🙂🙃 \u200d \ufe0f".split(),
    *"fed up in the black red upper hand cut mustard hand-to-mouth back handed break leg under weather".split(),
    *"despite rarely seldom hardly slightly utterly UTTERLY VERY uh-uh n't don'tgood gr8 catch-22 cover-up".split(),
    *"the shit the bomb to die for kiss of death yeah right bus stop beating heart kind of sort of".split(),
    "at least",
    "the very least",
    "never so good",
    "never this bad",
    "without doubt",
    "without a doubt",
    "no doubt",
    "no problem",
    "no good or bad",
    "no good nor bad thing",
    "just enough",
    "fed up",
    "cut the mustard",
    "hand to mouth",
    "cooking with gas",
    "in the red",
]
BLANKS = [" ", "  ", "\t", "\n", "\u00a0", "\u2003", "\x1c", "\x85", "\u3000", "\r\n", "\x0b"]


def hostile(n: int, seed: int) -> list[str]:
    """Sentences made of what VADER stumbles over."""
    rng = np.random.default_rng(seed)
    texts = []
    for _ in range(n):
        words = [HOSTILE[i] for i in rng.integers(len(HOSTILE), size=rng.integers(1, 14))]
        shout = rng.random() < 0.1
        gaps = [BLANKS[i] if rng.random() < 0.1 else " " for i in rng.integers(len(BLANKS), size=len(words))]
        text = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
        text = text if rng.random() < 0.2 else text.rstrip() + str(rng.choice(["", ".", "!", "?!", "!!!", "??"]))
        texts.append(text.upper() if shout else text)
    return texts


def test_the_baseline_is_vader_on_hostile_sentences(package: Any) -> None:
    assert_equal_to_the_package(hostile(5000, seed=20261), package)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "!",
        "?!",
        "...",
        "The deal is good but the price is good and bad.",
        "Good good, but good but bad.",
        "no, it is good",
        "OK! It is :D fed up",
        "It is never so good and this good or so bad",
        "one two the shit hit",
        "It was one the bomb of good",
        "a b c kiss of death",
        "This is kind of good and sort of bad",
        "NO good and no bad and No harm",
        "I think it is GOOD in the U.S.",
        "at least good; the very least good; least good; It is least good",
        "never so bad, never this good, without doubt good, without good",
        "It ISN'T good, it isn’t good, couldn'tgood good",
        "™ ® © 😀 is ❤️ good💔bad 👍🏽",
        "Good\u00a0good\u2003bad\x1cgood\x85bad",
        "1.9 GOOD good -1.9 bad BAD",
        "good" * 300,
        "😀" * 10,
        "good bad " * 200,
    ],
)
def test_the_baseline_is_vader_on_its_quirks(text: str, package: Any) -> None:
    assert_equal_to_the_package([text], package)


@given(st.lists(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(HOSTILE)).map(" ".join)), max_size=5))
@settings(max_examples=60, deadline=None)
def test_the_baseline_is_vader_on_any_text(package: Any, texts: list[str]) -> None:
    assert_equal_to_the_package(texts, package)


def test_the_baseline_is_vader_on_real_sentences(package: Any) -> None:
    path = SHARED / "data" / "nyt_sentences" / "dev.jsonl"
    if not path.exists():
        pytest.skip("the development sentences lie beside the repository, and are not here")
    rows = path.read_text(encoding="utf-8").splitlines()
    assert_equal_to_the_package([json.loads(row)["text"] for row in rows], package)


# --- tone ------------------------------------------------------------------------------------------


def tone(score: Callable[..., Tables], *texts: str) -> list[float]:
    """The tone of one-sentence texts."""
    sentences = score(list(texts))["sentences"]
    assert len(sentences) == len(texts)
    values: list[float] = sentences["tone"].tolist()
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
    sentences = score(text, roster=roster_of(*NAMES), sentiment=Vader())["sentences"]
    assert sentences["tone"].tolist() == sentences["vader_compound"].tolist() == [0.6369]


@given(st.lists(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6))
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


@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=14))
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
    sentences = score(texts, sentiment=Rules(own_lexicon(), cut))["sentences"]
    assert sentences["tone_label"].tolist() == labels


def test_the_lexicon_s_cut_holds_unless_another_is_given(instruments: Instruments) -> None:
    assert Rules(instruments.lexicon).threshold == instruments.lexicon.cut
    assert Rules(instruments.lexicon, 0.7).threshold == 0.7 and Vader().threshold == 0.05


def test_a_name_that_starts_before_the_first_sentence_is_masked_where_it_is(score: Callable[..., Tables]) -> None:
    row = {"text": " Best Buy is here.", "mentions": [{"start": 0, "end": 9, "entity": "Best Buy"}]}
    tables = score([row], roster=Given())
    assert tables["sentences"]["tone"].tolist() == [0.0]
    assert tables["mentions"][["start", "end"]].to_numpy().tolist() == [[0, 9]]
