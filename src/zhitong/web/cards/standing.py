"""One firm in a round before its card has come: how it stands, what was said of it, and what can be done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.cards.queries import ListedCard, excuses_of, obligation
from zhitong.domain.cards.rules.rounds import WANTING, MeterStanding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.kit import clock
from zhitong.web.shell.components import Act, Crumb
from zhitong.web.shell.sending import key_of

_OPEN = (*WANTING, MeterStanding.REFUSED, MeterStanding.UNREACHABLE)


@require_GET
def standing(request: HttpRequest, round_id: UUID, subject_id: UUID) -> HttpResponse:
    """How one firm stands in a round, and what can be done about it.

    Raises NotFound: it is not asked, or not for this viewer.
    """
    one = obligation(request.viewer, round_id, subject_id, today=clock.today())
    return render(request, "cards/standing.html", {
        "one": one, "caring": directory().name_of(one.caring_unit_id) if one.caring_unit_id else "",
        "excuses": excuses_of(request.viewer, round_id, subject_id), "acts": _acts(request, one),
        "crumbs": [Crumb(_("填报"), f"{reverse('cards:list')}?round={round_id}"), Crumb(one.subject_name)],
        "once_key": key_of(request),
    })


def _acts(request: HttpRequest, one: ListedCard) -> list[Act]:
    """What can be done about a card that has not come, for who cares for the firm or collects it."""
    if not request.viewer.may(Permission.HANDLE):
        return []
    place = [one.round_id, one.subject_id]
    concerned = one.is_cared_for or request.viewer.unit_id == one.collecting_unit_id
    is_open = one.standing in _OPEN
    why = _("由帮包这一户的单位或收卡的办公室办理。") if is_open else _("这一户现为“%s”。") % one.standing.label
    return [
        Act(_("代填"), reverse("portal:fill_for", args=place), concerned and is_open, why, primary=True, icon="edit"),
        Act(_("登记未报原因"), reverse("cards:ask_excuse", args=place), is_open, why, icon="file-off"),
    ]
