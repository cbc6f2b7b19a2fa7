"""The pages of progress reports: the sheet, the desks, one report, corrections, sources, the meter (R-E3, R-E4, R-J1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, official_of, viewer
from tests.files.samples import photo
from tests.progress.way import COUNT, LOCKED, NOW, Sheet, indicator, opened
from tests.web.stories import signed_in
from zhitong.domain.files.models import Attachment
from zhitong.domain.organisations.models import Person
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.progress.models import Correction, Source
from zhitong.domain.progress.rules.sheets import HEADS
from zhitong.kit.clock import SHANGHAI, held_at
from zhitong.kit.sheets.table import table_in
from zhitong.kit.workbook import Head, write_sheet

pytestmark = pytest.mark.django_db

CITY, COUNTY = Sheet("1309"), Sheet("130982")
AUGUST = "/reports/sheet/2018-08/"


@pytest.fixture
def september() -> Iterator[None]:
    """The first week of September, August being opened."""
    with held_at(NOW):
        opened()
        yield


def of_unit(code: str) -> Client:
    """A browser of somebody who works in a unit."""
    client = Client()
    client.force_login(Person.objects.get(id=official_of(code).person_id))
    return client


def county() -> Client:
    """The county's reporter."""
    return of_unit("130982-development")


def typed(value: str, act: str = "send", **more: str) -> dict[str, Any]:
    """What a reporter types into the sheet of the county."""
    row, figure = COUNTY.row, COUNTY.figure
    return {
        f"v-{figure.id}": value, f"progress_words-{row.id}": "已建成四家。", f"trouble_words-{row.id}": "", f"next_words-{row.id}": "",
        f"version-{row.id}": str(row.version), "send": str(row.id), "act": act, "once_key": f"k-{value}-{act}", **more,
    }


def test_what_a_unit_owes_leads_to_its_sheet_and_a_draft_is_kept(september: None) -> None:
    client = county()
    assert "2018年8月" in client.get("/reports/").content.decode()
    page = client.get(AUGUST).content.decode()
    assert "“双创”示范基地培育" in page
    assert "6家" in page

    answer = client.post(AUGUST, typed("4", "draft"))

    assert answer.status_code == 302
    assert (COUNTY.row.state, COUNTY.figure.value) == ("owed", 4)


def test_what_is_ticked_is_sent_approved_at_the_desk_and_accepted_above(september: None) -> None:
    assert county().post(AUGUST, typed("4")).status_code == 302
    assert COUNTY.row.state == "submitted"
    office = of_unit("130982-office")
    assert "待本级审核" in office.get("/reports/approve/").content.decode()
    office.post("/reports/together/approve/", {"chosen": [str(COUNTY.row.id)], "act": "approve", "once_key": "a"})
    assert COUNTY.row.state == "approved"
    above = signed_in("city_office")
    assert COUNTY.row.region.name in above.get("/reports/accept/").content.decode()
    assert above.get(f"/reports/{COUNTY.row.id}/").status_code == 200

    above.post(f"/reports/{COUNTY.row.id}/accept/", {"once_key": "b"})

    assert COUNTY.row.state == "accepted"


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(september: None) -> None:
    client = county()
    unread = client.post(AUGUST, typed("四家左右"))
    odd = client.post(AUGUST, typed("60000"))

    assert (unread.status_code, odd.status_code) == (422, 422)
    assert 'value="四家左右"' in unread.content.decode()
    assert "差了一个“万”" in odd.content.decode()
    assert COUNTY.figure.value is None


def test_a_report_is_returned_from_its_page_with_a_reason(september: None) -> None:
    county().post(AUGUST, typed("4"))
    office = of_unit("130982-office")
    address = f"/reports/{COUNTY.row.id}/return/"
    assert office.post(address, {"reason": "", "once_key": "c"}).status_code == 422

    office.post(address, {"reason": "漏报一家", "once_key": "d"})

    assert COUNTY.row.return_reason == "漏报一家"
    assert "漏报一家" in county().get(AUGUST).content.decode()


def test_the_office_lets_a_waiting_report_through_at_its_page(september: None) -> None:
    office = signed_in("city_office")
    assert "准予先行报送" in office.get(f"/reports/{CITY.row.id}/").content.decode()

    office.post(f"/reports/{CITY.row.id}/let-through/", {"reason": "台风停工", "once_key": "e"})

    assert (CITY.row.state, CITY.row.below_reason) == ("owed", "台风停工")


def test_evidence_is_put_beside_an_own_report(september: None) -> None:
    sent = SimpleUploadedFile("验收.jpg", photo(), "image/jpeg")
    answer = county().post(f"/reports/{COUNTY.row.id}/evidence/", {"files": sent, "once_key": "f"})

    assert answer.status_code == 302
    with acting_as(viewer("province_office")):
        [file_id] = Attachment.objects.filter(thing_kind="progress_report", thing_id=COUNTY.row.id).values_list("file", flat=True)
    assert f"/files/{file_id}/" in county().get(f"/reports/{COUNTY.row.id}/").content.decode()
    assert [client.get(f"/files/{file_id}/").status_code for client in (county(), signed_in("city_office"))] == [200, 200]
    assert signed_in("outsider").get(f"/files/{file_id}/").status_code == 404


def test_a_correction_is_asked_and_decided_on_pages_of_their_own(september: None) -> None:
    COUNTY.goes_up(4)
    with held_at(LOCKED):
        county().post(f"/reports/figures/{COUNTY.figure.id}/correct/", {"after": "5", "reason": "漏报", "once_key": "g"})
        with acting_as(viewer("province_office")):
            asked = Correction.objects.get()
        above = signed_in("city_office")
        assert "待本单位决定" in above.get("/reports/corrections/").content.decode()

        above.post(f"/reports/corrections/{asked.id}/", {"is_allowed": "yes", "words": "", "once_key": "h"})

        assert COUNTY.figure.value == 5
        assert "4家 → 5家" in county().get(f"/reports/{COUNTY.row.id}/").content.decode()


def filled_in(client: Client, value: str) -> SimpleUploadedFile:
    """The county's form as it is handed out, with one value written into its last row, sent back."""
    handed: Any = client.get(AUGUST + "form/")
    table = table_in(b"".join(handed.streaming_content), words=HEADS)
    rows = [list(line.cells) for line in table.lines]
    rows[-1][6] = value
    into = BytesIO()
    write_sheet(into, title="八月", notes=[], heads=[Head(one) for one in table.heads], rows=rows, zone=SHANGHAI)
    return SimpleUploadedFile("八月.xlsx", into.getvalue())


def test_a_form_is_filled_in_looked_at_and_taken_whole(september: None) -> None:
    client = county()
    preview = client.post(AUGUST + "import/", {"table": filled_in(client, "4")})
    page = preview.content.decode()
    assert preview.status_code == 200, page
    assert f'name="id" value="{COUNTY.figure.id}"' in page
    assert "4家" in page
    assert COUNTY.figure.value is None

    taken = client.post(AUGUST + "import/", {"take": "1", "id": [str(COUNTY.figure.id)], "value": ["4"], "note": [""], "once_key": "i"})

    assert taken.status_code == 302
    assert (COUNTY.figure.value, COUNTY.figure.origin) == (4, "imported")


def test_a_form_with_one_wrong_cell_is_not_taken_and_the_cell_is_named(september: None) -> None:
    client = county()

    answer = client.post(AUGUST + "import/", {"table": filled_in(client, "约四家")})

    assert answer.status_code == 422
    assert "行“本期”" in answer.content.decode()
    assert "约四家" in answer.content.decode()


def test_the_meter_names_who_has_not_reported(september: None) -> None:
    COUNTY.goes_up(4)
    page = signed_in("city_office").get("/reports/meter/?period=2018-08").content.decode()

    assert COUNTY.row.region.name in page
    assert "报送率" in page
    names = signed_in("city_office").get("/reports/all/?period=2018-08&mark=missing").content.decode()
    assert "渤海新区" in names
    assert signed_in("city_office").get("/reports/meter/?by=unit").status_code == 200
    assert signed_in("city_office").get("/reports/meter/?by=line").status_code == 200
    saved = signed_in("city_office").get("/reports/meter/?period=2018-08&export=xlsx")
    rows = list(table_in(b"".join(saved.streaming_content), words=("应报", "未报")).lines)  # type: ignore[attr-defined]
    assert COUNTY.row.region.name in {line.cells[0] for line in rows}


def test_a_source_is_registered_at_the_screen(september: None) -> None:
    client = signed_in("province")
    client.post("/reports/sources/new/", {"code": "elderly", "name": "演示养老平台", "note": "", "once_key": "j"})

    assert Source.objects.filter(code="elderly", unit__code="13-development").exists()
    assert "演示养老平台" in client.get("/reports/sources/?source=elderly").content.decode()


def test_duties_stand_on_the_home_page(september: None) -> None:
    assert "报送目标任务进展" in county().get("/").content.decode()


@pytest.mark.parametrize("address", ["/reports/approve/", "/reports/accept/", "/reports/all/", "/reports/corrections/", "/reports/meter/"])
def test_pages_of_offices_are_not_for_firms(september: None, address: str) -> None:
    assert signed_in("firm").get(address).status_code == 403


def test_others_get_neither_the_report_nor_a_sheet(september: None) -> None:
    outsider = signed_in("outsider")
    for address in (f"/reports/{COUNTY.row.id}/", AUGUST, f"/reports/figures/{COUNTY.figure.id}/correct/"):
        assert outsider.get(address).status_code == 404
    assert COUNTY.row.region.name not in outsider.get("/reports/all/").content.decode()
    assert signed_in("firm").get("/reports/").status_code == 404


def test_a_list_costs_the_same_however_long_it_is(september: None) -> None:
    client = signed_in("province_office")
    client.get("/reports/all/")

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    assert queries("/reports/all/?words=双创") == queries("/reports/all/")


def test_the_story_is_about_a_count_that_adds_up(september: None) -> None:
    with acting("province_office"):
        assert indicator().aggregation == "sum"


def test_how_good_a_figure_is_is_chosen_on_the_sheet(september: None) -> None:
    client, figure = county(), COUNTY.figure

    client.post(AUGUST, {**typed("4", "draft"), f"q-{figure.id}": "provisional"})

    assert COUNTY.figure.quality == "provisional"
    page = client.get(AUGUST).content.decode()
    assert '<option value="provisional" selected>快报数</option>' in page


def test_evidence_travels_with_the_sheet_and_is_kept_when_something_else_is_wrong(september: None) -> None:
    client, report = county(), COUNTY.row
    sent = SimpleUploadedFile("验收.jpg", photo(), "image/jpeg")
    refused = client.post(AUGUST, {**typed("四家左右"), f"files-{report.id}": sent})
    kept = re.search(rf'name="files_kept-{report.id}" value="([^"]+)"', refused.content.decode())
    assert refused.status_code == 422
    assert kept is not None
    assert attached_to(report.id) == 0

    client.post(AUGUST, {**typed("4"), f"files_kept-{report.id}": kept[1]})

    assert (COUNTY.row.state, attached_to(report.id)) == ("submitted", 1)


def attached_to(report_id: UUID) -> int:
    with acting_as(viewer("province_office")):
        return Attachment.objects.filter(thing_kind="progress_report", thing_id=report_id).count()


def of_source(*rows: str) -> SimpleUploadedFile:
    heads = "指标编号,地区代码,统计期,数,数据时点,质量"
    return SimpleUploadedFile("平台.csv", "\n".join([heads, *rows]).encode(), "text/csv")


def test_a_source_sends_by_file_and_yesterday_s_figures_are_only_kept(september: None) -> None:
    client = signed_in("city")
    client.post("/reports/sources/new/", {"code": "platform", "name": "演示平台", "once_key": "s1"})
    address = "/reports/sources/platform/table/"
    wrong = client.post(address, {"table": of_source(f"{COUNT},130982,2018-08,四家,2018-09-03,"), "once_key": "s2"})
    assert (wrong.status_code, "第2行" in wrong.content.decode()) == (422, True)

    first = client.post(address, {"table": of_source(f"{COUNT},130982,2018-08,5,2018-09-03,快报数"), "once_key": "s3"})
    older = client.post(address, {"table": of_source(f"{COUNT},130982,2018-08,3,2018-09-02,"), "once_key": "s4"}, follow=True)

    assert first.status_code == 302
    assert (COUNTY.figure.value, COUNTY.figure.origin, COUNTY.figure.quality) == (5, "fetched", "provisional")
    assert "1个的数据时点比已有的旧，只留存、没有采用" in older.content.decode()
    blank = b"".join(client.get("/reports/sources/blank/").streaming_content)  # type: ignore[attr-defined]
    assert blank.startswith(b"PK")
    for login in ("outsider", "province"):
        assert signed_in(login).get(address).status_code == 404
