"""Orders of a hotline as their sender asks for them: how each stands, and the answer it can pass on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhitong.domain.intake.models import Order
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.queries.followed import Followed, problems_followed


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with the problem it became."""

    outside_ref: str
    problem: Followed


def orders_numbered(viewer: Viewer, outside_refs: Sequence[str]) -> list[OrderView]:
    """Those of the numbers that this unit has taken in, in the order asked; four queries."""
    rows = Order.objects.filter(outside_ref__in=outside_refs)
    if first_wall_stands():
        rows = rows.filter(unit_id=viewer.unit_id)
    problems = dict(rows.values_list("outside_ref", "problem_id"))
    followed = problems_followed(viewer, list(problems.values()))
    return [OrderView(ref, followed[problems[ref]]) for ref in dict.fromkeys(outside_refs) if problems.get(ref) in followed]
