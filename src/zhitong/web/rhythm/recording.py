"""The form that records a meeting in one go: how it went, and every decision in a row of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.actions.recording import (
    LONGEST_ATTENDED,
    LONGEST_DECISION,
    LONGEST_MINUTES,
    MOST_DECISIONS,
    WORKDAYS_MOST,
    Decided,
    Meeting,
    record_meeting,
)
from zhitong.domain.rhythm.queries.choosing import units_of_meetings
from zhitong.domain.rhythm.queries.cycles import CycleView, cycle_seen
from zhitong.domain.rhythm.rules.kinds import AgendaState, CycleState
from zhitong.domain.rhythm.rules.way import CYCLE_MOVES, CycleAct
from zhitong.kit import clock
from zhitong.kit.choices import Word
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.kit.texts import clean_text, text_trouble
from zhitong.web.problems.fields import DayField, ProseField, UnitField, UnitsField
from zhitong.web.rhythm.opening import grouped, named
from zhitong.web.rhythm.showing import officials_only
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried

BLANK_ROWS, MORE_ROWS, USUAL_WORKDAYS, SHOWN_AT_ONCE = 3, 5, 10, 3


class Part(Word):
    """The fields of a row, by the names the act gives them."""

    WHAT = "what", "决定事项"
    UNIT = "unit", "责任单位"
    JOINT = "joint", "配合单位"
    WORKDAYS = "workdays", "期限（工作日）"


@dataclass(frozen=True)
class Row:
    """A row of the form: what it was prepared from, and its fields."""

    number: int
    about: str
    what: BoundField
    unit: BoundField
    joint: BoundField
    workdays: BoundField


class LongField(ProseField):
    """The text of minutes, as long as minutes are."""

    def clean(self, value: Any) -> str:
        """The text as it is kept.

        Raises ValidationError: empty, too long, or marked as classified.
        """
        text = clean_text(forms.CharField.clean(self, value))
        if not text:
            raise forms.ValidationError(self.error_messages["required"])
        trouble = text_trouble(text, LONGEST_MINUTES)
        if trouble:
            raise forms.ValidationError(trouble)
        return text


class RecordForm(PlainForm):
    """How it went, and as many rows of decisions as are asked for; a row without words is left out."""

    held_on = DayField(label=gettext_lazy("召开日期"))
    attended = ProseField(gettext_lazy("参加人员"), rows=2, max_length=LONGEST_ATTENDED, required=False)
    minutes = LongField(gettext_lazy("会议情况"), gettext_lazy("听取了什么汇报、研究了什么、讲了什么要求；印入会议纪要"), rows=10)

    def __init__(self, *args: Any, viewer: Viewer, about: list[str], rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about, self.rows_shown = about, rows
        units = units_of_meetings(viewer)
        one, several = [("", _("请选择")), *grouped(units)], named(units)
        for number in range(1, rows + 1):
            self.add(f"what_{number}", ProseField(gettext_lazy("决定事项"), rows=2, max_length=LONGEST_DECISION, required=False))
            self.add(f"unit_{number}", UnitField(label=gettext_lazy("责任单位"), required=False, choices=one))
            self.add(f"joint_{number}", UnitsField(
                label=gettext_lazy("配合单位"), required=False, choices=several, widget=forms.SelectMultiple(attrs={"size": SHOWN_AT_ONCE}),
            ))
            self.add(f"workdays_{number}", forms.IntegerField(
                label=gettext_lazy("期限（工作日）"), required=False, min_value=1, max_value=WORKDAYS_MOST,
            ))

    def head(self) -> list[BoundField]:
        """The fields above the rows."""
        return [self[name] for name in ("held_on", "attended", "minutes")]

    def table(self) -> Iterator[Row]:
        """The rows as the page draws them."""
        for number in range(1, self.rows_shown + 1):
            about = self.about[number - 1] if number <= len(self.about) else ""
            yield Row(number, about, *(self[f"{one.value}_{number}"] for one in Part))

    def clean(self) -> dict[str, Any]:
        """A unit and a limit for every row that has words."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for number in self.filled():
            for part in (Part.UNIT, Part.WORKDAYS):
                name = f"{part.value}_{number}"
                if name not in self.errors and not said.get(name):
                    self.add_error(name, _("请填写%s。") % part.label)
        return said

    def filled(self) -> list[int]:
        """The numbers of the rows that have words."""
        return [number for number in range(1, self.rows_shown + 1) if self.cleaned_data.get(f"what_{number}")]

    def meeting(self) -> Meeting:
        """What the act takes."""
        said = self.cleaned_data
        decisions = tuple(
            Decided(said[f"what_{n}"], said[f"unit_{n}"], said[f"workdays_{n}"], said[f"joint_{n}"]) for n in self.filled()
        )
        return Meeting(held_on=said["held_on"], attended=said["attended"], minutes=said["minutes"], decisions=decisions)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Record a meeting, or what was recorded of it anew; rows are ready for every item of the agenda.

    Raises NotFound: there is none for this viewer, or it is not his to record now.
    """
    viewer = request.viewer
    officials_only(viewer)
    found = cycle_seen(viewer, cycle_id, now=clock.now())
    if CycleAct.RECORD not in found.acts:
        raise NotFound
    form, is_asking_more = _form_of(request, found)
    refusal, status = "", 422 if form.is_bound and not is_asking_more else 200
    if form.is_bound and not is_asking_more and form.is_valid():
        is_done, _made, refusal, status = tried(request, form, lambda: _recorded(viewer, cycle_id, form))
        if is_done:
            messages.success(request, _("会议情况已登记。请核对后印发纪要。"))
            return redirect("rhythm:page", cycle_id)
    back = reverse("rhythm:page", args=[cycle_id])
    return render(request, "rhythm/record.html", {
        "form": form, "found": found, "refusal": refusal, "back_url": back, "consequence": CYCLE_MOVES[CycleAct.RECORD].words,
        "may_add": form.rows_shown < MOST_DECISIONS, "once_key": new_key() if refusal or is_asking_more else key_of(request),
        "crumbs": [Crumb(_("推进调度"), reverse("rhythm:list")), Crumb(found.row.title, back), Crumb(_("登记会议情况"))],
    }, status=status)  # fmt: skip


def _recorded(viewer: Viewer, cycle_id: UUID, form: RecordForm) -> None:
    """The act, its faults put beside the rows they were typed in."""
    rows = form.filled()
    try:
        record_meeting(viewer, cycle_id, form.meeting(), actor=viewer.actor("web"), now=clock.now())
    except BadInput as refused:
        raise BadInput(refused.sentence, {_typed_in(name, rows): said for name, said in refused.fields.items()}) from refused


def _typed_in(name: str, rows: list[int]) -> str:
    part, _line, number = name.rpartition("_")
    return f"{part}_{rows[int(number) - 1]}" if number.isdecimal() and int(number) <= len(rows) else name


def _form_of(request: HttpRequest, found: CycleView) -> tuple[RecordForm, bool]:
    """The form, and whether only more rows are asked for: then what was typed stands unjudged."""
    initial = _initial(found)
    about = [str(initial.get(f"about_{n}", "")) for n in range(1, initial["rows"] + 1)]
    if request.method != "POST":
        return RecordForm(None, viewer=request.viewer, about=about, rows=initial["rows"], initial=initial), False
    is_asking_more = "more" in request.POST
    typed = request.POST.get("rows", "")
    rows = min(int(typed) if typed.isdecimal() and len(typed) < 4 else initial["rows"], MOST_DECISIONS)
    if is_asking_more:
        shown = min(rows + MORE_ROWS, MOST_DECISIONS)
        return RecordForm(None, viewer=request.viewer, about=about, rows=shown, initial=_typed(request, rows)), True
    return RecordForm(request.POST, viewer=request.viewer, about=about, rows=rows, initial=initial), False


def _typed(request: HttpRequest, rows: int) -> Mapping[str, Any]:
    several = {f"joint_{number}": request.POST.getlist(f"joint_{number}") for number in range(1, rows + 1)}
    return {**{name: request.POST.get(name, "") for name in request.POST}, **several}


def _initial(found: CycleView) -> dict[str, Any]:
    """What was recorded; of a meeting not recorded yet a row for each item of its agenda, with its unit and without words."""
    if found.row.state is CycleState.HELD:
        lines = [("", one.what, str(one.unit_id), [str(each) for each in one.joint_ids], one.workdays) for one in found.decisions]
    else:
        on = [one for one in found.agenda if one.state is AgendaState.ON]
        lines = [(one.title, "", str(one.unit_id or ""), [], USUAL_WORKDAYS) for one in on]
    lines = lines[:MOST_DECISIONS]
    said: dict[str, Any] = {
        "held_on": found.held_on or min(clock.day_of(found.row.meets_at), clock.today()),
        "attended": found.attended, "minutes": found.minutes, "rows": min(len(lines) + BLANK_ROWS, MOST_DECISIONS),
    }
    for number, (about, what, unit, joint, workdays) in enumerate(lines, start=1):
        said |= {f"about_{number}": about, f"what_{number}": what, f"unit_{number}": unit, f"joint_{number}": joint,
                 f"workdays_{number}": workdays}
    return said
