"""News made up by a seeded generator, as much of it as wanted: ``articles(count, seed)``.

Paragraphs of the demo corpus serve as moulds: their function words, say-verbs, quotation marks and
punctuation stay; of their content words, names and numbers a part is drawn anew from vocabularies
whose frequencies follow Zipf and Mandelbrot (p ∝ 1 / (rank + b)^a; Mandelbrot 1953), and phrases are
put in, because the demo's sentences are short. The head of the vocabulary is the demo's own words and
the terms of the shipped lexicon, its tail words that do not exist, made of syllables and endings. The
constants are set so that ``properties.py`` finds what it finds in real news (README). The text means
nothing and no sentence of it was ever printed.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "data" / "demo"

VARIANTS = 24
"""Forms of each mould: other words kept, other phrases put in."""
KEPT_WORDS, KEPT_NAMES, KEPT_NUMBERS = 0.55, 0.33, 0.3
"""The share of content words, names and numbers that stay as the demo has them."""
FUNCTION_WORDS = 220
"""So many of the demo's most frequent words always stay."""
PHRASES = 0.6
"""The chance that a phrase follows a content word."""
WORDS, SPREAD = 345, 0.45
"""Words of an article: their median, and the standard deviation of their logarithm."""
LONGEST = 64
"""Paragraphs of an article, at most."""
VOCABULARY, NAMES, NUMBERS = 180_000, 50_000, 20_000
EXPONENT, SHIFT = 1.25, 60.0
"""Zipf and Mandelbrot's a and b."""
CLOSING, HEADING = 0.4, 0.12
"""The chance that an article ends with a credit or a line of its outlet, and that a paragraph has a heading."""
BLOCK = 2000
"""Articles made at a time."""

_PHRASES = (
    "of the w", "in the w", "for a w w", "with its w", "from the w w", "on w", "and the w", "to the w",
    "of N", "in N", "at N N", "across w w", "under the w of the w", "after # w", "or w", "by N", "as a w",
    "over # w", "of w and w", "for the w",
)  # fmt: skip
_ONSETS = "b b br c c ch cr d d dr f f fl g gr h j k l l m m n n p p pl pr qu r r s s sh st t t th tr v v w z".split()
_NUCLEI = "a a a a e e e e i i i o o o u u ai ea ee ia io oo ou".split()
_CODAS = ["", "", "", "", "", "", *"b ck d l m n n nd ng p r r s st t t".split()]
_ENDINGS = ["", "", "", "", *"s s ed ing er ers ly al ion ions ment ity able ive ness ist ism ful ous ate".split()]
_WORD = re.compile(r"^(\W*)(.*?)((?:['’]s)?\W*)$")


@dataclass(frozen=True)
class Moulds:
    """Variants of paragraphs as pieces: a literal string, or a slot for a word of a class.

    classes: 0 literal, 1 word, 2 word with a capital, 3 name, 4 number · literal: its number in
    ``literals`` · bounds: pieces of variant *i* are ``bounds[i]:bounds[i + 1]`` · words: of each variant.
    """

    literals: list[str]
    classes: npt.NDArray[np.int8]
    literal: npt.NDArray[np.int32]
    bounds: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]


def articles(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """``count`` articles with ``id, outlet, date, title, text``; the first ones do not depend on ``count``."""
    for block in range(0, count, BLOCK):
        yield from _block(seed, block, min(BLOCK, count - block))


def write(path: Path, count: int, seed: int = 1) -> Path:
    """``count`` articles as JSON lines in ``path``, whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        for article in articles(count, seed):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    part.replace(path)
    return path


def _block(seed: int, start: int, count: int) -> Iterator[dict[str, str]]:
    chance = np.random.default_rng([seed, start])
    body, heads, closings = _moulds(seed)
    wanted = np.exp(chance.normal(np.log(WORDS), SPREAD, BLOCK))
    picked = chance.integers(0, len(body.words), (BLOCK, LONGEST))
    reached = np.cumsum(body.words[picked], axis=1)
    paragraphs = np.minimum((reached < wanted[:, None]).sum(axis=1) + 1, LONGEST)
    texts = _fill(body, picked[np.arange(LONGEST) < paragraphs[:, None]], chance, seed)
    titles = _fill(heads, chance.integers(0, len(heads.words), BLOCK), chance, seed)
    bounds = np.cumsum([0, *paragraphs])
    headings = _fill(heads, chance.integers(0, len(heads.words), BLOCK), chance, seed)
    ends = _fill(closings, chance.integers(0, len(closings.words), BLOCK), chance, seed)
    ended, headed = chance.random(BLOCK) < CLOSING, chance.random(BLOCK) < HEADING
    outlets = _outlets()
    outlet = chance.integers(0, len(outlets), BLOCK)
    day = np.datetime64("2015-01-01") + chance.integers(0, 4000, BLOCK)
    for i in range(count):
        parts = texts[bounds[i] : bounds[i + 1]]
        if headed[i] and len(parts) > 4:
            parts.insert(3, headings[i])
        if ended[i]:
            parts.append(ends[i])
        yield {
            "id": f"s{seed}-{start + i:07d}",
            "outlet": outlets[outlet[i]],
            "date": str(day[i]),
            "title": titles[i],
            "text": "\n\n".join(parts),
        }


def _fill(moulds: Moulds, variants: npt.NDArray[Any], chance: np.random.Generator, seed: int) -> list[str]:
    """The strings of ``variants``, their slots filled."""
    counts = moulds.bounds[variants + 1] - moulds.bounds[variants]
    offsets = np.concatenate([[0], np.cumsum(counts)])
    piece = np.arange(offsets[-1]) + np.repeat(moulds.bounds[variants] - offsets[:-1], counts)
    classes, place = moulds.classes[piece], moulds.literal[piece].astype(np.int64)
    strings: list[Any] = [pa.array(moulds.literals)]
    base = len(moulds.literals)
    for number, (words, reach) in enumerate(_vocabularies(seed), start=1):
        slots = np.flatnonzero(classes == number)
        place[slots] = base + np.searchsorted(reach, chance.random(len(slots)))
        strings.append(words)
        base += len(words)
    pieces = pa.chunked_array(strings).combine_chunks().take(pa.array(place))
    joined: Any = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pieces), "")
    filled: list[str] = joined.to_pylist()
    return filled


# --- vocabularies -----------------------------------------------------------------------------------


@cache
def _vocabularies(seed: int) -> tuple[tuple[Any, npt.NDArray[np.float64]], ...]:
    """Words, words with a capital, names, numbers; each with the cumulative probabilities."""
    chance = np.random.default_rng([seed, 1])
    known = _ranked([word for word, n in _counts().most_common() if n < 40 and len(word) > 3], 1.0, 1.0)
    known |= _ranked(list(chance.permutation(_terms())), 150.0, 3.0)
    made = _made(chance, VOCABULARY, known)
    scores = {**_ranked(made, 1200.0, 1.0), **known}
    words = sorted(scores, key=scores.__getitem__)[:VOCABULARY]
    names = [name.capitalize() for name in _made(chance, NAMES, set())]
    amounts = np.exp(chance.normal(4, 2.5, NUMBERS))
    numbers = [f"{amount:,.1f}" if amount < 20 else f"{amount:,.0f}" for amount in amounts]
    lists = [words, [word[0].upper() + word[1:] for word in words], names, numbers]
    return tuple((pa.array(strings), _reach(len(strings))) for strings in lists)


def _ranked(words: list[str], start: float, step: float) -> dict[str, float]:
    return {str(word): start + step * i for i, word in enumerate(words)}


def _reach(n: int) -> npt.NDArray[np.float64]:
    weights = 1 / (np.arange(1, n + 1) + SHIFT) ** EXPONENT
    reach: npt.NDArray[np.float64] = np.cumsum(weights) / weights.sum()
    reach[-1] = 1.0
    return reach


def _made(chance: np.random.Generator, count: int, taken: Any) -> list[str]:
    """Words of one to four syllables that exist nowhere; the frequent ones are shorter, as in any language."""
    found: dict[str, None] = {}
    size = count + count // 2
    while len(found) < count:
        longer = np.linspace(0, 1, size)
        syllables = 1 + (chance.random((3, size)) < [[0.9], [0.3], [0.05]] * (0.7 + 0.3 * longer)).sum(axis=0)
        columns = [
            [table[k] for k in chance.integers(0, len(table), size)]
            for table in [_ONSETS, _NUCLEI, _CODAS] * 4 + [_ENDINGS]
        ]
        for i in range(size):
            word = "".join([column[i] for column in columns[: 3 * syllables[i]]]) + columns[-1][i]
            if len(word) > 3 and word not in taken:
                found[word] = None
    return list(found)[:count]


@cache
def _counts() -> Counter[str]:
    """The demo's words in lower case, counted."""
    return Counter(re.findall(r"(?<![\w'’-])[a-z][a-z-]+[a-z](?![\w'’-])", "\n".join(a["text"] for a in _demo())))


def _terms() -> list[str]:
    """The single words of the lexicon of vaderSentiment (Hutto and Gilbert 2014), which the shipped one builds on."""
    spec = importlib.util.find_spec("vaderSentiment")
    assert spec is not None and spec.origin is not None
    lines = (Path(spec.origin).parent / "vader_lexicon.txt").read_text(encoding="utf-8").splitlines()
    terms = [line.split("\t")[0] for line in lines]
    return [term for term in terms if term.isascii() and term.isalpha() and term.islower() and len(term) > 3]


@cache
def _demo() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DEMO / "articles.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def _outlets() -> list[str]:
    with (DEMO / "outlets.csv").open(encoding="utf-8", newline="") as file:
        return [row[next(iter(row))] for row in csv.DictReader(file)]


# --- moulds -----------------------------------------------------------------------------------------


@cache
def _moulds(seed: int) -> tuple[Moulds, Moulds, Moulds]:
    """Moulds of paragraphs, of titles and headings, and of closing lines."""
    chance = np.random.default_rng([seed, 0])
    paragraphs = Counter(p for a in _demo() for p in a["text"].split("\n\n"))
    closings = [p for p, n in paragraphs.items() if p.startswith("(") or (n > 1 and len(p) < 200)]
    body = [p for p in paragraphs if len(p.split()) >= 10 and p.rstrip("\"'”’)")[-1:] in ".?!" and p not in closings]
    return _cast(body, chance), _cast([a["title"] for a in _demo()], chance), _cast(closings, chance, kept=0.9)


def _cast(texts: list[str], chance: np.random.Generator, kept: float | None = None) -> Moulds:
    literals: dict[str, int] = {"": 0}
    classes: list[int] = []
    literal: list[int] = []
    bounds, words = [0], []
    for text in texts:
        for _ in range(VARIANTS):
            pieces = _pieces(text, chance, kept)
            for kind, string in pieces:
                classes.append(kind)
                literal.append(literals.setdefault(string, len(literals)))
            bounds.append(len(classes))
            words.append(len("".join(string or "x" for _, string in pieces).split()))
    return Moulds(
        list(literals),
        np.array(classes, dtype=np.int8),
        np.array(literal, dtype=np.int32),
        np.array(bounds, dtype=np.int64),
        np.array(words, dtype=np.int64),
    )


def _pieces(text: str, chance: np.random.Generator, kept: float | None) -> list[tuple[int, str]]:
    """A text as literals and slots: ``(0, string)``, ``(class, "")``."""
    pieces: list[tuple[int, str]] = []
    written = ""
    name_stays, before = True, False
    words = text.split(" ")
    for i, word in enumerate(words):
        match = _WORD.match(word)
        assert match is not None
        opening, core, closing = match.groups()
        kind = _kind(core, closing, i == 0 or words[i - 1].rstrip('"”’)')[-1:] in ".?!:", i == len(words) - 1)
        if kind == 3 and not before:  # a name of several words stays or goes as a whole
            name_stays = chance.random() < (KEPT_NAMES if kept is None else kept)
        before = kind == 3
        stays = name_stays if kind == 3 else chance.random() < (kept or (KEPT_NUMBERS if kind == 4 else KEPT_WORDS))
        if kind and not stays:
            pieces += [(0, written + opening), (kind, "")]
            written = closing
        else:
            written += word
        written += " " if i < len(words) - 1 else ""
        if kind == 1 and not closing and kept is None and i < len(words) - 1 and chance.random() < PHRASES:
            for part in _PHRASES[chance.integers(len(_PHRASES))].split():
                if part in _SLOTS:
                    pieces += [(0, written), (_SLOTS[part], "")]
                    written = " "
                else:
                    written += part + " "
    return [piece for piece in [*pieces, (0, written)] if piece != (0, "")]


_SLOTS = {"w": 1, "N": 3, "#": 4}


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for word, _ in _counts().most_common(FUNCTION_WORDS))


def _kind(core: str, closing: str, opens: bool, ends: bool) -> int:
    """The class of slot that a word could be, 0 for one that always stays."""
    if re.fullmatch(r"\d+(?:[.,]\d+)?", core):
        return 4 if not re.fullmatch(r"(19|20)\d\d", core) else 0
    if not re.fullmatch(r"[A-Za-z]+(?:-[a-z]+)*", core) or len(core) < 3:
        return 0
    lower = core.lower()
    if core[0].islower():
        return 0 if lower in _function_words() or len(core) < 4 else 1
    if opens and (lower in _function_words() or lower in _counts()):
        return 0 if lower in _function_words() or len(core) < 4 else 2
    return 0 if closing[:1] == "." and not ends else 3  # "Corp.", "Dec."
