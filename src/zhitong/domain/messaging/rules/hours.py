"""When a message may go to somebody: at once, with a digest, not in quiet hours, not before offices open. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from zhitong.domain.calendars.rules import Calendar
from zhitong.kit.choices import Word
from zhitong.kit.clock import SHANGHAI, day_of

GATHERED_FOR = timedelta(minutes=1)
"""What is not urgent waits so long for others that come with it."""
A_LITTLE = timedelta(minutes=15)
FARTHEST = 60
"""So many days ahead an opening is looked for; where nobody works for two months, it goes then."""
MOST_TIMES = 4


class Pace(Word):
    """How soon somebody wants to hear."""

    AT_ONCE = "at_once", "有一件发一件"
    DIGEST = "digest", "定时汇总"


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody wants to be told: `times` are those of his digests; quiet hours may pass midnight, equal ends are none."""

    pace: Pace = Pace.AT_ONCE
    times: tuple[time, ...] = (time(9), time(15))
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    on_workdays: bool = True
    urgent_at_any_hour: bool = False


USUAL = Habit()
OF_UNIT = Habit(on_workdays=True)
"""A group's robot and a unit's system are told as somebody is who has said nothing."""


def goes_at(now: datetime, habit: Habit, calendar: Calendar, *, is_urgent: bool) -> datetime:
    """The first moment from `now` on at which a message may go, in UTC.

    On working days: between the opening of the morning and the close of the afternoon; a digest at its times, on working
    days where they are asked for. Urgent things do not wait for a digest; whether they wait for the morning the habit says.
    """
    if is_urgent and habit.urgent_at_any_hour:
        return now
    if habit.pace is Pace.DIGEST and habit.times and not is_urgent:
        return _next_digest(now, habit, calendar)
    return _next_open(now, habit, calendar)


def goes_on_at(due: datetime, now: datetime, habit: Habit, calendar: Calendar, *, is_urgent: bool) -> datetime:
    """When what was due at a moment that has come goes: now, or later where its hour is not yet or no longer.

    What is late by more than a little (nobody was at work to send it) is asked anew, so that it wakes nobody.
    """
    first = goes_at(due, habit, calendar, is_urgent=is_urgent)
    if first > now or now - first <= A_LITTLE:
        return max(first, now)
    return max(now, goes_at(now, replace(habit, pace=Pace.AT_ONCE), calendar, is_urgent=is_urgent))


def is_quiet(at: time, habit: Habit) -> bool:
    """Whether a time of day lies in the quiet hours."""
    begins, ends = habit.quiet_from, habit.quiet_until
    if begins <= ends:
        return begins <= at < ends
    return at >= begins or at < ends


def habit_troubles(habit: Habit) -> dict[str, str]:
    """What is wrong with a habit, a sentence by field; empty when nothing is."""
    found = {}
    if habit.pace is Pace.DIGEST:
        if not habit.times:
            found["times"] = "请填写汇总的时间，例如 9:00、15:00。"
        elif len(habit.times) > MOST_TIMES:
            found["times"] = f"一天最多汇总 {MOST_TIMES} 次。"
        elif hidden := [one for one in habit.times if is_quiet(one, habit)]:
            found["times"] = f"{hidden[0]:%H:%M} 在免打扰时段里，请改一个时间。"
    return found


def _next_digest(now: datetime, habit: Habit, calendar: Calendar) -> datetime:
    for day in _days(now):
        if habit.on_workdays and not calendar.works_on(day):
            continue
        for at in sorted(habit.times):
            if (moment := _at(day, at)) >= now:
                return moment
    return now


def _next_open(now: datetime, habit: Habit, calendar: Calendar) -> datetime:
    for day in _days(now):
        if habit.on_workdays and not calendar.works_on(day):
            continue
        begins, ends = _span(day, habit, calendar)
        moment = max(now, begins)
        local = moment.astimezone(SHANGHAI).time()
        if is_quiet(local, habit):
            moment = _at(day + timedelta(days=local >= habit.quiet_until), habit.quiet_until)
        if moment <= ends and day_of(moment) == day:
            return moment
    return now


def _span(day: date, habit: Habit, calendar: Calendar) -> tuple[datetime, datetime]:
    if not habit.on_workdays:
        return _at(day, time(0)), _at(day, time(23, 59, 59))
    sessions = calendar.sessions_on(day)
    return _at(day, sessions[0][0]), _at(day, sessions[-1][1])


def _days(now: datetime) -> list[date]:
    first = day_of(now)
    return [first + timedelta(days=n) for n in range(FARTHEST)]


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI).astimezone(UTC)
