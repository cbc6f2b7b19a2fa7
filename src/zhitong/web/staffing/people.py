"""Seating somebody in a post, moving him to another, letting him leave one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.accounts.actions.passwords import fault_of
from zhitong.domain.organisations.actions.staffing import seat_person
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.staffing import (
    administers,
    post_administered,
    posts_to_fill,
    tenure_administered,
)
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.problems.actions.staffing import leave_post, move_person
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput
from zhitong.web.shell.asking import Once
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.staffing.forms import MoveForm, SeatForm

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@ASKS
def seat(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Seat a person in a post. Raises NotYours. Raises NotFound: it lies elsewhere."""
    _kind, title, unit = post_administered(request.viewer, post_id)
    form = SeatForm(request.POST or None)

    def do() -> str:
        said = form.cleaned_data
        trouble = fault_of(said["password"], login=said["login"], name=said["name"]) if said["password"] else ""
        if trouble:
            raise BadInput(trouble, {"password": trouble})
        return str(seat_person(request.viewer, post_id, **said, actor=request.viewer.actor("web"), now=clock.now()))

    page = _page(unit.code, unit.name, _("任职：%s") % title, _("从今天起任这个岗位，登录后即可办理。"), _("已任职。"))
    return page.respond(request, form, do)


@ASKS
def move(request: HttpRequest, tenure_id: UUID) -> HttpResponse:
    """Move somebody to another post of the same region, or of the one named in `region`. Raises NotYours, NotFound."""
    held = tenure_administered(request.viewer, tenure_id)
    place = directory().region_coded(request.GET.get("region", "")) or directory().regions[held.unit.region_id]
    posts = [
        (seat.post_id, f"{unit.name} {seat.title}{_state(seat.sitters)}")
        for seat, unit in posts_to_fill(request.viewer, place.id, clock.today()) if seat.post_id != held.post_id
    ]
    form = MoveForm(request.POST or None, posts=posts)
    told = _("从今天起不再以“%(title)s”办事，可以立即在新岗位办理；在办问题留在原单位。") % {"title": held.title}
    page = _page(held.unit.code, held.unit.name, _("调动：%s") % held.name, told, _("已调动。"))
    return page.respond(
        request, form, lambda: move_person(
            request.viewer, tenure_id, **form.cleaned_data, actor=request.viewer.actor("web"), now=clock.now()
        ),
        ways_label=_("列出的是%s的岗位；调到别处：") % place.name, ways=_elsewhere(request, place),
    )


def _elsewhere(request: HttpRequest, place: RegionEntry) -> list[tuple[str, str]]:
    """The region above and those below, as far as the viewer administers them, each by the address that lists its posts."""
    here = directory()
    above = [one for one in here.path(place.id) if one.id != place.id][-1:]
    return [
        (one.name, f"{request.path}?region={one.code}") for one in [*above, *here.children(place.id)]
        if administers(request.viewer, one.id)
    ]


@ASKS
def leave(request: HttpRequest, tenure_id: UUID) -> HttpResponse:
    """Let somebody hold a post no more. Raises NotYours, NotFound."""
    held = tenure_administered(request.viewer, tenure_id)
    told = _("从今天起不能再以“%(title)s”办事；由别人接任的，请用“交接”，交接单会列明在办问题。") % {"title": held.title}
    page = _page(held.unit.code, held.unit.name, _("免职：%s") % held.name, told, _("已免职。"))
    return page.respond(request, PlainForm(request.POST or None), lambda: leave_post(
        request.viewer, tenure_id, actor=request.viewer.actor("web"), now=clock.now()
    ))


def _state(sitters: tuple[object, ...]) -> str:
    return "" if sitters else _("（空缺）")


def _page(code: str, name: str, title: str, consequence: str, done: str) -> Once:
    to = reverse("staffing:unit", args=[code])
    return Once(title, _("确定"), consequence, done, to, [Crumb(name, to), Crumb(title)])
