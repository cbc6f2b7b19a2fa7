"""The forms of the acts in an inspection: sent in, approved or not, drawn, found, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.inspections.actions.drawing import Drawing, draw
from zhitong.domain.inspections.actions.finding import WORKDAYS_MOST, Found, register_finding
from zhitong.domain.inspections.actions.planning import (
    LONGEST_WORDS,
    approve_plan,
    end_inspection,
    refuse_plan,
    submit_plan,
)
from zhitong.domain.inspections.queries.inspections import InspectionView, inspection_seen
from zhitong.domain.inspections.queries.sight import officials_only
from zhitong.domain.inspections.rules.kinds import Population
from zhitong.domain.inspections.rules.sampling import MOST_DRAWN
from zhitong.domain.inspections.rules.way import InspectionAct
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import DayField, ProseField, WordField
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried

USUAL_WORKDAYS = 10


class OpinionForm(PlainForm):
    words = ProseField(gettext_lazy("意见"), rows=2, required=False, max_length=LONGEST_WORDS)


class ReasonForm(PlainForm):
    words = ProseField(gettext_lazy("理由"), rows=3, max_length=LONGEST_WORDS)


class ConclusionForm(PlainForm):
    conclusion = ProseField(gettext_lazy("督查结论"), gettext_lazy("总体情况、主要问题、建议"), rows=6)


class DrawForm(PlainForm):
    """From what, closed when, and how many."""

    population = WordField(Population, gettext_lazy("从什么中抽"), initial=Population.CLOSED.value)
    since = DayField(label=gettext_lazy("销号时间从"))
    until = DayField(label=gettext_lazy("销号时间到"))
    size = forms.IntegerField(label=gettext_lazy("抽几件"), min_value=1, max_value=MOST_DRAWN, initial=10)

    def __init__(self, *args: Any, found: InspectionView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["since"].initial, self.fields["until"].initial = today.replace(day=1), today


class FindForm(PlainForm):
    """What was found, at whom, against what was reported, and what is to be put right by when."""

    unit_id = forms.ChoiceField(label=gettext_lazy("哪个单位"))
    drawn_id = forms.ChoiceField(label=gettext_lazy("抽到的样本"), required=False, help_text=gettext_lazy("没有抽样可以不选"))
    differs = forms.BooleanField(
        label=gettext_lazy("与自报的情况不一致"), required=False, help_text=gettext_lazy("会和该单位自报的并排列出，两边都不改动")
    )
    what = ProseField(gettext_lazy("发现了什么问题"), gettext_lazy("时间、地点、看到了什么"), rows=4)
    demand = ProseField(gettext_lazy("怎样整改"), rows=3)
    workdays = forms.IntegerField(
        label=gettext_lazy("整改期限（工作日）"), min_value=1, max_value=WORKDAYS_MOST, initial=USUAL_WORKDAYS
    )
    files = FilesField(label=gettext_lazy("现场照片、文件"))

    def __init__(self, *args: Any, found: InspectionView, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = [(str(one.id), one.name) for one in found.units]  # type: ignore[attr-defined]
        drawn = [one for sample in found.samples for one in sample.drawn]
        labels = [(str(one.id), f"{one.name} {one.about}：{one.reported}") for one in drawn]
        self.fields["drawn_id"].choices = [("", _("不选")), *labels]  # type: ignore[attr-defined]

    def found(self) -> Found:
        """What the act takes."""
        said = self.cleaned_data
        return Found(
            unit_id=UUID(said["unit_id"]), what=said["what"], demand=said["demand"], workdays=said["workdays"],
            drawn_id=UUID(said["drawn_id"]) if said["drawn_id"] else None, differs=said["differs"], file_ids=tuple(said["files"]),
        )


@dataclass(frozen=True)
class Doing:
    """An act as its page offers it; `does` takes viewer, id, the form, actor and now."""

    form: type[PlainForm]
    done: Text
    does: Callable[..., Any]


def _draw(viewer: Any, at: UUID, form: DrawForm, **more: Any) -> str:
    return str(draw(viewer, at, Drawing(**form.cleaned_data), **more))


DOINGS: dict[InspectionAct, Doing] = {
    InspectionAct.SUBMIT: Doing(PlainForm, gettext_lazy("已报批。"), lambda viewer, at, form, **more: submit_plan(viewer, at, **more)),
    InspectionAct.APPROVE: Doing(
        OpinionForm, gettext_lazy("已批准。"),
        lambda viewer, at, form, **more: approve_plan(viewer, at, form.cleaned_data["words"], **more),
    ),
    InspectionAct.REFUSE: Doing(
        ReasonForm, gettext_lazy("已退回起草单位。"),
        lambda viewer, at, form, **more: refuse_plan(viewer, at, form.cleaned_data["words"], **more),
    ),
    InspectionAct.DRAW: Doing(DrawForm, gettext_lazy("已抽取，种子和名单可供任何人核对。"), _draw),
    InspectionAct.FIND: Doing(
        FindForm, gettext_lazy("已登记，转该单位限期整改。"),
        lambda viewer, at, form, **more: str(register_finding(viewer, at, form.found(), **more)),
    ),
    InspectionAct.END: Doing(
        ConclusionForm, gettext_lazy("督查已结束。"),
        lambda viewer, at, form, **more: end_inspection(viewer, at, form.cleaned_data["conclusion"], **more),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, inspection_id: UUID, what: str) -> HttpResponse:
    """One act in an inspection: the form, and what it does.

    Raises NotFound: there is no such act, or no such inspection for the viewer.
    """
    viewer = request.viewer
    officials_only(viewer)
    chosen = next((one for one in InspectionAct if one.value == what), None)
    if chosen is None:
        raise NotFound
    found = inspection_seen(viewer, inspection_id, now=clock.now())
    doing = DOINGS[chosen]
    form = _form_of(request, doing, found)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_bound and is_adding(request):
        form, status = judged_for_files_alone(form), 200
    elif form.is_valid():
        is_done, _made, refusal, status = tried(request, form, lambda: doing.does(
            viewer, inspection_id, form, actor=viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, str(doing.done))
            return redirect("inspections:page", inspection_id)
    back = reverse("inspections:page", args=[inspection_id])
    return render(request, "roadmap/form.html", {
        "form": form, "title": f"{chosen.label}：{found.row.title}", "button": chosen.label, "back_url": back, "refusal": refusal,
        "consequence": found.acts.get(chosen, ""), "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("督查"), reverse("inspections:list")), Crumb(found.row.title, back), Crumb(chosen.label)],
    }, status=status)  # fmt: skip


def _form_of(request: HttpRequest, doing: Doing, found: InspectionView) -> Any:
    sent = request.POST if request.method == "POST" else None
    if doing.form is FindForm:
        return FindForm(sent, found=found, gathered=gather(request) if sent is not None else NOTHING)
    if doing.form is DrawForm:
        return DrawForm(sent, found=found)
    return doing.form(sent)
