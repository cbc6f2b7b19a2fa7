"""What a backup says of itself: when and of what it was taken, its files, what every table held."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from zhitong.kit.trouble import Trouble
from zhitong.launch.backup.digests import TableDigest

FORMAT = 1
NAME = "manifest.json"
DUMP, KEY = "database.dump", "secret_key"
PREFIX = "zhitong-"
_STAMP = "%Y%m%dT%H%M%SZ"


class BrokenBackup(Trouble):
    """A backup is not whole, or is not one."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`server` and `program` are major versions of PostgreSQL; `release` and `migrations` are those of the code."""

    taken_at: datetime
    release: str
    server: int
    program: int
    migrations: list[str]
    files: dict[str, KeptFile]
    tables: dict[str, TableDigest]

    @property
    def rows(self) -> int:
        """How many rows all tables held."""
        return sum(one.rows for one in self.tables.values())


def write(manifest: Manifest, folder: Path) -> None:
    """Put it into its backup, last of all: what has a manifest was finished."""
    told: dict[str, Any] = {"format": FORMAT, **asdict(manifest), "taken_at": manifest.taken_at.isoformat()}
    (folder / NAME).write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BrokenBackup: there is none, or it cannot be read."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if told.pop("format") != FORMAT:
            raise BrokenBackup(f"{folder} 是另一版本做的备份，本版本读不了；请用做备份的版本恢复后再升级。")
        return Manifest(
            taken_at=datetime.fromisoformat(told.pop("taken_at")),
            files={name: KeptFile(**one) for name, one in told.pop("files").items()},
            tables={name: TableDigest(**one) for name, one in told.pop("tables").items()}, **told,
        )
    except FileNotFoundError as error:
        raise BrokenBackup(f"{folder} 不是备份，或者没有做完：里面没有 {NAME}；请另选一个。") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BrokenBackup(f"{folder} 的清单 {NAME} 已损坏，读不了；请另选一个备份。") from error


def kept(path: Path) -> KeptFile:
    """A file as it lies on disk now."""
    with path.open("rb") as file:
        return KeptFile(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def refuse_broken_files(manifest: Manifest, folder: Path) -> None:
    """Raises BrokenBackup: a file is missing, shorter, or not what was written."""
    for name, promised in manifest.files.items():
        path = folder / name
        if not path.is_file():
            raise BrokenBackup(f"备份 {folder} 里缺少文件 {name}；请另选一个备份。")
        if kept(path) != promised:
            raise BrokenBackup(f"备份 {folder} 里的 {name} 已损坏，与清单的校验值不符；请另选一个备份。")


def release() -> str:
    """The release of the code at work."""
    return metadata.version("zhitong")


def name_of(at: datetime) -> str:
    """What the folder of a backup is called."""
    return f"{PREFIX}{at.astimezone(UTC):{_STAMP}}"


def backups_in(folder: Path) -> dict[Path, datetime]:
    """The finished backups in a folder with the moments of their names, oldest first."""
    found = {}
    for path in sorted(folder.glob(f"{PREFIX}*")) if folder.is_dir() else ():
        if (path / NAME).is_file():
            try:
                found[path] = datetime.strptime(path.name.removeprefix(PREFIX), _STAMP).replace(tzinfo=UTC)
            except ValueError:
                continue
    return found


def chosen(given: Path) -> Path:
    """The backup that is meant: a backup's own folder, or the newest in a folder of them.

    Raises BrokenBackup: there is none.
    """
    if (given / NAME).is_file() or not (inside := backups_in(given)):
        if not given.is_dir():
            raise BrokenBackup(f"没有 {given} 这个文件夹；请指明备份所在的文件夹。")
        return given
    return list(inside)[-1]
