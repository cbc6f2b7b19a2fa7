"""Run the tests on a PostgreSQL of the distribution instead of the embedded one: `python -m tests.on_postgres [pytest …]`.

A private cluster in a folder of its own, reached through a socket there, with a state folder beside it, so that nothing
of this machine's or this checkout's is touched; it is gone afterwards. PG_BIN names the programs where several are
installed; otherwise the oldest that we support is taken.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from zhitong.launch.database import OLDEST_VERSION

INSTALLED = Path("/usr/lib/postgresql")
EVERY_DAY = ("-n", "2", "-m", "not browser and not prove", "--ignore", "tests/launch", "tests")
SETTINGS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c max_connections=100"


def main(words: Sequence[str]) -> int:
    """Start a cluster, run pytest on it, stop it; the exit code is pytest's."""
    programs = _programs()
    if programs is None:
        print(f"没有找到 PostgreSQL {OLDEST_VERSION}；Debian 请安装 postgresql-{OLDEST_VERSION}，或用 PG_BIN 指明其 bin 文件夹。")
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is told to end leaves no server either
    print(subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout.strip())
    with tempfile.TemporaryDirectory(prefix="zt") as folder, _cluster(programs, Path(folder)) as address:
        environment = {**os.environ, "ZHITONG_DATABASE_URL": address, "ZHITONG_STATE_DIR": f"{folder}/state"}
        return subprocess.run([sys.executable, "-m", "pytest", *(words or EVERY_DAY)], env=environment).returncode


def _programs() -> Path | None:
    named = os.environ.get("PG_BIN")
    if named:
        return Path(named)
    found = [path for path in INSTALLED.glob("[0-9]*/bin/initdb") if int(path.parents[1].name) >= OLDEST_VERSION]
    return min(found, key=lambda path: int(path.parents[1].name)).parent if found else None


@contextmanager
def _cluster(programs: Path, folder: Path) -> Iterator[str]:
    """A running server of one's own; yields the address of its superuser."""
    folder.chmod(0o711)  # the server's own user must pass
    home, password = folder / "server", secrets.token_urlsafe(24)
    home.mkdir(mode=0o700)
    (home / "password").write_text(password)
    as_whom = _unprivileged()
    if as_whom:
        for path in (home, home / "password"):
            shutil.chown(path, *as_whom)
    run = [programs / "pg_ctl", "--pgdata", home / "data", "--log", home / "log", "--wait"]
    _as(as_whom, [
        programs / "initdb", "--pgdata", home / "data", "--username", "postgres", "--auth", "scram-sha-256",
        "--pwfile", home / "password", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
    ])
    _as(as_whom, [*run, "start", "-o", f"{SETTINGS} -k {home}"])
    try:
        yield f"postgresql://postgres:{password}@/zhitong?host={home}&port=5432"
    finally:
        _as(as_whom, [*run, "stop", "--mode", "fast"])


def _unprivileged() -> tuple[str, str] | None:
    """PostgreSQL does not run as root: its own user of the distribution then."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("postgres")
    return entry.pw_name, "postgres"


def _as(whom: tuple[str, str] | None, command: Sequence[str | Path]) -> None:
    who = {"user": whom[0], "group": whom[1], "extra_groups": ()} if whom else {}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **who)  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
