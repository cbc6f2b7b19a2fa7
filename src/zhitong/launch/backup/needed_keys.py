"""Which keys of sealed columns a backup needs: it holds none of them, and what it holds cannot be read without.

Beside the dump stand the ids of the keys under which its values are sealed, and of each a check by which the right key is
known from another of the same id; a check gives no key away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg import Connection, sql

from zhitong.config import environment, state
from zhitong.kit.sealing.ring import Ring, checks_of, read_ring
from zhitong.kit.sealing.values import MARK
from zhitong.kit.trouble import Trouble

NAME = "needed_keys.json"
_COLUMNS = "SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s AND column_name = %s"
_KEYS = "SELECT DISTINCT split_part({column}, '.', 2) FROM {table} WHERE starts_with({column}, %s)"


class KeyMissing(Trouble):
    """A backup needs a key that this installation does not have."""


def note(connection: Connection[Any], draft: Path) -> None:
    """Write down which keys the values need that a connection's transaction sees; every row may be read in it."""
    from zhitong.kit.sealing.stored import sealed_columns

    used: set[str] = set()
    for one in sealed_columns():
        table, column = one.model._meta.db_table, one.field.column
        if connection.execute(_COLUMNS, [table, column]).fetchone():  # before an upgrade some are not there yet
            statement = sql.SQL(_KEYS).format(column=sql.Identifier(column), table=sql.Identifier(table))
            used |= {key for (key,) in connection.execute(statement, [MARK])}
    known = checks_of(_ring())
    told = {key: known.get(key, "") for key in [*sorted(used), *(["search"] if used else [])]}
    (draft / NAME).write_text(json.dumps(told, indent=1), encoding="utf-8")


def needed(backup: Path) -> Mapping[str, str]:
    """The keys of a backup by id, each with its check; none of one that was taken before this was written down."""
    path = backup / NAME
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def refuse_missing(backup: Path) -> None:
    """Raises KeyMissing: what is sealed in a backup could not be read here. Asked before anything is changed."""
    wanted = needed(backup)
    if not wanted:
        return
    here = checks_of(_ring())
    missing = sorted(key for key, check in wanted.items() if key not in here or (check and here[key] != check))
    if missing:
        raise KeyMissing(
            f"备份 {backup.name} 里的个人信息要用密钥 {'、'.join(missing)} 才能读出，这里没有，或者不是原来的那一个；什么都没有改动。"
            f"请把当时的密钥文件放到 {place()}，再试一次。"
        )


def place() -> str:
    """Where the keys of this installation stand, in words."""
    return "ZHITONG_DATA_KEYS" if environment.text("ZHITONG_DATA_KEYS") else str(state.data_keys_file())


def said(backup: Path) -> str:
    """The sentence that whoever takes a backup must read; empty where nothing in it is sealed."""
    keys = "、".join(needed(backup))
    return f"备份里没有个人信息的密钥（{keys}），没有密钥就读不出电话等内容：请把 {place()} 另外保存，不要和备份放在一起。" if keys else ""


def _ring() -> Ring:
    return read_ring(state.data_keys())
