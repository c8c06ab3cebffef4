"""The door: plain settings in, ``Experiment`` out. Nothing beyond it has heard of YAML or Hydra.

All keys and types are checked first, in every group; only then is the first instrument read. A
group is a mapping with ``tool: NAME`` and that tool's fields; the registry knows the class.
"""

from __future__ import annotations

import dataclasses
import importlib
import typing
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from framing.cli import registry
from framing.cli.coerce import MISSING, coerce, read
from framing.cli.folders import Folders
from framing.cli.nearest import nearest
from framing.errors import ConfigurationError

OUTSIDE = ("output",)
"""Global keys that are the command's own business: no field of ``Experiment`` has them."""
NAME = "name"
"""The field of ``Experiment`` that the front door fills with the name of the experiment's file."""


class Slot(typing.NamedTuple):
    """A field of a tool: its type (evaluated, for annotations are strings) and whether it has no default."""

    type: Any
    required: bool


@dataclasses.dataclass(frozen=True)
class Plan:
    """A tool whose keys and types are checked and whose instruments are found, not yet read."""

    maker: Any
    values: dict[str, Any]
    missing: tuple[str, ...] = ()

    def demand_all(self, key: str) -> None:
        """ConfigurationError names the first field of the group ``key`` that is still to be given."""
        for name in self.missing:
            example = "FILE" if name.endswith("path") else "VALUE"
            raise ConfigurationError(f"{key}.{name}: not set; give {key}.{name}={example}")

    def build(self, key: str, cache: dict[tuple[Any, tuple[Path, ...]], Any]) -> Any:
        """Read the instruments and make the tool; its own checks speak with the group's name."""
        self.demand_all(key)
        values = {name: read(value, cache) for name, value in self.values.items()}
        try:
            return self.maker(**values)
        except ValueError as error:
            raise ConfigurationError(f"{key}: {error}") from error


def build(group: str, node: Any, folders: Folders) -> Any:
    """The tool that the settings ``node`` of a group describe, or None where there is to be none."""
    found = plan(group, node, folders)
    return found.build(group, {}) if found else None


def experiment(config: Mapping[str, Any], folders: Folders, name: str) -> Any:
    """The experiment that a whole configuration describes (plain data, as YAML gives it)."""
    fields = check(config, folders)
    cache: dict[tuple[Any, tuple[Path, ...]], Any] = {}
    made = {key: v.build(key, cache) if isinstance(v, Plan) else v for key, v in fields.items()}
    maker = _load(registry.EXPERIMENT)
    if NAME in _fields(maker):
        made[NAME] = name
    return Plan(maker, made).build("experiment", cache)


def check(config: Mapping[str, Any], folders: Folders, complete: bool = True) -> dict[str, Any]:
    """Every field of the experiment as a ``Plan`` or value; refuses any key that is not one.

    Misspelt keys of all groups come before values that are still to be given (``???``); the latter
    are refused too, unless ``complete`` is False (settings that are only shown).
    """
    fields = _fields(_load(registry.EXPERIMENT))
    # A wrong axis is better said of `axes` than of the tool that refers to it, so the values come first.
    valid = [*(key for key in fields if key not in (NAME, *registry.TOOLS)), *registry.TOOLS, *OUTSIDE]
    _known(config, dict.fromkeys(valid), "", also=("experiment",))
    result: dict[str, Any] = {}
    for key in valid:
        if key in registry.TOOLS and key in config:
            result[key] = plan(key, config[key], folders)
        elif key in fields and key in config and config[key] != MISSING:
            result[key] = coerce(config[key], fields[key].type, key, folders)
    for key, field in fields.items() if complete else ():
        if isinstance(made := result.get(key), Plan):
            made.demand_all(key)
        elif key != NAME and (field.required if key not in result else config[key] == MISSING):
            raise ConfigurationError(f"{key}: not set; {_choose(key)}")
    return result


def plan(group: str, node: Any, folders: Folders) -> Plan | None:
    """Check the settings of one group against the fields of its tool."""
    tools = registry.TOOLS[group]
    if not isinstance(node, Mapping):
        raise ConfigurationError(f"{group}: expected settings with tool: {' or '.join(tools)}, got {node!r}")
    name = node.get("tool", MISSING)
    if name == MISSING or name not in tools:
        what = "not set" if name == MISSING else f"no such tool {name!r}{nearest(str(name), tools)}"
        raise ConfigurationError(f"{group}.tool: {what} (choices: {', '.join(tools)})")
    address = tools[name]
    fields = _fields(_load(address)) if address else {}
    values = {str(key): value for key, value in node.items() if key != "tool"}
    _known(values, fields, f"{group}.")
    given = {key: value for key, value in values.items() if value != MISSING}
    made = {key: coerce(value, fields[key].type, f"{group}.{key}", folders) for key, value in given.items()}
    # A value that the YAML asks for must be given, even where the class has a default.
    missing = [key for key, field in fields.items() if key not in made and (field.required or key in values)]
    return Plan(_load(address), made, tuple(missing)) if address else None


def _known(given: Iterable[str], valid: Iterable[str], prefix: str, also: Iterable[str] = ()) -> None:
    for key in given:
        if key not in valid:
            hint = nearest(str(key), [*valid, *also], prefix)
            raise ConfigurationError(f"{prefix}{key}: no such key{hint or _list(prefix, valid)}")


def _list(prefix: str, valid: Iterable[str]) -> str:
    return f" (keys: {', '.join(f'{prefix}{name}' for name in valid) or 'none'})"


def _choose(key: str) -> str:
    return f"choose one of {', '.join(registry.TOOLS[key])}" if key in registry.TOOLS else f"give {key}=VALUE"


def _fields(maker: Any) -> dict[str, Slot]:
    """The fields a tool is made with."""
    hints = typing.get_type_hints(maker)
    absent = dataclasses.MISSING
    return {
        field.name: Slot(hints[field.name], field.default is absent and field.default_factory is absent)
        for field in dataclasses.fields(maker)
        if field.init
    }


def _load(address: str) -> Any:
    """The class at ``module:Class``, an address of the registry (never of a configuration)."""
    module, _, name = address.partition(":")
    return getattr(importlib.import_module(module), name)
