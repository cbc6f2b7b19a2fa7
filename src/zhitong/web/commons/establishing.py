"""What the system finds alike, and the form by which an office makes a common problem of it: the system decides nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.commons.actions.establishing import Plan, establish
from zhitong.domain.commons.queries.finding import FoundCluster, found_for
from zhitong.domain.commons.queries.ledger import labels_of
from zhitong.domain.commons.rules.way import leads_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.commons.forms import EstablishForm
from zhitong.web.commons.views import turn_of
from zhitong.web.commons.ways import ids_numbered, said_of_joining
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, new_key, send_once


@require_GET
def found(request: HttpRequest) -> HttpResponse:
    """The possible common problems among the newest open ones of the territory.

    Raises NotYours: the post may not dispatch. Raises NotFound: the viewer oversees no territory.
    """
    require(request.viewer, Permission.DISPATCH)
    category = request.GET.get("category", "")
    campaign = campaign_in_force()
    named = labels_of(campaign.code) if campaign else {}
    return render(request, "commons/found.html", {
        "clusters": found_for(request.viewer, category=category if category in named else ""),
        "categories": named.items(),
        "category": category,
        "crumbs": [Crumb(_("共性问题"), reverse("commons:list")), Crumb(_("系统发现"))],
    })


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, with the members of a found cluster ticked, and the common problem it makes.

    Raises NotYours: the post may not dispatch. Raises NotFound: no campaign is in force, or the viewer's unit has gone.
    """
    require(request.viewer, Permission.DISPATCH)
    campaign, here = campaign_in_force(), directory()
    office = here.units.get(request.viewer.unit_id)
    if campaign is None or office is None:
        raise NotFound
    cluster = _cluster_in(request)
    named = {number: number for number in request.POST.getlist("chosen")}
    if cluster:
        named |= {number: f"{number} {name}" for number, name in zip(cluster.numbers, cluster.subjects, strict=True)}
    offers: dict[str, Any] = {
        "categories": list(labels_of(campaign.code).items()), "leads": leads_of(office, here), "members": list(named.items()),
    }
    if request.method != "POST":
        keeper = here.keeper(office.region_id, cluster.line_id) if cluster and cluster.line_id else None
        initial = {
            "chosen": list(named), "category": cluster.category if cluster else "", "lead_id": str(keeper.id) if keeper else "",
        }
        return _show(request, EstablishForm(initial=initial, **offers), cluster)
    form = EstablishForm(request.POST, **offers)
    if not form.is_valid():
        return _show(request, form, cluster, status=422)
    try:
        answer, _is_new = send_once(request, lambda: _establish(request, campaign.code, form.cleaned_data))
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        form.refuse(refused.fields)
        return _show(request, form, cluster, refusal="" if refused.fields else refused.sentence, status=422)
    except Refused as refused:
        return _show(request, form, cluster, refusal=refused.sentence, status=409)
    messages.success(request, answer["said"])
    return redirect("commons:page", answer["number"])


def _establish(request: HttpRequest, campaign: str, said: dict[str, Any]) -> dict[str, str]:
    plan = Plan(
        campaign=campaign, title=said["title"], category=said["category"], lead_id=said["lead_id"], asked=said["asked"],
        workdays=said["workdays"], treatment=said["treatment"],
        problem_ids=tuple(ids_numbered(request.viewer, [*said.get("chosen", ()), *said["numbers"]])),
    )
    done = establish(plan, turn_of(request))
    return {"number": done.number, "said": _("已确立%s。") % done.number + said_of_joining(done)}


def _cluster_in(request: HttpRequest) -> FoundCluster | None:
    """The cluster that an address names by one of its problems, found anew; None without one or when it is gone."""
    named = request.GET.get("of", "")
    if not named:
        return None
    category = request.GET.get("category", "")
    return next((one for one in found_for(request.viewer, category=category) if named in one.numbers), None)


def _show(
    request: HttpRequest, form: EstablishForm, cluster: FoundCluster | None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    return render(request, "commons/new.html", {
        "form": form,
        "cluster": cluster,
        "refusal": refusal,
        "crumbs": [Crumb(_("共性问题"), reverse("commons:list")), Crumb(_("确立共性问题"))],
        "once_key": new_key() if refusal or status == 422 else key_of(request),
    }, status=status)
