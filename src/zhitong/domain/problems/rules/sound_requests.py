"""What must hold of a problem's requests: due times are the first limit and what was granted, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from zhitong.domain.problems.rules.kinds import RequestKind, RequestState, SpellKind, Stage, State
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.timing import STANDING_STILL, moment


@dataclass(frozen=True, slots=True)
class SpellRow:
    """A spell as it is kept."""

    id: UUID
    previous_id: UUID | None
    kind: SpellKind
    unit_id: UUID
    region_id: UUID
    started_at: datetime
    ended_at: datetime | None
    first_due_at: datetime | None
    due_at: datetime | None
    clock_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as it is kept."""

    spell_id: UUID | None
    kind: RequestKind
    state: RequestState
    decider_unit_id: UUID
    stage: Stage | None
    workdays: int | None
    decided_at: datetime | None
    resumed_at: datetime | None
    due_before: datetime | None
    due_after: datetime | None
    total_after: datetime | None

    @property
    def is_running(self) -> bool:
        """Whether a clock stands still by it."""
        stops = self.kind in (RequestKind.PAUSE, RequestKind.PARK)
        return stops and self.state is RequestState.GRANTED and self.resumed_at is None

    @property
    def moved_at(self) -> datetime | None:
        """When it moved the due times; None while it has not."""
        if self.state is not RequestState.GRANTED or self.kind is RequestKind.WITHDRAWAL:
            return None
        return self.decided_at if self.kind is RequestKind.EXTENSION else self.resumed_at


def faults_of_requests(
    standing: Standing, spells: Sequence[SpellRow], requests: Sequence[RequestRow]
) -> Iterator[str]:
    """Everything that does not hold of a problem's requests and of the due times they moved."""
    yield from _pending(standing, requests)
    yield from _stops(standing, requests)
    yield from _counters(standing, requests)
    moves = sorted((row for row in requests if row.moved_at), key=lambda row: row.moved_at or standing.submitted_at)
    for before, spell in pairwise([None, *spells]):
        if spell is not None:
            yield from _due_of_spell(spell, before, [row for row in moves if row.spell_id == spell.id])
    yield from _due_end_to_end(standing, moves)


def workdays_granted(standing: Standing, requests: Sequence[RequestRow]) -> list[int]:
    """The working days by which granted requests have moved the limit of the stage now running, one after the other.

    The limit of completion is the spell's and moves with every one; another stage only with the stops that it saw.
    """
    spell_id = standing.spell.id if standing.spell else None
    moves = sorted(
        (row for row in requests if row.moved_at and row.spell_id == spell_id and row.due_after),
        key=lambda row: row.moved_at or standing.submitted_at,
    )
    whole = standing.stage is Stage.COMPLETE
    return [
        row.workdays or 0 for row in moves
        if whole or (row.kind is RequestKind.PAUSE and row.stage is standing.stage)
    ]


def _pending(standing: Standing, requests: Sequence[RequestRow]) -> Iterator[str]:
    waiting = [(row.kind, row.decider_unit_id) for row in requests if row.state is RequestState.ASKED]
    named = [(standing.pending, standing.decider_unit_id)] if standing.pending else []
    if waiting != named:
        yield "问题所记的待审批申请与申请记录不一致。"


def _stops(standing: Standing, requests: Sequence[RequestRow]) -> Iterator[str]:
    running = [row for row in requests if row.is_running]
    if standing.state not in STANDING_STILL and running:
        yield f"状态是“{standing.state.label}”，却有未结束的暂停或挂账。"
    if standing.state is State.PAUSED and len(running) != 1:
        yield f"暂停办理的问题应有 1 份未结束的暂停，实有 {len(running)} 份。"
    if (standing.returns_on is not None) != (standing.state is State.PARKED):
        yield "只有挂账的问题才有恢复办理的日期，挂账的必须有。"


def _counters(standing: Standing, requests: Sequence[RequestRow]) -> Iterator[str]:
    for kind, told in ((RequestKind.EXTENSION, standing.extensions), (RequestKind.PAUSE, standing.pauses)):
        granted = sum(row.kind is kind and row.state is RequestState.GRANTED for row in requests)
        if granted != told:
            yield f"{kind.label}记为 {told} 次，同意的申请有 {granted} 份。"


def _due_of_spell(spell: SpellRow, before: SpellRow | None, moves: Sequence[RequestRow]) -> Iterator[str]:
    """A spell falls due at its first limit, or where it took over by consent at that of the one before, plus what was
    granted."""
    taken_over = spell.clock_from is not None and before is not None
    due = before.due_at if taken_over and before is not None else spell.first_due_at
    for row in moves:
        if row.due_after is None:
            continue
        if row.due_before != due or (due is not None and row.due_after < due):
            moved = f"由 {_moment(row.due_before)} 变为 {_moment(row.due_after)}"
            yield f"“{spell.kind.label}”环节到期{moved}，与此前的 {_moment(due)} 不衔接。"
        due = row.due_after
    if spell.due_at != due and spell.kind is SpellKind.HANDLING:
        yield f"“{spell.kind.label}”环节到期 {_moment(spell.due_at)}，首次时限加上同意的延期、暂停应为 {_moment(due)}。"


def _due_end_to_end(standing: Standing, moves: Sequence[RequestRow]) -> Iterator[str]:
    first = due = standing.first_due_at
    for row in moves:
        if row.total_after is None:
            continue
        if due is not None and row.total_after < due:
            yield f"现行总时限由 {_moment(due)} 提前到 {_moment(row.total_after)}，时限只能顺延。"
        due = row.total_after
    is_told_already = first is None or standing.due_at is None or standing.due_at < first
    if standing.due_at != due and not is_told_already:
        yield f"现行总时限 {_moment(standing.due_at)}，首次时限加上同意的延期、暂停、挂账应为 {_moment(due)}。"


def _moment(at: datetime | None) -> str:
    return moment(at) if at else "无"
