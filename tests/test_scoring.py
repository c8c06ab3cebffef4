"""Scoring: a shard of articles to its tables; every article on its own, in any company and order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from conftest import Instruments, Tables, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.corpus import Lines, corpus_of
from framing.tables import (
    ARTICLES,
    EVIDENCE,
    Corpus,
    Survey,
    mentions_schema,
    scores_schema,
    sentences_schema,
)
from framing.text import Text

POLES = ("progress", "challenges", "self_reliance", "dependence")
AXES = ("progress_challenges", "self_reliance_dependence")
SCHEMAS = {
    "articles": ARTICLES,
    "sentences": sentences_schema(POLES),
    "mentions": mentions_schema(POLES),
    "evidence": EVIDENCE,
    "scores": scores_schema(POLES, AXES),
}

SENTENCES = st.sampled_from(
    [
        "Huawei made a breakthrough, but it still lags behind Nvidia.",
        "“We rely on foreign tools,” said Jane Doe, an analyst at Acme Research.",
        "According to Reuters, TSMC reduced its reliance on China.",
        "The company may face terrible shortages!",
        "It grew.",
        "Apple said its shares rose.",
        "She ate an Apple 🚀 in the U.S. and left.",
        "Chinese firms stockpiled chips ahead of the curbs; Beijing protested.",
        "“Is it over?” he asked.",
        "Ford Motor Co. hired many.",
        "Ford fell.",
        "Nothing happened.",
        "华为发布了芯片。",
        "Photo: Jo Doe",
        "\n\n",
    ]
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=6).map(" ".join).filter(lambda t: bool(t.strip()))
TITLES = st.sampled_from([None, "", "Huawei wins", "Good, good news for Apple shares"])
ROWS = st.lists(st.fixed_dictionaries({"text": TEXTS, "title": TITLES}), min_size=1, max_size=4)


Scored = Callable[[Corpus, Survey], dict[str, pa.Table]]


@pytest.fixture(scope="module")
def scoring(instruments: Instruments) -> Scored:
    tools = instruments.scoring(clean=Lines())

    def scored(articles: Corpus, survey: Survey) -> dict[str, pa.Table]:
        return tools(articles, survey)

    return scored  # a function: hypothesis prints its arguments, and all instruments are a long read


def numbered(rows: list[dict[str, Any]]) -> Corpus:
    return corpus([{"id": f"a{i}", "outlet": "Paper"} | row for i, row in enumerate(rows)])


def part_of(tables: dict[str, pa.Table], ids: list[str]) -> dict[str, pd.DataFrame]:
    """The rows of some articles, in their order."""
    frames = {name: table.to_pandas() for name, table in tables.items()}
    return {
        name: pd.concat([frame[frame["article"] == i] for i in ids], ignore_index=True)
        for name, frame in frames.items()
    }


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[name], check_exact=True)


@given(ROWS)
@settings(max_examples=10, deadline=None)
def test_every_table_has_its_declared_columns(scoring: Scored, rows: list[dict[str, Any]]) -> None:
    tables = scoring(numbered(rows), Survey())
    assert {name: table.schema for name, table in tables.items()} == SCHEMAS
    assert tables["articles"].column("article").to_pylist() == [f"a{i}" for i in range(len(rows))]
    for name in ("sentences", "evidence", "scores"):
        for column in tables[name].schema.names:
            if pa.types.is_floating(tables[name].schema.field(column).type):
                values = tables[name].column(column).to_pylist()
                assert not any(str(v) in ("-0.0", "nan", "inf", "-inf") for v in values)


@given(ROWS)
@settings(max_examples=10, deadline=None)
def test_offsets_point_into_the_text_as_given(scoring: Scored, rows: list[dict[str, Any]]) -> None:
    tables = scoring(numbered(rows), Survey())
    sentences = {(r["article"], r["sentence"]): r for r in tables["sentences"].to_pylist()}

    def source(row: dict[str, Any], part: str) -> str:
        given_ = rows[int(row["article"][1:])]
        return str(given_["title" if part == "title" else "text"])

    for row in tables["mentions"].to_pylist():
        assert source(row, row["part"])[row["start"] : row["end"]] == row["alias"]
        assert row["part"] == sentences[row["article"], row["sentence"]]["part"]
    for row in tables["evidence"].to_pylist():
        sentence = sentences[row["article"], row["sentence"]]
        assert source(row, sentence["part"])[row["start"] : row["end"]] == row["cue"]
        assert sentence["start"] <= row["start"] < row["end"] <= sentence["end"]


@given(ROWS, st.data())
@settings(max_examples=12, deadline=None)
def test_a_corpus_in_parts_or_in_another_order_scores_the_same(
    scoring: Scored, rows: list[dict[str, Any]], data: st.DataObject
) -> None:
    ids = [f"a{i}" for i in range(len(rows))]
    together = scoring(numbered(rows), Survey())
    order = data.draw(st.permutations(range(len(rows))))
    shuffled = corpus_of([{"id": ids[i], "outlet": "Paper"} | rows[i] for i in order])
    assert_same(part_of(together, ids), part_of(scoring(shuffled, Survey()), ids))
    for i, row in enumerate(rows):
        alone = scoring(corpus_of([{"id": ids[i], "outlet": "Paper"} | row]), Survey())
        assert_same(part_of(together, [ids[i]]), part_of(alone, [ids[i]]))


@pytest.mark.parametrize(
    "sentence",
    ["The chip is a breakthrough.", "Sales fell sharply, but costs fell too!", "Supplies are cut off."],
)
def test_a_sentence_scores_the_same_wherever_it_stands(sentence: str, score: Callable[..., Tables]) -> None:
    texts = [
        sentence,
        f"It rained. {sentence}",
        f"{sentence} It rained.",
        f"Huawei grew.\n\n{sentence}\n\nNvidia fell.",
    ]
    found = score(texts)["sentences"]
    starts = {f"a{i}": text.index(sentence) for i, text in enumerate(texts)}
    rows = found[found["start"] == found["article"].map(starts)]
    assert len(rows) == len(texts)
    for column in ("tone", "tone_label", "vader_compound", *POLES):
        assert rows[column].nunique() == 1


def test_silence_scores_0_with_full_exposure(score: Callable[..., Tables]) -> None:
    tables = score("The meeting was on Monday. It was in the town.")
    (row,) = tables["scores"][(tables["scores"]["actor"] == "*") & (tables["scores"]["voice"] == "all")].to_dict(
        "records"
    )
    assert row["n"] == 2 and row["tone"] == row["D_progress_challenges"] == row["I_progress_challenges"] == 0
    assert len(tables["evidence"]) == 0


def test_no_article_gives_empty_tables_with_their_columns(scoring: Scored) -> None:
    tables = scoring(corpus_of([]), Survey())
    assert {name: table.schema for name, table in tables.items()} == SCHEMAS
    assert all(table.num_rows == 0 for table in tables.values())


@pytest.mark.parametrize("title", [None, "", "  "])
@pytest.mark.parametrize("text", ["Photo: Jo Doe", "…", ".", "Photo: Jo Doe\n\nPhoto: Jo Doe\n\nRead more: this"])
def test_an_article_with_nothing_to_score_is_no_error(text: str, title: str | None, scoring: Scored) -> None:
    tables = scoring(numbered([{"text": text, "title": title}]), Survey())
    assert tables["articles"].num_rows == 1 and tables["evidence"].num_rows == 0
    assert set(tables["scores"].column("actor").to_pylist()) <= {"*", "(none)"}


def test_titles_are_scored_but_never_mixed_into_the_body(score: Callable[..., Tables]) -> None:
    body = {"text": "Huawei is here. It rained."}
    plain, titled = score(body), score(body | {"title": "Huawei makes a great breakthrough"})
    title = titled["sentences"][titled["sentences"]["part"] == "title"]
    assert title["progress"].tolist() == [1.0] and title["tone"].iloc[0] > 0 and not title["eligible"].any()
    pd.testing.assert_frame_equal(plain["scores"], titled["scores"])


def test_what_the_survey_drops_is_read_once(scoring: Scored) -> None:
    rows = [{"text": "Huawei grew."}, {"text": "Huawei grew."}]
    given_ = corpus_of([{"id": "a"} | row for row in rows])
    tables = scoring(given_, Survey(dropped=frozenset({1})))
    assert tables["articles"].num_rows == 1


def test_the_survey_s_stories_are_written_beside_the_articles(scoring: Scored) -> None:
    survey = Survey(story={"a1": "a0"}, copy={"a1": "reprint"})
    articles = scoring(numbered([{"text": "Huawei grew."}, {"text": "Huawei grew."}]), survey)["articles"]
    assert articles.column("story").to_pylist() == ["a0", "a0"]
    assert articles.column("copy").to_pylist() == ["original", "reprint"]


def test_kept_columns_go_to_the_article_table(scoring: Scored) -> None:
    given_ = corpus_of([{"text": "Huawei grew.", "section": "tech"}], keep=("section",))
    assert scoring(given_, Survey())["articles"].column("section").to_pylist() == ["tech"]


def test_one_axis_gives_the_columns_of_one_axis(instruments: Instruments) -> None:
    from framing.frames import Rules

    axes = instruments.axes[1:]
    tables = instruments.scoring(axes=axes, frames=Rules(axes))(corpus("Huawei relies on imports."), Survey())
    assert "dependence" in tables["sentences"].column_names and "progress" not in tables["sentences"].column_names
    assert tables["scores"].schema == scores_schema(POLES[2:], AXES[1:])
    none = instruments.scoring(axes=(), frames=Rules(()))(corpus("Huawei relies on imports."), Survey())
    assert none["scores"].schema == scores_schema((), ())


COMPANIES = (
    "Huawei",
    "Nvidia",
    "TSMC",
    "Intel",
    "SMIC",
    "Samsung",
    "BYD",
    "Tesla",
    "Apple",
    "Alibaba",
    "Tencent",
    "Baidu",
)


def test_a_vocabulary_that_grew_too_large_is_let_go_and_no_result_changes(
    instruments: Instruments, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So memory does not grow with the corpus."""
    shards = [corpus(f"{a} relies on {b}, and {a} grew. “It is good,” {b} said.") for a in COMPANIES for b in COMPANIES]
    whole = instruments.scoring(text=Text())
    expected = [whole(shard, Survey()) for shard in shards]
    monkeypatch.setattr("framing.text.reading.MOST_SPELLINGS", 10)
    text = Text()
    small = instruments.scoring(text=text)
    for shard, tables in zip(shards, expected, strict=True):
        assert small(shard, Survey()) == tables
        assert len(text._known[0].words) <= 10 + 12
    assert len(whole.text._known[0].words) > 30
