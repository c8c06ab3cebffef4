"""The shapes of attributions: regular expressions over the letters of ``framing.voice.words``."""

from __future__ import annotations

import re

_NP = rb"[dwnNKGMe#'](?:[dwnNKGMe#'&Of]*[wnNKGMe'#])?"
"""A noun phrase with its prepositional attributes: *the head of research at Acme*."""
_AUX = rb"(?:[bBr]|dr)*"
_NOT_INSIDE = rb"(?<![fOdNKGMwne#'&])"

SUBJECT = re.compile(_NOT_INSIDE + rb"(?P<np>" + _NP + rb"|p)" + _AUX + rb"\Z")
"""*analysts at Acme have often …* before the verb; it does not start inside another phrase."""
NEAR = re.compile(rb"(?P<np>[dr#]*(?:[wnNKGMe#'O]|&(?=[nNKGMw]))*[wnNKGMe]|p)" + _AUX + rb"\Z")
"""What stands right before the verb, where no whole phrase is found (*in Paris Doe said*)."""
APPOSED = re.compile(
    _NOT_INSIDE + rb"(?P<np>" + _NP + rb"|p)"
    rb"(?P<beside>,(?=[dnNKGMweR#r'g])[^;:.\"qQ]{1,45}?,|\([^)]{1,12}\),?|-[^-;.\"]{1,30}-)" + _AUX + rb"\Z"
)
"""*Jane Doe, the chief executive of Acme, …*"""
WHO = re.compile(rb"(?P<np>[dw]*[nNKGMw]+(?:[Of][dwnNKGM#']+)*)(?P<beside>,?R[^,;:.\"qQQ]{1,20})\Z")
"""*people who have seen it …*"""
FIRST_SUBJECT = re.compile(rb"(?:[fC][^,;:\"q]{0,25},|r,?|w,|c|&)*(?P<np>" + _NP + rb"|p)")
"""The subject of the sentence, for *… and said*, *…, saying that*."""
INVERTED = re.compile(rb"(?:(?<=[,-])|(?<=[Qq]\")|(?<=\"))(?P<cue>[ste])(?=[dnNKGMwp#])")
"""*“…,” said Jane Doe*: the verb right after the quotation or a comma."""
AFTER = re.compile(
    rb"(?P<np>p(?![wnNdK])|[dnNKGMw#e'][dwnNKGMe#'&Of]*)"
    rb"(?P<beside>(?:,(?=[dnwNKe#R])[^;:.\"qQ]*?(?=,[cCgp&]|[.;\"]|\Z)|\([^)]{1,12}\)|R[^;:.\"qQ]*)?)"
)
"""The phrase behind an inverted verb, with all that hangs on it."""
ACCORDING = re.compile(
    rb"ai(?P<np>[^,;:.\"qQcC(R-]+)(?P<beside>(?:,(?=[dnR#])[^,;:.\"qQQ]{2,25}(?=[,.;\"]|\Z)|R[^,;:.\"qQQ]*)?)"
)
QUOTED_AS = re.compile(rb"(?P<np>" + _NP + rb")Cg")
"""*quoted Mr. Doe as saying*."""
IN_VIEW = re.compile(rb"f(?P<np>[dwnNKGM&]+)'w?(?P<view>w)")
"""*in Acme's view*."""
OPINION_AHEAD = re.compile(rb"[r,]*(?:T|\"|:|C|[^,.;:]{1,14}?[bBmxsp]|[^,.;:]{1,8}?i|[Nwnd#K']+r?,?T)")
CLAUSE_AHEAD = re.compile(
    rb"[r,]*(?:w|(?:f[dwnNKGMr#]{1,4}){1,2}|,g[^,]{1,20},)?(?:T|\"|:|C|p|[dwnNKGM#'Oe&fr]{1,6}?[bBmx])"
)
"""What follows a verb that reports a clause, not a thing: *that*, a quotation, a subject with its verb."""
QUOTED_AHEAD = re.compile(rb"[^,.;]{0,14}\"")
ENDS_PHRASE = frozenset((b"", b".", b",", b";", b":", b'"', b"-", b"C", b"g", b"c", b"R", b"T", b"r"))
NOUN_BEFORE = re.compile(rb"(?:[d'Of#]|d[wr]{1,2})\Z")
"""Before a word that is noun or verb, these make it a noun: *its claims*, *the latest report*."""
NOMINAL = re.compile(rb"[nNKGMep]|^d")
CLOSES = re.compile(rb"d?[r#]*(?:f[dwnNr#]{1,4})*d?r*(?:[,.\":]|\Z)")
"""Nothing but time and place between the verb and the next mark: the verb reports what came before."""
FRAME = re.compile(rb"[^,;:\"gC&(-]*")
"""From an aside's verb on: *said at a conference on Tuesday*."""
EMBEDDED_END = re.compile(rb"[,;C-]|\Z")
NAMED = re.compile(rb"[nNKGMp]")
PLAIN = re.compile(rb",(?:[^bBmpx,]|,)*,|\(.*|,R.*")
"""An apposition proper, without a finite auxiliary: not *sales are up, costs are down,*."""
