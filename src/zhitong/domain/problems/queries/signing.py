"""Drafts of a unit and what it has set for sign-off; nobody outside the unit reads either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.queries import directory, person_names
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Draft, Problem, Signing
from zhitong.domain.problems.queries.seeing import UNNAMED, may_know_name
from zhitong.domain.problems.rules.signing import OPEN, WAITING, DraftState, Steps
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import NotFound

MOST = 100


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its unit reads it: the act, what was drafted (as text), who did what with it when."""

    id: UUID
    problem_id: UUID
    number: str
    subject_name: str
    act: Act
    state: DraftState
    said: dict[str, Any]
    words: str
    drafter: str
    drafted_at: datetime
    checker: str
    checked_at: datetime | None
    signer: str
    signed_at: datetime | None
    drafted_by: UUID | None
    checked_by: UUID | None


def steps_of(unit_ids: Iterable[UUID], act: Act) -> dict[UUID, Steps]:
    """What units have set for an act; a unit that set nothing is absent."""
    rows = Signing.objects.filter(unit_id__in=set(unit_ids), act=act.value).exclude(steps=Steps.NONE.value)
    return {unit_id: Steps(steps) for unit_id, steps in rows.values_list("unit_id", "steps")}


def signing_of(viewer: Viewer) -> dict[Act, Steps]:
    """What the viewer's unit has set, act by act."""
    rows = Signing.objects.filter(unit_id=viewer.unit_id).values_list("act", "steps")
    return {Act(act): Steps(steps) for act, steps in rows}


def drafts_waiting(viewer: Viewer) -> list[DraftView]:
    """Drafts of the viewer's unit that wait: for a signer those to check or sign, for all others those given back."""
    wanted = WAITING if viewer.may(Permission.SIGN) else (DraftState.RETURNED,)
    rows = Draft.objects.filter(unit_id=viewer.unit_id, state__in=[state.value for state in wanted])
    return _views(viewer, rows.select_related("problem").order_by("drafted_at")[:MOST])


def drafts_open(viewer: Viewer) -> list[DraftView]:
    """Every draft of the viewer's unit that is under way, oldest first."""
    rows = Draft.objects.filter(unit_id=viewer.unit_id, state__in=[state.value for state in OPEN])
    return _views(viewer, rows.select_related("problem").order_by("drafted_at")[:MOST])


def drafts_about(viewer: Viewer, problem_id: UUID) -> list[DraftView]:
    """The drafts of the viewer's unit about a problem, newest first."""
    rows = Draft.objects.filter(unit_id=viewer.unit_id, problem_id=problem_id).select_related("problem")
    return _views(viewer, rows.order_by("-drafted_at")[:MOST])


def draft_for(viewer: Viewer, draft_id: UUID) -> DraftView:
    """One draft of the viewer's unit. Raises NotFound: there is none such there."""
    found = _views(viewer, Draft.objects.filter(unit_id=viewer.unit_id, id=draft_id).select_related("problem"))
    if not found:
        raise NotFound
    return found[0]


def _views(viewer: Viewer, rows: Iterable[Draft]) -> list[DraftView]:
    found, here = list(rows), directory()
    names = person_names(one for row in found for one in (row.drafted_by, row.checked_by, row.signed_by))
    return [
        DraftView(
            row.id, row.problem_id, row.problem.number, _subject_name(viewer, row.problem, here), Act(row.act),
            DraftState(row.state), row.said, row.words, _name(names, row.drafted_by), row.drafted_at, _name(names, row.checked_by),
            row.checked_at, _name(names, row.signed_by), row.signed_at, row.drafted_by, row.checked_by,
        )
        for row in found
    ]


def _subject_name(viewer: Viewer, problem: Problem, here: Directory) -> str:
    is_known = may_know_name(
        viewer, unnamed=problem.unnamed, reporter_unit_id=problem.reporter_unit_id, region_id=problem.region_id, here=here
    )
    return problem.subject_name if is_known else UNNAMED


def _name(names: dict[UUID, str], person_id: UUID | None) -> str:
    return names.get(person_id, "") if person_id else ""
