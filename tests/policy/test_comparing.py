"""Every relation between two papers and every verdict on a target, on invented pairs (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.drafts import drafted
from zhitong.policy.comparing import Comparison, Pairing, compare, comparison_json
from zhitong.policy.shapes import Plan

HEAD = "# 一、目标任务\n## （一）总体目标\n{goals}\n# 二、重点任务\n## （一）任务分工\n"
PARK = "1.公园绿地建设工程。新建口袋公园，推进城市绿地建设，提升园林景观品质。(责任单位：省住房城乡建设厅:lead)"
SEWAGE = "2.污水集中处理工程。完善污水管网，推进污水处理厂提标改造，规范污泥处置。(责任单位：省住房城乡建设厅:lead)"


def paper(*tasks: str, goals: str = "努力完成全年任务。", issuer: str = "演示省人民政府", safeguards: str = "") -> Plan:
    return drafted(HEAD.replace("{goals}", goals) + "\n".join(tasks) + safeguards, issuer=(issuer,))


def lower(*tasks: str, goals: str = "努力完成全年任务。", safeguards: str = "") -> Plan:
    return paper(*tasks, goals=goals, issuer="演示市人民政府", safeguards=safeguards)


def of(comparison: Comparison, upper: str | None) -> Pairing:
    return next(pair for pair in comparison.tasks if pair.upper == upper)


def test_a_task_taken_over_word_for_word_is_the_same_though_its_units_are_local() -> None:
    pair = of(compare(paper(PARK), lower(PARK.replace("省住房城乡建设厅", "市住建局"))), "1")

    assert (pair.relation, pair.lower) == ("same", ("1",))
    assert [(one.what, one.verdict) for one in pair.differences] == [("units", "localised")]


def test_a_task_that_says_more_is_adapted_and_what_it_adds_is_quoted() -> None:
    told = lower(PARK.replace("(责", "结合实际打造滨海绿道和湿地公园。(责"))

    pair = of(compare(paper(PARK), told), "1")

    assert pair.relation == "adapted"
    assert any(one.verdict == "added" and "滨海绿道" in one.why for one in pair.differences)


def test_a_task_without_counterpart_is_missing_and_one_without_a_parent_is_local_only() -> None:
    rest = "1.渔港码头建设工程。改造渔港码头，完善渔船避风设施。(责任单位：市农业局:lead)"

    comparison = compare(paper(PARK, SEWAGE), lower(rest, SEWAGE))

    assert of(comparison, "1").relation == "missing"
    assert of(comparison, "2").lower == ("2",)
    assert of(comparison, None).relation == "local_only"
    assert comparison.coverage.missing == (("1", "公园绿地建设工程"),)
    assert (comparison.coverage.covered, comparison.coverage.total, comparison.coverage.share) == (1, 2, 0.5)
    assert any(one.kind == "missing_task" for one in comparison.findings)


def test_a_task_carried_by_two_is_split() -> None:
    whole = "1.公路铁路和港口建设工程。新建高速公路，推进城际铁路项目，扩建港口航道。(责任单位：省交通运输厅:lead)"
    parts = (
        "1.公路建设工程。新建高速公路连接线。(责任单位：市交通局:lead)",
        "2.港口建设工程。扩建港口航道和码头。(责任单位：市港航局:lead)",
    )

    pair = of(compare(paper(whole), lower(*parts)), "1")

    assert (pair.relation, pair.lower) == ("split", ("1", "2"))


def test_two_tasks_carried_by_one_are_merged() -> None:
    one = "1.公园绿地建设和污水集中处理工程。新建口袋公园，完善污水管网，推进污水处理厂提标改造。(责任单位：市住建局:lead)"

    comparison = compare(paper(PARK, SEWAGE), lower(one))

    assert [(of(comparison, upper).relation, of(comparison, upper).lower) for upper in ("1", "2")] == [
        ("merged", ("1",))
    ] * 2


def target(printed: str) -> str:
    return f"1.市场主体培育工程。深入推进商事制度改革，{printed}，优化登记服务。(责任单位：工商局:lead)"


GROWTH = "{市场主体增长%s%%;name=市场主体增长;value=%s;unit=%%;kind=growth_rate}"
NEW = "{净增市场主体%s户;name=净增市场主体;value=%s;unit=户;kind=increment%s}"
USE = "{能耗下降到%s%%;name=单位能耗占比;value=%s;unit=%%;kind=rate;sign=<=}"


@pytest.mark.parametrize(
    ("upper", "below", "verdicts"),
    [
        (GROWTH % (10, 10), GROWTH % (15, 15), ["raised"]),
        (GROWTH % (10, 10), GROWTH % (8, 8), ["lowered"]),
        (GROWTH % (10, 10), GROWTH % (10, 10), []),
        (NEW % ("50万", 500000, ""), NEW % (1800, 1800, ""), ["scaled"]),
        (NEW % (100, 100, ""), NEW % (180, 180, ""), ["raised"]),
        (NEW % (100, 100, ""), "{拥有市场主体180户;name=拥有市场主体;value=180;unit=户;kind=total}", ["redefined"]),
        (NEW % (100, 100, ""), "{净增市场主体18%;name=净增市场主体;value=18;unit=%;kind=growth_rate}", ["redefined"]),
        (NEW % (100, 100, ""), "优化服务", ["dropped"]),
        ("优化服务", NEW % (100, 100, ""), ["added"]),
        (NEW % (100, 100, ""), NEW % (18, 18, ";damaged=1"), ["ask"]),
        (USE % (60, 60), USE % (55, 55), ["raised"]),
        (USE % (60, 60), USE % (65, 65), ["lowered"]),
        (
            "{新增绿地30公顷;name=新增绿地;value=30;unit=公顷;kind=increment}",
            "{新增绿地4万平方米;name=新增绿地;value=40000;unit=平方米;kind=increment}",
            ["scaled"],
        ),
    ],
)  # fmt: skip
def test_the_verdict_on_a_target(upper: str, below: str, verdicts: list[str]) -> None:
    pair = of(compare(paper(target(upper)), lower(target(below))), "1")

    assert [one.verdict for one in pair.differences if one.what == "target"] == verdicts


def test_within_one_issuer_a_smaller_quantity_is_lowered_and_not_scaled() -> None:
    last_year, this_year = (paper(target(NEW % (value, value, ""))) for value in (200, 150))

    assert [one.verdict for one in of(compare(last_year, this_year), "1").differences] == ["lowered"]


def test_the_reason_is_the_lower_papers_own_sentence() -> None:
    pair = of(compare(paper(target(GROWTH % (10, 10))), lower(target(GROWTH % (8, 8)))), "1")

    (difference,) = [one for one in pair.differences if one.what == "target"]
    assert "市场主体增长8%" in difference.why
    assert difference.lower_span is not None
    assert difference.upper == "市场主体增长10%"


@pytest.mark.parametrize(
    ("upper", "below", "verdict"),
    [
        ("2018-06-30", "2018-09-30", "later"),
        ("2018-06-30", "2018-05-31", "earlier"),
        ("2018-06-30", "", "dropped"),
        ("", "2018-06-30", "added"),
    ],
)
def test_days_that_differ(upper: str, below: str, verdict: str) -> None:
    papers = [
        make(target(NEW % (100, 100, f";deadline={day}" if day else "")))
        for make, day in ((paper, upper), (lower, below))
    ]

    assert [one.verdict for one in of(compare(*papers), "1").differences if one.what == "deadline"] == [verdict]


def test_the_end_of_the_plans_year_is_the_same_as_not_saying_it() -> None:
    plans = paper(target(NEW % (100, 100, ";deadline=2018-12-31"))), lower(target(NEW % (100, 100, "")))

    assert not [one for one in of(compare(*plans), "1").differences if one.what == "deadline"]


def test_another_threshold_is_another_scope() -> None:
    words = "{%s家收入超%s亿元企业;name=收入超%s亿元企业;value=%s;unit=家;class=coverage}"

    pair = of(compare(paper(target(words % (600, 10, 10, 600))), lower(target(words % (20, 2, 2, 20)))), "1")

    assert [one.verdict for one in pair.differences if one.what == "scope"] == ["changed"]


def test_a_new_title_is_told_and_a_lost_sign_is_asked() -> None:
    renamed = of(compare(paper(PARK), lower(PARK.replace("公园绿地建设工程", "公园绿地和绿道建设工程"))), "1")
    torn = of(compare(paper(PARK), lower(PARK.replace("公园绿地建设工程。", "公园绿建设工程。!"))), "1")

    assert [one.verdict for one in renamed.differences if one.what == "title"] == ["changed"]
    assert [one.verdict for one in torn.differences if one.what == "title"] == ["ask"]


@pytest.mark.parametrize(
    ("units", "verdict"),
    [
        ("市住建局:lead", "localised"), ("市规划建设局:lead", "localised"), ("东港园区管委会，市住建局", "no_lead"),
        ("东港园区管委会", "ask"), ("市公安局:lead", "ask"), ("", "dropped"),
    ],
)  # fmt: skip
def test_who_answers_one_level_down(units: str, verdict: str) -> None:
    below = PARK.replace("省住房城乡建设厅:lead", units) if units else PARK.partition("(")[0]

    assert [one.verdict for one in of(compare(paper(PARK), lower(below)), "1").differences if one.what == "units"] == [
        verdict
    ]


def test_a_work_that_is_only_listed_beside_works_with_tasks_is_missing_and_asked() -> None:
    others = tuple(
        f"{number}.{name}工程。推进{name}，完善设施，提升服务水平。(责任单位：市住建局:lead)"
        for number, name in enumerate(("公园绿地建设", "农村危房改造", "城乡厕所改造"), 1)
    )
    missing = "4.污水集中处理工程。完善污水管网，推进污水处理厂提标改造。(责任单位：省住房城乡建设厅:lead)"

    told = lower(*others, goals="实施公园绿地建设、农村危房改造、城乡厕所改造、污水集中处理等民心工程。")
    pair = of(compare(paper(*others, missing), told), "4")

    assert (pair.relation, pair.lower) == ("missing", ())
    assert [(one.what, one.verdict) for one in pair.differences] == [("coverage", "ask")]


def test_a_paper_that_only_lists_its_works_covers_them_by_its_formula() -> None:
    bare = lower(
        "1.渔港码头建设工程。改造渔港码头，完善渔船避风设施。(责任单位：市农业局:lead)",
        goals="部署实施公园绿地建设、污水集中处理、农村危房改造等民心工程。",
    )

    comparison = compare(paper(PARK, SEWAGE), bare)

    assert [of(comparison, one).relation for one in ("1", "2")] == ["adapted", "adapted"]
    assert comparison.coverage.by_formula == ("1", "2")
    assert not comparison.coverage.missing


def test_the_rest_by_the_upper_papers_order_is_covered_by_formula() -> None:
    told = lower(PARK, goals="其他民生工程任务按照省实施方案执行。")

    assert compare(paper(PARK, SEWAGE), told).coverage.by_formula == ("2",)


SAFEGUARDS = (
    "\n# 三、保障措施\n## （一）加强组织领导\n成立领导小组，统筹推进各项工作，办公室设在发展改革部门。\n"
    "## （二）完善工作机制\n实行月督查、季调度、年考核。原则上每季度召开企业家座谈会。"
)


def test_mechanisms_are_held_side_by_side_and_a_dropped_sentence_is_quoted() -> None:
    kept = SAFEGUARDS.replace("原则上每季度召开企业家座谈会。", "")

    comparison = compare(paper(PARK, safeguards=SAFEGUARDS), lower(PARK, safeguards=kept))

    assert of(comparison, "三（一）").relation == "same"
    changed = of(comparison, "三（二）")
    assert [(one.verdict, one.upper) for one in changed.differences] == [("dropped", "原则上每季度召开企业家座谈会")]
    assert comparison.mechanisms.total == 2


def test_a_mechanism_left_out_is_missing() -> None:
    comparison = compare(
        paper(PARK, safeguards=SAFEGUARDS), lower(PARK, safeguards=SAFEGUARDS.partition("## （二）")[0])
    )

    assert of(comparison, "三（二）").relation == "missing"
    assert comparison.mechanisms.missing == (("三（二）", "完善工作机制"),)


def test_the_json_has_the_shape_of_the_contract() -> None:
    printed = comparison_json(compare(paper(target(GROWTH % (10, 10))), lower(target(GROWTH % (15, 15)))))

    assert set(printed) == {"tasks", "findings", "coverage"}
    assert set(printed["tasks"][0]) == {"upper", "lower", "relation", "differences"}
    assert set(printed["tasks"][0]["differences"][0]) == {"what", "upper", "lower", "verdict", "why"}
    assert printed["coverage"]["share"] == 1.0
    assert printed["coverage"]["mechanisms"]["total"] == 0


def test_two_empty_papers_compare_to_nothing() -> None:
    comparison = compare(paper(), lower())

    assert comparison.tasks == ()
    assert comparison.coverage.share is None
