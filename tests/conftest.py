"""What many rooms need: the shipped instruments, read once a session, and tables made from strings."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from framing.aggregate import Aggregate
from framing.axis import Axis
from framing.corpus import Whole, corpus_of
from framing.frames import Rules as Frames
from framing.lexicon import Lexicon
from framing.mentions import Finder
from framing.outlets import Outlets
from framing.roster import Companies, Groups
from framing.scoring import Scoring
from framing.sentiment import Rules as Sentiment
from framing.tables import Corpus, Mentions, Survey, Tokens
from framing.targets import Rules as Targets
from framing.text import Text
from framing.voice import Rules as Voice

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FOUNDING = ("progress_challenges", "self_reliance_dependence")

Article = str | Mapping[str, Any]
Articles = Article | Sequence[Article]
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True, repr=False)
class Instruments:
    """The shipped reference data."""

    axes: tuple[Axis, ...]
    lexicon: Lexicon
    companies: Companies
    groups: Groups
    outlets: Outlets
    finder: Finder

    def scoring(self, **changes: Any) -> Scoring:
        """The shipped tools, the whole of each text as body; ``changes`` replaces some."""
        tools: dict[str, Any] = {
            "clean": Whole(),
            "text": Text(),
            "roster": self.finder,
            "sentiment": Sentiment(self.lexicon),
            "frames": Frames(self.axes),
            "voice": Voice(),
            "targets": Targets(),
            "aggregate": Aggregate(),
            "axes": self.axes,
            "outlets": self.outlets,
        }
        return Scoring(**{**tools, **changes})


def corpus(articles: Articles) -> Corpus:
    """A corpus of strings, or of rows with the fields of the contract."""
    many = [articles] if isinstance(articles, (str, Mapping)) else articles
    rows = [{"text": a} if isinstance(a, str) else dict(a) for a in many]
    return corpus_of([{"id": f"a{i}"} | row for i, row in enumerate(rows)])


def token_table(articles: Articles) -> Tokens:
    """The tokens of strings or rows, each text one body."""
    given = corpus(articles)
    return Text()(given, Whole()(given, Survey()))


def no_mentions() -> Mentions:
    """A table in which nobody is named."""
    none = np.zeros(0, dtype=np.int32)
    return Mentions((), (), none, none, none, none, none, none, np.zeros(0, dtype=bool), ())


@pytest.fixture(scope="session")
def instruments() -> Instruments:
    """The shipped instruments, read once."""
    outlets = Outlets.read(ROOT / "data" / "outlets.csv")
    companies = Companies.read(ROOT / "data" / "companies.csv")
    groups = Groups.read(ROOT / "data" / "groups.csv")
    return Instruments(
        axes=tuple(Axis.read(ROOT / "conf" / "axis" / f"{name}.yaml") for name in FOUNDING),
        lexicon=Lexicon.read(ROOT / "data" / "lexicons" / "news.tsv"),
        companies=companies,
        groups=groups,
        outlets=outlets,
        finder=Finder(companies, groups, outlets),
    )


@pytest.fixture(scope="session")
def tokens() -> Callable[[Articles], Tokens]:
    """Makes a token table of strings."""
    return token_table


@pytest.fixture(scope="session")
def mentions(instruments: Instruments) -> Callable[[Articles], tuple[Tokens, Mentions]]:
    """Makes the tokens and the mentions of strings, by the shipped roster."""

    def found(articles: Articles) -> tuple[Tokens, Mentions]:
        table = token_table(articles)
        return table, instruments.finder(corpus(articles), table)

    return found


@pytest.fixture(scope="session")
def score(instruments: Instruments) -> Callable[..., Tables]:
    """Makes the score tables of strings as data frames; keywords replace tools."""

    def scored(articles: Articles, **changes: Any) -> Tables:
        made = instruments.scoring(**changes)(corpus(articles), Survey())
        return {name: table.to_pandas() for name, table in made.items()}

    return scored


def benchmark(name: str) -> Any:
    """A module of ``experiments/speed`` (it is no package: its folder is its home)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "experiments" / "speed"))
        return importlib.import_module(name)
