"""check every byte of an archive against its manifest: framing verify ARCHIVE"""

from __future__ import annotations

from pathlib import Path

MOST = 5
"""Lines about the container itself; what it holds is always listed whole."""


def main(arguments: list[str]) -> int:
    """Print each changed, missing or extra file and return 1 if there is one."""
    from framing.cli.arguments import Parser

    parser = Parser(prog="framing verify", description=__doc__)
    parser.add_argument("archive", metavar="ARCHIVE", help="the archive.zip of a run")
    path = Path(parser.parse_args(arguments).archive)
    from framing.archive import verify

    problems = verify(path)
    container = [p for p in problems if p.startswith("container:")]
    for problem in [p for p in problems if p not in container] + container[:MOST]:
        print(problem)
    if len(container) > MOST:
        print(f"container: … and {len(container) - MOST} more of this kind")
    if problems:
        from framing.errors import CheckFailed

        count = f"{len(problems)} fault{'s' if len(problems) > 1 else ''}"
        raise CheckFailed(f"{path}: {count}; it is not the archive that was written")
    print(f"{path}: sound")
    return 0
