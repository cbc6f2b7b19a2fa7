"""待办: the first page of an official; one of the served is led to the portal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhitong.domain.bulletins.queries.editions.duties import duties_for as edition_duties
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.queries import duties_for as card_duties
from zhitong.domain.complaints.queries.lists import waiting_for
from zhitong.domain.extras.queries.proposals import waiting_for as extras_waiting
from zhitong.domain.inspections.queries.findings import findings_waiting_for
from zhitong.domain.inspections.queries.inspections import waiting_for as plans_waiting
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries.dividing.incoming import duties_for as cascade_duties
from zhitong.domain.plans.queries.timetables import due_of_unit
from zhitong.domain.practices.queries.pieces import pieces_waiting_for
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.problems.queries.handing import sheets_to_sign
from zhitong.domain.problems.queries.lists import COUNTED_TO, Filters, Order, count_for, problems_for
from zhitong.domain.problems.queries.signing import drafts_waiting
from zhitong.domain.problems.rules.cuts import STATES
from zhitong.domain.problems.rules.kinds import OPEN_STATES, State
from zhitong.domain.problems.rules.lenses import Lens, lenses_of
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.progress.queries.duties import duties_for as report_duties
from zhitong.domain.rhythm.queries.decisions import decisions_waiting_for
from zhitong.domain.rhythm.queries.waiting import cycles_waiting_for
from zhitong.domain.supervision.queries.duties import duties_for as pressing_duties
from zhitong.domain.supervision.queries.pressed import times_pressed
from zhitong.domain.tallies.queries import counts
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.home.deciding import to_decide
from zhitong.web.home.duties import Line, cascade_lines, desk_of, edition_lines, handing_lines, held_line, report_lines
from zhitong.web.home.keeping import desk_of_keeper
from zhitong.web.rhythm.showing import decision_light
from zhitong.web.shell.components import Empty, Figure
from zhitong.web.shell.following import own_region
from zhitong.web.shell.navigation import address_of
from zhitong.web.shell.words import figure_in_words

DUTIES_SHOWN = 50
WAITING_SHOWN = 8
CARDS_SHOWN = 8
DECIDING_SHOWN = 8
NOTICES_SHOWN = 5


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What to do now, what comes soon, what others hold, how the unit stands.

    Raises NotFound: one of the served, where there is no portal.
    """
    viewer, now = request.viewer, clock.now()
    if viewer.unit_kind is UnitKind.SERVED:
        return _to_the_portal()
    if viewer.is_apart:
        return desk_of_keeper(request)
    lenses = lenses_of(viewer)
    works = Lens.DESK in lenses
    pressing = pressing_duties(viewer, now=now, limit=DUTIES_SHOWN)
    waiting = duties_for(viewer, now=now, limit=DUTIES_SHOWN)
    duties = desk_of(waiting, now, pressing, times_pressed(viewer, (duty.problem.id for duty in waiting)))
    duties.untimed.extend([*_cascade_lines(viewer), *handing_lines(sheets_to_sign(viewer))])
    for line in edition_lines(edition_duties(viewer, now=now), now):
        (duties.today if line.clock else duties.untimed).append(line)
    first = next(iter([*duties.today, *duties.soon, *duties.untimed, *duties.later]), None)
    deciding = to_decide(viewer)
    held = problems_for(viewer, Lens.WAITING if works else lenses[0], Filters(), now=now, limit=WAITING_SHOWN)
    return render(request, "home/desk.html", {
        "unit": directory().units[viewer.unit_id],
        "works": works,
        "territory": own_region(viewer) if viewer.reach is Reach.SUBTREE else "",
        "is_office": viewer.may(Permission.DISPATCH),
        "duties": duties,
        "first": first,
        "held": [held_line(row, now) for row in held.rows],
        "held_url": _list(Lens.WAITING if works else lenses[0]),
        "cards": card_duties(viewer, today=clock.day_of(now), limit=CARDS_SHOWN),
        "deciding": deciding[:DECIDING_SHOWN],
        "to_decide": len(deciding),
        "unread": unread_for(viewer, limit=NOTICES_SHOWN),
        "reports": report_lines(report_duties(viewer, now=now)),
        "drafts": drafts_waiting(viewer) if works else [],
        "milestones": due_of_unit(viewer, today=clock.day_of(now), limit=WAITING_SHOWN),
        "extras": extras_waiting(viewer, today=clock.day_of(now), limit=WAITING_SHOWN),
        "plans_to_approve": plans_waiting(viewer, limit=WAITING_SHOWN),
        "findings": findings_waiting_for(viewer, now=now, limit=WAITING_SHOWN),
        "pieces": pieces_waiting_for(viewer, limit=WAITING_SHOWN),
        "cycles": cycles_waiting_for(viewer, now=now, limit=WAITING_SHOWN),
        "decisions": [(one, decision_light(one)) for one in decisions_waiting_for(viewer, now=now, limit=WAITING_SHOWN)],
        "late": _late_lines(viewer, now),
        "late_url": _list(Lens.TERRITORY, light=Light.OVERDUE),
        "figures": [*_sealed_figures(viewer), *(_unit_figures(viewer, now) if works else ()), *_territory_figures(viewer)],
        "nothing": Empty(
            _("今天没有要办的事"), _("交办给本单位的问题、上级返回的答复会按到期先后出现在这里。"), icon="circle-check"
        ),
    })  # fmt: skip


def _cascade_lines(viewer: Viewer) -> list[Line]:
    """What the office has to do about divided targets of the campaign in force."""
    campaign = campaign_in_force()
    return cascade_lines(cascade_duties(viewer, campaign.code)) if campaign else []


def _late_lines(viewer: Viewer, now: datetime) -> list[Line]:
    """What is late anywhere in the territory, the longest first; only for whom the territory is open."""
    if viewer.reach is not Reach.SUBTREE:
        return []
    late = Filters(light=Light.OVERDUE)
    found = problems_for(viewer, Lens.TERRITORY, late, now=now, order=Order.DUE, limit=WAITING_SHOWN)
    return [held_line(row, now) for row in found.rows]


def _to_the_portal() -> HttpResponse:
    portal = address_of("portal:home")
    if not portal:
        raise NotFound
    return redirect(portal)


def _sealed_figures(viewer: Viewer) -> list[Figure]:
    """How many sealed complaints wait for this unit; nobody else has such a figure."""
    if not viewer.may(Permission.UNSEAL):
        return []
    waiting = figure_in_words(waiting_for(viewer))
    return [Figure(_("密封件待办"), waiting, _("件"), _("只有本单位看得到"), reverse("complaints:list"))]


def _unit_figures(viewer: Viewer, now: datetime) -> list[Figure]:
    """How the unit's own desk stands: four bounded counts."""
    asked = (
        (_("待本单位办理"), Lens.DESK, None), (_("其中临期"), Lens.DESK, Light.SOON),
        (_("其中超期"), Lens.DESK, Light.OVERDUE), (_("等别人办的"), Lens.WAITING, None),
    )
    return [
        Figure(label, _counted(count_for(viewer, lens, Filters(light=light), now=now)), _("件"), url=_list(lens, light=light))
        for label, lens, light in asked
    ]


def _territory_figures(viewer: Viewer) -> list[Figure]:
    """How the whole territory stands, from kept counts; only for whom the territory is open."""
    if viewer.reach is not Reach.SUBTREE:
        return []
    by_state = {State(state): n for (_node, state), n in counts(STATES, [viewer.region_id], by=("state",)).items()}
    running = sum(n for state, n in by_state.items() if state in OPEN_STATES)
    asked = ((_("辖区在办"), running, OPEN_STATES), (_("辖区已销号"), by_state.get(State.CLOSED, 0), (State.CLOSED,)))
    return [
        Figure(label, figure_in_words(n), _("件"), _("不含企业要求保密的"), _list(Lens.TERRITORY, states, counted=True))
        for label, n, states in asked
    ]


def _counted(n: int) -> str:
    return f"{COUNTED_TO}+" if n > COUNTED_TO else str(n)


def _list(
    lens: Lens, states: Iterable[State] = (), light: Light | None = None, *, counted: bool = False
) -> str:
    """The rows behind a figure; kept counts leave confidential problems out, and so do their rows."""
    asked = [("lens", lens.value), *(("state", word) for word in sorted(state.value for state in states))]
    asked += [("light", light.value)] if light else []
    asked += [("confidential", "no")] if counted else []
    return f"{reverse('problems:list')}?{urlencode(asked)}"
