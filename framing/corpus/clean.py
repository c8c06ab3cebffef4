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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from framing.corpus.lines import Flags, Layout, bulleted, line_hashes, lines, terminal
from framing.corpus.marks import LONGEST, mark, screen
from framing.corpus.screen import Screen, loose
from framing.corpus.utf8 import Longs, Utf8
from framing.tables import PARTS, Corpus, Spans, Survey

Parts = npt.NDArray[np.int8]
_HEADLINE, _LEAD, _BODY, _BYLINE, _RELATED, _BOILERPLATE = map(
    PARTS.index, ("headline", "lead", "body", "byline", "related", "boilerplate")
)
_UNKNOWN = -1
"""The part of a line that no mark of its own gives."""


@dataclass(frozen=True)
class Whole:
    """One span a text, white space around it aside, with part body (``clean=none``)."""

    def __call__(self, corpus: Corpus, survey: Survey) -> Spans:
        """The spans of a shard; the survey is not used."""
        rows = [
            (i, len(t) - len(t.lstrip()), len(t.rstrip())) for i, t in enumerate(corpus.column("text")) if t.strip()
        ]
        columns = np.array(rows, dtype=np.int32).reshape(-1, 3).T
        article, start, end = (np.ascontiguousarray(column) for column in columns)
        return Spans(article, start, end, np.full(len(article), _BODY, np.int8))


@dataclass(frozen=True)
class Lines:
    """Spans of lines and paragraphs, each with its part (``clean=lines``).

    heading_words: words of the longest heading · sentence_words: where a text's sentences end in full
    stops, a longer line is a sentence without one · related_run: bare lines in a row that make a list
    of related stories · tail_characters: prose as long as this is body even after the tail of the
    page began.

    Most lines end in a full stop and pass no pattern's screen; most pages hold nothing but such lines.
    They are labelled all at once; only the other lines and pages are looked at one by one.
    """

    heading_words: int = 12
    sentence_words: int = 18
    related_run: int = 3
    tail_characters: int = 120

    def __call__(self, corpus: Corpus, survey: Survey) -> Spans:
        """The spans of a shard."""
        layout, parts = _split(lines(Utf8.of(corpus.table.column("text"))), corpus.column("title"))
        _mark(layout, parts, corpus, survey)
        prose = self._prose(layout, parts)
        plain = self._plain(layout, parts, prose)
        labels = np.where(parts == _UNKNOWN, np.int8(_BODY), parts)
        body = np.flatnonzero(prose & plain)
        labels[_about_authors(layout, body)] = _BYLINE
        labels[body[np.diff(layout.text[body], prepend=-1) > 0]] = _LEAD
        for text in np.unique(layout.text[~plain]).tolist():
            page = slice(layout.first[text], layout.first[text + 1])
            own = [None if part == _UNKNOWN else PARTS[part] for part in parts[page].tolist()]
            labels[page] = _Page(self, layout.strings(page), own, prose[page].tolist()).labels()
        article, start, end = (column.astype(np.int32) for column in (layout.text, layout.begin, layout.stop))
        return Spans(article, start, end, labels)

    def _prose(self, layout: Layout, parts: Parts) -> Flags:
        """Which of the lines without a part are prose."""
        ended = _ends_in_full_stop(layout)
        prose: Flags = (parts == _UNKNOWN) & ended
        most_words: dict[int, int] = {}
        for line in np.flatnonzero((parts == _UNKNOWN) & ~ended).tolist():
            string = layout.string(line)
            verdict = _is_prose(string)
            if verdict is not None:
                prose[line] = verdict
                continue
            n_words = len(string[:LONGEST].split())
            if n_words > min(self.heading_words, self.sentence_words) and not is_title_case(string):
                text = int(layout.text[line])
                if text not in most_words:
                    page = slice(layout.first[text], layout.first[text + 1])
                    punctuated = _is_punctuated(layout.strings(page), ended[page].tolist())
                    most_words[text] = self.sentence_words if punctuated else self.heading_words
                prose[line] = n_words > most_words[text]
        return prose

    def _plain(self, layout: Layout, parts: Parts, prose: Flags) -> Flags:
        """True for each line of a page of which no line has to be judged by its neighbours: some are prose,
        and all others have a part of their own."""
        n = len(layout.texts)
        bare = np.bincount(layout.text[(parts == _UNKNOWN) & ~prose], minlength=n)
        related = np.bincount(layout.text[parts == _RELATED], minlength=n)
        n_prose = np.bincount(layout.text[prose], minlength=n)
        plain: Flags = ((bare == 0) & (related <= self.related_run) & (n_prose > 0))[layout.text]
        return plain


def _mark(layout: Layout, parts: Parts, corpus: Corpus, survey: Survey) -> None:
    """Fills in the parts that lines have by the title, by their own words, or by recurring in their outlet."""
    titles = Utf8.of(corpus.table.column("title"))
    of_title = line_hashes(titles, titles.bounds[:-1], titles.bounds[1:])
    size = np.diff(titles.bounds)[layout.text]
    # Most lines are paragraphs: much longer than the title, they can only be one that recurs.
    hashed = np.flatnonzero((layout.end - layout.start <= 3 * size + 200) | bool(survey.repeated))
    hashes = np.full(len(layout), -1, np.int64)
    hashes[hashed] = line_hashes(layout.texts, layout.start[hashed], layout.end[hashed])
    parts[(parts == _UNKNOWN) & (hashes == of_title[layout.text])] = _HEADLINE
    short = np.flatnonzero((parts == _UNKNOWN) & (layout.length <= LONGEST))
    for line in short[_passing(screen, layout, short)].tolist():
        own = mark(layout.string(line))
        parts[line] = _UNKNOWN if own is None else PARTS.index(own)
    if survey.repeated:
        outlets = corpus.column("outlet")
        all_repeated = np.array(list(frozenset().union(*survey.repeated.values())), np.int64)
        for line in np.flatnonzero((parts == _UNKNOWN) & np.isin(hashes, all_repeated)).tolist():
            if int(hashes[line]) in survey.repeated.get(outlets[layout.text[line]] or "", ()):
                parts[line] = _BOILERPLATE


def _is_prose(string: str) -> bool | None:
    """Whether a line is prose by its own looks; None if it is where it has words enough and no title case."""
    n_words = len(string[:LONGEST].split(None, 26))
    if n_words > 25 or not is_cased(string):
        return True
    if terminal(string):
        # "Q&A:", "WHY IT MATTERS:" and "Is It Too Late for Acme?" are no sentences of a text.
        is_label = string[-1] in ":;" and (n_words < 3 or string.isupper())
        return not is_label and not (string[-1] in "?!:" and n_words > 3 and is_title_case(string))
    return True if (n_words >= 5 and bulleted(string)) or _QUOTED.match(string) else None


def _ends_in_full_stop(layout: Layout) -> Flags:
    """True for lines that end in a full stop, or in one (or ! or ?) and a closing quotation mark."""
    data, start, end = layout.texts.data, layout.start, layout.end
    last, third = data[end - 1], data[np.maximum(end - 3, start)]
    # ” and ’ are three bytes, E2 80 9D and E2 80 99.
    curly = (third == 0xE2) & (data[np.maximum(end - 2, start)] == 0x80) & ((last == 0x9D) | (last == 0x99))
    before = data[np.maximum(end - np.where(curly, 4, 2), start)]
    quoted = (curly | (last == ord('"')) | (last == ord("'"))) & np.isin(before, list(b".!?"))
    ended: Flags = (last == ord(".")) | quoted
    return ended


def _passing(screen: Callable[[], Screen], layout: Layout, chosen: Longs) -> Flags:
    """Which of the chosen lines a screen lets pass; a few lines are not worth its making."""
    if len(chosen) < _FEW:
        return np.ones(len(chosen), bool)
    return screen()(layout.texts.slices(layout.start[chosen], layout.end[chosen]))


_FEW = 100


def _about_authors(layout: Layout, prose: Longs) -> list[int]:
    """The lines about the author, of the last paragraphs but two: *Jo Doe is a columnist at …*"""
    text = np.concatenate(([-1], layout.text[prose], [-1, -1]))
    place = np.arange(1, len(prose) + 1)
    late = (text[place + 2] != text[place]) & (text[place - 1] == text[place])
    chosen = prose[late]
    chosen = chosen[layout.length[chosen] <= LONGEST]
    passing = chosen[_passing(_author_screen, layout, chosen)]
    return [line for line in passing.tolist() if _AUTHOR.match(layout.string(line))]


@cache
def _author_screen() -> Screen:
    return Screen((loose(_AUTHOR),), (), ())


@dataclass
class _Page:
    """The lines of one text while they are labelled: own parts first, then by neighbours."""

    tool: Lines
    strings: list[str]
    parts: list[str | None]
    prose: list[bool]

    def labels(self) -> list[int]:
        """The part of each line, as index into ``PARTS``."""
        self._tail()
        first = next((i for i, is_prose in enumerate(self.prose) if is_prose), len(self.prose))
        last = max((i for i, is_prose in enumerate(self.prose) if is_prose), default=-1)
        for run in self._runs():
            self._label_run(run, first, last)
        self._about_the_author(last)
        labels = ["body" if part is None else part for part in self.parts]
        return [PARTS.index(label) for label in _with_lead(_never_empty(labels, self.strings))]

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


def _is_punctuated(strings: list[str], ended: list[bool]) -> bool:
    """True if nearly all long lines end as sentences do, so that one that does not is no sentence.

    ended: True for lines that are known to end so.
    """
    long = [i for i, string in enumerate(strings) if len(string[:LONGEST].split(None, _LONG_WORDS)) > _LONG_WORDS]
    n_ended = sum(ended[i] or terminal(strings[i]) for i in long)
    return n_ended >= 3 and n_ended >= 0.7 * len(long)


_LONG_WORDS = 12
# “…,” she said: a sentence, even where its full stop is lost.
_QUOTED = re.compile(r"[\"“‘'][^\n]{10,300},[\"”’'] \w+")


def _split(layout: Layout, titles: list[str | None]) -> tuple[Layout, Parts]:
    """The lines with the parts known so far: a page that was flattened into one line is cut where its
    title ends, and where its last sentence ends if names of topics and authors follow."""
    rows: list[tuple[int, int, int, int]] = []
    whole = np.ones(len(layout), bool)
    for line, (title, is_last) in _to_cut(layout, titles).items():
        string, text, start = layout.string(line), int(layout.text[line]), int(layout.start[line])
        pieces = _pieces(string, title, is_last)
        if len(pieces) > 1:
            whole[line] = False
            at = [(start + len(string[:a].encode()), start + len(string[:b].encode()), part) for a, b, part in pieces]
            rows += [(text, *piece) for piece in at]
    kept = (layout.text[whole], layout.start[whole], layout.end[whole], np.full(int(whole.sum()), _UNKNOWN))
    cut = np.array(rows, np.int64).reshape(-1, 4).T
    columns = [np.concatenate(both) for both in zip(kept, cut, strict=True)]
    order = np.argsort(columns[1], kind="stable")
    texts, begin, stop, parts = (column[order] for column in columns)
    return Layout(layout.texts, texts, begin, stop), parts.astype(np.int8)


def _to_cut(layout: Layout, titles: list[str | None]) -> dict[int, tuple[str, bool]]:
    """Lines that may be cut: the title that the first line of a text may hold, whether it is the last one."""
    first, after = layout.first[:-1], layout.first[1:]
    last = after[after > first] - 1
    late = last[(layout.length[last] > _TAIL_WINDOW) & ~_ends_in_full_stop(layout)[last]]
    found = dict.fromkeys(late.tolist(), ("", True))
    raw = layout.texts.raw
    starts, ends = layout.start.tolist(), layout.end.tolist()
    for title, line, stop in zip(titles, first.tolist(), after.tolist(), strict=True):
        if title and line < stop and _may_hold(raw, starts[line], ends[line], title):
            found[line] = title.strip(), line + 1 == stop
    return found


def _may_hold(raw: bytes, start: int, end: int, title: str) -> bool:
    """False only if the title, or its longest piece between quotation marks, is not in the line's window."""
    if end - start <= len(title.strip()):
        return False
    piece = max(_QUOTES.split(title.strip()), key=len)
    # A character has four bytes at most.
    return raw.find(piece.encode(), start, min(end, start + 4 * (_TITLE_WINDOW + len(title)))) >= 0


_QUOTES = re.compile("[‘’“”'\"]")


def _pieces(string: str, title: str, is_last: bool) -> list[tuple[int, int, int]]:
    """(start, end, part) of what stands before the title, the title, the text, and the names after it."""
    pieces = []
    start = 0
    found = _title_in(string, title)
    if found:
        start, end = found
        pieces = [(0, len(string[:start].rstrip()), _BOILERPLATE)] if start else []
        pieces.append((start, end, _HEADLINE))
        start = len(string) - len(string[end:].lstrip())
    end = _end_of_sentences(string, start) if is_last else len(string)
    pieces.append((start, len(string[:end].rstrip()), _UNKNOWN))
    if end < len(string):
        pieces.append((len(string) - len(string[end:].lstrip()), len(string), _BOILERPLATE))
    return pieces


def _title_in(string: str, title: str) -> tuple[int, int] | None:
    """Where the title stands near the start of a longer line, with no sentence before it."""
    if len(title.split()) < 4:
        return None
    window = _straight(string[: _TITLE_WINDOW + len(title)])
    place = window.find(_straight(title))
    end = place + len(title)
    if place < 0 or end >= len(string) or not string[end].isspace() or _SENTENCE_END.search(window[:place]):
        return None
    if place and not window[place - 1].isspace():
        return None
    return place, end


_TITLE_WINDOW = 1_200
_TAIL_WINDOW = 400


def _end_of_sentences(string: str, start: int) -> int:
    """The end of the line from ``start`` on, or of its last sentence if only words in title case follow
    (topics, names)."""
    tail = string[max(start, len(string) - _TAIL_WINDOW) :]
    if len(string) - start <= _TAIL_WINDOW or terminal(tail):
        return len(string)
    ends = [match.end() for match in _SENTENCE_END.finditer(tail)]
    if not ends:
        return len(string)
    rest = tail[ends[-1] :].split()
    is_list = len(rest) >= 4 and (rest[0] in _TAIL_WORDS or is_title_case(" ".join(rest)))
    return len(string) - len(tail) + ends[-1] if is_list else len(string)


# Not after a capital: "the U.S. Open" goes on.
_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?…][\"”’)]*(?=\s)")
_TAIL_WORDS = ("Topics", "Tags", "Tagged", "Categorized", "Share", "Contributor", "Filed", "Related")


def _straight(string: str) -> str:
    """The string with straight quotation marks (four times faster than ``translate``)."""
    return string.replace("‘", "'").replace("’", "'").replace("“", '"').replace("”", '"')


def is_cased(string: str) -> bool:
    """True if most letters of the line's beginning belong to a script with capitals."""
    head = string[:LONGEST]
    plain = head.encode("ascii", "ignore")
    # Enough letters of ASCII decide, whatever the other characters are.
    if len(plain) == len(head) or len(plain.translate(None, _NO_LETTERS)) > len(head) - len(plain):
        return True
    letters = [char for char in head if char.isalpha()]
    cased = sum(char.isupper() or char.islower() for char in letters)
    return 2 * cased > len(letters)


_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())


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
