"""The sentences behind the estimates, as one compact block of data for the page's script.

Each sentence stands there once, with what it says of whom; the script finds the sentences of an
estimate by the same formula as ``entries`` and sorts them, so no estimate needs a list of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framing.report.entries import Base, Selection, base, entries, families, select
from framing.report.material import Material, printed
from framing.tables import MODALITIES, TONE, VOICES

BATCH = 2_000
"""Articles fetched at a time: a corpus need not fit in memory."""


@dataclass(frozen=True)
class Concordance:
    """data: plain data for the script · embedded, contributing: numbers of sentences."""

    data: dict[str, Any]
    embedded: int
    contributing: int
    totals: dict[tuple[str, str, str], list[int]]


class Codes:
    """Words as small numbers, in the order in which they are met."""

    def __init__(self) -> None:
        """No word yet."""
        self._codes: dict[str, int] = {}

    def __call__(self, word: str) -> int:
        """The number of ``word``."""
        return self._codes.setdefault(word, len(self._codes))

    @property
    def words(self) -> list[str]:
        """The words by number."""
        return list(self._codes)


def concordance(material: Material, most: int, top: int) -> Concordance:
    """At most ``most`` sentences, the largest contributions first; see ``select``."""
    found = base(material)
    chosen = select(entries(material, found), len(found.sentences), most, top)
    outlets, actors = Codes(), Codes()
    rows = found.sentences.iloc[chosen.sids]
    places = {int(place): i for i, place in enumerate(pd.unique(rows["position"]))}
    data = {
        "poles": [{"name": pole, "label": printed(pole)} for pole in material.poles],
        "axes": [
            {"name": axis.name, "label": axis.label}
            | {"plus": material.poles.index(axis.positive), "minus": material.poles.index(axis.negative)}
            for axis in material.axes
        ],
        "voices": list(VOICES),
        "modalities": list(MODALITIES),
        "sentences": list(_sentences(material, found, chosen, places, actors)),
        "articles": _articles(found, places, outlets, actors),
    }
    data |= {"outlets": outlets.words, "actors": actors.words}
    return Concordance(data, len(chosen.sids), chosen.contributing, chosen.totals)


def _articles(found: Base, places: dict[int, int], outlets: Codes, actors: Codes) -> list[list[Any]]:
    """``[title, outlet, date, url, n, w_outlet, w_all, [actor, n, …]]`` of each chosen article."""
    table = found.articles.iloc[list(places)]
    counts: dict[int, list[int]] = defaultdict(list)
    named = found.named[found.named["position"].isin(places)].drop_duplicates(["position", "actor"])
    for place, actor, n in zip(named["position"], named["actor"], named["n"], strict=True):
        counts[int(place)] += [actors(actor), int(n)]
    fields = ("article", "title", "outlet", "date", "url", "n_eligible", "w_outlet", "w_all")
    rows = zip(places, *(table[field] for field in fields), strict=True)
    return [
        [
            _text(title) or str(article),
            outlets(str(outlet)),
            _text(date),
            _web(_text(url)),
            max(int(n), 1),
            round(float(within), 6),
            round(float(over), 6),
            counts[place],
        ]
        for place, article, title, outlet, date, url, n, within, over in rows
    ]


def _sentences(
    material: Material, found: Base, chosen: Selection, places: dict[int, int], actors: Codes
) -> Iterator[list[Any]]:
    """``[article, text, voice, speaker, tone, poles, [[actor, sentiment, pole …] …], cues]`` of each."""
    rows = found.sentences.iloc[chosen.sids]
    poles = list(material.poles)
    about: dict[int, list[list[Any]]] = defaultdict(list)
    named = found.named[found.named["sid"].isin(chosen.sids)]
    for sid, actor, *values in named[["sid", "actor", "sentiment", *poles]].itertuples(index=False):
        about[int(sid)].append([actors(actor), *map(_number, values)])
    cues = _cues(material, rows, actors)
    fields = ["sid", "position", "start", "end", "voice", "speaker", "tone", *poles]
    texts = _texts(material, rows)
    for sid, place, start, end, voice, speaker, tone, *values in rows[fields].itertuples(index=False):
        text = next(texts)[int(start) : int(end)]
        marks = [
            [_units(text, first - start), _units(text, last - start), *rest]
            for first, last, *rest in cues.get(int(sid), ())
            if 0 <= first - start < last - start <= len(text)
        ]
        yield [
            places[int(place)],
            text,
            VOICES.index(voice) if voice in VOICES else 0,
            _text(speaker),
            _number(tone),
            [_number(value) for value in values],
            about.get(int(sid), []),
            marks,
        ]


def _texts(material: Material, rows: pd.DataFrame) -> Iterator[str]:
    """The text of the article of each row, in order, fetched a batch of articles at a time."""
    ids = list(pd.unique(rows["article"]))
    batch_of = {article: i // BATCH for i, article in enumerate(ids)}
    batch, fetched = -1, {}
    for article in rows["article"]:
        if batch_of[article] != batch:
            batch = batch_of[article]
            fetched = dict(material.texts(set(ids[batch * BATCH : (batch + 1) * BATCH])))
        yield fetched[article][1] if article in fetched else ""


def _cues(material: Material, rows: pd.DataFrame, actors: Codes) -> dict[int, list[list[Any]]]:
    """sid → cues ``[start, end, measure, modality, strength, negated, self-claim, amount, actors]``.

    measure is the number of the pole, or −1 for tone. A cue that counts for several actors is one
    cue; rows without a place in the text (given scores, the rest of a learned score) are left out.
    """
    measures = {pole: i for i, pole in enumerate(material.poles)} | {TONE: -1}
    evidence = material.evidence[material.evidence["measure"].isin(measures)].dropna(subset=["start", "end"])
    keys = ["article", "sentence"]
    joined = evidence.merge(rows[[*keys, "sid"]], on=keys)
    fields = ["sid", "start", "end", "measure", "modality", "strength", "negated", "self_claim", "amount"]
    joined = joined.sort_values(fields[:4], kind="stable")
    cues: dict[int, dict[tuple[Any, ...], list[Any]]] = defaultdict(dict)
    for row in joined[[*fields, "actor"]].itertuples(index=False):
        sid, start, end, measure, modality, strength, negated, claim, amount, actor = row
        code = MODALITIES.index(modality) if modality in MODALITIES else 0
        cue: list[Any] = [
            int(start),
            int(end),
            measures[measure],
            code,
            int(_number(strength)),
            int(_flag(negated)),
        ]
        cue += [int(_flag(claim)), _number(amount), []]
        kept = cues[int(sid)].setdefault(tuple(cue[:6]), cue)
        if _text(actor) and (number := actors(actor)) not in kept[-1]:
            kept[-1].append(number)
        kept[6] |= cue[6]
    return {sid: list(found.values()) for sid, found in cues.items()}


def _units(text: str, characters: int) -> int:
    """A place in ``text`` as JavaScript counts it: an emoji is two UTF-16 units."""
    return characters if text.isascii() else len(text[:characters].encode("utf-16-le")) // 2


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or bool(value != value)


def _text(value: Any) -> str | None:
    return None if _missing(value) else str(value)


def _web(url: str | None) -> str | None:
    """The address if it is one of the web; nothing else ever becomes a link."""
    return url if url is not None and url.lower().startswith(("http://", "https://")) else None


def _number(value: Any) -> float | int:
    """A finite number, short: whole numbers without a point, amounts to a ten-thousandth."""
    number = 0.0 if _missing(value) else round(float(value), 4)
    return int(number) if number.is_integer() else number


def _flag(value: Any) -> bool:
    return not _missing(value) and bool(value)


def names(material: Material, tone: str) -> list[str]:
    """The measures that can be opened, in the order of the totals."""
    return [family.measure for family in families(material, tone)]
