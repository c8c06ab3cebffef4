"""One suite over every axis file, present and future."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, no_mentions, token_table

from framing.axis import Axis, Rule
from framing.frames import Rules
from framing.pattern import Element, Pattern
from framing.tables import Cues
from framing.text import Matcher

FILES = sorted((ROOT / "conf" / "axis").glob("*.yaml"))
NAMES = [file.stem for file in FILES]
LEAST = 20
"""Cue words of an axis below which its score is mostly chance."""


@cache
def axis(name: str) -> Axis:
    return Axis.read(ROOT / "conf" / "axis" / f"{name}.yaml")


def instance(element: Element) -> list[str]:
    """Spellings of one element: each of its words, wildcards filled with a letter."""
    return [word.replace("*", "x") for word in element.words]


def phrases(pattern: Pattern) -> Iterator[str]:
    """The phrases of a pattern, one for each of its sequences, gaps closed."""
    for sequence in pattern.sequences:
        yield " ".join(instance(element)[0] for element in sequence)


def test_there_are_axes() -> None:
    assert {"progress_challenges", "self_reliance_dependence"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_axis_is_called_like_its_file_and_says_where_it_comes_from(name: str) -> None:
    read = axis(name)
    assert read.name == name and read.source.strip() and read.version.strip() and read.label.strip()


@pytest.mark.parametrize("name", NAMES)
def test_both_poles_have_rules_enough_and_no_pole_belongs_to_two_axes(name: str) -> None:
    read = axis(name)
    for pole in read.poles:
        assert sum(rule.pole == pole for rule in read.rules) >= LEAST
    others = {pole for other in NAMES if other != name for pole in axis(other).poles}
    assert not others & set(read.poles)


def test_no_two_files_hold_the_same_axis() -> None:
    digests = [axis(name).digest for name in NAMES]
    assert len(set(digests)) == len(digests)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_finds_its_own_words(name: str) -> None:
    """A pattern that misses its own phrase can never be met (two tokens written as one, say)."""
    patterns = [pattern for rule in axis(name).rules for pattern in rule.match]
    texts = [[f"x {phrase} x" for phrase in phrases(pattern)] for pattern in patterns]
    table = token_table([text for several in texts for text in several])
    article = table.sentences.article
    hits = Matcher(patterns)(table)
    met = set(zip(hits.pattern.tolist(), article[table.sentence[hits.first]].tolist(), strict=True))
    place, missed = 0, []
    for number, several in enumerate(texts):
        if not any((number, place + k) in met for k in range(len(several))):
            missed.append(patterns[number].text)
        place += len(several)
    assert not missed


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_rule_is_one_token(name: str) -> None:
    """A word such as *e.g* with its stop, or *and/or*, is two tokens in a text: no text holds it."""
    words = {
        (pattern.text, word.replace("*", "x"))
        for rule in axis(name).rules
        for pattern in (*rule.match, *rule.unless, *rule.requires)
        for sequence in pattern.sequences
        for element in sequence
        for word in element.words
    }
    ordered = sorted(words)
    table = token_table([f"x {word} x" for _, word in ordered])
    counts = np.bincount(table.sentences.article[table.sentence], minlength=len(ordered))
    # a stop ends a sentence and "'s" stands alone: count what lies between the x
    assert [pair for pair, count in zip(ordered, counts, strict=True) if count != 3] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_condition_shuts_a_rule_out_for_good(name: str) -> None:
    """A rule whose own words meet its ``unless`` in every form can never give a cue."""
    shut = []
    for rule in axis(name).rules:
        if rule.pole and rule.unless:
            table = token_table([f"x {phrase} x" for pattern in rule.match for phrase in phrases(pattern)])
            owner = table.sentences.article[table.sentence]
            stopped = {int(owner[first]) for first in Matcher(rule.unless)(table).first}
            if len(stopped) == len(table.texts):
                shut.append(rule.name)
    assert not shut


def alone(read: Axis, rule: Rule) -> Axis:
    return dataclasses.replace(read, rules=(dataclasses.replace(rule, requires=()),))


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_gives_its_own_pole_a_cue_somewhere(name: str) -> None:
    """Alone, said plainly of *Acme*, with its conditions waived, each rule claims something."""
    read, mute = axis(name), []
    for rule in read.rules:
        if rule.pole:
            texts = [f"Acme {phrase}" for pattern in rule.match for phrase in phrases(pattern)]
            found = Rules((alone(read, rule),))(token_table(texts), no_mentions())
            if not len(found):
                mute.append(rule.name)
    assert not mute


def mirrored(read: Axis) -> Axis:
    """The axis with its poles swapped; which of them is borne stays."""
    burden = read.burden or read.negative
    return dataclasses.replace(read, positive=read.negative, negative=read.positive, burden=burden)


def seen(found: Cues) -> list[tuple[object, ...]]:
    columns = (found.first, found.last, found.strength, found.modality, found.negated, found.bearer, found.amount)
    names = [found.measures[m] for m in found.measure]
    return sorted(zip(names, *(column.tolist() for column in columns), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_swapping_the_poles_flips_the_sign_and_nothing_else(name: str) -> None:
    read = axis(name)
    frames = ["{}.", "It did not {}.", "It no longer {}.", "They may reduce {}.", "They lost {}, but not all."]
    texts = [
        frame.format(next(phrases(pattern)))
        for number, rule in enumerate(read.rules)
        for pattern in rule.match[:1]
        for frame in (frames[number % 5], frames[(number + 2) % 5])
    ]
    table = token_table(texts)
    one, other = Rules((read,))(table, no_mentions()), Rules((mirrored(read),))(table, no_mentions())
    assert seen(one) == seen(other) and one.measures == other.measures[::-1] and len(one) > len(texts) // 4


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_the_remarks_of_a_file_are_plain_text_and_lines_end_well(path: Path) -> None:
    raw = path.read_bytes()
    assert b"\r" not in raw and b"\t" not in raw and raw.endswith(b"\n") and not raw.endswith(b"\n\n")
