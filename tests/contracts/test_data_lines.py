"""One suite over every line of the shipped data: valid, reachable, and in order."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT, Instruments, corpus, no_mentions, token_table

from framing.lexicon import Lexicon
from framing.pattern import spell, split
from framing.roster import NO_ACTOR, Company
from framing.sentiment import Rules
from framing.tables import Mentions

DATA = ROOT / "data"
LEXICONS = sorted((DATA / "lexicons").glob("*.tsv"))
TABLES = ("companies", "groups", "outlets")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def named(instruments: Instruments, texts: list[str]) -> list[set[str]]:
    """The actors found in each text."""
    table = token_table(texts)
    found: Mentions = instruments.finder(corpus(texts), table)
    article = table.sentences.article[found.sentence]
    sets: list[set[str]] = [set() for _ in texts]
    for owner, actor, inferred in zip(article, found.actor, found.inferred, strict=True):
        if not inferred:
            sets[owner].add(found.names[actor])
    return sets


# --- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_lines_are_sorted_unique_clean_and_whole(name: str) -> None:
    table = rows(name)
    keys = [next(iter(row.values())) for row in table]
    assert [k for k, n in Counter(keys).items() if n > 1] == []
    folded = [key.casefold() for key in keys]
    assert [b for a, b in zip(folded, sorted(folded), strict=True) if a != b][:3] == []
    for row in table:
        for cell in row.values():
            assert cell == cell.strip() and "\u00a0" not in cell and '"' not in cell, row
    raw = (DATA / f"{name}.csv").read_bytes()
    assert b"\r" not in raw and raw.endswith(b"\n")


@pytest.mark.parametrize("name", TABLES)
def test_lists_in_a_cell_hold_no_empty_or_repeated_item(name: str) -> None:
    for row in rows(name):
        for column, cell in row.items():
            separator = " || " if name == "groups" else "|"
            items = cell.split(separator) if cell and column not in ("actor", "company", "outlet") else []
            assert all(item.strip() for item in items), (row, column)
            assert len(set(items)) == len(items), (row, column)


# --- companies -------------------------------------------------------------------------------------


def test_a_company_has_a_country_and_a_sector(instruments: Instruments) -> None:
    missing = [c.actor.name for c in instruments.companies.rows if not (c.actor.country and c.actor.sector)]
    assert missing == []


def test_a_parent_is_a_company_of_the_list_or_a_firm_outside_it_but_never_itself(instruments: Instruments) -> None:
    assert [c.actor.name for c in instruments.companies.rows if c.actor.parent == c.actor.name] == []


def test_an_alias_or_ticker_names_one_company(instruments: Instruments) -> None:
    owners: dict[str, set[str]] = {}
    for company in instruments.companies.rows:
        for alias in (*(alias for alias, _ in company.aliases), *company.tickers):
            owners.setdefault(alias, set()).add(company.actor.name)
    # a ticker may be spelt like another firm's name: there the context decides
    aliases = {alias for c in instruments.companies.rows for alias, _ in c.aliases}
    assert {a: sorted(o) for a, o in owners.items() if len(o) > 1 and a in aliases and a.upper() != a} == {}


def test_a_name_is_not_its_own_false_friend_or_product(instruments: Instruments) -> None:
    for company in instruments.companies.rows:
        aliases = {alias for alias, _ in company.aliases}
        assert not aliases & set(company.false_friends), company.actor.name
        assert not aliases & set(company.products), company.actor.name


def sentence(alias: str, company: Company) -> str:
    """A plain sentence of business news that names the company."""
    return f"Shares of {alias} rose as the company reported higher revenue and profit, investors said."


def test_every_alias_is_found_in_a_plain_sentence(instruments: Instruments) -> None:
    pairs = [(alias, company) for company in instruments.companies.rows for alias, _ in company.aliases]
    found = named(instruments, [sentence(alias, company) for alias, company in pairs])
    assert [(a, c.actor.name) for (a, c), actors in zip(pairs, found, strict=True) if c.actor.name not in actors] == []


def test_every_ticker_is_found_beside_its_exchange(instruments: Instruments) -> None:
    pairs = [(ticker, company) for company in instruments.companies.rows for ticker in company.tickers]
    found = named(instruments, [f"The shares (NYSE: {ticker}) rose." for ticker, _ in pairs])
    assert [(t, c.actor.name) for (t, c), actors in zip(pairs, found, strict=True) if c.actor.name not in actors] == []


def test_no_false_friend_or_product_is_found_as_its_company(instruments: Instruments) -> None:
    pairs = [
        (phrase, company)
        for company in instruments.companies.rows
        for phrase in company.false_friends
        if any(alias in phrase for alias, _ in company.aliases)
    ]
    found = named(instruments, [f"They spoke of {phrase} that day." for phrase, _ in pairs])
    assert [(p, c.actor.name) for (p, c), actors in zip(pairs, found, strict=True) if c.actor.name in actors] == []


# --- groups ----------------------------------------------------------------------------------------


def test_every_group_is_found_by_each_of_its_patterns(instruments: Instruments) -> None:
    pairs = [(actor, pattern) for actor, patterns in instruments.groups.rows for pattern in patterns]
    texts, owners = [], []
    for number, (_, pattern) in enumerate(pairs):
        for sequence in (pattern.sequences[0], pattern.sequences[-1]):
            words = " ".join(e.words[0].replace("*", "x") for e in sequence).replace(" .", ".")
            texts.append(f"They met {words} again")
            owners.append(number)
    found = named(instruments, texts)
    missed = {
        (pairs[owner][0].name, pairs[owner][1].text)
        for owner, actors in zip(owners, found, strict=True)
        if pairs[owner][0].kind != NO_ACTOR and pairs[owner][0].name not in actors
    }
    assert missed == set()


def test_a_group_has_a_kind_and_an_alias(instruments: Instruments) -> None:
    assert [actor.name for actor, patterns in instruments.groups.rows if not patterns] == []


def test_actors_of_all_lists_have_different_names(instruments: Instruments) -> None:
    companies = [c.actor.name for c in instruments.companies.rows]
    groups = [actor.name for actor, _ in instruments.groups.rows]
    assert not set(companies) & set(groups)


# --- outlets ---------------------------------------------------------------------------------------


def test_every_name_alias_and_domain_leads_to_its_outlet(instruments: Instruments) -> None:
    for row in rows("outlets"):
        sure = [a for a in row["aliases"].split("|") if a and not a.endswith("?")]
        for raw in (row["outlet"], *sure, *filter(None, row["domains"].split("|"))):
            assert instruments.outlets.canonical(raw) == row["outlet"], raw


def test_an_outlet_has_a_country_and_a_kind() -> None:
    assert [row["outlet"] for row in rows("outlets") if not (row["country"] and row["kind"])] == []


def test_no_medium_that_is_no_company_is_an_actor(instruments: Instruments) -> None:
    taken = {alias for c in instruments.companies.rows for alias, _ in c.aliases}
    taken |= {alias for c in instruments.companies.rows for alias in (c.actor.name, *c.tickers)}
    names = [alias for alias, _, unsure in instruments.outlets.names() if not unsure and alias not in taken]
    found = named(instruments, [f"The talks failed, {name} reported." for name in names])
    companies = {c.actor.name for c in instruments.companies.rows}
    assert [(n, sorted(a & companies)) for n, a in zip(names, found, strict=True) if a & companies] == []


# --- lexicons --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", LEXICONS, ids=lambda p: p.stem)
def test_a_lexicon_says_its_source_licence_version_and_cut(path: Path) -> None:
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    keys = {line.lstrip("# ").split(":")[0] for line in head}
    assert {"source", "licence", "version", "cut"} <= keys


@pytest.mark.parametrize("path", LEXICONS, ids=lambda p: p.stem)
def test_every_term_of_a_lexicon_is_reached_in_a_sentence(path: Path) -> None:
    lexicon = Lexicon.read(path)
    terms = sorted(word for word, valence in lexicon.valences.items() if valence)
    table = token_table([f"They spoke {word} again" for word in terms])
    found = Rules(lexicon)(table, no_mentions())
    owner = table.sentences.article[table.sentence[found.first]]
    heard = {(int(o), found.rules[r]) for o, r in zip(owner, found.rule, strict=True)}
    assert [w for i, w in enumerate(terms) if (i, f"{lexicon.name}: {w}") not in heard] == []


@pytest.mark.parametrize("path", LEXICONS, ids=lambda p: p.stem)
def test_the_terms_of_a_lexicon_are_sorted(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines()[1:] if line and not line.startswith("#")]
    terms = [line.split("\t")[0] for line in lines if not line.startswith("term\t")]
    assert terms == sorted(terms) and len(set(terms)) == len(terms)


def test_a_name_survives_the_way_from_word_to_tokens(instruments: Instruments) -> None:
    for company in instruments.companies.rows:
        for alias, _ in company.aliases:
            pieces = [spell(word[a:b]) for word in alias.split() for a, b in split(word)]
            assert "".join(pieces) == spell(alias).replace(" ", ""), alias
