"""The SQL of a tray: branches of the same shape as a lens's, each on the index that serves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.queries.lenses import TO_DECIDE, WAITING_STATES, Branch, branches_of
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.trays import BY_DUE, GIVEN_BACK, LIGHT_OF, Tray, trays_of
from zhitong.kit.refusals import NotFound

LIGHTS = {
    Light.OVERDUE: "problem.stage_due_at < %(now)s AND problem.open_spell_id IS NOT NULL",
    Light.SOON: "problem.stage_due_at >= %(now)s AND problem.warn_at <= %(now)s AND problem.open_spell_id IS NOT NULL",
    Light.NORMAL: "problem.warn_at > %(now)s AND problem.open_spell_id IS NOT NULL",
    Light.NONE: "problem.stage_due_at IS NULL",
}
"""How a running limit stands, as a condition on the problem's row."""
TIMED = "problem.open_spell_id IS NOT NULL AND problem.stage_due_at IS NOT NULL"

_OURS = "problem.accountable_unit_id = %(unit)s AND problem.open_spell_id IS NOT NULL"
_GIVEN_BACK = "('" + "', '".join(act.value for act in GIVEN_BACK) + "')"
_FROM_BELOW = (
    "EXISTS (SELECT 1 FROM problems_escalation sent WHERE sent.problem_id = problem.id"
    " AND sent.to_unit_id = %(unit)s AND sent.state IN ('sent', 'taken_over'))"
)
_PART = "problems_part part JOIN problems_problem problem ON problem.id = part.problem_id"
_SENT = "problems_escalation sent JOIN problems_problem problem ON problem.id = sent.problem_id"
_ONE_BRANCH = {
    Tray.TO_SIGN: Branch(f"{_OURS} AND problem.state = 'dispatched'"),
    Tray.IN_HAND: Branch(f"{_OURS} AND problem.state = 'handling'"),
    Tray.SENT_BACK: Branch(
        f"{_OURS} AND problem.state IN ('accepted', 'dispatched', 'handling') AND problem.last_act IN {_GIVEN_BACK}"
    ),
    Tray.OTHERS: Branch(
        f"{_OURS} AND (problem.state IN {WAITING_STATES} OR problem.state IN ('paused', 'parked')"
        " OR problem.open_parts > 0 OR problem.prechecker_unit_id IS NOT NULL"
        " OR problem.pending <> '' OR problem.offered_unit_id IS NOT NULL)"
    ),
    Tray.ABOVE: Branch(
        "sent.from_unit_id = ANY(%(senders)s) AND sent.state IN ('sent', 'taken_over') AND problem.open_spell_id IS NOT NULL"
        " AND problem.accountable_unit_id <> %(unit)s", _SENT,
    ),
    Tray.BELOW: Branch(f"{_OURS} AND {_FROM_BELOW}"),
    Tray.TO_TAKE: Branch("problem.offered_unit_id = %(unit)s"),
    Tray.HELPING: Branch("part.unit_id = %(unit)s AND part.state = 'asked' AND problem.open_spell_id IS NOT NULL", _PART),
    Tray.TO_PRECHECK: Branch("problem.prechecker_unit_id = %(unit)s"),
    Tray.LOOKING: Branch("problem.looker_unit_id = %(unit)s"),
    Tray.TO_PASS: Branch("problem.relay_unit_id = %(unit)s"),
}
_OFFICE = Branch(f"{_OURS} AND problem.state IN ('submitted', 'accepted', 'review', 'objected') AND problem.prechecker_unit_id IS NULL")
_TO_DECIDE = Branch("problem.decider_unit_id = %(unit)s", TO_DECIDE)
_OFFICE_STATES = {Tray.OFFICE: "problem.state = 'confirmed'", Tray.TO_DECIDE: "problem.state = 'proposed'"}
"""What of an office's own desk belongs to which tray."""


def tray_branches(
    viewer: Viewer, tray: Tray, region_id: UUID | None, here: Directory
) -> tuple[list[Branch], dict[str, Any]]:
    """The branches of a tray for a viewer, with their parameters; the desk lens says how far an office's desk goes.

    Raises NotFound: the viewer's unit has no such tray.
    """
    if not first_wall_stands():
        return [Branch("true")], {}
    if tray not in trays_of(viewer):
        raise NotFound
    desk, parameters = branches_of(viewer, Lens.DESK, region_id, here)
    return _branches(tray, desk), parameters


def _branches(tray: Tray, desk: list[Branch]) -> list[Branch]:
    if tray in LIGHT_OF:
        return [_and(one, LIGHTS[LIGHT_OF[tray]]) for one in desk]
    if tray in _ONE_BRANCH:
        return [_ONE_BRANCH[tray]]
    of_office = [_and(one, _OFFICE_STATES[tray]) for one in desk]
    return [_OFFICE if tray is Tray.OFFICE else _TO_DECIDE, *of_office]


def _and(branch: Branch, condition: str) -> Branch:
    return replace(branch, own=f"{branch.own} AND {condition}")


def tray_counts(viewer: Viewer, *, now: datetime, most: int) -> dict[Tray, int]:
    """How many lie in each tray of the viewer's unit, each counted up to `most`; one query for all of them."""
    selects, parameters = tray_selects(viewer, most)
    if not selects:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selects.values())}", parameters | {"now": now})
        return dict(zip(selects, cursor.fetchone(), strict=True))


def tray_selects(viewer: Viewer, most: int) -> tuple[dict[Tray, str], dict[str, Any]]:
    """A count for each tray of the viewer's unit, to stand in one SELECT together; all speak of %(now)s."""
    trays = trays_of(viewer)
    if not trays:
        return {}, {}
    plain = [Branch("true")]
    desk, parameters = branches_of(viewer, Lens.DESK, None, directory())
    counted = {tray: _united(tray, _branches(tray, desk) if first_wall_stands() else plain) for tray in trays}
    selects = {
        tray: f"(SELECT count(*) FROM (SELECT 1 FROM ({united}) AS tray LIMIT %(most)s) AS counted)"
        for tray, united in counted.items()
    }
    return selects, parameters | {"most": most}


def _united(tray: Tray, branches: list[Branch]) -> str:
    timed = f" AND {TIMED}" if tray in BY_DUE else ""
    pages = (
        one.around.format(page=f"SELECT problem.id FROM {one.source} WHERE {one.own}{timed} LIMIT %(most)s")
        for one in branches
    )
    return " UNION ".join(f"SELECT * FROM ({page}) AS branch" for page in pages)
