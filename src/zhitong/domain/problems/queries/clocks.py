"""The clocks of a problem as faces: the stage now running, this unit's, end to end; each with the sum behind its due time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.calendars.rules import arithmetic
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.queries.rulebook import Rulebook
from zhitong.domain.problems.queries.timing import RequestView, sums_of
from zhitong.domain.problems.rules.kinds import OF_A_LEVEL, SpellKind, Stage, State
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.domain.problems.rules.limits import case_of, due_of, limit_for
from zhitong.domain.problems.rules.standing import SpellStanding, Standing
from zhitong.domain.problems.rules.timing import STANDING_STILL

_ANSWERED = (State.ANSWERED, State.CONFIRMED, State.CLOSED, State.ENDED)
"""The end-to-end clock stands still: the reporter has the answer."""


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A clock of the problem: the stage now running, this unit's, or end to end; with the sum that gave its due time.

    A clock that granted requests have moved has two faces: the first limit, by which on time is judged, and the one in
    force. One that stands still says why where the sum would be.
    """

    name: str
    started_at: datetime
    due_at: datetime
    light: Light
    is_stopped: bool
    arithmetic: str


@dataclass(frozen=True, slots=True)
class _Dial:
    """What every face of a problem is drawn with: the sums of moved due times, and why the clock stands still."""

    standing: Standing
    here: Directory
    book: Rulebook
    sums: Mapping[datetime, str]
    why_stopped: str
    now: datetime

    def face(
        self, name: str, stage: Stage, since: datetime, due_at: datetime, light: Light, *, stopped: bool = False,
        region_id: UUID | None = None,
    ) -> ClockFace:
        """A clock with its sum in words; the sum is left out where a rule has changed since the clock was set."""
        words = self.sums.get(due_at) or self._sum(stage, since, due_at, region_id)
        if stopped and self.why_stopped:
            words = self.why_stopped
        return ClockFace(name, since, due_at, light, stopped, words)

    def _sum(self, stage: Stage, since: datetime, due_at: datetime, region_id: UUID | None) -> str:
        standing = self.standing
        path = self.here.path(region_id or standing.level_region_id)
        limit = limit_for(self.book.limits, stage, case_of(standing.category, standing.urgency, path))
        unit_id = None if region_id or stage in OF_A_LEVEL else standing.accountable_unit_id
        days = calendar_of(self.here.calendar_owners(unit_id or region_id or standing.level_region_id))
        due = due_of(limit, since, days) if limit else None
        if limit is None or due is None or due.at != due_at:
            return ""
        return arithmetic(since, due, limit.amount, limit.unit, days, "起算")


def clocks_of(
    standing: Standing, requests: Sequence[RequestView], here: Directory, book: Rulebook, now: datetime
) -> tuple[ClockFace, ...]:
    """The faces of a problem's clocks, the most pressing first."""
    why = next((view.why_stopped for view in requests if view.stands_still), "")
    dial = _Dial(standing, here, book, sums_of(requests), why, now)
    spell = standing.spell
    return (*_of_stage(dial, spell), *_of_spell(dial, spell), *_end_to_end(dial))


def _of_stage(dial: _Dial, spell: SpellStanding | None) -> tuple[ClockFace, ...]:
    standing = dial.standing
    if spell is None or standing.stage is None or standing.stage_due_at is None:
        return ()
    since = standing.last_at if standing.stage is Stage.ANSWER_DOWN else spell.counted_from
    light = light_of(standing.stage_due_at, standing.warn_at, dial.now)
    return (dial.face(f"{standing.stage.label}时限", standing.stage, since, standing.stage_due_at, light),)


def _of_spell(dial: _Dial, spell: SpellStanding | None) -> tuple[ClockFace, ...]:
    if spell is None or spell.due_at is None or dial.standing.stage in (Stage.COMPLETE, Stage.REVIEW):
        return ()
    stage = Stage.COMPLETE if spell.kind is SpellKind.HANDLING else Stage.DISPATCH
    light = light_of(spell.due_at, None, spell.stopped_at or dial.now)
    stopped = spell.stopped_at is not None
    return (dial.face("环节时限", stage, spell.counted_from, spell.due_at, light, stopped=stopped),)


def _end_to_end(dial: _Dial) -> tuple[ClockFace, ...]:
    """The whole way's clock: one face, or two where more time was granted."""
    standing = dial.standing
    since, first, due_at = standing.accepted_at, standing.first_due_at, standing.due_at
    if since is None or first is None:
        return ()
    stopped = standing.state in _ANSWERED or standing.state in STANDING_STILL
    reached = _reached(standing, dial.now)

    def face(name: str, due: datetime) -> ClockFace:
        light = light_of(due, None, reached)
        return dial.face(name, Stage.COMPLETE, since, due, light, stopped=stopped, region_id=standing.region_id)

    if due_at is None or due_at == first:
        return (face("总时限", first),)
    return face("现行时限", due_at), face("首次时限", first)


def _reached(standing: Standing, now: datetime) -> datetime:
    """How far the end-to-end clock has come: to the answer, to the stop, or to now."""
    if standing.state in _ANSWERED:
        return standing.answered_at or now
    if standing.state in STANDING_STILL and standing.spell is not None:
        return standing.spell.stopped_at or now
    return now
