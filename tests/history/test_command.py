"""`zhitong history` at the terminal, the verifying night by night, and the files of the days."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from tests.cast import viewer
from tests.following import wait_for_older_ones
from tests.tampering import TABLES
from zhitong.cli import history
from zhitong.config import database as config
from zhitong.domain.history.actions import record
from zhitong.domain.history.actions.checking import AT_A_TIME, check_on
from zhitong.domain.history.actions.exporting import BACK_DAYS, write_days
from zhitong.domain.history.actions.sealing import seal_next
from zhitong.domain.history.queries.checks import newest_checks
from zhitong.domain.history.queries.kinds import kinds_told
from zhitong.domain.history.queries.sealed import head_numbered
from zhitong.domain.history.queries.verifying import last_number
from zhitong.domain.history.rules.seals import Algorithm
from zhitong.kit.clock import held_at
from zhitong.kit.ids import uuid7
from zhitong.launch.parser import Parser

AT = datetime(2018, 9, 17, 7, 40, tzinfo=UTC)
ONE_BYTE = "UPDATE history_fact SET body = '{\"number\": \"改\"}' WHERE id = %s"


@pytest.fixture(scope="module")
def told(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[UUID]:
    """A fact of the park under a seal, behind enough seals that a night takes several turns."""
    with (
        databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("owner", name=name),
    ):
        _seal(most=1000)
        facts = [
            record("problem.replied", thing_kind="problem", thing_id=uuid7(), actor=viewer("park").actor("web"), at=AT)
            for _number in range(2 * AT_A_TIME)
        ]
        _seal(most=1)
        yield facts[0]


def _seal(*, most: int) -> None:
    wait_for_older_ones()
    while seal_next(algorithm=Algorithm.SHA256, now=AT, most=most):
        pass


@pytest.fixture(autouse=True)
def day_of_the_story() -> Iterator[None]:
    with held_at(AT + timedelta(days=1)):
        yield


@pytest.fixture
def undone(told: UUID) -> Iterator[None]:
    """What the test does is rolled back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        transaction.set_rollback(True)


def run(*words: str) -> int:
    parser = Parser(prog="zhitong history")
    history.add_arguments(parser)
    return history.run(parser.parse_args(words))


def tamper(fact_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_BYTE, [fact_id])


def test_sound_history_is_said_to_be_whole(told: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify") == 0
    assert "全部完好" in capsys.readouterr().out


def test_one_byte_changed_is_named_with_its_unit(undone: None, told: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(told)

    assert run("verify") == 1
    said = capsys.readouterr()
    assert str(told) in said.out
    assert "内容被改动" in said.out
    assert "南大港产业园区经发局" in said.out
    assert kinds_told()["problem.replied"] in said.out
    assert "发现 1 处问题" in said.err


def test_programs_read_the_faults_as_json(undone: None, told: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(told)

    assert run("verify", "--json") == 1
    read = json.loads(capsys.readouterr().out)
    assert (read["sound"], read["unsealed"]) == (False, 0)
    assert [(fault["kind"], fault["fact"]) for fault in read["faults"]] == [("altered", str(told))]


def test_verifying_since_a_day_reads_what_came_since(undone: None, told: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(told)

    assert run("verify", "--since", "2018-09-18") == 0
    assert "核验了 0 号封存" in capsys.readouterr().out
    assert run("verify", "--since", "2018-09-17") == 1


def test_a_day_is_told_for_paper_and_held_against_the_chain(
    undone: None, told: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "day.json"

    assert run("day", "2018-09-17", "--to", str(file)) == 0
    words = json.loads(file.read_text("utf-8"))["words"]
    assert words in capsys.readouterr().out
    assert run("verify", "--against", str(file)) == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM history_seal WHERE number = (SELECT max(number) FROM history_seal)")
    assert run("verify", "--against", str(file)) == 1
    assert "被截去或重做" in capsys.readouterr().out
    assert run("day", "2018-01-01") == 1


def test_a_file_that_is_none_is_refused(told: UUID, tmp_path: Path) -> None:
    with pytest.raises(history.FileNotRead, match="读不了文件"):
        run("verify", "--against", str(tmp_path / "none.json"))


def test_what_is_no_day_is_told_how_to_write_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("verify", "--since", "昨天")
    assert "请写成 2018-09-01" in capsys.readouterr().err
    assert isinstance(Parser(prog="x"), argparse.ArgumentParser)


def test_sealing_by_hand_says_how_far(told: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("seal") == 0
    assert f"第 {last_number()} 号" in capsys.readouterr().out


def test_a_night_verifies_a_few_seals_at_a_time_and_once(undone: None, told: UUID) -> None:
    now, turns = AT + timedelta(days=1), 0
    tamper(told)
    while check_on(now=now):
        turns += 1
    [check] = newest_checks(9)

    assert turns > 2
    assert (check.until, check.faults, [one.fact_id for one in check.named]) == (last_number(), 1, [told])
    assert check.ended_at == now
    assert check_on(now=now + timedelta(hours=8)) == 0
    assert check_on(now=now + timedelta(hours=12)) == 1  # two o'clock is over


def test_each_day_leaves_a_file_that_stays_as_it_is(told: UUID, tmp_path: Path) -> None:
    today = date(2018, 9, 20)

    assert write_days(tmp_path, today=today) == 3
    [folder] = tmp_path.iterdir()
    first = head_numbered(1)
    assert first is not None
    assert folder.name == first.digest.hex()[:8]
    assert sorted(path.name for path in folder.iterdir()) == [f"2018-09-{day}.json" for day in (17, 18, 19)]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    kept = (folder / "2018-09-17.json").read_text("utf-8")
    (folder / "2018-09-17.json").write_text(kept + " ", encoding="utf-8")
    assert write_days(tmp_path, today=today) == 0
    assert (folder / "2018-09-17.json").read_text("utf-8") == kept + " "
    assert write_days(tmp_path, today=today + timedelta(days=BACK_DAYS + 30)) == BACK_DAYS


def test_kinds_are_called_as_their_rooms_call_them() -> None:
    assert kinds_told()["history.erased"] == "抹去留痕中的文字"
    assert len({kind.split(".")[0] for kind in kinds_told()}) > 10
