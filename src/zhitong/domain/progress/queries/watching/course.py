"""The course of a target: the curve in force on a day and the first one that was accepted, as days and shares of the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Curve
from zhitong.domain.plans.queries.targets import curves_on
from zhitong.domain.plans.rules import CurveShape, CurveState
from zhitong.domain.plans.rules.curves import Points, read


@dataclass(frozen=True, slots=True)
class Course:
    """Expected progress: `first` is what was accepted first (the same where nothing was changed since)."""

    shape: CurveShape
    is_default: bool
    expected: Points
    first: Points


def course_of(viewer: Viewer, target_id: UUID, day: date) -> Course:
    """The course of a target as it holds on a day (three queries); curves are open to everybody who is signed in."""
    held = curves_on([target_id], day)[target_id]
    accepted = Curve.objects.filter(target_id=target_id, state=CurveState.ACCEPTED.value).order_by("since", "number").first()
    return Course(held.shape, held.id is None, held.points, read(accepted.points) if accepted else held.points)
