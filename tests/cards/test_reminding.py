"""Reminding (R-E4): the clock climbs from firm to office by working days, an office reminds by hand, nobody twice in a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.cards.conftest import NOW, Cast, send
from zhitong.domain.cards.actions import remind_region
from zhitong.domain.cards.actions.reminding import RemindedToday, RoundOver, remind_due
from zhitong.domain.cards.models import Obligation
from zhitong.domain.cards.queries import reminders_of_region
from zhitong.domain.cards.rules.reminding import USUAL_GRACE, grace_trouble, levels_due, next_day, remind_day
from zhitong.domain.cards.rules.rounds import ReminderLevel
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db


def weekdays(day: date) -> bool:
    """A calendar without holidays."""
    return day.weekday() < 5


@pytest.mark.parametrize(("workdays", "on"), [(0, 7), (1, 10), (2, 11), (5, 14)])
def test_grace_is_counted_in_working_days(workdays: int, on: int) -> None:
    assert remind_day(date(2018, 9, 7), workdays, weekdays) == date(2018, 9, on)


def test_the_levels_climb_one_after_the_other() -> None:
    due = date(2018, 9, 7)
    found = {day: len(levels_due(due, USUAL_GRACE, date(2018, 9, day), weekdays)) for day in (6, 7, 8, 10, 11, 12)}
    assert found == {6: 0, 7: 1, 8: 1, 10: 2, 11: 3, 12: 4}
    assert next_day(due, USUAL_GRACE, date(2018, 9, 8), weekdays) == date(2018, 9, 10)
    assert next_day(due, USUAL_GRACE, date(2018, 9, 12), weekdays) is None


@pytest.mark.parametrize(("grace", "trouble"), [({}, ""), ({"person": 9}, "由下而上"), ({"office": 99}, "20个工作日")])
def test_a_grace_that_does_not_climb_is_refused(grace: dict[str, int], trouble: str) -> None:
    assert trouble in grace_trouble({**USUAL_GRACE, **grace}) if trouble else grace_trouble(grace) == ""


def at(day: int) -> datetime:
    """Nine in the morning of a day of September."""
    return datetime(2018, 9, day, 1, tzinfo=UTC)


def clock(cast: Cast, day: int) -> None:
    """The clock reminds, with the eyes of the province: it acts for nobody."""
    with acting_as(cast.province_office):
        remind_due(at(day))


def told(cast: Cast, september: UUID, who: Viewer) -> list[tuple[ReminderLevel, int]]:
    """Who was reminded on which day, oldest first."""
    with acting_as(who):
        rows = reminders_of_region(who, who.region_id, september)
    return [(one.level, one.at.day) for one in reversed(rows)]


def test_the_clock_climbs_and_nobody_is_reminded_twice_in_a_day(cast: Cast, september: UUID) -> None:
    for day in (9, 10, 10, 11, 12, 13, 14):
        clock(cast, day)

    assert told(cast, september, cast.office) == [
        (ReminderLevel.FIRM, 10), (ReminderLevel.PERSON, 11), (ReminderLevel.UNIT, 12), (ReminderLevel.OFFICE, 13),
    ]
    with acting_as(cast.office):
        assert Obligation.objects.filter(subject=cast.subject, remind_on__isnull=False).count() == 0


def test_who_has_reported_is_not_reminded_and_a_locked_round_reminds_nobody(cast: Cast, september: UUID) -> None:
    send(cast, september)

    clock(cast, 10)
    clock(cast, 25)

    assert told(cast, september, cast.office) == []
    assert told(cast, september, cast.neighbour_office) == [(ReminderLevel.FIRM, 10)]


def test_an_office_reminds_its_region_by_hand_once_a_day(cast: Cast, september: UUID) -> None:
    node = cast.regions["1309"].id

    def remind(days: int = 0) -> int:
        with acting_as(cast.city_office):
            return remind_region(
                round_id=september, region_id=node, actor=cast.city_office.actor("web"), now=NOW + timedelta(days=days)
            )

    assert remind() == 2
    with pytest.raises(RemindedToday, match="一天只提醒一次"):
        remind()
    assert remind(1) == 2
    with pytest.raises(RoundOver, match="已经锁定"):
        remind(30)


def test_who_does_not_collect_reminds_nobody(cast: Cast, september: UUID) -> None:
    node = cast.regions["130973400"].id
    for who, refusal in ((cast.caring, NotYours), (cast.neighbour_office, NotFound), (cast.firm, NotYours)):
        with acting_as(who), pytest.raises(refusal):
            remind_region(round_id=september, region_id=node, actor=who.actor("web"), now=NOW)
