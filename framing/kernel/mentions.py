"""Whom *it* and *the company* stand for, as one pass over names and pronouns in their order."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from framing.kernel.jit import kernel

Array = npt.NDArray[Any]

NONE, SEVERAL = -1, -2
"""Instead of an actor: nobody, and more than one."""
BACK_OF_PRONOUN, BACK_OF_NOUN = 1, 3
"""How many sentences back a pronoun and a noun look."""
OPENING = 2
"""A pronoun that looks back stands after at most so many tokens of its sentence."""


@kernel("i8[:], i8[:], i8[:], i8[:], i8[:], b1[:], i8[:], i4[:], out i8[:], out i8[:]", allocates=False)
def antecedents(
    named: Array,
    named_sentence: Array,
    named_actor: Array,
    first: Array,
    sentence: Array,
    pronoun: Array,
    offset: Array,
    paragraph: Array,
    only: Array,
    actor: Array,
) -> None:
    """The one actor that each word can mean, into ``actor``: NONE where there is none or more than one.

    named, named_sentence, named_actor: token, sentence and actor of the names, by token · first, sentence,
    pronoun, offset: of the words that stand for a name: token, by position; sentence; whether a pronoun;
    tokens before it in its sentence · paragraph: of every sentence · only: NONE for every sentence.

    A word means the actor named before it in its sentence, else in the nearest sentence before that
    names one, in the same paragraph. A word that means an actor names it for those that follow.
    """
    name = 0
    for i in range(len(first)):
        here = sentence[i]
        while name < len(named) and named[name] < first[i]:
            there = named_sentence[name]
            only[there] = named_actor[name] if only[there] in (NONE, named_actor[name]) else SEVERAL
            name += 1
        found = only[here]
        if found == NONE and (not pronoun[i] or offset[i] <= OPENING):
            reach = BACK_OF_PRONOUN if pronoun[i] else BACK_OF_NOUN
            for back in range(here - 1, max(-1, here - 1 - reach), -1):
                if paragraph[back] != paragraph[here]:
                    break
                if only[back] != NONE:
                    found = only[back]
                    break
        if found >= 0:
            actor[i] = found
            only[here] = found  # nobody else was named here before
        else:
            actor[i] = NONE
