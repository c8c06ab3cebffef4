"""The benchmark of ``experiments/speed``: its generator, its clocks, and a run of it that is as small as can be."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, benchmark

from framing.pattern import Pattern

FOLDER = ROOT / "experiments" / "speed"


def made(count: int, seed: int = 1) -> list[dict[str, str]]:
    return list(benchmark("generate").articles(count, seed))


# --- the generator ---------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_articles_however_many_are_asked_for() -> None:
    few = made(30)
    assert few == made(40)[:30] == made(30)
    assert len({article["id"] for article in few}) == 30
    assert not {a["text"] for a in few} & {a["text"] for a in made(30, seed=2)}


def test_an_article_is_whole(tmp_path: Path) -> None:
    for article in made(200):
        assert set(article) == {"id", "outlet", "date", "title", "text"} and all(article.values())
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", article["date"])
        assert len(article["text"].split("\n\n")) >= 1 and "  " not in article["text"]
    path = benchmark("generate").write(tmp_path / "news.jsonl", 5)
    assert benchmark("properties").read(path, 3) == made(3)
    assert [p.name for p in tmp_path.iterdir()] == ["news.jsonl"]


def test_made_news_is_like_news_where_it_decides_the_time() -> None:
    """The bounds hold the values of real news (README: generated and real)."""
    found = benchmark("properties").properties(made(400))
    bounds = {
        "kB an article": (2.4, 2.8),
        "bytes a word": (5.9, 6.4),
        "sentences an article": (15, 21),
        "tokens a sentence, median": (19, 26),
        "tokens a sentence, 95 %": (43, 55),
        "capitalised words, %": (12, 17),
        "tone cues": (40, 58),
        "sentences with a tone cue, %": (55, 72),
        "frame cues": (7, 17),
        "mentions": (18, 26),
        "tokens in quotations, %": (7, 16),
        "tokens in paraphrase, %": (14, 28),
    }
    outside = {name: found[name] for name, (low, high) in bounds.items() if not low <= found[name] <= high}
    assert not outside
    assert benchmark("properties").table({"made": found}).count("\n") == len(found) + 1


@pytest.mark.slow
def test_50_mb_hold_as_many_types_as_news() -> None:
    words: set[str] = set()
    size = 0
    for article in benchmark("generate").articles(25_000):
        size += len(article["text"].encode())
        words.update(article["text"].split())
        if size >= 50_000_000:
            break
    assert size >= 50_000_000 and 200_000 <= len(words) <= 300_000


# --- peers and clocks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("curb+", "the curbs hold", True),
        ("curb+", "suburbs hold", False),
        ("(home-grown|home grown) chip*", "a home grown chipmaker", True),
        ("rely ~2 on", "they rely more or less on it", False),
        ("rely ~2 on", "they rely for now on it", True),
        ("(the|) lead", "it has lead", True),
        ("no (more|) chips", "no chips", True),
        ("no (more|) chips", "no more chips", True),
        ("country 's lead", "the country's lead", True),
        ("Big Fund", "the big fund pays", True),
    ],
)
def test_a_pattern_becomes_the_expression_that_a_user_would_write(pattern: str, text: str, matches: bool) -> None:
    assert bool(re.search(benchmark("peers").regex(pattern), text)) == matches


def test_shipped_patterns_find_their_own_words(instruments: Any) -> None:
    patterns = [pattern for axis in instruments.axes for rule in axis.rules for pattern in rule.match]

    def found(pattern: Pattern) -> bool:
        words = " ".join(element.words[0] for element in pattern.sequences[0])
        text = f"acme {words.replace('*', '').lower()} x".replace(" 's", "'s")
        return bool(re.search(benchmark("peers").regex(pattern.text), text))

    # where a pattern begins or ends with a mark, no boundary of a word is there: a user would not see it either
    assert sum(map(found, patterns)) >= 0.98 * len(patterns)


def test_peers_read_texts(instruments: Any) -> None:
    texts = ["Acme grew. It relies on foreign chips.", "Bolt lags behind."]
    read = {name: peer(texts) for name, peer in benchmark("peers").peers(instruments.axes).items()}
    assert set(read) == {"naive", "competent", "vaderSentiment", "nltk"}
    assert len(read["naive"]) == len(read["competent"]) == 3 and len(read["vaderSentiment"]) == len(read["nltk"]) == 2


def test_a_stage_inside_another_is_taken_off_it() -> None:
    clock = benchmark("stages").Clock()
    with clock.stage("outer"):
        clock.timed(time.sleep, "inner")(0.05)
        time.sleep(0.01)
    assert clock.spent["inner"][1] >= 0.05 and 0.01 <= clock.spent["outer"][1] < 0.05


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt what others leave behind")
def test_the_clock_of_a_command_counts_what_it_leaves_behind() -> None:
    busy = "import time; data = b'x' * 200_000_000\nwhile time.process_time() < 0.3: pass"
    start = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"
    used = benchmark("command").timed([sys.executable, "-c", start])
    assert used.cpu >= 0.3 and used.rss >= 200_000_000


# --- the run ---------------------------------------------------------------------------------------


def test_the_benchmark_runs(tmp_path: Path) -> None:
    """50 articles, one round, no thresholds: whether it works, not how fast it is."""
    peers = "peers={naive: 2, competent: 2, vaderSentiment: 10, nltk: 5, quanteda: 5}"
    small = ["rounds=1", "articles=50", "sizes=[50]", "processes=[1]", "compiled=false", peers]
    folders = [f"corpora={tmp_path}", f"output={tmp_path / 'out'}"]
    run = [sys.executable, str(FOLDER / "run.py"), *small, *folders]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out" / "summary.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["what"]: row for row in csv.DictReader(file)}
    assert {"naive", "competent", "vaderSentiment", "nltk", "wc -w", "ours: hot loop, whole"} <= set(rows)
    command = rows["framing run, 50 articles, 1 process"]
    assert all(float(row["MB/s"]) > 0 for row in rows.values()) and float(command["MiB"]) > 50
    stages = [row for what, row in rows.items() if what.startswith("ours: ") and row["articles"] == "50"]
    whole, part = (float(rows[f"ours: {name}"]["CPU s"]) for name in ("hot loop, whole", "words to targets"))
    assert sum(float(row["CPU s"]) for row in stages) == pytest.approx(2 * whole + part) and part < whole
    assert done.stdout.startswith("| what |") and "Python" in done.stdout
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["measures.csv", "summary.csv", "summary.md"]
