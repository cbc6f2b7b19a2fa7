"""How reports are said on a page: tabs, states as shapes with words, figures as officials write them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import Comparator, Goal, goal_in_words
from zhitong.domain.progress.queries.sheets import FigureLine, ReportSheet
from zhitong.domain.progress.rules import FigureOrigin, Quality, ReportState
from zhitong.web.shell.components import Light, Tab, Tone
from zhitong.web.shell.words import moment_in_words

_TONES = {
    ReportState.OWED: Tone.NONE, ReportState.WAITING_BELOW: Tone.NONE, ReportState.RETURNED: Tone.BAD,
    ReportState.SUBMITTED: Tone.WARN, ReportState.APPROVED: Tone.WARN, ReportState.ACCEPTED: Tone.GOOD,
}


def tabs_of(request: HttpRequest, current: str) -> list[Tab]:
    """The ways of looking that the viewer's post has."""
    viewer: Viewer = request.viewer
    labels = {
        "mine": _("我的填报"), "approve": _("待审核"), "accept": _("待接受"), "list": _("全部报告"), "meter": _("报送情况"),
        "corrections": _("更正"), "sources": _("源系统"),
    }
    shown = [name for name in labels if name not in ("approve", "accept", "corrections") or viewer.may(Permission.HANDLE)]
    shown = [name for name in shown if name not in ("list", "meter") or viewer.may(Permission.OVERSEE)]
    return [Tab(labels[name], reverse(f"reports:{name}"), name == current) for name in shown]


def light_of(state: ReportState) -> Light:
    """A report's state as shape and word."""
    return Light(_TONES[state], state.label)


def said(value: Decimal | None, measure: str = "") -> str:
    """A figure as officials write it: 52.3万户; empty for none."""
    return "" if value is None else goal_in_words(Goal(Comparator.EQUAL, value, None, measure))


def change_of(line: FigureLine) -> str:
    """What came since last period: +3家."""
    change = line.change
    if change is None:
        return ""
    return _("持平") if not change else ("+" if change > 0 else "-") + said(abs(change), line.measure)


def below_of(sheet: ReportSheet, line: FigureLine) -> str:
    """What those below have told together, and how many of them are missing."""
    if not line.has_below:
        return ""
    told = _("下级合计%s") % said(line.sum_below, line.measure) if line.sum_below is not None else _("下级还没有数")
    return told + (_("，%d家未报") % line.missing_below if line.missing_below else "")


def origin_of(line: FigureLine) -> str:
    """Where a figure came from, at which time and how good it is, where that is worth saying."""
    if line.value is None:
        return ""
    if line.origin is FigureOrigin.ENTERED:
        return "" if line.quality is Quality.FINAL else line.quality.label
    when = _("，时点%s") % moment_in_words(line.as_of) if line.as_of else ""
    return f"{line.origin.label}{when}，{line.quality.label}"


def source_of(line: FigureLine) -> str:
    """What a source says of it, where the report says otherwise or nothing."""
    one = line.source
    if one is None or line.origin is FigureOrigin.FETCHED:
        return ""
    return _("%(source)s：%(value)s（%(at)s，%(quality)s）") % {
        "source": one.source, "value": said(one.value, line.measure), "at": moment_in_words(one.as_of), "quality": one.quality.label,
    }


def until(due_at: datetime, lock_at: datetime) -> str:
    """Until when a report may be sent."""
    return _("%(due)s截止，%(lock)s锁定") % {"due": moment_in_words(due_at), "lock": moment_in_words(lock_at)}
