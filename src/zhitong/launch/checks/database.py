"""Checks of the database: version, durability, roles, encoding, migrations, and whether its clock agrees with ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from zhitong.config import database as config
from zhitong.launch import database, prepare
from zhitong.launch.doctor import Check, Verdict

LARGEST_DIFFERENCE = timedelta(seconds=5)


def checks() -> Iterator[Check]:
    """Everything that the default connection can tell about its server and its database."""
    yield _server()
    yield _durability()
    yield _encoding()
    yield _roles()
    yield _migrations()
    yield _clock()


def _rows(statement: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _server() -> Check:
    ((number,),) = _rows("SELECT current_setting('server_version_num')::int / 10000")
    if number < database.OLDEST_VERSION:
        return Check(
            "数据库", Verdict.FAIL, f"版本是 PostgreSQL {number}。", f"请升级到 {database.OLDEST_VERSION} 或更新。"
        )
    login = config.parameters("worker")
    address = f"主机 {login['host']}，端口 {login['port']}，库名 {login['dbname']}"
    return Check("数据库", Verdict.OK, f"PostgreSQL {number}，可以连接：{address}。")


def _durability() -> Check:
    wanted = ["fsync", "synchronous_commit", "full_page_writes"]
    off = [name for name in wanted if _rows("SELECT current_setting(%s)", [name]) == [("off",)]]
    if off:
        return Check(
            "数据落盘", Verdict.FAIL, f"{'、'.join(off)} 已关闭，断电会丢数据。", "请在数据库配置中打开后重新载入。"
        )
    return Check("数据落盘", Verdict.OK, "每次提交都写入磁盘。")


def _encoding() -> Check:
    statement = "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
    ((encoding,),) = _rows(statement)
    if encoding != "UTF8":
        return Check("编码", Verdict.FAIL, f"数据库编码是 {encoding}，存不下汉字。", "请新建 UTF8 编码的数据库再导入。")
    return Check("编码", Verdict.OK, "UTF8。")


def _roles() -> Check:
    """The three logins must not be able to step over row rules, and web and worker must own nothing."""
    mighty = _rows(
        "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls) AND rolname = ANY(%s) ORDER BY rolname",
        [["zhitong_owner", "zhitong_web", "zhitong_worker"]],
    )
    owning = _rows(
        "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'zhitong_owner'"
    )
    if mighty:
        names = "、".join(name for (name,) in mighty)
        return Check(
            "登录角色", Verdict.FAIL, f"{names} 能绕过行级权限。", "请执行 ALTER ROLE … NOSUPERUSER NOBYPASSRLS。"
        )
    if owning:
        names = "、".join(name for (name,) in owning)
        return Check("登录角色", Verdict.FAIL, f"有表属于 {names}。", "请执行 REASSIGN OWNED BY … TO zhitong_owner。")
    return Check("登录角色", Verdict.OK, "网页与后台都不能绕过行级权限，也不拥有任何表。")


def _migrations() -> Check:
    waiting = prepare.waiting_migrations()
    if waiting:
        return Check(
            "数据表", Verdict.FAIL, f"有 {len(waiting)} 项更新没有执行：{waiting[0]} 等。", "请运行 zhitong prepare。"
        )
    return Check("数据表", Verdict.OK, "与本版本一致。")


def _clock() -> Check:
    ((theirs,),) = _rows("SELECT clock_timestamp()")
    difference = abs(datetime.now(UTC) - theirs)
    if difference > LARGEST_DIFFERENCE:
        return Check(
            "数据库时钟",
            Verdict.WARN,
            f"与本机相差 {difference.total_seconds():.0f} 秒。",
            "请让两台机器都与同一时间服务器对时。",
        )
    return Check("数据库时钟", Verdict.OK, "与本机一致。")
