"""A year as the page draws it: months of weeks of days, the holidays in words, the office hours in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from zhitong.domain.calendars.queries import NamedDay, OwnHours
from zhitong.domain.calendars.rules import Calendar, DayKind, Sessions
from zhitong.domain.calendars.rules.published import days_of
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.web.shell.words import whole_day

MARKS = {DayKind.WORKING: "work", DayKind.MAKE_UP: "make-up", DayKind.WEEKEND: "weekend", DayKind.HOLIDAY: "holiday"}
WEEK = "一二三四五六日"


@dataclass(frozen=True)
class Cell:
    """A day of the year: how it is drawn (`mark`), the word in it, what it is called, whether somebody's own."""

    day: date
    mark: str
    word: str
    name: str
    is_own: bool
    is_today: bool

    @property
    def told(self) -> str:
        """The day for whoever cannot see its shape."""
        return f"{self.day.day}日 {self.word or _('工作日')}{' ' + self.name if self.name else ''}"


@dataclass(frozen=True)
class Month:
    """A month by weeks from Monday; None where a week reaches into another month."""

    number: int
    weeks: Sequence[Sequence[Cell | None]]
    workdays: int


@dataclass(frozen=True)
class Holiday:
    """A holiday, or a place's own occasion: its days off and the days worked for it."""

    name: str
    off: str
    worked: str
    whose: str


@dataclass(frozen=True)
class HoursLine:
    """Office hours from a day on, whose they are, by what, and who entered them when."""

    since: str
    told: str
    whose: str
    source: str
    entered: str


def months_of(year: int, here: Calendar, named: Mapping[date, NamedDay], today: date) -> list[Month]:
    """The twelve months of a year."""
    cells = [_cell(day, here, named.get(day), today) for day in days_of(year)]
    return [_month(number, [cell for cell in cells if cell.day.month == number]) for number in range(1, 13)]


def _cell(day: date, here: Calendar, named: NamedDay | None, today: date) -> Cell:
    kind = here.kind_of(day)
    name, is_own = (named.name, named.owner_id is not None) if named else ("", False)
    return Cell(day, MARKS[kind], kind.value, name, is_own, day == today)


def _month(number: int, cells: Sequence[Cell]) -> Month:
    days: list[Cell | None] = [*[None] * cells[0].day.weekday(), *cells]
    days += [None] * (-len(days) % len(WEEK))
    weeks = [days[at : at + len(WEEK)] for at in range(0, len(days), len(WEEK))]
    return Month(number, weeks, sum(cell.mark in ("work", "make-up") for cell in cells))


def holidays_of(named: Iterable[NamedDay], names: Mapping[object, str]) -> list[Holiday]:
    """What the special days of a year are for, in the order of the year; `names` are those of the owners."""
    grouped: dict[tuple[str, object], list[NamedDay]] = {}
    for one in sorted(named, key=lambda one: one.on):
        grouped.setdefault((one.name, one.owner_id), []).append(one)
    return [
        Holiday(
            name or _("未注明"), _days(one.on for one in days if not one.works), _days(one.on for one in days if one.works),
            names[owner] if owner else "",
        )
        for (name, owner), days in grouped.items()
    ]


def _days(days: Iterable[date]) -> str:
    """2月15日、16日、19日: the month where it changes."""
    return "、".join(_said(days))


def _said(days: Iterable[date]) -> Iterator[str]:
    month = 0
    for day in days:
        yield f"{day.day}日" if day.month == month else f"{day.month}月{day.day}日"
        month = day.month


def hours_lines(own: Iterable[OwnHours], names: Mapping[object, str], here: Directory) -> list[HoursLine]:
    """The own office hours that were entered, in words."""
    return [
        HoursLine(
            _("%s起") % whole_day(one.since), sessions_in_words(one.sessions) or _("按上级的时间"), names[one.owner_id],
            one.source, _entered(one, here),
        )
        for one in own
    ]


def _entered(one: OwnHours, here: Directory) -> str:
    unit = here.units.get(one.entered_by_id) if one.entered_by_id else None
    by = unit.name if unit else _("系统")
    return _("%(by)s于%(on)s录入") % {"by": by, "on": whole_day(one.entered_on)}


def sessions_in_words(sessions: Sessions) -> str:
    """8:30–12:00，13:30–17:30."""
    return "，".join(f"{opens:%-H:%M}–{closes:%-H:%M}" for opens, closes in sessions)


def changes_within(year: int, here: Calendar) -> list[tuple[date, Sessions]]:
    """The office hours that hold in a year: at its beginning, and where they change."""
    first = date(year, 1, 1)
    begins = [first, *(since for since, _sessions in here.changes if first < since < first + timedelta(days=366))]
    held = [(day, here.sessions_on(day)) for day in begins if day.year == year]
    return [one for at, one in enumerate(held) if at == 0 or one[1] != held[at - 1][1]]
