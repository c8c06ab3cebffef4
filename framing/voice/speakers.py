"""Who speaks: the sources of attributions and quotations, and their names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.kernel import speakers as kernel
from framing.tables import Ints, Mentions, Tokens
from framing.voice.attribution import Attributions
from framing.voice.letters import Letters, companies
from framing.voice.quotes import Quotations


@dataclass(frozen=True)
class Speakers:
    """Speakers and what they say in their own words.

    table: a row a speaker, the columns of ``framing.kernel.speakers``: what they are, their name, their
    firm; one row for each attribution, then those who sign a quotation · turns: rows of tokens
    ``first, last`` in somebody's own words and the speaker's row, −1 where nobody is named · names: of
    speakers and firms, by number.
    """

    table: Ints
    turns: Ints
    names: tuple[str, ...]

    @property
    def name(self) -> Ints:
        """The number of each speaker's name, or −1."""
        return self._numbers(kernel.NAME_FIRST)

    @property
    def firm(self) -> Ints:
        """The number of each speaker's firm, or −1."""
        return self._numbers(kernel.FIRM_FIRST)

    def _numbers(self, column: int) -> Ints:
        known = self.table[:, column] == kernel.NUMBERED
        return np.where(known, self.table[:, column + 1], -1).astype(np.int32, copy=False)


def speakers(
    tokens: Tokens,
    mentions: Mentions,
    letters: Letters,
    found: Attributions,
    runs: Quotations,
    scare_quote: int,
    reach: int,
    reports_are_media: bool,
) -> Speakers:
    """The speakers of a shard; the parameters are those of ``Rules``."""
    company, s = companies(mentions.kinds), tokens.sentences
    table = np.empty((len(found) + len(runs), 5), dtype=np.int32)
    own = table[: len(found)]
    at_tokens = (tokens.ids, letters.flags)
    kernel.read(
        letters.code,
        letters.actor,
        *at_tokens,
        company,
        found.source_first,
        found.source_last,
        found.beside_first,
        found.beside_last,
        reports_are_media,
        own,
    )
    names = {"": -1}
    _number(own, tokens, mentions, names)
    kernel.resolve(
        letters.code,
        *at_tokens,
        s.article,
        s.paragraph,
        s.first_token,
        mentions.sentence,
        mentions.actor,
        mentions.inferred,
        company,
        np.searchsorted(mentions.first, found.source_first),
        found.sentence,
        found.source_first,
        _surnames(own, list(names)[1:]),
        reach,
        own,
    )
    said = np.empty((len(runs), 3), dtype=np.int32)
    first, last = runs.table[:, :2].T
    kept, n = kernel.turns(
        letters.code,
        letters.actor,
        *at_tokens,
        tokens.sentence,
        company,
        s.article,
        s.paragraph,
        runs.table,
        np.searchsorted(found.sentence, tokens.sentence[first]),
        np.searchsorted(found.sentence, tokens.sentence[last - 1], side="right"),
        found.sentence,
        found.cue_first,
        found.cue_last,
        scare_quote,
        table,
        said,
    )
    table = table[:n]
    _number(table, tokens, mentions, names)
    return Speakers(table, said[:kept], tuple(names)[1:])


def _surnames(table: Ints, names: list[str]) -> Ints:
    """A number for the last word of each person's name, in lower case; −1 for others."""
    surname = np.full(len(table), -1, dtype=np.int32)
    persons = np.flatnonzero(table[:, kernel.SORT] == kernel.PERSON)
    found, which = np.unique(table[persons, kernel.NAME_LAST], return_inverse=True)
    numbers: dict[str, int] = {}
    last = [numbers.setdefault(names[name].rsplit(" ", 1)[-1].lower(), len(numbers)) for name in found.tolist()]
    surname[persons] = np.array(last, dtype=np.int32)[which]
    return surname


def _number(table: Ints, tokens: Tokens, mentions: Mentions, names: dict[str, int]) -> None:
    """Put numbers in the place of the names in ``table``, and what is new into ``names`` (which holds the
    empty one as −1); white space in names is single blanks."""
    pairs = table[:, kernel.NAME_FIRST :].reshape(-1, 2)
    first, last = pairs.T
    spans, actors, aliases = (
        np.flatnonzero(kind) for kind in (first >= 0, first == kernel.ACTOR, first == kernel.ALIAS)
    )
    found = [_one_line(name) for name in _written(tokens, first[spans], last[spans])]
    found += [mentions.names[actor] for actor in last[actors].tolist()]
    found += [mentions.alias[mention] for mention in last[aliases].tolist()]
    rows = np.concatenate((spans, actors, aliases))
    last[rows] = [names.setdefault(name, len(names) - 1) for name in found]
    first[rows] = kernel.NUMBERED
    table[:, kernel.NAME_FIRST :] = pairs.reshape(-1, 4)


def _one_line(name: str) -> str:
    """A name with single blanks; most have no others (of white space, only the blank can be printed)."""
    return name if name.isprintable() and "  " not in name else " ".join(name.split())


def _written(tokens: Tokens, first: Ints, last: Ints) -> list[str]:
    """The characters from tokens ``first`` to ``last``."""
    s, sentence = tokens.sentences, tokens.sentence.take(first)
    sources = (*tokens.texts, *tokens.titles)
    source = s.article.take(sentence) + len(tokens.texts) * s.title.take(sentence)
    starts, ends = tokens.start.take(first), tokens.end.take(last - 1)
    return [
        sources[at][start:end] for at, start, end in zip(source.tolist(), starts.tolist(), ends.tolist(), strict=True)
    ]
