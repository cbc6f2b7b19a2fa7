"""One common problem and the acts on it; whoever is neither its office, its lead nor above finds no such page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.commons.actions.establishing import Turn, join
from zhitong.domain.commons.queries.page import CommonPage, CommonTold, common_page
from zhitong.domain.commons.rules.kinds import CommonAct, Progress
from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.queries.page import problem_id_of
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.commons.ledger import clock_of
from zhitong.web.commons.ways import WAYS, act_called, form_of, said_of_joining
from zhitong.web.problems.showing import LIGHTS, address_of, left_in_words, share_used
from zhitong.web.shell.components import Act, Clock, Crumb, Figure, Happening
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once


@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """A common problem as this viewer may know it; what the unit was told of it counts as read.

    Raises NotFound: there is none, or none for this viewer.
    """
    found = common_page(request.viewer, number, now=clock.now())
    mark_read(request.viewer, found.standing.id, now=clock.now())
    return render(request, "commons/page.html", _shown(found))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """The form of an act, and the act itself.

    Raises NotFound: there is no such act, common problem, or act for this unit.
    """
    chosen = act_called(act)
    found = common_page(request.viewer, number, now=clock.now())
    form = form_of(chosen, found, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask(request, chosen, found, form)
    if not form.is_valid():
        return _ask(request, chosen, found, form, status=422)
    return _do(request, chosen, found, form)


@require_POST
def join_one(request: HttpRequest, number: str, common: str) -> HttpResponse:
    """Join the problem of one's page to a common problem by one hand.

    Raises NotFound: either is not there for this viewer.
    """
    problem_id = problem_id_of(request.viewer, number)
    try:
        said, _is_new = send_once(request, lambda: said_of_joining(join(common, [problem_id], turn_of(request))))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(address_of(number))
    messages.success(request, said)
    return redirect(address_of(number))


def turn_of(request: HttpRequest) -> Turn:
    """An act of this request's viewer."""
    return Turn(viewer=request.viewer, via="web", now=clock.now())


def _do(request: HttpRequest, act: CommonAct, found: CommonPage, form: PlainForm) -> HttpResponse:
    """Do the act once for this form; refused, the form comes back with what was typed."""
    number = found.row.number
    try:
        said, is_new = send_once(request, lambda: WAYS[act].do(number, form.cleaned_data, turn_of(request)))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        fresh = common_page(request.viewer, number, now=clock.now())
        status = 422 if isinstance(refused, BadInput) else 409
        return _ask(request, act, fresh, form, refusal=refused.sentence, status=status)
    messages.success(request, said if is_new else _("这张表单已经办过，没有重复办理。%s") % said)
    return redirect("commons:page", number)


def _ask(
    request: HttpRequest, act: CommonAct, found: CommonPage, form: PlainForm, *, refusal: str = "", status: int = 200
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
    return render(request, "commons/act.html", context, status=status if is_open or refusal else 409)


def _shown(found: CommonPage) -> dict[str, Any]:
    return {
        "page": found,
        "row": found.row,
        "crumbs": [Crumb(_("共性问题"), reverse("commons:list")), Crumb(found.row.number)],
        "clocks": _clocks(found),
        "figures": _figures(found),
        "acts": _acts(found),
        "happenings": [_happening(told) for told in reversed(found.timeline)],
    }


def _clocks(found: CommonPage) -> list[Clock]:
    row, now = found.row, clock.now()
    if clock_of(row) is None:
        return []
    left = left_in_words(row.due_at, row.light, calendar(), now)
    share = share_used(row.established_at, row.due_at, calendar(), now)
    return [Clock(_("统一答复时限"), LIGHTS[row.light], row.due_at, left, share=share)]


def _figures(found: CommonPage) -> list[Figure]:
    """How many firms wait, and the members by how far they have come; confidential ones are a number apart."""
    shown = [Figure(_("等候"), str(found.row.waiting), _("家企业"))]
    shown += [
        Figure(progress.label, str(found.counted[progress]), _("件")) for progress in Progress if found.counted.get(progress)
    ]
    if found.confidential:
        shown.append(Figure(_("其中企业要求保密"), str(found.confidential), _("件")))
    return shown


def _acts(found: CommonPage) -> list[Act]:
    return [
        Act(
            choice.act.label, reverse("commons:act", args=[found.row.number, choice.act.value]), choice.allowed,
            choice.reason, primary=choice.allowed and place == 0, icon=WAYS[choice.act].icon,
        )
        for place, choice in enumerate(found.acts)
    ]


def _happening(told: CommonTold) -> Happening:
    text = "\n".join(said for _label, said in told.words)
    note = told.numbers[0] if len(told.numbers) == 1 else _("%d 件") % len(told.numbers) if told.numbers else ""
    return Happening(told.at, told.kind.label, " ".join(filter(None, (told.unit, told.who))), text, note)
