"""What falls due for a viewer's unit, from the rooms that own it: each through its own duties, so scope is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from zhitong.domain.cards import queries as cards
from zhitong.domain.feeds.rules.entries import Entry, EntryKind
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries.timetables import due_of_unit
from zhitong.domain.problems.queries.duties import duties_for as problem_duties
from zhitong.domain.progress.queries.duties import ReportDuty
from zhitong.domain.progress.queries.duties import duties_for as report_duties
from zhitong.domain.rhythm.queries.cycles import CycleRow, Filters, cycles_for
from zhitong.domain.rhythm.rules.kinds import CycleSide, CycleState
from zhitong.domain.supervision.queries.duties import duties_for as pressing_duties
from zhitong.domain.supervision.rules.kinds import DutyKind
from zhitong.kit.clock import day_of

MOST = 200
"""Of each sort; who has more looks at his desk."""
PAST = timedelta(days=30)
"""Meetings stay so long after they were."""
_OF_PAPERS = {
    DutyKind.ANSWER: EntryKind.SUPERVISION, DutyKind.REPORT: EntryKind.INSTRUCTION, DutyKind.CHASE: EntryKind.INSTRUCTION,
}


def entries_for(viewer: Viewer, *, now: datetime) -> list[Entry]:
    """What a viewer's calendar holds now; a fixed number of queries for each sort of thing, whatever there is of it."""
    found = [*_problems(viewer, now), *_cards(viewer, now)]
    if viewer.unit_kind is not UnitKind.SERVED:
        found += [*_papers(viewer, now), *_reports(viewer, now), *_milestones(viewer, now), *_meetings(viewer, now)]
    return list({entry.key: entry for entry in found}.values())


def _problems(viewer: Viewer, now: datetime) -> Iterator[Entry]:
    for duty in problem_duties(viewer, now=now, limit=MOST):
        if due_at := duty.problem.stage_due_at or duty.problem.due_at:
            yield Entry(EntryKind.PROBLEM, f"problem:{duty.problem.id}", duty.problem.number, duty.problem.subject_name, at=due_at)


def _cards(viewer: Viewer, now: datetime) -> Iterator[Entry]:
    for one in cards.duties_for(viewer, today=day_of(now), limit=MOST):
        if one.due_on is not None:
            yield Entry(EntryKind.CARD, f"card:{one.round_id}"[:80], title=one.round_name, on=one.due_on)


def _papers(viewer: Viewer, now: datetime) -> Iterator[Entry]:
    for one in pressing_duties(viewer, now=now, limit=MOST):
        kind = _OF_PAPERS.get(one.kind)
        if kind is not None and one.due_at is not None:
            number = one.title if kind is EntryKind.SUPERVISION else ""
            yield Entry(kind, f"{kind}:{one.item_id or one.paper_id}", number, one.title, at=one.due_at)


def _reports(viewer: Viewer, now: datetime) -> Iterator[Entry]:
    for one in report_duties(viewer, now=now):
        if one.kind is ReportDuty.REPORT and one.due_at is not None:
            yield Entry(EntryKind.REPORT, f"report:{one.period}", title=one.period_words, at=one.due_at)


def _milestones(viewer: Viewer, now: datetime) -> Iterator[Entry]:
    for one in due_of_unit(viewer, today=day_of(now), limit=MOST):
        yield Entry(EntryKind.MILESTONE, f"milestone:{one.id}", title=one.name, on=one.due_on)


def _meetings(viewer: Viewer, now: datetime) -> Iterator[Entry]:
    for side in (CycleSide.OWN, CycleSide.CALLED):
        for one in cycles_for(viewer, Filters(side=side), limit=MOST):
            if one.meets_at > now - PAST and one.state is not CycleState.DROPPED and _is_told(one, side):
                yield Entry(EntryKind.MEETING, f"meeting:{one.id}", title=one.title, at=one.meets_at)


def _is_told(one: CycleRow, side: CycleSide) -> bool:
    """Who is called hears of a meeting once the notice has gone out; who calls it has it from the beginning."""
    return side is CycleSide.OWN or one.state is not CycleState.PREPARING
