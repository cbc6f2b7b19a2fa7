"""导入导出 at the screen: a template filled in, looked at, committed, taken back; an old ledger mapped by hand (R-D6, R-H8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.cast import acting
from tests.exchange.conftest import CODE, FIRM, PLACE, firm, sheet
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.cards.actions import RoundToOpen, open_rounds
from zhitong.domain.organisations.models import Region
from zhitong.domain.subjects.models import Subject
from zhitong.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(client: Client, content: bytes, kind: str = "subjects", name: str = "名单.xlsx", **chosen: str) -> Any:
    return client.post("/exchange/", {"kind": kind, "file": SimpleUploadedFile(name, content), **chosen}, follow=True)


def does(client: Client, page: Any, do: str, **said: str) -> Any:
    return client.post(page.request["PATH_INFO"], {"do": do, "once_key": f"{do}-1", **said}, follow=True)


def bytes_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def known(code: str) -> bool:
    with acting("province_office"):
        return Subject.objects.filter(code=code, ended_on__isnull=True).exists()


def test_a_table_is_looked_at_committed_and_taken_back_at_the_screen() -> None:
    client = signed_in("park_office")

    page = sent(client, sheet(firm(1), firm(2)))
    done = does(client, page, "commit")
    there = known(firm(1)[1])
    back = does(client, page, "undo")

    assert "共 2 行 · 新增 2" in words_of(page)
    assert "导入 2 行" in words_of(page)
    assert "已导入：新增 2，变更 0" in words_of(done)
    assert there
    assert "已撤销，2 行恢复为导入前的样子。" in words_of(back)
    assert not known(firm(1)[1])
    assert "名单.xlsx" in words_of(client.get("/exchange/"))


def test_wrong_cells_are_named_as_excel_calls_them_and_taken_along_with_the_reason() -> None:
    client = signed_in("park_office")

    page = sent(client, sheet(firm(1), firm(2, revenue="约300")))
    refused = does(client, page, "commit")
    exported = bytes_of(client.get(f"{page.request['PATH_INFO']}?verdict=wrong&export=xlsx"))

    assert "E3“营业收入(万元)”：“约300”不是确定的数，请核实后只填数字。" in words_of(page)
    assert "演示新企业1" not in words_of(page)
    assert refused.status_code == 409
    assert "全部没有导入" in words_of(refused)
    table = str(CalamineWorkbook.from_filelike(BytesIO(exported)).get_sheet_by_index(0).to_python())
    assert "不是确定的数" in table
    assert "演示新企业2" in table
    assert not known(firm(1)[1])


def test_what_is_no_table_is_said_beside_the_field() -> None:
    answer = sent(signed_in("park_office"), b"<html><table></table></html>", name="名单.xls")

    assert answer.status_code == 422
    assert "这是网页或XML格式的表格" in words_of(answer)


def test_what_is_kept_goes_out_and_comes_back_unchanged_or_with_the_change_told() -> None:
    client = signed_in("park_office")
    out = bytes_of(client.get("/exchange/kept/subjects.xlsx"))
    rows = CalamineWorkbook.from_filelike(BytesIO(out)).get_sheet_by_index(0).to_python()
    head = next(place for place, row in enumerate(rows) if str(row[0]).startswith("名称"))
    changed = [rows[head], [*rows[head + 1][:8], 24_000, *rows[head + 1][9:]]]

    same = sent(client, out)
    other = sent(client, sheet(*changed[1:], heads=changed[0]), name="改过.xlsx")

    assert rows[head + 1][:4] == [FIRM, CODE, "规上工业企业", PLACE]
    assert "共 1 行 · 无变化 1" in words_of(same)
    assert "上年营业收入（万元）：23000→24000" in words_of(other)


def test_a_template_has_drop_downs_and_can_be_sent_back_empty_to_be_refused() -> None:
    client = signed_in("park_office")

    content = bytes_of(client.get("/exchange/templates/subjects.xlsx"))

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == ["服务对象导入模板", "选项"]
    assert "规上工业企业" in str(book.get_sheet_by_name("选项").to_python())
    assert "表里没有数据" in words_of(sent(client, content))


def test_an_old_ledger_is_mapped_by_hand() -> None:
    client = signed_in("park_office")
    content = sheet([FIRM, "道路破损", "2018-02-03", "甩项", "已修复"], heads=("谁", "诉求内容", "受理时间", "进度", "处理结果"))

    page = sent(client, content, "ledger", told="walk_in")
    mapped = does(
        client, page, "columns", column_0="firm", column_1="text", column_2="happened", column_3="state", column_4="result",
        state_0="settled",
    )
    done = does(client, page, "commit")

    assert "有误 1" in words_of(page)
    assert '<details class="zt-fold" open><summary>每一列是什么' in page.content.decode()
    assert "新增 1" in words_of(mapped)
    assert "已导入：新增 1" in words_of(done)
    assert 'href="/problems/ledger/?recorded=only"' in done.content.decode()


def test_a_list_of_rows_does_not_grow_in_queries() -> None:
    client = signed_in("park_office")
    spent = []
    for count in (2, 60):
        page = sent(client, sheet(*(firm(count * 100 + n) for n in range(count))))
        with CaptureQueriesContext(connection) as asked:
            client.get(page.request["PATH_INFO"])
        spent.append(len(asked))

    assert spent[0] == spent[1]


def test_who_may_not_finds_nothing() -> None:
    page = sent(signed_in("park_office"), sheet(firm(1))).request["PATH_INFO"]

    for login in ("outsider", "zone_office", "firm", "park"):
        assert signed_in(login).get(page).status_code == 404, login
    for login in ("park", "zone"):
        assert signed_in(login).get("/exchange/").status_code == 404
        assert signed_in(login).get("/exchange/kept/subjects.xlsx").status_code == 404
    assert "名单.xlsx" not in words_of(signed_in("outsider").get("/exchange/"))
    assert signed_in("firm").get("/exchange/").status_code == 200
    assert UUID(page.split("/")[2])


def opened_april() -> str:
    """The shipped industry card, asked for in April."""
    with acting("province_office") as actor:
        [opened] = open_rounds([RoundToOpen(
            campaign="hebei-2018", template_code="industry", region_id=Region.objects.get(code="13").id, period="2018-04",
            name="2018年4月", opens_on=date(2018, 4, 1), due_on=date(2018, 5, 10), locked_on=date(2018, 5, 20), actor=actor,
        )], now=NOW)
    return str(opened.round_id)


def sheet_rows(client: Client, round_id: str) -> list[list[Any]]:
    """The rows of the template of a round, as this post gets it."""
    content = bytes_of(client.get(f"/exchange/templates/cards.xlsx?round={round_id}"))
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_template_of_cards_lists_who_owes_and_comes_back_by_its_hidden_numbers() -> None:
    round_id, office = opened_april(), signed_in("park_office")

    content = bytes_of(office.get(f"/exchange/templates/cards.xlsx?round={round_id}"))
    rows = sheet_rows(office, round_id)
    head = next(place for place, row in enumerate(rows) if row[0] == "应报单位")
    [owed] = [row for row in rows[head + 1:] if row[0]]
    back = [["改过的名称", "", *owed[2:]]]
    filled = {heads: place for place, heads in enumerate(rows[head])}
    back[0][next(place for label, place in filled.items() if str(label).startswith("主营业务收入"))] = "12万"

    empty = sent(office, content, "cards", round=round_id)
    some = sent(office, sheet(*back, heads=rows[head]), "cards", round=round_id)

    assert owed[:2] == ["演示南大港石化设备有限公司", "91130900MA00000014"]
    assert "没有填写，不导入" in words_of(empty)
    assert "有误 1" in words_of(some)
    assert "没有要求这一户" not in words_of(some)
    assert not [row for row in sheet_rows(signed_in("outsider"), round_id) if "演示" in str(row[0])]
