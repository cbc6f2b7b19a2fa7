"""The sixth, seventh and ninth moment: a leader's handwriting, the upper level's form, inspectors at the door."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from PIL import Image
from playwright.sync_api import FilePayload
from python_calamine import CalamineWorkbook

from tests.blanks.forms import bytes_of, ledger, opened
from tests.browser.conftest import Visitor
from tests.browser.moments.counting import Hand, moment
from tests.browser.moments.reading import shown_to, words_in
from tests.browser.test_distribution import reported
from tests.cast import viewer
from tests.files.keeping import attached, stored
from tests.files.samples import photo
from tests.problems.ways import answered, confirmed, unit_id
from tests.supervision.ways import issued
from tests.world import NOW
from zhitong.domain.blanks.queries.blanks import blank_seen, blanks_for
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.supervision.queries.instructions import InstructionFilters, instructions_for
from zhitong.domain.supervision.rules.kinds import LedgerState
from zhitong.kit.marking import NOTE

pytestmark = [pytest.mark.browser, pytest.mark.prove]
Visit = Callable[..., Visitor]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDS = "请发改委牵头，五月上旬拿出排水方案，办理情况报我。"
DONE = "已会同建设部门拟定排水方案，五月三日起施工。"
FORM = "附表1"


def test_the_first_handwriting_of_a_leader_and_its_report_back(address: str, visit: Visit) -> None:
    number = reported("厂区雨季排水不畅。（演示内容）").standing.number
    paper: FilePayload = {"name": "批示原件.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(900, 1200))}
    office, asked = visit(address, "city_office"), visit(address, "city")

    with moment(6) as journey:
        clerk, handler = journey.hand(office), journey.hand(asked)
        clerk.open("/")
        clerk.go("批示", within="nav")
        clerk.go("登记批示")
        for name, text in (
            ("leader", "演示书记"), ("leader_title", "市委书记"), ("words", WORDS), ("instructed_on", "2018-04-26"),
            ("problems", number), ("item0-demand", "拿出排水方案。"), ("item0-due_on", "2018-05-10"),
        ):
            clerk.write(name, text)
        clerk.give(clerk.page.get_by_label("拍照或选图"), paper)
        clerk.choose("item0-unit_id", str(unit_id("1309-development")))
        clerk.go("登记")
        handler.open("/")
        handler.go("报办理情况")
        handler.write("text", DONE)
        handler.go("报办理情况")
        clerk.open("/")
        clerk.go("呈报专报、登记答复")
        told = words_in(clerk.take("专报Word"))
        clerk.go("登记领导答复")
        for name, text in (("presented_on", "2018-04-27"), ("answered_on", "2018-04-27")):
            clerk.write(name, text)
        clerk.go("登记领导答复")

    assert "关于市委书记 演示书记批示办理情况的专报" in told
    assert f"批示内容：{WORDS}涉及问题：{number}。" in told
    assert "分解事项1项：领导已阅批0项，已报办理情况待呈报1项，正在办理0项" in told
    assert f"报：{DONE}" in told
    assert "已办结" in shown_to(asked, "/supervision/instructions/")
    with acting_as(viewer("city_office")) as here:
        [kept] = [row for row in instructions_for(here, InstructionFilters(), now=NOW) if row.words == WORDS]
    assert (kept.state, [head.standing.number for head in kept.cases]) == (LedgerState.DONE, [number])


def upper_form() -> Workbook:
    """The upper level's form: a head of three rows, notes in cells, a place to sign."""
    book = ledger()
    book[FORM]["B3"].comment = Comment("与营业执照一致，不用简称", "上级")
    return book


def test_the_upper_levels_form_is_ready_before_five(address: str, visit: Visit) -> None:
    number = reported("蒸汽压力不稳。（演示内容）").standing.number
    office = visit(address, "park_office")
    page = office.page

    with moment(7) as journey:
        clerk = journey.hand(office)
        clerk.open("/")
        clerk.go("套表", within="nav")
        clerk.give(page.locator("input[type=file]").first, _file("重点企业问题办理情况统计表.xlsx", upper_form()))
        clerk.go("上传并认列")
        clerk.choose("column_0_9", "state")
        first = opened(clerk.take("填好下载"))
        line = _line_of(first, number)
        first[FORM][f"G{line}"] = 3
        clerk.click("交回补填好的表")
        clerk.give(page.locator("details[open] input[type=file]"), _file("补填.xlsx", first))
        clerk.go("记住手填的内容")
        second = opened(clerk.take("填好下载"))

    sheet = second[FORM]
    rows = [place for place in range(6, sheet.max_row) if sheet[f"H{place}"].value]
    assert [sheet[f"{column}{line}"].value for column in "BCDFGI"] == [
        "演示南大港石化设备有限公司", "蒸汽压力不稳。（演示内容）", "2018.4.27", "否", 3, "待签收",
    ]
    assert {"A3:A5", "C3:G3", "C4:D4", "E4:G4", "B3:B5"} <= {str(one) for one in sheet.merged_cells.ranges}
    assert sheet["B3"].comment.text == "与营业执照一致，不用简称"
    foot = max(9, rows[-1] + 1)
    assert (sheet[f"A{foot}"].value, sheet[f"A{foot + 1}"].value) == ("合计", "负责人签字：")
    assert sheet[f"E{foot + 1}"].value.startswith(f"全县共{len(rows)}件，其中办结")
    assert "重点企业问题办理情况统计表" in shown_to(visit(address, "park"), "/blanks/")
    with acting_as(viewer("park")) as here:
        known = blank_seen(here, blanks_for(here, limit=1)[0].id)
    assert known.pointing.tables[0].columns["备注"] == "state"


def _file(name: str, book: Workbook) -> FilePayload:
    return {"name": name, "mimeType": XLSX, "buffer": bytes_of(book)}


def _line_of(book: Workbook, number: str) -> int:
    return next(cell.row for cell in book[FORM]["H"] if cell.value == number)


def test_inspectors_at_the_door_get_twenty_matters_in_one_file(address: str, visit: Visit) -> None:
    stories = [reported(f"第{place}台热处理炉夜间限电。（演示内容）") for place in range(1, 21)]
    issued("zone_office", stories[-1])
    attached(stories[0].problem_id, *stored("firm", "现场.jpg"))
    for story in stories[:5]:
        confirmed(story)
    for story in stories[5:10]:
        answered(story)
    office = visit(address, "park_office")
    office.page.context.set_default_timeout(60_000)

    with moment(9) as journey:
        clerk = journey.hand(office)
        clerk.open("/")
        clerk.go("台账", within="nav")
        _narrow(clerk, "热处理炉")
        office.page.get_by_text("共 20 条").wait_for()
        clerk.click(office.page.get_by_label("全选本页"))
        orders = clerk.take("交办单")
        archive = clerk.take("迎检档案")

    assert words_in(orders).count("问题交办单") >= len(stories)
    with ZipFile(BytesIO(archive)) as made:
        assert made.testzip() is None
        files = {name: made.read(name) for name in made.namelist()}
    assert "导出编号" in files.pop(NOTE).decode()
    index = CalamineWorkbook.from_filelike(BytesIO(files.pop("索引.xlsx"))).get_sheet_by_index(0).to_python()
    listed = [row for row in index if str(row[0]).replace(".0", "").isdecimal()]
    assert {row[5]: row[9] for row in listed} == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert {row[1] for row in listed} == {story.standing.number for story in stories}
    for name, content in files.items():
        assert words_in(content) if name.endswith(".docx") else Image.open(BytesIO(content)).size, name
    assert [name.rpartition("/")[2] for name in files if "附件" in name] == ["01-现场.jpg"]
    assert sum("督办通知单" in name for name in files) == 1


def _narrow(clerk: Hand, words: str) -> None:
    """Write into the bar above a list; the search of the whole house bears the same name."""
    clerk.journey.fields += 1
    clerk.page.locator("main [name=q]").fill(words)
    clerk.click("筛选")
