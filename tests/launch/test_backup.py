"""A backup is taken while people work, proved by restoring it, and brought back row by row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.launch.conftest import Installation
from tests.live.conftest import raise_one
from zhitong.config import database as config
from zhitong.config import state
from zhitong.launch import database
from zhitong.launch.backup import manifest, needed_keys, programs, restore, take, verify


@pytest.fixture
def state_of_test(fresh_database: str, tmp_path: Path) -> Iterator[Path]:
    """A state folder whose database is this test's copy, on the same server."""
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    logins: dict[str, Any] = {**(config.logins() or {}), "name": fresh_database}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state, "location", lambda: folder)
        state.write_private(folder / "database.json", json.dumps(logins))
        yield folder
    for name in database.names(f"{fresh_database}_"):
        database.drop(name)


def count(table: str) -> int:
    with psycopg.connect(**config.parameters("owner")) as owner:
        return int(owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # type: ignore[index]


@pytest.mark.prove
def test_a_backup_comes_back_row_by_row(state_of_test: Path, tmp_path: Path) -> None:
    raise_one()
    key = state.secret_key()
    made = take.take(tmp_path / "backups")
    told = manifest.read(made)
    (state_of_test / "secret_key").unlink()
    raise_one()
    connection.close()

    assert verify.verify(made, told) == []
    with pytest.raises(restore.TargetNotEmpty, match="--replace"):
        restore.restore(made, told, replaces=False)
    aside = restore.restore(made, told, replaces=True)

    assert told.tables["public.problems_problem"].rows == count("problems_problem") == 1
    with psycopg.connect(**config.parameters("owner", name=aside)) as before:
        assert before.execute("SELECT count(*) FROM problems_problem").fetchone() == (2,)
    assert restore.take_key_over(made)
    assert state.secret_key() == key
    assert sorted(path.name for path in made.iterdir()) == ["database.dump", "manifest.json", "needed_keys.json", "secret_key"]
    assert made.stat().st_mode & 0o077 == 0


@pytest.mark.prove
def test_a_backup_names_the_keys_it_needs_and_is_not_put_in_place_without_them(state_of_test: Path, tmp_path: Path) -> None:
    with psycopg.connect(**config.parameters("owner")) as owner:
        owner.execute("SET LOCAL row_security = off")
        owner.execute("UPDATE organisations_person SET phone = '~z1.k7.c2VhbGVk' WHERE login = 'firm'")
    made = take.take(tmp_path / "backups")
    connection.close()

    assert set(needed_keys.needed(made)) == {"k7", "search"}
    assert "没有密钥就读不出" in needed_keys.said(made)
    for act in (lambda: verify.verify(made, manifest.read(made)), lambda: restore.restore(made, manifest.read(made), replaces=True)):
        with pytest.raises(needed_keys.KeyMissing, match="k7"):
            act()

    assert count("organisations_person") > 0
    assert database.names(f"{config.parameters('owner')['dbname']}_") == []


@pytest.mark.prove
def test_one_row_altered_on_its_way_is_named_and_nothing_is_put_in_place(state_of_test: Path, tmp_path: Path) -> None:
    raise_one()
    made = take.take(tmp_path / "backups")
    said = json.loads((made / manifest.NAME).read_text())
    said["tables"]["public.problems_problem"]["digest"] = "1"
    (made / manifest.NAME).write_text(json.dumps(said))
    told = manifest.read(made)
    connection.close()

    assert verify.verify(made, told) == ["public.problems_problem：行数相符，内容不一致"]
    with pytest.raises(restore.NotWhole, match="problems_problem"):
        restore.restore(made, told, replaces=True)

    assert count("problems_problem") == 1
    assert database.names(f"{config.parameters('owner')['dbname']}_") == []


@pytest.mark.prove
def test_a_database_in_use_is_not_replaced(state_of_test: Path, tmp_path: Path) -> None:
    made = take.take(tmp_path / "backups")

    with psycopg.connect(**config.parameters("web")), pytest.raises(restore.StillInUse, match="请先停止 zhitong up"):
        restore.restore(made, manifest.read(made), replaces=True)


@pytest.mark.prove
def test_a_disk_that_fills_up_leaves_nothing(state_of_test: Path, tmp_path: Path) -> None:
    login = config.parameters("owner")
    with psycopg.connect(**login) as owner:
        owner.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = owner.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None

        with pytest.raises(programs.NoRoom, match="磁盘已满"):
            take.dump(login, owner.info.server_version // 10000, row[0], Path("/dev/full"))


def run(state_folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zhitong.launch.main", *words], check=False, capture_output=True, text=True,
        env={**os.environ, "ZHITONG_STATE_DIR": str(state_folder), "ZHITONG_DEMONSTRATION": "off"},
    )


@pytest.mark.prove
def test_a_backup_is_brought_to_another_machine(installation: Installation, tmp_path: Path) -> None:
    backups, elsewhere = str(tmp_path / "backups"), Installation(tmp_path / "elsewhere")
    elsewhere.folder.mkdir()
    try:
        assert run(installation.state, "prepare").returncode == 0
        taken = run(installation.state, "backup", backups)
        proved = run(installation.state, "verify-backup", backups)
        returned = run(elsewhere.state, "restore", backups)
        prepared = run(elsewhere.state, "prepare")
        again = run(elsewhere.state, "backup", str(tmp_path / "again"))
    finally:
        elsewhere.clear()

    for done in (taken, proved, returned, prepared, again):
        assert done.returncode == 0, done.stdout + done.stderr
    assert "逐表核对一致" in proved.stdout
    assert "签名密钥已换成备份里的" in returned.stdout
    first, second = (manifest.read(manifest.chosen(Path(folder))) for folder in (backups, tmp_path / "again"))
    assert first.migrations == second.migrations
    assert {name for name in first.tables if first.tables[name] != second.tables[name]} <= {"public.history_follower"}


@pytest.mark.prove
def test_what_is_no_backup_is_told_in_a_sentence(installation: Installation, tmp_path: Path) -> None:
    done = run(installation.state, "restore", str(tmp_path))

    assert (done.returncode, done.stdout) == (1, "")
    assert "不是备份，或者没有做完" in done.stderr
    assert "Traceback" not in done.stderr
