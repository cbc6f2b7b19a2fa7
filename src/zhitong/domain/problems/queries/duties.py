"""What a viewer's unit must do now: to-dos are not stored, they are the desk lens told as duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.lists import Filters, Order, Page, ProblemRow, problems_for
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.way import Act

NEXT_ACT = {
    State.SUBMITTED: Act.ACCEPT, State.ACCEPTED: Act.DISPATCH, State.DISPATCHED: Act.ACKNOWLEDGE,
    State.HANDLING: Act.COMPLETE, State.PROPOSED: Act.ESCALATE, State.RETURNING: Act.PASS_DOWN,
    State.REVIEW: Act.HANDLE_ANEW, State.CONFIRMED: Act.CLOSE_OFF, State.ANSWERED: Act.CONFIRM, State.ASKED: Act.SUPPLY,
}
"""The act that moves a problem on from each state; the one to offer first."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: the act that comes next, and the problem it is about with its clock."""

    act: Act
    problem: ProblemRow


def duties_for(viewer: Viewer, *, now: datetime, limit: int = 50) -> list[Duty]:
    """What waits for the viewer's unit, the most urgent first, those without a limit last.

    For one of the served: answers to confirm and matters to complete.
    """
    if viewer.unit_kind is UnitKind.SERVED:
        asked = Filters(states=(State.ANSWERED, State.ASKED))
        return _duties(problems_for(viewer, Lens.MINE, asked, now=now, limit=limit))
    if Lens.DESK not in lenses_of(viewer):
        return []
    urgent = problems_for(viewer, Lens.DESK, Filters(), now=now, order=Order.DUE, limit=limit)
    untimed = Filters(states=(State.CONFIRMED,))
    rest = problems_for(viewer, Lens.DESK, untimed, now=now, limit=max(0, limit - len(urgent.rows)))
    return [*_duties(urgent), *_duties(rest)]


def _duties(page: Page) -> list[Duty]:
    acts = ((row.asked_of_us or NEXT_ACT.get(row.state), row) for row in page.rows)
    return [Duty(act, row) for act, row in acts if act is not None]
