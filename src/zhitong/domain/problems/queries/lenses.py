"""The SQL of a lens: one branch per index, each cut to a page before they are united.

A territory is read region by region, each from its own index: first the best row of each, then of the regions whose best
is among the best of all what is as good, then merged. The root needs no territory condition at all. Figures: docs/performance.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.problems.rules.judging import hosts_judged_by
from zhitong.domain.problems.rules.lenses import Lens, lenses_of, widest_of
from zhitong.kit.refusals import NotFound

DESK_STATES = "('submitted', 'accepted', 'dispatched', 'handling', 'review', 'objected')"
"""States in which the accountable unit itself must act."""
WAITING_STATES = "('asked', 'proposed', 'returning', 'answered', 'paused', 'parked')"
"""States in which the accountable unit waits for its office, the levels below, the reporter or a day."""
NOT_TO_DECIDE = " AND problem.decider_unit_id IS DISTINCT FROM %(unit)s"
"""What the unit must decide a request about stands on its desk once, as that."""
_LISTED = (
    "id", "number", "campaign", "subject_id", "subject_name", "subject_kind", "category", "region_id", "state", "urgency",
    "outcome", "accountable_unit_id", "level_region_id", "submitted_at", "first_due_at", "due_at", "last_at",
    "confidential", "climbs", "rejections", "send_backs", "extensions", "pauses", "pending", "routing_words", "text", "tier", "line_id",
    "open_spell_id", "decider_unit_id", "looker_unit_id", "prechecker_unit_id", "unnamed", "reporter_unit_id", "offered_unit_id",
    "open_parts", "recorded", "source", "nature", "rating", "ended_at",
)
TO_DECIDE = (
    f"(SELECT {', '.join(f'one.{name}' for name in _LISTED)}, asked.due_at AS stage_due_at, asked.warn_at, 'decide' AS stage"
    " FROM problems_problem one JOIN problems_request asked ON asked.problem_id = one.id AND asked.state = 'asked') problem"
)
"""Problems with a request that waits; the limit that runs is the one to decide it."""
ASKED_STATES = "('dispatched', 'handling', 'paused', 'parked', 'proposed')"
"""States in which a unit may answer what it was asked."""
_ASKED = "problems_part part JOIN problems_problem problem ON problem.id = part.problem_id"


@dataclass(frozen=True, slots=True)
class Branch:
    """One index's share of a lens: where rows come from, what makes them the lens's, and what goes around the page."""

    own: str
    source: str = "problems_problem problem"
    around: str = "{page}"


WHOLE_REGIONS = (
    "SELECT page.* FROM organisations_region_within within CROSS JOIN LATERAL ({page}) AS page"
    " WHERE within.ancestor_id = %(root)s"
)
BY_REGION = (
    "SELECT page.* FROM (SELECT best.region_id, CASE WHEN count(*) OVER () >= %(limit)s THEN last_value(best.{key}) OVER"
    " (ORDER BY {outer} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) END AS bound"
    " FROM (SELECT within.region_id, best.* FROM organisations_region_within within CROSS JOIN LATERAL ({best}) AS best"
    " WHERE within.ancestor_id = %(root)s ORDER BY {outer} LIMIT %(limit)s) AS best) AS within"
    " CROSS JOIN LATERAL ({page}) AS page"
)
"""The same for one page: {best} is what comes first in a region, {key} what the order goes by, {outer} the order itself."""
_BY_REGION_AND_LINE = (
    "SELECT page.* FROM organisations_region_within within CROSS JOIN unnest(%(lines)s::uuid[]) AS kept (line_id)"
    " CROSS JOIN LATERAL ({page}) AS page WHERE within.ancestor_id = %(root)s"
)
_BY_LINE = "SELECT page.* FROM unnest(%(lines)s::uuid[]) AS kept (line_id) CROSS JOIN LATERAL ({page}) AS page"

_WITHIN_REGION = (
    " AND problem.region_id IN (SELECT region_id FROM organisations_region_within WHERE ancestor_id = %(narrow)s)"
)


def branches_of(
    viewer: Viewer, lens: Lens, region_id: UUID | None, directory: Directory
) -> tuple[list[Branch], dict[str, Any]]:
    """The branches of a lens for a viewer, narrowed to a region where one is asked for, with their parameters.

    Raises NotFound: the viewer has no such lens, or the region lies outside the viewer's own.
    """
    if not first_wall_stands():
        return [Branch("true")], {}
    if lens not in lenses_of(viewer):
        raise NotFound
    if viewer.is_apart:
        return [Branch("false")], {}
    parameters: dict[str, Any] = {"unit": viewer.unit_id}
    if lens is Lens.ALL:
        return _all(viewer, region_id, directory)
    if lens in (Lens.MINE, Lens.UNIT, Lens.DESK, Lens.WAITING):
        parameters |= {
            "narrow": region_id, "served": directory.served_by_office(viewer.region_id),
            "senders": _senders(viewer, directory), **_judging(viewer, directory),
        }
        narrowed = _WITHIN_REGION if region_id else ""
        return [replace(one, own=one.own + narrowed) for one in _of_unit(lens, viewer, directory)], parameters
    root = _root(viewer, region_id, directory)
    parameters |= {"root": root, "lines": list(viewer.line_ids)}
    whole = directory.regions[root].parent_id is None
    if lens is Lens.TERRITORY:
        around = "{page}" if whole else WHOLE_REGIONS
        own = "true" if whole else "problem.region_id = within.region_id"
        open_only = " AND NOT problem.confidential" if viewer.reach is Reach.OPEN else ""
        return [Branch(own + open_only, around=around)], parameters
    own = "problem.line_id = kept.line_id AND NOT problem.confidential"
    if whole:
        return [Branch(own, around=_BY_LINE)], parameters
    return [Branch(f"{own} AND problem.region_id = within.region_id", around=_BY_REGION_AND_LINE)], parameters


def _all(viewer: Viewer, region_id: UUID | None, directory: Directory) -> tuple[list[Branch], dict[str, Any]]:
    branches: list[Branch] = []
    parameters: dict[str, Any] = {}
    for lens in widest_of(viewer):
        own, more = branches_of(viewer, lens, region_id, directory)
        branches, parameters = branches + own, parameters | more
    return branches, parameters


def _root(viewer: Viewer, region_id: UUID | None, directory: Directory) -> UUID:
    if region_id is None:
        return viewer.region_id
    if region_id not in directory.regions or viewer.region_id not in {one.id for one in directory.path(region_id)}:
        raise NotFound
    return region_id


def _of_unit(lens: Lens, viewer: Viewer, directory: Directory) -> list[Branch]:
    """The lenses that ask for the viewer's unit, wherever the problem lies."""
    if lens is Lens.MINE:
        return [Branch("problem.reporter_unit_id = %(unit)s")]
    if lens is Lens.UNIT:
        source = "problems_party party JOIN problems_problem problem ON problem.id = party.problem_id"
        return [Branch("party.unit_id = %(unit)s", source)]
    return _waiting() if lens is Lens.WAITING else _desk(viewer, directory)


def _desk(viewer: Viewer, directory: Directory) -> list[Branch]:
    """What waits for this unit: its own spells, answers to pass down, offers, its parts of others' matters, requests to
    decide, what to look into, what to check first as a township; and for an office proposals and close-offs."""
    branches = [
        Branch(f"problem.accountable_unit_id = %(unit)s AND problem.state IN {DESK_STATES}"
               f" AND problem.open_spell_id IS NOT NULL AND problem.prechecker_unit_id IS NULL{NOT_TO_DECIDE}"),
        Branch("problem.relay_unit_id = %(unit)s"),
        Branch("problem.offered_unit_id = %(unit)s"),
        Branch(f"part.unit_id = %(unit)s AND part.state = 'asked' AND problem.state IN {ASKED_STATES}", _ASKED),
        Branch("problem.decider_unit_id = %(unit)s", TO_DECIDE),
        Branch("problem.looker_unit_id = %(unit)s"),
        Branch("problem.prechecker_unit_id = %(unit)s"),
        Branch("looked.unit_id = %(unit)s AND looked.state = 'waiting'",
               "problems_check looked JOIN problems_problem problem ON problem.id = looked.problem_id"),
    ]
    office = directory.office(viewer.region_id)
    if office is not None and office.id == viewer.unit_id:
        branches += [
            Branch("problem.level_region_id = ANY(%(served)s) AND problem.state = 'proposed'" + NOT_TO_DECIDE),
            *_judged("problem.state = 'confirmed'"),
            *_judged("problem.closable_at < %(now)s"),
        ]
    return branches


def _judged(which: str) -> list[Branch]:
    """What an office settles for its region, but for what its host answered; and that of the hosts of offices below."""
    hosted = (
        "problems_problem problem JOIN unnest(%(hosts)s::uuid[], %(host_regions)s::uuid[]) AS hosted (unit_id, region_id)"
        " ON hosted.unit_id = problem.accountable_unit_id AND hosted.region_id = problem.region_id"
    )
    return [
        Branch(f"problem.region_id = ANY(%(served)s) AND {which}"
               " AND problem.accountable_unit_id IS DISTINCT FROM %(own_host)s::uuid"),
        Branch(which, hosted),
    ]


def _waiting() -> list[Branch]:
    """What this unit has set going and others hold: its proposals and answers, and what it or its level sent up."""
    sent = "problems_escalation sent JOIN problems_problem problem ON problem.id = sent.problem_id"
    return [
        Branch(f"problem.accountable_unit_id = %(unit)s"
               f" AND (problem.state IN {WAITING_STATES} OR problem.prechecker_unit_id IS NOT NULL)"
               " AND problem.open_spell_id IS NOT NULL"),
        Branch("sent.from_unit_id = ANY(%(senders)s) AND sent.state IN ('sent', 'taken_over') AND problem.open_spell_id IS NOT NULL"
               " AND problem.accountable_unit_id <> %(unit)s", sent),
    ]


def _judging(viewer: Viewer, directory: Directory) -> dict[str, Any]:
    """The host an office may not judge, and the hosts and regions it judges for the offices below."""
    pairs = hosts_judged_by(viewer.unit_id, directory)
    office = directory.units.get(viewer.unit_id)
    is_judged_above = office is not None and directory.office_above(office.region_id) is not None
    return {
        "own_host": office.host_id if office is not None and is_judged_above else None,
        "hosts": [host for host, _region in pairs], "host_regions": [region for _host, region in pairs],
    }


def _senders(viewer: Viewer, directory: Directory) -> list[UUID]:
    """The units whose steps up a unit waits for: its own, and for an office those of its level."""
    office = directory.office(viewer.region_id)
    if office is None or office.id != viewer.unit_id:
        return [viewer.unit_id, *directory.inherited(viewer.unit_id)]
    own = [unit.id for unit in directory.units.values() if unit.region_id == viewer.region_id]
    return own + [ended for unit_id in own for ended in directory.inherited(unit_id)]
