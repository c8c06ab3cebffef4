"""A YAML value as the type that a tool's field declares, or one clear line why not.

Known types: bool, int, float, str, Path, Literal, ``X | None``, tuples, ``dict[str, X]``, and
instruments: classes with ``read(path)`` and a ``digest``, given by name or path.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from framing.cli.folders import PACKAGE, Folders
from framing.cli.nearest import nearest
from framing.errors import ConfigurationError

MISSING = "???"
"""How YAML says that a value must be given."""


@dataclasses.dataclass(frozen=True)
class Unread:
    """An instrument that is found but not yet read, so that all keys are checked before any file."""

    maker: Any
    paths: tuple[Path, ...]


def coerce(value: Any, wanted: Any, key: str, folders: Folders) -> Any:
    """``value`` as ``wanted``; instruments become ``Unread``. ConfigurationError names ``key``."""
    if isinstance(value, str) and value == MISSING:
        raise ConfigurationError(f"{key}: not set; give a value")
    if wanted is Any:
        return value
    origin = typing.get_origin(wanted)
    if wanted in _PLAIN:
        return _PLAIN[wanted](value, key, folders)
    if origin in (types.UnionType, typing.Union):
        return _union(value, typing.get_args(wanted), key, folders)
    if origin is typing.Literal:
        return _literal(value, typing.get_args(wanted), key)
    if origin is tuple:
        return _tuple(value, typing.get_args(wanted), key, folders)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(value, typing.get_args(wanted)[1], key, folders)
    if instrument(wanted):
        # a list of files is one instrument: the later ones extend and correct the first
        return Unread(wanted, tuple(_find(item, wanted, key, folders) for item in _several(value, wanted)))
    raise TypeError(f"{key}: the field's type {wanted} cannot be given in YAML")


def read(value: Any, cache: dict[tuple[Any, tuple[Path, ...]], Any]) -> Any:
    """``value`` with every ``Unread`` instrument read, each file once."""
    match value:
        case Unread():
            if (value.maker, value.paths) not in cache:
                cache[value.maker, value.paths] = value.maker.read(*value.paths)
            return cache[value.maker, value.paths]
        case tuple():
            return tuple(read(item, cache) for item in value)
        case dict():
            return {name: read(item, cache) for name, item in value.items()}
    return value


def instrument(wanted: Any) -> bool:
    """True for a class of instruments: it reads a path and its instances have a digest."""
    known = {*dir(wanted), *getattr(wanted, "__dataclass_fields__", {})}
    return isinstance(wanted, type) and {"read", "digest"} <= known


def _refuse(key: str, expected: str, value: Any) -> typing.NoReturn:
    raise ConfigurationError(f"{key}: expected {expected}, got {value!r}")


def _flag(value: Any, key: str, _: Folders) -> bool:
    return value if isinstance(value, bool) else _refuse(key, "true or false", value)


def _whole(value: Any, key: str, _: Folders) -> int:
    # bool is a subclass of int, and `draws: yes` is a slip.
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return int(value) if is_whole else _refuse(key, "a whole number", value)


def _real(value: Any, key: str, _: Folders) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        _refuse(key, "a number", value)
    return float(value)


def _text(value: Any, key: str, folders: Folders) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # `since: 2023` is a year, not a slip
    if not isinstance(value, str):
        _refuse(key, "text", value)
    return folders.shipped(value, key) if value.startswith(PACKAGE) else value


def _path(value: Any, key: str, folders: Folders) -> Path:
    return Path(_text(value, key, folders))


_PLAIN: dict[Any, Callable[[Any, str, Folders], Any]] = {
    bool: _flag,
    int: _whole,
    float: _real,
    str: _text,
    Path: _path,
}


def _union(value: Any, members: tuple[Any, ...], key: str, folders: Folders) -> Any:
    if value is None and types.NoneType in members:
        return None
    rest = [member for member in members if member is not types.NoneType]
    for member in rest[:-1]:
        try:
            return coerce(value, member, key, folders)
        except ConfigurationError:
            continue
    return coerce(value, rest[-1], key, folders)


def _literal(value: Any, allowed: tuple[Any, ...], key: str) -> Any:
    for item in allowed:
        if item == value and type(item) is type(value):
            return item
    hint = nearest(str(value), map(str, allowed))
    raise ConfigurationError(f"{key}: expected one of {', '.join(map(str, allowed))}, got {value!r}{hint}")


def _tuple(value: Any, members: tuple[Any, ...], key: str, folders: Folders) -> tuple[Any, ...]:
    if isinstance(value, str) and value != MISSING and members[-1] is Ellipsis:
        value = [value]  # `estimate.by=outlet` is a list of one
    if not isinstance(value, list):
        _refuse(key, "a list [A, B]", value)
    if members[-1] is Ellipsis:
        return tuple(coerce(item, members[0], f"{key}[{i}]", folders) for i, item in enumerate(value))
    if len(value) != len(members):
        _refuse(key, f"a list of {len(members)}", value)
    pairs = zip(value, members, strict=True)
    return tuple(coerce(item, member, f"{key}[{i}]", folders) for i, (item, member) in enumerate(pairs))


def _mapping(value: Any, member: Any, key: str, folders: Folders) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse(key, "a mapping {NAME: VALUE}", value)
    return {str(name): coerce(item, member, f"{key}.{name}", folders) for name, item in value.items()}


def _several(value: Any, wanted: Any) -> list[Any]:
    """The files of an instrument: one, or a list where its class can join several."""
    joins = any(p.kind is p.VAR_POSITIONAL for p in inspect.signature(wanted.read).parameters.values())
    return value if isinstance(value, list) and value and joins else [value]


def _find(value: Any, wanted: Any, key: str, folders: Folders) -> Path:
    """The file of an instrument: a name is looked up, a path is taken from the current folder."""
    if not isinstance(value, str) or not value:
        _refuse(key, "the name or the path of a file", value)
    folder, suffix = getattr(wanted, "folder", ""), getattr(wanted, "suffix", ".csv")
    if value.startswith(PACKAGE):
        path = Path(folders.shipped(value, key))
    elif "/" in value or "\\" in value or Path(value).suffix:
        path = Path(value)
    else:
        places = [root / folder for root in folders.instruments]
        for path in (place / f"{value}{suffix}" for place in places):
            if path.is_file():
                return path
        known = sorted({file.stem for place in places for file in place.glob(f"*{suffix}")})
        hint = f"{nearest(value, known)} (choices: {', '.join(known)})"
        raise ConfigurationError(f"{key}: no such {wanted.__name__.lower()} {value!r}{hint}")
    if not path.is_file():
        raise ConfigurationError(f"{key}: no such file {value}; expected a name or a path to a {suffix} file")
    return path
