"""Targets: what is said about whom; the hard cases of the codebook, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from conftest import SHARED, Instruments, Tables, corpus, token_table
from framing.corpus import Lines
from framing.tables import Cues, Mentions, Voices
from framing.targets import Rules

Poles = dict[str, str]
"""Actor → the poles present, in the order of POLES, separated by spaces."""
POLES = ("progress", "challenges", "self_reliance", "dependence")


def attributed(tables: Tables) -> Poles:
    """The poles of each actor named, over the sentences of a text."""
    found = tables["mentions"]
    return {
        actor: " ".join(pole for pole in POLES if (rows[pole] > 0).any())
        for actor, rows in found.groupby("actor", sort=False)
    }


def expect(score: Callable[..., Tables], text: str, expected: Poles) -> None:
    tables = score(text)
    poles = attributed(tables)
    assert {actor: poles.get(actor, "not named") for actor in expected} == expected


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
        "Despite its breakthroughs, Baidu still trails Google.",
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
        "Apple is replacing Qualcomm's modems with its own.",
        {"Apple": "self_reliance", "Qualcomm": ""},
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
        {},
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
        "Apple has faced no shortages.",
        {"Apple": ""},
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

NOT_YET: dict[str, str] = {}
"""Case → why the rules do not reach it yet."""


def marked(case: str) -> object:
    reason = NOT_YET.get(case)
    return pytest.param(case, marks=pytest.mark.xfail(strict=True, reason=reason)) if reason else case


@pytest.mark.parametrize("case", map(marked, HARD))
def test_the_hard_cases_of_the_codebook(case: str, score: Callable[..., Tables]) -> None:
    text, expected = HARD[case]
    tables = score(text)
    poles = attributed(tables)
    assert {actor: poles.get(actor, "not named") for actor in expected} == expected
    if not expected:
        assert not tables["sentences"][list(POLES)].to_numpy().any()
