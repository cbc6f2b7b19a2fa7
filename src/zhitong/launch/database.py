"""A database that is up and has its three roles, for as long as a command needs it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import Connection, conninfo, sql

from zhitong.config import database as config
from zhitong.config import environment, state
from zhitong.kit.trouble import Trouble
from zhitong.launch.embedded import lease, server
from zhitong.launch.embedded.place import PORT, Place

NAME = "zhitong"
MAINTENANCE = "postgres"
ONE_AT_A_TIME = 0x7A68_6974  # advisory lock around making roles on a server that several machines share
OLDEST_VERSION = 15

ROLES = {
    "owner": "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION",
    "web": "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION",
    "worker": "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION",
}

# Run by the owner in every new database: what web and worker may do with tables that migrations will make.
OPENING = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO zhitong_web, zhitong_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE zhitong_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO zhitong_web, zhitong_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE zhitong_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO zhitong_web, zhitong_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE zhitong_owner IN SCHEMA public
    GRANT EXECUTE ON FUNCTIONS TO zhitong_web, zhitong_worker;
"""


class DatabaseOutOfReach(Trouble):
    """The server named by ZHITONG_DATABASE_URL does not let us in, or is too old."""


class RolesMissing(Trouble):
    """We may not make the login roles; a database administrator has to."""


@contextmanager
def running() -> Iterator[None]:
    """Hold a database for the length of a block: roles and database are there, and the logins are written down.

    The embedded server starts with its first user and stops with its last; a server named by ZHITONG_DATABASE_URL
    is only spoken to. Raises Trouble with a sentence when that cannot be.
    """
    url = environment.text("ZHITONG_DATABASE_URL")
    state.folder()
    if url:
        with lease.at_the_gate():  # of commands that come first at once, one makes the passwords and the roles
            _ensure_external(url)
        yield
        return
    with lease.lease(_ensure_embedded):
        yield


def create(name: str) -> None:
    """A new empty database, opened for web and worker, owned by the owner."""
    _run_as_owner(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    with _owner(name) as connection:
        _open_to_roles(connection, name)


def create_from_template(name: str, template: str, *, by_files: bool = False) -> None:
    """A copy of another database, with its rights; nobody may be connected to the template.

    A large one is copied `by_files`, past the log: the server brings everything to disk before and after.
    """
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}{}").format(
        sql.Identifier(name), sql.Identifier(template), sql.SQL(" STRATEGY FILE_COPY" if by_files else "")
    )
    _run_as_owner(copy)
    with _owner(name) as connection:
        _let_roles_connect(connection, name)


def rename(name: str, new: str) -> None:
    """Give a database another name; nobody may be connected to it."""
    _run_as_owner(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new)))


TRIES_TO_DROP = 6


def drop(name: str) -> None:
    """Remove a database if it is there, with whoever of ours is still connected: each role ends its own sessions.

    Autovacuum is nobody's to end, but is asked to leave whenever a database is to go; where it does not do so in the five
    seconds that the server waits, it is asked again.
    """
    for left in reversed(range(TRIES_TO_DROP)):
        try:
            _end_sessions(name)
            _drop_at_once(name)
            return
        except psycopg.errors.ObjectInUse:
            if not left:
                raise


def _end_sessions(name: str) -> None:
    for role in ("web", "worker"):
        with suppress(psycopg.OperationalError), psycopg.connect(**config.parameters(role, name=name), autocommit=True) as own:
            own.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )


def _drop_at_once(name: str) -> None:
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        _run_as_owner(statement + sql.SQL(" WITH (FORCE)"))
    except psycopg.errors.InsufficientPrivilege:  # autovacuum is in it, which FORCE may not end; without it, it yields
        _run_as_owner(statement)


def names(prefix: str) -> list[str]:
    """The databases whose name begins so, in order."""
    with _owner() as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY datname", [prefix]
        )
        return [name for (name,) in rows]


def _owner(name: str | None = None) -> Connection[Any]:
    return psycopg.connect(**config.parameters("owner", name=name), autocommit=True)


def _run_as_owner(statement: sql.Composed) -> None:
    with _owner() as connection:
        connection.execute(statement)


def _ensure_embedded(place: Place) -> None:
    admin = {
        "host": str(place.socket),
        "port": PORT,
        "user": server.SUPERUSER,
        "password": server.superuser_password(),
    }
    logins = _logins({"host": str(place.socket), "port": PORT, "name": NAME})
    if not _is_ready({**admin, "dbname": MAINTENANCE}, logins):
        _prepare(admin, logins)


def _ensure_external(url: str) -> None:
    try:
        given = {key: value for key, value in conninfo.conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError as error:
        raise DatabaseOutOfReach(
            "ZHITONG_DATABASE_URL 写法有误；应为 postgresql://用户:口令@主机:端口/库名。"
        ) from error
    admin = {key: value for key, value in given.items() if key != "dbname"}
    options = {key: value for key, value in admin.items() if key not in ("host", "port", "user", "password")}
    named = str(given.get("dbname", MAINTENANCE))
    logins = _logins(
        {
            "host": str(given.get("host", "localhost")),
            "port": int(given.get("port", 5432)),
            "name": NAME if named == MAINTENANCE else named,
            "options": options,
        },
        given=admin,
    )
    if not _is_ready(config.parameters("owner"), logins):
        _prepare(admin, logins)


def _logins(server_address: dict[str, Any], given: dict[str, Any] | None = None) -> dict[str, Any]:
    """What database.json says, with passwords kept once they are generated; written anew when the address changed.

    Where the URL logs in as one of our three roles, its password is `given`.
    """
    known = config.logins() or {}
    roles = known.get("roles") or {
        role: {"user": f"zhitong_{role}", "password": secrets.token_urlsafe(32)} for role in ROLES
    }
    for login in roles.values():
        if given and given.get("user") == login["user"]:
            login["password"] = given.get("password", "")
    logins = {**server_address, "roles": roles}
    if logins != config.logins():
        state.write_private(config.file(), json.dumps(logins, indent=2))
    return logins


def _is_ready(login: dict[str, Any], logins: dict[str, Any]) -> bool:
    """Whether the database carries the mark that `_prepare` leaves last; no when the login is not good (yet)."""
    statement = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    try:
        with psycopg.connect(**login) as connection:
            return connection.execute(statement, [logins["name"]]).fetchone() == (_mark(logins),)
    except psycopg.OperationalError:
        return False


def _mark(logins: dict[str, Any]) -> str:
    """What was prepared, in short: rights and passwords; another mark means it has to be done again."""
    whole = json.dumps([ROLES, OPENING, logins["roles"]], sort_keys=True)
    return "zhitong " + hashlib.sha256(whole.encode()).hexdigest()[:16]


def _prepare(admin: dict[str, Any], logins: dict[str, Any]) -> None:
    """Make roles and database, and mark the database as prepared; may be repeated."""
    name = logins["name"]
    try:
        with psycopg.connect(**{"dbname": MAINTENANCE, **admin}, autocommit=True, connect_timeout=10) as connection:
            _refuse_old(connection)
            connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            _make_roles(connection, logins)
            _make_database(connection, name)
    except psycopg.OperationalError as error:
        raise DatabaseOutOfReach(
            f"连不上数据库服务器（{_first_line(error)}）；请检查 ZHITONG_DATABASE_URL、网络与口令。"
        ) from error
    with _owner() as connection:
        _open_to_roles(connection, name)
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        connection.execute(comment.format(sql.Identifier(name), sql.Literal(_mark(logins))))


def _refuse_old(connection: Connection[Any]) -> None:
    version = connection.info.server_version // 10000
    if version < OLDEST_VERSION:
        raise DatabaseOutOfReach(f"数据库版本是 PostgreSQL {version}，需要 {OLDEST_VERSION} 或更新；请升级后再试。")


def _make_roles(connection: Connection[Any], logins: dict[str, Any]) -> None:
    """Raises RolesMissing: the administrator's login may not do it; the SQL to run is left in a private file."""
    statements = []
    for role, rights in ROLES.items():
        login = logins["roles"][role]
        user, password = sql.Identifier(login["user"]), sql.Literal(login["password"])
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login["user"]]).fetchone():
            statements.append(sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(user, sql.SQL(rights), password))
        elif not _can_log_in(role):  # of a role that is there, only the password is ours to set
            statements.append(sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(user, password))
    try:
        with connection.transaction():
            for statement in statements:
                connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise _roles_missing(connection, statements, logins["name"]) from error


def _can_log_in(role: str) -> bool:
    try:
        psycopg.connect(**config.parameters(role, name=MAINTENANCE)).close()
    except psycopg.OperationalError:
        return False
    return True


def _make_database(connection: Connection[Any], name: str) -> None:
    owner = sql.Identifier("zhitong_owner")
    row = connection.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [name]).fetchone()
    try:
        if row is None:
            with _owner(MAINTENANCE) as own:
                own.execute(
                    sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0").format(
                        sql.Identifier(name)
                    )
                )
        elif row != ("zhitong_owner",):
            connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), owner))
    except psycopg.errors.InsufficientPrivilege as error:
        statement = sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), owner)
        raise _roles_missing(connection, [statement], name) from error


def _roles_missing(connection: Connection[Any], statements: list[sql.Composed], name: str) -> RolesMissing:
    path = state.folder() / "roles.sql"
    state.write_private(path, "".join(statement.as_string(connection) + ";\n" for statement in statements))
    return RolesMissing(
        f"ZHITONG_DATABASE_URL 的用户无权为数据库 {name} 建立登录角色；"
        f"请数据库管理员以超级用户执行 {path} 里的语句（内含口令，用后删除），再重新运行。"
    )


def _open_to_roles(connection: Connection[Any], name: str) -> None:
    connection.execute(OPENING)
    _let_roles_connect(connection, name)


def _let_roles_connect(connection: Connection[Any], name: str) -> None:
    connection.execute(
        sql.SQL(
            "REVOKE ALL ON DATABASE {name} FROM PUBLIC;"
            "GRANT CONNECT, TEMPORARY ON DATABASE {name} TO zhitong_web, zhitong_worker"
        ).format(name=sql.Identifier(name))
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]
