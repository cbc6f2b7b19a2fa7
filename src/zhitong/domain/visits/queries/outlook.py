"""What to know before one plans a visit: how often the firm was visited, who else is coming, whether it wants peace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.visits.models import Plan, Quiet
from zhitong.domain.visits.queries.sight import subject_reached
from zhitong.domain.visits.rules.kinds import PlanState
from zhitong.domain.visits.rules.planning import goes_together, how_often, month_of


@dataclass(frozen=True, slots=True)
class PlanView:
    """A planned visit as everybody concerned sees it."""

    id: UUID
    subject_id: UUID
    subject: str
    unit_id: UUID
    unit: str
    planned_on: date
    who: str
    purpose: str
    together: UUID
    is_own: bool


@dataclass(frozen=True, slots=True)
class QuietView:
    """A firm's wish to be left in peace."""

    unit: str
    words: str
    since: date


@dataclass(frozen=True, slots=True)
class Outlook:
    """The month of a day at one firm. `goes_together`: the next visit there is better a joint one."""

    subject_id: UUID
    subject: str
    done: int
    plans: tuple[PlanView, ...]
    goes_together: bool
    words: str
    quiet: QuietView | None


def outlook(viewer: Viewer, subject_id: UUID, day: date) -> Outlook:
    """The month in which a day falls; visits alone are counted, not calls (five queries).

    Raises NotFound: the subject is not there for this viewer.
    """
    subject = subject_reached(viewer, subject_id)
    first, last = month_of(day)
    with connection.cursor() as cursor:
        cursor.execute("SELECT visits_made_to(%s, %s, %s)", [subject_id, first, last])
        [done] = cursor.fetchone()
    plans = plan_views(viewer, Plan.objects.filter(
        subject_id=subject_id, state=PlanState.PLANNED.value, planned_on__range=(first, last)
    ).select_related("subject").order_by("planned_on", "id"))
    return Outlook(
        subject.id, subject.name, done, plans, goes_together(done + len(plans)), how_often(done, len(plans), day),
        quiet_of(subject_id),
    )


def quiet_of(subject_id: UUID) -> QuietView | None:
    """The wish of a subject to be left in peace, if it has one."""
    row = Quiet.objects.filter(subject_id=subject_id, until__isnull=True).first()
    return QuietView(unit_names([row.unit_id]).get(row.unit_id, ""), row.words, row.since) if row else None


def plan_views(viewer: Viewer, rows: Iterable[Plan]) -> tuple[PlanView, ...]:
    """Plans as they are shown; rows come with their subject."""
    kept = list(rows)
    names = unit_names(row.unit_id for row in kept)
    return tuple(
        PlanView(
            row.id, row.subject_id, row.subject.name, row.unit_id, names.get(row.unit_id, ""), row.planned_on, row.who,
            row.purpose, row.together, row.unit_id == viewer.unit_id,
        ) for row in kept
    )
