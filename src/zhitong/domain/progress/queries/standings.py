"""How targets stand, as may be seen: a region's, a task's over its regions, one indicator's heat, counts by light.

Whoever sees a territory sees the standings in it; nobody sees those of a neighbour or of a region above. Each query
costs the same however many rows it gives, and nothing is grouped: counts come from the tallies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.organisations import scope
from zhitong.domain.organisations.models import RegionWithin
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.rights import Reach
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.models import Target
from zhitong.domain.plans.rules import Comparator, Goal, Light, goal_in_words
from zhitong.domain.progress.models import Override, Standing
from zhitong.domain.progress.rules.standings import LIGHTS
from zhitong.domain.tallies.queries import counts

_OVERSEEING = (Reach.SUBTREE, Reach.LINE)


@dataclass(frozen=True, slots=True)
class OverrideView:
    """Another light than the computed one: set by the level above, when and why; it is printed beside the computed one."""

    id: UUID
    period: str
    computed: Light
    light: Light
    reason: str
    by_unit_id: UUID
    set_at: datetime


@dataclass(frozen=True, slots=True)
class StandingView:
    """A target at its newest period, or at the one asked for; light AHEAD and no period where nothing is due yet.

    `share` and `expected_share` are parts of the way (1 = the target); figures are in base units of `measure`.
    """

    target_id: UUID
    indicator_id: UUID
    code: str
    name: str
    measure: str
    task_id: UUID | None
    region_id: UUID
    goal: str
    deadline: date | None
    period: str
    period_end: date | None
    actual: Decimal | None
    expected: Decimal | None
    share: Decimal | None
    expected_share: Decimal | None
    light: Light
    words: str
    is_mended: bool
    is_accepted: bool
    override: OverrideView | None

    @property
    def shown(self) -> Light:
        """The light that stands first: the one set by the level above where there is one."""
        return self.override.light if self.override else self.light


def may_see_standings(viewer: Viewer, region_id: UUID) -> bool:
    """Whether a viewer sees how a region stands: an official of it or of a region above it."""
    return region_id in regions_seen(viewer, [region_id])


def regions_seen(viewer: Viewer, region_ids: Iterable[UUID]) -> list[UUID]:
    """Those of the regions whose standings a viewer sees, in their order; the directory is read once."""
    if not scope.first_wall_stands():
        return list(region_ids)
    here = directory()
    return [
        one for one in region_ids
        if viewer.reach in _OVERSEEING and one in here.regions and viewer.region_id in {each.id for each in here.path(one)}
    ]


def standings_of_region(viewer: Viewer, region_id: UUID, period: str = "") -> list[StandingView]:
    """Every target of a region with its newest standing, or that of a period, in the order of the plan (three queries).

    Nothing where the viewer may not see the region.
    """
    if not may_see_standings(viewer, region_id):
        return []
    return _views(viewer, Target.objects.filter(region_id=region_id), period)


def standings_of_task(viewer: Viewer, task_id: UUID, period: str = "") -> list[StandingView]:
    """A task's targets in every region seen: by indicator, then by region in order (three queries)."""
    return _views(viewer, Target.objects.filter(indicator__task_id=task_id), period)


def heat(viewer: Viewer, indicator_id: UUID, period: str = "") -> list[StandingView]:
    """One indicator in every region seen, by region in order (three queries)."""
    return _views(viewer, Target.objects.filter(indicator_id=indicator_id), period)


def standings_of_target(viewer: Viewer, target_id: UUID) -> list[StandingView]:
    """A target at every period so far, the oldest first, each with the light set from above (three queries)."""
    target = seen_targets(viewer, Target.objects.filter(id=target_id)).first()
    if target is None:
        return []
    rows = Standing.objects.filter(target_id=target_id).order_by("period_end", "period")
    return [_view(target, row, _overrides([target_id]).get((target_id, row.period))) for row in rows]


def has_standings(viewer: Viewer, target_id: UUID) -> bool:
    """Whether a target has lights that the viewer sees (one query)."""
    return Standing.objects.filter(target__in=seen_targets(viewer, Target.objects.filter(id=target_id))).exists()


def counts_by_light(viewer: Viewer, region_ids: Sequence[UUID], *, own: bool = True) -> dict[UUID, dict[Light, int]]:
    """How many targets have which light by their newest standing, by region (one statement whatever the number).

    `own` counts the region's own targets alone, otherwise all below it too. Regions that may not be seen are left out.
    """
    by_task = counts_by_task(viewer, region_ids, own=own)
    found: dict[UUID, dict[Light, int]] = {}
    for region_id, _task_id in by_task:
        found.setdefault(region_id, dict.fromkeys(Light, 0))
    for (region_id, _task_id), lights in by_task.items():
        for light, number in lights.items():
            found[region_id][light] += number
    return found


def counts_by_task(
    viewer: Viewer, region_ids: Sequence[UUID], *, own: bool = True
) -> dict[tuple[UUID, UUID], dict[Light, int]]:
    """How many targets have which light, by (region, task) (one statement whatever the number)."""
    here = directory()
    seen = regions_seen(viewer, region_ids)
    children = {one: [below.id for below in here.children(one)] if own else [] for one in seen}
    nodes = sorted({*seen, *(below for each in children.values() for below in each)})
    at: dict[UUID, list[tuple[UUID, Light, int]]] = {}
    for (node, task, light), number in counts(LIGHTS, nodes, by=("task", "light")).items():
        at.setdefault(node, []).append((UUID(str(task)), Light(str(light)), number))
    found: dict[tuple[UUID, UUID], dict[Light, int]] = {}
    for region_id in seen:
        _add(found, region_id, at.get(region_id, ()), 1)
        for below in children[region_id]:
            _add(found, region_id, at.get(below, ()), -1)
    return {key: {light: n for light, n in lights.items() if n} for key, lights in found.items() if any(lights.values())}


def _add(
    found: dict[tuple[UUID, UUID], dict[Light, int]], region_id: UUID, cells: Iterable[tuple[UUID, Light, int]], sign: int
) -> None:
    for task_id, light, number in cells:
        lights = found.setdefault((region_id, task_id), {})
        lights[light] = lights.get(light, 0) + sign * number


def overrides_in_force(viewer: Viewer, region_ids: Collection[UUID]) -> int:
    """How many lights of these regions are set from above at present (one query)."""
    seen = regions_seen(viewer, region_ids)
    return Override.objects.filter(region__in=seen, released_at__isnull=True).count()


def seen_targets(viewer: Viewer, kept: QuerySet[Target]) -> QuerySet[Target]:
    """The targets of these whose standing a viewer may see, with their indicators, in the order of plan and territory."""
    if scope.first_wall_stands():
        if viewer.reach not in _OVERSEEING:
            return kept.none()
        kept = kept.filter(region__in=RegionWithin.objects.filter(ancestor_id=viewer.region_id).values("region_id"))
    ordered = kept.filter(is_cancelled=False, indicator__task__isnull=False)
    return ordered.select_related("indicator").order_by("indicator__plan_id", "indicator__position", "region__position", "id")


def _views(viewer: Viewer, kept: QuerySet[Target], period: str) -> list[StandingView]:
    targets = list(seen_targets(viewer, kept))
    ids = [target.id for target in targets]
    asked = Standing.objects.filter(target__in=ids)
    asked = asked.filter(period=period) if period else asked.filter(is_newest=True)
    rows = {row.target_id: row for row in asked}
    set_by_hand = _overrides(ids)
    found = []
    for target in targets:
        row = rows.get(target.id)
        found.append(_view(target, row, set_by_hand.get((target.id, row.period)) if row else None))
    return found


def _overrides(target_ids: Collection[UUID]) -> Mapping[tuple[UUID, str], OverrideView]:
    rows = Override.objects.filter(target__in=target_ids, released_at__isnull=True)
    return {
        (row.target_id, row.period): OverrideView(
            row.id, row.period, Light(row.computed), Light(row.light), row.reason, row.by_unit_id, row.set_at
        )
        for row in rows
    }


def _view(target: Target, row: Standing | None, override: OverrideView | None) -> StandingView:
    one = target.indicator
    goal = goal_in_words(Goal(Comparator(target.comparator), target.value, target.upper, one.measure))
    head = (
        target.id, one.id, one.code, one.full_name, one.measure, one.task_id, target.region_id, goal, target.deadline,
    )
    if row is None:
        return StandingView(
            *head, "", None, None, None, None, None, Light.AHEAD, "还没有到报送时间。", False, False, None
        )
    return StandingView(
        *head, row.period, row.period_end, row.actual, row.expected, row.share, row.expected_share, Light(row.light),
        row.words, row.is_mended, row.is_accepted, override,
    )
