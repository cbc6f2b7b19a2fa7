"""One blank: drawn as it is with its first rows filled, its columns to be corrected, filled and downloaded in one click."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.blanks.actions.filling import fill_blank, hand_back
from zhitong.domain.blanks.actions.keeping import drop_blank, point_blank
from zhitong.domain.blanks.queries.asked import cut_for
from zhitong.domain.blanks.queries.blanks import (
    BlankView,
    blank_seen,
    filling_seen,
    fillings_of,
    form_of,
    memory_of,
    written_by,
)
from zhitong.domain.blanks.queries.made import previewed
from zhitong.domain.blanks.rules.pointing import Pointing
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.blanks.forms import FillForm, ReturnForm
from zhitong.web.blanks.pointing import gaps_of, pointing_in, sheets_of, tables_of
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, new_key, send_once

SHOWN_FILLINGS = 10


@require_http_methods(["GET", "HEAD", "POST"])
def blank(request: HttpRequest, blank_id: UUID) -> HttpResponse:
    """A blank of the region's offices. Raises NotFound: there is none such."""
    found = blank_seen(request.viewer, blank_id)
    if request.method != "POST":
        return _show(request, found, FillForm(viewer=request.viewer), found.pointing)
    form, do = FillForm(request.POST, viewer=request.viewer), request.POST.get("do", "look")
    pointing = _chosen(request, found)
    if do == "look" or not form.is_valid():
        return _show(request, found, form, pointing, status=200 if form.is_valid() else 422)
    if found.dropped_at is not None or do not in _ACTS:
        raise NotFound
    back = ReturnForm(request.POST, request.FILES) if do == "hand" else None
    if back is not None and not back.is_valid():
        return _show(request, found, form, pointing, back=back, status=422)
    try:
        said = send_once(request, lambda: _ACTS[do](request, found, pointing, form, back))[0]
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        return _refused(request, found, pointing, form, back, refused)
    if said["words"]:
        messages.success(request, said["words"])
    return redirect(said["next"])


def _refused(
    request: HttpRequest, found: BlankView, pointing: Pointing, form: FillForm, back: ReturnForm | None, refused: Refused
) -> HttpResponse:
    """The page again with what was chosen, the trouble beside its field where it has one."""
    fields = refused.fields if isinstance(refused, BadInput) else {}
    for one in (form, back):
        for name, sentence in fields.items():
            if one is not None and name in one.fields:
                one.add_error(name, sentence)
    said = "" if refused.sentence in fields.values() else refused.sentence
    return _show(request, found, form, pointing, back=back, refusal=said, status=422 if fields else 409)


def _chosen(request: HttpRequest, found: BlankView) -> Pointing:
    if not any(name.startswith(("grain_", "gap_", "column_")) for name in request.POST):
        return found.pointing
    return pointing_in(request.POST, form_of(request.viewer, found.version_id), found.pointing, memory_of(request.viewer))


def _filled(request: HttpRequest, found: BlankView, pointing: Pointing, form: FillForm, _back: Any) -> dict[str, str]:
    viewer, now = request.viewer, clock.now()
    if pointing != found.pointing or found.pointed_at is None:
        point_blank(viewer, found.id, pointing, actor=viewer.actor("web"), now=now)
    filling = fill_blank(viewer, found.id, actor=viewer.actor("web"), now=now, **form.asked())
    return {"words": "", "next": f"{reverse('blanks:blank', args=[found.id])}?filling={filling}"}


def _pointed(request: HttpRequest, found: BlankView, pointing: Pointing, _form: FillForm, _back: Any) -> dict[str, str]:
    point_blank(request.viewer, found.id, pointing, actor=request.viewer.actor("web"), now=clock.now())
    return {"words": _("已记住。本地区各单位以后填这张表都照此。"), "next": reverse("blanks:blank", args=[found.id])}


def _handed_back(request: HttpRequest, found: BlankView, _pointing: Pointing, _form: FillForm, back: Any) -> dict[str, str]:
    _name, content = back.content()
    cells = hand_back(request.viewer, found.id, content=content, actor=request.viewer.actor("web"), now=clock.now())
    return {"words": _("记住了%d处手填的内容，下次填表时带出来。") % cells, "next": reverse("blanks:blank", args=[found.id])}


def _dropped(request: HttpRequest, found: BlankView, _pointing: Pointing, _form: FillForm, _back: Any) -> dict[str, str]:
    drop_blank(request.viewer, found.id, actor=request.viewer.actor("web"), now=clock.now())
    return {"words": _("已停用“%s”。以前填好的表还能下载。") % found.name, "next": reverse("blanks:list")}


_ACTS = {"fill": _filled, "point": _pointed, "hand": _handed_back, "drop": _dropped}


def _show(
    request: HttpRequest, found: BlankView, form: FillForm, pointing: Pointing, *, back: ReturnForm | None = None,
    refusal: str = "", status: int = 200,
) -> HttpResponse:
    viewer, now = request.viewer, clock.now()
    shown, trouble = None, refusal
    try:
        asked = form.asked()
        cut = cut_for(viewer, **asked, now=now)
    except Refused:
        cut = cut_for(viewer, region_id=None, since=None, at=None, now=now)
    try:
        shown = previewed(viewer, found.version_id, pointing, cut, written_by(viewer, found.id))
    except NotFound:
        raise
    except Refused as refused:
        trouble = trouble or refused.sentence
    return render(request, "blanks/blank.html", {
        "blank": found, "form": form, "back": back or ReturnForm(), "refusal": trouble,
        "sheets": sheets_of(shown) if shown else [], "tables": tables_of(shown) if shown else [],
        "gaps": gaps_of(shown) if shown else [], "missing": shown.missing if shown else (),
        "said": [*found.said, *(shown.said if shown else ())], "made": _made(request),
        "fillings": fillings_of(viewer, found.id, SHOWN_FILLINGS),
        "once_key": new_key() if status != 200 else key_of(request),
        "crumbs": [Crumb(_("套表"), reverse("blanks:list")), Crumb(found.name)],
    }, status=status)  # fmt: skip


def _made(request: HttpRequest) -> Any:
    """The filling that was just made, to be downloaded by itself; None where none was."""
    try:
        return filling_seen(request.viewer, UUID(request.GET.get("filling", "")))
    except (ValueError, NotFound):
        return None
