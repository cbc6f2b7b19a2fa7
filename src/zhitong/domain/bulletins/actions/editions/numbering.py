"""The numbers of a series: the next one, one reserved for a paper to come, one that was not used."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.bulletins.actions.editions import keeping
from zhitong.domain.bulletins.models import PaperNumber
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.facts import EditionFact
from zhitong.domain.bulletins.rules.kinds import NumberState
from zhitong.domain.bulletins.rules.numbering import NUMBERED, number_of
from zhitong.domain.history.actions import record
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.texts import written

LONGEST_REASON = 300
_NEXT = """
INSERT INTO bulletins_series AS series (id, unit_id, kind, year, last) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (unit_id, kind, year) DO UPDATE SET last = series.last + 1 RETURNING last
"""


@transaction.atomic
def reserve(*, kind: PaperKind, reason: str, actor: Actor, now: datetime) -> UUID:
    """Reserve the next number of a series for a paper that is signed on paper first; returns its id.

    Raises NotYours, NotFound: no post of a campaign office, or a kind without numbers. Raises BadInput: no reason.
    """
    keeping.require(Permission.DISPATCH)
    unit = directory().units.get(actor.unit_id) if actor.unit_id else None
    if unit is None or unit.kind is not UnitKind.CAMPAIGN_OFFICE or kind not in NUMBERED:
        raise NotFound
    reason = written("reason", reason, LONGEST_REASON, wanted="请写明预留给哪份文件。")
    number = taken(unit.id, kind, now)
    number.state, number.reason = NumberState.RESERVED.value, reason
    number.save(force_insert=True)
    _tell(EditionFact.NUMBER_RESERVED, number, actor, now, reason)
    return number.id


@transaction.atomic
def void(*, number_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Enter a reserved number as not used, with the reason: it stays in the register, so that no number is missing.

    Raises NotFound, NotYours; NotNow: it is used or void already. Raises BadInput: no reason.
    """
    number = reserved(number_id, actor)
    number.reason = written("reason", reason, LONGEST_REASON, wanted="请写明为什么没有使用。")
    number.state, number.settled_at = NumberState.VOID.value, now
    number.save()
    _tell(EditionFact.NUMBER_VOIDED, number, actor, now, number.reason)


def reserved(number_id: UUID, actor: Actor, kind: PaperKind | None = None) -> PaperNumber:
    """A reserved number of the actor's unit, locked.

    Raises NotFound, NotYours; NotNow: it is used or void. Raises BadInput: it belongs to another kind of paper.
    """
    number = PaperNumber.objects.select_for_update().filter(id=number_id).first()
    if number is None or number.unit_id != actor.unit_id:
        raise NotFound
    keeping.require(Permission.DISPATCH, Permission.SIGN)
    if number.state != NumberState.RESERVED.value:
        raise keeping.NotNow(f"{number.number}现在是“{NumberState(number.state).label}”，不能再用。请刷新后另选。")
    if kind is not None and number.kind != kind.value:
        trouble = f"{number.number}是{PaperKind(number.kind).label}的编号，不能用在{kind.label}上。请另选。"
        raise BadInput(trouble, {"number": trouble})
    return number


def taken(unit_id: UUID, kind: PaperKind, now: datetime) -> PaperNumber:
    """The next number of a series, not kept yet; the series stays locked until the transaction ends."""
    here, year = directory(), day_of(now).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [uuid7(), unit_id, kind.value, year])
        serial = int(cursor.fetchone()[0])
    unit = here.units[unit_id]
    said = number_of(kind, unit, here.regions[unit.region_id], year, serial)
    return PaperNumber(
        id=uuid7(), unit_id=unit_id, kind=kind.value, year=year, serial=serial, number=said, taken_at=now,
    )


def _tell(kind: EditionFact, number: PaperNumber, actor: Actor, now: datetime, reason: str) -> None:
    record(kind.value, thing_kind="paper_number", thing_id=number.id, actor=actor, at=now,
           body={"number": number.number}, details={"reason": reason})
