"""Progress reports and figures of other systems through the API (R-E3, R-E4, R-J1)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import PLACE, Answered, Caller, Calls, answered
from tests.cast import acting
from tests.progress.way import COUNT, LOCKED, NOW, Sheet, indicator, opened
from zhitong.domain.progress.models import Correction
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db

CITY, ZONE = Sheet("1309"), Sheet("130973")


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    """The first week of September, August being opened."""
    with held_at(NOW):
        opened()
        yield


def test_a_report_is_drafted_sent_approved_and_accepted_by_programs(calls: Calls) -> None:
    zone, office, above = calls("zone"), calls("zone_office"), calls("city_office")
    [owed] = [one for one in zone.get("/reports").body["rows"] if one["id"] == str(ZONE.row.id)]
    figure = {"indicator_id": str(indicator().id), "value": "7"}
    assert zone.post(f"/reports/{owed['id']}/draft", {"figures": [figure], "progress_words": "已建成七家。"}).status == 200

    assert zone.post(f"/reports/{owed['id']}/submit", {}).body == {"count": 1}
    assert office.post("/reports/approve", {"report_ids": [owed["id"]]}).body == {"count": 1}
    assert [one["id"] for one in above.get("/reports", lens="accept").body["rows"]] == [owed["id"]]
    assert above.post("/reports/accept", {"report_ids": [owed["id"]]}).body == {"count": 1}

    found = above.get(f"/reports/{owed['id']}").body
    assert (found["state"]["code"], found["figures"][0]["value"]) == ("accepted", "7.000000")


def test_two_reports_for_a_period_and_a_report_without_words_are_refused(calls: Calls) -> None:
    zone = calls("zone")
    assert zone.post(f"/reports/{ZONE.row.id}/submit", {}).status == 422
    zone.post(f"/reports/{ZONE.row.id}/draft", {"figures": [{"indicator_id": str(indicator().id), "value": "7"}], "progress_words": "。"})
    zone.post(f"/reports/{ZONE.row.id}/submit", {})

    again = zone.post(f"/reports/{ZONE.row.id}/submit", {})

    assert (again.status, "待本级审核" in again.body["sentence"]) == (409, True)


def test_an_office_returns_and_lets_through_with_reasons(calls: Calls) -> None:
    office = calls("city_office")
    assert office.post("/reports/let-through", {"report_ids": [str(CITY.row.id)], "reason": "台风停工"}).body == {"count": 1}
    ZONE.goes_up(7)

    assert office.post("/reports/return", {"report_ids": [str(ZONE.row.id)], "reason": "漏报"}).body == {"count": 1}
    assert (CITY.row.below_reason, ZONE.row.return_reason) == ("台风停工", "漏报")
    meter = office.get("/reports/meter", period="2018-08").body
    assert (meter["total"]["returned"], meter["total"]["ever_returned"]) == (1, 1)


def test_a_correction_is_asked_and_decided_by_programs(calls: Calls) -> None:
    ZONE.goes_up(7)
    with held_at(LOCKED):
        asked = calls("zone").post(f"/reports/figures/{ZONE.figure.id}/correct", {"after": "8", "reason": "漏报"})
        waiting = calls("city_office").get("/reports/corrections").body["rows"]
        decided = calls("city_office").post(f"/reports/corrections/{asked.body['id']}/decide", {"is_allowed": True})

    assert ([one["is_ours"] for one in waiting], decided.status, ZONE.figure.value) == ([True], 200, 8)
    with acting("province_office"):
        assert Correction.objects.get().is_allowed


def test_a_source_sends_and_an_older_stand_is_only_kept(calls: Calls) -> None:
    city = calls("city")
    assert city.post("/sources", {"code": "platform", "name": "演示平台"}).status == 201
    one = {"indicator": COUNT, "region": "130973", "period": "2018-08", "value": "7", "as_of": "2018-09-02T10:00:00+08:00"}

    first = city.post("/source_figures", {"source": "platform", "figures": [one]})
    older = city.post("/source_figures", {"source": "platform", "figures": [one | {"value": "5", "as_of": "2018-09-01T10:00:00+08:00"}]})

    assert first.body == {"newest": 1, "older": 0, "known": 0, "filled": 1}
    assert older.body == {"newest": 0, "older": 1, "known": 0, "filled": 0}
    assert [(row["code"], row["figures"]) for row in city.get("/sources").body["rows"]] == [("platform", 2)]
    assert calls("outsider").post("/source_figures", {"source": "platform", "figures": [one]}).status == 404


def test_a_source_sends_by_table_whole_or_not_at_all(calls: Calls) -> None:
    city = calls("city")
    city.post("/sources", {"code": "platform", "name": "演示平台"})

    wrong = by_table(city, f"{COUNT},130973,2018-08,7,2018-09-02", f"{COUNT},130973,2018-07,七家,2018-09-02")
    right = by_table(city, f"{COUNT},130973,2018-08,7,2018-09-02 10:00")
    older = by_table(city, f"{COUNT},130973,2018-08,5,2018-09-01")

    assert (wrong.status, "第3行" in wrong.sentence) == (422, True)
    assert right.body == {"newest": 1, "older": 0, "known": 0, "filled": 1}
    assert older.body["older"] == 1
    assert by_table(calls("outsider"), f"{COUNT},130973,2018-08,5,2018-09-01").status == 404


def by_table(caller: Caller, *rows: str) -> Answered:
    content = "\n".join(["指标编号,地区代码,统计期,数,数据时点", *rows]).encode()
    headers = {"Authorization": f"Bearer {caller.secret}", "Idempotency-Key": str(uuid4())}
    body = {"file": SimpleUploadedFile("平台.csv", content), "source": "platform"}
    return answered(caller.client.post(f"{PLACE}/source_figures/table", body, headers=headers))


def test_duties_name_what_waits(calls: Calls) -> None:
    waiting = calls("zone").get("/duties").body["reports"]

    assert [(one["act"]["code"], one["period"]) for one in waiting] == [("report", "2018-08")]


def test_others_get_nothing(calls: Calls) -> None:
    outsider = calls("outsider")
    assert outsider.get(f"/reports/{ZONE.row.id}").status == 404
    assert outsider.post(f"/reports/{ZONE.row.id}/draft", {"figures": []}).status == 404
    assert outsider.get("/reports/meter", period="2018-08", region="1309").status == 404
    assert calls("firm").get("/reports").body["rows"] == []
    assert calls("firm").get("/sources").status == 404
