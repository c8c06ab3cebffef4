"""Lexicons: a valence for a word, with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.errors import ConfigurationError
from framing.lexicon import Lexicon, vader_digest
from framing.signature import settings

HEAD = "# source: this test\n# licence: MIT\n# version: 1\n# cut: 0.3\nterm\tvalence\treason\n"


def read(folder: Path, text: str, name: str = "news.tsv") -> Lexicon:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Lexicon.read(path)


def test_a_lexicon_is_read_with_its_cut_and_its_families(tmp_path: Path) -> None:
    lexicon = read(tmp_path, HEAD + "curb+\t-1.2\tlimits\nsurge\t1.5\tgrowth\n")
    assert lexicon.cut == 0.3 and lexicon.name == "news"
    assert lexicon.valences == {"curb": -1.2, "curbs": -1.2, "curbed": -1.2, "curbing": -1.2, "surge": 1.5}


@pytest.mark.parametrize("lines", ["rise+\t1\tup\nrisen\t0.5\tless\n", "risen\t0.5\tless\nrise+\t1\tup\n"])
def test_a_single_form_corrects_its_family_in_whatever_order(tmp_path: Path, lines: str) -> None:
    valences = read(tmp_path, HEAD + lines).valences
    assert valences["risen"] == 0.5 and valences["rose"] == 1.0


def test_the_order_of_lines_changes_nothing(tmp_path: Path) -> None:
    lines = ["a\t1\tx\n", "b+\t-1\ty\n", "bed\t2\tz\n"]
    one = read(tmp_path, HEAD + "".join(lines))
    other = read(tmp_path, HEAD + "".join(reversed(lines)))
    assert one.valences == other.valences and one.digest != other.digest


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("curb\t-1.2", "3 tab-separated"),
        ("curb\tbad\tlimits", "no number"),
        ("curb\tnan\tlimits", "between"),
        ("curb\tinf\tlimits", "between"),
        ("curb\t-4.5\tlimits", "between"),
        ("Curb\t-1\tlimits", "lower case"),
        ("two words\t-1\tlimits", "one word"),
        ("\t-1\tlimits", "one word"),
        ("curb\t-1\t ", "no reason"),
        ("curb\t-1\tx\ncurb\t-1\ty", "twice"),
        ("lead+\t1\tx\nled+\t1\ty\nlead\t1\tz\nlead\t2\tz", "twice"),
        ("rise+\t1\tx\nrises+\t-1\ty", "made it"),
    ],
)
def test_a_fault_is_refused_in_one_line_that_names_the_file_and_line(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(tmp_path, HEAD + line + "\n")
    message = str(caught.value)
    assert f"news.tsv:{5 + len(line.splitlines())}:" in message and said in message and "\n" not in message


@pytest.mark.parametrize("cut", ["much", "nan", "-0.1", "1.5"])
def test_a_cut_is_a_number_between_0_and_1(tmp_path: Path, cut: str) -> None:
    with pytest.raises(ConfigurationError, match=r"news\.tsv: .*cut"):
        read(tmp_path, HEAD.replace("cut: 0.3", f"cut: {cut}") + "a\t1\tx\n")


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "news.tsv").write_bytes(HEAD.encode() + b"caf\xe9\t1\tx\n")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        Lexicon.read(tmp_path / "news.tsv")


def test_the_lexicon_enters_the_signature_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    one, other = read(tmp_path, HEAD + "a\t1\tx\n"), read(tmp_path, HEAD + "a\t1\ty\n")
    assert settings(one) == {"name": "news", "sha256": one.digest} != settings(other)


def test_vaders_own_lexicon_has_a_hash() -> None:
    assert len(vader_digest()) == 64 and vader_digest() == vader_digest()
