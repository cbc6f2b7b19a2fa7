"""Who leaves a post: only where no work is left without somebody to do it (R-B5).

Work belongs to units. Who is the last in a unit that still has open problems, or whose name the care of the served bears,
leaves through the hand-over (`handing`).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions.seating import end_tenure, hold
from zhitong.domain.organisations.actions.staffing import refuse_keeper, refuse_own
from zhitong.domain.organisations.actions.taking_in import refuse_any, take_in
from zhitong.domain.organisations.queries.seats import seats_in
from zhitong.domain.organisations.queries.staffing import HeldTenure, post_administered, tenure_administered
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.domain.organisations.rules.staffing import StaffFact
from zhitong.domain.organisations.rules.tree import Difference, Tree
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.queries.handing import open_with
from zhitong.domain.problems.queries.staffing import differences_with_work
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
def take_in_organisation(viewer: Viewer, wanted: Tree, *, actor: Actor, now: datetime) -> list[Difference]:
    """Make the subtree what a document says, as `take_in` does, where nobody leaves work behind.

    Raises what `take_in` raises; CannotTakeIn also where one leaves who has to hand over first.
    """
    require(viewer, Permission.ADMINISTER)
    refuse_any(differences_with_work(viewer, wanted, today=day_of(now)))
    return take_in(viewer, wanted, actor=actor, now=now)


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


def _record(kind: StaffFact, held: HeldTenure, actor: Actor, now: datetime, body: dict[str, object]) -> None:
    record(
        str(kind.value), thing_kind="person", thing_id=held.person_id, actor=actor, at=now, body=body,
        details={"name": held.name},
    )


_SAME = "这就是现在的岗位，请选另一个。"
