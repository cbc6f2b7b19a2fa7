"""A year rehearsed: what stands at each month's end follows from the reports alone (R-G1, R-C8, R-E3)."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import databases
from zhitong.config import database as config
from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.domain.campaigns.queries import clock_offset
from zhitong.domain.progress.queries.verifying import Checked, verify
from zhitong.kit import clock
from zhitong.launch import rehearse_year
from zhitong.rehearsal.year.field import YearField, laid_out
from zhitong.rehearsal.year.living import Month, live

FIELD = YearField(7, "hebei-2018", 2018, 120)
ACTS = {"submitted": 40, "approved": 41, "accepted": 36, "returned": 2, "let_through": 1, "asked_about": 5}
JUNE = Month(
    date(2018, 6, 1), 90, 3, "演示市", ACTS, {"province": {"done": 1, "green": 20, "amber": 5, "red": 4, "none": 2}},
    {"hebei-2018/mid_year": {"reached": 80, "short": 30, "missing": 10, "not_asked": 0}}, Checked(120, 120),
)
GATES = ["hebei-2018/matching", "hebei-2018/mid_year", "hebei-2018/october", "hebei-2018/year_end"]


@pytest.fixture
def own_time() -> Iterator[None]:
    """The clock asks anew after a year has gone by."""
    yield
    clock.ask_offset_of(clock_offset)


@pytest.fixture
def small_stage(template_database: str, django_db_blocker: DjangoDbBlocker, own_time: None) -> Iterator[None]:
    """The small world as a demonstration, seen by its owner."""
    with databases.copy_of(template_database) as name, django_db_blocker.unblock(), config.as_role("owner", name=name):
        mark_demonstration(clock_offset=timedelta(0))
        yield


def test_a_month_tells_its_lights_its_gates_and_what_was_worked_out_anew() -> None:
    lines = rehearse_year.told(FIELD, [JUNE], Checked(240, 120), seconds=9.6)

    assert lines[0] == "种子 7，2018 年，各级目标 120 个，用 10 秒："
    assert "只凭报告重算 120 个灯、120 个节点结果，0 处不符" in lines[1]
    assert lines[2] == "      逐件办理（省本级和演示市）：报送 40、本级审核 41、上级接受 36、退回重报 2、准予先行报送 1、补充说明 5"
    assert "省级  已完成     1  正常    20  偏慢     5  滞后     4  未报     2" in lines[3]
    assert lines[4].endswith("节点 hebei-2018/mid_year：达到 80、未达到 30、无数据 10")
    assert lines[5].endswith("只凭报告重算 240 个灯、120 个节点结果，0 处不符")


@pytest.mark.prove
def test_a_year_of_a_few_regions_goes_through_the_acts_and_stands_by_its_reports(small_stage: None) -> None:
    months = list(live(laid_out(seed=5, tasks=("2", "11"))))

    assert [month.checked.findings for month in months] == [[]] * 12
    assert [gate for month in months for gate in month.gates if gate.startswith("hebei")] == GATES
    assert all(sum(results.values()) for month in months for results in month.gates.values())
    done = sum((Counter(month.acts) for month in months), Counter())
    assert {"submitted", "approved", "accepted", "returned", "let_through", "asked_about", "corrected"} <= done.keys()
    assert {month.city for month in months} == {"石家庄市", "沧州市"}
    whole = verify(now=clock.now())
    assert (whole.findings, whole.standings > 900) == ([], True)


@pytest.mark.prove
def test_every_light_and_gate_of_a_provinces_first_months_follows_from_the_reports(
    running_database: None, django_db_blocker: DjangoDbBlocker, own_time: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with django_db_blocker.unblock():
        ended = rehearse_year.run(Namespace(seed=11, months=3, json=True))

    told = json.loads(capsys.readouterr().out)
    months = told["months"]
    assert ended == 0
    assert [month["differences"] for month in months] == [0, 0, 0]
    assert (months[-1]["recomputed"] > 5000, told["year"]["differences"]) == (True, 0)
    assert months[-1]["acts"]["accepted"] > 100
    assert "hebei-2018/matching" in {gate for month in months for gate in month["gates"]}
