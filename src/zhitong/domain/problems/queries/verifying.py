"""Recomputing what acts have stored, for the verify command: one batch of problems at a time, never all in memory.

Asked by the worker, which acts for nobody; under the wall of a viewer it speaks of what that viewer sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Sum
from django.db.models.functions import JSONObject

from zhitong.domain.calendars.queries import calendar, calendar_of
from zhitong.domain.cards.rules.collection import CUTS as CARD_CUTS
from zhitong.domain.history.queries import details_that_do_not_verify
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.models import Escalation, Problem, Request
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.queries.sharing import sharing_findings
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from
from zhitong.domain.problems.queries.stays import findings_of_stays
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import IN_FORCE, RequestKind, RequestState, SpellKind, Stage
from zhitong.domain.problems.rules.limits import Clock, case_of, start_clock
from zhitong.domain.problems.rules.sound_requests import RequestRow, SpellRow
from zhitong.domain.problems.rules.soundness import Finding, Kept, SetClock, findings_about, in_order
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.timing import clock_counted_on
from zhitong.domain.progress.rules.counting import CUTS as REPORT_CUTS
from zhitong.domain.progress.rules.gates import GATES
from zhitong.domain.progress.rules.standings import LIGHTS
from zhitong.domain.subjects.rules.cuts import CUTS as SUBJECT_CUTS
from zhitong.domain.tallies.queries import Difference, differences, differences_of_past
from zhitong.domain.tallies.rules import Cut
from zhitong.domain.tiering.rules.cuts import CUTS as TIERING_CUTS

BATCH = 1000
EVERY_CUT = (*cuts.CUTS, *CARD_CUTS, *SUBJECT_CUTS, *TIERING_CUTS, *REPORT_CUTS, LIGHTS, GATES)
"""The cuts of every room, for this is the highest that has any."""
_SPANS = {"day": "一天", "month": "一个月", "year": "一年"}
DATED_CUTS = tuple(cut for cut in EVERY_CUT if cut.past)
_SPELL = ("id", "previous_id", "kind", "unit_id", "region_id", "started_at", "ended_at", "first_due_at", "due_at",
          "clock_from")
_REQUEST_IDS = ("spell_id", "decider_unit_id")
_REQUEST_MOMENTS = ("decided_at", "resumed_at", "due_before", "due_after", "total_after")
_REQUEST = ("kind", "state", "stage", "workdays", *_REQUEST_IDS, *_REQUEST_MOMENTS)
_COLUMNS = (*COLUMNS, "accountable_unit_id", "asked_rows", *(f"spells__{name}" for name in _SPELL))


def verify(*, now: datetime, told: Callable[[int], None] = lambda _done: None) -> Iterator[Finding]:
    """Everything that does not hold: problem by problem, then count by count; `told` hears how many are done.

    Five statements per BATCH problems, one per cut, and of the past of a cut one per month.
    """
    done, last = 0, None
    while ids := _ids_after(last):
        yield from findings_of(ids, now=now)
        yield from _of_details(ids)
        done, last = done + len(ids), ids[-1]
        told(done)
    yield from findings_of_counts()


def findings_of(problem_ids: Sequence[UUID], *, now: datetime) -> list[Finding]:
    """What does not hold of these problems: problem, spells and requests are read in one statement, steps up and stays in
    one each."""
    here = directory()
    rows = Problem.objects.filter(id__in=problem_ids).order_by("id").annotate(asked_rows=_asked_rows()).values(*_COLUMNS)
    every = list(_kept(rows, _levels_up(problem_ids)))
    found = [
        finding for kept in every
        for finding in findings_about(kept, _clock_for(kept.standing, here), _counted_on, now)
    ]
    return [*found, *sharing_findings([kept.standing for kept in every]), *findings_of_stays(problem_ids)]


def findings_of_counts(every: Sequence[Cut] = EVERY_CUT) -> list[Finding]:
    """Cells, and sums of the past, that are not what the rows say."""
    names = {region.id: region.name for region in directory().regions.values()}
    found = [_differing(f"计数 {cut.name}", cell, names) for cut in every for cell in differences(cut)]
    dated = (cut for cut in every if cut.past)
    return found + [_differing(f"历史计数 {cut.name}", one, names) for cut in dated for one in differences_of_past(cut)]


def _differing(about: str, cell: Difference, names: Mapping[UUID, str]) -> Finding:
    where = names.get(cell.node, str(cell.node))
    when = f"{cell.day:%Y-%m-%d}起的{_SPANS[cell.span]}" if cell.day else ""
    said = "·".join(part for part in (cell.a, cell.b, cell.c) if part)
    return Finding(about, f"{where}{when}“{said}”记为 {cell.kept}，实为 {cell.truth}。")


def _ids_after(last: UUID | None) -> list[UUID]:
    rows = Problem.objects.order_by("id")
    rows = rows.filter(id__gt=last) if last else rows
    return list(rows.values_list("id", flat=True)[:BATCH])


def _kept(rows: Iterable[dict[str, Any]], levels_up: Mapping[UUID, int]) -> Iterator[Kept]:
    for _id, group in groupby(rows, key=lambda row: row["id"]):
        found = list(group)
        spells = [_spell(row) for row in found if row["spells__id"] is not None]
        standing, requests = standing_from(found[0]), tuple(_request(row) for row in found[0]["asked_rows"])
        yield Kept(
            standing, found[0]["accountable_unit_id"], in_order(spells), requests, levels_up.get(standing.id, 0)
        )


def _levels_up(problem_ids: Sequence[UUID]) -> dict[UUID, int]:
    rows = Escalation.objects.filter(problem_id__in=problem_ids, state__in=[state.value for state in IN_FORCE])
    return dict(rows.order_by().values("problem_id").annotate(total=Sum("levels")).values_list("problem_id", "total"))


def _asked_rows() -> ArraySubquery:
    """The requests of a problem in the order they were asked, as objects."""
    asked = Request.objects.filter(problem_id=OuterRef("id")).order_by("asked_at", "id")
    return ArraySubquery(asked.values(row=JSONObject(**{name: name for name in _REQUEST})))


def _request(row: dict[str, Any]) -> RequestRow:
    moments = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in _REQUEST_MOMENTS}
    return RequestRow(
        kind=RequestKind(row["kind"]), state=RequestState(row["state"]), workdays=row["workdays"],
        stage=Stage(row["stage"]) if row["stage"] else None,
        spell_id=UUID(row["spell_id"]) if row["spell_id"] else None,
        decider_unit_id=UUID(row["decider_unit_id"]), **moments,
    )


def _counted_on(clock: Clock, steps: Sequence[int]) -> Clock:
    for workdays in steps:
        clock = clock_counted_on(clock, workdays, calendar())
    return clock


def _spell(row: dict[str, Any]) -> SpellRow:
    values = {name: row[f"spells__{name}"] for name in _SPELL}
    return SpellRow(**{**values, "kind": SpellKind(values["kind"])})


def _clock_for(standing: Standing, here: Directory) -> SetClock:
    limits = rulebook(standing.campaign).limits

    def set_clock(stage: Stage, region_id: UUID, unit_id: UUID | None, at: datetime) -> Clock | None:
        case = case_of(standing.category, standing.urgency, here.path(region_id))
        days = calendar_of(here.calendar_owners(unit_id or region_id))
        return start_clock(limits, stage, case, at=at, calendar=days)

    return set_clock


def _of_details(problem_ids: Sequence[UUID]) -> list[Finding]:
    unsound = details_that_do_not_verify(problem_ids)
    numbers = dict(Problem.objects.filter(id__in={one.thing_id for one in unsound}).values_list("id", "number"))
    return [
        Finding(
            numbers[one.thing_id],
            f"履历“{ProblemFact(one.kind).label if one.kind else '已不存在'}”的“{one.field}”与当时留下的摘要不一致。",
        )
        for one in unsound
    ]
