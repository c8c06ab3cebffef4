"""The score tables of a shard as Arrow tables, with the words and names written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from framing.aggregate.score import Scores, label_of
from framing.tables import (
    ARTICLES,
    EVIDENCE,
    MODALITIES,
    NOBODY,
    PARTS,
    SCALE,
    VOICE_GROUPS,
    VOICES,
    Corpus,
    Evidence,
    Ints,
    Longs,
    Mentions,
    Survey,
    Tokens,
    Totals,
    Voices,
    mentions_schema,
    scores_schema,
    sentences_schema,
)


@dataclass(frozen=True)
class Shard:
    """The inner tables of a shard, from text to sums."""

    corpus: Corpus
    tokens: Tokens
    mentions: Mentions
    voices: Voices
    evidence: Evidence
    vader: Ints
    scores: Scores
    totals: Totals
    axes: tuple[tuple[str, str, str], ...]
    """(axis, positive pole, negative pole)"""
    cut: float

    @property
    def poles(self) -> tuple[str, ...]:
        """The poles, axis by axis."""
        return tuple(pole for _, *pair in self.axes for pole in pair)


def outputs(shard: Shard, survey: Survey) -> dict[str, pa.Table]:
    """``articles, sentences, mentions, evidence, scores`` of one shard, in the input's order."""
    return {
        "articles": _articles(shard, survey),
        "sentences": _sentences(shard),
        "mentions": _mentions(shard),
        "evidence": _evidence(shard),
        "scores": _scores(shard),
    }


def _real(amounts: Longs | Ints) -> pa.Array[Any]:
    return pa.array(amounts / SCALE, type=pa.float64())


def _pick(names: Sequence[str], numbers: np.ndarray) -> pa.Array[Any]:
    """Names by number; a negative number is null."""
    return pa.array(names, type=pa.string()).take(pa.array(numbers, mask=numbers < 0))


def _ids(shard: Shard, article: Ints) -> pa.Array[Any]:
    return shard.corpus.table.column("article").combine_chunks().take(article)


def _articles(shard: Shard, survey: Survey) -> pa.Table:
    table, s, n = shard.corpus.table, shard.tokens.sentences, len(shard.corpus)
    ids = shard.corpus.column("article")
    text = ~s.title
    eligible = s.eligible
    tokens = np.diff(s.first_token)
    counts = {
        "n_sentences": np.bincount(s.article[text], minlength=n),
        "n_eligible": np.bincount(s.article[eligible], minlength=n),
        "n_tokens": np.bincount(s.article[eligible], weights=tokens[eligible], minlength=n).astype(np.int64),
    }
    columns: dict[str, Any] = {name: table.column(name) for name in ("article", "outlet", "date", "title", "url")}
    columns["story"] = pa.array([survey.story.get(i, i) for i in ids], type=pa.string())
    columns["copy"] = pa.array([survey.copy.get(i, "original") for i in ids], type=pa.string())
    columns |= {name: pa.array(count, type=pa.int32()) for name, count in counts.items()}
    schema = ARTICLES
    for name in shard.corpus.kept:
        columns[name] = table.column(name)
        schema = schema.append(pa.field(name, table.schema.field(name).type))
    return pa.table(columns, schema=schema)


def _sentences(shard: Shard) -> pa.Table:
    s, v = shard.tokens.sentences, shard.voices
    tones, poles = _scored(shard, slice(len(s)))
    columns: dict[str, Any] = {
        "article": _ids(shard, s.article),
        "sentence": s.number,
        "start": s.start,
        "end": s.end,
        "part": _pick(PARTS, s.part),
        "eligible": s.eligible,
        "voice": _pick(VOICES, v.sentence),
        "speaker": _pick(v.speakers, _sentence_speaker(shard)),
        **{
            f"vader_{name}": _real(shard.vader[:, i])
            for i, name in enumerate(("compound", "positive", "neutral", "negative"))
        },
        "tone": _real(tones),
        "tone_label": label_of(tones, shard.cut).astype(np.int8),
        **poles,
    }
    return pa.table(columns, schema=sentences_schema(shard.poles))


def _scored(shard: Shard, units: slice | Longs) -> tuple[Longs, dict[str, Any]]:
    """The tone of some units, and the columns of their poles, in any voice."""
    found = shard.scores
    rows = found.pole_row[units]
    return found.tone[0][found.tone_row[units]], {
        name: _real(amounts[rows]) for name, amounts in zip(shard.poles, found.poles[0], strict=True)
    }


def _sentence_speaker(shard: Shard) -> np.ndarray:
    """The speaker of the first clause that is in the sentence's own voice and has one."""
    v, s = shard.voices, shard.tokens.sentences
    owner = np.repeat(np.arange(len(s)), np.diff(s.first_clause))
    found = np.full(len(s), -1, dtype=np.int64)
    good = np.flatnonzero((v.clause == v.sentence[owner]) & (v.speaker >= 0) & (v.clause != 0))
    found[owner[good][::-1]] = v.speaker[good][::-1]
    return found


def _mentions(shard: Shard) -> pa.Table:
    m, s = shard.mentions, shard.tokens.sentences
    sentiment, poles = _scored(shard, shard.scores.unit)
    columns: dict[str, Any] = {
        "article": _ids(shard, s.article[m.sentence]),
        "part": _pick(PARTS, s.part[m.sentence]),
        "sentence": s.number[m.sentence],
        "start": m.start,
        "end": m.end,
        "actor": _pick(m.names, m.actor),
        "kind": _pick(m.kinds, m.actor),
        "alias": pa.array(m.alias, type=pa.string()),
        "inferred": m.inferred,
        "sentiment": _real(sentiment),
        "sentiment_label": label_of(sentiment, shard.cut).astype(np.int8),
        **poles,
    }
    return pa.table(columns, schema=mentions_schema(shard.poles))


def _evidence(shard: Shard) -> pa.Table:
    e, t, v = shard.evidence, shard.tokens, shard.voices
    s = t.sentences
    sentence, clause = t.sentence[e.first], t.clause[e.first]
    start, end = t.start[e.first], t.end[e.last - 1]
    voice = v.token[e.first]
    speaker = np.where(voice != 0, v.speaker[clause], -1)
    columns: dict[str, Any] = {
        "article": _ids(shard, s.article[sentence]),
        "sentence": s.number[sentence],
        "clause": (clause - s.first_clause[sentence]).astype(np.int32),
        "start": start,
        "end": end,
        "cue": _written(t, e, start, end),
        "measure": _pick(e.measures, e.measure),
        "rule": _pick(e.rules, e.rule),
        "strength": e.strength,
        "modality": _pick(MODALITIES, e.modality),
        "negated": e.negated,
        "amount": _real(e.amount),
        "voice": _pick(VOICES, voice),
        "speaker": _pick(v.speakers, speaker),
        "self_claim": e.self_claim,
        "actor": _pick(shard.mentions.names, e.actor),
    }
    return pa.table(columns, schema=EVIDENCE)


def _written(tokens: Tokens, evidence: Evidence, start: Ints, end: Ints) -> pa.Array[Any]:
    """The cues as they stand in the text or title, at characters ``start:end``."""
    # most are one token, written as it is spelt; only its apostrophe may have been curly
    coded = pa.array(tokens.ids[evidence.first]).dictionary_encode()
    spelt = [tokens.vocabulary.spellings[i] for i in coded.dictionary.to_numpy()]
    place = coded.indices.to_numpy().copy()
    curly = np.array(["'" in spelling for spelling in spelt], dtype=bool)
    rest = np.flatnonzero((evidence.last > evidence.first + 1) | curly[place])
    sentence, s, sources = tokens.sentence[evidence.first[rest]], tokens.sentences, (tokens.texts, tokens.titles)
    columns = (s.title[sentence], s.article[sentence], start[rest], end[rest])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    place[rest] = len(spelt) + np.arange(len(rest))
    return _pick([*spelt, *[sources[title][article][a:b] for title, article, a, b in rows]], place)


def _scores(shard: Shard) -> pa.Table:
    t, poles, axes = shard.totals, shard.poles, tuple(axis for axis, *_ in shard.axes)
    n = t.n.astype(np.int64)
    named = t.actor >= 0

    def mean(amounts: Longs, wanted: np.ndarray | None = None) -> pa.Array[Any]:
        missing = n == 0 if wanted is None else (n == 0) | ~wanted
        # one division of whole numbers: the nearest double, whatever the order of the sums
        return pa.array(amounts / np.maximum(n * SCALE, 1), mask=missing, type=pa.float64())

    columns: dict[str, Any] = {
        "article": _ids(shard, t.article),
        "actor": _pick(("(none)", "*", *shard.mentions.names), t.actor - NOBODY),
        "voice": _pick(tuple(VOICE_GROUPS), t.voice),
        "part": _pick(("body", "title"), t.part),
        "n": t.n,
        **{f"sum_{pole}": _real(t.poles[:, i]) for i, pole in enumerate(poles)},
        **{f"mean_{pole}": mean(t.poles[:, i]) for i, pole in enumerate(poles)},
        **{f"D_{axis}": mean(t.poles[:, 2 * k] - t.poles[:, 2 * k + 1]) for k, axis in enumerate(axes)},
        **{f"I_{axis}": mean(t.poles[:, 2 * k] + t.poles[:, 2 * k + 1]) for k, axis in enumerate(axes)},
        "sum_tone": _real(t.tone),
        "tone": mean(t.tone),
        "sum_sentiment": pa.array(t.sentiment / SCALE, mask=~named, type=pa.float64()),
        "sentiment": mean(t.sentiment, named),
        "label": label_of(np.where(named, t.sentiment, t.tone), shard.cut * np.maximum(n, 1)).astype(np.int8),
        "sum_vader": _real(t.vader),
        "vader": mean(t.vader),
    }
    return pa.table(columns, schema=scores_schema(poles, axes))
