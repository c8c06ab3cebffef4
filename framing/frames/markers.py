"""Words that turn a cue: negation, flip verbs, modality (codebook, Units and weights)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from framing.pattern import Pattern, parse
from framing.tables import Tokens
from framing.text import Vocabulary, find

NO_LONGER, NOT, NO, DENY, CURE, HARM, CURED, HARMED, HEDGED, INTENT, NEED, CONDITIONAL, QUESTION = range(13)

_CURE_VERBS = (
    "reduce+|cut+|end+|ease+|overcome+|shed+|lower+|lessen+|eliminate+|solve+|resolve+|curb+|trim+|minimise+|"
    "minimize+|avoid+|dodge+|weather+|defy+|mitigate+|offset|alleviate+|lift+|fix+|remove+|break+|slash+|"
    "decrease+|diminish+|escape+|circumvent+|sidestep+|shake off|wean+|move away from|break free of|break free from|"
    "get around|work around|pull out of|recover+ from|rebound+ from|bounce+ back from|loosen+|narrow+|close+|bridge+"
)
_HARM_VERBS = (
    "lose+|lack+|curb+|slow+|stall+|hinder+|threaten+|hamper+|stifle+|thwart+|blunt+|dent+|impede+|undermine+|"
    "limit+|restrict+|constrain+|halt+|derail+|hobble+|cripple+|stymie+|stunt+|contain+|block+|delay+|"
    "jeopardise+|jeopardize+|erode+|obstruct+|hold+ back|set+ back|squeeze+|weaken+|choke+|erase+|wipe+ out"
)
_PATTERNS: dict[int, tuple[str, ...]] = {
    NO_LONGER: ("no longer", "no more", "(not|never|*n't) ~5 (anymore|any more)"),
    NOT: (
        "(not|never|cannot|nor|neither|hardly|barely|scarcely|rarely|seldom)",
        "*n't",
        "fail+ to",
        "(unable|powerless) to",
        "far from",
        "(anything|nothing) but",
        "without",
        "stop+ short of",
        "yet to",
        "not yet",
    ),
    NO: ("(no|zero|few|little)",),
    DENY: ("(deny|denies|denied|denying|reject+|dismiss+|refute+|dispute+)",),
    CURE: (f"({_CURE_VERBS})",),
    HARM: (f"({_HARM_VERBS})",),
    HEDGED: (
        "(may|might|could|perhaps|possibly|potentially|reportedly|allegedly|apparently|likely|unlikely|would|"
        "seem+|appear+|risk+|potential|possible|suggest+)",
        "(is|are) said to",
    ),
    INTENT: (
        "(aim+|plan+|seek+|hope+|intend+|want+|vow+|pledge+|strive+|attempt+|try|tries|trying|tried|promise+|"
        "propose+|mull+|consider+|weigh+|eye+|target+) ~1 to",
        "(aim+|plan+|hope+|eye+|mull+|consider+|propose+) (at|for|on|a|an|the|its)",
        "(effort+|bid|bids|push|goal+|ambition+|drive|attempt+|quest|plans|strategy|campaign) (to|of|for)",
        "(in order|so as) to",
        "determined to",
    ),
    NEED: ("(need+|must|should|ought|require+)", "(have|has|had) to"),
    CONDITIONAL: ("(if|unless|whether|provided|assuming)", "only (if|when|then)"),
    QUESTION: ("?",),
}
"""*Will* and *expects* are no markers: a flat prediction is asserted (codebook, Units and weights)."""
_CURED = (
    "(was|were|is|are|been|being|be|has|have|had|) ~1 (reduced|cut|ended|eased|easing|overcome|shed|lowered|solved|"
    "resolved|lifted|fixed|removed|mitigated|narrowed|narrowing|closed|receded|faded|fading|abated|averted|avoided)"
)
_HARMED = (
    "(was|were|is|are|been|being|be|has|have|had|) ~1 (slowed|slowing|slows|stalled|stalling|stalls|hindered|"
    "threatened|hampered|curbed|halted|derailed|undermined|limited|delayed|eroded|evaporated|collapsed)"
)


NEGATIONS = frozenset("no not never cannot without neither nor zero few little hardly barely unable far fails".split())
"""Words by which a rule shows that it reckons with a negation itself."""


def _all() -> tuple[list[Pattern], np.ndarray]:
    rows = [(parse(text, "marker"), kind) for kind, texts in _PATTERNS.items() for text in texts]
    rows += [(parse(_CURED, "marker"), CURED), (parse(_HARMED, "marker"), HARMED)]
    return [pattern for pattern, _ in rows], np.array([kind for _, kind in rows], dtype=np.int8)


_MARKERS, _KINDS = _all()


@dataclass(frozen=True)
class Markers:
    """Markers by sentence: ``(kind, first, last)`` in token order."""

    by_sentence: dict[int, list[tuple[int, int, int]]]

    def of(self, sentence: int) -> list[tuple[int, int, int]]:
        """The markers of one sentence."""
        return self.by_sentence.get(sentence, [])


def markers(tokens: Tokens, vocabulary: Vocabulary, wanted: np.ndarray) -> Markers:
    """All markers in the sentences ``wanted`` (the ones that hold a cue)."""
    hits = find(_MARKERS, tokens, vocabulary)
    table: dict[int, list[tuple[int, int, int]]] = {}
    if len(hits):
        sentence = tokens.sentence[hits.first]
        for i in np.flatnonzero(np.isin(sentence, wanted)):
            row = (int(_KINDS[hits.pattern[i]]), int(hits.first[i]), int(hits.last[i]))
            table.setdefault(int(sentence[i]), []).append(row)
    return Markers(table)
