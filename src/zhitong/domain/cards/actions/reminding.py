"""Reminding of missing cards: the clock climbs from firm to office, an office reminds by hand; nobody twice in a day."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.cards.actions.asking import require
from zhitong.domain.cards.queries.reviewing import ask_regions
from zhitong.domain.cards.rules.collection import STANDING
from zhitong.domain.cards.rules.kinds import CardFact
from zhitong.domain.cards.rules.reminding import levels_due, next_day
from zhitong.domain.cards.rules.rounds import WANTING, ReminderLevel
from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import Refused

BATCH = 1000
_CLOCK = Actor(None, None, None, "work")
_ASKED = f"""
SELECT obligation.id, obligation.round_id, round.name, round.due_on, round.locked_on, round.grace, obligation.remind_on,
       obligation.region_id, subject.unit_id, care.unit_id, obligation.collecting_unit_id,
       obligation.owed AND {STANDING} = ANY(%(wanting)s)
FROM cards_obligation obligation
JOIN cards_round round ON round.id = obligation.round_id
JOIN subjects_subject subject ON subject.id = obligation.subject_id
LEFT JOIN cards_card card ON card.round_id = obligation.round_id AND card.subject_id = obligation.subject_id
LEFT JOIN LATERAL (
    SELECT unit_id FROM subjects_care
    WHERE subjects_care.subject_id = subject.id AND until IS NULL
    ORDER BY array_position(ARRAY['township', 'county', 'city', 'province'], tier::text), subjects_care.id LIMIT 1
) care ON true
"""
_DUE = f"""
{_ASKED} WHERE obligation.remind_on <= %(today)s ORDER BY obligation.remind_on, obligation.id LIMIT %(limit)s
FOR UPDATE OF obligation SKIP LOCKED
"""
_OF_REGION = f"{_ASKED} WHERE obligation.round_id = %(round)s AND obligation.region_id = ANY(%(regions)s)"
_KEEP = """
INSERT INTO cards_reminder (id, obligation_id, level, unit_id, "on", at, reminded_by_id)
SELECT *, %s::date, %s::timestamptz, %s::uuid
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::uuid[]) AS reminded (id, obligation_id, level, unit_id)
ON CONFLICT (obligation_id, unit_id, "on") DO NOTHING
RETURNING obligation_id, level, unit_id
"""
_MOVE = """
UPDATE cards_obligation SET remind_on = moved.remind_on
FROM unnest(%s::uuid[], %s::date[]) AS moved (id, remind_on) WHERE cards_obligation.id = moved.id
"""


class RemindedToday(Refused):
    """Everybody who has not reported was reminded today already, or everybody has reported."""


class RoundOver(Refused):
    """The round takes nothing any more, or is not open yet."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """An obligation that may be reminded of, and whom each level is."""

    id: UUID
    round_id: UUID
    round_name: str
    due_on: date
    locked_on: date
    grace: Mapping[str, int]
    remind_on: date | None
    region_id: UUID
    units: Mapping[ReminderLevel, UUID | None]
    is_wanting: bool


Reminded = tuple[_Asked, ReminderLevel, UUID]
"""Of which obligation, at which level, which unit."""


@transaction.atomic
def remind_due(now: datetime, *, limit: int = BATCH) -> int:
    """Remind whose grace is over, found by the index of the day; for the worker. Returns how many it looked at.

    Each level is reminded on its own working day after the due day, until the round is locked. Source: R-E4.
    """
    today, here = day_of(now), directory()
    asked = _find(_DUE, {"today": today, "limit": limit})
    moves: list[tuple[UUID, date | None]] = []
    reminded: list[Reminded] = []
    for one in asked:
        works_on = calendar_of(here.calendar_owners(one.region_id)).works_on
        over = today > one.locked_on
        moves.append((one.id, None if over else next_day(one.due_on, one.grace, today, works_on)))
        if over or not one.is_wanting:
            continue
        before = levels_due(one.due_on, one.grace, _day_before(one.remind_on or today), works_on)
        for level in levels_due(one.due_on, one.grace, today, works_on):
            unit_id = one.units[level]
            if unit_id and level not in before:
                reminded.append((one, level, unit_id))
    _remind(reminded, _CLOCK, now)
    _move(moves)
    return len(asked)


@transaction.atomic
def remind_region(*, round_id: UUID, region_id: UUID, actor: Actor, now: datetime) -> int:
    """Remind every firm of a region that has not reported (who has no account: the unit that cares); returns how many.

    Raises NotYours, NotFound: an office reminds its own region and below.
    Raises RoundOver, RemindedToday: nobody is reminded twice for one card in a day.
    """
    require(Permission.DISPATCH)
    viewer = scope.present()
    here = ask_regions(viewer, [region_id]) if viewer else directory()
    asked = _find(_OF_REGION, {"round": round_id, "regions": list(here.within(region_id))})
    if any(day_of(now) > one.locked_on for one in asked):
        raise RoundOver("这一期已经锁定，企业不能再报，提醒没有用处。缺报的请登记未报原因。")
    wanted: list[Reminded] = []
    for one in asked:
        level = ReminderLevel.FIRM if one.units[ReminderLevel.FIRM] else ReminderLevel.UNIT
        unit_id = one.units[level]
        if one.is_wanting and unit_id:
            wanted.append((one, level, unit_id))
    count = _remind(wanted, actor, now)
    if not count:
        raise RemindedToday("应报未报的今天都已经提醒过，或者已经全部报齐。同一张卡一天只提醒一次，请明天再看。")
    return count


def _find(statement: str, parameters: dict[str, Any]) -> list[_Asked]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**parameters, "wanting": [str(one) for one in WANTING]})
        return [_asked(*row) for row in cursor.fetchall()]


def _asked(
    obligation_id: UUID, round_id: UUID, name: str, due_on: date, locked_on: date, grace: str | Mapping[str, int],
    remind_on: date | None, region_id: UUID, firm_id: UUID | None, caring_id: UUID | None, office_id: UUID, wanting: bool,
) -> _Asked:
    units = {
        ReminderLevel.FIRM: firm_id, ReminderLevel.PERSON: caring_id, ReminderLevel.UNIT: caring_id,
        ReminderLevel.OFFICE: office_id,
    }
    days = json.loads(grace) if isinstance(grace, str) else grace
    return _Asked(obligation_id, round_id, name, due_on, locked_on, days, remind_on, region_id, units, wanting)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _remind(wanted: Sequence[Reminded], actor: Actor, now: datetime) -> int:
    """Keep the reminders that are the day's first and leave one fact for each unit and level; returns how many."""
    if not wanted:
        return 0
    rows = [(uuid7(), one.id, str(level), unit_id) for one, level, unit_id in wanted]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [day_of(now), now, actor.unit_id, *(list(column) for column in zip(*rows, strict=True))])
        kept = cursor.fetchall()
    rounds = {one.id: (one.round_id, one.round_name) for one, _level, _unit in wanted}
    told = Counter((*rounds[obligation_id], level, unit_id) for obligation_id, level, unit_id in kept)
    record_many([
        Fact(
            str(CardFact.REMINDED), "card_round", round_id, actor, now,
            {"unit": unit_id, "level": level, "count": count, "round": name},
        )
        for (round_id, name, level, unit_id), count in told.items()
    ])
    return len(kept)


def _move(moves: Sequence[tuple[UUID, date | None]]) -> None:
    if moves:
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, [list(column) for column in zip(*moves, strict=True)])
