"""The roster: who can be an actor, one line each; a bad line is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.errors import ConfigurationError
from framing.pattern import parse
from framing.roster import Actor, Companies, Groups

COMPANY = "company,aliases,tickers,country,sector,parent,false_friends,products\n"
GROUP = "actor,kind,country,sector,aliases\n"


def companies(folder: Path, text: str, name: str = "companies.csv") -> Companies:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Companies.read(path)


def groups(folder: Path, text: str, name: str = "groups.csv") -> Groups:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Groups.read(path)


def test_a_line_is_a_company(tmp_path: Path) -> None:
    line = "Acme,Acme Inc.|Ace?,ACM|0001.HK,United States,chips,Holding,acme of skill,Rocket|Acme Anvil\n"
    (row,) = companies(tmp_path, COMPANY + line).rows
    assert row.actor == Actor("Acme", "company", "United States", "chips", "Holding")
    assert row.aliases == (("Acme", False), ("Acme Inc.", False), ("Ace", True))
    assert row.tickers == ("ACM", "0001.HK") and row.false_friends == ("acme of skill",)
    assert row.products == ("Rocket", "Acme Anvil")


def test_a_name_listed_with_a_question_mark_needs_context_itself(tmp_path: Path) -> None:
    (row,) = companies(tmp_path, COMPANY + "Line,Line?|Line Corp.,,Japan,internet,,,\n").rows
    assert row.aliases == (("Line", True), ("Line Corp.", False))


def test_a_short_file_may_leave_columns_out(tmp_path: Path) -> None:
    (row,) = companies(tmp_path, "company,aliases\nAcme,Acme Inc.\n").rows
    assert row.aliases == (("Acme", False), ("Acme Inc.", False)) and row.tickers == ()


def test_remarks_blank_lines_quotes_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + COMPANY + "# a remark\n\n" + '"Acme, Inc.",,,,,,,\n'
    assert [row.actor.name for row in companies(tmp_path, text).rows] == ["Acme, Inc."]


def test_a_line_of_a_further_file_replaces_the_one_of_the_same_company(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(COMPANY + "Acme,,,US,,,,\nBolt,,,,,,,\n")
    two.write_text(COMPANY + "Acme,,,UK,,,,\nCog,,,,,,,\n")
    read = Companies.read(one, two)
    assert [(r.actor.name, r.actor.country) for r in read.rows] == [("Acme", "UK"), ("Bolt", ""), ("Cog", "")]
    assert read.name == "one+two" and read.digest != Companies.read(one).digest


def test_a_group_is_named_by_patterns(tmp_path: Path) -> None:
    (row,) = groups(tmp_path, GROUP + "China,country,China,,China || Beijing || Chinese (firms|makers)\n").rows
    assert row[0] == Actor("China", "country", "China")
    assert row[1] == (parse("China"), parse("Beijing"), parse("Chinese (firms|makers)"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1:"),
        ("name,aliases\nAcme,\n", ":1:"),
        (COMPANY + "Acme,,\n", ":2: 3 cells, but the header has 8"),
        (COMPANY + "Acme,,,,,,,\nBolt,,,,,,,,\n", ":3: 9 cells"),
        (COMPANY + ",,,,,,,\n", ":2: company is empty"),
        (COMPANY + "Acme,?,,,,,,\n", ":2: an alias is only a question mark"),
        (COMPANY + "Acme,,,,,,,\nAcme,,,,,,,\n", "'Acme' stands there twice"),
    ],
)
def test_a_bad_company_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        companies(tmp_path, text)
    assert "companies.csv" in str(caught.value) and said in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GROUP + "China,nation,,,China\n", ":2: kind: expected country, sector, group or none"),
        (GROUP + "China,country,,,(China\n", ":2: '(China': a parenthesis is not closed"),
        (GROUP + "China,country,,,China\nChina,country,,,PRC\n", "twice"),
    ],
)
def test_a_bad_group_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        groups(tmp_path, text)
    assert "groups.csv" in str(caught.value) and said in str(caught.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_bytes(COMPANY.encode() + b"Caf\xe9,,,,,,,\n")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        Companies.read(tmp_path / "companies.csv")
