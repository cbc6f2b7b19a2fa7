"""An XLSForm understood: what a card can ask becomes a field, and every row that was not taken is named."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from zhitong.domain.cards.actions.importing import xlsform_in
from zhitong.domain.cards.rules.building import blank
from zhitong.domain.cards.rules.kinds import Period
from zhitong.domain.cards.rules.soundness import faults
from zhitong.domain.cards.rules.templates import template_of
from zhitong.domain.cards.rules.xlsform import Understood, form_of, understood
from zhitong.kit.refusals import BadInput

HEADS = ("type", "name", "label::English", "label::中文(zh)", "hint", "required", "relevant", "constraint",
         "constraint_message", "appearance", "calculation")
CHOICES = [("list_name", "name", "label"), ("yn", "y", "是"), ("yn", "n", "否"), ("papers", "land", "土地证"),
           ("papers", "eia", "环评"), ("unused", "a", "甲")]
ROWS: list[tuple[Any, ...]] = [
    ("start", "start"),
    ("note", "n0", "Please", "请如实填写"),
    ("begin group", "basic", "Basic", "基本情况"),
    ("text", "boss", "Boss", "负责人", "身份证上的姓名", "yes", "", "string-length(.) <= 40"),
    ("text", "story", "Story", "情况", "", "", "", "", "", "multiline"),
    ("integer", "staff", "Staff", "从业人数", "", "TRUE", "", ". >= 0 and . <= 1000000"),
    ("integer", "tech", "Tech", "其中：技术人员", "", "", "", ". <= ${staff}", "技术人员不能多于从业人数。"),
    ("decimal", "power", "Power", "用电量", "", "", "", ". > 0"),
    ("date", "opened", "Opened", "开工日期"),
    ("end group", ""),
    ("begin group", "loan_group", "Loan", "贷款"),
    ("select_one yn", "loan", "Loan?", "是否贷款", "", "yes"),
    ("decimal", "owed", "Owed", "贷款余额", "", "", "${loan} = 'y'"),
    ("select_multiple papers", "papers", "Papers", "已办手续"),
    ("file", "contract", "Contract", "合同", "", "", "selected(${papers}, 'land')"),
    ("image", "site", "Site", "现场照片"),
    ("end group", ""),
    ("calculate", "sum", "", "", "", "", "", "", "", "", "${staff} * 2"),
    ("geopoint", "where", "Where", "位置"),
    ("begin repeat", "loans", "Loans", "各笔贷款"),
    ("decimal", "each", "Each", "金额"),
    ("end repeat", ""),
    ("decimal", "odd", "Odd", "余额", "", "", "${owed} > 3 or true()", ". != 5"),
    ("select_one missing", "m", "M", "没有选项的"),
    ("integer", "staff", "Again", "重名"),
]


def book(survey: list[tuple[Any, ...]], choices: list[tuple[Any, ...]] = CHOICES, **sheets: list[tuple[Any, ...]]) -> bytes:
    """The bytes of a workbook with these sheets."""
    into = BytesIO()
    with xlsxwriter.Workbook(into) as made:
        for name, rows in {"survey": survey, "choices": choices, **sheets}.items():
            sheet = made.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return into.getvalue()


def read(*rows: tuple[Any, ...]) -> Understood:
    return xlsform_in("表.xlsx", book([HEADS, *rows], settings=[("form_title", "form_id", "version"), ("走访卡", "visit 2018", 3)]))


def test_a_form_becomes_sections_fields_and_checks_that_make_sense() -> None:
    found = read(*ROWS)
    base = blank(code=found.code, kind="industry", name=found.name, period=Period.AD_HOC, categories=[("land", "用地")])
    whole = {**base, "sections": list(found.sections), "checks": list(found.checks)}

    form = template_of(whole)
    asked = {field.code: field for field in form.fields()}

    assert (found.name, found.code) == ("走访卡", "visit2018")
    assert [(one.place, one.key) for one in faults(whole)] == [("sections.0", "fields")]  # the note stands alone
    assert [section.title for section in form.sections] == ["填报内容", "基本情况", "贷款", "填报内容"]
    assert form.sections[0].help == "请如实填写"
    assert {code: str(field.kind) for code, field in asked.items()} == {
        "boss": "text", "story": "long_text", "staff": "count", "tech": "count", "power": "number", "opened": "date",
        "loan": "yes_no", "owed": "number", "papers": "multi_choice", "contract": "file", "site": "photo",
        "odd": "number", "q26": "count",
    }
    assert (asked["boss"].label, asked["boss"].help, asked["boss"].required, asked["boss"].longest) == (
        "负责人", "身份证上的姓名", True, 40,
    )
    assert (str(asked["staff"].least), str(asked["staff"].most)) == ("0", "1000000")
    assert asked["owed"].when is not None
    assert (asked["owed"].when.field, asked["owed"].when.answer) == ("loan", "yes")
    assert asked["contract"].when is not None
    assert asked["contract"].when.answer == "land"
    assert [(one.left, one.must, one.right, one.say) for one in form.comparisons] == [
        ("tech", "<=", "staff", "技术人员不能多于从业人数。"), ("power", ">", "", "“用电量”应大于0，请核对。"),
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "words"),
    [
        ("survey", 1, "“label::English”这一列没有采用"),
        ("survey", 2, "“start”由系统自己记录"),
        ("survey", 3, "说明已放到“填报内容”部分"),
        ("survey", 19, "不认识类型“calculate”"),
        ("survey", 20, "不认识类型“geopoint”，“位置”没有采用"),
        ("survey", 21, "“各笔贷款”是重复组"),
        ("survey", 22, "“金额”在重复组里"),
        ("survey", 24, "条件“${owed} > 3 or true()”没有采用"),
        ("survey", 24, "限制“. != 5”没有采用"),
        ("survey", 25, "choices 里没有选项表“missing”"),
        ("survey", 26, "名称“staff”已经用过，代码改为“q26”"),
        ("choices", 6, "选项表“unused”没有栏目使用"),
        ("settings", 2, "“version”没有采用"),
    ],
)
def test_what_is_not_taken_is_named_by_its_row(sheet: str, row: int, words: str) -> None:
    found = [one for one in read(*ROWS).findings if (one.sheet, one.row) == (sheet, row)]

    assert any(words in one.sentence for one in found), [str(one) for one in read(*ROWS).findings]


def test_no_row_of_the_survey_is_dropped_in_silence() -> None:
    found = read(*ROWS)

    taken = {field["code"] for section in found.sections for field in section["fields"]}
    named = {one.row for one in found.findings if one.sheet == "survey"}
    for place, row in enumerate(ROWS, start=2):
        assert row[1] in taken or place in named or row[0].startswith(("begin", "end")), row


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"type,name,label\n", "不是.xlsx表格"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 500, "不是.xlsx表格"),
        (b"PK\x03\x04 broken", "请"),
        (book([("题目", "回答")], []), "survey 第1行没有“type”这一列"),
        (book([HEADS], []), "survey 工作表里没有内容"),
        (book([("type", "name", "label", "label"), ("text", "a", "甲", "乙")], []), "有两列“label”"),
        (book([("type", "name", "label"), ("text", "a", "字" * 2001)], []), "survey 第2行第3列有2001字"),
        (book([("type", "name", "label"), *[("text", f"a{n}", "甲") for n in range(601)]], []), "有601行，最多600行"),
        (b"x" * (5 * 1024 * 1024 + 1), "超过5MB"),
    ],
)
def test_what_is_no_form_is_refused_with_the_cell_and_the_reason(content: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        xlsform_in("表.xlsx", content)


def test_a_workbook_of_another_kind_names_its_sheets() -> None:
    with pytest.raises(BadInput, match="没有名为 survey 的工作表"):
        xlsform_in("表.xlsx", _without_survey())


def _without_survey() -> bytes:
    into = BytesIO()
    with xlsxwriter.Workbook(into) as made:
        made.add_worksheet("台账").write_row(0, 0, ("企业", "问题"))
    return into.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"spreadsheetml.sheet.main+xml")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)

    with pytest.raises(BadInput, match="展开后过大"):
        xlsform_in("表.xlsx", into.getvalue())


def test_an_empty_choice_is_no_option() -> None:
    found = understood(form_of({
        "survey": [("type", "name", "label"), ("select_one a or_other", "x", "选")],
        "choices": [("list name", "name", "label"), ("a", "", "空"), ("a", "one", "")],
    }))

    assert found.sections[0]["fields"][0]["options"] == [
        {"code": "one", "label": "one"}, {"code": "other", "label": "其他"},
    ]
    assert ["没有写 list_name 或 name" in one.sentence for one in found.findings] == [True]
