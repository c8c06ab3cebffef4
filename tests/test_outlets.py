"""Outlets: every way to write an outlet's name leads to it, and a bad line is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.errors import ConfigurationError
from framing.outlets import Outlets
from framing.signature import settings

HEADER = "outlet,aliases,domains,country,kind\n"
LINES = """The Daily Example,Daily Example|Example Daily,dailyexample.com|example.co.uk,Britain,newspaper
Time,Time?|Time Magazine,time.example,United States,magazine
Wire,,wire.example,,
"""


def written(folder: Path, text: str, name: str = "outlets.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def outlets(tmp_path: Path) -> Outlets:
    return Outlets.read(written(tmp_path, HEADER + LINES))


@pytest.mark.parametrize(
    ("raw", "outlet"),
    [
        ("The Daily Example", "The Daily Example"),
        ("  Daily Example ", "The Daily Example"),
        ("www.dailyexample.com", "The Daily Example"),
        ("uk.wire.example", "Wire"),
        ("https://www.Example.co.uk/news/1?x=y", "The Daily Example"),
        ("wire.example:8080", "Wire"),
        ("Time Magazine", "Time"),
    ],
)
def test_name_alias_and_domain_lead_to_the_outlet(outlets: Outlets, raw: str, outlet: str) -> None:
    assert outlets.canonical(raw) == outlet


@pytest.mark.parametrize("raw", ["Unknown Post", "example.com", "notwire.example2", "St. Example", ""])
def test_the_unknown_stays_as_it_is(outlets: Outlets, raw: str) -> None:
    assert outlets.canonical(raw) == raw


def test_country_and_kind_are_known_or_none(outlets: Outlets) -> None:
    assert outlets.country("Time") == "United States"
    assert outlets.kind("The Daily Example") == "newspaper"
    assert outlets.country("Wire") is outlets.kind("Wire") is outlets.kind("Nobody") is None


def test_names_say_which_need_context(outlets: Outlets) -> None:
    names = outlets.names()
    assert ("Time", "Time", True) in names
    assert ("Time Magazine", "Time", False) in names
    assert ("Wire", "Wire", False) in names
    assert names == sorted(names)


def test_a_later_file_extends_and_corrects_an_earlier_one(tmp_path: Path) -> None:
    first = written(tmp_path, HEADER + LINES)
    second = written(tmp_path, HEADER + "Wire,The Wire,,France,agency\nNew,,new.example,,\n", "more.csv")
    both = Outlets.read(first, second)
    assert both.country("Wire") == "France"
    assert both.canonical("new.example") == "New"
    assert both.digest != Outlets.read(first).digest


def test_a_changed_byte_changes_the_signature(tmp_path: Path) -> None:
    before = Outlets.read(written(tmp_path, HEADER + LINES))
    after = Outlets.read(written(tmp_path, HEADER + LINES.replace("magazine\n", "weekly\n")))
    assert settings(before) != settings(after)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (HEADER + "A,,,\n", ":2:", "expected 5 cells"),
        (HEADER + "# a remark\nA,,,,\nA,,,,\n", ":4:", "twice"),
        (HEADER + ",x,,,\n", ":2:", "no name"),
        (HEADER + "A,x||y,,,\n", ":2:", "empty item"),
        (HEADER + "A,x,,,\nB,x,,,\n", ":3:", "belongs to 'A'"),
        (HEADER + "A,,a.example,,\nB,,a.example,,\n", ":3:", "belongs to 'A'"),
        (HEADER + "A,B,,,\nB,,,,\n", ":2:", "another outlet"),
        ("name,aliases\nA,\n", ":1:", "expected the columns"),
        ("", "", "empty"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, line: str, what: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigurationError, match=what) as caught:
        Outlets.read(path)
    assert f"{path}{line}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        Outlets.read(tmp_path / "absent.csv")


def test_the_shipped_list_is_sound() -> None:
    shipped = Path(__file__).parents[1] / "data" / "outlets.csv"
    outlets = Outlets.read(shipped)
    assert outlets.canonical("www.theguardian.com") == outlets.canonical("The Guardian") == "The Guardian"
