"""How Hydra reads a YAML file of ours: like any file, with three rules of this project.

An experiment is always global (its keys are those of the whole configuration), so that its first line
can be its command; Hydra would want ``# @package _global_`` there. A broken file is named in the error.
And no file may widen Hydra's search path, because ``pkg://name`` imports, that is runs, a module.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from hydra._internal.core_plugins.file_config_source import FileConfigSource
from hydra._internal.sources_registry import SourcesRegistry
from hydra.core.plugins import Plugins
from hydra.plugins.config_source import ConfigResult
from omegaconf import DictConfig, OmegaConf
from yaml import MarkedYAMLError, YAMLError

from framing.errors import ConfigurationError

SCHEME = "framing"
_EXPERIMENTS = "experiment/"


class Choices(FileConfigSource):
    """A folder of YAML choices, shipped or the user's."""

    @staticmethod
    def scheme() -> str:
        """The part of the address before ``://`` that stands for this class."""
        return SCHEME

    def load_config(self, config_path: str) -> ConfigResult:
        """The file's content, its header completed; ConfigurationError names the file."""
        file = Path(self.path) / self._normalize_file_name(config_path)
        try:
            _refuse_aliases(file)
            result = super().load_config(config_path)
        except YAMLError as error:
            mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
            where = f"{file}:{mark.line + 1}" if mark else str(file)
            reason = error.problem if isinstance(error, MarkedYAMLError) else str(error)
            raise ConfigurationError(f"{where}: not valid YAML ({reason})") from error
        except UnicodeDecodeError as error:
            raise ConfigurationError(f"{file}: not UTF-8; save it as UTF-8") from error
        if not isinstance(result.config, DictConfig):
            raise ConfigurationError(f"{file}: expected keys and values, KEY: VALUE")
        if OmegaConf.select(result.config, "hydra.searchpath") is not None:
            raise ConfigurationError(f"{file}: hydra.searchpath is not allowed; use --config-dir DIR")
        if config_path.startswith(_EXPERIMENTS) and result.header["package"] is None:
            result.header["package"] = "_global_"
        return result


def _refuse_aliases(file: Path) -> None:
    """A stranger's small file must not unfold into gigabytes; nothing here needs ``&`` and ``*``."""
    if not file.is_file():
        return  # Hydra says so in its own way
    for event in yaml.parse(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise ConfigurationError(f"{file}:{line}: YAML aliases (*NAME) are not allowed")


def register() -> None:
    """Make the scheme known to Hydra (again is no harm)."""
    Plugins.instance()  # fills the registry with Hydra's own schemes
    SourcesRegistry.instance().register(Choices)
