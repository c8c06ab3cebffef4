"""Is this capitalised word the company? Apple the fruit, Target the word, Ford the person."""

from __future__ import annotations

import numpy as np

from framing.kernel import mentions as k
from framing.mentions.names import CONTEXT, TICKER, Names
from framing.mentions.words import at, places
from framing.tables import Bools, Ints, Longs, Tokens
from framing.text import Hits

_FEW = 4  # tokens between a company's name and its ticker


def traded(hits: Hits, known: Names, tokens: Tokens) -> Bools:
    """False for what is spelt like a ticker and does not stand where tickers do.

    ``(NASDAQ: NVDA)``, ``$NVDA``, ``700.HK``, ``Nvidia (NVDA)``: never a bare word. Where the company's
    name does not stand right before, parentheses are enough only for four letters or more: *artificial
    intelligence (AI)* is no company.
    """
    keep: Bools = known.status[hits.pattern] != TICKER
    rows = np.flatnonzero(~keep)
    ticker, actor = hits[rows], known.actor[hits.pattern]
    itself, after = at(tokens, ticker.first), at(tokens, ticker.last)
    before, earlier = at(tokens, ticker.first - 1), at(tokens, ticker.first - 2)
    enclosed = ((before & (k.PAREN | k.COMMA)) != 0) & ((after & k.CLOSE) != 0)
    alone = ((itself & k.LONG) != 0) & ((before & k.PAREN) != 0)
    doubtful = np.flatnonzero(enclosed & ~alone)
    near = ticker.first[doubtful] - np.arange(1, _FEW + 1)[:, np.newaxis]
    ends = _pairs(actor[keep], hits.last[keep])
    enclosed[doubtful] = among(_pairs(actor[rows[doubtful]], near), ends).any(axis=0)
    quoted = ((before & k.COLON) != 0) & ((earlier & k.EXCHANGE) != 0)
    marked = ((itself & k.DOTTED) | (before & (k.DOLLAR | k.EXCHANGE))) != 0
    keep[rows] = marked | quoted | enclosed
    return keep


def accepted(hits: Hits, known: Names, tokens: Tokens) -> Bools:
    """True for plain names and tickers, and for ambiguous names with evidence.

    An ambiguous name counts if its article names the same actor unmistakably, or if it is
    written like a name in a sentence or article about business.
    """
    keep: Bools = known.status[hits.pattern] != CONTEXT
    rows = np.flatnonzero(~keep)
    if not len(rows):
        return keep
    pair = _pairs(tokens.sentences.article[tokens.sentence[hits.first]], known.actor[hits.pattern])
    sure = among(pair[rows], pair[keep])
    doubtful = hits[rows]
    keep[rows] = ~_person(doubtful, tokens) & (sure | _written_as_name(doubtful, tokens))
    return keep


def _pairs(a: Longs | Ints, b: Longs | Ints) -> Longs:
    """Two numbers as one."""
    return (a.astype(np.int64) << 32) + b


def among(values: Longs, chosen: Longs) -> Bools:
    """True for the values that are among the chosen."""
    if not len(chosen):
        return np.zeros(values.shape, dtype=bool)
    chosen = np.sort(chosen)
    found: Bools = chosen[np.minimum(np.searchsorted(chosen, values), len(chosen) - 1)] == values
    return found


def _business(tokens: Tokens, sentence: Ints) -> Bools:
    """True where the sentence has a word of business, or its article three."""
    of_sentence = tokens.sentence.take(places(tokens, k.BUSINESS))
    article = tokens.sentences.article
    per_sentence = np.bincount(of_sentence, minlength=len(tokens.sentences))
    per_article = np.bincount(article.take(of_sentence), minlength=int(article.max(initial=-1)) + 1)
    business: Bools = (per_sentence[sentence] >= 1) | (per_article[article[sentence]] >= 3)
    return business


def _person(hits: Hits, tokens: Tokens) -> Bools:
    """True after another capitalised word of the sentence, as in *Harrison Ford*; its first word does not count."""
    before = at(tokens, hits.first - 1)
    person: Bools = ((before & k.CAPITAL) != 0) & ((before & k.ARTICLE) == 0)
    return person & (hits.first - 1 > tokens.sentences.first_token[tokens.sentence[hits.first]])


def _written_as_name(hits: Hits, tokens: Tokens) -> Bools:
    """True where an ambiguous name is written like a name, and the text is about business."""
    sentence = tokens.sentence[hits.first]
    low, high = tokens.sentences.first_token[sentence], tokens.sentences.first_token[sentence + 1]
    before = np.where(hits.first > low, at(tokens, hits.first - 1), 0)
    after = np.where(hits.last < high, at(tokens, hits.last), 0)
    opens = (hits.first == low) | ((before & k.QUOTE) != 0) | tokens.sentences.title[sentence]
    determined = ((before & k.ARTICLE) != 0) & ((after & k.POSSESSIVE) == 0)
    written: Bools = np.where(opens, (after & k.VERB) != 0, ~determined) & _business(tokens, sentence)
    return written
