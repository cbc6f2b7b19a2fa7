"""One of the served for whom may have to ring it: who handles its problem sees whom to ring."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.phases import PHASE_OF, Phase
from zhitong.domain.subjects.queries.one import SubjectView, subject_seen

_OVER = [state.value for state in State if PHASE_OF[state] in (Phase.CLOSED, Phase.ENDED)]


def subject_to_ring(viewer: Viewer, subject_id: UUID, *, now: datetime) -> SubjectView:
    """One subject, its contact whole for who takes part in one of its problems under way too; one query more.

    A problem whose firm is not named to its handlers does not count: it would tell whose it is. Raises NotFound.
    """
    return subject_seen(viewer, subject_id, now=now, takes_part=lambda: _handles(viewer, subject_id))


def _handles(viewer: Viewer, subject_id: UUID) -> bool:
    under_way = Problem.objects.filter(subject_id=subject_id, unnamed=False).exclude(state__in=_OVER)
    return under_way.filter(parties__unit_id=viewer.unit_id).exists()
