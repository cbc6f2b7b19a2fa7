"""How the portal says things to a firm: what to do now, how a problem stands in plain words, how far up it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.cards.queries import Duty as CardDutyNow
from zhitong.domain.cards.rules.kinds import CardDuty
from zhitong.domain.complaints.queries.lists import ComplaintRow
from zhitong.domain.problems.queries.duties import Duty as ProblemDuty
from zhitong.domain.problems.queries.lists import ProblemRow
from zhitong.domain.problems.rules.kinds import OPEN_STATES, State
from zhitong.domain.problems.rules.way import Act
from zhitong.domain.visits.queries.lists import VisitRow
from zhitong.kit import clock
from zhitong.web.cards.raised import AWAITED
from zhitong.web.shell.components import Text
from zhitong.web.shell.words import moment_in_words

_PLAIN = {
    State.SUBMITTED: "已收到，等%s受理",
    State.ASKED: "请您补充情况",
    State.ACCEPTED: "已受理，%s正在确定由谁办",
    State.DISPATCHED: "已转给%s，等签收",
    State.HANDLING: "%s正在办理",
    State.PROPOSED: "%s正在办理，拟请上级协调",
    State.RETURNING: "%s已办完，答复正在逐级返回",
    State.ANSWERED: "%s已答复，请您确认",
    State.REVIEW: "您不满意，%s正在复核",
    State.CONFIRMED: "您已确认，等%s销号",
    State.CLOSED: "已办结",
    State.DECLINED: "没有受理，理由和该找谁见详情",
    State.ENDED: "已终结",
    State.OBJECTED: "您提出了异议，%s正在复核",
    State.MERGED: "已并入您先前反映的同一问题，答复在那里",
}


@dataclass(frozen=True)
class ToDo:
    """One thing a firm must do now: where, by when, and what follows."""

    title: Text
    url: str
    due: date | datetime | None
    is_late: bool
    note: Text
    button: Text


@dataclass(frozen=True)
class Step:
    """A level on the way up."""

    name: str
    is_here: bool
    is_passed: bool


@dataclass(frozen=True)
class MyProblem:
    """A problem of the firm: its state in plain words and the levels it has come through."""

    row: ProblemRow
    url: str
    plain: str
    needs_me: bool
    is_awaited: bool
    is_over: bool
    steps: tuple[Step, ...]


def todo_of_card(duty: CardDutyNow, today: date) -> ToDo:
    """A card to fill in or to put right."""
    puts_right = duty.kind is CardDuty.CORRECT
    title = _("更正：%s") if puts_right else _("填卡：%s")
    return ToDo(
        title % duty.round_name, reverse("portal:fill", args=[duty.round_id]), duty.due_on,
        duty.due_on is not None and duty.due_on < today, duty.consequence, _("去更正") if puts_right else _("去填卡"),
    )


def todos_of_cards(duties: Sequence[CardDutyNow], today: date) -> list[ToDo]:
    """The cards to fill in or to put right: those of one period are one thing to do, by the soonest day."""
    by_period: dict[str, list[CardDutyNow]] = {}
    for duty in duties:
        by_period.setdefault(duty.period, []).append(duty)
    return [_todo_of_period(sorted(one, key=_due), today) for one in by_period.values()]


def _due(duty: CardDutyNow) -> date:
    return duty.due_on or date.max


def _todo_of_period(duties: Sequence[CardDutyNow], today: date) -> ToDo:
    first = todo_of_card(duties[0], today)
    minutes = _("约%d分钟") % sum(duty.minutes for duty in duties)
    together = [_("%d张表合成一张填，一次报送") % len(duties)] if len(duties) > 1 else []
    return replace(first, note="；".join((minutes, *together, str(first.note))))


def todo_of_problem(duty: ProblemDuty, now: datetime) -> ToDo:
    """An answer to confirm, or a matter to complete."""
    row, asked = duty.problem, duty.act is Act.SUPPLY
    title = _("补充情况：%s") if asked else _("看答复：%s")
    due = row.stage_due_at
    note = _("办公室请您补充，补充后继续受理：%s") % row.excerpt if asked else _("请说说是否满意；不满意的，由办公室复核")
    return ToDo(
        title % row.category_label, reverse("problems:page", args=[row.number]), due, due is not None and due < now,
        note, _("去补充") if asked else _("看答复"),
    )


def todo_of_complaint(row: ComplaintRow, now: datetime) -> ToDo:
    """What the receiver of a sealed complaint asked."""
    return ToDo(
        _("补充情况：投诉举报（密封）"), reverse("complaints:page", args=[row.number]), row.due_at,
        row.due_at is not None and row.due_at < now, _("受理机构请您补充，只问这一次"), _("去补充"),
    )


def todo_of_visit(row: VisitRow) -> ToDo:
    """A visit to confirm; silence confirms nothing, so it has no day."""
    note = _("点一下就能确认；没有来过的，也请告诉我们")
    return ToDo(
        _("确认走访：%s") % row.unit, reverse("visits:page", args=[row.id]), None, False,
        f"{moment_in_words(row.happened_on)} {row.lead_official}。{note}", _("去确认"),
    )


def in_order(todos: Sequence[ToDo]) -> list[ToDo]:
    """The soonest due first, what has no day last."""
    return sorted(todos, key=lambda one: (one.due is None, _day(one.due)))


def _day(due: date | datetime | None) -> date:
    if due is None:
        return date.max
    return clock.day_of(due) if isinstance(due, datetime) else due


def my_problem(row: ProblemRow, region_path: Sequence[str]) -> MyProblem:
    """A problem as its reporter reads it; `region_path` is the firm's own, root first."""
    plain = _PLAIN[row.state]
    unit = row.unit or _("属地办公室")
    names = list(reversed(region_path))
    here = names.index(row.level) if row.level in names else 0
    steps = tuple(Step(name, place == here, place < here) for place, name in enumerate(names))
    return MyProblem(
        row, reverse("problems:page", args=[row.number]), plain % unit if "%s" in plain else plain,
        row.state in (State.ASKED, State.ANSWERED), row.state in AWAITED, row.state not in OPEN_STATES, steps,
    )
