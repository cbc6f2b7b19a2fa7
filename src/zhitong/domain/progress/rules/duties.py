"""Who reports a task in a region: the lead's own unit at the plan's level, below it the keeper of its line, else the office.
Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.plans.rules import Role

LONGEST_PART = 200
_FIRST = (Role.LEAD, Role.JOINT, Role.RESPONSIBLE)


@dataclass(frozen=True, slots=True)
class TaskLead:
    """A unit that the plan names for a task, in which role and for which part of it."""

    unit_id: UUID
    role: Role
    part: str


@dataclass(frozen=True, slots=True)
class WantedDuty:
    """A unit that is to report a task in a region; `why` says by which rule it was found."""

    unit_id: UUID
    part: str
    is_joiner: bool
    line_id: UUID | None
    why: str


def leads_of(named: Sequence[TaskLead]) -> list[TaskLead]:
    """Those who report: the leads, where the plan names none who share it, else who is responsible; each unit once.

    The first joins the parts of the others (汇总单位).
    """
    for role in _FIRST:
        found: dict[UUID, TaskLead] = {}
        for one in named:
            if one.role is role:
                found.setdefault(one.unit_id, one)
        if found:
            return list(found.values())
    return []


def duties_at_plan(leads: Sequence[TaskLead], region_id: UUID, here: Directory) -> list[WantedDuty]:
    """Who reports at the plan's own level; the office where the plan names no unit that stands."""
    standing = [(lead, unit) for lead in leads if (unit := here.standing(lead.unit_id))]
    found = [
        WantedDuty(unit.id, "" if place == 0 else _part(lead, unit), place == 0, _first_line(unit, here), "方案确定的牵头单位")
        for place, (lead, unit) in enumerate(_each_once(standing))
    ]
    return found or _by_office(region_id, here)


def duties_below(leads: Sequence[TaskLead], region_id: UUID, here: Directory) -> list[WantedDuty]:
    """Who reports in a region below: the keepers of the leads' lines there, else its own office, else nobody."""
    found: dict[UUID, WantedDuty] = {}
    for lead in leads:
        above = here.standing(lead.unit_id)
        for line_id in _lines(above, here) if above else ():
            keeper = here.keeper(region_id, line_id)
            if keeper is None:
                continue
            part = "" if not found else _part(lead, keeper)
            words = f"承担{here.lines[line_id].name}条线"
            found.setdefault(keeper.id, WantedDuty(keeper.id, part, not found, line_id, words))
            break
    return list(found.values()) or _by_office(region_id, here)


def _by_office(region_id: UUID, here: Directory) -> list[WantedDuty]:
    office = here.office(region_id)
    if office is None or office.region_id != region_id:
        return []
    return [WantedDuty(office.id, "", True, None, "本地区没有单位承担这条线，由活动办公室报送")]


def _each_once(named: Sequence[tuple[TaskLead, UnitEntry]]) -> Iterator[tuple[TaskLead, UnitEntry]]:
    seen: set[UUID] = set()
    for lead, unit in named:
        if unit.id not in seen:
            seen.add(unit.id)
            yield lead, unit


def _part(lead: TaskLead, unit: UnitEntry) -> str:
    return (lead.part or f"{unit.short}负责的部分")[:LONGEST_PART]


def _lines(unit: UnitEntry, here: Directory) -> list[UUID]:
    """A unit's lines in the order of the standing order."""
    return [line_id for line_id in here.lines if line_id in unit.line_ids]


def _first_line(unit: UnitEntry, here: Directory) -> UUID | None:
    return next(iter(_lines(unit, here)), None)
