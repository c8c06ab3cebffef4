"""Frames: from a matched rule to a code, by clause, negation, flip verb and modality."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT, Articles, no_mentions, token_table
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.axis import Axis, Rule
from framing.frames import Rules
from framing.frames.composition import Book
from framing.frames.markers import around
from framing.kernel import compile_kernels, interpreted
from framing.kernel.frames import BARE_NOT, DENIER, FACTUAL, STOP, THAT
from framing.pattern import parse
from framing.tables import MODALITIES, SCALE, Mentions
from framing.text import Matcher
from framing.vocabulary import Batch

Code = tuple[str, int, str, bool]
"""(pole, strength, modality, negated)"""

NOBODY = no_mentions()


def rule(pole: str, match: str, **more: Any) -> Rule:
    more = {k: tuple(parse(p) for p in v) if k in ("unless", "requires") else v for k, v in more.items()}
    return Rule(f"{pole}: {match}", pole, (parse(match),), **more)


def axis(*rules: Rule, silent: tuple[str, ...] = ("minus",)) -> Axis:
    return Axis("axis", "plus vs. minus", "plus", "minus", "this test", "1", silent, rules, "0" * 64)


PLAIN = axis(
    rule("plus", "lead+", kind="noun"),
    rule("plus", "grow+", kind="verb"),
    rule("plus", "bright", strength=1),
    rule("minus", "shortage+", kind="noun"),
    rule("minus", "lag+", kind="verb"),
    rule("minus", "reliance", kind="noun", bearer="any"),
)
OPEN = axis(*PLAIN.rules, silent=())
"""An axis of which either pole's denial claims the other (as with dependence)."""


def codes(text: Articles, used: Axis = PLAIN) -> list[Code]:
    found = Rules((used,))(token_table(text), NOBODY)
    return [
        (found.measures[m], int(s), MODALITIES[d], bool(n))
        for m, s, d, n in zip(found.measure, found.strength, found.modality, found.negated, strict=True)
    ]


def test_a_plain_claim_has_its_rule_s_pole_and_strength() -> None:
    assert codes("Acme has the lead.") == [("plus", 2, "asserted", False)]
    assert codes("Acme looks bright.") == [("plus", 1, "asserted", False)]
    assert codes("Acme faces a shortage.") == [("minus", 2, "asserted", False)]
    assert codes("Acme exists.") == []


# --- negation --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Acme does not grow.",
        "Acme doesn't grow.",
        "Acme doesn’t grow.",
        "Acme never grew.",
        "Acme failed to grow.",
        "Acme cannot grow.",
        "Acme has yet to grow.",
        "Acme is unable to grow.",
        "Acme hardly grew.",
        "Acme is far from growing.",
        "Acme ended without growing.",
    ],
)
def test_not_flips_the_pole_and_gives_strength_1(text: str) -> None:
    assert [c for c in codes(text) if c[3]] == [("minus", 1, "asserted", True)]


@pytest.mark.parametrize(
    "text", ["Acme no longer grows.", "Acme is not growing any more.", "Acme isn't growing anymore."]
)
def test_no_longer_flips_and_keeps_the_strength(text: str) -> None:
    assert codes(text) == [("minus", 2, "asserted", True)]


@pytest.mark.parametrize("text", ["Acme faces no shortages.", "Acme does not lag.", "Acme never faced a shortage."])
def test_a_plainly_denied_challenge_claims_nothing(text: str) -> None:
    assert codes(text) == []


def test_a_denied_dependence_is_its_opposite() -> None:
    assert codes("Acme does not lag.", OPEN) == [("plus", 1, "asserted", True)]
    assert codes("Acme no longer lags.", OPEN) == [("plus", 2, "asserted", True)]


def test_a_challenge_that_is_no_longer_gives_progress_1() -> None:
    assert codes("Acme no longer lags.") == [("plus", 1, "asserted", True)]
    assert codes("Acme no longer faces a shortage.") == [("plus", 1, "asserted", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Acme not only grew.",
        "Not Bolt, Acme grew.",
        "Acme grew, but not by luck.",
        "It was not Bolt that, by all accounts of the day, saw how Acme grew.",
        "Bolt did not sell; Acme grew.",
        "Nobody knows how much Acme grew.",
        "Acme has a little lead.",
    ],
)
def test_a_negation_elsewhere_flips_nothing(text: str) -> None:
    assert ("plus", 2) in {c[:2] for c in codes(text)} or codes(text) == [("plus", 1, "asserted", False)]
    assert not any(c[3] for c in codes(text))


# --- flip verbs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", "reduced cut ended eased overcame shed".split())
def test_reducing_a_dependence_is_its_opposite_in_full(verb: str) -> None:
    assert codes(f"Acme {verb} its reliance on Bolt.", OPEN) == [("plus", 2, "asserted", True)]


@pytest.mark.parametrize("verb", "eased ended overcame shed solved".split())
def test_overcoming_a_challenge_is_progress_1(verb: str) -> None:
    assert codes(f"Acme {verb} its shortage.") == [("plus", 1, "asserted", True)]


@pytest.mark.parametrize("verb", "lost curbed slowed stalled hindered threatened lacks".split())
def test_losing_a_progress_noun_is_a_challenge(verb: str) -> None:
    assert codes(f"Acme {verb} the lead.") == [("minus", 2, "asserted", True)]


def test_flip_verbs_act_on_nouns_only_and_near_by() -> None:
    assert codes("The cut made Acme grow.") == [("plus", 2, "asserted", False)]
    assert codes("They lost, and Acme then and there had the lead.") == [("plus", 2, "asserted", False)]


@pytest.mark.parametrize("text", ["The shortage was eased.", "The shortage has ended.", "The shortage is easing."])
def test_a_passive_flips_too(text: str) -> None:
    assert codes(text) == [("plus", 1, "asserted", True)]


def test_the_lead_that_was_lost_is_a_challenge() -> None:
    assert codes("The lead was eroded.") == [("minus", 2, "asserted", True)]


def test_to_overcome_a_challenge_presupposes_it() -> None:
    assert codes("To overcome the shortage, Acme spends.") == [("minus", 1, "presupposed", False)]


def test_to_reduce_a_dependence_is_an_aim() -> None:
    assert codes("Acme spends to reduce its reliance.", OPEN) == [("plus", 2, "intent", True)]


def test_an_aim_to_curb_progress_is_a_weak_challenge() -> None:
    assert codes("Bolt aims to curb the lead.") == [("minus", 1, "intent", True)]


def test_managing_to_reduce_is_a_fact() -> None:
    assert codes("Acme managed to reduce its reliance.", OPEN) == [("plus", 2, "asserted", True)]


# --- modality --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Acme may grow.", "hedged"),
        ("Acme could grow.", "hedged"),
        ("Acme is likely to grow.", "hedged"),
        ("Acme plans to grow.", "intent"),
        ("Acme aims to grow.", "intent"),
        ("Acme vowed to grow.", "intent"),
        ("Acme hopes to grow.", "intent"),
        ("Acme needs to grow.", "need"),
        ("Acme must grow.", "need"),
        ("If Acme grows, Bolt sells.", "conditional"),
        ("Can Acme grow?", "question"),
        ("“Can Acme grow?”", "question"),
        ("Acme will grow.", "asserted"),
        ("Acme expects to grow.", "asserted"),
        ("Acme grew, as it may.", "asserted"),
        ("Bolt may sell; Acme grew.", "asserted"),
    ],
)
def test_a_claim_has_one_modality(text: str, modality: str) -> None:
    assert [c[2] for c in codes(text)] == [modality]


def test_the_modal_right_after_a_noun_hedges_it() -> None:
    assert codes("A shortage could hurt Acme.") == [("minus", 2, "hedged", False)]
    assert codes("The shortage hurt, and it could rain.") == [("minus", 2, "asserted", False)]


def test_modality_weighs_once_and_is_never_multiplied() -> None:
    def amounts(text: str, hedge: float = 0.5) -> list[float]:
        return [amount / SCALE for amount in Rules((PLAIN,), hedge)(token_table(text), NOBODY).amount.tolist()]

    assert amounts("Acme grew.") == [1.0]
    assert amounts("Acme may grow.") == [0.5]
    assert amounts("Acme may aim to grow.") == [0.5]
    assert amounts("Might Acme hope to need to grow?") == [0.5]
    assert amounts("Acme may look bright.") == [0.25]
    assert amounts("Acme may grow.", hedge=1.0) == [1.0] and amounts("Acme may grow.", hedge=0.0) == [0.0]
    assert amounts("Acme grew.", hedge=0.0) == [1.0]


def test_a_rule_may_fix_its_modality() -> None:
    used = axis(rule("plus", "grow+", modality="presupposed"), rule("minus", "lag+"))
    assert codes("Acme may grow.", used) == [("plus", 2, "presupposed", False)]


# --- clauses, conditions, overlaps -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme grew, but it lags.", [("plus", 1), ("minus", 2)]),
        ("While Acme grew, it lags.", [("plus", 1), ("minus", 2)]),
        ("Acme grew despite a shortage.", [("plus", 2), ("minus", 1)]),
        ("Acme grew even as Bolt lags.", [("plus", 2), ("minus", 1)]),
        ("Acme grew; Bolt lags.", [("plus", 2), ("minus", 2)]),
        ("Acme not only grew but also lags.", [("plus", 2), ("minus", 2)]),
    ],
)
def test_a_subordinate_clause_caps_the_strength_at_1(text: str, expected: list[tuple[str, int]]) -> None:
    assert [c[:2] for c in codes(text)] == expected


def test_a_negation_inside_a_cue_counts_unless_the_rule_holds_one_itself() -> None:
    used = axis(rule("minus", "face+ ~3 shortage+"), rule("plus", "make+ ~2 gains"), rule("minus", "cannot ~3 without"))
    assert codes("Acme faced no new shortages.", used) == []
    assert codes("Acme made no gains.", used) == [("minus", 1, "asserted", True)]
    assert codes("Acme made a few gains.", used) == [("plus", 2, "asserted", False)]
    assert codes("Acme cannot live without it.", used) == [("minus", 2, "asserted", False)]


def test_unless_and_requires_gate_a_rule() -> None:
    used = axis(
        rule("plus", "lead", unless=("lead singer", "(pipe|paint)")),
        rule("minus", "gap", requires=("(market|chip+)",)),
    )
    assert codes("Acme took the lead.", used) and codes("The chip gap is wide.", used)
    assert codes("The lead singer fell.", used) == [] == codes("The pipe was lead.", used)
    assert codes("The gap is wide.", used) == []
    assert codes("Acme has the lead, but the pipe broke.", used) == [("plus", 1, "asserted", False)]


def test_of_overlapping_rules_the_longest_stands_and_a_neutral_one_silences() -> None:
    used = axis(
        rule("plus", "market lead"), rule("minus", "lead"), rule("", "lead pipe"), rule("plus", "pipe", strength=1)
    )
    assert codes("Its market lead grew.", used) == [("plus", 2, "asserted", False)]
    assert codes("The lead pipe broke.", used) == []


def test_a_cue_inside_a_name_is_none() -> None:
    table = token_table("Lead Corp grew.")
    span = {"first": np.array([0], dtype=np.int32), "last": np.array([2], dtype=np.int32)}
    zero, flag = np.zeros(1, dtype=np.int32), np.zeros(1, dtype=bool)
    name = Mentions(
        ("Lead",), ("company",), zero, zero, span["first"], span["last"], zero, zero + 9, flag, ("Lead Corp",)
    )
    found = Rules((PLAIN,))(table, name)
    assert [table.spelling(int(t)) for t in found.first] == ["grew"]


# --- laws ------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    "Acme grew grow lead lags shortage shortages reliance bright not no never no-longer may aims to reduce cut lost "
    "if must while but , ; . ? however and the its was eased doesn’t only also despite".replace("-", " ").split()
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=14).map(" ".join), min_size=1, max_size=6)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_the_amount_of_a_cue_is_half_its_strength_times_its_modality(texts: list[str]) -> None:
    found = Rules((PLAIN,))(token_table(texts), NOBODY)
    weight = np.where(found.modality == 0, 1.0, 0.5)
    assert (found.amount == np.rint(found.strength / 2 * weight * SCALE)).all()
    assert np.isin(found.amount, [2500, 5000, 10_000]).all()


def mirrored(used: Axis) -> Axis:
    """The axis with its poles swapped; which of them is borne stays."""
    burden = used.burden or used.negative
    return dataclasses.replace(used, positive=used.negative, negative=used.positive, burden=burden)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_swapping_the_poles_swaps_the_columns_and_nothing_else(texts: list[str]) -> None:
    table = token_table(texts)
    one, other = Rules((PLAIN,))(table, NOBODY), Rules((mirrored(PLAIN),))(table, NOBODY)
    assert one.measures == other.measures[::-1]

    def seen(found: Any) -> list[tuple[Any, ...]]:
        columns = (found.first, found.last, found.strength, found.modality, found.negated, found.amount)
        names = [found.measures[m] for m in found.measure]
        return sorted(zip(names, *(c.tolist() for c in columns), strict=True))

    assert seen(one) == seen(other)


@given(TEXTS, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_rules_of_different_length_changes_nothing(texts: list[str], chance: Any) -> None:
    table, shuffled = token_table(texts), list(PLAIN.rules)
    chance.shuffle(shuffled)
    one, other = Rules((PLAIN,))(table, NOBODY), Rules((axis(*shuffled),))(table, NOBODY)
    for name in ("measure", "first", "last", "strength", "modality", "negated", "amount"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_a_sentence_s_cues_are_the_same_wherever_it_stands(texts: list[str]) -> None:
    def by_sentence(articles: Articles) -> list[list[Code]]:
        table = token_table(articles)
        found = Rules((PLAIN,))(table, NOBODY)
        rows: list[list[Code]] = [[] for _ in range(len(table.sentences))]
        for i in range(len(found)):
            modality = MODALITIES[found.modality[i]]
            code = (found.measures[found.measure[i]], int(found.strength[i]), modality, bool(found.negated[i]))
            rows[table.sentence[found.first[i]]].append(code)
        return rows

    together = by_sentence([f"x {text}" for text in texts])
    assert together == [row for text in texts for row in by_sentence(f"x {text}")]
    backwards = by_sentence([f"x {text}" for text in texts[::-1]])
    assert sorted(map(str, together)) == sorted(map(str, backwards))


def test_text_without_listed_words_has_no_cue() -> None:
    found = Rules((PLAIN,))(token_table(["Nothing here.", "Nor there, but so it is."]), NOBODY)
    assert len(found) == 0 and found.measures == ("plus", "minus")


def test_an_axis_file_and_an_axis_in_python_find_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "axis: axis\npositive: plus\nnegative: minus\nsilent_when_denied: [minus]\nrules:\n"
        "  plus: [{match: lead+, kind: noun}]\n  minus: [{match: shortage+, kind: noun}]\n"
    )
    text = "Acme lost the lead and overcame the shortage."
    assert codes(text, Axis.read(tmp_path / "a.yaml")) == codes(text) != []


# --- arrays ----------------------------------------------------------------------------------------


def test_a_rule_has_one_number_in_every_shard() -> None:
    tool = Rules((PLAIN, OPEN))
    one, other = tool(token_table("Acme lags."), NOBODY), tool(token_table("Acme grew. It lags."), NOBODY)
    assert one.rules == other.rules == tuple(r.name for r in PLAIN.rules)  # both axes have the same names
    assert one.rule.tolist() == [4, 4] and other.rule.tolist() == [1, 1, 4, 4]


def test_axes_do_not_see_each_other() -> None:
    long = axis(rule("plus", "lead time"), rule("minus", "lag+"))
    table = token_table("Acme cut the lead time, but it lags.")
    both = Rules(
        (
            PLAIN,
            dataclasses.replace(
                long,
                positive="up",
                negative="down",
                rules=(dataclasses.replace(long.rules[0], pole="up"), dataclasses.replace(long.rules[1], pole="down")),
            ),
        )
    )(table, NOBODY)
    assert [both.measures[m] for m in both.measure] == ["plus", "up", "minus", "down"]
    assert (both.last - both.first).tolist() == [1, 2, 1, 1]


def test_a_condition_is_met_in_the_sentence_of_the_rule_alone() -> None:
    used = axis(rule("plus", "lead", unless=("pipe",)), rule("minus", "gap", requires=("chip",)))
    assert codes("A pipe. The lead. A pipe.", used) == [("plus", 2, "asserted", False)]
    assert codes("A chip. The gap. A chip.", used) == []
    assert codes("A chip gap. The gap. A chip gap.", used) == [("minus", 2, "asserted", False)] * 2


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("It not only", "Doesn’t grow."),
        ("They started", "To overcome the shortage, it spends."),
        ("It did not", "Denied growth, it lags."),
        ("Such a", "No lead."),
    ],
)
def test_no_word_before_the_sentence_turns_a_cue(before: str, text: str) -> None:
    used = axis(*PLAIN.rules, rule("plus", "growth", kind="noun"))
    assert codes(text, used) and codes([before, text], used) == codes(text, used)


def test_what_a_word_does_between_a_marker_and_a_cue_is_read_off_its_spelling() -> None:
    bits = around(Batch("That doesn’t managed And not aBle — Not the".replace("’", "'").split()))
    assert bits.tolist() == [THAT, DENIER, FACTUAL, 0, DENIER | BARE_NOT, FACTUAL, STOP, DENIER | BARE_NOT, 0]


def made_up(seed: int, n: int = 60) -> list[str]:
    """Texts of cue words, markers, conditions and what stands between them, far denser than news."""
    chance = np.random.default_rng(seed)
    words = (
        "Acme grew growth lead lags shortage reliance bright, not, no never n't few no longer any more deny denied "
        "that because only just a to managed reduce cut to lost slowed was eased has may could aims plans to must if "
        "? ; , but while “ ” pipe chip unless market without failed to far from anything but"
    ).split()
    return [" ".join(chance.choice(words, chance.integers(1, 60))) for _ in range(n)]


@pytest.mark.parametrize("axes", ["small", "shipped"])
def test_compiled_kernels_give_the_same_codes(axes: str, instruments: Any) -> None:
    small = axis(
        *PLAIN.rules, rule("plus", "lead ~3 chip", unless=("pipe",)), rule("minus", "market", requires=("if",))
    )
    book = Book((small, OPEN) if axes == "small" else instruments.axes)
    table = token_table(made_up(3) if axes == "small" else [*made_up(4), *demo_texts()])
    found, around_them = Matcher(book.patterns)(table), Matcher(book.surroundings)(table)
    named = np.random.default_rng(5).random(len(table)) < 0.1
    with interpreted():
        plain = book.codes(found, around_them, table, named)
        if not compile_kernels():
            pytest.skip("no numba here")
        fast = book.codes(found, around_them, table, named)
    assert len(plain.rule) > 100
    for column in dataclasses.fields(plain):
        assert getattr(plain, column.name).tolist() == getattr(fast, column.name).tolist(), column.name


def demo_texts() -> list[str]:
    """The texts of the demo corpus."""
    lines = (ROOT / "data" / "demo" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]
