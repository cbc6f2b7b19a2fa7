"""Who receives a complaint, from every region of the real territory; what may be done when; limits and numbers (R-F13)."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import chinese_calendar
import pytest

from tests.packages import shipped
from zhitong.domain.calendars.rules import Calendar, due_after_workdays
from zhitong.domain.complaints.package import ComplaintsPackage, parse
from zhitong.domain.complaints.rules.kinds import Act, Part, State
from zhitong.domain.complaints.rules.numbering import SIGNS, read_number, receipt_number
from zhitong.domain.complaints.rules.receiving import (
    Accused,
    bodies_to_refer_to,
    may_unseal,
    receiver_of,
    regions_above,
)
from zhitong.domain.complaints.rules.way import Standing, why_not
from zhitong.domain.organisations import package as organisations
from zhitong.domain.organisations.package import directory_of
from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.kit.clock import SHANGHAI


@pytest.fixture(scope="module")
def here() -> Directory:
    return directory_of(organisations.parse(shipped("hebei-2018"))[0])


@pytest.fixture(scope="module")
def package() -> ComplaintsPackage:
    read, findings = parse(shipped("hebei-2018"))
    assert read is not None
    assert findings == []
    return read


def unit(here: Directory, code: str) -> UnitEntry:
    found = here.unit_coded(code)
    assert found is not None, code
    return found


def received(here: Directory, package: ComplaintsPackage, code: str) -> str:
    """The code of the unit that receives what is said against a unit."""
    about = unit(here, code)
    receiver = receiver_of(Accused(about.region_id, about.id), package.receivers, here)
    assert receiver is not None
    return receiver.code


@pytest.mark.parametrize(("accused", "receiver"), [
    ("130973400-economy", "130973-inspection"),  # a park under a zone: the zone's 督查室
    ("130973400-office", "130973-inspection"),  # its campaign office likewise
    ("130973206-government", "130973-inspection"),  # a township
    ("130973-economy", "1309-inspection"),
    ("130973-inspection", "1309-inspection"),  # the receiver itself: one higher
    ("1309-land", "13-inspection"),
    ("1309-inspection", "13-inspection"),
    ("xiongan-economy", "13-inspection"),
    ("13-development", "13-inspection"),  # at the top: its own inspection office
    ("13-inspection", "13-party_inspection"),  # against which another receives
])
def test_the_receiver_stands_one_level_above_the_accused(
    here: Directory, package: ComplaintsPackage, accused: str, receiver: str
) -> None:
    assert received(here, package, accused) == receiver


def test_from_every_region_somebody_above_receives_and_never_the_accused(
    here: Directory, package: ComplaintsPackage
) -> None:
    root = here.root().id
    for region in here.regions.values():
        receiver = receiver_of(Accused(region.id), package.receivers, here)

        assert receiver is not None, region.name
        assert may_unseal(receiver)
        above = {one.id for one in here.path(region.id)[:-1]} or {root}
        assert receiver.region_id in above, region.name


def test_against_every_unit_somebody_else_receives(here: Directory, package: ComplaintsPackage) -> None:
    for about in here.units.values():
        receiver = receiver_of(Accused(about.region_id, about.id), package.receivers, here)

        assert receiver is not None, about.name
        assert receiver.id not in (about.id, about.host_id), about.name
        assert receiver.host_id != about.id, about.name


def test_no_campaign_office_ever_receives(here: Directory, package: ComplaintsPackage) -> None:
    receivers = {receiver_of(Accused(region), package.receivers, here) for region in here.regions}

    assert {one.kind for one in receivers if one} == {UnitKind.INSPECTION_OFFICE}


def test_where_the_region_above_has_no_receiver_the_next_one_above_receives(
    here: Directory, package: ComplaintsPackage
) -> None:
    below = next(
        region for region in here.regions.values()
        if region.parent_id and not any(here.unit_coded(f"{here.regions[region.parent_id].code}-{slug}")
                                        for slug in package.receivers)
    )
    receiver = receiver_of(Accused(below.id), package.receivers, here)

    assert receiver is not None
    assert receiver.region_id == regions_above(below.id, here)[1].id


def test_who_stands_in_the_house_of_the_accused_does_not_receive(here: Directory, package: ComplaintsPackage) -> None:
    first, about = unit(here, "13-inspection"), unit(here, "13-development")
    hosted = replace(here, units=here.units | {first.id: replace(first, host_id=about.id)})

    assert received(hosted, package, "13-development") == "13-party_inspection"
    assert received(hosted, package, "13-science") == "13-inspection"


def test_it_is_referred_only_to_inspection_and_party_bodies_above_the_accused(here: Directory) -> None:
    about, holder = unit(here, "130973400-economy"), unit(here, "130973-inspection")
    bodies = bodies_to_refer_to(Accused(about.region_id, about.id), holder.id, here)

    levels = ["130973", "1309", "13"]
    assert [levels.index(here.regions[one.region_id].code) for one in bodies] == sorted(
        levels.index(here.regions[one.region_id].code) for one in bodies
    )
    assert {one.kind for one in bodies} == {UnitKind.INSPECTION_OFFICE, UnitKind.PARTY_BODY}
    assert holder.id not in {one.id for one in bodies}
    assert "1309-inspection" in {one.code for one in bodies}


def test_at_the_top_it_is_not_referred_to_the_accused(here: Directory) -> None:
    about, holder = unit(here, "13-propaganda"), unit(here, "13-inspection")
    bodies = bodies_to_refer_to(Accused(about.region_id, about.id), holder.id, here)

    assert "13-establishment" in {one.code for one in bodies}
    assert about.id not in {one.id for one in bodies}


def test_the_limits_keep_within_those_of_the_regulation_whatever_day_it_comes(package: ComplaintsPackage) -> None:
    calendar = Calendar({}, frozenset({2018}))
    days = [datetime(2018, 1, 1, 12, tzinfo=SHANGHAI) + timedelta(days=away) for away in range(300)]
    published = {
        day.date() + timedelta(days=ahead): chinese_calendar.is_workday(day.date() + timedelta(days=ahead))
        for day in days for ahead in (0, 60)
    }
    calendar = replace(calendar, special=published)
    for day in days:
        acknowledge = due_after_workdays(day, package.acknowledge_workdays, calendar).at
        notify = due_after_workdays(day, package.notify_workdays, calendar).at

        assert acknowledge - day <= timedelta(days=15), day
        assert notify - day <= timedelta(days=60), day


HOLDER, FIRM, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
AT = datetime(2018, 4, 27, tzinfo=UTC)
STANDING = Standing(UUID(int=9), "", "", State.SENT, HOLDER, None, UUID(int=8), 0, AT, AT, AT, AT)
POSSIBLE = {
    State.SENT: {Act.ACKNOWLEDGE}, State.REFERRED: {Act.ACKNOWLEDGE}, State.HANDLING: {Act.ASK, Act.REFER, Act.NOTIFY},
    State.ASKED: {Act.REFER, Act.NOTIFY}, State.NOTIFIED: set(),
}


@pytest.mark.parametrize("state", State)
def test_the_holder_does_what_the_table_allows_and_nothing_else(state: State) -> None:
    standing = replace(STANDING, state=state)
    acts = [Act.ACKNOWLEDGE, Act.ASK, Act.REFER, Act.NOTIFY, Act.SUPPLY]

    assert {act for act in acts if why_not(act, standing, HOLDER, {Part.RECEIVER}) is None} == POSSIBLE[state]
    assert [act for act in acts if why_not(act, standing, OTHER, {Part.RECEIVER}) is None] == []


@pytest.mark.parametrize("state", State)
def test_the_complainant_supplies_only_when_asked(state: State) -> None:
    refused = why_not(Act.SUPPLY, replace(STANDING, state=state), FIRM, {Part.COMPLAINANT})

    assert (refused is None) == (state is State.ASKED)


def test_it_is_asked_once() -> None:
    asked = replace(STANDING, state=State.HANDLING, asks=1)

    assert why_not(Act.ASK, asked, HOLDER, {Part.RECEIVER}) == "已请投诉人补充过一次，不能再次要求。请移送，或者告知结果。"


def test_a_receipt_number_is_drawn_by_lot_and_read_however_typed() -> None:
    number = receipt_number(random.Random(7).choice)

    assert re.fullmatch(rf"[{SIGNS}]{{4}}-[{SIGNS}]{{4}}-[{SIGNS}]{{4}}", number)
    assert read_number(f" {number.lower()} ") == number
    assert number != receipt_number(random.Random(8).choice)
