"""The package from Python: ``framing.read(text)`` and what it found, also as a notebook view."""

from __future__ import annotations

import functools
import html
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from framing.corpus.rows import FIELDS
from framing.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from framing.scoring import Scoring

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
"""Okabe & Ito (2008), safe for the colour-blind; a pole's name stands beside its colour."""


@dataclass(frozen=True)
class Reading:
    """What was found in some articles, as DataFrames with the columns of a run's files.

    ``articles``, ``sentences``, ``mentions``, ``evidence``, ``scores``; offsets count characters of
    the text (or of the title) as given. In a notebook it shows the text with its cues marked.
    """

    articles: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    evidence: pd.DataFrame
    scores: pd.DataFrame
    texts: Mapping[str, str]

    def __repr__(self) -> str:
        n = {name: len(getattr(self, name)) for name in ("articles", "sentences", "mentions", "evidence")}
        return f"<Reading: {', '.join(f'{count} {name}' for name, count in n.items())}>"

    def _repr_html_(self) -> str:
        poles = [str(m) for m in dict.fromkeys(self.evidence["measure"]) if m != "tone"]
        colour = dict(zip(poles, _COLOURS, strict=False))
        key = " ".join(_mark(pole.replace("_", "-"), colour.get(pole, "#666"), "", "") for pole in poles)
        rows = self.articles.to_dict("records")
        shown = [f"<hr>{_heading(row)}{self._article(str(row['article']), colour)}" for row in rows]
        return f"<div style='line-height:1.7;max-width:46em'><p>{key}</p>{''.join(shown)}</div>"

    def _article(self, article: str, colour: Mapping[str, str]) -> str:
        text = self.texts[article]
        s = self.sentences[self.sentences["article"] == article]
        cues = self.evidence[(self.evidence["article"] == article) & (self.evidence["measure"] != "tone")]
        body = s[s["part"] != "title"]
        cues = cues[cues["sentence"].isin(body["sentence"])]
        pieces, at = [], 0
        for start, group in cues.groupby("start", sort=True):
            begin, end = int(str(start)), int(group["end"].max())
            if begin < at:  # a cue inside another one is named in that one's tooltip only
                continue
            pieces.append(_plain(text[at:begin]))
            first = group.iloc[0]
            pieces.append(
                _mark(text[begin:end], colour.get(first["measure"], "#666"), _tooltip(group), first["measure"])
            )
            at = end
        return f"<p>{''.join(pieces)}{_plain(text[at:])}</p>"


def _heading(article: dict[Hashable, Any]) -> str:
    parts = [str(article[key]) for key in ("outlet", "date", "title") if isinstance(article[key], str)]
    return f"<p><b>{_plain(' · '.join(parts))}</b></p>" if parts else ""


def _plain(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _mark(text: str, colour: str, tip: str, label: str) -> str:
    style = f"background:none;border-bottom:3px solid {colour};color:inherit"
    return (
        f"<mark style='{style}' title='{html.escape(tip, quote=True)}'>{_plain(text)}</mark>"
        f"<sub style='color:{colour}'>{html.escape(label.replace('_', '-')) if tip else ''}</sub>"
    )


def _tooltip(cues: pd.DataFrame) -> str:
    return "; ".join(
        f"{str(c['measure']).replace('_', '-')} {c['amount']:g} ({c['modality']}{', negated' if c['negated'] else ''}) "
        f"of {c['actor'] if isinstance(c['actor'], str) else 'nobody named'}, voice: {c['voice']}"
        + (f" ({c['speaker']})" if isinstance(c["speaker"], str) else "")
        for c in cues.to_dict("records")
    )


def read(articles: str | Iterable[Mapping[str, Any]] | pd.DataFrame, **fields: Any) -> Reading:
    """Read a text, a list of dicts or a DataFrame and return what was found in it.

    ``fields`` of a single text: ``id, outlet, date, title, url, byline`` …, as in the contract of
    corpus files. Raises InputError where an article has no text.
    """
    from framing.corpus import corpus_of
    from framing.tables import Survey

    scoring = _scoring()
    corpus = corpus_of(_rows(articles, fields), names=scoring.outlets)
    found = {name: table.to_pandas() for name, table in scoring(corpus, Survey()).items()}
    texts = dict(zip(corpus.column("article"), corpus.column("text"), strict=True))
    return Reading(texts=texts, **found)


def _rows(articles: Any, fields: dict[str, Any]) -> list[Mapping[str, Any]]:
    if isinstance(articles, str):
        for name in set(fields) - set(FIELDS):
            raise InputError(f"{name}: no field of an article; known: {', '.join(FIELDS)}")
        return [{"text": articles, **fields}]
    if fields:
        raise InputError(f"{', '.join(fields)}: fields go with a single text; put them into each article's dict")
    if hasattr(articles, "columns") and "text" not in articles.columns:
        raise InputError(f"the DataFrame has no column 'text'; it has {', '.join(map(str, articles.columns))}")
    if hasattr(articles, "to_dict") and hasattr(articles, "columns"):
        return [{k: v for k, v in row.items() if v == v} for row in articles.to_dict("records")]
    rows = list(articles) if isinstance(articles, Iterable) else [articles]
    if not all(isinstance(row, Mapping) for row in rows):
        raise InputError("expected a text, a list of dicts with a text each, or a DataFrame with a text column")
    return rows


@functools.cache
def _scoring() -> Scoring:
    """The shipped tools of ``experiment=scores``, built once a process."""
    from framing.cli import compose, door
    from framing.cli.folders import folders

    found = folders()
    with compose.composer(found) as hydra:
        config = compose.single(hydra, compose.forced(hydra, ["experiment=scores", "corpus.path=-"], found.groups()))
        settings = compose.plain(config)
    experiment = door.experiment(settings, found, "read")
    scoring: Scoring = experiment.scoring
    return scoring
