"""Dividing at the screen: overview, one division, what came down, Excel; and nothing for whom it does not concern (R-C5, R-D6)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tests.plans.dividing.conftest import region, shares, target, townships, turn_of
from tests.plans.dividing.test_issuing import HOSPITALS, ROADS, drafted, issued
from tests.web.portal.conftest import at_screen as at_screen
from tests.web.portal.conftest import text_of
from zhitong.domain.plans.actions.dividing.answering import ask
from zhitong.domain.plans.models import Target

pytestmark = pytest.mark.django_db
AtScreen = Callable[[str], Client]
PAGES = ("/cascade/", "/cascade/incoming/", "/cascade/weights/")


def page_of(code: str, region_code: str = "13") -> str:
    return f"/cascade/targets/{target(code, region_code).id}/"


def posted(client: Client, path: str, **said: object) -> str:
    """Send a form once; the text of the page it leads to."""
    return text_of(client.post(path, {"once_key": path, **said}, follow=True))


def filled(client: Client, **values: str) -> str:
    """Fill the shares of the hospitals in and keep them."""
    typed = {f"share-{code.removeprefix('r')}": value for code, value in values.items()}
    return posted(client, f"{page_of(HOSPITALS)}shares/", do="save", version="1", **typed)


def sheet(rows: list[list[object]]) -> SimpleUploadedFile:
    """A workbook with these rows."""
    content = io.BytesIO()
    book = Workbook(content)
    paper = book.add_worksheet()
    for line, row in enumerate(rows):
        paper.write_row(line, 0, row)
    book.close()
    return SimpleUploadedFile("shares.xlsx", content.getvalue())


def rows_of(client: Client, path: str) -> list[list[object]]:
    """The rows of a workbook that a page hands out."""
    content = b"".join(client.get(path))  # type: ignore[arg-type]
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_for_officials(at_screen: AtScreen, path: str) -> None:
    assert at_screen("province_office").get(path).status_code == 200
    assert at_screen("city").get(path).status_code == 200
    assert at_screen("firm").get(path).status_code == 404
    assert Client().get(path)["Location"] == f"/sign-in/?next={path}"


def test_a_region_below_does_not_see_how_the_province_divides(at_screen: AtScreen) -> None:
    issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})

    assert at_screen("province").get(page_of(HOSPITALS)).status_code == 200
    assert at_screen("city_office").get(page_of(HOSPITALS)).status_code == 404
    assert at_screen("outsider").get(page_of(HOSPITALS, "1309")).status_code == 404
    assert at_screen("outsider").get("/cascade/incoming/?region=1309").status_code == 404


def test_a_division_is_begun_filled_in_tried_and_issued(at_screen: AtScreen) -> None:
    office = at_screen("province_office")

    assert "还没有分解" in text_of(office.get(page_of(HOSPITALS)))
    assert "雄安新区" in posted(office, f"{page_of(HOSPITALS)}draft/")
    typed = {"do": "try", "share-1309": "12", "share-1301": "10", "share-xiongan": "1"}
    tried = text_of(office.post(f"{page_of(HOSPITALS)}shares/", typed))
    assert "还差3家" in tried
    assert "还没有保存" in tried
    assert all(one.value is None for one in shares(drafted(HOSPITALS)).values())
    assert "已保存" in filled(office, r1309="12", r1301="１４", rxiongan="0")
    assert "与目标相符" in text_of(office.get(page_of(HOSPITALS)))

    said = posted(office, f"{page_of(HOSPITALS)}issue/", since="2018-05-01", reason="")

    assert "已下达" in said
    assert target(HOSPITALS, "1301").value == 14


def test_a_wrong_cell_keeps_what_was_typed_with_the_trouble_beside_it(at_screen: AtScreen) -> None:
    office = at_screen("province_office")
    drafted(HOSPITALS)

    typed = {"do": "save", "version": "1", "share-1309": "十二", "share-1301": "-1", "share-xiongan": "2.5"}
    said = office.post(f"{page_of(HOSPITALS)}shares/", typed)

    assert said.status_code == 422
    page = said.content.decode()
    assert 'value="十二"' in page
    assert "读不成一个数" in page
    assert "不能是负数" in page
    assert "要填整数" in page
    assert all(one.value is None for one in shares(drafted(HOSPITALS)).values())


def test_short_of_the_whole_the_form_asks_for_the_reason(at_screen: AtScreen) -> None:
    office = at_screen("province_office")
    drafted(HOSPITALS)
    filled(office, r1309="1", r1301="1", rxiongan="0")

    said = office.post(f"{page_of(HOSPITALS)}issue/", {"once_key": "i", "since": "2018-05-01", "reason": ""})

    assert said.status_code in (409, 422)
    assert "请写明为什么没有分够" in text_of(said)


def test_by_weight_it_says_the_weights_and_who_got_nothing(at_screen: AtScreen) -> None:
    office = at_screen("province_office")
    path = page_of("P036")
    posted(office, f"{path}draft/")

    said = posted(office, f"{path}method/", method="weight", weights=str(townships().id), version="1")

    assert "已计算" in said
    assert "乡镇（街道）数" in said
    assert "国家统计局" in said


def test_many_are_divided_at_once_from_the_overview(at_screen: AtScreen) -> None:
    office = at_screen("province_office")
    chosen = [str(target(code).id) for code in (HOSPITALS, ROADS, "P103")]

    said = posted(
        office, "/cascade/at-once/", chosen=chosen, method="weight", weights=str(townships().id), since="2018-05-01", reason="",
    )

    assert "已分解下达3个目标" in said
    assert Target.objects.filter(region=region("1309"), indicator__code__in=[HOSPITALS, ROADS, "P103"]).count() == 3
    nothing = office.post("/cascade/at-once/", {"method": "equal", "weights": "", "since": "2018-05-01", "reason": ""})
    assert nothing.status_code == 422
    assert "请先在名单里勾选" in text_of(nothing)


def test_a_city_accepts_asks_and_is_answered(at_screen: AtScreen) -> None:
    division_id = issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})
    issued(ROADS, {"1309": 300, "1301": 200, "xiongan": 0})
    city, share = at_screen("city_office"), shares(division_id)["1309"]

    asked = posted(city, f"/cascade/shares/{share.id}/ask/", value="10", reason="两家医院今年改扩建")
    assert "请求已发出" in asked
    assert city.get(f"/cascade/shares/{share.id}/ask/").status_code == 404
    assert "已接收1个目标" in posted(city, "/cascade/incoming/accept/", which="all")
    assert city.get(f"/cascade/shares/{share.id}/answer/").status_code == 404
    office = at_screen("province_office")
    assert "请求调整为10：两家医院今年改扩建" in text_of(office.get(page_of(HOSPITALS)))
    answered = posted(office, f"/cascade/shares/{share.id}/answer/", verdict="changed", value="11", words="核减一家")

    assert "已答复" in answered
    assert target(HOSPITALS, "1309").value == 11


def test_home_says_what_waits_for_an_office(at_screen: AtScreen) -> None:
    issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})

    assert "上级下达的目标1个" in text_of(at_screen("city_office").get("/"))
    assert "没有分解的目标" in text_of(at_screen("province_office").get("/"))
    assert "上级下达的目标" not in text_of(at_screen("city").get("/"))


def test_the_template_comes_back_filled_in(at_screen: AtScreen) -> None:
    office, draft = at_screen("province_office"), drafted(HOSPITALS)
    rows = rows_of(office, f"{page_of(HOSPITALS)}sheet/")
    top = next(line for line, row in enumerate(rows) if "分解数" in row)
    for line, value in zip(rows[top + 1 :], (14, 12, 0), strict=True):
        line[4] = value

    said = posted(office, f"{page_of(HOSPITALS)}sheet/", file=sheet(rows[top:]))

    assert "已导入3地的分解数" in said
    assert {code: one.value for code, one in shares(draft).items()} == {"1301": 14, "1309": 12, "xiongan": 0}


def test_every_wrong_cell_of_a_sheet_is_named_and_nothing_is_taken(at_screen: AtScreen) -> None:
    office, draft = at_screen("province_office"), drafted(HOSPITALS)
    rows: list[list[object]] = [
        ["区划", "分解数"], ["石家庄市", "约12"], ["沧州市", -3], ["雄安新区", 1], ["雄安新区", 2], ["保定市", 4],
    ]

    said = office.post(f"{page_of(HOSPITALS)}sheet/", {"once_key": "s", "file": sheet(rows)})

    page = text_of(said)
    assert said.status_code == 422
    for cell in ("B2", "B3", "A5", "A6"):
        assert cell in page
    assert "整张表没有导入" in page
    assert all(one.value is None for one in shares(draft).values())


def test_the_whole_regions_sheet_and_the_lists_go_out(at_screen: AtScreen) -> None:
    issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})

    every = rows_of(at_screen("province_office"), "/cascade/sheet/")
    listed = rows_of(at_screen("city_office"), "/cascade/incoming/?export=xlsx")

    assert sum("沧州市" in row for row in every) == 1
    assert any("12家" in row for row in listed)


def test_weights_are_sent_in_under_a_name_of_their_own(at_screen: AtScreen) -> None:
    office = at_screen("province_office")
    said = {"name": "规上工业企业数（演示）", "measure": "家", "source": "演示数据"}

    sent = posted(office, "/cascade/weights/", **said, file=sheet([["区划", "权数"], ["沧州市", 120], ["石家庄市", "240"]]))
    again = office.post("/cascade/weights/", {**said, "once_key": "2", "file": sheet([["区划", "权数"], ["沧州市", 1]])})
    wrong = office.post(
        "/cascade/weights/", {**said, "once_key": "3", "name": "另一种", "file": sheet([["区划", "权数"], ["不存在市", 1], ["沧州市", -1]])}
    )

    assert "规上工业企业数（演示）（家）" in sent
    assert (again.status_code, wrong.status_code) == (422, 422)
    assert "已有同名的权数" in text_of(again)
    assert "第2行" in text_of(wrong)
    assert "第3行" in text_of(wrong)


def test_the_overview_does_not_grow_in_queries_with_divisions(at_screen: AtScreen) -> None:
    office = at_screen("province_office")
    issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0})
    office.get("/cascade/")
    with CaptureQueriesContext(connection) as one:
        office.get("/cascade/")
    for code in (ROADS, "P134", "P125"):
        with turn_of("province_office"):
            issued(code, {"1309": 300, "1301": 200, "xiongan": 0})

    with CaptureQueriesContext(connection) as four:
        page = text_of(office.get("/cascade/"))

    assert len(four) <= len(one)
    assert re.search(r"4/\d+", page)


def test_a_request_is_read_as_people_write_figures(at_screen: AtScreen) -> None:
    share = shares(issued(HOSPITALS, {"1309": 12, "1301": 14, "xiongan": 0}))["1309"]

    said = at_screen("city_office").post(f"/cascade/shares/{share.id}/ask/", {"once_key": "a", "value": "差不多十家", "reason": "实际"})

    assert said.status_code in (409, 422)
    assert "读不成一个数" in text_of(said)
    with turn_of("city_office") as turn:
        ask(UUID(str(share.id)), turn, value=Decimal(10), reason="两家医院今年改扩建")
