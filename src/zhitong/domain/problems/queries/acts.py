"""The acts of a problem for its viewer: those that may be done now, and those that may not with the reason, time included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.calendars.queries import calendar_of
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.rulebook import Rulebook
from zhitong.domain.problems.rules.asking import is_about, why_not
from zhitong.domain.problems.rules.kinds import RequestKind, Stage
from zhitong.domain.problems.rules.limits import case_of, start_clock
from zhitong.domain.problems.rules.sharing import dispatch_refusal, send_back_refusal
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.timing import moment, why_no_request
from zhitong.domain.problems.rules.way import TABLE, Act, Whose


@dataclass(frozen=True, slots=True)
class ActChoice:
    """An act as the viewer sees it: allowed, or greyed with the reason."""

    act: Act
    allowed: bool
    reason: str
    words: str


def acts_for(viewer: Viewer, standing: Standing, here: Directory, book: Rulebook, now: datetime) -> tuple[ActChoice, ...]:
    """The acts of this state that the viewer's post could do, the allowed ones first; whose time is over is not allowed."""
    choices = []
    for move in TABLE:
        if standing.state not in move.since or not viewer.may(move.permission) or not is_about(move.act, standing):
            continue
        if move.whose is Whose.REPORTER and standing.reporter_unit_id != viewer.unit_id:
            continue
        reason = why_not(move.act, standing, viewer.unit_id, here) or why_over(move.act, standing, here, book, now)
        choices.append(ActChoice(move.act, reason is None, reason or "", move.words))
    return tuple(sorted(choices, key=lambda choice: not choice.allowed))


def why_over(act: Act, standing: Standing, here: Directory, book: Rulebook, now: datetime) -> str | None:
    """Why the time or the turn of an act has passed though the table still knows it; None when it has not."""
    if act in _REQUESTED:
        return why_no_request(_REQUESTED[act], standing, here, now)
    asked = _OVER.get(act)
    return asked(standing, here, book, now) if asked else None


def send_back_trouble(standing: Standing, here: Directory, book: Rulebook, now: datetime) -> str | None:
    """Why a matter can no longer be sent back; None while it can. Its limit counts from dispatch, at the level's calendar."""
    assert standing.spell is not None, "a dispatched problem has an open spell"
    refusal = send_back_refusal(standing)
    if refusal:
        return refusal
    level_id = standing.level_region_id
    clock = start_clock(
        book.limits, Stage.SEND_BACK, case_of(standing.category, standing.urgency, here.path(level_id)),
        at=standing.spell.started_at, calendar=calendar_of(here.calendar_owners(level_id)),
    )
    if clock is None or now <= clock.due_at:
        return None
    return (
        f"退回须在交办后规定时限内提出，已于{moment(clock.due_at)}截止。"
        "请继续办理；本级无法解决的，可提出提请上级协调。"
    )


_REQUESTED = {
    Act.ASK_EXTENSION: RequestKind.EXTENSION, Act.ASK_PAUSE: RequestKind.PAUSE, Act.ASK_PARK: RequestKind.PARK,
}
_OVER: Mapping[Act, Callable[[Standing, Directory, Rulebook, datetime], str | None]] = {
    Act.SEND_BACK: send_back_trouble,
    Act.DISPATCH: lambda standing, _here, _book, _now: dispatch_refusal(standing),
}
