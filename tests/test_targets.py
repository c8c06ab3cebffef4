"""Targets: what is said about whom; the hard cases of the codebook, sentence by sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from conftest import SHARED, Tables, token_table

from framing.corpus import Lines
from framing.kernel import compile_kernels, interpreted
from framing.tables import TONE, VOICES, Cues, Evidence, Mentions, Tokens, Voices
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


# --- tables made by chance --------------------------------------------------------------------------

WORDS = (
    "Huawei TSMC China by than compared with to in on from the and , 's between unlike restrict sanctions hit was our "
    "grew chips rivals but while ;"
).split()
"""Words that the rules look at, and some that they do not."""
Chance = tuple[Tokens, Mentions, Voices, tuple[Cues, ...]]


def chance(seed: int) -> Chance:
    """A text of ``WORDS``, with mentions, voices and cues anywhere in it, whatever it says."""
    rng = np.random.default_rng(seed)
    sentences = [" ".join(rng.choice(WORDS, rng.integers(1, 15))) for _ in range(rng.integers(0, 5))]
    tokens = token_table(" ".join(f"So {words} it ended." for words in sentences))
    n, n_clauses = len(tokens), len(tokens.clause_main)

    def spans(most: int) -> tuple[Any, Any]:
        first = np.sort(rng.integers(0, max(n, 1), rng.integers(0, n + 1))).astype(np.int32)
        end = tokens.sentences.first_token[tokens.sentence[first] + 1]
        return first, np.minimum(first + rng.integers(1, most + 1, len(first)), end).astype(np.int32)

    def cues(measures: tuple[str, ...], rules: tuple[str, ...]) -> Cues:
        first, last = spans(3)
        highest: dict[str, tuple[int, type]] = {
            "measure": (len(measures), np.int8),
            "rule": (len(rules), np.int32),
            "strength": (3, np.int8),
            "modality": (7, np.int8),
            "negated": (2, np.bool_),
            "bearer": (3, np.int8),
            "amount": (10_000, np.int32),
        }
        columns: dict[str, Any] = {
            name: rng.integers(0, end, len(first)).astype(kind) for name, (end, kind) in highest.items()
        }
        return Cues(measures=measures, rules=rules, first=first, last=last, **columns)

    first, last = spans(2)
    last[rng.random(len(first)) < 0.1] -= 1  # given mentions may hold no token
    zeros = np.zeros(len(first), dtype=np.int32)
    mentions = Mentions(
        names=("Huawei", "TSMC", "China", "firms"),
        kinds=("company", "company", "country", "group"),
        actor=rng.integers(0, 4, len(first)).astype(np.int32),
        sentence=tokens.sentence[first],
        first=first,
        last=last,
        start=zeros,
        end=zeros,
        inferred=zeros > 0,
        alias=("",) * len(first),
    )
    nobody = np.full(n_clauses, -1, dtype=np.int32)
    voices = Voices(
        token=rng.integers(0, 4, n).astype(np.int8),
        clause=rng.integers(0, 4, n_clauses).astype(np.int8),
        sentence=np.zeros(len(tokens.sentences), dtype=np.int8),
        speaker=nobody,
        affiliation=nobody,
        speaking=rng.random(n) < 0.1,
        speakers=(),
        speaker_actor=rng.integers(-1, 4, n_clauses).astype(np.int32),
        affiliation_actor=rng.integers(-1, 4, n_clauses).astype(np.int32),
    )
    return tokens, mentions, voices, (cues(("up", "down"), ("b", "a", "c")), cues((TONE,), ("c", "d")))


def same(one: Evidence, other: Evidence) -> bool:
    """True where all columns are equal, types included."""
    columns = [(getattr(one, f.name), getattr(other, f.name)) for f in dataclasses.fields(Evidence)]
    return all(a.dtype == b.dtype and a.tolist() == b.tolist() if hasattr(a, "dtype") else a == b for a, b in columns)


@pytest.mark.parametrize("seed", range(40))
def test_every_cue_has_an_entry_for_actors_of_its_sentence_or_for_nobody(seed: int) -> None:
    tokens, mentions, voices, cues = chance(seed)
    found = Rules()(tokens, mentions, voices, cues)
    assert found.cue.tolist() == sorted(found.cue.tolist())
    assert set(found.cue.tolist()) == set(range(sum(len(table) for table in cues)))
    for number in set(found.cue.tolist()):
        entries = np.flatnonzero(found.cue == number)
        actors = found.actor[entries].tolist()
        sentence, clause = tokens.sentence[found.first[entries[0]]], tokens.clause[found.first[entries[0]]]
        here = (mentions.sentence == sentence) & (mentions.first < mentions.last)
        assert len(set(actors)) == len(actors) and set(actors) <= {-1, *mentions.actor[here].tolist()}
        assert actors == [-1] or -1 not in actors
        speakers = {int(voices.speaker_actor[clause]), int(voices.affiliation_actor[clause])}
        reported = voices.token[found.first[entries[0]]] != VOICES.index("outlet")
        assert found.self_claim[entries].tolist() == [reported and a >= 0 and a in speakers for a in actors]


@pytest.mark.parametrize("seed", range(20))
def test_cues_of_several_tables_are_ordered_by_token_then_measure_then_rule(seed: int) -> None:
    made = chance(seed)
    found = Rules()(*made)
    _, once = np.unique(found.cue, return_index=True)
    columns = ("first", "last", "measure", "rule", "strength", "modality", "negated", "amount")
    rows = [tuple(getattr(found, name)[i].item() for name in columns) for i in once]
    expected = [
        (
            table.first[i].item(),
            table.last[i].item(),
            found.measures.index(table.measures[table.measure[i]]),
            found.rules.index(table.rules[table.rule[i]]),
            *(getattr(table, name)[i].item() for name in columns[4:]),
        )
        for table in made[3]
        for i in range(len(table))
    ]
    assert rows == sorted(expected, key=lambda row: row[:4])
    assert found.measures == ("up", "down", TONE) and found.rules == ("b", "a", "c", "d")


def test_targets_are_the_same_compiled() -> None:
    made = [chance(seed) for seed in range(60)]
    with interpreted():
        plain = [Rules()(*tables) for tables in made]
        assert sum((found.actor >= 0).sum() for found in plain) > 200
        if not compile_kernels():
            pytest.skip("numba is not here")
        for found, tables in zip(plain, made, strict=True):
            assert same(found, Rules()(*tables))


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
