"""Asking an office: more time, a stop, parking; and the reporter's withdrawal. Asking leaves every clock running."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run
from zhitong.domain.problems.rules.kinds import PartyRole, PauseReason, RequestKind, RequestState, Stage
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.timing import decider_of, why_no_request, why_not_so_long, why_not_until
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.ids import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExtension(Step):
    """Ask for so many working days more, and why."""

    workdays: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPause(Step):
    """Ask to stop the clock for a stated reason until an expected day."""

    pause_reason: PauseReason
    until: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPark(Step):
    """Ask to park a matter until the day it comes back by itself."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWithdrawal(Step):
    """The reporter takes the matter back: why, and who urged him to if anybody did."""

    reason: str
    urged: str = ""


def ask_extension(steps: Sequence[AskExtension]) -> list[Standing]:
    """Ask for more time: of the office that dispatched, the second time of the one above.

    Raises NotNow: another request waits, the limit is over already, or so many days cannot be asked for.
    """

    def decide(step: AskExtension, standing: Standing, here: Desk) -> Change:
        _allowed(why_not_so_long(step.workdays))
        return _asked(
            Act.ASK_EXTENSION, RequestKind.EXTENSION, step, standing, here, step.reason, workdays=step.workdays
        )

    return run(Act.ASK_EXTENSION, steps, decide)


def ask_pause(steps: Sequence[AskPause]) -> list[Standing]:
    """Ask to stop the clock: of the office that dispatched, the second time of the one above.

    Raises NotNow: another request waits, the limit is over already, or the day of return cannot be.
    """

    def decide(step: AskPause, standing: Standing, here: Desk) -> Change:
        _allowed(why_not_until(step.until, step.now))
        return _asked(
            Act.ASK_PAUSE, RequestKind.PAUSE, step, standing, here, step.reason, until=step.until,
            pause_reason=step.pause_reason.value,
        )

    return run(Act.ASK_PAUSE, steps, decide)


def ask_park(steps: Sequence[AskPark]) -> list[Standing]:
    """Ask the office above to park a matter (挂账) until a day.

    Raises NotNow: another request waits, or the day of return cannot be.
    """

    def decide(step: AskPark, standing: Standing, here: Desk) -> Change:
        _allowed(why_not_until(step.until, step.now))
        return _asked(Act.ASK_PARK, RequestKind.PARK, step, standing, here, step.reason, until=step.until)

    return run(Act.ASK_PARK, steps, decide)


def ask_withdrawal(steps: Sequence[AskWithdrawal]) -> list[Standing]:
    """Ask to take matters back; the office of the region makes sure that it is the reporter's own will.

    Raises NotNow: another request waits.
    """

    def decide(step: AskWithdrawal, standing: Standing, here: Desk) -> Change:
        return _asked(
            Act.ASK_WITHDRAWAL, RequestKind.WITHDRAWAL, step, standing, here, step.reason, urged=step.urged
        )

    return run(Act.ASK_WITHDRAWAL, steps, decide)


def _allowed(trouble: str | None) -> None:
    if trouble:
        raise NotNow(trouble)


def _asked(
    act: Act, kind: RequestKind, step: Step, standing: Standing, here: Desk, reason: str, **asked: Any
) -> Change:
    """A request comes to the desk of the office that decides it, with a limit of its own."""
    _allowed(why_no_request(kind, standing, here.directory, step.now))
    decider = decider_of(kind, standing, here.directory)
    clock = here.clock(Stage.DECIDE, standing, decider.region_id, step.now, decider.id)
    row = {
        "id": uuid7(), "problem_id": standing.id, "spell_id": standing.spell.id if standing.spell else None,
        "kind": kind.value, "state": RequestState.ASKED.value, "by_unit_id": step.actor.unit_id,
        "decider_unit_id": decider.id, "reason": reason, "asked_at": step.now,
        "due_at": clock.due_at if clock else None, "warn_at": clock.warn_at if clock else None, **asked,
    }
    after = moved(standing, act, step.actor, step.now, pending=kind, decider_unit_id=decider.id)
    told: dict[str, Any] = {name: asked[name] for name in ("workdays", "until", "pause_reason") if name in asked}
    words = {"reason": reason, "urged": asked.get("urged", "")}
    return Change(
        act, step.actor, step.now, standing, after, parties=((decider.id, PartyRole.OFFICE),), rows=(("Request", row),),
        body={"request": row["id"], "decider": decider.id, **told}, words={key: text for key, text in words.items() if text},
    )
