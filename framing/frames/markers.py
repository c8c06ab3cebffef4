"""Words that turn a cue: negation, flip verbs, modality (codebook, Units and weights)."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from framing.kernel.frames import (
    ARTICLE,
    BARE_NOT,
    CONDITIONAL,
    CURE,
    CURED,
    DENIER,
    DENY,
    FACTUAL,
    HARM,
    HARMED,
    HEDGED,
    INTENT,
    NEED,
    NO,
    NO_LONGER,
    NOT,
    ONLY,
    QUESTION,
    STOP,
    THAT,
    TO,
)
from framing.pattern import Pattern, parse
from framing.tables import Longs
from framing.vocabulary import Array, Batch, WordLists

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


def _all() -> tuple[tuple[Pattern, ...], Longs]:
    rows = [(parse(text, "marker"), kind) for kind, texts in _PATTERNS.items() for text in texts]
    rows += [(parse(_CURED, "marker"), CURED), (parse(_HARMED, "marker"), HARMED)]
    return tuple(pattern for pattern, _ in rows), np.array([kind for _, kind in rows], dtype=np.int64)


MARKERS, KINDS = _all()
"""The patterns of all markers, and the kind of each."""

_LISTS = WordLists(
    {
        STOP: (",", ":", "—", "–", "(", ")", "“", "”", '"', "because", "who", "which"),
        THAT: ("that",),
        DENIER: ("not", "never", "cannot"),
        BARE_NOT: ("not", "n't"),
        ONLY: ("only", "just", "merely"),
        ARTICLE: ("a",),
        TO: ("to",),
    }
)
_FACTUAL = "^(manag|help|able|serv|continu|begun|began|start|work)"
"""Before *to*: *managed to*, *helps to*, *able to*."""


def around(batch: Batch) -> Array:
    """A trait: what a word between a marker and a cue, or before a marker, does (bits of ``kernel.frames``)."""
    denies = pc.ends_with(batch.lower_array, pattern="n't").to_numpy(zero_copy_only=False)
    factual = pc.match_substring_regex(batch.lower_array, pattern=_FACTUAL).to_numpy(zero_copy_only=False)
    bits: Array = _LISTS(batch) | DENIER * denies | FACTUAL * factual
    return bits
