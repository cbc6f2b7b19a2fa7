"""Visits to come: planned so that others see them, joined, called off; and who wants to be left in peace."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.subjects.queries.one import subject_seen
from zhitong.domain.visits.actions.planning import NewPlan, ask_quiet, call_off, end_quiet, join_visit, plan_visit
from zhitong.domain.visits.queries.lists import plans_for
from zhitong.domain.visits.queries.outlook import outlook
from zhitong.domain.visits.queries.sight import must_see_plan
from zhitong.kit import clock
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.visits.asking import officials_only, tried


class PlanForm(PlainForm):
    """When, who goes, what for; and why, where the firm is to be left in peace."""

    planned_on = DayField(label=gettext_lazy("计划日期"))
    who = ProseField(gettext_lazy("谁去"), gettext_lazy("分包领导和随行人员"), rows=1, max_length=120)
    purpose = ProseField(gettext_lazy("去做什么"), rows=2, max_length=200, required=False)
    despite_quiet = ProseField(gettext_lazy("必须走访的理由"), rows=2, max_length=200, required=False)


class JoinForm(PlainForm):
    who = ProseField(gettext_lazy("本单位谁去"), rows=1, max_length=120)


class CallOffForm(PlainForm):
    reason = ProseField(gettext_lazy("取消的理由"), rows=2, max_length=200)


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """The visits to come that concern the viewer, the next first.

    Raises NotFound: one of the served.
    """
    officials_only(request)
    found = plans_for(request.viewer, today=clock.today())
    return render(request, "visits/plans.html", {
        "plans": found, "nothing": Empty(_("没有安排走访"), _("在“我的走访”里为企业安排，别的单位看得到，免得扎堆。")),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """How often the firm was visited this month and who else is coming, then the form.

    Raises NotFound: the subject is not there for the viewer.
    """
    officials_only(request)
    subject = subject_seen(request.viewer, subject_id)
    form = PlanForm(request.POST if request.method == "POST" else None, initial=_usual(request.viewer, subject.care))
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        said = form.cleaned_data
        new = NewPlan(subject_id=subject_id, actor=request.viewer.actor("web"), now=clock.now(), **said)
        is_done, _answer, refusal, status = tried(request, form, lambda: str(plan_visit(request.viewer, new)))
        if is_done:
            messages.success(request, _("已安排，别的单位能看到这次计划。"))
            return redirect("visits:plans")
    day = form.cleaned_data.get("planned_on") if form.is_bound else None
    here = outlook(request.viewer, subject_id, day or clock.today())
    if here.quiet is None:
        del form.fields["despite_quiet"]
    crumbs = [Crumb(_("走访"), reverse("visits:rounds")), Crumb(subject.name, reverse("visits:paper", args=[subject_id])), Crumb(_("安排"))]
    return render(request, "visits/plan.html", {
        "form": form, "outlook": here, "crumbs": crumbs, "refusal": refusal,
        "once_key": new_key() if refusal else key_of(request),
    }, status=status)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Go along with another unit on its day. Raises NotFound: there is no such plan for the viewer."""
    officials_only(request)
    must_see_plan(request.viewer, plan_id)
    form = JoinForm(request.POST if request.method == "POST" else None)
    return _small(
        request, form, _("参加联合走访"), _("按对方的日期一起去，一次说完；对方和分包单位会收到消息。"), _("一起去"),
        lambda: str(join_visit(request.viewer, plan_id, form.cleaned_data["who"], actor=request.viewer.actor("web"), now=clock.now())),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Call off a visit of one's own unit. Raises NotFound: there is no such plan for the viewer."""
    officials_only(request)
    must_see_plan(request.viewer, plan_id)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    return _small(
        request, form, _("取消走访计划"), _("取消后别的单位会看到；联合走访的其他单位照常去。"), _("取消计划"),
        lambda: call_off(request.viewer, plan_id, form.cleaned_data["reason"], actor=request.viewer.actor("web"), now=clock.now()),
    )


@require_POST
def quiet(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """Ask to be left in peace, or take that back: for the firm itself and for officials who write it down."""
    viewer, now, words = request.viewer, clock.now(), request.POST.get("words", "")
    if "end" in request.POST:
        send_once(request, lambda: end_quiet(viewer, subject_id, actor=viewer.actor("web"), now=now))
        messages.success(request, _("已取消“无事不扰”。"))
    else:
        send_once(request, lambda: ask_quiet(viewer, subject_id, words, actor=viewer.actor("web"), now=now))
        messages.success(request, _("已登记“无事不扰”，没有邀请不安排走访。"))
    return redirect("visits:mine") if viewer.unit_kind is UnitKind.SERVED else redirect("visits:paper", subject_id)


def _usual(viewer: Viewer, care: Any) -> dict[str, Any]:
    own = next((one for one in care if one.unit_id == viewer.unit_id), None)
    return {"who": own.lead_official if own else "", "planned_on": clock.today()}


def _small(request: HttpRequest, form: PlainForm, title: str, consequence: str, button: str, act: Any) -> HttpResponse:
    """A form of one field; done, back to the plans."""
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _answer, refusal, status = tried(request, form, act)
        if is_done:
            messages.success(request, _("已登记。"))
            return redirect("visits:plans")
    crumbs = [Crumb(_("走访计划"), reverse("visits:plans")), Crumb(title)]
    return render(request, "visits/small.html", {
        "form": form, "title": title, "consequence": consequence, "button": button, "refusal": refusal, "crumbs": crumbs,
        "back_url": reverse("visits:plans"), "once_key": new_key() if refusal else key_of(request),
    }, status=status)  # fmt: skip
