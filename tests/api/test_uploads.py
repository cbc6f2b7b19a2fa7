"""Tables through the API: sent, looked at by row, mapped, committed once, taken back; nothing for others (R-D6)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import PLACE, Answered, Caller, Calls, answered
from tests.exchange.conftest import firm, sheet
from tests.phones import digests
from tests.world import NOW
from zhitong.domain.organisations.models import Person, Post, Tenure

pytestmark = pytest.mark.django_db


def sent(caller: Caller, content: bytes, **said: Any) -> Answered:
    headers = {"Authorization": f"Bearer {caller.secret}", "Idempotency-Key": str(uuid4())}
    body = {"file": SimpleUploadedFile("名单.xlsx", content), "kind": "subjects", **said}
    return answered(caller.client.post(f"{PLACE}/uploads", body, headers=headers))


def test_a_table_is_sent_looked_at_committed_and_taken_back(calls: Calls) -> None:
    office = calls("park_office")

    upload = sent(office, sheet(firm(1), firm(2)))
    path = f"/uploads/{upload.body['id']}"
    done = office.post(f"{path}/commit")
    back = office.post(f"{path}/undo")

    assert (upload.status, upload.body["counts"]["new"]) == (201, 2)
    assert (done.body["new"], done.body["ordered"]) == (2, False)
    assert back.body == {"rows": 2}
    assert office.get(path).body["state"]["code"] == "undone"
    assert [one["id"] for one in office.get("/uploads").body["rows"]] == [upload.body["id"]]


def test_wrong_cells_are_told_by_row_and_column_and_nothing_is_committed(calls: Calls) -> None:
    office = calls("park_office")

    upload = sent(office, sheet(firm(1), firm(2, revenue="约300")))
    path = f"/uploads/{upload.body['id']}"
    told = office.get(f"{path}/rows", verdict="wrong").body["rows"]
    refused = office.post(f"{path}/commit")

    assert [(row["line"], list(row["faults"])) for row in told] == [(3, ["revenue_cny"])]
    assert refused.status == 409
    assert "全部没有导入" in refused.sentence


def test_heads_can_be_mapped_and_a_table_dropped(calls: Calls) -> None:
    office = calls("park_office")
    upload = sent(office, sheet(firm(1), heads=("甲", "乙", "丙", "丁", "戊", "己")))
    path = f"/uploads/{upload.body['id']}"

    mapped = office.post(f"{path}/mapping", {"columns": {"甲": "name", "乙": "code", "丙": "kind", "丁": "region"}})
    dropped = office.post(f"{path}/drop")

    assert upload.body["counts"]["wrong"] == 1
    assert mapped.body["counts"]["new"] == 1
    assert dropped.body["state"]["code"] == "dropped"


def test_bad_tables_and_kinds_are_refused_and_others_find_nothing(calls: Calls) -> None:
    office = calls("park_office")
    upload = sent(office, sheet(firm(1)))
    path = f"/uploads/{upload.body['id']}"

    assert sent(office, b"PK\x03\x04").status == 422
    assert sent(office, sheet(firm(1)), kind="unknown").status == 422
    assert sent(calls("park"), sheet(firm(1))).status in (403, 409)
    for login in ("outsider", "zone_office", "firm"):
        other = calls(login)
        assert other.get("/uploads").body["rows"] == []
        assert other.get(path).status == 404
        assert other.get(f"{path}/rows").status == 404
        assert other.post(f"{path}/commit").status == 404
        assert other.post(f"{path}/undo").status == 404


def test_a_roster_of_people_comes_in_and_is_taken_back_by_who_administers_alone(calls: Calls) -> None:
    post = Post.objects.get(unit__code="130982-office", kind="administrator")
    person = Person.objects.create(login="administrator", name="演示寅")
    Tenure.objects.create(post=post, person=person, since=NOW.date())
    roster = sheet(["任丘市发展改革局", "演示巳", "演示专员", "13800000003"], heads=("单位", "姓名", "职务", "手机"))
    administrator = calls("administrator")

    upload = sent(administrator, roster, kind="people")
    done = administrator.post(f"/uploads/{upload.body['id']}/commit")
    back = administrator.post(f"/uploads/{upload.body['id']}/undo")

    assert (upload.body["counts"]["new"], done.body["new"], back.body) == (1, 1, {"rows": 1})
    assert not Tenure.objects.filter(person__phone_digest__in=digests("13800000003"), until__isnull=True).exists()
    assert sent(calls("park_office"), roster, kind="people").status == 403
    assert calls("outsider").get(f"/uploads/{upload.body['id']}").status == 404


def test_the_empty_table_of_a_kind_is_handed_to_who_brings_it_in(calls: Calls) -> None:
    caller = calls("park_office")

    handed = caller.client.get(f"{PLACE}/upload-templates/subjects", headers={"Authorization": f"Bearer {caller.secret}"})

    assert handed.status_code == 200
    assert handed.content.startswith(b"PK")
    assert "filename" in handed.headers["Content-Disposition"]
    assert calls("firm").get("/upload-templates/subjects").status == 404
