"""The requests of a problem as its page shows them, and the sums of due times that they have moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhitong.domain.organisations.queries import unit_names
from zhitong.domain.problems.models import Request
from zhitong.domain.problems.rules.kinds import PauseReason, RequestKind, RequestState
from zhitong.domain.problems.rules.lights import Light, light_of

_TOLD = (RequestKind.EXTENSION, RequestKind.PAUSE, RequestKind.PARK)
"""What the reporter reads of others' requests, once it is granted."""


@dataclass(frozen=True, slots=True)
class RequestView:
    """What was asked of an office and what it decided; `due_at` and `light` are the office's limit while it is asked.

    `moved` are the due times that it set, each with its sum in words in `arithmetic`.
    """

    kind: RequestKind
    state: RequestState
    by: str
    decider: str
    pause_reason: PauseReason | None
    reason: str
    urged: str
    workdays: int | None
    until: date | None
    asked_at: datetime
    decided_at: datetime | None
    resumed_at: datetime | None
    words: str
    arithmetic: str
    due_at: datetime | None
    light: Light
    moved: tuple[datetime, ...]

    @property
    def stands_still(self) -> bool:
        """Whether a clock stands still by it now."""
        return (
            self.kind in (RequestKind.PAUSE, RequestKind.PARK) and self.state is RequestState.GRANTED
            and self.resumed_at is None
        )

    @property
    def why_stopped(self) -> str:
        """Why the clock stands still and until when, in words."""
        reason = self.pause_reason.label if self.pause_reason else self.reason
        return f"{self.kind.label}：{reason}，预计 {self.until:%Y-%m-%d} 恢复" if self.until else reason


def requests_of(
    problem_id: UUID, now: datetime, *, is_reporter: bool, decides: bool
) -> tuple[RequestView, ...]:
    """The requests of a problem, oldest first; the reporter reads what was granted, and all of what he asked himself.

    Whether anybody urged him to withdraw is for him and the offices (`decides`), never for who handles the matter.
    """
    rows = list(Request.objects.filter(problem_id=problem_id).order_by("asked_at", "id"))
    names = unit_names(unit_id for row in rows for unit_id in (row.by_unit_id, row.decider_unit_id))
    views = [_view(row, names, now, is_reporter=is_reporter, reads_urged=is_reporter or decides) for row in rows]
    return tuple(view for view in views if not is_reporter or _is_told(view))


def sums_of(requests: Sequence[RequestView]) -> dict[datetime, str]:
    """The sum in words behind each due time that a granted request set."""
    return {due_at: view.arithmetic for view in requests for due_at in view.moved if view.arithmetic}


def _is_told(view: RequestView) -> bool:
    return view.kind is RequestKind.WITHDRAWAL or (view.kind in _TOLD and view.state is RequestState.GRANTED)


def _view(
    row: Request, names: Mapping[UUID, str], now: datetime, *, is_reporter: bool, reads_urged: bool
) -> RequestView:
    state, kind = RequestState(row.state), RequestKind(row.kind)
    is_own = kind is RequestKind.WITHDRAWAL
    waits = state is RequestState.ASKED
    return RequestView(
        kind=kind, state=state, by=names.get(row.by_unit_id, "") if row.by_unit_id else "",
        decider=names.get(row.decider_unit_id, ""),
        pause_reason=PauseReason(row.pause_reason) if row.pause_reason else None, reason=row.reason,
        urged=row.urged if reads_urged else "",
        workdays=row.workdays, until=row.until, asked_at=row.asked_at, decided_at=row.decided_at,
        resumed_at=row.resumed_at, words=row.words if is_own or not is_reporter else "", arithmetic=row.arithmetic,
        due_at=row.due_at if waits else None, light=light_of(row.due_at if waits else None, row.warn_at, now),
        moved=tuple(due for due in (row.due_after, row.total_after) if due is not None),
    )
