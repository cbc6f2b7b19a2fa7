"""When a unit may be dissolved, and what its open work is in the successor's hands. Pure. Source: R-B5, R-B8."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.domain.problems.rules.kinds import PartyRole, RequestKind
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.choices import Word
from zhitong.kit.ids import uuid7

WHY = "机构撤并"


class UnitFact(Word):
    """What happens to a unit as a whole."""

    DISSOLVED = "unit.dissolved", "单位撤并"


def why_not_dissolved(unit: UnitEntry, successor: UnitEntry | None, here: Directory) -> str | None:
    """None when the unit may end; otherwise the reason with what to do first."""
    if unit.kind in (UnitKind.CAMPAIGN_OFFICE, UnitKind.LEADING_GROUP):
        return f"{unit.name}是本级的活动机构，不能在这里撤并。请由活动包调整机构设置。"
    if successor is None or successor.id == unit.id:
        lines = "、".join(sorted(here.lines[line].name for line in unit.line_ids)[:5])
        kept = f"其承担的“{lines}”等条线和在办问题" if lines else "其在办问题"
        return f"还没有指定承接单位。请先选定由哪个单位承接{kept}。"
    if successor.region_id != unit.region_id:
        return f"{successor.name}不在同一区划，不能承接{unit.name}的条线。请在本级选择承接单位。"
    if successor.is_consulted or Permission.HANDLE not in permissions_of(successor.kind, PostKind.OFFICER):
        return f"{successor.name}不能承办问题，请选择本级能承办问题的单位。"
    return None


def passed_on(standing: Standing, unit: UnitEntry, successor: UnitEntry, actor: Actor, at: datetime) -> Change:
    """A problem in the successor's hands: the state stays, every clock counts on, what its unit asked for lapses."""
    spell = standing.spell
    assert spell is not None, "only open problems are passed on"
    at = max(at, standing.last_at)
    taken = replace(spell, id=uuid7(), unit_id=successor.id, started_at=at, clock_from=spell.counted_from)
    keeps_request = standing.pending in (None, RequestKind.WITHDRAWAL)
    after = moved(
        standing, Act.REASSIGN, actor, at, spell=taken, offered_unit_id=None,
        pending=standing.pending if keeps_request else None,
        decider_unit_id=standing.decider_unit_id if keeps_request else None,
        relay_unit_id=successor.id if standing.relay_unit_id == unit.id else standing.relay_unit_id,
    )
    return Change(
        Act.REASSIGN, actor, at, standing, after, parties=((successor.id, PartyRole.HANDLER),),
        body={"from_unit": unit.id}, words={"why": f"{WHY}：{unit.name}撤销，由{successor.name}承接。"},
    )


def relay_passed_on(standing: Standing, unit: UnitEntry, successor: UnitEntry, actor: Actor, at: datetime) -> Change:
    """An answer on its way down that the dissolved unit had to pass on: the successor's duty, its limit runs on."""
    after = replace(standing, relay_unit_id=successor.id)
    words = {"why": f"{WHY}：{unit.name}撤销，由{successor.name}向下传答复。"}
    parties = ((successor.id, PartyRole.HANDLER),)
    return Change(Act.REASSIGN, actor, max(at, standing.last_at), standing, after, parties=parties, words=words)


def offer_lapsed(standing: Standing, unit: UnitEntry, actor: Actor, at: datetime) -> Change:
    """A matter that was offered to the dissolved unit stays with the unit that has it."""
    after = moved(standing, Act.TURN_DOWN, actor, max(at, standing.last_at), offered_unit_id=None)
    return Change(Act.TURN_DOWN, actor, after.last_at, standing, after, words={"reason": f"{WHY}：{unit.name}撤销。"})
