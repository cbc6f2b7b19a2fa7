"""`zhitong backup`: a backup of everything people entered, taken while they work on, with a digest of every table."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from zhitong.config import database as config
from zhitong.config import environment, state
from zhitong.kit import progress
from zhitong.kit.trouble import Trouble
from zhitong.launch.backup import base, keeping, manifest, needed_keys, programs
from zhitong.launch.backup.digests import digests

_IS_PREPARED = "SELECT to_regclass('django_migrations') IS NOT NULL"
_MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"


class NothingToBackUp(Trouble):
    """The database has no tables yet."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and how many of the newest stay."""
    parser.add_argument("folder", nargs="?", metavar="文件夹", help="备份放在哪里；不填则按 ZHITONG_BACKUP_DIR")
    parser.add_argument(
        "--keep", type=int, default=keeping.NEWEST, metavar="N",
        help=f"保留最新的 N 个（默认 {keeping.NEWEST}），再往前每月留最后一个，留 {keeping.MONTHS} 个月；0 表示都留",
    )


def run(arguments: argparse.Namespace) -> int:
    folder = Path(arguments.folder).absolute() if arguments.folder else home()
    made = take(folder)
    told = manifest.read(made)
    print(f"已备份到 {made}：{len(told.tables)} 张表，{told.rows:,} 行，{size_of(made) / 1024**2:.1f} MB。")
    for dropped in thin(folder, arguments.keep) if arguments.keep else ():
        print(f"已删除旧备份 {dropped.name}。")
    base.let_go_of_log(manifest.backups_in(folder))
    print("备份里有签名密钥和全部业务数据，请妥善保管，并另存一份到别的机器；用 zhitong verify-backup 试恢复核对。")
    if warning := needed_keys.said(made):
        print(warning)
    return 0


def home() -> Path:
    """Where backups lie when no folder is given."""
    chosen = environment.text("ZHITONG_BACKUP_DIR")
    return Path(chosen).expanduser().absolute() if chosen else state.folder() / "backups"


def take(folder: Path) -> Path:
    """Take one into the folder; it appears there when it is whole.

    Raises NoRoom, ProgramFailed, NoProgram, NothingToBackUp; nothing is left behind then.
    """
    at = datetime.now(UTC)
    with _draft(folder, manifest.name_of(at)) as draft:
        login = config.parameters("owner")
        with psycopg.connect(**login) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            if connection.execute(_IS_PREPARED).fetchone() != (True,):
                raise NothingToBackUp("数据库还没有准备好，没有可以备份的内容；请先运行 zhitong prepare。")
            told = _dump(connection, login, draft)
            (draft / manifest.KEY).write_text(state.secret_key(), encoding="utf-8")
            copied = base.copy(draft, told[0])
            with progress.step("核算每张表"):
                tables = digests(connection)
            needed_keys.note(connection, draft)
            files = {name: manifest.kept(draft / name) for name in (manifest.DUMP, manifest.KEY, needed_keys.NAME, *copied)}
            migrations = [name for (name,) in connection.execute(_MIGRATIONS)]
        manifest.write(manifest.Manifest(at, manifest.release(), *told, migrations, files, tables), draft)
        _bring_to_disk(draft)
    return folder / manifest.name_of(at)


def thin(folder: Path, newest: int) -> list[Path]:
    """Drop the backups that need not stay; returns those."""
    taken = manifest.backups_in(folder)
    unwanted = set(keeping.to_drop(taken.values(), newest))
    dropped = [path for path, at in taken.items() if at in unwanted]
    for path in dropped:
        shutil.rmtree(path)
    return dropped


def size_of(folder: Path) -> int:
    """Bytes of a backup's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def dump(login: dict[str, object], server: int, snapshot: str, target: Path) -> int:
    """Write the database, as it stood in a snapshot, into a file; returns the version of the program."""
    program, version = programs.fitting("pg_dump", server)
    words = ["--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}"]
    programs.run(program, words, login)
    return version


def _dump(connection: psycopg.Connection[tuple[object, ...]], login: dict[str, object], draft: Path) -> tuple[int, int]:
    server = connection.info.server_version // 10000
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None, "a function always answers"
    with progress.step("导出数据库"):
        return server, dump(login, server, str(row[0]), draft / manifest.DUMP)


@contextmanager
def _draft(folder: Path, name: str) -> Iterator[Path]:
    """A folder of one's own that takes its name when all went well, and is gone when not."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_what_the_dead_left(folder)
    draft = folder / f".{name}.{os.getpid()}"
    try:
        draft.mkdir(mode=0o700)
        yield draft
        draft.rename(folder / name)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise programs.no_room() if programs.is_disk_full(error) else _unusable(folder, error) from error
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _unusable(folder: Path, error: OSError) -> programs.ProgramFailed:
    return programs.ProgramFailed(f"备份文件夹 {folder} 不能写（{error.strerror}）；请检查权限，或换一个文件夹。")


def _clear_what_the_dead_left(folder: Path) -> None:
    for path in folder.glob(f".{manifest.PREFIX}*.[0-9]*"):
        if not Path(f"/proc/{path.suffix[1:]}").exists():
            shutil.rmtree(path, ignore_errors=True)


def _bring_to_disk(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
