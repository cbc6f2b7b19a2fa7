"""One target said twice, tasks and headings that say when, and the days of the campaign (R-C6)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.policy.measures.said import measured
from zhitong.policy.measures import Measured, measures_in
from zhitong.policy.shapes import Moment, Section, Task

AIM = "二、目标\n净增市场主体50万户以上；培育基地5家；加快24家示范基地建设。\n"
WORK = (
    "三、任务\n1.主体培育。全年净增市场主体50万户以上，建设平台5家。（责任单位：市工商局，3月底前）\n"
    "2.示范基地。对24家示范基地进行帮扶。"
)
TEXT = AIM + WORK


@dataclass(frozen=True)
class Said:
    """A clause naming units, as the step before gives it."""

    start: int
    end: int
    due_text: str | None = None
    is_prose: bool = False


def _measured(clauses: dict[str, tuple[Said, ...]]) -> Measured:
    work, second = TEXT.index("1.主体"), TEXT.index("2.示范")
    sections = (
        Section("二", "二、", 1, "目标", "二", 0, len(AIM), 4),
        Section("三", "三、", 1, "任务", "三", len(AIM), len(TEXT), len(AIM) + 4),
    )
    tasks = (Task("1", "主体培育", "三/1", work, second), Task("2", "示范基地", "三/2", second, len(TEXT)))
    return measures_in(TEXT, sections, tasks, clauses, 2018)


def test_an_aim_points_to_the_task_that_says_it_again() -> None:
    found = {one.id: one for one in _measured({}).indicators}

    aims = [one for one in found.values() if one.task_id == "二"]
    assert [found[one.restated_by].task_id if one.restated_by else None for one in aims] == ["1", None, "2"]


def test_what_is_served_in_one_place_is_served_in_both() -> None:
    assert [one.class_ for one in _measured({}).indicators if one.value == 24] == ["coverage", "coverage"]


@pytest.mark.parametrize(
    ("work", "parts"),
    [
        ("服务300项重点前期项目；服务450项新开工重点项目；服务150项计划建成项目。", 3),
        ("服务300项重点前期项目；服务450项新开工重点项目；服务140项计划建成项目。", 0),
        ("服务300项重点前期项目；服务450家重点企业；服务150项计划建成项目。", 0),
        ("服务300项县级重点前期项目；服务450项市级重点项目；服务150项市级项目。", 0),
        ("办理300项民生事项；办理450项审批事项；办理150项便民事项。", 0),
    ],
)
def test_an_aim_is_said_again_by_the_parts_that_add_up_to_it(work: str, parts: int) -> None:
    level = "市级" if "市级" in work else ""
    text = f"二、目标\n服务900项{level}重点项目。\n1.项目服务。{work}"
    start = text.index("1.项目")
    section = Section("二", "二、", 1, "目标", "二", 0, start, 4)

    aim, *others = measures_in(
        text, (section,), (Task("1", "项目服务", "二/1", start, len(text)),), {}, 2018
    ).indicators

    assert aim.restated_by == (tuple(one.id for one in others) if parts else None)


def test_two_aims_find_their_parts_though_these_stand_mixed() -> None:
    text = (
        "二、目标\n服务13项省级项目、35项市级项目。\n"
        "1.项目服务。服务5项省级前期项目、3项市级前期项目；服务8项省级续建项目、32项市级续建项目。"
    )
    start = text.index("1.项目")
    section, task = Section("二", "二、", 1, "目标", "二", 0, start, 4), Task("1", "项目服务", "二/1", start, len(text))

    province, city, *parts = measures_in(text, (section,), (task,), {}, 2018).indicators

    assert province.restated_by == (parts[0].id, parts[2].id)
    assert city.restated_by == (parts[1].id, parts[3].id)


def test_a_clause_of_units_is_no_target_and_gives_its_day_to_the_task() -> None:
    start = TEXT.index("（责任")
    clause = Said(start, TEXT.index("）", start) + 1, "3月底前")

    found = _measured({"1": (clause,)}).indicators

    assert [one.deadline for one in found if one.task_id == "1"] == ["2018-12-31", "2018-12-31"]
    assert all(one.kind != "deadline" for one in found)


def test_a_limit_of_the_task_holds_where_nothing_else_is_said() -> None:
    found = _measured({"2": (Said(len(TEXT) - 1, len(TEXT), "2018年6月底"),)}).indicators

    assert [one.deadline for one in found if one.task_id == "2"] == ["2018-06-30"]


def test_a_heading_with_a_year_dates_what_stands_under_it() -> None:
    text = "（二）2019年重点工作\n6月底前完成改造30处。"
    section = Section("二", "（二）", 2, "2019年重点工作", "二", 0, len(text), 12)

    (one,) = measures_in(text, (section,), (), {}, 2018).indicators

    assert one.deadline == "2019-06-30"


def test_the_days_of_the_campaign_stand_in_order_of_the_text() -> None:
    text = "2月底前拿出框架，3月上旬开通运行。全年培训5万人。年底垃圾处理率达到96%，县城达到92%。"

    assert measured(text).timeline == (
        Moment("拿出框架", "2018-02-28", "2月底前拿出框架", 0),
        Moment("开通运行", "2018-03", "3月上旬开通运行", 9),
        Moment("垃圾处理率达到96%,县城达到92%", "2018-12-31", "年底垃圾处理率达到96%，县城达到92%", 26),
    )


def test_stages_of_the_campaign_are_dated_by_their_headings() -> None:
    text = "（一）动员部署阶段（2018年3月）\n（二）攻坚阶段（2018年4月1日至11月30日）"

    assert [(one.what, one.when) for one in measured(text).timeline] == [
        ("动员部署阶段", "2018-03"),
        ("攻坚阶段", "2018-11-30"),
    ]
