"""The report: escaped, offline, the same bytes, and every estimate opens its largest sentences."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import tables
from framing.report import Material, Report
from framing.report.cells import number
from framing.report.concordance import concordance
from framing.report.drawing import inline
from framing.report.entries import Entries, base, entries, select


@dataclass(frozen=True)
class AxisNames:
    name: str
    label: str
    positive: str
    negative: str


@dataclass(frozen=True)
class Picture:
    name: str
    files: Mapping[str, bytes]
    caption: str
    alt: str


AXES = (
    AxisNames("progress_challenges", "progress vs. challenges", "progress", "challenges"),
    AxisNames("self_reliance_dependence", "self-reliance vs. dependence", "self_reliance", "dependence"),
)
POLES = ("progress", "challenges", "self_reliance", "dependence")
MEASURES = ("D_progress_challenges", "progress", "challenges", "D_self_reliance_dependence", *POLES[2:])

# One article a line: outlet, title, and sentences whose cues stand in {braces: pole, strength, actor}.
WRITTEN = [
    ("Harbour Post", "Chipmaker opens its own line", [
        "Orrin Semiconductor {made a breakthrough|progress|2|Orrin} in packaging, engineers said on Monday.",
        "The firm {still depends on|dependence|2|Orrin} lenses 🔬, and {lags|challenges|2|Orrin} rivals.",
        "Rivals at Veltron {may gain share|progress|1|Veltron|hedged}."]),
    ("Harbour Post", "Regulator looks at Veltron", [
        "Veltron {faces a probe|challenges|2|Veltron} over its contracts.",
        "Its shares {slid|challenges|1|Veltron} after the report.",
        "A spokesman said it {no longer relies on|self_reliance|2|Veltron|asserted|1} a single foundry."]),
    ("Morning Ledger", "Orrin <script>alert(1)</script> wins & grows", [
        "Orrin {won|progress|2|Orrin} a large order from a carmaker </script><script>alert(2)</script>.",
        "Its {home-grown|self_reliance|2|Orrin} design replaces a foreign part."]),
    ("<b onclick=alert(3)>Daily</b>", "", [
        "Orrin and Veltron {aim to cut reliance on|self_reliance|2|Orrin|intent} imports.",
        "Nothing happened on Tuesday."]),
]  # fmt: skip


@dataclass
class Written:
    """Invented articles as the tables of a run."""

    articles: list[dict[str, Any]] = field(default_factory=list)
    sentences: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, tuple[str | None, str]] = field(default_factory=dict)

    def add(self, outlet: str, title: str, lines: list[str], times: int = 1) -> None:
        for _ in range(times):
            article = f"a{len(self.articles):04}"
            text = ""
            for i, line in enumerate(lines):
                text += (" " if text else "") + self._sentence(article, i, line, len(text) + bool(text))
            self.texts[article] = (title or None, text)
            self.articles.append(
                {"article": article, "outlet": outlet, "date": "2024-05-01", "title": title or None}
                | {"url": "https://news.example/x" if title else "javascript:alert(4)", "story": article}
                | {"copy": "original", "n_sentences": len(lines), "n_eligible": len(lines), "n_tokens": 30}
            )

    def _sentence(self, article: str, number: int, line: str, start: int) -> str:
        sentence, scores = "", dict.fromkeys(POLES, 0.0)
        about: dict[str, dict[str, float]] = {}
        for piece in re.split(r"(\{.*?\})", line):
            if not piece.startswith("{"):
                sentence += piece
                continue
            cue, pole, strength, actor, *rest = piece[1:-1].split("|")
            modality, negated = (*rest, "asserted", "0")[0:2] if len(rest) < 2 else rest
            amount = int(strength) / 2 * (1.0 if modality == "asserted" else 0.5)
            place = start + len(sentence)
            self.evidence.append(
                {"article": article, "sentence": number, "clause": 0, "start": place, "end": place + len(cue)}
                | {"cue": cue, "measure": pole, "rule": "r", "strength": int(strength), "modality": modality}
                | {"negated": negated == "1", "amount": amount, "voice": "outlet", "self_claim": False}
                | {"actor": actor}
            )
            sentence += cue
            scores[pole] = max(scores[pole], amount)
            about.setdefault(actor, dict.fromkeys(POLES, 0.0))[pole] = amount
        common = {
            "article": article,
            "sentence": number,
            "start": start,
            "end": start + len(sentence),
            "part": "body",
        }
        speaker = "a spokesman" if "spokesman" in sentence else None
        voice = {
            "eligible": True,
            "voice": "paraphrase" if "said" in sentence else "outlet",
            "speaker": speaker,
        }
        self.sentences.append(common | voice | scores | {"tone": 0.4 * (scores["progress"] - scores["challenges"])})
        for actor, own in about.items():
            self.mentions.append(common | own | {"actor": actor, "kind": "company", "sentiment": 0.3, "alias": actor})
        return sentence


def estimates_of(written: Written) -> pd.DataFrame:
    """Cells with made-up numbers: the report prints them, it computes none."""
    outlets = {a["article"]: a["outlet"] for a in written.articles}
    cells: dict[tuple[str, str, str], set[str]] = {}
    for article, outlet in outlets.items():
        cells.setdefault(("outlet", outlet, "*"), set()).add(article)
    for m in written.mentions:
        outlet = outlets[m["article"]]
        cells.setdefault(("actor", "*", m["actor"]), set()).add(m["article"])
        cells.setdefault(("outlet × actor", outlet, m["actor"]), set()).add(m["article"])
    chance = np.random.default_rng(1)
    rows = []
    for (by, outlet, actor), members in cells.items():
        for measure in (*MEASURES, "tone" if by == "outlet" else "sentiment"):
            for voice in ("all", "sources"):
                value = float(chance.normal(0, 0.2))
                known = len(members) > 1
                rows.append(
                    {"by": by, "outlet": outlet, "actor": actor, "voice": voice, "copies": "one_per_story"}
                    | {"weight": "article", "part": "body", "measure": measure, "estimator": "naive"}
                    | {"corrected": False, "estimate": value, "low": value - 0.1 if known else None}
                    | {"high": value + 0.1 if known else None, "interval_method": "t" if known else "none"}
                    | {"n_articles": len(members), "n_stories": len(members), "n_sentences": 3 * len(members)}
                )
    return pa.Table.from_pylist(rows, tables.ESTIMATES).to_pandas()


SVG = b"""<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink" width="300pt" height="60pt" viewBox="0 0 300 60"><metadata/>
 <defs><style>*{stroke-linejoin: round}</style><clipPath id="c"><rect width="300" height="60"/></clipPath>
 <path id="m" d="M0 -5L5 5L-5 5Z" style="stroke: #0072b2"/></defs>
 <g clip-path="url(#c)"><use xlink:href="#m" x="60" y="30" style="fill: #0072b2"/>
 <text x="90" y="34" style="font: 12px sans-serif">Harbour Post</text></g>
 <script>alert(5)</script><a xlink:href="https://evil.example"><text>x</text></a>
 <rect onload="alert(6)" style="fill: url(https://evil.example/x)" width="1" height="1"/></svg>"""


def material(times: int = 1, **changes: Any) -> Material:
    written = Written()
    for outlet, title, lines in WRITTEN:
        written.add(outlet, title, lines, times)

    def fetch(articles: set[str]) -> Mapping[str, tuple[str | None, str]]:
        return {article: written.texts[article] for article in articles}

    contrast = {
        "by": "outlet", "outlet": "Harbour Post", "actor": "*", "reference_outlet": "*",
        "reference_actor": "*", "low": -0.4, "high": -0.02,
        "measure": "D_progress_challenges", "voice": "all", "copies": "one_per_story", "weight": "article",
        "part": "body", "estimator": "naive", "corrected": False, "difference": -0.213,
        "p": 0.031, "q": 0.09, "equivalent": None, "smallest_detectable": 0.25, "n_stories": 2,
        "n_stories_reference": 2,
    }  # fmt: skip
    flow = [{"stage": "read", "reason": None, "documents": 5, "sentences": 0}]
    flow += [{"stage": "corpus", "reason": "empty text", "documents": 1, "sentences": 0}]
    given: dict[str, Any] = {
        "estimates": estimates_of(written),
        "contrasts": pa.Table.from_pylist([contrast], tables.CONTRASTS).to_pandas(),
        "articles": pa.Table.from_pylist(written.articles, tables.ARTICLES).to_pandas(),
        "sentences": pa.Table.from_pylist(written.sentences, tables.sentences_schema(POLES)).to_pandas(),
        "mentions": pa.Table.from_pylist(written.mentions, tables.mentions_schema(POLES)).to_pandas(),
        "evidence": pa.Table.from_pylist(written.evidence, tables.EVIDENCE).to_pandas(),
        "flow": pa.Table.from_pylist(flow, tables.FLOW).to_pandas(),
        "texts": fetch,
        "axes": AXES,
        "signature": "framing 0.1.0 | experiment=demo | <script>alert(7)</script>",
        "digest": "d" * 64,
        "experiment": "demo",
        "figures": tuple(Picture(f"forest{i}", {"svg": SVG}, "A <b>caption</b>.", 'Alt "text"') for i in (1, 2)),
        "settings": {"frames": {"tool": "Rules", "hedge": 0.5}, "axes": ["a", "b"], "seed": 1, "x": None},
    }
    return Material(**(given | changes))


class Page(html.parser.HTMLParser):
    """The elements, attributes and scripts of a page, as a browser would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self._open: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = None

    def handle_data(self, data: str) -> None:
        if self._open in self.inside:
            self.inside[self._open][-1] += data


@pytest.fixture(scope="module")
def text() -> str:
    return Report()(material())


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_the_same_material_gives_the_same_bytes(text: str) -> None:
    assert Report()(material()) == text


def test_nothing_a_user_wrote_becomes_markup(page: Page) -> None:
    assert [attrs.get("type") for tag, attrs in page.tags if tag == "script"] == ["application/json", None]
    assert not [attrs for _, attrs in page.tags if any(name.startswith("on") for name in attrs)]
    assert "alert(" not in page.inside["script"][1]
    assert json.loads(page.inside["script"][0])["outlets"]


def test_the_policy_allows_this_script_alone_and_loads_nothing(page: Page) -> None:
    policy = next(a["content"] or "" for t, a in page.tags if t == "meta" and a.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(page.inside["script"][1].encode()).digest()).decode()
    assert policy.startswith("default-src 'none';")
    assert f"script-src 'sha256-{digest}';" in policy
    loading = {"src", "srcset", "data", "action", "poster", "background"}
    assert not [attrs for _, attrs in page.tags if loading & attrs.keys()]
    assert not [t for t, _ in page.tags if t in ("link", "img", "iframe", "object", "embed", "base", "image")]
    hrefs = [attrs["href"] or "" for _, attrs in page.tags if "href" in attrs]
    assert all(href.startswith("#") for href in hrefs)
    assert "url(" not in page.inside["style"][0] and "@import" not in page.inside["style"][0]


def test_only_web_addresses_become_links(page: Page) -> None:
    urls = [article[3] for article in json.loads(page.inside["script"][0])["articles"]]
    assert set(urls) == {"https://news.example/x", None}


def test_two_figures_do_not_share_an_id(page: Page) -> None:
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {"f1-m", "f2-m", "f1-c"} <= set(ids)


def test_a_figure_loads_and_runs_nothing() -> None:
    found = inline(SVG, "f1-", 'Alt "text"')
    assert 'href="#f1-m"' in found and "url(#f1-c)" in found and "Alt &quot;text&quot;" in found
    assert not re.search(r"alert|evil|<style|metadata|script|onload", found)


def test_small_cells_are_marked_and_undefined_ones_have_no_number(text: str) -> None:
    assert text.count('<tr class="small"') == text.count("data-o=")
    assert "no interval" in text
    big = Report()(material(times=12))
    assert '<tr data-o="Harbour Post"' in big


def test_the_page_states_its_signature_stamp_counts_and_flow(text: str) -> None:
    for piece in (
        "unvalidated: no hand-coded sample",
        "d" * 64,
        "empty text",
        "frames.hedge",
        "−0.213",
        "[−0.400, −0.020]",
    ):
        assert piece in text
    assert "<b>4</b> articles" in text and "framing cues in the text" in text
    assert "9 of 9 sentences" in text


def data_of(**changes: Any) -> dict[str, Any]:
    return concordance(material(**changes), 1000, 20).data


def test_cues_stand_where_javascript_finds_them() -> None:
    for _, sentence, *_, cues in data_of()["sentences"]:
        units = sentence.encode("utf-16-le")
        for start, end, *_ in cues:
            cue = units[2 * start : 2 * end].decode("utf-16-le")
            assert any(cue in line.replace("{", "") for _, _, lines in WRITTEN for line in lines), cue
    lags = next(s for s in data_of()["sentences"] if "lags" in s[1])
    assert lags[1].encode("utf-16-le")[2 * lags[7][1][0] : 2 * lags[7][1][1]].decode("utf-16-le") == "lags"


def test_a_cue_for_two_actors_is_one_cue() -> None:
    given = material()
    second = given.evidence[:1].assign(actor="Veltron")
    data = concordance(material(evidence=pd.concat([given.evidence, second])), 1000, 20).data
    first = next(s for s in data["sentences"] if "breakthrough" in s[1])
    assert len(first[7]) == 1
    assert sorted(data["actors"][a] for a in first[7][0][8]) == ["Orrin", "Veltron"]


def test_totals_count_the_sentences_that_add_to_an_estimate() -> None:
    totals = concordance(material(), 1000, 20).totals
    # Harbour Post: D of axis 1 from five sentences, progress from two, challenges from three.
    assert totals["outlet", "Harbour Post", "*"] == [5, 2, 3, 2, 1, 1, 5]
    assert totals["actor", "*", "Veltron"] == [3, 1, 2, 1, 1, 0, 4]
    assert totals["outlet × actor", "Morning Ledger", "Orrin"] == [1, 1, 0, 1, 1, 0, 2]


def test_what_is_left_out_is_said() -> None:
    found = Report(sentences=2)(material())
    assert "2 of 9 sentences" in found and "7 are left out" in found
    assert len(json.loads(Page(found).inside["script"][0])["sentences"]) == 2


def test_a_report_without_sentences_holds_no_text(text: str) -> None:
    bare = Report(sentences=0, top=0)(material())
    assert "packaging" in text and "packaging" not in bare


def _random_entries(seed: int, size: int) -> list[Entries]:
    chance = np.random.default_rng(seed)
    made = []
    for by, cells in (("outlet", 3), ("actor", 5)):
        rows = int(chance.integers(1, 2 * size + 2))
        sid, cell = chance.integers(0, size, rows), chance.integers(0, cells, rows)
        pairs = np.unique(np.column_stack([sid, cell]), axis=0)
        scores = chance.integers(0, 4, (len(pairs), 3)) / 4
        names = [(str(i), "*") for i in range(cells)]
        made.append(Entries(by, names, pairs[:, 0], pairs[:, 1], scores))
    return made


@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(0, 40), st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_each_estimate_has_its_top_while_they_fit(seed: int, size: int, most: int, top: int) -> None:
    tables_ = _random_entries(seed, size)
    chosen = select(tables_, size, most, top)
    tops: set[int] = set()
    best = dict.fromkeys(range(size), 0.0)
    for table in tables_:  # by another road: plain loops
        for cell in range(len(table.cells)):
            for family in range(3):
                own = [
                    (-table.scores[i, family], table.sid[i])
                    for i in range(len(table.sid))
                    if table.cell[i] == cell and table.scores[i, family] > 0
                ]
                assert chosen.totals[(table.by, *table.cells[cell])][family] == len(own)
                tops |= {int(sid) for _, sid in sorted(own)[:top]}
                for score, sid in own:
                    best[int(sid)] = max(best[int(sid)], -score)
    kept = set(chosen.sids.tolist())
    assert chosen.contributing == sum(score > 0 for score in best.values())
    assert len(kept) == min(most, chosen.contributing) == len(chosen.sids)
    if len(tops) <= most:
        assert tops <= kept
        others = [best[sid] for sid in kept - tops]
        missing = [score for sid, score in best.items() if sid not in kept]
        assert not others or not missing or min(others) >= max(missing)
    else:
        assert kept <= tops


def test_copies_of_a_story_share_its_weight() -> None:
    one, two = material(), material(times=2)
    two = material(times=2, articles=two.articles.assign(story=[f"s{i // 2}" for i in range(8)]))
    single, double = entries(one, base(one)), entries(two, base(two))
    for a, b in zip(single, double, strict=True):
        assert a.cells == b.cells
        assert np.allclose(
            [a.scores[a.cell == i].sum(0) for i in range(len(a.cells))],
            [b.scores[b.cell == i].sum(0) for i in range(len(b.cells))],
        )


def test_a_run_without_estimates_sentences_or_actors_has_a_report() -> None:
    given = material()
    empty = {name: getattr(given, name)[:0] for name in ("estimates", "contrasts", "mentions", "evidence", "sentences")}
    found = Report()(material(**empty, figures=()))
    assert "This run made no estimates." in found and "This run made no comparisons." in found


@pytest.mark.parametrize(("value", "shown"), [(-0.0004, "0.000"), (-0.25, "−0.250"), (1.0, "1.000")])
def test_numbers_have_a_true_minus_and_zero_has_none(value: float, shown: str) -> None:
    assert number(value) == shown
