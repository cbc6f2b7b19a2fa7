"""One piece: its text, what became of it, its wordings, and what may be done with it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.notices.actions import mark_read
from zhitong.domain.practices.queries.pieces import PieceView, piece_seen
from zhitong.domain.practices.queries.sight import officials_only
from zhitong.domain.practices.rules.way import PieceAct
from zhitong.kit import clock
from zhitong.web.practices.lists import light_of
from zhitong.web.shell.components import Act, ActBar, ActGroup, Crumb, Happening

_ICONS = {
    PieceAct.ADOPT: "check", PieceAct.RETURN: "arrow-back-up", PieceAct.REVISE: "edit", PieceAct.EDIT: "edit",
    PieceAct.PUBLISH: "news", PieceAct.USE: "bookmark", PieceAct.SEND_UP: "arrow-up",
}
AT_HAND = 3


@require_GET
def piece(request: HttpRequest, piece_id: UUID) -> HttpResponse:
    """One piece; what the unit was told of it counts as read.

    Raises NotFound: there is none for this viewer.
    """
    officials_only(request.viewer)
    found = piece_seen(request.viewer, piece_id)
    mark_read(request.viewer, piece_id, now=clock.now())
    return render(request, "practices/page.html", {
        "found": found, "row": found.row, "light": light_of(found.row), "bar": _bar(found), "files": found.files,
        "happenings": _happenings(found), "crumbs": [Crumb(_("稿件"), reverse("practices:list")), Crumb(found.row.title)],
    })  # fmt: skip


def _bar(found: PieceView) -> ActBar:
    """The first acts in sight, the rarer ones folded."""
    acts = [
        Act(one.label, reverse("practices:act", args=[found.row.id, one.value]), primary=place == 0, icon=_ICONS.get(one, ""))
        for place, one in enumerate(found.acts)
    ]
    rest = tuple(acts[AT_HAND:])
    return ActBar(tuple(acts[:AT_HAND]), (ActGroup(_("其他"), rest),) if rest else ())


def _happenings(found: PieceView) -> list[Happening]:
    told = [Happening(one.at, one.kind.label, one.unit, one.words) for one in reversed(found.told)]
    return [Happening(one.at, one.act, one.who, one.text, newest=place == 0) for place, one in enumerate(told)]
