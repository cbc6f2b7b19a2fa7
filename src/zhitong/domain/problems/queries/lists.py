"""Lists of problems: a lens, filters, an order, a page found by key. Cost does not grow with the table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.lenses import branches_of
from zhitong.domain.problems.queries.moments import stood, within
from zhitong.domain.problems.queries.rulebook import Rulebook, rulebook
from zhitong.domain.problems.queries.seeing import NAMED_TO, UNNAMED, may_know_name, named_to
from zhitong.domain.problems.queries.trays import LIGHTS, TIMED, tray_branches
from zhitong.domain.problems.rules.kinds import Nature, Outcome, Rating, RequestKind, Source, Stage, State, Urgency
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.domain.problems.rules.moments import Moments
from zhitong.domain.problems.rules.open_reach import is_open_to, without_numbers
from zhitong.domain.problems.rules.trays import Tray
from zhitong.domain.problems.rules.way import MOVES, Act
from zhitong.kit.choices import Word

COUNTED_TO = 1000


class Order(Word):
    """The orders that an index serves."""

    NEWEST = "newest", "最新提交在前"
    DUE = "due", "最急的在前"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty asks nothing. `ranks` are levels where problems stand now; `pending` is a request
    that waits for an office; `closed_since` holds what was closed off from then on; `moments` are those in between or
    at which a problem stood so; `absorbed_ids` are rows of the registry
    that went into the one of `subject_id`; `words` looks in number, subject, text."""

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
    moments: Moments = field(default_factory=Moments)
    words: str = ""


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem as a list shows it; `unit` is the accountable one, `level` the region where it stands.

    `asked_of_us` is what others ask of the viewer's unit while the problem is not its own: to take it over, to answer its
    part, or to look in.
    """

    id: UUID
    number: str
    subject_id: UUID | None
    subject_name: str
    kind: str
    category: str
    category_label: str
    region: str
    state: State
    urgency: Urgency
    outcome: Outcome | None
    unit_id: UUID | None
    unit: str
    level: str
    stage: Stage | None
    stage_due_at: datetime | None
    light: Light
    submitted_at: datetime
    first_due_at: datetime | None
    due_at: datetime | None
    last_at: datetime
    excerpt: str
    confidential: bool
    climbs: int
    rejections: int
    extensions: int
    pauses: int
    pending: RequestKind | None
    routing_words: str
    asked_of_us: Act | None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and the key after which the next page begins; None when this is the last."""

    rows: list[ProblemRow] = field(default_factory=list)
    next_key: tuple[str, str] | None = None


_PLAIN = (
    "id", "number", "campaign", "subject_id", "subject_name", "subject_kind", "category", "region_id", "state",
    "urgency", "outcome", "accountable_unit_id", "looker_unit_id", "prechecker_unit_id", "level_region_id", "stage",
    "stage_due_at", "warn_at",
    "submitted_at", "first_due_at", "due_at", "last_at", "confidential", "climbs", "rejections", "unnamed", "reporter_unit_id",
    "extensions", "pauses", "pending", "routing_words", "offered_unit_id",
)
_OWES_PART = (
    "problem.open_parts > 0 AND EXISTS (SELECT 1 FROM problems_part own WHERE own.problem_id = problem.id"
    " AND own.unit_id = %(viewer_unit)s AND own.state = 'asked') AS owes_part"
)
EXCERPT, NUMBER_MOST = 80, 40
"""A number that begins within the excerpt is read whole, so that none is shown cut in half."""
_EXCERPT = f"left(problem.text, {EXCERPT + NUMBER_MOST}) AS excerpt"
_COLUMNS = ", ".join((*(f"problem.{name}" for name in _PLAIN), _EXCERPT, _OWES_PART))
_DUE_KEY = "(problem.stage_due_at, problem.id) {} (%(after_due)s, %(after_id)s)"
_ORDERS = {
    (Order.NEWEST, False): ("problem.id DESC", "id DESC", "problem.id < %(after_id)s"),
    (Order.NEWEST, True): ("problem.id", "id", "problem.id > %(after_id)s"),
    (Order.DUE, False): ("problem.stage_due_at, problem.id", "stage_due_at, id", _DUE_KEY.format(">")),
    (Order.DUE, True): ("problem.stage_due_at DESC, problem.id DESC", "stage_due_at DESC, id DESC", _DUE_KEY.format("<")),
}


def problems_for(
    viewer: Viewer, lens: Lens | Tray, filters: Filters, *, now: datetime, order: Order = Order.NEWEST,
    turned: bool = False, after: tuple[str, str] | None = None, limit: int = 50,
) -> Page:
    """One page of a lens or tray: rows in the order asked for, with names; three queries whatever the number of rows.

    `turned` reads the order from its other end, for the page before this one. Order.DUE holds only what has a limit.

    Raises NotFound: the viewer has no such lens, or the region asked for lies outside it.
    """
    here = directory()
    inner, outer, beyond = _ORDERS[order, turned]
    conditions, parameters = _conditions(filters, now, order, viewer)
    if after is not None:
        conditions.append(beyond)
        parameters |= {"after_due": after[0] or None, "after_id": after[1]}
    parameters |= {"limit": limit + 1, "viewer_unit": viewer.unit_id, **named_to(viewer, here)}
    united = _united(viewer, lens, filters, here, parameters, conditions, _COLUMNS, inner)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({united}) AS lens ORDER BY {outer} LIMIT %(limit)s", parameters)
        names = [column.name for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    last = found[limit - 1] if len(found) > limit else None
    key = (last["stage_due_at"].isoformat() if order is Order.DUE else "", str(last["id"])) if last else None
    books = {one: rulebook(one) for one in {row["campaign"] for row in found}}
    rows = [_row(one, here, books, now, viewer) for one in found[:limit]]
    return Page([_for_open_reach(row, one, viewer) for row, one in zip(rows, found, strict=False)], key)


def _for_open_reach(row: ProblemRow, found: dict[str, Any], viewer: Viewer) -> ProblemRow:
    """A row with its excerpt cut to length, without numbers where the viewer reads it only because it is open."""
    if not is_open_to(viewer, found["reporter_unit_id"]):
        return replace(row, excerpt=row.excerpt[:EXCERPT])
    return replace(row, subject_id=None, excerpt=without_numbers(row.excerpt)[:EXCERPT])


def count_for(
    viewer: Viewer, lens: Lens | Tray, filters: Filters, *, now: datetime, order: Order = Order.NEWEST,
    most: int = COUNTED_TO + 1,
) -> int:
    """How many an order of a lens holds, counted up to `most`; COUNTED_TO + 1 means more. One query."""
    conditions, parameters = _conditions(filters, now, order, viewer)
    here = directory()
    parameters |= {"limit": most, **named_to(viewer, here)}
    united = _united(viewer, lens, filters, here, parameters, conditions, "problem.id", "problem.id DESC")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM ({united}) AS lens LIMIT %(limit)s) AS counted", parameters)
        return int(cursor.fetchone()[0])


def _united(
    viewer: Viewer, lens: Lens | Tray, filters: Filters, here: Directory, parameters: dict[str, Any], conditions: list[str],
    columns: str, order: str,
) -> str:
    if isinstance(lens, Tray):
        branches, more = tray_branches(viewer, lens, filters.region_id, here)
    else:
        branches, more = branches_of(viewer, lens, filters.region_id, here)
    parameters |= more
    where = " AND ".join(["true", *conditions])
    pages = (
        branch.around.format(
            page=f"SELECT {columns} FROM {branch.source} WHERE {branch.own} AND {where} ORDER BY {order} LIMIT %(limit)s"
        )
        for branch in branches
    )
    return " UNION ".join(f"SELECT * FROM ({page}) AS branch" for page in pages)


def _conditions(filters: Filters, now: datetime, order: Order, viewer: Viewer) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = [TIMED] if order is Order.DUE else []
    parameters: dict[str, Any] = {"now": now, "closed_since": filters.closed_since}
    conditions += within(filters.moments, parameters)
    if filters.moments.as_of is not None:
        conditions.append(stood(
            filters.moments, parameters, states=filters.states, categories=filters.categories, ranks=filters.ranks,
            line_id=filters.line_id, light=filters.light,
        ))
        filters = replace(filters, states=(), categories=(), ranks=(), line_id=None, light=None)
    listed = {
        "state": [state.value for state in filters.states], "stage": [stage.value for stage in filters.stages],
        "subject_kind": filters.kinds, "category": filters.categories, "tier": filters.tiers,
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
    if filters.words:
        conditions.append(_words_of(viewer))
        parameters["words"] = f"%{_literal(filters.words)}%"
    return conditions, parameters


def _flags_of(filters: Filters) -> list[str]:
    """What is asked to be so or not to be so."""
    asked = {"confidential": filters.confidential, "recorded": filters.recorded}
    said = [f"problem.{column}" if wanted else f"NOT problem.{column}" for column, wanted in asked.items() if wanted is not None]
    if filters.pending is not None:
        said.append("problem.pending <> ''" if filters.pending else "problem.pending = ''")
    if filters.closed_since is not None:
        said.append("problem.state = 'closed' AND problem.ended_at >= %(closed_since)s")
    return said


def _words_of(viewer: Viewer) -> str:
    """Where words are looked for; who reads openly cannot search the texts, in which numbers are hidden from him."""
    in_text = "false" if viewer.reach is Reach.OPEN else "problem.text ILIKE %(words)s"
    return f"(problem.number ILIKE %(words)s OR {in_text} OR (problem.subject_name ILIKE %(words)s AND {NAMED_TO}))"


def _literal(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _asked_of(unit_id: UUID | None, row: dict[str, Any]) -> Act | None:
    if row["stage"] == Stage.DECIDE.value:
        return None  # it stands there for the viewer's decision
    if row["offered_unit_id"] is not None and row["offered_unit_id"] == unit_id:
        return Act.TAKE
    if unit_id == row["accountable_unit_id"]:
        return None
    if row["prechecker_unit_id"] is not None and row["prechecker_unit_id"] == unit_id:
        return Act.PRECHECK
    if row["owes_part"] and State(row["state"]) in MOVES[Act.ANSWER_PART].since:
        return Act.ANSWER_PART
    return Act.ANSWER_LOOK_IN if row["looker_unit_id"] == unit_id else None


def _row(
    row: dict[str, Any], here: Directory, books: dict[str, Rulebook], now: datetime, viewer: Viewer
) -> ProblemRow:
    unit = here.units.get(row["accountable_unit_id"])
    kind, category = row["subject_kind"], row["category"]
    is_known = may_know_name(
        viewer, unnamed=row["unnamed"], reporter_unit_id=row["reporter_unit_id"], region_id=row["region_id"], here=here
    )
    return ProblemRow(
        id=row["id"], number=row["number"],
        subject_id=row["subject_id"] if is_known else None, subject_name=row["subject_name"] if is_known else UNNAMED, kind=kind,
        category=category, category_label=books[row["campaign"]].label(kind, category),
        region=here.regions[row["region_id"]].name, state=State(row["state"]), urgency=Urgency(row["urgency"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None, unit_id=row["accountable_unit_id"],
        unit=unit.name if unit else "", level=here.regions[row["level_region_id"]].name,
        stage=Stage(row["stage"]) if row["stage"] else None, stage_due_at=row["stage_due_at"],
        light=light_of(row["stage_due_at"], row["warn_at"], now), submitted_at=row["submitted_at"],
        first_due_at=row["first_due_at"], due_at=row["due_at"], last_at=row["last_at"], excerpt=row["excerpt"],
        confidential=row["confidential"], climbs=row["climbs"], rejections=row["rejections"],
        extensions=row["extensions"], pauses=row["pauses"],
        pending=RequestKind(row["pending"]) if row["pending"] else None,
        routing_words=row["routing_words"], asked_of_us=_asked_of(viewer.unit_id, row),
    )
