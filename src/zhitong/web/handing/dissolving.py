"""单位撤并: which unit ends and who takes its place; looked at with what it has open, then done once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import UnitEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.domain.problems.actions.dissolving import dissolve_unit
from zhitong.domain.problems.queries.dissolving import OpenWork, open_work
from zhitong.domain.problems.rules.dissolving import why_not_dissolved
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.handing.forms import DissolveForm
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, send_once

LOOK = "look"


@dataclass(frozen=True)
class Foreseen:
    """What would happen: which unit ends, who receives what it has open."""

    unit: str
    successor: str
    work: OpenWork


@require_http_methods(["GET", "HEAD", "POST"])
def dissolve(request: HttpRequest) -> HttpResponse:
    """End a unit of the level; its work goes on with the successor, which the page tells before it is done.

    Raises NotYours: the post does not dispatch.
    """
    require(request.viewer, Permission.DISPATCH)
    form = DissolveForm(request.POST or None, units=_units(request.viewer))
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, status=422 if form.is_bound else 200)
    unit_id, successor_id = form.cleaned_data["unit_id"], form.cleaned_data["successor_id"]
    here = directory()
    refusal = why_not_dissolved(here.units[unit_id], here.units.get(successor_id), here)
    if refusal:
        return _show(request, form, refusal=refusal, status=409)
    if request.POST.get("act") == LOOK:
        names = (here.name_of(unit_id), here.name_of(successor_id))
        return _show(request, form, foreseen=Foreseen(*names, open_work(request.viewer, unit_id)))
    try:
        said, _is_new = send_once(request, lambda: _done(request.viewer, unit_id, successor_id))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        return _show(request, form, refusal=refused.sentence, status=409)
    messages.success(request, said)
    return redirect("handing:list")


def _done(viewer: Viewer, unit_id: UUID, successor_id: UUID) -> str:
    here = directory()
    names = {"unit": here.name_of(unit_id), "successor": here.name_of(successor_id)}
    done = dissolve_unit(unit_id=unit_id, successor_id=successor_id, actor=viewer.actor("web"), now=clock.now())
    return _(
        "%(unit)s已撤并。在办问题%(problems)d件、待传答复%(relays)d件、协办事项%(parts)d件、未报送的目标任务报告%(reports)d份"
        "已全部转给%(successor)s。"
    ) % {
        **names, "problems": done.problems, "relays": done.relays, "parts": done.parts, "reports": done.reports,
    }


def _units(viewer: Viewer) -> list[UnitEntry]:
    """The units of the level that could end or take over."""
    here = directory()
    ours = [unit for unit in here.units.values() if unit.region_id == viewer.region_id]
    return sorted((unit for unit in ours if _may_be_named(unit)), key=lambda unit: unit.code)


def _may_be_named(unit: UnitEntry) -> bool:
    here = directory()
    other = next((one for one in here.units.values() if one.region_id == unit.region_id and one.id != unit.id), None)
    return other is not None and "活动机构" not in (why_not_dissolved(unit, other, here) or "")


def _show(
    request: HttpRequest, form: DissolveForm, *, refusal: str = "", foreseen: Foreseen | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "handing/dissolve.html", {
        "form": form, "refusal": refusal, "foreseen": foreseen, "once_key": key_of(request),
        "crumbs": [Crumb(_("交接"), reverse("handing:list")), Crumb(_("单位撤并"))],
    }, status=status)  # fmt: skip
