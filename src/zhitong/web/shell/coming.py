"""Coming in: what lies between having proved one thing and being in, step by step; nobody is signed in before the last.

Who is on the way stands in the session of nobody yet, for ten minutes; each step has a page of its own in `web/accounts`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from zhitong.domain.accounts.actions.sittings import begin_sitting
from zhitong.domain.accounts.queries.standing import standing_of
from zhitong.domain.accounts.rules.steps import steps_before
from zhitong.domain.accounts.rules.words import Step, Way
from zhitong.domain.campaigns.queries import is_demonstration
from zhitong.domain.entry.actions.presence import note_presence
from zhitong.kit import clock
from zhitong.web.shell.sessions import ELSEWHERE, begin_anew
from zhitong.web.shell.whereabouts import address_of, device_of, remember

COMING = "coming"
ON_THE_WAY = timedelta(minutes=10)
PAGES = {Step.PROVE: "accounts:prove", Step.BIND: "accounts:bind", Step.CHANGE: "accounts:change_first"}
HOME = "/"


@dataclass(frozen=True)
class Coming:
    """Somebody on the way in: who (an id), by what, where to, since when (seconds), and the steps that are behind him."""

    person: str
    way: str
    onward: str
    since: float
    behind: tuple[str, ...] = ()

    @property
    def person_id(self) -> UUID:
        """Who it is."""
        return UUID(self.person)


def come_in(
    request: HttpRequest, person_id: UUID, way: Way, *, to: str | None = None, is_twice_proved: bool = False
) -> HttpResponse:
    """Lead somebody who has proved one thing to the next step, or in; where two were proved at once no second is asked.

    `to` is where he wanted to go, looked at before; without it the request says.
    """
    request.session.pop(ELSEWHERE, None)  # left by who began before him at this browser
    behind = (Step.PROVE.value, Step.BIND.value) if is_twice_proved else ()
    wanted = onward(request) if to is None else to
    return _further(request, Coming(str(person_id), way.value, wanted, clock.world_now().timestamp(), behind))


def coming_of(request: HttpRequest) -> Coming | None:
    """Who is on the way in from this browser; None when nobody is, or it took too long."""
    kept = request.session.get(COMING)
    if not isinstance(kept, dict):
        return None
    coming = Coming(**{**kept, "behind": tuple(kept["behind"])})
    is_late = clock.world_now().timestamp() - coming.since > ON_THE_WAY.total_seconds()
    return None if is_late else coming


def step_done(request: HttpRequest, coming: Coming, step: Step) -> HttpResponse:
    """Lead on from a step that was done."""
    return _further(request, replace(coming, behind=(*coming.behind, step.value)))


def note_done(request: HttpRequest, coming: Coming, step: Step) -> None:
    """Remember that a step was done, where something must be shown before going on."""
    request.session[COMING] = asdict(replace(coming, behind=(*coming.behind, step.value)))


def go_on(request: HttpRequest, coming: Coming) -> HttpResponse:
    """Lead on to what must be done next."""
    return _further(request, coming)


def next_step(coming: Coming) -> Step | None:
    """What must be done next; None when nothing is left."""
    now = clock.now()
    steps = steps_before(Way(coming.way), standing_of(coming.person_id, is_spared=is_demonstration(), now=now))
    behind = {Step(one) for one in coming.behind}
    if Step.BIND in behind:  # what was bound a moment ago was proved by binding it
        behind.add(Step.PROVE)
    return next((step for step in steps if step not in behind), None)


def onward(request: HttpRequest) -> str:
    """Where one wanted to go, when that is one of our own addresses; else home."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted.startswith("/") and is_ours else HOME


def _further(request: HttpRequest, coming: Coming) -> HttpResponse:
    step = next_step(coming)
    if step is None:
        return _let_in(request, coming)
    request.session[COMING] = asdict(coming)
    return redirect(PAGES[step])


def _let_in(request: HttpRequest, coming: Coming) -> HttpResponse:
    """Sign in, and put on record where; whose account ended on the way is where he began."""
    request.session.pop(COMING, None)
    person: Any = get_user_model().objects.filter(pk=coming.person_id, is_active=True).first()
    if person is None:
        return redirect(settings.LOGIN_URL)
    note_presence(person.pk, today=clock.today())
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    begin_anew(request)
    begin_sitting(
        person_id=person.pk, session_key=str(request.session.session_key), way=Way(coming.way), device=device_of(request),
        address=address_of(request), now=clock.now(),
    )
    answer = redirect(coming.onward)
    remember(request, answer, person.login)
    return answer
