"""The package as it is shipped: lock, versions, folders of the wheel, the commands of a new machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import framing

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
NOT_LOCKED = {"slurm"}
"""Extras that need more than a machine of one's own."""


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def lock_lines() -> list[str]:
    """One line a locked requirement: its continuation lines (hashes) joined, comments left out."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def locked() -> list[Requirement]:
    return [Requirement(line.partition(" --hash")[0].strip()) for line in lock_lines()]


def wanted() -> list[Requirement]:
    data = project()["project"]
    extras = [item for name, items in data["optional-dependencies"].items() if name not in NOT_LOCKED for item in items]
    return [Requirement(text) for text in (*data["dependencies"], *extras)]


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", ["linux", "darwin"])
@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_the_lock_satisfies_every_dependency(requirement: Requirement, python: str, platform: str) -> None:
    here: dict[str, Any] = dict(default_environment()) | {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": platform,
        "platform_system": platform.capitalize(),
    }
    names = [lock for lock in locked() if canonicalize_name(lock.name) == canonicalize_name(requirement.name)]
    valid = [lock for lock in names if lock.marker is None or lock.marker.evaluate(here)]
    assert len(valid) == 1, f"{requirement.name}: run `make lock`"
    (pin,) = valid[0].specifier
    assert pin.operator == "==" and requirement.specifier.contains(pin.version)


def test_every_locked_version_has_a_hash_and_no_address() -> None:
    for line in lock_lines():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line
        assert "://" not in line and " @ " not in line, line


def test_the_version_is_the_same_everywhere() -> None:
    version = project()["project"]["version"]
    assert framing.__version__ == version and str(Version(version)) == version
    citation = ROOT / "CITATION.cff"
    if citation.is_file():  # an installed source archive may lack it
        assert yaml.safe_load(citation.read_text(encoding="utf-8"))["version"] == version


def test_pythons_are_those_of_the_classifiers() -> None:
    data = project()["project"]
    named = {text.rpartition(":: ")[2] for text in data["classifiers"] if "Python :: 3." in text}
    assert named == set(PYTHONS) and data["requires-python"] == ">=3.11,<3.14"


def test_what_the_wheel_takes_from_outside_the_package_is_there() -> None:
    shipped = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert all((ROOT / source).exists() for source in shipped)
    top = {path.name for path in (ROOT / "data").iterdir() if path.suffix == ".csv" or path.is_dir()}
    left_out = {name for name in top if f"data/{name}" not in shipped} - {"gold", "models"}
    assert not left_out, "pyproject.toml, force-include: an installed package would lack these"


def test_starter_files_are_package_data() -> None:
    starter = ROOT / "framing" / "cli" / "starter"
    done = subprocess.run(["git", "check-ignore", "-q", *starter.rglob("*.*")], cwd=ROOT, check=False)
    assert done.returncode != 0, "hatch leaves out of the wheel what git ignores"


@pytest.mark.parametrize("script", [".ci/run", ".ci/setup"])
def test_scripts_are_posix_and_executable(script: str) -> None:
    path = ROOT / script
    assert os.access(path, os.X_OK) and path.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", str(path)], check=True)


@pytest.mark.parametrize("target", ["demo", "test", "check", "setup", "lock", "clean"])
def test_make_knows_its_targets(target: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(["make", "-n", target], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout
    help_ = subprocess.run(["make", "help"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert f"make {target}" in help_.stdout


def test_the_module_runs_as_the_command_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "framing", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"framing {framing.__version__}\n"


def test_a_foreign_locale_is_no_obstacle() -> None:
    environment = os.environ | {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "framing", "run", "--help"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
