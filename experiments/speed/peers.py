"""What others use for parts of the same work, each as a function of texts that is run for its time.

``naive`` is what users write today: nltk's Punkt, vaderSentiment, one regular expression a pattern.
``competent`` joins the patterns: hyperscan where it can be imported, else one alternation.
"""

from __future__ import annotations

import importlib.util
import itertools
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from framing.axis import Axis
from framing.pattern import inflections

Peer = Callable[[list[str]], object]
"""Reads texts (or, where its name says so, sentences) and is timed; what it returns is thrown away."""


def peers(axes: Iterable[Axis]) -> dict[str, Peer]:
    """The peers that can run here, by name."""
    patterns = [regex(pattern.text) for axis in axes for rule in axis.rules for pattern in rule.match]
    return {
        "naive": naive(patterns),
        "competent": competent(patterns),
        "vaderSentiment": vader_sentiment(),
        "nltk": nltk_vader(),
    }


def naive(patterns: list[str]) -> Peer:
    """Punkt, then vaderSentiment and every pattern on every sentence."""
    split, scores = punkt(), vader()
    compiled = [re.compile(pattern) for pattern in patterns]

    def run(texts: list[str]) -> list[Any]:
        return [
            (scores(sentence), [match.span() for pattern in compiled for match in pattern.finditer(sentence.lower())])
            for text in texts
            for sentence in split(text)
        ]

    return run


def competent(patterns: list[str]) -> Peer:
    """Punkt, vaderSentiment, and all patterns at once."""
    split, scores, search = punkt(), vader(), together(patterns)

    def run(texts: list[str]) -> list[Any]:
        return [(scores(sentence), search(sentence.lower())) for text in texts for sentence in split(text)]

    return run


def vader_sentiment() -> Peer:
    """vaderSentiment alone; its texts are sentences already."""
    scores = vader()
    return lambda sentences: [scores(sentence) for sentence in sentences]


def nltk_vader() -> Peer:
    """nltk's VADER alone, with vaderSentiment's lexicon (nltk downloads its own); its texts are sentences."""
    from nltk.sentiment import vader as module

    analyzer: Any = object.__new__(module.SentimentIntensityAnalyzer)  # its __init__ looks for nltk's data
    analyzer.lexicon_file = (_installed("vaderSentiment") / "vader_lexicon.txt").read_text(encoding="utf-8")
    analyzer.constants = module.VaderConstants()
    analyzer.lexicon = analyzer.make_lex_dict()
    return lambda sentences: [analyzer.polarity_scores(sentence) for sentence in sentences]


def punkt() -> Callable[[str], list[str]]:
    """nltk's Punkt with its shipped defaults; it needs no trained model to be timed."""
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    split: Callable[[str], list[str]] = PunktSentenceTokenizer().tokenize
    return split


def vader() -> Callable[[str], dict[str, float]]:
    """``polarity_scores`` of vaderSentiment."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    scores: Callable[[str], dict[str, float]] = SentimentIntensityAnalyzer().polarity_scores
    return scores


def together(patterns: list[str]) -> Callable[[str], list[Any]]:
    """All places where one of the patterns matches: hyperscan, or one alternation of ``re``."""
    if importlib.util.find_spec("hyperscan") is None:
        compiled = re.compile("|".join(patterns))
        return lambda sentence: [match.span() for match in compiled.finditer(sentence)]
    import hyperscan  # type: ignore[import-not-found]

    database = hyperscan.Database()
    flags = [hyperscan.HS_FLAG_SINGLEMATCH] * len(patterns)  # whether a pattern is there, not where
    database.compile(expressions=[p.encode() for p in patterns], ids=list(range(len(patterns))), flags=flags)
    scratch = hyperscan.Scratch(database)

    def search(sentence: str) -> list[Any]:
        found: list[Any] = []
        database.scan(sentence.encode(), lambda i, start, end, *_: found.append((i, start, end)), scratch=scratch)
        return found

    return search


def joined() -> str:
    """How ``competent`` joins the patterns."""
    return "hyperscan" if importlib.util.find_spec("hyperscan") else "one alternation"


def regex(text: str) -> str:
    """A pattern of the axis language as the regular expression that a user would write, for lower-case text.

    ``re`` is faster so than with ``IGNORECASE``; capital letters in a pattern lose their meaning.
    """
    written, space, gap = "", "", ""
    for group, number, word in re.findall(r"\(([^()]*)\)|~(\d+)|(\S+)", text):
        if number:
            gap = rf"(?:\S+\s+){{0,{number}}}"
            continue
        choices = [choice.strip() for choice in (group.split("|") if group else [word])]
        body = "(?:" + "|".join(_phrase(choice) for choice in choices if choice) + ")"
        space = r"\s*" if space and body.startswith("(?:'") else space  # "the country's"
        if "" in choices:
            written += f"(?:{space}{gap}{body})?" if space else rf"(?:{body}\s+)?"
        else:
            written += space + gap + body
            space = r"\s+"
        gap = ""
    return rf"\b(?:{written})\b"


def _phrase(phrase: str) -> str:
    return r"\s+".join(_word(word) for word in phrase.split()).replace(r"\s+'", "'")


def _word(word: str) -> str:
    if word.endswith("+") and len(word) > 1:
        return f"(?:{'|'.join(map(re.escape, inflections(word[:-1].lower())))})"
    return r"\S*".join(map(re.escape, word.lower().split("*")))


def quanteda(path: Path, words: list[str]) -> float | None:
    """CPU seconds of quanteda's tokens and a dictionary look-up on a file of one text a line; None without R."""
    if shutil.which("Rscript") is None:
        return None
    script = (
        "suppressMessages(library(quanteda)); quanteda_options(threads = 1); a <- commandArgs(TRUE);"
        "t <- readLines(a[1], encoding = 'UTF-8'); d <- dictionary(list(a = readLines(a[2])));"
        "s <- proc.time(); x <- tokens_lookup(tokens(t), d); e <- proc.time() - s; cat(e[[1]] + e[[2]])"
    )
    listed = path.with_suffix(".words")
    listed.write_text("\n".join(words), encoding="utf-8")
    done = subprocess.run(["Rscript", "-e", script, path, listed], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return float(done.stdout) if done.returncode == 0 else None


def terms(axes: Iterable[Axis]) -> list[str]:
    """The single words of the axes, as a dictionary for quanteda."""
    elements = (
        sequence[0].words
        for axis in axes
        for rule in axis.rules
        for pattern in rule.match
        for sequence in pattern.sequences
        if len(sequence) == 1
    )
    return sorted(set(itertools.chain.from_iterable(elements)))


def _installed(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent
