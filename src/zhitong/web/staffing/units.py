"""The units of a region with their posts and people; opening, renaming and closing them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.inspections.actions.closing import close_unit
from zhitong.domain.inspections.queries.closing import in_the_way
from zhitong.domain.inspections.rules.closing import Obstacle
from zhitong.domain.organisations.actions.staffing import close_post, open_post, open_unit, rename_unit
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.staffing import (
    post_administered,
    seats_of_unit,
    staffed_in,
    tenures_in,
    unit_administered,
)
from zhitong.domain.organisations.queries.substituting import stand_ins_in
from zhitong.domain.organisations.rules.directory import RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.staffing import keeper_trouble
from zhitong.domain.organisations.rules.substituting import post_trouble
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.asking import Once
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.staffing.forms import NameForm, PostForm, UnitForm

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The viewer's own region. Raises NotYours: the post does not administer."""
    return _region_page(request, directory().regions[request.viewer.region_id])


@require_GET
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A region of the subtree. Raises NotYours. Raises NotFound: it lies elsewhere."""
    return _region_page(request, _region(code))


def _region_page(request: HttpRequest, found: RegionEntry) -> HttpResponse:
    here = directory()
    own_path = [one for one in here.path(found.id) if one.id in set(here.within(request.viewer.region_id))]
    return render(request, "staffing/region.html", {
        "region": found, "units": staffed_in(request.viewer, found.id, clock.today()), "below": here.children(found.id),
        "crumbs": [Crumb(one.name, reverse("staffing:region", args=[one.code])) for one in own_path[:-1]] + [Crumb(found.name)],
        "nothing": Empty(_("还没有单位"), _("活动机构随活动包载入，其他单位点“新设单位”。"), icon="sitemap"),
    })


@require_GET
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A unit with its posts and people. Raises NotYours. Raises NotFound: it lies elsewhere."""
    found, seats = seats_of_unit(request.viewer, _unit(code).id, clock.today())
    tenures = tenures_in(found.id, clock.today())
    is_own = found.region_id == request.viewer.region_id
    rows = [
        (
            seat, [(one, tenures.get((seat.post_id, one.person_id))) for one in seat.sitters],
            keeper_trouble(seat.kind, is_own_region=is_own), not post_trouble(seat.kind, found.kind),
        )
        for seat in seats
    ]
    return render(request, "staffing/unit.html", {
        "unit": found, "region": directory().regions[found.region_id], "rows": rows,
        "nothing": Empty(_("还没有岗位"), _("点“增设岗位”，再在岗位后面点“任职”。"), icon="user-check"),
        "stand_ins": stand_ins_in(found.id, clock.today()), "crumbs": _crumbs(found, last=True),
    })


@ASKS
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Open a unit in a region."""
    place, form = _region(code), UnitForm(request.POST or None)
    to = reverse("staffing:region", args=[code])
    staffed_in(request.viewer, place.id, clock.today())
    page = Once(
        _("新设单位"), _("新设单位"), _("新设的单位不承担条线，可以参加督办、协办和专班工作；重新载入活动包不会撤销它。"),
        _("已新设单位。"), to,
        [Crumb(place.name, to), Crumb(_("新设单位"))],
    )
    return page.respond(request, form, lambda: str(open_unit(
        request.viewer, region_id=place.id, **form.cleaned_data, actor=request.viewer.actor("web"), now=clock.now()
    )))


@ASKS
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Give a unit another name."""
    found = unit_administered(request.viewer, _unit(code).id)
    form = NameForm(request.POST or None, initial={"name": found.name})
    page = _page(found, _("单位更名"), _("以后的材料用新名称，已经印发的不变；办理中的事项、留痕都还在这个单位名下。"), _("已更名。"))
    return page.respond(request, form, lambda: rename_unit(
        request.viewer, found.id, **form.cleaned_data, actor=request.viewer.actor("web"), now=clock.now()
    ))


@ASKS
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a unit that has nothing open; what it has stands on the page, with the way to it for who may go there."""
    found = unit_administered(request.viewer, _unit(code).id)
    obstacles = in_the_way(found, now=clock.now())
    if obstacles:
        return render(request, "staffing/in_the_way.html", {
            "unit": found, "obstacles": [(one, _way_round(request, one.obstacle, found)) for one in obstacles],
            "crumbs": _crumbs(found, _("撤销单位")),
        }, status=409 if request.method == "POST" else 200)  # fmt: skip
    to = reverse("staffing:region", args=[directory().regions[found.region_id].code])
    page = Once(
        _("撤销单位"), _("撤销单位"), _("没有在办事项、不欠报告、不承担条线、无人任职，可以撤销。撤销后不能再任职，以前的留痕都在。"),
        _("已撤销。"), to,
        _crumbs(found, _("撤销单位")),
    )
    return page.respond(request, PlainForm(request.POST or None), lambda: close_unit(
        request.viewer, found.id, actor=request.viewer.actor("web"), now=clock.now()
    ))


@ASKS
def new_post(request: HttpRequest, code: str) -> HttpResponse:
    """Open a post in a unit."""
    found = unit_administered(request.viewer, _unit(code).id)
    form = PostForm(request.POST or None)
    page = _page(found, _("增设岗位"), _("岗位能办什么、看多远，由单位类别和岗位类别决定。"), _("已增设岗位。"))
    return page.respond(request, form, lambda: str(open_post(
        request.viewer, found.id, **form.cleaned_data, actor=request.viewer.actor("web"), now=clock.now()
    )))


@ASKS
def close_the_post(request: HttpRequest, post_id: object) -> HttpResponse:
    """Close a post that nobody holds."""
    _kind, title, found = post_administered(request.viewer, post_id)
    page = _page(found, _("撤销岗位：%s") % title, _("没有人任职的岗位才能撤销，以后可以再增设。"), _("已撤销岗位。"))
    return page.respond(request, PlainForm(request.POST or None), lambda: close_post(
        request.viewer, post_id, actor=request.viewer.actor("web"), now=clock.now()
    ))


def _page(found: UnitEntry, title: str, consequence: str, done: str) -> Once:
    to = reverse("staffing:unit", args=[found.code])
    return Once(title, _("确定"), consequence, done, to, _crumbs(found, title))


def _crumbs(found: UnitEntry, title: str = "", *, last: bool = False) -> list[Crumb]:
    place = directory().regions[found.region_id]
    above = Crumb(place.name, reverse("staffing:region", args=[place.code]))
    if last:
        return [above, Crumb(found.name)]
    return [above, Crumb(found.name, reverse("staffing:unit", args=[found.code])), Crumb(title)]


def _region(code: str) -> RegionEntry:
    found = directory().region_coded(code)
    if found is None:
        raise NotFound
    return found


def _unit(code: str) -> UnitEntry:
    found = directory().unit_coded(code)
    if found is None:
        raise NotFound
    return found


def _way_round(request: HttpRequest, obstacle: Obstacle, found: UnitEntry) -> str:
    """Where what is in the way is put right, for who may go there; else empty."""
    may = request.viewer.may
    if obstacle is Obstacle.SEATS:
        return reverse("staffing:unit", args=[found.code])
    if obstacle is Obstacle.CALLS:
        return reverse("supervision:list") if may(Permission.SUPERVISE) else ""
    if obstacle is Obstacle.FINDINGS:
        return reverse("inspections:findings") if may(Permission.SUPERVISE) else ""
    return reverse("handing:dissolve") if obstacle in _PASSED_ON and may(Permission.DISPATCH) else ""


_PASSED_ON = (Obstacle.LINES, Obstacle.PROBLEMS, Obstacle.REPORTS)
