"""Corpus: every document is accounted for, faults are named, and the text stays as given."""

from __future__ import annotations

import gzip
import json
import pickle
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.corpus import Reader, corpus_of, tally
from framing.corpus.dates import bounds, iso
from framing.corpus.digest import Digest
from framing.corpus.files import bounded_lines
from framing.corpus.spool import Spool
from framing.corpus.utf8 import Utf8
from framing.errors import ConfigurationError, InputError
from framing.outlets import Outlets
from framing.tables import ARTICLE_INPUT, Corpus, Flow

TEXT = "Acme Corp. said on Monday that its sales rose. Rivals did not."


def jsonl(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
    return path


def read(reader: Reader) -> tuple[list[dict[str, Any]], dict[tuple[str, str], int], list[str]]:
    """Articles, counts by stage and reason, and the lines on stderr; checks the account on the way."""
    said: list[str] = []
    articles: list[dict[str, Any]] = []
    flow = Flow()
    for corpus, part in reader(said.append):
        assert corpus.table.schema.names[: len(ARTICLE_INPUT)] == ARTICLE_INPUT.names
        articles += corpus.table.to_pylist()
        flow += part
    counts = {(stage, reason): n for stage, reason, n, _ in tally(flow).rows}
    left_out = sum(n for (stage, _), n in counts.items() if stage == "left out")
    assert counts.get(("read", "read"), 0) == counts.get(("kept", "kept"), 0) + left_out
    assert counts.get(("kept", "kept"), 0) == len(articles)
    return articles, counts, said


def refused(reader: Reader) -> str:
    with pytest.raises((InputError, ConfigurationError)) as caught:
        read(reader)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- the same rows in every format ----------------------------------------------------------------

ROWS = [
    {
        "id": "1",
        "outlet": "Paper",
        "date": "2023-05",
        "title": "Acme rises",
        "text": TEXT + "\n\n“Quoted”, they said.",
    },
    {
        "id": "2",
        "outlet": "Other",
        "date": "2023-05-17T10:00:00Z",
        "title": "B",
        "text": 'A "quoted" text,\r\nwith lines.',
    },
]


def as_csv(rows: list[dict[str, Any]], delimiter: str = ",") -> bytes:
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, codec="zstd", asbytes=True))


def formats(folder: Path) -> Iterator[Path]:
    lines = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
    for name, data in {
        "a.jsonl": lines,
        "a.ndjson": b"\xef\xbb\xbf" + lines,
        "a.jsonl.gz": gzip.compress(lines),
        "a.jsonl.zst": zstd(lines),
        "a.csv": as_csv(ROWS),
        "b.csv": b"\xef\xbb\xbf" + as_csv(ROWS),
        "a.csv.gz": gzip.compress(as_csv(ROWS)),
        "a.csv.zst": zstd(as_csv(ROWS)),
        "a.tsv": as_csv(ROWS, "\t"),
    }.items():
        (folder / name).write_bytes(data)
        yield folder / name
    pq.write_table(pa.Table.from_pylist(ROWS), folder / "a.parquet")
    yield folder / "a.parquet"


def test_every_format_gives_the_same_articles(tmp_path: Path) -> None:
    found = {path.name: read(Reader(str(path)))[0] for path in formats(tmp_path)}
    assert len(found) == 10
    for articles in found.values():
        assert articles == found["a.jsonl"]
    assert [a["text"] for a in found["a.jsonl"]] == [row["text"] for row in ROWS]
    assert [a["row"] for a in found["a.jsonl"]] == [0, 1]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    reader = Reader(
        str(jsonl(tmp_path / "a.jsonl", *ROWS, "broken", *[{"text": f"{TEXT} {i}"} for i in range(9)])),
        shard=4,
    )
    first, second = list(reader()), list(reader())
    assert [flow for _, flow in first] == [flow for _, flow in second]
    assert all(a.table.equals(b.table) for (a, _), (b, _) in zip(first, second, strict=True))


@pytest.mark.parametrize("shard", [1, 2, 3, 100])
def test_shards_change_no_article_and_no_count(tmp_path: Path, shard: int) -> None:
    path = jsonl(tmp_path / "a.jsonl", *[{"text": f"{TEXT} {i}"} for i in range(5)], "broken", {"text": ""})
    assert read(Reader(str(path), shard=shard)) == read(Reader(str(path)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=5))
def test_texts_survive_json_and_csv_unchanged(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("round")
    rows = [{"id": str(i), "text": text} for i, text in enumerate([TEXT, *texts])]
    sound = [row["text"] for row in rows if row["text"].strip() and row["text"].strip().lower() != "nan"]
    (folder / "a.csv").write_bytes(as_csv(rows))
    for path in (jsonl(folder / "a.jsonl", *rows), folder / "a.csv"):
        assert [a["text"] for a in read(Reader(str(path)))[0]] == sound


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.integers(2, 20))
def test_bounded_lines_count_every_line_and_hold_no_long_one(data: bytes, limit: int) -> None:
    import io

    found = list(bounded_lines(io.BytesIO(data), limit))
    whole = list(io.BytesIO(data))
    assert [number for number, _ in found] == list(range(1, len(whole) + 1))
    for (_, line), expected in zip(found, whole, strict=True):
        assert line == expected or (line is None and len(expected) >= limit)


# --- faults of rows -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"text": "cut', "broken JSON"),
        ("[" * 100_000, "broken JSON"),
        ('["a list"]', "not a JSON object"),
        ('"a string"', "not a JSON object"),
        ({"text": ""}, "empty text"),
        ({"text": " \n\t "}, "empty text"),
        ({"text": None}, "text is missing"),
        ({"id": "x"}, "text is missing"),
        ('{"text": NaN}', "text is NaN"),
        ({"text": "nan"}, "text is NaN"),
        ({"text": 12}, "text is not a string"),
        ({"text": [TEXT]}, "text is not a string"),
        ({"text": "x" * 2_001}, "oversize"),
        ({"text": "y" * 2_000_000}, "oversize"),
        ('{"text": "half a pair \\ud83d"}', "broken characters"),
        ({"text": TEXT, "id": ["x"]}, "id is not a string or number"),
    ],
)
def test_a_fault_of_a_row_is_counted_named_and_the_run_goes_on(tmp_path: Path, row: Any, reason: str) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": TEXT, "id": "good"}, row, {"text": TEXT, "id": "after"})
    articles, counts, said = read(Reader(str(path), max_characters=2_000))
    assert [a["article"] for a in articles] == ["good", "after"]
    assert [a["row"] for a in articles] == [0, 2]
    assert counts["left out", reason] == 1
    assert said == [f"{path}:2: {reason}: left out"]


def test_undecodable_bytes_are_a_fault_of_their_row(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "fine one"}\n{"text": "caf\xe9"}\n{"text": "fine two"}\n')
    (tmp_path / "a.csv").write_bytes(b"text\nfine one\ncaf\xe9\nfine two\n")
    for name in ("a.jsonl", "a.csv"):
        articles, counts, _ = read(Reader(str(tmp_path / name)))
        assert [a["text"] for a in articles] == ["fine one", "fine two"]
        assert counts["left out", "undecodable bytes"] == 1


def test_undecodable_bytes_of_parquet_are_a_fault_of_their_row(tmp_path: Path) -> None:
    binary = pa.array([b"fine one", b"caf\xe9", b"fine two"], pa.binary())
    text = pa.Array.from_buffers(pa.string(), 3, binary.buffers())
    pq.write_table(pa.table({"text": text}), tmp_path / "a.parquet")
    articles, counts, _ = read(Reader(str(tmp_path / "a.parquet")))
    assert [a["text"] for a in articles] == ["fine one", "fine two"]
    assert counts["left out", "undecodable bytes"] == 1


def test_a_csv_row_with_other_cells_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,one text\n2\n3,three,more\n\n4,four text\n")
    articles, counts, said = read(Reader(str(tmp_path / "a.csv")))
    assert [a["article"] for a in articles] == ["1", "4"]
    assert counts["left out", "wrong number of cells"] == 2
    assert [line.split(": ")[0].rpartition(":")[2] for line in said] == ["3", "4"]


def test_an_oversize_csv_cell_is_one_document(tmp_path: Path) -> None:
    huge = ('many words, "" quoted "", and lines\n' * 60_000) + "x" * 1_500_000
    (tmp_path / "a.csv").write_text(f'id,text\n1,one text\n2,"{huge}"\n3,three text\n', newline="")
    articles, counts, _ = read(Reader(str(tmp_path / "a.csv"), max_characters=1_000))
    assert [a["article"] for a in articles] == ["1", "3"]
    assert counts["left out", "oversize"] == 1
    assert counts["read", "read"] == 3


def test_after_twenty_equal_faults_one_line_says_more(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": TEXT}, *["broken"] * 30, {"text": ""})
    _, counts, said = read(Reader(str(path)))
    assert counts["left out", "broken JSON"] == 30
    assert len(said) == 22
    assert sum("more" in line for line in said) == 1


def test_without_warn_nothing_is_said_and_nothing_differs(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": TEXT}, "broken")
    assert len(list(Reader(str(path))())) == 1


def test_a_document_is_found_again_by_its_row(tmp_path: Path) -> None:
    jsonl(tmp_path / "a.jsonl", {"text": TEXT}, "broken")
    jsonl(tmp_path / "b.jsonl", {"text": TEXT})
    reader = Reader(str(tmp_path))
    assert [reader.place(i) for i in range(3)] == [
        f"{tmp_path / 'a.jsonl'}:1",
        f"{tmp_path / 'a.jsonl'}:2",
        f"{tmp_path / 'b.jsonl'}:1",
    ]


# --- faults of files ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b"\xef\xbb\xbf \n\n", "is empty"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b"id,text\n", "no rows"),
        ("a.txt", b"", "is empty"),
        ("a.jsonl", b'{"text": "x"}\0\0', "is binary"),
        ("a.txt", b"\x89PNG\0\0", "is binary"),
        ("a.jsonl", '{"text": "x"}\n'.encode("utf-16"), "UTF-16"),
        ("a.csv", "id,text\n".encode("utf-16"), "UTF-16"),
        ("a.jsonl", b"[1]\n[2]\n", "no JSON object"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "some text"}\n' * 9999)[:-20], "cannot be read"),
        ("a.jsonl.gz", b"no gzip at all", "cannot be read"),
        ("a.jsonl.zst", b"no zstd at all", "cannot be read"),
        ("a.parquet", b"no parquet at all", "no Parquet file"),
        ("a.docx", b"whatever", "cannot be read; expected"),
        ("noext", b"whatever", "cannot be read; expected"),
    ],
)
def test_a_fault_of_a_file_is_one_line_that_names_it(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    (tmp_path / name).write_bytes(data)
    message = refused(Reader(str(tmp_path / name)))
    assert what in message
    assert str(tmp_path / name) in message


def test_a_missing_path_an_empty_folder_and_a_fruitless_glob_are_refused(tmp_path: Path) -> None:
    assert "no such file" in refused(Reader(str(tmp_path / "absent.jsonl")))
    assert "no file to read" in refused(Reader(str(tmp_path)))
    assert "no file matches" in refused(Reader(str(tmp_path / "*.jsonl")))


@pytest.mark.parametrize(
    ("columns", "advice"),
    [
        (["id", "body"], "corpus.columns.text=body"),
        (["id", "txt"], "corpus.columns.text=txt"),
        (["id", "xyz"], "corpus.columns.text=NAME"),
    ],
)
def test_no_text_column_names_the_columns_and_the_remedy(tmp_path: Path, columns: list[str], advice: str) -> None:
    row = dict.fromkeys(columns, TEXT)
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "a.parquet")
    (tmp_path / "a.csv").write_bytes(as_csv([row]))
    for path in (jsonl(tmp_path / "a.jsonl", row), tmp_path / "a.csv", tmp_path / "a.parquet"):
        message = refused(Reader(str(path)))
        assert "no column 'text'" in message
        assert advice in message
        assert ", ".join(columns) in message


def test_cells_separated_by_semicolons_or_tabs_are_read(tmp_path: Path) -> None:
    for mark in ";\t":
        (tmp_path / "a.csv").write_text(f"id{mark}text\n1{mark}hello, world\n")
        shards = [corpus for corpus, _ in Reader(str(tmp_path / "a.csv"))()]
        assert [text for corpus in shards for text in corpus.column("text")] == ["hello, world"]


def test_cells_separated_by_other_marks_are_recognised(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id|text\n1|hello\n")
    assert "separated by '|'" in refused(Reader(str(tmp_path / "a.csv")))


def test_a_text_column_of_numbers_is_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [1, 2]}), tmp_path / "a.parquet")
    assert "expected text" in refused(Reader(str(tmp_path / "a.parquet")))


def test_a_missing_named_column_is_refused(tmp_path: Path) -> None:
    row = {"text": TEXT, "source": "Paper"}
    (tmp_path / "a.csv").write_bytes(as_csv([row]))
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "a.parquet")
    for path in (jsonl(tmp_path / "a.jsonl", row), tmp_path / "a.csv", tmp_path / "a.parquet"):
        assert "did you mean 'source'" in refused(Reader(str(path), columns={"outlet": "sources"}))
        assert "corpus.keep" in refused(Reader(str(path), keep=("section",)))


# --- ids, dates, fields ---------------------------------------------------------------------------


def test_columns_are_renamed_and_numbers_become_ids(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"nr": 17, "body": TEXT, "source": " Paper "})
    (article,), _, _ = read(Reader(str(path), columns={"id": "nr", "text": "body", "outlet": "source"}))
    assert (article["article"], article["text"], article["outlet"]) == ("17", TEXT, "Paper")


def test_a_missing_id_is_a_hash_of_what_the_article_says(tmp_path: Path) -> None:
    import hashlib

    row = {"outlet": "Paper", "date": "2023", "title": "T", "url": "u", "text": TEXT}
    expected = hashlib.sha256("\x1f".join(["Paper", "2023", "T", "u", TEXT]).encode()).hexdigest()[:16]
    path = jsonl(tmp_path / "a.jsonl", row, row | {"byline": "Jo"}, row | {"title": "U"}, {"text": TEXT, "id": ""})
    ids = [a["article"] for a in read(Reader(str(path)))[0]]
    assert ids[0] == ids[1] == expected
    assert len(set(ids)) == 3


def test_across_files_the_path_goes_before_the_id(tmp_path: Path) -> None:
    jsonl(tmp_path / "sub" / "b.jsonl", {"id": 1, "text": TEXT})
    jsonl(tmp_path / "a.jsonl", {"id": 1, "text": TEXT})
    assert [a["article"] for a in read(Reader(str(tmp_path)))[0]] == ["a.jsonl:1", "sub/b.jsonl:1"]
    assert [a["article"] for a in read(Reader(str(tmp_path / "**" / "*.jsonl")))[0]] == [
        "a.jsonl:1",
        "sub/b.jsonl:1",
    ]
    assert [a["article"] for a in read(Reader(str(tmp_path / "s*" / "*.jsonl")))[0]] == ["1"]


def test_text_files_are_named_by_their_path_and_their_first_folder_is_the_outlet(tmp_path: Path) -> None:
    for name in ("Paper/2023/x.txt", "Other/y.txt", "z.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "notes.docx").write_text("x")
    (tmp_path / ".hidden").write_text("x")
    articles, counts, _ = read(Reader(str(tmp_path)))
    found = [(a["article"], a["outlet"]) for a in articles]
    assert found == [("Other/y", "Other"), ("Paper/2023/x", "Paper"), ("z", None)]
    assert counts["left out", "empty text"] == 1
    assert counts["note", "file of another kind"] == 1
    assert read(Reader(str(tmp_path / "z.txt")))[0][0]["article"] == "z"


def test_text_files_keep_every_character_but_the_byte_order_mark(tmp_path: Path) -> None:
    text = "\n  Line one.\r\nLine two é.\n\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read(Reader(str(tmp_path / "a.txt")))[0][0]["text"] == text


@pytest.mark.parametrize(
    "date",
    [
        "2023",
        "2023-05",
        "2023-05-17",
        "2023-05-17T10:00",
        "2023-05-17T10:00:00Z",
        "2023-05-17 10:00:00.123+02:00",
        "2023-05-17T10:00:00.123456789",
        "2024-02-29",
    ],
)
def test_iso_dates_keep_their_precision(date: str) -> None:
    assert iso(f" {date} ") == date


@pytest.mark.parametrize(
    "date",
    ["17/05/2023", "May 17, 2023", "2023-13", "2023-02-30", "2023-02-29", "2023-5-1", "23-05-17", "yesterday",
     "2023-05-17T25:00", "0000", "1684317600", "2004/2005"],
)  # fmt: skip
def test_other_dates_become_null_with_a_note_and_the_article_is_kept(tmp_path: Path, date: str) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": TEXT, "date": date})
    (article,), counts, said = read(Reader(str(path)))
    assert article["date"] is None
    assert counts["note", "bad date"] == 1
    assert f"{path}:1: bad date" in said[0]


def test_no_date_is_no_bad_date(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": TEXT, "date": ""}, {"text": TEXT + "!", "date": None})
    assert ("note", "bad date") not in read(Reader(str(path)))[1]


def test_date_types_of_parquet_become_iso(tmp_path: Path) -> None:
    import datetime

    day = datetime.date(2023, 5, 17)
    values: list[tuple[Any, str]] = [
        (pa.array([day], pa.date32()), "2023-05-17"),
        (pa.array([datetime.datetime(2023, 5, 17)], pa.timestamp("ns")), "2023-05-17"),
        (pa.array([datetime.datetime(2023, 5, 17, 10, 30)], pa.timestamp("us")), "2023-05-17T10:30:00"),
        (pa.array([2023]), "2023"),
    ]
    for value, expected in values:
        pq.write_table(pa.table([pa.array([TEXT]), value], names=["text", "date"]), tmp_path / "a.parquet")
        assert read(Reader(str(tmp_path / "a.parquet")))[0][0]["date"] == expected


def test_a_truncated_text_is_noted_and_kept(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": TEXT + "… [+2134 chars]"}, {"text": TEXT + " [Sic]"})
    articles, counts, _ = read(Reader(str(path)))
    assert len(articles) == 2
    assert counts["note", "truncated text"] == 1


def test_given_mentions_come_through_unchanged(tmp_path: Path) -> None:
    given_mentions = [{"start": 11, "end": 15, "entity": "B"}, {"start": 0, "end": 4, "entity": "Acme"}]
    rows = [{"text": TEXT, "mentions": given_mentions}]
    (tmp_path / "a.csv").write_bytes(as_csv([{"text": TEXT, "mentions": json.dumps(given_mentions)}]))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    for path in (jsonl(tmp_path / "a.jsonl", *rows), tmp_path / "a.csv", tmp_path / "a.parquet"):
        assert read(Reader(str(path)))[0][0]["mentions"] == given_mentions


def test_kept_columns_are_text_as_it_stands_in_the_file(tmp_path: Path) -> None:
    rows = [
        '{"text": "A text.", "score": 1.50, "tags": ["a"], "yes": true}',
        '{"text": "B text.", "score": null}',
    ]
    path = jsonl(tmp_path / "a.jsonl", *rows)
    articles, _, _ = read(Reader(str(path), keep=("score", "tags", "yes")))
    assert [(a["score"], a["tags"], a["yes"]) for a in articles] == [
        ("1.50", '["a"]', "true"),
        (None, None, None),
    ]


def test_kept_columns_of_parquet_keep_their_type(tmp_path: Path) -> None:
    section: Any = pa.array(["tech"], pa.dictionary(pa.int8(), pa.string()))
    table = pa.table([pa.array([TEXT]), pa.array([0.25]), section], names=["text", "score", "section"])
    pq.write_table(table, tmp_path / "a.parquet")
    ((corpus, _),) = Reader(str(tmp_path / "a.parquet"), keep=("score", "section"))()
    assert corpus.kept == ("score", "section")
    assert corpus.table.schema.field("score").type == pa.float64()
    assert corpus.column("section") == ["tech"]
    jsonl(tmp_path / "b.jsonl", {"text": TEXT, "score": 1, "section": "x"})
    ((mixed, _),) = Reader(str(tmp_path), keep=("score", "section"))()
    assert mixed.column("score") == ["0.25", "1"]


@pytest.mark.parametrize("name", ["article", "sentence", "outlet", "row", "label", "voice"])
def test_a_kept_column_cannot_have_the_name_of_a_column_of_the_tables(name: str) -> None:
    with pytest.raises(ConfigurationError, match="rename yours"):
        Reader("x", keep=(name,))


def test_a_misspelt_field_is_refused_with_the_nearest() -> None:
    with pytest.raises(ConfigurationError, match="'text'"):
        Reader("x", columns={"txt": "body"})


# --- selection ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("2023-05", None),
        ("2023", None),
        ("2023-06-30T23:00:00Z", None),
        ("2023-04-30", "before corpus.since"),
        ("2022", "before corpus.since"),
        ("2023-07-01", "after corpus.until"),
        ("2024", "after corpus.until"),
        (None, "no date, and corpus.since or corpus.until is set"),
    ],
)
def test_a_date_of_coarse_precision_is_inside_if_it_may_be(
    tmp_path: Path, date: str | None, reason: str | None
) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": TEXT, "date": date})
    articles, counts, _ = read(Reader(str(path), since="2023-05-01", until="2023-06"))
    assert len(articles) == (reason is None)
    assert reason is None or counts["left out", reason] == 1


@given(st.dates(), st.dates())
def test_bounds_compare_as_dates_do(one: Any, other: Any) -> None:
    first, second = (value.isoformat() for value in (one, other))
    assert (bounds(first)[1] < bounds(second)[0]) == (one < other)
    assert bounds(first[:7])[0] <= bounds(first)[0] <= bounds(first)[1] <= bounds(first[:4])[1]


def test_outlets_match_and_length_select(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "outlet": "Paper", "text": TEXT},
        {"id": "b", "outlet": "Other", "text": TEXT},
        {"id": "c", "outlet": "Paper", "text": "Too short, Acme."},
        {"id": "d", "outlet": "Paper", "text": "None of the firms that we look for is named in it."},
        {
            "id": "e",
            "outlet": "Paper",
            "title": "Acme",
            "text": "The name is in the title of this one only, it is.",
        },
    ]
    path = jsonl(tmp_path / "a.jsonl", *rows)
    articles, counts, said = read(Reader(str(path), outlets=("Paper",), match="Acme", min_words=5))
    assert [a["article"] for a in articles] == ["a", "e"]
    assert counts["left out", "not in corpus.outlets"] == 1
    assert counts["left out", "no match for corpus.match"] == 1
    assert counts["left out", "fewer than corpus.min_words words"] == 1
    assert said == []


def test_outlets_go_by_their_canonical_names(tmp_path: Path) -> None:
    listed = tmp_path / "outlets.csv"
    listed.write_text("outlet,aliases,domains,country,kind\nThe Paper,Paper,paper.example,,\n")
    rows = [
        {"outlet": "www.paper.example", "text": TEXT},
        {"outlet": "Paper", "text": TEXT + "."},
        {"text": "No."},
    ]
    reader = Reader(str(jsonl(tmp_path / "a.jsonl", *rows)), names=Outlets.read(listed), outlets=("Paper",))
    assert [a["outlet"] for a in read(reader)[0]] == ["The Paper", "The Paper"]


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        ({"match": "("}, "corpus.match"),
        ({"since": "May 2023"}, "corpus.since"),
        ({"until": "2023-02-30"}, "corpus.until"),
        ({"since": "2024", "until": "2023"}, "corpus.since"),
        ({"shard": 0}, "corpus.shard"),
        ({"keep": ("a", "a")}, "corpus.keep"),
    ],
)
def test_an_impossible_setting_is_refused_before_anything_is_read(setting: dict[str, Any], key: str) -> None:
    with pytest.raises(ConfigurationError, match=key):
        Reader("absent", **setting)


# --- strings as bytes -----------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.none(), st.text("aé“😀\n", max_size=5)), max_size=6), st.integers(0, 6), st.booleans())
def test_strings_are_seen_in_their_bytes_wherever_these_lie(values: list[str | None], cut: int, wide: bool) -> None:
    kind: Any = pa.large_string() if wide else pa.string()
    whole = pa.array(values, type=kind)
    column = pa.chunked_array([whole.slice(0, cut), whole.slice(cut)], type=kind)
    for texts, expected in ((Utf8.of(column), values), (Utf8.of(whole.slice(cut)), values[cut:])):
        bounds = texts.bounds.tolist()
        strings = [texts.string(start, end) for start, end in pairwise(bounds)]
        assert strings == [value or "" for value in expected]
        assert texts.slices(texts.bounds[:-1], texts.bounds[1:]).to_pylist() == strings
        ends = texts.characters(texts.bounds).tolist()
        assert ends == [len("".join(strings[:i])) for i in range(len(strings) + 1)]


# --- the digest and the spool ---------------------------------------------------------------------

KEPT = pa.schema([*ARTICLE_INPUT, ("section", pa.string()), ("score", pa.float64())])
some = st.one_of(st.none(), st.text("aé“\0", max_size=4))
articles = st.lists(
    st.fixed_dictionaries(
        {
            "article": st.text("ab", min_size=1, max_size=2),
            "title": some,
            "text": st.text("aé“ \n", min_size=1, max_size=6),
            "mentions": st.one_of(st.none(), st.just([]), st.just([{"start": 0, "end": 1, "entity": "é"}])),
            "section": some,
            "score": st.one_of(st.none(), st.integers(0, 3).map(float)),
        }
    ),
    max_size=6,
)


def table(rows: list[dict[str, Any]], first: int = 0) -> Corpus:
    return Corpus(pa.Table.from_pylist([row | {"row": first + i} for i, row in enumerate(rows)], schema=KEPT))


def digest(*shards: Corpus) -> str:
    made = Digest()
    for shard in shards:
        made.add(shard)
    return made.hexdigest()


@settings(max_examples=150, deadline=None)
@given(articles, st.integers(0, 6), st.integers(0, 9))
def test_the_digest_does_not_depend_on_shards_rows_or_the_order_of_columns(
    rows: list[dict[str, Any]], cut: int, first: int
) -> None:
    whole = table(rows)
    names = whole.table.column_names[::-1]
    chunks = pa.concat_tables([whole.table.slice(0, cut), whole.table.slice(cut)])
    expected = digest(whole)
    assert digest(table(rows[:cut], first), table(rows[cut:])) == expected
    assert digest(Corpus(whole.table.slice(0, cut)), Corpus(whole.table.slice(cut))) == expected
    assert digest(Corpus(chunks.select(names))) == expected


@settings(max_examples=150, deadline=None)
@given(articles, articles)
def test_the_digest_tells_any_two_corpora_apart(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    assert (digest(table(one)) == digest(table(other))) == (one == other)


def test_the_digest_keeps_neighbours_and_missing_values_apart() -> None:
    pairs = [("ab", "c"), ("a", "bc"), ("abc", ""), ("abc", None), (None, "abc"), ("", "abc")]
    made = {digest(table([{"article": "1", "text": "x", "title": t} for t in pair])) for pair in pairs}
    assert len(made) == len(pairs)


@settings(max_examples=50, deadline=None)
@given(st.lists(articles, max_size=4))
def test_the_spool_gives_back_what_was_added(tmp_path_factory: pytest.TempPathFactory, found: list[Any]) -> None:
    spool = Spool(tmp_path_factory.mktemp("spool") / "shards")
    for rows in found:
        spool.add(table(rows))
    assert len(spool) == len(found)
    again = [pickle.loads(pickle.dumps(shard)).open() for shard in spool]
    assert all(shard.table.equals(table(rows).table) for shard, rows in zip(again, found, strict=True))
    assert digest(*again) == digest(*map(table, found))


# --- rows given in Python, and the account --------------------------------------------------------


def test_rows_given_in_python_are_a_corpus() -> None:
    corpus = corpus_of([{"text": TEXT, "outlet": "Paper", "section": 3}], keep=("section",))
    assert corpus.column("outlet") == ["Paper"]
    assert corpus.column("section") == ["3"]
    with pytest.raises(InputError, match="article 0"):
        corpus_of([{"text": None}])


@given(
    st.lists(
        st.tuples(st.sampled_from(["read", "kept", "left out", "x"]), st.text("ab", max_size=1), st.integers(0, 9))
    )
)
def test_tally_sums_equal_rows_and_does_not_depend_on_how_they_are_cut(
    rows: list[tuple[str, str, int]],
) -> None:
    flow = Flow(tuple((stage, reason, n, n) for stage, reason, n in rows))
    assert sum(row[2] for row in tally(flow).rows) == sum(row[2] for row in flow.rows)
    assert tally(tally(flow)) == tally(flow)
    assert len({row[:2] for row in tally(flow).rows}) == len(tally(flow).rows)


@pytest.mark.parametrize(
    "mentions",
    [
        [{"start": 0, "end": 999, "entity": "Acme"}],
        [{"start": 4, "end": 4, "entity": "Acme"}],
        [{"start": 0.5, "end": 4, "entity": "Acme"}],
        [{"start": 0, "end": 4}],
        "none",
        [{"start": 0, "end": 4, "entity": "*"}],
    ],
)
def test_bad_mentions_are_a_note_and_their_article_is_kept(tmp_path: Path, mentions: Any) -> None:
    articles, counts, lines = read(Reader(str(jsonl(tmp_path / "a.jsonl", {"text": TEXT, "mentions": mentions}))))
    assert len(articles) == 1 and articles[0]["mentions"] is None
    assert counts["note", "bad mentions"] == 1 and "left out" in lines[0]
