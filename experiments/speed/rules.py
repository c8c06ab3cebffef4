"""The curve of rules: what 100, 1,000 and 10,000 rules cost, where their words occur and where they do not.

``python experiments/speed/rules.py`` prints a Markdown table. Time is to grow with hits, not with rules.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from statistics import median

import generate
import numpy as np

from framing.corpus import Whole, corpus_of
from framing.kernel import compile_kernels
from framing.pattern import Pattern, parse
from framing.tables import Survey, Tokens
from framing.text import Matcher, Text

FORMS = ("{} {}", "{} ~3 {}", "({}|{}) {}", "{} {} {}", "{}", "({}|{}) ~2 ({}|{})", "{}* {}")
ARTICLES, ROUNDS, SIZES = 1000, 7, (100, 1_000, 10_000)
PEER = 20
"""Articles that plain regular expressions are tried on: they are slow."""


def made_rules(words: Sequence[str], seed: int = 0) -> Iterator[Pattern]:
    """Rules without end, of words drawn with ``seed``."""
    chance = np.random.default_rng(seed)
    while True:
        form = FORMS[chance.integers(len(FORMS))]
        yield parse(form.format(*(words[i] for i in chance.choice(len(words), form.count("{}"), replace=False))))


def words_of(tokens: Tokens) -> list[str]:
    """The words of four letters and more that occur."""
    return sorted({word for word in tokens.lower if word.isalpha() and len(word) > 3})


def seconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median CPU seconds, after one run that does not count."""
    run()
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        spent.append(time.process_time() - start)
    return median(spent)


def expressions(patterns: Sequence[Pattern], texts: Sequence[str]) -> Callable[[], int]:
    """One compiled ``re`` for each pattern, as users write it (gaps and forms as far as it can say them)."""
    compiled = [re.compile(rf"\b(?:{_expression(pattern.text)})\b") for pattern in patterns]
    return lambda: sum(len(one.findall(text)) for text in texts for one in compiled)


def _expression(text: str) -> str:
    """A pattern as a regular expression: ``~3`` is up to three words, ``*`` the rest of one."""
    parts = [
        rf"(?:\w+ ){{0,{part[1:]}}}" if part[0] == "~" else part.replace("*", r"\w*") + " " for part in text.split()
    ]
    return "".join(parts).rstrip()


def main() -> None:
    """Prints the table."""
    compile_kernels()
    articles = list(generate.articles(ARTICLES, 1))
    corpus = corpus_of(articles)
    tokens = Text()(corpus, Whole()(corpus, Survey()))
    words = words_of(tokens)
    texts = [article["text"].lower() for article in articles[:PEER]]
    print("| rules | hits an article | µs an article | µs, of words that do not occur | µs, one `re` each |")
    print("|---:|---:|---:|---:|---:|")
    for size in SIZES:
        rules = list(islice(made_rules(words), size))
        strange = list(islice(made_rules([f"{word}q" for word in words], seed=1), size))
        found, absent = Matcher(rules), Matcher(strange)
        cost = seconds(lambda found=found: found(tokens)) / ARTICLES
        nothing = seconds(lambda absent=absent: absent(tokens)) / ARTICLES
        peer = seconds(expressions(rules, texts), 1) / PEER
        hits = len(found(tokens)) / ARTICLES
        print(f"| {size:,} | {hits:.1f} | {1e6 * cost:.1f} | {1e6 * nothing:.1f} | {1e6 * peer:,.0f} |", flush=True)
    print(f"\n{ARTICLES:,} articles, {len(tokens) / ARTICLES:.0f} tokens each, {len(np.unique(tokens.ids)):,} types")


if __name__ == "__main__":
    main()
