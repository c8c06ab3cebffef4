"""Patterns as sequences of elements: parsed and refused here, matched in ``text``."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from framing.errors import ConfigurationError
from framing.pattern.inflect import inflections
from framing.pattern.token import spell, split

_PIECE = re.compile(r"\(([^()]*)\)|~(\d+)|(\S+)")
_MOST_SEQUENCES = 5_000
_MOST_GAP = 12


@dataclass(frozen=True)
class Element:
    """One token of a pattern: any of ``words``, at most ``gap`` tokens after the one before.

    A word holding ``*`` is a wildcard; a word with a capital letter matches case-sensitively.
    """

    words: tuple[str, ...]
    gap: int = 0


@dataclass(frozen=True)
class Pattern:
    """A pattern and the sequences it stands for; it matches where one of them does."""

    text: str
    sequences: tuple[tuple[Element, ...], ...]


def _family(word: str) -> tuple[str, ...]:
    return inflections(word[:-1]) if word.endswith("+") and len(word) > 1 else (word,)


def literal(name: str) -> tuple[Element, ...]:
    """A name as its tokens, exactly as spelt: nothing in it is a wildcard or a family."""
    return tuple(Element((spell(word[start:end]),)) for word in name.split() for start, end in split(word))


def _phrase(phrase: str) -> tuple[Element, ...]:
    elements: list[Element] = []
    for word in phrase.split():
        if "*" in word or word.endswith("+") or word.startswith("'"):
            elements.append(Element(_family(spell(word))))
        else:  # "Inc." is two tokens in a text, so it is two in a pattern
            elements += literal(word)
    return tuple(elements)


def _group(body: str) -> list[tuple[Element, ...]]:
    """Alternatives: single words become one element, phrases each their own sequence."""
    alternatives = [a.strip() for a in body.split("|")]
    phrases = [_phrase(a) for a in alternatives if a]
    words = tuple(itertools.chain.from_iterable(p[0].words for p in phrases if len(p) == 1))
    sequences = [p for p in phrases if len(p) > 1]
    if words:
        sequences.insert(0, (Element(tuple(dict.fromkeys(words))),))
    if "" in alternatives:
        sequences.append(())
    return sequences


def _check(text: str, where: str) -> None:
    if not text.strip():
        raise ConfigurationError(f"{where}: an empty pattern matches nothing; write at least one word")
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth not in (0, 1):
            raise ConfigurationError(f"{where}: {text!r}: parentheses must pair and may not nest")
    if depth:
        raise ConfigurationError(f"{where}: {text!r}: a parenthesis is not closed")
    outside = re.sub(r"\([^()]*\)", "", text)
    if "|" in outside:
        raise ConfigurationError(f"{where}: {text!r}: put alternatives in parentheses: (a|b)")
    if re.search(r"[^\s(]\([^()]*\)|\)[^\s)]", text):
        raise ConfigurationError(
            f"{where}: {text!r}: a space stands before and after a group: (chip|chips), not chip(s|)"
        )
    if "~" in re.sub(r"(?:^|(?<=\s))~\d+(?=\s|$)", "", outside) + "".join(re.findall(r"\(([^()]*)\)", text)):
        raise ConfigurationError(f"{where}: {text!r}: a gap is written ~N between two words, outside parentheses")


def parse(text: str, where: str = "pattern") -> Pattern:
    """Parse one pattern of the language in this package's docstring.

    ``where`` names the file and key for messages. Raises ConfigurationError with the reason.
    """
    _check(text, where)
    parts: list[list[tuple[Element, ...]]] = []
    gaps: list[int] = []
    gap = 0
    for group, number, word in _PIECE.findall(text):
        if number:
            gap = int(number)
            if not parts or gap > _MOST_GAP:
                raise ConfigurationError(f"{where}: {text!r}: a gap stands between words and is at most ~{_MOST_GAP}")
            continue
        parts.append(_group(group) if not word else [_phrase(word)])
        gaps.append(gap)
        gap = 0
    if gap:
        raise ConfigurationError(f"{where}: {text!r}: a gap stands between words")
    return Pattern(text, _sequences(text, where, parts, gaps))


def _sequences(
    text: str, where: str, parts: list[list[tuple[Element, ...]]], gaps: list[int]
) -> tuple[tuple[Element, ...], ...]:
    sequences = []
    for choice in itertools.islice(itertools.product(*parts), _MOST_SEQUENCES + 1):
        sequence: list[Element] = []
        pending = 0  # a gap before an empty alternative passes on to the next word
        for gap, elements in zip(gaps, choice, strict=True):
            pending = max(pending, gap)
            for place, element in enumerate(elements):
                sequence.append(Element(element.words, pending if sequence and place == 0 else 0))
            if elements:
                pending = 0
        if not sequence:
            raise ConfigurationError(f"{where}: {text!r}: every part is optional, so it would match anywhere")
        if all(set(word) <= {"*"} for element in sequence for word in element.words):
            raise ConfigurationError(f"{where}: {text!r}: only wildcards, so it would match anywhere")
        sequences.append(tuple(sequence))
    if len(sequences) > _MOST_SEQUENCES:
        raise ConfigurationError(f"{where}: {text!r}: stands for more than {_MOST_SEQUENCES} phrases; split it")
    return tuple(dict.fromkeys(sequences))
