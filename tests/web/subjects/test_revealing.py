"""Looking at a firm's whole contact at the screen, and the mark on what is taken out of a list."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import NOW, acting
from tests.phones import give_phone
from zhitong.domain.history.queries import facts_about
from zhitong.domain.subjects.models import Subject
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db
AtScreen = Callable[[str], Client]
PHONE = "13800000001"


@pytest.fixture
def known(firm_id: UUID) -> UUID:
    """The firm with a contact."""
    with acting("province_office"):
        Subject.objects.filter(id=firm_id).update(contact="王演示")
        give_phone(Subject.objects.filter(id=firm_id), PHONE, "contact_phone")
    return firm_id


def test_the_purpose_is_asked_kept_when_refused_and_the_whole_stands_on_the_page_then(at_screen: AtScreen, known: UUID) -> None:
    desk, at = at_screen("city"), f"/subjects/{known}/contact/"
    with held_at(NOW):
        before = desk.get(f"/subjects/{known}/").content.decode()
        asked = desk.get(at).content.decode()
        refused = desk.post(at, {"purpose": "other", "words": "", "once_key": "look"})
        done = desk.post(at, {"purpose": "visit", "words": "", "once_key": "look-2"})
        after = desk.get(f"/subjects/{known}/").content.decode()

    assert "138****0001" in before
    assert PHONE not in before + asked
    assert at in before
    assert "今天还可以查看30次" in asked
    assert refused.status_code == 422
    assert "请写明用途" in refused.content.decode()
    assert done.status_code == 302
    assert PHONE in after
    assert at not in after
    assert at_screen("outsider").get(at).status_code == 404


def test_a_sheet_taken_out_names_who_took_it_and_its_number_leads_to_the_fact(at_screen: AtScreen, known: UUID) -> None:
    with held_at(NOW):
        answer = at_screen("city").get("/subjects/", {"export": "xlsx"})
    parts = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    sheet, properties = (parts.read(name).decode() for name in ("xl/worksheets/sheet1.xml", "docProps/core.xml"))

    number = properties.partition("导出编号 ")[2][:36]
    assert "演示庚" in properties
    assert number in sheet.partition("<oddHeader>")[2]
    with acting("city") as actor:
        assert [(one.kind, one.person_id) for one in facts_about(UUID(number))] == [("privacy.exported", actor.person_id)]
