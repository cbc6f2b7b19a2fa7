"""Whom to ring at a firm: whole for who takes part, masked for others, whole for some minutes for a purpose that is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as configured

from tests.api.conftest import TEXT, Calls
from tests.cast import NOW, acting, viewer
from zhitong.domain.exchange.queries.forms import rows_kept
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.history.queries import facts_about
from zhitong.domain.privacy.models import Unmasking
from zhitong.domain.subjects.actions.changing import Change, change
from zhitong.domain.subjects.models import Subject
from zhitong.domain.subjects.rules.describing import Field
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db
PHONE = "13800000001"
WHOLE, PART = ("王演示", PHONE), ("王**", "138****0001")


@pytest.fixture
def firm_id(db: None) -> UUID:
    """The firm of 南大港, whose contact is known."""
    with acting("province_office") as actor:
        row = Subject.objects.get(name="演示南大港石化设备有限公司")
        change(
            [Change(subject_id=row.id, values={Field.CONTACT: WHOLE[0], Field.CONTACT_PHONE: PHONE})], actor=actor, now=NOW
        )
    return row.id


@pytest.fixture
def two_a_day(settings: Any) -> None:
    settings.MASKING = replace(configured.MASKING, a_day=2)


def contact(calls: Calls, login: str, firm_id: UUID) -> tuple[str, str]:
    told = calls(login).get(f"/subjects/{firm_id}").body["described"]
    return told["contact"], told["contact_phone"]


def looks(calls: Calls, login: str, firm_id: UUID, **said: str) -> Any:
    return calls(login).post(f"/subjects/{firm_id}/contact", {"purpose": "help", **said})


def test_who_takes_part_reads_the_whole_and_others_the_mask_in_lists_taken_out_too(calls: Calls, firm_id: UUID) -> None:
    assert contact(calls, "park_office", firm_id) == WHOLE
    assert contact(calls, "city", firm_id) == contact(calls, "park", firm_id) == PART
    with acting("firm"):
        assert Subject.objects.get(id=firm_id).contact_phone == PHONE
    with acting("city"):
        cells = next(row for row in rows_kept(viewer("city"), UploadKind.SUBJECTS) if str(firm_id) in row)
    assert set(PART) <= set(cells)
    assert not set(WHOLE) & set(cells)


def test_who_handles_the_firms_problem_reads_the_whole_but_not_where_the_firm_is_not_named_to_him(
    calls: Calls, firm_id: UUID
) -> None:
    calls("firm").post("/problems", {"category": "energy", "text": TEXT, "unnamed": True})
    assert contact(calls, "park", firm_id) == PART

    calls("firm").post("/problems", {"category": "energy", "text": f"{TEXT}第二次反映。"})

    assert contact(calls, "park", firm_id) == WHOLE


def test_the_whole_is_shown_for_a_purpose_to_that_person_for_ten_minutes(calls: Calls, firm_id: UUID) -> None:
    refused = looks(calls, "city", firm_id, purpose="other")
    shown = looks(calls, "city", firm_id, purpose="other", words="核对中小企业名录")

    assert (refused.status, refused.body["fields"]) == (422, {"words": "请写明用途，200字以内。"})
    assert (shown.status, PHONE in str(shown.body)) == (200, False)
    assert contact(calls, "city", firm_id) == WHOLE
    assert contact(calls, "province", firm_id) == PART
    with held_at(NOW + timedelta(minutes=10)):
        assert contact(calls, "city", firm_id) == PART
    with acting("city"):
        [fact] = [one for one in facts_about(firm_id) if one.kind == "privacy.unmasked"]
        assert fact.person_id == viewer("city").person_id
        assert PHONE not in str(fact.body)
        assert Unmasking.objects.count() == 1
    with acting("province"):
        assert not Unmasking.objects.exists(), "a look is its person's own"


def test_looks_are_counted_by_day(calls: Calls, firm_id: UUID, two_a_day: None) -> None:
    answers = [looks(calls, "city", firm_id).status for _look in range(3)]
    with held_at(NOW + timedelta(days=1)):
        tomorrow = looks(calls, "city", firm_id).status

    assert [*answers, tomorrow] == [200, 200, 409, 200]


@pytest.mark.parametrize(("login", "status"), [("outsider", 404), ("other_firm", 404), ("firm", 403)])
def test_nobody_else_looks_at_it(calls: Calls, firm_id: UUID, login: str, status: int) -> None:
    assert looks(calls, login, firm_id).status == status


def test_a_mask_that_comes_back_from_a_form_changes_nothing(firm_id: UUID) -> None:
    with acting("park_office") as actor:
        values = {Field.CONTACT: PART[0], Field.CONTACT_PHONE: PART[1], Field.ADDRESS: "演示路9号"}
        change([Change(subject_id=firm_id, values=values)], actor=actor, now=NOW)

        row = Subject.objects.get(id=firm_id)
        assert ((row.contact, row.contact_phone), row.address) == (WHOLE, "演示路9号")


def test_a_contact_is_erased_at_his_wish_by_the_office_alone_and_with_a_reason(calls: Calls, firm_id: UUID) -> None:
    office, said = calls("park_office"), {"reason": "联系人离职，本人来函要求删除"}

    refused = [calls(login).post(f"/subjects/{firm_id}/forget", said).status for login in ("outsider", "city", "firm")]
    erased = office.post(f"/subjects/{firm_id}/forget", said)
    again = office.post(f"/subjects/{firm_id}/forget", said)

    assert refused == [404, 403, 403]
    assert contact(calls, "park_office", firm_id) == ("", "")
    assert (erased.status, again.status) == (200, 409)
    with acting("park_office"):
        assert [one.kind for one in facts_about(firm_id)][-1] == "privacy.erased"
        assert not Subject.objects.exclude(contact_phone_digest="").filter(id=firm_id).exists()
