"""Headings of every notation become sections, and duties are found where they stand (R-C6)."""

from __future__ import annotations

import pytest

from tests.policy.files import document
from zhitong.policy.reading import read_text
from zhitong.policy.shapes import Document
from zhitong.policy.structure import Outline, outline_of


def outline(text: str) -> Outline:
    return outline_of(read_text(text))


def duties(name: str) -> list[tuple[str, str]]:
    return [(task.id, task.title) for task in outline(document(name)).tasks]


@pytest.mark.parametrize(
    "numbers",
    [
        ("一、", "（一）", "1.", "（1）", "①"),
        ("一、", "(一)", "1．", "(1)", "①"),
        ("一.", "〔一〕", "１.", "（１）", "①"),
        ("一．", "【一】", "1、", "1）", "①"),
        ("第一条", "㈠", "⒈", "⑴", "①"),
        ("一 、", "（ 一 ）", "1 .", "( 1 )", "①"),
        ("一﹒", "(一)", "1﹒", "(1)", "①"),
    ],
)
def test_a_level_is_told_in_every_width_and_bracket(numbers: tuple[str, ...]) -> None:
    read = outline("\n".join(f"　{number}甲乙丙丁" for number in numbers)).sections

    assert [section.level for section in read] == [1, 2, 3, 4, 5]
    assert {section.title for section in read} == {"甲乙丙丁"}


def test_an_id_is_the_same_in_every_width() -> None:
    ids = [[section.id for section in outline(text).sections] for text in ("一、甲\n(一)乙\n1．丙\n", "一、甲\n（一）乙\n1.丙\n")]

    assert ids[0] == ids[1] == ["一", "一（一）", "1"]


@pytest.mark.parametrize(
    "line",
    [
        "2018年全面完成", "1.5万户完成改造", "3.79万户开工", "一是强化领导", "十九大精神", "12月底前完成", "（二次供水）改造",
        "1、2、3号楼", "100.全部完成",
    ],
)
def test_a_line_that_opens_with_a_number_of_something_is_no_heading(line: str) -> None:
    read = outline(f"一、任务\n1.甲\n{line}\n2.乙\n").sections

    assert [section.id for section in read] == ["一", "1", "2"]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("市场主体培育。深入推进改革。", "市场主体培育"),
        ("市场主体培育", "市场主体培育"),
        ("加强领导：各单位要高度重视，主要负责同志亲自抓落实。", "加强领导"),
        ("加强领导　各单位要高度重视，主要负责同志亲自抓落实。", "加强领导"),
        ("推进“多证合一”改革（责任单位：市市场监管局）", "推进“多证合一”改革"),
        ("压缩办理时限（市发展改革委牵头，市财政局配合）。", "压缩办理时限"),
        ("坚持问题导向，精准施策。把最突出的问题作为重点。", "坚持问题导向，精准施策"),
    ],
)
def test_a_title_is_its_first_sentence_its_label_or_its_line(words: str, title: str) -> None:
    assert outline(f"一、{words}\n").sections[0].title == title


def test_a_sentence_too_long_for_a_title_is_named_by_its_first_phrase() -> None:
    words = "持续深化商事制度改革，全面推行企业开办全程网上办理，推动更多事项一网通办、最多跑一次，进一步压缩各类许可的办理时间和环节。"

    assert outline(f"一、{words}\n").sections[0].title == "持续深化商事制度改革"


def test_the_opening_of_a_sentence_is_a_title_and_part_of_what_is_to_be_done() -> None:
    words = "聚焦重大工程，依托在线平台，梳理筛选具备一定收益水平、条件相对成熟的项目，常态化向民间资源推介，每年不少于三批。"
    text = f"一、重点任务\n1.{words}（责任单位：市发展改革委）\n"

    [task] = outline(text).tasks

    assert (task.title, text[task.body_start:task.end].startswith(words)) == ("聚焦重大工程", True)


def test_headings_are_found_again_where_a_paper_lost_its_breaks() -> None:
    text = (
        "为落实部署，提出如下意见。 一、总体要求 (一)重要意义。十分重要。 (二)主要目标。全面完成。 二、财税支持 "
        "(三)落实优惠。减半征收。(责任单位:市财政局) 三、保障措施 (四)加强督查。每季通报。"
    )

    read = outline(text)

    assert [section.id for section in read.sections] == ["一", "一（一）", "一（二）", "二", "二（三）", "三", "三（四）"]
    assert [task.title for task in read.tasks] == ["落实优惠", "加强督查"]


def test_numbers_within_a_paragraph_are_no_headings_where_lines_were_kept() -> None:
    text = "一、重点任务\n1.改造。做到：（一）规划先行；（二）资金到位。 （三）验收及时。\n二、保障措施\n2.督查。\n"

    assert [section.id for section in outline(text).sections] == ["一", "1", "二", "2"]


def test_a_number_on_a_line_of_its_own_numbers_the_next_line() -> None:
    read = outline("一、\n重点任务\n（一）\n改造工程\n全年改造20个小区。（责任单位：县住建局）\n二、\n工作要求\n")

    assert [(section.id, section.title) for section in read.sections] == [
        ("一", "重点任务"), ("一（一）", "改造工程"), ("二", "工作要求"),
    ]


def test_a_title_that_lost_its_full_stop_is_cut_where_its_neighbours_end_and_marked() -> None:
    run_on = "养老服务工程加快建设服务中心和智能养老文化园等项目的建设工作，鼓励社会资本兴办各类养老机构，覆盖全部街道，方便老人。"
    rows = ["甲区改造工程。完成一项。", "乙区改造工程。完成一项。", run_on]
    read = outline("一、重点任务\n" + "".join(f"{number}.{row}\n" for number, row in enumerate(rows, 1)))

    assert [section.title for section in read.sections[1:]] == ["甲区改造工程", "乙区改造工程", "养老服务工程"]
    assert [task.damaged for task in read.tasks] == [False, False, True]


def test_a_number_that_lost_a_bracket_is_believed_where_it_is_due() -> None:
    read = outline("一、任务\n（一）甲\n二）乙\n（三丙\n（九丁\n")

    assert [section.id for section in read.sections] == ["一", "一（一）", "一（二）", "一（三）"]


def test_numbers_that_start_anew_are_told_apart_by_their_way() -> None:
    assert [name for name, _ in duties("restarting")] == ["1", "2", "3", "二1", "二2", "三（二）"]


def test_numbers_that_run_on_stand_alone() -> None:
    assert duties("running") == [
        ("3", "打赢蓝天保卫战"), ("4", "打好碧水保卫战"), ("5", "打好净土保卫战"), ("6", "落实领导责任"),
    ]


def test_units_named_behind_the_last_point_answer_for_all_of_them() -> None:
    assert duties("points-below") == [
        ("1", "完善应急预案体系"), ("2", "健全应急管理体制"), ("3", "修订应急管理办法，年内报市政府审定"),
        ("4", "组建森林防火队伍10支"), ("5", "配备消防装备"),
    ]


def test_units_on_a_line_of_their_own_belong_to_the_duty_above() -> None:
    read = outline(document("own-lines"))

    assert [task.id for task in read.tasks] == ["一（一）", "一（二）", "二（三）", "二（四）", "三（六）"]
    assert all("责任单位" in document("own-lines")[task.start:task.end] for task in read.tasks[:4])


def test_articles_are_counted_through_the_chapters() -> None:
    read = outline(document("articles"))

    assert [section.id for section in read.sections if section.level == 1] == [f"第{n}条" for n in "一二三四五"]
    assert [task.section_path for task in read.tasks] == ["第二章/第三条", "第二章/第四条"]


def test_unnumbered_actions_are_counted_under_their_section() -> None:
    text = (
        "一、重点任务\n（一）专项行动\n开展政策创新专项行动，梳理已出台政策，修改不利于企业的内容。（责任单位：市司法局）\n"
        "开展降低成本专项行动，落实减负政策，严格收费清单制度。（责任单位：市商务局）\n"
    )

    assert [(task.id, task.title, task.section_path) for task in outline(text).tasks] == [
        ("一（一）-1", "政策创新专项行动", "一/（一）/-1"), ("一（一）-2", "降低成本专项行动", "一/（一）/-2"),
    ]


def test_the_closing_of_a_paper_is_no_part_of_its_last_section() -> None:
    text = document("restarting")
    read = outline(text)

    assert read.closing == (text.index("附件：1."), len(text))
    assert read.sections[-1].end == read.closing[0]


def test_attachments_are_parts_with_sections_of_their_own() -> None:
    text = "一、任务\n1.甲。（责任单位：市林业局）\n附件1\n演示市任务分解\n一、工作任务\n1.乙。（责任单位：市农业局）\n"

    assert [(section.id, section.title) for section in outline(text).sections][2:] == [
        ("附件1", "演示市任务分解"), ("附件1/一", "工作任务"), ("附件1/一1", "乙"),
    ]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("own-lines", Document(
            "演示市进一步减轻企业负担的若干措施", "演政办〔2019〕31号", ("演示市人民政府办公室",), "2019-03-12",
            ("各区人民政府", "市直各委、办、局", "各开发区管委会", "各有关单位"), 2019,
        )),
        ("restarting", Document(
            "演示自治州2020年优化营商环境工作计划", "演示州政发〔2020〕5号", ("演示自治州人民政府",), "2020-02-22",
            ("各县市人民政府", "演示经开区管委会", "州政府各局委", "各直属机构"), 2020,
        )),
        ("running", Document(
            "关于坚决打赢污染防治攻坚战的实施意见", None, ("中共演示县委", "演示县人民政府"), "2018-09-20",
            ("各乡（镇）党委、人民政府", "县直各单位"), 2018,
        )),
        ("articles", Document(
            "演示省支持中小企业发展办法", "演政〔2021〕8号", ("演示省人民政府",), "2021-04-06",
            ("各市人民政府", "各县（区）人民政府", "省政府各部门", "各直属机构"), 2021,
        )),
        ("metadata", Document(
            "以降低成本为重点优化营商环境的若干措施", "演政办发〔2023〕19号", ("市人民政府办公室",), "2023-05-30",
            ("各县市区人民政府", "市政府各部门", "各直属事业单位", "中央、省驻演示各单位"), 2023,
        )),
        ("points-below", Document("演示市2017年应急体系建设责任分解", year=2017)),
    ],
)  # fmt: skip
def test_the_head_of_a_paper_is_read(name: str, head: Document) -> None:
    assert outline(document(name)).document == head
