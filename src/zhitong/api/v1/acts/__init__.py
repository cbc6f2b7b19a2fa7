"""The acts on a problem: each an address of its own, with the words that it needs, called by the same functions as a page.

What a schema asks for is what the step of the act holds; units are named by their codes.
"""

from __future__ import annotations

from datetime import datetime

from ninja import Router

from zhitong.api.door import Request, actor_of, writes
from zhitong.api.v1.acts import (
    climbing,
    closing,
    contacting,
    handling,
    leading,
    receiving,
    settling,
    sharing,
    sorting,
    timing,
)
from zhitong.api.v1.acts.offering import Offer
from zhitong.api.v1.problem import Number
from zhitong.api.words import Labelled, Named, Said, Shape, labelled, maybe_labelled, unit_named
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import MOVES

router = Router()


class Moved(Shape):
    """How the problem stands after the act."""

    number: str
    state: Labelled
    unit: Named | None
    stage: Labelled | None
    stage_due_at: datetime | None
    outcome: Labelled | None


OFFERS = (
    *receiving.OFFERS,
    *sorting.OFFERS,
    *handling.OFFERS,
    *contacting.OFFERS,
    *timing.OFFERS,
    *sharing.OFFERS,
    *climbing.OFFERS,
    *leading.OFFERS,
    *closing.OFFERS,
    *settling.OFFERS,
)


def moved(standing: Standing) -> Moved:
    """A standing as the API tells it."""
    return Moved(
        number=standing.number, state=labelled(standing.state),
        unit=unit_named(standing.accountable_unit_id, directory()), stage=maybe_labelled(standing.stage),
        stage_due_at=standing.stage_due_at, outcome=maybe_labelled(standing.outcome),
    )


def _open(offer: Offer) -> None:
    """Give an act its address."""
    move = MOVES[offer.act]

    def act(request: Request, number: Number, said: Said) -> Moved:
        problem_id = problem_id_of(request.viewer, number)
        step = offer.step(
            problem_id=problem_id, actor=actor_of(request), now=request.now, **offer.values(said)
        )
        return moved(offer.do([step])[0])

    since = "、".join(state.label for state in State if state in move.since)
    act.__doc__ = f"由{move.whose.label}办理：{since} → {move.outcome}。{move.words}"
    act.__annotations__ = {"request": Request, "number": Number, "said": offer.asks, "return": Moved}
    writes(
        router, f"/problems/{{number}}/acts/{offer.act}", answer=Moved, summary=offer.act.label,
        operation_id=f"act_{offer.act}",
    )(act)


for _offer in OFFERS:
    _open(_offer)
