"""走访 (R-B4): three lines or a recording, promises, problems raised in place, the firm's one tap; nobody else finds it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.files.samples import upload
from tests.visits.conftest import TODAY, planned, visited
from tests.world import NOW
from zhitong.domain.files.actions import store
from zhitong.domain.organisations.beside import open_file_for
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Source, State
from zhitong.domain.visits.actions.confirming import (
    ConfirmedAlready,
    SettledAlready,
    confirm_visit,
    settle_promise,
)
from zhitong.domain.visits.actions.planning import PlanOver
from zhitong.domain.visits.actions.recording import NewMatter, NewPromise
from zhitong.domain.visits.models import Plan, Promise, Visit
from zhitong.domain.visits.queries.lists import Filters, count_for, visits_for
from zhitong.domain.visits.queries.one import awaiting, promises_open, visit_seen
from zhitong.domain.visits.rules.kinds import ConfirmationState, PlanState, PromiseState
from zhitong.domain.visits.rules.lenses import Lens
from zhitong.kit.refusals import BadInput, NotFound

PROMISE = NewPromise("协调供电所错峰", date(2018, 5, 10))


def test_a_visit_keeps_its_promises_and_each_matter_becomes_a_problem_that_goes_its_way(firm_id: UUID) -> None:
    visit = visited(firm_id, promises=[PROMISE], matters=[NewMatter("夜间限电", "energy"), NewMatter("路不通")])

    with acting_as(viewer("park")) as here:
        found = visit_seen(here, visit, today=TODAY)
        kept = list(Problem.objects.order_by("id"))

    assert [(one.what, one.state, one.unit) for one in found.promises] == [
        ("协调供电所错峰", PromiseState.OPEN, "南大港产业园区经发局")
    ]
    assert [one and one.state for one in found.problems] == [State.DISPATCHED, State.SUBMITTED]
    assert {(one.source, one.subject_id) for one in kept} == {(Source.VISIT.value, firm_id)}
    assert found.row.confirmation is ConfirmationState.AWAITED


def test_a_recording_alone_is_enough_and_is_heard_by_the_firm_and_nobody_else(firm_id: UUID) -> None:
    with acting_as(viewer("park")) as here:
        [file] = store([upload()], actor=here.actor("test"), now=NOW)
    visited(firm_id, words="", file_ids=(file.id,))

    for login in ("park", "park_office", "firm", "city_office"):
        with acting_as(viewer(login)) as here:
            assert open_file_for(here, file.id)[0].id == file.id
    for login in ("outsider", "other_firm", "city"):
        with acting_as(viewer(login)) as here, pytest.raises(NotFound):
            open_file_for(here, file.id)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"happened_on": TODAY + timedelta(days=1)}, "不能晚于今天"), ({"lead_official": " "}, "请填写走访的领导"),
        ({"words": ""}, "写三句话，或者录一段音"), ({"words": "绝密"}, "非涉密"), ({"by_liaison": True}, "写明是谁去的"),
        ({"promises": [NewPromise("办", date(2018, 4, 1))]}, "不能早于走访当天"),
        ({"promises": [NewPromise("", TODAY)]}, "写明承诺什么"), ({"matters": [NewMatter("绝密")]}, "非涉密"),
        ({"promises": [PROMISE] * 11}, "最多登记10项"),
    ],
)
def test_what_cannot_be_taken_leaves_nothing(firm_id: UUID, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        visited(firm_id, **said)

    with acting("province_office"):
        assert (Visit.objects.count(), Promise.objects.count(), Problem.objects.count()) == (0, 0, 0)


def test_who_goes_in_the_officials_name_is_written_down_as_such(firm_id: UUID) -> None:
    visit = visited(firm_id, by_liaison=True, went="演示孙联络员")

    with acting_as(viewer("park_office")) as here:
        row = visit_seen(here, visit, today=TODAY).row

    assert (row.lead_official, row.by_liaison, row.went) == ("演示赵副主任", True, "演示孙联络员")


def test_a_plan_of_that_day_is_carried_out_by_it_and_by_nothing_else(firm_id: UUID) -> None:
    plan = planned(firm_id, planned_on=TODAY)
    visited(firm_id)

    with acting("park"):
        assert Plan.objects.get(id=plan).state == PlanState.DONE.value
    with pytest.raises(PlanOver):
        visited(firm_id, plan_id=plan)


@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm", "other_firm"])
def test_nobody_writes_down_a_visit_to_a_firm_he_has_nothing_to_do_with(firm_id: UUID, login: str) -> None:
    with pytest.raises((NotFound, NotYours)):
        visited(firm_id, login)


def confirm(login: str, visit: UUID, *, came: bool = True) -> None:
    with acting_as(viewer(login)) as here:
        confirm_visit(here, visit, came=came, actor=here.actor("test"), now=NOW)


@pytest.mark.parametrize(("came", "state"), [(True, ConfirmationState.CONFIRMED), (False, ConfirmationState.DENIED)])
def test_the_firm_confirms_with_one_tap_or_says_that_nobody_came(firm_id: UUID, came: bool, state: ConfirmationState) -> None:
    visit = visited(firm_id)
    with acting_as(viewer("firm")) as here:
        assert [one.id for one in awaiting(here)] == [visit]

    confirm("firm", visit, came=came)

    with acting_as(viewer("park")) as here:
        assert visit_seen(here, visit, today=TODAY).row.confirmation is state
    with acting_as(viewer("firm")) as here:
        assert awaiting(here) == []
    with pytest.raises(ConfirmedAlready):
        confirm("firm", visit)


@pytest.mark.parametrize("login", ["other_firm", "park", "park_office", "outsider"])
def test_nobody_but_the_firm_confirms(firm_id: UUID, login: str) -> None:
    visit = visited(firm_id)

    with pytest.raises(NotFound):
        confirm(login, visit)


def settle(login: str, promise: UUID, *, kept: bool, note: str = "") -> None:
    with acting_as(viewer(login)) as here:
        settle_promise(here, promise, kept=kept, note=note, actor=here.actor("test"), now=NOW)


def test_a_promise_is_kept_or_broken_once_and_a_broken_one_says_why(firm_id: UUID) -> None:
    visited(firm_id, promises=[PROMISE])
    with acting_as(viewer("park")) as here:
        [one] = promises_open(here, today=TODAY)
    with pytest.raises(BadInput, match="写明原因"):
        settle("park", one.id, kept=False)
    for login in ("zone_office", "firm", "outsider"):
        with pytest.raises(NotFound):
            settle(login, one.id, kept=True)

    settle("park", one.id, kept=False, note="供电所排期到六月。")

    with pytest.raises(SettledAlready):
        settle("park", one.id, kept=True)
    with acting_as(viewer("park")) as here:
        assert promises_open(here, today=TODAY) == ()


@pytest.mark.parametrize("login", ["outsider", "neighbour", "other_firm", "city"])
def test_others_find_no_trace(firm_id: UUID, login: str) -> None:
    visit = visited(firm_id, promises=[PROMISE])

    with acting_as(viewer(login)) as here:
        with pytest.raises(NotFound):
            visit_seen(here, visit, today=TODAY)
        with without_first_wall():
            assert visits_for(here, Lens.UNIT) == []
            assert not Promise.objects.exists()


def test_a_list_is_narrowed_and_costs_the_same_with_more_rows(firm_id: UUID, django_assert_num_queries: Any) -> None:
    visits = [visited(firm_id, happened_on=TODAY - timedelta(days=days)) for days in (20, 10, 0)]
    confirm("firm", visits[0])

    with acting_as(viewer("zone_office")) as here:
        with django_assert_num_queries(3):
            rows = visits_for(here, Lens.TERRITORY)
        since = Filters(since=TODAY - timedelta(days=10))
        unsaid = Filters(confirmation=ConfirmationState.AWAITED)
        assert [one.id for one in rows] == visits[::-1]
        assert [one.id for one in visits_for(here, Lens.TERRITORY, since)] == [visits[2], visits[1]]
        assert count_for(here, Lens.TERRITORY, unsaid) == 2
        assert [one.id for one in visits_for(here, Lens.TERRITORY, after=visits[2], limit=1)] == [visits[1]]
    with acting_as(viewer("firm")) as here:
        assert len(visits_for(here, Lens.MINE)) == 3
        with pytest.raises(NotFound):
            visits_for(here, Lens.TERRITORY)
