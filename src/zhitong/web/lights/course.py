"""How a target stood, period by period, with the rule read beside each light; and the light set by the level above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import JUDGED
from zhitong.domain.plans.rules import Light as Standing
from zhitong.domain.progress.actions import overriding
from zhitong.domain.progress.queries.standings import StandingView, standings_of_target
from zhitong.domain.progress.rules.overriding import why_not_override
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.web.lights.forms import OverrideForm
from zhitong.web.shell.components import Crumb, Light, Tone
from zhitong.web.shell.sending import key_of, send_once

TONES = {
    Standing.DONE: Tone.GOOD, Standing.GREEN: Tone.GOOD, Standing.AMBER: Tone.WARN, Standing.RED: Tone.BAD,
    Standing.NONE: Tone.NONE, Standing.AHEAD: Tone.NONE,
}


@dataclass(frozen=True)
class Line:
    """A period: the computed light, the one set from above with who set it, and where it is set or taken back."""

    one: StandingView
    light: Light
    set_light: Light | None
    by: str
    override_url: str
    release_url: str


@require_GET
def page(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """A target's lights, the newest first.

    Raises NotFound: it has none, or not for this viewer.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    rows = _rows(viewer, target_id)
    newest, here = rows[-1], directory()
    reason = _why_not(viewer, newest)
    return render(request, "lights/course.html", {
        "newest": newest,
        "light": light_of(newest.shown),
        "place": here.regions[newest.region_id].name,
        "crumbs": [Crumb(_("目标任务"), reverse("plan:plan")), Crumb(newest.name)],
        "lines": [_line(one, not reason) for one in reversed(rows)],
        "why_not": reason,
        "once_key": key_of(request),
    })


@require_http_methods(["GET", "HEAD", "POST"])
def override(request: HttpRequest, target_id: UUID, period: str) -> HttpResponse:
    """Set another light for a period, as the office of the level above.

    Raises NotFound: no such standing for this viewer. Raises NotOverridden: another office sets it.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = next((one for one in _rows(viewer, target_id) if one.period == period), None)
    if found is None:
        raise NotFound
    reason = _why_not(viewer, found)
    if reason:
        raise overriding.NotOverridden(reason)
    form = OverrideForm(request.POST or None)
    if request.method != "POST":
        return _ask(request, found, form)
    if not form.is_valid():
        return _ask(request, found, form, status=422)
    said = form.cleaned_data
    try:
        send_once(request, lambda: overriding.override(
            target_id=target_id, period=period, light=Standing(said["light"]), reason=said["reason"],
            actor=viewer.actor("web"), now=clock.now(),
        ))
    except BadInput as refused:
        for name, sentence in refused.fields.items():
            form.add_error(name, sentence)
        return _ask(request, found, form, status=422)
    messages.success(request, _("已另定灯色，和系统算出的灯一起显示。"))
    return redirect("lights:course", target_id)


@require_POST
def release(request: HttpRequest, target_id: UUID, override_id: UUID) -> HttpResponse:
    """Take back a light that was set from above."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    send_once(request, lambda: overriding.release(override_id=override_id, actor=viewer.actor("web"), now=clock.now()))
    messages.success(request, _("已撤销另定的灯，恢复系统算出的灯。"))
    return redirect("lights:course", target_id)


def light_of(standing: Standing) -> Light:
    """A light as shape and word."""
    return Light(TONES[standing], standing.label)


def _rows(viewer: Viewer, target_id: UUID) -> Sequence[StandingView]:
    rows = standings_of_target(viewer, target_id)
    if not rows:
        raise NotFound
    return rows


def _why_not(viewer: Viewer, one: StandingView) -> str:
    """Why this viewer does not set lights of the region; empty when he does."""
    reason = why_not_override(one.region_id, viewer.unit_id, directory())
    if reason is None and not viewer.may(Permission.SUPERVISE):
        return _("您现在的岗位不能另定灯色，请由本办公室的工作人员办理。")
    return reason or ""


def _line(one: StandingView, may_set: bool) -> Line:
    found = one.override
    is_open = may_set and one.light in JUDGED
    return Line(
        one, light_of(one.light), light_of(found.light) if found else None,
        directory().name_of(found.by_unit_id) if found else "",
        reverse("lights:override", args=[one.target_id, one.period]) if is_open and found is None else "",
        reverse("lights:release", args=[one.target_id, found.id]) if may_set and found else "",
    )


def _ask(request: HttpRequest, one: StandingView, form: OverrideForm, *, status: int = 200) -> HttpResponse:
    back = reverse("lights:course", args=[one.target_id])
    return render(request, "lights/override.html", {
        "one": one, "light": light_of(one.light), "form": form, "back": back, "once_key": key_of(request),
        "place": directory().regions[one.region_id].name,
        "crumbs": [Crumb(one.name, back), Crumb(_("另定灯色"))],
    }, status=status)
