"""分发规则: the routing rules in words with how often each was right; the top office writes them, looking first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.problems.actions.rulemaking import SaveRules, save_rules
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.queries.rulemaking import Rules, drafts_of, faults_of, rules_of, what_if
from zhitong.domain.problems.rules.rulemaking import Draft
from zhitong.domain.subjects.rules.kinds import PlatformKind, ProjectStage, ServiceSubKind, SubjectKind
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once

NEW = "new"
TRAITS = {
    "kind": gettext_lazy("服务对象"), "sub_kind": gettext_lazy("细类"), "category": gettext_lazy("类别"),
    "stage": gettext_lazy("项目阶段"), "tier": gettext_lazy("帮扶级别"), "rank": gettext_lazy("所在地级别"),
    "region": gettext_lazy("地区"),
}
_SUB_KINDS = [*choices_of(ServiceSubKind), *choices_of(PlatformKind)]


class RuleForm(PlainForm):
    """One rule: what it is about, who leads, who helps, where it stands in the order."""

    words = ProseField(
        gettext_lazy("规则和依据"), gettext_lazy("所有人都能看到。例如：用地由国土资源条线牵头，发展改革条线配合。"), rows=2
    )
    category = forms.MultipleChoiceField(
        label=gettext_lazy("适用类别"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一个都不选，就是不限类别。"),
    )
    kind = forms.MultipleChoiceField(
        label=gettext_lazy("适用服务对象"), required=False, choices=choices_of(SubjectKind), widget=forms.CheckboxSelectMultiple
    )
    sub_kind = forms.MultipleChoiceField(
        label=gettext_lazy("适用小类"), required=False, choices=_SUB_KINDS, widget=forms.CheckboxSelectMultiple
    )
    stage = forms.MultipleChoiceField(
        label=gettext_lazy("适用项目阶段"), required=False, choices=choices_of(ProjectStage), widget=forms.CheckboxSelectMultiple
    )
    tier = forms.MultipleChoiceField(
        label=gettext_lazy("适用帮扶级别"), required=False, choices=choices_of(Rank), widget=forms.CheckboxSelectMultiple
    )
    rank = forms.MultipleChoiceField(
        label=gettext_lazy("适用地区级别"), required=False, choices=choices_of(Rank), widget=forms.CheckboxSelectMultiple
    )
    region = forms.MultipleChoiceField(
        label=gettext_lazy("适用地区"), required=False, widget=forms.SelectMultiple(attrs={"data-choose": ""}),
        help_text=gettext_lazy("一个都不选，就是不限地区。"),
    )
    lead = forms.ChoiceField(label=gettext_lazy("主办条线"))
    joint = forms.MultipleChoiceField(
        label=gettext_lazy("共同牵头条线"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("交办时同时请其反馈，主办单位负总责。"),
    )
    support = forms.MultipleChoiceField(
        label=gettext_lazy("配合条线"), required=False, widget=forms.CheckboxSelectMultiple
    )
    direct = forms.ChoiceField(
        label=gettext_lazy("由哪一级直办"), required=False,
        choices=[("", gettext_lazy("不直办，从最基层开始")), *choices_of(Rank)],
    )
    position = forms.IntegerField(
        label=gettext_lazy("顺序"), min_value=1, help_text=gettext_lazy("从上往下，第一条适用的规则起作用。")
    )
    in_force = forms.BooleanField(label=gettext_lazy("启用"), required=False)
    reason = ProseField(gettext_lazy("修改理由"), gettext_lazy("记入履历。"), rows=2)

    def __init__(self, *args: Any, campaign: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [(line.code, line.name) for line in sorted(directory().lines.values(), key=lambda one: one.code)]
        for name in ("lead", "joint", "support"):
            self.fields[name].choices = lines
        self.fields["region"].choices = [
            (one.code, one.name) for one in sorted(directory().regions.values(), key=lambda one: one.position)
            if one.rank is not Rank.TOWNSHIP
        ]
        labels = {code: one.label for (_kind, code), one in rulebook(campaign).categories.items()}
        self.fields["category"].choices = list(labels.items())


@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """The rules in order, with their use this quarter in the viewer's territory.

    Raises NotYours: the post may not dispatch. Raises NotFound: no campaign is in force.
    """
    found = rules_of(request.viewer, _campaign(), now=clock.now())
    return render(request, "problems/rules.html", {"rules": found, "traits": TRAITS, "new": NEW})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A rule to write: look first at what it would change, then save.

    Raises NotYours: the post is not of the top office. Raises NotFound: there is no such rule.
    """
    require(request.viewer, Permission.DISPATCH)
    found = rules_of(request.viewer, _campaign(), now=clock.now())
    if not found.may_save:
        raise NotYours(_("分发规则由最高一级活动办公室修改。有不合适的，可把例子报给该办。"))
    drafts = drafts_of(found.campaign)
    place = next((at for at, draft in enumerate(drafts) if draft.code == code), None)
    if place is None and code != NEW:
        raise NotFound
    draft = drafts[place] if place is not None else None
    if request.method != "POST":
        form = RuleForm(campaign=found.campaign, initial=_initial(draft, place, len(drafts)))
        return _page(request, found, draft, form, opened=found.opened)
    form = RuleForm(request.POST, campaign=found.campaign)
    form.fields["reason"].required = "look" not in request.POST  # who only looks need not say why
    if not form.is_valid():
        return _page(request, found, draft, form, opened=request.POST.get("opened", ""), status=422)
    wanted = _rewritten(drafts, draft, form.cleaned_data)
    if "look" in request.POST:
        return _look(request, found, draft, form, wanted)
    return _save(request, found, draft, form, wanted)


def _look(request: HttpRequest, found: Rules, draft: Draft | None, form: RuleForm, wanted: list[Draft]) -> HttpResponse:
    """Show what the rules as written would have done with the last quarter."""
    opened, faults = request.POST.get("opened", ""), faults_of(found.campaign, wanted)
    if faults:
        return _page(request, found, draft, form, opened=opened, refusal="".join(faults), status=422)
    compared = what_if(request.viewer, found.campaign, wanted, now=clock.now())
    return _page(request, found, draft, form, opened=opened, compared=compared)


def _save(request: HttpRequest, found: Rules, draft: Draft | None, form: RuleForm, wanted: list[Draft]) -> HttpResponse:
    opened = request.POST.get("opened", "")
    step = SaveRules(
        campaign=found.campaign, rules=wanted, reason=form.cleaned_data["reason"], opened=opened,
        actor=request.viewer.actor("web"), now=clock.now(),
    )
    try:
        send_once(request, lambda: {"saving": save_rules(request.viewer, step)})
    except NotYours:
        raise
    except Refused as refused:
        return _page(request, found, draft, form, opened=opened, refusal=refused.sentence, status=409)
    messages.success(request, _("分发规则已保存，从下一件问题起适用；在办的问题不变。"))
    return redirect(reverse("problems:rules"))


def _page(
    request: HttpRequest, found: Rules, draft: Draft | None, form: RuleForm, *, opened: str, compared: Any = None,
    refusal: str = "", status: int = 200,
) -> HttpResponse:
    title = _("修改规则") if draft else _("新增规则")
    context = {
        "form": form, "title": title, "opened": opened, "compared": compared, "refusal": refusal,
        "once_key": new_key() if refusal or compared else key_of(request),
        "crumbs": [Crumb(_("分发规则"), reverse("problems:rules")), Crumb(title)],
    }
    return render(request, "problems/rule.html", context, status=status)


def _initial(draft: Draft | None, place: int | None, how_many: int) -> dict[str, Any]:
    if draft is None or place is None:
        return {"position": how_many + 1, "in_force": True}
    return {
        "words": draft.words, "lead": draft.lead, "joint": draft.joint, "support": draft.support, "direct": draft.direct,
        "position": place + 1, "in_force": draft.in_force, **{trait: draft.asks.get(trait, ()) for trait in TRAITS},
    }


def _rewritten(drafts: list[Draft], draft: Draft | None, values: dict[str, Any]) -> list[Draft]:
    """The whole list with one rule as it was typed, in its place."""
    base = draft or Draft(f"office_{uuid7().hex}", "", "")
    asks = {**base.asks, **{trait: tuple(values[trait]) for trait in TRAITS}}
    typed = replace(
        base, words=values["words"], lead=values["lead"], joint=tuple(values["joint"]), support=tuple(values["support"]),
        direct=values["direct"], in_force=values["in_force"], asks={trait: said for trait, said in asks.items() if said},
    )
    rest = [one for one in drafts if one.code != base.code]
    rest.insert(values["position"] - 1, typed)
    return rest


def _campaign() -> str:
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return str(campaign.code)
