"""A sealed complaint in the components of the shell: its row, its clocks, its acts, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.calendars.rules import Calendar
from zhitong.domain.complaints.queries.lists import ComplaintRow
from zhitong.domain.complaints.queries.page import ComplaintPage, StepView
from zhitong.domain.complaints.rules.kinds import Act as Verb
from zhitong.domain.complaints.rules.kinds import State
from zhitong.web.complaints.ways import WAYS
from zhitong.web.problems.showing import LIGHTS, clock_line, left_in_words, share_used
from zhitong.web.shell.components import Act, Clock, Happening, Text
from zhitong.web.shell.words import whole_day


@dataclass(frozen=True)
class ShownRow:
    """A row of the list with its address and its clock."""

    row: ComplaintRow
    url: str
    clock: Clock | None


def shown_row(row: ComplaintRow, days: Calendar, now: datetime) -> ShownRow:
    """A complaint on one line."""
    return ShownRow(row, reverse("complaints:page", args=[row.number]), clock_line(row.due_at, row.light, days, now))


def clocks_of(page: ComplaintPage, days: Calendar, now: datetime) -> list[Clock]:
    """The limit for acknowledging while it runs, and the one for notifying; none once it is over."""
    standing, row = page.standing, page.row
    if standing.state is State.NOTIFIED:
        return []
    clocks = []
    if standing.state in (State.SENT, State.REFERRED) and row.due_at is not None:
        left = left_in_words(row.due_at, row.light, days, now)
        clocks.append(Clock(_("签收时限"), LIGHTS[row.light], row.due_at, left))
    left = left_in_words(standing.notify_due_at, page.notify_light, days, now)
    share = share_used(standing.submitted_at, standing.notify_due_at, days, now)
    return [*clocks, Clock(_("告知时限"), LIGHTS[page.notify_light], standing.notify_due_at, left, share=share)]


def acts_of(page: ComplaintPage) -> list[Act]:
    """The bar of acts, the possible ones first; the first of them is the way on."""
    choices = sorted(page.acts, key=lambda choice: not choice.allowed)
    return [
        Act(
            choice.act.label, reverse("complaints:act", args=[page.row.number, choice.act.value]), choice.allowed,
            choice.reason, primary=choice.allowed and place == 0, icon=WAYS[choice.act].icon,
        )
        for place, choice in enumerate(choices)
    ]


def happenings_of(page: ComplaintPage) -> list[Happening]:
    """What happened, newest first."""
    newest = len(page.steps) - 1
    lines = [
        Happening(step.at, step.act.label, _who(step), step.text, _led_to(step), newest=place == newest)
        for place, step in enumerate(page.steps)
    ]
    return lines[::-1]


def say(request: HttpRequest, done: Text, is_new: bool) -> None:
    """Tell what was done, or that it had been done before."""
    messages.success(request, done if is_new else _("这张表单已经办过，没有重复办理。%s") % done)


def _who(step: StepView) -> str:
    if step.act in (Verb.SUBMIT, Verb.SUPPLY):
        return _("投诉人")
    return " ".join(filter(None, (step.unit, step.person)))


def _led_to(step: StepView) -> str:
    if step.act is not Verb.REFER or step.letter_on is None:
        return ""
    said = {"to": step.to, "number": step.letter_number, "on": whole_day(step.letter_on)}
    return _("移送给%(to)s，%(on)s，%(number)s") % said
