"""座谈会 (R-B4): written down once, each matter a case of its own, followed from the meeting's page."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.files.samples import upload
from tests.intake.conftest import FIRM
from tests.world import NOW
from zhitong.domain.files.actions import store
from zhitong.domain.intake.actions.naming import Named
from zhitong.domain.intake.actions.symposium import MOST_MATTERS, Held, Invited, Raised, hold
from zhitong.domain.intake.models import Guest, Symposium
from zhitong.domain.intake.queries.symposia import held_in, symposia_seen, symposium_seen
from zhitong.domain.intake.rules.attendance import Attendance
from zhitong.domain.intake.rules.quarters import Quarter, quarter_of, quarter_read
from zhitong.domain.organisations.beside import open_file_for
from zhitong.domain.organisations.scope import NotYours, acting_as, without_first_wall
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import Source, State
from zhitong.domain.subjects.models import Subject
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db


def held(login: str = "park", **said: Any) -> UUID:
    """A meeting of the park with two matters: one of the registry's firm, one of another."""
    with acting("province_office"):
        firm = Subject.objects.get(name=FIRM)
    matters = [Raised(Named(firm.id), "夜间限电", "energy"), Raised(Named(None, "演示小厂"), "路不通")]
    given: dict[str, Any] = {
        "campaign": "hebei-2018", "name": "二季度座谈会", "held_on": date(2018, 4, 26), "chaired_by": "演示赵副主任",
        "matters": matters, **said,
    }
    with acting_as(viewer(login)) as here:
        return hold(here, Held(actor=here.actor("test"), now=NOW, **given))


def test_each_matter_is_a_case_that_goes_its_way_and_is_followed_from_the_meeting() -> None:
    meeting = held()

    with acting_as(viewer("park")) as here:
        found = symposium_seen(here, meeting)
        kept = list(Problem.objects.order_by("id"))

    assert [(one.subject_name, one.state) for one in found.matters if one] == [
        (FIRM, State.DISPATCHED), ("演示小厂", State.SUBMITTED)
    ]
    assert {(one.source, one.happened_at is not None, one.recorded) for one in kept} == {(Source.SYMPOSIUM.value, True, False)}


def test_its_papers_are_opened_by_who_sees_the_meeting_and_nobody_else() -> None:
    with acting_as(viewer("park")) as here:
        [file] = store([upload()], actor=here.actor("test"), now=NOW)
    held(file_ids=(file.id,))

    for login in ("park", "zone_office"):
        with acting_as(viewer(login)) as here:
            assert open_file_for(here, file.id)[0].id == file.id
    for login in ("outsider", "firm", "city"):
        with acting_as(viewer(login)) as here, pytest.raises(NotFound):
            open_file_for(here, file.id)


@pytest.mark.parametrize("login", ["outsider", "neighbour", "city", "firm"])
def test_others_find_no_trace(login: str) -> None:
    meeting = held()

    with acting_as(viewer(login)) as here:
        assert symposia_seen(here) == []
        with pytest.raises(NotFound):
            symposium_seen(here, meeting)
        with without_first_wall():
            assert symposia_seen(here) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"held_on": date(2018, 4, 28)}, "不能晚于今天"), ({"name": " "}, "请填写这一项"), ({"chaired_by": ""}, "请填写这一项"),
        ({"minutes": "机密"}, "非涉密"), ({"matters": [Raised(Named(None, "演示"), "绝密")]}, "非涉密"),
        ({"matters": [Raised(Named(None, "演示"), "事")] * (MOST_MATTERS + 1)}, "最多登记100个事项"),
    ],
)
def test_what_cannot_be_taken_leaves_no_meeting_and_no_case(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        held(**said)
    with acting("province_office"):
        assert (Symposium.objects.count(), Problem.objects.count()) == (0, 0)


def test_who_handles_nothing_writes_down_no_meeting() -> None:
    with pytest.raises(NotYours):
        held("firm")
    with pytest.raises(NotFound):
        held("outsider")


def test_who_was_invited_and_whether_they_came_is_written_down() -> None:
    with acting("province_office"):
        firm = Subject.objects.get(name=FIRM)
    guests = [Invited(Named(firm.id)), Invited(Named(None, "演示小厂"), Attendance.DECLINED, "出差")]
    meeting = held(guests=guests)

    with acting_as(viewer("zone_office")) as here:
        found = symposium_seen(here, meeting).guests

    assert [(one.subject_id, one.name, one.attendance, one.note) for one in found] == [
        (firm.id, FIRM, Attendance.CAME, ""), (None, "演示小厂", Attendance.DECLINED, "出差")
    ]
    with pytest.raises(BadInput, match="写了两次"):
        held(guests=[guests[1], guests[1]])
    with acting("outsider"):
        assert not Guest.objects.exists()


def test_each_level_sees_whether_it_and_those_below_have_held_one_this_quarter() -> None:
    held()

    with acting_as(viewer("zone_office")) as here:
        levels = {one.region: (one.held, one.matters) for one in held_in(here, Quarter(2018, 2))}
        before = {one.held for one in held_in(here, Quarter(2018, 1))}
        listed = [symposia_seen(here, quarter=quarter) for quarter in (Quarter(2018, 1), Quarter(2018, 2))]
    with acting_as(viewer("park")) as here:
        assert held_in(here, Quarter(2018, 2)) == []

    assert levels["沧州渤海新区"] == (0, 0)
    assert (1, 2) in levels.values()
    assert (before, [len(one) for one in listed]) == ({0}, [0, 1])


@pytest.mark.parametrize(
    ("day", "name", "first", "last"),
    [
        (date(2018, 1, 1), "2018Q1", date(2018, 1, 1), date(2018, 3, 31)),
        (date(2018, 6, 30), "2018Q2", date(2018, 4, 1), date(2018, 6, 30)),
        (date(2018, 12, 31), "2018Q4", date(2018, 10, 1), date(2018, 12, 31)),
    ],
)
def test_a_quarter_has_its_days_and_its_name(day: date, name: str, first: date, last: date) -> None:
    quarter = quarter_of(day)

    assert (str(quarter), quarter.days) == (name, (first, last))
    assert quarter_read(name, date(2020, 1, 1)) == quarter
    assert quarter_of(quarter.days[0]) == quarter
    assert quarter.before() < quarter
    assert quarter_read("2018Q5", day) == quarter_read("x", day) == quarter
