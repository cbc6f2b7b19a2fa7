"""采用共性答复: the form of completing a problem, filled with the answer to all; what is sent is the ordinary act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.commons.queries.page import belonging_of
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.problems.queries.page import problem_id_of, problem_page
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.commons.ways import answer_as_typed
from zhitong.web.problems.acts import WAYS
from zhitong.web.problems.consequences import consequence
from zhitong.web.problems.showing import address_of
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import new_key


@require_GET
def adopt(request: HttpRequest, number: str) -> HttpResponse:
    """The filled form, sent to the problem's own act; its unit may change the words before.

    Raises NotFound: no such problem for this viewer, or there is no common answer to it.
    """
    found = problem_page(request.viewer, problem_id_of(request.viewer, number), now=clock.now())
    require(request.viewer, Permission.HANDLE)
    common = belonging_of(found.standing.id)
    if common is None or common.answer is None:
        raise NotFound
    choice = next((one for one in found.acts if one.act is Act.COMPLETE), None)
    is_open = choice is not None and choice.allowed
    reason = choice.reason if choice else _("问题现在是“%s”，签收后才能采用共性答复办结。") % found.standing.state.label
    way = WAYS[Act.COMPLETE]
    return render(request, "commons/adopt.html", {
        "common": common,
        "form": way.form(initial=answer_as_typed(common.answer)),
        "way": way,
        "action": reverse("problems:act", args=[number, Act.COMPLETE.value]),
        "page": found,
        "standing": found.standing,
        "is_open": is_open,
        "refusal": "" if is_open else reason,
        "consequence": consequence(Act.COMPLETE, found.standing),
        "crumbs": [Crumb(found.standing.number, address_of(found.standing.number)), Crumb(_("采用共性答复"))],
        "once_key": new_key(),
    }, status=200 if is_open else 409)
