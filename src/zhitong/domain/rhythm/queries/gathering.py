"""What a cycle gathers by itself: what is red of a territory at a moment, each with its words then, and the figures beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.inspections.models import Finding
from zhitong.domain.inspections.queries.sight import findings_seen
from zhitong.domain.inspections.rules.kinds import FindingState
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.domain.organisations.rules.rights import permissions_of, reach_of
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import Light as TargetLight
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.lists import Filters, Order, ProblemRow, problems_for
from zhitong.domain.problems.queries.seeing import UNNAMED
from zhitong.domain.problems.queries.then import numbers_at
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.phases import Phase
from zhitong.domain.progress.models import Duty
from zhitong.domain.progress.queries.watching.targets import WatchedTarget, targets_in
from zhitong.domain.rhythm.models import Cycle, Decision
from zhitong.domain.rhythm.rules.kinds import AgendaSource, DecisionState, SnapshotFigure
from zhitong.domain.tallies.queries import TooEarly
from zhitong.kit.clock import day_of

MOST = 20
"""More of one source than a meeting takes up; the figures say how many there are."""
RUNNING = (DecisionState.OPEN.value, DecisionState.RETURNED.value, DecisionState.ANSWERED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is red: what it is about, who speaks to it, and how it stood."""

    key: str
    source: AgendaSource
    title: str
    words: str
    unit_id: UUID | None
    problem_number: str = ""
    target_id: UUID | None = None
    finding_id: UUID | None = None
    decision_id: UUID | None = None


def the_office_itself(unit_id: UUID) -> Viewer:
    """An office looking for itself, from no post: for the clock, which opens its cycles, and for what an act gathers."""
    unit = directory().units[unit_id]
    return Viewer(
        person_id=unit.id, post_id=unit.id, unit_id=unit.id, unit_kind=unit.kind, region_id=unit.region_id,
        reach=reach_of(unit.kind, unit.subordination), line_ids=tuple(unit.line_ids),
        permissions=permissions_of(unit.kind, PostKind.OFFICER),
    )


def matters_for(viewer: Viewer, cycle: Cycle, *, now: datetime) -> list[Matter]:
    """What is red at a moment for the office of a cycle, in the order in which a meeting takes it up; at most MOST of a source.

    Six queries. What firms asked to keep confidential is left out, and of the unnamed the name.
    """
    decisions = open_decisions(cycle).order_by("due_at", "id")[:MOST]
    red = [one for one in targets_in(viewer, [viewer.region_id], by=day_of(now)) if light_of_target(one) is TargetLight.RED]
    overdue = Filters(light=Light.OVERDUE, confidential=False)
    problems = problems_for(viewer, Lens.TERRITORY, overdue, now=now, order=Order.DUE, limit=MOST).rows
    findings = late_findings(viewer, now).order_by("due_at", "id")[:MOST]
    return [
        *(_of_decision(one, now) for one in decisions), *_of_targets(red[:MOST]), *_of_problems(problems),
        *(
            Matter(key=f"finding:{one.id}", source=AgendaSource.FINDING, title=_short(one.what), finding_id=one.id,
                   unit_id=one.unit_id, words=f"{one.title}发现，应于{_day(one.due_at)}前整改，尚未报告。要求：{one.demand}")
            for one in findings
        ),
    ]


def open_decisions(cycle: Cycle) -> QuerySet[Decision]:
    """The decisions of the office's other cycles that are not carried out yet."""
    return Decision.objects.filter(office_id=cycle.office_id, state__in=RUNNING).exclude(cycle_id=cycle.id)


def late_findings(viewer: Viewer, now: datetime) -> QuerySet[Finding]:
    """What inspections found in the territory that was to be put right by now and is not reported."""
    waiting = [FindingState.OPEN.value, FindingState.RETURNED.value]
    return findings_seen(viewer).filter(state__in=waiting, due_at__lt=now)


def figures_at(viewer: Viewer, cycle: Cycle, *, now: datetime) -> dict[SnapshotFigure, int]:
    """The figures of the office's territory at a moment; seven queries. What is confidential is not counted.

    Those of problems are left out where nothing is kept of the past so far back.
    """
    targets = targets_in(viewer, [viewer.region_id], by=day_of(now))
    open_ones = list(Decision.objects.filter(office_id=cycle.office_id, state__in=RUNNING).values_list("state", "due_at"))
    return {
        **_of_problems_at(viewer.region_id, now),
        SnapshotFigure.TARGETS: len(targets),
        SnapshotFigure.RED_TARGETS: sum(light_of_target(one) is TargetLight.RED for one in targets),
        SnapshotFigure.FINDINGS_LATE: late_findings(viewer, now).count(),
        SnapshotFigure.DECISIONS_OPEN: len(open_ones),
        SnapshotFigure.DECISIONS_LATE: sum(
            state != DecisionState.ANSWERED.value and due_at is not None and due_at < now for state, due_at in open_ones
        ),
    }


def _of_problems_at(region_id: UUID, now: datetime) -> dict[SnapshotFigure, int]:
    try:
        numbers = numbers_at(region_id, now)
    except TooEarly:
        return {}
    return {
        SnapshotFigure.REPORTED: numbers.reported, SnapshotFigure.SETTLED: numbers.of(Phase.CLOSED),
        SnapshotFigure.UNSETTLED: numbers.unsettled, SnapshotFigure.OVERDUE: numbers.overdue,
    }


def light_of_target(target: WatchedTarget) -> TargetLight | None:
    """The light a meeting goes by: what the level above has set, or what was computed."""
    return target.override.light if target.override else target.light


def _of_decision(one: Decision, now: datetime) -> Matter:
    late = "，已超期" if one.due_at and one.due_at < now and one.state != DecisionState.ANSWERED.value else ""
    said = f"应于{_day(one.due_at)}前落实{late}，现为“{DecisionState(one.state).label}”。" if one.due_at else ""
    told = f"最近进展：{one.progress}" if one.progress else "尚未报告进展。"
    return Matter(
        key=f"decision:{one.id}", source=AgendaSource.DECISION, title=_short(one.what), words=f"{one.title}第{one.number}项。{said}{told}",
        unit_id=one.unit_id, decision_id=one.id,
    )


def _of_targets(targets: Sequence[WatchedTarget]) -> list[Matter]:
    """Each with the unit that reports its task in that region, where there is one."""
    duties = Duty.objects.filter(task_id__in={one.task_id for one in targets}, until__isnull=True, is_joiner=True)
    units: Mapping[tuple[UUID, UUID], UUID] = {
        (task_id, region_id): unit_id for task_id, region_id, unit_id in duties.values_list("task_id", "region_id", "unit_id")
    }
    return [
        Matter(
            key=f"target:{one.id}", source=AgendaSource.TARGET, title=_short(f"{one.name}（目标{one.goal}）"), target_id=one.id,
            unit_id=units.get((one.task_id, one.region_id)), words=_words_of_target(one),
        )
        for one in targets
    ]


def _words_of_target(one: WatchedTarget) -> str:
    set_by_hand = f"上级认定为“{one.override.light.label}”：{one.override.reason}" if one.override else ""
    computed = f"{one.judged.period}：{one.judged.words}" if one.judged else ""
    return "\n".join(said for said in (computed, set_by_hand) if said)


def _of_problems(rows: Sequence[ProblemRow]) -> list[Matter]:
    unnamed = set(Problem.objects.filter(id__in=[one.id for one in rows], unnamed=True).values_list("id", flat=True))
    return [
        Matter(
            key=f"problem:{one.number}", source=AgendaSource.PROBLEM, problem_number=one.number, unit_id=one.unit_id,
            title=_short(f"{UNNAMED if one.id in unnamed else one.subject_name}：{one.category_label}"), words=_words_of_problem(one),
        )
        for one in rows
    ]


def _words_of_problem(one: ProblemRow) -> str:
    stage = one.stage.label if one.stage else one.state.label
    limit = f"“{stage}”应于{_day(one.stage_due_at)}前完成，已超期。" if one.stage_due_at else ""
    return f"{one.number}，{one.region}，{_day(one.submitted_at)}反映，{one.unit}承办。{limit}\n{one.excerpt}"


def _day(at: datetime | None) -> str:
    if at is None:
        return ""
    day = day_of(at)
    return f"{day.month}月{day.day}日"


def _short(text: str, most: int = 120) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
