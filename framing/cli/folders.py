"""Where configuration and data lie: the user's own folder first, then what the package ships."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from framing.errors import ConfigurationError

PACKAGE = "package://"
"""``package://demo/articles.jsonl`` is a file of the shipped data folder; no other scheme exists."""
_ROOM = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Folders:
    """user: the folder given by ``--config-dir`` · conf, data: the shipped folders."""

    user: Path | None
    conf: Path
    data: Path

    @property
    def configs(self) -> tuple[Path, ...]:
        """Folders of YAML choices; the first that has a file wins."""
        return (*([self.user] if self.user else []), self.conf)

    @property
    def instruments(self) -> tuple[Path, ...]:
        """Folders of instruments; the first that has a file wins."""
        own = [self.user, self.user / "data"] if self.user else []
        return (*own, self.data, self.conf)

    def choices(self, group: str) -> list[str]:
        """Names of the YAML choices of a group, sorted."""
        return sorted({file.stem for folder in self.configs for file in (folder / group).glob("*.yaml")})

    def groups(self) -> list[str]:
        """Names of all groups that have a choice, sorted."""
        found = {path.parent.name for folder in self.configs for path in folder.glob("*/*.yaml")}
        return sorted(found - {"hydra"})

    def shipped(self, address: str, key: str) -> str:
        """The path of ``package://…``, which cannot leave the shipped data folder."""
        parts = address.removeprefix(PACKAGE).split("/")
        if not all(parts) or ".." in parts or "." in parts:
            raise ConfigurationError(f"{key}: {address} is not in the shipped data; expected {PACKAGE}FOLDER/FILE")
        return str(self.data.joinpath(*parts))


def folders(user: str | None = None) -> Folders:
    """The folders of this installation and of ``--config-dir user``."""
    own = Path(user).absolute() if user else None
    if own and not own.is_dir():
        raise ConfigurationError(f"--config-dir {user}: no such folder")
    return Folders(own, _shipped("conf", "config.yaml"), _shipped("data", "lexicons"))


def _shipped(name: str, holds: str) -> Path:
    # A wheel carries the folder inside the package; a checkout has it beside.
    for folder in (_ROOM / name, _ROOM.parent / name):
        if (folder / holds).exists():
            return folder
    raise ConfigurationError(f"this installation lacks its {name} folder ({_ROOM / name}); install it again")
