"""Laws of the room ``estimate``: cells, weights, totals, chance. Expected values are hand counts."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import yaml

from framing.errors import ConfigurationError, InputError
from framing.estimate import Estimate, parse_by
from framing.estimate.resample import resampled_sums, story_weights
from framing.tables import ARTICLES, CONTRASTS, ESTIMATES, scores_schema

AXES = {"axis": ("plus", "minus")}
SCORES = scores_schema(("plus", "minus"), ("axis",))
ACTORS = pa.table(
    {
        "actor": ["Acme", "Bolt", "China"],
        "kind": ["company", "company", "country"],
        "country": ["US", "US", None],
        "sector": ["chips", "cars", None],
    }
)
OUTLETS = pa.table({"outlet": ["Post", "Wire"], "kind": ["paper", "agency"], "country": ["UK", "UK"]})


def article(name: str, outlet: str | None = "Post", story: str = "", **more: Any) -> dict[str, Any]:
    """One row of the articles table; its own story unless one is given."""
    return {"article": name, "outlet": outlet, "story": story or name, "copy": "original"} | more


def score(name: str, actor: str = "*", n: int = 1, plus: float = 0.0, minus: float = 0.0, **more: Any) -> Any:
    """One row of the score table, sums in units; tone is the net unless given."""
    sums = {"sum_plus": plus, "sum_minus": minus, "sum_tone": plus - minus, "sum_vader": 0.0}
    return {"article": name, "actor": actor, "voice": "all", "part": "body", "n": n} | sums | more


def articles_table(rows: list[dict[str, Any]]) -> pa.Table:
    kept = sorted({key for row in rows for key in row} - set(ARTICLES.names))
    return pa.Table.from_pylist(rows, schema=pa.schema([*ARTICLES, *((key, pa.string()) for key in kept)]))


def estimate(
    scores: list[Any], articles: list[Any], *by: str, **settings: Any
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Estimates and contrasts as lists of rows."""
    tool = Estimate(by=by, **{"voices": ("all",)} | settings)
    tables = (pa.Table.from_pylist(scores, schema=SCORES), articles_table(articles), ACTORS, OUTLETS)
    estimates, contrasts, _ = tool(*tables, AXES)
    assert (estimates.schema, contrasts.schema) == (ESTIMATES, CONTRASTS)
    return estimates.to_pylist(), contrasts.to_pylist()


def values(rows: list[dict[str, Any]], measure: str = "D_axis") -> dict[tuple[str, str], float]:
    """(outlet, actor) → estimate of one measure."""
    return {(r["outlet"], r["actor"]): r["estimate"] for r in rows if r["measure"] == measure}


def random_study(stories: int, seed: int = 7) -> tuple[list[Any], list[Any]]:
    """Two outlets, three actors, some stories carried by both, zero-heavy quarters."""
    rng = np.random.default_rng(seed)
    scores, articles = [], []
    for s in range(stories):
        for copy in range(1 + int(rng.integers(0, 3) == 0)):
            name = f"a{s}-{copy}"
            articles.append(article(name, str(rng.choice(["Post", "Wire"])), f"s{s}", date="2026-03-01"))
            for actor in ("*", "(none)", *rng.choice(["Acme", "Bolt", "China"], 2, replace=False)):
                n = int(rng.integers(1, 9))
                sums = {p: float(rng.binomial(n, 0.2)) / 4 for p in ("plus", "minus")}
                felt = None if actor in ("*", "(none)") else float(rng.integers(-n, n + 1))
                scores.append(score(name, str(actor), n, **sums, sum_sentiment=felt))
    return scores, articles


def test_a_cell_is_the_mean_of_its_articles_and_sentence_weight_is_the_ratio_of_sums() -> None:
    scores = [score("a", n=4, plus=2), score("b", n=1, minus=1)]
    articles = [article("a"), article("b")]
    assert values(estimate(scores, articles, "outlet")[0]) == {("Post", "*"): pytest.approx(-0.25)}
    rows, _ = estimate(scores, articles, "outlet", weight="sentence")
    assert values(rows) == {("Post", "*"): pytest.approx(1 / 5)}
    assert {(r["n_articles"], r["n_stories"], r["n_sentences"]) for r in rows} == {(2, 2, 5)}


@pytest.mark.parametrize(("copies", "net"), [("one_per_story", 0.375), ("all", 0.6), ("originals", 0.5)])
def test_copies_share_the_weight_of_their_story(copies: str, net: float) -> None:
    # (3/4 + 0)/2 · 3/5 · without the reprint 2/4
    kinds = ["original", "reprint", "rewrite", "rewrite"]
    articles = [article(f"c{i}", story="s", copy=kind) for i, kind in enumerate(kinds)] + [article("z")]
    scores = [score(f"c{i}", plus=plus) for i, plus in enumerate((1, 1, 1, 0))] + [score("z")]
    rows, _ = estimate(scores, articles, "outlet", copies=copies)
    assert values(rows) == {("Post", "*"): pytest.approx(net)}


def test_a_pooled_cell_gives_a_story_weight_one_over_all_outlets() -> None:
    articles = [article("a", story="s"), article("b", "Wire", "s"), article("c", "Wire")]
    scores = [score("a", plus=1), score("b"), score("c")]
    rows, _ = estimate(scores, articles, "all", "outlet")
    assert values(rows) == {
        ("*", "*"): pytest.approx(0.25),  # (1/2 + 0)/2
        ("Post", "*"): 1.0,
        ("Wire", "*"): 0.0,
    }


def test_an_article_counts_once_in_a_cell_over_several_actors() -> None:
    scores = [score("a", "Acme", plus=1), score("a", "Bolt"), score("b", "Bolt"), score("b", "China", plus=1)]
    rows, _ = estimate(scores, [article("a"), article("b")], "actor.country", "actor")
    country = values([r for r in rows if r["by"] == "actor.country"])
    assert country == {("*", "US"): pytest.approx(0.25), ("*", "(unknown)"): 1.0}
    assert values([r for r in rows if r["by"] == "actor"])["*", "Bolt"] == 0.0


def test_missing_values_are_unknown_and_no_actor_stays_none() -> None:
    articles = [article("a", None, date="2026"), article("b", "Blog", date="2026-05-02", section="")]
    scores = [score("a"), score("b", plus=1), score("a", "(none)"), score("b", "Nobody Inc", plus=1)]
    rows, _ = estimate(scores, articles, "outlet.kind", "month", "year", "section", "actor.sector", "outlet")
    cells = {(r["by"], r["outlet"], r["actor"]) for r in rows}
    assert cells == {
        ("outlet.kind", "(unknown)", "*"),
        ("month", "(unknown)", "*"),
        ("month", "2026-05", "*"),
        ("year", "2026", "*"),
        ("section", "(unknown)", "*"),
        ("actor.sector", "*", "(none)"),
        ("actor.sector", "*", "(unknown)"),
        ("outlet", "(unknown)", "*"),
        ("outlet", "Blog", "*"),
    }


def test_rows_without_sentences_are_in_no_cell_and_sentiment_needs_an_actor() -> None:
    scores = [
        score("a"),
        score("a", "Acme", n=0),
        score("a", "Bolt", sum_sentiment=1.0),
        score("a", "(none)"),
    ]
    rows, _ = estimate(scores, [article("a")], "outlet × actor")
    assert {r["actor"] for r in rows} == {"Bolt", "(none)"}
    assert values(rows, "sentiment") == {("Post", "Bolt"): 1.0}


def test_totals_come_from_sums_over_stories() -> None:
    scores, articles = random_study(30)
    rows, _ = estimate(scores, articles, "outlet × actor")
    of = {a["article"]: a for a in articles}
    chosen = [s for s in scores if s["actor"] == "Acme" and of[s["article"]]["outlet"] == "Post"]
    copies = [sum(of[t["article"]]["story"] == of[s["article"]]["story"] for t in chosen) for s in chosen]
    p, m = (sum(s[k] / c for s, c in zip(chosen, copies, strict=True)) for k in ("sum_plus", "sum_minus"))
    here = ("Post", "Acme")
    assert values(rows, "B_axis")[here] == pytest.approx((p - m) / (p + m + 1))
    assert values(rows, "logodds_axis")[here] == pytest.approx(np.log((p + 0.5) / (m + 0.5)))
    assert values(rows, "ambivalence_axis")[here] == pytest.approx(2 * min(p, m) / (p + m))


def test_a_total_of_zero_has_a_row_without_a_number() -> None:
    rows, _ = estimate([score("a"), score("b")], [article("a"), article("b")], "outlet")
    empty = [r for r in rows if r["measure"] in ("B_axis", "logodds_axis", "ambivalence_axis")]
    assert [(r["estimate"], r["interval_method"], r["n_articles"]) for r in empty] == [(None, "none", 2)] * 3


def test_a_corpus_relative_net_is_the_net_minus_that_of_all_articles() -> None:
    rows, _ = estimate(*random_study(40), "all", "outlet", "actor")
    net, relative = values(rows), values(rows, "Dstar_axis")
    assert relative == {cell: pytest.approx(net[cell] - net["*", "*"], abs=1e-15) for cell in net}


def test_the_order_of_rows_changes_nothing_and_neither_does_a_second_run() -> None:
    scores, articles = random_study(90)
    by = ("all", "outlet", "actor", "actor.country*outlet.kind")
    once, again = estimate(scores, articles, *by), estimate(scores, articles, *by)
    rng = np.random.default_rng(1)
    shuffled = [[rows[i] for i in rng.permutation(len(rows))] for rows in (scores, articles)]
    assert once == again == estimate(shuffled[0], shuffled[1], *by)
    other = estimate(scores, articles, *by, seed=1)
    assert {r["interval_method"] for r in once[0]} == {"none", "t", "percentile"}
    assert [r["estimate"] for r in other[0]] == [r["estimate"] for r in once[0]]
    assert other != once
    assert values(once[0]).keys() >= {("agency", "US"), ("paper", "(unknown)")}
    assert list(dict.fromkeys(r["by"] for r in once[0]))[-1] == "outlet.kind × actor.country"


def test_swapping_the_poles_flips_the_net_and_nothing_else() -> None:
    scores, articles = random_study(80)
    swapped = [s | {"sum_plus": s["sum_minus"], "sum_minus": s["sum_plus"]} for s in scores]
    for row, mirror in zip(*(estimate(s, articles, "outlet")[0] for s in (scores, swapped)), strict=True):
        if row["measure"] in ("D_axis", "Dstar_axis"):
            assert mirror["estimate"] == pytest.approx(-row["estimate"], abs=1e-15)
            assert (mirror["low"], mirror["high"]) == pytest.approx((-row["high"], -row["low"]), abs=1e-12)
        elif row["measure"] == "I_axis":
            assert mirror == row


def test_a_percentile_interval_is_the_quantiles_of_the_resampled_cell() -> None:
    scores, articles = random_study(100)
    rows, _ = estimate(scores, articles, "all", draws=300)
    story = [a["story"] for a in articles]
    order = sorted(set(story))
    value = {s["article"]: (s["sum_plus"] - s["sum_minus"]) / s["n"] for s in scores if s["actor"] == "*"}
    means = [np.mean([value[a["article"]] for a in articles if a["story"] == s]) for s in order]
    rng = np.random.Generator(np.random.PCG64(20230517))
    draws = [np.mean(np.take(means, rng.integers(0, 100, size=100))) for _ in range(300)]
    net = next(r for r in rows if r["measure"] == "D_axis")
    assert net["interval_method"] == "percentile"
    assert (net["low"], net["high"]) == pytest.approx(tuple(np.quantile(draws, [0.025, 0.975])), abs=1e-8)


def test_story_weights_add_up_and_do_not_depend_on_how_many_are_drawn() -> None:
    weights = story_weights(50, 130, seed=3)
    assert np.all(weights.sum(axis=0) == 50)
    assert np.array_equal(weights[:, :70], story_weights(50, 70, seed=3))


def test_sums_stay_exact_beyond_what_a_float_holds() -> None:
    rng = np.random.default_rng(0)
    weights = story_weights(40, 5, seed=1)
    large = rng.integers(-(10**15), 10**15, (2, 40))
    exact = [[sum(int(v) * int(w) for v, w in zip(r, c, strict=True)) for c in weights.T] for r in large]
    assert resampled_sums(large, np.arange(40), weights).tolist() == exact


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("all", "all"),
        ("outlet x actor", "outlet × actor"),
        ("actor.country*outlet.kind", "outlet.kind × actor.country"),
        ("section × actor", "section × actor"),
        (" month ", "month"),
    ],
)
def test_sides_are_written_article_first(text: str, name: str) -> None:
    assert parse_by(text, ("section",)).name == name


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("outlets", "'outlet'"),
        ("actor.contry", "'actor.country'"),
        ("outlet × month", "two sides of one level"),
    ],
)
def test_an_unknown_side_is_refused_with_the_nearest_name(text: str, advice: str) -> None:
    with pytest.raises(ConfigurationError, match=advice):
        Estimate(by=(text,)).cells_of(())


@pytest.mark.parametrize(
    "settings", [{"voices": ("radio",)}, {"copies": "none"}, {"level": 95}, {"draws": 0}, {"by": ()}]
)
def test_impossible_settings_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=f"estimate.{next(iter(settings))}"):
        Estimate(**settings)


def test_a_score_of_an_unknown_article_is_refused() -> None:
    with pytest.raises(InputError, match="'b'"):
        estimate([score("b")], [article("a")], "all")


def test_notes_name_articles_that_stand_in_no_cell() -> None:
    tables = (
        pa.Table.from_pylist([score("a"), score("b", n=0), score("c")], schema=SCORES),
        articles_table([article("a"), article("b", n_eligible=0), article("c", copy="reprint", n_eligible=4)]),
    )
    *_, flow = Estimate(copies="originals")(*tables, ACTORS, OUTLETS, AXES)
    assert flow.rows == (
        ("note", "no scored sentence, in no cell", 1, 0),
        ("note", "reprint, left out of estimates", 1, 4),
    )


def test_no_scores_give_empty_tables() -> None:
    assert estimate([], [article("a")], "all", "outlet", "actor") == ([], [])


def test_the_shipped_settings_name_every_field_and_make_a_tool() -> None:
    conf = Path(__file__).parents[1] / "conf" / "estimate" / "default.yaml"
    shipped = yaml.safe_load(conf.read_text("utf-8")) | {"weight": "article"}
    fields = {field.name for field in dataclasses.fields(Estimate)}
    assert set(shipped) - {"tool"} == fields
    settings: Any = {k: tuple(v) if isinstance(v, list) else v for k, v in shipped.items() if k in fields}
    tool = Estimate(**settings)
    assert dataclasses.replace(tool, by=Estimate().by) == Estimate()
    assert len(tool.cells_of(())) == len(tool.by)
