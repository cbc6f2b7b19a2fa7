"""An inspection of the city's inspection office at departments of the city, told short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.cast import official_of, viewer
from tests.world import NOW
from zhitong.domain.inspections.actions.finding import Found, register_finding
from zhitong.domain.inspections.actions.planning import Plan, approve_plan, plan, submit_plan
from zhitong.domain.inspections.rules.kinds import Way
from zhitong.domain.organisations.models import Unit
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit import clock

OFFICE, OBJECT, OTHER = "1309-inspection", "1309-development", "1309-industry"


def unit_id(code: str) -> UUID:
    return Unit.objects.get(code=code).id


def wanted(**said: Any) -> Plan:
    """A plan to look at two departments of the city, approved by its inspection office."""
    return Plan(**{
        "campaign": "hebei-2018", "title": "问题办理情况督查", "matters": "看已销号的问题是否真解决。", "way": Way.ON_SITE,
        "objects_of": (unit_id(OBJECT), unit_id(OTHER)), "approver_id": unit_id(OFFICE), "since": date(2018, 4, 27),
        "until": date(2018, 5, 11), **said,
    })


def does(who: Viewer | str, act: Any, *said: Any, **named: Any) -> Any:
    """An act of somebody of the cast, or of a viewer."""
    one = viewer(who) if isinstance(who, str) else who
    with acting_as(one) as here:
        return act(here, *said, actor=here.actor("test"), now=NOW, **named)


def approved(by: str = "city_office", inspector: Viewer | None = None, **said: Any) -> UUID:
    """An inspection of the city's campaign office, sent in and approved."""
    made: UUID = does(by, plan, wanted(**said))
    does(by, submit_plan, made)
    does(inspector or official_of(OFFICE), approve_plan, made, "")
    return made


def found(inspection: UUID, **said: Any) -> UUID:
    """A finding at the city's department of development."""
    finding: UUID = does("city_office", register_finding, inspection, Found(**{
        "unit_id": unit_id(OBJECT), "what": "没有到现场。", "demand": "重新联系企业，报现场照片。", "workdays": 5, **said,
    }))
    return finding


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with clock.held_at(NOW):
        yield
