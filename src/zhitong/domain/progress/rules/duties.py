"""Who reports a task in a region: the lead's own unit at the plan's level, below it the keeper of its line, else the office.
Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.plans.rules import Role

LONGEST_PART = 200
_FIRST = (Role.LEAD, Role.JOINT, Role.RESPONSIBLE)


@dataclass(frozen=True, slots=True)
class TaskLead:
    """A unit that the plan names for a task, in which role, for which part of it, and the indicators that the part has."""

    unit_id: UUID
    role: Role
    part: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedDuty:
    """A unit that is to report a task in a region; `why` says by which rule it was found, `codes` name the indicators of its
    part (empty: all of the task's)."""

    unit_id: UUID
    part: str
    is_joiner: bool
    line_id: UUID | None
    why: str
    codes: tuple[str, ...] = ()


def leads_of(named: Sequence[TaskLead]) -> list[TaskLead]:
    """Those who report: the leads, where the plan names none who share it, else who is responsible; each unit once.

    Beside them report those who are responsible for a part with indicators of its own. The first joins the parts of the
    others (汇总单位).
    """
    first = next((role for role in _FIRST if any(one.role is role for one in named)), None)
    of_parts = [one for one in named if one.role is Role.RESPONSIBLE and one.codes and one.role is not first]
    found: dict[UUID, TaskLead] = {}
    for one in [*(one for one in named if one.role is first), *of_parts]:
        found.setdefault(one.unit_id, one)
    return list(found.values())


def duties_at_plan(leads: Sequence[TaskLead], region_id: UUID, here: Directory) -> list[WantedDuty]:
    """Who reports at the plan's own level; the office where the plan names no unit that stands."""
    standing = [(lead, unit) for lead in leads if (unit := here.standing(lead.unit_id))]
    found = [
        _wanted(lead, unit, _first_line(unit, here), "方案确定的牵头单位", is_joiner=place == 0)
        for place, (lead, unit) in enumerate(_each_once(standing))
    ]
    return found or _by_office(region_id, here)


def duties_below(leads: Sequence[TaskLead], region_id: UUID, here: Directory) -> list[WantedDuty]:
    """Who reports in a region below: the keepers of the leads' lines there, else its own office, else nobody.

    A keeper of several leads' lines reports once, for all their parts.
    """
    found: dict[UUID, WantedDuty] = {}
    for lead in leads:
        above = here.standing(lead.unit_id)
        for line_id in _lines(above, here) if above else ():
            keeper = here.keeper(region_id, line_id)
            if keeper is None:
                continue
            mine = _wanted(lead, keeper, line_id, f"承担{here.lines[line_id].name}条线", is_joiner=not found)
            found[keeper.id] = _with_part(found[keeper.id], mine) if keeper.id in found else mine
            break
    return list(found.values()) or _by_office(region_id, here)


def _wanted(lead: TaskLead, unit: UnitEntry, line_id: UUID | None, why: str, *, is_joiner: bool) -> WantedDuty:
    """The joiner's report is of the whole task, another's of its part."""
    if is_joiner:
        return WantedDuty(unit.id, "", True, line_id, why)
    return WantedDuty(unit.id, _part(lead, unit), False, line_id, why, lead.codes)


def _with_part(one: WantedDuty, other: WantedDuty) -> WantedDuty:
    if one.is_joiner or not (one.codes and other.codes):
        return one
    part = one.part if other.part in one.part else f"{one.part}、{other.part}"
    return replace(one, part=part[:LONGEST_PART], codes=tuple(dict.fromkeys(one.codes + other.codes)))


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
