"""Amendments that the viewer may read: of the own region, of those above it and those below; as list, draft and notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory, officials_only, unit_names
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer, first_wall_stands
from zhitong.domain.plans.models import AmendedItem, Amendment
from zhitong.domain.plans.queries.rights import may_amend, may_decide
from zhitong.domain.plans.rules import AmendmentState, Changed, Comparator, Goal, Role, goal_in_words
from zhitong.domain.plans.rules.amending import Line, notice_of
from zhitong.kit.figures import whole_day
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class AmendmentFilters:
    """What the list is narrowed to; empty asks nothing."""

    state: AmendmentState | None = None
    region_id: UUID | None = None
    campaign: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """An amendment in a list."""

    id: UUID
    number: int
    title: str
    region: str
    plan: str
    state: AmendmentState
    since: date
    items: int
    unit: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ItemView:
    """A line with what it changes: `before` and `after` as kept, `line` in words."""

    changed: Changed
    target_id: UUID | None
    task_id: UUID | None
    measure: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    line: Line


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """An amendment in full; `notice` has its sentences, the `may_…` tell of this post."""

    id: UUID
    number: int
    title: str
    reason: str
    document_number: str
    state: AmendmentState
    since: date
    plan_id: UUID
    plan_title: str
    plan_number: str
    campaign: str
    region_id: UUID
    region: str
    unit: str
    made_at: datetime
    submitted_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    decision: str
    version: int
    items: tuple[ItemView, ...]
    notice: tuple[str, ...]
    may_change: bool
    may_withdraw: bool
    may_decide: bool


def amendments_for(
    viewer: Viewer, filters: AmendmentFilters, *, after: UUID | None = None, turned: bool = False, limit: int = 50
) -> list[AmendmentRow]:
    """One page of amendments, the newest first (two queries); `turned` reads from the oldest. Raises NotFound: a firm."""
    kept = _narrowed(viewer, filters)
    if after is not None:
        kept = kept.filter(id__gt=after) if turned else kept.filter(id__lt=after)
    rows = list(kept.select_related("plan").annotate(lines=Count("items")).order_by("id" if turned else "-id")[:limit])
    names, here = unit_names(row.by_unit_id for row in rows), directory()
    return [
        AmendmentRow(
            row.id, row.number, row.title, here.regions[row.region_id].name, row.plan.title, AmendmentState(row.state),
            row.since, row.lines, names.get(row.by_unit_id, ""), row.made_at,
        )
        for row in rows
    ]


def count_amendments(viewer: Viewer, filters: AmendmentFilters, *, most: int) -> int:
    """How many amendments a filter leaves, counted up to `most`."""
    return _narrowed(viewer, filters).order_by()[:most].count()


def amendment_seen(viewer: Viewer, amendment_id: UUID) -> AmendmentView:
    """One amendment (three queries). Raises NotFound: it is not there for this viewer."""
    return next(iter(_views(viewer, _open_to(viewer).filter(id=amendment_id))), None) or _nothing()


def amendments_of_target(viewer: Viewer, target_id: UUID) -> list[AmendmentView]:
    """What was changed in a target, the newest first, approved only (three queries)."""
    return _views(viewer, _approved(viewer).filter(items__target=target_id))


def amendments_of_task(viewer: Viewer, task_id: UUID) -> list[AmendmentView]:
    """What was changed in a task or in any of its targets, the newest first, approved only (three queries)."""
    of_task = Q(items__task=task_id) | Q(items__target__indicator__task=task_id)
    return _views(viewer, _approved(viewer).filter(of_task))


def title_of(amendment_id: UUID) -> str:
    """The title of an amendment, for the worker (one query); empty when it is not there."""
    return Amendment.objects.filter(id=amendment_id).values_list("title", flat=True).first() or ""


def _nothing() -> AmendmentView:
    raise NotFound


def _open_to(viewer: Viewer) -> QuerySet[Amendment]:
    """The first wall: amendments of the own region, of those below it and of those above it; drafts to their region only."""
    officials_only(viewer)
    if not first_wall_stands():
        return Amendment.objects.all()
    if viewer.reach not in (Reach.SUBTREE, Reach.LINE):
        return Amendment.objects.none()
    below = RegionWithin.objects.filter(ancestor=viewer.region_id).values("region_id")
    above = RegionWithin.objects.filter(region=viewer.region_id).values("ancestor_id")
    mine = Q(region=viewer.region_id) | ~Q(state=AmendmentState.DRAFT.value)
    return Amendment.objects.filter(Q(region__in=below) | Q(region__in=above)).filter(mine)


def _approved(viewer: Viewer) -> QuerySet[Amendment]:
    return _open_to(viewer).filter(state=AmendmentState.APPROVED.value).distinct()


def _narrowed(viewer: Viewer, filters: AmendmentFilters) -> QuerySet[Amendment]:
    kept = _open_to(viewer)
    if filters.state:
        kept = kept.filter(state=filters.state.value)
    if filters.region_id:
        kept = kept.filter(region=filters.region_id)
    if filters.campaign:
        kept = kept.filter(plan__campaign=filters.campaign)
    return kept.filter(title__icontains=filters.words) if filters.words else kept


def _views(viewer: Viewer, kept: QuerySet[Amendment]) -> list[AmendmentView]:
    rows = list(kept.select_related("plan").order_by("-id"))
    items: dict[UUID, list[ItemView]] = {row.id: [] for row in rows}
    asked = AmendedItem.objects.filter(amendment__in=items).order_by("amendment_id", "position")
    for one in asked.select_related("task", "target__indicator__task"):
        items[one.amendment_id].append(_item(one))
    names = unit_names(unit for row in rows for unit in (row.by_unit_id, row.decided_by_id))
    return [_view(viewer, row, items[row.id], names) for row in rows]


def _view(viewer: Viewer, row: Amendment, items: Sequence[ItemView], names: Mapping[UUID, str]) -> AmendmentView:
    state, is_drafter = AmendmentState(row.state), may_amend(viewer, row.region_id)
    return AmendmentView(
        row.id, row.number, row.title, row.reason, row.document_number, state, row.since, row.plan_id, row.plan.title,
        row.plan.number, row.plan.campaign, row.region_id, directory().regions[row.region_id].name,
        names.get(row.by_unit_id, ""), row.made_at, row.submitted_at,
        names.get(row.decided_by_id, "") if row.decided_by_id else "", row.decided_at, row.decision, row.version,
        tuple(items), tuple(notice_of([item.line for item in items])), is_drafter and state is AmendmentState.DRAFT,
        is_drafter and state in (AmendmentState.DRAFT, AmendmentState.SUBMITTED),
        state is AmendmentState.SUBMITTED and may_decide(viewer, row.region_id),
    )


def _item(one: AmendedItem) -> ItemView:
    changed, indicator = Changed(one.changed), one.target.indicator if one.target else None
    task = indicator.task if indicator else one.task
    measure = indicator.measure if indicator else ""
    before, after = _in_words(changed, one.before, measure), _in_words(changed, one.after, measure)
    line = Line(
        changed, task.number if task else "", task.title if task else "", indicator.full_name if indicator else "", before,
        "" if changed is Changed.CANCELLED else after,
    )
    return ItemView(changed, one.target_id, one.task_id, measure, one.before, one.after, line)


def _in_words(changed: Changed, side: Mapping[str, Any], measure: str) -> str:
    """One side of a line as a notice says it."""
    match changed:
        case Changed.DEADLINE:
            return _day(side["deadline"]) if side["deadline"] else ""
        case Changed.ASPIRATION:
            return goal_in_words(Goal(Comparator.EQUAL, Decimal(side["value"]), None, measure)) if side["value"] else ""
        case Changed.UNITS:
            return _units(side["units"])
        case Changed.CONTENT:
            return f"“{side['content']}”"
    if not side:
        return ""
    upper = Decimal(side["upper"]) if side["upper"] else None
    return goal_in_words(Goal(Comparator(side["comparator"]), Decimal(side["value"]), upper, measure))


def _units(units: Iterable[Mapping[str, str]]) -> str:
    """省交通厅（牵头）、省旅游委（配合，旅游厕所）."""
    return "、".join(
        f"{one['name']}（{Role(one['role']).label}{'，' + one['part'] if one['part'] else ''}）" for one in units
    )


def _day(said: str) -> str:
    return whole_day(date.fromisoformat(said))
