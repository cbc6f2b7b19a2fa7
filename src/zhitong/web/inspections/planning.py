"""The form of a plan: what is looked at, at whom, in which way, on which days, and who approves it."""

from __future__ import annotations

from collections.abc import Iterable
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

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.inspections.actions.planning import LONGEST_TITLE, Plan, change_plan, plan
from zhitong.domain.inspections.queries.choosing import approvers_for, objects_for
from zhitong.domain.inspections.queries.inspections import InspectionView, inspection_seen
from zhitong.domain.inspections.queries.sight import officials_only
from zhitong.domain.inspections.rules.kinds import Way
from zhitong.domain.inspections.rules.way import InspectionAct
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import DayField, ProseField, WordField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried

SHOWN_AT_ONCE = 12


class PlanForm(PlainForm):
    """A plan as it is written."""

    title = ProseField(gettext_lazy("督查名称"), gettext_lazy("例如：二季度问题办理情况督查"), rows=1, max_length=LONGEST_TITLE)
    matters = ProseField(gettext_lazy("督查什么"), gettext_lazy("一项一行"), rows=4)
    way = WordField(Way, gettext_lazy("方式"), initial=Way.ON_SITE.value)
    objects_of = forms.MultipleChoiceField(
        label=gettext_lazy("督查哪些单位"), help_text=gettext_lazy("按住 Ctrl 可选多个；选好后页面上写明每个单位今年被督查几次"),
        widget=forms.SelectMultiple(attrs={"size": SHOWN_AT_ONCE}),
    )
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("与哪些单位联合"), help_text=gettext_lazy("联合督查才填"), required=False,
        widget=forms.SelectMultiple(attrs={"size": SHOWN_AT_ONCE // 2}),
    )
    since = DayField(label=gettext_lazy("开始"))
    until = DayField(label=gettext_lazy("结束"))
    approver_id = forms.ChoiceField(label=gettext_lazy("报谁批准"))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = grouped(objects_for(viewer))
        for name in ("objects_of", "partners"):
            self.fields[name].choices = units  # type: ignore[attr-defined]
        offices = [(str(one.id), one.name) for one in approvers_for(viewer)]
        self.fields["approver_id"].choices = offices  # type: ignore[attr-defined]

    def plan(self, campaign: str) -> Plan:
        """What the act takes."""
        said = self.cleaned_data
        return Plan(
            campaign=campaign, title=said["title"], matters=said["matters"], way=said["way"], since=said["since"], until=said["until"],
            objects_of=tuple(map(UUID, said["objects_of"])), partners=tuple(map(UUID, said["partners"])),
            approver_id=UUID(said["approver_id"]),
        )


def grouped(units: Iterable[UnitEntry]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Units under the names of their regions, in the order given."""
    here, groups = directory(), dict[str, list[tuple[str, str]]]()
    for one in units:
        groups.setdefault(here.regions[one.region_id].name, []).append((str(one.id), one.name))
    return list(groups.items())


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a plan.

    Raises NotYours: the post does not inspect. Raises NotFound: one of the served, or no campaign is in force.
    """
    officials_only(request.viewer)
    require(request.viewer, Permission.SUPERVISE)
    campaign, viewer = campaign_in_force(), request.viewer
    if campaign is None:
        raise NotFound
    form = PlanForm(request.POST if request.method == "POST" else None, viewer=viewer, initial={"since": clock.today()})
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, made, refusal, status = tried(request, form, lambda: str(plan(
            viewer, form.plan(campaign.code), actor=viewer.actor("web"), now=clock.now()
        )))
        if is_done:
            messages.success(request, _("已起草。请核对后报批。"))
            return redirect("inspections:page", made)
    return _form(request, form, _("安排督查"), reverse("inspections:list"), refusal, status)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Write a plan anew before it is approved.

    Raises NotFound: there is none for this viewer, or it is not his to change now.
    """
    viewer = request.viewer
    officials_only(viewer)
    found = inspection_seen(viewer, inspection_id, now=clock.now())
    campaign = campaign_in_force()
    if InspectionAct.SUBMIT not in found.acts or campaign is None:
        raise NotFound
    form = PlanForm(request.POST if request.method == "POST" else None, viewer=viewer, initial=_initial(found))
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _made, refusal, status = tried(request, form, lambda: change_plan(
            viewer, inspection_id, form.plan(campaign.code), actor=viewer.actor("web"), now=clock.now()
        ))
        if is_done:
            messages.success(request, _("已修改。"))
            return redirect("inspections:page", inspection_id)
    return _form(request, form, _("修改方案"), reverse("inspections:page", args=[inspection_id]), refusal, status)


def _initial(found: InspectionView) -> dict[str, Any]:
    row = found.row
    return {
        "title": row.title, "matters": found.matters, "way": row.way.value, "since": row.since, "until": row.until,
        "objects_of": [str(one.id) for one in found.units], "partners": [str(one.id) for one in found.partners],
        "approver_id": str(found.approver_id),
    }


def _form(request: HttpRequest, form: PlainForm, title: str, back: str, refusal: str, status: int) -> HttpResponse:
    return render(request, "roadmap/form.html", {
        "form": form, "title": title, "button": _("保存"), "back_url": back, "refusal": refusal,
        "consequence": _("保存后先由本单位核对，再报督查室批准；批准之前不能抽样、不能进点。"),
        "crumbs": [Crumb(_("督查"), reverse("inspections:list")), Crumb(title)],
        "once_key": new_key() if refusal else key_of(request),
    }, status=status)  # fmt: skip
