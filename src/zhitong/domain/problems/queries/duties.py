"""What a viewer's unit must do now: to-dos are not stored, they are the desk lens told as duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.lists import Filters, Order, Page, ProblemRow, problems_for
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.lapsing import GRANTS
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.way import Act

NEXT_ACT = {
    State.SUBMITTED: Act.ACCEPT, State.ACCEPTED: Act.DISPATCH, State.DISPATCHED: Act.ACKNOWLEDGE,
    State.HANDLING: Act.COMPLETE, State.PROPOSED: Act.ESCALATE, State.RETURNING: Act.PASS_DOWN,
    State.REVIEW: Act.HANDLE_ANEW, State.CONFIRMED: Act.CLOSE_OFF, State.ANSWERED: Act.CONFIRM, State.ASKED: Act.SUPPLY,
}
"""The act that moves a problem on from each state; the one to offer first."""


def next_act(row: ProblemRow) -> Act | None:
    """The act to offer first for a row of a list: what another unit asks of the viewer's, or to grant the request that
    waits for its word."""
    if row.asked_of_us is not None:
        return row.asked_of_us
    if row.stage is Stage.DECIDE and row.pending is not None:
        return GRANTS[row.pending]
    return NEXT_ACT.get(row.state)


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
    untimed = Filters(light=Light.NONE)
    rest = problems_for(viewer, Lens.DESK, untimed, now=now, limit=max(0, limit - len(urgent.rows)))
    return [*_duties(urgent), *_duties(rest)]


def _duties(page: Page) -> list[Duty]:
    return [Duty(act, row) for row in page.rows if (act := next_act(row)) is not None]
