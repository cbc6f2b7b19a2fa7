"""投诉举报（密封）: a firm brings a complaint, having read who will see it and who will not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.complaints.actions.submitting import Charge, submit
from zhitong.domain.complaints.queries.rulebook import Level, levels_for
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.complaints.forms import ComplaintForm
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.navigation import address_of
from zhitong.web.shell.sending import key_of, new_key, send_once


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The form, and the complaint it brings.

    Raises NotFound: the viewer is none of the served, or no campaign is in force.
    """
    campaign = campaign_in_force()
    if campaign is None or request.viewer.unit_kind is not UnitKind.SERVED:
        raise NotFound
    levels = levels_for(request.viewer.region_id, campaign.code)
    if request.method != "POST":
        return _show(request, ComplaintForm(levels=levels), levels)
    form = ComplaintForm(request.POST, levels=levels)
    if not form.is_valid():
        return _show(request, form, levels, status=422)
    try:
        answer, is_new = send_once(request, lambda: _bring(request, campaign.code, form.cleaned_data))
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        form.refuse(refused.fields)
        return _show(request, form, levels, refusal="" if refused.fields else refused.sentence, status=422)
    except Refused as refused:
        return _show(request, form, levels, refusal=refused.sentence, status=409)
    messages.success(request, answer["said"] if is_new else _("这件投诉刚才已经送达，没有重复提交。%s") % answer["said"])
    return redirect("complaints:page", answer["number"])


def _bring(request: HttpRequest, campaign: str, said: dict[str, Any]) -> dict[str, str]:
    sealed = submit(Charge(campaign=campaign, **said), actor=request.viewer.actor("web"), now=clock.now())
    told = {"unit": sealed.receiver.name, "number": sealed.number}
    return {"number": sealed.number, "said": _("已密封送达%(unit)s，回执号 %(number)s。") % told}


def _show(
    request: HttpRequest, form: ComplaintForm, levels: list[Level], *, refusal: str = "", status: int = 200
) -> HttpResponse:
    return render(request, "complaints/new.html", {
        "form": form,
        "levels": levels,
        "refusal": refusal,
        "crumbs": [Crumb(_("投诉举报（密封）"), address_of("complaints:list")), Crumb(_("我要投诉举报"))],
        "once_key": new_key() if refusal or status == 422 else key_of(request),
    }, status=status)
