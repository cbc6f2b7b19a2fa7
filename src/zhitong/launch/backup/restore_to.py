"""`zhitong restore-to`: the embedded server as it was at a moment: a copy of it, and its log played on up to then."""

from __future__ import annotations

import argparse
import os
import shutil
import tarfile
import time
from datetime import UTC, datetime
from pathlib import Path

from zhitong.config import state
from zhitong.kit import clock, progress
from zhitong.kit.trouble import Trouble
from zhitong.launch.backup import base, manifest, needed_keys, take
from zhitong.launch.embedded import archiving, lease, server
from zhitong.launch.embedded.place import Place

LATEST = "latest"
TICK_SECONDS = 0.1
COMING_UP_SECONDS = 5.0  # until a server that was just begun has written its number down
SETTINGS, SIGNAL = "postgresql.auto.conf", "recovery.signal"


class NoWayThere(Trouble):
    """The moment cannot be reached from what is kept."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """When, and from which backup; the newest before that moment when none is named."""
    parser.add_argument("moment", metavar="时间", help=f"如 '2018-09-17 16:30'（北京时间）；{LATEST} 表示最近")
    parser.add_argument("backup", nargs="?", metavar="备份", help="一个备份，或放备份的文件夹（取该时间以前最新的）")


def run(arguments: argparse.Namespace) -> int:
    until = None if arguments.moment == LATEST else moment(arguments.moment)
    kept = archiving.folder()
    if kept is None:
        raise NoWayThere("没有设 ZHITONG_WAL_ARCHIVE，没有归档的日志可用；请用 zhitong restore 恢复到备份的时间。")
    backup = chosen(Path(arguments.backup).absolute() if arguments.backup else take.home(), until)
    with lease.alone() as (place, gate):
        aside = return_to(place, gate, backup, kept, until)
    print(f"已从备份 {backup.name} 恢复到{'最近' if until is None else arguments.moment}；原来的数据在 {aside}，确认无误后可以删除。")
    print("接着运行 zhitong prepare，再运行 zhitong doctor 和 zhitong problems verify，然后立即做一次 zhitong backup。")
    return 0


def moment(text: str) -> datetime:
    """A moment as people write it, in Beijing's time. Raises NoWayThere: it cannot be read, or has not come."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise NoWayThere(f"“{text}”不是时间；请写成 '2018-09-17 16:30'。") from error
    at = at if at.tzinfo else at.replace(tzinfo=clock.SHANGHAI)
    if at > datetime.now(UTC):
        raise NoWayThere(f"“{text}”还没有到；请另选时间，或写 {LATEST}。")
    return at


def chosen(folder: Path, until: datetime | None) -> Path:
    """The newest backup with a copy of the server that was begun before a moment. Raises NoWayThere: there is none."""
    inside = manifest.backups_in(folder) or {folder: manifest.read(folder).taken_at}
    fit = [path for path, at in inside.items() if (path / base.COPY).is_file() and (until is None or at < until)]
    if not fit:
        raise NoWayThere(f"{folder} 里没有这个时间以前的、可以接着重放日志的备份；请另选时间，或用 zhitong restore。")
    return fit[-1]


def return_to(place: Place, gate: int, backup: Path, kept: Path, until: datetime | None) -> Path:
    """Bring a copy to life and play the log on; returns where the data of before are now.

    The caller keeps everybody out. Raises NoWayThere, BrokenBackup, KeyMissing; the data of before are back in their place then.
    """
    manifest.refuse_broken_files(manifest.read(backup), backup)
    needed_keys.refuse_missing(backup)
    aside = place.root / f"before-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    if place.data.exists():
        place.data.rename(aside)
    try:
        settings = _unpack(backup, place, archiving.recovery(kept, aside / "pg_wal", until))
        _play(place)
    except BaseException:
        server.stop(place, gate)
        shutil.rmtree(place.data, ignore_errors=True)
        if aside.exists():
            aside.rename(place.data)
        raise
    server.stop(place, gate)
    (place.data / SETTINGS).write_text(settings, encoding="utf-8")
    for name in base.KEYS:
        state.write_private(state.folder() / name, (backup / name).read_text(encoding="utf-8"))
    return aside


def _unpack(backup: Path, place: Place, recovery: str) -> str:
    """Lay the copy out for recovery, owned by the server's user; returns its own settings, without those of recovery."""
    place.data.mkdir(mode=0o700)
    with progress.step("展开备份"), tarfile.open(backup / base.COPY) as packed:
        for member in packed:
            if member.name.startswith("/") or ".." in Path(member.name).parts:
                raise manifest.BrokenBackup(f"备份 {backup} 里有不该有的路径；请另选一个备份。")
            packed.extract(member, place.data, set_attrs=False)
    settings = (place.data / SETTINGS).read_text(encoding="utf-8")
    (place.data / SETTINGS).write_text(settings + recovery, encoding="utf-8")
    (place.data / SIGNAL).touch()
    for path in [place.data, *place.data.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
        if place.user:
            os.chown(path, place.user.uid, place.user.gid)
    return settings


def _play(place: Place) -> None:
    """Start, and wait for as long as the log is played: at its end the server takes the signal away.

    Raises NoWayThere: the server gives up.
    """
    server.begin(place)
    began = time.monotonic()
    with progress.step("重放日志"):
        while (place.data / SIGNAL).exists():
            if server.running_pid(place) is None and time.monotonic() - began > COMING_UP_SECONDS:
                raise NoWayThere(
                    f"归档的日志到不了这个时间，没有改动原来的数据；请另选时间，或写 {LATEST}。详见 {place.log}。"
                )
            time.sleep(TICK_SECONDS)
