"""The office's word on a request: granted, the clocks move on or stand still; refused, everything stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from zhitong.domain.problems.actions.running import Desk, NotNow, Step, run_seeing
from zhitong.domain.problems.actions.spells import at_completion, stage_values
from zhitong.domain.problems.models import Request
from zhitong.domain.problems.queries.standings import requests_asked
from zhitong.domain.problems.rules.kinds import PauseReason, RequestState, Stage, State
from zhitong.domain.problems.rules.lapsing import GRANTS
from zhitong.domain.problems.rules.standing import Change, Standing, moved
from zhitong.domain.problems.rules.timing import counted_on, extended_in_words, why_not_until
from zhitong.domain.problems.rules.way import Act

Asked = Mapping[UUID, Request]
_KIND_OF = {act: kind for kind, act in GRANTS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Step):
    """The office agrees, with what it wants to say."""

    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse(Step):
    """The office does not agree, and says why."""

    words: str


def grant_extension(steps: Sequence[Grant]) -> list[Standing]:
    """Grant more time: the due times are counted on from where they stood, the first limit stays.

    Raises NotNow: no extension is asked for.
    """
    return run_seeing(Act.GRANT_EXTENSION, steps, requests_asked, _extend)


def _extend(step: Grant, standing: Standing, here: Desk, asked: Asked) -> Change:
    request = _request(Act.GRANT_EXTENSION, standing, asked)
    assert standing.spell is not None and standing.spell.due_at is not None, "only a running limit is extended"
    workdays, before = request.workdays, standing.spell.due_at
    assert workdays is not None, "an extension names its working days"
    due_at = counted_on(before, workdays, here.calendar)
    total = counted_on(standing.due_at, workdays, here.calendar) if standing.due_at else None
    longer = replace(standing, spell=replace(standing.spell, due_at=due_at))
    timing = at_completion(longer, here) if standing.stage is Stage.COMPLETE else {}
    after = _decided(
        Act.GRANT_EXTENSION, step, standing, spell=longer.spell, due_at=total, extensions=standing.extensions + 1,
        **timing,
    )
    sum_in_words = extended_in_words(before, due_at, workdays, here.calendar)
    kept = {"due_before": before, "due_after": due_at, "total_after": total, "arithmetic": sum_in_words}
    words = {"reason": request.reason, "arithmetic": sum_in_words}
    return _granted(Act.GRANT_EXTENSION, step, standing, after, request, kept, words, workdays=workdays)


def grant_pause(steps: Sequence[Grant]) -> list[Standing]:
    """Let the handling clock stand still until the unit resumes or the expected day has come.

    Raises NotNow: no pause is asked for, or its expected day has come meanwhile.
    """
    return run_seeing(Act.GRANT_PAUSE, steps, requests_asked, _pause)


def _pause(step: Grant, standing: Standing, here: Desk, asked: Asked) -> Change:
    request = _stopping(Act.GRANT_PAUSE, step, standing, asked)
    after = _decided(Act.GRANT_PAUSE, step, standing, state=State.PAUSED, pauses=standing.pauses + 1,
                     **_stopped(step, standing))
    reason = PauseReason(request.pause_reason)
    words = {"pause_reason": reason.label, "reason": request.reason, "until": _day(request)}
    return _granted(Act.GRANT_PAUSE, step, standing, after, request, _interrupted(standing), words,
                    until=request.until, pause_reason=reason)


def grant_park(steps: Sequence[Grant]) -> list[Standing]:
    """Park a matter: it stays open and visible and comes back by itself on its day.

    Raises NotNow: no parking is asked for, or its day has come meanwhile.
    """
    return run_seeing(Act.GRANT_PARK, steps, requests_asked, _park)


def _park(step: Grant, standing: Standing, here: Desk, asked: Asked) -> Change:
    request = _stopping(Act.GRANT_PARK, step, standing, asked)
    after = _decided(Act.GRANT_PARK, step, standing, state=State.PARKED, returns_on=request.until,
                     **_stopped(step, standing))
    words = {"reason": request.reason, "until": _day(request)}
    return _granted(Act.GRANT_PARK, step, standing, after, request, _interrupted(standing), words, until=request.until)


def grant_withdrawal(steps: Sequence[Grant]) -> list[Standing]:
    """Let reporters take their matters back, once the office has made sure that it is their own will.

    Raises NotNow: no withdrawal is asked for.
    """
    return run_seeing(Act.GRANT_WITHDRAWAL, steps, requests_asked, _withdraw)


def _withdraw(step: Grant, standing: Standing, here: Desk, asked: Asked) -> Change:
    request = _request(Act.GRANT_WITHDRAWAL, standing, asked)
    after = _decided(Act.GRANT_WITHDRAWAL, step, standing, state=State.WITHDRAWN, spell=None, ended_at=step.now,
                     **stage_values(None, None))
    words = {"words": request.reason}
    return _granted(Act.GRANT_WITHDRAWAL, step, standing, after, request, {}, words)


def refuse_request(steps: Sequence[Refuse]) -> list[Standing]:
    """Refuse what is asked for, with the reason; the clocks have run on all the time.

    Raises NotNow: nothing is asked for.
    """

    def decide(step: Refuse, standing: Standing, here: Desk, asked: Asked) -> Change:
        request = _request(Act.REFUSE_REQUEST, standing, asked)
        settled = {"state": RequestState.REFUSED.value, "decided_at": step.now, "words": step.words}
        return Change(
            Act.REFUSE_REQUEST, step.actor, step.now, standing, _decided(Act.REFUSE_REQUEST, step, standing),
            amend=(("Request", request.id, settled),), body={"request": request.id, "kind": standing.pending},
            words={"decision": step.words},
        )

    return run_seeing(Act.REFUSE_REQUEST, steps, requests_asked, decide)


def _request(act: Act, standing: Standing, asked: Asked) -> Request:
    """The request that waits; the table lets an office decide, this asks whether it decides what is asked for."""
    wanted = _KIND_OF.get(act)
    if standing.pending is None or (wanted is not None and standing.pending is not wanted):
        said = f"现在待审批的是{standing.pending.label}申请" if standing.pending else "现在没有待审批的申请"
        raise NotNow(f"{said}，不能{act.label}。请刷新页面查看最新情况。")
    return asked[standing.id]


def _stopping(act: Act, step: Step, standing: Standing, asked: Asked) -> Request:
    """A request to stand still until a day that still lies ahead."""
    request = _request(act, standing, asked)
    assert request.until is not None, "a stop names the day of return"
    if why_not_until(request.until, step.now):
        raise NotNow("申请的恢复日期已经到了，不能再同意。请不同意，并请承办单位按新的日期重新申请。")
    return request


def _decided(act: Act, step: Step, standing: Standing, **changes: Any) -> Standing:
    return moved(standing, act, step.actor, step.now, pending=None, decider_unit_id=None, **changes)


def _stopped(step: Step, standing: Standing) -> dict[str, Any]:
    """The columns of a handling clock that stands still."""
    assert standing.spell is not None, "a problem in handling has an open spell"
    return {"spell": replace(standing.spell, stopped_at=step.now), **stage_values(None, None)}


def _interrupted(standing: Standing) -> dict[str, Any]:
    """What the request keeps of the stage that it interrupts, for the day of return."""
    assert standing.spell is not None, "a problem in handling has an open spell"
    return {
        "due_before": standing.spell.due_at, "stage": standing.stage.value if standing.stage else "",
        "stage_due_at": standing.stage_due_at, "stage_warn_at": standing.warn_at,
    }


def _granted(
    act: Act, step: Grant, standing: Standing, after: Standing, request: Request, kept: Mapping[str, Any],
    words: Mapping[str, str], **body: Any,
) -> Change:
    settled = {"state": RequestState.GRANTED.value, "decided_at": step.now, "words": step.words, **kept}
    said = {**words, "decision": step.words}
    return Change(
        act, step.actor, step.now, standing, after, amend=(("Request", request.id, settled),),
        body={"request": request.id, "by_unit": request.by_unit_id, **body},
        words={key: text for key, text in said.items() if text},
    )


def _day(request: Request) -> str:
    assert request.until is not None, "a stop names the day of return"
    return f"{request.until.year}年{request.until.month}月{request.until.day}日"
