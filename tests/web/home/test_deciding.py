"""What waits for an office's word stands on its first page: excuses, corrections, removals, tiers worked out (R-E7, R-D4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from tests.api.conftest import Calls
from tests.api.conftest import calls as calls
from tests.cards.test_excusing import proven
from tests.cast import acting, viewer
from tests.web.portal.conftest import at_screen as at_screen
from tests.web.portal.conftest import open_april, text_of
from tests.world import NOW
from zhitong.domain.cards.actions import AskedExcuse, ask_excuses
from zhitong.domain.cards.rules.rounds import ExcuseReason
from zhitong.domain.subjects.actions.listing import ask_removal
from zhitong.domain.subjects.models import AssistanceList, Membership, Subject
from zhitong.domain.subjects.rules.kinds import RemovalCause
from zhitong.kit.clock import held_at

pytestmark = pytest.mark.django_db
AtScreen = Callable[[str], Client]


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with held_at(NOW):
        yield


@pytest.fixture
def asked(db: None) -> None:
    """南大港 says that its firm has stopped, and asks to take it off a list of the province."""
    round_id = open_april()
    with acting("province_office"):
        subject_id = Subject.objects.get(unit_id=viewer("firm").unit_id).id
        drawn = AssistanceList.objects.create(
            campaign="hebei-2018", code="asked", name="省级名单", kind="industry", year=2018,
            drawn_by_id=viewer("province_office").unit_id,
        )
        Membership.objects.create(list=drawn, subject_id=subject_id, since=date(2018, 3, 1))
    with acting("park_office") as actor:
        proof = proven(viewer("park_office"))
        ask_excuses([AskedExcuse(
            round_id=round_id, subject_id=subject_id, reason=ExcuseReason.SUSPENDED, proof="停产", actor=actor,
            file_ids=[proof.id],
        )], now=NOW)
        ask_removal(subject_id=subject_id, list_id=drawn.id, cause=RemovalCause.SUSPENDED, proof="停产证明", actor=actor, now=NOW)


def test_what_was_asked_waits_on_the_first_page_of_who_decides(at_screen: AtScreen, asked: None) -> None:
    page = at_screen("province_office").get("/")

    assert [one.asked for one in page.context["deciding"]] == [
        "2018年4月未报原因：停产停业，南大港产业园区“双创双服”活动领导小组办公室登记",
        "南大港产业园区“双创双服”活动领导小组办公室申请移出“省级名单”：停产停业",
    ]
    for one in page.context["deciding"]:
        assert at_screen("province_office").get(one.url).status_code == 200
    for login in ("park_office", "city_office", "outsider", "province"):
        assert at_screen(login).get("/").context["deciding"] == []
    assert "等本办审批的" in text_of(page)


def test_programs_are_told_the_same(calls: Calls, asked: None) -> None:
    told = calls("province_office").get("/duties").body["decisions"]

    assert sorted(one["what"] for one in told) == ["excuse", "removal"]
    assert calls("outsider").get("/duties").body["decisions"] == []
    assert calls("province").get("/duties").body["decisions"] == []
