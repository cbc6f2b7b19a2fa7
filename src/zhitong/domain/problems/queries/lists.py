"""Lists of problems: a lens, filters, an order, a page found by key. Cost does not grow with the table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.narrowing import Filters as Filters
from zhitong.domain.problems.queries.narrowing import Order as Order
from zhitong.domain.problems.queries.narrowing import statement_of, worded
from zhitong.domain.problems.queries.rulebook import Rulebook, rulebook_at_hand
from zhitong.domain.problems.queries.seeing import UNNAMED, may_know_name
from zhitong.domain.problems.queries.trays import tray_selects
from zhitong.domain.problems.rules.kinds import Outcome, RequestKind, Stage, State, Urgency
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.problems.rules.lights import Light, light_of
from zhitong.domain.problems.rules.open_reach import is_open_to, without_numbers
from zhitong.domain.problems.rules.trays import Tray
from zhitong.domain.problems.rules.way import MOVES, Act
from zhitong.kit.phrases import around, phrases_of

COUNTED_TO = 1000


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem as a list shows it; `unit` is the accountable one, `level` the region where it stands.

    `asked_of_us` is what others ask of the viewer's unit while the problem is not its own: to take it over, to answer its
    part, or to look in. Where words were asked for, `excerpt` begins shortly before the first of them, and `grade` says
    by what it was found: 0 number, 1 name, 2 text.
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
    send_backs: int
    extensions: int
    pauses: int
    pending: RequestKind | None
    routing_words: str
    asked_of_us: Act | None
    grade: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and the key after which the next page begins; None when this is the last."""

    rows: list[ProblemRow] = field(default_factory=list)
    next_key: tuple[str, str] | None = None


_PLAIN = (
    "id", "number", "campaign", "subject_id", "subject_name", "subject_kind", "category", "region_id", "state",
    "urgency", "outcome", "accountable_unit_id", "looker_unit_id", "prechecker_unit_id", "level_region_id", "stage",
    "stage_due_at", "warn_at",
    "submitted_at", "first_due_at", "due_at", "last_at", "confidential", "climbs", "rejections", "send_backs",
    "unnamed", "reporter_unit_id", "extensions", "pauses", "pending", "routing_words", "offered_unit_id",
)
_OWES_PART = (
    "problem.open_parts > 0 AND EXISTS (SELECT 1 FROM problems_part own WHERE own.problem_id = problem.id"
    " AND own.unit_id = %(viewer_unit)s AND own.state = 'asked') AS owes_part"
)
EXCERPT, NUMBER_MOST = 80, 40
"""A number that begins within the excerpt is read whole, so that none is shown cut in half."""
_EXCERPT = f"left(problem.text, {EXCERPT + NUMBER_MOST}) AS excerpt"
_COLUMNS = ", ".join((*(f"problem.{name}" for name in _PLAIN), _OWES_PART))
_WORDED = "problem.text AS excerpt, found.grade"
_BEGINNING = """
{head}SELECT lens.*, counted.every, (SELECT count(*) FROM found) AS held
FROM (SELECT count(*) AS every FROM (SELECT 1 FROM ({counted}) AS one LIMIT %(most)s) AS bounded) AS counted
LEFT JOIN LATERAL (SELECT * FROM ({united}) AS united ORDER BY {outer} LIMIT %(limit)s) AS lens ON true
ORDER BY {outer}
"""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first rows of a list that words narrow, how many it holds (up to COUNTED_TO + 1), and how many rows hold the words."""

    rows: list[ProblemRow]
    count: int
    held: int


def problems_for(
    viewer: Viewer, lens: Lens | Tray, filters: Filters, *, now: datetime, order: Order = Order.NEWEST,
    turned: bool = False, after: tuple[str, str] | None = None, limit: int = 50,
) -> Page:
    """One page of a lens or tray: rows in the order asked for, with names; two queries whatever the number of rows.

    `turned` reads the order from its other end, for the page before this one. Order.DUE holds only what has a limit.

    Raises NotFound: the viewer has no such lens, or the region asked for lies outside it.
    """
    here = directory()
    columns = f"{_COLUMNS}, {_WORDED if worded(lens, filters) else _EXCERPT}"
    asked = statement_of(
        viewer, lens, filters, columns, here, now=now, order=order, turned=turned, after=after, limit=limit + 1
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"{asked.head}SELECT * FROM ({asked.united}) AS lens ORDER BY {asked.outer} LIMIT %(limit)s", asked.parameters
        )
        names = [column.name for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    last = found[limit - 1] if len(found) > limit else None
    key = (_place_of(last, order), str(last["id"])) if last else None
    return Page(_rows(viewer, filters, found[:limit], here, now), key)


def beginning_of(viewer: Viewer, lens: Lens, filters: Filters, *, now: datetime, limit: int) -> Beginning:
    """The best of what words find in a lens, and how many there are, looked up once: a query more than names need.

    Raises NotFound: the viewer has no such lens, or the region asked for lies outside it.
    """
    here = directory()
    asked = statement_of(viewer, lens, filters, f"{_COLUMNS}, {_WORDED}", here, now=now, order=Order.BEST, limit=limit)
    counted = statement_of(viewer, lens, filters, "problem.id", here, now=now, order=Order.BEST, limit=limit)
    statement = _BEGINNING.format(
        head=asked.head, united=asked.united, outer=asked.outer, counted=counted.united.replace("%(limit)s", "%(most)s")
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, asked.parameters | {"most": COUNTED_TO + 1})
        names = [column.name for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    rows = _rows(viewer, filters, [one for one in found if one["id"]], here, now)
    return Beginning(rows, found[0]["every"], found[0]["held"])


def _rows(viewer: Viewer, filters: Filters, found: list[dict[str, Any]], here: Directory, now: datetime) -> list[ProblemRow]:
    books = {one: rulebook_at_hand(one) for one in {row["campaign"] for row in found}}
    phrases = phrases_of(filters.words)
    return [_shown(_row(one, here, books, now, viewer), one, viewer, phrases) for one in found]


def _place_of(row: dict[str, Any], order: Order) -> str:
    """What a row's place in an order is written as, beside its id."""
    if order is Order.DUE:
        return str(row["stage_due_at"].isoformat())
    return str(row.get("grade", 0)) if order is Order.BEST else ""


def _shown(row: ProblemRow, found: dict[str, Any], viewer: Viewer, phrases: tuple[str, ...]) -> ProblemRow:
    """A row with its excerpt cut to length, without numbers where the viewer reads it only because it is open."""
    is_open = is_open_to(viewer, found["reporter_unit_id"])
    text = without_numbers(row.excerpt) if is_open else row.excerpt
    excerpt = around(text, phrases, EXCERPT) if "grade" in found else text[:EXCERPT]
    return replace(row, subject_id=None if is_open else row.subject_id, excerpt=excerpt)


def count_for(
    viewer: Viewer, lens: Lens | Tray, filters: Filters, *, now: datetime, order: Order = Order.NEWEST,
    most: int = COUNTED_TO + 1,
) -> int:
    """How many an order of a lens holds, counted up to `most`; COUNTED_TO + 1 means more. One query."""
    asked = statement_of(viewer, lens, filters, "problem.id", directory(), now=now, order=order, limit=most)
    counted = f"SELECT count(*) FROM (SELECT 1 FROM ({asked.united}) AS lens LIMIT %(limit)s) AS counted"
    with connection.cursor() as cursor:
        cursor.execute(f"{asked.head}{counted}", asked.parameters)
        return int(cursor.fetchone()[0])


def counts_for(
    viewer: Viewer, lens: Lens | Tray, filters: Filters, *, now: datetime, order: Order = Order.NEWEST, most: int = COUNTED_TO + 1
) -> tuple[int, dict[Tray, int]]:
    """What `count_for` gives, and how many lie in each tray of the viewer's unit whatever the filters; one query for all."""
    asked = statement_of(viewer, lens, filters, "problem.id", directory(), now=now, order=order, limit=most)
    selects, parameters = tray_selects(viewer, most)
    listed = f"(SELECT count(*) FROM (SELECT 1 FROM ({asked.united}) AS lens LIMIT %(limit)s) AS counted)"
    with connection.cursor() as cursor:
        cursor.execute(f"{asked.head}SELECT {', '.join([listed, *selects.values()])}", parameters | asked.parameters)
        total, *lying = cursor.fetchone()
    return total, dict(zip(selects, lying, strict=True))


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
        confidential=row["confidential"], climbs=row["climbs"], rejections=row["rejections"], send_backs=row["send_backs"],
        extensions=row["extensions"], pauses=row["pauses"],
        pending=RequestKind(row["pending"]) if row["pending"] else None,
        routing_words=row["routing_words"], asked_of_us=_asked_of(viewer.unit_id, row), grade=row.get("grade", 0),
    )
