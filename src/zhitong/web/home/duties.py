"""Duties as lines of the home page: what waits, until when, and what follows when it is late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.bulletins.queries.editions.duties import EditionDuty
from zhitong.domain.bulletins.rules.kinds import CheckDuty
from zhitong.domain.bulletins.rules.way import EditionAct
from zhitong.domain.calendars.queries import calendar
from zhitong.domain.calendars.rules import workdays_between
from zhitong.domain.plans.queries.dividing.incoming import CascadeDuties
from zhitong.domain.problems.queries.duties import Duty
from zhitong.domain.problems.queries.handing import Sheet
from zhitong.domain.problems.queries.lists import ProblemRow
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.domain.problems.rules.way import Act
from zhitong.domain.progress.queries.duties import Duty as Reporting
from zhitong.domain.progress.queries.duties import ReportDuty
from zhitong.domain.supervision.queries.duties import Duty as Pressing
from zhitong.domain.supervision.rules.kinds import DutyKind
from zhitong.kit.clock import day_of
from zhitong.web.problems.showing import address_of, clock_line, next_step
from zhitong.web.shell.components import Clock, Text
from zhitong.web.shell.words import moment_in_words

SOON_WORKDAYS = 3
Times = Mapping[UUID, tuple[int, datetime]]

_WAITS: dict[Act, Text] = {
    Act.ACCEPT: gettext_lazy("企业已提交，等本办受理"),
    Act.DISPATCH: gettext_lazy("已受理，等本办交给承办单位"),
    Act.DESIGNATE: gettext_lazy("两次退回，等本办指定承办"),
    Act.ACKNOWLEDGE: gettext_lazy("已交办，等本单位签收并联系企业"),
    Act.COMPLETE: gettext_lazy("已签收，等本单位办结"),
    Act.ESCALATE: gettext_lazy("部门提出上报，等本办审核"),
    Act.PASS_DOWN: gettext_lazy("上级已答复，等本单位向下传"),
    Act.HANDLE_ANEW: gettext_lazy("企业不满意，等本办复核"),
    Act.OVERRULE: gettext_lazy("企业对不予受理有异议，等本办复核"),
    Act.PRECHECK: gettext_lazy("本辖区企业反映，等本乡镇初核"),
    Act.ANSWER_LOOK_IN: gettext_lazy("企业请本办过问，等本办答复"),
    Act.CLOSE_OFF: gettext_lazy("企业已确认，等本办销号"),
    Act.VERIFY: gettext_lazy("企业已确认，结果不是已解决，等本办核查"),
    Act.CLOSE_UNRATED: gettext_lazy("答复后长期未评价，等本办核查后销号"),
    Act.CONTACT: gettext_lazy("企业反映没有联系过，等本单位重新联系"),
    Act.TAKE: gettext_lazy("其他单位商议移交，等本单位答复"),
    Act.ANSWER_PART: gettext_lazy("请本单位协办，等本单位反馈"),
    Act.GRANT_EXTENSION: gettext_lazy("承办单位申请延期，等本办审批"),
    Act.GRANT_PAUSE: gettext_lazy("承办单位申请暂停，等本办审批"),
    Act.GRANT_PARK: gettext_lazy("承办单位申请挂账，等本办审批"),
    Act.GRANT_WITHDRAWAL: gettext_lazy("企业申请撤回，等本办核实后决定"),
}
_PRESSES: dict[DutyKind, Text] = {
    DutyKind.ISSUE: gettext_lazy("督办单已起草，等签发"),
    DutyKind.ANSWER: gettext_lazy("督办单已下发，等本单位反馈"),
    DutyKind.ACCEPT: gettext_lazy("被督办单位已反馈，等审核"),
    DutyKind.REPORT: gettext_lazy("领导批示，等本单位报办理情况"),
    DutyKind.CHASE: gettext_lazy("批示事项逾期，等承办单位报办理情况"),
    DutyKind.CLOSE: gettext_lazy("办理情况已报，等呈报领导并登记答复"),
}
_OF_EDITIONS: dict[CheckDuty, tuple[Text, Text]] = {
    CheckDuty.CHECK: (gettext_lazy("点到本单位的数，等本单位核对"), gettext_lazy("逾期记为“逾期未反馈”，印发后不再改")),
    CheckDuty.SETTLE: (gettext_lazy("有单位对数字有异议，等本办答复"), gettext_lazy("答复以前不能签发")),
    CheckDuty.SUBMIT: (gettext_lazy("各单位都已答复或者逾期，等本办送签发"), gettext_lazy("没有反馈的，送签发时记为“逾期未反馈”")),
    CheckDuty.SIGN_OUT: (gettext_lazy("数据已核对，等签发"), gettext_lazy("签发后才有文号")),
}
_HELD: dict[State, Text] = {
    State.ASKED: gettext_lazy("等企业补正"),
    State.PROPOSED: gettext_lazy("等活动办公室审核上报"),
    State.RETURNING: gettext_lazy("答复正在逐级返回"),
    State.ANSWERED: gettext_lazy("等企业确认"),
    State.PAUSED: gettext_lazy("已暂停，到期自动恢复"),
    State.PARKED: gettext_lazy("已挂账，到期自动恢复"),
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
    pressed: Text = ""


@dataclass(frozen=True)
class Desk:
    """Duties sorted by when they press: today, in the next days, later, and whenever one likes."""

    today: list[Line]
    soon: list[Line]
    later: list[Line]
    untimed: list[Line]


def desk_of(duties: Sequence[Duty], now: datetime, pressing: Sequence[Pressing] = (), times: Times | None = None) -> Desk:
    """The duties under the four heads, each in the order given; what presses the unit stands before its like.

    `times` tells how often the problems of the duties were pressed.
    """
    found = Desk([], [], [], [])
    for one in pressing:
        _head_of(one.due_at, one.light, found, now).append(pressing_line(one, now))
    for duty in duties:
        _head_of(duty.problem.stage_due_at, duty.problem.light, found, now).append(line_of(duty, now, (times or {}).get(duty.problem.id)))
    return found


def _head_of(due_at: datetime | None, light: Light, desk: Desk, now: datetime) -> list[Line]:
    if due_at is None:
        return desk.untimed
    if light in (Light.OVERDUE, Light.SOON) or day_of(due_at) == day_of(now):
        return desk.today
    return desk.soon if workdays_between(now, due_at, calendar()) <= SOON_WORKDAYS else desk.later


def pressing_line(one: Pressing, now: datetime) -> Line:
    """A paper or a leader's words that wait for the unit, as a line; a report on an item is one press away."""
    of_paper = one.kind in (DutyKind.ISSUE, DutyKind.ANSWER, DutyKind.ACCEPT)
    url = reverse("supervision:page" if of_paper else "supervision:instruction", args=[one.paper_id])
    act_url = reverse("supervision:report", args=[one.item_id]) if one.item_id else url
    return Line(
        one.title, one.about, url, _PRESSES[one.kind], one.consequence,
        clock_line(one.due_at, one.light, calendar(), now) if one.due_at else None, one.text, one.kind.label, act_url,
    )


def cascade_lines(waiting: Sequence[CascadeDuties]) -> list[Line]:
    """What an office has to do about divided targets: a line for each sort of thing that waits, with how many."""
    incoming, overview = reverse("cascade:incoming"), reverse("cascade:overview")
    asked = (
        ("to_accept", _("上级下达的目标"), _("等本办接收或请求调整"), _("去接收"), f"{incoming}?state=issued"),
        ("to_answer", _("下级的调整请求"), _("请求调整分解的目标，等本办答复"), _("去答复"), overview),
        ("to_issue", _("拟好的目标分解"), _("等本办核定下达"), _("去下达"), f"{overview}?progress=draft"),
        ("to_divide", _("没有分解的目标"), _("还没有分到下级，等本办分解"), _("去分解"), f"{overview}?progress=not_yet"),
    )
    return [
        Line(_("%(what)s %(count)d 个") % {"what": what, "count": count}, "", url, waits, "", None, "", act, url)
        for one in waiting for name, what, waits, act, url in asked if (count := getattr(one, name))
    ]


def edition_lines(waiting: Sequence[EditionDuty], now: datetime) -> list[Line]:
    """What the unit has to do about editions; a check of figures has a clock of a working day.

    An objection leads to its answer, and what everybody has answered to leads to its sending, without the page between.
    """
    found = []
    for one in waiting:
        url, (waits, consequence) = reverse("bulletins:edition", args=[one.edition_id]), _OF_EDITIONS[one.kind]
        clock = clock_line(one.due_at, light_of(one.due_at, None, now), calendar(), now) if one.due_at else None
        found.append(Line(one.title, "", url, waits, str(consequence), clock, "", one.kind.label, _act_on(one) or url))
    return found


def _act_on(one: EditionDuty) -> str:
    if one.check_id:
        return reverse("bulletins:edition_settle", args=[one.edition_id, one.check_id])
    if one.kind is CheckDuty.SUBMIT:
        return reverse("bulletins:edition_act", args=[one.edition_id, EditionAct.SUBMIT.value])
    return ""


def handing_lines(sheets: Sequence[Sheet]) -> list[Line]:
    """Sheets of hand-overs that wait for the reader's own signature."""
    found = []
    for one in sheets:
        url = reverse("handing:sheet", args=[one.id])
        who = _("%(from)s → %(to)s") % {"from": one.from_name, "to": one.to_name}
        about = _("当日本单位在办 %d 件") % one.count
        found.append(Line(_("交接单：%s") % one.unit, who, url, _("岗位已交接，等您签字"), "", None, about, _("看交接单"), url))
    return found


@dataclass(frozen=True)
class ReportLine:
    """What waits for the unit with progress reports: what, how many, and where it is done."""

    label: str
    url: str
    count: int
    due_at: datetime | None
    consequence: str


def report_lines(duties: Sequence[Reporting]) -> list[ReportLine]:
    """The duties of progress reports as lines."""
    places = {
        ReportDuty.APPROVE: reverse("reports:approve"), ReportDuty.ACCEPT: reverse("reports:accept"),
        ReportDuty.DECIDE: reverse("reports:corrections"),
    }
    return [
        ReportLine(
            f"{one.period_words}：{one.kind.label}" if one.period else one.kind.label,
            places.get(one.kind) or reverse("reports:sheet", args=[one.period]), one.count, one.due_at, one.consequence,
        )
        for one in duties
    ]


def line_of(duty: Duty, now: datetime, pressed: tuple[int, datetime] | None = None) -> Line:
    """A duty as a line; `pressed` is how often its problem was pressed, and when last."""
    row = duty.problem
    waits = _WAITS[duty.act]
    if row.asked_of_us:  # the clock of the matter is the accountable unit's, not ours
        return Line(row.subject_name, row.category_label, address_of(row.number), waits, "", None, row.excerpt, *next_step(row))
    if row.stage is Stage.STAGE_REPLY and duty.act is Act.COMPLETE:
        waits = _("已签收，先给企业阶段性答复或办结")
    if row.send_backs and duty.act is Act.DISPATCH:
        waits = _("承办单位退回，等本办重新交办")
    return Line(
        row.subject_name, row.category_label, address_of(row.number), waits, _if_late(duty), _clock(row, now), row.excerpt,
        *next_step(row), pressed=times_in_words(pressed) if pressed else "",
    )


def times_in_words(pressed: tuple[int, datetime]) -> str:
    """被催 2 次，最近今天 15:40."""
    return _("被催 %(n)d 次，最近%(at)s") % {"n": pressed[0], "at": moment_in_words(pressed[1])}


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
