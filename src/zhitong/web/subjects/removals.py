"""移出名单: what waits for one's decision, what one has asked for, and the decision."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.subjects.actions.listing import decide_removal
from zhitong.domain.subjects.queries.removals import (
    RemovalView,
    removal_to_decide,
    removals_asked_by,
    removals_waiting_for,
)
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.subjects.forms import DecideForm


@require_GET
def removals(request: HttpRequest) -> HttpResponse:
    """What waits for this unit, and what it has asked for.

    Raises NotFound: one of the served.
    """
    if request.viewer.unit_kind is UnitKind.SERVED:
        raise NotFound
    return render(request, "subjects/removals.html", {
        "waiting": removals_waiting_for(request.viewer), "asked": removals_asked_by(request.viewer),
        "crumbs": [_crumbs()[0], Crumb(_("移出名单"))],
        "nothing": Empty(_("没有等您审定的移出申请"), _("下级申请把服务对象移出您确定的名单时，会出现在这里。")),
    })


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, removal_id: UUID) -> HttpResponse:
    """The decision on one.

    Raises NotFound: there is none like that for this unit to decide.
    """
    row = removal_to_decide(request.viewer, removal_id)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask(request, row, form)
    if not form.is_valid():
        return _ask(request, row, form, status=422)
    said = form.cleaned_data
    try:
        send_once(request, lambda: str(decide_removal(
            removal_id=removal_id, agreed=said["agreed"] == "yes", answer=said["answer"],
            actor=request.viewer.actor("web"), now=clock.now(),
        )))
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        for name, sentence in refused.fields.items():
            form.add_error(name, sentence)
        return _ask(request, row, form, status=422)
    except Refused as refused:
        return _ask(request, row, form, refusal=refused.sentence, status=409)
    messages.success(request, _("已审定。"))
    return redirect("subjects:removals")


def _ask(
    request: HttpRequest, row: RemovalView, form: PlainForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    decided = _("这项申请已经审定。") if row.decided_at is not None else ""
    return render(request, "subjects/decide.html", {
        "row": row, "form": form, "refusal": refusal or decided, "is_open": row.decided_at is None, "crumbs": _crumbs(),
        "once_key": key_of(request) if status == 200 else new_key(),
    }, status=status)


def _crumbs() -> list[Crumb]:
    return [
        Crumb(_("服务对象"), reverse("subjects:list")), Crumb(_("移出名单"), reverse("subjects:removals")), Crumb(_("审定")),
    ]
