"""How every act runs: find the problems through scope, ask the table, decide purely, let lapse what the act leaves
behind, write once, return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.queries import calendar, calendar_of
from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations import scope
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.problems.actions.lapsing import settled
from zhitong.domain.problems.actions.writing import write
from zhitong.domain.problems.queries.rulebook import Rulebook, rulebook
from zhitong.domain.problems.queries.signing import steps_of
from zhitong.domain.problems.queries.standings import standings_locked
from zhitong.domain.problems.rules.asking import why_not
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.limits import Clock, case_of, start_clock
from zhitong.domain.problems.rules.signing import SIGNABLE
from zhitong.domain.problems.rules.standing import Change, Standing
from zhitong.domain.problems.rules.way import MOVES, Act
from zhitong.kit.refusals import NotFound, Refused


class NotNow(Refused):
    """The act is not possible as the problem stands, or is another unit's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One problem's turn in a batch: which problem, who acts, when; `signed` says who signed it off within the unit."""

    problem_id: UUID
    actor: Actor
    now: datetime
    signed: str = ""


@dataclass(slots=True)
class Desk:
    """What decisions are made with: the standing order, the calendar, the campaigns' rulebooks."""

    directory: Directory
    calendar: Calendar
    _books: dict[str, Rulebook] = field(default_factory=dict)

    def book(self, campaign: str) -> Rulebook:
        """The rulebook of a campaign, asked for once per batch."""
        if campaign not in self._books:
            self._books[campaign] = rulebook(campaign)
        return self._books[campaign]

    def clock(
        self, stage: Stage, standing: Standing, region_id: UUID, at: datetime, unit_id: UUID | None = None
    ) -> Clock | None:
        """A stage's limit for a problem at a level, set running at `at`, in the calendar of the unit or else of the region."""
        case = case_of(standing.category, standing.urgency, self.directory.path(region_id))
        days = calendar_of(self.directory.calendar_owners(unit_id or region_id))
        return start_clock(self.book(standing.campaign).limits, stage, case, at=at, calendar=days)


def desk() -> Desk:
    """The desk of this moment."""
    return Desk(directory(), calendar())


S = TypeVar("S", bound=Step)
Seen = TypeVar("Seen")


def run(act: Act, steps: Sequence[S], decide: Callable[[S, Standing, Desk], Change]) -> list[Standing]:
    """Run one act on a batch; returns how each problem stands afterwards, in the order of the steps.

    Raises NotFound: a problem is not there for this viewer.
    Raises NotNow: the table does not allow the act now, or it is not this unit's; the sentence says which.
    """
    return run_seeing(
        act, steps, lambda _ids: None, lambda step, standing, here, _nothing: decide(step, standing, here)
    )


def run_seeing(
    act: Act, steps: Sequence[S], see: Callable[[Sequence[UUID]], Seen],
    decide: Callable[[S, Standing, Desk, Seen], Change],
) -> list[Standing]:
    """Run one act that decides by more than the standings: `see` reads the rest for the batch once it is locked.

    Raises what `run` raises.
    """
    ids = [step.problem_id for step in steps]
    if len(set(ids)) < len(ids):
        raise NotNow("同一个问题在一批里只能办理一次。请去掉重复的再提交。")
    with transaction.atomic():
        here = desk()
        standings = standings_locked(ids)
        _require_signed(act, steps)
        seen = see(ids)
        changes = []
        for step in steps:
            standing = _permitted(act, step, standings.get(step.problem_id), here)
            in_turn = replace(step, now=max(step.now, standing.last_at))  # who waited for the lock acts after the one before
            changes.append(_with_hands(decide(in_turn, standing, here, seen), step))
        return settle(changes, here)


def settle(changes: Sequence[Change], here: Desk) -> list[Standing]:
    """Write a batch of changes with all that lapses by them; returns how each problem stands afterwards.

    The caller holds the locks of the problems.
    """
    whole = settled([counting_silence(change, here) for change in changes], here.calendar, here.directory)
    write(whole, here.directory)
    return [change.after for change in whole]


def _require_signed(act: Act, steps: Sequence[Step]) -> None:
    """Refuse what a unit has set to be signed off and was not; who signs for the unit may act at once."""
    viewer = scope.present()
    if viewer is None or act not in SIGNABLE or viewer.may(Permission.SIGN):
        return
    unsigned = {step.actor.unit_id for step in steps if not step.signed and step.actor.unit_id}
    if steps_of(unsigned, act):
        raise NotNow(f"本单位规定“{act.label}”须经审签，请提交审签，或登记线下审签。")


def _with_hands(change: Change, step: Step) -> Change:
    return replace(change, words={**change.words, "signed": step.signed}) if step.signed else change


def counting_silence(change: Change, here: Desk) -> Change:
    """The change with the moment from which silence may be closed unrated, whichever act brought the reporter the answer."""
    before, after = change.before, change.after
    if after.state is not State.ANSWERED:
        return replace(change, after=replace(after, closable_at=None))
    if before.state is State.ANSWERED:
        return change
    clock = here.clock(Stage.CONFIRM, after, after.region_id, change.at)
    return replace(change, after=replace(after, closable_at=clock.due_at if clock else None))


def _permitted(act: Act, step: Step, standing: Standing | None, here: Desk) -> Standing:
    if standing is None:
        raise NotFound
    viewer = scope.present()
    if viewer is not None:
        scope.require(viewer, MOVES[act].permission)
    reason = why_not(act, standing, step.actor.unit_id, here.directory)
    if reason:
        raise NotNow(reason)
    return standing
