"""A problem in the components of the shell: its clocks, the levels on its way, its acts, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.calendars.rules import Calendar, workdays_between, working_seconds
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.queries.duties import next_act_of
from zhitong.domain.problems.queries.lists import ProblemRow
from zhitong.domain.problems.queries.page import ClockFace, ProblemPage
from zhitong.domain.problems.queries.story import Told
from zhitong.domain.problems.rules.kinds import OPEN_STATES, SpellKind, Stage
from zhitong.domain.problems.rules.lights import Light as Judged
from zhitong.domain.problems.rules.trays import ACT_OF, Tray
from zhitong.domain.problems.rules.way import Act as Verb
from zhitong.domain.supervision.queries.pressed import Pressed
from zhitong.domain.supervision.rules.kinds import UrgingKind
from zhitong.web.problems.acts import WAYS
from zhitong.web.shell import components, words
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Act, Clock, Happening, Light

LIGHTS = {
    Judged.NORMAL: components.RUNNING,
    Judged.SOON: components.DUE_SOON,
    Judged.OVERDUE: components.OVERDUE,
    Judged.NONE: Light(components.Tone.NONE, _("不计时")),
}


_NOT_OURS = (Tray.OTHERS, Tray.ABOVE, Tray.HELPING, Tray.TO_TAKE, Tray.LOOKING)


@dataclass(frozen=True)
class Step:
    """One level on the way from the problem's region to the root; `unit` had it there last."""

    name: str
    unit: str
    mark: str


def address_of(number: str) -> str:
    """The page of a problem."""
    return reverse("problems:page", args=[number])


def next_step(row: ProblemRow) -> tuple[str, str]:
    """What comes next for a row, in a word, and where; where there is a choice, the problem's page."""
    act = next_act_of(row)
    choice = _("审批") if row.stage is Stage.DECIDE else {
        Verb.HANDLE_ANEW: _("复核"), Verb.OVERRULE: _("复核"), Verb.ESCALATE: _("审核"), Verb.VERIFY: _("核查"),
    }.get(act) if act else None
    if choice or act is None:
        return choice or _("查看"), address_of(row.number)
    return act.label, _act_address(row, act)


def next_in(tray: Tray | None, row: ProblemRow) -> tuple[str, str]:
    """What a tray asks of the unit about a row; where others must act, the unit looks."""
    act = ACT_OF.get(tray) if tray else None
    if act is not None and act in WAYS:
        return act.label, _act_address(row, act)
    if tray in _NOT_OURS:
        return _("查看"), address_of(row.number)
    return next_step(row)


def _act_address(row: ProblemRow, act: Verb) -> str:
    return reverse("problems:act", args=[row.number, act.value])


def next_column(tray: Tray | None = None) -> Column:
    """The next act of each row as its button."""
    return Column(
        "next", gettext_lazy("下一步"), Kind.ACT, value=lambda row: next_in(tray, row)[0], url=lambda row: next_in(tray, row)[1]
    )


def clocks_of(page: ProblemPage, now: datetime) -> list[Clock]:
    """The clocks as faces, with what is left in working days and the sum behind the due time."""
    days = calendar()
    return [_clock(face, days, now) for face in page.clocks]


def _clock(face: ClockFace, days: Calendar, now: datetime) -> Clock:
    if face.is_stopped:
        light = components.STOPPED if face.light is not Judged.OVERDUE else components.OVERDUE
        return Clock(face.name, light, face.due_at, arithmetic=face.arithmetic)
    return Clock(
        face.name, LIGHTS[face.light], face.due_at, left_in_words(face.due_at, face.light, days, now), face.arithmetic,
        share_used(face.started_at, face.due_at, days, now),
    )


def clock_line(due_at: datetime | None, light: Judged, days: Calendar, now: datetime) -> Clock | None:
    """The running stage of a row, on one line; None where nothing runs."""
    if due_at is None:
        return None
    return Clock("", LIGHTS[light], due_at, left_in_words(due_at, light, days, now))


def left_in_words(due_at: datetime, light: Judged, days: Calendar, now: datetime) -> str:
    """还有 3 个工作日, 今天到期, 已超 2 个工作日; a limit missed within the day is 刚超期."""
    left = workdays_between(now, due_at, days)
    if light is Judged.OVERDUE and left >= 0:
        return _("刚超期")
    return words.workdays_left_in_words(left)


def share_used(start: datetime, due_at: datetime, days: Calendar, now: datetime) -> int:
    """How much of a limit's office time is gone, 0–100."""
    whole = working_seconds(start, due_at, days)
    return min(100, round(100 * working_seconds(start, min(now, due_at), days) / whole)) if whole else 100


def steps_of(page: ProblemPage) -> list[Step]:
    """The levels from the problem's own region up to the root: passed, here, or not reached."""
    path = list(reversed(directory().path(page.standing.region_id)))
    here = next((place for place, region in enumerate(path) if region.id == page.standing.level_region_id), 0)
    is_open = page.standing.state in OPEN_STATES
    had = {spell.level: spell.unit for spell in page.spells if spell.kind is SpellKind.HANDLING}
    return [
        Step(region.short, had.get(region.name, ""), _mark(place, here, is_open, region.name in had))
        for place, region in enumerate(path)
    ]


def _mark(place: int, here: int, is_open: bool, was_there: bool) -> str:
    if is_open and place == here:
        return "here"
    return "passed" if was_there or place < here else "ahead"


def press_acts_of(pressed: Pressed, number: str) -> list[Act]:
    """What may be done to press the problem, beside its own acts and never before them."""
    named = urlencode({"problem": number})
    ways = {
        UrgingKind.REMIND: (_("催办"), "bell", reverse("supervision:remind", args=[number])),
        UrgingKind.SUPERVISE: (_("督办"), "flag", f"{reverse('supervision:new')}?{named}"),
        UrgingKind.INSTRUCT: (_("登记批示"), "file-text", f"{reverse('supervision:register')}?{named}"),
    }
    found = ((choice, *ways[choice.kind]) for choice in pressed.choices)
    return [Act(label, url, one.allowed, one.reason, icon=icon) for one, label, icon, url in found]
def taps_of(page: ProblemPage) -> list[Act]:
    """What the viewer may say by one tap: sent from the page itself."""
    return [
        Act(
            WAYS[choice.act].plain, reverse("problems:act", args=[page.standing.number, choice.act.value]), True,
            method="post", icon=WAYS[choice.act].icon,
        )
        for choice in page.acts if choice.allowed and choice.act in WAYS and WAYS[choice.act].one_tap
    ]


def happenings_of(page: ProblemPage) -> list[Happening]:
    """The timeline, newest first."""
    newest = len(page.timeline) - 1
    return [
        _happening(told, place == newest) for place, told in reversed(list(enumerate(page.timeline)))
    ]


def _happening(told: Told, is_newest: bool) -> Happening:
    text = "\n".join(f"{label}：{said}" if len(told.words) > 1 or label != _("内容") else said for label, said in told.words)
    return Happening(told.at, told.kind.label, " ".join(filter(None, (told.unit, told.who))), text, newest=is_newest)
