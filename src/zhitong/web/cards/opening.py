"""开放填报: template, region, period and days, with what it would ask shown before it is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import CampaignHead, campaign_in_force
from zhitong.domain.cards.actions import RoundToOpen, open_rounds
from zhitong.domain.cards.queries import Openable, RoundPreview, preview_round, templates_to_open
from zhitong.domain.cards.rules.periods import period_trouble
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, send_once


class OpenForm(PlainForm):
    """What is asked of whom, until when, and who accepts."""

    template = forms.ChoiceField(label=gettext_lazy("卡片式样"))
    region = forms.ChoiceField(label=gettext_lazy("填报范围"), help_text=gettext_lazy("本级及其以下全部同类服务对象"))
    period = forms.CharField(
        label=gettext_lazy("期次"), max_length=12, help_text=gettext_lazy("月报 2018-09，季报 2018Q3，专项填报可写 land-2018")
    )
    name = ProseField(gettext_lazy("名称"), gettext_lazy("例如：2018年9月"), rows=1, max_length=60)
    opens_on = DayField(label=gettext_lazy("开始"))
    due_on = DayField(label=gettext_lazy("截止"))
    locked_on = DayField(label=gettext_lazy("锁定"), help_text=gettext_lazy("锁定以后企业不能再报，更正须申请"))
    review_ranks = forms.MultipleChoiceField(
        label=gettext_lazy("收卡办公室之后还由哪一级审核"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=choices_of(Rank),
    )

    def __init__(self, *args: Any, templates: Sequence[Openable], viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = directory()
        own = here.regions[viewer.region_id]
        kinds = {kind.value: kind.label for kind in SubjectKind}
        self._offer("template", [(one.code, f"{one.name} · {kinds.get(one.subject_kind, one.subject_kind)}") for one in templates])
        self._offer("region", [(one.code, one.name) for one in (own, *here.children(own.id))])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        """The code of the period.

        Raises ValidationError: it is not one.
        """
        code = str(self.cleaned_data["period"]).strip()
        if trouble := period_trouble(code):
            raise forms.ValidationError(trouble)
        return code


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest) -> HttpResponse:
    """The form of a round, its preview, and its opening.

    Raises NotYours: only an office opens rounds. Raises NotFound: no campaign is in force.
    """
    require(request.viewer, Permission.DISPATCH)
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    templates = templates_to_open(campaign.code, today=clock.today())
    if request.method != "POST":
        return _show(request, OpenForm(initial=_usual(request, templates), templates=templates, viewer=request.viewer))
    form = OpenForm(request.POST, templates=templates, viewer=request.viewer)
    if not form.is_valid():
        return _show(request, form, status=422)
    typed = form.cleaned_data
    region = directory().region_coded(typed["region"])
    assert region is not None, "the form offers regions that are there"
    try:
        if request.POST.get("act") != "open":
            found = preview_round(request.viewer, campaign.code, typed["template"], region.id, typed["period"])
            return _show(request, form, preview=found)
        [opened], _new = send_once(request, lambda: _open(request, campaign, region.id, typed))
    except (NotFound, NotYours):
        raise
    except BadInput as refusal:
        form.add_error(None, refusal.sentence)
        return _show(request, form, status=422)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _show(request, form, status=409)
    said = _("已开放填报，%d 户应报。") if opened["is_new"] else _("这一期先前已经开放，%d 户应报，没有重复开放。")
    messages.success(request, said % opened["owed"])
    return redirect(f"{reverse('cards:list')}?round={opened['round_id']}")


def _open(request: HttpRequest, campaign: CampaignHead, region_id: Any, typed: Mapping[str, Any]) -> list[dict[str, Any]]:
    opened = open_rounds([RoundToOpen(
        campaign=campaign.code, template_code=typed["template"], region_id=region_id, period=typed["period"],
        name=typed["name"], opens_on=typed["opens_on"], due_on=typed["due_on"], locked_on=typed["locked_on"],
        review_ranks=tuple(Rank(rank) for rank in typed["review_ranks"]), actor=request.viewer.actor("web"),
    )], now=clock.now())
    return [{"round_id": str(one.round_id), "owed": one.owed, "is_new": one.is_new} for one in opened]


def _usual(request: HttpRequest, templates: Sequence[Openable]) -> dict[str, Any]:
    """What the campaign proposes: the template asked for (else the first), the period that has ended, its days."""
    chosen = next((one for one in templates if one.code == request.GET.get("template")), templates[0] if templates else None)
    if chosen is None:
        return {}
    days = dict(zip(("opens_on", "due_on", "locked_on"), chosen.days, strict=True)) if chosen.days else {}
    asked = {"period": chosen.asked.code, "name": chosen.asked.name} if chosen.asked else {}
    return {"template": chosen.code, "review_ranks": [str(rank) for rank in chosen.review_ranks], **asked, **days}


def _show(
    request: HttpRequest, form: OpenForm, *, preview: RoundPreview | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form, "preview": preview, "once_key": key_of(request),
        "crumbs": [Crumb(_("填报"), reverse("cards:list")), Crumb(_("开放填报"))],
    }
    return render(request, "cards/open.html", context, status=status)
