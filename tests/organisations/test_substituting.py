"""临时代办: a colleague sees and acts in a post from day to day; it ends with its last day, by hand, or with the holder's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.history.actions import record
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.actions.seating import NewSeat, change_holder, seat_people
from zhitong.domain.organisations.actions.substituting import (
    NotSubstitutable,
    StoodInFor,
    end_substitution,
    name_substitute,
)
from zhitong.domain.organisations.models import Post, Substitution
from zhitong.domain.organisations.queries import posts_held_by, viewer_for
from zhitong.domain.organisations.queries.substituting import stand_ins_of
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db
TODAY = day_of(NOW)
LAST = TODAY + timedelta(days=2)


def lend(by: str = "park", to: str = "park_office", **days: object) -> UUID:
    holder, mate = viewer("park"), viewer(to)
    with acting(by) as actor:
        return name_substitute(
            viewer(by), post_id=holder.post_id, holder_id=holder.person_id, person_id=mate.person_id, reason="外出培训",
            actor=actor, now=NOW, **({"since": TODAY, "until": LAST} | days),  # type: ignore[arg-type]
        )


def as_park(at: datetime = NOW) -> Viewer | None:
    return viewer_for(viewer("park_office").person_id, viewer("park").post_id, day_of(at))


def test_a_substitute_has_the_sight_and_the_rights_of_the_post_within_the_days() -> None:
    lend()

    standing_in = as_park()

    park = viewer("park")
    assert standing_in is not None
    assert standing_in.for_id == park.person_id
    assert (standing_in.unit_id, standing_in.reach, standing_in.permissions) == (park.unit_id, park.reach, park.permissions)
    assert as_park(NOW + timedelta(days=2)) is not None
    assert as_park(NOW + timedelta(days=3)) is None
    assert [post.for_name for post in posts_held_by(standing_in.person_id, TODAY)] == ["", "演示丙"]


def test_facts_of_a_substitute_name_both() -> None:
    lend()
    standing_in = as_park()
    assert standing_in is not None

    thing = uuid7()
    with acting_as(standing_in):
        record("problem.replied", thing_kind="problem", thing_id=thing, actor=standing_in.actor("web"), at=NOW)
        [told] = facts_about(thing)

    assert told.body["for"] == str(viewer("park").person_id)


def test_it_ends_at_once_by_hand_of_either() -> None:
    made = lend()
    for login in ("zone", "outsider"):
        with acting(login) as actor, pytest.raises(NotFound):
            end_substitution(viewer(login), made, actor=actor, now=NOW)

    with acting("park_office") as actor:
        end_substitution(viewer("park_office"), made, actor=actor, now=NOW)

    assert as_park() is None
    assert stand_ins_of(viewer("park").person_id, TODAY) == []


def test_it_ends_with_the_holders_own_tenure() -> None:
    lend()
    park = viewer("park")

    change_holder(post_id=park.post_id, leaving_id=park.person_id, login="next", name="演示未", password=None, on=TODAY)

    assert viewer_for(viewer("park_office").person_id, park.post_id, TODAY) is None


def test_nobody_lends_what_is_not_his_nor_to_whom_he_may_not() -> None:
    for login in ("park_office", "zone", "city_office"):
        with pytest.raises(NotFound):
            lend(by=login)
    with pytest.raises(BadInput, match="同一区划"):
        lend(to="zone")
    with pytest.raises(BadInput, match="最长92天"):
        lend(until=TODAY + timedelta(days=93))
    with pytest.raises(BadInput, match="过去"):
        lend(since=TODAY - timedelta(days=1))

    assert not Substitution.objects.exists()


def test_a_second_substitute_on_the_same_days_is_refused() -> None:
    lend()

    with pytest.raises(StoodInFor, match="已经指定"):
        lend()


def test_a_substitute_lends_nothing_on_and_keepers_are_not_stood_in_for() -> None:
    lend()
    standing_in, mate = as_park(), viewer("park")
    assert standing_in is not None
    with acting_as(standing_in), pytest.raises(NotFound):
        name_substitute(
            standing_in, post_id=mate.post_id, holder_id=mate.person_id, person_id=standing_in.person_id, since=LAST,
            until=LAST, reason="再转", actor=standing_in.actor("web"), now=NOW,
        )
    post = Post.objects.get(unit__code="130973400-office", kind="administrator")
    [(person, post_id, _new)] = seat_people(
        [NewSeat(unit_id=post.unit_id, kind=PostKind.ADMINISTRATOR, title=post.title, name="演示午", phone="13800009999")],
        since=TODAY,
    )
    keeper = viewer_for(person, post_id, TODAY)
    assert keeper is not None

    with acting_as(keeper), pytest.raises(NotSubstitutable, match="不能代办"):
        name_substitute(
            keeper, post_id=post_id, holder_id=person, person_id=mate.person_id, since=TODAY, until=LAST, reason="外出",
            actor=keeper.actor("web"), now=NOW,
        )
