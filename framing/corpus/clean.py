"""Cleaning: labels what each line of a text is; never deletes, so offsets stay those of the text as given.

Two tools: ``Lines`` tells body from headings, captions, bylines, lists of related stories and
boilerplate; ``Whole`` takes the whole of each text as body.

How ``Lines`` reads a page, first to last:

1. a line is marked by its own words (``marks``) or because it recurs in its outlet (``Survey.repeated``);
2. any other line is *prose* (it ends as a sentence does, is long, or is in a script without capitals)
   or *bare* (short, no full stop);
3. a bare line equal to the title, or standing before the first prose, is the headline; bare lines
   between prose are headings; several together, or after the last prose, are related stories;
4. after the tail of a page has begun only long prose is body again;
5. a text with any line of four words has a body: if the rules found none, its bare lines are it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from framing.corpus.lines import Line, bulleted, line_hash, lines, terminal
from framing.corpus.marks import LONGEST, mark
from framing.tables import PARTS, Corpus, Spans, Survey

__all__ = ["Lines", "Whole", "line_hash"]

Labelled = tuple[int, int, str]


@dataclass(frozen=True)
class Whole:
    """One span a text, white space around it aside, with part body (``clean=none``)."""

    def __call__(self, corpus: Corpus, survey: Survey) -> Spans:
        """The spans of a shard; the survey is not used."""
        return _spans([_whole(text) for text in corpus.column("text")])


@dataclass(frozen=True)
class Lines:
    """Spans of lines and paragraphs, each with its part (``clean=lines``).

    heading_words: words of the longest heading · sentence_words: where a text's sentences end in full
    stops, a longer line is a sentence without one · related_run: bare lines in a row that make a list
    of related stories · tail_characters: prose as long as this is body even after the tail of the
    page began.
    """

    heading_words: int = 12
    sentence_words: int = 18
    related_run: int = 3
    tail_characters: int = 120

    def __call__(self, corpus: Corpus, survey: Survey) -> Spans:
        """The spans of a shard."""
        columns = (corpus.column(name) for name in ("text", "title", "outlet"))
        return _spans(
            [
                self._label(text, title, survey.repeated.get(outlet or "", frozenset()))
                for text, title, outlet in zip(*columns, strict=True)
            ]
        )

    def _label(self, text: str, title: str | None, repeated: frozenset[int]) -> list[Labelled]:
        found = _split(text, lines(text), title)
        strings = [text[line.start : line.end] for line, _ in found]
        parts = [part or _own_part(string, title, repeated) for string, (_, part) in zip(strings, found, strict=True)]
        words = self.sentence_words if _is_punctuated(strings) else self.heading_words
        prose = [part is None and self._is_prose(string, words) for part, string in zip(parts, strings, strict=True)]
        labels = _Page(self, strings, parts, prose).labels()
        return [(line.start, line.end, label) for (line, _), label in zip(found, labels, strict=True)]

    def _is_prose(self, string: str, most_words: int) -> bool:
        """``most_words``: longer lines are prose even without a full stop, but for those in title case."""
        n_words = len(string[:LONGEST].split())
        if n_words > 25 or not is_cased(string):
            return True
        if terminal(string):
            # "Q&A:", "WHY IT MATTERS:" and "Is It Too Late for Acme?" are no sentences of a text.
            is_label = string[-1] in ":;" and (n_words < 3 or string.isupper())
            return not is_label and not (string[-1] in "?!:" and n_words > 3 and is_title_case(string))
        if bulleted(string) and n_words >= 5:
            return True
        return (n_words > most_words and not is_title_case(string)) or _QUOTED.match(string) is not None


@dataclass
class _Page:
    """The lines of one text while they are labelled: own parts first, then by neighbours."""

    tool: Lines
    strings: list[str]
    parts: list[str | None]
    prose: list[bool]

    def labels(self) -> list[str]:
        """The part of each line."""
        self._tail()
        first = next((i for i, is_prose in enumerate(self.prose) if is_prose), len(self.prose))
        last = max((i for i, is_prose in enumerate(self.prose) if is_prose), default=-1)
        for run in self._runs():
            self._label_run(run, first, last)
        self._about_the_author(last)
        labels = ["body" if part is None else part for part in self.parts]
        return _with_lead(_never_empty(labels, self.strings))

    def _runs(self) -> Iterator[list[int]]:
        """Stretches of bare lines; marked lines in between do not part them, prose does."""
        run: list[int] = []
        for i, is_prose in enumerate(self.prose):
            if is_prose and run:
                yield run
                run = []
            elif not is_prose and self.parts[i] is None:
                run.append(i)
        if run:
            yield run

    def _label_run(self, run: list[int], first: int, last: int) -> None:
        if run[-1] < first:
            self._label_top(run)
            return
        after_the_end = run[0] > last
        for i in run:
            if after_the_end and len(run) < self.tool.related_run and self._is_cut_sentence(i):
                self.parts[i] = None
            elif after_the_end or len(run) >= self.tool.related_run or self._is_link(i):
                self.parts[i] = "related"
            else:
                self.parts[i] = "heading"

    def _label_top(self, run: list[int]) -> None:
        """Before the first prose: the first line of four words is the headline; shorter ones are chrome."""
        headline = "headline" not in self.parts
        for i in run:
            is_long = len(self.strings[i].split()) >= 4
            self.parts[i] = "headline" if is_long and headline else ("heading" if is_long else "boilerplate")
            headline = headline and not is_long

    def _is_cut_sentence(self, i: int) -> bool:
        """A last line that only lacks its full stop: long enough and not in title case."""
        return len(self.strings[i].split()) >= 8 and not is_title_case(self.strings[i])

    def _is_link(self, i: int) -> bool:
        """A headline between paragraphs: in capitals, or longer than a heading."""
        n_words = len(self.strings[i].split())
        return n_words > self.tool.heading_words or (n_words > 5 and self.strings[i].isupper())

    def _tail(self) -> None:
        """Short prose after the last long prose, once a list of other stories began, is of that list."""
        long = [self.prose[i] and len(self.strings[i]) >= self.tool.tail_characters for i in range(len(self.prose))]
        last = max((i for i, is_long in enumerate(long) if is_long), default=len(long))
        bare = 0
        for i in range(last + 1, len(self.prose)):
            listed = not self.prose[i] and self.parts[i] in (None, "related")
            bare += listed
            if self.prose[i] and bare > self.tool.related_run:
                self.parts[i], self.prose[i] = "related", False

    def _about_the_author(self, last: int) -> None:
        """The last paragraph but two: *Jo Doe is a columnist at …*"""
        for i in [i for i, is_prose in enumerate(self.prose) if is_prose][1:][-2:]:
            if len(self.strings[i]) <= LONGEST and _AUTHOR.match(self.strings[i]):
                self.parts[i] = "byline"


_AUTHOR = re.compile(
    r"(?:\W{0,3}(?:[A-Z][\w.'’-]+ ){2,4}|The (?:author|writer) )(?:is|was|covers|writes|reports)\b"
    r"(?!.*\b(?:said|says|told)\b)"
    r"(?: (?:a|an|the|about|on)\b.*\b(?:reporter|columnist|correspondent|contributor|staff writer|"
    r"senior writer|freelance|fellow at|professor (?:of|at)|author of|contributing)\b| (?:about|on) )"
)


def _is_punctuated(strings: list[str]) -> bool:
    """True if nearly all long lines end as sentences do, so that one that does not is no sentence."""
    long = [string for string in strings if len(string[:LONGEST].split()) > _LONG_WORDS]
    ended = sum(map(terminal, long))
    return ended >= 3 and ended >= 0.7 * len(long)


_LONG_WORDS = 12
# “…,” she said: a sentence, even where its full stop is lost.
_QUOTED = re.compile(r"[\"“‘'][^\n]{10,300},[\"”’'] \w+")


def _own_part(string: str, title: str | None, repeated: frozenset[int]) -> str | None:
    if title and line_hash(string) == line_hash(title):
        return "headline"
    own = mark(string)
    if own is None and repeated and line_hash(string) in repeated:
        return "boilerplate"
    return own


def _split(text: str, found: list[Line], title: str | None) -> list[tuple[Line, str | None]]:
    """The lines with the parts known so far: a page that was flattened into one line is cut where its
    title ends, and where its last sentence ends if names of topics and authors follow."""
    if not found:
        return []
    first, last = found[0], found[-1]
    cut = _title_in(text, first, (title or "").strip())
    head: list[tuple[Line, str | None]] = []
    if cut:
        start, end = cut
        head = [(_piece(text, first.start, start), "boilerplate")] if start > first.start else []
        head.append((_piece(text, start, end), "headline"))
        found = [_piece(text, end, first.end), *found[1:]]
        last = found[-1]
    end = _end_of_sentences(text, last)
    if end == last.end:
        return head + [(line, None) for line in found]
    tail = [(_piece(text, last.start, end), None), (_piece(text, end, last.end), "boilerplate")]
    return head + [(line, None) for line in found[:-1]] + tail


def _piece(text: str, start: int, end: int) -> Line:
    string = text[start:end]
    return Line(end - len(string.lstrip()), start + len(string.rstrip()), gap=False)


def _title_in(text: str, line: Line, title: str) -> tuple[int, int] | None:
    """Where the title stands near the start of a longer first line, with no sentence before it."""
    if len(title.split()) < 4:
        return None
    window = text[line.start : line.end][: _TITLE_WINDOW + len(title)].translate(_STRAIGHT)
    place = window.find(title.translate(_STRAIGHT))
    end = line.start + place + len(title)
    if place < 0 or end >= line.end or not text[end].isspace() or _SENTENCE_END.search(window[:place]):
        return None
    if place and not window[place - 1].isspace():
        return None
    return line.start + place, end


_TITLE_WINDOW = 1_200
_TAIL_WINDOW = 400


def _end_of_sentences(text: str, line: Line) -> int:
    """The end of the line, or of its last sentence if only words in title case follow (topics, names)."""
    start = max(line.start, line.end - _TAIL_WINDOW)
    if start == line.start or terminal(text[start : line.end]):
        return line.end
    ends = [match.end() for match in _SENTENCE_END.finditer(text[start : line.end])]
    if not ends:
        return line.end
    rest = text[start + ends[-1] : line.end].split()
    is_list = len(rest) >= 4 and (rest[0] in _TAIL_WORDS or is_title_case(" ".join(rest)))
    return start + ends[-1] if is_list else line.end


# Not after a capital: "the U.S. Open" goes on.
_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?…][\"”’)]*(?=\s)")
_TAIL_WORDS = ("Topics", "Tags", "Tagged", "Categorized", "Share", "Contributor", "Filed", "Related")
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def is_cased(string: str) -> bool:
    """True if most letters of the line's beginning belong to a script with capitals."""
    if string[:LONGEST].isascii():
        return True
    letters = [char for char in string[:LONGEST] if char.isalpha()]
    cased = sum(char.isupper() or char.islower() for char in letters)
    return 2 * cased > len(letters)


def is_title_case(string: str) -> bool:
    """True if, of the words of four letters and more, seven in ten begin with a capital."""
    words = [word.strip("\"'“”‘’([") for word in string[:LONGEST].split()]
    long = [word for word in words if len(word) >= 4 and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.7 * len(long)


def _never_empty(labels: list[str], strings: list[str]) -> list[str]:
    """A text with a line of four words has a body: what looks most like one if no line was."""
    if "body" in labels:
        return labels
    for candidates in (("headline", "heading", "related"), ("caption", "byline", "boilerplate")):
        chosen = [part in candidates and len(string.split()) >= 4 for part, string in zip(labels, strings, strict=True)]
        if any(chosen):
            return ["body" if is_chosen else part for part, is_chosen in zip(labels, chosen, strict=True)]
    return labels


def _with_lead(labels: list[str]) -> list[str]:
    if "body" in labels:
        labels[labels.index("body")] = "lead"
    return labels


def _whole(text: str) -> list[Labelled]:
    start = len(text) - len(text.lstrip())
    return [(start, len(text.rstrip()), "body")] if text.strip() else []


def _spans(articles: list[list[Labelled]]) -> Spans:
    rows = [
        (number, start, end, PARTS.index(part)) for number, found in enumerate(articles) for start, end, part in found
    ]
    array = np.array(rows, dtype=np.int32).reshape(-1, 4)
    return Spans(array[:, 0].copy(), array[:, 1].copy(), array[:, 2].copy(), array[:, 3].astype(np.int8))
