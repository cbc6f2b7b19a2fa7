"""Where a plan begins, what numbers it counts by and what is no duty, in the notations of many offices (R-C6)."""

from __future__ import annotations

import pytest

from zhitong.policy.reading import read_text
from zhitong.policy.structure import Outline, outline_of


def outline(text: str) -> Outline:
    return outline_of(read_text(text))


def test_a_list_of_units_in_a_bracket_at_the_end_makes_a_measure_of_support_a_duty() -> None:
    text = (
        "演示市工作要点\n一、重点任务\n1.稳岗。【市人社局牵头】\n二、保障措施\n2.加强领导。\n3.强化培训（含线上）。\n"
        "4.办好讲堂。【市政府办公室、市司法局】\n"
    )

    assert [task.id for task in outline(text).tasks] == ["1", "4"]


def test_the_plan_begins_with_its_own_title_behind_the_points_of_its_notice() -> None:
    text = (
        "演示市人民政府办公室关于印发《演示市绿色发展分工方案》的通知\n各县区人民政府：\n现将《演示市绿色发展分工方案》印发给你们。\n"
        "一、压实责任。各单位要细化措施。\n二、强化督查。每季度通报一次。\n演示市人民政府办公室\n2023年1月5日\n附件\n"
        "演示市绿色发展分工方案\n一、重点任务\n1.植树造林。（市林业局牵头）\n2.治理扬尘。（市住建局负责）\n"
    )

    read = outline(text)

    assert [(section.id, section.title) for section in read.sections] == [("一", "重点任务"), ("1", "植树造林"), ("2", "治理扬尘")]
    assert (read.document.title, read.document.date_issued) == ("演示市绿色发展分工方案", "2023-01-05")


def test_attachments_may_print_their_titles_beside_their_numbers_and_a_list_of_them_is_no_row() -> None:
    text = (
        "演示县关于印发演示县2018年民生实事方案的通知\n各乡镇人民政府：\n现印发给你们。\n附件：1.演示县2018年民生实事方案\n2.责任清单\n"
        "演示县人民政府\n2018年3月1日\n附件1：演示县2018年民生实事方案\n一、目标\n办好实事。\n二、工作要求\n（一）加强领导。\n"
        "附件2：责任清单\n1.新建公厕20座。（县城管局负责）\n2.安装路灯500盏。（县住建局负责）\n"
    )

    read = outline(text)

    assert [section.id for section in read.sections] == ["一", "二", "二（一）", "附件2", "1", "2"]
    assert [(task.id, task.title) for task in read.tasks] == [("1", "新建公厕20座"), ("2", "安装路灯500盏")]
    assert read.document.title == "演示县2018年民生实事方案"


def test_the_years_below_a_title_are_part_of_it() -> None:
    text = "演示县振兴行动方案\n（2018—2020年）\n一、重点任务\n（一）改厕。（县住建局负责）\n"

    assert outline(text).document.title == "演示县振兴行动方案（2018—2020年）"


def test_a_name_alone_above_the_first_heading_is_the_title() -> None:
    assert outline("演示区2022年十大民生工程\n一、教育工程\n建园3所。\n责任单位：区教育局\n").document.title == "演示区2022年十大民生工程"


def test_named_actions_are_counted_by_their_name_with_their_points_below() -> None:
    text = (
        "演示区攻坚方案\n一、攻坚任务\n行动一：提速行动\n牵头单位：区市场监管局\n1.压缩时间。\n2.推行电子化。\n行动二：提效行动\n牵头单位：区住建局\n"
        "1.联合验收。\n2.压减材料。\n"
    )

    read = outline(text)

    assert [section.id for section in read.sections] == ["一", "行动一", "行动一1", "行动一2", "行动二", "行动二1", "行动二2"]
    assert [(task.id, task.title) for task in read.tasks] == [("行动一", "提速行动"), ("行动二", "提效行动")]


def test_decimal_numbers_say_their_way_themselves_and_a_bare_number_only_above_them() -> None:
    text = "演示省方案\n1 总体要求\n1.1 指导思想\n坚持。\n2 主要任务\n2.1 工业\n2.1.1 淘汰产能\n关停。（省工信厅牵头）\n2.1.2 技改\n3 万\n"

    read = outline(text)

    assert [(section.id, section.level) for section in read.sections] == [
        ("1", 1), ("1.1", 4), ("2", 1), ("2.1", 4), ("2.1.1", 5), ("2.1.2", 5),
    ]


def test_signs_of_a_plain_text_editor_are_no_part_of_the_paper() -> None:
    read = outline("# 演示市工作要点\n**一、夯实基础**\n**1. 建设政务云。** 迁移系统。\n> 责任单位：市大数据局\n")

    assert (read.document.title, [section.title for section in read.sections]) == ("演示市工作要点", ["夯实基础", "建设政务云"])


def test_a_title_keeps_what_it_quotes() -> None:
    text = "演示区人民政府关于印发《政府工作报告》重点任务分工的通知\n一、重点任务\n1.修路。（区交通局负责）\n"

    assert outline(text).document.title == "《政府工作报告》重点任务分工"


@pytest.mark.parametrize("words", ["为促进发展，制定本办法。", "本办法自印发之日起施行。", "其他\n有效期五年。"])
def test_what_a_paper_is_for_and_how_long_it_holds_is_no_duty(words: str) -> None:
    text = f"演示市办法\n一、建设平台。（市科技局负责）\n二、{words}\n"

    assert [task.id for task in outline(text).tasks] == ["一"]
