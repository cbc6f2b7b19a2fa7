"""The forms of a timetable: a milestone written or changed, begun, done with evidence, put off, dropped; handed down; a sheet."""

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

from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.actions import advancing, scheduling
from zhitong.domain.plans.actions.handing_down import HEADS, MOST_BYTES, hand_down, write_timetable
from zhitong.domain.plans.actions.scheduling import NewMilestone, change_milestone, must_keep, plan_milestone
from zhitong.domain.plans.queries.timetables import MilestoneView, milestone_seen, milestones_of
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import DayField, ProseField, UnitField
from zhitong.web.roadmap.lists import task_url
from zhitong.web.roadmap.views import place_of
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather, is_adding, judged_for_files_alone
from zhitong.web.shell.forms import FigureField, PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import officials_only, tried

LAG = "lag_days"


class MilestoneForm(PlainForm):
    """A milestone: its name and days, who answers, what it waits for."""

    name = ProseField(gettext_lazy("节点名称"), gettext_lazy("例如：完成招标、主体封顶"), rows=1, max_length=120)
    begin_on = DayField(label=gettext_lazy("计划开始日"), required=False)
    due_on = DayField(label=gettext_lazy("承诺完成日"))
    unit = UnitField(label=gettext_lazy("责任单位"), required=False, help_text=gettext_lazy("不选时由本地区的牵头单位负责"))
    needs_evidence = forms.BooleanField(label=gettext_lazy("完成时要附佐证（照片、验收单）"), required=False)
    weight = FigureField(label=gettext_lazy("权重"), initial="1", help_text=gettext_lazy("计算完成比例时占几份，一般填1"))
    waits = forms.MultipleChoiceField(
        label=gettext_lazy("前置节点"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("勾选的节点完成后才能开始"),
    )
    lag_days = FigureField(label=gettext_lazy("前置完成后至少隔几天"), unit=gettext_lazy("天"), places=0, required=False, initial="0")

    def __init__(self, *args: Any, region_id: UUID, others: list[MilestoneView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = directory()
        units = sorted((unit for unit in here.units.values() if unit.region_id == region_id), key=lambda one: one.code)
        self.fields["unit"].choices = [("", _("本地区牵头单位")), *((str(one.id), one.name) for one in units)]  # type: ignore[attr-defined]
        self.fields["waits"].choices = [(str(one.id), one.name) for one in others if not one.dropped_reason]  # type: ignore[attr-defined]
        if not others:
            del self.fields["waits"], self.fields[LAG]

    def as_new(self) -> NewMilestone:
        """What the act takes."""
        said = self.cleaned_data
        lag = int(said.get(LAG) or 0)
        return NewMilestone(
            name=said["name"], due_on=said["due_on"], begin_on=said["begin_on"], unit_id=said["unit"],
            needs_evidence=said["needs_evidence"], weight=said["weight"],
            waits=[(UUID(one), lag) for one in said.get("waits", ())],
        )


class BeginForm(PlainForm):
    begun_on = DayField(label=gettext_lazy("实际开始日"))


class CompleteForm(PlainForm):
    done_on = DayField(label=gettext_lazy("实际完成日"))
    words = ProseField(gettext_lazy("完成情况"), rows=3, required=False, max_length=400)
    files = FilesField(label=gettext_lazy("佐证材料"))

    def __init__(self, *args: Any, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].hold(gathered)  # type: ignore[attr-defined]


class PostponeForm(PlainForm):
    to_on = DayField(label=gettext_lazy("顺延到"))
    reason = ProseField(gettext_lazy("理由"), rows=3, max_length=400)


class DropForm(PlainForm):
    reason = ProseField(gettext_lazy("取消的理由"), rows=3, max_length=400)


class SheetForm(PlainForm):
    sheet = forms.FileField(
        label=gettext_lazy("Excel 或 CSV 文件"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        help_text=gettext_lazy("表头：%s；有一行不对就都不导入") % "、".join(HEADS),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )


@dataclass(frozen=True)
class Doing:
    """An act on a milestone as its page offers it."""

    title: Text
    button: Text
    consequence: Text
    done: Text
    form: type[PlainForm]
    act: Callable[..., Any]
    today: str = ""


DOINGS = {
    "begin": Doing(
        gettext_lazy("登记开始"), gettext_lazy("登记"), gettext_lazy("按登记的日期重算后面节点最早能完成的日子。"),
        gettext_lazy("已登记开始。"), BeginForm, advancing.begin_milestone, "begun_on",
    ),
    "complete": Doing(
        gettext_lazy("登记完成"), gettext_lazy("登记完成"), gettext_lazy("登记后不能再改；是否按时以最初承诺的日子为准。"),
        gettext_lazy("已登记完成。"), CompleteForm, advancing.complete_milestone, "done_on",
    ),
    "postpone": Doing(
        gettext_lazy("顺延"), gettext_lazy("顺延"), gettext_lazy("最初承诺的日子一直保留，顺延的次数和理由上级都能看到。"),
        gettext_lazy("已顺延。"), PostponeForm, advancing.postpone_milestone,
    ),
    "drop": Doing(
        gettext_lazy("取消节点"), gettext_lazy("取消节点"), gettext_lazy("节点留在时间表上，注明已取消和理由；等它的节点不再等。"),
        gettext_lazy("已取消。"), DropForm, scheduling.drop_milestone,
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, milestone_id: UUID, what: str) -> HttpResponse:
    """One act on a milestone: the form, and what it does.

    Raises NotFound: there is no such act, or no such milestone for the viewer.
    """
    officials_only(request)
    doing = DOINGS.get(what)
    if doing is None:
        raise NotFound
    one = milestone_seen(request.viewer, milestone_id, today=clock.today()).view
    more = {"gathered": gather(request)} if doing.form is CompleteForm and request.method == "POST" else {}
    form = doing.form(request.POST if request.method == "POST" else None, initial={doing.today: clock.today()}, **more)
    if form.is_bound and is_adding(request):
        return _show(request, judged_for_files_alone(form), one, doing, "", 200)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        said = dict(form.cleaned_data)
        if "files" in said:
            said["file_ids"] = said.pop("files")
        is_done, _answer, refusal, status = tried(request, form, lambda: doing.act(
            request.viewer, milestone_id, **said, actor=request.viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, str(doing.done))
            return redirect("roadmap:page", milestone_id)
    return _show(request, form, one, doing, refusal, status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, milestone_id: UUID) -> HttpResponse:
    """Write a milestone anew, all but a later day.

    Raises NotFound: there is none for the viewer. Raises NotYoursToSchedule.
    """
    officials_only(request)
    one = milestone_seen(request.viewer, milestone_id, today=clock.today()).view
    must_keep(request.viewer, one.task_id, one.region_id)
    others = milestones_of(request.viewer, one.task_id, one.region_id, today=clock.today())
    now = {
        "name": one.name, "begin_on": one.begin_on, "due_on": one.due_on, "unit": one.unit_id, "weight": one.weight.normalize(),
        "needs_evidence": one.needs_evidence, "waits": [str(wait.id) for wait in one.waits],
        LAG: max((wait.lag_days for wait in one.waits), default=0),
    }
    form = MilestoneForm(
        request.POST if request.method == "POST" else None, initial=now, region_id=one.region_id,
        others=[other for other in others if other.id != one.id],
    )
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _answer, refusal, status = tried(request, form, lambda: change_milestone(
            request.viewer, milestone_id, form.as_new(), actor=request.viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, _("已修改。"))
            return redirect("roadmap:page", milestone_id)
    title = _("修改节点")
    return _form(request, form, title, _("保存"), _("完成日只能提前；往后推请用“顺延”并写明理由。"), task_url(one), refusal, status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, task_id: UUID, region: str) -> HttpResponse:
    """Put a milestone on the timetable of a task in a region.

    Raises NotFound, NotYoursToSchedule.
    """
    officials_only(request)
    found, place = place_of(task_id, region, request.viewer)
    must_keep(request.viewer, task_id, place.id)
    form = MilestoneForm(
        request.POST if request.method == "POST" else None, region_id=place.id,
        others=milestones_of(request.viewer, task_id, place.id, today=clock.today()),
    )
    back, refusal, status = reverse("roadmap:task", args=[task_id, region]), "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _answer, refusal, status = tried(request, form, lambda: str(plan_milestone(
            request.viewer, task_id, place.id, form.as_new(), actor=request.viewer.actor("web"), now=clock.now()
        )))
        if is_done:
            messages.success(request, _("已列入时间表。"))
            return redirect(back)
    title = _("%(task)s：添加节点") % {"task": found.title}
    return _form(request, form, title, _("列入时间表"), _("现在填的完成日就是承诺的日子，以后顺延也一直保留。"), back, refusal, status)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, task_id: UUID, region: str) -> HttpResponse:
    """Write a timetable from a sheet, whole or not at all.

    Raises NotFound, NotYoursToSchedule.
    """
    officials_only(request)
    found, place = place_of(task_id, region, request.viewer)
    must_keep(request.viewer, task_id, place.id)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    back, refusal, status = reverse("roadmap:task", args=[task_id, region]), "", 422 if form.is_bound else 200
    if form.is_valid():
        content = form.cleaned_data["sheet"].read(MOST_BYTES + 1)
        is_done, count, refusal, status = tried(request, form, lambda: write_timetable(
            request.viewer, task_id, place.id, content, actor=request.viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, _("已导入 %s 个节点。") % count)
            return redirect(back)
    title = _("%(task)s：表格导入") % {"task": found.title}
    return _form(request, form, title, _("导入"), _("接在现有节点之后；前置节点写名称，几个之间用顿号隔开。"), back, refusal, status)


@require_http_methods(["GET", "HEAD", "POST"])
def down(request: HttpRequest, task_id: UUID, region: str) -> HttpResponse:
    """Give the timetable to all regions directly below that have none.

    Raises NotFound, NotYoursToSchedule.
    """
    officials_only(request)
    found, place = place_of(task_id, region, request.viewer)
    must_keep(request.viewer, task_id, place.id)
    form = PlainForm(request.POST if request.method == "POST" else None)
    back, refusal, status = reverse("roadmap:task", args=[task_id, region]), "", 200
    if form.is_bound and form.is_valid():
        def told() -> str:
            done = hand_down(request.viewer, task_id, place.id, actor=request.viewer.actor("web"), now=clock.now())
            left = _("；%s已有自己的时间表，没有改动") % "、".join(done.left) if done.left else ""
            return _("已下发 %(n)d 个地区%(left)s。") % {"n": done.regions, "left": left}

        is_done, said, refusal, status = tried(request, form, told)
        if is_done:
            messages.success(request, said)
            return redirect(back)
    title = _("%(task)s：下发时间表") % {"task": found.title}
    count = len(directory().children(place.id))
    words = _("没有完成的节点连同日期、先后关系，一次下发给%(n)d个下级地区；已有时间表的地区不动。") % {"n": count}
    return _form(request, form, title, _("下发"), words, back, refusal, status)


def _show(request: HttpRequest, form: PlainForm, one: MilestoneView, doing: Doing, refusal: str, status: int) -> HttpResponse:
    title = f"{doing.title}：{one.name}"
    return _form(request, form, title, doing.button, doing.consequence, reverse("roadmap:page", args=[one.id]), refusal, status)


def _form(
    request: HttpRequest, form: PlainForm, title: str, button: Text, consequence: Text, back: str, refusal: str, status: int
) -> HttpResponse:
    return render(request, "roadmap/form.html", {
        "form": form, "title": title, "button": button, "consequence": consequence, "back_url": back, "refusal": refusal,
        "crumbs": [Crumb(_("时间表"), reverse("roadmap:list")), Crumb(title)], "once_key": new_key() if refusal else key_of(request),
    }, status=status)  # fmt: skip
