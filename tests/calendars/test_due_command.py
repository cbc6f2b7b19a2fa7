"""`zhitong due`: the sum of a limit at the terminal, without a database unless a unit is named (R-F5)."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.cast import acting
from tests.world import NOW
from zhitong.cli import due as command
from zhitong.domain.calendars.queries import forget_calendar
from zhitong.domain.organisations.actions.timekeeping import enter_special_day
from zhitong.launch.commands import COMMANDS


def due(*words: str, state: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, where no database can be reached."""
    return subprocess.run(
        [sys.executable, "-m", "zhitong.launch.main", "due", *words], check=False, capture_output=True, text=True,
        env={**os.environ, "ZHITONG_STATE_DIR": str(state / "none"), "ZHITONG_DATABASE_URL": "postgresql://me@127.0.0.1:1/no"},
    )


def test_working_days_are_summed_and_the_date_stands_last(tmp_path: Path) -> None:
    told = due("2018-04-27 15:40", "--workdays", "5", state=tmp_path)

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "交办 4月27日 15:40，5 个工作日：4月28日(补班) 5月2日 3日 4日 7日，到期 5月7日 17:30",
        "到期时间：2018年5月7日（周一）17:30",
        "2018-05-07",
    ]


def test_hours_are_summed_day_by_day_and_the_moment_stands_above_the_date(tmp_path: Path) -> None:
    told = due("2018-04-27 15:40", "--hours", "16", state=tmp_path)

    assert told.returncode == 0
    assert told.stdout.splitlines() == [
        "交办 4月27日 15:40，16 小时（工作时间）：4月27日 1小时50分、28日(补班) 7小时30分、5月2日 6小时40分，到期 5月2日 16:40",
        "到期时间：2018年5月2日（周三）16:40",
        "2018-05-02",
    ]


@pytest.mark.parametrize("limit", ["--workdays", "--hours"])
def test_a_year_without_a_published_calendar_is_told_as_provisional(limit: str, tmp_path: Path) -> None:
    told = due("2098-12-30 10:00", limit, "12", state=tmp_path).stdout.splitlines()

    assert told[-1].startswith(("2098-12-31", "2099-01-15"))
    assert "年的放假安排尚未公布，其间按周一至周五上班推算，结果为暂定。" in told[-2]
    assert told[0].endswith("（该年放假安排尚未公布，为暂定时间）")


@pytest.mark.parametrize("start", ["2018-04-27T15:40", "2018年4月27日 15:40", "2018/4/27 15：40", "2018-04-27T07:40:00+00:00"])
def test_a_moment_is_read_as_people_write_it(start: str, tmp_path: Path) -> None:
    assert due(start, "--workdays", "5", state=tmp_path).stdout.startswith("交办 4月27日 15:40，5 个工作日")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["明天", "--workdays", "5"], "“明天”不是能读懂的起算时间，请写成 '2018-04-27 15:40' 这样的年月日和时分。"),
        (["2018-02-30 10:00", "--workdays", "5"], "“2018-02-30 10:00”不是能读懂的起算时间"),
        (["9999-12-31 10:00", "--workdays", "5"], "起算时间须在 2000 年至 2100 年之间。"),
        (["2018-04-27", "--workdays", "0"], "工作日数应为 1 至 2000 的整数，现在是“0”。"),
        (["2018-04-27", "--workdays", "-3"], "工作日数应为 1 至 2000 的整数，现在是“-3”。"),
        (["2018-04-27", "--hours", "1.5"], "工作小时数应为 1 至 16000 的整数，现在是“1.5”。"),
        (["2018-04-27", "--hours", "99999999"], "工作小时数应为 1 至 16000 的整数，现在是“99999999”。"),
        (["2018-04-27"], "需要其中一个参数：--workdays --hours。"),
        (["2018-04-27", "--hours", "3", "--workdays", "3"], "--workdays 不能与 --hours 同时使用。"),
        (["--hours", "3"], "缺少参数：起算时间。"),
    ],
)
def test_what_cannot_be_counted_is_told_in_a_sentence_and_nothing_else(
    words: list[str], said: str, tmp_path: Path
) -> None:
    told = due(*words, state=tmp_path)

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith(f"zhitong due：{said}")
    assert len(told.stderr.splitlines()) == 1


def test_no_database_is_made_for_it(tmp_path: Path) -> None:
    due("2018-04-27 15:40", "--workdays", "5", state=tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_unit_counts_by_its_own_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    closed = date(2018, 5, 2)
    with acting("park_office") as actor:
        enter_special_day(place_id=actor.unit_id, on=closed, works=False, name="搬迁", actor=actor, now=NOW)

    assert command.run(asked(unit="130973400-office")) == 0
    forget_calendar()

    assert capsys.readouterr().out.splitlines()[-1] == "2018-05-08"


@pytest.mark.django_db
def test_a_unit_that_is_not_there_is_told_and_nothing_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(asked(unit="nobody")) == 2

    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "zhitong due：没有代码为“nobody”的单位，请在“区划与单位”页面核对代码后再试。\n")


@pytest.mark.parametrize(("unit", "needed"), [(None, False), ("130973400-office", True)])
def test_the_database_is_asked_for_with_a_unit_alone(unit: str | None, needed: bool) -> None:
    [due_command] = [one for one in COMMANDS if one.name == "due"]

    assert due_command.asks_for_database(asked(unit=unit)) is needed


def asked(unit: str | None) -> argparse.Namespace:
    """Five working days from the Friday before May."""
    return argparse.Namespace(start=NOW, workdays=5, hours=None, unit=unit)
