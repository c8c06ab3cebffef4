"""Bytes to numbers: words of UTF-8 text by an open hash table, and how a common word falls into tokens."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from framing.kernel.jit import inlined, kernel

Array = npt.NDArray[Any]

_FACTORS = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)  # the first: 2⁶⁴ over the golden ratio
_EIGHT, _HALF, _TOP = np.uint64(8), np.uint64(32), np.uint64(56)
_ONE, _BELOW = np.uint64(1), np.uint64((1 << 56) - 1)
_SHORT = 15
"""Bytes of a word that two numbers hold, beside its length; of longer words they are a hash, and bytes are compared."""
_LONGER = 255

_BLANK = np.zeros(256, dtype=np.uint8)
"""Of each byte: 1 if it is white space, 2 if white space of several bytes may begin with it."""
_BLANK[[*range(9, 14), *range(28, 33)]] = 1
_BLANK[[0xC2, 0xE1, 0xE2, 0xE3]] = 2


@inlined
def blank_at(data: Array, at: int, end: int) -> int:
    """Bytes of the white-space character (as ``str.split`` knows it) at ``data[at]``; 0 if it is none."""
    b = data[at]
    if _BLANK[b] < 2:
        return int(_BLANK[b])
    if b == 0xC2:
        return 2 if at + 1 < end and (data[at + 1] == 0x85 or data[at + 1] == 0xA0) else 0
    if at + 2 >= end:
        return 0
    second, third = data[at + 1], data[at + 2]
    if b == 0xE1:
        return 3 if second == 0x9A and third == 0x80 else 0
    if b == 0xE3:
        return 3 if second == 0x80 and third == 0x80 else 0
    if second == 0x80:
        return 3 if third <= 0x8A or 0xA8 <= third <= 0xA9 or third == 0xAF else 0
    return 3 if second == 0x81 and third == 0x9F else 0


@inlined
def _place(first: Any, second: Any, mask: Any) -> Any:
    """Where to look for a word of these two numbers: multiplicative hashing (Knuth, TAOCP 3, §6.4)."""
    value = first * _FACTORS[0] ^ second * _FACTORS[1]
    return (value ^ value >> _HALF) & mask


@kernel(
    "u1[:], i8[:], i8, out u8[:,:], out i8[:,:], out i4[:], out u8[:,:], out u1[:], out i8[:], i8, "
    "out i4[:], out i4[:], out i4[:], out i4[:], i8",
    allocates=False,
)
def number_words(
    data: Array,
    bounds: Array,
    string: int,
    words: Array,
    spans: Array,
    slots: Array,
    packs: Array,
    keys: Array,
    key_bounds: Array,
    n_keys: int,
    ids: Array,
    starts: Array,
    ends: Array,
    owners: Array,
    n_words: int,
) -> tuple[int, int, int]:
    """The words of ``strings[string:]``, string *i* being ``data[bounds[i]:bounds[i + 1]]``.

    words, spans: room for the words of a string: each as two numbers (``_SHORT``), and its bytes ·
    slots, packs: the hash table, a power of two of key numbers (−1 where free), and the two numbers of each ·
    keys, key_bounds: the bytes of the keys, ``n_keys`` of them so far · ids, starts, ends, owners: of each
    word its key, its characters ``start:end`` within its string, and its string, from ``n_words`` on.

    Stops before a string for which there might be no room, so that the caller can make some. Returns
    the next string, the number of keys and the number of words. Keys are compared whole. A string is cut
    first and looked up then: one look-up waits for memory while the next ones are on their way.
    """
    mask = np.uint64(len(slots) - 1)
    while string < len(bounds) - 1:
        at, end = bounds[string], bounds[string + 1]
        most = (end - at) // 2 + 1  # words: a blank between any two
        if (
            most > len(words)
            or 2 * (n_keys + most) > len(slots)
            or n_keys + most >= len(key_bounds)
            or key_bounds[n_keys] + (end - at) > len(keys)
            or n_words + most > len(ids)
        ):
            break
        origin = at  # what is to be taken off a byte's place to give its character's
        count = 0
        while at < end:
            kind = _BLANK[data[at]]
            if kind:
                blank = 1 if kind == 1 else blank_at(data, at, end)  # most are one byte, and need no call
                if blank:
                    at += blank
                    origin += blank - 1
                    continue
            begin = at
            starts[n_words + count] = at - origin
            first = second = np.uint64(0)  # bytes are pushed into the first number, and out of it into the second
            while at < end:
                b = data[at]
                kind = _BLANK[b]
                if kind and (kind == 1 or blank_at(data, at, end)):
                    break
                second = second << _EIGHT | first >> _TOP
                first = first << _EIGHT | np.uint64(b)
                origin += 0x80 <= b < 0xC0
                at += 1
            size = at - begin
            if size > _SHORT:  # addresses of pages end alike: all bytes must tell where to look
                for k in range(begin, at - 8):
                    first = (first ^ np.uint64(data[k])) * _FACTORS[0]
            words[count, 0] = first
            words[count, 1] = second & _BELOW | np.uint64(size if size <= _SHORT else _LONGER) << _TOP
            spans[count, 0], spans[count, 1] = begin, at
            ends[n_words + count] = at - origin
            owners[n_words + count] = string
            count += 1
        for word in range(count):
            first, second = words[word, 0], words[word, 1]
            slot = _place(first, second, mask)
            while True:
                key = int(slots[slot])
                if key < 0:
                    key = n_keys
                    slots[slot] = key
                    packs[slot, 0], packs[slot, 1] = first, second
                    low, begin, size = key_bounds[key], spans[word, 0], spans[word, 1] - spans[word, 0]
                    for k in range(size):
                        keys[low + k] = data[begin + k]
                    key_bounds[key + 1] = low + size
                    n_keys += 1
                    break
                if packs[slot, 0] == first and packs[slot, 1] == second:
                    if second >> _TOP <= _SHORT:
                        break
                    low, begin, size = key_bounds[key], spans[word, 0], spans[word, 1] - spans[word, 0]
                    if key_bounds[key + 1] - low == size:
                        same = 0
                        while same < size and keys[low + same] == data[begin + same]:
                            same += 1
                        if same == size:
                            break
                slot = (slot + _ONE) & mask
            ids[n_words + word] = key
        n_words += count
        string += 1
    return string, n_keys, n_words


@kernel("i4[:], u8[:,:], out i4[:], out u8[:,:]", allocates=False)
def move_slots(slots: Array, packs: Array, larger: Array, larger_packs: Array) -> None:
    """Puts every key of a hash table into an empty larger one (all −1, a power of two, at most half full)."""
    mask = np.uint64(len(larger) - 1)
    for old in range(len(slots)):
        if slots[old] < 0:
            continue
        slot = _place(packs[old, 0], packs[old, 1], mask)
        while larger[slot] >= 0:
            slot = (slot + _ONE) & mask
        larger[slot] = slots[old]
        larger_packs[slot, 0], larger_packs[slot, 1] = packs[old, 0], packs[old, 1]


OTHER, LETTER, DIGIT, LEFT, RIGHT, BOTH, JOIN, APOSTROPHE = range(8)
"""What a character of a plain word is: a mark that may stand on its left, its right, on both sides, one
that joins two parts of it (``-``, ``&``), an apostrophe, which does both."""


@inlined
def _class_at(data: Array, at: int, end: int) -> tuple[int, int]:
    """``(class, bytes)`` of the character at ``at``; OTHER for all that a plain word does not hold."""
    b = data[at]
    if b < 128:
        if 97 <= b <= 122 or 65 <= b <= 90:
            return LETTER, 1
        if 48 <= b <= 57:
            return DIGIT, 1
        if b == 39:
            return APOSTROPHE, 1
        if b == 45 or b == 38:
            return JOIN, 1
        if b == 40 or b == 36 or b == 91:
            return LEFT, 1
        if b == 34:
            return BOTH, 1
        if b == 44 or b == 46 or b == 59 or b == 58 or b == 33 or b == 63 or b == 41 or b == 37 or b == 93:
            return RIGHT, 1
        return OTHER, 1
    if b == 0xE2 and at + 2 < end and data[at + 1] == 0x80:
        third = data[at + 2]
        if third == 0x99:
            return APOSTROPHE, 3
        if third == 0x98 or third == 0x9C or third == 0x9D:
            return BOTH, 3
    return OTHER, 1


@inlined
def _lone_s(data: Array, begin: int, end: int) -> bool:
    """True for *s* with no letter or digit behind it: after an apostrophe it is *'s*, a token of its own."""
    if data[begin] != 83 and data[begin] != 115:
        return False
    if begin + 1 == end:
        return True
    kind, _ = _class_at(data, begin + 1, end)
    return bool(kind != LETTER and kind != DIGIT)


@kernel("u1[:], i8[:], out i8[:], out i4[:], out u1[:], out i8[:]", allocates=False)
def split_plain(data: Array, bounds: Array, counts: Array, rows: Array, spelt: Array, spelt_bounds: Array) -> int:
    """Tokens of the plain words among ``data[bounds[i]:bounds[i + 1]]``: the same as ``pattern.split`` gives.

    A plain word is letters (parts joined by ``-``, ``&``, an apostrophe) or a number, with single marks on
    either side: ``“Huawei’s``, ``1,000).`` Any other gets the count −1 and no tokens. counts: tokens of
    each word · rows: start and end of each token, flat, in characters · spelt, spelt_bounds: its bytes, a
    curly apostrophe straightened. Returns the number of tokens.
    """
    n, used = 0, 0
    for word in range(len(bounds) - 1):
        low, end = bounds[word], bounds[word + 1]
        n_before, used_before = n, used
        at, chars = low, 0
        fine = True
        # marks on the left, each a token
        kind, size = _class_at(data, at, end)
        while at < end and (kind == LEFT or kind == BOTH or kind == APOSTROPHE):
            rows[2 * n], rows[2 * n + 1] = chars, chars + 1
            if kind == APOSTROPHE:
                spelt[used] = 39
                used += 1
            else:
                for k in range(size):
                    spelt[used] = data[at + k]
                    used += 1
            n += 1
            spelt_bounds[n] = used
            at += size
            chars += 1
            if at < end:
                kind, size = _class_at(data, at, end)
        left = n - n_before
        # the word itself
        first, begin = chars, at
        number = at < end and kind == DIGIT
        last_kind, mark = OTHER, -1  # mark: where the last apostrophe stands, in characters
        mark_at = 0
        while at < end:
            kind, size = _class_at(data, at, end)
            if number:
                comma = data[at] == 44 or data[at] == 46 or data[at] == 58
                if kind == DIGIT:
                    pass
                elif comma and at + 1 < end and 48 <= data[at + 1] <= 57:
                    pass
                else:
                    break
            elif kind == LETTER or (kind == DIGIT and at > begin):
                pass
            elif (kind == JOIN or kind == APOSTROPHE) and at > begin and at + size < end:
                following, _ = _class_at(data, at + size, end)
                if following != LETTER and following != DIGIT:
                    break
                if kind == APOSTROPHE:
                    mark, mark_at = chars, used
            else:
                break
            if kind == APOSTROPHE:
                spelt[used] = 39
                used += 1
            else:
                for k in range(size):
                    spelt[used] = data[at + k]
                    used += 1
            last_kind = kind
            at += size
            chars += 1
        if chars == first or (at < end and (kind == LETTER or kind == DIGIT or kind == JOIN or kind == OTHER)):
            fine = False
        elif left and spelt[spelt_bounds[n - 1]] == 39 and _lone_s(data, begin, at):
            fine = False
        elif not number and mark >= 0 and mark == chars - 2 and (data[at - 1] | 32) == 115 and last_kind == LETTER:
            # Huawei's: two tokens
            rows[2 * n], rows[2 * n + 1] = first, mark
            n += 1
            spelt_bounds[n] = mark_at
            rows[2 * n], rows[2 * n + 1] = mark, chars
            n += 1
            spelt_bounds[n] = used
        else:
            rows[2 * n], rows[2 * n + 1] = first, chars
            n += 1
            spelt_bounds[n] = used
        # marks on the right, each a token
        before = -1
        while fine and at < end:
            kind, size = _class_at(data, at, end)
            if kind != RIGHT and kind != BOTH and kind != APOSTROPHE:
                fine = False
                break
            if data[at] == 46 and before == 46:
                fine = False  # an ellipsis is one token
                break
            if kind == APOSTROPHE:
                if at + size < end and (data[at + size] | 32) == 115:
                    fine = False
                    break
                spelt[used] = 39
                used += 1
            else:
                for k in range(size):
                    spelt[used] = data[at + k]
                    used += 1
            rows[2 * n], rows[2 * n + 1] = chars, chars + 1
            n += 1
            spelt_bounds[n] = used
            before = int(data[at])
            at += size
            chars += 1
        if fine:
            counts[word] = n - n_before
        else:
            counts[word] = -1
            n, used = n_before, used_before
    return n


@kernel("i4[:], i8[:], b1[:], i8[:], out i8[:]", allocates=False)
def count_tokens(ids: Array, first: Array, scored: Array, bounds: Array, first_token: Array) -> None:
    """Fills ``first_token``: tokens of word *w* are to be ``first_token[w]:first_token[w + 1]``.

    ids: words · first: words of sentence *i* are ``first[i]:first[i + 1]`` · scored: sentences that get
    tokens at all · bounds: a word of number *k* has ``bounds[k + 1] - bounds[k]`` tokens.
    """
    n = 0
    first_token[0] = 0
    for sentence in range(len(first) - 1):
        for word in range(first[sentence], first[sentence + 1]):
            if scored[sentence]:
                n += bounds[ids[word] + 1] - bounds[ids[word]]
            first_token[word + 1] = n


@kernel("i4[:], i4[:], i8[:], b1[:], i8[:], i4[:,:], out i4[:], out i4[:], out i4[:], out i4[:]", allocates=False)
def spell_out(
    ids: Array,
    starts: Array,
    first: Array,
    scored: Array,
    bounds: Array,
    rows: Array,
    token_ids: Array,
    token_starts: Array,
    token_ends: Array,
    sentences: Array,
) -> None:
    """The tokens of all scored sentences: number, characters ``start:end`` and sentence of each.

    rows: number, start and end (within the word) of each token of a spelling, those of word number *k*
    being ``rows[bounds[k]:bounds[k + 1]]``; the rest as in ``count_tokens``.
    """
    n = 0
    for sentence in range(len(first) - 1):
        if not scored[sentence]:
            continue
        for word in range(first[sentence], first[sentence + 1]):
            start = starts[word]
            for row in range(bounds[ids[word]], bounds[ids[word] + 1]):
                token_ids[n] = rows[row, 0]
                token_starts[n] = start + rows[row, 1]
                token_ends[n] = start + rows[row, 2]
                sentences[n] = sentence
                n += 1
