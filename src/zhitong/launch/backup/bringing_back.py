"""A backup read back into a new database and held against its manifest, table by table."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg

from zhitong.config import database as config
from zhitong.kit import progress
from zhitong.launch import database
from zhitong.launch.backup import manifest, needed_keys, programs
from zhitong.launch.backup.digests import differences, digests

_SERVER = "SELECT current_setting('server_version_num')::int / 10000"


def bring_back(backup: Path, told: manifest.Manifest, name: str) -> list[str]:
    """Make a database of this name from a backup; returns what is not as it was, none when every row is back.

    Raises BrokenBackup, KeyMissing: before anything is made. Raises ProgramFailed, NoProgram, NoRoom:
    the database may be there in part then.
    """
    with progress.step("核对备份文件"):
        manifest.refuse_broken_files(told, backup)
        needed_keys.refuse_missing(backup)
    database.create(name)
    login = config.parameters("owner", name=name)
    program, _version = programs.fitting("pg_restore", told.program)
    with progress.step("恢复到新库"):
        programs.run(program, _words(backup), login)
    with progress.step("逐表核对"), psycopg.connect(**login) as connection:
        return differences(told.tables, digests(connection))


def refuse_older_server(told: manifest.Manifest) -> None:
    """Raises ProgramFailed: a dump is not read by a server older than the one it came from."""
    with psycopg.connect(**config.parameters("owner")) as connection:
        row = connection.execute(_SERVER).fetchone()
    if row is not None and row[0] < told.server:
        raise programs.ProgramFailed(f"备份来自 PostgreSQL {told.server}，这里是 {row[0]}，不能恢复；请换同版本或更新的数据库。")


def _words(backup: Path) -> list[str]:
    jobs = min(4, os.cpu_count() or 1)
    return ["--no-owner", "--exit-on-error", f"--jobs={jobs}", str(backup / manifest.DUMP)]
