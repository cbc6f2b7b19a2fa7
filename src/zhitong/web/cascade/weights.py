"""The weights by which targets are divided: those of the campaign, and the sheet that sends in others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.actions.weighing import send_in_weights
from zhitong.domain.plans.queries.dividing.weights import weight_sets
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.sheets.limits import MOST_BYTES
from zhitong.web.cascade.forms import WeightsForm
from zhitong.web.cascade.looking import campaign_asked, region_asked, tabs, turn_of
from zhitong.web.shell.sending import new_key, send_once


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The sets of a campaign; an office may send in another. Raises NotFound, NotYours."""
    campaign, region = campaign_asked(request), region_asked(request)
    form, troubles, status = WeightsForm(), {}, 200
    if request.method == "POST":
        form = WeightsForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            content = said["file"].read(MOST_BYTES + 1)
            try:
                send_once(request, lambda: str(send_in_weights(
                    campaign.code, content, turn_of(request), name=said["name"], measure=said["measure"], source=said["source"],
                )))
            except (NotFound, NotYours):
                raise
            except BadInput as refused:
                troubles = {place: said for place, said in refused.fields.items() if place not in form.fields}
                for name in set(refused.fields) & set(form.fields):
                    form.add_error(name, refused.fields[name])
            except Refused as refused:
                messages.error(request, refused.sentence)
            else:
                messages.success(request, _("权数已保存，分解时可以选用。"))
                return redirect(f"{reverse('cascade:weights')}?campaign={campaign.code}&region={region.code}")
    return render(request, "cascade/weights.html", {
        "region": region, "campaign": campaign, "tabs": tabs(request, campaign, region, "weights"),
        "sets": weight_sets(request.viewer, campaign.code), "form": form, "troubles": troubles,
        "may_send": request.viewer.may(Permission.DISPATCH), "once_key": new_key(),
    }, status=status)  # fmt: skip
