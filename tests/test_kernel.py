"""Kernels run as they are or compiled, with the same result; where their machine code is kept."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from framing.kernel import Kernel, compile_kernels, compiles, inlined, interpreted, jit, kernel, worth_compiling
from framing.kernel.match import KEPT, longest
from framing.pattern import spell, split
from framing.text.words import Encoder, Spelt, spell_tokens
from framing.vocabulary import Array, Batch, Lookup, Vocabulary, WordLists


@inlined
def _twice(x: int) -> int:
    return 2 * x


@kernel("i8[:], out i8[:], i8")
def _scaled(values: Array, out: Array, by: int) -> int:
    total = 0
    for i in range(len(values)):
        out[i] = _twice(values[i]) * by
        total += out[i]
    return total


@pytest.fixture(params=[False, True], ids=["interpreted", "compiled"])
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways to run kernels; the suite runs without numba as well."""
    if not request.param:
        with interpreted():
            yield
    elif compile_kernels():
        yield
    else:
        pytest.skip("numba is not here")


@pytest.fixture
def fast() -> None:
    """Kernels are compiled."""
    if not compile_kernels():
        pytest.skip("numba is not here")


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """As in a process that has compiled nothing yet, with a cache of its own."""
    monkeypatch.setattr(jit, "_numba", None)
    monkeypatch.setattr(jit, "_broken", False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    jit._folders.cache_clear()
    yield tmp_path / "cache"
    jit._folders.cache_clear()


@pytest.mark.usefixtures("way")
def test_a_kernel_gives_the_same_both_ways_and_takes_only_what_it_declares() -> None:
    values, out = np.arange(6, dtype=np.int64), np.zeros(3, dtype=np.int64)
    assert _scaled(values[::2], out, 3) == 36  # an array with gaps is copied
    assert out.tolist() == [0, 12, 24]
    with pytest.raises(TypeError, match="int64, 1-d, got int32"):
        _scaled(values.astype(np.int32), out, 3)
    with pytest.raises(TypeError, match="must be contiguous"):
        _scaled(values[:3], values[::2], 3)
    with pytest.raises(TypeError, match="takes 3 arguments"):
        _scaled(values, out)


def test_interpreted_is_undone_at_its_end(fast: None) -> None:
    with interpreted():
        assert not compiles()
    assert compiles()


def test_compiling_is_announced_once_and_its_result_kept(fast: None, anew: Path) -> None:
    said: list[str] = []
    assert not worth_compiling(jit.COMPILED_FROM)
    assert worth_compiling(jit.COMPILE_FROM)
    assert compile_kernels(said.append)
    (line,) = said
    assert str(anew) in line and "once" in line
    fresh = Kernel(longest.plain, "i8[:], i8[:], i8[:], out i1[:]", allocates=False)
    state = np.zeros(1, dtype=np.int8)
    fresh(np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64), np.zeros(1, dtype=np.int64), state)
    assert state.tolist() == [KEPT]
    assert list(anew.rglob("*.nbi"))
    jit._numba = None
    said.clear()
    assert worth_compiling(jit.COMPILED_FROM)  # what is there already is soon worth loading
    assert compile_kernels(said.append) and said == []


def test_without_numba_one_line_says_so_and_the_numbers_are_the_same(
    anew: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    said: list[str] = []
    assert not compile_kernels(said.append)
    assert not compile_kernels(said.append)
    assert len(said) == 1 and "numba" in said[0] and "the numbers are the same" in said[0]
    assert _scaled(np.ones(2, dtype=np.int64), np.zeros(2, dtype=np.int64), 1) == 4


@pytest.mark.parametrize("broken", ["njit", "DISABLE_JIT"])
def test_a_numba_that_is_broken_later_is_done_without(
    fast: None, anew: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    import numba

    def njit(*_: object, **__: object) -> None:
        raise RuntimeError("no such processor")

    monkeypatch.setattr(*((numba, "njit", njit) if broken == "njit" else (numba.config, "DISABLE_JIT", 1)))
    said: list[str] = []
    compile_kernels(said.append)
    fresh = Kernel(_scaled.plain, "i8[:], out i8[:], i8")
    assert fresh(np.ones(2, dtype=np.int64), np.zeros(2, dtype=np.int64), 1) == 4
    assert not compile_kernels(said.append) and not compiles()
    assert len([line for line in said if "the numbers are the same" in line]) == 1


def test_a_user_without_a_home_has_a_cache_all_the_same(anew: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", home)
    jit._folders.cache_clear()
    assert worth_compiling(jit.COMPILE_FROM)
    assert all(folder.is_relative_to(tempfile.gettempdir()) for folder in jit._folders())


@pytest.mark.parametrize("fault", ["a file stands there", "others can write to it"])
def test_a_cache_that_cannot_be_used_is_replaced_by_a_temporary_one(
    anew: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: str
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    jit._folders.cache_clear()
    if fault == "a file stands there":
        anew.write_text("")
    else:
        (anew / "framing-analysis").mkdir(parents=True)
        (anew / "framing-analysis").chmod(0o777)
    said: list[str] = []
    folder = jit.cache_folder(said.append)
    assert folder.is_relative_to(temporary)
    assert oct(folder.stat().st_mode)[-3:] == "700"
    assert len(said) == 1 and "cannot be written" in said[0] and str(folder) in said[0]


def test_a_umask_that_lets_a_group_write_does_not_matter(anew: Path) -> None:
    before = os.umask(0o002)
    try:
        said: list[str] = []
        assert jit.cache_folder(said.append).is_relative_to(anew) and said == []
    finally:
        os.umask(before)


# --- words and tokens -----------------------------------------------------------------------------

_BLANKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000"
_NO_BLANKS = "\u200b\ufeff\u180e\u2060\ue000\u20ac\u0080"
_STRINGS = [
    "",
    " ",
    "Acme’s (second) plant, isn't it?",
    *(f"a{blank}b" for blank in _BLANKS),
    *(f"a{other}b" for other in _NO_BLANKS),
    "…\u00a0“Größe”—naïve 😀x é\u0301",
    "x" * 5000,
    "\n".join(f"word{i}" for i in range(3000)),
]


def _generated(n: int) -> list[str]:
    random = np.random.default_rng(7)
    letters = list("ab'’s.-&,:;!?()“”‘\"S1 20é—$%[]…_/@–")
    return ["".join(random.choice(letters, size=40)) for _ in range(n)]


def _encoded(strings: list[str]) -> list[tuple[str, int, int, int]]:
    found = Encoder(Vocabulary())(pa.array(strings, type=pa.string()))
    columns = (found.ids.tolist(), found.start.tolist(), found.end.tolist(), found.string.tolist())
    return [(found.vocabulary.spellings[i], a, b, s) for i, a, b, s in zip(*columns, strict=True)]


@pytest.mark.usefixtures("way")
def test_words_are_what_split_finds_with_offsets_in_characters() -> None:
    strings = [*_STRINGS, *_generated(400)]
    found = _encoded(strings)
    assert [(w, s) for w, _, _, s in found] == [(w, s) for s, text in enumerate(strings) for w in text.split()]
    assert all(strings[s][a:b] == w for w, a, b, s in found)


def test_a_vocabulary_goes_on_through_both_ways_and_other_sources(fast: None) -> None:
    vocabulary = Vocabulary()
    encode = Encoder(vocabulary)
    with interpreted():
        encode(pa.array(["one two"], type=pa.string()))
    assert vocabulary.number("three") == 2
    assert encode(pa.array(["three one four", "two"], type=pa.string())).ids.tolist() == [2, 0, 3, 1]
    assert vocabulary.find("four") == 3 and vocabulary.find("five") is None
    assert vocabulary.lower == vocabulary.spellings == ["one", "two", "three", "four"]


def test_long_words_that_end_alike_are_told_apart_at_once(fast: None) -> None:
    words = [f"https://example.com/{i}/story?utm_source=rss&utm_medium=feed" for i in range(30_000)]
    found = Encoder(Vocabulary())(pa.array([" ".join(words), words[7]], type=pa.string()))
    assert found.ids.tolist() == [*range(30_000), 7]


def test_many_strings_in_a_sliced_array(fast: None) -> None:
    strings = pa.array([f"w{i} w{i + 1}" for i in range(5000)], type=pa.string())
    vocabulary = Vocabulary()
    assert len(Encoder(vocabulary)(strings.slice(4000, 10))) == 20
    assert vocabulary.spellings == [f"w{i}" for i in range(4000, 4011)]


def _tokens_of(words: list[str]) -> list[list[tuple[str, int, int]]]:
    vocabulary, tokens = Vocabulary(), Vocabulary()
    vocabulary.extend(pa.array(words, type=pa.string()))
    bounds, rows = vocabulary.lists(Spelt(tokens))
    return [
        [(tokens.spellings[n], a, b) for n, a, b in rows[bounds[i] : bounds[i + 1]].tolist()] for i in range(len(words))
    ]


def test_plain_words_fall_into_the_tokens_that_the_pattern_gives(fast: None) -> None:
    joined = " ".join([*_STRINGS, *_generated(4000), "'s 'S-x O'S U.S.’s AT&T, 1,000). 3.5% (2019’s -- a..b ''so"])
    words = sorted(set(joined.split()))
    expected = [[(spell(w[a:b]), a, b) for a, b in split(w)] for w in words]
    assert _tokens_of(words) == expected
    with interpreted():
        assert _tokens_of(words) == expected


def test_tokens_of_scored_sentences_both_ways(fast: None) -> None:
    strings = pa.array(_generated(60), type=pa.string())
    vocabulary = Vocabulary()
    words = Encoder(vocabulary)(strings)
    bounds, rows = vocabulary.lists(Spelt(Vocabulary()))
    first = np.searchsorted(words.string, np.arange(len(strings) + 1)).astype(np.int64)
    scored = np.arange(len(strings)) % 3 != 0
    compiled = spell_tokens(words, first, scored, bounds, rows)
    with interpreted():
        plain = spell_tokens(words, first, scored, bounds, rows)
    for name in ("ids", "start", "end", "sentence", "first_token"):
        a, b = getattr(compiled, name), getattr(plain, name)
        assert a.dtype == b.dtype and (a == b).all(), name
    assert set(compiled.sentence.tolist()) <= set(np.flatnonzero(scored).tolist())


# --- the vocabulary -------------------------------------------------------------------------------


def test_a_trait_is_computed_once_a_spelling() -> None:
    asked: list[list[str]] = []

    def length(batch: Batch) -> Array:
        asked.append(batch.spellings)
        return np.array([len(s) for s in batch.spellings], dtype=np.int64)

    def letters(batch: Batch) -> tuple[Array, Array]:
        codes = [ord(c) for s in batch.spellings for c in s]
        return np.array([len(s) for s in batch.spellings]), np.array(codes, dtype=np.int32)

    vocabulary = Vocabulary()
    assert vocabulary.trait(length).tolist() == []
    vocabulary.numbers(["a", "bc", "a"])
    assert vocabulary.trait(length).tolist() == [1, 2]
    assert vocabulary.lists(letters)[1].tolist() == [97, 98, 99]
    vocabulary.numbers(["bc", "d"] + [f"x{i}" for i in range(3000)])
    assert vocabulary.trait(length)[:4].tolist() == [1, 2, 1, 2]
    bounds, entries = vocabulary.lists(letters)
    assert entries[bounds[2] : bounds[3]].tolist() == [100]
    assert sum(map(len, asked)) == len(vocabulary) == 3003


def test_word_lists_look_at_lower_case_and_add_bits() -> None:
    vocabulary = Vocabulary()
    vocabulary.numbers(["May", "may", "shall", "might"])
    assert vocabulary.trait(WordLists({1: ["may", "might"], 2: ["may"]})).tolist() == [3, 3, 0, 1]


def test_few_words_and_many_are_looked_up_alike() -> None:
    numbers = {f"word{i}": i + 1 for i in range(300)}
    words = pa.array([*numbers, *(f"{word}x" for word in numbers)], type=pa.string())
    lookup = Lookup(numbers)
    few = [lookup(words[i : i + 50]) for i in range(0, 600, 50)]
    assert lookup(words).tolist() == np.concatenate(few).tolist() == [*numbers.values(), *[0] * 300]
    assert Lookup({})(words).tolist() == [0] * 600 and lookup(words[:0]).tolist() == []
