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
from zhitong.domain.problems.rules.sharing import SEND_BACKS_ALLOWED
from zhitong.domain.problems.rules.way import Act

NEXT_ACT = {
    State.SUBMITTED: Act.ACCEPT, State.ACCEPTED: Act.DISPATCH, State.DISPATCHED: Act.ACKNOWLEDGE,
    State.HANDLING: Act.COMPLETE, State.PROPOSED: Act.ESCALATE, State.RETURNING: Act.PASS_DOWN,
    State.REVIEW: Act.HANDLE_ANEW, State.OBJECTED: Act.OVERRULE,
    State.CONFIRMED: Act.CLOSE_OFF, State.ANSWERED: Act.CONFIRM, State.ASKED: Act.SUPPLY,
}
"""The act that moves a problem on from each state; the one to offer first."""

_FIRST = {(State.HANDLING, Stage.FIRST_CONTACT): Act.CONTACT, (State.CONFIRMED, Stage.VERIFY): Act.VERIFY}
"""What comes before it at some stages."""


def next_act(state: State, stage: Stage | None, *, is_served: bool = False) -> Act | None:
    """The act to offer first; what waits for the reporter's word waits on an office's desk only to be closed unrated."""
    if state is State.ANSWERED and not is_served:
        return Act.CLOSE_UNRATED
    first = _FIRST.get((state, stage)) if stage else None
    return first or NEXT_ACT.get(state)


def next_act_of(row: ProblemRow, *, is_served: bool = False) -> Act | None:
    """The act to offer first for a row of a list: what another unit asks of the viewer's, to grant the request that waits
    for its word, or to designate where two units have given the matter back."""
    if row.stage is Stage.DECIDE and row.pending is not None:
        return GRANTS[row.pending]
    act = row.asked_of_us or next_act(row.state, row.stage, is_served=is_served)
    return Act.DESIGNATE if act is Act.DISPATCH and row.send_backs >= SEND_BACKS_ALLOWED else act


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
        return _duties(problems_for(viewer, Lens.MINE, asked, now=now, limit=limit), is_served=True)
    if Lens.DESK not in lenses_of(viewer):
        return []
    urgent = problems_for(viewer, Lens.DESK, Filters(), now=now, order=Order.DUE, limit=limit)
    untimed = Filters(light=Light.NONE)
    rest = problems_for(viewer, Lens.DESK, untimed, now=now, limit=max(0, limit - len(urgent.rows)))
    return [*_duties(urgent), *_duties(rest)]


def _duties(page: Page, *, is_served: bool = False) -> list[Duty]:
    acts = ((next_act_of(row, is_served=is_served), row) for row in page.rows)
    return [Duty(act, row) for act, row in acts if act is not None]
