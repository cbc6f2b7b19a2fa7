"""A year rehearsed on a database of its own: what stands at each month's end follows from the reports alone."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date

import pytest
from pytest_django.plugin import DjangoDbBlocker

from zhitong.domain.progress.queries.verifying import Checked
from zhitong.launch import rehearse_year
from zhitong.rehearsal.year.field import YearField
from zhitong.rehearsal.year.living import Month

FIELD = YearField(7, "hebei-2018", 2018, 120)
JUNE = Month(
    date(2018, 6, 1), 90, 3, {"province": {"done": 1, "green": 20, "amber": 5, "red": 4, "none": 2}},
    {"hebei-2018/mid_year": {"reached": 80, "short": 30, "missing": 10, "not_asked": 0}}, Checked(120, 120),
)


def test_a_month_tells_its_lights_its_gates_and_what_was_worked_out_anew() -> None:
    lines = rehearse_year.told(FIELD, [JUNE], seconds=9.6)

    assert lines[0] == "种子 7，2018 年，各级目标 120 个，用 10 秒："
    assert "只凭报告重算 120 个灯、120 个节点结果，0 处不符" in lines[1]
    assert "省级  已完成     1  正常    20  偏慢     5  滞后     4  未报     2" in lines[2]
    assert lines[3].endswith("节点 hebei-2018/mid_year：达到 80、未达到 30、无数据 10")


@pytest.mark.prove
def test_every_light_and_gate_of_the_first_months_follows_from_the_reports(
    running_database: None, django_db_blocker: DjangoDbBlocker, capsys: pytest.CaptureFixture[str]
) -> None:
    with django_db_blocker.unblock():
        ended = rehearse_year.run(Namespace(seed=11, months=3, json=True))

    months = json.loads(capsys.readouterr().out)["months"]
    assert ended == 0
    assert [month["differences"] for month in months] == [0, 0, 0]
    assert months[-1]["recomputed"] > 5000
    assert "hebei-2018/matching" in {gate for month in months for gate in month["gates"]}
