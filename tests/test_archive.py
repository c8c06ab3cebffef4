"""The archive room: run folders, writers, the signature, and archives in which one byte is found."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing import tables
from framing.archive import (
    Archive,
    Contents,
    Signature,
    State,
    declared,
    finish,
    open_run,
    parquet_writer,
    sign,
    verify,
    write_csv,
    write_parquet,
    write_text,
)
from framing.archive.container import Member, directory, local_header
from framing.archive.folder import alone_in
from framing.errors import CheckFailed, ConfigurationError, InputError

POLES = ("progress", "challenges")
SETTINGS: dict[str, Any] = {
    "tool": "Experiment",
    "axes": [{"name": "progress_challenges", "sha256": "a" * 64}],
    "sentiment": {"tool": "Rules", "lexicon": {"name": "news", "sha256": "b" * 64}, "cut": 0.05},
    "estimate": {"tool": "Estimate", "by": ["outlet", "outlet × actor"], "draws": 2000},
    "seed": 1,
}


def signature(**changes: Any) -> Signature:
    return sign(SETTINGS | changes, corpus="c" * 64, articles=3, experiment="demo")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder with every kind of file; its texts are about *Zyx*, a word to be looked for."""
    folder = tmp_path / "run"
    open_run(folder, "s" * 64)
    articles = pd.DataFrame(
        {"article": ["a", "b"], "outlet": ["O"] * 2, "date": ["2024", None], "title": ["Zyx"] * 2}
        | {"url": ["https://zyx.example/Zyx"] * 2, "story": ["a", "b"], "copy": ["original"] * 2}
        | {"n_sentences": [1, 2], "n_eligible": [1, 2], "n_tokens": [5, 9], "section": ["World", None]}
    )
    kept = pa.schema([*tables.ARTICLES, pa.field("section", pa.string())])
    write_parquet(folder / "articles.parquet", articles, kept)
    evidence = pa.Table.from_pylist([{"article": "a", "sentence": 0, "cue": "Zyx", "speaker": "Zyx"}], tables.EVIDENCE)
    with parquet_writer(folder / "evidence.parquet", tables.EVIDENCE) as rows:
        rows.write(evidence)
        rows.write(evidence)
    mention = [{"article": "a", "alias": "Zyx", "actor": "TSMC", "sentiment": -0.5}]
    write_parquet(
        folder / "mentions.parquet",
        pa.Table.from_pylist(mention, tables.mentions_schema(POLES)),
        tables.mentions_schema(POLES),
    )
    sentence = [{"article": "a", "sentence": 0, "speaker": "Zyx", "progress": 0.25}]
    write_parquet(
        folder / "sentences.parquet",
        pa.Table.from_pylist(sentence, tables.sentences_schema(POLES)),
        tables.sentences_schema(POLES),
    )
    for name in (
        "config.yaml",
        "estimates.csv",
        "figures/forest.svg",
        "figures/forest.csv",
        "tables/main é.tex",
    ):
        write_text(folder / name, f"{name}\n" * 20)
    for name in ("report.html", "log.txt", "local.json", ".shards/0.parquet", ".hydra/config.yaml"):
        write_text(folder / name, "Zyx at /home/zyx\n")
    write_text(folder / "signature.txt", signature().text)
    return folder


@pytest.fixture
def archive(run: Path) -> Path:
    path = Archive()(run, signature())
    assert path is not None
    return path


# --- run folders


def test_a_new_run_writes_its_mark_first_and_the_same_bytes_anywhere(tmp_path: Path) -> None:
    assert open_run(tmp_path / "x" / "one", "abc") is State.NEW
    (tmp_path / "two").mkdir()
    assert open_run(tmp_path / "two", "abc") is State.NEW
    marks = [tmp_path / "x" / "one" / "run.json", tmp_path / "two" / "run.json"]
    assert marks[0].read_bytes() == marks[1].read_bytes()
    assert json.loads(marks[0].read_bytes()) == {"signature": "abc", "status": "running", "version": "0.1.0"}


def test_a_run_is_resumed_until_it_is_finished(tmp_path: Path) -> None:
    open_run(tmp_path, "abc")
    write_text(tmp_path / "half.csv", "x")
    assert open_run(tmp_path, "abc") is State.RESUMED
    finish(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert open_run(tmp_path, "abc") is State.FINISHED
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}


def _other(folder: Path) -> None:
    open_run(folder, "other")


@pytest.mark.parametrize(
    "make",
    [
        _other,
        lambda folder: write_text(folder / "thesis.docx", "x"),
        lambda folder: write_text(folder / "run.json", "{"),
        lambda folder: write_text(folder / "run.json", "[1]"),
        lambda folder: write_text(folder / "run.json", "[" * 100_000),
        lambda folder: write_text(folder / "run.json", '{"signature": "abc", "status": "odd"}'),
        lambda folder: (folder / "run.json").mkdir(),
        lambda folder: (folder / "run.json").symlink_to("/etc/hostname"),
    ],
)
def test_anything_else_is_refused_untouched(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path)
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.iterdir()}
    with pytest.raises(ConfigurationError, match="output=DIR"):
        open_run(tmp_path, "abc")
    assert before == {path: path.lstat().st_mtime_ns for path in tmp_path.iterdir()}


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    write_text(tmp_path / "file", "x")
    with pytest.raises(ConfigurationError, match="is a file"):
        open_run(tmp_path / "file", "abc")


def test_a_mark_cut_short_leaves_the_folder_new(tmp_path: Path) -> None:
    write_text(tmp_path / ".run.json.x1.tmp", "{")
    assert open_run(tmp_path, "abc") is State.NEW


# --- writers


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    write_text(tmp_path / "x.csv", "old")
    with pytest.raises(ZeroDivisionError), parquet_writer(tmp_path / "x.csv", tables.FLOW):
        raise ZeroDivisionError
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert (tmp_path / "x.csv").read_text() == "old"


def test_csv_is_as_the_contract_says(tmp_path: Path) -> None:
    schema = tables.schema(("a", pa.string()), ("b", pa.float64()), ("c", pa.bool_()), ("d", pa.int32()))
    values: dict[str, Any] = {
        "a": ['x,"y"\n', None],
        "b": [-0.0, float("nan")],
        "c": [True, None],
        "d": [1, None],
    }
    write_csv(tmp_path / "t.csv", pa.table(values), schema)
    assert (tmp_path / "t.csv").read_bytes() == b'a,b,c,d\n"x,""y""\n",0,true,1\n,,,\n'


@given(st.lists(st.floats(allow_nan=False) | st.none()))
@settings(max_examples=50, deadline=None)
def test_a_float_in_csv_reads_back_equal(tmp_path_factory: pytest.TempPathFactory, values: list[float | None]) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    write_csv(
        path,
        pa.table({"x": pa.array(values, pa.float64()), "y": [1] * len(values)}),
        tables.schema(("x", pa.float64()), ("y", pa.int8())),
    )
    rows = list(csv.reader(io.StringIO(path.read_text())))[1:]
    assert [float(x) if x else None for x, _ in rows] == values


def test_parquet_has_a_row_group_a_shard_and_no_trace_of_pandas(tmp_path: Path) -> None:
    frame = pd.DataFrame({"stage": ["read", "x"], "reason": [None, "y"], "documents": [1, 2], "sentences": [0, 0]})
    with parquet_writer(tmp_path / "t.parquet", tables.FLOW) as rows:
        rows.write(frame)
        rows.write(frame[:0])
        rows.write(frame)
    file = pq.ParquetFile(tmp_path / "t.parquet")
    assert file.num_row_groups == 2
    assert file.schema_arrow.equals(tables.FLOW, check_metadata=True)
    assert b"pandas" not in (tmp_path / "t.parquet").read_bytes()


def test_parquet_bytes_do_not_tell_how_a_table_was_put_together(tmp_path: Path) -> None:
    schema = tables.schema(("x", pa.string()), ("y", pa.float64()))
    whole = pa.table({"x": ["a", "b", "a"], "y": [0.0, 1.0, None]})
    parts = pa.concat_tables([whole[:1], whole[1:]]).set_column(
        0, "x", pa.chunked_array([["a"], ["b", "a"]]).dictionary_encode()
    )
    minus = pa.table({"x": ["a", "b", "a"], "y": [-0.0, 1.0, float("nan")]})
    for name, table in (("whole", whole), ("parts", parts), ("minus", minus), ("pandas", whole.to_pandas())):
        write_parquet(tmp_path / name, table, schema)
    assert len({(tmp_path / name).read_bytes() for name in ("whole", "parts", "minus", "pandas")}) == 1


def test_declared_keeps_null_integers_of_a_frame() -> None:
    table = declared(pd.DataFrame({"n": [1.0, None]}), pa.schema([("n", pa.int32())]))
    assert table.column("n").to_pylist() == [1, None]


# --- signature


def test_the_line_names_every_choice() -> None:
    assert signature().line == (
        "framing 0.1.0 | experiment=demo | axes=progress_challenges@aaaaaaaa | "
        "sentiment=rules:news@bbbbbbbb(cut=0.05) | "
        'estimate=estimate(by=outlet+"outlet × actor",draws=2000) | corpus=cccccccccccc n=3 | seed=1'
    )
    assert signature().text.endswith(f"\nsha256:{signature().digest}\n")


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    return [path] if items is None else [leaf for key, item in items for leaf in _leaves(item, (*path, key))]


@pytest.mark.parametrize("path", [leaf for leaf in _leaves(SETTINGS) if leaf != ("tool",)])
def test_any_changed_field_changes_the_signature(path: tuple[Any, ...]) -> None:
    changed = json.loads(json.dumps(SETTINGS))
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = "changed"
    assert sign(changed, "c" * 64, 3, "demo").digest != signature().digest


def test_corpus_name_and_version_change_the_signature() -> None:
    others = [sign(SETTINGS, "d" * 64, 3, "demo"), sign(SETTINGS, "c" * 64, 3, "x")]
    others.append(sign(SETTINGS, "c" * 64, 3, "demo", version="0.2.0"))
    assert len({s.digest for s in [signature(), *others]}) == 4


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_the_line_is_one_line(value: Any) -> None:
    text = signature(value=value).text
    assert len(text.splitlines()) == 2


# --- archive


def test_an_archive_is_byte_identical_when_rebuilt(run: Path, archive: Path) -> None:
    first = archive.read_bytes()
    assert (Archive()(run, signature()) or run).read_bytes() == first
    assert verify(archive) == []
    assert not (run / ".archive").exists()


def test_an_archive_is_the_same_from_another_process_and_place(run: Path, archive: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(run, tmp_path / "else")
    (tmp_path / "else" / "archive.zip").unlink()
    code = (
        "import sys; from pathlib import Path; from framing.archive import Archive, Signature\n"
        f"Archive()(Path(sys.argv[1]), {signature()!r})"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "else")], check=True, cwd=Path(__file__).parents[1])
    assert (tmp_path / "else" / "archive.zip").read_bytes() == archive.read_bytes()


def _everything(path: Path) -> bytes:
    """All bytes of an archive, the columns of its tables unpacked."""
    found = [path.read_bytes()]
    with Contents(path) as contents:
        tables_ = [contents.read(name) for name in contents.names if name.endswith(".parquet")]
    found += [repr(pq.read_table(io.BytesIO(table)).to_pydict()).encode() for table in tables_]
    return b"".join(found)


def test_an_archive_holds_no_text_path_or_user(archive: Path) -> None:
    everything = _everything(archive)
    for secret in (b"Zyx", b"zyx", b"/home", str(archive.parent).encode(), b"/work/", b"/tmp"):
        assert secret not in everything


def test_an_archive_holds_everything_else(archive: Path) -> None:
    with Contents(archive) as contents:
        names = contents.names
        articles = pq.read_table(io.BytesIO(contents.read("data/articles.parquet")))
        evidence = pq.ParquetFile(io.BytesIO(contents.read("data/evidence.parquet")))
    expected = ["articles.parquet", "config.yaml", "estimates.csv", "evidence.parquet", "figures/forest.csv"]
    expected += ["figures/forest.svg", "mentions.parquet", "ro-crate-metadata.json", "sentences.parquet"]
    expected += ["signature.txt", "tables/main é.tex"]
    tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert names == tags[:2] + [f"data/{name}" for name in expected] + tags[2:]
    assert "title" not in articles.column_names and articles.column("section").to_pylist() == ["World", None]
    assert evidence.schema_arrow.equals(tables.EVIDENCE)
    assert evidence.num_row_groups == 2


def test_with_text_the_texts_and_the_whole_tables_go_in(run: Path) -> None:
    texts = pa.table({"article": ["a"], "title": ["T"], "text": ["Zyx gained."]})
    path = Archive(include_text=True)(run, signature(), [texts])
    assert path is not None and verify(path) == []
    with Contents(path) as contents:
        assert {"data/report.html", "data/texts.parquet"} <= set(contents.names)
        assert contents.read("data/articles.parquet") == (run / "articles.parquet").read_bytes()
        assert not {"data/log.txt", "data/run.json", "data/local.json"} & set(contents.names)


def test_no_archive_where_none_is_wanted(run: Path) -> None:
    assert Archive(enabled=False)(run, signature()) is None
    assert not (run / "archive.zip").exists()


def test_other_tools_read_the_archive(archive: Path, tmp_path: Path) -> None:
    import bagit  # type: ignore[import-untyped]
    from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]

    with zipfile.ZipFile(archive) as file:
        assert file.testzip() is None
        assert {info.compress_type for info in file.infolist()} == {zipfile.ZIP_STORED}
        file.extractall(tmp_path / "out")
    bagit.Bag(str(tmp_path / "out")).validate()
    assert ROCrate(tmp_path / "out" / "data").get("config.yaml") is not None


def test_the_crate_keeps_what_process_run_crate_05_demands(archive: Path) -> None:
    """The profile's MUSTs and those SHOULDs that need neither clock nor user; and RO-Crate 1.1's MUSTs."""
    with Contents(archive) as contents:
        crate = json.loads(contents.read("data/ro-crate-metadata.json"))
        files = {name.removeprefix("data/") for name in contents.names if name.startswith("data/")}
    assert crate["@context"] == [
        "https://w3id.org/ro/crate/1.1/context",
        "https://w3id.org/ro/terms/workflow-run/context",
    ]
    graph = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(graph) == len(crate["@graph"])
    descriptor, root = graph["ro-crate-metadata.json"], graph["./"]
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert descriptor["about"] == {"@id": "./"} and descriptor["@type"] == "CreativeWork"
    assert root["@type"] == "Dataset" and {"name", "description", "datePublished", "license"} <= root.keys()
    assert root["conformsTo"] == {"@id": "https://w3id.org/ro/wfrun/process/0.5"}
    assert graph[root["conformsTo"]["@id"]]["@type"] == "CreativeWork"
    action = graph[root["mentions"]["@id"]]
    assert action["@type"] == "CreateAction" and action["name"] and action["description"]
    tool = graph[action["instrument"]["@id"]]
    assert tool["@type"] == "SoftwareApplication" and tool["@id"] == "#framing"
    assert tool["name"] and tool["softwareVersion"] == "0.1.0" and "version" not in tool
    assert {entity["@id"] for entity in action["object"]} == {"config.yaml", "#corpus"}
    assert graph["#corpus"]["sha256"] == "c" * 64
    results = {entity["@id"] for entity in action["result"]}
    parts = {entity["@id"] for entity in root["hasPart"]}
    assert results == parts - {"config.yaml"}
    assert all(graph[part]["@type"] == "File" and graph[part]["encodingFormat"] for part in parts)
    assert {"tables/main%20%C3%A9.tex", "estimates.csv"} <= parts and len(parts) == len(files) - 1
    assert "endTime" not in action and "agent" not in action


# --- verify


def test_any_flipped_byte_is_found_and_a_payload_named(archive: Path) -> None:
    data = archive.read_bytes()
    chance = np.random.default_rng(1)
    with zipfile.ZipFile(archive) as file:
        infos = file.infolist()
    spans = {
        info.filename: (info.header_offset + len(local_header(Member(info.filename, 0, 0))), info.file_size)
        for info in infos
    }
    places = {chance.integers(len(data)) for _ in range(400)} | set(range(len(data) - 60, len(data)))
    places |= {start + chance.integers(size) for start, size in spans.values()}
    for place in places:
        broken = bytearray(data)
        broken[place] ^= 1 << chance.integers(8)
        archive.write_bytes(broken)
        try:
            problems = verify(archive)
        except CheckFailed as error:
            problems = [str(error)]
        assert problems, place
        inside = [n for n, (start, size) in spans.items() if start <= place < start + size]
        if inside:
            assert any(inside[0] in problem for problem in problems), (place, inside, problems)


@pytest.mark.parametrize("keep", [0.0, 0.0001, 0.01, 0.5, 0.9, 0.999])
def test_a_truncated_archive_is_a_failed_check(archive: Path, keep: float) -> None:
    data = archive.read_bytes()
    archive.write_bytes(data[: int(keep * len(data))])
    with pytest.raises(CheckFailed, match="is damaged"):
        verify(archive)


def test_added_bytes_are_found(archive: Path) -> None:
    data = archive.read_bytes()
    for changed in (data + b"\0", b"\0" + data, data + data):
        archive.write_bytes(changed)
        assert any("container" in problem for problem in verify(archive))


def _repack(archive: Path, change: Callable[[dict[str, bytes]], None], packing: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(archive) as file:
        members = {name: file.read(name) for name in file.namelist()}
    change(members)
    with zipfile.ZipFile(archive, "w", packing) as file:
        for name, data in members.items():
            file.writestr(name, data)


def _edit(members: dict[str, bytes]) -> None:
    members["data/estimates.csv"] += b"x"


def _remove(members: dict[str, bytes]) -> None:
    del members["data/estimates.csv"]


def _add(members: dict[str, bytes]) -> None:
    members["data/estimates2.csv"] = b"x"


def _nothing(members: dict[str, bytes]) -> None:
    """Only the packing is another."""


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize(
    ("change", "line"),
    [
        (_edit, "changed: data/estimates.csv"),
        (_remove, "missing: data/estimates.csv"),
        (_add, "extra: data/estimates2.csv"),
        (_nothing, "container: "),
    ],
)
def test_a_repacked_archive_tells_what_was_done(
    archive: Path, packing: int, change: Callable[[dict[str, bytes]], None], line: str
) -> None:
    _repack(archive, change, packing)
    assert any(problem.startswith(line) for problem in verify(archive))


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_a_file_about_the_bag_is_checked_too(archive: Path, name: str) -> None:
    data = archive.read_bytes()
    _repack(archive, lambda members: members.update({name: members[name] + b"x\n"}))
    assert any(name in problem for problem in verify(archive) if "header" not in problem)
    archive.write_bytes(data)
    _repack(archive, lambda members: members.__delitem__(name))
    assert f"missing: {name}" in verify(archive)


def test_no_file_is_the_user_s_mistake(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.zip"):
        with pytest.raises(InputError, match="expected the archive"):
            verify(path)


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../up",
        "data/../../up",
        "C:/x",
        "data\\x",
        "data//x",
        "data/\x1b[2Jx",
        "folder/",
        "./x",
    ],
)
def test_a_name_that_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr(zipfile.ZipInfo(name), "x")
    with pytest.raises(CheckFailed, match="refused") as caught:
        verify(tmp_path / "x.zip")
    assert "\x1b" not in str(caught.value)


def test_a_link_a_bomb_and_a_name_twice_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    link = zipfile.ZipInfo("data/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(link, "/etc/passwd")
    with pytest.raises(CheckFailed, match="a link"):
        verify(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("data/zeros", bytes(10_000_000))
    with pytest.raises(CheckFailed, match="times its size"):
        verify(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("data/zeros", bytes(1000))
    with pytest.raises(CheckFailed, match="packed"):
        verify(path)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("data/x", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("data/x", "2")
    with pytest.raises(CheckFailed, match="twice"):
        verify(path)


def test_overlapping_members_an_encrypted_one_and_a_false_count_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    body = local_header(Member("a", 1000, 0)) + bytes(1000)
    many = [Member(f"m{i}", 1000, 0) for i in range(100)]
    entries = directory(many)
    path.write_bytes(body + entries[:-6] + struct.pack("<I", len(body)) + entries[-2:])
    with pytest.raises(CheckFailed, match="overlap"):
        verify(path)
    sealed = bytearray(body + directory([Member("a", 1000, 0)]))
    sealed[len(body) + 8] |= 1
    path.write_bytes(sealed)
    with pytest.raises(CheckFailed, match="encrypted"):
        verify(path)
    liar = bytearray(body + directory([Member("a", 1000, 0)]))
    liar[-10:-6] = struct.pack("<I", 1 << 31)
    path.write_bytes(liar)
    with pytest.raises(CheckFailed, match="refused"):
        verify(path)


@given(st.binary(max_size=300), st.integers(0, 22))
@settings(max_examples=300, deadline=None)
def test_any_bytes_at_all_are_a_failed_check(tmp_path_factory: pytest.TempPathFactory, data: bytes, cut: int) -> None:
    path = tmp_path_factory.getbasetemp() / "any.zip"
    path.write_bytes(data + directory([])[cut:] + data)
    with contextlib.suppress(CheckFailed):
        assert verify(path)


def test_a_file_of_more_than_four_gigabytes_has_a_directory_that_others_read(tmp_path: Path) -> None:
    members = [Member("a", 5 << 30, 7), Member("b", 3, 9)]
    with (tmp_path / "x.zip").open("wb") as file:  # sparse: only the headers take room
        for member in members:
            file.write(local_header(member))
            file.seek(member.size, 1)
        file.write(directory(members))
    with zipfile.ZipFile(tmp_path / "x.zip") as file:
        infos = file.infolist()
        assert [(i.filename, i.file_size, i.CRC) for i in infos] == [("a", 5 << 30, 7), ("b", 3, 9)]
        assert infos[1].header_offset == len(local_header(members[0])) + (5 << 30)


def test_a_second_process_in_a_folder_is_refused(tmp_path: Path) -> None:
    with alone_in(tmp_path), pytest.raises(ConfigurationError, match="another process"), alone_in(tmp_path):
        pass
    with alone_in(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
