"""A monthly meeting of the city's campaign office with two of its departments and an office below, told short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting_as, viewer
from tests.inspections.looking import unit_id
from tests.world import NOW
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.actions.opening import Setting, open_cycle
from zhitong.domain.rhythm.actions.preparing import call
from zhitong.domain.rhythm.actions.recording import Decided, Meeting, publish, record_meeting
from zhitong.domain.rhythm.models import Decision
from zhitong.domain.rhythm.queries.cycles import CycleView, cycle_seen
from zhitong.domain.rhythm.rules.kinds import CycleKind
from zhitong.kit import clock

LEAD, JOINT, BELOW = "1309-development", "1309-industry", "130973-office"
CAMPAIGN = "hebei-2018"


def setting(**said: Any) -> Setting:
    """In three days at the government, with two departments and the office of the zone."""
    return Setting(**{
        "meets_at": NOW + timedelta(days=3), "place": "政府第二会议室", "chair": "分管领导",
        "called": (unit_id(LEAD), unit_id(JOINT), unit_id(BELOW)), **said,
    })


def does(who: Viewer | str, act: Any, *said: Any, now: datetime = NOW, **named: Any) -> Any:
    """An act of somebody of the cast, or of a viewer."""
    one = viewer(who) if isinstance(who, str) else who
    with acting_as(one) as here:
        return act(here, *said, actor=here.actor("test"), now=now, **named)


def opened(by: str = "city_office", kind: CycleKind = CycleKind.MONTHLY_MEETING, period: str = "2018-04", **said: Any) -> UUID:
    """A cycle being prepared."""
    made: UUID = does(by, open_cycle, CAMPAIGN, kind, period, setting(**said))
    return made


def held(cycle: UUID, *decisions: Decided, **said: Any) -> UUID:
    """The cycle called, held today and recorded with its decisions; by default one of five working days."""
    made = decisions or (Decided("一周内拿出供电方案。", unit_id(LEAD), 5, (unit_id(JOINT),)),)
    does("city_office", call, cycle)
    does("city_office", record_meeting, cycle, Meeting(**{
        "held_on": date(2018, 4, 27), "attended": "各参加单位", "minutes": "会议听取了情况汇报。", "decisions": made, **said,
    }))
    return cycle


def published(*decisions: Decided) -> tuple[UUID, list[UUID]]:
    """A cycle whose minutes are out, and its decisions in their order."""
    cycle = held(opened(), *decisions)
    does("city_office", publish, cycle)
    with acting_as(viewer("city_office")):
        return cycle, list(Decision.objects.filter(cycle_id=cycle).order_by("number").values_list("id", flat=True))


def seen(who: Viewer | str, cycle: UUID, now: datetime = NOW) -> CycleView:
    """The cycle as somebody sees it."""
    one = viewer(who) if isinstance(who, str) else who
    with acting_as(one) as here:
        return cycle_seen(here, cycle, now=now)


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with clock.held_at(NOW):
        yield
