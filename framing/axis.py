"""Axes: two poles and the rules that find them, as data.

An axis file is YAML: ``axis, label, version, source, positive, negative`` and ``rules``, a list for
each pole and one called ``neutral`` (phrases that are nobody's cue and shadow shorter ones).
``silent_when_denied`` lists poles whose plain denial claims nothing (*no shortages* is no progress).
``burden`` is the pole an actor bears: *reduce, end, overcome* turn its nouns, *lose, curb, lack* those of
the other pole (default: the negative one). A rule:

=============  =================================================================================
``match``      one pattern or a list (language: ``framing.pattern``)
``strength``   2 main explicit assertion, 1 implied, brief or presupposed (default 2)
``kind``       noun, verb or phrase: flip verbs act on nouns (*reduce reliance*), default phrase
``bearer``     on which side of the cue stands the actor who bears the pole: subject, object, any
``unless``     patterns; the cue is dropped if one overlaps it or lies in its clause
``requires``   patterns; one of them must be in the sentence
``modality``   a fixed modality: hedged, intent, need, conditional, question, presupposed
``note``       why, where it is not obvious
=============  =================================================================================
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import yaml

from framing.errors import ConfigurationError
from framing.pattern import Pattern, parse
from framing.tables import MODALITIES, mentions_schema, scores_schema, sentences_schema

KINDS = ("phrase", "noun", "verb")
BEARERS = ("subject", "object", "any")
_TOP = ("axis", "label", "version", "source", "positive", "negative", "silent_when_denied", "burden", "rules")
_RULE = ("match", "strength", "kind", "bearer", "unless", "requires", "modality", "note")
_MOST_BYTES = 5_000_000
_SHOWN = 48
_TAKEN = frozenset((*sentences_schema(()).names, *mentions_schema(()).names, *scores_schema((), ()).names))


@dataclass(frozen=True)
class Rule:
    """One way a pole is said. ``name``: pole, place in its list, pattern; ``pole`` is empty for neutral rules."""

    name: str
    pole: str
    match: tuple[Pattern, ...]
    strength: int = 2
    kind: str = "phrase"
    bearer: str = "subject"
    unless: tuple[Pattern, ...] = ()
    requires: tuple[Pattern, ...] = ()
    modality: str | None = None


@dataclass(frozen=True)
class Axis:
    """A bipolar axis; ``digest`` is the sha256 of its file."""

    folder: ClassVar[str] = "axis"
    suffix: ClassVar[str] = ".yaml"

    name: str
    label: str
    positive: str
    negative: str
    source: str
    version: str
    silent: tuple[str, ...]
    rules: tuple[Rule, ...]
    digest: str
    burden: str = ""

    @property
    def poles(self) -> tuple[str, str]:
        """The positive pole, the negative pole."""
        return self.positive, self.negative

    @classmethod
    def read(cls, path: Path) -> Axis:
        """Read and check an axis file; ConfigurationError names the file, the key and the reason."""
        raw = path.read_bytes()
        if len(raw) > _MOST_BYTES:
            raise ConfigurationError(f"{path}: larger than {_MOST_BYTES} bytes; an axis is a list of rules")
        data = load_yaml(raw, path)
        _keys(data, _TOP, str(path), required=("axis", "positive", "negative", "rules"))
        positive, negative = str(data["positive"]), str(data["negative"])
        _names(str(data["axis"]), positive, negative, str(path))
        silent = data.get("silent_when_denied") or []
        if not isinstance(silent, list) or not all(pole in (positive, negative) for pole in silent):
            raise ConfigurationError(f"{path}: silent_when_denied: expected a list of {positive}, {negative}")
        burden = str(data.get("burden", negative))
        if burden not in (positive, negative):
            raise ConfigurationError(f"{path}: burden: expected {positive} or {negative}, got {burden!r}")
        rules = tuple(_rules(data["rules"], (positive, negative), str(path)))
        return cls(
            name=str(data["axis"]),
            label=str(data.get("label", f"{positive} vs. {negative}")),
            positive=positive,
            negative=negative,
            source=str(data.get("source", "")),
            version=str(data.get("version", "")),
            silent=tuple(silent),
            rules=rules,
            digest=hashlib.sha256(raw).hexdigest(),
            burden=burden,
        )


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser, where PyYAML has it, is eight times as fast."""


def load_yaml(raw: bytes, path: Path) -> dict[str, Any]:
    """A YAML mapping as plain data; ConfigurationError with the line on any fault."""
    try:
        # a stranger's small file must not unfold into gigabytes
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(raw, Loader=_LOADER)):
            raise ConfigurationError(
                f"{path}: anchors and aliases (&, *) are not allowed; quote a word that starts with *"
            )
        data = yaml.load(raw, Loader=_LOADER)  # noqa: S506, TID251 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ConfigurationError(f"{path}{line}: not valid YAML: {reason}") from None
    if not isinstance(data, dict):
        raise ConfigurationError(f"{path}: expected keys and values ({', '.join(_TOP)})")
    return data


def _keys(data: dict[str, Any], allowed: tuple[str, ...], where: str, required: tuple[str, ...]) -> None:
    for key in data:
        if key not in allowed:
            near = difflib.get_close_matches(str(key), allowed, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(allowed)}"
            raise ConfigurationError(f"{where}: {key!r} is no key here{hint}")
    for key in required:
        if data.get(key) in (None, ""):
            raise ConfigurationError(f"{where}: {key!r} is missing")


def _names(axis: str, positive: str, negative: str, path: str) -> None:
    """Refuse names that cannot be columns of the score tables."""
    for name in (axis, positive, negative):
        if not name.isidentifier():
            raise ConfigurationError(f"{path}: {name!r}: an axis and a pole are one word of letters, digits and _")
        if name in _TAKEN:
            raise ConfigurationError(f"{path}: {name!r}: the score tables have a column of this name; choose another")
    if positive == negative:
        raise ConfigurationError(f"{path}: both poles are called {positive!r}; an axis has two")


def _rules(data: Any, poles: tuple[str, str], path: str) -> Iterator[Rule]:
    if not isinstance(data, dict):
        raise ConfigurationError(f"{path}: rules: expected a list of rules for each pole")
    _keys(data, (*poles, "neutral"), f"{path}: rules", required=poles)
    seen: dict[str, str] = {}
    for pole in data:  # in the file's order, so that swapping the poles swaps nothing else
        entries = data.get(pole) or []
        if not isinstance(entries, list):
            raise ConfigurationError(f"{path}: rules.{pole}: expected a list of rules, each line beginning with -")
        for number, entry in enumerate(entries, start=1):
            where = f"{path}: rules.{pole}[{number}]"
            rule = _rule(entry, "" if pole == "neutral" else pole, number, where)
            for pattern in rule.match:
                if pattern.text in seen:
                    raise ConfigurationError(f"{where}: {pattern.text!r} is already in {seen[pattern.text]}")
                seen[pattern.text] = f"rules.{pole}[{number}]"
            yield rule


def _rule(entry: Any, pole: str, number: int, where: str) -> Rule:
    if isinstance(entry, str):
        entry = {"match": entry}
    if not isinstance(entry, dict):
        raise ConfigurationError(f"{where}: expected a pattern, or keys such as match and strength")
    _keys(entry, _RULE, where, required=("match",))
    match = _patterns(entry["match"], f"{where}.match")
    strength = entry.get("strength", 2)
    if strength not in (1, 2) or isinstance(strength, bool):
        raise ConfigurationError(f"{where}: strength: expected 1 or 2, got {strength!r}")
    return Rule(
        name=f"{pole or 'neutral'} {number}: {_short(match[0].text)}",
        pole=pole,
        match=match,
        strength=int(strength),
        kind=_choice(entry, "kind", KINDS, where) or "phrase",
        bearer=_choice(entry, "bearer", BEARERS, where) or "subject",
        unless=_patterns(entry.get("unless", []), f"{where}.unless"),
        requires=_patterns(entry.get("requires", []), f"{where}.requires"),
        modality=_choice(entry, "modality", MODALITIES, where),
    )


def _short(pattern: str) -> str:
    """A pattern as a table can show it."""
    return pattern if len(pattern) <= _SHOWN else pattern[: _SHOWN - 1].rstrip() + "…"


def _choice(entry: dict[str, Any], key: str, choices: tuple[str, ...], where: str) -> str | None:
    value = entry.get(key)
    if value is not None and value not in choices:
        raise ConfigurationError(f"{where}: {key}: expected one of {', '.join(choices)}; got {value!r}")
    return None if value is None else str(value)


def _patterns(value: Any, where: str) -> tuple[Pattern, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise ConfigurationError(f"{where}: expected a pattern or a list of patterns; quote numbers and yes/no")
    return tuple(parse(v, where) for v in values)
