"""What a list of problems is narrowed to, in which order it is read, and the statement that this makes of a lens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.lenses import BY_REGION, WHOLE_REGIONS, Branch, branches_of
from zhitong.domain.problems.queries.moments import stood, within
from zhitong.domain.problems.queries.seeing import NAMED_TO, named_to
from zhitong.domain.problems.queries.trays import LIGHTS, TIMED, tray_branches
from zhitong.domain.problems.queries.wording import FOUND, ORDERS, found_branches, found_for, is_indexed, row_by_row
from zhitong.domain.problems.rules.kinds import Nature, Rating, Source, Stage, State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.moments import Moments
from zhitong.domain.problems.rules.trays import Tray
from zhitong.kit.choices import Word


class Order(Word):
    """The orders that an index serves; BEST only orders what was found by words: by number, by name, then by text."""

    NEWEST = "newest", "最新提交在前"
    DUE = "due", "最急的在前"
    BEST = "best", "最相符的在前"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty asks nothing. `ranks` are levels where problems stand now; `pending` is a request
    that waits for an office; `closed_since` holds what was closed off from then on; `moments` are those in between or
    at which a problem stood so; `absorbed_ids` are rows of the registry
    that went into the one of `subject_id`; `words` looks for every phrase in number, subject, text."""

    states: tuple[State, ...] = ()
    stages: tuple[Stage, ...] = ()
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    ranks: tuple[Rank, ...] = ()
    region_id: UUID | None = None
    line_id: UUID | None = None
    subject_id: UUID | None = None
    absorbed_ids: tuple[UUID, ...] = ()
    light: Light | None = None
    confidential: bool | None = None
    recorded: bool | None = None
    sources: tuple[Source, ...] = ()
    natures: tuple[Nature, ...] = ()
    ratings: tuple[Rating, ...] = ()
    pending: bool | None = None
    closed_since: datetime | None = None
    submitted_since: datetime | None = None
    submitted_before: datetime | None = None
    moments: Moments = field(default_factory=Moments)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A lens in SQL: `head` goes before everything, `united` are its branches, `outer` orders them once more.

    `is_worded` says that it begins with what was found by words, so that branches may name `found.grade`.
    """

    head: str
    united: str
    outer: str
    parameters: dict[str, Any]
    is_worded: bool


_DUE_KEY = "(problem.stage_due_at, problem.id) {} (%(after_due)s, %(after_id)s)"
_GRADE_KEY = "(found.grade {0} %(after_grade)s OR found.grade = %(after_grade)s AND found.problem {1} %(after_id)s)"
_ORDERS = {
    (Order.BEST, False): ("found.grade, found.problem DESC", "grade, id DESC", _GRADE_KEY.format(">", "<")),
    (Order.BEST, True): ("found.grade DESC, found.problem", "grade DESC, id", _GRADE_KEY.format("<", ">")),
    (Order.NEWEST, False): ("problem.id DESC", "id DESC", "problem.id < %(after_id)s"),
    (Order.NEWEST, True): ("problem.id", "id", "problem.id > %(after_id)s"),
    (Order.DUE, False): ("problem.stage_due_at, problem.id", "stage_due_at, id", _DUE_KEY.format(">")),
    (Order.DUE, True): ("problem.stage_due_at DESC, problem.id DESC", "stage_due_at DESC, id DESC", _DUE_KEY.format("<")),
}


_BOUNDS = {
    (Order.NEWEST, False): ("id", " AND problem.id >= coalesce(within.bound, '00000000-0000-0000-0000-000000000000')"),
    (Order.NEWEST, True): ("id", " AND problem.id <= coalesce(within.bound, 'ffffffff-ffff-ffff-ffff-ffffffffffff')"),
    (Order.DUE, False): ("stage_due_at", " AND problem.stage_due_at <= coalesce(within.bound, 'infinity')"),
    (Order.DUE, True): ("stage_due_at", " AND problem.stage_due_at >= coalesce(within.bound, '-infinity')"),
}
"""What the order goes by, and the condition that holds a region's rows to those as good as the bound."""
ONE_PAGE = 200


def worded(lens: Lens | Tray, filters: Filters) -> bool:
    """Whether a list begins with what the index of words gives."""
    return bool(filters.words) and is_indexed(lens)


def statement_of(
    viewer: Viewer, lens: Lens | Tray, filters: Filters, columns: str, here: Directory, *, now: datetime, order: Order,
    turned: bool = False, after: tuple[str, str] | None = None, limit: int,
) -> Statement:
    """The statement of a page: the branches of a lens, each narrowed and cut to `limit` rows.

    Order.BEST without words is the newest first. Raises NotFound: the viewer has no such lens, or the region asked for
    lies outside it.
    """
    is_worded = worded(lens, filters)
    if order is Order.BEST and not is_worded:
        order = Order.NEWEST
    inner, outer, beyond = _ORDERS[order, turned]
    conditions, parameters = _conditions(filters, now, order)
    parameters |= {"limit": limit, **named_to(viewer, here)}
    if after is not None:
        conditions.append(beyond)
        parameters |= {"after_due": after[0] or None, "after_grade": after[0], "after_id": after[1]}
    if is_worded:
        inner = ORDERS.get((order.value, turned), inner)
        parameters |= found_for(viewer, filters.words, filters.region_id, here)
    elif filters.words:
        said, more = row_by_row(viewer, filters.words)
        conditions, parameters = conditions + said, parameters | more
    branches, more = _branches(viewer, lens, filters, here, ORDERS.get((order.value, turned), ORDERS["newest", False]))
    where = " AND ".join(["true", *conditions])
    pages = (_page(branch, columns, where, (order, turned), inner, outer, limit) for branch in branches)
    united = " UNION ".join(f"SELECT * FROM ({page}) AS branch" for page in pages)
    return Statement(FOUND if is_worded else "", united, outer, parameters | more, is_worded)


def _page(
    branch: Branch, columns: str, where: str, direction: tuple[Order, bool], inner: str, outer: str, limit: int
) -> str:
    """A branch cut to its page; of a territory no row is read that is not as good as the best of as many regions."""
    rows = f"FROM {branch.source} WHERE {branch.own} AND {where}"

    def page(bound: str = "") -> str:
        return f"SELECT {columns} {rows}{bound} ORDER BY {inner} LIMIT %(limit)s"

    if branch.around != WHOLE_REGIONS or limit > ONE_PAGE:
        return branch.around.format(page=page())
    key, bound = _BOUNDS[direction]
    best = f"SELECT problem.id, problem.stage_due_at {rows} ORDER BY {inner} LIMIT 1"
    return BY_REGION.format(page=page(bound), best=best, key=key, outer=outer)


def _branches(
    viewer: Viewer, lens: Lens | Tray, filters: Filters, here: Directory, found_order: str
) -> tuple[list[Branch], dict[str, Any]]:
    if isinstance(lens, Tray):
        return tray_branches(viewer, lens, filters.region_id, here)
    if worded(lens, filters):
        return found_branches(viewer, lens, filters.region_id, here, found_order)
    return branches_of(viewer, lens, filters.region_id, here)


def _conditions(filters: Filters, now: datetime, order: Order) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = [TIMED] if order is Order.DUE else []
    parameters: dict[str, Any] = {
        "now": now, "closed_since": filters.closed_since, "since": filters.submitted_since, "before": filters.submitted_before,
    }
    conditions += within(filters.moments, parameters)
    if filters.moments.as_of is not None:
        conditions.append(stood(
            filters.moments, parameters, states=filters.states, categories=filters.categories, ranks=filters.ranks,
            line_id=filters.line_id, light=filters.light,
        ))
        filters = replace(filters, states=(), categories=(), ranks=(), line_id=None, light=None)
    listed = {
        "state": [state.value for state in filters.states], "stage": [stage.value for stage in filters.stages],
        "subject_kind": filters.kinds,
        "category": filters.categories, "tier": filters.tiers,
        "source": [one.value for one in filters.sources], "nature": [one.value for one in filters.natures],
        "rating": [one.value for one in filters.ratings],
    }
    for column, values in listed.items():
        if values:
            conditions.append(f"problem.{column} = ANY(%({column})s)")
            parameters[column] = list(values)
    if filters.subject_id is not None:
        conditions += [NAMED_TO, "problem.subject_id = ANY(%(subject_ids)s)"]
        parameters["subject_ids"] = [filters.subject_id, *filters.absorbed_ids]
    if filters.line_id is not None:
        conditions.append("problem.line_id = %(line_id)s")
        parameters["line_id"] = filters.line_id
    if filters.ranks:
        conditions.append(
            "problem.level_region_id IN (SELECT level.id FROM organisations_region level WHERE level.rank = ANY(%(ranks)s))"
        )
        parameters["ranks"] = [rank.value for rank in filters.ranks]
    conditions += _flags_of(filters)
    if filters.light is not None:
        conditions.append(LIGHTS[filters.light])
    return conditions, parameters


def _flags_of(filters: Filters) -> list[str]:
    """What is asked to be so or not to be so."""
    asked = {"confidential": filters.confidential, "recorded": filters.recorded}
    said = [f"problem.{column}" if wanted else f"NOT problem.{column}" for column, wanted in asked.items() if wanted is not None]
    if filters.pending is not None:
        said.append("problem.pending <> ''" if filters.pending else "problem.pending = ''")
    if filters.closed_since is not None:
        said.append("problem.state = 'closed' AND problem.ended_at >= %(closed_since)s")
    if filters.submitted_since is not None:
        said.append("problem.submitted_at >= %(since)s")
    if filters.submitted_before is not None:
        said.append("problem.submitted_at < %(before)s")
    return said
