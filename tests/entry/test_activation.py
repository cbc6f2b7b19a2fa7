"""Who has come (R-A2): by region, kind and list, by name, and to nobody outside."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import NOW, acting, viewer
from zhitong.domain.entry.actions.inviting import own_sheet
from zhitong.domain.entry.actions.leaving import NotYourself, stop_colleague
from zhitong.domain.entry.actions.presence import note_presence
from zhitong.domain.entry.models import Invitation, Presence
from zhitong.domain.entry.queries.activation import OFFICIAL, activation_below
from zhitong.domain.entry.queries.colleagues import colleagues_of
from zhitong.domain.entry.queries.named import Named, count_of_named, units_named
from zhitong.domain.entry.rules import kinds
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.queries import directory, viewer_for
from zhitong.domain.organisations.scope import NotYours, without_first_wall
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

TODAY = day_of(NOW)
FIRM, OTHER = "演示南大港石化设备有限公司", "演示任丘管道装备有限公司"


def come(login: str, on: date = TODAY) -> None:
    """A member of the cast signs in on a day."""
    note_presence(Person.objects.get(login=login).id, today=on)


def region(code: str):  # type: ignore[no-untyped-def]
    return directory().region_coded(code)


def figures(login: str, code: str, kind: str = "") -> dict[str, tuple[int, int, int, int]]:
    """By region: all, opened, this month, never."""
    with acting(login):
        rows = activation_below(viewer(login), region(code).id, today=TODAY)
    counts = {row.name: row.of(kind) for row in rows}
    return {name: (one.total, one.opened, one.this_month, one.never) for name, one in counts.items() if one.total}


def test_firms_count_where_they_are_by_what_they_did_last() -> None:
    come("firm")
    come("firm")
    come("other_firm", date(2018, 2, 1))

    assert figures("city_office", "1309") == {"沧州渤海新区": (1, 1, 1, 0), "任丘市": (1, 1, 0, 0)}


def test_units_of_government_are_counted_beside_the_served() -> None:
    before = figures("city_office", "1309", OFFICIAL)["任丘市"]
    come("neighbour")

    after = figures("city_office", "1309", OFFICIAL)["任丘市"]

    assert before[1] == 0
    assert after == (before[0], 1, 1, before[3] - 1)
    assert figures("city_office", "1309")["任丘市"][1] == 0


@pytest.mark.parametrize(
    ("asked", "names"),
    [(Named(), [FIRM, OTHER]), (Named(presence=kinds.Presence.NEVER), [OTHER]), (Named(words="石化"), [FIRM]), (Named(kind="project"), [])],
)
def test_the_names_behind_the_figures(asked: Named, names: list[str]) -> None:
    come("firm")

    with acting("city_office"):
        found = units_named(viewer("city_office"), region("1309").id, asked, today=TODAY)
        counted = count_of_named(viewer("city_office"), region("1309").id, asked, today=TODAY, most=100)

    assert [one.name for one in found] == names
    assert counted == len(names)


@pytest.mark.parametrize("kind", ["", OFFICIAL])
def test_names_go_on_from_a_key_and_back(kind: str) -> None:
    with acting("city_office"):
        here, place = viewer("city_office"), region("1309").id
        whole = units_named(here, place, Named(kind), today=TODAY, limit=1000)
        after = units_named(here, place, Named(kind), today=TODAY, after=whole[0].id, limit=1)
        back = units_named(here, place, Named(kind), today=TODAY, after=whole[1].id, backwards=True, limit=5)

    assert after == whole[1:2]
    assert back == whole[:1]


def test_nobody_counts_a_territory_that_is_not_his() -> None:
    for login, code in (("outsider", "1309"), ("firm", "130973400"), ("city_office", "13")):
        with acting(login), pytest.raises(NotFound):
            activation_below(viewer(login), region(code).id, today=TODAY)


def test_the_second_wall_hides_presences_of_elsewhere() -> None:
    come("firm")

    with without_first_wall():
        with acting("outsider"):
            assert not Presence.objects.exists()
        with acting("other_firm"):
            assert not Presence.objects.exists()
        with acting("firm") as actor:
            assert list(Presence.objects.values_list("unit_id", flat=True)) == [actor.unit_id]


def colleague(login: str = "firm") -> Tenure:
    """Somebody who joined the firm after its first person."""
    unit = Tenure.objects.get(person__login=login).post.unit_id
    person = Person.objects.create(login=f"{login}-colleague", name="演示戌", phone="13900000077")
    return Tenure.objects.create(post=Post.objects.get(unit_id=unit, kind="reporter"), person=person, since=TODAY)


def test_a_firm_sees_its_own_people_and_makes_its_sheet_once() -> None:
    colleague()

    with acting("firm") as actor:
        names = [(one.name, one.has_come, one.is_me) for one in colleagues_of(viewer("firm"), today=TODAY)]
        sheets = {own_sheet(viewer("firm"), actor=actor, now=NOW) for _time in range(2)}

    assert names == [("演示甲", False, True), ("演示戌", False, False)]
    assert len(sheets) == 1


def test_a_stopped_colleague_is_out_at_once_and_so_is_the_sheet() -> None:
    one = colleague()
    with acting("firm") as actor:
        sheet = own_sheet(viewer("firm"), actor=actor, now=NOW)
        stop_colleague(viewer("firm"), one.id, actor=actor, now=NOW)
        ended = Invitation.objects.get(id=sheet).ended_at

    assert ended == NOW
    assert viewer_for(one.person_id, one.post_id, TODAY) is None


def test_nobody_stops_himself_or_people_of_another_firm() -> None:
    mine, theirs = Tenure.objects.get(person__login="firm"), Tenure.objects.get(person__login="other_firm")

    with acting("firm") as actor:
        with pytest.raises(NotYourself):
            stop_colleague(viewer("firm"), mine.id, actor=actor, now=NOW)
        with pytest.raises(NotFound):
            stop_colleague(viewer("firm"), theirs.id, actor=actor, now=NOW)
    with acting("city_office") as actor, pytest.raises(NotYours):
        own_sheet(viewer("city_office"), actor=actor, now=NOW)
    assert not Tenure.objects.filter(id__in=[mine.id, theirs.id], until__isnull=False).exists()
