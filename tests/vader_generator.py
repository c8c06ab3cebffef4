"""Sentences made of what VADER stumbles over, from a seed: no shrinking, so a million are affordable.

Each list is one oddity of vaderSentiment 3.3.2 (or a material that makes them meet); a sentence mixes
pieces of several, with capitals, marks and white space of all kinds.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

ODDITIES: dict[str, list[str]] = {
    "equal valences around but": ["good but good", "bad , but bad and bad", "But", "but,", "good but but bad", "BUT"],
    "punctuation is stripped from long words only": [
        *"no, so, OK! (good) “good” 'good' good! good? bad... \"fun\" isn’t n’t don't.".split(),
        *"it's -- ... ! ?! !!! ' \" -good- _bad_ $$ #fail @war 'til".split(),
    ],
    "keys that cannot be reached, or stand there twice": [
        "fed up",
        ":D",
        "=D",
        "O.o",
        "can't stand",
        "screwed up",
        "d:",
    ],
    "so and this": ["never so", "never this", "so", "this", "so so", "this so", "never so very", "so this"],
    "idioms": [
        "the shit",
        "the bomb",
        "bad ass",
        "badass",
        "bus stop",
        "yeah right",
        "kiss of death",
        "to die for",
        "beating heart",
        "shit",
        "death",
        "die",
        "heart",
        "kiss",
        "right",
        "bomb",
        "stop",
        "one two three",
    ],
    "boosters of two words": ["kind of", "sort of", "just enough", "kind", "of", "sort", "just", "enough", "kind-of"],
    "no": ["no", "No", "NO", "no good", "no good or", "no bad nor", "no kind of", "no no", "or", "nor", "no doubt"],
    "capitals": [
        "I",
        "A",
        "U.S",
        "3M",
        "U.S.",
        "GOOD",
        "BAD",
        "the CEO",
        "iPhone",
        "ÉTÉ",
        "Ǆ",
        "NOT",
        "VERY",
        "UTTERLY",
    ],
    "least": ["least", "at least", "very least", "the very least", "at the least", "LEAST", "least of all"],
    "never, without, doubt": [
        "without doubt",
        "without a doubt",
        "without",
        "doubt",
        "never",
        "without any doubt",
        "no doubt",
    ],
    "n't": ["isn't", "ISN'T", "couldn'tgood", "n't", "ain't", "aint", "uh-uh", "don't", "won’t", "haven'ts"],
    "emoji": [
        "😀",
        "😭",
        "❤",
        "❤️",
        "👍🏽",
        "👩‍💻",
        "good💔bad",
        "💔good",
        "good💔",
        "™",
        "Apple®",
        "©",
        "🔛",
        "🆙🆙",
        "ℹ",
        "aℹb",
        "😀!",
    ],
    "marks of emphasis": ["!", "?", "!!", "??", "?!", "!?!?", "good!!", "bad??", "what?", "no!", "a!b?c"],
    "sums that cancel": ["good bad", "1.9 -1.9", "up down", "hope fear", "love hate", "win lose"],
    "nothing at all": ["the", "a", "of", "company", "shares", "4", "100%", "—", "–", "…", "to", "and"],
    "letters of other lengths in lower case": [
        "İ",
        "KİND",
        "ΣΑΣ",
        "ß",
        "ﬁne",
        "Kind",
        "KIND",
        "GOOſ",
        "ǅ",
        "fine\u0301",
    ],
}
"""By oddity, what brings it about (the last of the sixteen is white space, see ``BLANKS``)."""
BLANKS = [" ", "  ", "\t", "\n", "\u00a0", "\u2003", "\x1c", "\x1f", "\x85", "\u3000", "\r\n", "\x0b", "\u2028"]
"""What ``str.split`` splits at; U+200B and U+FEFF, which it does not, are pieces."""
BOOSTERS = "really extremely barely kinda sorta almost MOST very hardly slightly effing utterly less more".split()
NEGATIONS = "not never none nope nor cannot without rarely seldom despite neither nothing hasnt shan't".split()
ENDINGS = ["", "", "", "", ".", ",", "!", "?", ";", ":", "...", "!!!", "??", '"', ")", "’s", "'s"]
GLUE = ["\u200b", "\ufeff", "\u200d", "\ufe0f"]


def sentences(n: int, seed: int, lexicon: list[str]) -> Iterator[str]:
    """``n`` sentences. ``lexicon``: the words that have a valence."""
    rng = np.random.default_rng(seed)
    families = [*ODDITIES.values(), BOOSTERS, NEGATIONS, lexicon, lexicon, lexicon, ["good", "bad", "fine"], GLUE]
    sizes = np.array([len(family) for family in families])
    for length, shout, spaced, which, place, case, blank, ending in zip(
        rng.integers(1, 13, size=n),
        rng.random(n) < 0.05,
        rng.random(n) < 0.1,
        rng.integers(len(families), size=(n, 12)),
        rng.random((n, 12)),
        rng.integers(12, size=(n, 12)),
        rng.integers(len(BLANKS), size=(n, 12)),
        rng.integers(len(ENDINGS), size=(n, 12)),
        strict=True,
    ):
        words = []
        for i in range(length):
            family = families[which[i]]
            word = family[int(place[i] * sizes[which[i]])]
            word = word.upper() if case[i] == 0 else word.capitalize() if case[i] == 1 else word
            words.append(word + (ENDINGS[ending[i]] if case[i] > 5 else ""))
            words.append(BLANKS[blank[i]] if spaced else " ")
        text = "".join(words if spaced else words[:-1])
        yield text.upper() if shout else text
