"""Who reports what: the standing order of a plan's reports, kept as the plan, the targets and the units are today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from zhitong.domain.history.actions import record_many
from zhitong.domain.history.rules import Actor, Fact
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.plans.models import Plan, Target, Task, TaskUnit
from zhitong.domain.plans.rules import Role
from zhitong.domain.progress.models import Duty, Report, Rulebook
from zhitong.domain.progress.rules import UNSENT, ReportFact
from zhitong.domain.progress.rules.counting import Counted, mark_of
from zhitong.domain.progress.rules.duties import TaskLead, WantedDuty, duties_at_plan, duties_below, leads_of
from zhitong.domain.progress.rules.reports import ReportState
from zhitong.domain.progress.rules.timetable import ReportingRules
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import postings
from zhitong.kit.keeping import Loaded, keep
from zhitong.kit.rows import insert_rows, update_rows

Key = tuple[UUID, UUID, UUID, str]
"""(task, region, unit, part)"""
_CLOCK = Actor(None, None, None, "work")


def load_rules(campaign: str, rules: ReportingRules) -> Loaded:
    """Keep how a campaign's reports go."""
    return keep(Rulebook.objects.filter(campaign=campaign), ("campaign",), {(campaign,): {"rules": rules.written()}})[1]


@transaction.atomic
def assign_duties(campaign: str, *, on: date) -> Loaded:
    """Make the duties of a campaign's newest plan those that hold on a day; the same again changes nothing.

    In the plan's region every task is reported, below it where a region has a target of the task. A duty that is no
    longer there ends, it is not erased. Seven statements whatever the number.
    """
    plan = Plan.objects.filter(campaign=campaign).order_by("-version").first()
    if plan is None:
        return Loaded()
    wanted = dict(_wanted(plan, directory()))
    have = {_key(one): one for one in Duty.objects.filter(task__plan=plan, until__isnull=True)}
    gone = [one.id for key, one in have.items() if key not in wanted]
    Duty.objects.filter(id__in=gone).update(until=on)
    changed = [have[key] for key in wanted if key in have and _differs(have[key], wanted[key])]
    Duty.objects.filter(id__in=[one.id for one in changed]).update(is_joiner=False)
    for one in changed:
        _take(one, wanted[_key(one)])
    update_rows(changed, ["is_joiner", "line", "why", "indicator_codes"])
    new = [_row(key, one, on) for key, one in wanted.items() if key not in have]
    insert_rows(new)
    return Loaded(len(new), len(changed), len(gone))


def pass_to_heirs(*, now: datetime) -> int:
    """Give what dissolved units still owe to the units that stand in their place; returns how many reports.

    A region that merged into another so keeps its history, and who took over reports what was open. For the worker.
    """
    here = directory()
    heirs = {ended: unit.id for ended in here.heirs if (unit := here.standing(ended)) is not None}
    return pass_reports(heirs, actor=_CLOCK, now=now)


@transaction.atomic
def pass_reports(heirs: Mapping[UUID, UUID], *, actor: Actor, now: datetime) -> int:
    """Give what units still owe to others, each to its heir; returns how many reports. Three statements whatever the number."""
    rows = Report.objects.filter(unit_id__in=heirs, state__in=[str(state) for state in UNSENT])
    moves = [(row.id, heirs[row.unit_id], row) for row in rows.order_by("id")]
    if not moves:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE progress_report SET unit_id = moved.unit_id, version = version + 1"
            " FROM unnest(%s::uuid[], %s::uuid[]) AS moved (id, unit_id) WHERE progress_report.id = moved.id",
            [[one for one, _unit, _row in moves], [unit for _one, unit, _row in moves]],
        )
    post(postings([(_cells(row, row.unit_id), _cells(row, unit)) for _one, unit, row in moves]))
    record_many([
        Fact(str(ReportFact.MOVED), "report", one, actor, now, {"from": row.unit_id, "unit": unit, "period": row.period})
        for one, unit, row in moves
    ])
    return len(moves)


def _cells(row: Report, unit_id: UUID) -> Sequence[tuple[str, UUID, str, str, str]]:
    mark = mark_of(ReportState(row.state), row.first_submitted_at, row.due_at)
    return Counted(row.region_id, unit_id, row.line_id, row.period, mark, row.returned_at is not None).cells()


def _wanted(plan: Plan, here: Directory) -> Iterator[tuple[Key, WantedDuty]]:
    leads = _leads(plan)
    targeted = _targeted(plan, here)
    for task_id in Task.objects.filter(plan=plan).order_by("position").values_list("id", flat=True):
        for duty in duties_at_plan(leads[task_id], plan.region_id, here):
            yield (task_id, plan.region_id, duty.unit_id, duty.part), duty
        for region_id in targeted.get(task_id, ()):
            for duty in duties_below(leads[task_id], region_id, here):
                yield (task_id, region_id, duty.unit_id, duty.part), duty


def _leads(plan: Plan) -> Mapping[UUID, list[TaskLead]]:
    named: dict[UUID, list[TaskLead]] = defaultdict(list)
    rows = TaskUnit.objects.filter(task__plan=plan, unit__isnull=False, is_collective=False).order_by("task_id", "position")
    for task_id, unit_id, role, part, codes in rows.values_list("task_id", "unit_id", "role", "part", "indicator_codes"):
        named[task_id].append(TaskLead(unit_id, Role(role), part, tuple(codes)))
    return defaultdict(list, {task_id: leads_of(found) for task_id, found in named.items()})


def _targeted(plan: Plan, here: Directory) -> Mapping[UUID, list[UUID]]:
    """By task the regions below the plan's own that have a target of it and still report to it."""
    rows = Target.objects.filter(indicator__plan=plan, indicator__task__isnull=False, is_cancelled=False)
    pairs = rows.exclude(region_id=plan.region_id).values_list("indicator__task_id", "region_id").distinct()
    below = set(here.within(plan.region_id))
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for task_id, region_id in pairs.order_by("indicator__task_id", F("region__position")):
        if region_id in below:
            found[task_id].append(region_id)
    return found


def _key(row: Duty) -> Key:
    return row.task_id, row.region_id, row.unit_id, row.part


def _row(key: Key, one: WantedDuty, on: date) -> Duty:
    task_id, region_id, unit_id, part = key
    return Duty(
        task_id=task_id, region_id=region_id, unit_id=unit_id, part=part, is_joiner=one.is_joiner, line_id=one.line_id,
        indicator_codes=list(one.codes), why=one.why, since=on,
    )


def _differs(row: Duty, one: WantedDuty) -> bool:
    kept = (row.is_joiner, row.line_id, row.why, tuple(row.indicator_codes))
    return kept != (one.is_joiner, one.line_id, one.why, one.codes)


def _take(row: Duty, one: WantedDuty) -> None:
    row.is_joiner, row.line_id, row.why, row.indicator_codes = one.is_joiner, one.line_id, one.why, list(one.codes)
