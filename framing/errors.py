"""What can go wrong, as a tree.

    FramingError
    ├── InputError          the user's files or rows          exit 2
    ├── ConfigurationError  the user's settings               exit 2
    └── CheckFailed         a check found a difference        exit 1

Every message is one clear line: which file, row or key; what was expected; what to do.
"""

from __future__ import annotations


class FramingError(Exception):
    """Any error this package raises on purpose; ``exit_code`` is what the command line returns."""

    exit_code = 2


class InputError(FramingError):
    """A file or a row of the user's input cannot be used."""


class ConfigurationError(FramingError):
    """A setting is misspelt, of the wrong type, or impossible."""


class CheckFailed(FramingError):
    """A check ran and found a difference (a changed byte, another number)."""

    exit_code = 1
