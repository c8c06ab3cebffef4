"""The front door: every error is one line, every misspelt key is named, the user's folder wins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest

import framing
from framing.cli import door, main, names, registry
from framing.cli.folders import Folders, folders
from framing.errors import CheckFailed, ConfigurationError, InputError

ROOT = Path(__file__).resolve().parents[1]
RUNS: list[tuple[Any, Path]] = []


@dataclass(frozen=True)
class Lexicon:
    """An instrument of these tests."""

    folder: ClassVar[str] = "lexicons"
    suffix: ClassVar[str] = ".tsv"
    name: str
    digest: str

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        return cls(path.stem, path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Axis:
    """An axis of these tests."""

    folder: ClassVar[str] = "axis"
    suffix: ClassVar[str] = ".yaml"
    name: str
    digest: str

    @classmethod
    def read(cls, path: Path) -> Axis:
        return cls(path.stem, path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Files:
    path: str
    columns: dict[str, str] = field(default_factory=dict)
    since: str | None = None
    keep: tuple[str, ...] = ()
    until: str | None = None


@dataclass(frozen=True)
class Rules:
    lexicon: Lexicon
    axes: tuple[Axis, ...] = ()
    hedge: float = 0.5
    weight: Literal["article", "sentence"] = "article"

    def __post_init__(self) -> None:
        if not 0 <= self.hedge <= 1:
            raise ValueError(f"hedge lies between 0 and 1, got {self.hedge}")


@dataclass(frozen=True)
class Estimate:
    voices: tuple[str, ...] = ("all",)
    draws: int = 10
    strict: bool = False


@dataclass(frozen=True)
class Experiment:
    corpus: Files
    frames: Rules
    estimate: Estimate | None
    axes: tuple[Axis, ...]
    name: str

    def run(self, output: Path, say: Callable[[str], None], warn: Callable[[str], None]) -> str:
        say("running")
        if self.corpus.path == "missing.csv":
            raise InputError("missing.csv: no such file")
        if self.corpus.path == "changed.csv":
            raise CheckFailed("changed.csv: changed")
        if self.corpus.path == "bug.csv":
            raise ZeroDivisionError("division by zero")
        if self.corpus.path == "slow.csv":
            raise KeyboardInterrupt
        RUNS.append((self, output))
        return "2 articles"


@dataclass(frozen=True)
class Given:
    lexicon: Lexicon


TOOLS: dict[str, dict[str, str | None]] = {
    "corpus": {"files": f"{__name__}:Files"},
    "frames": {"rules": f"{__name__}:Rules", "given": f"{__name__}:Given"},
    "estimate": {"default": f"{__name__}:Estimate", "none": None},
}

CONFIG = """
defaults:
  - corpus: files
  - frames: rules
  - estimate: default
  - _self_
  - experiment: main
  - override hydra/job_logging: none
  - override hydra/hydra_logging: none
axes: [up_down]
output: outputs/${hydra:runtime.choices.experiment}/${now:%Y-%m-%d_%H-%M-%S-%f}
hydra:
  output_subdir: null
  run: {dir: "${output}"}
  sweep: {dir: "${output}", subdir: "${hydra.job.num}"}
"""


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """A small installation and an empty current folder: conf, data, tools of three groups."""
    write(
        tmp_path / "conf",
        {
            "config.yaml": CONFIG,
            "corpus/files.yaml": "tool: files\npath: ???\ncolumns: {}\nkeep: []\n",
            "frames/rules.yaml": "tool: rules\nlexicon: news\naxes: ${axes}\nhedge: 0.5\n",
            "estimate/default.yaml": "tool: default\nvoices: [all]\ndraws: 10\n",
            "estimate/none.yaml": "tool: none\n",
            "experiment/main.yaml": "# framing run\naxes: [up_down]\n",
            "experiment/demo.yaml": "# framing run experiment=demo\ncorpus: {path: 'package://demo/a.jsonl'}\n",
            "experiment/quick.yaml": "# framing run experiment=quick\ndefaults: [override /estimate: none]\n",
            "axis/up_down.yaml": "up: down\n",
            "axis/near_far.yaml": "near: far\n",
        },
    )
    write(
        tmp_path / "data",
        {"lexicons/news.tsv": "news", "lexicons/finance.tsv": "finance", "demo/a.jsonl": ""},
    )
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(registry, "TOOLS", TOOLS)
    monkeypatch.setattr(registry, "EXPERIMENT", f"{__name__}:Experiment")
    conf, data = tmp_path / "conf", tmp_path / "data"

    def found(user: str | None = None) -> Folders:
        return Folders(Path(user).absolute() if user else None, conf, data)

    monkeypatch.setattr("framing.cli.commands.run.folders", found)
    RUNS.clear()
    return found()


def last() -> Any:
    return RUNS[-1][0]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """The one line on stderr of a command that must fail, having run and printed nothing."""
    capsys.readouterr()
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert out == "" and not RUNS
    assert err.startswith("framing: ") and err.count("\n") == 1 and "Traceback" not in err
    return err.removeprefix("framing: ").rstrip()


def test_a_run_gets_its_experiment_and_prints_its_folder(shipped: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "corpus.path=a.csv"]) == 0
    experiment, output = RUNS[-1]
    assert experiment.corpus == Files("a.csv") and experiment.name == "main"
    assert experiment.frames.lexicon == Lexicon("news", "news")
    assert experiment.axes == experiment.frames.axes == (Axis("up_down", "up: down\n"),)
    out, err = capsys.readouterr()
    folder, summary = out.splitlines()
    assert Path(folder).absolute() == output and Path(folder).parts[:2] == ("outputs", "main")
    assert summary == "2 articles" and err == ""  # stderr is no terminal


def test_the_front_door_writes_nothing_into_the_run_folder(shipped: Folders) -> None:
    assert main(["run", "corpus.path=a.csv", "output=results/one"]) == 0
    assert RUNS[-1][1] == Path("results/one").absolute()
    assert not list(Path("results").rglob("*.*")) and not Path("outputs").exists()


def test_an_experiment_is_a_diff_that_wins_over_the_defaults(shipped: Folders) -> None:
    assert main(["run", "experiment=demo"]) == 0
    assert last().corpus.path == str(shipped.data / "demo" / "a.jsonl") and last().name == "demo"
    assert main(["run", "experiment=quick", "corpus.path=a.csv", "axes=[near_far,up_down]"]) == 0
    assert last().estimate is None and [line.name for line in last().axes] == ["near_far", "up_down"]


def test_the_command_line_wins_over_the_experiment(shipped: Folders) -> None:
    assert main(["run", "experiment=demo", "corpus.path=b.csv", "estimate.voices=[outlet,sources]"]) == 0
    assert last().corpus.path == "b.csv" and last().estimate.voices == ("outlet", "sources")


def test_a_plus_before_a_known_key_or_group_does_no_harm(shipped: Folders) -> None:
    assert main(["run", "+experiment=demo", "++estimate.draws=3", "+estimate.strict=true"]) == 0
    assert last().estimate == Estimate(draws=3, strict=True)


def test_a_mapping_takes_new_keys(shipped: Folders) -> None:
    assert main(["run", "corpus.path=a.csv", "corpus.columns.text=body"]) == 0
    assert last().corpus.columns == {"text": "body"}


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("estimate.vioces=[outlet]", "estimate.vioces: no such key; did you mean estimate.voices?"),
        ("+estimate.vioces=[outlet]", "estimate.vioces: no such key; did you mean estimate.voices?"),
        (
            "estimate.zzz=1",
            "estimate.zzz: no such key (keys: estimate.voices, estimate.draws, estimate.strict)",
        ),
        ("experimnt=demo", "experimnt: no such key; did you mean experiment?"),
        ("estimat.draws=1", "estimat: no such key; did you mean estimate?"),
        (
            "experiment=dmeo",
            "experiment=dmeo: no such experiment; did you mean demo? (choices: demo, main, quick)",
        ),
        ("frames=rulse", "frames=rulse: no such frames; did you mean rules? (choices: rules)"),
        (
            "axes=[up_dwon]",
            "axes[0]: no such axis 'up_dwon'; did you mean up_down? (choices: near_far, up_down)",
        ),
        ("frames.lexicon=finanse", "did you mean finance? (choices: finance, news)"),
        ("frames.lexicon=own/words.tsv", "frames.lexicon: no such file own/words.tsv"),
        ("frames.tool=rule", "frames.tool: no such tool 'rule'; did you mean rules? (choices: rules, given)"),
        ("frames.weight=artikel", "expected one of article, sentence, got 'artikel'; did you mean article?"),
        ("frames.hedge=high", "frames.hedge: expected a number, got 'high'"),
        ("frames.hedge=true", "frames.hedge: expected a number, got True"),
        ("frames.hedge=2", "frames: hedge lies between 0 and 1, got 2.0"),
        ("estimate.draws=1.5", "estimate.draws: expected a whole number, got 1.5"),
        ("estimate.strict=maybe", "estimate.strict: expected true or false, got 'maybe'"),
        (
            "estimate.voices={a: b}",
            "override estimate.voices={a: b} (Cannot merge DictConfig with ListConfig)",
        ),
        ("estimate.voices=[[a]]", "estimate.voices[0]: expected text, got ['a']"),
        ("corpus.path=???", "corpus.path: not set; give corpus.path=FILE"),
        ("corpus.path=package://../secret", "corpus.path: package://../secret is not in the shipped data"),
        ("corpus.path=package:///etc/passwd", "is not in the shipped data"),
        ("corpus.path=${nothing}", "corpus.path: refers to nothing, which the other choices do not have"),
        ("corpus.path=a(1).csv", "corpus.path=a(1).csv: not understood"),
        ("frames.hedge=0,1", "--multirun"),
        ("demo", "demo: expected KEY=VALUE, such as experiment=demo"),
        ("foo=1", "foo: no such key"),
        ("+foo=1", "foo: no such key"),
        ("++foo.bar=1", "foo: no such key"),
        ("--confg-dir=x", "--confg-dir=x (framing run --help shows what is expected)"),
        ("--config-dir", "--config-dir"),
        ("~estimate", "estimate: not set; choose one of default, none"),
        ("+hydra.callbacks={x: {_target_: os.abort}}", "no configuration can name code to run"),
        ("hydra.launcher._target_=os.abort", "no configuration can name code to run"),
        ("+hydra.job.env_set={PYTHONPATH: evil}", "no configuration can name code to run"),
        ("frames._target_=os.abort", "frames._target_: no such key"),
        ("hydra.zzz=1", "zzz"),
    ],
)
def test_a_wrong_argument_is_one_line_with_the_nearest_right_one(
    shipped: Folders, capsys: pytest.CaptureFixture[str], argument: str, message: str
) -> None:
    assert message in refused(capsys, "run", "corpus.path=a.csv", argument)
    if not argument.startswith(("--", "~", "corpus.path=???")) and "hedge=2" not in argument:
        refused(capsys, "run", "corpus.path=a.csv", argument, "--cfg", "job")


def test_a_missing_path_says_what_to_give(shipped: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    assert "estimate.vioces" in refused(capsys, "run", "estimate.vioces=1")  # a slip comes first
    assert refused(capsys, "run") == "corpus.path: not set; give corpus.path=FILE"


def test_keys_are_checked_before_anything_is_read(shipped: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    (shipped.data / "lexicons" / "news.tsv").write_bytes(b"\xff")
    assert "estimate.x" in refused(capsys, "run", "corpus.path=a.csv", "estimate.x=1")


@pytest.mark.parametrize(("path", "code"), [("missing.csv", 2), ("changed.csv", 1), ("bug.csv", 70), ("slow.csv", 130)])
def test_an_error_inside_a_run_is_one_line_and_its_own_code(
    shipped: Folders, capsys: pytest.CaptureFixture[str], path: str, code: int
) -> None:
    assert refused(capsys, "run", f"corpus.path={path}", code=code)


def test_a_traceback_comes_only_on_demand(
    shipped: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRAMING_TRACEBACK", "1")
    assert main(["run", "corpus.path=bug.csv"]) == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_the_users_folder_wins_over_the_shipped_one(shipped: Folders) -> None:
    write(
        Path("own"),
        {
            "experiment/demo.yaml": "# framing run\ncorpus: {path: own.csv}\naxes: [up_down, mine]\n",
            "estimate/default.yaml": "tool: default\ndraws: 99\n",
            "axis/mine.yaml": "mine\n",
            "axis/up_down.yaml": "own\n",
            "data/lexicons/news.tsv": "own news",
        },
    )
    assert main(["run", "--config-dir", "own", "experiment=demo"]) == 0
    assert last().corpus.path == "own.csv" and last().estimate.draws == 99
    assert last().frames.lexicon.digest == "own news"
    assert [(line.name, line.digest) for line in last().axes] == [("up_down", "own\n"), ("mine", "mine\n")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("estimate: {vioces: [all]}", "estimate.vioces: no such key; did you mean estimate.voices?"),
        ("estimates: {voices: [all]}", "estimates: no such key; did you mean estimate?"),
        ("a: [", "own/experiment/mine.yaml:3: not valid YAML"),
        ("- a", "own/experiment/mine.yaml: expected keys and values"),
        ("hydra: {searchpath: ['pkg://antigravity']}", "hydra.searchpath is not allowed"),
        ("hydra: {callbacks: {x: {_target_: os.abort}}}", "no configuration can name code to run"),
        ("defaults: [override /estimate: nnoe]", "estimate=nnoe: no such estimate; did you mean none?"),
        ("defaults: [override /estimates: none]", "estimates"),
    ],
)
def test_a_wrong_experiment_file_is_one_line(
    shipped: Folders, capsys: pytest.CaptureFixture[str], text: str, message: str
) -> None:
    write(Path("own"), {"experiment/mine.yaml": f"# framing run\n{text}\n"})
    assert message in refused(capsys, "run", "corpus.path=a.csv", "-cd", "own", "experiment=mine")


def test_a_file_given_by_path_is_read_from_the_current_folder(shipped: Folders) -> None:
    write(Path(), {"words.tsv": "mine"})
    assert main(["run", "corpus.path=a.csv", "frames.lexicon=words.tsv"]) == 0
    assert last().frames.lexicon == Lexicon("words", "mine")


def test_a_sweep_runs_each_combination_in_its_folder(shipped: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "run",
        "-m",
        "corpus.path=a.csv",
        "frames.hedge=0,0.5",
        "estimate=default,none",
        "hydra.sweep.dir=sw",
    ]
    assert main(arguments) == 0
    made = [(run.frames.hedge, run.estimate is None, path.relative_to(Path.cwd())) for run, path in RUNS]
    assert [entry[:2] for entry in made] == [(0, False), (0, True), (0.5, False), (0.5, True)]
    assert [str(entry[2]) for entry in made] == ["sw/0", "sw/1", "sw/2", "sw/3"]
    assert capsys.readouterr().out.splitlines()[::2] == ["sw/0", "sw/1", "sw/2", "sw/3"]
    assert not list(Path("sw").rglob("*/*"))


def test_output_names_the_folder_of_a_sweep(shipped: Folders) -> None:
    assert main(["run", "-m", "corpus.path=a.csv", "estimate.draws=1,2", "output=out"]) == 0
    assert [path for _, path in RUNS] == [Path("out/0").absolute(), Path("out/1").absolute()]


def test_an_experiment_may_be_a_sweep(shipped: Folders) -> None:
    text = "hydra: {mode: MULTIRUN, sweeper: {params: {estimate.draws: '1,2', frames.hedge: '0,1'}}}\n"
    write(Path("own"), {"experiment/many.yaml": f"# framing run\n{text}"})
    assert main(["run", "-cd", "own", "experiment=many", "corpus.path=a.csv", "frames.hedge=0"]) == 0
    assert [(run.estimate.draws, run.frames.hedge) for run, _ in RUNS] == [(1, 0), (2, 0)]


def test_a_failed_job_is_named_and_the_others_run(shipped: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "-m", "corpus.path=missing.csv,a.csv,changed.csv", "output=out"]) == 2
    assert len(RUNS) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "framing: job 0 (corpus.path=missing.csv): missing.csv: no such file"
    assert lines[1].startswith("framing: job 2 ") and len(lines) == 2


@pytest.mark.parametrize("swept", ["frames.hegde=0,1", "frames.hedge=0,high", "experiment=demo,dmeo", "axes=[up],[x]"])
def test_a_sweep_checks_every_value_before_the_first_job(
    shipped: Folders, capsys: pytest.CaptureFixture[str], swept: str
) -> None:
    refused(capsys, "run", "-m", "corpus.path=a.csv", swept)


def test_an_interrupt_ends_a_sweep(shipped: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "-m", "corpus.path=slow.csv,a.csv", "output=out"]) == 130
    assert not RUNS and capsys.readouterr().err.count("\n") == 1


def test_cfg_shows_the_settings_and_runs_nothing(shipped: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--cfg", "job"]) == 0  # corpus.path is still to be given
    out = capsys.readouterr().out
    assert "hedge: 0.5" in out and "hydra:" not in out.replace("${hydra:", "") and not RUNS


def test_one_group_can_be_built_alone(shipped: Folders) -> None:
    assert door.build("estimate", {"tool": "none"}, shipped) is None
    assert door.build("estimate", {"tool": "default", "voices": "outlet"}, shipped) == Estimate(("outlet",))
    assert door.build("corpus", {"tool": "files", "path": "a", "since": 2023}, shipped).since == "2023"
    with pytest.raises(ConfigurationError, match=r"frames\.lexicon: not set"):
        door.build("frames", {"tool": "rules"}, shipped)


def test_an_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert "rnu: no such command; did you mean run?" in refused(capsys, "rnu")
    assert "no command given" in refused(capsys)


def test_help_lists_every_command_and_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert {"init", "run", "verify"} <= set(names()) and all(f"\n  {name} " in out for name in names())
    assert main(["--version"]) == 0 and capsys.readouterr().out == f"framing {framing.__version__}\n"


@pytest.mark.parametrize("name", names())
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"framing {name}" in capsys.readouterr().out


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from framing.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"hydra", "numpy", "pandas", "pyarrow", "yaml"} & set(done.stderr.split())


def test_a_closed_pipe_is_no_error() -> None:
    command = f"'{sys.executable}' -m framing --help; echo $? >&2"
    done = subprocess.run(["sh", "-c", f"({command}) | true"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() in ("141", "0")  # 0 where the pipe closed after the last line


def test_a_closed_pipe_is_quiet(shipped: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: Any) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("builtins.print", closed)
    assert main(["--help"]) == 141


def test_completion_knows_groups_and_keys(
    shipped: Folders, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for line, words in {
        "framing run experiment=d": "experiment=demo",
        "framing run estimate.dr": "estimate.draws=",
    }.items():
        monkeypatch.setattr(sys, "argv", ["/usr/bin/framing"])
        monkeypatch.setenv("COMP_LINE", line)
        assert main(["-sc", "query=bash"]) == 0
        assert capsys.readouterr().out.split() == [words]


def test_init_makes_a_folder_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = tmp_path / "study"
    assert main(["init", str(study)]) == 0
    first = (study / "conf" / "experiment" / "mystudy.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# framing run --config-dir conf experiment=mystudy"
    assert (study / "README.md").is_file() and first[2:] in (study / "README.md").read_text(encoding="utf-8")
    assert not list(study.rglob("__pycache__"))
    before = {path: path.stat().st_mtime_ns for path in study.rglob("*")}
    capsys.readouterr()
    assert main(["init", str(study)]) == 2 and "no empty folder" in capsys.readouterr().err
    assert before == {path: path.stat().st_mtime_ns for path in study.rglob("*")}


def test_verify_says_2_for_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / "none.zip")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_verify_says_1_for_a_damaged_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "archive.zip").write_bytes(b"PK\x03\x04 damaged")
    assert main(["verify", str(tmp_path / "archive.zip")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_shipped_folders_are_found() -> None:
    found = folders()
    assert found.conf.is_absolute() and (found.conf / "config.yaml").is_file() and found.data.is_dir()
    with pytest.raises(ConfigurationError, match="no such folder"):
        folders("/no/such/folder")


@pytest.mark.parametrize("file", sorted((ROOT / "conf" / "experiment").glob("*.yaml")), ids=lambda file: file.stem)
def test_an_experiment_begins_with_its_command(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    name = "" if file.stem == "main" else f" experiment={file.stem}"
    assert first.startswith(f"# framing run{name}")


def test_an_interrupt_of_the_command_is_130(tmp_path: Path) -> None:
    code = (
        "import sys, time; from framing.cli import main; from framing.cli.commands import verify\n"
        "verify.main = lambda arguments: print('go', flush=True) or time.sleep(30)\n"
        "sys.exit(main(['verify']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "go\n"
    time.sleep(0.1)
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130 and err.startswith("framing: interrupted") and err.count("\n") == 1


@pytest.mark.parametrize(
    "choice", [f"{g}={c}" for g in folders().groups() if g != "axis" for c in folders().choices(g)]
)
def test_every_shipped_choice_passes_the_door(
    choice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    # What is drawn refers to how it was estimated.
    also = ["figures=none", "tables=none", "report=none"] if choice == "estimate=none" else []
    assert main(["run", choice, *also, "--cfg", "job"]) == 0, capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_starter_folder_runs_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "study")]) == 0
    monkeypatch.chdir(tmp_path / "study")
    capsys.readouterr()
    without = [f"{group}=none" for group in ("estimate", "figures", "tables", "report", "archive")]
    assert main(["run", "--config-dir", "conf", "experiment=mystudy", "executor=serial", *without]) == 0
    assert Path(capsys.readouterr().out.splitlines()[0], "scores.csv").is_file()


def test_a_search_path_that_would_import_a_module_is_refused(
    shipped: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, "run", "corpus.path=a.csv", "hydra.searchpath=[pkg://this]")
    assert "--config-dir" in said


def test_an_experiment_that_unfolds_by_aliases_is_refused(shipped: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    Path("own/experiment").mkdir(parents=True)
    bomb = "# framing run experiment=bomb\na: &a [x, x]\nb: &b [*a, *a]\n"
    Path("own/experiment/bomb.yaml").write_text(bomb)
    said = refused(capsys, "run", "-cd", "own", "experiment=bomb", "corpus.path=a.csv")
    assert "bomb.yaml:3" in said and "aliases" in said
