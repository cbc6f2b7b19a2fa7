"""Which plan is looked at, and the days of its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import GateView, PlanView
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.words import whole_day


def plan_asked(plans: Sequence[PlanView], viewer: Viewer, campaign: str) -> PlanView:
    """The plan of a campaign; without one that of the viewer's own region, else of the nearest above that has one, else
    the first.

    Raises NotFound: there is no plan of that campaign.
    """
    if not campaign:
        by_region = {one.region_id: one for one in plans}
        path = [region.id for region in reversed(directory().path(viewer.region_id))]
        return next((by_region[region_id] for region_id in path if region_id in by_region), plans[0])
    chosen = next((one for one in plans if one.campaign == campaign), None)
    if chosen is None:
        raise NotFound
    return chosen


def next_gate(gates: Sequence[GateView]) -> GateView | None:
    """The day of the calendar that comes next."""
    return next((one for one in gates if one.on >= clock.today()), None)


def calendar_of(gates: Sequence[GateView]) -> list[dict[str, Any]]:
    """The days of the calendar: which are past, and which is the next."""
    today, following = clock.today(), next_gate(gates)
    return [
        {"gate": one, "day": whole_day(one.on), "is_past": one.on < today, "is_next": one is following} for one in gates
    ]
