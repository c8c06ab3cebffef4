"""A whole run with kernels compiled, as they are written, and without numba: the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, benchmark
from nasty_texts import TEXTS

from framing.cli import main
from framing.kernel import compile_kernels, interpreted
from framing.kernel.jit import COMPILED_FROM

ARTICLES = 230
NOT_NUMBERS = {"log.txt", "local.json"}


def files(folder: Path) -> dict[str, str]:
    """Hash of every file of a run that must not depend on the machine."""
    found = sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in NOT_NUMBERS)
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up news with the awkward texts among them, large enough that a run would load compiled kernels."""
    path: Path = benchmark("generate").write(tmp_path_factory.mktemp("corpus") / "news.jsonl", ARTICLES)
    with path.open("a", encoding="utf-8") as file:
        for i, text in enumerate(TEXTS):
            row = {"id": f"nasty-{i}", "outlet": "x", "date": "2024-05-01", "title": text[:60], "text": text}
            file.write(json.dumps(row) + "\n")
    assert path.stat().st_size > COMPILED_FROM
    return path


def arguments(corpus: Path, output: Path) -> list[str]:
    return [
        "run",
        "experiment=scores",
        "executor=serial",
        "corpus.shard=100",
        f"corpus.path={corpus}",
        f"output={output}",
    ]


@pytest.fixture(scope="module")
def as_written(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of a run in which kernels are plain Python."""
    output = tmp_path_factory.mktemp("run") / "out"
    with interpreted(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("framing.experiment.worth_compiling", lambda size: False)
        assert main(arguments(corpus, output)) == 0
    return files(output)


def test_compiled_kernels_leave_the_same_bytes(corpus: Path, as_written: dict[str, str], tmp_path: Path) -> None:
    if not compile_kernels():
        pytest.skip("numba is not here")
    assert main(arguments(corpus, tmp_path / "out")) == 0
    assert files(tmp_path / "out") == as_written


def test_without_numba_the_same_bytes_and_one_line(corpus: Path, as_written: dict[str, str], tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "numba"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('its library is for another processor')\n")
    program = (
        "import sys, framing.experiment as e; e.worth_compiling = lambda size: True; "
        "from framing.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments(corpus, tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(broken.parent), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if "numba" in line]
    assert len(said) == 1 and "another processor" in said[0] and "the numbers are the same" in said[0]
    assert files(tmp_path / "out") == as_written
