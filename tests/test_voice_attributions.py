"""Attributions on letters: the machine for regular expressions against Python's, and who reports what."""

from __future__ import annotations

import re
from dataclasses import fields

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.kernel import compile_kernels, interpreted, kernel
from framing.kernel.grammar import FIRST, SLOTS, WHOLE, match, search
from framing.tables import Longs, Sentences, Tokens, Words
from framing.vocabulary import Vocabulary
from framing.voice.attribution import Attributions
from framing.voice.expression import Grammar, compiled
from framing.voice.grammar import EXPRESSIONS, GRAMMAR
from framing.voice.sentence import attributions

_LETTERS = "stoegqQTaipPfO&bBmxrdneNKGMwcCR#,;:-().\"'"
_RUNS = (
    _LETTERS,
    "dwnNKGMf#'&Oo,,rbBpR-() aistg\"QTC",
    "NNnwdf,R",
    'wnNd,,(-)"b',
    "f'wdNG",
    "ai,NnfwR'd.",
    "sNNnw,,.\"QTCcdfrbpe&gOto'ai",
)
_PHRASES = """
NsTNbw Q"sN,R ,sN, N,dnON,sw NwNCg nBwCg fN'w aiN,dnON, &sT ,gT cT CNs, TNt, dnBgT NbrtT nRbw (N)s -N-s deTw
met Bs 'e dbs tn "dns"
""".split()
_WORDS = """as saying citing quoted view while some that told show believe call for study company he accuse
blah blah blah blah blah blah""".split()


# --- the machine


@kernel("i4[:,:], b1[:,:], u1[:], i8[:,:], out i8[:], out i8[:,:]", allocates=False)
def _ask(
    rules: npt.NDArray[np.int32],
    sets: npt.NDArray[np.bool_],
    letters: npt.NDArray[np.uint8],
    questions: Longs,
    work: Longs,
    answers: Longs,
) -> int:
    """Questions: expression, low, high, at, 1 for a search; answers: the slots, −1 where there is no match."""
    for n in range(len(questions)):
        rule, low, high, at = questions[n, 0], questions[n, 1], questions[n, 2], questions[n, 3]
        if questions[n, 4] == 1:
            found = search(rules, sets, letters, work, rule, low, high, at)
        else:
            found = match(rules, sets, letters, work, rule, low, high, at)
        for slot in range(SLOTS):
            answers[n, slot] = work[slot] if found else -1
    return len(questions)


def _answers(grammar: Grammar, texts: list[str], questions: list[tuple[int, int, int, bool]]) -> list[list[int]]:
    """Per question (expression, text, at, search) what the machine finds, counted from the text's begin."""
    bounds = np.cumsum([0, *map(len, texts)])
    letters = np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8)
    asked = np.array([(e, bounds[t], bounds[t + 1], bounds[t] + at, s) for e, t, at, s in questions], dtype=np.int64)
    answers = np.empty((len(asked), SLOTS), dtype=np.int64)
    _ask(grammar.rules, grammar.sets, letters, asked, grammar.work(max(map(len, texts))), answers)
    slots: list[list[int]] = np.where(answers >= 0, answers - asked[:, 1:2], -1).tolist()
    return slots


def _of_python(pattern: str, text: str, at: int, anywhere: bool) -> list[int]:
    expression = re.compile(pattern)
    found = (expression.search if anywhere else expression.match)(text, at)
    if not found:
        return [-1] * (2 + 2 * expression.groups)
    return [place for group in range(expression.groups + 1) for place in found.span(group)]


def _same_as_python(grammar: Grammar, patterns: list[str], texts: list[str], rng: np.random.Generator) -> int:
    """Asks every expression of every text; how often one was found."""
    questions = [
        (e, t, int(rng.integers(len(text) + 1)) if rng.random() < 0.3 else 0, anywhere)
        for e in range(len(patterns))
        for t, text in enumerate(texts)
        for anywhere in (True, False)
    ]
    matched = 0
    for (e, t, at, anywhere), answer in zip(questions, _answers(grammar, texts, questions), strict=True):
        expected = _of_python(patterns[e], texts[t], at, anywhere)
        assert answer[: len(expected)] == expected, (patterns[e], texts[t], at, anywhere)
        matched += expected[0] >= 0
    return matched


def _texts(n: int, rng: np.random.Generator) -> list[str]:
    """Random letters, some from few kinds, some with phrases that the grammar knows."""
    texts = []
    for kind in rng.integers(3, size=n):
        run = _RUNS[rng.integers(len(_RUNS))]
        if kind == 0:
            run = "".join(rng.choice(list(run), size=5))
        texts.append(
            "".join(
                _PHRASES[rng.integers(len(_PHRASES))]
                if kind == 2 and rng.random() < 0.5
                else run[rng.integers(len(run))]
                for _ in range(rng.integers(45))
            )
        )
    return texts


_PATTERNS = [EXPRESSIONS[number] for number in range(len(EXPRESSIONS))]


def test_every_expression_of_the_grammar_finds_what_python_finds() -> None:
    rng = np.random.default_rng(1)
    with interpreted():
        assert _same_as_python(GRAMMAR, _PATTERNS, _texts(60, rng), rng) > 500


@pytest.mark.slow
def test_every_expression_compiled_finds_what_python_finds() -> None:
    rng = np.random.default_rng(2)
    with interpreted():
        if not compile_kernels():
            pytest.skip("no numba")
        assert _same_as_python(GRAMMAR, _PATTERNS, _texts(10_000, rng), rng) > 100_000


_ATOM = st.sampled_from(["a", "b", "c", "[ab]", "[^a]", ".", "[bc-]", r"\.", "(?:ab|c)", "(?:b|)"])
_TIMES = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,3}", "{2,}"])
_LOOK = st.sampled_from(["(?=a)", "(?=bc|a|\\Z)", "(?![ab])", "(?<=a)", "(?<=a|b)", "(?<!bc)", "^", "\\Z"])


def _repeated(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.lists(parts, min_size=1, max_size=3).map(lambda options: f"(?:{'|'.join(options)})")
    lazy = st.tuples(st.one_of(_ATOM, group), _TIMES, st.sampled_from(["", "?"]))
    atom = lazy.map(lambda part: part[0] + part[1] + (part[2] if part[1] else ""))
    return st.lists(st.one_of(atom, _LOOK), min_size=1, max_size=4).map("".join)


_PART = st.recursive(_ATOM, _repeated, max_leaves=8)


def _or_none(pattern: str) -> Grammar | None:
    """None where the pattern repeats what can be nothing, which the language leaves out."""
    try:
        return compiled([pattern])
    except ValueError as error:
        if "can be nothing" not in str(error):
            raise
        return None


@given(_PART, _PART, st.text("abc.-", max_size=12), st.booleans())
def test_an_expression_means_what_it_means_to_python(one: str, other: str, text: str, anywhere: bool) -> None:
    pattern = f"(?P<one>{one})(?P<other>{other})"
    grammar = _or_none(pattern)
    if grammar is None:
        return
    with interpreted():
        [found] = _answers(grammar, [text], [(0, 0, 0, anywhere)])
    assert found == _of_python(pattern, text, 0, anywhere)


@given(_PART, st.text("abc.-", max_size=12), st.text("abc", max_size=2), st.text("abc", max_size=2))
def test_what_lies_outside_a_text_is_not_seen(part: str, text: str, before: str, behind: str) -> None:
    grammar = _or_none(part + r"\Z")
    if grammar is None:
        return
    with interpreted():
        alone, between = (
            _answers(grammar, texts, [(0, texts.index(text) if texts[0] == text else 1, 0, True)])[0][WHOLE:FIRST]
            for texts in ([text], [before, text, behind])
        )
    assert alone == between


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(?:a|b?)*", "can be nothing"),
        ("[a-c]", "range"),
        ("(?:a", "left open"),
        ("a)", "unexpected"),
        ("(a)", "unexpected"),
        ("*a", "unexpected"),
        ("a\\", "ends in the middle"),
        ("[ab", "ends in the middle"),
        ("(?=a*)", "looked at"),
        ("(?:(?P<a>b)|c)", "inside another"),
        ("(?P<a>a)(?P<b>b)(?P<c>c)", "too many"),
    ],
)
def test_what_leaves_the_language_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        compiled([pattern])


def test_a_long_text_is_searched_in_one_pass_from_its_end() -> None:
    grammar = compiled([r"(?<!w)w+\Z"])
    letters = np.full(20_000, ord("w"), dtype=np.uint8)
    letters[:-5:2] = ord("x")
    with interpreted():
        answers = np.empty((1, SLOTS), dtype=np.int64)
        question = np.array([[0, 0, len(letters), 0, 1]])
        _ask(grammar.rules, grammar.sets, letters, question, grammar.work(100), answers)
    assert answers[0, :FIRST].tolist() == [19_995, 20_000]


# --- who reports what


def _tokens(sentences: list[list[tuple[str, str]]], clauses: list[tuple[int, bool]] | None = None) -> Tokens:
    """Sentences of (word, letter) as tokens; clauses: (number of tokens, main), else one a sentence."""
    vocabulary = Vocabulary()
    ids = vocabulary.numbers(word for sentence in sentences for word, _ in sentence)
    lengths = [len(sentence) for sentence in sentences]
    clauses = clauses or [(length, True) for length in lengths]
    none, numbers = np.zeros(len(ids), dtype=np.int32), np.arange(len(sentences), dtype=np.int32)
    parts = Sentences(
        numbers,
        numbers,
        numbers,
        numbers,
        numbers.astype(np.int8),
        numbers,
        first_token=np.cumsum([0, *lengths]),
        first_clause=np.arange(len(sentences) + 1),
    )
    return Tokens(
        vocabulary,
        ids,
        none,
        none,
        np.repeat(numbers, lengths).astype(np.int32),
        np.repeat(np.arange(len(clauses)), [n for n, _ in clauses]).astype(np.int32),
        np.array([main for _, main in clauses], dtype=bool),
        parts,
        Words(vocabulary, none, none, none, np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)),
        (),
        (),
    )


def _found(text: str, clauses: list[tuple[int, bool]] | None = None) -> list[str]:
    """Attributions of sentences written *word/letter word/letter …* (a lone letter is its own word), one a
    line, as *source · beside · cue · scope* in words."""
    sentences = [
        [(one.rpartition("/")[0] or one, one.rpartition("/")[2]) for one in line.split()] for line in text.splitlines()
    ]
    tokens = _tokens(sentences, clauses)
    letters = np.frombuffer("".join(letter for s in sentences for _, letter in s).encode("ascii"), dtype=np.uint8)
    found = attributions(tokens, letters)
    words = [word for sentence in sentences for word, _ in sentence]
    bounds = [(getattr(found, f"{span}_first"), getattr(found, f"{span}_last")) for span in _SPANS]
    return [
        " · ".join(" ".join(words[first[n] : last[n]]) for first, last in bounds) + (" →" if found.before[n] else "")
        for n in range(len(found))
    ]


_SPANS = ("source", "beside", "cue", "scope")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Doe/N said/s that/T sales/w rose/w .",
            ["Doe ·  · said · Doe said that sales rose . →"],
        ),
        (
            "Sales/w rose/w , said/s Doe/N , head/n of/O Acme/K .",
            ["Doe · , head of Acme · said · Sales rose , said Doe , head of Acme ."],
        ),
        (
            "Sales/w rose/w , Doe/N said/s on/f Monday/r .",
            ["Doe ·  · said on Monday . · Sales rose , Doe said on Monday ."],
        ),
        (
            "According/a to/i Doe/N , sales/w rose/w .",
            ["Doe ·  · According to · According to Doe , sales rose . →"],
        ),
        (
            "In/f Acme/K 's/' view/w , sales/w rose/w .",
            ["Acme ·  · In Acme 's view · In Acme 's view , sales rose . →"],
        ),
        (
            "Doe/N , head/n of/O Acme/K , argued/t that/T sales/w rose/w .",
            ["Doe · , head of Acme , · argued · Doe , head of Acme , argued that sales rose . →"],
        ),
        (
            "Acme/K has/b grown/w and/& said/s that/T sales/w rose/w .",
            ["Acme ·  · said · said that sales rose . →"],
        ),
        (
            "The/d Times/M quoted/w Doe/N as/C saying/g it/p fell/w .",
            ["Doe ·  · quoted Doe as saying · The Times quoted Doe as saying it fell . →"],
        ),
        ("The/d study/n shows/t that/T it/p fell/w .", ["The study ·  · shows · The study shows that it fell . →"]),
        ("Acme/K shows/t that/T it/p fell/w .", []),
        ("The/d firm/n shows/t that/T it/p fell/w .", []),
        ("Doe/N will/m say/s that/T it/p fell/w .", []),
        ("That/d said/s , sales/w rose/w .", []),
        ("Doe/N told/s Roe/N that/T it/p fell/w .", ["Doe ·  · told · Doe told Roe that it fell . →"]),
        ("", []),
    ],
)
def test_an_attribution_has_its_source_cue_and_scope(text: str, expected: list[str]) -> None:
    with interpreted():
        assert _found(text) == expected


def test_the_cue_of_a_subordinate_clause_covers_that_clause() -> None:
    text = "While/C Doe/N said/s it/p fell/w , sales/w rose/w ."
    with interpreted():
        assert _found(text, [(6, False), (3, True)]) == ["Doe ·  · said · While Doe said it fell , →"]


def test_of_nested_attributions_the_outer_one_counts() -> None:
    with interpreted():
        [outer] = _found("Doe/N said/s Acme/K believes/t that/T it/p fell/w .")
        assert outer.startswith("Doe")
        assert len(_found("Doe/N said/s so/w , but/c Acme/K believes/t that/T it/p fell/w .")) == 2


def _random(n: int, rng: np.random.Generator) -> tuple[Tokens, npt.NDArray[np.uint8]]:
    texts = _texts(n, rng)
    sentences = [[(_WORDS[rng.integers(len(_WORDS))], letter) for letter in text] for text in texts]
    clauses = []
    for text in texts:
        cut = int(rng.integers(len(text))) if text else 0
        clauses += [(part, bool(rng.random() < 0.6)) for part in (cut, len(text) - cut) if part]
    return _tokens(sentences, clauses or [(0, True)]), np.frombuffer("".join(texts).encode("ascii"), dtype=np.uint8)


def _rows(found: Attributions) -> list[list[int]]:
    columns = [getattr(found, field.name).tolist() for field in fields(found)]
    return [list(row) for row in zip(*columns, strict=True)]


def test_spans_lie_in_their_sentence_and_cues_in_order() -> None:
    tokens, letters = _random(150, np.random.default_rng(3))
    with interpreted():
        found = attributions(tokens, letters)
    bounds = tokens.sentences.first_token
    assert len(found) > 100
    order = list(zip(found.sentence, found.cue_first, found.cue_last, strict=True))
    assert order == sorted(order)
    for span in ("source", "cue", "scope"):
        first, last = getattr(found, f"{span}_first"), getattr(found, f"{span}_last")
        assert (bounds[found.sentence] <= first).all()
        assert (first < last).all()
        assert (last <= bounds[found.sentence + 1]).all()
    beside = found.beside_last > 0
    assert beside.any()
    assert (found.beside_first[beside] < found.beside_last[beside]).all()
    assert (found.beside_first[~beside] == 0).all()


def test_a_sentence_has_the_same_attributions_wherever_it_stands() -> None:
    texts = ["Doe/N said/s it/p fell/w .", "it/p fell/w .", "Sales/w rose/w , said/s Roe/N ."]
    with interpreted():
        alone = [line for text in texts for line in _found(text)]
        assert _found("\n".join(texts)) == alone


@pytest.mark.slow
def test_compiled_attributions_are_the_interpreted_ones() -> None:
    tokens, letters = _random(3000, np.random.default_rng(4))
    with interpreted():
        plain = _rows(attributions(tokens, letters))
        if not compile_kernels():
            pytest.skip("no numba")
        assert _rows(attributions(tokens, letters)) == plain
    assert len(plain) > 2000
