"""Clean: labels and never deletes; body is told from the rest of a page by rules that hold on any page."""

from __future__ import annotations

import re
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framing.corpus import Lines, Reader, Whole, clean, corpus_of, line_hash, marks
from framing.corpus.lines import Layout, lines
from framing.corpus.marks import mark
from framing.corpus.screen import Screen, loose
from framing.corpus.utf8 import Utf8
from framing.kernel import compile_kernels, interpreted
from framing.kernel.lines import hash_lines
from framing.tables import ELIGIBLE, PARTS, Survey

ONE = "Acme Corp. said on Monday that its sales of home-made widgets rose by a tenth over the year."
TWO = "The firm's rivals, among them Globex, did not say how theirs had fared in the same months."
THREE = "“We are glad of it,” said its head of sales, who had joined the firm in the spring of the year before."


def label(
    text: str, title: str | None = None, survey: Survey | None = None, outlet: str = "Paper"
) -> list[tuple[str, str]]:
    """(part, string) of each span."""
    corpus = corpus_of([{"text": text, "title": title, "outlet": outlet}])
    spans = Lines()(corpus, survey or Survey())
    return [(PARTS[p], text[s:e]) for s, e, p in zip(spans.start, spans.end, spans.part, strict=True)]


def parts(text: str, **given: str) -> list[str]:
    return [part for part, _ in label(text, **given)]  # type: ignore[arg-type]


# --- laws -----------------------------------------------------------------------------------------

pieces = st.sampled_from(
    [ONE, TWO, THREE, "Big News", "Photo: Jo Doe", "By Jo Doe", "Read more: this", "…", "x", "\u2028", "é"]
)
ends = st.sampled_from(["\n", "\n\n", "\r\n", " ", "\t", "\u2029", "\x0b"])
pages = st.lists(st.one_of(pieces, ends, st.text(max_size=30)), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(pages, st.text(max_size=20))
def test_spans_are_in_order_within_the_text_without_white_space_and_cover_all_of_it(page: str, title: str) -> None:
    text = page + ONE
    found = Lines()(corpus_of([{"text": text, "title": title}]), Survey())
    before = 0
    for start, end in zip(found.start, found.end, strict=True):
        assert before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[before:start].strip()
        before = end
    assert not text[before:].strip()


@settings(max_examples=300, deadline=None)
@given(pages)
def test_a_text_with_a_line_of_four_words_has_one_lead(page: str) -> None:
    text = page + "\nfour words or more"
    labels = parts(text)
    assert labels.count("lead") == 1
    eligible = [part for part in labels if part in ELIGIBLE]
    assert eligible[0] == "lead"


@settings(max_examples=100, deadline=None)
@given(pages)
def test_an_article_is_labelled_the_same_whatever_stands_beside_it(page: str) -> None:
    alone = Lines()(corpus_of([{"text": page + ONE}]), Survey())
    beside = Lines()(corpus_of([{"text": TWO}, {"text": page + ONE}]), Survey())
    here = beside.article == 1
    assert list(alone.start) == list(beside.start[here])
    assert list(alone.part) == list(beside.part[here])


@given(pages)
def test_whole_takes_all_as_one_body(page: str) -> None:
    text = f"  {page}{ONE}\n"
    spans = Whole()(corpus_of([{"text": text}]), Survey())
    assert [text[s:e] for s, e in zip(spans.start, spans.end, strict=True)] == [text.strip()]
    assert [PARTS[p] for p in spans.part] == ["body"]


def test_no_articles_give_no_spans() -> None:
    assert len(Lines()(corpus_of([]), Survey()).article) == 0
    assert len(Whole()(corpus_of([]), Survey()).article) == 0


# --- the parts ------------------------------------------------------------------------------------


def test_paragraphs_are_lead_and_body() -> None:
    assert parts(f"{ONE}\n\n{TWO}\n\n{THREE}") == ["lead", "body", "body"]
    assert parts(f"{ONE}\n{TWO}\r\n{THREE}") == ["lead", "body", "body"]


def test_a_short_line_between_paragraphs_is_a_heading() -> None:
    assert parts(f"{ONE}\nTrouble Ahead for Widgets\n{TWO}\n\nWhat comes next\n\n{THREE}") == [
        "lead", "heading", "body", "heading", "body",
    ]  # fmt: skip


def test_headlines_after_the_text_are_related() -> None:
    tail = "\n".join(
        [
            "Globex Shares Slide After Weak Quarter",
            "Initech Buys a Maker of Staplers",
            "Hooli Opens a Campus in Peru",
        ]
    )
    assert parts(f"{ONE}\n{TWO}\n\n\n{tail}\n") == ["lead", "body"] + ["related"] * 3


def test_three_bare_lines_within_the_text_are_related() -> None:
    links = "\n\n".join(["Globex shares slide", "Initech buys staplers", "Hooli opens campus"])
    assert parts(f"{ONE}\n\n{links}\n\n{TWO}") == ["lead", "related", "related", "related", "body"]


def test_short_sentences_of_a_list_of_stories_do_not_come_back_as_body() -> None:
    tail = [
        "Globex Shares Slide",
        "Initech Buys Staplers",
        "Hooli Opens Campus",
        "Umbrella Hires",
        "He won. It is over.",
    ]
    assert set(parts("\n".join([f"{ONE} {TWO}", *tail]))[1:]) == {"related"}


def test_long_prose_after_a_list_is_body_again() -> None:
    links = ["Globex Shares Slide", "Initech Buys Staplers", "Hooli Opens Campus", "Umbrella Hires"]
    assert parts("\n".join([ONE, *links, f"{TWO} {THREE}"]))[-1] == "body"


def test_a_first_line_equal_to_the_title_is_the_headline() -> None:
    assert parts(f"acme sells  more widgets.\n{ONE}", title="Acme sells more widgets.") == [
        "headline",
        "lead",
    ]


def test_a_bare_first_line_is_the_headline_whatever_the_title() -> None:
    assert parts(f"Acme Sells More Widgets Than Ever\n\nPrint\n\n{ONE}") == [
        "headline",
        "boilerplate",
        "lead",
    ]


def test_a_title_that_runs_into_the_text_is_cut_off() -> None:
    title = "Acme’s sales of widgets rise"
    found = label(f"Business {title.replace('’', chr(39))} {ONE}", title=title)
    assert [part for part, _ in found] == ["boilerplate", "headline", "lead"]
    assert found[2][1] == ONE
    assert parts(f"It rose. {title} {ONE}", title=title) == ["lead"]


def test_topics_and_names_after_the_last_sentence_are_cut_off() -> None:
    page = " ".join([ONE, TWO, THREE] * 3)
    found = label(f"{page} Topics Widgets Trade Jo Doe Mary Major")
    assert [part for part, _ in found] == ["lead", "boilerplate"]
    assert found[1][1] == "Topics Widgets Trade Jo Doe Mary Major"
    assert parts(f"{page} And then the text was cut in the middle of") == ["lead"]


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Jo Doe",
        "(Photo by Jo Doe/Getty Images)",
        "Image source, Getty Images",
        "Image caption The new plant of the firm",
        "The plant of the firm in May. (Photo: Jo Doe, Paper)",
        "Widgets on a table. Photograph: Jo Doe/Reuters",
        "Jo Doe/Paper",
        "REUTERS/Jo Doe",
        "AP Photo/Jo Doe",
        "Credit: Jo Doe",
        "FILE - In this May 3, 2019 file photo, widgets lie on a table.",
        "FILE PHOTO: Widgets are seen on a table. REUTERS/Jo Doe/File Photo",
        "Getty Images",
    ],
)
def test_a_credit_is_a_caption(line: str) -> None:
    assert mark(line) == "caption"
    assert parts(f"{ONE}\n{line}\n{TWO}") == ["lead", "caption", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "By Jo Doe",
        "By JO DOE and Mary Major",
        "By Jo Doe, Staff Writer",
        "Jo Doe, Contributor",
        "May 17, 2023",
        "Wed 17 May 2023 14.22 BST",
        "2023-05-17",
        "Published 10:41, 28 January 2020",
        "(Reporting by Jo Doe in Oslo; Editing by Mary Major)",
        "Mary Major contributed to this report.",
    ],
)  # fmt: skip
def test_who_and_when_is_a_byline(line: str) -> None:
    expected = "boilerplate" if line == "2023-05-17" else "byline"
    assert parts(f"{ONE}\n{line}\n{TWO}") == ["lead", expected, "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below",
        "Sign up for our newsletter and never miss a story.",
        "Subscribe to our channel.",
        "Follow Jo Doe on Twitter: @jodoe",
        "Follow us on Facebook.",
        "© 2023 Paper Ltd. All rights reserved.",
        "Copyright 2023 Paper Ltd.",
        "This article was updated on Monday.",
        "This story originally appeared in Paper.",
        "Correction: An earlier version misspelt the name of the firm.",
        "Disclosure: The owner of this paper holds shares of the firm.",
        "Tags: widgets, trade",
        "Share this article",
        "Click here to read it all.",
        "The views expressed here are the author's own.",
        "https://paper.example/a/b",
        "jo@paper.example",
        "* * *",
        "12",
    ],
)
def test_prompts_and_notices_are_boilerplate(line: str) -> None:
    assert parts(f"{ONE}\n{line}\n{TWO}") == ["lead", "boilerplate", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Globex slides",
        "Related",
        "RELATED: Globex slides",
        "More: Globex slides",
        "Globex slides Read more",
        "See also: Globex",
    ],
)
def test_pointers_to_other_stories_are_related(line: str) -> None:
    assert parts(f"{ONE}\n{line}\n{TWO}") == ["lead", "related", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the firm had sold them all.",
        "By 2025, Acme will have doubled its output.",
        "Photos of the plant were shared by thousands.",
        "Images by the satellite show the plant.",
        "Share prices of the firm fell by a tenth.",
        "Subscribers rose to ten million, it said.",
        "Follow-up orders were few.",
        "Copyright law is what the firm relies on.",
        "“Sign up for our newsletter,” the chief joked.",
        "Advertisement revenue fell by a tenth.",
        "More than ten firms signed.",
        "Read by millions, the report hurt the firm.",
        "Credit Suisse cut its target for the firm.",
        "Reuters reported the deal on Monday.",
        "Related costs rose by a tenth.",
        "Why?",
        "He asked: “Can it last?”",
        "- The firm sold ten thousand widgets in May.",
        "OSLO (Reuters) - Acme said on Monday it had sold more.",
        "WASHINGTON — Acme said it had sold more.",
        "May sales rose 3%.",
        "“There is no reason to worry,” she said",
        "The following firms were named:",
        "According to the filing, it held a position in a rival.",
        "Write to the regulator was what Acme did.",
    ],
)
def test_sentences_that_only_look_like_it_stay_body(line: str) -> None:
    assert parts(f"{ONE}\n{line}\n{TWO}") == ["lead", "body", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "Acme shares surge after record quarter",
        "Read more: Acme shares surge after record quarter",
        "ACME SURGES AFTER RECORD QUARTER",
        "Subscribe to our newsletter about widgets",
    ],
)
def test_a_text_that_is_a_bare_headline_is_body(text: str) -> None:
    assert parts(text) == ["lead"]
    assert parts(text, title=text) == ["lead"]


def test_scripts_without_capitals_stay_body() -> None:
    assert parts("华为周一表示销售增长\n竞争对手没有回应\n公司对此表示满意\n该公司成立于春天") == [
        "lead",
        "body",
        "body",
        "body",
    ]


def test_text_without_full_stops_stays_body() -> None:
    bare = "acme said on monday that its sales of widgets rose by a tenth over the year before"
    assert parts(f"{bare}\n{bare} again\n{bare} once more\n{bare} at last") == [
        "lead",
        "body",
        "body",
        "body",
    ]


def test_lines_repeated_in_the_outlet_are_boilerplate() -> None:
    slogan = "The paper that the town of Springfield trusts."
    survey = Survey(repeated={"Paper": frozenset({line_hash(slogan)})})
    text = f"{ONE}\n{slogan.upper()}\n{TWO}"
    assert [part for part, _ in label(text, survey=survey)] == ["lead", "boilerplate", "body"]
    assert [part for part, _ in label(text, survey=survey, outlet="Other")] == ["lead", "body", "body"]


def test_who_wrote_it_after_the_text_is_a_byline() -> None:
    assert parts(f"{ONE}\n{TWO}\nJo Doe is a columnist at the paper.")[-1] == "byline"
    assert parts(f"{ONE}\n{TWO}\nJo Doe is a columnist, the firm said.")[-1] == "body"


# --- paragraphs -----------------------------------------------------------------------------------

WRAPPED = """Acme Corp. said on Monday that its sales of home-made
widgets rose by a tenth. Its rivals did not say how
theirs had fared.

The firm, which was founded in the spring, has since
opened two plants and hired
a thousand people."""


def test_hard_wrapped_lines_are_joined_into_paragraphs() -> None:
    found = label(WRAPPED)
    assert [string for _, string in found] == WRAPPED.split("\n\n")
    assert [part for part, _ in found] == ["lead", "body"]


def test_a_new_paragraph_in_wrapped_text_begins_after_a_short_last_line_or_an_indent() -> None:
    text = WRAPPED.replace("\n\n", "\n")
    assert [string for _, string in label(text)] == WRAPPED.split("\n\n")
    indented = WRAPPED.replace("\n\n", "\n   ")
    assert len(label(indented)) == 2


def test_a_list_of_headlines_is_not_wrapped_text() -> None:
    text = "Globex Shares Slide After a Weak Quarter\nInitech Buys a Maker of Staplers\nHooli Opens a Campus"
    assert len(lines(Utf8.of(pa.array([text])))) == 3


# --- lines, their hashes, and the screen ------------------------------------------------------------

ENDS = "\n\r\v\f\x85\u2028\u2029"
odd = st.text(
    st.one_of(st.sampled_from(ENDS + " \t\xa0\u3000\u2003\x1cAÉ“.…Kßİﬁ華"), st.characters(exclude_categories=["Cs"]))
)


def layout(*texts: str) -> Layout:
    return lines(Utf8.of(pa.array(texts, type=pa.string())))


@settings(max_examples=300, deadline=None)
@given(st.lists(odd, max_size=4))
def test_lines_are_what_line_ends_part_without_white_space_around_it(texts: list[str]) -> None:
    texts = [re.sub("[a-zß-ÿ]", "A", text) for text in texts]
    found = layout(*texts)
    strings = [found.string(i) for i in range(len(found))]
    expected = [[s.strip() for s in re.split(f"[{ENDS}]", text) if s.strip()] for text in texts]
    # Without lower case at the start of a line nothing is hard-wrapped.
    if not any(line[0].islower() for page in expected for line in page):
        assert strings == [line for page in expected for line in page]
    for line, text in enumerate(found.text):
        assert texts[text][found.begin[line] : found.stop[line]] == strings[line]


@settings(max_examples=300, deadline=None)
@given(st.lists(odd, max_size=5))
def test_the_kernel_hashes_a_line_as_python_does_or_says_that_it_does_not_know(given_lines: list[str]) -> None:
    with interpreted():
        assert hashed(given_lines) == [line_hash(line) for line in given_lines]


def hashed(strings: list[str]) -> list[int]:
    """Hashes by the kernel, and by Python where the kernel leaves a line."""
    texts = Utf8.of(pa.array(strings, type=pa.string()))
    out = np.zeros(len(strings), np.int64)
    hash_lines(texts.data, texts.bounds[:-1], texts.bounds[1:], out)
    left = [line for line, number in zip(strings, out, strict=True) if number < 0]
    assert all(
        re.search("[^\x00-\xb4\xb6-\xde\xe0-\xff\u2000-\u20bf]", line.replace("µ", "μ")) or "ß" in line for line in left
    )
    return [line_hash(line) if number < 0 else int(number) for line, number in zip(strings, out, strict=True)]


def test_every_character_that_the_kernel_knows_is_folded_as_python_folds_it() -> None:
    strings = [f"A{chr(point)}b {chr(point)}" for point in range(0x3000)]
    compile_kernels()
    assert hashed(strings) == [line_hash(line) for line in strings]


def test_hashes_tell_lines_apart_and_ignore_case_and_spacing() -> None:
    assert line_hash(" Sign  UP\nhere ") == line_hash("sign up here") != line_hash("sign uphere")
    assert len({line_hash(f"line {i}") for i in range(20_000)}) == 20_000


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top."""
    found, depth = [""], 0
    for piece in re.findall(r"\\.|\[[^\]]*\]|.", pattern, re.DOTALL):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            found.append("")
        else:
            found[-1] += piece
    return found


few = st.characters(codec="latin-1")
ALTERNATIVES = [
    pytest.param(name, number, id=f"{name}-{number}")
    for name in (
        "_RELATED",
        "_CAPTION",
        "_PROMPT",
        "_BYLINE",
        "_ADDRESS",
        "_INSIDE",
        "_CONTRIBUTED",
        "_READ_MORE_END",
        "_CREDIT_AT_END",
    )
    for number in range(len(alternatives(getattr(marks, name).pattern)))
]


@pytest.mark.parametrize(("name", "number"), ALTERNATIVES)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_line_that_a_mark_matches_passes_the_screen(name: str, number: int, data: st.DataObject) -> None:
    whole: re.Pattern[str] = getattr(marks, name)
    one = re.compile(alternatives(whole.pattern)[number], whole.flags)
    found = data.draw(st.lists(st.from_regex(one, alphabet=few), min_size=2, max_size=4))
    # Whatever the case, where case does not count, and with letters that only look alike.
    assert_passed(
        [
            other
            for line in found
            for other in (line, line.upper(), line.lower(), line.replace("s", "ſ"), line.replace("k", "\u212a"))
        ]
    )


def assert_passed(strings: list[str]) -> None:
    """Every line that has a mark passes the screen."""
    marked = [line for line in map(str.strip, strings) if line and mark(line)]
    assert all(marks.screen()(pa.array(marked, type=pa.string())))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.one_of(st.text(" .:!»—*12", min_size=1), st.just("12 May 2020, 3 pm"), odd)))
def test_menus_dates_and_lines_without_letters_pass_the_screen(others: list[str]) -> None:
    words = sorted(marks._MENU)
    assert all(map(mark, words))
    assert_passed([*words, *others])
    assert_passed([f"» {w.upper()} …{other}" for w, other in zip(words, others, strict=False)])
    assert_passed([w.replace("ss", "ß").replace("fi", "ﬁ") for w in words])


def test_prose_does_not_pass_the_screen() -> None:
    assert not any(marks.screen()(pa.array([ONE, TWO, THREE, "Trouble Ahead for Widgets"])))


@pytest.mark.parametrize(
    "pattern", [r"a(?=b)b", r"\bé\b", r"(?i:straße|is)", r"[^\W\d_]{2,3}$", r"x.{0,3}y", r"(?:ab|c)+?\s?\S", r"[^ab]"]
)
@settings(max_examples=100, deadline=None)
@given(text=st.text("abcxyé ß1_\n“Isﬁ", max_size=8))
def test_a_looser_pattern_matches_wherever_the_pattern_does(pattern: str, text: str) -> None:
    compiled, text = re.compile(pattern), text.strip()
    if compiled.search(text):
        assert Screen((), (loose(compiled),), ())(pa.array([text]))[0]
    if compiled.match(text):
        assert Screen((loose(compiled),), (), ())(pa.array([text]))[0]


real_or_odd = st.lists(
    st.one_of(
        pieces,
        st.sampled_from(
            ["Advertisement", "Globex Shares Slide", "Why It Matters?", "Jo Doe is a columnist at the paper."]
        ),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(real_or_odd, min_size=1, max_size=4), st.sampled_from([None, "Big News", ONE]))
def test_plain_pages_and_screens_spare_work_and_change_nothing(found: list[list[str]], title: str | None) -> None:
    survey = Survey(repeated={"Paper": frozenset({line_hash(TWO)})})
    given_corpus = corpus_of([{"text": "\n".join(page), "title": title, "outlet": "Paper"} for page in found])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clean, "_FEW", 0)
        screened = Lines()(given_corpus, survey)
        patch.setattr(clean, "_FEW", 10**9)
        patch.setattr(Lines, "_plain", lambda self, layout, *rest: np.zeros(len(layout), bool))
        one_by_one = Lines()(given_corpus, survey)
    for name in ("article", "start", "end", "part"):
        assert getattr(screened, name).tolist() == getattr(one_by_one, name).tolist()


# --- real pages and hostile ones ------------------------------------------------------------------


def test_the_seed_article_has_sixteen_headlines_three_headings_and_one_credit() -> None:
    seed = Path(__file__).parents[2] / "shared" / "seed" / "article.txt"
    if not seed.exists():
        pytest.skip(f"{seed} is not on this machine")
    ((corpus, _),) = Reader(str(seed))()
    found = Lines()(corpus, Survey())
    counts = {part: int((found.part == number).sum()) for number, part in enumerate(PARTS)}
    assert counts["related"] == 16
    assert counts["heading"] == 3
    assert counts["caption"] == 1
    assert counts["lead"] == 1
    assert counts["lead"] + counts["body"] == 9
    assert counts["boilerplate"] == counts["byline"] == counts["headline"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "word " * 400_000,
        "(" * 2_000_000,
        "Photo: " * 300_000,
        "By A" + "a " * 500_000,
        "x\n" * 50_000,
        "\n".join(["By " + "Jo, " * 140] * 1_000),
        "\n".join(["(photo by " + "a" * 560] * 1_000),
        "\n".join(["A. " * 190] * 1_000),
        "\n".join(["Jo Doe " * 80 + "/"] * 1_000),
        "\n" * 2_000_000 + ONE,
        " " * 2_000_000 + ONE,
    ],
    ids=range(11),
)
def test_hostile_texts_take_no_more_than_seconds(text: str) -> None:
    began = time.process_time()
    Lines()(corpus_of([{"text": text, "title": "Some title of five words"}]), Survey())
    assert time.process_time() - began < 10


def test_a_long_sentence_that_begins_like_a_byline_is_refused_at_once() -> None:
    line = "BYD sold cars in Europe and Asia " + "and of the plants in Hungary " * 18 + "for good."
    start = time.perf_counter()
    assert mark(line) is None
    assert time.perf_counter() - start < 0.05
