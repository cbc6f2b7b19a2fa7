"""The embedded server returns to a moment between two backups: what was entered after it is gone, all before is there."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.launch.conftest import OUR_MODULES, Installation
from tests.launch.test_backup_rules import backup
from zhitong.kit.clock import SHANGHAI
from zhitong.launch.backup import base, manifest, restore_to
from zhitong.launch.embedded import archiving

AT = datetime(2018, 9, 17, 2, 30, tzinfo=UTC)
ASKING = """
import sys, psycopg
from zhitong.config import database as config
from zhitong.launch import database
with database.running(), psycopg.connect(**config.parameters("owner"), autocommit=True) as connection:
    told = connection.execute(sys.argv[1])
    print(*(told.fetchall() if told.description else []), sep="")
"""


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2018-09-17 16:30", datetime(2018, 9, 17, 16, 30, tzinfo=SHANGHAI)),
        ("2018-09-17T08:30:05+00:00", datetime(2018, 9, 17, 8, 30, 5, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_beijings_time(text: str, at: datetime) -> None:
    assert restore_to.moment(text) == at


@pytest.mark.parametrize(("text", "said"), [("昨天", "请写成"), ("9999-01-01", "还没有到")])
def test_what_is_no_moment_is_told_how_to_write_one(text: str, said: str) -> None:
    with pytest.raises(restore_to.NoWayThere, match=said):
        restore_to.moment(text)


def test_the_newest_copy_before_the_moment_is_taken(tmp_path: Path) -> None:
    copies = [backup(tmp_path, AT + timedelta(days=day)) for day in range(4)]
    for made in copies[:3]:
        (made / base.FOLDER).mkdir()
        (made / base.COPY).touch()

    assert restore_to.chosen(tmp_path, AT + timedelta(days=1, hours=1)) == copies[1]
    assert restore_to.chosen(tmp_path, None) == copies[2], "the newest is a dump alone"
    with pytest.raises(restore_to.NoWayThere, match="请另选时间"):
        restore_to.chosen(tmp_path, AT - timedelta(hours=1))


def test_recovery_fetches_the_log_and_stops_at_the_moment() -> None:
    told = archiving.recovery(Path("/kept"), Path("/left over"), datetime(2018, 9, 17, 16, 30, tzinfo=SHANGHAI))

    assert "restore_command = 'cp /kept/%f %p || cp ''/left over/%f'' %p'" in told
    assert "recovery_target_time = '2018-09-17 08:30:00.000000+00'" in told
    assert "recovery_target_time" not in archiving.recovery(Path("/kept"), Path("/left"), None)


def test_one_file_of_the_log_is_kept_whole_and_never_over_another(tmp_path: Path) -> None:
    def keep(text: str) -> int:
        (tmp_path / "from").write_text(text)
        command = archiving.keeping(tmp_path / "to").replace("%f", "0001").replace("%p", str(tmp_path / "from"))
        return subprocess.run(command, shell=True, check=False).returncode  # noqa: S602 - as the server runs it

    (tmp_path / "to").mkdir()

    assert [keep("one"), keep("one"), keep("another")] == [0, 0, 1]
    assert [(path.name, path.read_text()) for path in (tmp_path / "to").iterdir()] == [("0001", "one")]


def test_log_that_no_copy_needs_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, made = tmp_path / "kept", backup(tmp_path)
    (made / base.FOLDER).mkdir()
    (made / base.COPY).touch()
    kept.mkdir()
    for name in ("000000010000000000000001", "000000010000000000000002.00000028.backup", "000000010000000000000003", "00000002.history"):
        (kept / name).touch()
    monkeypatch.setenv("ZHITONG_WAL_ARCHIVE", str(kept))
    monkeypatch.setattr(base, "first_needed", lambda one: "000000010000000000000003")

    assert base.let_go_of_log([made]) == 2
    assert base.let_go_of_log([]) == 0, "without a copy nobody knows what is needed"
    assert {path.name for path in kept.iterdir()} == {"000000010000000000000003", "00000002.history"}


class Kept(Installation):
    """An installation whose log is kept."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "ZHITONG_WAL_ARCHIVE": str(self.folder / "log"), "ZHITONG_BACKUP_DIR": str(self.folder / "backups")}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "zhitong.launch.main", *words]
        return subprocess.run(command, env=self.environment, cwd="/", check=False, capture_output=True, text=True)

    def ask(self, statement: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", ASKING, statement], env=self.environment, cwd="/", check=True, capture_output=True, text=True
        )
        return done.stdout.strip()


@pytest.mark.prove
def test_it_returns_to_a_moment_between_two_entries(open_folder: Path) -> None:
    assert OUR_MODULES
    kept = Kept(open_folder)
    try:
        kept.ask("CREATE TABLE django_migrations (app text, name text)")
        kept.ask("CREATE TABLE told AS SELECT 1 AS n")
        taken = kept.run("backup")
        proved = kept.run("verify-backup")
        kept.ask("INSERT INTO told VALUES (2)")
        at = kept.ask("SELECT now()::text FROM pg_sleep(1)").strip("('),")
        kept.ask("INSERT INTO told SELECT 3 FROM pg_sleep(1)")
        assert kept.ask("SELECT n FROM told ORDER BY n") == "(1,)(2,)(3,)"

        too_early = kept.run("restore-to", "2018-01-01 08:00")
        untouched = kept.ask("SELECT n FROM told ORDER BY n")
        too_late = kept.run("restore-to", datetime.now(UTC).isoformat())
        still_untouched = kept.ask("SELECT n FROM told ORDER BY n")
        returned = kept.run("restore-to", at)
        found = kept.ask("SELECT n FROM told ORDER BY n")
        kept.ask("INSERT INTO told VALUES (4)")
        again = kept.run("backup", "--keep", "1")
    finally:
        kept.clear()

    for done in (taken, proved, returned, again):
        assert done.returncode == 0, done.stdout + done.stderr
    assert (too_early.returncode, untouched) == (1, "(1,)(2,)(3,)")
    assert "没有这个时间以前的" in too_early.stderr
    assert (too_late.returncode, still_untouched) == (1, "(1,)(2,)(3,)"), "nothing was committed after it: nobody knows it was reached"
    assert "归档的日志到不了这个时间" in too_late.stderr
    assert found == "(1,)(2,)"
    made = list(manifest.backups_in(open_folder / "backups"))[-1]
    assert base.COPY in manifest.read(made).files
    assert base.first_needed(made)
    assert min(name for name in os.listdir(open_folder / "log") if len(name) == 24)[8:] >= base.first_needed(made)[8:]
