"""score a corpus and write a run folder: framing run [experiment=NAME] [KEY=VALUE …]"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from framing.cli.folders import Folders, folders
from framing.errors import ConfigurationError

if TYPE_CHECKING:
    from hydra._internal.hydra import Hydra
    from omegaconf import DictConfig

_EPILOG = """\
examples:
  framing run experiment=demo
  framing run corpus.path=news.jsonl output=results
  framing run --config-dir conf experiment=mystudy
  framing run -m frames.hedge=0,0.5,1 corpus.path=news.jsonl

groups and their choices (GROUP=CHOICE):
{groups}

--cfg job shows every setting."""


def main(arguments: list[str]) -> int:
    """Compose the configuration, check all of it, then run it, sweep it or show it."""
    options = _parse(arguments)
    found = folders(options.config_dir)
    if options.help:
        print(_help(found))
        return 0
    from framing.cli import compose

    # Hydra hides the cause of an error unless told not to; the front door makes its own one line of it.
    os.environ.setdefault("HYDRA_FULL_ERROR", "1")
    with compose.composer(found) as hydra:
        if options.shell_completion:
            return _complete(hydra, options.overrides)
        overrides = compose.forced(hydra, options.overrides, found.groups())
        if options.multirun:
            return _sweep(hydra, overrides, found)
        config = compose.single(hydra, overrides)
        _check(config, found, complete=not options.cfg)
        if options.cfg:
            hydra.show_cfg(compose.CONFIG, overrides, options.cfg, options.package, options.resolve)
            return 0
        if str(config.hydra.mode or "").endswith("MULTIRUN"):  # an experiment that is a sweep says so
            return _sweep(hydra, overrides, found)
        return _single(config, found)


@dataclass(frozen=True)
class Job:
    """One job of a sweep: a picklable function of its configuration, for launchers with processes."""

    folders: Folders

    def __call__(self, config: DictConfig) -> int:
        """Run and return the exit code; an error is said at once, and the other jobs go on."""
        from hydra.core.hydra_config import HydraConfig

        from framing.cli.compose import experiment_name, plain
        from framing.cli.outcome import exit_code

        hydra = HydraConfig.get()
        try:
            _run(plain(config), Path(hydra.runtime.output_dir), experiment_name(hydra), self.folders)
            return 0
        except Exception as error:
            given = [text.removeprefix("++") for text in hydra.overrides.task]
            shown = ", ".join(text for text in given if not text.startswith("output="))
            return exit_code(error, f"job {hydra.job.num} ({shown}): ")


def _parse(arguments: list[str]) -> argparse.Namespace:
    return _parser().parse_intermixed_args(arguments)


def _parser(epilog: str = "") -> argparse.ArgumentParser:
    from framing.cli.arguments import Parser

    parser = Parser("framing run", __doc__, epilog, add_help=False)
    parser.add_argument("overrides", nargs="*", metavar="KEY=VALUE", help="a setting, or a choice of a group")
    parser.add_argument("-m", "--multirun", action="store_true", help="sweep: a folder for each combination")
    parser.add_argument("-cd", "--config-dir", metavar="DIR", help="your own folder of YAML; it wins")
    parser.add_argument("-c", "--cfg", choices=("job", "hydra", "all"), help="show the settings, do not run")
    parser.add_argument("-p", "--package", help="with --cfg: only this part")
    parser.add_argument("--resolve", action="store_true", help="with --cfg: resolve references")
    parser.add_argument("-sc", "--shell-completion", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("-h", "--help", action="store_true", help="these lines")
    return parser


def _help(found: Folders) -> str:
    # The choices are read from the folders: importing Hydra would take half a second.
    lines = [f"  {group}: {', '.join(found.choices(group))}" for group in found.groups() if group != "axis"]
    lines.append(f"  axes: a list of {', '.join(found.choices('axis'))}")
    return _parser(_EPILOG.format(groups="\n".join(lines))).format_help().rstrip()


def _check(config: DictConfig, found: Folders, complete: bool = True) -> None:
    """Refuse a wrong key or value of any group before anything is read or written."""
    from framing.cli import door
    from framing.cli.compose import plain

    door.check(plain(config), found, complete)


def _single(config: DictConfig, found: Folders) -> int:
    from hydra.core.hydra_config import HydraConfig

    from framing.cli.compose import experiment_name, plain

    HydraConfig.instance().set_config(config)  # the default output folder holds the experiment's name
    _run(plain(config), Path(str(config.hydra.run.dir)).absolute(), experiment_name(config.hydra), found)
    return 0


def _sweep(hydra: Hydra, overrides: list[str], found: Folders) -> int:
    """Check every value, run every job; the exit code is the worst of the jobs'."""
    from framing.cli import compose

    for job in compose.variations(hydra, overrides):
        _check(compose.single(hydra, job), found)
    return max(compose.sweep(hydra, overrides, Job(found)), default=0)


def _run(settings: dict[str, object], output: Path, name: str, found: Folders) -> None:
    """Build the experiment, run it, print the folder and the experiment's line about the result."""
    from framing.cli import door

    if output.exists() and not output.is_dir():
        raise ConfigurationError(f"output={output}: is a file; name a folder")
    experiment = door.experiment(settings, found, name)
    gc.freeze()  # what is imported by now stays: looking at it again and again took a twentieth of a run
    summary = experiment.run(output, _say, _warn)
    here = Path.cwd()
    print(output.relative_to(here) if output.is_relative_to(here) else output)
    if summary:
        print(summary)


def _say(line: str) -> None:
    """Progress: to a person at a terminal, to nobody else."""
    if sys.stderr.isatty():
        print(line, file=sys.stderr, flush=True)


def _warn(line: str) -> None:
    """A fault of a row: said to everybody, because the row is left out or changed."""
    print(line, file=sys.stderr, flush=True)


def _complete(hydra: Hydra, overrides: list[str]) -> int:
    """Shell completion: Hydra's own, for ``framing run …``."""
    # Hydra takes everything after the program's name for overrides.
    if "COMP_LINE" in os.environ:
        os.environ["COMP_LINE"] = os.environ["COMP_LINE"].replace(" run", "", 1)
    hydra.shell_completion("config", overrides)
    return 0
