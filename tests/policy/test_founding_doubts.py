"""The two founding documents doubted and held side by side, against what a person reads in them (R-C6)."""

from __future__ import annotations

import time
from functools import cache

import pytest

from tests.papers import seed
from tests.policy.founding import province, zone
from zhitong.policy.checking import check
from zhitong.policy.comparing import Comparison, compare
from zhitong.policy.compiling import compile_reading
from zhitong.policy.reading import read_text
from zhitong.policy.shapes import Finding, Plan

CARRIED = {
    "1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "6": "6", "7": "7", "8": "8", "9": "9", "10": "10", "11": "12", "12": "13",
    "13": "15", "14": "16", "15": "17", "16": "19", "17": "20", "18": "21", "19": "22", "20": "23", "21": "24", "22": "25",
    "23": "27", "24": "29", "25": "30", "26": None, "27": None, **{f"三（五）-{at}": f"三（五）-{at}" for at in range(1, 7)},
}  # fmt: skip
"""Read by hand: task of the zone → task of the province it carries; None where the province has none."""
MISSING = {"11", "14", "18", "26", "28", "三（六）"}
SECONDS = 3
"""Far above what it takes on an idle machine (0.2 s); a busy one must not fail the test."""


@cache
def province_found() -> tuple[Finding, ...]:
    return check(province())


@cache
def zone_found() -> tuple[Finding, ...]:
    return check(zone())


def kinds(found: tuple[Finding, ...], *, holds: bool = False) -> list[tuple[str, str]]:
    return [(one.kind, one.message) for one in found if one.holds is holds]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("two_names", "三（四）23写“省交通厅”，三（四）24写“省交通运输厅”"),
        ("title_promise", "三（四）19标题“职业教育和就业培训工程”提出“职业教育”"),
        ("definition", "一处是“认定”、一处是“新增”"),
        ("no_lead", "三（五）-1“政策完善创新专项行动”等4项任务"),
        ("unmeasured", "三（四）14“冬季清洁取暖工程”"),
    ],
)
def test_the_province_is_doubted_where_a_reader_doubts_it(kind: str, said: str) -> None:
    assert any(kind == found and said in message for found, message in kinds(province_found()))


def test_the_province_has_no_grave_doubt() -> None:
    assert not [one for one in province_found() if one.severity == "high" and not one.holds]


@pytest.mark.parametrize(
    "said",
    [
        "216＋600＋5747＝6563家", "106＋587＋1357＝2050家", "72＋15＋19＝106家", "449＋83＋55＝587家", "1014＋174＋169＝1357家",
        "100＋500＋1400＝2000家", "1143＋1882＋525＝3550项", "二（三）列出的20项与三（四）的任务逐一对应",
        "一（一）“20项民心工程”，三（四）有20项任务", "一（一）“6个专项行动”，三（五）有6项任务",
    ],
)  # fmt: skip
def test_what_holds_in_the_province_is_told(said: str) -> None:
    assert any(said in message for _kind, message in kinds(province_found(), holds=True))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("threshold", "50亿元以下规模以上工业企业”，三（二）7“29家主营业务收入亿元以上、10亿元以下"),
        ("listed_without_task", "二（三）列出“公共文化服务”"),
        ("addressee_without_duty", "“黄骅市人民政府”"),
        ("duty_not_addressed", "“新村乡政府”"),
        ("level", "“争取省市级创业就业孵化基地”"),
        ("comparator", "培育市级小微型企业创业创新示范基地1家”"),
        ("title_promise", "“城乡厕所改造工程”提出“乡”"),
        ("impossible_rate", "“主城区污水处理率达到100%以上”"),
        ("collective", "“区属相关职能部门”"),
        ("damaged", "“超10亿元的批发业企业4”"),
    ],
)
def test_the_zone_is_doubted_where_a_reader_doubts_it(kind: str, said: str) -> None:
    assert any(kind == found and said in message for found, message in kinds(zone_found()))


@pytest.mark.parametrize("said", ["5＋7＋1＝13项", "3＋28＋4＝35项", "15＋4＝19家", "220＋500＋100＋1300＝2120人次"])
def test_what_holds_in_the_zone_is_told(said: str) -> None:
    assert any(said in message for _kind, message in kinds(zone_found(), holds=True))


@cache
def compared() -> Comparison:
    return compare(province(), zone())


def test_the_zones_tasks_are_found_beside_those_they_carry() -> None:
    works = [pair for pair in compared().tasks if not str(pair.upper or pair.lower[0]).startswith("四")]
    found = {(lower, pair.upper) for pair in works for lower in pair.lower}

    assert found == set(CARRIED.items())


def test_the_tasks_the_zone_left_out_are_named_with_the_coverage() -> None:
    coverage = compared().coverage

    assert {known for known, _title in coverage.missing} == MISSING
    assert (coverage.covered, coverage.total) == (31, 37)


@pytest.mark.parametrize(
    ("upper", "said", "verdict"),
    [
        ("1", "市场主体总量增长10%", "raised"), ("1", "净增市场主体50万户以上", "scaled"), ("2", "市级培育35家以上", "scaled"),
        ("3", "新建专业化众创空间和科技企业孵化器50家以上", "redefined"), ("5", "新增高新技术企业1000家", "scaled"),
        ("6", "培育省级小微企业创业创新基地15家以上", "ask"), ("15", "城市特困人员不低于8580元/年", "redefined"),
        ("17", "学前三年毛入园率达到84%", "raised"), ("21", "城市生活垃圾无害化处理率达到96.6%以上", "raised"),
        ("21", "县城(建成区)生活垃圾无害化处理率达到92.3%以上", "dropped"), ("22", "城市污水处理率达到94%", "raised"),
        ("23", "农村完成49万座厕所改造任务", "dropped"), ("23", "旅游厕所不少于1600座", "scaled"),
        ("25", "城市区主干路机动车交通守法率达到90%以上", "raised"), ("27", "新增城市绿地3000公顷", "scaled"),
        ("29", "在26家公立医院开展试点", "dropped"),
    ],
)  # fmt: skip
def test_the_zones_targets_are_judged_as_a_reader_judges_them(upper: str, said: str, verdict: str) -> None:
    pair = next(pair for pair in compared().tasks if pair.upper == upper)

    assert [one.verdict for one in pair.differences if one.what == "target" and one.upper == said] == [verdict]


@pytest.mark.parametrize("said", ["公租房分配率达到90%", "主干公路机动车交通守法率达到85%以上"])
def test_a_target_taken_over_as_it_is_makes_no_difference(said: str) -> None:
    assert not [
        one for pair in compared().tasks for one in pair.differences if one.what == "target" and one.upper == said
    ]


@pytest.mark.parametrize(
    ("mechanism", "said"),
    [
        ("四（二）", "原则上每季度召开座谈会听取企业家意见建议"),
        ("四（四）", "4月初报主管省长审定"),
        ("四（五）", "3月上旬开通运行"),
    ],
)
def test_what_the_zone_left_out_of_the_mechanisms_is_quoted(mechanism: str, said: str) -> None:
    pair = next(pair for pair in compared().tasks if pair.upper == mechanism)

    assert pair.lower == (mechanism,)
    assert said in [one.upper for one in pair.differences if one.verdict == "dropped"]


def test_a_work_listed_without_a_task_is_a_question() -> None:
    pair = next(pair for pair in compared().tasks if pair.upper == "28")

    assert [(one.what, one.verdict) for one in pair.differences] == [("coverage", "ask")]


@cache
def compiled() -> tuple[Plan, Plan]:
    """Both papers as the reader itself compiles them."""
    return compile_reading(read_text(seed("hebei-2018-7"))), compile_reading(read_text(seed("bohai-2018-168")))


def test_compiled_plans_are_paired_like_those_read_by_hand() -> None:
    comparison = compare(*compiled())
    works = [pair for pair in comparison.tasks if not str(pair.upper or pair.lower[0]).startswith("四")]

    assert {(lower, pair.upper) for pair in works for lower in pair.lower} == set(CARRIED.items())
    assert {known for known, _title in comparison.coverage.missing} == MISSING


@pytest.mark.parametrize(
    "said",
    [
        "29家主营业务收入亿元以上、10亿元以下", "二（三）列出“公共文化服务”", "期限2018年3月31日早于成文日期2018年4月20日",
        "“黄骅市人民政府”", "“渤海新区城市规划建设局”", "“争取省市级创业就业孵化基地”",
    ],
)  # fmt: skip
def test_the_compiled_zone_is_doubted_where_a_reader_doubts_it(said: str) -> None:
    assert any(said in one.message and not one.holds for one in check(compiled()[1]))


def test_no_goal_of_the_compiled_papers_is_wrongly_called_nobodys() -> None:
    assert not [one for plan in compiled() for one in check(plan) if one.kind == "goal_without_task"]


def test_checking_and_comparing_take_no_time() -> None:
    started = time.perf_counter()
    check(zone())
    compare(province(), zone())

    assert time.perf_counter() - started < SECONDS


@pytest.mark.parametrize(
    "odd",
    ["、" * 200_000, "其他任务按" * 40_000, "１２，" * 60_000, "省级" * 100_000, "2月" * 100_000, "“（" * 100_000],
)
def test_a_hostile_text_ends_in_seconds(odd: str) -> None:
    plan = Plan(province().document, province().sections, province().tasks[:5], text=odd)

    started = time.perf_counter()
    check(plan)
    compare(plan, plan)

    assert time.perf_counter() - started < 4 * SECONDS
