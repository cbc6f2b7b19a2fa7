"""Delegated administration: units, posts and people of one's own subtree, never above what one holds, never work without hands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.cast import Story, viewer
from tests.problems.conftest import raised as raised
from tests.world import NOW
from zhitong.domain.accounts.queries.administered import OutOfHand, administered
from zhitong.domain.history.queries import facts_about
from zhitong.domain.inspections.actions.closing import close_unit
from zhitong.domain.organisations.actions.dissolving import next_version
from zhitong.domain.organisations.actions.seating import Seat, seat
from zhitong.domain.organisations.actions.staffing import (
    NotToHandOn,
    StillHeld,
    close_post,
    open_post,
    open_unit,
    rename_unit,
    seat_person,
)
from zhitong.domain.organisations.actions.taking_in import CannotTakeIn
from zhitong.domain.organisations.models import Person, Post, Tenure, Unit
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.tree import tree_of
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.tree import TreePerson
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as
from zhitong.domain.problems.actions.staffing import HasWork, leave_post, move_person, take_in_organisation
from zhitong.domain.subjects.models import Care, Subject
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
ZONE, PARK, AWAY = "130973", "130973400", "130982"


@pytest.fixture(autouse=True)
def administrators() -> Iterator[None]:
    """Of the zone and of the park below it; the directory is read anew afterwards."""
    seat([
        Seat(login=login, name=f"演示{login}", password=None, post_id=post_of(unit, kind), since=date(2018, 1, 1))
        for login, unit, kind in (
            ("zone_admin", "130973-office", "administrator"), ("park_admin", "130973400-office", "administrator"),
            ("zone_audit", "130973-office", "auditor"),
        )
    ])
    yield
    next_version()


def post_of(unit: str, kind: str) -> UUID:
    return Post.objects.filter(unit__code=unit, kind=kind).order_by("title").values_list("id", flat=True)[0]


def region(code: str) -> UUID:
    found = directory().region_coded(code)
    assert found is not None
    return found.id


@contextmanager
def at_desk(login: str) -> Iterator[tuple[Viewer, dict[str, Any]]]:
    """Somebody at his desk, with what every act is given."""
    with acting_as(viewer(login)) as here:
        yield here, {"actor": here.actor("test"), "now": NOW}


def opened(name: str = "演示专班", where: str = PARK) -> UUID:
    with at_desk("zone_admin") as (here, given):
        made = open_unit(here, region_id=region(where), name=name, kind=UnitKind.TASK_FORCE, **given)
    next_version()
    return made


def test_a_zone_opens_renames_staffs_and_closes_a_unit_of_its_park() -> None:
    unit_id = opened()
    with at_desk("zone_admin") as (here, given):
        post_id = open_post(here, unit_id, kind=PostKind.OFFICER, title="联络岗", **given)
        seat_person(here, post_id, login="new", name="演示新", password=None, **given)
        rename_unit(here, unit_id, name="演示工作专班", **given)
        next_version()
        with pytest.raises(StillHeld, match="还有人任职"):
            close_post(here, post_id, **given)
        with pytest.raises(HasWork, match="还有人任职"):
            close_unit(here, unit_id, **given)
        leave_post(here, Tenure.objects.get(person__login="new").id, **given)
        close_unit(here, unit_id, **given)
        told = [one.kind for one in facts_about(unit_id)]

    assert Unit.objects.get(id=unit_id).ended_on == date(2018, 4, 27)
    assert told == ["staff.unit_opened", "staff.unit_renamed", "staff.unit_closed"]


def test_nothing_reaches_beyond_the_subtree_nor_above() -> None:
    with at_desk("park_admin") as (here, given):
        with pytest.raises(NotFound):
            open_unit(here, region_id=region(ZONE), name="演示", kind=UnitKind.DEPARTMENT, **given)
        with pytest.raises(NotFound):
            open_post(here, viewer("neighbour").unit_id, kind=PostKind.OFFICER, title="演示", **given)
        with pytest.raises(BadInput, match="活动机构随活动包载入"):
            open_unit(here, region_id=region(PARK), name="演示", kind=UnitKind.CAMPAIGN_OFFICE, **given)
    with at_desk("park_office") as (here, given), pytest.raises(NotYours):
        open_unit(here, region_id=region(PARK), name="演示", kind=UnitKind.DEPARTMENT, **given)


def test_the_three_administrators_are_the_business_of_the_level_above() -> None:
    park, own = post_of("130973400-office", "auditor"), post_of("130973-office", "security")
    audit = Tenure.objects.get(person__login="zone_audit")
    with at_desk("zone_admin") as (here, given):
        seat_person(here, park, login="park_audit", name="演示审", password=None, **given)
        with pytest.raises(NotToHandOn, match="上一级"):
            seat_person(here, own, login="own_guard", name="演示安", password=None, **given)
        with pytest.raises(NotToHandOn, match="审计管理员由上一级"):
            leave_post(here, audit.id, **given)
        with pytest.raises(OutOfHand, match="审计管理员"):
            administered(here, "zone_audit", now=NOW)
        with pytest.raises(NotToHandOn, match="不能为自己"):
            seat_person(here, viewer("park").post_id, login="zone_admin", name="演示zone_admin", password=None, **given)


def test_a_document_lets_nobody_leave_who_would_leave_work_behind(raised: Any) -> None:
    raised()
    with at_desk("park_admin") as (here, given):
        stands = tree_of(here, today=NOW.date())
        [seat] = [one for one in stands.posts if "park" in one.holders]
        emptied = replace(stands, posts=(replace(seat, holders=()),))
        with pytest.raises(CannotTakeIn, match=r"还有在办问题.*走后没有承办人员"):
            take_in_organisation(here, emptied, **given)
        assert Tenure.objects.get(person__login="park").until is None

        followed = replace(
            stands, posts=(replace(seat, holders=("second",)),), people=(*stands.people, TreePerson("second", "演示二")),
        )
        take_in_organisation(here, followed, **given)

    assert Tenure.objects.get(person__login="park").until == date(2018, 4, 26)


def test_a_document_lets_nobody_leave_whom_the_care_of_the_served_names() -> None:
    with at_desk("park_admin") as (here, given):
        stands = tree_of(here, today=NOW.date())
        [seat] = [one for one in stands.posts if "park" in one.holders]
        Care.objects.create(
            subject=Subject.objects.all()[0], tier="county", unit_id=viewer("park").unit_id, since=NOW.date(),
            liaison=Person.objects.get(login="park").name,
        )
        with pytest.raises(CannotTakeIn, match="责任人或联络员"):
            take_in_organisation(here, replace(stands, posts=(replace(seat, holders=()),)), **given)


def test_somebody_is_moved_and_who_is_the_last_with_open_work_hands_over(raised: Any) -> None:
    story: Story = raised()
    park = Tenure.objects.get(person__login="park")
    target = post_of("130973400-office", "officer")
    others = Tenure.objects.filter(post__unit_id=viewer("park").unit_id, until__isnull=True).exclude(id=park.id)
    assert story.standing.accountable_unit_id == viewer("park").unit_id
    assert not others.exists()
    with at_desk("park_admin") as (here, given):
        with pytest.raises(HasWork, match="办理岗位交接"):
            move_person(here, park.id, to_post_id=target, **given)
        seat_person(here, park.post_id, login="second", name="演示二", password=None, **given)
        move_person(here, park.id, to_post_id=target, **given)

    assert set(Tenure.objects.filter(person__login="park", until__isnull=True).values_list("post_id", flat=True)) == {target}
