"""转入密封渠道: an office takes a complaint out of the ordinary pool; afterwards it sees nothing of it any more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.complaints.actions.sealing import Seal, seal
from zhitong.domain.complaints.queries.rulebook import levels_for
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.problems.queries.page import ProblemPage, problem_id_of, problem_page
from zhitong.domain.problems.rules.way import Act
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.complaints.forms import AgainstForm
from zhitong.web.problems.showing import address_of
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.sending import key_of, new_key, send_once


@require_http_methods(["GET", "HEAD", "POST"])
def seal_problem(request: HttpRequest, number: str) -> HttpResponse:
    """Against whom, and what follows; then the act.

    Raises NotFound: there is no such problem for this viewer. Raises NotYours: the post lacks the right.
    """
    found = problem_page(request.viewer, problem_id_of(request.viewer, number), now=clock.now())
    require(request.viewer, Permission.DISPATCH)
    levels = levels_for(found.standing.region_id, found.standing.campaign)
    if request.method != "POST":
        return _show(request, found, AgainstForm(levels=levels))
    form = AgainstForm(request.POST, levels=levels)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    try:
        send_once(request, lambda: _seal(request, found, form.cleaned_data))
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        form.refuse(refused.fields)
        return _show(request, found, form, status=422)
    except Refused as refused:
        return _show(request, found, form, refusal=refused.sentence, status=409)
    messages.success(request, _("已转入密封渠道并告知企业；本办今后看不到这件投诉的办理情况。"))
    return redirect(address_of(found.standing.number))


def _seal(request: HttpRequest, found: ProblemPage, said: dict[str, Any]) -> None:
    seal(Seal(problem_id=found.standing.id, actor=request.viewer.actor("web"), now=clock.now(), **said))


def _show(
    request: HttpRequest, found: ProblemPage, form: AgainstForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    choice = next((one for one in found.acts if one.act is Act.DECLINE), None)
    is_open = choice is not None and choice.allowed
    reason = choice.reason if choice else _("问题现在是“%s”，不能转入密封渠道。") % found.standing.state.label
    return render(request, "complaints/seal.html", {
        "form": form,
        "page": found,
        "standing": found.standing,
        "is_open": is_open,
        "refusal": refusal or ("" if is_open else reason),
        "crumbs": [Crumb(found.standing.number, address_of(found.standing.number)), Crumb(_("转入密封渠道"))],
        "once_key": new_key() if refusal or status == 422 else key_of(request),
    }, status=status if is_open or refusal else 409)
