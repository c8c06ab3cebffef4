"""Targets: what is said about whom; the hard cases of the codebook, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from conftest import SHARED, Tables

from framing.corpus import Lines
from framing.targets import Rules

Poles = dict[str, str]
"""Actor → the poles present, in the order of POLES, separated by spaces."""
POLES = ("progress", "challenges", "self_reliance", "dependence")


def attributed(tables: Tables) -> Poles:
    """The poles of each actor named, over the sentences of a text."""
    found = tables["mentions"]
    return {
        str(actor): " ".join(pole for pole in POLES if (rows[pole] > 0).any())
        for actor, rows in found.groupby("actor", sort=False)
    }


# --- the hard cases --------------------------------------------------------------------------------

HARD = {
    "stockpiling presupposes need and curbs": (
        "Baidu hoarded foreign processors before the export controls took effect.",
        {"Baidu": "challenges self_reliance dependence"},
    ),
    "heavy reliance is dependence": (
        "Xiaomi depends heavily on imported sensors.",
        {"Xiaomi": "dependence"},
    ),
    "vulnerable adds a challenge": (
        "Xiaomi depends heavily on imported sensors, which leaves it vulnerable.",
        {"Xiaomi": "challenges dependence"},
    ),
    "less reliance is self-reliance only": (
        "Tencent cut its dependence on Nvidia.",
        {"Tencent": "self_reliance", "Nvidia": ""},
    ),
    "an aim to rely less is self-reliance only": (
        "Tencent wants to reduce its dependence on Nvidia.",
        {"Tencent": "self_reliance", "Nvidia": ""},
    ),
    "ended reliance": (
        "BYD has ended its reliance on foreign batteries.",
        {"BYD": "self_reliance"},
    ),
    "a struggle to replace is no self-reliance": (
        "SMIC is struggling to replace foreign lithography machines.",
        {"SMIC": "challenges dependence"},
    ),
    "needed alternatives are both": (
        "SMIC needs domestic alternatives to foreign machines.",
        {"SMIC": "self_reliance dependence"},
    ),
    "curbs could hurt": (
        "New U.S. restrictions could hurt Xiaomi.",
        {"Xiaomi": "challenges", "United States": ""},
    ),
    "lost access is dependence of the loser": (
        "The rules restrict SMIC's access to advanced chipmaking equipment.",
        {"SMIC": "challenges dependence"},
    ),
    "the regulator has no pole": (
        "Washington imposed restrictions that limit SMIC's access to advanced chips.",
        {"SMIC": "challenges dependence", "United States": ""},
    ),
    "curbs that spur own chips": (
        "The sanctions spurred Huawei to develop its own home-grown processors.",
        {"Huawei": "progress challenges self_reliance"},
    ),
    "an aim to curb progress is a challenge": (
        "Washington hopes to slow China's technological progress.",
        {"China": "challenges", "United States": ""},
    ),
    "the rival is a yardstick": (
        "Huawei's newest processor rivals Nvidia's.",
        {"Huawei": "progress", "Nvidia": ""},
    ),
    "the stronger one is a yardstick too": (
        "AMD's card performs poorly against Nvidia's.",
        {"AMD": "challenges", "Nvidia": ""},
    ),
    "strides but lags": (
        "Baidu has made great strides but still lags behind OpenAI.",
        {"Baidu": "progress challenges", "OpenAI": ""},
    ),
    "lags despite strides": (
        "Despite its breakthroughs, Baidu still lags behind Google.",
        {"Baidu": "progress challenges", "Google": ""},
    ),
    "a halt of supply is borne by the customer": (
        "TSMC halted shipments of advanced chips to Huawei.",
        {"Huawei": "challenges dependence", "TSMC": ""},
    ),
    "dependence on China": (
        "Tesla relies on Chinese suppliers for its batteries.",
        {"Tesla": "dependence"},
    ),
    "collaboration is no axis-2 code": (
        "Alibaba will deepen cooperation with international partners.",
        {"Alibaba": ""},
    ),
    "a vow to stay competitive is weak progress": (
        "Samsung vowed to remain competitive in memory.",
        {"Samsung": "progress"},
    ),
    "challenges that must be overcome": (
        "To overcome these challenges, Intel must invest in new plants.",
        {"Intel": "challenges"},
    ),
    "can it replace": (
        "Can Huawei replace Nvidia in China?",
        {"Huawei": "self_reliance", "Nvidia": ""},
    ),
    "its own chip": (
        "Xiaomi designed its own chip.",
        {"Xiaomi": "self_reliance"},
    ),
    "its own brand is none": (
        "Xiaomi sells it under its own brand.",
        {"Xiaomi": ""},
    ),
    "own capacity in place of an outside source": (
        "Samsung is replacing Qualcomm's modems with its own.",
        {"Samsung": "self_reliance", "Qualcomm": ""},
    ),
    "sole source": (
        "Nvidia depends entirely on TSMC to manufacture its chips.",
        {"Nvidia": "dependence", "TSMC": ""},
    ),
    "buys from": (
        "Tesla buys its batteries from CATL.",
        {"Tesla": "dependence", "CATL": ""},
    ),
    "a business that needs another's platform": (
        "Epic Games cannot reach users without Apple's App Store.",
        {"Epic Games": "dependence"},
    ),
    "advertising revenue is not dependence": (
        "Google depends on advertising for most of its revenue.",
        {"Google": ""},
    ),
    "an accusation": (
        "Activists accused Tesla of misleading its customers.",
        {"Tesla": "challenges"},
    ),
    "a fine": (
        "Brussels fined Google over its search practices.",
        {"Google": "challenges", "European Union": ""},
    ),
    "a probe": (
        "U.S. regulators opened an antitrust probe into Nvidia.",
        {"Nvidia": "challenges"},
    ),
    "a bare launch": (
        "Xiaomi launched a new phone on Tuesday.",
        {"Xiaomi": ""},
    ),
    "a launch with a claim": (
        "Xiaomi launched the world's fastest phone.",
        {"Xiaomi": "progress"},
    ),
    "a list of features": (
        "The Xiaomi phone has a bright screen, two cameras and a big battery.",
        {},
    ),
    "tariffs": (
        "The tariffs on goods from China take effect in May.",
        {"China": "challenges"},
    ),
    "users rely on an app": (
        "Millions of people rely on the app.",
        {},
    ),
    "a condition": (
        "The result depends on how soon the court rules.",
        {},
    ),
    "a name in a product's name": (
        "The Samsung Galaxy was a breakthrough.",
        {"Samsung": "not named"},
    ),
    "no longer depends": (
        "Huawei no longer depends on Google's software.",
        {"Huawei": "self_reliance", "Google": ""},
    ),
    "not yet self-sufficient": (
        "China is not yet self-sufficient in chips.",
        {"China": "dependence"},
    ),
    "no shortages": (
        "Xiaomi has faced no shortages.",
        {"Xiaomi": ""},
    ),
    "self-driving": (
        "Baidu tested self-driving taxis.",
        {"Baidu": ""},
    ),
    "domestic demand": (
        "BYD pointed to domestic demand.",
        {"BYD": ""},
    ),
    "a country's own suppliers": (
        "China relies on domestic suppliers.",
        {"China": "self_reliance"},
    ),
    "one gains at another's expense": (
        "Huawei gained market share at Apple's expense.",
        {"Huawei": "progress", "Apple": "challenges"},
    ),
    "a group is an actor": (
        "Chinese chipmakers rely on foreign tools.",
        {"Chinese chipmakers": "dependence"},
    ),
}
"""Case → a sentence of the codebook's construction in other words, and the poles of each actor."""


@pytest.mark.parametrize("case", HARD)
def test_the_hard_cases_of_the_codebook(case: str, score: Callable[..., Tables]) -> None:
    text, expected = HARD[case]
    tables = score(text)
    poles = attributed(tables)
    assert {actor: poles.get(actor, "not named") for actor in expected} == expected
    if not expected:
        assert not tables["sentences"][list(POLES)].to_numpy().any()


AMOUNTS = {
    "an aim to curb progress is a challenge": ("China", "challenges", 0.25),
    "an aim to rely less is self-reliance only": ("Tencent", "self_reliance", 0.5),
    "less reliance is self-reliance only": ("Tencent", "self_reliance", 1.0),
    "heavy reliance is dependence": ("Xiaomi", "dependence", 1.0),
    "vulnerable adds a challenge": ("Xiaomi", "challenges", 0.5),
    "curbs could hurt": ("Xiaomi", "challenges", 0.5),
    "strides but lags": ("Baidu", "progress", 0.5),
    "lags despite strides": ("Baidu", "challenges", 1.0),
    "a vow to stay competitive is weak progress": ("Samsung", "progress", 0.25),
    "challenges that must be overcome": ("Intel", "challenges", 0.25),
    "can it replace": ("Huawei", "self_reliance", 0.25),
    "not yet self-sufficient": ("China", "dependence", 0.5),
    "no longer depends": ("Huawei", "self_reliance", 1.0),
    "a halt of supply is borne by the customer": ("Huawei", "dependence", 1.0),
    "a struggle to replace is no self-reliance": ("SMIC", "dependence", 1.0),
    "an accusation": ("Tesla", "challenges", 0.5),
    "a fine": ("Google", "challenges", 1.0),
    "the rival is a yardstick": ("Huawei", "progress", 1.0),
    "its own chip": ("Xiaomi", "self_reliance", 0.5),
    "stockpiling presupposes need and curbs": ("Baidu", "challenges", 0.25),
}
"""Case → actor, pole and its amount: strength/2 × modality weight."""


@pytest.mark.parametrize("case", AMOUNTS)
def test_the_hard_cases_weigh_what_the_codebook_says(case: str, score: Callable[..., Tables]) -> None:
    actor, pole, amount = AMOUNTS[case]
    found = score(HARD[case][0])["mentions"]
    assert set(found[found["actor"] == actor][pole]) == {amount}


# --- roles -----------------------------------------------------------------------------------------


def bearers(score: Callable[..., Tables], text: str, measure: str) -> set[str | None]:
    """The actors (None: nobody) that cues of one measure are assigned to."""
    found = score(text)["evidence"]
    return {None if pd.isna(actor) else actor for actor in found[found["measure"] == measure]["actor"]}


@pytest.mark.parametrize(
    ("text", "measure", "actors"),
    [
        ("Huawei made a breakthrough.", "progress", {"Huawei"}),
        ("Huawei, TSMC and Samsung made a breakthrough.", "progress", {"Huawei", "TSMC", "Samsung"}),
        ("Huawei’s breakthrough surprised Nvidia.", "progress", {"Huawei"}),
        ("A breakthrough by Huawei surprised many.", "progress", {"Huawei", None}),
        ("China’s Huawei made a breakthrough.", "progress", {"Huawei"}),
        ("Unlike Intel, Huawei made a breakthrough.", "progress", {"Huawei"}),
        ("Compared with Nvidia, Huawei lags behind.", "challenges", {"Huawei"}),
        ("While TSMC made a breakthrough, Huawei faces a shortage.", "challenges", {"Huawei"}),
        ("While TSMC made a breakthrough, Huawei faces a shortage.", "progress", {"TSMC"}),
        ("TSMC made a breakthrough, but Huawei faces a shortage.", "progress", {"TSMC"}),
        ("“Nvidia made a breakthrough,” said an analyst at Samsung.", "progress", {"Nvidia"}),
        ("U.S. sanctions hit Huawei.", "challenges", {"Huawei"}),
        ("A breakthrough was made.", "progress", {None}),
        ("Huawei grew. It made a breakthrough.", "progress", {"Huawei"}),
    ],
)
def test_a_cue_is_about_whoever_bears_it(
    text: str, measure: str, actors: set[str | None], score: Callable[..., Tables]
) -> None:
    found = bearers(score, text, measure)
    assert found <= actors and found & actors


def test_a_cue_shared_by_several_counts_fully_for_each_and_once_for_the_sentence(
    score: Callable[..., Tables],
) -> None:
    tables = score("Huawei, TSMC and Samsung made a breakthrough.")
    assert tables["mentions"]["progress"].tolist() == [1.0, 1.0, 1.0]
    assert tables["sentences"]["progress"].tolist() == [1.0]
    tone = tables["sentences"]["tone"].tolist()
    assert tone == tables["mentions"]["sentiment"].unique().tolist() and tone[0] > 0


def test_a_speaker_is_no_target(score: Callable[..., Tables]) -> None:
    found = score("Huawei made a terrible mistake, said an analyst at Samsung.")["mentions"]
    sentiment = dict(zip(found["actor"], found["sentiment"], strict=True))
    assert sentiment["Samsung"] == 0 > sentiment["Huawei"]


def test_what_a_firm_says_of_itself_is_a_self_claim(score: Callable[..., Tables]) -> None:
    def claims(text: str) -> set[bool]:
        found = score(text)["evidence"]
        return set(found[(found["measure"] == "progress") & found["actor"].notna()]["self_claim"])

    assert claims("Huawei made a breakthrough.") == {False}
    assert claims("Huawei said that Huawei had made a breakthrough.") == {True}
    assert claims("Nvidia said that Huawei had made a breakthrough.") == {False}


def test_without_inferred_mentions_it_names_nobody(score: Callable[..., Tables]) -> None:
    text = "Huawei grew. It made a breakthrough."
    with_, without = score(text), score(text, targets=Rules(inferred=False))
    assert with_["mentions"]["inferred"].tolist() == [False, True]
    assert without["mentions"]["inferred"].tolist() == [False]
    progress = without["evidence"][without["evidence"]["measure"] == "progress"]
    assert progress["actor"].isna().all()
    assert without["sentences"]["progress"].tolist() == with_["sentences"]["progress"].tolist()


def test_a_cue_stays_in_its_sentence(score: Callable[..., Tables]) -> None:
    assert bearers(score, "Huawei is here. A breakthrough was made.", "progress") == {None}


# --- one real article ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seed(score: Callable[..., Tables]) -> Tables:
    path = SHARED / "seed" / "article.txt"
    if not path.exists():
        pytest.skip("the seed article lies beside the repository, and is not here")
    tables: Tables = score(path.read_text(encoding="utf-8"), clean=Lines())
    return tables


def test_the_seed_article_has_sixteen_eligible_sentences(seed: Tables) -> None:
    assert seed["articles"]["n_eligible"].tolist() == [16]
    assert seed["sentences"]["eligible"].sum() == 16


def test_nothing_but_the_body_of_the_seed_article_scores(seed: Tables) -> None:
    rest = seed["sentences"][~seed["sentences"]["eligible"]]
    assert len(rest) >= 19 and not rest[["tone", *POLES]].to_numpy().any()
    assert set(seed["mentions"]["part"]) <= {"lead", "body"}
    assert not {"Microsoft", "SpaceX", "Palantir", "SoftBank", "Reuters", "Brookings"} & set(seed["mentions"]["actor"])


def test_the_voices_and_companies_of_the_seed_article(seed: Tables) -> None:
    rows: dict[tuple[str, str], Any] = {(row["actor"], row["voice"]): row for row in seed["scores"].to_dict("records")}
    assert ("Tencent", "outlet") not in rows and ("Tencent", "paraphrase") in rows
    assert rows["Huawei", "all"]["label"] == -1
    assert rows["TSMC", "all"]["label"] == rows["Samsung", "all"]["label"] == 0
    net = "D_progress_challenges"
    assert rows["*", "outlet"][net] < 0 < rows["*", "sources"][net]
