"""Regular expressions over letters: the machine that runs what ``framing.voice.expression`` compiles.

A program is a table of instructions, one a row; a row names the row that follows. The machine
backtracks, with the semantics of Python's ``re``: the leftmost match, alternatives in order, greedy
and lazy repetition (R. Cox, Regular Expression Matching: the Virtual Machine Approach, 2009). A
choice knows with which letters either road can begin, so that it seldom has to come back.
"""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from framing.kernel.jit import inlined

Array = npt.NDArray[Any]

OUTSIDE = 256
"""The letter before the first and behind the last one."""
FAIL = -1
"""The row that is none."""

HEAD, SET, RUN, LAZY, CHOICE, LOOK, SAVE, MATCH = range(8)
"""Instructions, in column 0; column 1 is the row that follows; the columns from 2 on:

======  =====================================================================================
HEAD    set of first letters; where the expression ends in ``\\Z``, sets of its last letters and
        of all its letters, else −1; set of which every match holds a letter, or −1
SET     set that the next letter is in
RUN     as many letters as there are: set, least, most, set of letters that may follow the run
LAZY    as few letters as will do: the same
CHOICE  set of letters that begin the first road, the same of the second, row of the second
LOOK    distance, set, row to go to where the letter at that distance is not in the set
SAVE    slot for the position
MATCH   (nothing)
======  =====================================================================================
"""
COLUMNS = 6
WHOLE, FIRST, SECOND, SLOTS = 0, 2, 4, 6
"""Slots of a match: where the whole, its first and its second group begin; each has begin and end."""
CHOICE_SIZE = 3
"""Numbers that the machine notes of a choice that it may come back to."""


@inlined
def letter_at(letters: Array, low: int, high: int, at: int) -> int:
    """The letter at a position of ``low:high``, ``OUTSIDE`` elsewhere."""
    if low <= at < high:
        return int(letters[at])
    return OUTSIDE


@inlined
def match(rules: Array, sets: Array, letters: Array, work: Array, rule: int, low: int, high: int, at: int) -> bool:
    """True if the expression at row ``rule`` matches at position ``at``; ``work`` then holds its slots.

    rules: instructions, shape (rows, ``COLUMNS``) · sets: True for each letter of each set, shape
    (sets, 257) · letters: the text, of which only ``low:high`` is seen · work: the slots, and behind
    them room for ``CHOICE_SIZE`` numbers for every choice on the way.
    """
    top = SLOTS
    row, place, bound = rules[rule, 1], at, 0
    while True:
        back = row == FAIL
        if back:
            if top == SLOTS:
                return False
            top -= CHOICE_SIZE
            row, place, bound = work[top], work[top + 1], work[top + 2]
        kind = rules[row, 0]
        if kind == SET:
            if place < high and sets[rules[row, 2], letters[place]]:
                place += 1
                row = rules[row, 1]
            else:
                row = FAIL
        elif kind == RUN:
            if not back:
                own, bound = rules[row, 2], place + rules[row, 3]
                end = min(place + rules[row, 4], high)
                while place < end and sets[own, letters[place]]:
                    place += 1
            follow = rules[row, 5]
            while place >= bound and not sets[follow, letter_at(letters, low, high, place)]:
                place -= 1
            if place > bound:  # it may give one back later
                work[top], work[top + 1], work[top + 2] = row, place - 1, bound
                top += CHOICE_SIZE
            row = rules[row, 1] if place >= bound else FAIL
        elif kind == CHOICE:
            if back:
                row = rules[row, 4]
                continue
            letter = letter_at(letters, low, high, place)
            first, second = sets[rules[row, 2], letter], sets[rules[row, 3], letter]
            if first and second:
                work[top], work[top + 1], work[top + 2] = row, place, 0
                top += CHOICE_SIZE
            if first:
                row = rules[row, 1]
            else:
                row = rules[row, 4] if second else FAIL
        elif kind == LOOK:
            seen = sets[rules[row, 3], letter_at(letters, low, high, place + rules[row, 2])]
            row = rules[row, 1] if seen else rules[row, 4]
        elif kind == LAZY:
            own, follow = rules[row, 2], rules[row, 5]
            need = place + 1
            if not back:
                need, bound = place + rules[row, 3], min(place + rules[row, 4], high)
            while place < bound and sets[own, letters[place]]:
                if place >= need and sets[follow, letters[place]]:
                    break
                place += 1
            if place < need or not sets[follow, letter_at(letters, low, high, place)]:
                row = FAIL
                continue
            if place < bound:  # it may take one more later
                work[top], work[top + 1], work[top + 2] = row, place, bound
                top += CHOICE_SIZE
            row = rules[row, 1]
        elif kind == SAVE:
            work[rules[row, 2]] = place
            row = rules[row, 1]
        else:
            work[WHOLE], work[WHOLE + 1] = at, place
            return True


@inlined
def search(rules: Array, sets: Array, letters: Array, work: Array, rule: int, low: int, high: int, at: int) -> bool:
    """True if the expression matches at ``at`` or later in ``low:high``; ``work`` then holds the first match."""
    if rules[rule, 3] != FAIL:  # it ends where the text ends: begin where all letters up to there are its own
        if at >= high or not sets[rules[rule, 3], letters[high - 1]]:
            return False
        inside, start = rules[rule, 4], high
        while start > at and sets[inside, letters[start - 1]]:
            start -= 1
        at = start
    needs = rules[rule, 5]
    if needs != FAIL:
        place = at
        while place < high and not sets[needs, letters[place]]:
            place += 1
        if place == high:
            return False
    begin = rules[rule, 2]
    for place in range(at, high + 1):
        if sets[begin, letter_at(letters, low, high, place)] and match(
            rules, sets, letters, work, rule, low, high, place
        ):
            return True
    return False
