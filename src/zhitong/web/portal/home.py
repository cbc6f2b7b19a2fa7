"""The firm's pages to look at: what I must do now, my cards, my problems, who looks after us."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.queries import cards_owed_by
from zhitong.domain.cards.queries import duties_for as card_duties
from zhitong.domain.complaints.queries.lists import asked_of
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.duties import duties_for as problem_duties
from zhitong.domain.problems.queries.lists import Filters, problems_for
from zhitong.domain.problems.rules.kinds import OPEN_STATES
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.subjects.queries.one import SubjectView, own_subject
from zhitong.domain.visits.queries.one import awaiting
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.portal.saying import (
    ToDo,
    in_order,
    my_problem,
    todo_of_complaint,
    todo_of_problem,
    todo_of_visit,
    todos_of_cards,
)

ON_HOME = 5
ON_PAGE = 20


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What the firm must do now, how its newest problems stand, and who looks after it.

    Raises NotFound: the viewer is none of the served.
    """
    own, now = subject_of(request.viewer), clock.now()
    todos = todos_of(request.viewer)
    found = problems_for(request.viewer, Lens.MINE, Filters(), now=now, limit=ON_HOME)
    context = {
        "own": own,
        "todos": todos,
        "problems": [my_problem(row, own.region_path) for row in found.rows],
        "notices": unread_for(request.viewer, limit=ON_HOME),
        "labels": labels_in_force(),
    }
    return render(request, "portal/home.html", context)


@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """The cards the firm owes, those still taking answers first."""
    subject_of(request.viewer)
    owed = cards_owed_by(request.viewer, today=clock.today())
    context = {
        "open": [one for one in owed if not one.is_locked],
        "locked": [one for one in owed if one.is_locked],
    }
    return render(request, "portal/cards.html", context)


@require_GET
def problems(request: HttpRequest) -> HttpResponse:
    """The firm's problems, newest first, all or those still open."""
    own, shown_all = subject_of(request.viewer), request.GET.get("show") == "all"
    filters = Filters() if shown_all else Filters(states=tuple(OPEN_STATES))
    after = request.GET.get("after", "")
    found = problems_for(
        request.viewer, Lens.MINE, filters, now=clock.now(), after=("", _id_in(after)) if after else None,
        limit=ON_PAGE,
    )
    context = {
        "problems": [my_problem(row, own.region_path) for row in found.rows],
        "next_key": found.next_key[1] if found.next_key else "",
        "shown_all": shown_all,
        "is_first": not after,
    }
    return render(request, "portal/problems.html", context)


@require_GET
def subject(request: HttpRequest) -> HttpResponse:
    """What the registry says of the firm, why it stands on which level, and who looks after it."""
    return render(request, "portal/subject.html", {"own": subject_of(request.viewer), "labels": labels_in_force()})


def subject_of(viewer: Viewer) -> SubjectView:
    """The subject for which one has signed in.

    Raises NotFound: the viewer is none of the served.
    """
    own = own_subject(viewer)
    if own is None:
        raise NotFound
    return own


def todos_of(viewer: Viewer) -> list[ToDo]:
    """Everything that waits for the firm, the soonest due first."""
    now, today = clock.now(), clock.today()
    return in_order([
        *todos_of_cards(card_duties(viewer, today=today), today),
        *(todo_of_problem(duty, now) for duty in problem_duties(viewer, now=now)),
        *(todo_of_complaint(row, now) for row in asked_of(viewer, now=now)),
        *(todo_of_visit(row) for row in awaiting(viewer)),
    ])


def labels_in_force() -> dict[str, Any]:
    """What the campaign calls things."""
    campaign = campaign_in_force()
    return dict(campaign.labels) if campaign else {}


def _id_in(text: str) -> str:
    """The id after which a page begins, as text.

    Raises BadRequest: the address was changed by hand.
    """
    try:
        return str(UUID(text))
    except ValueError:
        raise BadRequest("not the id of a problem") from None
