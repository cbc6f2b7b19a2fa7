"""分包负担: what each official carries beside the mean; and handing over all of one who leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.subjects.actions.caring import hand_over_care
from zhitong.domain.subjects.queries.coverage import Load, load_at
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.care.places import overseer, region_asked, way_to
from zhitong.web.problems.fields import ProseField
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key
from zhitong.web.visits.asking import tried


class HandOverForm(PlainForm):
    successor = ProseField(gettext_lazy("接任的分包领导"), gettext_lazy("姓名（职务）"), rows=1, max_length=40)
    reason = ProseField(gettext_lazy("交接的理由"), gettext_lazy("例如：工作调动"), rows=2, max_length=200)


@dataclass(frozen=True)
class Line:
    """An official with what he carries, and where his go to others."""

    load: Load
    beyond: str
    hand_over_url: str
    leaving_url: str


@require_GET
def load(request: HttpRequest) -> HttpResponse:
    """The officials of a region's own level, the most burdened first.

    Raises NotFound: the viewer oversees nothing, or the region lies outside his own.
    """
    viewer, region = overseer(request), region_asked(request)
    found = load_at(viewer, region.id)
    return render(request, "care/load.html", {
        "region": region, "lines": [_line(one) for one in found], "may_assign": viewer.may(Permission.DISPATCH),
        "mean": round(sum(one.subjects for one in found) / len(found), 1) if found else 0, "crumbs": way_to(viewer, region),
        "below": directory().children(region.id),
        "nothing": Empty(_("本级还没有分包"), _("为一户指定分包领导以后，这里显示每位领导分包多少户。")),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """All that an official looks after goes to another, from today.

    Raises NotYours: the post is none of a campaign office. Raises NotFound: he looks after nobody seen from here.
    """
    viewer = overseer(request)
    require(viewer, Permission.DISPATCH)
    unit_id, official = carer_asked(request)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        is_done, moved, refusal, status = tried(request, form, lambda: hand_over_care(
            viewer, unit_id=unit_id, official=official, actor=viewer.actor("web"), now=clock.now(), **said
        ))
        if is_done:
            messages.success(request, _("%(n)d户已从今天起由%(who)s分包，原来的记录都保留。") % {"n": moved, "who": said["successor"]})
            return redirect("care:load")
    title = _("交接：%s") % official
    return render(request, "visits/small.html", {
        "form": form, "title": title, "button": _("全部交接"), "refusal": refusal, "back_url": reverse("care:load"),
        "consequence": _("他名下的企业和项目今天起全部由接任的领导分包；责任人、联络员和专班不变。"),
        "once_key": new_key() if refusal else key_of(request), "crumbs": [Crumb(_("分包负担"), reverse("care:load")), Crumb(title)],
    }, status=status)  # fmt: skip


def carer_asked(request: HttpRequest) -> tuple[UUID, str]:
    """The unit and the official that the address names.

    Raises NotFound: it names no unit.
    """
    unit = directory().unit_coded(request.GET.get("unit", ""))
    if unit is None:
        raise NotFound
    return unit.id, request.GET.get("official", "")


def _line(one: Load) -> Line:
    unit = directory().units.get(one.unit_id)
    asked = urlencode({"unit": unit.code if unit else "", "official": one.official})
    beyond = _("多%s户") % one.beyond if one.beyond > 0 else _("少%s户") % -one.beyond if one.beyond < 0 else _("等于人均")
    return Line(one, beyond, f"{reverse('care:hand_over')}?{asked}", f"{reverse('care:leaving')}?{asked}")
