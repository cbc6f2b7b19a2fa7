"""The log of the embedded server kept file by file in a folder, so that it can return to any moment after a copy of it."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path

from zhitong.config import environment
from zhitong.kit.trouble import Trouble
from zhitong.launch.embedded.place import Place

LONGEST_LOSS = "60s"
"""So often the log is kept at the latest, also when little happens: what can be lost with the machine."""


class NoArchive(Trouble):
    """The folder for the log cannot be used."""


def folder() -> Path | None:
    """Where the log is kept; None where it is not."""
    chosen = environment.text("ZHITONG_WAL_ARCHIVE")
    return Path(chosen).expanduser().absolute() if chosen else None


def options(place: Place) -> dict[str, str]:
    """What the server is told at its start. Raises NoArchive: the folder cannot be made."""
    kept = folder()
    if kept is None:
        return {}
    try:
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.user:
            os.chown(kept, place.user.uid, place.user.gid)
    except OSError as error:
        raise NoArchive(f"日志归档文件夹 {kept} 建不了（{error.strerror}）；请改 ZHITONG_WAL_ARCHIVE。") from error
    return {"archive_mode": "on", "archive_timeout": LONGEST_LOSS, "archive_command": keeping(kept)}


def keeping(kept: Path) -> str:
    """The command that keeps one file: whole or not at all, and never in the place of another."""
    file = shlex.quote(f"{kept}/%f")
    part = shlex.quote(f"{kept}/.%f.part")
    return f"if test -f {file}; then cmp -s %p {file}; else cp %p {part} && mv {part} {file}; fi"


def recovery(kept: Path, left_over: Path, until: datetime | None) -> str:
    """Lines of the server's settings: fetch the log from the folder, else from what lay unkept; stop at a moment, else at the end."""
    archived, unkept = (shlex.quote(f"{one}/%f") for one in (kept, left_over))
    fetch = f"cp {archived} %p || cp {unkept} %p".replace("'", "''")
    lines = [f"restore_command = '{fetch}'", "recovery_target_action = 'promote'", "hot_standby = off"]
    if until is not None:
        lines.append(f"recovery_target_time = '{until.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00'")
    return "".join(f"{line}\n" for line in lines)
