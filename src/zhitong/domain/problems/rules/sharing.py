"""When a matter may be handed over, invited to or asked about, and what must hold of the rows that come of it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory, UnitEntry
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.clock import SHANGHAI

SEND_BACKS_ALLOWED = 2
"""The office's hand after a second sending back binds (指定承办)."""
HAND_OVERS_ALLOWED = 2
"""Departments settle a quarrel between themselves twice; then the office decides."""


def send_back_refusal(standing: Standing) -> str | None:
    """Why a matter may not be sent back whatever the hour: designated, taken by consent, or sent back too often."""
    assert standing.spell is not None, "only a matter with a unit is sent back"
    if standing.spell.designated:
        return "活动办公室已指定由本单位承办，不能退回或移交。确有新的职责依据的，请书面报活动办公室改派。"
    if standing.send_backs >= SEND_BACKS_ALLOWED:
        return "该问题已退回过两次，不能再退。确有新的职责依据的，请书面报活动办公室改派或指定承办。"
    if standing.spell.clock_from is not None:
        return "本单位已同意接收移交，不能再退回。请继续办理；本级无法解决的，可提出提请上级协调。"
    return None


def offer_refusal(standing: Standing, to: UnitEntry, had: Collection[UUID], directory: Directory) -> str | None:
    """Why a matter may not be offered to a unit; None when it may.

    `had` are the units that have handled it: a loop of hand-overs is the office's to end.
    """
    assert standing.spell is not None, "only a matter with a unit is offered"
    if standing.spell.designated:
        return "活动办公室已指定由本单位承办，不能退回或移交。确有新的职责依据的，请书面报活动办公室改派。"
    if standing.hand_overs >= HAND_OVERS_ALLOWED:
        return f"该问题已经移交过{HAND_OVERS_ALLOWED}次，不能再由单位之间移交。请退回活动办公室，由其改派或指定承办。"
    if to.id == standing.spell.unit_id:
        return "该单位就是当前承办单位，无需移交。"
    if to.is_consulted:
        return f"{to.name}不在属地管理序列，不能移交。需要其配合的，请由对口联系单位商请。"
    if not is_of_same_level(to, standing.spell.region_id, directory):
        return "只能与本级的单位商议移交。需要上级解决的，请提出提请上级协调；其他情况请退回活动办公室。"
    if to.id in had:
        return f"{to.name}已承办过该问题，不能再移交回去。请由活动办公室改派或指定承办。"
    return None


def is_of_same_level(unit: UnitEntry, region_id: UUID, directory: Directory) -> bool:
    """Whether a unit stands where the matter stands: under the same office, in a region of the same rank."""
    own, other = directory.office(region_id), directory.office(unit.region_id)
    if own is None or other is None or own.id != other.id:
        return False
    return directory.regions[unit.region_id].rank is directory.regions[region_id].rank


def dispatch_refusal(standing: Standing) -> str | None:
    """Why the office must designate instead of dispatching: two units have given the matter back."""
    if standing.send_backs < SEND_BACKS_ALLOWED:
        return None
    return "该问题已退回过两次，再次交办须用“指定承办”，指定后承办单位不能退回或移交。"


def designation_refusal(standing: Standing, directory: Directory) -> str | None:
    """Why the office may not designate now: it has done so already, and a second one is told of the first."""
    spell = standing.spell
    if spell is None or not spell.designated:
        return None
    unit = directory.units[spell.unit_id]
    return (
        f"该问题已于{moment(spell.started_at)}指定由{unit.name}承办，不能重复指定。"
        "确需更换承办单位的，请写明理由改派。"
    )


def faults_of_sharing(standing: Standing, open_parts: int, offered_to: UUID | None, taken: int) -> Iterator[str]:
    """What does not hold between a problem's row and its parts and offers: open parts, the open offer, those taken."""
    if standing.open_parts != open_parts:
        yield f"记有 {standing.open_parts} 项待反馈的协办事项，实有 {open_parts} 项。"
    if standing.offered_unit_id != offered_to:
        yield "所记的商议移交单位与待确认的移交不一致。"
    if standing.hand_overs != taken:
        yield f"记有 {standing.hand_overs} 次移交，实有 {taken} 次。"


def moment(at: datetime) -> str:
    """A moment as refusals name it."""
    there = at.astimezone(SHANGHAI)
    return f"{there.month}月{there.day}日 {there:%H:%M}"
