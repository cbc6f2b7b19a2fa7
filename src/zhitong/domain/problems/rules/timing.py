"""Who decides on time, what may be asked for, and how a due time is counted on; it never moves back. Pure.

A due time moves only by a granted request: an extension adds working days, a pause or a parking adds the working days
the clock stood still. The first limit stays beside it for ever (R-F5, 冀发〔2018〕7号 四（三）（六）).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from zhitong.domain.calendars.rules import Calendar, Due, due_after_workdays, warn_before, workdays_between
from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.problems.rules.kinds import RequestKind, SpellKind, State
from zhitong.domain.problems.rules.limits import Clock
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.clock import SHANGHAI, day_of

MOST_WORKDAYS = 30
"""The longest single extension, in working days."""

LONGEST_AWAY = timedelta(days=365)
"""How far ahead a pause may end or a parked matter return."""

STANDING_STILL = frozenset({State.PAUSED, State.PARKED})
"""The states in which the handling clock stands still."""


def decider_of(kind: RequestKind, standing: Standing, here: Directory) -> UnitEntry:
    """The office that decides a request.

    On time the office of the level, on a withdrawal that of the problem's region; the one above where it is a second
    extension, a second pause or a parking, or where the office would decide about itself or its host department
    (R-F13). At the root its own office decides.
    """
    region_id = standing.region_id if kind is RequestKind.WITHDRAWAL else standing.level_region_id
    office = here.office(region_id)
    assert office is not None, "every level has an office or one above it"
    if _is_for_the_office_above(kind, standing):
        office = here.office_above(office.region_id) or office
    while _is_about_itself(office, standing):
        above = here.office_above(office.region_id)
        if above is None:
            break
        office = above
    return office


def _is_about_itself(office: UnitEntry, standing: Standing) -> bool:
    """Whether the office handles the matter itself or its host department has it; what waits on its desk it may decide."""
    unit_id = standing.accountable_unit_id
    handles = standing.spell is not None and standing.spell.kind is SpellKind.HANDLING
    return unit_id is not None and (unit_id == office.host_id or (handles and unit_id == office.id))


def _is_for_the_office_above(kind: RequestKind, standing: Standing) -> bool:
    asked_before = {RequestKind.EXTENSION: standing.extensions, RequestKind.PAUSE: standing.pauses}
    return kind is RequestKind.PARK or asked_before.get(kind, 0) > 0


def why_no_request(kind: RequestKind, standing: Standing, here: Directory, now: datetime) -> str | None:
    """Why a request cannot be made now; None when it can. An overdue clock is neither extended nor stopped."""
    if standing.pending is not None:
        unit = here.units.get(standing.decider_unit_id) if standing.decider_unit_id else None
        return f"该问题已有一份{standing.pending.label}申请待{unit.name if unit else '活动办公室'}审批，请等审批后再提出。"
    if kind not in (RequestKind.EXTENSION, RequestKind.PAUSE):
        return None
    due_at = standing.spell.due_at if standing.spell else None
    if due_at is None:
        return "该问题没有办结时限，无需延期。" if kind is RequestKind.EXTENSION else None
    if now > due_at:
        return f"已超期：办结时限已于{moment(due_at)}截止，不能再申请{kind.label}。请办理；本级无法解决的，请提出上报。"
    return None


def why_not_so_long(workdays: int) -> str | None:
    """Why an extension cannot be so long; None when it can."""
    if 1 <= workdays <= MOST_WORKDAYS:
        return None
    return f"一次延期为 1 至 {MOST_WORKDAYS} 个工作日，请改正天数。需要更久的，可申请挂账。"


def why_not_until(until: date, now: datetime) -> str | None:
    """Why a clock cannot stand still until this day; None when it can."""
    if until <= day_of(now):
        return "预计恢复的日期应晚于今天，请改正日期。"
    if until > day_of(now) + LONGEST_AWAY:
        return "预计恢复的日期最远为一年以内，请改正日期；到期仍不能办理的，可再次申请。"
    return None


def counted_on(due_at: datetime, workdays: int, calendar: Calendar) -> datetime:
    """A due time so many working days later; the end of office hours of that day, and never earlier than it was."""
    return due_after_workdays(due_at, workdays, calendar).at if workdays > 0 else due_at


def clock_counted_on(clock: Clock, workdays: int, calendar: Calendar) -> Clock:
    """A running clock so many working days later; unmoved it warns as before."""
    return clock_moved_to(clock, counted_on(clock.due_at, workdays, calendar), calendar) if workdays > 0 else clock


def clock_moved_to(clock: Clock, due_at: datetime, calendar: Calendar) -> Clock:
    """A clock that falls due at another moment; it warns from the opening of its new last day."""
    days = (day_of(clock.due_at), day_of(due_at))
    due = Due(due_at, days, not calendar.is_published(days[-1]))
    return Clock(clock.stage, due_at, warn_before(due, clock.due_at, calendar), due.is_provisional)


def stood_still(since: datetime, until: datetime, calendar: Calendar) -> int:
    """The working days a clock stood still: those after the day it stopped, with the day it goes on."""
    return max(0, workdays_between(since, until, calendar))


def extended_in_words(before: datetime, after: datetime, workdays: int, calendar: Calendar) -> str:
    """The sum of an extension: 原办结时限 5月18日 17:30，延期 3 个工作日：5月21日 22日 23日，延至 5月23日 17:30."""
    return f"原办结时限 {moment(before)}，延期 {workdays} 个工作日{_days(before, workdays, calendar)}，延至 {moment(after)}"


def stood_in_words(
    since: datetime, until: datetime, workdays: int, before: datetime | None, after: datetime | None, calendar: Calendar
) -> str:
    """The sum of a stop: since when, until when, the working days between, and the due time before and after."""
    stood = f"{moment(since)} 停表，{moment(until)} 恢复，停表 {workdays} 个工作日{_days(since, workdays, calendar)}"
    if before is None or after is None:
        return stood
    return f"{stood}，办结时限由 {moment(before)} 顺延至 {moment(after)}"


def _days(start: datetime, workdays: int, calendar: Calendar) -> str:
    """The days counted, make-up days marked: ：4月28日(补班) 5月2日 3日."""
    if workdays < 1:
        return ""
    steps: list[str] = []
    month = 0
    for day in due_after_workdays(start, workdays, calendar).days:
        label = f"{day.day}日" if day.month == month else f"{day.month}月{day.day}日"
        kind = calendar.kind_of(day).value
        steps.append(f"{label}({kind})" if kind else label)
        month = day.month
    return f"：{' '.join(steps)}"


def moment(at: datetime) -> str:
    """A moment as sums and refusals say it."""
    here = at.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日 {here:%H:%M}"
