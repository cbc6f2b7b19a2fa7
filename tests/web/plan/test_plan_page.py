"""The plan's pages: who leads what, what is to be reached, where the words stand, what carries out what."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.cast import acting
from tests.web.stories import signed_in
from zhitong.domain.plans.models import (
    Gate,
    Indicator,
    IndicatorLink,
    Milestone,
    MilestoneLink,
    Plan,
    Target,
    Task,
    TaskUnit,
)

pytestmark = pytest.mark.django_db


def page(path: str, login: str = "province_office") -> str:
    answer = signed_in(login).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'<span class="zt-ordinal">[^<]*</span><span>([^<]*)</span>', html)


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_every_task_stands_under_its_section() -> None:
    html = page("/plan/hebei-2018/")

    assert len(titles(html)) == 36
    assert "三（四） 民心工程" in html
    assert "30 项任务、6 个专项行动，6月30日前" in html


@pytest.mark.parametrize(
    ("login", "place"),
    [("province_office", "河北省"), ("zone_office", "沧州渤海新区"), ("park", "沧州渤海新区"), ("city", "河北省"),
     ("outsider", "河北省")],
)
def test_without_an_address_it_is_the_nearest_plan(login: str, place: str) -> None:
    assert f"<title>{place} 目标任务" in page("/plan/", login)


def test_who_leads_what_is_a_filter_away() -> None:
    html = page("/plan/hebei-2018/?unit=省科技厅&role=lead")

    assert titles(html) == ["科技企业孵化器培育", "高新技术企业培育", "精准服务重点科技型中小企业"]
    assert "省科技厅（牵头 3 项）" in html


def test_words_and_kinds_narrow_too() -> None:
    assert titles(page("/plan/hebei-2018/?q=厕所")) == ["城乡厕所改造工程"]
    assert len(titles(page("/plan/hebei-2018/?kind=special_action"))) == 6


def test_nothing_that_fits_says_so() -> None:
    assert "没有符合条件的任务" in page("/plan/hebei-2018/?q=没有这样的任务")


def test_a_task_has_units_with_their_parts_and_the_words_it_comes_from() -> None:
    said = words_of(page("/plan/hebei-2018/23/"))

    assert "省农业厅 （农村厕所改造）" in said
    assert "原文：冀发〔2018〕7号 三（四），第 5712–5924 字" in said


def test_a_target_is_marked_in_the_words_and_has_its_second_value() -> None:
    html = page("/plan/hebei-2018/24/")

    assert "<mark>确保建成500公里</mark>" in html
    assert "争取 580公里" in html


def test_upper_and_local_tasks_lead_to_each_other() -> None:
    assert '<a class="zt-numbered" href="/plan/bohai-2018/18/">' in page("/plan/hebei-2018/21/")
    assert '<a href="/plan/hebei-2018/21/">' in page("/plan/bohai-2018/18/")


def test_parts_of_a_target_are_left_to_the_tasks_own_page() -> None:
    listed = page("/plan/hebei-2018/?q=精准服务重点服务业企业")

    assert "另有 12 个分项" in listed
    assert "其中项" in page("/plan/hebei-2018/8/")


def test_the_calendar_knows_what_comes_next() -> None:
    html = page("/plan/hebei-2018/1/")

    assert html.count("zt-gate-next") == 1
    assert re.search(r'zt-gate-next"><time datetime="2018-06-30"', html)


def test_the_workbook_holds_what_is_seen() -> None:
    answer = signed_in("province_office").get("/plan/hebei-2018/?unit=省科技厅&role=lead&export=xlsx")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    heads = next(number for number, row in enumerate(rows) if row[0] == "编号")
    tasks = list(dict.fromkeys(row[1] for row in rows[heads + 1 :]))
    assert tasks == ["科技企业孵化器培育", "高新技术企业培育", "精准服务重点科技型中小企业"]
    assert "筛选条件：看哪里：河北省；单位：省科技厅（牵头 3 项）；身份：牵头" in [row[0] for row in rows[:heads]]
    assert rows[heads + 1][4] == "省科技厅"


def test_officials_go_on_to_the_unit_and_the_served_do_not() -> None:
    assert 'href="/territory/units/13-science/"' in page("/plan/hebei-2018/9/")
    served = page("/plan/hebei-2018/9/", "firm")
    assert "省科技厅" in served
    assert "/territory/" not in served


@pytest.mark.parametrize("path", ["/plan/none/", "/plan/hebei-2018/99/", "/plan/none/1/"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert signed_in("province_office").get(path).status_code == 404


def test_who_is_not_signed_in_is_led_to_sign_in() -> None:
    answer = Client().get("/plan/")

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/plan/")


def test_without_a_plan_it_says_how_one_comes(plans_removed: None) -> None:
    assert "还没有方案" in page("/plan/")


@pytest.fixture
def plans_removed() -> None:
    with acting("province_office"):
        MilestoneLink.objects.all().delete()
        Milestone.objects.all().delete()
    Indicator.objects.update(upper=None)
    for model in (IndicatorLink, Target, Indicator, TaskUnit):
        model.objects.all().delete()
    Task.objects.update(parent=None)
    for model in (Task, Gate, Plan):
        model.objects.all().delete()


def test_pages_cost_the_same_whatever_they_show() -> None:
    client = signed_in("province_office")
    client.get("/plan/hebei-2018/")

    costs = []
    for path in ("/plan/hebei-2018/", "/plan/bohai-2018/", "/plan/hebei-2018/?q=没有", "/plan/hebei-2018/?unit=省科技厅"):
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        costs.append(len(asked))

    assert costs == [costs[0]] * 4
    assert costs[0] <= 30

