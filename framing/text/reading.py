"""The tool of this floor: labelled spans of characters to integer tokens, sentences and clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from framing.tables import ELIGIBLE, PARTS, Corpus, Sentences, Spans, Tokens
from framing.text.clauses import clauses
from framing.text.punkt import sentences
from framing.text.words import tokenise

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_WHOLE = frozenset({"heading", "related", "caption", "byline", "boilerplate", "headline"})
"""Parts that are one unit a line: nobody counts their sentences."""
_SCORED = frozenset({*ELIGIBLE, "title"})


@dataclass(frozen=True)
class Text:
    """Cuts spans into sentences (Punkt), sentences into clauses and tokens.

    ``longest``: a sentence of more characters is cut at white space (a page without full stops
    must not become one sentence of a megabyte).
    """

    longest: int = 5000

    def __call__(self, corpus: Corpus, spans: Spans) -> Tokens:
        """The token table of a shard; only scored sentences hold tokens."""
        texts = tuple(text or "" for text in corpus.column("text"))
        titles = tuple(title or "" for title in corpus.column("title"))
        found = self._sentences(texts, titles, spans)
        scored = np.isin(found["part"], [PARTS.index(p) for p in _SCORED])
        strings = [
            (titles if part == PARTS.index("title") else texts)[article][start:end]
            for article, start, end, part in zip(
                found["article"][scored],
                found["start"][scored],
                found["end"][scored],
                found["part"][scored],
                strict=True,
            )
        ]
        words = tokenise(strings)
        owner = np.flatnonzero(scored)
        sentence = owner[words.string] if len(owner) else words.string
        first_token = np.searchsorted(sentence, np.arange(len(scored) + 1)).astype(np.int64)
        lower = tuple(word.lower() for word in words.types)
        clause, main, first_clause = clauses(lower, words.ids, first_token)
        base = found["start"][sentence] if len(words.ids) else np.zeros(0, dtype=np.int32)
        return Tokens(
            types=words.types,
            lower=lower,
            ids=words.ids,
            start=(words.start + base).astype(np.int32),
            end=(words.end + base).astype(np.int32),
            sentence=sentence.astype(np.int32),
            clause=clause,
            clause_main=main,
            sentences=Sentences(**found, first_token=first_token, first_clause=first_clause),
            texts=texts,
            titles=titles,
        )

    def _sentences(self, texts: tuple[str, ...], titles: tuple[str, ...], spans: Spans) -> dict[str, np.ndarray]:
        rows: list[tuple[int, int, int, int, int, int]] = []
        paragraph, place = 0, 0
        for article, text in enumerate(texts):
            number = 0
            while place < len(spans.article) and spans.article[place] == article:
                low, high, part = int(spans.start[place]), int(spans.end[place]), int(spans.part[place])
                for start, end, new in self._cut(text, low, high, PARTS[part]):
                    paragraph += new
                    rows.append((article, number, start, end, part, paragraph))
                    number += 1
                place += 1
            title, part = titles[article], PARTS.index("title")
            paragraph += 1
            for start, end, _ in self._cut(title, 0, len(title), "title"):
                rows.append((article, number, start, end, part, paragraph))
                number += 1
            paragraph += 1
        table = np.array(rows, dtype=np.int32).reshape(-1, 6)
        names = ("article", "number", "start", "end", "part", "paragraph")
        columns = {name: table[:, i] for i, name in enumerate(names)}
        return columns | {"part": columns["part"].astype(np.int8)}

    def _cut(self, text: str, low: int, high: int, part: str) -> list[tuple[int, int, bool]]:
        """Sentences of one span: ``(start, end, starts a paragraph)``."""
        if part in _WHOLE:
            return [(low, high, True)]
        found: list[tuple[int, int, bool]] = []
        for start, end in _paragraphs(text, low, high):
            pieces = [p for s, e in sentences(text[start:end]) for p in self._short(text, start + s, start + e)]
            found += [(s, e, k == 0) for k, (s, e) in enumerate(pieces)]
        return found

    def _short(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        pieces = []
        while end - start > self.longest:
            at = max(text.rfind(" ", start, start + self.longest), text.rfind("\n", start, start + self.longest))
            at = at if at > start else start + self.longest
            pieces.append((start, at))
            start = at + len(text[at:end]) - len(text[at:end].lstrip())
        return [*pieces, (start, end)] if start < end else pieces


def _paragraphs(text: str, low: int, high: int) -> list[tuple[int, int]]:
    """A blank line ends a paragraph, whatever the span says."""
    spans, start = [], low
    for gap in _BLANK_LINE.finditer(text, low, high):
        if gap.start() > start:
            spans.append((start, gap.start()))
        start = gap.end()
    return [*spans, (start, high)] if start < high else spans
