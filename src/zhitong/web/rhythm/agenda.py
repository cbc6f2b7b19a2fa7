"""Putting an agenda in order: the numbers and ticks of its table, saved together."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhitong.domain.rhythm.actions.preparing import MOST_ITEMS, Place, arrange
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.rhythm.showing import officials_only
from zhitong.web.shell.forms import half_width
from zhitong.web.shell.sending import send_once


@require_POST
def arranging(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Save the order, and what is taken up. A place that is no number leaves its item where the table had it.

    Raises NotFound: there is no such cycle for the viewer, or an item of another. Raises NotYours, NotNow as the act.
    """
    viewer = request.viewer
    officials_only(viewer)
    places = _places(request.POST)
    send_once(request, lambda: arrange(viewer, cycle_id, places, actor=viewer.actor("web"), now=clock.now()))
    messages.success(request, _("议程已保存。"))
    return redirect("rhythm:page", cycle_id)


def _places(sent: QueryDict) -> dict[UUID, Place]:
    """The place of each item; of two with the same number the one moved goes before, as a person means who types a 1."""
    items = sent.getlist("item")[:MOST_ITEMS]
    wanted = [(_number(sent.get(f"place-{one}", ""), shown), shown, one) for shown, one in enumerate(items, start=1)]
    ordered = sorted(wanted, key=lambda each: (each[0], each[0] == each[1], each[1]))
    return {_id(one): Place(position, f"on-{one}" in sent) for position, (_n, _shown, one) in enumerate(ordered, start=1)}


def _number(typed: str, otherwise: int) -> int:
    text = half_width(typed)
    return int(text) if text.isdecimal() and len(text) <= 4 else otherwise


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
