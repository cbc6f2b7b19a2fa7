"""Duties as lines of the home page: what waits, until when, and what follows when it is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.calendars.rules import workdays_between
from zhitong.domain.problems.queries.duties import Duty
from zhitong.domain.problems.queries.lists import ProblemRow
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.clock import day_of
from zhitong.web.problems.showing import address_of, clock_line, next_step
from zhitong.web.shell.components import Clock, Text

SOON_WORKDAYS = 3

_WAITS: dict[Act, Text] = {
    Act.ACCEPT: gettext_lazy("企业已提交，等本办受理"),
    Act.DISPATCH: gettext_lazy("已受理，等本办交给承办单位"),
    Act.ACKNOWLEDGE: gettext_lazy("已交办，等本单位签收并联系企业"),
    Act.COMPLETE: gettext_lazy("已签收，等本单位办结"),
    Act.ESCALATE: gettext_lazy("部门提出上报，等本办审核"),
    Act.PASS_DOWN: gettext_lazy("上级已答复，等本单位向下传"),
    Act.HANDLE_ANEW: gettext_lazy("企业不满意，等本办复核"),
    Act.CLOSE_OFF: gettext_lazy("企业已确认，等本办销号"),
    Act.VERIFY: gettext_lazy("企业已确认，结果不是已解决，等本办核查"),
    Act.CLOSE_UNRATED: gettext_lazy("答复后长期未评价，等本办核查后销号"),
    Act.CONTACT: gettext_lazy("企业反映没有联系过，等本单位重新联系"),
}
_HELD: dict[State, Text] = {
    State.ASKED: gettext_lazy("等企业补正"),
    State.PROPOSED: gettext_lazy("等活动办公室审核上报"),
    State.RETURNING: gettext_lazy("答复正在逐级返回"),
    State.ANSWERED: gettext_lazy("等企业确认"),
}


@dataclass(frozen=True)
class Line:
    """One thing on the home page: what it is about, what waits, its clock, and the act that comes next."""

    title: str
    about: str
    url: str
    waits: Text
    consequence: Text
    clock: Clock | None
    excerpt: str
    act: str = ""
    act_url: str = ""


@dataclass(frozen=True)
class Desk:
    """Duties sorted by when they press: today, in the next days, later, and whenever one likes."""

    today: list[Line]
    soon: list[Line]
    later: list[Line]
    untimed: list[Line]


def desk_of(duties: Sequence[Duty], now: datetime) -> Desk:
    """The duties under the four heads, each in the order given."""
    found = Desk([], [], [], [])
    for duty in duties:
        _head_of(duty.problem, found, now).append(line_of(duty, now))
    return found


def _head_of(row: ProblemRow, desk: Desk, now: datetime) -> list[Line]:
    if row.stage_due_at is None:
        return desk.untimed
    if row.light in (Light.OVERDUE, Light.SOON) or day_of(row.stage_due_at) == day_of(now):
        return desk.today
    return desk.soon if workdays_between(now, row.stage_due_at, calendar()) <= SOON_WORKDAYS else desk.later


def line_of(duty: Duty, now: datetime) -> Line:
    """A duty as a line."""
    row = duty.problem
    waits = _WAITS[duty.act]
    if row.stage is Stage.STAGE_REPLY:
        waits = _("已签收，先给企业阶段性答复或办结")
    return Line(
        row.subject_name, row.category_label, address_of(row.number), waits, _if_late(duty), _clock(row, now), row.excerpt,
        *next_step(row),
    )


def held_line(row: ProblemRow, now: datetime) -> Line:
    """A problem that others hold, as a line."""
    waits = _HELD.get(row.state) or _("%(unit)s%(state)s") % {"unit": row.unit, "state": row.state.label}
    return Line(row.subject_name, row.category_label, address_of(row.number), waits, "", _clock(row, now), row.excerpt)


def _if_late(duty: Duty) -> Text:
    if duty.problem.stage_due_at is None:
        return ""
    if duty.act is Act.PASS_DOWN:
        return _("逾期不传，企业会直接看到答复，并记本级未传")
    if duty.problem.light is Light.OVERDUE:
        return _("已显示为超期，企业和上级都能看到")
    return _("过时显示为超期，企业和上级都能看到") if duty.problem.light is Light.SOON else ""


def _clock(row: ProblemRow, now: datetime) -> Clock | None:
    return clock_line(row.stage_due_at, row.light, calendar(), now)
