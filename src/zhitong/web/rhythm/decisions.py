"""The decisions of a unit and a territory, one of them opened, and the forms of carrying it out, returning and closing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.rhythm.actions.tracking import (
    LONGEST_WORDS,
    answer_decision,
    close_decision,
    report_progress,
    return_decision,
)
from zhitong.domain.rhythm.queries.decisions import (
    DecisionFilters,
    DecisionRow,
    count_decisions,
    decision_seen,
    decisions_for,
)
from zhitong.domain.rhythm.rules.kinds import DecisionState
from zhitong.domain.rhythm.rules.way import DecisionAct
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import ProseField
from zhitong.web.rhythm.showing import ALL, decision_light, officials_only, tabs
from zhitong.web.shell.columns import Cell, Column, Kind, cell_of
from zhitong.web.shell.components import Act, Crumb, Empty
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried


class DecisionFiltersForm(PlainForm):
    """The bar above."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("决定事项或会议")}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False,
        choices=[ALL, *(one for one in choices_of(DecisionState) if one[0] != DecisionState.DRAFT.value)],
    )
    own = forms.BooleanField(label=gettext_lazy("本单位落实的"), required=False)
    late = forms.BooleanField(label=gettext_lazy("超期未报"), required=False)


class ProgressForm(PlainForm):
    text = ProseField(gettext_lazy("落实情况"), gettext_lazy("做了什么、到哪一步、结果如何"), rows=5)
    files = FilesField(label=gettext_lazy("文件、照片"))

    def __init__(self, *args: Any, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]


class ReturnForm(PlainForm):
    text = ProseField(gettext_lazy("还差什么"), rows=3, max_length=LONGEST_WORDS)


class CloseForm(PlainForm):
    text = ProseField(gettext_lazy("怎样核实的"), gettext_lazy("例如：5月4日查看文件，已印发"), rows=3, max_length=LONGEST_WORDS)


_FORMS: dict[DecisionAct, type[PlainForm]] = {
    DecisionAct.REPORT: ProgressForm, DecisionAct.ANSWER: ProgressForm, DecisionAct.RETURN: ReturnForm, DecisionAct.CLOSE: CloseForm,
}
_ACTS: dict[DecisionAct, Callable[..., None]] = {
    DecisionAct.REPORT: report_progress, DecisionAct.ANSWER: answer_decision, DecisionAct.RETURN: return_decision,
    DecisionAct.CLOSE: close_decision,
}
_ICONS = {
    DecisionAct.ANSWER: "check", DecisionAct.REPORT: "edit", DecisionAct.CLOSE: "check", DecisionAct.RETURN: "arrow-back-up",
}
OF_A_CYCLE = (
    Column("number", gettext_lazy("序号"), Kind.NUMBER),
    Column("what", gettext_lazy("决定事项"), Kind.LONG, url=lambda row: reverse("rhythm:decision", args=[row.id])),
    Column("light", gettext_lazy("状态"), Kind.LIGHT, value=decision_light),
    Column("unit", gettext_lazy("责任单位")),
    Column("joint", gettext_lazy("配合单位"), value=lambda row: "、".join(row.joint), extra=True),
    Column("due_at", gettext_lazy("期限"), Kind.MOMENT),
    Column("progress", gettext_lazy("落实情况"), Kind.LONG),
)
DECISIONS = DeskList(
    "cycle-decisions", gettext_lazy("决定事项"),
    (
        *OF_A_CYCLE[1:6],
        Column("cycle", gettext_lazy("会议"), sort_by="id"),
        OF_A_CYCLE[6],
        Column("carried", gettext_lazy("再次上会"), Kind.NUMBER, unit=gettext_lazy("次"), extra=True),
        Column("closed_at", gettext_lazy("办结时间"), Kind.MOMENT, extra=True),
    ),
    Sort("id", descending=True),
    filters=DecisionFiltersForm,
    empty=Empty(gettext_lazy("没有决定事项"), gettext_lazy("会议纪要印发后，议定的事项会出现在这里，直到核实办结。"), icon="list-check"),
)  # fmt: skip


def shown_decisions(rows: Sequence[DecisionRow]) -> list[tuple[DecisionRow, list[Cell]]]:
    """The decisions of one cycle as rows of a table."""
    return [(row, [cell_of(column, row) for column in OF_A_CYCLE]) for row in rows]


@require_GET
def decisions(request: HttpRequest) -> HttpResponse | FileResponse:
    """What meetings decided, as far as the viewer may see it, the newest first.

    Raises NotFound: one of the served.
    """
    viewer = request.viewer
    officials_only(viewer)
    return DECISIONS.respond(
        request, "rhythm/list.html", fetch=_fetch(viewer),
        count=lambda asked, most: count_decisions(viewer, _asked(asked), now=clock.now(), most=most),
        why=_("新印发的在前"), asked_by=request.user.name, context={"tabs": tabs("decisions", viewer), "may_open": False},
    )


@require_GET
def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """One decision: what, whose, by when, what came of it, what may be done.

    Raises NotFound: there is none for this viewer.
    """
    officials_only(request.viewer)
    found = decision_seen(request.viewer, decision_id, now=clock.now())
    mark_read(request.viewer, decision_id, now=clock.now())
    acts = [
        Act(one.label, reverse("rhythm:decision_act", args=[decision_id, one.value]), primary=place == 0, icon=_ICONS[one])
        for place, one in enumerate(found.acts)
    ]
    return render(request, "rhythm/decision.html", {
        "found": found, "row": found.row, "light": decision_light(found.row), "acts": acts, "files": found.files,
        "crumbs": [Crumb(_("决定事项"), reverse("rhythm:decisions")), Crumb(_name(found.row))],
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, decision_id: UUID, what: str) -> HttpResponse:
    """Report on, answer, return or close a decision.

    Raises NotFound: there is no such act, or no such decision for the viewer.
    """
    viewer = request.viewer
    officials_only(viewer)
    chosen = next((one for one in DecisionAct if one.value == what), None)
    if chosen is None:
        raise NotFound
    found = decision_seen(viewer, decision_id, now=clock.now())
    form = _form_of(request, chosen)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_bound and is_adding(request):
        form, status = judged_for_files_alone(form), 200
    elif form.is_valid():
        is_done, _made, refusal, status = tried(request, form, lambda: _ACTS[chosen](
            viewer, decision_id, *form.cleaned_data.values(), actor=viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, _("已%s。") % chosen.label)
            return redirect("rhythm:decision", decision_id)
    back = reverse("rhythm:decision", args=[decision_id])
    return render(request, "roadmap/form.html", {
        "form": form, "title": f"{chosen.label}：{_name(found.row)}", "button": chosen.label, "back_url": back, "refusal": refusal,
        "consequence": found.acts.get(chosen, ""), "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("决定事项"), reverse("rhythm:decisions")), Crumb(_name(found.row), back), Crumb(chosen.label)],
    }, status=status)  # fmt: skip


def _name(row: DecisionRow) -> str:
    return _("%(cycle)s第%(number)s项") % {"cycle": row.cycle, "number": row.number}


def _form_of(request: HttpRequest, chosen: DecisionAct) -> PlainForm:
    sent = request.POST if request.method == "POST" else None
    if _FORMS[chosen] is ProgressForm:
        return ProgressForm(sent, gathered=gather(request) if sent is not None else NOTHING)
    return _FORMS[chosen](sent)


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[DecisionRow]:
        key = UUID(str(after[0])) if after else None
        return decisions_for(viewer, _asked(asked), now=clock.now(), after=key, turned=not sort.descending, limit=limit)

    return fetch


def _asked(asked: Mapping[str, Any]) -> DecisionFilters:
    return DecisionFilters(
        state=DecisionState(asked["state"]) if "state" in asked else None, own=bool(asked.get("own")), late=bool(asked.get("late")),
        words=asked.get("q", ""),
    )
