"""The tables that flow from floor to floor: frozen data with declared columns, no opinions.

Two kinds. *Inside* a shard, tables are frozen dataclasses of numpy arrays (one entry a token, a
sentence, a cue), because a scorer works on integers. *Outside*, tables are Arrow tables with the
schemas at the end of this file; they are what a run folder holds.

Amounts are whole numbers of ten-thousandths (``SCALE``), so that sums are exact in any order.

One long file on purpose: whoever asks what a column holds has one place to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from framing.vocabulary import Vocabulary

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]

SCALE = 10_000
"""Amounts per unit: a pole of 0.25 is the integer 2500, a tone of −0.4215 is −4215."""

PARTS = ("headline", "lead", "body", "heading", "caption", "byline", "related", "boilerplate", "title")
"""What a span of an article is; ``title`` is the article's own title field."""
_TITLE = PARTS.index("title")
ELIGIBLE = ("lead", "body")
"""The parts whose sentences count (codebook, Units)."""
VOICES = ("outlet", "quote", "paraphrase", "medium")
"""In whose voice a clause speaks."""
VOICE_GROUPS = {
    "all": VOICES,
    "outlet": ("outlet",),
    "sources": ("quote", "paraphrase", "medium"),
    "quote": ("quote",),
    "paraphrase": ("paraphrase",),
    "medium": ("medium",),
}
"""The voices of the score tables; they overlap, so ``all`` is no sum of the others."""
KINDS = ("company", "country", "sector", "group")
"""Kinds of actor."""
MODALITIES = ("asserted", "hedged", "intent", "need", "conditional", "question", "presupposed")
"""How a claim is made; every one but ``asserted`` weighs ``frames.hedge``."""
TONE = "tone"
"""The measure name of sentiment cues, beside the names of the poles."""


@dataclass(frozen=True)
class Corpus:
    """Articles as given: one Arrow table with the columns of ``ARTICLE_INPUT``, then the kept ones."""

    table: pa.Table

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def column(self, name: str) -> list[Any]:
        """The values of one column as Python objects (None where missing)."""
        values: list[Any] = self.table.column(name).to_pylist()
        return values

    @property
    def kept(self) -> tuple[str, ...]:
        """Names of the further columns that ``corpus.keep`` carries."""
        return tuple(name for name in self.table.column_names if name not in ARTICLE_INPUT.names)


@dataclass(frozen=True)
class Flow:
    """Rows of ``flow.csv``: ``(stage, reason, documents, sentences)``."""

    rows: tuple[tuple[str, str, int, int], ...] = ()

    def __add__(self, other: Flow) -> Flow:
        return Flow(self.rows + other.rows)


@dataclass(frozen=True)
class Survey:
    """What only the whole corpus knows, found in a first pass and frozen; ``Survey()`` is empty.

    ``repeated``: outlet → hashes (64-bit) of lines that recur in its articles.
    ``story``/``copy``: article id → story id and ``original``, ``reprint`` or ``rewrite``; an
    article that is missing is its own story.
    ``dropped``: positions (row numbers of the whole corpus, from 0) of rows left out as duplicates.
    """

    repeated: dict[str, frozenset[int]] = field(default_factory=dict)
    story: dict[str, str] = field(default_factory=dict)
    copy: dict[str, str] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Spans:
    """Labelled spans of the texts of a shard, in order; offsets are characters into the text as given.

    article: row in the shard · start, end: characters · part: index into ``PARTS``. Spans hold whole
    paragraphs or lines without surrounding white space; they do not overlap and never leave the text.
    """

    article: Ints
    start: Ints
    end: Ints
    part: Bytes


@dataclass(frozen=True)
class Sentences:
    """One entry a sentence, by article, then text sentences by position, then title sentences.

    article: row in the shard · number: 0, 1, … within the article (title sentences last) ·
    start, end: characters into the text (or the title) · part: index into ``PARTS`` ·
    paragraph: number of the paragraph within the shard · first_token: tokens of sentence *i* are
    ``first_token[i]:first_token[i + 1]`` (empty where the sentence is not scored) · first_clause:
    the same for clauses.
    """

    article: Ints
    number: Ints
    start: Ints
    end: Ints
    part: Bytes
    paragraph: Ints
    first_token: Longs
    first_clause: Longs

    def __len__(self) -> int:
        return len(self.article)

    @property
    def eligible(self) -> Bools:
        """True where the sentence counts: lead and body."""
        return np.isin(self.part, [PARTS.index(p) for p in ELIGIBLE])

    @property
    def title(self) -> Bools:
        """True where the offsets point into the article's title."""
        mask: Bools = self.part == _TITLE
        return mask

    @property
    def scored(self) -> Bools:
        """True where tokens are looked at: eligible sentences and titles."""
        return self.eligible | self.title


@dataclass(frozen=True)
class Words:
    """What white space separates (the unit of VADER and Punkt), of all sentences of a shard in order.

    ids: number in ``vocabulary``, case and punctuation kept · start, end: characters into the text
    or title · first: words of sentence *i* are ``first[i]:first[i + 1]`` · first_token: tokens of
    word *w* are ``first_token[w]:first_token[w + 1]`` (none in a sentence that is not scored).
    """

    vocabulary: Vocabulary
    ids: Ints
    start: Ints
    end: Ints
    first: Longs
    first_token: Longs

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Tokens:
    """The tokens of all scored sentences of a shard as integers: words without their punctuation.

    ids: number of each token in ``vocabulary`` (curly apostrophes straightened, case kept) ·
    start, end: characters into the text or title · sentence, clause: number of each token's
    sentence and clause in the shard · clause_main: per clause, False where it is subordinate
    (codebook: *while, despite …*, and the clause before *but*) · words: what they are tokens of.
    """

    vocabulary: Vocabulary
    ids: Ints
    start: Ints
    end: Ints
    sentence: Ints
    clause: Ints
    clause_main: Bools
    sentences: Sentences
    words: Words
    texts: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def types(self) -> Sequence[str]:
        """The spellings by number: those of this shard and of any before it."""
        return self.vocabulary.spellings

    @property
    def lower(self) -> Sequence[str]:
        """The types in lower case."""
        return self.vocabulary.lower

    def __len__(self) -> int:
        return len(self.ids)

    def spelling(self, token: int) -> str:
        """The type of one token, for messages and rules that need the word itself."""
        return str(self.types[self.ids[token]])

    def string(self, sentence: int) -> str:
        """The characters of one sentence, exactly as given."""
        s = self.sentences
        source = self.titles if s.part[sentence] == _TITLE else self.texts
        return str(source[s.article[sentence]][s.start[sentence] : s.end[sentence]])


@dataclass(frozen=True)
class Mentions:
    """Actors named in the scored sentences, by position.

    actor: index into ``names`` · sentence: number in the shard · first, last: tokens
    ``first:last`` · start, end: characters · inferred: True for *it, the company* · alias: as
    written. ``names``/``kinds`` describe the actors.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    actor: Ints
    sentence: Ints
    first: Ints
    last: Ints
    start: Ints
    end: Ints
    inferred: Bools
    alias: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.actor)

    def mask(self, n_tokens: int) -> Bools:
        """True at every token that is part of a name (inferred mentions do not count)."""
        first, count = self.first[~self.inferred], (self.last - self.first)[~self.inferred]
        mask = np.zeros(n_tokens, dtype=bool)
        mask[np.repeat(first - (np.cumsum(count) - count), count) + np.arange(count.sum())] = True
        return mask


@dataclass(frozen=True)
class Voices:
    """Who speaks. token, clause, sentence: index into ``VOICES`` for each of them.

    speaker: per clause, index into ``speakers`` or −1 · speaking: per token, True where it belongs
    to an attribution ("…, said J. Doe of Acme"), so that a speaker is no target ·
    affiliation: per clause, index into ``speakers`` of the firm the speaker belongs to, or −1 ·
    speaker_actor, affiliation_actor: per clause, the actor (index into the mentions' ``names``) of
    exactly that name, or −1.
    """

    token: Bytes
    clause: Bytes
    sentence: Bytes
    speaker: Ints
    affiliation: Ints
    speaking: Bools
    speakers: tuple[str, ...]
    speaker_actor: Ints
    affiliation_actor: Ints


@dataclass(frozen=True)
class Cues:
    """Words that make a score, one entry a cue, ordered by token.

    measure: index into ``measures`` (pole names, or ``tone``) · rule: index into ``rules`` ·
    first, last: tokens ``first:last`` · strength: 1 or 2 (0 for tone) · modality: index into
    ``MODALITIES`` · negated · bearer: 0 the actor before the cue, 1 the one after, 2 either ·
    amount: ten-thousandths; for a pole strength/2 × modality weight, for tone the valence.
    """

    measures: tuple[str, ...]
    rules: tuple[str, ...]
    measure: Bytes
    rule: Ints
    first: Ints
    last: Ints
    strength: Bytes
    modality: Bytes
    negated: Bools
    bearer: Bytes
    amount: Ints

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True)
class Evidence:
    """Cues with whom they are about, one entry a cue and actor, ordered by cue.

    cue: number of the cue in the shard (entries of one cue share it) · actor: index into the
    mentions' names or −1 · self_claim: the speaker belongs to the actor · the rest as in ``Cues``.
    """

    measures: tuple[str, ...]
    rules: tuple[str, ...]
    cue: Ints
    actor: Ints
    self_claim: Bools
    measure: Bytes
    rule: Ints
    first: Ints
    last: Ints
    strength: Bytes
    modality: Bytes
    negated: Bools
    amount: Ints

    def __len__(self) -> int:
        return len(self.cue)


@dataclass(frozen=True)
class Totals:
    """Sums of a shard by article × actor × voice × part, in ten-thousandths.

    article: row in the shard · actor: index into the mentions' names, or ``WHOLE``, ``NOBODY`` ·
    voice: index into ``VOICE_GROUPS`` · part: 0 body, 1 title · n: sentences · poles: shape
    (rows, poles) · tone, sentiment, vader: sums over the sentences.
    """

    article: Ints
    actor: Ints
    voice: Bytes
    part: Bytes
    n: Ints
    poles: Longs
    tone: Longs
    sentiment: Longs
    vader: Longs


WHOLE, NOBODY = -1, -2
"""Actors of ``Totals`` that are none: the whole article (``*``) and sentences of no actor (``(none)``)."""

_text, _int, _real, _flag = pa.string(), pa.int32(), pa.float64(), pa.bool_()


def schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    """A schema without metadata (pandas metadata would make bytes depend on versions)."""
    return pa.schema(columns)


ARTICLE_INPUT = schema(
    ("article", _text),
    ("outlet", _text),
    ("date", _text),
    ("title", _text),
    ("url", _text),
    ("byline", _text),
    ("language", _text),
    ("text", _text),
    ("mentions", pa.list_(pa.struct([("start", _int), ("end", _int), ("entity", _text)]))),
    ("row", pa.int64()),
)
"""What the readers give; ``date`` is ISO 8601 with the precision given; ``row`` counts from 0 over
the whole corpus (all documents read, kept or not)."""

ARTICLES = schema(
    ("article", _text),
    ("outlet", _text),
    ("date", _text),
    ("title", _text),
    ("url", _text),
    ("story", _text),
    ("copy", _text),
    ("n_sentences", _int),
    ("n_eligible", _int),
    ("n_tokens", _int),
)


def sentences_schema(poles: tuple[str, ...]) -> pa.Schema:
    """Columns of ``sentences.parquet`` for these poles."""
    return schema(
        ("article", _text),
        ("sentence", _int),
        ("start", _int),
        ("end", _int),
        ("part", _text),
        ("eligible", _flag),
        ("voice", _text),
        ("speaker", _text),
        ("vader_compound", _real),
        ("vader_positive", _real),
        ("vader_neutral", _real),
        ("vader_negative", _real),
        ("tone", _real),
        ("tone_label", pa.int8()),
        *((pole, _real) for pole in poles),
    )


def mentions_schema(poles: tuple[str, ...]) -> pa.Schema:
    """Columns of ``mentions.parquet`` for these poles."""
    return schema(
        ("article", _text),
        ("part", _text),
        ("sentence", _int),
        ("start", _int),
        ("end", _int),
        ("actor", _text),
        ("kind", _text),
        ("alias", _text),
        ("inferred", _flag),
        ("sentiment", _real),
        ("sentiment_label", pa.int8()),
        *((pole, _real) for pole in poles),
    )


EVIDENCE = schema(
    ("article", _text),
    ("sentence", _int),
    ("clause", _int),
    ("start", _int),
    ("end", _int),
    ("cue", _text),
    ("measure", _text),
    ("rule", _text),
    ("strength", pa.int8()),
    ("modality", _text),
    ("negated", _flag),
    ("amount", _real),
    ("voice", _text),
    ("speaker", _text),
    ("self_claim", _flag),
    ("actor", _text),
)


def scores_schema(poles: tuple[str, ...], axes: tuple[str, ...]) -> pa.Schema:
    """Columns of ``scores.parquet``: sums and means are in units (a pole of 0.25 is 0.25)."""
    return schema(
        ("article", _text),
        ("actor", _text),
        ("voice", _text),
        ("part", _text),
        ("n", _int),
        *((f"sum_{pole}", _real) for pole in poles),
        *((f"mean_{pole}", _real) for pole in poles),
        *((f"D_{axis}", _real) for axis in axes),
        *((f"I_{axis}", _real) for axis in axes),
        ("sum_tone", _real),
        ("tone", _real),
        ("sum_sentiment", _real),
        ("sentiment", _real),
        ("label", pa.int8()),
        ("sum_vader", _real),
        ("vader", _real),
    )


ESTIMATES = schema(
    ("by", _text),
    ("outlet", _text),
    ("actor", _text),
    ("voice", _text),
    ("copies", _text),
    ("weight", _text),
    ("part", _text),
    ("measure", _text),
    ("estimator", _text),
    ("corrected", _flag),
    ("estimate", _real),
    ("low", _real),
    ("high", _real),
    ("interval_method", _text),
    ("n_articles", _int),
    ("n_stories", _int),
    ("n_sentences", _int),
)

CONTRASTS = schema(
    ("by", _text),
    ("outlet", _text),
    ("actor", _text),
    ("reference_outlet", _text),
    ("reference_actor", _text),
    ("measure", _text),
    ("voice", _text),
    ("copies", _text),
    ("weight", _text),
    ("part", _text),
    ("estimator", _text),
    ("corrected", _flag),
    ("difference", _real),
    ("low", _real),
    ("high", _real),
    ("interval_method", _text),
    ("p", _real),
    ("q", _real),
    ("equivalent", _flag),
    ("smallest_detectable", _real),
    ("n_stories", _int),
    ("n_stories_reference", _int),
)

FLOW = schema(("stage", _text), ("reason", _text), ("documents", _int), ("sentences", _int))
