"""A copy of the whole server beside the dump, where its log is kept: from it any later moment can be reached."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from zhitong.config import database as config
from zhitong.config import state
from zhitong.kit import progress
from zhitong.launch.backup import programs
from zhitong.launch.embedded import archiving, server

FOLDER = "base"
COPY, LIST = f"{FOLDER}/base.tar.gz", f"{FOLDER}/backup_manifest"
KEYS = ("superuser", "database.json")
"""Private files of the state folder whose passwords stand in the copied server."""


def copy(draft: Path, major: int) -> tuple[str, ...]:
    """Copy the running server into a backup; returns the files, none where its log is not kept.

    Raises NoProgram, ProgramFailed, NoRoom.
    """
    if archiving.folder() is None or config.logins() is None:
        return ()
    program, _version = programs.fitting("pg_basebackup", major)
    words = ["--pgdata", str(draft / FOLDER), "--format=tar", "--gzip", "--wal-method=fetch", "--checkpoint=fast", "--no-password"]
    with progress.step("复制数据库文件"):
        programs.run(program, words, _superuser())
    for name in KEYS:
        shutil.copyfile(state.folder() / name, draft / name)
        (draft / name).chmod(0o600)
    return (COPY, LIST, *KEYS)


def faults(backup: Path, major: int) -> list[str]:
    """What the server's own list finds wrong with a copy; none when every file of it is whole."""
    program, _version = programs.fitting("pg_verifybackup", major)
    words = [str(program), "--format=tar", "--no-parse-wal", "--quiet", str(backup / FOLDER)]
    done = subprocess.run(words, check=False, capture_output=True, text=True, errors="replace")
    return [] if done.returncode == 0 else [f"{COPY}：{done.stderr.strip().splitlines()[0]}"]


def first_needed(backup: Path) -> str:
    """The first file of the log without which a copy cannot be brought to life."""
    with tarfile.open(backup / COPY, "r|gz") as packed:
        for member in packed:
            if member.name.removeprefix("./") == "backup_label" and (label := packed.extractfile(member)):
                found = re.search(rb"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)", label.read())
                return found[1].decode() if found else ""
    return ""


def let_go_of_log(backups: Iterable[Path]) -> int:
    """Drop what of the kept log no copy among these backups needs; returns how many files. Nothing where there is no copy."""
    kept, copies = archiving.folder(), [backup for backup in backups if (backup / COPY).is_file()]
    if kept is None or not copies:
        return 0
    needed = min(filter(None, map(first_needed, copies)), default="")
    old = [path for path in kept.iterdir() if re.fullmatch(r"[0-9A-F]{24}(\.\w+)*", path.name) and path.name[8:] < needed[8:]]
    for path in old:
        path.unlink()
    return len(old)


def _superuser() -> dict[str, Any]:
    known = config.logins() or {}
    return {"host": known["host"], "port": known["port"], "user": server.SUPERUSER, "password": server.superuser_password()}
