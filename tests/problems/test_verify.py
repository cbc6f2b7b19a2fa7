"""Outcomes other than solved are looked at before the ledger: they hold, wait for their day, or go back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import acting, viewer
from tests.problems.ways import SAFETY, Raise, confirmed, confirmed_as, unit_id
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.closing import CloseOff, close_off
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.settling import FindWanting, Verify, find_wanting, verify
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import CheckedBy, Outcome, Rating, Stage, State
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db
SEEN = {"step": Verify, "checked_by": CheckedBy.VISIT, "checked": "已到现场，与答复一致"}
WANTING = {"step": FindWanting, "checked_by": CheckedBy.PHONE, "reason": "企业说并未答复"}


def test_the_check_has_a_limit_of_its_own(raised: Raise) -> None:
    standing = confirmed_as(raised, Outcome.PARTLY).standing

    assert standing.stage is Stage.VERIFY
    assert standing.stage_due_at is not None
    assert standing.stage_due_at.isoformat() == "2018-05-03T09:30:00+00:00"


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.EXPLAINED, Outcome.CANNOT])
def test_what_holds_can_be_closed(raised: Raise, outcome: Outcome) -> None:
    story = confirmed_as(raised, outcome)

    standing = story.does("park_office", verify, **SEEN)

    assert (standing.state, standing.verified, standing.stage) == (State.CONFIRMED, True, Stage.CLOSE_OFF)
    assert story.facts()[-1].words == {"checked": "已到现场，与答复一致"}
    assert story.does("park_office", close_off, CloseOff).state is State.CLOSED


def test_what_is_planned_stays_open_until_its_day(raised: Raise) -> None:
    story = confirmed_as(raised, Outcome.PLANNED)

    standing = story.does("park_office", verify, **SEEN)

    assert (standing.state, standing.returns_on, standing.stage) == (State.PARKED, date(2018, 10, 1), None)
    assert standing.accountable_unit_id == unit_id(SAFETY)
    with acting("province_office"):
        assert findings_of([story.problem_id], now=story.now) == []


def test_a_plan_whose_day_has_come_is_not_put_off(raised: Raise) -> None:
    story = confirmed_as(raised, Outcome.PLANNED, date(2018, 5, 4))
    story.now += timedelta(days=8)

    with story.unchanged(NotNow, "计划完成日期已到"):
        story.does("park_office", verify, **SEEN)


def test_what_does_not_hold_goes_back_to_who_answered(raised: Raise) -> None:
    story = confirmed_as(raised, Outcome.EXPLAINED)
    first_due_at = story.standing.first_due_at

    standing = story.does("park_office", find_wanting, **WANTING)

    assert (standing.state, standing.stage, standing.outcome) == (State.HANDLING, Stage.COMPLETE, None)
    assert (standing.accountable_unit_id, standing.wantings) == (unit_id(SAFETY), 1)
    assert (standing.first_due_at, standing.rating) == (first_due_at, Rating.SATISFIED)
    assert [row["kind"] for row in story.rows("problems_spell")] == ["handling", "handling"]
    with acting("province_office"):
        assert findings_of([story.problem_id], now=story.now) == []


@pytest.mark.parametrize(("act", "given"), [(verify, SEEN), (find_wanting, WANTING)])
def test_what_is_solved_needs_no_check(raised: Raise, act: object, given: dict[str, object]) -> None:
    story = confirmed_as(raised, Outcome.SOLVED)

    with story.unchanged(NotNow, "不需要再核查，可以直接销号"):
        story.does("park_office", act, **given)


@pytest.mark.parametrize(("act", "given"), [(verify, SEEN), (find_wanting, WANTING)])
def test_it_is_the_home_offices_act(raised: Raise, act: object, given: dict[str, object]) -> None:
    story = confirmed_as(raised, Outcome.PARTLY)

    with story.unchanged(NotNow, "由南大港产业园区.*办理，不是本单位"):
        story.does("zone_office", act, **given)
    for login in ("park", "firm"):
        with story.unchanged(NotYours if login == "firm" else NotFound):
            story.does(login, act, **given)
    with story.unchanged(NotFound):
        story.does("outsider", act, **given)


def test_each_office_finds_on_its_desk_what_it_judges(raised: Raise) -> None:
    of_another, of_the_host = confirmed_as(raised, Outcome.PARTLY), confirmed(raised())
    found = {}
    for login in ("park_office", "zone_office", "city_office"):
        with acting(login):
            found[login] = {(duty.act, duty.problem.id) for duty in duties_for(viewer(login), now=of_the_host.now)}

    assert found == {
        "park_office": {(Act.VERIFY, of_another.problem_id)},
        "zone_office": {(Act.CLOSE_OFF, of_the_host.problem_id)}, "city_office": set(),
    }
