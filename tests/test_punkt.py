"""Punkt on arrays: the same breaks as nltk's, the same sentences as string by string."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from conftest import SHARED
from nasty_texts import TEXTS
from nltk.tokenize.punkt import _ORTHO_BEG_UC, _ORTHO_LC, PunktParameters, PunktSentenceTokenizer

from framing.kernel import compile_kernels, interpreted
from framing.kernel import sentences as k
from framing.tables import PARTS, Spans
from framing.text import punkt
from framing.text.sentences import Cut, cut
from framing.text.words import Encoded, Encoder
from framing.vocabulary import Batch, Vocabulary

Found = list[tuple[int, int]]

# --- the same, string by string ---------------------------------------------------------------------


@cache
def tokenizer() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types.update(punkt.ABBREVIATIONS)
    parameters.sent_starters.update(punkt.STARTERS)
    for word in punkt.STARTERS:  # seen both small and at the start of sentences: a capital means a start
        parameters.ortho_context[word] |= _ORTHO_LC | _ORTHO_BEG_UC
    return PunktSentenceTokenizer(parameters)


def by_nltk(text: str) -> Found:
    """nltk's sentences of one paragraph; white space that is none to Punkt stands as a plain space."""
    return list(tokenizer().span_tokenize(re.sub(r"[^\S \t\n\r\f\v]", " ", text)))


def glued(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """The rules that take a break back, as one would write them for strings."""
    before, after, head = text[slice(*left)], text[slice(*right)], text[right[0] : right[0] + 8]
    if re.match(r"[\"'”’)\]]*\s*[a-z]", head) or not any(map(str.isalnum, before)) or not any(map(str.isalnum, after)):
        return True
    if before.endswith(("No.", "no.")) and head[0].isdigit():
        return True
    initials = re.search(r"(?<![^\s(“\"'‘])(?:[A-Z]\.){2,}$", before[-12:])
    named = before.endswith(("Yahoo!", "Yum!", "Jeopardy!"))
    named |= initials is not None and initials[0][:-1].lower() not in punkt.ABBREVIATIONS
    word = re.match(r"\w+", after)
    return bool(named and word and word[0].lower() not in punkt.STARTERS)


def by_string(text: str) -> Found:
    """The sentences of a text, paragraph by paragraph."""
    spans: Found = []
    start = 0
    for gap in [*re.finditer(r"\n[^\S\n]*\n\s*", text), None]:
        paragraph, here = text[start : gap.start() if gap else len(text)], len(spans)
        for low, high in by_nltk(paragraph):
            low += len(paragraph[low:high]) - len(paragraph[low:high].lstrip())
            low, high = start + low, start + low + len(paragraph[low:high].rstrip())
            if len(spans) > here and low < high and glued(text[: start + len(paragraph)], spans[-1], (low, high)):
                spans[-1] = (spans[-1][0], high)
            elif low < high:
                spans.append((low, high))
        start = gap.end() if gap else 0
    return spans


# --- on arrays ---------------------------------------------------------------------------------------


def encoded(strings: list[str]) -> Encoded:
    with interpreted():
        return Encoder(Vocabulary())(pa.array(strings, type=pa.string()))


def whole(texts: list[str]) -> Spans:
    """Each text one body."""
    rows = [(i, len(t) - len(t.lstrip()), len(t.rstrip())) for i, t in enumerate(texts) if t.strip()]
    article, start, end = np.array(rows, dtype=np.int32).reshape(-1, 3).T.copy()
    return Spans(article, start, end, np.full(len(rows), PARTS.index("body"), dtype=np.int8))


def on_arrays(texts: list[str], longest: int = 10**9) -> Cut:
    """The sentences of texts with themselves as titles, so that both roads are taken."""
    return cut(encoded(texts * 2), whole(texts), tuple(texts), tuple(texts), longest)


def listed(found: Cut, texts: list[str]) -> list[tuple[Found, Found]]:
    """``(sentences, sentences of the title)`` of each text."""
    lists: list[tuple[Found, Found]] = [([], []) for _ in texts]
    columns = (found.columns[name].tolist() for name in ("article", "part", "start", "end"))
    for article, part, start, end in zip(*columns, strict=True):
        lists[article][part == PARTS.index("title")].append((start, end))
    return lists


def punkt_only(paragraphs: list[str]) -> list[Found]:
    """Punkt's sentences of paragraphs, by the kernel that ``cut`` calls first."""
    words = encoded(paragraphs)
    bits = words.vocabulary.trait(punkt.WORD)[words.ids]
    bounds, rows = words.vocabulary.lists(punkt.PLACES)
    first = np.searchsorted(words.string, np.arange(len(paragraphs)))
    last = np.searchsorted(words.string, np.arange(len(paragraphs)), side="right")
    candidates = np.flatnonzero(bits & k.CANDIDATE)
    out = np.empty((k.MOST_BREAKS * len(candidates), 3), dtype=np.int32)
    count = np.empty(len(paragraphs), dtype=np.int64)
    k.breaks(words.ids, bits, bounds, rows, first, last, candidates, out, count)
    found: list[Found] = []
    for p, (low, high) in enumerate(zip(first, last, strict=True)):
        start, spans = int(words.start[low]), []
        for word, place, _ in out[count[p - 1] if p else 0 : count[p]].tolist():
            end = int(words.start[word]) + place if place else int(words.end[word])
            spans.append((start, end))
            start = end if place else int(words.start[word + 1])
        found.append([*spans, (start, int(words.end[high - 1]))])
    return found


# --- texts -------------------------------------------------------------------------------------------

ATOMS = (
    "U.S. u.s. Mr. Inc. v. V. J. P. J.P. A.B.C. A.B.C.D.E.F.G. xA.B. (J.P. Yahoo! Yum! No. no. Reno. 5 5. "
    "3.5 3.5. $1.5 -5. .5. 1,000. 2023. ... .. . .... ? ! ?! !? ?? .? ?. !!! … The the He he It It’s It's "
    "Morgan News and Said 'said Foo foo bar. Bar. end.” end.\" end.) end.)bar end.(See end.”—bar end.”--bar "
    '”--bar )-- ) ” " \' ’) ”) ]} » « “ ( “The (The "the ”the )x ]Foo e.g. i.e. etc. co-inc. well-known. '
    "Sept. p.m. a.m. Ph.D. x@y.com. http://a.b/c?d=e. a.b?c!d -- --- — ;Foo :foo ,foo, foo; foo: foo.. "
    "foo... foo...bar foo?bar foo!\"bar what?\" what?” etc., etc.” Inc.’s Inc.'s 'Tis. _ _. é. É. Éa. ß. ǅ. "
    '٣ ٣. ² ². 华为。 华.为 don’t. a.b. A.B. Q&A. #1. *foo* @bar. {x}. [y.] `z`. ?"bar ?)bar !”foo ?(A ?! .) ..) '
    '." !)( ?"Foo.(Bar ?foo.)bar ?)--foo.(bar ”)--foo.(bar 1.) 1). (1.) U.S.-led US$5. 5%. 3D. K. K.K. N.V. '
    'İ. ŉ. ª. No." No.) No.5 Theé The_ The-x The,x The.x The.. The.,'
).split()
BLANKS = [" "] * 6 + [
    "  ",
    "\n",
    "\u00a0",
    "\u2003",
    "\n\n",
    "\t",
    "\x1c",
    "\x85",
    "\r\n",
    "\n \n",
    "\u2028",
    " \n ",
    " " * 8,
]
CHARACTERS = ".?!.?!.\"')]}‘’“”«»;:,-(AaBzé5"


def made_up_word(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.7:
        return "".join(chance.choices(ATOMS, k=1 if kind < 0.6 else 2))
    if kind < 0.85:
        return "".join(chance.choices(CHARACTERS, k=chance.randint(1, 8)))
    if kind < 0.95:
        word = chance.choice("apple The word Acme in No Yahoo! J.P mr etc 5 2.5 U.S".split())
        return (
            chance.choice(["", "", "“", "(", '"'])
            + word
            + "".join(chance.choices('.?!"”’),;-', k=chance.randint(0, 3)))
        )
    return chance.choice([*punkt.ABBREVIATIONS, *punkt.STARTERS]).capitalize() + chance.choice([".", "", ".”", "?"])


def made_up(seed: int, n: int) -> list[str]:
    """Texts of all that Punkt looks at, in any order."""
    chance = random.Random(seed)
    lengths = chance.choices([1, 2, 3, 4, 6, 10, 30], k=n)
    return ["".join(made_up_word(chance) + chance.choice(BLANKS) for _ in range(length)) for length in lengths]


def shared_texts() -> Iterator[str]:
    path = SHARED / "data" / "technews" / "articles.jsonl"
    if not path.exists():
        pytest.skip("the evaluation data is not here")
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


# --- the same breaks as nltk, the same sentences as string by string -----------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_punkt_breaks_where_nltk_breaks(seed: int) -> None:
    paragraphs = [text.strip() for text in made_up(seed, 2_000)]
    for paragraph, found in zip(paragraphs, punkt_only(paragraphs), strict=True):
        assert found == by_nltk(paragraph), paragraph


@pytest.mark.parametrize("seed", range(4))
def test_sentences_are_those_of_each_string(seed: int) -> None:
    texts = made_up(seed, 1_500)
    for text, (body, title) in zip(texts, listed(on_arrays(texts), texts), strict=True):
        assert body == title == by_string(text), text


def test_sentences_of_nasty_texts_are_those_of_each_string() -> None:
    texts = list(TEXTS)
    assert [one for one, _ in listed(on_arrays(texts), texts)] == [by_string(text) for text in texts]


def test_sentences_of_real_texts_are_those_of_each_string() -> None:
    texts = list(shared_texts())[::12]
    assert [one for one, _ in listed(on_arrays(texts), texts)] == [by_string(text) for text in texts]


def test_words_are_those_of_each_sentence() -> None:
    texts = made_up(9, 400)
    found = on_arrays(texts, longest=25)
    spellings = found.words.vocabulary.spellings
    columns = (found.columns[name].tolist() for name in ("article", "start", "end"))
    for i, (article, start, end) in enumerate(zip(*columns, strict=True)):
        low, high = found.first[i : i + 2]
        words = texts[article][start:end].split()
        assert [spellings[number] for number in found.words.ids[low:high]] == words
        places = zip(found.words.start[low:high].tolist(), found.words.end[low:high].tolist(), strict=True)
        assert [texts[article][a:b] for a, b in places] == words
        assert (found.words.string[low:high] == i).all() and end - start <= 25


# --- what is known of a spelling -------------------------------------------------------------------------


def test_words_of_a_common_shape_are_known_as_those_one_by_one() -> None:
    chance = random.Random(5)
    words = {word for text in made_up(6, 3_000) for word in text.split()}
    lists = [*punkt.ABBREVIATIONS, *punkt.STARTERS]
    stems = [
        *lists,
        *map(str.capitalize, lists),
        "well-known",
        "It’s",
        "3.5",
        "1,000",
        "x",
        "Acme",
        "no",
        "Yahoo",
        "U.S",
    ]
    words |= {stem + "".join(chance.choices(".?!\"”’),;:-'", k=n)) for stem in stems for n in (0, 1, 1, 2)}
    assert punkt._common(Batch(sorted(words)).exact_array)[1].mean() > 0.3
    words |= {chance.choice("“\"'(‘$[") + word for word in sorted(words)}
    words |= {"".join(chance.choices("aAbZ19.?!,;:\"'”’“‘($[])-—é–%*…", k=chance.randint(1, 7))) for _ in range(9_000)}
    batch = Batch(sorted(words))
    for word, found in zip(batch.spellings, punkt.WORD(batch).tolist(), strict=True):
        assert found == punkt._bits(word), word
    counts, _ = punkt.PLACES(batch)
    assert counts.tolist() == [len(punkt._places(word)) for word in batch.spellings]


def test_sentences_are_cut_without_nltk() -> None:
    code = "import sys; from framing.text import Text; from framing.corpus import Whole, corpus_of; "
    code += "from framing.tables import Survey; c = corpus_of([{'text': 'Acme Inc. won. It grew.'}]); "
    code += "assert len(Text()(c, Whole()(c, Survey())).sentences) == 2; assert 'nltk' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_word_is_both_abbreviation_and_starter() -> None:
    assert not set(punkt.ABBREVIATIONS) & set(punkt.STARTERS)


def test_no_text_has_no_sentence() -> None:
    for texts in ([], [""], [" ", "\n\n"]):
        found = on_arrays(texts)
        assert found.first.tolist() == [0] and len(found.words) == len(found.columns["start"]) == 0


# --- interpreted = compiled ------------------------------------------------------------------------------


def test_sentences_are_the_same_compiled() -> None:
    texts = made_up(7, 1_000)

    def columns() -> list[list[Any]]:
        found = on_arrays(texts, longest=60)
        return [found.words.ids.tolist(), found.first.tolist(), *(c.tolist() for c in found.columns.values())]

    with interpreted():
        plain = columns()
    with interpreted():  # whatever is compiled here is forgotten after it
        if not compile_kernels():
            pytest.skip("numba is not here")
        assert columns() == plain
