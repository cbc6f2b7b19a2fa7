"""Who leaves a post and which unit is closed: only where no work is left without somebody to do it (R-B5).

Work belongs to units. Who is the last in a unit that still has open problems, or whose name the care of the served bears,
leaves through the hand-over (`handing`); a unit that keeps lines or has a turn in a problem goes on in a successor
(`dissolving`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.dissolving import end_empty_unit
from zhitong.domain.organisations.actions.seating import end_tenure, hold
from zhitong.domain.organisations.actions.staffing import refuse_keeper, refuse_own
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.seats import seats_in
from zhitong.domain.organisations.queries.staffing import (
    HeldTenure,
    post_administered,
    tenure_administered,
    unit_administered,
)
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.domain.organisations.rules.staffing import OPENED, StaffFact
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.handing import open_with
from zhitong.domain.subjects.queries.caring import care_named
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, Refused


class HasWork(Refused):
    """There is work that would be left without anybody: it is handed over first."""


@transaction.atomic
def move_person(viewer: Viewer, tenure_id: UUID, *, to_post_id: UUID, actor: Actor, now: datetime) -> None:
    """Move somebody from one post of the subtree to another from today on; his other posts stay.

    Raises NotYours, NotFound, NotToHandOn, HasWork, WatchesHimself. Raises BadInput, at `to_post_id`: he holds it already.
    """
    held = _leaving(viewer, tenure_id, now)
    kind, _title, unit = post_administered(viewer, to_post_id)
    refuse_keeper(viewer, kind, unit.region_id)
    if to_post_id == held.post_id:
        raise BadInput(_SAME, {"to_post_id": _SAME})
    end_tenure(tenure_id=tenure_id, on=day_of(now))
    hold(post_id=to_post_id, person_id=held.person_id, since=day_of(now))
    _record(StaffFact.MOVED, held, actor, now, {"from": held.post_id, "to": to_post_id, "unit": unit.id})


@transaction.atomic
def leave_post(viewer: Viewer, tenure_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let somebody hold a post no more from today on. Raises NotYours, NotFound, NotToHandOn, HasWork."""
    held = _leaving(viewer, tenure_id, now)
    end_tenure(tenure_id=tenure_id, on=day_of(now))
    _record(StaffFact.LEFT, held, actor, now, {"post": held.post_id, "unit": held.unit.id})


@transaction.atomic
def close_unit(viewer: Viewer, unit_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Close a unit of the subtree that keeps no line, has no turn in any problem and in which nobody sits.

    Raises NotYours, NotFound. Raises HasWork: what is in the way, and the way round it.
    """
    unit = unit_administered(viewer, unit_id)
    trouble = _in_the_way(unit, now)
    if trouble:
        raise HasWork(trouble)
    end_empty_unit(unit_id, on=day_of(now))
    record(
        str(StaffFact.UNIT_CLOSED.value), thing_kind="unit", thing_id=unit_id, actor=actor, at=now,
        body={"region": unit.region_id}, details={"name": unit.name},
    )


def turns_of(unit_id: UUID) -> int:
    """In how many problems a unit of the viewer's subtree has something to do; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT problems_turns_of(%s)", [unit_id])
        return int(cursor.fetchone()[0])


def _leaving(viewer: Viewer, tenure_id: UUID, now: datetime) -> HeldTenure:
    held = tenure_administered(viewer, tenure_id)
    refuse_own(viewer, held.person_id)
    refuse_keeper(viewer, held.kind, held.unit.region_id)
    if care_named(held.unit.id, held.name):
        raise HasWork(f"{held.name}是分包帮扶的责任人或联络员，不能直接离岗。请在“交接”里办理岗位交接，由接收人接手。")
    if Permission.HANDLE in permissions_of(held.unit.kind, held.kind) and _is_last(held, now) and open_with(held.unit.id):
        raise HasWork(f"{held.unit.name}还有在办问题，{held.name}是最后一名承办人员。请先在“交接”里办理岗位交接。")
    return held


def _is_last(held: HeldTenure, now: datetime) -> bool:
    """Whether nobody else of the unit could go on with its problems."""
    return not any(
        sitter.person_id != held.person_id and not sitter.for_name
        for seat in seats_in([held.unit.id], day_of(now)) for sitter in seat.sitters
        if Permission.HANDLE in permissions_of(held.unit.kind, seat.kind)
    )


def _in_the_way(unit: UnitEntry, now: datetime) -> str:
    others = directory().units.values()
    if unit.kind not in OPENED:
        return f"{unit.name}是活动机构，不能在这里撤销。请由活动包调整机构设置。"
    if unit.line_ids or any(unit.id in (one.host_id, one.contact_unit_id) for one in others):
        return f"{unit.name}承担条线，或者是其他单位的依托、联系单位。请由活动办公室在“交接—单位撤并”里指定承接单位。"
    if turns := turns_of(unit.id):
        return f"{unit.name}还有{turns}件问题没有办完。请由活动办公室在“交接—单位撤并”里指定承接单位。"
    if any(seat.sitters for seat in seats_in([unit.id], day_of(now))):
        return f"{unit.name}还有人任职。请先调动或免职，再撤销单位。"
    return ""


def _record(kind: StaffFact, held: HeldTenure, actor: Actor, now: datetime, body: dict[str, object]) -> None:
    record(
        str(kind.value), thing_kind="person", thing_id=held.person_id, actor=actor, at=now, body=body,
        details={"name": held.name},
    )


_SAME = "这就是现在的岗位，请选另一个。"
