"""A party's complaints, one of them, and the acts on it. Whoever is no party finds no such page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.complaints.actions.handling import Turn
from zhitong.domain.complaints.queries.lists import complaints_for
from zhitong.domain.complaints.queries.page import ComplaintPage, complaint_page
from zhitong.domain.complaints.rules.kinds import Act, State
from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.complaints.showing import acts_of, clocks_of, happenings_of, say, shown_row
from zhitong.web.complaints.ways import WAYS, act_called, form_of
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once

ON_PAGE = 20


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The viewer's unit's complaints, those still open or all.

    Raises NotFound: the post may not look at any.
    """
    viewer, shown_all, after = request.viewer, request.GET.get("show") == "all", request.GET.get("after", "")
    now = clock.now()
    found = complaints_for(
        viewer, now=now, only_open=not shown_all, after=_id_in(after) if after else None, limit=ON_PAGE
    )
    return render(request, "complaints/list.html", {
        "rows": [shown_row(row, calendar(), now) for row in found.rows],
        "next_id": found.next_id,
        "is_first": not after,
        "shown_all": shown_all,
        "is_served": viewer.unit_kind is UnitKind.SERVED,
    })


@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """One complaint as its party reads it; what the unit was told of it counts as read.

    Raises NotFound: there is none, or none for this viewer.
    """
    found = complaint_page(request.viewer, number, now=clock.now())
    mark_read(request.viewer, found.standing.id, now=clock.now())
    return render(request, "complaints/page.html", _shown(found))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """The form of an act, and the act itself.

    Raises NotFound: there is no such act or complaint for this viewer.
    """
    chosen = act_called(act)
    found = complaint_page(request.viewer, number, now=clock.now())
    form = form_of(chosen, request.viewer, found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask(request, chosen, found, form)
    if not form.is_valid():
        return _ask(request, chosen, found, form, status=422)
    return _do(request, chosen, found, form)


def _do(request: HttpRequest, act: Act, found: ComplaintPage, form: PlainForm) -> HttpResponse:
    """Do the act once for this form; refused, the form comes back with what was typed."""
    turn = Turn(number=found.row.number, viewer=request.viewer, via="web", now=clock.now())
    try:
        _answer, is_new = send_once(request, lambda: WAYS[act].do(turn, form.cleaned_data).state.value)
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        fresh = complaint_page(request.viewer, found.row.number, now=clock.now())
        status = 422 if isinstance(refused, BadInput) else 409
        return _ask(request, act, fresh, form, refusal=refused.sentence, status=status)
    say(request, WAYS[act].done, is_new)
    return redirect("complaints:page", found.row.number)


def _ask(
    request: HttpRequest, act: Act, found: ComplaintPage, form: PlainForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    choice = next((one for one in found.acts if one.act is act), None)
    if choice is None and not refusal:
        raise NotFound
    is_open = choice is not None and choice.allowed
    context = _shown(found) | {
        "form": form,
        "way": WAYS[act],
        "title": act.label,
        "consequence": choice.words if choice else "",
        "refusal": refusal or ("" if is_open or choice is None else choice.reason),
        "is_open": is_open,
        "once_key": new_key() if refusal else key_of(request),
    }
    return render(request, "complaints/act.html", context, status=status if is_open or refusal else 409)


def _shown(found: ComplaintPage) -> dict[str, Any]:
    place = _("投诉举报（密封）") if found.is_complainant else _("密封件")
    return {
        "page": found,
        "row": found.row,
        "is_over": found.standing.state is State.NOTIFIED,
        "crumbs": [Crumb(place, reverse("complaints:list")), Crumb(found.row.number)],
        "clocks": clocks_of(found, calendar(), clock.now()),
        "acts": acts_of(found),
        "happenings": happenings_of(found),
    }


def _id_in(text: str) -> UUID:
    """The id after which a page begins.

    Raises BadRequest: the address was changed by hand.
    """
    try:
        return UUID(text)
    except ValueError:
        raise BadRequest("not the id of a complaint") from None
