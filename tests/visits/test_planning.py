"""Visits to come are seen by all concerned, joined rather than repeated, and a firm left in peace is left so (R-B4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.visits.conftest import TODAY, planned, visited
from tests.world import NOW
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.visits.actions.planning import (
    LeftInPeace,
    PlannedAlready,
    PlanOver,
    ask_quiet,
    call_off,
    end_quiet,
    join_visit,
)
from zhitong.domain.visits.models import Plan, Quiet
from zhitong.domain.visits.queries.lists import plans_for
from zhitong.domain.visits.queries.outlook import outlook
from zhitong.domain.visits.rules.kinds import VisitKind
from zhitong.domain.visits.rules.planning import goes_together, how_often, month_of
from zhitong.kit.refusals import BadInput, NotFound

DAY = date(2018, 4, 28)


def seen(login: str) -> list[UUID]:
    with acting_as(viewer(login)) as here:
        return [one.id for one in plans_for(here, today=TODAY)]


def join(login: str, plan: UUID) -> UUID:
    with acting_as(viewer(login)) as here:
        return join_visit(here, plan, "演示戊", actor=here.actor("test"), now=NOW)


def test_a_plan_is_seen_by_who_looks_after_the_firm_its_offices_its_own_line_and_the_firm(firm_id: UUID) -> None:
    plan = planned(firm_id, "park_office")

    assert [seen(login) for login in ("park", "zone_office", "zone", "firm")] == [[plan]] * 4
    for login in ("outsider", "neighbour", "other_firm"):
        assert seen(login) == []
        with acting_as(viewer(login)), without_first_wall():
            assert not Plan.objects.exists()


def test_the_month_is_told_before_one_plans_and_calls_are_no_visits(firm_id: UUID) -> None:
    visited(firm_id, happened_on=date(2018, 4, 3))
    visited(firm_id, happened_on=date(2018, 4, 9), kind=VisitKind.CALL)
    visited(firm_id, happened_on=date(2018, 3, 30))
    planned(firm_id, "park_office")

    with acting_as(viewer("zone")) as here:
        found = outlook(here, firm_id, TODAY)

    assert (found.done, len(found.plans), found.goes_together) == (1, 1, True)
    assert found.words == "4月已走访1次，另有1次计划。"


@pytest.mark.parametrize(
    ("said", "refused", "sentence"),
    [
        ({"planned_on": TODAY - timedelta(days=1)}, BadInput, "一年以内"), ({"who": " "}, BadInput, "谁去走访"),
        ({"planned_on": TODAY + timedelta(days=400)}, BadInput, "一年以内"), ({"purpose": "机密"}, BadInput, "非涉密"),
    ],
)
def test_what_cannot_be_planned_leaves_no_plan(firm_id: UUID, said: dict[str, Any], refused: type[Exception], sentence: str) -> None:
    with pytest.raises(refused, match=sentence):
        planned(firm_id, **said)
    assert seen("park") == []


def test_one_unit_goes_once_on_a_day(firm_id: UUID) -> None:
    planned(firm_id)

    with pytest.raises(PlannedAlready):
        planned(firm_id)


def test_a_joint_visit_is_one_day_for_all_and_goes_on_without_who_stays_away(firm_id: UUID) -> None:
    host = planned(firm_id)
    other = join("zone_office", host)

    with acting_as(viewer("park")) as here:
        call_off(here, host, "开会", actor=here.actor("test"), now=NOW)
        with pytest.raises(PlanOver):
            call_off(here, host, "开会", actor=here.actor("test"), now=NOW)

    assert seen("park") == [other]
    with acting("park"):
        assert len(set(Plan.objects.values_list("together", "planned_on"))) == 1
    with pytest.raises(PlanOver):
        join("park_office", host)
    with pytest.raises(NotFound):
        join("outsider", other)


def test_a_firm_left_in_peace_is_visited_with_a_reason_alone(firm_id: UUID) -> None:
    with acting_as(viewer("firm")) as here:
        ask_quiet(here, firm_id, "赶订单", actor=here.actor("test"), now=NOW)
        ask_quiet(here, firm_id, "再说一次", actor=here.actor("test"), now=NOW)

    with pytest.raises(LeftInPeace, match="写明理由"):
        planned(firm_id)
    assert planned(firm_id, despite_quiet="安全检查")
    with acting_as(viewer("park")) as here:
        assert outlook(here, firm_id, TODAY).quiet is not None
        end_quiet(here, firm_id, actor=here.actor("test"), now=NOW)
        with pytest.raises(NotFound):
            end_quiet(here, firm_id, actor=here.actor("test"), now=NOW)
        assert Quiet.objects.get().words == "赶订单"
    assert planned(firm_id, planned_on=DAY + timedelta(days=1))


@pytest.mark.parametrize("login", ["outsider", "other_firm"])
def test_a_stranger_asks_for_nobodys_peace(firm_id: UUID, login: str) -> None:
    with acting_as(viewer(login)) as here, pytest.raises(NotFound):
        ask_quiet(here, firm_id, "别来", actor=here.actor("test"), now=NOW)


@pytest.mark.parametrize(("before", "together"), [(0, False), (1, False), (2, True), (5, True)])
def test_the_third_visit_of_a_month_is_better_a_joint_one(before: int, together: bool) -> None:
    assert goes_together(before) is together


def test_months_and_how_often_are_said_plainly() -> None:
    assert month_of(date(2018, 2, 14)) == (date(2018, 2, 1), date(2018, 2, 28))
    assert how_often(0, 0, DAY) == "4月还没有走访过。"
    assert how_often(2, 1, DAY) == "4月已走访2次，另有1次计划。"
