"""The firm's own page: who came, what was promised, one tap to confirm or to say that nobody came."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhitong.domain.notices.actions import mark_read
from zhitong.domain.subjects.queries.one import own_subject
from zhitong.domain.visits.actions.confirming import confirm_visit
from zhitong.domain.visits.queries.one import promises_to, visits_to
from zhitong.domain.visits.queries.outlook import outlook
from zhitong.domain.visits.rules.kinds import ConfirmationState
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.components import Empty
from zhitong.web.shell.sending import key_of, send_once

NOT_CAME = "not_came"


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The visits to the firm, those to confirm first; planned ones; what was promised.

    Raises NotFound: the viewer is none of the served.
    """
    own = own_subject(request.viewer)
    if own is None:
        raise NotFound
    today = clock.today()
    rows = visits_to(request.viewer, own.id, limit=20)
    asked = [row for row in rows if row.confirmation is ConfirmationState.AWAITED]
    return render(request, "visits/mine.html", {
        "own": own, "asked": asked, "rows": [row for row in rows if row not in asked],
        "outlook": outlook(request.viewer, own.id, today), "promises": promises_to(request.viewer, own.id, today=today),
        "once_key": key_of(request),
        "nothing": Empty(_("还没有走访记录"), _("分包领导或联络员来过以后，会在这里请您确认。")),
    })  # fmt: skip


@require_POST
def confirm(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One tap: they came as it is written, or nobody came.

    Raises NotFound: it is no visit to the viewer's firm. Raises ConfirmedAlready.
    """
    viewer, words, came = request.viewer, request.POST.get("words", ""), NOT_CAME not in request.POST
    send_once(request, lambda: confirm_visit(viewer, visit_id, came=came, words=words, actor=viewer.actor("web"), now=clock.now()))
    mark_read(viewer, visit_id, now=clock.now())
    messages.success(request, _("已确认，谢谢。") if came else _("已记下没有来过，登记的单位和上级办公室都能看到。"))
    return redirect("visits:mine")
