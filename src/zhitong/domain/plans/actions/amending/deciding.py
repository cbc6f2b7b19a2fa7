"""Deciding an amendment: the office of the level above approves or refuses; approved, it holds from its day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import NotYours, Viewer
from zhitong.domain.plans.actions.amending.drafting import LONGEST, asked_items, locked, record_amendment
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Amendment, Curve, Target, Task, TaskUnit
from zhitong.domain.plans.queries.amended import stands_of
from zhitong.domain.plans.queries.rights import may_decide
from zhitong.domain.plans.rules import AmendmentState, Changed, Comparator, CurveState, TermSource
from zhitong.domain.plans.rules.amending import OF_TARGETS, ItemAsked, earliest_since
from zhitong.domain.plans.rules.change_facts import AmendmentFact
from zhitong.domain.plans.rules.curves import read, stretched, written
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput, Refused
from zhitong.kit.texts import written as kept_text


class NotWaiting(Refused):
    """The amendment does not wait for a decision, or what it changes has changed meanwhile."""


@transaction.atomic
def approve_amendment(
    viewer: Viewer, amendment_id: UUID, *, decision: str, document_number: str = "", actor: Actor, now: datetime
) -> None:
    """Let an amendment hold, from its day or where that has passed as early as still may be.

    At the top its own office registers whose approval it is: `decision` names the leading group's meeting or leader and a
    document number is asked. Values go through `set_terms`; units and content change at once, what was is kept in the
    lines. An accepted curve is spread anew towards another deadline, for the days to come.
    Raises NotFound. Raises NotYours: not the office of the level above. Raises NotWaiting: decided already, or what it
    changes has changed since it was submitted. Raises BadInput: whose approval, or the number is missing at the top.
    """
    row = _waiting(viewer, amendment_id)
    decision = kept_text("decision", decision, LONGEST)
    row.document_number = kept_text("document_number", document_number, 60) or row.document_number
    _require_approval(row, decision)
    items = asked_items(row)
    if [one.before for one in row.items.order_by("position")] != stands_of(items) or _has_cancelled(items):
        raise NotWaiting("提请之后目标或任务已有变动，不能按原稿批准。请不予批准，由下级按现在的情况重拟。")
    row.since = max(row.since, earliest_since(day_of(now), row.document_number))
    _change_values(row, [item for item in items if item.changed in OF_TARGETS], now)
    _change_tasks([item for item in items if item.changed not in OF_TARGETS])
    _decide(row, viewer, AmendmentState.APPROVED, decision, now)
    targets = [item.thing_id for item in items if item.changed in OF_TARGETS]
    tasks = _tasks_of(items)
    record_amendment(
        AmendmentFact.AMENDED, row, actor, now, targets=targets, tasks=tasks, units=_concerned(row, tasks),
    )


@transaction.atomic
def refuse_amendment(viewer: Viewer, amendment_id: UUID, *, decision: str, actor: Actor, now: datetime) -> None:
    """Leave the plan as it is, with the reason.

    Raises NotFound, NotYours. Raises NotWaiting: decided already. Raises BadInput: no reason.
    """
    decision = kept_text("decision", decision, LONGEST, wanted="请写明不批准的理由。")
    row = _waiting(viewer, amendment_id)
    _decide(row, viewer, AmendmentState.REFUSED, decision, now)
    record_amendment(AmendmentFact.REFUSED, row, actor, now)


def _waiting(viewer: Viewer, amendment_id: UUID) -> Amendment:
    row = locked(viewer, amendment_id)
    if not may_decide(viewer, row.region_id):
        raise NotYours("调整由上一级活动办公室批准；省级的由省活动办公室登记领导小组的批准。")
    if row.state != AmendmentState.SUBMITTED.value:
        raise NotWaiting("这份调整现在不在待批准状态，请刷新后再看。")
    return row


def _require_approval(row: Amendment, decision: str) -> None:
    if directory().regions[row.region_id].parent_id is not None:
        return
    faults = {}
    if not decision.strip():
        faults["decision"] = "请写明由谁批准，例如：省领导小组第三次会议。"
    if not row.document_number:
        faults["document_number"] = "请填写批准文件的文号。"
    if faults:
        raise BadInput("最上一级的调整要登记批准依据。", faults)


def _has_cancelled(items: Sequence[ItemAsked]) -> bool:
    targets = [item.thing_id for item in items if item.changed in OF_TARGETS]
    return Target.objects.filter(id__in=targets, is_cancelled=True).exists()


def _decide(row: Amendment, viewer: Viewer, state: AmendmentState, decision: str, now: datetime) -> None:
    row.state, row.decision = state.value, decision
    row.decided_by_id, row.decided_at, row.version = viewer.unit_id, now, row.version + 1
    row.save()


def _change_values(row: Amendment, items: Sequence[ItemAsked], now: datetime) -> None:
    targets = Target.objects.in_bulk({item.thing_id for item in items})
    terms: dict[UUID, NewTerm] = {}
    for item in items:
        target = targets[item.thing_id]
        if item.changed is Changed.ASPIRATION:
            said = item.after["value"]
            Target.objects.filter(id=target.id).update(aspiration_value=Decimal(said) if said else None)
        else:
            terms[target.id] = _changed(terms.get(target.id) or _as_it_is(target, row), item)
    set_terms(list(terms.values()), now=now)
    deadlines = {target_id: term.deadline for target_id, term in terms.items() if term.deadline != targets[target_id].deadline}
    _stretch_curves(row, deadlines, now)


def _as_it_is(target: Target, row: Amendment) -> NewTerm:
    return NewTerm(
        target.indicator_id, target.region_id, Comparator(target.comparator), target.value, target.upper, target.deadline,
        row.since, TermSource.AMENDMENT, row.id, row.reason[:400],
    )


def _changed(term: NewTerm, item: ItemAsked) -> NewTerm:
    after = item.after
    match item.changed:
        case Changed.VALUE:
            return replace(
                term, comparator=Comparator(after["comparator"]), value=Decimal(after["value"]),
                upper=Decimal(after["upper"]) if after["upper"] else None,
            )
        case Changed.DEADLINE:
            return replace(term, deadline=date.fromisoformat(after["deadline"]))
    return replace(term, is_cancelled=True)


def _stretch_curves(row: Amendment, deadlines: dict[UUID, date | None], now: datetime) -> None:
    """The newest accepted curve of each target, spread anew towards its new deadline for the days from `since` on."""
    kept = Curve.objects.filter(target__in=deadlines, state=CurveState.ACCEPTED.value)
    newest = {one.target_id: one for one in kept.order_by("target_id", "since", "number")}
    numbers = dict(Curve.objects.filter(target__in=deadlines).values_list("target_id").annotate(Max("number")).order_by())
    for target_id, curve in newest.items():
        deadline = deadlines[target_id]
        if deadline is None:
            continue
        points = stretched(read(curve.points), row.since, deadline, calendar())
        Curve.objects.create(
            target_id=target_id, number=numbers[target_id] + 1, shape=curve.shape, points=written(points), since=row.since,
            state=CurveState.ACCEPTED.value, by_unit_id=row.by_unit_id, reason=f"完成时限调整，随之顺延：{row.title}"[:400],
            proposed_at=now, decided_at=now,
        )


def _change_tasks(items: Sequence[ItemAsked]) -> None:
    for item in items:
        if item.changed is Changed.CONTENT:
            Task.objects.filter(id=item.thing_id).update(content=item.after["content"])
            continue
        named = TaskUnit.objects.filter(task_id=item.thing_id)
        codes = {(one.unit_id, one.part): one.indicator_codes for one in named}
        named.delete()
        TaskUnit.objects.bulk_create([
            TaskUnit(
                task_id=item.thing_id, position=place, unit_id=UUID(one["unit"]) if one["unit"] else None,
                role=one["role"], part=one["part"], as_printed=one["name"], is_collective=not one["unit"],
                indicator_codes=codes.get((UUID(one["unit"]) if one["unit"] else None, one["part"]), []),
            )
            for place, one in enumerate(item.after["units"], 1)
        ])


def _tasks_of(items: Sequence[ItemAsked]) -> list[UUID]:
    """The tasks that an amendment touches, by themselves or through their targets."""
    targets = [item.thing_id for item in items if item.changed in OF_TARGETS]
    through = Target.objects.filter(id__in=targets, indicator__task__isnull=False)
    own = {item.thing_id for item in items if item.changed not in OF_TARGETS}
    return sorted(own | {task for task in through.values_list("indicator__task_id", flat=True) if task})


def _concerned(row: Amendment, tasks: Sequence[UUID]) -> list[UUID]:
    """Who is told: the units of those tasks as they are now and were before, and the offices one level down."""
    units = {one for one in TaskUnit.objects.filter(task__in=tasks).values_list("unit_id", flat=True) if one}
    for one in row.items.filter(changed=Changed.UNITS.value):
        units |= {UUID(was["unit"]) for was in one.before["units"] if was["unit"]}
    here = directory()
    below = [here.office(region.id) for region in here.children(row.region_id)]
    offices = {office.id for office in below if office}
    return sorted((units | offices | {row.by_unit_id}) - {row.decided_by_id})
