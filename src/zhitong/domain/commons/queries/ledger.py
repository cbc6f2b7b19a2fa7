"""The ledger of common problems: who leads, how far, how many firms wait. A page costs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from zhitong.domain.commons.models import Common
from zhitong.domain.commons.queries.seeing import members_seen_by, seen_by
from zhitong.domain.commons.rules.kinds import STILL_WAITING, CommonState, Membership, Treatment, progress_of
from zhitong.domain.organisations.queries import directory, unit_names
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import Outcome, Rating, State
from zhitong.domain.problems.rules.lights import Light, light_of

_ROW = (
    "id", "number", "campaign", "title", "category", "state", "treatment", "outcome", "region_id", "office_id", "lead_id",
    "due_at", "warn_at", "established_at", "answered_at", "closed_at",
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the ledger is narrowed to; empty asks nothing. `words` looks in number and title."""

    states: tuple[CommonState, ...] = ()
    category: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class CommonRow:
    """A common problem as the ledger shows it; members and waiting firms are those this viewer may know."""

    id: UUID
    number: str
    title: str
    category: str
    category_label: str
    state: CommonState
    treatment: Treatment
    outcome: Outcome | None
    region: str
    office: str
    lead: str
    due_at: datetime
    light: Light
    established_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    members: int
    waiting: int


def commons_for(
    viewer: Viewer, filters: Filters, *, now: datetime, by_due: bool = False, turned: bool = False,
    after: tuple[Any, ...] | None = None, limit: int = 50,
) -> list[CommonRow]:
    """One page of the ledger, the newest first, or the soonest due first; `turned` reads it from its other end.

    `after` is (due time or anything, id) of the row before the page. Four queries whatever the number of rows.
    Raises NotFound: one of the served.
    """
    found = _narrowed(viewer, filters)
    ascending = by_due is not turned
    if after is not None:
        found = found.filter(_beyond(by_due, ascending, after))
    order = ("due_at", "id") if by_due else ("id",)
    rows = list(found.order_by(*(name if ascending else f"-{name}" for name in order)).values(*_ROW)[:limit])
    return rows_of(viewer, rows, now)


def count_for(viewer: Viewer, filters: Filters, *, most: int) -> int:
    """How many the ledger holds, counted up to `most`."""
    return _narrowed(viewer, filters)[:most].count()


def rows_of(viewer: Viewer, rows: list[dict[str, Any]], now: datetime) -> list[CommonRow]:
    """Stored rows (of `_ROW`) as this viewer's ledger shows them (two queries)."""
    here, names = directory(), unit_names(row[name] for row in rows for name in ("office_id", "lead_id"))
    labels = {campaign: labels_of(campaign) for campaign in {row["campaign"] for row in rows}}
    counted = _counted(viewer, [row["id"] for row in rows])
    return [
        CommonRow(
            id=row["id"], number=row["number"], title=row["title"], category=row["category"],
            category_label=labels[row["campaign"]].get(row["category"], row["category"]), state=CommonState(row["state"]),
            treatment=Treatment(row["treatment"]), outcome=Outcome(row["outcome"]) if row["outcome"] else None,
            region=here.regions[row["region_id"]].name, office=names[row["office_id"]], lead=names[row["lead_id"]],
            due_at=row["due_at"], light=_light(row, now), established_at=row["established_at"],
            answered_at=row["answered_at"], closed_at=row["closed_at"], members=counted[row["id"]][0],
            waiting=counted[row["id"]][1],
        )
        for row in rows
    ]


def labels_of(campaign: str) -> dict[str, str]:
    """The categories of a campaign by code, each named once whatever the kind of subject."""
    named: dict[str, str] = {}
    for entry in rulebook(campaign).categories.values():
        named.setdefault(entry.code, entry.label)
    return named


def row_columns() -> tuple[str, ...]:
    """The columns that `rows_of` needs."""
    return _ROW


def _light(row: Mapping[str, Any], now: datetime) -> Light:
    return Light.NONE if row["answered_at"] or row["closed_at"] else light_of(row["due_at"], row["warn_at"], now)


def _narrowed(viewer: Viewer, filters: Filters) -> QuerySet[Common]:
    found = seen_by(viewer)
    if filters.states:
        found = found.filter(state__in=[state.value for state in filters.states])
    if filters.category:
        found = found.filter(category=filters.category)
    if filters.words:
        found = found.filter(Q(number__icontains=filters.words) | Q(title__icontains=filters.words))
    return found


def _beyond(by_due: bool, ascending: bool, after: tuple[Any, ...]) -> Q:
    way = "gt" if ascending else "lt"
    if not by_due:
        return Q(**{f"id__{way}": after[1]})
    return Q(**{f"due_at__{way}": after[0]}) | Q(**{"due_at": after[0], f"id__{way}": after[1]})


def _counted(viewer: Viewer, common_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """Members and waiting reporters of each, of those the viewer may know; without what was taken out."""
    rows = (
        members_seen_by(viewer).filter(common_id__in=list(common_ids)).exclude(membership=Membership.TAKEN_OUT.value)
        .values("common_id", "problem__state", "problem__rating",
                reporter=Coalesce(F("problem__reporter_unit_id"), F("problem__subject_id"), F("problem_id")))
        .annotate(members=Count("id"))
    )
    members: dict[UUID, int] = defaultdict(int)
    waiting: dict[UUID, set[object]] = defaultdict(set)
    for row in rows:
        members[row["common_id"]] += row["members"]
        rating = Rating(row["problem__rating"]) if row["problem__rating"] else None
        if progress_of(State(row["problem__state"]), rating) in STILL_WAITING:
            waiting[row["common_id"]].add(row["reporter"])
    return defaultdict(lambda: (0, 0), {one: (count, len(waiting[one])) for one, count in members.items()})
