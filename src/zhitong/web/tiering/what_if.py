"""试算: other thresholds and quotas, who would move by name; nothing is stored until it is kept as a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.tiering.actions.running import StandardWrong, keep_run
from zhitong.domain.tiering.queries.standards import kinds_tiered, standard_in_force
from zhitong.domain.tiering.queries.what_if import WhatIf, what_if
from zhitong.domain.tiering.rules.standards import Standard, trouble_with
from zhitong.kit import clock
from zhitong.web.shell.components import Tab
from zhitong.web.shell.sending import new_key, send_once
from zhitong.web.shell.words import figure_in_words
from zhitong.web.tiering.forms import StandardForm, line_in_words
from zhitong.web.tiering.looking import campaign_looked_at, crumb, kind_in, signed, tier_in_words


@dataclass(frozen=True)
class LineTried:
    """A tier or stage: its quota as tried, how many would stand on it, how many stand now."""

    name: str
    quota: str
    given: int
    standing: int
    difference: str


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Try another standard; sent, it is kept as the office's run.

    Raises NotFound: tiering is not the viewer's to look at. Raises NotYours: another than an office keeps a run.
    """
    campaign = campaign_looked_at(request)
    kind = kind_in(request, campaign.code)
    in_force = standard_in_force(campaign.code, kind, request.viewer.region_id)
    query = request.POST if request.method == "POST" else request.GET
    is_tried = any(name not in ("kind", "csrfmiddlewaretoken") for name in query)
    form = StandardForm(query if is_tried else None, in_force)
    tried = _tried(form, in_force) if is_tried else None
    if request.method == "POST" and tried is not None:
        return _keep(request, form, tried, campaign.code)
    found = None
    if tried is not None:
        found = what_if(
            request.viewer, campaign.code, kind, thresholds=form.thresholds(), numbers=form.numbers(),
            trims=form.cleaned_data["trims"],
        )
    context = {
        "kind": kind, "form": form, "found": found, "lines": _lines(found) if found else (),
        "transitions": _transitions(found) if found else (), "more": _more(found) if found else 0,
        "tabs": [Tab(one.label, f"{request.path}?kind={one}", one is kind) for one in kinds_tiered(campaign.code)],
        "may_keep": request.viewer.may(Permission.DISPATCH), "once_key": new_key(),
        "kept": [(name, value) for name, values in query.lists() for value in values if name in form.fields],
        "crumbs": [crumb(url=f"{reverse('tiering:list')}?kind={kind}"), crumb(_("试算"))],
    }
    return render(request, "tiering/what_if.html", context, status=422 if form.errors else 200)


def _tried(form: StandardForm, in_force: Standard) -> Standard | None:
    """The standard that was typed; None when something in it is wrong, which then stands beside its field."""
    if not form.is_valid():
        return None
    standard = in_force.changed(form.thresholds(), form.numbers())
    form.refuse(trouble_with(standard))
    return None if form.errors else standard


def _keep(request: HttpRequest, form: StandardForm, standard: Standard, campaign: str) -> HttpResponse:
    viewer = request.viewer

    def act() -> str:
        return str(keep_run(
            viewer, standard, campaign=campaign, actor=viewer.actor("web"), now=clock.now(),
            trims=form.cleaned_data["trims"],
        ))

    try:
        send_once(request, act)
    except StandardWrong as refused:
        messages.error(request, refused.sentence)
        return redirect("tiering:what_if")
    messages.success(request, _("已保存为测算结果，还没有改变任何一户的级别；核对后可以采用。"))
    return redirect(f"{reverse('tiering:list')}?kind={standard.kind}")


def _lines(found: WhatIf) -> Sequence[LineTried]:
    return [
        LineTried(
            line_in_words(line.quota), "" if line.quota.number is None else figure_in_words(line.quota.number), line.given,
            line.standing, "" if line.difference is None else signed(line.difference),
        )
        for line in found.summary.lines
    ]


def _transitions(found: WhatIf) -> Sequence[tuple[str, int]]:
    return [
        (f"{tier_in_words(before)} → {tier_in_words(after)}", count)
        for (before, after), count in found.summary.moves.items()
    ]


def _more(found: WhatIf) -> int:
    return sum(found.summary.moves.values()) - len(found.moves)
