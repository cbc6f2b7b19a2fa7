"""The overview of a region: kept counts that add up, the clock's own figures, and nothing from outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Story, viewer
from tests.world import NOW
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.problems.actions.closing import CloseOff, Confirm, close_off, confirm
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.queries.lists import Filters, count_for
from zhitong.domain.problems.queries.overview import Overview, overview
from zhitong.domain.problems.rules.kinds import Outcome, Rating, State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import WARNED_WITHIN, Light
from zhitong.domain.problems.rules.phases import PHASE_OF, Dimension, Phase
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

Raised = Callable[..., Story]


def seen(login: str, code: str, now: object = NOW) -> Overview:
    """What a member of the cast sees of a region."""
    region = directory().region_coded(code)
    assert region is not None
    with acting_as(viewer(login)) as here:
        return overview(here, region.id, now)  # type: ignore[arg-type]


def below(found: Overview, code: str):  # type: ignore[no-untyped-def]
    return next(one.numbers for one in (*found.children, *found.shown) if one.region.code == code)


def settle(story: Story) -> None:
    story.does("park", acknowledge, Acknowledge, contact="已电话联系企业负责人")
    story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已调整供电方案。")
    story.does("firm", confirm, Confirm, rating=Rating.SATISFIED)
    story.does("zone_office", close_off, CloseOff)


def test_every_state_belongs_to_one_phase() -> None:
    assert set(PHASE_OF) == set(State)


def test_phases_add_up_to_what_was_reported(raised: Raised) -> None:
    settle(raised())
    raised().does("park", acknowledge, Acknowledge, contact="已联系")
    raised(category="land")

    found = seen("zone_office", "130973")

    assert (found.numbers.reported, found.numbers.of(Phase.CLOSED), found.numbers.unsettled) == (3, 1, 2)
    assert below(found, "130973400").reported == 3
    assert found.own.reported == 0


def test_confidential_problems_are_a_number_apart(raised: Raised) -> None:
    raised()
    raised(confidential=True)

    found = seen("city_office", "1309")

    assert (found.numbers.reported, found.confidential, found.confidential_open) == (1, 1, 1)


def test_what_a_region_itself_reported_is_left_when_its_children_are_taken_away(raised: Raised) -> None:
    raised()

    found = seen("park_office", "130973400")

    assert sum(one.numbers.reported for one in found.children) == 0
    assert found.own.reported == found.numbers.reported == 1


def test_a_region_only_shown_is_never_summed(raised: Raised) -> None:
    raised()
    raised(login="other_firm")

    above, beside = seen("city_office", "130973"), seen("zone_office", "130973")

    assert [one.region.code for one in above.shown] == ["130983"]
    assert below(above, "130983").reported == 0
    assert below(beside, "130983") is None
    assert seen("city_office", "1309").numbers.reported == 2
    assert above.numbers.reported == beside.numbers.reported == 1


@pytest.mark.parametrize("later", [timedelta(), timedelta(hours=18), timedelta(days=1), timedelta(days=5)])
def test_lights_agree_with_the_rows_behind_them(raised: Raised, later: timedelta) -> None:
    for category in ("energy", "land", "funds"):
        raised(category=category)
    now = NOW + later

    found = seen("city_office", "1309", now)

    with acting_as(viewer("city_office")) as here:
        rows = {
            light: count_for(here, Lens.TERRITORY, Filters(light=light), now=now)
            for light in (Light.OVERDUE, Light.SOON)
        }
    assert (found.numbers.overdue, found.numbers.soon) == (rows[Light.OVERDUE], rows[Light.SOON])


def test_a_clock_runs_from_normal_to_overdue(raised: Raised) -> None:
    raised()
    moments = [NOW + timedelta(hours=hours) for hours in range(0, 24 * 6, 4)]

    told = [(one.overdue, one.soon) for one in (seen("park_office", "130973400", now).numbers for now in moments)]

    assert told[0] == (0, 0)
    assert (0, 1) in told
    assert told[-1] == (1, 0)


def test_divisions_add_up_to_the_whole(raised: Raised) -> None:
    for category in ("energy", "energy", "land"):
        raised(category=category)

    found = seen("province_office", "13")

    assert {one: sum(part.numbers.reported for part in found.slices[one]) for one in Dimension} == dict.fromkeys(
        Dimension, 3
    )
    assert [(one.label, one.numbers.reported) for one in found.slices[Dimension.CATEGORY]] == [
        ("能源保障", 2), ("用地需求", 1),
    ]


def test_a_department_sees_its_lines_only(raised: Raised) -> None:
    raised(category="energy")
    raised(category="land")

    province = seen("province", "13")

    whole = seen("province_office", "13").numbers.reported
    with acting_as(viewer("province")) as here:
        kept = count_for(here, Lens.LINE, Filters(), now=NOW)
    assert (province.numbers.reported, whole) == (kept, 2)
    assert kept == 1
    assert list(province.slices) == [Dimension.LINE, Dimension.REGION]
    assert province.confidential is None


@pytest.mark.parametrize(
    ("login", "code"),
    [("outsider", "130973400"), ("outsider", "1309"), ("outsider", "13"), ("neighbour", "130973"), ("park", "130973"),
     ("firm", "130973400"), ("zone_office", "130983")],
)
def test_it_is_not_found_from_outside(raised: Raised, login: str, code: str) -> None:
    raised()

    with pytest.raises(NotFound):
        seen(login, code)


@pytest.mark.parametrize("login", ["outsider", "neighbour", "firm"])
def test_the_second_wall_alone_gives_an_outsider_nothing(raised: Raised, login: str) -> None:
    raised()
    raised(confidential=True)

    with without_first_wall():
        found = seen(login, "1309")

    assert found.numbers.reported == found.numbers.soon == found.numbers.overdue == 0
    assert not found.confidential
    assert all(not one.numbers.reported for one in found.children if one.numbers)


@pytest.mark.parametrize(
    ("login", "code", "queries"),
    [("province_office", "13", 8), ("park_office", "130973400", 8), ("province", "13", 2)],
)
def test_queries_do_not_grow_with_regions(raised: Raised, login: str, code: str, queries: int) -> None:
    raised()
    here, region = viewer(login), directory().region_coded(code)
    assert region is not None

    with acting_as(here), CaptureQueriesContext(connection) as asked:
        overview(here, region.id, NOW)

    assert len(asked) == queries


def test_no_clock_warns_earlier_than_the_due_index_is_read(raised: Raised) -> None:
    from zhitong.domain.calendars.queries import calendar
    from zhitong.domain.calendars.rules import LimitUnit, due_after, warn_before

    days = calendar()
    starts = [NOW + timedelta(days=day, hours=hour) for day in range(240) for hour in (0, 17)]
    for start in starts:
        for amount in (1, 2, 3, 7, 15):
            due = due_after(start, amount, LimitUnit.WORKDAYS, days)
            assert due.at - warn_before(due, start, days) <= WARNED_WITHIN
