"""Where time goes: what is told equals a plain recount of the stays, exactly, for any cut-off; and nothing from outside
(R-H3, R-H9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.analysis.worlds import APRIL, LATER, told
from tests.cast import Story, acting, viewer
from tests.problems.ways import SAFETY
from tests.world import NOW
from zhitong.domain.analysis.queries.timing.rows import Asked, RowOrder, Which, count_of_passages, passages_for
from zhitong.domain.analysis.queries.timing.timing import timing
from zhitong.domain.analysis.queries.timing.ways import Narrowed
from zhitong.domain.analysis.rules.timing.activities import ACTIVITY_OF, Activity
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.problems.models import Stay
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import NotFound


def recounted(until: Any) -> dict[State, list[int]]:
    """The working minutes of every passage that ended up to a moment, by state, recounted stay by stay in Python."""
    with acting("province_office"):
        stays = list(Stay.objects.filter(confidential=False, recorded=False).order_by("problem_id", "since", "id"))
    found: dict[State, list[int]] = {}
    for _problem, way in groupby(stays, key=lambda one: one.problem_id):
        for (state, _unit), passage in groupby(way, key=lambda one: (one.state, one.unit_id)):
            run = list(passage)
            if run[-1].until is not None and run[-1].until <= until and State(state) in ACTIVITY_OF:
                found.setdefault(State(state), []).append(sum(one.worked_minutes or 0 for one in run))
    return found


def disc(values: list[int], share: float) -> int:
    """The smallest value that so much of the whole does not exceed."""
    ordered = sorted(values)
    return next(value for place, value in enumerate(ordered, 1) if place / len(ordered) >= share)


@pytest.mark.parametrize("hours", [0.2, 6, 16, 48])
def test_lengths_are_those_of_a_plain_recount_at_any_cut_off(world: list[Story], hours: float) -> None:
    cut_off = NOW + timedelta(hours=hours)

    found = told(at=cut_off, now=NOW + timedelta(days=3))

    truth = recounted(cut_off)
    assert {one.state for one in found.states if one.length.times} == set(truth)
    for one in found.states:
        if one.length.times:
            times = truth[one.state]
            assert (one.length.times, one.length.total) == (len(times), sum(times))
            assert (one.length.median, one.length.slow) == (disc(times, 0.5), disc(times, 0.9))


def test_what_stood_at_a_past_moment_is_told_for_that_moment(world: list[Story]) -> None:
    moments = [NOW + timedelta(hours=hours) for hours in (0, 3, 12, 48)]

    for moment in moments:
        with acting("province_office"):
            stood = Stay.objects.filter(since__lte=moment, state__in=[one.value for one in ACTIVITY_OF])
            truth = sum(one.until is None or one.until > moment for one in stood)
        found = told(at=moment, now=NOW + timedelta(days=3))
        assert sum(one.standing.problems for one in found.states) == truth


def test_time_is_told_as_work_and_waiting(world: list[Story]) -> None:
    found = told()

    by_state = {one.state: one.length.total for one in found.states}
    waiting = sum(by_state.get(state, 0) for state, (activity, _whom) in ACTIVITY_OF.items() if activity is Activity.WAITING)
    assert found.activities[Activity.WAITING].total == waiting
    assert found.minutes == sum(by_state.values()) > 0
    assert found.unmeasured == 0


def test_the_way_back_is_told(world: list[Story]) -> None:
    found = told()

    acts = {one.act: one.length.times for one in found.loops if one.act}
    assert acts == {Act.SEND_BACK: 1, Act.REJECT: 1, Act.HANDLE_ANEW: 1}
    assert {one.state for one in found.loops if one.state} == {State.DISPATCHED}
    assert sum(one.length.times for one in found.flows) == found.times


def test_narrowing_keeps_what_is_asked_for(world: list[Story]) -> None:
    land = told(narrowed=Narrowed(category="land"))
    city = told(narrowed=Narrowed(rank=Rank.CITY))

    assert sum(one.standing.problems for one in land.states) == 1
    assert city.times == 0
    assert {one.key for one in told().categories} >= {("industry", "energy"), ("industry", "work_safety")}


def test_peers_are_told_together_and_those_overseen_by_name(world: list[Story]) -> None:
    office, department = told("park_office", "130973400"), told("park", "130973400")

    assert {directory().name_of(one.key[0]) for one in office.units} >= {directory().name_of(viewer("park").unit_id)}
    assert office.others is None or office.others.working.times == 0
    assert {one.key[0] for one in department.units} <= {viewer("park").unit_id}


def test_a_department_asks_for_no_peer(world: list[Story]) -> None:
    peer = directory().unit_coded(SAFETY)
    assert peer is not None

    with pytest.raises(NotFound):
        told("park", "130973400", narrowed=Narrowed(unit_id=peer.id))


@pytest.mark.parametrize(("login", "code"), [("outsider", "1309"), ("neighbour", "130973"), ("firm", "130973400"), ("park", "130973")])
def test_it_is_not_found_from_outside(world: list[Story], login: str, code: str) -> None:
    with pytest.raises(NotFound):
        told(login, code)


@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm"])
def test_the_second_wall_alone_gives_an_outsider_nothing(world: list[Story], login: str) -> None:
    mine = {"firm"}

    with without_first_wall():
        found = told(login)

    assert (found.times == 0) == (login not in mine)
    assert login in mine or not found.states


def test_it_costs_three_statements_whatever_the_region(world: list[Story]) -> None:
    costs = []
    for login, code in (("province_office", "13"), ("park_office", "130973400"), ("city", "1309")):
        region = directory().region_coded(code)
        assert region is not None
        with acting_as(viewer(login)) as here, CaptureQueriesContext(connection) as asked:
            timing(here, region.id, APRIL, LATER)
        costs.append(len(asked))

    assert costs == [3, 3, 3]


def listed(asked: Asked, login: str = "city_office", **more: Any) -> list[Any]:
    with acting_as(viewer(login)) as here:
        return passages_for(here, asked, LATER, **more)


def asked_of(**narrowed: Any) -> Asked:
    region = directory().region_coded("1309")
    assert region is not None
    return Asked(region.id, APRIL, None, Narrowed(**narrowed))


def test_every_figure_opens_to_as_many_passages_as_it_says(world: list[Story]) -> None:
    found = told()

    for one in found.states:
        assert len(listed(asked_of(state=one.state))) == one.length.times
        assert len(listed(asked_of(state=one.state, late=True))) == one.length.late
        assert len(listed(replace(asked_of(state=one.state), which=Which.STILL))) == one.standing.problems
    for flow in found.flows:
        assert len(listed(asked_of(state=flow.since, to=flow.to))) == flow.length.times
    for stage in found.stages:
        assert len(listed(asked_of(stage=stage.stage))) == stage.passed.times
    for loop in found.loops:
        narrowed = {"again": True, "state": loop.state} if loop.state else {"by": loop.act}
        assert len(listed(asked_of(**narrowed))) == loop.length.times


@pytest.mark.parametrize("order", list(RowOrder))
def test_pages_join_without_gap_in_both_directions(world: list[Story], order: RowOrder) -> None:
    whole = listed(asked_of(), order=order)

    first = listed(asked_of(), order=order, limit=3)
    rest = listed(asked_of(), order=order, after=(getattr(first[-1], order.value), first[-1].id))
    back = listed(asked_of(), order=order, turned=True, after=(getattr(rest[0], order.value), rest[0].id))

    assert [one.id for one in first + rest] == [one.id for one in whole]
    assert [one.id for one in back] == [one.id for one in reversed(first)]
    with acting_as(viewer("city_office")) as here:
        assert count_of_passages(here, asked_of(), LATER, most=1000) == len(whole)


def test_a_list_costs_the_same_for_one_row_and_for_many(world: list[Story]) -> None:
    costs = []
    for limit in (1, 50):
        with acting_as(viewer("city_office")) as here, CaptureQueriesContext(connection) as asked:
            passages_for(here, asked_of(), LATER, limit=limit)
        costs.append(len(asked))

    assert costs[0] == costs[1] <= 5
