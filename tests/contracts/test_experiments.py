"""Every experiment that is shipped, also the one added tomorrow."""

from __future__ import annotations

from pathlib import Path

import pytest

from framing.cli import compose, door
from framing.cli.folders import folders

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.stem for path in (ROOT / "conf" / "experiment").glob("*.yaml"))


def test_every_experiment_has_its_twin() -> None:
    assert sorted(path.parent.name for path in (ROOT / "experiments").glob("*/README.md")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_experiment_begins_with_its_command_and_lists_its_axes(name: str) -> None:
    text = (ROOT / "conf" / "experiment" / f"{name}.yaml").read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first.startswith("# framing run")
    assert f"experiment={name}" in first or name == "main"
    assert "\naxes: [" in text


@pytest.mark.parametrize("name", NAMES)
def test_an_experiment_composes_into_tools(name: str) -> None:
    found = folders()
    with compose.composer(found) as hydra:
        overrides = compose.forced(hydra, [f"experiment={name}", "corpus.path=x.jsonl"], found.groups())
        settings = compose.plain(compose.single(hydra, overrides))
    assert door.experiment(settings, found, name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_an_experiments_readme_asks_predicts_and_reads(name: str) -> None:
    text = (ROOT / "experiments" / name / "README.md").read_text(encoding="utf-8")
    assert all(f"**{part}.**" in text for part in ("Question", "Prediction", "Reading of the result"))
