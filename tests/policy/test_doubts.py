"""Each doubt on a paper that deserves it, and silence on one that only looks like it (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.drafts import drafted
from zhitong.policy.checking import check
from zhitong.policy.shapes import Finding, Plan, Section


def doubts(plan: Plan, kind: str) -> list[Finding]:
    return [one for one in check(plan) if one.kind == kind and not one.holds]


def held(plan: Plan, kind: str) -> list[Finding]:
    return [one for one in check(plan) if one.kind == kind and one.holds]


GOAL = "# 一、目标任务\n## （一）总体目标\n{goal}\n# 二、重点任务\n## （一）市场主体\n1.市场主体培育。{task}(责任单位：市工商局:lead)"
HOUSEHOLDS = "{净增市场主体%s户%s;name=净增市场主体;value=%s;unit=户;sign=%s}"


def goal_and_task(goal: str, task: str) -> Plan:
    return drafted(GOAL.replace("{goal}", goal).replace("{task}", task))


def test_one_target_with_two_values_is_a_grave_doubt_with_both_places_quoted() -> None:
    plan = goal_and_task(HOUSEHOLDS % (1800, "", 1800, "="), "全年" + HOUSEHOLDS % (2000, "", 2000, "="))

    (doubt,) = doubts(plan, "contradiction")

    assert doubt.severity == "high"
    assert "一（一）“净增市场主体1800户”" in doubt.message
    assert "二（一）1“净增市场主体2000户”" in doubt.message
    assert [plan.text[start:end] for start, end in doubt.spans] == ["净增市场主体1800户", "净增市场主体2000户"]


def test_one_target_with_two_comparators_is_doubted_and_one_said_alike_is_told_as_checked() -> None:
    torn = goal_and_task(HOUSEHOLDS % (1800, "", 1800, "="), HOUSEHOLDS % (1800, "以上", 1800, ">="))
    alike = goal_and_task(HOUSEHOLDS % (1800, "", 1800, "="), HOUSEHOLDS % (1800, "", 1800, "="))

    assert [one.severity for one in doubts(torn, "comparator")] == ["low"]
    assert not doubts(alike, "comparator")
    assert held(alike, "restatement")


def test_a_promise_and_a_hope_for_one_road_are_no_contradiction() -> None:
    plan = goal_and_task(
        "{力争建成高速公路580公里;name=建成高速公路;value=580;unit=公里}",
        "{确保建成高速公路500公里;name=建成高速公路;value=500;unit=公里}",
    )

    assert not doubts(plan, "contradiction")


def test_targets_for_towns_and_for_county_seats_are_two_targets() -> None:
    plan = goal_and_task(
        "{城市污水处理率达到94%;name=城市污水处理率;value=94;unit=%;kind=rate;scope=城市}",
        "{县城污水处理率达到88%;name=县城污水处理率;value=88;unit=%;kind=rate;scope=县城}",
    )

    assert not doubts(plan, "contradiction")


def test_the_same_number_of_objects_chosen_by_two_thresholds_is_doubted() -> None:
    words = "{29家主营业务收入亿元以上、%s亿元以下规模以上企业;name=规模以上企业帮扶;value=29;unit=家;class=coverage}"

    (doubt,) = doubts(goal_and_task(words % 50, words % 10), "threshold")

    assert doubt.severity == "high"
    assert "50亿元以下" in doubt.message


def test_recognised_here_and_added_there_count_two_things() -> None:
    plan = goal_and_task(
        "{认定高新技术企业10家;name=认定高新技术企业;value=10;unit=家}",
        "{新增高新技术企业10家;name=新增高新技术企业;value=10;unit=家}",
    )

    assert [one.severity for one in doubts(plan, "definition")] == ["low"]


def test_a_thing_of_two_levels_is_doubted() -> None:
    plan = goal_and_task("争取省市级创业就业孵化基地1家以上。", "积极参评，争取省级创业就业孵化基地。")

    (doubt,) = doubts(plan, "level")

    assert "省市级" in doubt.message


def test_levels_that_do_not_add_up_to_their_whole_are_doubted_and_those_that_do_are_told() -> None:
    words = (
        "对{100家重点企业;name=重点企业;value=100;unit=家;class=coverage}分级帮扶。"
        "{省级重点帮扶20家;name=重点企业帮扶;value=20;unit=家;class=coverage;scope=省级}，"
        "{市级重点帮扶%d家;name=重点企业帮扶;value=%d;unit=家;class=coverage;scope=市级}。"
    )

    right, wrong = (goal_and_task("总体要求。", words % (parts, parts)) for parts in (80, 70))

    assert "20＋80＝100家" in held(right, "sum")[0].message
    (doubt,) = doubts(wrong, "sum")
    assert doubt.severity == "high"
    assert "相差10家" in doubt.message


def test_parts_behind_among_which_are_added_up_and_an_open_list_proves_nothing() -> None:
    words = (
        "{培训2000人次;name=培训;value=2000;unit=人次}%s{培训农村劳动力500人;name=培训农村劳动力;value=500;unit=人}，"
        "{培训失业人员%d人;name=培训失业人员;value=%d;unit=人}。"
    )

    right = goal_and_task("总体要求。", words % ("。其中，", 1500, 1500))
    more = goal_and_task("总体要求。", words % ("，其中", 1600, 1600))
    unsaid = goal_and_task("总体要求。", words % ("。", 1600, 1600))

    assert held(right, "sum")
    assert doubts(more, "sum")
    assert not [one for one in check(unsaid) if one.kind == "sum"]


def test_a_goal_that_its_task_divides_is_told_as_holding() -> None:
    plan = goal_and_task(
        "{13项重点项目;name=重点项目;value=13;unit=项;class=coverage}",
        "{5项重点前期项目;name=重点前期项目;value=5;unit=项;class=coverage}，{8项重点新开工项目;name=重点新开工项目;value=8;unit=项;class=coverage}",
    )

    assert "5＋8＝13项" in held(plan, "sum")[0].message
    assert not doubts(plan, "goal_without_task")


WORKS = """
# 一、目标任务
## （一）民生改善
部署实施{list}，确保年内见成效。
# 二、重点任务
## （一）办好民心工程
1.农村危房改造工程。改造危房{{350户;name=农村危房改造;value=350;unit=户}}。(责任单位：市住建局:lead)
2.公立医院改革工程。推进公立医院综合改革。(责任单位：市卫健局:lead)
3.城乡厕所改造工程。改造城市和农村厕所。(责任单位：市城管局:lead)
4.公园绿地建设工程。新建公园绿地。(责任单位：市园林局:lead)
"""


def works(listing: str) -> Plan:
    return drafted(WORKS.replace("{list}", listing).replace("{{", "{").replace("}}", "}"))


def test_a_work_listed_without_a_task_and_a_task_not_listed_are_doubted() -> None:
    plan = works("农村危房改造、公立医院改革、公园绿地建设、公共文化服务等4项民心工程")

    (orphan,) = doubts(plan, "listed_without_task")
    (unnamed,) = doubts(plan, "task_not_listed")

    assert "“公共文化服务”" in orphan.message
    assert plan.text[slice(*orphan.spans[0])] == "公共文化服务"
    assert "“城乡厕所改造工程”" in unnamed.message


def test_a_list_that_names_every_task_and_its_number_hold() -> None:
    plan = works("农村危房改造、公立医院改革、城乡厕所改造、公园绿地建设等4项民心工程")

    assert "逐一对应" in held(plan, "listing")[0].message
    assert "数目相符" in held(plan, "count")[0].message
    assert not doubts(plan, "listed_without_task")


def test_a_number_of_works_other_than_the_tasks_is_doubted() -> None:
    plan = works("农村危房改造、公立医院改革、城乡厕所改造、公园绿地建设等5项民心工程")

    assert "有4项任务" in doubts(plan, "count")[0].message


def test_a_list_of_other_things_is_not_held_against_the_tasks() -> None:
    plan = works("解决住房、供暖、养老、教育等实际问题")

    assert not [one for one in check(plan) if one.kind in ("listing", "listed_without_task")]


@pytest.mark.parametrize(
    ("words", "doubted"),
    [
        ("实现信息搜集、问题分发、跟踪问效、成果分析四大功能", False),
        ("实现信息搜集、问题分发、跟踪问效四大功能", True),
        ("确定贫困户、低保户、特困人员和残疾人家庭等4类对象", False),
        ("聚焦法治、政务、市场、社会、开放、人文环境等五大领域", True),
        ("新建公路厕所36处、改造提升28处", False),
        ("实施东街、西街、南街、北街出口道路16个改造项目", False),
        ("统筹城市、农村等四大领域", False),
    ],
)
def test_the_number_behind_a_list_is_held_against_the_names(words: str, doubted: bool) -> None:
    assert bool(doubts(goal_and_task(words + "。", "推进改革。"), "enumeration")) is doubted


@pytest.mark.parametrize(
    ("name", "value", "sign", "severity"),
    [
        ("污水处理率", "105", "=", "high"), ("污水处理率", "100", ">=", "low"), ("污水处理率", "100", "=", None),
        ("固定资产投资增长率", "120", "=", None), ("处理厂负荷率", "130", "=", None), ("计划完成率", "110", ">=", None),
    ],
)  # fmt: skip
def test_a_share_of_more_than_all_is_impossible_and_a_growth_is_not(
    name: str, value: str, sign: str, severity: str | None
) -> None:
    plan = goal_and_task("总体要求。", f"{{{name}达到{value}%;name={name};value={value};unit=%;kind=rate;sign={sign}}}")

    assert [one.severity for one in doubts(plan, "impossible_rate")] == ([severity] if severity else [])


def test_a_deadline_before_the_day_of_issue_is_doubted_and_a_past_fact_is_not() -> None:
    paper = GOAL.replace("{goal}", "{3月底前完成整改方案;deadline=2018-03-31;kind=deadline;class=period}。").replace(
        "{task}", "{截至3月底已完成摸底;deadline=2018-03-31;kind=deadline;class=period}"
    )

    (doubt,) = doubts(drafted(paper, date_issued="2018-04-20"), "deadline_before_issue")

    assert "2018年3月31日早于成文日期2018年4月20日" in doubt.message
    assert not doubts(drafted(paper), "deadline_before_issue"), "a paper without a day of issue decides nothing"


@pytest.mark.parametrize(
    ("words", "doubted"),
    [("2018年2月30日前完成", True), ("13月底前完成", True), ("6月30日前完成", False), ("满24月龄儿童", False)],
)
def test_a_day_no_calendar_has_is_doubted(words: str, doubted: bool) -> None:
    assert bool(doubts(goal_and_task(words + "。", "推进改革。"), "impossible_date")) is doubted


def two_tasks(first: str, second: str) -> Plan:
    return drafted(
        f"# 一、重点任务\n## （一）任务\n1.甲项工作。推进甲项工作落地。({first})\n2.乙项工作。推进乙项工作落地。({second})"
    )


@pytest.mark.parametrize(
    ("one", "other", "doubted"),
    [
        ("省交通厅", "省交通运输厅", True), ("市环保局", "市环境保护局", True), ("市人社局", "市人力资源社会保障局", True),
        ("高新区城市规划建设局", "高新区规划建设局", True), ("省委督查室", "省政府督查室", False), ("市教育局", "市教育考试院", False),
        ("市体育局", "市教育体育局", False), ("省工商局", "市工商局", False), ("市财政局", "市民政局", False),
        ("省委办公厅", "省人大常委会办公厅", False),
    ],
)  # fmt: skip
def test_a_department_under_two_names_is_found_and_two_departments_are_not_one(
    one: str, other: str, doubted: bool
) -> None:
    plan = two_tasks(f"责任单位：{one}:lead", f"责任单位：{other}:lead")

    assert bool(doubts(plan, "two_names")) is doubted


def test_two_names_in_one_clause_are_two_departments() -> None:
    assert not doubts(two_tasks("责任单位：市环保局:lead、市环境保护局", "责任单位：市财政局:lead"), "two_names")


def test_a_target_without_a_unit_is_graver_than_a_task_without_one() -> None:
    plan = drafted(
        "# 一、重点任务\n## （一）任务\n1.甲项工作。建设{50家;name=甲;value=50;unit=家}基地。\n2.乙项工作。推进落实。\n"
        "3.丙项工作。推进落实。(责任单位：市财政局:lead)\n4.丁项工作。推进落实。(责任单位：市教育局:lead)"
    )

    assert [one.severity for one in doubts(plan, "no_unit")] == ["high", "medium"]


def test_a_paper_that_hardly_names_units_is_told_so_once() -> None:
    plan = drafted(
        "# 一、重点任务\n## （一）任务\n1.甲项工作。建设{5家;value=5;unit=家}基地。\n2.乙项工作。推进。\n3.丙项工作。推进。"
    )

    assert ["3项任务中3项没有写明责任单位，其中1项有数量目标" in one.message for one in doubts(plan, "no_unit")] == [
        True
    ]


def test_collective_names_and_tasks_without_a_lead_are_told() -> None:
    plan = two_tasks("责任单位：各有关单位", "责任单位：市财政局、市民政局")

    assert "统称" in doubts(plan, "collective")[0].message
    assert "二" not in doubts(plan, "no_lead")[0].message[:2]
    assert len(doubts(plan, "no_lead")[0].spans) == 1


def test_a_goal_that_no_task_takes_up_is_told() -> None:
    plan = goal_and_task("{新建体育公园6座;name=新建体育公园;value=6;unit=座}", HOUSEHOLDS % (1800, "", 1800, "="))

    assert "体育公园6座" in doubts(plan, "goal_without_task")[0].message


def test_an_addressee_without_a_duty_and_a_duty_without_an_addressee_are_told() -> None:
    paper = "# 一、重点任务\n## （一）任务\n1.甲项工作。推进。(责任单位：东港园区管委会、西河乡政府)"

    told = check(drafted(paper, recipients=("东港园区管委会", "南湖县人民政府", "区直有关部门")))

    assert [one.message.split("，")[0] for one in told if one.kind == "addressee_without_duty"] == [
        "主送“南湖县人民政府”"
    ]
    assert any("西河乡政府" in one.message for one in told if one.kind == "duty_not_addressed")


@pytest.mark.parametrize("recipient", ["直辖市人民政府", "国务院各部委", "市人民政府", "县直各单位"])
def test_an_addressee_that_is_no_name_owes_no_duty(recipient: str) -> None:
    paper = "# 一、重点任务\n## （一）任务\n1.甲项工作。推进。(责任单位：市财政局:lead)"

    assert not doubts(drafted(paper, recipients=(recipient,)), "addressee_without_duty")


def test_a_paper_to_all_places_leaves_no_addressee_out() -> None:
    paper = "# 一、重点任务\n## （一）任务\n1.甲项工作。推进。(责任单位：西河乡政府)"

    assert not doubts(drafted(paper, recipients=("各乡镇人民政府", "区直各部门")), "duty_not_addressed")


@pytest.mark.parametrize(
    ("title", "body", "lacking"),
    [
        (
            "职业教育和就业培训工程",
            "开展各级各类职业技能培训，培训农村劳动力和城镇登记失业人员，提升就业能力",
            "职业教育",
        ),
        ("城乡厕所改造工程", "实施中心城区厕所改造，新建续建公厕，改扩建旅游厕所，方便市民和游客出行", "乡"),
        ("城乡厕所改造工程", "实施中心城区厕所改造，新建续建公厕，推进农村无害化厕所改造，方便群众", None),
        ("社区和居家养老工程", "鼓励社会资本兴办养老机构，社区和居家养老服务设施覆盖多数城市街道社区", None),
        ("农村危房改造工程", "积极谋划改造任务，确保下半年全部开工，严格确定农户对象，落实包村包户制度", None),
        (
            "在《甲安排》、《乙安排》框架下开展合作工作",
            "支持符合条件的机构按规定设立，鼓励各类主体扩大交流，放宽准入限制条件",
            None,
        ),
        ("推动企业和社会力量办学", "发挥国有大中型企业办学主体作用，鼓励有条件的单位举办各类学校，支持社会参与", None),
    ],
)
def test_a_title_that_promises_what_the_body_lacks(title: str, body: str, lacking: str | None) -> None:
    plan = drafted(f"# 一、重点任务\n## （一）任务\n1.{title}。{body}。(责任单位：市住建局:lead)")

    found = doubts(plan, "title_promise")

    assert [lacking in one.message for one in found] == ([True] if lacking else [])


def numbered(*numbers: str) -> Plan:
    rows = tuple(
        Section(f"一（{at}）", number, 2, "任务", f"一/（{at}）", at * 10, at * 10 + 10, at * 10 + 10)
        for at, number in enumerate(numbers)
    )
    return Plan(drafted("").document, rows, text="一" * 10 * len(numbers))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (("（一）", "（二）", "（三）"), []), (("（一）", "（三）"), ["缺号"]), (("（一）", "（一）", "（二）"), ["重复"]),
        (("（一）", "（二）", "（四）", "（三）"), ["缺号", "倒退"]), (("（一）", "（二）", "（一）", "（二）"), []),
        (("(1)", "(2)", "(3)"), []), (("（二）", "（三）"), ["不从一开始"]),
    ],
)  # fmt: skip
def test_headings_follow_each_other(numbers: tuple[str, ...], said: list[str]) -> None:
    found = sorted(doubts(numbered(*numbers), "numbering"), key=lambda one: one.spans[-1])

    assert len(found) == len(said)
    assert all(word in one.message for word, one in zip(said, found, strict=True))


def test_numbers_may_run_on_from_heading_to_heading() -> None:
    sections = [
        ("一/（一）", "（一）", 2),
        ("一/（一）/1", "1.", 3),
        ("一/（一）/2", "2.", 3),
        ("一/（二）", "（二）", 2),
        ("一/（二）/3", "3.", 3),
    ]
    rows = tuple(
        Section(path, number, level, "任务", path, at * 10, at * 10 + 10, at * 10 + 10)
        for at, (path, number, level) in enumerate(sections)
    )

    assert not doubts(Plan(drafted("").document, rows, text="一" * 50), "numbering")


def test_works_without_a_measure_are_told_once_where_a_whole_heading_has_none() -> None:
    plan = works("农村危房改造、公立医院改革、城乡厕所改造、公园绿地建设等4项民心工程")

    assert len(doubts(plan, "unmeasured")) == 3
    bare = drafted("# 一、任务\n## （一）行动\n1.甲。做甲。\n2.乙。做乙。\n3.丙。做丙。")
    assert ["3项任务都没有" in one.message for one in doubts(bare, "unmeasured")] == [True]


def test_lost_words_are_told_and_nothing_is_guessed() -> None:
    plan = goal_and_task("总体要求。", "培训{失业人员100;name=培训失业人员;value=100;damaged=1}")

    assert "可能缺失" in doubts(plan, "damaged")[0].message


def test_the_same_plan_gives_the_same_findings_gravest_first() -> None:
    plan = works("农村危房改造、公立医院改革、公园绿地建设、公共文化服务等5项民心工程")

    told = check(plan)

    assert told == check(plan)
    assert [one.holds for one in told] == sorted(one.holds for one in told)
    grades = [("high", "medium", "low").index(one.severity) for one in told if not one.holds]
    assert grades == sorted(grades)


def test_a_plan_without_its_text_can_still_be_doubted() -> None:
    assert check(Plan(drafted("").document)) == ()
