"""What a corpus is like, in the respects that decide how long it takes: ``python properties.py FILE…``.

Run on generated and on real news, it shows whether the benchmark's corpus behaves like the latter.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import stages

from framing.corpus import corpus_of
from framing.tables import VOICES, Survey

_FIELDS = ("id", "outlet", "date", "title", "text")
_SHARD = 1000


def read(path: Path, most: int | None = None) -> list[dict[str, Any]]:
    """The first articles of a file of JSON lines, with the fields of the contract alone."""
    with path.open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in itertools.islice(lines, most))
        return [{name: row[name] for name in _FIELDS if name in row} for row in rows]


def properties(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The measures of articles, by name; rates are per 1,000 tokens of scored sentences."""
    scoring = stages.shipped().scoring
    words: Counter[str] = Counter(word for row in rows for word in row["text"].split())
    size = sum(len(row["text"].encode()) for row in rows)
    lengths: list[int] = []
    counts: Counter[str] = Counter()
    for start in range(0, len(rows), _SHARD):
        corpus = corpus_of(rows[start : start + _SHARD], names=scoring.outlets)
        tokens = scoring.text(corpus, scoring.clean(corpus, Survey()))
        mentions = scoring.targets.allowed(scoring.roster(corpus, tokens))
        voices = scoring.voice(tokens, mentions, scoring.outlets)
        own = np.diff(tokens.sentences.first_token)[tokens.sentences.eligible]
        lengths += own.tolist()
        counts.update({"tokens": len(tokens), "mentions": len(mentions)})
        counts.update({voice: int((voices.token == i).sum()) for i, voice in enumerate(VOICES)})
        for name, tool in (("tone", scoring.sentiment), ("frames", scoring.frames)):
            cues = tool(tokens, mentions)
            hit = np.zeros(len(tokens.sentences), dtype=bool)
            hit[tokens.sentence[cues.first]] = True
            counts.update({name: len(cues), f"{name} sentences": int(hit[tokens.sentences.eligible].sum())})
    per = 1000 / counts["tokens"]
    frequencies = np.array(sorted(words.values()))
    middle, upper, top = np.percentile(lengths, [50, 75, 95])
    return {
        "articles": len(rows),
        "MB": size / 1e6,
        "kB an article": size / 1e3 / len(rows),
        "bytes a word": size / words.total(),
        "types": len(words),
        "types met once, %": 100 * float((frequencies == 1).mean()),
        "the 100 most frequent types, % of words": 100 * frequencies[-100:].sum() / frequencies.sum(),
        "capitalised words, %": 100 * sum(n for w, n in words.items() if w[:1].isupper()) / words.total(),
        "sentences an article": len(lengths) / len(rows),
        "tokens a sentence, median": float(middle),
        "tokens a sentence, upper quartile": float(upper),
        "tokens a sentence, 95 %": float(top),
        "tone cues": counts["tone"] * per,
        "sentences with a tone cue, %": 100 * counts["tone sentences"] / len(lengths),
        "frame cues": counts["frames"] * per,
        "sentences with a frame cue, %": 100 * counts["frames sentences"] / len(lengths),
        "mentions": counts["mentions"] * per,
        "tokens in quotations, %": counts["quote"] * per / 10,
        "tokens in paraphrase, %": (counts["paraphrase"] + counts["medium"]) * per / 10,
    }


def table(columns: dict[str, dict[str, float]]) -> str:
    """Markdown: a row a measure, a column a corpus."""
    lines = [f"| | {' | '.join(columns)} |", f"|---|{'---:|' * len(columns)}"]
    names = next(iter(columns.values()))
    lines += [f"| {name} | {' | '.join(shown(column[name]) for column in columns.values())} |" for name in names]
    return "\n".join(lines)


def shown(number: float) -> str:
    """Three digits, or the whole number; nothing for 0, which is what was not measured."""
    return "" if not number else f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


if __name__ == "__main__":
    print(table({path: properties(read(Path(path))) for path in sys.argv[1:]}))
