"""make a starter folder for a study of one's own: framing init DIR"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from framing.errors import ConfigurationError

STARTER = Path(__file__).resolve().parents[1] / "starter"
"""The files of a starter folder, as they are copied."""


def main(arguments: list[str]) -> int:
    """Copy the starter files into a new or empty folder and print it."""
    from framing.cli.arguments import Parser

    parser = Parser(prog="framing init", description=__doc__)
    parser.add_argument("folder", metavar="DIR", help="a new or empty folder")
    folder = Path(parser.parse_args(arguments).folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(f"{folder}: exists and is no empty folder; name a new one")
    # copyfile leaves out the mode: an installed package may be read-only.
    shutil.copytree(STARTER, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    print(folder)
    print(f"next: cd {shlex.quote(str(folder))} && framing run --config-dir conf experiment=mystudy")
    return 0
