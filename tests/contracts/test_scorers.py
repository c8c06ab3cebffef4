"""One suite over every scorer in the registry, present and future: tools that find cues in tokens."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from conftest import Articles, Instruments, corpus, token_table
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.cli.registry import TOOLS
from framing.scoring import Scorer
from framing.signature import digest
from framing.tables import MODALITIES, SCALE, TONE, Cues, Mentions, Tokens

SCORERS = [(group, name) for group in ("sentiment", "frames") for name in sorted(TOOLS[group])]
"""A new scorer that needs an instrument of its own adds its field below, and nothing else."""

SENTENCES = st.sampled_from(
    [
        "Huawei made a breakthrough, but it still lags behind Nvidia.",
        "Best Buy may not be good at all!!",
        "TSMC no longer relies on China 🚀.",
        "The U.S. curbs could hurt Chinese firms.",
        "“We are cut off,” she said.",
        "It isn’t so bad, e\u0301h?",
        "While Intel lost its lead, United Airlines grew.",
        "They met in the town on Monday.",
    ]
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=5)
QUIET = ["They met in the town on Monday.", "It was in the room where he sat.", "Then he left by train."]


@pytest.fixture(scope="module", params=SCORERS, ids=["=".join(pair) for pair in SCORERS])
def scorer(request: pytest.FixtureRequest, instruments: Instruments) -> Any:
    group, name = request.param
    module, _, tool = str(TOOLS[group][name]).partition(":")
    cls = getattr(importlib.import_module(module), tool)
    needed = {"axes": instruments.axes, "lexicon": instruments.lexicon}
    return cls(**{f.name: needed[f.name] for f in dataclasses.fields(cls) if f.name in needed})


Reader = Callable[[Articles], tuple[Tokens, Mentions]]


@pytest.fixture(scope="module")
def read(instruments: Instruments) -> Reader:
    """Tokens and mentions of texts by the shipped roster; each answer is kept, because it takes a while."""
    known: dict[str, tuple[Tokens, Mentions]] = {}

    def made(articles: Articles) -> tuple[Tokens, Mentions]:
        key = repr(articles)
        if key not in known:
            table = token_table(articles)
            known[key] = (table, instruments.finder(corpus(articles), table))
        return known[key]

    return made


Row = tuple[Any, ...]
Found = Callable[[Articles], tuple[Tokens, Cues]]


@pytest.fixture(scope="module")
def find(scorer: Scorer, read: Reader) -> Found:
    """Tokens and cues of texts."""

    def found(articles: Articles) -> tuple[Tokens, Cues]:
        table, mentions = read(articles)
        return table, scorer(table, mentions)

    return found  # a function: hypothesis prints its arguments, and an instrument is a long read


def by_sentence(table: Tokens, found: Cues) -> list[list[Row]]:
    """The cues of each sentence, with tokens counted from its first."""
    rows: list[list[Row]] = [[] for _ in range(len(table.sentences))]
    for i in range(len(found)):
        first, last = int(found.first[i]), int(found.last[i])
        sentence = int(table.sentence[first])
        low = int(table.sentences.first_token[sentence])
        what = (found.measures[found.measure[i]], found.rules[found.rule[i]], first - low, last - low)
        how = (found.strength[i], found.modality[i], found.negated[i], found.bearer[i], found.amount[i])
        rows[sentence].append((*what, *(int(value) for value in how)))
    return rows


def test_a_scorer_is_a_frozen_tool_with_a_signature(scorer: Any) -> None:
    assert dataclasses.is_dataclass(scorer) and len(digest(scorer)) == 64
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(scorer, dataclasses.fields(scorer)[0].name, None)


def test_any_changed_number_of_a_scorer_changes_its_signature(scorer: Any) -> None:
    for field in dataclasses.fields(scorer):
        value = getattr(scorer, field.name)
        if isinstance(value, float) or value is None:
            changed = dataclasses.replace(scorer, **{field.name: 0.123})
            assert digest(changed) != digest(scorer), field.name


@given(texts=TEXTS)
@settings(max_examples=8, deadline=None)
def test_a_sentence_has_the_same_cues_wherever_it_stands(find: Found, texts: list[str]) -> None:
    """Locality, additivity and order at once: together, apart, backwards, and in one paragraph."""
    together = by_sentence(*find(texts))
    assert together == [row for text in texts for row in by_sentence(*find([text]))]
    assert sorted(map(repr, together)) == sorted(map(repr, by_sentence(*find(texts[::-1]))))
    assert together == by_sentence(*find(" ".join(texts)))


@given(texts=TEXTS)
@settings(max_examples=8, deadline=None)
def test_every_cue_is_whole_lies_in_one_sentence_and_in_order(find: Found, texts: list[str]) -> None:
    table, found = find(texts)
    assert (found.first < found.last).all() and (found.last <= len(table)).all()
    assert (table.sentence[found.first] == table.sentence[found.last - 1]).all()
    assert (np.diff(found.first) >= 0).all()
    assert np.isin(found.modality, range(len(MODALITIES))).all() and np.isin(found.bearer, [0, 1, 2]).all()
    assert found.amount.dtype == np.int32 and (found.amount != 0).all()
    for measure, strength, amount in zip(found.measure, found.strength, found.amount, strict=True):
        if found.measures[measure] == TONE:
            assert strength == 0
        else:
            assert strength in (1, 2) and 0 < amount <= SCALE


def test_calling_a_scorer_twice_changes_nothing(scorer: Scorer, read: Reader) -> None:
    texts = ["Huawei made a breakthrough, but it is bad news for Best Buy."]
    table, mentions = read(texts)
    before = [column.tobytes() for column in (table.ids, table.start, table.clause, mentions.first)]
    one, other = scorer(table, mentions), scorer(table, mentions)
    assert by_sentence(table, one) == by_sentence(table, other)
    assert before == [column.tobytes() for column in (table.ids, table.start, table.clause, mentions.first)]


def test_text_without_a_listed_word_has_no_cue(scorer: Scorer, read: Reader) -> None:
    assert len(scorer(*read(QUIET))) == 0


def test_no_article_has_no_cue(scorer: Scorer, read: Reader) -> None:
    found = scorer(*read([]))
    assert len(found) == 0 and found.measures


def total(scorer: Scorer, read: Reader, text: str) -> int:
    return int(scorer(*read([text])).amount.sum())


@pytest.mark.parametrize("frame", ["The chip is {}.", "It was {}, they said.", "(It is {}.)"])
def test_very_bad_bad_not_good_good_very_good(scorer: Scorer, read: Reader, frame: str) -> None:
    if TONE not in scorer(*read(QUIET)).measures:
        pytest.skip("a scorer of poles ranks no valence")
    words = ["very bad", "bad", "not good", "good", "very good"]
    tones = [total(scorer, read, frame.format(word)) for word in words]
    assert tones == sorted(tones) and len(set(tones)) == 5 and tones[2] < 0 < tones[3]
