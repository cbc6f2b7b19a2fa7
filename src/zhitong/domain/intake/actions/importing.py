"""Taking a laid-out list: every good row becomes a problem in one transaction, or none; and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.intake.actions.laying_out import PERMISSION_OF, NotLaidOut, read_again, waiting
from zhitong.domain.intake.actions.orders import take_read
from zhitong.domain.intake.actions.taking import Surroundings
from zhitong.domain.intake.models import Item, Sheet, SheetRow
from zhitong.domain.intake.rules.facts import IntakeFact
from zhitong.domain.intake.rules.sheets import Column, RowRead, SheetKind, SheetState
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.problems.actions.entered import problems_touched, take_back
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.rules.kinds import Source
from zhitong.kit.refusals import NotFound, Refused


class RowsInTrouble(Refused):
    """Some rows cannot be taken, and nobody said to take the others alone."""


class RowsTouched(Refused):
    """Some rows have been worked on since they were taken in."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list: how many rows are new problems, how many were known, how many were left out."""

    new: int
    known: int
    left_out: int


@transaction.atomic
def take_sheet(viewer: Viewer, sheet_id: UUID, *, only_good: bool, actor: Actor, now: datetime) -> Imported:
    """Make problems of a list's rows; with `only_good` those in trouble stay out, without it one in trouble stops all.

    Rows are judged again at this moment. Raises NotFound, NotLaidOut: see `laying_out.waiting`.
    Raises RowsInTrouble: some rows cannot be taken, or none can.
    """
    sheet = waiting(viewer, sheet_id)
    rows = list(sheet.rows.order_by("line"))
    around = Surroundings(viewer, sheet.campaign)
    read = read_again(viewer, sheet, rows, around, now)
    good = [(row, one) for row, one in zip(rows, read, strict=True) if not one.troubles]
    left_out = len(rows) - len(good)
    if left_out and not only_good:
        raise RowsInTrouble(f"有{left_out}行不能导入，全部没有导入。请改正后重新上传，或者只导入合格的{len(good)}行。")
    if not good:
        raise RowsInTrouble("没有一行可以导入。请按每行的提示改正后重新上传。")
    take = _take_orders if sheet.kind == SheetKind.HOTLINE.value else _take_found
    known = take(viewer, sheet, good, around, actor, now)
    _link([row for row, _one in good])
    sheet.state, sheet.settled_at = SheetState.TAKEN.value, now
    sheet.save(update_fields=["state", "settled_at"])
    return Imported(len(good) - known, known, left_out)


def _link(rows: Sequence[SheetRow]) -> None:
    """Name the problem of each row, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intake_sheet_row line SET problem_id = new.problem_id"
            " FROM unnest(%s::uuid[], %s::uuid[]) AS new (id, problem_id) WHERE line.id = new.id",
            [[row.id for row in rows], [row.problem_id for row in rows]],
        )


Good = Sequence[tuple[SheetRow, RowRead]]


def _take_orders(viewer: Viewer, sheet: Sheet, good: Good, around: Surroundings, actor: Actor, now: datetime) -> int:
    taken = take_read(
        viewer, [one for _row, one in good], [row.original for row, _one in good], around, campaign=sheet.campaign,
        actor=actor, now=now,
    )
    for (row, _one), order in zip(good, taken, strict=True):
        row.problem_id = order.problem_id
    return sum(not order.is_new for order in taken)


def _take_found(viewer: Viewer, sheet: Sheet, good: Good, around: Surroundings, actor: Actor, now: datetime) -> int:
    """Rows of a screening: problems, and lines of its ledger after those that are there."""
    assert sheet.screening_id is not None, "what was screened belongs to a screening"
    firms = around.firms_of([one for _row, one in good])
    raised = raise_problems([
        Report(campaign=sheet.campaign, source=Source.SCREENING, **around.about(one, firms), actor=actor, now=now)
        for _row, one in good
    ])
    begin = Item.objects.filter(screening_id=sheet.screening_id).aggregate(last=Max("position"))["last"] or 0
    Item.objects.bulk_create([
        Item(
            screening_id=sheet.screening_id, position=begin + place, problem_id=problem.id,
            measure=one.said.get(Column.MEASURE, ""), answerable=one.said.get(Column.ANSWERABLE, ""), due_on=one.due_on,
        )
        for place, ((_row, one), problem) in enumerate(zip(good, raised, strict=True), start=1)
    ], batch_size=1000)
    for (row, _one), problem in zip(good, raised, strict=True):
        row.problem_id = problem.id
    _tell(IntakeFact.IMPORTED, sheet, len(good), actor, now)
    return 0


@transaction.atomic
def undo_sheet(viewer: Viewer, sheet_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Take back the list of a screening whose rows nobody has worked on yet; its problems end as withdrawn. How many.

    Raises NotFound: there is no such list of the unit's. Raises NotLaidOut: it was not taken in, is a hotline's, or the
    plan is frozen. Raises RowsTouched: rows have been worked on since; the sentence names them.
    """
    sheet = Sheet.objects.select_for_update().filter(id=sheet_id, unit_id=viewer.unit_id).first()
    if sheet is None:
        raise NotFound
    require(viewer, PERMISSION_OF[SheetKind(sheet.kind)])
    if sheet.screening is None or sheet.state != SheetState.TAKEN.value or sheet.screening.frozen_at:
        raise NotLaidOut("这份表不能撤销：只有已导入、方案还没有固化的排查清单可以撤销。")
    rows = list(sheet.rows.filter(problem__isnull=False).order_by("line"))
    touched = problems_touched([row.problem_id for row in rows if row.problem_id])
    if touched:
        names = "、".join(f"第{row.line}行（{touched[row.problem_id]}）" for row in rows if row.problem_id in touched)
        raise RowsTouched(f"有{len(touched)}行导入后已经办理，不能撤销：{names}。其他行也没有改动。")
    take_back([row.problem_id for row in rows if row.problem_id], "撤销导入", actor=actor, now=now)
    Item.objects.filter(problem_id__in=[row.problem_id for row in rows]).delete()
    sheet.state, sheet.settled_at = SheetState.UNDONE.value, now
    sheet.save(update_fields=["state", "settled_at"])
    _tell(IntakeFact.UNDONE, sheet, len(rows), actor, now)
    return len(rows)


def _tell(kind: IntakeFact, sheet: Sheet, rows: int, actor: Actor, now: datetime) -> None:
    assert sheet.screening_id is not None, "told of a screening"
    record_many([Fact(
        kind.value, "screening", sheet.screening_id, actor, now, {"sheet": sheet.id, "rows": rows, "digest": sheet.digest},
        {"name": sheet.name},
    )])
