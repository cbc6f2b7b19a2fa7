"""PostgreSQL's own programs for backups: which of those at hand fits a server, and what their complaints mean."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from psycopg import conninfo

from zhitong.kit.trouble import Trouble
from zhitong.launch.embedded import binaries

DISTRIBUTIONS = Path("/usr/lib/postgresql")
_DISK_FULL = ("No space left on device", "Disk quota exceeded", "File too large")


class NoProgram(Trouble):
    """No program on this machine is new enough for the server."""


class ProgramFailed(Trouble):
    """A program of PostgreSQL did not do what it was asked for."""


class NoRoom(Trouble):
    """The disk is full."""


def fitting(name: str, server: int) -> tuple[Path, int]:
    """The program that fits a server of this major version best (the same, or the next newer) and its own version.

    Raises NoProgram: none on this machine is as new as the server.
    """
    found = {version: path for path in _candidates(name) if (version := _major(path)) >= server}
    if not found:
        raise NoProgram(f"本机没有适用于 PostgreSQL {server} 的 {name}；请安装 postgresql-client-{server} 再试。")
    return found[min(found)], min(found)


def run(program: Path, arguments: list[str], login: Mapping[str, Any]) -> None:
    """Run a program as a login; the password travels in its environment, where nobody else can read it.

    Raises NoRoom, ProgramFailed with the program's own last words.
    """
    address = conninfo.make_conninfo("", **{name: value for name, value in login.items() if name != "password"})
    done = subprocess.run(
        [str(program), *arguments, f"--dbname={address}"], check=False, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, errors="replace",
        env={"PATH": os.defpath, "LC_ALL": "C", "HOME": "/nonexistent", "PGPASSWORD": str(login.get("password") or "")},
    )
    if done.returncode != 0:
        raise trouble_of(program.name, done.stderr)


def trouble_of(name: str, said: str) -> Trouble:
    """What a program's complaint comes down to."""
    if any(words in said for words in _DISK_FULL):
        return no_room()
    last = (said.strip().splitlines() or ["没有说明原因"])[0]
    return ProgramFailed(f"{name} 没有完成：{last}。请按这句话排除后再试。")


def no_room() -> NoRoom:
    """The sentence for a full disk."""
    return NoRoom("磁盘已满，没有完成，未完成的部分已删除；请清理磁盘或换一个文件夹再试。")


def is_disk_full(error: OSError) -> bool:
    """Whether writing failed for want of room."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _candidates(name: str) -> Iterator[Path]:
    with suppress(binaries.NoServerPrograms):
        yield binaries.installed() / name
    if DISTRIBUTIONS.is_dir():
        yield from DISTRIBUTIONS.glob(f"[0-9]*/bin/{name}")
    if on_path := shutil.which(name):
        yield Path(on_path)


def _major(program: Path) -> int:
    """Its major version; 0 of what cannot be run."""
    try:
        said = subprocess.run([str(program), "--version"], check=False, capture_output=True, text=True).stdout
    except OSError:
        return 0
    number = re.search(r"(\d+)", said)
    return int(number[1]) if number else 0
