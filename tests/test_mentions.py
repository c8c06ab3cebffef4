"""Mentions: who is named, by the longest name; a word that only looks like a name is nobody."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from conftest import ROOT, SHARED, Articles, Instruments, Tables, corpus, token_table
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.corpus import Lines, corpus_of
from framing.kernel import compile_kernels, interpreted
from framing.kernel.mentions import DETERMINER, NONE, NOUN, OPENING, PRONOUN, antecedents
from framing.mentions import Finder, Given
from framing.pattern import parse
from framing.roster import Actor, Companies, Company, Groups
from framing.tables import Mentions, Survey, Tokens
from framing.text import Text

Found = Callable[[Articles], tuple[Tokens, Mentions]]
Row = tuple[str, str]


def rows(table: Mentions, inferred: bool = False) -> list[Row]:
    """(actor, alias) of each mention, by position."""
    return [
        (table.names[actor], alias)
        for actor, alias, guess in zip(table.actor, table.alias, table.inferred, strict=True)
        if bool(guess) == inferred
    ]


def named(mentions: Found, text: str) -> list[Row]:
    return rows(mentions(text)[1])


def actors(mentions: Found, text: str) -> list[str]:
    return [actor for actor, _ in named(mentions, text)]


# --- how a name is written -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huawei’s chip is fast.", [("Huawei", "Huawei")]),
        ("Huawei's chip is fast.", [("Huawei", "Huawei")]),
        ("“Huawei” is fast.", [("Huawei", "Huawei")]),
        ("(Huawei) is fast.", [("Huawei", "Huawei")]),
        (
            "It sued Huawei, TSMC and Samsung Electronics.",
            [("Huawei", "Huawei"), ("TSMC", "TSMC"), ("Samsung", "Samsung Electronics")],
        ),
        ("Taiwan Semiconductor Manufacturing Co. makes it.", [("TSMC", "Taiwan Semiconductor Manufacturing Co.")]),
        (
            "Taiwan Semiconductor Manufacturing\u00a0Company makes it.",
            [("TSMC", "Taiwan Semiconductor Manufacturing\u00a0Company")],
        ),
        ("Alphabet Inc. is rich.", [("Google", "Alphabet Inc.")]),
        ("huawei is written small.", []),
        ("Huaweis are many.", []),
    ],
)
def test_a_name_is_found_as_it_stands(text: str, expected: list[Row], mentions: Found) -> None:
    assert named(mentions, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shares of Nvidia (NVDA) rose.", ["Nvidia", "Nvidia"]),
        ("Shares of the firm (NASDAQ: NVDA) rose.", ["Nvidia"]),
        ("Traders bought $NVDA again.", ["Nvidia"]),
        ("The stock 9988.HK fell.", ["Alibaba"]),
        ("The NVDA chant went on.", []),
        ("Artificial intelligence (AI) is new.", []),
        ("It got an F for effort.", []),
        ("The SNAP cuts went through.", []),
    ],
)
def test_a_ticker_counts_only_where_tickers_stand(text: str, expected: list[str], mentions: Found) -> None:
    assert actors(mentions, text) == expected


# --- what only looks like a name -------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The Apple orchard was in bloom.",
        "She ate an Apple and two pears.",
        "The Amazon rainforest is burning.",
        "Boats went up the Amazon at night.",
        "It was the long arm of the government.",
        "An arm of the state paid for it.",
        "Arm in arm they walked home.",
        "The Line at the door was long.",
        "Line up here, they were told.",
        "Target the young, he wrote.",
        "The Target was missed again.",
        "The novel is very Meta.",
        "Harrison Ford was in the film.",
        "Gerald Ford was president.",
        "The Gap between them grew.",
        "The Oracle of Delphi spoke.",
        "A Visa is needed at the border.",
        "They met in Times Square at noon.",
    ],
)
def test_a_common_word_is_no_company(text: str, mentions: Found) -> None:
    assert named(mentions, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apple said its revenue rose in the last quarter.", ["Apple"]),
        ("Shares of Amazon fell as its cloud sales slowed.", ["Amazon"]),
        ("The chip designer Arm licenses its technology to others.", ["Arm"]),
        ("Meta launched an app for its users.", ["Meta"]),
        ("Ford said its profit fell as sales of electric models slowed.", ["Ford"]),
        ("Target said sales at its stores fell and its shares slid.", ["Target"]),
    ],
)
def test_an_ambiguous_name_counts_in_business_news(text: str, expected: list[str], mentions: Found) -> None:
    assert actors(mentions, text) == expected


def test_an_ambiguous_name_counts_where_its_article_names_the_company_outright(mentions: Found) -> None:
    table = mentions("Ford Motor Co. opened a plant. Ford hired many. Harrison Ford came too.")[1]
    assert rows(table) == [("Ford", "Ford Motor Co."), ("Ford", "Ford")]


@pytest.mark.parametrize(
    "text",
    [
        "The Alibaba-backed start-up raised money.",
        "A Huawei-led group met.",
        "An iPhone 15 lay there.",
        "She wore an Apple Watch at dinner.",
        "They looked it up on Google Maps again.",
        "The Samsung Galaxy was on the table.",
        "A box of Nvidia H100 cards was lost.",
        "Ernie 4.0 wrote the poem.",
        "The Alibaba.com site was down.",
    ],
)
def test_a_product_or_a_modifier_is_no_mention(text: str, mentions: Found) -> None:
    assert named(mentions, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "According to Reuters, the talks failed.",
        "The talks failed, the Financial Times reported.",
        "Bloomberg News said that the talks had failed.",
        "A report by Brookings says the talks failed.",
        "A writer for the South China Morning Post saw it.",
    ],
)
def test_a_medium_named_as_a_source_is_nobody_s_mention(text: str, mentions: Found) -> None:
    assert named(mentions, text) == []


# --- groups, countries, and the longest name -------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beijing protested.", [("China", "country")]),
        ("Washington and Brussels agreed.", [("United States", "country"), ("European Union", "country")]),
        ("Chinese firms rely on imports.", [("Chinese firms", "group")]),
        ("Chipmakers met.", [("chipmakers", "sector")]),
        ("Ships in the South China Sea turned back.", []),
        ("China’s Huawei protested.", [("China", "country"), ("Huawei", "company")]),
    ],
)
def test_countries_sectors_and_groups_are_actors(text: str, expected: list[Row], mentions: Found) -> None:
    table = mentions(text)[1]
    assert [(table.names[a], table.kinds[a]) for a in table.actor] == expected


def own(*companies: Company, groups: str = "") -> Finder:
    """A roster of one's own; groups as ``name = pattern`` lines."""
    lines = [line.split(" = ") for line in groups.splitlines() if line]
    made = tuple((Actor(name, "country"), (parse(pattern),)) for name, pattern in lines)
    return Finder(Companies("mine", companies, "0" * 64), Groups("mine", made, "0" * 64))


def company(name: str, *aliases: str, friends: tuple[str, ...] = (), products: tuple[str, ...] = ()) -> Company:
    listed = ((name, False), *((alias, False) for alias in aliases))
    return Company(Actor(name, "company"), listed, (), friends, products)


def find(finder: Finder, text: str) -> list[Row]:
    return rows(finder(corpus(text), token_table(text)))


def test_the_longest_name_wins() -> None:
    finder = own(company("Sun"), company("Sun Life"), company("Life Cover"), groups="Sunland = Sun Life Cover Land")
    assert find(finder, "Sun rose. Sun Life rose. Sun Life Cover Land rose.") == [
        ("Sun", "Sun"),
        ("Sun Life", "Sun Life"),
        ("Sunland", "Sun Life Cover Land"),
    ]


def test_a_false_friend_and_a_product_shadow_the_name() -> None:
    finder = own(company("Acme", friends=("Acme of skill",), products=("Rocket",)))
    assert find(finder, "Acme of skill, Acme Rocket, Acme Rocket’s, Acme Watch, Acme.") == [("Acme", "Acme")]


def test_the_order_of_the_roster_changes_nothing() -> None:
    companies = [company("Sun"), company("Sun Life"), company("Life"), company("Acme", "Sun Acme")]
    text = "Sun Life and Sun, Life and Sun Acme; Acme Sun."
    assert find(own(*companies), text) == find(own(*companies[::-1]), text)


def test_nobody_of_an_empty_roster_is_named() -> None:
    assert find(own(), "Huawei, Acme and Beijing met.") == []


# --- who is meant ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Huawei grew. It hired many.", [("Huawei", "It")]),
        ("Huawei said it grew.", [("Huawei", "it")]),
        ("Huawei grew. The company hired many.", [("Huawei", "The company")]),
        ("Huawei grew. Few noticed. The Chinese\u00a0company hired many.", [("Huawei", "The Chinese\u00a0company")]),
        ("TSMC grew. The chipmaker hired many.", [("TSMC", "The chipmaker")]),
        ("Huawei and TSMC met. It hired many.", []),
        ("Huawei and TSMC met. The company hired many.", []),
        ("Huawei grew.\n\nIt hired many.", []),
        ("Nobody was named. It rained.", []),
        ("China grew. It hired many.", []),
    ],
)
def test_it_and_the_company_stand_for_the_one_company_they_can_mean(
    text: str, expected: list[Row], mentions: Found
) -> None:
    assert rows(mentions(text)[1], inferred=True) == expected


def test_inferred_mentions_can_be_left_out(instruments: Instruments) -> None:
    finder = Finder(instruments.companies, instruments.groups, instruments.outlets, inferred=False)
    text = "Huawei grew. The company hired many."
    assert not finder(corpus(text), token_table(text)).inferred.any()


def test_names_are_masked_and_pronouns_are_not(mentions: Found) -> None:
    table, found = mentions("Huawei Technologies grew. It hired many.")
    assert [table.spelling(int(i)) for i in np.flatnonzero(found.mask(len(table)))] == ["Huawei", "Technologies"]


# --- laws ------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *"Huawei Huawei’s TSMC Apple Amazon Arm Ford the The an it It company firm said, shares chips".split(),
        *"Beijing China’s Chinese firms and , . . (NVDA) Nvidia $NVDA Samsung Electronics Galaxy 🚀 e\u0301".split(),
        "\n\n",
        "South China Sea",
        "Apple Watch",
        "Alibaba-backed",
        "Reuters",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=16).map(" ".join)


@given(st.lists(TEXTS, min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_the_characters_of_a_mention_are_its_alias_and_mentions_do_not_overlap(
    instruments: Instruments, texts: list[str]
) -> None:
    articles = [{"text": "x " + text, "title": text} for text in texts]
    table, given_ = token_table(articles), corpus(articles)
    found = instruments.finder(given_, table)
    titles, owner = table.sentences.title[found.sentence], table.sentences.article[found.sentence]
    for i, alias in enumerate(found.alias):
        source = (table.titles if titles[i] else table.texts)[owner[i]]
        assert source[found.start[i] : found.end[i]] == alias
        assert table.start[found.first[i]] == found.start[i] and table.end[found.last[i] - 1] == found.end[i]
        assert table.sentence[found.first[i]] == table.sentence[found.last[i] - 1] == found.sentence[i]
    assert (found.first[1:] >= found.last[:-1]).all()


@given(st.lists(TEXTS, min_size=2, max_size=5))
@settings(max_examples=15, deadline=None)
def test_mentions_depend_on_their_article_alone(instruments: Instruments, texts: list[str]) -> None:
    def seen(articles: list[str]) -> list[tuple[int, Row, int]]:
        table = token_table(articles)
        found = instruments.finder(corpus(articles), table)
        owner = table.sentences.article[found.sentence].tolist()
        names = [found.names[a] for a in found.actor]
        return [(a, (n, w), int(s)) for a, n, w, s in zip(owner, names, found.alias, found.start, strict=True)]

    together = seen([f"x {text}" for text in texts])
    alone = [(i, row, start) for i, text in enumerate(texts) for _, row, start in seen([f"x {text}"])]
    assert together == alone


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4), st.booleans()), max_size=8))
@settings(max_examples=40, deadline=None)
def test_the_mask_is_true_inside_names_and_nowhere_else(spans: list[tuple[int, int, bool]]) -> None:
    first, count, guessed = (np.array([span[i] for span in spans], dtype=np.int32) for i in range(3))
    table = Mentions(("A",), ("company",), first * 0, first, first, first + count, first, first, guessed == 1, ())
    inside = {token for a, n, guess in spans if not guess for token in range(a, a + n)}
    assert np.flatnonzero(table.mask(40)).tolist() == sorted(inside)


NAMED = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=6)


@given(st.lists(st.tuples(NAMED, st.booleans(), st.booleans()), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_an_antecedent_is_the_only_actor_of_the_nearest_sentence_that_names_one(
    sentences: list[tuple[list[tuple[int, int]], bool, bool]],
) -> None:
    """Each sentence: names as (place, actor), whether a pronoun or a noun follows, and whether it opens a paragraph."""
    names = sorted(
        {(10 * s + (0, 1, 5)[place], s, actor) for s, (some, _, _) in enumerate(sentences) for place, actor in some}
    )
    names = [row for i, row in enumerate(names) if not i or row[0] != names[i - 1][0]]
    named, _, who = np.array(names, dtype=np.int64).reshape(-1, 3).T.copy()
    paragraph = np.cumsum([new for *_, new in sentences]).astype(np.int32)
    pronoun = np.array([pronoun for _, pronoun, _ in sentences])
    opening = 10 * np.arange(len(sentences) + 1)
    ids, sentence = np.arange(opening[-1], dtype=np.int32), np.repeat(np.arange(len(sentences), dtype=np.int32), 10)
    for offset in (2, 3):  # a pronoun looks back from the start of its sentence only
        expected: list[int] = []
        for s in range(len(sentences)):
            reach = (0 if offset > OPENING else 1) if pronoun[s] else 3
            found = {a for place, where, a in names if where == s and place < 10 * s + offset}
            for back in range(s - 1, max(-1, s - 1 - reach), -1):
                if found or paragraph[back] != paragraph[s]:
                    break
                found = {a for _, where, a in names if where == back} | ({expected[back]} - {NONE})
            expected.append(found.pop() if len(found) == 1 else NONE)
        begin = opening[:-1] + offset
        places, bits = np.where(pronoun, begin, begin + 1), np.zeros(len(ids), dtype=np.int32)
        bits[begin] = DETERMINER  # as "its" is too
        bits[places] |= np.where(pronoun, PRONOUN, NOUN)
        room = [np.full(len(sentences), NONE, dtype=dtype) for dtype in (np.int32, np.int32, np.int64, np.int64)]
        n = antecedents(
            *(places, ids, bits, sentence, opening, paragraph),
            *(who.astype(np.int32), named, named + 1, np.ones(3, dtype=bool), *room),
        )
        _, actor, first, last = (column[:n].tolist() for column in room)
        means = np.array(expected) != NONE
        assert actor == np.array(expected)[means].tolist()
        assert first == begin[means].tolist() and last == (places + 1)[means].tolist()


@pytest.mark.slow
def test_compiled_and_interpreted_find_the_same_mentions(instruments: Instruments) -> None:
    lines = (ROOT / "data" / "demo" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [{key: json.loads(line)[key] for key in ("title", "text")} for line in lines]
    table, given_ = token_table(articles), corpus(articles)
    with interpreted():
        slow = instruments.finder(given_, table)
        if not compile_kernels():
            pytest.skip("numba is not here")
        fast = instruments.finder(given_, table)
    assert fast.inferred.any() and len(fast) > 100
    for field in dataclasses.fields(Mentions):
        one, other = getattr(slow, field.name), getattr(fast, field.name)
        assert np.array_equal(one, other), field.name


# --- actors the user gives -------------------------------------------------------------------------


def entries(*spans: tuple[int, int, str]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end, "entity": entity} for start, end, entity in spans]


def test_given_mentions_come_back_one_for_one_with_their_offsets(score: Callable[..., Tables]) -> None:
    text = " Acme’s chip 🚀 beat Bolt. Photo\n\nAcme won; the maker lost."
    spans = [(0, 5, "Acme"), (1, 5, "Acme"), (18, 22, "Bolt"), (21, 40, "Cog"), (len(text) - 1, len(text), "Dot")]
    tables = score([{"text": text, "mentions": entries(*spans)}, "No mention here."], roster=Given())
    found = tables["mentions"]
    assert list(zip(found["start"], found["end"], found["actor"], strict=True)) == spans
    assert [text[a:b] for a, b, _ in spans] == found["alias"].tolist()
    assert set(found["kind"]) == {"company"} and not found["inferred"].any()


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from("ABC")), max_size=8, unique=True))
@settings(max_examples=40, deadline=None)
def test_every_given_mention_is_kept_wherever_it_points(spans: list[tuple[int, int, str]]) -> None:
    text = "Photo: Jo Doe\n\nAcme said that sales rose in spring.  \n\n Bolt fell. Good, good. x\n\nPhoto: Jo Doe"
    wanted = sorted((a, a + n, name) for a, n, name in spans)
    articles = corpus_of([{"text": text, "mentions": entries(*wanted)}])
    table = Text()(articles, Lines()(articles, Survey()))
    found = Given()(articles, table)
    got = [(int(a), int(b), found.names[n]) for a, b, n in zip(found.start, found.end, found.actor, strict=True)]
    assert sorted(got) == wanted
    assert (found.first <= found.last).all() and (found.last <= len(table)).all()


def test_given_mentions_outside_the_body_are_listed_and_count_nowhere(score: Callable[..., Tables]) -> None:
    text = "Photo: Acme Bing\n\nThe firm called Bolt said that its sales rose last year."
    row = {"text": text, "mentions": entries((7, 11, "Acme"), (34, 38, "Bolt"))}
    tables = score([row], roster=Given(), clean=Lines())
    assert tables["mentions"]["actor"].tolist() == ["Acme", "Bolt"]
    assert "Acme" not in set(tables["scores"]["actor"]) and "Bolt" in set(tables["scores"]["actor"])


def test_a_study_may_correct_the_shipped_roster(instruments: Instruments) -> None:
    changed = tuple(r for r in instruments.companies.rows if r.actor.name != "Huawei")
    finder = Finder(Companies("mine", changed, "0" * 64), instruments.groups, instruments.outlets)
    assert find(finder, "Huawei and TSMC met.") == [("TSMC", "TSMC")]


def test_the_seed_article_names_its_companies(mentions: Found, instruments: Instruments) -> None:
    path = SHARED / "seed" / "article.txt"
    if not path.exists():
        pytest.skip("the seed article lies beside the repository, and is not here")
    articles = corpus_of([{"text": path.read_text(encoding="utf-8")}])
    table = Text()(articles, Lines()(articles, Survey()))
    found = instruments.finder(articles, table)
    companies = {found.names[a] for a in found.actor if found.kinds[a] == "company"}
    assert {"Tencent", "Baidu", "Alibaba", "OpenAI", "Huawei", "Nvidia", "TSMC", "Samsung"} == companies
