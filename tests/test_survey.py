"""Survey: duplicates and repeated lines, known before anything is scored."""

from __future__ import annotations

import random

import pytest

from framing.corpus import corpus_of, line_hash, tally
from framing.corpus.reader import Reader
from framing.errors import ConfigurationError, InputError
from framing.kernel import compile_kernels, interpreted
from framing.survey import Surveyor
from framing.tables import Corpus, Flow

PLEA = "Sign here for the morning letter of our paper"
LONG = "This paragraph of the wire tells at length what happened in the town, and it was run again and again. " * 3


def corpus(*texts: str, outlet: str | None = "Paper", ids: list[str] | None = None) -> Corpus:
    names = ids or [f"a{i}" for i in range(len(texts))]
    return corpus_of([{"id": i, "outlet": outlet, "text": t} for i, t in zip(names, texts, strict=True)])


def article(number: int, *lines: str) -> str:
    return "\n\n".join([f"Article number {number} has a sentence of its own. {'x' * number}{number}.", *lines])


def test_a_line_in_three_articles_of_an_outlet_is_repeated() -> None:
    survey, flow = Surveyor()([corpus(*(article(i, PLEA) for i in range(3)))])
    assert survey.repeated == {"Paper": frozenset({line_hash(PLEA)})}
    assert flow == Flow()


def test_a_line_in_two_articles_is_not_repeated() -> None:
    assert Surveyor()([corpus(*(article(i, PLEA) for i in range(2)), article(3))])[0].repeated == {}


def test_case_and_spacing_do_not_make_another_line() -> None:
    texts = [article(0, PLEA), article(1, PLEA.upper()), article(2, PLEA.replace(" ", "  "))]
    assert line_hash(PLEA) in Surveyor()([corpus(*texts)])[0].repeated["Paper"]


def test_outlets_do_not_share_their_lines() -> None:
    shards = [corpus(article(i, PLEA), outlet=f"Paper {i}", ids=[f"p{i}"]) for i in range(3)]
    assert Surveyor()(shards)[0].repeated == {}


def test_articles_without_outlet_are_one_outlet_without_name() -> None:
    assert set(Surveyor()([corpus(*(article(i, PLEA) for i in range(3)), outlet=None)])[0].repeated) == {""}


def test_a_line_twice_in_one_article_counts_once() -> None:
    assert Surveyor()([corpus(article(0, PLEA, PLEA, PLEA), article(1, PLEA))])[0].repeated == {}


def test_an_article_run_again_does_not_turn_its_body_into_boilerplate() -> None:
    same = article(1, "A short sentence of the body.")
    assert Surveyor()([corpus(same, same, same, same)])[0].repeated == {}


def test_versions_of_an_article_do_not_turn_its_body_into_boilerplate() -> None:
    texts = [article(i, "A short sentence of the body.", LONG) for i in range(4)]
    assert Surveyor()([corpus(*texts)])[0].repeated == {}


def test_a_long_notice_does_not_make_all_articles_versions_of_one() -> None:
    texts = [article(i, PLEA, LONG) for i in range(8)]
    assert Surveyor()([corpus(*texts)])[0].repeated == {"Paper": frozenset({line_hash(PLEA)})}


def test_paragraphs_are_never_repeated_lines() -> None:
    assert len(LONG) > Surveyor().max_line
    texts = [article(i, LONG) for i in range(8)]
    assert Surveyor()([corpus(*texts)])[0].repeated == {}


def test_a_large_outlet_needs_more_repetitions() -> None:
    texts = [article(i, *([PLEA] if i < 4 else [])) for i in range(50)]
    assert Surveyor(repeated_share=0.1)([corpus(*texts)])[0].repeated == {}
    assert Surveyor(repeated_share=0.05)([corpus(*texts)])[0].repeated != {}


def test_order_and_shards_change_nothing() -> None:
    texts = [article(i, *([PLEA] if i % 2 else [LONG])) for i in range(12)]
    ids = [f"a{i}" for i in range(12)]
    expected = Surveyor()([corpus(*texts, ids=ids)])[0]
    pairs = list(zip(ids, texts, strict=True))
    random.Random(1).shuffle(pairs)
    shards = [corpus(text, ids=[name]) for name, text in pairs]
    assert Surveyor()(shards)[0] == expected


def test_compiled_and_interpreted_surveys_are_one() -> None:
    texts = [article(i, *([PLEA, "Größe é “x” \u2003 ß", LONG] if i % 2 else [LONG.upper()])) for i in range(12)]
    with interpreted():
        expected = Surveyor()([corpus(*texts)])
    compile_kernels()
    assert Surveyor()([corpus(*texts)]) == expected
    assert expected[0].repeated["Paper"] == {line_hash(PLEA), line_hash("Größe é “x” ß")}


def test_the_first_of_the_longest_lines_is_the_story() -> None:
    first = "x" * 300
    texts = [f"{first}\n\n{PLEA}\n\n{number * 300}" for number in "abcd"]
    assert Surveyor()([corpus(*texts)])[0].repeated == {}
    assert Surveyor(versions=3)([corpus(*texts)])[0].repeated == {"Paper": frozenset({line_hash(PLEA)})}


def test_the_same_row_twice_is_dropped_and_counted() -> None:
    survey, flow = Surveyor()([corpus("One text.", "Another text.", "One text.", ids=["a", "b", "a"])])
    assert survey.dropped == {2}
    total = tally(Flow((("read", "read", 3, 0), ("kept", "kept", 3, 0))) + flow)
    counts = {(stage, reason): n for stage, reason, n, _ in total.rows}
    assert counts == {("read", "read"): 3, ("left out", "duplicate row"): 1, ("kept", "kept"): 2}


def test_one_id_with_two_texts_is_refused_and_both_rows_named() -> None:
    with pytest.raises(InputError, match=r"'a'.*document 1 and document 3"):
        Surveyor()([corpus("One text.", "Another text.", "A third text.", ids=["a", "b", "a"])])


def test_one_id_with_two_texts_names_file_and_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": 1, "text": "One."}\n\nbroken\n{"id": "1", "text": "Two."}\n')
    reader = Reader(str(path))
    with pytest.raises(InputError, match=r"x\.jsonl:1 and .*x\.jsonl:4"):
        Surveyor()((shard for shard, _ in reader()), reader.place)


def test_every_article_is_its_own_story() -> None:
    survey, _ = Surveyor()([corpus("One.", "Two.")])
    assert survey.story == survey.copy == {}


def test_an_empty_corpus_has_an_empty_survey() -> None:
    assert Surveyor()([])[0].repeated == {}


def test_impossible_settings_are_refused() -> None:
    with pytest.raises(ConfigurationError):
        Surveyor(repeated=1)
