"""落实分包: for one subject at one level: who leads, which unit, who is in charge, the liaison, the task force."""

from __future__ import annotations

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
from zhitong.domain.organisations.rules.kinds import Rank, UnitKind
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.subjects.actions.caring import CareNotAssigned, NewCare, arrange_care
from zhitong.domain.subjects.queries.one import SubjectView, subject_seen
from zhitong.domain.subjects.rules.caring import home_tier
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.web.care.places import overseer
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried


class CareForm(PlainForm):
    """Units offered are those of the regions on the way from the root to the subject."""

    tier = forms.ChoiceField(label=gettext_lazy("层级"), choices=choices_of(Rank))
    unit = forms.ChoiceField(label=gettext_lazy("帮包单位"))
    lead_official = ProseField(gettext_lazy("分包领导"), gettext_lazy("姓名（职务）"), rows=1, max_length=40)
    person_in_charge = ProseField(gettext_lazy("责任人"), rows=1, max_length=40)
    person_phone = ProseField(gettext_lazy("责任人电话"), rows=1, max_length=30, required=False)
    liaison = ProseField(gettext_lazy("联络员"), gettext_lazy("可以领导名义代办，系统登记为代办"), rows=1, max_length=40, required=False)
    liaison_phone = ProseField(gettext_lazy("联络员电话"), rows=1, max_length=30, required=False)
    task_force = forms.ChoiceField(label=gettext_lazy("工作专班"), required=False, help_text=gettext_lazy("平台和民心工程都要有专班"))
    reason = ProseField(gettext_lazy("变更的理由"), gettext_lazy("这一级已有分包的，写明为什么换"), rows=2, max_length=200, required=False)

    def __init__(self, *args: Any, region_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units, forces = _units(region_id)
        self.fields["unit"].choices = [("", _("请选择")), *units]  # type: ignore[attr-defined]
        self.fields["task_force"].choices = [("", _("没有")), *forces]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """The form with what stands there now, and the care it keeps.

    Raises NotYours: the post is none of a campaign office. Raises NotFound: the subject is not there for it.
    """
    viewer = overseer(request)
    require(viewer, Permission.DISPATCH)
    subject = subject_seen(viewer, subject_id)
    typed = request.POST if request.method == "POST" else None
    form = CareForm(typed, region_id=subject.region_id, initial=_standing(subject))
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        is_done, _answer, refusal, status = tried(request, form, lambda: _assign(viewer, subject_id, form.cleaned_data))
        if is_done:
            messages.success(request, _("已落实分包，企业能在自己的页面看到。"))
            return redirect("subjects:page", subject_id)
    its_page = Crumb(subject.name, reverse("subjects:page", args=[subject_id]))
    return render(request, "care/assign.html", {
        "form": form, "subject": subject, "refusal": refusal, "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("分包帮扶"), reverse("care:coverage")), its_page, Crumb(_("落实分包"))],
    }, status=status)  # fmt: skip


def _assign(viewer: Viewer, subject_id: UUID, said: dict[str, Any]) -> str:
    """Raises CareNotAssigned in the words of the one entry."""
    care = NewCare(
        subject_id=subject_id, tier=Rank(said["tier"]), unit_id=UUID(said["unit"]), lead_official=said["lead_official"],
        person_in_charge=said["person_in_charge"], person_phone=said["person_phone"], liaison=said["liaison"],
        liaison_phone=said["liaison_phone"], task_force_id=UUID(said["task_force"]) if said["task_force"] else None,
        reason=said["reason"],
    )
    try:
        return str(arrange_care(viewer, [care], actor=viewer.actor("web"), now=clock.now())[0])
    except CareNotAssigned as refused:
        sentence = refused.fields.get("0", refused.sentence)
        raise CareNotAssigned(sentence, {"reason": sentence} if "理由" in sentence else {}) from refused


def _standing(subject: SubjectView) -> dict[str, Any]:
    """What stands at the subject's own level; nothing but the level where nobody does."""
    home = home_tier(subject.tier)
    care = next((one for one in subject.care if one.tier is home), None)
    if care is None:
        return {"tier": str(home)}
    return {
        "tier": str(home), "unit": str(care.unit_id), "lead_official": care.lead_official, "task_force": str(care.task_force_id or ""),
        "person_in_charge": care.person_in_charge, "person_phone": care.person_phone, "liaison": care.liaison,
        "liaison_phone": care.liaison_phone,
    }


def _units(region_id: UUID) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The units that may look after one in a region, nearest level first, and the task forces among them."""
    here = directory()
    order = {one.id: place for place, one in enumerate(reversed(here.path(region_id)))}
    near = sorted((one for one in here.units.values() if one.region_id in order), key=lambda one: (order[one.region_id], one.code))
    said = [(one.kind, (str(one.id), f"{one.name}（{here.regions[one.region_id].name}）")) for one in near]
    return [choice for _kind, choice in said], [choice for kind, choice in said if kind is UnitKind.TASK_FORCE]
