"""One problem and the acts on it: the page, the form of an act, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.commons.queries.finding import candidates_for
from zhitong.domain.commons.queries.page import belonging_of
from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.queries.granted import may_trace
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.practices.queries.library import BesideProblem, beside_problem
from zhitong.domain.problems.queries.attached import files_of_problem
from zhitong.domain.problems.queries.page import ProblemPage, problem_id_of, problem_page
from zhitong.domain.problems.rules.kinds import State
from zhitong.domain.problems.rules.signing import SIGNABLE
from zhitong.domain.problems.rules.way import MOVES, Act
from zhitong.domain.supervision.queries.pressed import pressed_on
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.problems.acts import WAYS
from zhitong.web.problems.bar import bar_of
from zhitong.web.problems.consequences import act_called, consequence
from zhitong.web.problems.device import known_by, remember
from zhitong.web.problems.fields import ActForm, PaperForm
from zhitong.web.problems.showing import address_of, clocks_of, happenings_of, press_acts_of, steps_of, taps_of
from zhitong.web.problems.signing import is_signed_off, returned_draft, said_after, submit
from zhitong.web.problems.way import Way
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.files import gather, is_adding, judged_for_files_alone
from zhitong.web.shell.navigation import address_of as place_called
from zhitong.web.shell.sending import key_of, new_key, send_once

ADOPTING = (State.DISPATCHED, State.HANDLING)
"""States in which a unit may still take the answer of a common problem as its own."""


@require_GET
def page(request: HttpRequest, number: str) -> HttpResponse:
    """A problem as this viewer may know it, with what the viewer may do; what the unit was told of it counts as read.

    Raises NotFound: there is no such problem, or none for this viewer.
    """
    found = problem_page(request.viewer, problem_id_of(request.viewer, number), now=clock.now())
    mark_read(request.viewer, found.standing.id, now=clock.now())
    shown = _shown(request, found) | _common(request, found) | {"practices": _practices(request, found), "once_key": new_key()}
    return remember(request, render(request, "problems/page.html", shown))


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """The form of an act, and the act itself.

    Raises NotFound: there is no such act or problem for this viewer. Raises NotYours: the post lacks the right.
    """
    chosen, viewer = act_called(act), request.viewer
    problem_id = problem_id_of(viewer, number)
    require(viewer, MOVES[chosen].permission)
    if request.method == "POST":
        return remember(request, _do(request, chosen, problem_id))
    found = problem_page(viewer, problem_id, now=clock.now())
    return _ask(request, chosen, found, _form_of(request, chosen, found))


def _do(request: HttpRequest, act: Act, problem_id: UUID) -> HttpResponse:
    """Do the act once for this form; refused, the form comes back with what was typed and how things stand now."""
    way, now = WAYS[act], clock.now()
    found = problem_page(request.viewer, problem_id, now=now)
    form = _form_of(request, act, found, request.POST)
    paper = _paper_of(request, act)
    if paper is not None and is_adding(request):
        return _ask(request, act, found, judged_for_files_alone(form), paper=judged_for_files_alone(paper))
    if not form.is_valid() or (paper is not None and not paper.is_valid()):
        return _ask(request, act, found, form, paper=paper, status=422)

    def do() -> dict[str, str]:
        if paper is not None:
            return submit(request, act, problem_id, form.cleaned_data, paper)
        return _act_on(way, request, problem_id, form.cleaned_data)

    try:
        _answer, is_new = send_once(request, do)
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        fresh = problem_page(request.viewer, problem_id, now=now)
        return _ask(request, act, fresh, form, paper=paper, refusal=refused.sentence, status=422)
    except Refused as refused:
        fresh = problem_page(request.viewer, problem_id, now=now)
        return _ask(request, act, fresh, form, paper=paper, refusal=refused.sentence, status=409)
    done = said_after(paper, way.done) if paper is not None else way.done
    said = done if is_new else _("这张表单已经办过，没有重复办理。%s") % done
    messages.success(request, said)
    return redirect(address_of(found.standing.number))


def _act_on(way: Way, request: HttpRequest, problem_id: UUID, values: dict[str, Any]) -> dict[str, str]:
    actor, said = request.viewer.actor("web"), values | known_by(request, way.step)
    [standing] = way.do([way.step(problem_id=problem_id, actor=actor, now=clock.now(), **said)])
    return {"state": standing.state.value}


def _form_of(request: HttpRequest, act: Act, found: ProblemPage, typed: Any = None) -> ActForm:
    form = WAYS[act].form
    given = returned_draft(request.viewer, act, found.standing.id) if typed is None and act in SIGNABLE else None
    more = form.about(request.viewer, found)
    asked = {name: said for name in form.base_fields if (said := request.GET.get(name))}
    more["initial"] = {**more.get("initial", {}), **asked, **(given.said if given else {})}
    return form(typed, **more)


def _ask(
    request: HttpRequest, act: Act, found: ProblemPage, form: ActForm, *, paper: PaperForm | None = None, refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    choice = next((one for one in found.acts if one.act is act), None)
    reason = _("问题现在是“%s”，这件事已经不能办了。") % found.standing.state.label if choice is None else choice.reason
    is_open = choice is not None and choice.allowed
    context = _shown(request, found) | {
        "form": form,
        "way": WAYS[act],
        "title": _title(request, act),
        "consequence": consequence(act, found.standing),
        "paper": paper or _paper_of(request, act),
        "refusal": refusal or ("" if is_open else reason),
        "is_open": is_open,
        "once_key": new_key() if status == 422 and refusal else key_of(request),
    }
    return render(request, "problems/act.html", context, status=status if is_open or refusal else 409)


def _paper_of(request: HttpRequest, act: Act) -> PaperForm | None:
    """Where the unit signs the act off: the fields for a signature on paper, with what was typed."""
    if not is_signed_off(request.viewer, act):
        return None
    return PaperForm(request.POST, gathered=gather(request)) if request.method == "POST" else PaperForm()


def _title(request: HttpRequest, act: Act) -> str:
    return str(WAYS[act].plain or act.label if _is_served(request) else act.label)


def _shown(request: HttpRequest, found: ProblemPage) -> dict[str, Any]:
    is_served = _is_served(request)
    pressed = pressed_on(request.viewer, found.standing, now=clock.now())
    bar = bar_of(found, is_served)
    place = ("portal:problems", _("我的问题")) if is_served else ("problems:list", _("办理"))
    return {
        "page": found,
        "standing": found.standing,
        "is_served": is_served,
        "crumbs": [Crumb(place[1], place_called(place[0])), Crumb(found.standing.number)],
        "clocks": clocks_of(found, clock.now()),
        "steps": steps_of(found),
        "bar": bar,
        "taps": taps_of(found),
        "once_key": new_key(),
        "needs_nothing": is_served and not taps_of(found) and not any(act.primary for act in bar.at_hand),
        "happenings": happenings_of(found),
        "files": () if found.is_callers else files_of_problem(found.standing.id),
        "makes_papers": not (is_served or found.is_callers or request.viewer.reach is Reach.OPEN),
        "may_trace": not found.is_callers and may_trace(request.viewer, found.standing.region_id),
        "pressed": pressed,
        "press_acts": press_acts_of(pressed, found.standing.number),
    }


def _common(request: HttpRequest, found: ProblemPage) -> dict[str, Any]:
    """The common problem it is part of; where it is of none, those of the viewer's office that it is like."""
    part = belonging_of(found.standing.id)
    is_free = part is None or not part.is_open
    alike = candidates_for(request.viewer, found.standing, found.text) if is_free else []
    return {
        "common": part,
        "alike": alike,
        "join_key": new_key() if alike else "",
        "may_adopt": part is not None and part.is_open and found.standing.state in ADOPTING
        and request.viewer.unit_id == found.standing.accountable_unit_id,
    }


def _practices(request: HttpRequest, found: ProblemPage) -> BesideProblem:
    """What was written of the problem, and good practices with its like; nothing for the served, delegates and callers."""
    if _is_served(request) or found.is_callers or request.viewer.reach is Reach.OPEN:
        return BesideProblem()
    return beside_problem(request.viewer, found.standing, today=clock.today())


def _is_served(request: HttpRequest) -> bool:
    return bool(request.viewer.unit_kind is UnitKind.SERVED)
