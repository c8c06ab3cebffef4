"""The tool of this floor: labelled spans of characters to integer tokens, sentences and clauses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framing.tables import ELIGIBLE, PARTS, Corpus, Sentences, Spans, Tokens, Words
from framing.text.clauses import clauses
from framing.text.sentences import cut
from framing.text.words import Encoder, Spelt, spell_tokens
from framing.vocabulary import Vocabulary

_SCORED = [PARTS.index(part) for part in (*ELIGIBLE, "title")]
MOST_SPELLINGS, MOST_BYTES = 1_000_000, 32_000_000
"""Vocabularies of more spellings, or of longer ones (a script without spaces), are let go, so that memory does not
grow with the corpus."""


@dataclass(frozen=True)
class Text:
    """Cuts spans into sentences (Punkt), sentences into clauses and tokens.

    ``longest``: a sentence of more characters is cut at white space (a page without full stops
    must not become one sentence of a megabyte).
    """

    longest: int = 5000

    @cached_property
    def _known(self) -> list[_Spellings]:
        """One entry: the spellings met so far in this process."""
        return [_Spellings()]

    def __call__(self, corpus: Corpus, spans: Spans) -> Tokens:
        """The token table of a shard; only scored sentences hold tokens."""
        if self._known[0].too_many:
            self._known[0] = _Spellings()
        known = self._known[0]
        columns_of: Any = corpus.table.column
        given: list[Any] = [pc.fill_null(columns_of(name).combine_chunks(), "") for name in ("text", "title")]
        texts, titles = (tuple(column.to_pylist()) for column in given)
        found = cut(known.encode(pa.concat_arrays(given)), spans, texts, titles, self.longest)
        words, columns = found.words, found.columns
        bounds, rows = known.words.lists(known.spelt)
        scored = np.isin(columns["part"], _SCORED)
        tokens = spell_tokens(words, found.first, scored, bounds, rows)
        first_token = tokens.first_token[found.first]
        clause, main, first_clause = clauses(known.tokens, tokens.ids, first_token)
        return Tokens(
            vocabulary=known.tokens,
            ids=tokens.ids,
            start=tokens.start,
            end=tokens.end,
            sentence=tokens.sentence,
            clause=clause,
            clause_main=main,
            sentences=Sentences(**columns, first_token=first_token, first_clause=first_clause),
            words=Words(
                vocabulary=known.words,
                ids=words.ids,
                start=words.start,
                end=words.end,
                first=found.first,
                first_token=tokens.first_token,
            ),
            texts=texts,
            titles=titles,
        )


class _Spellings:
    """The words and tokens met so far."""

    def __init__(self) -> None:
        self.words, self.tokens = Vocabulary(), Vocabulary()
        self.encode = Encoder(self.words)
        self.spelt = Spelt(self.tokens)

    @property
    def too_many(self) -> bool:
        """True where they should be forgotten."""
        both = self.words, self.tokens
        return max(map(len, both)) > MOST_SPELLINGS or sum(known.n_bytes for known in both) > MOST_BYTES
