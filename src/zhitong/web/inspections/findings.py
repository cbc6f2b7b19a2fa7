"""The rectification list, one finding opened, and the forms of answering, returning and closing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

from zhitong.domain.inspections.actions.finding import answer_finding, close_finding, return_finding
from zhitong.domain.inspections.actions.planning import LONGEST_WORDS
from zhitong.domain.inspections.queries.findings import (
    FindingFilters,
    FindingRow,
    count_findings,
    finding_seen,
    findings_for,
)
from zhitong.domain.inspections.queries.sight import officials_only
from zhitong.domain.inspections.rules.kinds import FindingState
from zhitong.domain.inspections.rules.way import FindingAct
from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.lights import Light as Standing
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.inspections.plans import ALL, tabs
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import DUE_SOON, OVERDUE, Act, Crumb, Empty, Light, Tone
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried

_TONES = {
    FindingState.OPEN: Tone.WARN, FindingState.ANSWERED: Tone.NONE, FindingState.RETURNED: Tone.BAD, FindingState.CLOSED: Tone.GOOD,
}
_PRESSING = {Standing.OVERDUE: OVERDUE, Standing.SOON: DUE_SOON}


class LedgerFilters(PlainForm):
    """The bar above."""

    q = forms.CharField(
        label=gettext_lazy("搜索"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("问题或整改要求")}),
    )
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[ALL, *choices_of(FindingState)])
    differs = forms.BooleanField(label=gettext_lazy("与自报不一致"), required=False)
    late = forms.BooleanField(label=gettext_lazy("超期未报"), required=False)


class AnswerForm(PlainForm):
    text = ProseField(gettext_lazy("整改情况"), gettext_lazy("做了什么、结果如何"), rows=5)
    files = FilesField(label=gettext_lazy("整改后的照片、文件"))

    def __init__(self, *args: Any, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]


class ReturnForm(PlainForm):
    text = ProseField(gettext_lazy("还差什么"), rows=3, max_length=LONGEST_WORDS)


class CloseForm(PlainForm):
    text = ProseField(gettext_lazy("怎样核查的"), gettext_lazy("例如：5月4日到现场查看，企业已复产"), rows=3, max_length=LONGEST_WORDS)


_FORMS: dict[FindingAct, type[PlainForm]] = {
    FindingAct.ANSWER: AnswerForm, FindingAct.RETURN: ReturnForm, FindingAct.CLOSE: CloseForm,
}
_ACTS: dict[FindingAct, Callable[..., None]] = {
    FindingAct.ANSWER: lambda viewer, at, form, **more: answer_finding(
        viewer, at, form.cleaned_data["text"], form.cleaned_data["files"], **more
    ),
    FindingAct.RETURN: lambda viewer, at, form, **more: return_finding(viewer, at, form.cleaned_data["text"], **more),
    FindingAct.CLOSE: lambda viewer, at, form, **more: close_finding(viewer, at, form.cleaned_data["text"], **more),
}


def light_of(row: FindingRow) -> Light:
    """How a finding stands: pressing ones by their limit, the others by their state."""
    return _PRESSING.get(row.light) or Light(_TONES[row.state], row.state.label)


FINDINGS = DeskList(
    "inspection-findings", gettext_lazy("整改台账"),
    (
        Column("what", gettext_lazy("发现的问题"), Kind.LONG, url=lambda row: reverse("inspections:finding", args=[row.id])),
        Column("light", gettext_lazy("状态"), Kind.LIGHT, value=light_of),
        Column("unit", gettext_lazy("整改单位")),
        Column("demand", gettext_lazy("整改要求"), Kind.LONG),
        Column("due_at", gettext_lazy("整改期限"), Kind.MOMENT),
        Column("differs", gettext_lazy("与自报"), value=lambda row: _("不一致") if row.differs else ""),
        Column("inspection", gettext_lazy("督查")),
        Column("answer", gettext_lazy("整改情况"), Kind.LONG, extra=True),
        Column("reported", gettext_lazy("自报情况"), extra=True),
        Column("found_at", gettext_lazy("发现时间"), Kind.MOMENT, sort_by="id", extra=True),
        Column("closed_at", gettext_lazy("销号时间"), Kind.MOMENT, extra=True),
    ),
    Sort("id", descending=True),
    filters=LedgerFilters,
    empty=Empty(gettext_lazy("没有要整改的问题"), gettext_lazy("督查中登记的问题会出现在这里，直到核查销号。"), icon="award"),
)  # fmt: skip


@require_GET
def ledger(request: HttpRequest) -> HttpResponse | FileResponse:
    """What is to be put right in the viewer's unit and territory, the newest first.

    Raises NotFound: one of the served.
    """
    viewer = request.viewer
    officials_only(viewer)
    return FINDINGS.respond(
        request, "inspections/list.html", fetch=_fetch(viewer),
        count=lambda asked, most: count_findings(viewer, _asked(asked), now=clock.now(), most=most),
        why=_("新发现的在前"), asked_by=request.user.name, context={"tabs": tabs("findings"), "may_plan": False},
    )


@require_GET
def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One finding: what was reported beside what was found, how it was put right, what may be done.

    Raises NotFound: there is none for this viewer.
    """
    officials_only(request.viewer)
    found = finding_seen(request.viewer, finding_id, now=clock.now())
    mark_read(request.viewer, finding_id, now=clock.now())
    acts = [
        Act(one.label, reverse("inspections:finding_act", args=[finding_id, one.value]), primary=place == 0, icon="check")
        for place, one in enumerate(found.acts)
    ]
    return render(request, "inspections/finding.html", {
        "found": found, "row": found.row, "light": light_of(found.row), "acts": acts, "files": found.files,
        "crumbs": [Crumb(_("整改台账"), reverse("inspections:findings")), Crumb(found.row.unit)],
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, finding_id: UUID, what: str) -> HttpResponse:
    """Answer, return or close a finding.

    Raises NotFound: there is no such act, or no such finding for the viewer.
    """
    viewer = request.viewer
    officials_only(viewer)
    chosen = next((one for one in FindingAct if one.value == what), None)
    if chosen is None:
        raise NotFound
    found = finding_seen(viewer, finding_id, now=clock.now())
    form = _form_of(request, chosen)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_bound and is_adding(request):
        form, status = judged_for_files_alone(form), 200
    elif form.is_valid():
        is_done, _made, refusal, status = tried(request, form, lambda: _ACTS[chosen](
            viewer, finding_id, form, actor=viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, _("已%s。") % chosen.label)
            return redirect("inspections:finding", finding_id)
    back = reverse("inspections:finding", args=[finding_id])
    return render(request, "roadmap/form.html", {
        "form": form, "title": f"{chosen.label}：{found.row.unit}", "button": chosen.label, "back_url": back, "refusal": refusal,
        "consequence": found.acts.get(chosen, ""), "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("整改台账"), reverse("inspections:findings")), Crumb(found.row.unit, back), Crumb(chosen.label)],
    }, status=status)  # fmt: skip


def _form_of(request: HttpRequest, chosen: FindingAct) -> PlainForm:
    sent = request.POST if request.method == "POST" else None
    if chosen is FindingAct.ANSWER:
        return AnswerForm(sent, gathered=gather(request) if sent is not None else NOTHING)
    return _FORMS[chosen](sent)


def _fetch(viewer: Viewer) -> Any:
    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[FindingRow]:
        key = UUID(str(after[0])) if after else None
        return findings_for(viewer, _asked(asked), now=clock.now(), after=key, turned=not sort.descending, limit=limit)

    return fetch


def _asked(asked: Mapping[str, Any]) -> FindingFilters:
    return FindingFilters(
        state=FindingState(asked["state"]) if "state" in asked else None, differs=True if asked.get("differs") else None,
        late=bool(asked.get("late")), words=asked.get("q", ""),
    )
