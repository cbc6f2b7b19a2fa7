"""延期审批单: more time, a stop or parking asked for: the reasons, what was decided, the new due time and its sum."""

from __future__ import annotations

from datetime import datetime

from zhitong.domain.bulletins.queries.letters.matter import Matter, matter, one_of, split_about, state_then
from zhitong.domain.bulletins.queries.letters.phrases import PEN_LINES, box, day, moment
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.models import Request, Spell
from zhitong.domain.problems.rules.kinds import PauseReason, RequestKind, RequestState
from zhitong.kit.official.shapes import Box, Document, Grid, Style

_OF_TIME = (RequestKind.EXTENSION.value, RequestKind.PAUSE.value, RequestKind.PARK.value)


def extension(viewer: Viewer, about: str, at: datetime) -> Document:
    """The newest request for time until `at`, or the one at a place; before it is decided with lines for the pen.

    Raises NotFound: the matter is not there for this official. Raises Refused: no time was asked for until then.
    """
    number, place = split_about(about)
    return extension_of(matter(viewer, number, at), place)


def requests_for_time(found: Matter) -> list[Request]:
    """What was asked for, oldest first."""
    return [one for one in found.requests if one.kind in _OF_TIME]


def extension_of(found: Matter, place: int = 0) -> Document:
    """The same of a matter in hand."""
    number, at, asked = found.number, found.at, requests_for_time(found)
    request: Request = one_of(asked, place, f"问题{number}在{moment(at)}没有申请过延期、暂停或挂账，没有审批单可出。")
    kind, state = RequestKind(request.kind), state_then(request, at)
    first = _first_due(found, request)
    return Document(
        Style.FORM, f"{kind.label}审批单",
        (
            Grid((
                (box("编号", number), box("第几次申请", f"第{_time(asked, request)}次{kind.label}")),
                (box("申请单位", found.unit(request.by_unit_id)), box("申请时间", moment(request.asked_at))),
                (box("反映单位", found.outward_name), box("属地", found.place)),
                (box("反映的问题", found.text, lines=3),),
                (box("首次办结时限", moment(first) or "不设时限"), box("申请时办结时限", _due_when_asked(found, request))),
                (box(f"申请{kind.label}", _wanted(request)),),
                (box("申请理由", _reason(request), lines=3),),
                (box("承办单位意见", lines=PEN_LINES), box("负责人签字")),
                *_decision(found, request, state),
                (box(f"{kind.label}后的时限", f"{_after(request, state)}首次时限保留，是否按时办结仍按首次时限评判。", lines=2),),
            )),
        ),
    )


def _time(asked: list[Request], request: Request) -> int:
    return [one.id for one in asked if one.kind == request.kind].index(request.id) + 1


def _spell(found: Matter, request: Request) -> Spell | None:
    return next((one for one in found.spells if one.id == request.spell_id), None)


def _first_due(found: Matter, request: Request) -> datetime | None:
    spell = _spell(found, request)
    return spell.first_due_at if spell else None


def _due_when_asked(found: Matter, request: Request) -> str:
    """What earlier requests had made of the first limit when this one was asked."""
    spell = _spell(found, request)
    return (moment(found.due_of(spell, request.asked_at)) if spell else "") or "不设时限"


def _wanted(request: Request) -> str:
    if request.kind == RequestKind.EXTENSION.value:
        return f"{request.workdays}个工作日"
    return f"到{day(request.until)}恢复办理"


def _reason(request: Request) -> str:
    stated = f"（{PauseReason(request.pause_reason).label}）" if request.pause_reason else ""
    return f"{stated}{request.reason}"


def _decision(found: Matter, request: Request, state: RequestState) -> list[tuple[Box, ...]]:
    """Which office decides and what it said; to be written by hand while it has not."""
    office = found.unit(request.decider_unit_id)
    if state is RequestState.ASKED:
        return [(box("审批单位", office), box("审批时间")), (box("审批意见", lines=PEN_LINES), box("审批人签字"))]
    words = f"{state.label}。{request.words}".rstrip("。") + "。"
    return [(box("审批单位", office), box("审批时间", moment(request.decided_at))), (box("审批意见", words, lines=2),)]


def _after(request: Request, state: RequestState) -> str:
    if state is RequestState.ASKED:
        return ""
    if state is not RequestState.GRANTED:
        return "时限不变。"
    if request.kind == RequestKind.EXTENSION.value:
        return f"{request.arithmetic}。"
    return f"自{moment(request.decided_at)}停止计时，预计{day(request.until)}恢复，恢复时按停止计时的工作日顺延。"
