"""A server named by ZHITONG_DATABASE_URL: what an administrator's login may do itself, and what it must ask for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.launch.conftest import Installation, wait_until
from zhitong.launch.embedded import server
from zhitong.launch.embedded.place import PORT

PASSWORD = "of-a-test-only"


class Elsewhere:
    """Another installation's server, looked at as a stranger's: reached by an address alone."""

    def __init__(self, installation: Installation) -> None:
        self._socket = installation.place.socket
        self._password = (installation.state / "superuser").read_text()
        self._made: set[str] = set()

    def connect(self, name: str = "postgres") -> psycopg.Connection[Any]:
        login = {"host": str(self._socket), "port": PORT, "user": server.SUPERUSER, "password": self._password}
        return psycopg.connect(**login, dbname=name, autocommit=True)

    def make_login(self, name: str, rights: str) -> str:
        """A login with some rights; returns its address."""
        with self.connect() as connection:
            statement = sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}")
            connection.execute(statement.format(sql.Identifier(name), sql.SQL(rights), sql.Literal(PASSWORD)))
        self._made.add(name)
        return f"postgresql://{name}:{PASSWORD}@/zhitong?host={self._socket}&port={PORT}"

    def forget_us(self) -> None:
        """Make it a server on which nobody has heard of us."""
        with self.connect() as connection:
            connection.execute("DROP DATABASE IF EXISTS zhitong WITH (FORCE)")
            for role in ("zhitong_owner", "zhitong_web", "zhitong_worker", *self._made):
                connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))
        self._made.clear()


@pytest.fixture(scope="module")
def somebodys_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    installation = Installation(tmp_path_factory.mktemp("elsewhere"))
    visitor = installation.visit(0)
    wait_until(lambda: installation.are_in(0))
    yield Elsewhere(installation)
    installation.open_door()
    visitor.wait(timeout=30)
    installation.clear()


@pytest.fixture
def elsewhere(somebodys_server: Elsewhere) -> Elsewhere:
    somebodys_server.forget_us()
    return somebodys_server


def who_am_i(state: Path, url: str) -> subprocess.CompletedProcess[str]:
    """Ask the database, as a command of an installation whose ZHITONG_DATABASE_URL is this one."""
    asking = (
        "from django.db import connection as c; k = c.cursor(); k.execute('SELECT current_user'); print(*k.fetchone())"
    )
    return subprocess.run(
        [sys.executable, "-m", "zhitong.launch.main", "manage", "shell", "--verbosity", "0", "--command", asking],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "ZHITONG_STATE_DIR": str(state), "ZHITONG_DATABASE_URL": url},
    )


@pytest.mark.parametrize("rights", ["SUPERUSER", "CREATEROLE CREATEDB"])
def test_a_login_that_may_make_roles_makes_them(elsewhere: Elsewhere, tmp_path: Path, rights: str) -> None:
    url = elsewhere.make_login("dba", rights)

    first = who_am_i(tmp_path / "ours", url)
    second = who_am_i(tmp_path / "ours", url)

    assert (first.stdout, second.stdout) == ("zhitong_owner\n", "zhitong_owner\n"), first.stderr + second.stderr
    with elsewhere.connect() as connection:
        statement = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'zhitong'"
        assert connection.execute(statement).fetchone() == ("zhitong_owner",)


def test_a_login_that_may_not_says_which_sql_to_run_and_goes_on_after_it(elsewhere: Elsewhere, tmp_path: Path) -> None:
    url = elsewhere.make_login("guest", "")
    asked_for = tmp_path / "ours" / "roles.sql"

    refused = who_am_i(tmp_path / "ours", url)
    assert refused.returncode == 1
    assert f"请数据库管理员以超级用户执行 {asked_for} 里的语句" in refused.stderr
    assert asked_for.stat().st_mode & 0o777 == 0o600

    with elsewhere.connect() as connection:
        connection.execute(asked_for.read_text())
    allowed = who_am_i(tmp_path / "ours", url)

    assert allowed.stdout == "zhitong_owner\n", allowed.stderr


def test_a_login_as_our_owner_keeps_its_password(elsewhere: Elsewhere, tmp_path: Path) -> None:
    url = elsewhere.make_login("zhitong_owner", "CREATEDB")
    elsewhere.make_login("zhitong_web", "")
    elsewhere.make_login("zhitong_worker", "")

    refused = who_am_i(tmp_path / "ours", url)
    with elsewhere.connect() as connection:
        connection.execute((tmp_path / "ours" / "roles.sql").read_text())
    allowed = who_am_i(tmp_path / "ours", url)

    assert refused.returncode == 1
    assert allowed.stdout == "zhitong_owner\n", allowed.stderr
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("zhitong_owner",)
