"""Axes: rules as data; a fault is named with its file and place."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from framing.axis import Axis, Rule
from framing.errors import ConfigurationError
from framing.signature import digest

HEAD = "axis: size\nlabel: big vs. small\nsource: this test\nversion: '1'\npositive: big\nnegative: small\n"
RULES = "rules:\n  big: [huge+, {match: [vast, 'very big'], strength: 1, kind: noun, bearer: any}]\n  small: [tiny]\n"


def read(folder: Path, text: str) -> Axis:
    path = folder / "size.yaml"
    path.write_text(text, encoding="utf-8")
    return Axis.read(path)


def test_an_axis_is_read_with_its_poles_rules_and_digest(tmp_path: Path) -> None:
    axis = read(tmp_path, HEAD + RULES)
    assert axis.poles == ("big", "small") and axis.label == "big vs. small" and axis.source == "this test"
    assert axis.digest == hashlib.sha256((HEAD + RULES).encode()).hexdigest()
    first, second, third = axis.rules
    assert (first.pole, first.strength, first.kind, first.bearer) == ("big", 2, "phrase", "subject")
    assert (second.strength, second.kind, second.bearer, len(second.match)) == (1, "noun", "any", 2)
    assert third.pole == "small"


def test_rule_names_are_unique(tmp_path: Path) -> None:
    names = [rule.name for rule in read(tmp_path, HEAD + RULES).rules]
    assert len(set(names)) == len(names)


def test_the_pole_that_is_borne_is_the_negative_one_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + RULES).burden == "small"
    assert read(tmp_path, HEAD + "burden: big\n" + RULES).burden == "big"


def test_swapping_the_poles_of_a_file_swaps_nothing_else(tmp_path: Path) -> None:
    swapped = HEAD.replace("positive: big\nnegative: small", "positive: small\nnegative: big\nburden: small")
    one, other = read(tmp_path, HEAD + RULES), read(tmp_path, swapped + RULES)
    assert one.rules == other.rules and one.burden == other.burden and one.poles == other.poles[::-1]


def test_neutral_rules_have_no_pole(tmp_path: Path) -> None:
    axis = read(tmp_path, HEAD + RULES + "  neutral: [huge amount]\n")
    assert [rule.pole for rule in axis.rules] == ["big", "big", "small", ""]


def test_one_changed_byte_changes_the_signature(tmp_path: Path) -> None:
    one, other = read(tmp_path, HEAD + RULES), read(tmp_path, HEAD + RULES + "# a remark\n")
    assert one.rules == other.rules and digest(one) != digest(other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("axis: [", "YAML"),
        ("- a\n- b\n", "expected keys"),
        (HEAD, "rules"),
        (HEAD.replace("positive: big\n", "") + RULES, "positive"),
        (HEAD + "lable: x\n" + RULES, "did you mean 'label'"),
        (HEAD + RULES.replace("strength: 1", "strength: 3"), "expected 1 or 2"),
        (HEAD + RULES.replace("strength: 1", "strength: true"), "expected 1 or 2"),
        (HEAD + RULES.replace("strength: 1", "strenght: 1"), "did you mean 'strength'"),
        (HEAD + RULES.replace("kind: noun", "kind: adverb"), "phrase, noun, verb"),
        (HEAD + RULES.replace("bearer: any", "bearer: both"), "subject, object, any"),
        (HEAD + RULES.replace("bearer: any", "modality: maybe"), "hedged"),
        (HEAD + RULES.replace("tiny", "huge+"), "already in rules.big"),
        (HEAD + RULES.replace("tiny", "'(a|b'"), "not closed"),
        (HEAD + RULES.replace("[tiny]", "[3]"), "expected a pattern"),
        (HEAD + RULES.replace("[tiny]", "[{strength: 1}]"), "match"),
        (HEAD + RULES.replace("  small: [tiny]\n", ""), "small"),
        (HEAD + RULES.replace("small: [tiny]", "smal: [tiny]"), "did you mean 'small'"),
        (HEAD.replace("negative: small", "negative: too small") + RULES, "one word"),
        (HEAD.replace("negative: small", "negative: big") + RULES, "big"),
        (HEAD + "silent_when_denied: [huge]\n" + RULES, "silent_when_denied"),
        (HEAD + RULES.replace("[tiny]", "&a [tiny, *a]"), "anchors"),
        (HEAD + "burden: huge\n" + RULES, "burden: expected big or small"),
        (HEAD + "rules: 3\n", "rules"),
        (HEAD + RULES.replace("[tiny]", "3"), "small"),
        (HEAD.replace("axis: size", "axis: 7 sizes") + RULES, "axis"),
        (HEAD.replace("positive: big", "positive: tone") + RULES.replace("big:", "tone:"), "tone"),
    ],
)
def test_a_fault_is_refused_in_one_line_that_names_the_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert "size.yaml" in message and said in message and "\n" not in message


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "size.yaml"
    path.write_bytes(b"axis: \xff\xfe\n")
    with pytest.raises(ConfigurationError, match=r"size\.yaml"):
        Axis.read(path)


def test_a_rule_made_in_python_has_the_defaults_of_the_file() -> None:
    rule = Rule("x", "big", ())
    assert (rule.strength, rule.kind, rule.bearer, rule.unless, rule.modality) == (2, "phrase", "subject", (), None)
