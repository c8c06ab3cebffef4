"""The whole run: what it leaves, that it adds up, and that nothing but its choices changes a byte."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from framing.archive import verify
from framing.cli import main

QUICK = ["estimate.draws=40", "figures.names=[ranking]", "figures.formats=[svg]", "figures.dpi=60"]
NOT_NUMBERS = {"log.txt", "local.json"}

ARTICLES = [
    {
        "id": f"a{i}",
        "outlet": outlet,
        "date": f"2024-0{1 + i % 5}-11",
        "title": title,
        "section": section,
        "text": text,
    }
    for i, (outlet, title, section, text) in enumerate(
        [
            (
                "The Daily Test",
                "Huawei gains ground",
                "tech",
                "Huawei has made great strides. SMIC still relies on imported tools.",
            ),
            (
                "The Daily Test",
                "Nvidia slips",
                "money",
                "Nvidia shares fell sharply, analysts said. It faces a lawsuit in Texas.",
            ),
            (
                "The Daily Test",
                "BYD grows",
                "cars",
                "BYD outperformed Tesla in Europe. “We no longer depend on imports,” said a BYD spokesman.",
            ),
            (
                "Evening Probe",
                "TSMC leads",
                "tech",
                "TSMC may lose its lead, Reuters reported. TSMC’s new chip rivals Intel’s best.",
            ),
            (
                "Evening Probe",
                "Chips",
                "tech",
                "Chinese chipmakers need foreign tools. Despite the curbs, Huawei built its own chip.",
            ),
            ("Evening Probe", "Nothing", "tech", "The weather was mild. Trains ran on time."),
        ]
        * 2
    )
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "news.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ARTICLES), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def run(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("run") / "out"
    arguments = [
        f"corpus.path={corpus}",
        f"output={output}",
        "corpus.keep=[section]",
        "corpus.shard=5",
        "executor=serial",
    ]
    assert main(["run", *arguments, *QUICK]) == 0
    return output


def files(folder: Path) -> dict[str, str]:
    """Hash of every file of a run that must not depend on the machine."""
    found = sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in NOT_NUMBERS)
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def test_a_run_leaves_every_file_of_the_contract(run: Path) -> None:
    expected = {
        *("articles.parquet", "sentences.parquet", "mentions.parquet", "evidence.parquet"),
        *("scores.parquet", "scores.csv", "estimates.parquet", "estimates.csv", "contrasts.csv", "flow.csv"),
        *("report.html", "signature.txt", "config.yaml", "archive.zip", "run.json", "log.txt", "local.json"),
        *("figures/ranking_progress_challenges.svg", "figures/ranking_progress_challenges.csv"),
        *(
            "tables/outlets.tex",
            "tables/outlets.csv",
            "tables/companies.tex",
            "tables/contrasts.tex",
            "tables/flow.tex",
        ),
    }
    assert expected <= {p.relative_to(run).as_posix() for p in run.rglob("*") if p.is_file()}
    assert json.loads((run / "run.json").read_text())["status"] == "finished"
    assert not (run / ".shards").exists()


def test_neither_executor_nor_place_changes_a_byte(corpus: Path, run: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere.jsonl"
    shutil.copy(corpus, moved)
    output = tmp_path / "out"
    arguments = [f"corpus.path={moved}", f"output={output}", "corpus.keep=[section]", "corpus.shard=5"]
    assert main(["run", *arguments, "executor=processes", "executor.workers=2", *QUICK]) == 0
    assert files(output) == files(run)


def test_a_finished_run_asked_for_again_changes_nothing(corpus: Path, run: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in run.rglob("*")}
    arguments = [f"corpus.path={corpus}", f"output={run}", "corpus.keep=[section]", "corpus.shard=5", "executor=serial"]
    assert main(["run", *arguments, *QUICK]) == 0
    assert {p: p.stat().st_mtime_ns for p in run.rglob("*")} == before


def test_a_folder_of_another_run_is_refused_untouched(
    corpus: Path, run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(run)
    assert main(["run", f"corpus.path={corpus}", f"output={run}", "frames.hedge=0.25", *QUICK]) == 2
    assert "other settings" in capsys.readouterr().err
    assert files(run) == before


def test_an_interrupted_run_is_resumed_to_the_same_bytes(corpus: Path, run: Path, tmp_path: Path) -> None:
    broken = tmp_path / "out"
    shutil.copytree(run, broken)
    mark = json.loads((broken / "run.json").read_text()) | {"status": "running"}
    (broken / "run.json").write_text(json.dumps(mark, sort_keys=True) + "\n")
    for name in ("report.html", "scores.parquet", "archive.zip", "estimates.csv"):
        (broken / name).unlink()
    arguments = [
        f"corpus.path={corpus}",
        f"output={broken}",
        "corpus.keep=[section]",
        "corpus.shard=5",
        "executor=serial",
    ]
    assert main(["run", *arguments, *QUICK]) == 0
    assert files(broken) == files(run)


def test_the_archive_verifies_and_holds_no_text(run: Path) -> None:
    assert verify(run / "archive.zip") == []
    inside = (run / "archive.zip").read_bytes()
    assert b"The weather was mild" not in inside
    assert str(run).encode() not in inside


def test_flow_accounts_for_every_document_and_sentence(run: Path) -> None:
    flow = pd.read_csv(run / "flow.csv")
    documents = flow.groupby("stage").documents.sum()
    assert documents["read"] == documents["kept"] + documents.get("left out", 0) == len(ARTICLES)
    sentences = pq.read_table(run / "sentences.parquet").to_pandas()
    assert flow[flow.stage.isin(["eligible", "labelled"])].sentences.sum() == len(sentences)


def test_kept_columns_are_carried(run: Path) -> None:
    articles = pd.read_parquet(run / "articles.parquet")
    assert articles.section.tolist() == [row["section"] for row in ARTICLES]


def test_scores_reproduce_an_estimate_by_another_road(run: Path) -> None:
    scores, articles = pd.read_parquet(run / "scores.parquet"), pd.read_parquet(run / "articles.parquet")
    estimates = pd.read_parquet(run / "estimates.parquet").query("weight == 'article'")
    whole = scores[(scores.actor == "*") & (scores.voice == "all") & (scores.n > 0)].merge(articles, on="article")
    expected = whole.groupby("outlet").D_progress_challenges.mean()
    mine = estimates[
        (estimates.by == "outlet") & (estimates.voice == "all") & (estimates.measure == "D_progress_challenges")
    ]
    assert mine.set_index("outlet").estimate.to_dict() == pytest.approx(expected.to_dict(), abs=1e-8)


def test_the_key_columns_of_estimates_are_never_null(run: Path) -> None:
    estimates = pd.read_parquet(run / "estimates.parquet")
    keys = estimates.columns.difference(["estimate", "low", "high"])
    assert not estimates[keys].isna().any().any()
    assert {"all", "outlet", "actor", "outlet × actor", "outlet.kind × actor.country"} <= set(estimates.by)


def test_the_config_of_a_run_names_no_path_and_no_executor(corpus: Path, run: Path) -> None:
    text = (run / "config.yaml").read_text(encoding="utf-8")
    assert str(corpus.parent) not in text
    assert "executor" not in text
    assert "sha256" in text


def test_scores_stop_after_the_score_tables(corpus: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert main(["run", "experiment=scores", f"corpus.path={corpus}", f"output={output}", "executor=serial"]) == 0
    assert (output / "scores.parquet").exists()
    assert not any((output / name).exists() for name in ("estimates.parquet", "report.html", "figures", "tables"))


def test_a_corpus_of_which_nothing_is_kept_is_refused(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", f"corpus.path={corpus}", f"output={tmp_path / 'out'}", "corpus.min_words=9999", *QUICK]) == 2
    assert "no article is left" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_row_fault_is_said_and_the_run_goes_on(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(corpus.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    assert (
        main(["run", "experiment=scores", f"corpus.path={path}", f"output={tmp_path / 'out'}", "executor=serial"]) == 0
    )
    assert f"bad.jsonl:{len(ARTICLES) + 1}" in capsys.readouterr().err
