"""What is possible with a common problem and whose act it is; which members may join, and which can be moved. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.commons.rules.kinds import CommonAct, CommonState, Treatment
from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.domain.problems.rules.asking import why_not as why_not_done
from zhitong.domain.problems.rules.kinds import OPEN_STATES, Outcome, PowerMissing, State
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import MOVES as MOVES_OF_PROBLEMS
from zhitong.domain.problems.rules.way import Act

LEAST_MEMBERS = 2
"""What only one reports is no common problem; the system itself proposes from three reporters on."""


@dataclass(frozen=True, slots=True)
class CommonStanding:
    """How a common problem stands, as acts ask."""

    id: UUID
    number: str
    title: str
    category: str
    state: CommonState
    treatment: Treatment
    region_id: UUID
    office_id: UUID
    lead_id: UUID
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: the office's act or the lead's (or of both), possible in these states."""

    act: CommonAct
    by_office: bool
    by_lead: bool
    permission: Permission
    since: frozenset[CommonState]
    words: str


_OPEN = frozenset({CommonState.STUDIED, CommonState.ANSWERED})
TABLE: tuple[Move, ...] = (
    Move(CommonAct.ANSWER, False, True, Permission.HANDLE, _OPEN,
         "由本单位办理的一次办结，企业各自确认；其他单位办理的，由其采用这份答复。"),
    Move(CommonAct.JOIN, True, False, Permission.DISPATCH, _OPEN, "纳入后企业和承办单位会被告知。"),
    Move(CommonAct.TAKE_OUT, True, False, Permission.DISPATCH, _OPEN, "移出后按原渠道单独办理，企业和承办单位会被告知。"),
    Move(CommonAct.MEASURE, True, True, Permission.HANDLE, _OPEN, "写明从制度上怎样防止同类问题再发生。"),
    Move(CommonAct.CLOSE, True, False, Permission.DISPATCH, _OPEN, "还没有办结的成员继续由各自承办单位办理。"),
)
MOVES: dict[CommonAct, Move] = {move.act: move for move in TABLE}


def why_not(act: CommonAct, common: CommonStanding, unit_id: UUID | None, here: Directory) -> str | None:
    """Why a unit may not do an act now, as a sentence; None when it may."""
    move = MOVES[act]
    if common.state not in move.since:
        return f"{common.number}现在是“{common.state.label}”，不能{act.label}。"
    whose = [*([common.office_id] if move.by_office else []), *([common.lead_id] if move.by_lead else [])]
    if unit_id in whose:
        return None
    names = "或".join(here.units[one].name if one in here.units else "原单位" for one in whose)
    return f"“{act.label}”由{names}办理，不是本单位。"


def lead_trouble(unit: UnitEntry | None, office: UnitEntry, here: Directory) -> str | None:
    """Why a unit cannot lead a common problem of an office; None when it can."""
    if unit is None or unit.region_id != office.region_id:
        return f"牵头单位须是{here.regions[office.region_id].name}本级的单位。"
    if unit.is_consulted or Permission.HANDLE not in permissions_of(unit.kind, PostKind.OFFICER):
        return f"{unit.name}不能直接承办，请选择本级负责对口联系的部门。"
    return None


def leads_of(office: UnitEntry, here: Directory) -> list[UnitEntry]:
    """The units of an office's level that may lead, the office itself last."""
    fit = [unit for unit in here.units.values() if lead_trouble(unit, office, here) is None]
    return sorted(fit, key=lambda unit: (unit.kind is UnitKind.CAMPAIGN_OFFICE, unit.code))


def joining_trouble(member: Standing | None, common_region: UUID, taken: Collection[UUID], here: Directory) -> str | None:
    """Why a problem cannot join a common problem of a region; None when it can."""
    if member is None:
        return "没有找到，或者不在查看范围内"
    if member.state not in OPEN_STATES:
        return f"已是“{member.state.label}”"
    if common_region not in {region.id for region in here.path(member.region_id)}:
        return "不在本辖区"
    return "已属于另一件没有办结的共性问题" if member.id in taken else None


def moving_act(member: Standing, office_id: UUID, lead_id: UUID, here: Directory) -> Act | None:
    """The office's act that brings a member to the lead unit; None when there is none (see `stays_because`)."""
    if member.accountable_unit_id == lead_id:
        return None
    return next((act for act in (Act.DISPATCH, Act.REASSIGN) if why_not_done(act, member, office_id, here) is None), None)


def stays_because(member: Standing, here: Directory) -> str:
    """Why a member stays where it is though it should be gathered."""
    if member.state is State.SUBMITTED:
        return "还没有受理"
    if member.state not in MOVES_OF_PROBLEMS[Act.REASSIGN].since:
        return f"现在是“{member.state.label}”，不能改派"
    return f"现在{here.regions[member.level_region_id].name}办理，不由本办改派"


def answer_trouble(outcome: Outcome, has_date: bool, power: PowerMissing | None) -> dict[str, str]:
    """What an honest answer lacks, by field."""
    if outcome is Outcome.PLANNED and not has_date:
        return {"planned_on": "“列入计划”须写明计划完成日期。"}
    if outcome is Outcome.CANNOT and power is None:
        return {"power_missing": "“无法解决”须选择缺少哪项权限或条件。"}
    return {}
