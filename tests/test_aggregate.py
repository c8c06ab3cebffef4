"""Aggregate: evidence to scores to exact sums, recomputed here by another road."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from conftest import Instruments, Tables, corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.aggregate import Aggregate, tone_of
from framing.aggregate.score import label_of, poles_of, summed
from framing.corpus import Lines
from framing.errors import ConfigurationError
from framing.tables import SCALE, VOICE_GROUPS, VOICES, Survey

POLES = ("progress", "challenges", "self_reliance", "dependence")
AXES = {"progress_challenges": POLES[:2], "self_reliance_dependence": POLES[2:]}

ARTICLES: list[dict[str, Any]] = [
    {
        "text": "Huawei made a breakthrough in chips, but it still lags behind Nvidia.\n\n"
        "“We are cut off from foreign technology, and it hurts,” said Jane Doe, an analyst at Acme Research. "
        "“Our future is bright!”\n\n"
        "According to Reuters, TSMC and Samsung reduced their reliance on China. Nothing happened.\n\n"
        "The company may face terrible shortages, Tencent said. Great news!! It rained.",
        "title": "Huawei hails a breakthrough. Nvidia shrugs",
    },
    {"text": "Nobody was here. Nothing was said at all on that quiet day.", "title": ""},
    {
        "text": "Chinese firms rely heavily on imported tools, Beijing said. Sales soared. "
        "Tencent lost a fortune last year, but Baidu said that it had made a breakthrough.",
        "title": None,
    },
    {"text": "Photo: Jo Doe", "title": "A good day for Huawei"},
    {
        "text": "Xiaomi, Huawei and TSMC made great strides while Intel suffered a bad loss and a decline.\n\n"
        "“Intel has lost its lead,” the Financial Times wrote. Intel denied that it lags behind TSMC.",
        "title": "Chips: who leads?",
    },
]

Key = tuple[str, int]
Spoken = dict[Key, set[str]]


def clause_voices(instruments: Instruments, articles: list[dict[str, Any]]) -> Spoken:
    """The voices of the clauses of each (article, sentence)."""
    tools, given_ = instruments.scoring(clean=Lines()), corpus(articles)
    tokens = tools.text(given_, tools.clean(given_, Survey()))
    voices = tools.voice(tokens, tools.roster(given_, tokens), tools.outlets)
    s, ids = tokens.sentences, given_.column("article")
    return {
        (ids[s.article[i]], int(s.number[i])): {
            VOICES[v] for v in voices.clause[s.first_clause[i] : s.first_clause[i + 1]]
        }
        for i in range(len(s))
    }


@pytest.fixture(scope="module")
def tables(score: Callable[..., Tables]) -> Tables:
    made: Tables = score(ARTICLES, clean=Lines(), aggregate=Aggregate(parts=("body", "title")))
    return made


@pytest.fixture(scope="module")
def spoken(instruments: Instruments) -> Spoken:
    return clause_voices(instruments, ARTICLES)


def whole(value: float) -> int:
    """A value in whole ten-thousandths."""
    assert value * SCALE == pytest.approx(round(value * SCALE), abs=1e-6)
    return round(value * SCALE)


def rows_of(tables: Tables, name: str) -> list[dict[str, Any]]:
    """The rows of a table as dicts, missing values as None."""
    table = tables[name]
    records = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]


Scores = dict[str, int]


def scores_by_hand(rows: list[dict[str, Any]]) -> Scores:
    """Largest amount of each pole and the tone of the summed valences, of rows of evidence, each cue once."""
    cues = {(r["start"], r["end"], r["measure"], r["rule"]): whole(r["amount"]) for r in rows}
    found = dict.fromkeys(POLES, 0)
    total = 0
    for (_, _, measure, _), amount in cues.items():
        if measure == "tone":
            total += amount
        else:
            found[measure] = max(found[measure], amount)
    x = total / SCALE
    return found | {"tone": round(x / math.sqrt(x * x + 15) * SCALE)}


def test_a_sentence_s_score_is_the_stated_function_of_its_evidence(tables: Tables) -> None:
    evidence = defaultdict(list)
    for row in rows_of(tables, "evidence"):
        evidence[row["article"], row["sentence"]].append(row)
    assert len(evidence) > 8
    for row in rows_of(tables, "sentences"):
        by_hand = scores_by_hand(evidence[row["article"], row["sentence"]])
        assert {name: whole(row[name]) for name in by_hand} == by_hand
        assert all(0 <= row[pole] <= 1 for pole in POLES) and -1 <= row["tone"] <= 1


def test_an_actor_s_score_in_a_sentence_is_the_same_function_of_its_own_evidence(tables: Tables) -> None:
    evidence = defaultdict(list)
    for row in rows_of(tables, "evidence"):
        evidence[row["article"], row["sentence"], row["actor"]].append(row)
    for row in rows_of(tables, "mentions"):
        by_hand = scores_by_hand(evidence[row["article"], row["sentence"], row["actor"]])
        assert whole(row["sentiment"]) == by_hand.pop("tone")
        assert {pole: whole(row[pole]) for pole in POLES} == by_hand


def test_labels_are_the_signs_of_scores_that_reach_the_cut(tables: Tables, instruments: Instruments) -> None:
    def sign(value: float, cut: float) -> int:
        return 0 if abs(value) < cut else int(math.copysign(1, value))

    cut = instruments.lexicon.cut
    for row in rows_of(tables, "sentences"):
        assert row["tone_label"] == sign(row["tone"], cut)
    for row in rows_of(tables, "mentions"):
        assert row["sentiment_label"] == sign(row["sentiment"], cut)
    for row in rows_of(tables, "scores"):
        mean = row["sentiment"] if row["sentiment"] is not None else row["tone"] or 0.0
        assert row["label"] == sign(mean, cut)


def expected_scores(tables: Tables, spoken: Spoken) -> dict[tuple[str, str, str, str], Scores]:
    """(article, actor, voice, part) → n and sums, by plain loops over the other tables."""
    evidence, named = rows_of(tables, "evidence"), rows_of(tables, "mentions")
    found: dict[tuple[str, str, str, str], Scores] = {}
    ids = [row["article"] for row in rows_of(tables, "articles")]
    nothing = dict.fromkeys(("n", *POLES, "tone", "sentiment", "vader"), 0)
    for article in ids:
        for voice in VOICE_GROUPS:
            found[article, "*", voice, "body"] = dict(nothing)
    for s in rows_of(tables, "sentences"):
        part = "title" if s["part"] == "title" else "body"
        if not s["eligible"] and part == "body":
            continue
        key = (s["article"], s["sentence"])
        here = [r for r in evidence if (r["article"], r["sentence"]) == key]
        actors = {r["actor"] for r in named if (r["article"], r["sentence"]) == key}
        for voice, group in VOICE_GROUPS.items():
            heard = [r for r in here if r["voice"] in group]
            if not heard and not spoken[key] & set(group):
                continue
            sentence = scores_by_hand(heard)
            for actor in {"*", *(actors or {"(none)"})}:
                own = heard if actor in ("*", "(none)") else [r for r in heard if r["actor"] == actor]
                cell = found.setdefault((s["article"], actor, voice, part), dict(nothing))
                mine = scores_by_hand(own)
                cell["n"] += 1
                for pole in POLES:
                    cell[pole] += mine[pole]
                cell["tone"] += sentence["tone"]
                cell["sentiment"] += mine["tone"] if actor not in ("*", "(none)") else 0
                cell["vader"] += whole(s["vader_compound"])
    return found


def test_the_score_table_is_the_sums_over_sentences_by_article_actor_and_voice(tables: Tables, spoken: Spoken) -> None:
    expected = expected_scores(tables, spoken)
    rows = rows_of(tables, "scores")
    assert len({(r["article"], r["actor"], r["voice"], r["part"]) for r in rows}) == len(rows) == len(expected)
    for row in rows:
        cell = expected[row["article"], row["actor"], row["voice"], row["part"]]
        assert row["n"] == cell["n"]
        sums = {name: whole(row[f"sum_{name}"] or 0) for name in (*POLES, "tone", "sentiment", "vader")}
        assert sums == {name: cell[name] for name in sums}, row
        assert (row["sum_sentiment"] is None) == (row["actor"] in ("*", "(none)"))


def test_means_are_sums_over_n_and_missing_where_n_is_0(tables: Tables) -> None:
    for row in rows_of(tables, "scores"):
        means = {f"mean_{pole}": row[f"sum_{pole}"] for pole in POLES}
        means |= {"tone": row["sum_tone"], "sentiment": row["sum_sentiment"], "vader": row["sum_vader"]}
        for axis, (plus, minus) in AXES.items():
            means[f"D_{axis}"] = row[f"sum_{plus}"] - row[f"sum_{minus}"]
            means[f"I_{axis}"] = row[f"sum_{plus}"] + row[f"sum_{minus}"]
        for name, total in means.items():
            if row["n"] == 0 or total is None:
                assert row[name] is None
            else:
                assert row[name] == pytest.approx(total / row["n"], abs=1e-12)


def test_every_article_has_a_row_in_every_voice_even_an_empty_one(tables: Tables) -> None:
    rows = [r for r in rows_of(tables, "scores") if r["actor"] == "*" and r["part"] == "body"]
    assert [(r["article"], r["voice"]) for r in rows] == [(f"a{i}", v) for i in range(5) for v in VOICE_GROUPS]
    assert {r["n"] for r in rows if r["article"] == "a3"} == {0}


def test_all_voices_are_no_sum_of_the_others_but_each_is_part_of_all(tables: Tables) -> None:
    n = {(r["article"], r["actor"], r["voice"], r["part"]): r["n"] for r in rows_of(tables, "scores")}
    for (article, actor, voice, part), count in n.items():
        assert count <= n[article, actor, "all", part]
        if voice in ("quote", "paraphrase", "medium"):
            assert count <= n[article, actor, "sources", part]
    whole_article = [n["a2", "*", voice, "body"] for voice in ("all", "outlet", "sources")]
    assert whole_article == [3, 2, 2]


def test_titles_have_rows_of_their_own_only_on_request(tables: Tables, score: Callable[..., Tables]) -> None:
    assert set(tables["scores"]["part"]) == {"body", "title"}
    plain = score(ARTICLES, clean=Lines())["scores"]
    body = tables["scores"][tables["scores"]["part"] == "body"].reset_index(drop=True)
    assert plain.equals(body)


def test_sentences_that_name_nobody_are_those_of_none(tables: Tables) -> None:
    rows = [r for r in rows_of(tables, "scores") if r["voice"] == "all" and r["part"] == "body"]
    silent = {r["article"]: r["n"] for r in rows if r["actor"] == "(none)"}
    assert silent["a1"] == 2 and "a3" not in silent


def test_articles_count_their_sentences_and_tokens(tables: Tables) -> None:
    articles = rows_of(tables, "articles")
    text = [r for r in rows_of(tables, "sentences") if r["part"] != "title"]
    for row in articles:
        own = [r for r in text if r["article"] == row["article"]]
        assert row["n_sentences"] == len(own) and row["n_eligible"] == sum(r["eligible"] for r in own)
    assert articles[1]["n_tokens"] == 14 and articles[3]["n_tokens"] == 0


def test_cues_stand_as_they_are_written(score: Callable[..., Tables]) -> None:
    text = "“Huawei’s isn’t a BAD phone,” it said — it relies\n on  foreign tools, isn't it? Bad! Très bad."
    tables = score({"text": text, "title": "“Bad” – it relies on  foreign tools"})
    texts = {"body": text, "title": "“Bad” – it relies on  foreign tools"}
    part = {r["sentence"]: "title" if r["part"] == "title" else "body" for r in rows_of(tables, "sentences")}
    rows = rows_of(tables, "evidence")
    assert [r["cue"] for r in rows] == [texts[part[r["sentence"]]][r["start"] : r["end"]] for r in rows]
    assert {"BAD", "Bad", "bad"} < {r["cue"] for r in rows} and any(" " in r["cue"] for r in rows)


# --- the stated functions --------------------------------------------------------------------------


@given(st.lists(st.integers(-400_000, 400_000), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_tone_is_odd_increasing_and_bounded(totals: list[int]) -> None:
    values = np.array(sorted(totals), dtype=np.int64)
    tones = tone_of(values)
    assert (tone_of(-values) == -tones).all() and (np.abs(tones) <= SCALE).all() and (np.diff(tones) >= 0).all()
    assert tones.dtype == np.int64 and tone_of(np.array([0])).tolist() == [0]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 10_000)), max_size=20))
@settings(max_examples=60, deadline=None)
def test_poles_are_maxima_and_totals_sums_in_any_order(rows: list[tuple[int, int, int]]) -> None:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    largest = poles_of(table[:, 0], table[:, 1], table[:, 2], 4, 2)
    total = summed(table[:, 0], table[:, 2], 4)
    for unit in range(4):
        assert total[unit] == sum(a for u, _, a in rows if u == unit)
        for pole in range(2):
            assert largest[pole, unit] == max((a for u, p, a in rows if (u, p) == (unit, pole)), default=0)
    backwards = table[::-1]
    assert (poles_of(backwards[:, 0], backwards[:, 1], backwards[:, 2], 4, 2) == largest).all()


def test_a_label_needs_the_cut_and_a_cut_of_0_gives_0_only_for_0() -> None:
    scores = np.array([-5000, -499, 0, 499, 500])
    assert label_of(scores, 0.05).tolist() == [-1, 0, 0, 0, 1]
    assert label_of(scores, 0.0).tolist() == [-1, -1, 0, 1, 1]


@pytest.mark.parametrize("parts", [(), ("body", "body")])
def test_parts_are_body_and_title_each_once(parts: tuple[Any, ...]) -> None:
    with pytest.raises(ConfigurationError, match=r"aggregate\.parts"):
        Aggregate(parts=parts)
