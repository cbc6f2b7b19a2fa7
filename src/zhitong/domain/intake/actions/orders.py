"""Taking in the orders of a hotline: a number is one problem, however often it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.intake.actions.taking import Surroundings
from zhitong.domain.intake.models import Order
from zhitong.domain.intake.rules.sheets import Column as C
from zhitong.domain.intake.rules.sheets import RowRead, SheetKind, rows_read
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import Source
from zhitong.kit.refusals import BadInput


@dataclass(frozen=True, slots=True)
class OrderIn:
    """An order as it was sent: its cells by what they are, and all of it under the names of the sender."""

    said: Mapping[C, str]
    original: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OrderTaken:
    """An order and its problem; `is_new` False when it had been taken in before, which changed nothing."""

    outside_ref: str
    problem_id: UUID
    is_new: bool


@transaction.atomic
def take_orders(
    viewer: Viewer, orders: Sequence[OrderIn], *, campaign: str, actor: Actor, now: datetime
) -> list[OrderTaken]:
    """Open a problem for each order that is not known yet, in order; a known number changes nothing and says so.

    The firm is found by its code or its exact name; otherwise the problem has the name alone.
    Raises NotYours: only an office takes orders. Raises BadInput: rows that cannot be read, each by its place in the call.
    """
    require(viewer, Permission.DISPATCH)
    around = Surroundings(viewer, campaign)
    columns = {column.label: column for column in C}
    cells = [(place, {column.label: text for column, text in one.said.items()}) for place, one in enumerate(orders, start=1)]
    rows = rows_read(cells, columns, SheetKind.HOTLINE, around.known(now))
    _refuse_troubled(rows)
    return take_read(viewer, rows, [one.original for one in orders], around, campaign=campaign, actor=actor, now=now)


def take_read(
    viewer: Viewer, rows: Sequence[RowRead], originals: Sequence[Mapping[str, str]], around: Surroundings, *,
    campaign: str, actor: Actor, now: datetime,
) -> list[OrderTaken]:
    """Open problems for rows that were read and found good; two senders of the same number wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"intake_order {viewer.unit_id}"])
    refs = [row.said[C.REF] for row in rows]
    known = dict(Order.objects.filter(unit_id=viewer.unit_id, outside_ref__in=refs).values_list("outside_ref", "problem_id"))
    new = [(row, original) for row, original in zip(rows, originals, strict=True) if row.said[C.REF] not in known]
    firms = around.firms_of([row for row, _original in new])
    code = directory().units[viewer.unit_id].code
    raised = raise_problems([
        Report(
            campaign=campaign, source=Source.HOTLINE, **around.about(row, firms), happened_at=row.happened_at,
            outside_ref=f"{code}:{row.said[C.REF]}", actor=actor, now=now,
        )
        for row, _original in new
    ])
    Order.objects.bulk_create([
        Order(unit_id=viewer.unit_id, region_id=viewer.region_id, outside_ref=row.said[C.REF], problem_id=problem.id,
              original=dict(original), taken_at=now)
        for (row, original), problem in zip(new, raised, strict=True)
    ])
    opened = {row.said[C.REF]: problem.id for (row, _original), problem in zip(new, raised, strict=True)}
    return [OrderTaken(ref, opened.get(ref) or known[ref], ref in opened) for ref in refs]


def _refuse_troubled(rows: Sequence[RowRead]) -> None:
    wrong = {
        f"orders.{row.line - 1}": "；".join(f"{one.column}：{one.sentence}" for one in row.troubles) for row in rows if row.troubles
    }
    if wrong:
        raise BadInput(f"有{len(wrong)}张工单不能登记，全部没有登记。请按提示改正后整批重发，已登记的不会重复。", wrong)
