"""The pattern language that axes, groups and cue lists are written in.

==============  ==========================================================================
``word``        this token, whatever its case; with a capital letter: exactly so
``word*``       any run of characters (``breakthrough*``, ``*-led``)
``word+``       the word and its inflections (``curb+``: curb, curbs, curbed, curbing)
``(a|b c|)``    one of these; an empty alternative makes the group optional
``~3``          up to three tokens in between, within one clause
==============  ==========================================================================
"""

from framing.pattern.inflect import inflections
from framing.pattern.parse import Element, Pattern, literal, parse
from framing.pattern.token import spell, split

__all__ = ["Element", "Pattern", "inflections", "literal", "parse", "spell", "split"]
