"""Holding the rows of a firm or a person back from every term, and letting them go."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory, person_of_login
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.retention.models import Hold
from zhitong.domain.retention.queries.holds import hold_opened, is_held
from zhitong.domain.retention.queries.people import places_of
from zhitong.domain.retention.rules.words import HoldKind, RetentionFact
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, Refused

LONGEST = 200


class HeldAlready(Refused):
    """A hold runs on it."""


@transaction.atomic
def hold_back(
    viewer: Viewer, *, kind: HoldKind, named: str, reason: str, until: date, actor: Actor, now: datetime
) -> UUID:
    """Keep the rows of a firm (by its code) or a person (by login) of the territory until a day, whatever their age.

    Who keeps the security reads no register: he names what he holds exactly, as the body that asks for it writes it.
    Raises NotYours: the post does not keep the security. Raises BadInput, at `named`, `reason` or `until`. Raises HeldAlready.
    """
    require(viewer, Permission.GUARD)
    today, reason = day_of(now), reason.strip()
    troubles = {}
    if not reason or len(reason) > LONGEST:
        troubles["reason"] = f"请写明哪个机关、因什么事要求保留，{LONGEST}字以内。"
    if until < today:
        troubles["until"] = "保留的最后一天不能早于今天。"
    found = _found(viewer, kind, named.strip())
    if found is None:
        troubles["named"] = "本辖区没有这个统一社会信用代码的服务对象。" if kind is HoldKind.SUBJECT else "本辖区没有这个登录名的人员。"
    if troubles or found is None:
        raise BadInput(next(iter(troubles.values())), troubles)
    thing_id, region_id = found
    if is_held(kind, thing_id, today):
        raise HeldAlready("已经设定保留。要改期限的，请先解除再重新设定。")
    Hold.objects.filter(kind=str(kind), thing_id=thing_id, ended_at__isnull=True).update(ended_at=now)
    row = Hold.objects.create(
        kind=str(kind), thing_id=thing_id, region_id=region_id, reason=reason, until=until, set_by_id=viewer.person_id, set_at=now
    )
    record(
        str(RetentionFact.HELD), thing_kind=str(kind), thing_id=thing_id, actor=actor, at=now,
        body={"hold": row.id, "until": until}, details={"reason": reason},
    )
    return row.id


@transaction.atomic
def release(viewer: Viewer, hold_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let the terms hold again. Raises NotYours. Raises NotFound: it is over, or lies elsewhere."""
    require(viewer, Permission.GUARD)
    found = hold_opened(viewer, hold_id, day_of(now))
    Hold.objects.filter(id=hold_id).update(ended_at=now)
    record(
        str(RetentionFact.RELEASED), thing_kind=str(found.kind), thing_id=found.thing_id, actor=actor, at=now, body={"hold": hold_id}
    )


def _found(viewer: Viewer, kind: HoldKind, named: str) -> tuple[UUID, UUID] | None:
    """The thing and its region, where it lies in the viewer's territory."""
    if kind is HoldKind.SUBJECT:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, region_id FROM retention_subject_of_code(%s)", [named])
            row: tuple[UUID, UUID] | None = cursor.fetchone()
        return row
    person_id, within = person_of_login(named), set(directory().within(viewer.region_id))
    places = [one for one in places_of(person_id) if one in within] if person_id else []
    return (person_id, places[0]) if person_id and places else None
