"""The shapes of attributions: regular expressions over the letters of ``framing.voice.words``.

An expression that begins with ``(?<=…)`` or ends in ``\\Z`` is asked of what stands before a position,
the others of what stands behind it. The reasoning between them is ``framing.kernel.attributions``.
"""

from __future__ import annotations

from framing.kernel import attributions as kernel
from framing.voice.expression import compiled

_NP = r"[dwnNKGMe#'](?:[dwnNKGMe#'&Of]*[wnNKGMe'#])?"
"""A noun phrase with its prepositional attributes: *the head of research at Acme*."""
_AUX = r"(?:[bBr]|dr)*"
_NOT_INSIDE = r"(?<![fOdNKGMwne#'&])"

EXPRESSIONS = {
    # --- where attributions are
    kernel.ACCORDING: r"ai(?P<np>[^,;:.\"qQcC(R-]+)"
    r"(?P<beside>(?:,(?=[dnR#])[^,;:.\"qQQ]{2,25}(?=[,.;\"]|\Z)|R[^,;:.\"qQQ]*)?)",
    # *in Acme's view*
    kernel.IN_VIEW: r"f(?P<np>[dwnNKGM&]+)'w?(?P<view>w)",
    # *“…,” said Jane Doe*: the verb right behind the quotation or a comma
    kernel.INVERTED: r"(?<=[,\"-])[ste](?=[dnNKGMwp#])",
    # --- who speaks
    # *analysts at Acme have often …* before the verb; it does not start inside another phrase
    kernel.SUBJECT: _NOT_INSIDE + rf"(?P<np>{_NP}|p)" + _AUX + r"\Z",
    # what stands right before the verb, where no whole phrase is found (*in Paris Doe said*)
    kernel.NEAR: r"(?P<np>[dr#]*(?:[wnNKGMe#'O]|&(?=[nNKGMw]))*[wnNKGMe]|p)" + _AUX + r"\Z",
    # *Jane Doe, the chief executive of Acme, …*
    kernel.APPOSED: _NOT_INSIDE + rf"(?P<np>{_NP}|p)"
    r"(?P<beside>,(?=[dnNKGMweR#r'g])[^;:.\"qQ]{1,45}?,|\([^)]{1,12}\),?|-[^-;.\"]{1,30}-)" + _AUX + r"\Z",
    # an apposition proper, without a finite auxiliary: not *sales are up, costs are down,*
    kernel.PLAIN: r"(?:,(?:[^bBmpx,]|,)*,|\(.*|,R.*)\Z",
    # *people who have seen it …*
    kernel.WHO: r"(?P<np>[dw]*[nNKGMw]+(?:[Of][dwnNKGM#']+)*)(?P<beside>,?R[^,;:.\"qQQ]{1,20})\Z",
    # the subject of the sentence, for *… and said*, *…, saying that*
    kernel.FIRST_SUBJECT: rf"(?:[fC][^,;:\"q]{{0,25}},|r,?|w,|c|&)*(?P<np>{_NP}|p)",
    # the phrase behind an inverted verb, with all that hangs on it
    kernel.AFTER: r"(?P<np>p(?![wnNdK])|[dnNKGMw#e'][dwnNKGMe#'&Of]*)"
    r"(?P<beside>(?:,(?=[dnwNKe#R])[^;:.\"qQ]*?(?=,[cCgp&]|[.;\"]|\Z)|\([^)]{1,12}\)|R[^;:.\"qQ]*)?)",
    # *quoted Mr. Doe as saying*
    kernel.QUOTED_AS: rf"(?P<np>{_NP})Cg",
    kernel.NOMINAL: r"[nNKGMep]|^d",
    kernel.NAMED: r"[nNKGMp]",
    # --- what follows a verb that reports a clause, not a thing: *that*, a quotation, a subject with its verb
    kernel.OPINION_AHEAD: r"[r,]*(?:T|\"|:|C|[^,.;:]{1,14}?[bBmxsp]|[^,.;:]{1,8}?i|[Nwnd#K']+r?,?T)",
    kernel.CLAUSE_AHEAD: r"[r,]*(?:w|(?:f[dwnNKGMr#]{1,4}){1,2}|,g[^,]{1,20},)?"
    r"(?:T|\"|:|C|p|[dwnNKGM#'Oe&fr]{1,6}?[bBmx])",
    kernel.QUOTATION_AHEAD: r"[^,.;]{0,14}\"",
    # nothing but time and place between the verb and the next mark: the verb reports what came before
    kernel.CLOSES: r"d?[r#]*(?:f[dwnNr#]{1,4})*d?r*(?:[,.\":]|\Z)",
    # from an aside's verb on: *said at a conference on Tuesday*
    kernel.FRAME: r"[^,;:\"gC&(-]*",
    kernel.PAUSE: r"[,;C-]|\Z",
    kernel.PHRASE_ENDS: r"(?=[.,;:\"CgcRTr-]|\Z)",
    kernel.SENTENCE_PAUSES: r"(?=[.,]|\Z)",
    # --- what stands before
    # a word that is noun or verb, these make it a noun: *its claims*, *the latest report*
    kernel.NOUN_BEFORE: r"(?:[d'Of#]|d[wr]{1,2})\Z",
    kernel.AFTER_QUOTATION: r"(?<=Q\")",
    kernel.AFTER_MARK: r"(?<=[,\"-])",
    # *… and said*
    kernel.JOINED: r"(?<=[&,r])",
    # *…, saying*
    kernel.AFTER_PAUSE: r"(?<=[,&rC\"-])",
    # an attribution after one of these is not part of the one before
    kernel.OWN: r"(?<=[&c;\"C])",
}
"""The expressions by number."""

GRAMMAR = compiled(EXPRESSIONS[number] for number in range(len(EXPRESSIONS)))
"""The expressions for the machine."""
