"""座谈会 and 提建议 at the screen (R-B4, R-G6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.cast import acting
from tests.intake.conftest import FIRM
from tests.intake.test_suggesting import seated
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.organisations.models import Person
from zhitong.domain.problems.models import Problem
from zhitong.kit import clock

pytestmark = pytest.mark.django_db

MEETING = {
    "name": "二季度座谈会", "held_on": "2018-04-26", "chaired_by": "演示赵副主任", "came": "演示企业10家", "once_key": "meeting",
    "guests": f"{FIRM}\n演示小厂：请假，出差",
    "matters": f"{FIRM}：夜间限电\n演示小厂:路不通\n",
}


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_meeting_opens_a_case_for_every_line_and_shows_how_each_stands() -> None:
    client = signed_in("park")

    page = client.post("/intake/symposia/new/", MEETING, follow=True)

    said = words_of(page)
    assert "2 个事项已立案" in said
    assert "夜间限电" in said
    assert "演示小厂" in said
    assert "请假 出差" in said
    assert "还没有答复" in said
    assert "二季度座谈会" in words_of(client.get("/intake/symposia/"))
    assert "二季度座谈会" not in words_of(client.get("/intake/symposia/?quarter=2018Q1"))
    assert "未召开" in words_of(signed_in("zone_office").get("/intake/symposia/"))
    assert signed_in("outsider").get(page.request["PATH_INFO"]).status_code == 404
    assert signed_in("firm").get("/intake/symposia/").status_code == 404


def test_a_line_without_a_firm_is_named_and_nothing_is_written() -> None:
    answer = signed_in("park").post("/intake/symposia/new/", {**MEETING, "matters": "演示小厂：路不通\n没有企业"})

    assert answer.status_code == 422
    assert "第2行要写成“企业名称：事项”" in words_of(answer)
    with acting("province_office"):
        assert not Problem.objects.exists()


def test_a_delegate_puts_a_suggestion_and_sees_it_again() -> None:
    seated("delegate")
    client = Client()
    client.force_login(Person.objects.get(login="delegate"))

    page = client.post("/intake/suggest/", {"text": "建议增开早班公交。", "once_key": "s"}, follow=True)

    assert "建议已提交" in words_of(page)
    assert "建议增开早班公交" in words_of(client.get("/intake/suggest/"))
    assert "提建议" in words_of(page)
    assert signed_in("park").get("/intake/suggest/").status_code == 403
