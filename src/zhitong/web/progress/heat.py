"""A task's table of regions: a row per target, a column per region, in each cell a shape with its word and the share done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.plans.rules import Light as Standing
from zhitong.domain.progress.queries.watching import WatchedTarget
from zhitong.web.progress import saying
from zhitong.web.shell.components import Light

SHORT = {Standing.AHEAD: "未到期"}
"""Words that are too long for a cell."""


@dataclass(frozen=True)
class HeatCell:
    """A target in a region; without a light the region has no such target."""

    region: str
    url: str = ""
    light: Light | None = None
    share: str = ""
    said: str = ""


@dataclass(frozen=True)
class HeatRow:
    """A target in every region; on a phone one row at a time is shown."""

    name: str
    goal: str
    code: str
    url: str
    is_chosen: bool
    cells: Sequence[HeatCell]


@dataclass(frozen=True)
class Heat:
    """The table; `regions` are the heads of its columns with their pages."""

    regions: Sequence[tuple[str, str]]
    rows: Sequence[HeatRow]


def heat_of(
    targets: Sequence[WatchedTarget], regions: Sequence[RegionEntry], whole: dict[UUID, WatchedTarget], chosen: str, address: str,
    above: str,
) -> Heat | None:
    """The targets of a task by region; None where no region below has any.

    `whole` has the same indicators in the region above, by indicator; `chosen` is the code of the one shown on a phone, `above`
    that of the region above.
    """
    found: dict[UUID, dict[UUID, WatchedTarget]] = {}
    for one in targets:
        found.setdefault(one.indicator_id, {})[one.region_id] = one
    having = [region for region in regions if any(region.id in places for places in found.values())]
    if not having:
        return None
    rows = []
    for indicator_id, places in found.items():
        first = whole.get(indicator_id) or next(iter(places.values()))
        cells = [_cell(places.get(region.id), region) for region in having]
        goal = whole[indicator_id].goal if indicator_id in whole else ""
        url = saying.asking(address, region=above, target=first.code)
        rows.append(HeatRow(first.name, goal, first.code, f"{url}#heat", first.code == chosen, cells))
    if not any(row.is_chosen for row in rows):
        rows[0] = HeatRow(rows[0].name, rows[0].goal, rows[0].code, rows[0].url, True, rows[0].cells)
    return Heat([(region.short, saying.page_of_region(region.code)) for region in having], rows)


def _cell(target: WatchedTarget | None, region: RegionEntry) -> HeatCell:
    if target is None:
        return HeatCell(region.short)
    light = saying.light_of(target.light)
    if target.light in SHORT:
        light = Light(light.tone, SHORT[target.light])
    said = target.judged.words if target.judged else target.goal
    share = saying.percent(target.judged.share) if target.judged and target.judged.share is not None else ""
    return HeatCell(region.short, saying.page_of_task(target, region.code), light, share, f"{region.name}：{said}")
