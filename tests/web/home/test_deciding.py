"""What waits for an office's word stands on its first page: excuses, corrections, removals, tiers worked out (R-E7, R-D4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from tests.api.conftest import Calls
from tests.api.conftest import calls as calls
from tests.cards.test_excusing import proven
from tests.cast import acting, viewer
from tests.extras.proposals import proposed as extra_proposed
from tests.plans.timetables import planned
from tests.web.portal.conftest import at_screen as at_screen
from tests.web.portal.conftest import open_april, text_of
from tests.world import NOW
from zhitong.domain.cards.actions import AskedExcuse, ask_excuses
from zhitong.domain.cards.rules.rounds import ExcuseReason
from zhitong.domain.plans.actions.amending.drafting import AmendmentAsked, draft_amendment, submit_amendment
from zhitong.domain.plans.actions.curving import propose_curve
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Indicator, Plan
from zhitong.domain.plans.rules import Changed, Comparator, CurveShape, TermSource
from zhitong.domain.plans.rules.amending import ItemAsked
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


@pytest.fixture
def proposed(db: None) -> tuple[str, str]:
    """The city proposes a curve for a target of its own and submits an amendment of it: (name, title)."""
    indicator = Indicator.objects.get(code="P116")
    city_region = viewer("city_office").region_id
    [target_id] = set_terms([NewTerm(
        indicator.id, city_region, Comparator.EQUAL, Decimal(40), None, None, date(2018, 2, 1), TermSource.DIVISION, None, "",
    )], now=NOW)
    asked = AmendmentAsked(
        "关于调整目标的请示", "征地", "", date(2018, 4, 27),
        [ItemAsked(Changed.VALUE, target_id, {"comparator": "=", "value": "36", "upper": ""})],
    )
    with acting("city_office") as actor:
        city, plan = viewer("city_office"), Plan.objects.get(campaign="hebei-2018")
        propose_curve(city, target_id, shape=CurveShape.S_CURVE, reason="", actor=actor, now=NOW)
        amendment_id = draft_amendment(city, plan.id, asked, actor=actor, now=NOW)
        submit_amendment(city, amendment_id, version=1, actor=actor, now=NOW)
    return indicator.name, asked.title


def test_curves_and_amendments_wait_with_the_office_that_decides_them(
    at_screen: AtScreen, calls: Calls, proposed: tuple[str, str]
) -> None:
    office = at_screen("province_office")
    deciding = office.get("/").context["deciding"]

    assert sorted(one.title for one in deciding) == sorted(proposed)
    assert {str(one.asked)[-5:] for one in deciding} == {"线，等认可", "整，等批准"}
    assert all(office.get(one.url).status_code == 200 for one in deciding)
    assert sorted(one["what"] for one in calls("province_office").get("/duties").body["decisions"]) == ["amendment", "curve"]
    for login in ("city_office", "outsider", "province"):
        assert at_screen(login).get("/").context["deciding"] == []
        assert calls(login).get("/duties").body["decisions"] == []


def test_programs_are_told_of_milestones_and_proposals_that_wait(calls: Calls) -> None:
    planned(due_on=date(2018, 5, 2), unit_id=viewer("city").unit_id)
    asked = extra_proposed()

    milestones = calls("city").get("/duties").body["milestones"]
    assert [(one["name"], one["state"]["code"]) for one in milestones] == [("完成招标", "due_soon")]
    assert [one["id"] for one in calls("park_office").get("/duties").body["extras"]] == [str(asked)]
    outside = calls("outsider").get("/duties").body
    assert (outside["milestones"], outside["extras"]) == ([], [])
