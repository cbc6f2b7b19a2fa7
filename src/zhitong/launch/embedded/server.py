"""Makes, starts and stops the embedded server. The caller holds the gate, so no two do it at once."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import time
from itertools import pairwise
from pathlib import Path

from zhitong.config import state
from zhitong.kit import progress
from zhitong.kit.trouble import Trouble
from zhitong.launch.embedded import archiving, binaries
from zhitong.launch.embedded.place import PORT, Place

SUPERUSER = "zhitong_admin"
PATIENCE_SECONDS = 60
LONGEST_LOG_BYTES = 10_000_000
STATUS_LINE = 7  # of postmaster.pid, counted from nought

# An office server with two cores and a few gigabytes; every commit reaches the disk.
OPTIONS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_min_duration_statement": "2s",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}


class ServerWouldNotStart(Trouble):
    """The database server could not be made or started."""


class ServerWouldNotStop(Trouble):
    """The database server did not stop in time."""


def superuser_password() -> str:
    """The password of SUPERUSER, generated once per installation (0600)."""
    return state.read_or_make(state.folder() / "superuser", lambda: secrets.token_urlsafe(32))


def start(place: Place, gate: int) -> None:
    """Make the cluster if it is not there, and have a server that accepts connections when this returns.

    `gate` is the caller's lock; initdb keeps it open, so that nobody else begins while an orphaned initdb still writes.
    Raises ServerWouldNotStart.
    """
    if running_pid(place) and _status(place) == "ready":
        return
    programs = binaries.folder_for(place)
    if not place.data.exists():
        with progress.step("建立内置数据库"):
            _make_cluster(place, programs, gate)
    with progress.step("启动内置数据库"):
        _start(place, programs)


def stop(place: Place, gate: int) -> None:
    """Stop the server and wait until it is gone; pg_ctl keeps the gate until then. Raises ServerWouldNotStop."""
    if running_pid(place) is None:
        return
    programs = binaries.folder_for(place)
    answer = binaries.run(
        place,
        programs / "pg_ctl",
        *("stop", "--pgdata", str(place.data), "--mode=fast", "--wait", f"--timeout={PATIENCE_SECONDS}"),
        pass_fds=(gate,),
    )
    if answer.returncode != 0 and running_pid(place) is not None:
        raise ServerWouldNotStop(f"内置数据库没有按时停下；请查看 {place.log}。")


def running_pid(place: Place) -> int | None:
    """The process of this place's server; None when it is gone, a zombie, or the number now belongs to another."""
    return _live(place, place.data / "postmaster.pid")


def _make_cluster(place: Place, programs: Path, gate: int) -> None:
    for leftover in place.root.glob("data.*"):  # of an initdb that was killed
        shutil.rmtree(leftover)
    draft = place.root / f"data.{secrets.token_hex(4)}"
    password_file = place.root / "password"
    password_file.unlink(missing_ok=True)
    descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(superuser_password())
        if place.user:
            os.fchown(file.fileno(), place.user.uid, place.user.gid)
    answer = binaries.run(
        place,
        programs / "initdb",
        *("--pgdata", str(draft), "--username", SUPERUSER, "--pwfile", str(password_file)),
        *("--auth=scram-sha-256", "--locale=C.UTF-8", "--encoding=UTF8", "--data-checksums"),
        pass_fds=(gate,),
    )
    password_file.unlink()
    if answer.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise ServerWouldNotStart(f"内置数据库建立失败：\n{answer.stdout.strip()}")
    draft.rename(place.data)


def _start(place: Place, programs: Path) -> None:
    """Start, or wait for one that a killed command had begun to start; whoever wins, one server runs in the end."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    said = ""
    while time.monotonic() < deadline:
        if running_pid(place) is None:
            _clear_what_the_dead_left(place)
            _put_long_log_aside(place)
            said = _pg_ctl_start(place, programs)
        if running_pid(place) and _status(place) == "ready":
            return
        time.sleep(0.1)
    raise ServerWouldNotStart(f"内置数据库没有启动成功，请查看 {place.log}。\n{said.strip()}")


def begin(place: Place) -> None:
    """Start once, without waiting until it accepts connections: what it does first may take long, or fail for good."""
    _clear_what_the_dead_left(place)
    _pg_ctl_start(place, binaries.folder_for(place), "--no-wait")


def _pg_ctl_start(place: Place, programs: Path, waiting: str = "--wait") -> str:
    options = {**OPTIONS, **archiving.options(place), "unix_socket_directories": str(place.socket)}
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    answer = binaries.run(
        place,
        programs / "pg_ctl",
        *("start", "--pgdata", str(place.data), "--log", str(place.log), waiting),
        *(f"--timeout={PATIENCE_SECONDS}", f"--options={shlex.join(words)}"),
    )
    return answer.stdout


def _status(place: Place) -> str:
    """What the server says of itself: starting, ready, stopping; empty when it says nothing."""
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return ""
    return lines[STATUS_LINE].strip() if len(lines) > STATUS_LINE else ""


def _clear_what_the_dead_left(place: Place) -> None:
    """Remove lock files that name a dead server: PostgreSQL itself would be misled by a zombie or a reused number."""
    socket = place.socket / f".s.PGSQL.{PORT}"
    for lock in (place.data / "postmaster.pid", socket.with_name(f"{socket.name}.lock")):
        if lock.exists() and _live(place, lock) is None:
            lock.unlink(missing_ok=True)
            if lock.suffix == ".lock":
                socket.unlink(missing_ok=True)


def _put_long_log_aside(place: Place) -> None:
    if place.log.exists() and place.log.stat().st_size > LONGEST_LOG_BYTES:
        place.log.replace(place.log.with_suffix(".log.1"))


def _live(place: Place, lock: Path) -> int | None:
    """The process a lock file names, if that is a server on this place's data."""
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    if not Path("/proc/self").exists():
        return pid if _exists(pid) else None
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    folders = [Path(os.fsdecode(after)) for word, after in pairwise(words) if word == b"-D"]
    return pid if any(folder.exists() and folder.samefile(place.data) for folder in folders) else None


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False
    return True
