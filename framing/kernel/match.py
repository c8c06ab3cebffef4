"""Patterns over a row of symbols: a walk down a trie with gaps, and the choice among overlapping hits."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from framing.kernel.jit import kernel

Array = npt.NDArray[Any]

LEADS, FOLLOWS, JUMPS, REACH, WITHIN, BESIDE, BEYOND, HELD, MARKS = *range(6), 21, 37, 53
"""Columns of marks: bits of first elements that others stand next to, and the bits of those others; bits of first
elements with a gap behind them, a bit for every distance within its reach, and the bits of what stands beyond. From
BESIDE, BEYOND and HELD on FINE columns each with finer bits: of the first elements that the symbol follows at once,
and within a gap, and of the elements that it stands for."""
BITS, ALONE, FINE = 62, 62, 16
"""First elements share so many bits, but those that are a pattern alone have this one, among the bits of first elements
with a gap behind them; elements share so many columns of 64 finer ones."""


@kernel(
    "i8[:], i4[:], i4[:], i4[:], i8[:], i4[:], i8[:,:], i8, i4[:,:], i4[:,:], i4[:], i4[:], "
    "out i8[:], out i8[:,:], out i8[:], out i8[:], out i4[:]",
    allocates=False,
)
def walk(
    places: Array,
    symbols: Array,
    sentence: Array,
    clause: Array,
    bounds: Array,
    elements: Array,
    marks: Array,
    roots: int,
    nodes: Array,
    groups: Array,
    children: Array,
    patterns: Array,
    taken: Array,
    stack: Array,
    firsts: Array,
    lasts: Array,
    accepted: Array,
) -> tuple[int, int]:
    """Every way down the trie from ``places``, as ``firsts, lasts, accepted`` (its pattern), sorted, each once.

    places: tokens to start from, ascending · symbols: per token, its symbol or minus its symbol ·
    sentence, clause: per token · elements: of the edges, then of the symbols: edge *e* is for
    ``elements[e]``, symbol *s* stands for ``elements[bounds[s]:bounds[s + 1]]`` · marks: per symbol a row
    of bits (see below) · roots: elements below are first elements, and the node that such an element leads
    to has its number · nodes: rows (first group, first pattern, bit) · groups: rows (gap, first edge): the edges
    of a node after the same gap, ascending by element · children: per edge the node it leads to · patterns:
    those that end at a node. Whatever begins at a row of these ends at the next row's.
    taken: a zero for each edge · stack: room for (node, token), one row more than there are edges.

    The marks let most places go at a glance: a first element has a bit, which it shares with some others,
    and what may follow it has that bit too. Only where bits meet, the trie is looked at, and only from first
    elements whose finer bit what stands there has too: a word such as *the* follows many.

    Of the tokens within a gap the nearest counts, for each edge. Returns the number of hits and the number
    of steps (places, and edges or elements looked up). If there are more hits than room for them, they are
    incomplete and the number is at least theirs.
    """
    n_hits, steps, visit = 0, 0, 0
    for first in places:
        begin = n_hits  # of the hits that start here
        start = symbols[first]
        steps += 1
        following = abs(symbols[first + 1]) if first + 1 < len(symbols) else 0
        beside = marks[start, LEADS] & marks[following, FOLLOWS]
        beyond, token = 1 << ALONE, first + 1
        while marks[start, REACH] >> (token - first) & 1 and token < len(symbols) and clause[token] == clause[first]:
            beyond |= marks[abs(symbols[token]), WITHIN]
            token += 1
        jumps = beyond & marks[start, JUMPS]
        if not beside | jumps:
            continue
        for place in range(bounds[start], bounds[start + 1]):
            root = elements[place]
            if root >= roots:
                break
            if not (marks[following, BESIDE + (root >> 6) % FINE] >> (root & 63) | jumps >> nodes[root, 2]) & 1:
                continue
            stack[0, 0], stack[0, 1] = root, first
            height = 1
            while height:
                height -= 1
                visit += 1
                node, at = stack[height, 0], stack[height, 1]
                for accept in range(nodes[node, 1], nodes[node + 1, 1]):
                    steps += 1
                    pattern, last = patterns[accept], at + 1
                    if n_hits >= len(firsts):
                        n_hits += 1
                        continue
                    row = n_hits  # sort it in
                    while row > begin and (
                        lasts[row - 1] > last or (lasts[row - 1] == last and accepted[row - 1] > pattern)
                    ):
                        row -= 1
                    if row > begin and lasts[row - 1] == last and accepted[row - 1] == pattern:
                        continue
                    for later in range(n_hits, row, -1):
                        lasts[later], accepted[later] = lasts[later - 1], accepted[later - 1]
                    firsts[n_hits], lasts[row], accepted[row] = first, last, pattern
                    n_hits += 1
                for group in range(nodes[node, 0], nodes[node + 1, 0]):
                    gap, low, high = groups[group, 0], groups[group, 1], groups[group + 1, 1]
                    fine = (BEYOND if gap else BESIDE) + (node >> 6) % FINE
                    for token in range(at + 1, min(at + gap + 2, len(symbols))):
                        if sentence[token] != sentence[first] or (gap and clause[token] != clause[first]):
                            break
                        symbol = abs(symbols[token])
                        if not symbol or (node < roots and not marks[symbol, fine] >> (node & 63) & 1):
                            continue
                        left, right = bounds[symbol], bounds[symbol + 1]
                        few_edges = high - low <= right - left  # look the fewer up among the more
                        few, fewer = (low, high) if few_edges else (left, right)
                        more, most = (left, right) if few_edges else (low, high)
                        for one in range(few, fewer):
                            steps += 1
                            wanted, other, size = elements[one], more, most - more
                            if few_edges and not marks[symbol, HELD + (wanted >> 6) % FINE] >> (wanted & 63) & 1:
                                continue
                            while size > 1:  # a binary search without a branch that depends on what it finds
                                half = size >> 1
                                other += half * (elements[other + half - 1] < wanted)
                                size -= half
                            other += elements[other] < wanted
                            if other == most or elements[other] != wanted:
                                continue
                            edge = one if few_edges else other
                            if taken[edge] != visit:
                                taken[edge] = visit
                                stack[height, 0], stack[height, 1] = children[edge], token
                                height += 1
    return n_hits, steps


OPEN, KEPT, BEATEN = 0, 1, 2


@kernel("i8[:], i8[:], i8[:], out i1[:]", allocates=False)
def longest(first: Array, last: Array, rank: Array, state: Array) -> None:
    """Marks in ``state`` (OPEN before) the spans that stay as KEPT: of overlapping ones the longest wins.

    first, last: tokens ``first:last``, ascending by ``first`` · rank: of spans as long, the one that
    starts earlier wins, then the lower rank, then the one given earlier.
    """
    begin = 0
    while begin < len(first):
        end, reach = begin + 1, last[begin]
        while end < len(first) and first[end] < reach:  # a run of spans that may overlap
            reach = max(reach, last[end])
            end += 1
        while True:
            best, length = -1, -1
            for i in range(begin, end):
                if state[i] == OPEN:
                    longer = last[i] - first[i] - length
                    if longer > 0 or (longer == 0 and first[i] == first[best] and rank[i] < rank[best]):
                        best, length = i, last[i] - first[i]
            if best < 0:
                break
            for i in range(begin, end):
                if first[i] < last[best] and first[best] < last[i]:
                    state[i] = BEATEN
            state[best] = KEPT
        begin = end
