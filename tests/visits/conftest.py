"""Visits to the firm of 南大港, told short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.web.portal.conftest import care_for
from tests.world import NOW
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.subjects.models import Subject
from zhitong.domain.visits.actions.planning import NewPlan, plan_visit
from zhitong.domain.visits.actions.recording import NewVisit, record_visit
from zhitong.kit import clock

FIRM = "演示南大港石化设备有限公司"
TODAY = date(2018, 4, 27)


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with clock.held_at(NOW):
        yield


@pytest.fixture
def firm_id(db: None) -> UUID:
    """The firm, looked after by the park's economy bureau."""
    care_for("firm", "park")
    with acting("province_office"):
        return Subject.objects.values_list("id", flat=True).get(name=FIRM)


def visited(firm_id: UUID, login: str = "park", **said: Any) -> UUID:
    """A visit written down by a member of the cast."""
    given: dict[str, Any] = {
        "campaign": "hebei-2018", "subject_id": firm_id, "happened_on": TODAY, "lead_official": "演示赵副主任",
        "words": "订单饱满；夜间限电；想招五名焊工。", **said,
    }
    with acting_as(viewer(login)) as here:
        return record_visit(here, NewVisit(actor=here.actor("test"), now=NOW, **given))


def planned(firm_id: UUID, login: str = "park", **said: Any) -> UUID:
    """A visit planned by a member of the cast for the 28th, a make-up Saturday."""
    given: dict[str, Any] = {"subject_id": firm_id, "planned_on": date(2018, 4, 28), "who": "演示赵副主任", **said}
    with acting_as(viewer(login)) as here:
        return plan_visit(here, NewPlan(actor=here.actor("test"), now=NOW, **given))
