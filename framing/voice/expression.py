"""Regular expressions as data for the machine of ``framing.kernel.grammar``.

The language is the part of Python's ``re`` that a grammar over letters needs: letters, ``.``, classes,
groups ``(?:…)`` and ``(?P<name>…)``, ``|``, ``* + ? {m,n}`` and their lazy forms, ``(?=…) (?!…)``,
``(?<=…) (?<!…)``, ``^`` and ``\\Z``. Named groups stand in the outermost sequence, and what is looked
at ahead or behind is an alternative of sequences of classes: so a match needs no notes but its choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from framing.kernel import grammar as machine
from framing.kernel.grammar import OUTSIDE
from framing.tables import Bools, Ints, Longs

Letters = frozenset[int]
_CHOICES = (machine.RUN, machine.LAZY, machine.CHOICE)
_ANY = frozenset(range(OUTSIDE)) - {ord("\n")}
_ALL = frozenset(range(OUTSIDE + 1))
_UNBOUNDED = 1 << 30
"""More letters than any sentence has."""


# --- what an expression is made of


@dataclass(frozen=True)
class One:
    """A letter of a set."""

    letters: Letters


@dataclass(frozen=True)
class Sequence:
    """One part after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """The first option that leads to a match."""

    options: tuple[Node, ...]


@dataclass(frozen=True)
class Repeat:
    """``least`` to ``most`` times, as often as possible if greedy."""

    part: Node
    least: int
    most: int
    greedy: bool


@dataclass(frozen=True)
class Group:
    """A part whose place is asked for."""

    part: Node


@dataclass(frozen=True)
class Look:
    """Nothing but a look: one of the rows of sets lies at ``distance`` (or none, where negated)."""

    rows: tuple[tuple[Letters, ...], ...]
    behind: bool
    negated: bool


Node = One | Sequence | Either | Repeat | Group | Look


# --- from text


def parse(pattern: str) -> Node:
    """The tree of an expression; ValueError where it leaves the language."""
    reader = _Reader(pattern)
    node = reader.either()
    if reader.rest:
        raise ValueError(f"{pattern!r}: unexpected {reader.rest[:8]!r}")
    return node


class _Reader:
    _REPEAT = re.compile(r"(?P<sign>[*+?])|\{(?P<least>\d+)(?P<to>,(?P<most>\d*))?\}")
    _LOOKS = (("(?=", False, False), ("(?!", False, True), ("(?<=", True, False), ("(?<!", True, True))
    _NAME = re.compile(r"\(\?P<\w+>")

    def __init__(self, pattern: str) -> None:
        self.rest = pattern

    def takes(self, text: str) -> bool:
        """True, and goes on behind it, if ``text`` comes next."""
        if not self.rest.startswith(text):
            return False
        self.rest = self.rest[len(text) :]
        return True

    def one(self) -> str:
        if not self.rest:
            raise ValueError("an expression ends in the middle")
        letter, self.rest = self.rest[0], self.rest[1:]
        return letter

    def either(self) -> Node:
        options = [self.sequence()]
        while self.takes("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Either(tuple(options))

    def sequence(self) -> Node:
        parts: list[Node] = []
        while self.rest and self.rest[0] not in "|)":
            parts.append(self.repeated(self.atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def repeated(self, part: Node) -> Node:
        found = self._REPEAT.match(self.rest)
        if not found:
            return part
        self.takes(found[0])
        if found["sign"]:
            least, most = {"*": (0, _UNBOUNDED), "+": (1, _UNBOUNDED), "?": (0, 1)}[found["sign"]]
        else:
            least = int(found["least"])
            most = int(found["most"] or _UNBOUNDED) if found["to"] else least
        return Repeat(part, least, most, not self.takes("?"))

    def atom(self) -> Node:
        name = self._NAME.match(self.rest)
        if name or self.takes("(?:"):
            self.takes(name[0] if name else "")
            node = self._closed()
            return Group(node) if name else node
        for opening, behind, negated in self._LOOKS:
            if self.takes(opening):
                return Look(_rows(self._closed()), behind, negated)
        return self._letter()

    def _closed(self) -> Node:
        node = self.either()
        if not self.takes(")"):
            raise ValueError("a bracket is left open")
        return node

    def _letter(self) -> Node:
        if self.takes("\\Z"):
            return Look(((frozenset({OUTSIDE}),),), False, False)
        letter = self.one()
        if letter == "^":
            return Look(((frozenset({OUTSIDE}),),), True, False)
        if letter == ".":
            return One(_ANY)
        if letter == "[":
            return One(self._class())
        if letter in "()*+?{$":
            raise ValueError(f"unexpected {letter!r}")
        return One(frozenset({ord(self.one() if letter == "\\" else letter)}))

    def _class(self) -> Letters:
        negated = self.takes("^")
        found: set[int] = set()
        while not self.takes("]"):
            letter = self.one()
            if letter == "-" and found and self.rest[:1] != "]":
                raise ValueError("a range in a class: name its letters")
            found.add(ord(self.one() if letter == "\\" else letter))
        return frozenset(range(OUTSIDE)) - found if negated else frozenset(found)


def _rows(node: Node) -> tuple[tuple[Letters, ...], ...]:
    """What is looked at, as rows of sets."""
    rows = []
    for option in node.options if isinstance(node, Either) else (node,):
        row: list[Letters] = []
        for part in option.parts if isinstance(option, Sequence) else (option,):
            if isinstance(part, Look) and not (part.behind or part.negated):  # \Z
                row += part.rows[0]
            elif isinstance(part, One):
                row.append(part.letters)
            else:
                raise ValueError("only letters can be looked at")
        rows.append(tuple(row))
    return tuple(rows)


# --- what is known of a part


def nullable(node: Node) -> bool:
    """True if the part can match nothing."""
    match node:
        case One():
            return False
        case Sequence(parts):
            return all(map(nullable, parts))
        case Either(options):
            return any(map(nullable, options))
        case Repeat(part, least):
            return least == 0 or nullable(part)
        case Group(part):
            return nullable(part)
        case Look():
            return True


def edge(node: Node, beyond: Letters, last: bool = False) -> Letters:
    """The letters that the part can begin with (or end with), where ``beyond`` comes behind (before) it."""
    match node:
        case One(letters):
            return letters
        case Sequence(parts):
            for part in parts if last else reversed(parts):
                beyond = edge(part, beyond, last)
            return beyond
        case Either(options):
            return frozenset().union(*(edge(option, beyond, last) for option in options))
        case Repeat(part, least):
            return edge(part, beyond, last) | (beyond if least == 0 else frozenset())
        case Group(part):
            return edge(part, beyond, last)
        case Look(rows, behind, negated):
            if behind or negated or last or not all(rows):
                return beyond
            return beyond & frozenset().union(*(row[0] for row in rows))


def inside(node: Node) -> Letters:
    """All letters that a match of the part can hold."""
    match node:
        case One(letters):
            return letters
        case Sequence(parts) | Either(parts):
            return frozenset().union(*map(inside, parts))
        case Repeat(part) | Group(part):
            return inside(part)
        case Look():
            return frozenset()


def needs(node: Node) -> Letters | None:
    """The smallest set known of which every match of the part holds a letter; None if there is none."""
    match node:
        case One(letters):
            return letters
        case Sequence(parts):
            return min(filter(None, map(needs, parts)), key=len, default=None)
        case Either(options):
            found = [needs(option) for option in options]
            return None if None in found else frozenset().union(*filter(None, found))
        case Repeat(part, least):
            return needs(part) if least else None
        case Group(part):
            return needs(part)
        case Look():
            return None


def _closing(node: Node) -> bool:
    """True if the expression ends in ``\\Z`` and holds at least a letter."""
    end = Look(((frozenset({OUTSIDE}),),), False, False)
    return isinstance(node, Sequence) and node.parts[-1] == end and not nullable(node)


# --- to the machine


@dataclass(frozen=True)
class Grammar:
    """Expressions for the machine.

    rules, sets: as in ``framing.kernel.grammar.match``; row *n* of the rules is the head of expression
    *n* · choices: the most choices that a match can note between two letters.
    """

    rules: Ints
    sets: Bools
    choices: int

    def work(self, longest: int) -> Longs:
        """Slots and room for choices, for texts of at most ``longest`` letters."""
        return np.zeros(machine.SLOTS + machine.CHOICE_SIZE * self.choices * (longest + 1), dtype=np.int64)


def compiled(patterns: Iterable[str]) -> Grammar:
    """The expressions as one grammar; ValueError where one leaves the language."""
    nodes = [parse(pattern) for pattern in patterns]
    assembler = _Assembler(len(nodes))
    for number, node in enumerate(nodes):
        assembler.expression(number, node)
    sets = np.zeros((len(assembler.sets), OUTSIDE + 1), dtype=bool)
    for letters, number in assembler.sets.items():
        sets[number, list(letters)] = True
    rules = np.array(assembler.rows, dtype=np.int32).reshape(-1, machine.COLUMNS)
    return Grammar(rules, sets, assembler.choices)


class _Assembler:
    """Rows are made from the end of an expression to its beginning: each knows what follows it."""

    def __init__(self, n: int) -> None:
        self.rows: list[tuple[int, ...]] = [()] * n
        self.sets: dict[Letters, int] = {}
        self.choices = 0

    def row(self, *numbers: int) -> int:
        self.rows.append((*numbers, *[0] * (machine.COLUMNS - len(numbers))))
        return len(self.rows) - 1

    def set(self, letters: Letters) -> int:
        return self.sets.setdefault(letters, len(self.sets))

    def expression(self, number: int, node: Node) -> None:
        """Adds an expression."""
        start = len(self.rows)
        row = self.row(machine.MATCH, machine.FAIL)
        parts = node.parts if isinstance(node, Sequence) else (node,)
        slots = [machine.FIRST + 2 * sum(isinstance(p, Group) for p in parts[:n]) for n in range(len(parts))]
        follow = _ALL
        for part, slot in zip(reversed(parts), reversed(slots), strict=True):
            if isinstance(part, Group):
                row = self.row(machine.SAVE, row, slot + 1)
                row = self.row(machine.SAVE, self.made(part.part, row, follow), slot)
            else:
                row = self.made(part, row, follow)
            follow = edge(part, follow)
        if sum(isinstance(part, Group) for part in parts) * 2 > machine.SLOTS - machine.FIRST:
            raise ValueError("too many groups")
        last = self.set(edge(node, _ALL, last=True)) if _closing(node) else machine.FAIL
        within = self.set(inside(node)) if _closing(node) else machine.FAIL
        needed = needs(node)
        always = machine.FAIL if needed is None or needed >= follow else self.set(needed)
        kinds = [row[0] for row in self.rows[start:]]
        self.choices = max(self.choices, sum(kinds.count(kind) for kind in _CHOICES))
        self.rows[number] = self.rows[self.row(machine.HEAD, row, self.set(follow), last, within, always)]

    def made(self, node: Node, after: int, follow: Letters) -> int:
        """The first row of a part that goes on at row ``after``, with one of the letters ``follow``."""
        match node:
            case One(letters):
                return self.row(machine.SET, after, self.set(letters))
            case Sequence(parts):
                for part in reversed(parts):
                    after, follow = self.made(part, after, follow), edge(part, follow)
                return after
            case Either(options):
                row, begins = self.made(options[-1], after, follow), edge(options[-1], follow)
                for option in reversed(options[:-1]):
                    first = edge(option, follow)
                    road = self.made(option, after, follow)
                    row = self.row(machine.CHOICE, road, self.set(first), self.set(begins), row)
                    begins |= first
                return row
            case Repeat():
                return self._repeat(node, after, follow)
            case Look():
                return self._look(node, after)
            case Group():
                raise ValueError("a group inside another part")

    def _repeat(self, node: Repeat, after: int, follow: Letters) -> int:
        if isinstance(node.part, One):
            kind = machine.RUN if node.greedy else machine.LAZY
            return self.row(kind, after, self.set(node.part.letters), node.least, node.most, self.set(follow))
        if nullable(node.part):
            raise ValueError("what is repeated can be nothing")
        first = edge(node.part, follow)  # not nullable: what follows does not matter
        row, begins = after, follow
        if node.most == _UNBOUNDED:
            row, begins = self._loop(node, after, follow), first | follow
        else:
            for _ in range(node.most - node.least):
                row = self._choice(self.made(node.part, row, begins), first, after, follow, node.greedy)
                begins = first | follow
        for _ in range(node.least):
            row, begins = self.made(node.part, row, begins), first
        return row

    def _choice(self, road: int, first: Letters, after: int, follow: Letters, greedy: bool) -> int:
        ways = [(road, self.set(first)), (after, self.set(follow))]
        (row, begins), (other, others) = ways if greedy else reversed(ways)
        return self.row(machine.CHOICE, row, begins, others, other)

    def _loop(self, node: Repeat, after: int, follow: Letters) -> int:
        first = edge(node.part, follow)
        place = self.row(machine.CHOICE, machine.FAIL)
        road = self.made(node.part, place, first | follow)
        choice = self._choice(road, first, after, follow, node.greedy)
        self.rows[place] = self.rows[choice]
        return place

    def _look(self, node: Look, after: int) -> int:
        yes, no = (machine.FAIL, after) if node.negated else (after, machine.FAIL)
        for letters in reversed(node.rows):
            row = yes
            distances = range(-len(letters), 0) if node.behind else range(len(letters))
            for distance, seen in reversed(list(zip(distances, letters, strict=True))):
                row = self.row(machine.LOOK, row, distance, self.set(seen), no)
            no = row
        return no
