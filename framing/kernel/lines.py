"""Lines of UTF-8 bytes to numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from framing.kernel.jit import inlined, kernel

_FIRST_GAP, _SECOND_GAP = 35, 41
FIRST_PRIME, SECOND_PRIME = 2**30 - _FIRST_GAP, 2**30 - _SECOND_GAP
"""The two greatest primes below 2**30: a hash is the pair of the remainders of a line's bytes."""
_LOW = 2**30 - 1

_BLANK, _OTHER = 32, 255
# What a byte becomes: its lower case, a space for ASCII white space, ``_OTHER`` where more bytes decide.
_FOLDED = np.arange(256, dtype=np.uint8)
_FOLDED[ord("A") : ord("Z") + 1] += 32
_FOLDED[[*range(9, 14), *range(28, 32)]] = _BLANK
_FOLDED[128:] = _OTHER


@inlined
def _width(data: npt.NDArray[Any], at: int) -> int:
    """Bytes of the character at ``at``, negative if it is white space, 0 if its folding is not known here.

    Known are U+0080 to U+00FF and U+2000 to U+20BF (punctuation, currencies): in Western European news
    all but one character in some thousands.
    """
    lead = data[at]
    second = data[at + 1]
    if lead == 0xC2:
        if second == 0x85 or second == 0xA0:
            return -2
        return 0 if second == 0xB5 else 2  # U+00B5 folds to a Greek letter
    if lead == 0xC3:
        return 0 if second == 0x9F else 2  # U+00DF folds to two letters
    if lead != 0xE2 or second > 0x82:
        return 0
    third = data[at + 2]
    if second == 0x80 and (third <= 0x8A or third == 0xA8 or third == 0xA9 or third == 0xAF):
        return -3
    if second == 0x81 and third == 0x9F:
        return -3
    return 3


@inlined
def _fold(data: npt.NDArray[Any], at: int, stop: int, folded: npt.NDArray[Any]) -> int:
    """Writes the line ``data[at:stop]`` folded into ``folded``; its length, or −1 if that is not known here."""
    length = 0
    blank = True
    while at < stop:
        code = _FOLDED[data[at]]
        if code != _OTHER:
            # Without a branch: a second space in a row is written over.
            folded[length] = code
            length += not (blank and code == _BLANK)
            blank = code == _BLANK
            at += 1
            continue
        width = _width(data, at)
        if width == 0:
            return -1
        if width < 0:
            folded[length] = _BLANK
            length += not blank
            blank = True
            at -= width
            continue
        for k in range(width):
            folded[length + k] = data[at + k]
        # À to Þ become à to þ, but for the sign of multiplication.
        if data[at] == 0xC3 and data[at + 1] < 0x9F and data[at + 1] != 0x97:
            folded[length + 1] |= 0x20
        length += width
        blank = False
        at += width
    return length - (blank and length > 0)


@inlined
def _reduced(value: int, gap: int) -> int:
    """A number below 2**31 with the remainder of ``value`` (below 2**63) by the prime 2**30 − gap."""
    value = (value >> 30) * gap + (value & _LOW)
    return (value >> 30) * gap + (value & _LOW)


@kernel("u1[:], i8[:], i8[:], out i8[:]")
def hash_lines(data: npt.NDArray[Any], start: npt.NDArray[Any], end: npt.NDArray[Any], out: npt.NDArray[Any]) -> None:
    """``corpus.lines.line_hash`` of each line ``data[start[i]:end[i]]``, −1 where it is not known here.

    data: valid UTF-8 · start, end: bytes, at boundaries of characters. The bytes of the line, case
    folded, each stretch of white space one space and none at the ends, are read as one number with
    a leading 1 (Karp & Rabin 1987); four bytes go in at a time.
    """
    folded = np.empty(np.max(end - start) + 2 if len(start) else 0, np.uint8)
    for line in range(len(start)):
        length = _fold(data, start[line], end[line], folded)
        if length < 0:
            out[line] = -1
            continue
        first, second = np.int64(1), np.int64(1)
        whole = length - length % 4
        for at in range(0, whole, 4):
            word = np.int64(folded[at]) << 24 | np.int64(folded[at + 1]) << 16
            word |= np.int64(folded[at + 2]) << 8 | np.int64(folded[at + 3])
            first = _reduced((first << 32) | word, _FIRST_GAP)
            second = _reduced((second << 32) | word, _SECOND_GAP)
        for at in range(whole, length):
            first = _reduced((first << 8) | np.int64(folded[at]), _FIRST_GAP)
            second = _reduced((second << 8) | np.int64(folded[at]), _SECOND_GAP)
        out[line] = (first % FIRST_PRIME) << 30 | second % SECOND_PRIME
