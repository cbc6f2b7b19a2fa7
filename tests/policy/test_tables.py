"""A table that hands out work becomes duties, row by row: who answers, until when, under which section (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.files import paragraph, word
from zhitong.policy.compiling import compile_reading
from zhitong.policy.reading import read_bytes, read_text
from zhitong.policy.shapes import Plan, Task

HEAD = "演示县2016年重点工作任务分解表\n"


def read(text: str) -> Plan:
    return compile_reading(read_text(text))


def units(task: Task) -> list[tuple[str, str]]:
    return [(one.role, one.name) for one in task.responsible]


def test_the_rows_of_a_table_are_duties_with_units_days_and_what_is_to_be_done() -> None:
    text = (
        f"{HEAD}序号\t重点工作\t目标任务\t牵头领导\t牵头单位\t配合单位\t完成时限\n一、产业发展\n"
        "1\t工业强县\t新增规上企业5户\t王某某\t县工信局\t县发改局 县财政局\t10月底前\n"
        "二、民生改善\n2\t农村危房改造\t改造危房1200户\t赵某\t县住建局\t各乡镇人民政府\t全年\n"
    )

    plan = read(text)

    first, second = plan.tasks
    assert (first.id, first.title, first.section_path) == ("1", "工业强县", "一/1")
    assert text[first.body_start:first.end].startswith("新增规上企业5户")
    assert units(first) == [("lead", "县工信局"), ("support", "县发改局"), ("support", "县财政局")]
    assert (second.section_path, units(second)) == ("二/2", [("lead", "县住建局"), ("support", "各乡镇人民政府")])
    assert [(one.task_id, one.value, one.deadline) for one in plan.indicators] == [("1", 5, "2016-10-31"), ("2", 1200, "2016-12-31")]


@pytest.mark.parametrize("mark", ["\t", "｜", " | ", "    "])
def test_cells_are_parted_by_tabs_strokes_and_wide_blanks(mark: str) -> None:
    rows = ["序号", "工作任务", "责任单位"], ["1", "整治河道8条", "县水利局、各乡镇"], ["2", "植树60万株", "县林业局"]

    plan = read(HEAD + "\n".join(mark.join(row) for row in rows))

    assert [(task.id, task.title) for task in plan.tasks] == [("1", "整治河道8条"), ("2", "植树60万株")]
    assert units(plan.tasks[0]) == [("responsible", "县水利局"), ("responsible", "各乡镇")]


def test_what_a_cell_itself_says_of_lead_and_support_counts() -> None:
    rows = "1.建设水源工程\t县水利局牵头，县财政局配合\t持续推进\n2.修路\t县交通局会同县公安局\t6月\n"

    plan = read(f"{HEAD}任务\t负责单位\t时间进度\n{rows}")

    assert [task.id for task in plan.tasks] == ["1", "2"]
    assert [units(task) for task in plan.tasks] == [
        [("lead", "县水利局"), ("support", "县财政局")], [("lead", "县交通局"), ("support", "县公安局")],
    ]


def test_merged_cells_belong_to_the_rows_beside_them() -> None:
    rows = (
        "序号\t任务\t具体措施\t责任单位\t完成时限", "1\t平台建设\t建成平台3个\t县科技局\t6月底", "\t\t引进团队2个\t县人社局\t年底",
        "2\t品牌建设\t注册商标40件\t县市场监管局\t年底", "3\t质量提升\t抽检产品200批次\t\t年底",
    )

    plan = read(HEAD + "\n".join(rows))

    assert [(task.id, [name for _, name in units(task)]) for task in plan.tasks] == [
        ("1", ["县科技局", "县人社局"]), ("2", ["县市场监管局"]), ("3", ["县市场监管局"]),
    ]
    assert [one.task_id for one in plan.indicators] == ["1", "1", "2", "3"]


def test_a_rule_said_in_the_head_of_a_column_holds_and_rows_without_numbers_are_counted() -> None:
    rows = "开办\t压缩时间\t市市场监管局、市公安局\t6月底前\t\n\t推行证照\t市大数据局\t年底前\t\n"

    plan = read(f"附件\n演示市任务分工表\n任务类别\t任务名称\t责任单位（排在首位的为牵头单位）\t时间安排\t备注\n{rows}")

    assert [(task.id, task.title, units(task)) for task in plan.tasks] == [
        ("附件-1", "压缩时间", [("lead", "市市场监管局"), ("responsible", "市公安局")]), ("附件-2", "推行证照", [("lead", "市大数据局")]),
    ]
    assert plan.document.title == "演示市任务分工表"


def test_a_header_of_two_lines_is_one_and_a_repeated_one_is_no_row() -> None:
    header = "序号\t重点任务\t责任单位\t\t完成时限\n\t\t牵头单位\t配合单位\t\n"

    plan = read(f"{HEAD}{header}1\t植树造林\t县林业局\t县财政局\t4月\n{header}2\t修复湿地\t县水利局\t县林业局\t9月\n")

    assert [units(task) for task in plan.tasks] == [
        [("lead", "县林业局"), ("support", "县财政局")], [("lead", "县水利局"), ("support", "县林业局")],
    ]


def test_a_row_that_says_a_duty_again_hands_that_duty_out() -> None:
    text = (
        "演示市水利工作方案\n一、重点任务\n（一）修建水库。新建水库2座。\n（二）整治河道。整治河道9条。\n附件\n任务分工表\n"
        "序号\t工作任务\t责任单位\n1\t修建水库\t市水利局\n2\t整治河道\t市河长办\n3\t监测水质\t市生态环境局\n"
    )

    plan = read(text)

    assert [(task.id, units(task)) for task in plan.tasks] == [
        ("一（一）", [("responsible", "市水利局")]), ("一（二）", [("responsible", "市河长办")]), ("3", [("responsible", "市生态环境局")]),
    ]


def test_what_a_notice_says_above_its_table_is_no_duty_of_the_table() -> None:
    text = (
        "演示区人民政府关于印发2019年重点工作任务分解表的通知\n各街道办事处：\n现将任务分解表印发给你们。\n一、压实责任。各单位要细化措施。\n"
        "二、强化督查。每季度通报一次。\n序号\t任务\t责任单位\n1\t建设口袋公园6个\t区城管局\n"
    )

    assert [task.title for task in read(text).tasks] == ["建设口袋公园6个"]


def test_rows_counted_anew_under_each_section_are_told_apart_by_it() -> None:
    header = "序号\t任务\t责任单位\n"
    plan = read(f"{HEAD}一、农业\n{header}1\t修渠\t县水利局\n二、工业\n{header}1\t招商\t县商务局\n")

    assert [(task.id, task.section_path) for task in plan.tasks] == [("一1", "一/1"), ("二1", "二/1")]


def test_cells_left_one_below_the_other_are_rows_again() -> None:
    rows = "序号\n任务\n责任单位（部门）\n完成时限\n一、民生\n1\n建园3所\n区教育局\n8月底\n2\n修路6条\n区住建局、各街道\n10月底\n区政府办\n"

    plan = read(f"演示区2022年民生任务清单\n{rows}")

    assert [(task.id, task.title, task.section_path) for task in plan.tasks] == [("1", "建园3所", "一/1"), ("2", "修路6条", "一/2")]
    assert units(plan.tasks[1]) == [("responsible", "区住建局"), ("responsible", "各街道")]
    assert [one.deadline for one in plan.indicators] == ["2022-08-31", "2022-10-31"]


def test_a_table_that_names_nobody_is_no_table_of_duties() -> None:
    plan = read("演示县工作方案\n一、重点任务\n（一）造林。全年造林5万亩。\n序号\t项目名称\t投资\n1\t甲园\t300万元\n")

    assert [task.id for task in plan.tasks] == ["一（一）"]


def test_a_table_of_a_word_document_keeps_its_columns_under_wide_cells() -> None:
    def cell(words: str, wide: int = 1) -> str:
        return f"<w:tc><w:tcPr><w:gridSpan w:val='{wide}'/></w:tcPr>{paragraph(words)}</w:tc>"

    rows = (
        cell("序号") + cell("工作任务") + cell("责任单位", 2), cell("") + cell("") + cell("牵头单位") + cell("配合单位"),
        cell("一、改善民生", 4), cell("1") + cell("改造小区12个") + cell("县住建局") + cell("各街道"),
    )
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"

    [task] = compile_reading(read_bytes(word(paragraph(HEAD.strip()) + table), "分解表.docx")).tasks

    assert (task.section_path, units(task)) == ("一/1", [("lead", "县住建局"), ("support", "各街道")])


def test_a_table_of_a_web_page_keeps_its_columns_beside_merged_cells() -> None:
    page = (
        "<html><body><p>演示县2019年重点工作任务分解表</p><table><tr><th>类别</th><th>任务</th><th>责任单位</th></tr>"
        "<tr><td rowspan='2'>生态</td><td>造林2万亩</td><td>县林业局</td></tr><tr><td>治河3条</td><td>县水利局</td></tr>"
        "<tr><td></td><td>修路5公里</td><td>县交通局</td></tr></table></body></html>"
    )

    plan = compile_reading(read_bytes(page.encode(), "分解表.html"))

    assert [(task.title, [name for _, name in units(task)]) for task in plan.tasks] == [
        ("造林2万亩", ["县林业局"]), ("治河3条", ["县水利局"]), ("修路5公里", ["县交通局"]),
    ]


def test_a_paper_laid_out_in_a_table_of_the_page_keeps_its_paragraphs() -> None:
    page = (
        "<html><body><table><tr><td><p>演示县植树工作方案</p><p>一、重点任务</p><p>（一）造林。造林2万亩。（县林业局负责）</p>"
        "<p>（二）护林。设护林员30名。（各乡镇负责）</p></td></tr></table></body></html>"
    )

    plan = compile_reading(read_bytes(page.encode(), "方案.html"))

    assert [(section.id, section.title) for section in plan.sections] == [("一", "重点任务"), ("一（一）", "造林"), ("一（二）", "护林")]
