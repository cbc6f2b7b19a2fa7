"""`zhitong restore`: a backup put in the place of the database, after every row of it has been found whole."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import sql

from zhitong.config import database as config
from zhitong.config import environment, state
from zhitong.kit.trouble import Trouble
from zhitong.launch import database
from zhitong.launch.backup import manifest, take
from zhitong.launch.backup.bringing_back import bring_back, refuse_older_server

_TABLES = "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL
"""


class TargetNotEmpty(Trouble):
    """There is something in the database already."""


class StillInUse(Trouble):
    """Somebody is connected to the database that is to be replaced."""


class NotWhole(Trouble):
    """What came out of the backup is not what had gone in."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which one, and whether what is there may be put aside for it."""
    parser.add_argument("backup", nargs="?", metavar="备份", help="一个备份，或放备份的文件夹（取其中最新的）")
    parser.add_argument("--replace", action="store_true", help="现有的库改名留存，换上备份")


def run(arguments: argparse.Namespace) -> int:
    backup = manifest.chosen(Path(arguments.backup).absolute() if arguments.backup else take.home())
    told = manifest.read(backup)
    aside = restore(backup, told, replaces=arguments.replace)
    print(f"已恢复 {told.taken_at.astimezone():%Y-%m-%d %H:%M:%S} 的备份：{len(told.tables)} 张表，{told.rows:,} 行，逐表核对一致。")
    if aside:
        print(f"原来的库改名为 {aside}，确认无误后可以删除。")
    if take_key_over(backup):
        print("签名密钥已换成备份里的。")
    print("接着运行 zhitong prepare，再运行 zhitong doctor 和 zhitong problems verify。")
    return 0


def restore(backup: Path, told: manifest.Manifest, *, replaces: bool) -> str:
    """Put a backup in the place of the configured database; returns what the one before is called now, if there was any.

    Raises TargetNotEmpty, StillInUse, NotWhole and what reading a backup raises; what was there stays as it is then.
    """
    target = str(config.parameters("owner")["dbname"])
    is_empty = _refuse_unless_free(target, replaces=replaces)
    refuse_older_server(told)
    incoming = f"{target}_incoming_{os.getpid()}"
    try:
        wrong = bring_back(backup, told, incoming)
        if wrong:
            raise NotWhole(f"恢复出来的内容与清单不符，没有换上：{'；'.join(wrong[:5])}。请另选一个备份。")
        return _swap(target, incoming, is_empty=is_empty)
    except BaseException:
        database.drop(incoming)
        raise


def take_key_over(backup: Path) -> bool:
    """Let sessions and forms signed before hold again; yes when another key was in use. A key set by hand stays."""
    key, path = (backup / manifest.KEY).read_text(encoding="utf-8"), state.folder() / "secret_key"
    if environment.text("ZHITONG_SECRET_KEY") or state.secret_key() == key:
        return False
    state.write_private(path, key)
    return True


def _refuse_unless_free(target: str, *, replaces: bool) -> bool:
    """Whether the database is empty. Raises TargetNotEmpty, StillInUse."""
    with psycopg.connect(**config.parameters("owner")) as connection:
        tables, others = (int(connection.execute(one).fetchone()[0]) for one in (_TABLES, _OTHERS))  # type: ignore[index]
    if tables and not replaces:
        raise TargetNotEmpty(f"数据库 {target} 里已有 {tables} 张表，没有改动；确要换成备份，请加 --replace（原来的库会改名留存）。")
    if others:
        raise StillInUse(f"还有 {others} 个程序连着数据库 {target}，没有改动；请先停止 zhitong up 和其他命令再试。")
    return not tables


def _renamed(name: str, new: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new))


def _swap(target: str, incoming: str, *, is_empty: bool) -> str:
    """From a connection to neither: an empty target goes, any other is renamed in the same transaction as its successor."""
    aside = "" if is_empty else f"{target}_before_{datetime.now(UTC):%Y%m%dt%H%M%S}"
    try:
        with psycopg.connect(**config.parameters("owner", name=database.MAINTENANCE), autocommit=True) as connection:
            if is_empty:
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(target)))
            with connection.transaction():
                if aside:
                    connection.execute(_renamed(target, aside))
                connection.execute(_renamed(incoming, target))
    except psycopg.errors.ObjectInUse as error:
        raise StillInUse(f"恢复期间有程序连上了数据库 {target}，没有换上；请停止 zhitong up 和其他命令再试。") from error
    return aside
