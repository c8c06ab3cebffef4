"""Tone: VADER's rules with a news overlay, names masked, quote marks straightened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from framing.lexicon import Lexicon, vader_digest
from framing.sentiment.vader import described, emphasis, valences, with_lexicon
from framing.tables import SCALE, TONE, Cues, Mentions, Tokens

_WORD = re.compile(r"\S+")
_MASK = "_"
"""Stands for each letter of a name: in no lexicon, no capital, and offsets stay."""
_PERSON = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+(?: [A-Z]\.)*(?: [A-Z][a-z]+)+")
"""Two capitalised words or more inside a sentence: *Prime Minister Dick Schoof*, *Hope Chen*."""
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": " "})
"""What hides a word from VADER, which splits at white space and strips ASCII punctuation only."""
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"


@dataclass(frozen=True)
class Rules:
    """``sentiment=rules``. ``cut``: the least |tone| that earns a label; null takes the lexicon's.

    ``base``: sha256 of VADER's own lexicon, filled in by itself, so that it enters the signature.
    """

    lexicon: Lexicon
    cut: float | None = None
    base: str = field(default_factory=vader_digest)

    @property
    def threshold(self) -> float:
        """The least |tone| that earns a label."""
        return self.lexicon.cut if self.cut is None else self.cut

    @cached_property
    def _rules(self) -> Any:
        return with_lexicon(self.lexicon.valences)

    def __call__(self, tokens: Tokens, mentions: Mentions) -> Cues:
        """Valence cues of the scored sentences: amounts are valences in ten-thousandths."""
        return _cues(tokens, self._rules, self.lexicon.valences, self.lexicon.name, _masked(tokens, mentions))


@dataclass(frozen=True)
class Vader:
    """``sentiment=vader``: tone is plain VADER, for comparison; no overlay, nothing masked."""

    cut: float = 0.05
    base: str = field(default_factory=vader_digest)

    @property
    def threshold(self) -> float:
        """The least |tone| that earns a label (Hutto & Gilbert 2014 use 0.05)."""
        return self.cut

    def __call__(self, tokens: Tokens, mentions: Mentions) -> Cues:
        """Valence cues of the scored sentences: amounts are valences in ten-thousandths."""
        texts = {int(i): tokens.string(int(i)) for i in np.flatnonzero(tokens.sentences.scored)}
        return _cues(tokens, with_lexicon({}), {}, "", texts)


def _masked(tokens: Tokens, mentions: Mentions) -> dict[int, str]:
    """The scored sentences with the letters of names masked and quote marks straightened."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for sentence, start, end, inferred in zip(
        mentions.sentence, mentions.start, mentions.end, mentions.inferred, strict=True
    ):
        if not inferred:
            spans.setdefault(int(sentence), []).append((int(start), int(end)))
    texts = {}
    titles = tokens.sentences.title
    for i in np.flatnonzero(tokens.sentences.scored):
        text, base = tokens.string(int(i)).translate(_STRAIGHT), int(tokens.sentences.start[i])
        for start, end in spans.get(int(i), ()):
            low, high = max(start - base, 0), min(end - base, len(text))
            text = text[:low] + _veiled(text[low:high]) + text[high:]
        # in a title every word has a capital, so there a capital says nothing
        texts[int(i)] = text if titles[i] else _PERSON.sub(lambda name: _veiled(name.group()), text)
    return texts


def _veiled(name: str) -> str:
    """A name with every letter masked."""
    return "".join(c if c.isspace() else _MASK for c in name)


def _cues(tokens: Tokens, rules: Any, overlay: Mapping[str, float], name: str, texts: dict[int, str]) -> Cues:
    rows: list[tuple[int, int, int, bool]] = []
    names: list[str] = []
    seen: dict[tuple[int, int, str], int] = {}
    for sentence, given in texts.items():
        text, origin = described(given, rules.emojis)
        found = [round(valence * SCALE) for valence in valences(text, rules)]
        words = [m.span() for m in _WORD.finditer(text)]
        for (start, end), valence in zip(words, found, strict=True):
            if valence:
                low, high = _strip(text, start, end)
                word = text[low:high].lower()
                flipped = valence * rules.lexicon.get(word, valence) < 0
                first, last = _tokens(tokens, sentence, origin[low], origin[high - 1] + 1)
                rule = f"{name if word in overlay else 'vader'}: {word}"
                # an emoji may be described by the same word twice: one cue, both amounts
                place = seen.setdefault((first, last, rule), len(rows))
                if place < len(rows):
                    rows[place] = (first, last, rows[place][2] + valence, flipped)
                    continue
                rows.append((first, last, valence, flipped))
                names.append(rule)
        extra, total = round(emphasis(text) * SCALE), sum(found)
        if extra and total:
            at = origin[max(text.rfind("!"), text.rfind("?"))]
            rows.append((*_tokens(tokens, sentence, at, at + 1), extra if total > 0 else -extra, False))
            names.append("vader: emphasis")
    return _table(rows, names)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """A word's span without its punctuation, where VADER strips it (more than two characters stay)."""
    word = text[start:end]
    if len(word.strip(_PUNCTUATION)) <= 2:
        return start, end
    return start + len(word) - len(word.lstrip(_PUNCTUATION)), end - (len(word) - len(word.rstrip(_PUNCTUATION)))


def _tokens(tokens: Tokens, sentence: int, start: int, end: int) -> tuple[int, int]:
    low, high = tokens.sentences.first_token[sentence : sentence + 2]
    base = tokens.sentences.start[sentence]
    first = int(low + np.searchsorted(tokens.end[low:high], base + start, side="right"))
    last = int(low + np.searchsorted(tokens.start[low:high], base + end, side="left"))
    return first, max(last, first + 1)


def _table(rows: list[tuple[int, int, int, bool]], names: list[str]) -> Cues:
    known = {name: i for i, name in enumerate(dict.fromkeys(names))}
    n = len(rows)
    return Cues(
        measures=(TONE,),
        rules=tuple(known),
        measure=np.zeros(n, dtype=np.int8),
        rule=np.array([known[name] for name in names], dtype=np.int32),
        first=np.array([row[0] for row in rows], dtype=np.int32),
        last=np.array([row[1] for row in rows], dtype=np.int32),
        strength=np.zeros(n, dtype=np.int8),
        modality=np.zeros(n, dtype=np.int8),
        negated=np.array([row[3] for row in rows], dtype=bool),
        bearer=np.full(n, 2, dtype=np.int8),
        amount=np.array([row[2] for row in rows], dtype=np.int32),
    )
