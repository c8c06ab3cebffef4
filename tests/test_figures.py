"""The figures room: what it draws, what it says about it, and that it does so the same way twice."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from framing.errors import ConfigurationError
from framing.figures import AxisInfo, Drawn, Figures, Tables
from framing.figures.labels import place
from framing.figures.style import look, shorten
from framing.tables import CONTRASTS, ESTIMATES

PROGRESS = AxisInfo("progress_challenges", "progress vs. challenges", "progress", "challenges")
SELF = AxisInfo("self_reliance_dependence", "self-reliance vs. dependence", "self_reliance", "dependence")
AXES = [PROGRESS, SELF]
OUTLETS = (
    "Financial Times", "Reuters", "South China Morning Post", "Global Times", "The Wall Street Journal",
    "Frankfurter Allgemeine Zeitung", "The New York Times International Edition", "Nikkei Asia",
    "Taipei Times", "Caixin Global", "The Economist", "A&B_C %$#",
)  # fmt: skip
COMPANIES = (
    "TSMC", "Huawei", "Nvidia", "SMIC", "Samsung Electronics", "Intel", "ASML", "Alibaba", "Tencent",
    "BYD", "CATL", "Tesla", "Apple", "Micron", "Qualcomm", "Xiaomi", "Baidu", "ByteDance",
    "Yangtze Memory Technologies", "Hon Hai Precision Industry",
)  # fmt: skip


MONTHS = tuple(f"2023-{month:02d}" for month in range(1, 13) if month != 8)
FEW_OUTLETS, FEW_COMPANIES = OUTLETS[:5], COMPANIES[:6]


def run(
    outlets: Sequence[str] = FEW_OUTLETS,
    companies: Sequence[str] = FEW_COMPANIES,
    months: Sequence[str] = MONTHS,
    *,
    seed: int = 1,
    zero: bool = False,
) -> dict[str, pd.DataFrame]:
    """The tables of a run with made-up but likely estimates: long tails of n, small cells, three voices."""
    rng = np.random.default_rng(seed)
    cells = [("outlet", o, "*", int(n)) for o, n in zip(outlets, rng.pareto(1, len(outlets)) * 30 + 3, strict=True)]
    sizes = rng.pareto(1, len(companies)) * 40 + 2
    cells += [("actor", "*", c, int(n)) for c, n in zip(companies, sizes, strict=True)]
    cells += [
        ("outlet × actor", o, c, int(n)) for o in outlets for c in companies for n in [rng.pareto(0.8) * 6] if n >= 1
    ]
    cells += [("month", m, "*", int(n)) for m, n in zip(months, rng.pareto(2, len(months)) * 60 + 1, strict=True)]
    cells += [("outlet", "(unknown)", "*", 7), ("actor", "*", "(none)", 40), ("month", "(undated)", "*", 12)]
    rows = [row for cell in cells for row in _rows(rng, *cell, zero=zero)]
    estimates = pa.Table.from_pylist(rows, schema=ESTIMATES).to_pandas()
    articles = pd.DataFrame({
        "article": [f"a{i}" for i in range(400)],
        "story": [f"s{i // 2}" for i in range(400)],
        "date": [None if i < 12 else "2023-05-01" for i in range(400)],
    })  # fmt: skip
    scores = pd.DataFrame({"article": articles["article"], "actor": "*", "voice": "all", "n": [0, 0, 0] + [9] * 397})
    actors = pd.DataFrame({"actor": [*companies, "China"], "kind": ["company"] * len(companies) + ["country"]})
    return {"estimates": estimates, "scores": scores, "articles": articles, "actors": actors}


def _rows(rng: np.random.Generator, by: str, outlet: str, actor: str, n: int, *, zero: bool) -> list[dict[str, object]]:
    """Estimates of one cell: each measure in each voice."""
    rows: list[dict[str, object]] = []
    stories = 1 if n < 4 else int(n * 0.8)
    for axis in AXES:
        lean = rng.normal(0.03, 0.06)
        base = abs(rng.normal(0.15, 0.04))
        for voice, shift in (
            ("all", 0.0),
            ("outlet", rng.normal(0, 0.03)),
            ("sources", rng.normal(0.02, 0.04)),
        ):
            plus, minus = max(base + lean + shift, 0.0), max(base - lean, 0.0)
            values = {
                axis.net: plus - minus,
                axis.positive: plus,
                axis.negative: minus,
                "tone": lean,
                "vader": 0.2,
            }
            for measure, estimate in values.items():
                half = 0.5 / np.sqrt(stories) * (6 if stories < 4 else 1) * (1 if measure[0] == "D" else 0.4)
                value = 0.0 if zero else estimate
                known = stories > 1 and not zero
                rows.append({
                    "by": by, "outlet": outlet, "actor": actor, "voice": voice, "copies": "one_per_story",
                    "weight": "article", "part": "body", "measure": measure, "estimator": "naive",
                    "corrected": False, "estimate": value, "low": value - half if known else None,
                    "high": value + half if known else None, "interval_method": "t" if known else "none",
                    "n_articles": n, "n_stories": stories, "n_sentences": n * 12,
                })  # fmt: skip
    return rows


def draw(tables: dict[str, pd.DataFrame], axes: Sequence[AxisInfo] = AXES, **settings: object) -> dict[str, Drawn]:
    """Figures of these tables by name, as SVG only unless said otherwise; any warning is an error."""
    figures = Figures(**({"formats": ("svg",)} | settings))  # type: ignore[arg-type]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return {d.name: d for d in figures(**tables, axes=axes, stamp="unvalidated")}


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return run()


@pytest.fixture(scope="module")
def drawn(tables: dict[str, pd.DataFrame]) -> dict[str, Drawn]:
    return draw(tables)


def test_every_figure_is_drawn_with_its_numbers_caption_and_alternative(drawn: dict[str, Drawn]) -> None:
    assert list(drawn) == [
        "ranking_progress_challenges", "ranking_actors_progress_challenges",
        "ranking_self_reliance_dependence", "ranking_actors_self_reliance_dependence",
        "heatmap_progress_challenges", "heatmap_self_reliance_dependence", "compass",
        "timeline_progress_challenges", "timeline_self_reliance_dependence",
    ]  # fmt: skip
    for figure in drawn.values():
        assert not figure.skipped
        assert figure.files["svg"].startswith(b"<?xml")
        assert figure.numbers["drawn"].any()
        assert figure.alt.endswith(".")
        assert "framing cues in the text" in figure.caption.lower()
        assert "95 %" in figure.caption
        assert "clustered by story" in figure.caption
        assert "bias" not in figure.caption


def test_the_numbers_drawn_are_the_estimates(drawn: dict[str, Drawn], tables: dict[str, pd.DataFrame]) -> None:
    e = tables["estimates"]
    for _, row in drawn["ranking_progress_challenges"].numbers.iterrows():
        own = e[(e["by"] == "outlet") & (e["outlet"] == row["outlet"])].set_index(["voice", "measure"])
        for measure in PROGRESS.measures:
            for end, column in (("", "estimate"), ("_low", "low"), ("_high", "high")):
                np.testing.assert_equal(row[f"{measure}{end}"], own.loc[("all", measure), column])
        assert row[f"{PROGRESS.net}_sources"] == own.loc[("sources", PROGRESS.net), "estimate"]
        assert row["n_articles"] == own.loc[("all", PROGRESS.net), "n_articles"]


def test_the_order_of_the_estimates_changes_nothing(drawn: dict[str, Drawn], tables: dict[str, pd.DataFrame]) -> None:
    shuffled = tables | {"estimates": tables["estimates"].sample(frac=1, random_state=3)}
    for name, figure in draw(shuffled, names=("ranking", "compass")).items():
        assert figure.files == drawn[name].files
        pd.testing.assert_frame_equal(figure.numbers, drawn[name].numbers)


def test_a_ranking_is_in_the_order_of_its_net_and_names_nobody_unnamed(drawn: dict[str, Drawn]) -> None:
    numbers = drawn["ranking_progress_challenges"].numbers
    assert numbers[PROGRESS.net].is_monotonic_decreasing
    assert set(numbers["outlet"]) == set(FEW_OUTLETS)
    assert "7 articles without an outlet not drawn" in drawn["ranking_progress_challenges"].caption


def test_the_largest_are_drawn_and_the_rest_stays_in_the_table() -> None:
    outlets = [f"Outlet {i}" for i in range(60)]
    figure = draw(run(outlets, COMPANIES[:2]), names=("ranking",))["ranking_progress_challenges"]
    numbers = figure.numbers
    assert len(numbers) == 60
    assert numbers["drawn"].sum() == 25
    assert numbers.loc[numbers["drawn"], "n_articles"].min() >= numbers.loc[~numbers["drawn"], "n_articles"].max()
    assert "35 further outlets" in figure.caption


def test_only_companies_are_ranked_where_kinds_are_known(tables: dict[str, pd.DataFrame]) -> None:
    known = tables | {"actors": tables["actors"].replace({"kind": {"company": "sector"}})}
    figure = draw(known, names=("ranking",))["ranking_actors_progress_challenges"]
    assert figure.skipped
    assert figure.notes == ("ranking_actors_progress_challenges skipped: no company has an estimate",)
    unknown = {key: table for key, table in tables.items() if key != "actors"}
    figure = draw(unknown, names=("ranking",))["ranking_actors_progress_challenges"]
    assert figure.caption.count("actors by net score") == 1


@pytest.mark.parametrize(
    ("outlets", "companies", "months"),
    [(0, 0, 0), (1, 0, 1), (0, 1, 0), (1, 1, 1), (2, 2, 2), (3, 0, 3)],
)
def test_a_small_corpus_gives_what_there_is_and_says_what_is_missing(outlets: int, companies: int, months: int) -> None:
    tables = run(OUTLETS[:outlets], COMPANIES[:companies], ["2023-01", "2023-05", "2023-06"][:months])
    for figure in draw(tables).values():
        assert figure.skipped == ("skipped" in " ".join(figure.notes))
        assert figure.skipped == figure.numbers.empty


def test_an_empty_run_draws_nothing_and_crashes_nowhere(tables: dict[str, pd.DataFrame]) -> None:
    empty = {key: table.head(0) for key, table in tables.items()}
    assert all(figure.skipped for figure in draw(empty).values())
    assert len(Tables()(empty["estimates"], contrasts().head(0), FLOW.head(0), AXES)) == 4


def test_scores_that_are_all_zero_are_drawn() -> None:
    for figure in draw(run(OUTLETS[:3], COMPANIES[:3], zero=True)).values():
        assert not figure.skipped


def test_a_compass_needs_two_axes(tables: dict[str, pd.DataFrame]) -> None:
    figure = draw(tables, AXES[:1], names=("compass",))["compass"]
    assert figure.notes == ("compass skipped: it needs two axes, the run has 1",)


def test_hostile_names_are_drawn_as_they_are() -> None:
    outlets = ["A&B_C %$#", "$x^2$ and $", "Line\nbreak\tNews", "<svg>&amp;", "  ", "N" * 60, "N" * 59 + "M"]
    figure = draw(run(outlets, COMPANIES[:2], ()), AXES[:1])["ranking_progress_challenges"]
    assert set(figure.numbers["outlet"]) == set(outlets)
    foreign = draw(run(["新华社", "Reuters"], COMPANIES[:3]), names=("ranking",))["ranking_progress_challenges"]
    assert foreign.notes == ("the font lacks characters of: 新华社",)


def test_names_are_shortened_with_an_ellipsis_and_stay_apart() -> None:
    names = ["Short", "A" * 60 + "x", "A" * 60 + "y", "B" * 60, "C" * 60, "C" * 60]
    short = shorten(names, 20)
    assert short[0] == "Short"
    assert len(set(short)) == len(names)
    assert all(len(name) <= 20 for name in short)
    assert all("…" in name for name in short[1:5])


def test_a_missing_month_is_a_gap_and_undated_articles_are_counted(drawn: dict[str, Drawn]) -> None:
    figure = drawn["timeline_progress_challenges"]
    assert "2023-08" not in set(figure.numbers["month"])
    assert "Gaps: 1 month without an article." in figure.caption
    assert "12 articles without a month not drawn." in figure.caption


def test_a_long_span_is_drawn_by_the_coarser_period(tables: dict[str, pd.DataFrame]) -> None:
    months = [f"{year}-01" for year in range(2000, 2020)]
    made = run(OUTLETS[:1], (), months)["estimates"]
    yearly = made[made["by"] == "month"].assign(by="year")
    yearly["outlet"] = yearly["outlet"].str.removesuffix("-01")
    figure = draw(tables | {"estimates": pd.concat([made, yearly])}, names=("timeline",))
    assert list(figure["timeline_progress_challenges"].numbers.columns[:1]) == ["year"]


def test_what_a_run_does_not_hold_is_said_in_the_caption(tables: dict[str, pd.DataFrame]) -> None:
    originals = tables["estimates"].assign(copies="originals")
    figure = draw(tables | {"estimates": originals}, names=("ranking",))["ranking_progress_challenges"]
    assert "copies is originals (the run has no one_per_story)" in figure.caption


def test_labels_of_the_compass_do_not_overlap(tables: dict[str, pd.DataFrame]) -> None:
    from matplotlib.figure import Figure

    with look():
        ax = Figure(figsize=(4, 4)).subplots()
        ax.set(xlim=(0, 1), ylim=(0, 1))
        points = np.random.default_rng(5).uniform(0.3, 0.7, (20, 2))
        names = [f"Company {i}" for i in range(20)]
        assert place(ax, points, [names], [], 6.0) == []
        boxes = [t.get_window_extent() for t in ax.texts if t.get_text()]
    assert len(boxes) == 20
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from test_figures import AXES, COMPANIES, FLOW, OUTLETS, Figures, Tables, contrasts, run
tables = run(OUTLETS[:3], COMPANIES[:4], seed=2)
for figure in Figures(dpi=100)(**tables, axes=AXES, stamp="unvalidated"):
    for suffix, data in figure.files.items():
        print(figure.name, suffix, hashlib.sha256(data).hexdigest())
for table in Tables()(tables["estimates"], contrasts(), FLOW, AXES, tables["actors"]):
    print(table.name, hashlib.sha256(table.tex + table.csv).hexdigest())
"""


@pytest.mark.slow
def test_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    here = Path(__file__).parent
    (tmp_path / "matplotlibrc").write_text("font.size: 20\naxes.grid: True\nsvg.fonttype: none\n")
    outputs = []
    for seed, folder in (("1", here.parent), ("2", tmp_path)):  # in the second, a user's own matplotlibrc
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(here.parent)}
        command = [sys.executable, "-c", SCRIPT, str(here)]
        done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=True)
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].count("\n") == 9 * 3 + 4


def test_files_name_no_date_and_no_version(tables: dict[str, pd.DataFrame]) -> None:
    figure = draw(tables, names=("timeline",), formats=("pdf", "svg", "png"), dpi=72)["timeline_progress_challenges"]
    for data in figure.files.values():
        for word in (b"CreationDate", b"dc:date", b"atplotlib v", b"Software"):
            assert word not in data
    assert b"/FontFile2" in figure.files["pdf"]  # TrueType outlines are in the file


def test_the_style_does_not_leak_to_the_caller(tables: dict[str, pd.DataFrame]) -> None:
    import matplotlib

    before = matplotlib.rcParams["font.size"]
    for _ in Figures(names=("timeline",), formats=("svg",))(**tables, axes=AXES):  # type: ignore[arg-type]
        assert matplotlib.rcParams["font.size"] == before


def test_importing_the_room_imports_no_drawing_library() -> None:
    code = "import sys, framing.figures as f; f.Figures(); f.Tables(); sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": ":".join(sys.path)}, check=True)


@pytest.mark.parametrize("settings", [{"names": ("rankin",)}, {"formats": ("jpg",)}, {"top": 0}, {"dpi": -1}])
def test_a_wrong_setting_is_refused_at_construction(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(settings))):
        Figures(**settings)  # type: ignore[arg-type]


FLOW = pd.DataFrame({
    "stage": ["read", "left out", "note"], "reason": ["", "bad_json & empty {text}", "bad date"],
    "documents": [1200, 3, 12], "sentences": [0, 0, 0],
})  # fmt: skip


def contrasts() -> pd.DataFrame:
    """Each outlet against the others, on every measure."""
    rng = np.random.default_rng(4)
    rows = []
    for outlet in OUTLETS:
        for measure in (m for axis in AXES for m in axis.measures):
            difference = float(rng.normal(0, 0.1))
            p = float(rng.uniform(0, 0.2) ** 3)
            rows.append({
                "by": "outlet", "outlet": outlet, "actor": "*", "reference_outlet": "*",
                "reference_actor": "*", "measure": measure, "voice": "all", "copies": "one_per_story",
                "weight": "article",
                "part": "body", "estimator": "naive", "corrected": False, "difference": difference,
                "low": difference - 0.1, "high": difference + 0.1, "interval_method": "t", "p": p, "q": p * 2,
                "equivalent": None, "smallest_detectable": 0.14, "n_stories": 30, "n_stories_reference": 300,
            })  # fmt: skip
    return pa.Table.from_pylist(rows, schema=CONTRASTS).to_pandas()


def latex(tables: dict[str, pd.DataFrame], **settings: int) -> dict[str, str]:
    """The LaTeX of each table by name."""
    made = Tables(**settings)(tables["estimates"], contrasts(), FLOW, AXES, tables["actors"])  # type: ignore[arg-type]
    return {table.name: table.tex.decode() for table in made}


def test_tables_are_booktabs_and_their_braces_and_columns_balance(tables: dict[str, pd.DataFrame]) -> None:
    for name, tex in latex(tables).items():
        assert "\\toprule" in tex, name
        bare = re.sub(r"\\[{}&%$#_]", "", tex)
        assert bare.count("{") == bare.count("}")
        assert bare.count("$") % 2 == 0
        assert tex.count("\\begin{") == tex.count("\\end{")
        columns = len(re.search(r"\\begin{tabular}{(\w+)}", tex)[1])  # type: ignore[index]
        body = bare.split("\\midrule")[1].split("\\bottomrule")[0]
        for row in body.strip().split("\n"):
            assert row.count("&") == columns - 1, row
            assert row.endswith("\\\\")


def test_hostile_names_compile() -> None:
    outlets = ["A&B_C %$#", "[bracket]", "*star", "back\\slash", "{brace}", "tilde~^", "Line\nbreak"]
    tex = latex(run(outlets, COMPANIES[:2]))["outlets"]
    assert r"A\&B\_C \%\$\#" in tex
    assert "{}[bracket]" in tex
    assert "{}*star" in tex
    assert r"back\textbackslash slash" in tex or r"back\textbackslash{}slash" in tex
    assert r"\{brace\}" in tex
    assert "Line break" in tex
    # Outside comments and escapes no character is left that TeX would take for a command.
    body = tex.split("\\midrule")[1].split("\\bottomrule")[0]
    assert not re.search(r"(?<!\\)[%#_]", body)


def test_a_table_holds_the_estimates_and_its_csv_every_row(tables: dict[str, pd.DataFrame]) -> None:
    made = {t.name: t for t in Tables(rows=3)(tables["estimates"], contrasts(), FLOW, AXES, tables["actors"])}
    full = pd.read_csv(io.BytesIO(made["companies"].csv)).set_index("name")
    assert len(full) == len(FEW_COMPANIES)
    e = tables["estimates"]
    own = e[(e["actor"] == "TSMC") & (e["by"] == "actor") & (e["voice"] == "all")]
    for measure in (*PROGRESS.measures, *SELF.measures, "tone"):
        expected = own.loc[own["measure"] == measure, "estimate"].iloc[0]
        np.testing.assert_equal(full[measure]["TSMC"], expected)
    tex = made["companies"].tex.decode()
    assert "3 further rows are in the CSV" in tex
    assert tex.count("\\\\\n") == 3 + 2


def test_contrasts_stand_by_their_p_and_each_net_with_its_poles(tables: dict[str, pd.DataFrame]) -> None:
    made = {t.name: t for t in Tables()(tables["estimates"], contrasts(), FLOW, AXES)}
    table = pd.read_csv(io.BytesIO(made["contrasts"].csv))
    assert table["measure"].iloc[::3].str.startswith("D_").all()
    assert table["p"].iloc[::3].is_monotonic_increasing
    assert (table["outlet"].iloc[1::3].to_numpy() == table["outlet"].iloc[::3].to_numpy()).all()
    assert "the others" in made["contrasts"].tex.decode()
