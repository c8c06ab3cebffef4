"""Agreement with coders on sets that do not ship; `pytest -n0 -s tests/test_measured.py` prints the figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import SHARED, Instruments

from framing.corpus import corpus_of
from framing.tables import Survey

GOLD = SHARED / "data" / "gold" / "dev.jsonl"
NAIVE = {"progress": 0.42, "challenges": 0.50, "self_reliance": 0.47, "dependence": 0.26}
"""F1 of naive keywords on the held-back half of the same set: what any rule must beat."""


def f1(truth: list[bool], found: list[bool]) -> tuple[float, float, float]:
    """Precision, recall, F1."""
    both = sum(t and f for t, f in zip(truth, found, strict=True))
    precision, recall = both / max(1, sum(found)), both / max(1, sum(truth))
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


@pytest.mark.skipif(not GOLD.exists(), reason="the coded development sentences are not shipped")
def test_presence_of_each_pole_beats_naive_keywords(instruments: Instruments) -> None:
    rows = [json.loads(line) for line in Path(GOLD).read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["gold"].get("eligible", True)]
    corpus = corpus_of([{"id": row["id"], "text": row["text"]} for row in rows])
    sentences = instruments.scoring()(corpus, Survey())["sentences"].to_pandas()
    found = sentences[sentences.eligible].groupby("article")[list(NAIVE)].max()
    for pole, floor in NAIVE.items():
        for chosen in ("random", "axis2", "all"):
            some = [row for row in rows if chosen in (row["set"], "all")]
            truth = [row["gold"][pole] > 0 for row in some]
            precision, recall, score = f1(truth, [bool(found.loc[row["id"], pole] > 0) for row in some])
            counts = f"(n {sum(truth)} of {len(some)})"
            print(f"{pole:>14} {chosen:>7}  P {precision:.2f}  R {recall:.2f}  F1 {score:.2f}  {counts}")
        assert score > floor
