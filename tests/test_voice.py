"""Voice: who says what, by quote marks, attributions and outlets named as sources."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
import yaml
from conftest import ROOT, SHARED, Articles, Instruments, corpus, token_table
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import kernel
from framing.kernel import speakers
from framing.tables import VOICES, Tokens, Voices
from framing.vocabulary import Batch
from framing.voice import Rules
from framing.voice.quotes import MARKS, _marks, _seen, quotations
from framing.voice.spelling import NOTED, flags_of, letter_of


class Said(NamedTuple):
    """What a test asks of one clause."""

    voice: str
    speaker: str | None
    affiliation: str | None


class Heard:
    """The voices of a text, by sentence and clause."""

    def __init__(self, tokens: Tokens, voices: Voices) -> None:
        self.tokens, self.voices = tokens, voices

    def clauses(self, sentence: int = 0) -> list[Said]:
        v = self.voices
        names = (*v.speakers, None)
        bounds = self.tokens.sentences.first_clause
        return [
            Said(VOICES[v.clause[c]], names[v.speaker[c]], names[v.affiliation[c]])
            for c in range(bounds[sentence], bounds[sentence + 1])
        ]

    def sentences(self) -> list[str]:
        return [VOICES[v] for v in self.voices.sentence]

    def speakers(self) -> list[str | None]:
        return [self.clauses(s)[0].speaker for s in range(len(self.tokens.sentences))]

    def words(self, voice: str) -> str:
        at = np.flatnonzero(self.voices.token == VOICES.index(voice))
        return " ".join(self.tokens.spelling(int(k)) for k in at)

    def speaking(self) -> str:
        return " ".join(self.tokens.spelling(int(k)) for k in np.flatnonzero(self.voices.speaking))


@pytest.fixture(scope="session")
def hear(instruments: Instruments) -> Callable[..., Heard]:
    def heard(articles: Articles, rules: Rules | None = None) -> Heard:
        tokens = token_table(articles)
        found = instruments.finder(corpus(articles), tokens)
        return Heard(tokens, (rules or Rules())(tokens, found, instruments.outlets))

    return heard


Hear = Callable[..., Heard]

# --- quotations


@pytest.mark.parametrize(
    "text",
    [
        '"The plant is full," Jane Roe said.',
        "“The plant is full,” Jane Roe said.",
        "‘The plant is full,’ Jane Roe said.",
        "'The plant is full,' Jane Roe said.",
        "''The plant is full,'' Jane Roe said.",
        "“The plant is full,” said Jane Roe.",
        "Jane Roe said: “The plant is full.”",
        "Jane Roe told reporters, “The plant is full.”",
        "“The plant,” Jane Roe said on Monday, “is full to the roof.”",
        "“The plant is full,” argued Jane Roe, who runs it.",
    ],
)
def test_a_quotation_is_quote_voice_of_the_one_who_says_it(hear: Hear, text: str) -> None:
    heard = hear(text)
    assert heard.sentences() == ["quote"]
    assert heard.speakers() == ["Jane Roe"]


def test_a_quotation_runs_over_sentences(hear: Hear) -> None:
    heard = hear("“The plant is full. Orders keep coming. We hire,” Jane Roe said.")
    assert heard.sentences() == ["quote"] * 3
    assert heard.speakers() == ["Jane Roe"] * 3


def test_a_quotation_goes_on_while_paragraphs_reopen_it(hear: Hear) -> None:
    heard = hear("“The first hall is full.\n\n“So is the second.\n\n“We build a third,” said Jane Roe.\n\nIt rained.")
    assert heard.sentences() == ["quote"] * 3 + ["outlet"]
    assert heard.speakers()[:3] == ["Jane Roe"] * 3


def test_an_unclosed_quotation_ends_with_its_paragraph(hear: Hear) -> None:
    heard = hear("Jane Roe said: “The hall is full. Orders come.\n\nThe street was empty.")
    assert heard.sentences() == ["quote", "quote", "outlet"]


def test_a_quotation_in_a_quotation_ends_with_the_outer_one(hear: Hear) -> None:
    heard = hear("“They told us ‘wait and see’ for a year,” Jane Roe said. The hall was empty.")
    assert heard.sentences() == ["quote", "outlet"]
    assert "wait and see" in " ".join(heard.words("quote").split()).replace("‘ ", "").replace(" '", "")


def test_straight_marks_open_and_close_by_turns_in_each_paragraph(hear: Hear) -> None:
    heard = hear('"It works," Jane Roe said. The hall was empty. "It lasts," she said.\n\nRain fell on the town.')
    assert heard.sentences() == ["quote", "outlet", "quote", "outlet"]


def test_apostrophes_open_no_quotation(hear: Hear) -> None:
    heard = hear("The firms' profits and the users' data rose in the '90s. Rock 'n' roll didn't.")
    assert heard.sentences() == ["outlet", "outlet"]
    assert not heard.words("quote")


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “smart home” grew last year.",
        "The novel “The Quiet Harbour of the North” sold well.",
        "A “green” label was glued to the box.",
    ],
)
def test_scare_quotes_and_titles_are_the_outlets_words(hear: Hear, text: str) -> None:
    heard = hear(text)
    assert heard.sentences() == ["outlet"]
    assert not heard.words("quote")


def test_scare_quote_says_how_long_a_scare_quote_may_be(hear: Hear) -> None:
    text = "The so-called “very smart home” grew last year."
    assert not hear(text).words("quote")
    assert hear(text, Rules(scare_quote=2)).words("quote") == "very smart home"


def test_a_short_fragment_of_an_attributed_sentence_is_quoted(hear: Hear) -> None:
    heard = hear("Jane Roe called the plan “a disaster”.")
    assert heard.words("quote") == "a disaster"
    assert heard.speakers() == ["Jane Roe"]


def test_a_mark_that_closes_what_was_never_opened_closes_its_sentence(hear: Hear) -> None:
    heard = hear("The plant is full to the roof,” Jane Roe said.")
    assert heard.sentences() == ["quote"]


def test_a_name_after_a_dash_signs_a_quotation(hear: Hear) -> None:
    assert hear("“The hall is full and orders keep coming.” — Jane Roe").speakers()[0] == "Jane Roe"


# --- paraphrase


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe said the plant was full.",
        "Jane Roe has said that the plant was full.",
        "Jane Roe told investors that the plant was full.",
        "Jane Roe recently stated that the plant was full.",
        "Jane Roe acknowledged that the plant was full.",
        "Jane Roe warned on Tuesday that the plant was full.",
        "Jane Roe believes the plant is full.",
        "Jane Roe expects orders to rise.",
        "The plant, Jane Roe argues, is full.",
        "The plant is full, Jane Roe says.",
        "The plant is full, said Jane Roe.",
        "The plant is full, according to Jane Roe.",
        "According to Jane Roe, the plant is full.",
        "In Jane Roe's view, the plant is full.",
        "Jane Roe was quoted as saying that the plant was full.",
        "Xinhua quoted Jane Roe as saying the plant was full.",
        "Jane Roe, who runs the plant, said it was full.",
        "In an interview on Monday, Jane Roe said the plant was full.",
        "As Jane Roe pointed out, the plant is full.",
    ],
)
def test_an_attributed_sentence_is_paraphrase_in_every_clause(hear: Hear, text: str) -> None:
    heard = hear(text)
    assert {(c.voice, c.speaker) for c in heard.clauses()} == {("paraphrase", "Jane Roe")}
    assert not heard.words("outlet")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Analysts at Northbank expect sales to rise.", "Analysts at Northbank"),
        ("People familiar with the matter said the deal was off.", "People familiar with the matter"),
        ("A spokesperson said the claim was false.", "spokesperson"),
        ("Some say the deal is off.", "Some"),
        ("Residents who saw the fire said it began at night.", "Residents"),
    ],
)
def test_the_unnamed_are_named_as_in_the_text(hear: Hear, text: str, speaker: str) -> None:
    assert hear(text).clauses()[0][:2] == ("paraphrase", speaker)


@pytest.mark.parametrize(
    "text",
    [
        "The said report was late.",
        "Huawei reported a profit of $3 billion.",
        "Nvidia announced a new chip.",
        "The test shows how far the firm has come.",
        "The road is said to be closed.",
        "Its rival's proposed rules are strict.",
        "The latest reports were late.",
        "Intel would not say where the plant will stand.",
        "Intel plans to open a plant.",
        "I said so last week in this column.",
        "The fear is that the plant will close.",
    ],
)
def test_what_nobody_reports_is_the_outlets_voice(hear: Hear, text: str) -> None:
    assert hear(text).sentences() == ["outlet"]


def test_a_cue_in_a_subordinate_clause_covers_that_clause_only(hear: Hear) -> None:
    clauses = hear("While Intel said the plant was open, the gates were shut.").clauses()
    assert [c.voice for c in clauses] == ["paraphrase", "outlet"]


def test_a_cue_before_but_covers_the_clause_before_but(hear: Hear) -> None:
    assert [c.voice for c in hear("Intel said sales rose, but the shares fell.").clauses()] == [
        "paraphrase",
        "outlet",
    ]
    assert [c.voice for c in hear("Sales rose, but Intel said the year was hard.").clauses()] == [
        "outlet",
        "paraphrase",
    ]


def test_but_that_goes_on_with_what_is_said(hear: Hear) -> None:
    clauses = hear("Intel said that sales rose but that the year was hard.").clauses()
    assert {c.voice for c in clauses} == {"paraphrase"}


def test_a_nested_report_belongs_to_the_outer_speaker(hear: Hear) -> None:
    assert hear("Jane Roe said that analysts expect sales to rise.").speakers() == ["Jane Roe"]


def test_a_report_inside_a_quotation_is_no_attribution(hear: Hear) -> None:
    heard = hear("“We said the plant was full,” Jane Roe said.")
    assert heard.clauses()[0] == ("quote", "Jane Roe", None)


def test_the_example_of_the_codebook(hear: Hear) -> None:
    heard = hear(
        "Pony Ma, the co-founder and CEO of Tencent, said at a forum that despite the export rules "
        "his company keeps up with its peers."
    )
    assert set(heard.clauses()) == {("paraphrase", "Pony Ma", "Tencent")}
    assert heard.speaking() == "Pony Ma , the co-founder and CEO of Tencent ,"


# --- media


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to Reuters, Intel will sell the unit.", "Reuters"),
        ("Reuters reported that Intel would sell the unit.", "Reuters"),
        ("Reuters reported, citing two bankers, that Intel would sell the unit.", "Reuters"),
        ("The Financial Times reported that Intel would sell the unit.", "Financial Times"),
        ("Intel will sell the unit, the Wall Street Journal reported on Monday.", "Wall Street Journal"),
        ("A Wall Street Journal report said Intel would sell the unit.", "Wall Street Journal"),
        ("According to a report from Bloomberg, Intel will sell the unit.", "Bloomberg"),
        ("A new survey of buyers found that they had lost trust.", "new survey"),
    ],
)
def test_an_outlet_that_reports_is_a_medium(hear: Hear, text: str, speaker: str) -> None:
    assert hear(text).clauses()[0][:2] == ("medium", speaker)


def test_who_tells_an_outlet_speaks_and_not_the_outlet(hear: Hear) -> None:
    assert hear("Jane Roe told Bloomberg that sales rose.").clauses()[0][:2] == ("paraphrase", "Jane Roe")


def test_a_think_tank_is_a_source_like_others(hear: Hear) -> None:
    assert hear("According to Brookings, the gap will last.").clauses()[0][:2] == ("paraphrase", "Brookings")


def test_reports_are_media_only_if_asked(hear: Hear) -> None:
    text = "A new survey of buyers found that they had lost trust."
    assert hear(text, Rules(reports_are_media=False)).sentences() == ["paraphrase"]


# --- speakers and affiliations


@pytest.mark.parametrize(
    ("text", "speaker", "affiliation"),
    [
        ("Jane Roe, chief executive of Nvidia, said sales rose.", "Jane Roe", "Nvidia"),
        ("Nvidia CEO Jane Roe said sales rose.", "Jane Roe", "Nvidia"),
        ("Jane Roe of Nvidia said sales rose.", "Jane Roe", "Nvidia"),
        ("Nvidia's chief executive, Jane Roe, said sales rose.", "Jane Roe", "Nvidia"),
        ("A Nvidia spokesperson said sales rose.", "Nvidia spokesperson", "Nvidia"),
        ("Nvidia said sales rose.", "Nvidia", "Nvidia"),
        ("Jane Roe, an analyst at Northbank, said sales rose.", "Jane Roe", "Northbank"),
        ("A former Nvidia engineer, Jane Roe, said sales rose.", "Jane Roe", None),
        ("“Sales rose,” said Jane Roe, chief executive of Nvidia.", "Jane Roe", "Nvidia"),
        ("British trade minister Jane Roe said sales rose.", "Jane Roe", None),
    ],
)
def test_speaker_and_affiliation(hear: Hear, text: str, speaker: str, affiliation: str | None) -> None:
    assert hear(text).clauses()[0][1:] == (speaker, affiliation)


def test_a_pronoun_stands_for_the_person_who_spoke_last(hear: Hear) -> None:
    text = "Jane Roe of Nvidia said sales rose.\n\nThe hall was empty.\n\nShe added that costs fell."
    assert hear(text).clauses(2)[0] == ("paraphrase", "Jane Roe", "Nvidia")
    far = text.replace("empty.", "empty.\n\nIt rained.\n\nIt snowed.\n\nIt stormed.")
    assert hear(far).clauses(5)[0].speaker is None


def test_a_surname_keeps_the_affiliation(hear: Hear) -> None:
    heard = hear("Jane Roe, a manager at Nvidia, said sales rose. Costs fell, Roe said.")
    assert heard.clauses(1)[0] == ("paraphrase", "Roe", "Nvidia")


def test_the_company_stands_for_the_firm_last_named_in_the_paragraph(hear: Hear) -> None:
    heard = hear("Nvidia opened a plant. The company said it would hire.\n\nThe company said no more.")
    assert heard.clauses(1)[0] == ("paraphrase", "Nvidia", "Nvidia")
    assert heard.clauses(2)[0].speaker == "The company"


def test_a_quotation_without_attribution_continues_the_speaker_before(hear: Hear) -> None:
    heard = hear("Jane Roe said the hall was full. “We are proud of the team.”\n\n“Nobody thought it would last.”")
    assert heard.sentences() == ["paraphrase", "quote", "quote"]
    assert heard.speakers() == ["Jane Roe"] * 3


def test_speakers_never_cross_articles(hear: Hear) -> None:
    heard = hear(["Jane Roe said the hall was full.", "He said it was empty. “Nobody came to the opening at all.”"])
    assert heard.speakers()[1:] == [None, None]


# --- marks, letters, names


def _runs(text: str, title: str = "") -> list[str]:
    """The words of each run between quote marks."""
    tokens = token_table([{"text": text, "title": title}])
    marks = np.array([k for k in range(len(tokens)) if tokens.spelling(k) in set("\"“”„«»‘'`")], dtype=np.int64)
    return [
        " ".join(tokens.spelling(k) for k in range(first, last))
        for first, last in quotations(tokens, marks).table[:, :2]
    ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("A “b” c", ["b"]),
        ("A „b“ c “d” e", ["b “ c", "d"]),  # a second opening mark ends what the first began
        ("A «b» c", ["b"]),
        ("A 'b' c", ["b"]),
        ("A `b' c", ["b"]),
        ("A ''b'' c", ["b"]),
        ("A ‘b’ c", ["b"]),
        ("A ’b’ c", []),  # curly apostrophes open nothing
        ("A firms' b, users' c", []),
        ("A ('b') c", ["b"]),
        ("A —'b'— c", ["b"]),
        ("A x'b' c", []),
        ('A " b " c', ["b"]),
        ('A b" c', []),  # white space behind it only: it cannot open
        ('Rain fell." It went on.', ["Rain fell ."]),  # behind a stop it closes its sentence
        ('Rain fell" and it went on.', []),
        ("A “b c.\n\nD e", ["b c ."]),
        ("A “b c. “D e” f", ["b c .", "D e"]),
        ("A 'b c d\n\ne' f", []),
        ("", []),
    ],
)
def test_runs_between_marks(text: str, runs: list[str]) -> None:
    assert _runs(text) == runs


def test_a_mark_sees_the_word_beyond_the_end_of_its_sentence() -> None:
    """A sentence may end inside a word, here before the bracket; white space in between changes the reading."""
    glued = token_table(["It fell.('No' was said.)"])
    assert len(glued.sentences) == 2 and glued.sentences.end[0] == glued.sentences.start[1]
    assert _runs("It fell.('No' was said.)") == ["No"]
    assert _runs("It fell.'No' was said.") == _runs("It fell 'No' was said.")[:0]


@given(
    st.lists(st.text(alphabet="abU.sS3-‐‑'’\"“”»‘`,(—_  \n", max_size=40), min_size=2, max_size=2),
    st.lists(st.text(alphabet="bC.'’ ", max_size=8), min_size=2, max_size=2),
)
def test_marks_stand_between_what_the_text_shows(texts: list[str], titles: list[str]) -> None:
    """Most marks are read off the tokens; all of them could be off the characters."""
    tokens = token_table([{"text": text, "title": title} for text, title in zip(texts, titles, strict=True)])
    places = np.flatnonzero([one in MARKS for one in map(tokens.spelling, range(len(tokens)))])
    assert _marks(tokens, places).tolist() == _seen(tokens, places)


def test_titles_and_texts_do_not_touch() -> None:
    """A title begins at character 0, wherever the text before it ends."""
    assert _runs("A", "'b' c") == ["b"]
    assert _runs("x", " 'b' c") == ["b"]


@pytest.mark.parametrize(
    ("spelling", "letter"),
    [
        ("said", "s"),
        ("SAID", "s"),
        ("Will", "N"),
        ("will", "m"),
        ("5", "#"),
        ("€5", "#"),
        ("Acme", "N"),
        ("Élan", "N"),
        ("élan", "w"),
        ("quietly", "r"),
        ("ally", "w"),
        ("Quietly", "N"),
        ("chip", "w"),
        ("芯片", "w"),
        ("/", "."),
        (".", "."),
        ("“", '"'),
        ("'s", "'"),
        ("of", "O"),
    ],
)
def test_the_letter_of_a_spelling(spelling: str, letter: str) -> None:
    (found,) = letter_of(Batch([spelling]))
    assert chr(found & (NOTED - 1)) == letter


@pytest.mark.parametrize(
    ("spelling", "shows"),
    [
        ("a", "ALPHA ALNUM WORDED ABBREVIATION ARTICLE SMALL"),
        ("J", "ALPHA ALNUM WORDED ABBREVIATION CAPITAL"),
        ("É", "ALPHA ALNUM WORDED ABBREVIATION CAPITAL"),
        ("İ", "ALPHA ALNUM WORDED CAPITAL"),  # two characters in lower case
        ("芯片", "ALPHA ALNUM WORDED"),
        ("5a", "ALNUM WORDED"),
        ("５", "ALNUM WORDED"),
        ("'s", "WORDED"),
        ("-é", "WORDED"),
        ("--", ""),
        ("“", "MARK"),
        (".", "FULL_STOP STOP END"),
        ("State", "ALPHA ALNUM WORDED CAPITAL STATE"),
        ("STATE", "ALPHA ALNUM WORDED CAPITAL"),
        ("Irish", "ALPHA ALNUM WORDED CAPITAL DEMONYM"),
        ("éIAN", "ALPHA ALNUM WORDED DEMONYM"),
        ("Reporter", "ALPHA ALNUM WORDED CAPITAL REPORTER NEWSPAPER"),
    ],
)
def test_the_flags_of_a_spelling(spelling: str, shows: str) -> None:
    (found,) = flags_of(Batch([spelling]))
    assert found == sum(getattr(speakers, flag) for flag in shows.split())


def test_speaker_and_affiliation_are_actors_where_they_have_their_name(hear: Hear, instruments: Instruments) -> None:
    text = "Intel said sales rose. Jane Roe of Nvidia said they fell. Jane Doe of Acme said nothing changed."
    heard = hear(text)
    names = [actor.name for actor in instruments.finder.actors]
    v = heard.voices
    assert [names[a] if a >= 0 else None for a in v.speaker_actor] == ["Intel", None, None]
    assert [names[a] if a >= 0 else None for a in v.affiliation_actor] == ["Intel", "Nvidia", None]
    assert heard.clauses(2)[0].affiliation == "Acme"


# --- laws


_PIECES = [
    *("“", "”", '"', "'", "’", "‘", "`", "—", "(", ")", ",", ".", "\n\n"),
    *"said told according to that he she it they who the company report by of but while saying as quoted".split(),
    *("Jane Roe", "J. Doe", "Reuters", "the Times", "Intel", "Nvidia's", "analysts at Acme", "Secretary of State"),
]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_PIECES), st.sampled_from([" ", " ", " ", ""])), max_size=60))
def test_compiled_voices_are_those_of_plain_python(hear: Hear, pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + blank for word, blank in pieces)
    articles = [{"text": text, "title": text[:30]}, {"text": "“It works,” he said."}]
    with kernel.interpreted():
        plain = hear(articles).voices
    kernel.compile_kernels()
    fast = hear(articles).voices
    for field in dataclasses.fields(Voices):
        assert np.array_equal(getattr(plain, field.name), getattr(fast, field.name)), field.name


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["“", "”", '"', "'", "said", "Reuters", "he", ",", ".", "but", "plant", "Jane", "\n\n"]))
)
def test_every_voice_is_one_of_four_and_every_index_valid(hear: Hear, words: list[str]) -> None:
    heard = hear(" ".join(["Intel", *words]))
    v, n = heard.voices, len(heard.voices.speakers)
    for part in (v.token, v.clause, v.sentence):
        assert np.isin(part, range(len(VOICES))).all()
    assert (v.speaker < n).all() and (v.affiliation < n).all()
    assert len(v.token) == len(v.speaking) == len(heard.tokens)
    assert len(v.clause) == len(v.speaker) == len(heard.tokens.clause_main)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("the plant grew while sales fell but rivals like Intel did not yet rise .".split())))
def test_a_text_without_marks_and_cues_is_all_outlet(hear: Hear, words: list[str]) -> None:
    voices = hear(" ".join(["The", *words])).voices
    assert not voices.token.any() and not voices.sentence.any() and not voices.speaking.any()
    assert voices.speakers == ()


@pytest.mark.parametrize(
    "text",
    [
        "“It works,” Jane Roe said. “It lasts.” The so-called “smart home” grew.",
        "Jane Roe called it “a disaster” on Monday.\n\n“It is late. We’re sorry,” she said.",
    ],
)
def test_straight_and_curly_marks_read_alike(hear: Hear, text: str) -> None:
    curly, straight = hear(text), hear(text.replace("“", '"').replace("”", '"').replace("’", "'"))
    for field in ("token", "clause", "sentence", "speaker", "affiliation", "speaking"):
        assert np.array_equal(getattr(curly.voices, field), getattr(straight.voices, field))
    assert curly.voices.speakers == straight.voices.speakers


def test_an_article_reads_the_same_whatever_stands_around_it(hear: Hear) -> None:
    one = "“It works,” Jane Roe of Nvidia said. She added that costs fell."
    other = "Reuters reported that Intel would sell the unit. “Nobody came to the opening.”"
    alone, together = hear(one), hear([other, one])
    k = len(alone.tokens)
    assert np.array_equal(alone.voices.token, together.voices.token[-k:])
    assert [alone.clauses(s) for s in (0, 1)] == [together.clauses(s) for s in (2, 3)]


def test_an_empty_shard_has_no_voices(hear: Hear) -> None:
    assert len(hear([]).voices.token) == 0


def test_the_shipped_choice_is_the_default() -> None:
    shipped = yaml.safe_load((ROOT / "conf" / "voice" / "rules.yaml").read_text(encoding="utf-8"))
    shipped.pop("tool", None)
    assert shipped == dataclasses.asdict(Rules())


@pytest.mark.skipif(not (SHARED / "seed").exists(), reason="the seed article is not shipped")
def test_the_seed_article(hear: Hear) -> None:
    coding = json.loads((SHARED / "seed" / "coding.json").read_text(encoding="utf-8"))
    text = (SHARED / "seed" / "article.txt").read_text(encoding="utf-8")
    body = [u for u in coding["units"] if u["type"] == "body"]
    voices = {"attributed_media": "medium", "direct_quote": "quote", "paraphrase_continuation": "outlet"}
    heard = hear([text[u["start"] : u["end"]] for u in body])
    wanted = [voices.get(u["codes"][0]["voice"], u["codes"][0]["voice"]) for u in body]
    assert heard.sentences() == wanted
