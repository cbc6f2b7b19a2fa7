"""分包帮扶 at the screen (R-B2): numbers that open to names, proposals kept after a look, hand-over; outsiders get nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.cast import acting
from tests.subjects.conftest import firm as firm
from tests.subjects.conftest import rules as rules
from tests.subjects.conftest import sound_code
from tests.visits.conftest import afternoon as afternoon
from tests.web.stories import signed_in
from tests.world import NOW
from zhitong.domain.organisations.models import Unit
from zhitong.domain.subjects.actions.registering import NewSubject, register
from zhitong.domain.subjects.models import Care
from zhitong.domain.subjects.rules.tiers import TierRule

pytestmark = pytest.mark.django_db


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def two(db: None, firm: Callable[..., NewSubject], rules: list[TierRule]) -> list[UUID]:
    """Two firms of the zone without anybody."""
    with acting("zone_office") as actor:
        return register([firm(name="演示甲厂"), firm(name="演示乙厂")], rules=rules, actor=actor, now=NOW)


def said(**changes: str) -> dict[str, str]:
    unit = str(Unit.objects.get(code="130973-economy").id)
    return {
        "tier": "county", "unit": unit, "lead_official": "演示甲主任", "person_in_charge": "演示乙科长", "liaison": "演示丙",
        "liaison_phone": "13800000000", "once_key": "assign", **changes,
    }


def test_one_is_assigned_the_other_proposed_and_kept_and_the_gaps_are_gone(two: list[UUID]) -> None:
    office = signed_in("zone_office")
    assert "演示甲厂" in words_of(office.get("/care/gaps/"))

    page = office.post(f"/care/assign/{two[0]}/", said(), follow=True)
    proposals = office.get("/care/suggest/")
    kept = office.post("/care/suggest/", {"chosen": [str(two[1])], "once_key": "keep"}, follow=True)

    assert "演示丙" in words_of(page)
    assert "演示乙厂" in words_of(proposals)
    assert "同一地方已分包1户" in words_of(proposals)
    assert "已按建议落实1户" in words_of(kept)
    assert "演示乙厂" not in words_of(office.get("/care/gaps/"))
    assert "落实率" in words_of(office.get("/care/"))
    assert "演示甲主任" in words_of(office.get("/care/load/"))
    exported = b"".join(office.get("/care/gaps/?export=xlsx").streaming_content)
    assert not any("演示乙厂" in row for row in CalamineWorkbook.from_filelike(io.BytesIO(exported)).get_sheet_by_index(0).to_python())


def test_nothing_is_kept_that_nobody_ticked_and_a_change_wants_its_reason(two: list[UUID]) -> None:
    office = signed_in("zone_office")
    office.post(f"/care/assign/{two[0]}/", said())

    nothing = office.post("/care/suggest/", {"once_key": "none"})
    change = office.post(f"/care/assign/{two[0]}/", said(lead_official="演示丁主任", once_key="again"))

    assert nothing.status_code == 409
    assert "一户也没有选" in words_of(nothing)
    assert change.status_code == 422
    assert "变更要写明理由" in words_of(change)
    assert "演示丁主任" in change.content.decode()
    with acting("zone_office"):
        assert Care.objects.filter(subject_id__in=two).count() == 1


def test_all_of_one_official_are_handed_over(two: list[UUID]) -> None:
    office = signed_in("zone_office")
    for place, one in enumerate(two):
        office.post(f"/care/assign/{one}/", said(once_key=str(place)))
    address = "/care/hand-over/?unit=130973-economy&official=演示甲主任"

    assert office.get("/care/leaving/?unit=130973-economy&official=演示甲主任").status_code == 200
    page = office.post(address, {"successor": "演示戊主任", "reason": "调离", "once_key": "over"}, follow=True)

    assert "2户已从今天起由演示戊主任分包" in words_of(page)
    assert office.get(address).status_code == 200
    assert signed_in("zone").get(address).status_code == 403


def test_the_overview_goes_down_region_by_region_and_costs_the_same_with_more_firms(
    two: list[UUID], firm: Callable[..., NewSubject], rules: list[TierRule]
) -> None:
    province = signed_in("province_office")
    province.get("/care/")
    costs = []
    for more in range(2):
        with CaptureQueriesContext(connection) as asked:
            said_there = words_of(province.get("/care/?region=130973"))
        costs.append(len(asked))
        with acting("zone_office") as actor:
            register([firm(name=f"演示丙厂{place}", code=sound_code(900 + place)) for place in range(3 * (1 - more))],
                     rules=rules, actor=actor, now=NOW)

    assert "没有落实" in said_there
    assert "规上工业企业" in said_there
    assert len(set(costs)) == 1


@pytest.mark.parametrize("path", ["/care/", "/care/gaps/", "/care/load/", "/care/suggest/"])
def test_an_outsider_finds_nothing_of_another_county(two: list[UUID], path: str) -> None:
    outsider = signed_in("outsider")

    assert "演示甲厂" not in words_of(outsider.get(path))
    assert outsider.get(f"{path}?region=130973").status_code == 404
    assert signed_in("firm").get(path).status_code == 404
    assert outsider.post(f"/care/assign/{two[0]}/", said()).status_code == 404
