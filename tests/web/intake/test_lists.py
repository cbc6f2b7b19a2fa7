"""Lists at the screen: sent, looked at, taken, taken back; a drive from its list to its frozen plan (R-E6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import acting
from tests.intake.conftest import FIRM, workbook
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.problems.models import Problem
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

ORDERS = f"工单编号,企业名称,诉求内容,来电时间\n1,{FIRM},夜间停电,2018-04-26 9:05\n2,演示小店,,\n".encode()
FOUND = workbook(("企业名称", "问题内容", "整改措施", "责任单位", "完成时限"), [(FIRM, "夜间限电", "调整检修", "经发局", "2018-05-31")])


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(client: Client, path: str, content: bytes, name: str = "清单.csv") -> Any:
    return client.post(path, {"list": SimpleUploadedFile(name, content)}, follow=True)


def count() -> int:
    with acting("province_office"):
        return Problem.objects.count()


def test_a_hotline_file_is_looked_at_and_its_good_rows_taken_in() -> None:
    client = signed_in("park_office")

    page = sent(client, "/intake/hotline/", ORDERS)
    done = client.post(page.request["PATH_INFO"], {"do": "take", "only_good": "1", "once_key": "take-1"}, follow=True)

    assert "共 2 行，合格 1 行，有问题 1 行" in words_of(page)
    assert "3 诉求内容 没有填写。" in words_of(page)
    assert "只导入合格的 1 行" in words_of(page)
    assert "已导入 1 件，1 行没有导入。" in words_of(done)
    assert count() == 1
    assert "没有重复导入" in words_of(sent(client, "/intake/hotline/", ORDERS))


def test_heads_can_be_given_another_meaning() -> None:
    client = signed_in("park_office")
    page = sent(client, "/intake/hotline/", "单号,谁,说了什么\nB1,演示小店,停水\n".encode())

    done = client.post(
        page.request["PATH_INFO"], {"do": "columns", "column_0": "ref", "column_2": "text", "once_key": "c"}, follow=True
    )

    assert "合格 0 行" in words_of(page)
    assert "合格 1 行" in words_of(done)


def test_what_is_no_list_is_said_on_the_page() -> None:
    answer = sent(signed_in("park_office"), "/intake/hotline/", b"PK\x03\x04")

    assert answer.status_code == 422
    assert count() == 0


def opened(client: Client) -> str:
    answer = client.post("/intake/screenings/", {"name": "二季度排查", "once_key": "open"}, follow=True)
    return str(answer.request["PATH_INFO"])


def test_a_drive_goes_from_its_list_to_its_frozen_plan() -> None:
    client = signed_in("park")
    drive = opened(client)
    sheet = sent(client, drive, FOUND, "清单.xlsx").request["PATH_INFO"]
    client.post(sheet, {"do": "take", "once_key": "take"})

    ledger = client.get(drive)
    [item] = set(re.findall(r"/intake/screenings/items/[^/]+/", ledger.content.decode()))
    frozen = client.post(
        drive, {"do": "approve", "approved_by": "演示赵副主任", "approved_on": "2018-04-27", "once_key": "ok"}, follow=True
    )
    refused = client.post(item, {"measure": "改", "answerable": "经发局", "due_on": "2018-06-01", "once_key": "x"})
    amended = client.post(
        item, {"measure": "改", "answerable": "经发局", "due_on": "2018-06-01", "reason": "线路改造推迟", "once_key": "y"}, follow=True
    )

    assert "夜间限电" in words_of(ledger)
    assert "演示赵副主任" in words_of(frozen)
    assert "已固化" in words_of(frozen)
    assert refused.status_code == 422
    assert "变更整改方案" in words_of(amended)
    assert "线路改造推迟" in words_of(amended)
    assert count() == 1


def test_an_import_is_taken_back_at_the_screen() -> None:
    client = signed_in("park")
    drive = opened(client)
    sheet = sent(client, drive, FOUND, "清单.xlsx").request["PATH_INFO"]
    client.post(sheet, {"do": "take", "once_key": "take"})

    done = client.post(sheet, {"do": "undo", "once_key": "undo"}, follow=True)

    assert "已撤销导入，1 件问题已撤回" in words_of(done)
    assert "夜间限电" not in words_of(client.get(drive))


def test_the_template_names_categories_and_regions_and_can_be_sent_back() -> None:
    client = signed_in("park")
    drive = opened(client)

    content = b"".join(client.get(f"{drive}template.xlsx").streaming_content)

    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert "问题类别可填：" in str(rows[2][0])
    assert [cell for cell in rows[-1] if cell][:3] == ["企业名称", "统一社会信用代码", "问题内容"]
    assert "表里没有数据" in words_of(sent(client, drive, content, "空.xlsx"))


def test_the_ledger_is_taken_along_as_a_workbook() -> None:
    client = signed_in("park")
    drive = opened(client)
    sheet = sent(client, drive, FOUND, "清单.xlsx").request["PATH_INFO"]
    client.post(sheet, {"do": "take", "once_key": "take"})

    content = b"".join(client.get(f"{drive}?export=xlsx").streaming_content)

    text = str(CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python())
    assert "调整检修" in text


def test_who_stands_elsewhere_finds_none_of_these_pages() -> None:
    client = signed_in("park")
    drive = opened(client)
    sheet = sent(client, drive, FOUND, "清单.xlsx").request["PATH_INFO"]
    client.post(sheet, {"do": "take", "once_key": "take"})
    [item] = set(re.findall(r"/intake/screenings/items/[^/]+/", client.get(drive).content.decode()))

    for path in (drive, sheet, item, f"{drive}template.xlsx"):
        assert signed_in("outsider").get(path).status_code == 404, path
        assert signed_in("firm").get(path).status_code == 404, path
    assert "二季度排查" not in words_of(signed_in("outsider").get("/intake/screenings/"))
    assert signed_in("firm").get("/intake/screenings/").status_code == 404
    assert signed_in("park").get("/intake/hotline/").status_code == 403
