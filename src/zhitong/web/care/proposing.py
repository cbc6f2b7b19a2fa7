"""分包建议: who might look after those without anybody, with the reason; kept wholly or row by row after a person looked."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer, require
from zhitong.domain.subjects.actions.caring import NewCare, arrange_care
from zhitong.domain.subjects.queries.proposing import Suggested, suggestions_for, suggestions_for_leaving
from zhitong.kit import clock
from zhitong.kit.refusals import Refused
from zhitong.web.care.load import carer_asked
from zhitong.web.care.places import overseer, region_asked
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.sending import key_of, new_key, send_once


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """Proposals for the gaps of the viewer's own level, or of a region below.

    Raises NotYours: the post is none of a campaign office. Raises NotFound: the region lies outside his own.
    """
    viewer, region = overseer(request), region_asked(request)
    require(viewer, Permission.DISPATCH)
    return _answer(request, viewer, suggestions_for(viewer, region.id), _("分包建议"), _("按分包建议落实"))


@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest) -> HttpResponse:
    """Proposals for all whom an official leaves behind, shared among the others of his level."""
    viewer = overseer(request)
    require(viewer, Permission.DISPATCH)
    unit_id, official = carer_asked(request)
    found = suggestions_for_leaving(viewer, unit_id, official)
    return _answer(request, viewer, found, _("分给其他领导：%s") % official, _("%s不再分包") % official)


def _answer(request: HttpRequest, viewer: Viewer, found: Sequence[Suggested], title: str, reason: str) -> HttpResponse:
    """The proposals, or what of them was ticked kept; what changed meanwhile is refused as a whole."""
    refusal = ""
    if request.method == "POST":
        cares = [_care(one, unit_id, reason) for one, unit_id in _ticked(request, found)]
        try:
            if not cares:
                raise Refused(_("一户也没有选。请勾选看过、同意的建议再采用。"))
            kept, _new = send_once(request, lambda: len(arrange_care(viewer, cares, actor=viewer.actor("web"), now=clock.now())))
            messages.success(request, _("已按建议落实%d户。") % kept)
            return redirect(request.get_full_path())
        except Refused as refused:
            refusal = refused.sentence
    return render(request, "care/suggest.html", {
        "title": title, "found": found, "refusal": refusal, "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("分包帮扶"), reverse("care:coverage")), Crumb(title)],
        "nothing": Empty(_("没有要建议的"), _("本级该分包的都已落实。")),
    }, status=409 if refusal else 200)  # fmt: skip


def _ticked(request: HttpRequest, found: Sequence[Suggested]) -> list[tuple[Suggested, UUID]]:
    chosen = set(request.POST.getlist("chosen"))
    return [(one, one.unit_id) for one in found if one.unit_id and str(one.subject_id) in chosen]


def _care(one: Suggested, unit_id: UUID, reason: str) -> NewCare:
    return NewCare(
        subject_id=one.subject_id, tier=one.tier, unit_id=unit_id, lead_official=one.lead_official,
        person_in_charge=one.person_in_charge, person_phone=one.person_phone, liaison=one.liaison,
        liaison_phone=one.liaison_phone, task_force_id=one.task_force_id, reason=reason,
    )
