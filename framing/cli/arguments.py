"""An argument parser whose complaints are one line, like every other error of the front door."""

from __future__ import annotations

import argparse
from typing import NoReturn

from framing.errors import ConfigurationError


class Parser(argparse.ArgumentParser):
    """argparse, but a wrong argument raises ``ConfigurationError`` and options cannot be shortened."""

    def __init__(self, prog: str, description: str | None, epilog: str = "", add_help: bool = True) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            add_help=add_help,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage."""
        raise ConfigurationError(f"{message} ({self.prog} --help shows what is expected)")
