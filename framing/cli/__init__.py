"""The front door: the command ``framing``. Hydra, argv and exit codes stop here.

A command is one file in ``framing/cli/commands``: its name is the command's, the first line of its
docstring is its line of ``framing --help``, and ``main(arguments) -> int`` runs it. Heavy imports
stand inside functions, so that ``--help`` answers at once.
"""

from __future__ import annotations

import codecs
import importlib
import io
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from framing.cli import commands
from framing.cli.nearest import nearest
from framing.cli.outcome import exit_code
from framing.errors import ConfigurationError

_USAGE = """\
usage: framing COMMAND [ARGUMENTS]

How news outlets frame companies: sentiment and framing axes by outlet and company.

commands:
{commands}

options:
  -h, --help    these lines; after a command: its own help
  --version     the version

exit codes: 0 done; 1 a check failed; 2 the input or the configuration is wrong; 130 interrupted"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every error becomes one line on stderr."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_any_locale()
    try:
        code = _dispatch(arguments)
        sys.stdout.flush()  # a closed pipe must show here, not when the interpreter ends
        return code
    except SystemExit as end:  # argparse after --help
        return end.code if isinstance(end.code, int) else 0
    except BaseException as error:
        return exit_code(error)


def _speak_any_locale() -> None:
    """Let every character and every path out: a narrow locale (LC_ALL=C) must not end a run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if codecs.lookup(stream.encoding).name in ("ascii", "utf-8"):
                stream.reconfigure(encoding="utf-8", errors="surrogateescape")
            else:
                stream.reconfigure(errors="replace")


def names() -> list[str]:
    """The commands there are, sorted."""
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))


def _dispatch(arguments: list[str]) -> int:
    match arguments:
        case []:
            raise ConfigurationError(f"no command given; expected {' or '.join(names())} (framing --help)")
        case ["-h" | "--help" | "help", *_]:
            print(_help())
            return 0
        case ["--version", *_]:
            from framing import __version__

            print(f"framing {__version__}")
            return 0
        case ["-sc" | "--shell-completion", *_]:  # Hydra's completion script calls the bare command
            return _run("run", arguments)
        case [name, *rest]:
            return _run(name, rest)
    raise AssertionError("every list of arguments is one of the above")


def _run(name: str, arguments: list[str]) -> int:
    if name not in names():
        hint = nearest(name, names())
        raise ConfigurationError(f"{name}: no such command{hint} (commands: {', '.join(names())})")
    code: int = _module(name).main(arguments)
    return code


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{commands.__name__}.{name.replace('-', '_')}")


def _help() -> str:
    summaries = {name: (_module(name).__doc__ or "").partition("\n")[0] for name in names()}
    return _USAGE.format(commands="\n".join(f"  {name:<13} {text}" for name, text in summaries.items()))
