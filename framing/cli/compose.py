"""Hydra as the front door uses it: compose, sweep, show; its complaints in one line.

Hydra's own ``main`` is not used. It writes into the run's folder, logs to stdout, lets packaged
files win over ``--config-dir``, and instantiates whatever class a configuration names (callbacks,
log handlers). ``Hydra`` itself, below ``main``, composes and sweeps; the package pins hydra-core 1.3.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from hydra import version
from hydra._internal.config_search_path_impl import ConfigSearchPathImpl
from hydra._internal.hydra import Hydra
from hydra.core.global_hydra import GlobalHydra
from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException, MissingConfigException, OverrideParseException
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import InterpolationKeyError, OmegaConfBaseException

from framing.cli import source
from framing.cli.folders import Folders
from framing.cli.nearest import nearest
from framing.errors import ConfigurationError

CONFIG = "config"
_TRUSTED = ("hydra._internal.core_plugins.", "hydra_plugins.")
"""Modules whose launchers and sweepers may be named: Hydra's own and installed plugins."""
_NO_CODE = "not allowed, because no configuration can name code to run"
_LOGGING = frozenset({"version", "root", "disable_existing_loggers"})
_HARMLESS: dict[str, frozenset[str]] = {
    "callbacks": frozenset(),
    "job.env_set": frozenset(),  # PYTHONPATH would choose the code of worker processes
    "job_logging": _LOGGING,
    "hydra_logging": _LOGGING,
}
"""Parts of Hydra's own settings that can run code, and the keys that cannot."""


@contextlib.contextmanager
def composer(folders: Folders) -> Iterator[Hydra]:
    """Hydra over the user's folder, then the shipped one; errors inside become one line."""
    version.setbase("1.3")
    source.register()
    path = ConfigSearchPathImpl()
    path.append("hydra", "pkg://hydra.conf")
    for folder in folders.configs:
        path.append("main", f"{source.SCHEME}://{folder}")
    path.append("schema", "structured://")
    GlobalHydra.instance().clear()  # one process may call more than once (tests, notebooks)
    try:
        with _one_line():
            yield Hydra.create_main_hydra2(task_name="framing", config_search_path=path)
    finally:
        GlobalHydra.instance().clear()
        HydraConfig.instance().cfg = None


def forced(hydra: Hydra, overrides: Sequence[str], groups: Sequence[str]) -> list[str]:
    """The overrides with ``key=value`` of settings written ``++key=value``.

    Hydra's own answer to an unknown key is cryptic and bars new keys of mappings
    (``corpus.columns.text=body``); so it takes every key, and the door refuses the unknown ones.
    """
    return [_forced(override, groups) for override in parsed(hydra, overrides)]


def parsed(hydra: Hydra, overrides: Sequence[str]) -> list[Override]:
    """The overrides as Hydra reads them; a bare word is told apart from a broken one."""
    for text in overrides:
        if "=" not in text and not text.startswith("~"):
            path = "." in text or "/" in text
            hint = f"corpus.path={text} (no spaces around =)" if path else f"experiment={text}"
            raise ConfigurationError(f"{text}: expected KEY=VALUE, such as {hint}")
        if re.match(r"[+~]*hydra\.searchpath\b", text):
            raise ConfigurationError("hydra.searchpath is not allowed; use --config-dir DIR")
    parser = OverridesParser.create(config_loader=hydra.config_loader)
    found: list[Override] = parser.parse_overrides(list(overrides))
    return found


def single(hydra: Hydra, overrides: Sequence[str]) -> DictConfig:
    """The configuration of one run."""
    config = hydra.compose_config(CONFIG, list(overrides), RunMode.RUN)
    _trusted(config)
    return config


def sweep(hydra: Hydra, overrides: Sequence[str], job: Callable[[DictConfig], int]) -> list[int]:
    """Run one job for each combination (``-m``) and return the exit codes of the jobs."""
    config = hydra.compose_config(CONFIG, list(overrides), RunMode.MULTIRUN)
    _trusted(config)
    given = set(config.hydra.sweeper.get("params") or {})
    # A key that the sweeper's own parameters hold must be spelt as there, or it is swept twice.
    own = [text.removeprefix("++") if text[2:].partition("=")[0] in given else text for text in overrides]
    HydraConfig.instance().set_config(config)  # the default folder holds the experiment's name
    batches = hydra.multirun(CONFIG, job, own)
    # Hydra's own sweeper returns its jobs in batches; others may return one batch, or nothing.
    jobs = [job for batch in batches or () for job in (batch if isinstance(batch, (list, tuple)) else [batch])]
    return [int(job.return_value or 0) for job in jobs]


def variations(hydra: Hydra, overrides: Sequence[str]) -> Iterator[list[str]]:
    """The first job of a sweep, then each further value of each swept key beside the first ones.

    This tries every value without trying every combination.
    """
    config = hydra.compose_config(CONFIG, list(overrides), RunMode.MULTIRUN)
    params = [f"{key}={value}" for key, value in (config.hydra.sweeper.get("params") or {}).items()]
    options = [_values(override) for override in parsed(hydra, [*params, *overrides])]
    first = [values[0] for values in options if values]
    yield first
    for position, values in enumerate(options):
        for value in values[1:]:
            yield [*first[:position], value, *first[position + 1 :]]


def plain(config: DictConfig) -> dict[str, Any]:
    """The settings as plain data, resolved, without Hydra's own and without ``output``.

    ``output`` holds the clock, and is asked of Hydra when the folder is made.
    """
    with _one_line():
        return {
            str(key): OmegaConf.to_container(config._get_node(key), resolve=True)
            if OmegaConf.is_config(config._get_node(key))
            else (config[key] if not OmegaConf.is_missing(config, key) else "???")
            for key in config
            if key not in ("hydra", "output")
        }


def experiment_name(hydra: Any) -> str:
    """The name of the experiment's file: ``demo`` of ``conf/experiment/demo.yaml``."""
    return str(hydra["runtime"]["choices"].get("experiment"))


def _forced(override: Override, groups: Sequence[str]) -> str:
    text = str(override.input_line)
    key = str(override.key_or_group)
    adds = override.is_add() and not override.is_force_add()
    if key.partition("/")[0] in groups and "." not in key:
        # `+experiment=demo` is a habit from other projects; here every group is in the defaults list.
        return text.lstrip("+") if adds or override.is_force_add() else text
    if override.is_delete() or override.is_force_add() or key.partition(".")[0] == "hydra" or "/" in key:
        return text
    return f"+{text}" if adds else f"++{text}"


def _values(override: Override) -> list[str]:
    key = override.get_key_element()
    if not override.is_sweep_override():
        return [str(override.input_line)]
    if not override.is_discrete_sweep():
        raise ConfigurationError(f"{override.input_line}: give the values, as in {key}=A,B")
    return [f"{key}={value}" for value in override.sweep_string_iterator()]


def _trusted(config: DictConfig) -> None:
    """Refuse settings of Hydra that name code to run: only launchers and sweepers, only installed ones."""
    with _one_line():
        hydra = OmegaConf.to_container(config.hydra, resolve=False)
    assert isinstance(hydra, dict)
    for part, harmless in _HARMLESS.items():
        if set(OmegaConf.to_container(OmegaConf.select(config.hydra, part)) or {}) - harmless:
            raise ConfigurationError(f"hydra.{part}: {_NO_CODE}")
    for key, target in _targets(hydra, "hydra"):
        if key not in ("hydra.launcher", "hydra.sweeper") or not str(target).startswith(_TRUSTED):
            raise ConfigurationError(f"{key} names {target}: {_NO_CODE}")


def _targets(node: Any, key: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        if "_target_" in node:
            yield key, node["_target_"]
        for name, value in node.items():
            yield from _targets(value, f"{key}.{name}")
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from _targets(value, f"{key}[{i}]")


@contextlib.contextmanager
def _one_line() -> Iterator[None]:
    """Turn the errors of Hydra, OmegaConf and YAML into one clear line each."""
    try:
        yield
    except MissingConfigException as error:
        raise ConfigurationError(_missing(error)) from error
    except OverrideParseException as error:
        key = error.override.partition("=")[0]
        hint = f"put quotes around a value with special characters: '{key}=\"…\"'"
        raise ConfigurationError(f"{error.override}: not understood ({_first(error)}); {hint}") from error
    except InterpolationKeyError as error:
        wanted = str(error).partition("'")[2].partition("'")[0]
        fault = f"refers to {wanted}, which the other choices do not have"
        raise ConfigurationError(f"{error.full_key}: {fault}; give {error.full_key}=VALUE") from error
    except OmegaConfBaseException as error:
        where = f"{error.full_key}: " if error.full_key else ""
        raise ConfigurationError(f"{where}{_first(error)}") from error
    except HydraException as error:
        cause = f" ({_first(error.__cause__)})" if isinstance(error.__cause__, OmegaConfBaseException) else ""
        raise ConfigurationError(f"{_sentence(error)}{cause}") from error


def _missing(error: MissingConfigException) -> str:
    group, _, name = str(error.missing_cfg_file or "").rpartition("/")
    if not group or error.options is None:
        return _sentence(error)
    options = sorted(error.options)
    return f"{group}={name}: no such {group}{nearest(name, options)} (choices: {', '.join(options)})"


def _first(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]


def _sentence(error: BaseException) -> str:
    """All lines in one, without Hydra's search path, its addresses and its numbered advice."""
    text = re.split(r"\n(?:See https?:|Search path:|Config search path)", str(error).strip())[0]
    return " ".join(text.split()).replace("++", "")  # our own prefix, see `forced`
