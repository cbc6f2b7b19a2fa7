"""How a problem has been pressed and what came of each urging, with what the viewer may do to press it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.facts import ProblemFact
from zhitong.domain.problems.rules.kinds import OPEN_STATES
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.supervision.models import Urging
from zhitong.domain.supervision.queries.sight import urgings_seen
from zhitong.domain.supervision.rules.kinds import EffectState, Grade, UrgingKind
from zhitong.domain.supervision.rules.pressing import (
    effect_of,
    why_not_press,
    why_not_remind_as_reporter,
    why_not_supervise,
)

REPORTER = "企业"


@dataclass(frozen=True, slots=True)
class Effect:
    """What came of an urging: the first act of the pressed unit and its time, or that there was none until `due_at`."""

    state: EffectState
    act: str
    at: datetime | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class UrgingView:
    """One urging; `paper_id` and `number` lead to the supervision or the instruction behind it."""

    id: UUID
    kind: UrgingKind
    problem_id: UUID
    by: str
    unit: str
    words: str
    at: datetime
    effect: Effect
    paper_id: UUID | None
    number: str
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class PressChoice:
    """A way to press that belongs to the viewer's post: allowed now, or the reason why not."""

    kind: UrgingKind
    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """The urgings of a problem, newest first, and what may be done."""

    urgings: tuple[UrgingView, ...]
    choices: tuple[PressChoice, ...]


def pressed_on(viewer: Viewer, standing: Standing, *, now: datetime) -> Pressed:
    """How a problem that the viewer has opened was pressed; three small queries."""
    rows = urgings_seen(viewer).filter(problem_id=standing.id).select_related("supervision", "instruction")
    found = list(rows.order_by("-at", "-id"))
    return Pressed(urging_views(found, now), _choices(viewer, standing, found, now))


def times_pressed(viewer: Viewer, problem_ids: Iterable[UUID]) -> dict[UUID, tuple[int, datetime]]:
    """How often each of these problems was pressed and when last, as far as the viewer may see it; one query."""
    rows = urgings_seen(viewer).filter(problem_id__in=set(problem_ids)).order_by()
    found = rows.values_list("problem_id").annotate(times=Count("id"), last=Max("at"))
    return {problem_id: (times, last) for problem_id, times, last in found}


def urging_views(rows: Sequence[Urging], now: datetime) -> tuple[UrgingView, ...]:
    """Urgings as they are shown, their papers read with them; one query for names, dissolved units included."""
    names = unit_names(one for row in rows for one in (row.by_unit_id, row.unit_id)) if rows else {}
    return tuple(_view(row, names, now) for row in rows)


def _view(row: Urging, names: Mapping[UUID, str], now: datetime) -> UrgingView:
    paper = row.supervision
    said = str(ProblemFact(row.effect).label) if row.effect else ""
    leader = f"{row.instruction.leader_title} {row.instruction.leader}" if row.instruction else ""
    return UrgingView(
        row.id, UrgingKind(row.kind), row.problem_id, REPORTER if row.by_reporter else leader or names[row.by_unit_id],
        names[row.unit_id], row.words, row.at,
        Effect(effect_of(row.effect_at, row.effect_due_at, now), said, row.effect_at, row.effect_due_at),
        row.supervision_id or row.instruction_id, paper.number if paper else "", Grade(paper.grade) if paper else None,
    )


def _choices(
    viewer: Viewer, standing: Standing, urgings: list[Urging], now: datetime
) -> tuple[PressChoice, ...]:
    if standing.state not in OPEN_STATES:
        return ()
    if viewer.unit_kind is UnitKind.SERVED:
        own = [one.at for one in urgings if one.by_unit_id == viewer.unit_id and one.kind == UrgingKind.REMIND.value]
        reason = why_not_remind_as_reporter(standing, max(own, default=None), calendar(), now)
        return (PressChoice(UrgingKind.REMIND, reason is None, reason or ""),)
    if not viewer.may(Permission.SUPERVISE):
        return ()
    here = directory()
    remind = why_not_press(standing, viewer.unit_id, here)
    supervise = why_not_supervise(standing, viewer.unit_id, here)
    return (
        PressChoice(UrgingKind.REMIND, remind is None, remind or ""),
        PressChoice(UrgingKind.SUPERVISE, supervise is None, supervise or ""),
        PressChoice(UrgingKind.INSTRUCT, True, ""),
    )
