"""Is this capitalised word the company? Apple the fruit, Target the word, Ford the person."""

from __future__ import annotations

import numpy as np

from framing.mentions.names import CONTEXT, TICKER, Names
from framing.tables import Bools, Tokens
from framing.text import Hits, Vocabulary

_BUSINESS = frozenset(
    "company companies firm shares stock stocks investors shareholders earnings revenue revenues profit profits "
    "sales ceo cfo cto chief executive founder co-founder chairman analyst analysts market markets inc corp ltd "
    "startup startups tech technology technologies software hardware chip chips chipmaker semiconductor "
    "semiconductors smartphone smartphones phone phones app apps users customers platform platforms cloud ai "
    "giant giants maker makers carmaker automaker retailer retailers supplier suppliers rival rivals competitor "
    "competitors billion million quarter quarterly acquisition acquire acquired merger antitrust lawsuit patent "
    "patents product products launch launched unveiled online internet web advertising ad ads employees workers "
    "devices device data engineers engineer developers developer services service".split()
)
_VERBS = frozenset(
    "said says is was has had will would plans planned announced launched unveiled sued makes made sells sold "
    "reported posted hired bought acquired agreed declined shipped also did does and or , ( 's & shares stock".split()
)
_ARTICLES = frozenset("the a an this that these those its his her their our my".split())
_EXCHANGES = frozenset("NASDAQ Nasdaq NYSE LSE TSE HKEX TYO TPE KRX SSE SZSE FRA ETR EPA AMS HK".split())


def accepted(hits: Hits, known: Names, tokens: Tokens, vocabulary: Vocabulary) -> Bools:
    """True for plain names and tickers, and for ambiguous names with evidence.

    An ambiguous name counts if its article names the same actor unmistakably, or if it is
    written like a name in a sentence or article about business.
    """
    status = known.status[hits.pattern]
    keep: Bools = status != CONTEXT
    if not len(hits):
        return keep
    article = tokens.sentences.article[tokens.sentence[hits.first]]
    actor = known.actor[hits.pattern]
    sure = set(zip(article[keep].tolist(), actor[keep].tolist(), strict=True))
    per_article, per_sentence = _business(tokens, vocabulary)
    for i in np.flatnonzero(status == CONTEXT):
        first, last = int(hits.first[i]), int(hits.last[i])
        if (int(article[i]), int(actor[i])) in sure:
            keep[i] = not _person(tokens, first)
        else:
            sentence = int(tokens.sentence[first])
            evidence = (per_sentence[sentence] >= 1) + (per_article[article[i]] >= 3)
            keep[i] = _written_as_name(tokens, first, last, int(evidence))
    return keep


def traded(hits: Hits, known: Names, tokens: Tokens) -> Bools:
    """False for what is spelt like a ticker and does not stand where tickers do."""
    status, actor = known.status[hits.pattern], known.actor[hits.pattern]
    keep: Bools = status != TICKER
    ends = set(zip(actor[keep].tolist(), hits.last[keep].tolist(), strict=True))
    for i in np.flatnonzero(~keep):
        first = int(hits.first[i])
        beside = any((int(actor[i]), first - back) in ends for back in range(1, 5))
        keep[i] = _ticker(tokens, first, int(hits.last[i]), beside)
    return keep


def _ticker(tokens: Tokens, first: int, last: int, beside: bool) -> bool:
    """``(NASDAQ: NVDA)``, ``$NVDA``, ``700.HK``, ``Nvidia (NVDA)``: never a bare word.

    ``beside``: the company's name stands right before. Without it, parentheses are enough only for
    four letters or more: *artificial intelligence (AI)* is no company.
    """
    if "." in tokens.spelling(first):
        return True
    before = tokens.spelling(first - 1) if first else ""
    after = tokens.spelling(last) if last < len(tokens) else ""
    if before == "$" or before in _EXCHANGES:
        return True
    if before == ":" and first > 1 and tokens.spelling(first - 2) in _EXCHANGES:
        return True
    long = len(tokens.spelling(first)) >= 4
    return before in {"(", ","} and after in {")", ",", ";"} and (beside or (long and before == "("))


def _business(tokens: Tokens, vocabulary: Vocabulary) -> tuple[np.ndarray, np.ndarray]:
    places = vocabulary.places([t for word in _BUSINESS for t in vocabulary.folded.get(word, [])])
    sentence = tokens.sentence[places]
    per_sentence = np.bincount(sentence, minlength=len(tokens.sentences))
    article = tokens.sentences.article
    per_article = np.bincount(article, weights=per_sentence, minlength=int(article.max(initial=-1)) + 1)
    return per_article, per_sentence


def _person(tokens: Tokens, first: int) -> bool:
    """True after another capitalised word of the sentence, as in *Harrison Ford*."""
    if first == 0 or tokens.sentence[first - 1] != tokens.sentence[first]:
        return False
    low = tokens.sentences.first_token[tokens.sentence[first]]
    before = tokens.spelling(first - 1)
    return before[:1].isupper() and before.isalpha() and before.lower() not in _ARTICLES and first - 1 > low


def _written_as_name(tokens: Tokens, first: int, last: int, evidence: int) -> bool:
    if _person(tokens, first) or evidence == 0:
        return False
    sentence = tokens.sentence[first]
    low, high = tokens.sentences.first_token[sentence : sentence + 2]
    before = tokens.spelling(first - 1).lower() if first > low else ""
    after = tokens.spelling(last).lower() if last < high else "."
    opens = first == low or before in {'"', "“", ":", "—", "-", "‘", "'"}
    shouted = bool(tokens.sentences.title[sentence])
    if opens or shouted:
        return after in _VERBS or evidence == 2
    if before in _ARTICLES and after not in {"'s"}:
        return evidence == 2 and before == "the" and after in {"app", "platform", "store"}
    return True
