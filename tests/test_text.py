"""Text: characters to integers, once; offsets always lead back to the text as given."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import corpus, token_table
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framing.corpus import Lines, Whole, corpus_of
from framing.pattern import spell
from framing.tables import Survey
from framing.text import Text

PIECES = st.sampled_from(
    [
        "Huawei’s",
        "“Why?”",
        "U.S.",
        "No. 1",
        "$1.5 billion",
        "Ernie 4.0.",
        "华为发布了芯片。",
        "한국어",
        "e\u0301te\u0301",
        "👩\u200d💻",
        "🚀",
        "𝔸I",
        "\u00a0",
        "\u2003",
        "\n\n",
        "\n",
        " ",
        "\x1c",
        "\x85",
        "\u2028",
        "isn’t",
        "...",
        "…",
        "—",
        "(NVDA)",
        "and",
        ", but ",
        "; ",
        "while",
        "\ufeff",
        "\u200b",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), min_size=1, max_size=25).map(" ".join)


def strings(text: str) -> list[str]:
    """The sentences of one text."""
    table = token_table(text)
    return [table.string(i) for i in range(len(table.sentences))]


def spoken(text: str) -> list[tuple[str, bool]]:
    """The clauses of a one-sentence text, each as its words and whether it is main."""
    table = token_table(text)
    assert len(table.sentences) == 1
    return [
        (" ".join(table.spelling(int(t)) for t in np.flatnonzero(table.clause == c)), bool(main))
        for c, main in enumerate(table.clause_main)
    ]


# --- round trip ------------------------------------------------------------------------------------


@given(TEXTS, st.one_of(st.none(), TEXTS))
@example("a\u00a0b\u2003c 👩\u200d💻’s e\u0301 𝔸I\x1cend", "Title: 𝔸I’s “rise”")
@settings(max_examples=60, deadline=None)
def test_the_characters_of_a_token_are_that_token(text: str, title: str | None) -> None:
    given_ = corpus_of([{"text": "x " + text, "title": title}])
    table = Text()(given_, Whole()(given_, Survey()))
    sources = (table.texts[0], table.titles[0])
    titles = table.sentences.title
    assert table.texts[0] == "x " + text
    for i in range(len(table)):
        written = sources[bool(titles[table.sentence[i]])][table.start[i] : table.end[i]]
        assert spell(written) == table.spelling(i) and written.strip() == written != ""
    # all of a scored sentence but its white space is in some token
    for number in np.flatnonzero(table.sentences.scored):
        low, high = table.sentences.first_token[number : number + 2]
        source = sources[bool(titles[number])]
        joined = "".join(source[a:b] for a, b in zip(table.start[low:high], table.end[low:high], strict=True))
        assert joined == "".join(table.string(int(number)).split())


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_sentences_clauses_and_tokens_are_numbered_by_position(texts: list[str]) -> None:
    table = token_table([{"text": "x " + t, "title": "Some title"} for t in texts])
    s = table.sentences
    assert (np.diff(table.sentence) >= 0).all() and (np.diff(table.clause) >= 0).all()
    assert (np.diff(s.first_token) >= 0).all() and s.first_token[-1] == len(table)
    assert (np.diff(s.first_clause) >= 1).all() and s.first_clause[-1] == len(table.clause_main)
    assert (s.start < s.end).all() and (np.diff(s.article) >= 0).all()
    for article in range(len(texts)):
        assert s.number[s.article == article].tolist() == list(range((s.article == article).sum()))
    for clause in range(len(table.clause_main)):
        assert len(set(table.sentence[table.clause == clause])) <= 1


@given(st.lists(TEXTS.filter(lambda t: bool(t.strip())), min_size=2, max_size=4))
@settings(max_examples=30, deadline=None)
def test_an_article_is_read_the_same_alone_and_among_others(texts: list[str]) -> None:
    together = token_table([{"text": "x " + text} for text in texts])
    for place, text in enumerate(texts):
        alone = token_table("x " + text)
        n, m = len(alone), len(alone.sentences)
        low = int(np.searchsorted(together.sentences.article[together.sentence], place))
        shown = [together.spelling(i) for i in range(low, low + n)]
        assert shown == [alone.spelling(i) for i in range(n)]
        assert together.start[low : low + n].tolist() == alone.start.tolist()
        assert (together.sentences.article == place).sum() == m
        assert np.diff(together.clause[low : low + n]).tolist() == np.diff(alone.clause).tolist()


def test_no_article_is_an_empty_table() -> None:
    given_ = corpus_of([])
    table = Text()(given_, Whole()(given_, Survey()))
    assert len(table) == len(table.sentences) == 0 and table.sentences.first_token.tolist() == [0]


def test_only_eligible_sentences_and_titles_hold_tokens() -> None:
    rows = [{"text": "Photo: Jo Doe\n\nAcme made a new chip this spring, it said.\n\nPhoto: Jo Doe", "title": "T"}]
    given_ = corpus_of(rows)
    table = Text()(given_, Lines()(given_, Survey()))
    counts = np.diff(table.sentences.first_token)
    assert (counts[~table.sentences.scored] == 0).all() and (counts[table.sentences.scored] > 0).all()
    assert len(table.sentences) == 4


# --- sentences -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "whole",
    [
        "Tighter U.S. export rules came into force.",
        "It bought Acme Inc. and Bolt Corp. for cash.",
        "Baidu showed Ernie 4.0 to reporters.",
        "It paid $1.5 billion for the plant.",
        "J. P. Morgan backed the deal.",
        "The bank of J.P. Morgan backed the deal.",
        "It ranks No. 1 in phones.",
        "“Why?” he asked.",
        "“Stop!” said the judge.",
        "Mr. Doe and Dr. Roe met on Jan. 3 at 5 p.m. in town.",
        "Sales rose 3.5 percent vs. 2.1 percent a year ago.",
        "The firm, i.e. its board, agreed.",
        "Acme Co. Ltd. is based in Seoul.",
        "The tool (it costs $20.) is slow.",
        "Yahoo! said it would close.",
        "Ph.D. students left.",
        "They read it on Yahoo! News and at Yum! Brands.",
    ],
)
def test_one_sentence_stays_one(whole: str) -> None:
    assert strings(whole) == [whole]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The rules apply in the U.S.", "She left for Beijing."),
        ("It was bought by Acme Inc.", "The price was not given."),
        ("Baidu launched Ernie 4.0.", "Alibaba followed."),
        ("It paid $1.5 billion.", "Nobody else bid."),
        ("“We have won.”", "The hall cheered."),
        ("He said: “It is over.”", "Then he left."),
        ("Is it over?", "Nobody knows."),
        ("Sales fell (as in May).", "Costs rose."),
        ("It was ranked second.", "No. 1 was Acme."),
        ("The chip is 7nm.", "Its rival's is 5nm."),
        ("It ended in 2023.", "In 2024 it began anew."),
        ("They met at 5 p.m.", "It was late."),
    ],
)
@pytest.mark.parametrize("gap", [" ", "  ", "\u00a0", "\n\n"])
def test_two_sentences_are_two(first: str, second: str, gap: str) -> None:
    assert strings(first + gap + second) == [first, second]


def test_a_blank_line_ends_a_paragraph_and_so_a_sentence() -> None:
    table = token_table("One line without a stop\n\nand another. A third.")
    assert [table.string(i) for i in range(3)] == ["One line without a stop", "and another.", "A third."]
    paragraph = table.sentences.paragraph
    assert paragraph[0] != paragraph[1] == paragraph[2]


def test_a_page_without_full_stops_is_cut_at_white_space() -> None:
    text = "word " * 3000
    table = token_table(text)
    lengths = table.sentences.end - table.sentences.start
    assert lengths.max() <= Text().longest and len(table) == 3000
    assert len(set(table.sentences.paragraph.tolist())) == 1
    assert token_table("x" * 12_000).sentences.end.tolist() == [5000, 10_000, 12_000]


def test_a_title_has_sentences_of_its_own_that_point_into_the_title() -> None:
    table = token_table({"text": "The body is here.", "title": "Acme wins. Bolt loses."})
    s = table.sentences
    assert [table.string(int(i)) for i in np.flatnonzero(s.title)] == ["Acme wins.", "Bolt loses."]
    assert s.number.tolist() == [0, 1, 2] and not s.eligible[s.title].any()


# --- clauses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Acme grew.", [("Acme grew .", True)]),
        ("While Acme grew, Bolt shrank.", [("While Acme grew ,", False), ("Bolt shrank .", True)]),
        ("Although it grew, it lags.", [("Although it grew ,", False), ("it lags .", True)]),
        ("Despite the curbs, it grew.", [("Despite the curbs ,", False), ("it grew .", True)]),
        ("Acme grew, but Bolt shrank.", [("Acme grew ,", False), ("but Bolt shrank .", True)]),
        ("Acme grew; Bolt shrank.", [("Acme grew ;", True), ("Bolt shrank .", True)]),
        ("Acme grew; however, it lags.", [("Acme grew ;", False), ("however , it lags .", True)]),
        ("However, it lags.", [("However , it lags .", True)]),
        ("Acme grew even as Bolt shrank.", [("Acme grew", True), ("even as Bolt shrank .", False)]),
        ("Acme grew while Bolt shrank.", [("Acme grew", True), ("while Bolt shrank .", False)]),
        ("Acme grew, whereas Bolt shrank.", [("Acme grew ,", True), ("whereas Bolt shrank .", False)]),
        ("It grew despite the curbs.", [("It grew", True), ("despite the curbs .", False)]),
        ("It not only grew but also led.", [("It not only grew but also led .", True)]),
        ("It is not only big but fast.", [("It is not only big but fast .", True)]),
        ("It did nothing but grow.", [("It did nothing but grow .", True)]),
        ("It took a while to grow.", [("It took a while to grow .", True)]),
        ("It grew, yet it lags.", [("It grew ,", False), ("yet it lags .", True)]),
        ("It has yet to grow.", [("It has yet to grow .", True)]),
        (
            "Despite gains in Asia, Europe and Africa, it lags.",
            [("Despite gains in Asia , Europe and Africa ,", False), ("it lags .", True)],
        ),
        (
            "Acme said that, despite the curbs, it grew.",
            [("Acme said that ,", True), ("despite the curbs ,", False), ("it grew .", True)],
        ),
    ],
)
def test_a_sentence_is_cut_at_contrast_markers(text: str, clauses: list[tuple[str, bool]]) -> None:
    assert spoken(text) == clauses


MARKED = st.lists(
    st.sampled_from("while but however although despite even as , ; yet not only also and it grew . ?".split()),
    min_size=1,
    max_size=14,
)


@given(MARKED)
@settings(max_examples=60, deadline=None)
def test_every_token_is_in_one_clause_whatever_the_markers(words: list[str]) -> None:
    table = token_table("x " + " ".join(words))
    assert (table.clause < len(table.clause_main)).all()
    owner = np.repeat(np.arange(len(table.sentences)), np.diff(table.sentences.first_clause))
    assert (owner[table.clause] == table.sentence).all()


def test_corpora_of_strings_keep_their_text() -> None:
    assert corpus(["a b", "c"]).column("text") == ["a b", "c"]
