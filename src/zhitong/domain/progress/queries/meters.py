"""How far reporting is: by region, line and unit, exact at the moment, from the tallies (R-E4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.progress.rules import Mark
from zhitong.domain.progress.rules.counting import BY_UNIT, EVER_RETURNED, REPORTS, Reporting
from zhitong.domain.tallies.queries import counts


def reporting_by_region(viewer: Viewer, region_ids: Sequence[UUID], period: str) -> dict[UUID, Reporting]:
    """The reports of a period in each region with all below it; two statements. Regions outside the viewer's are empty."""
    marks: dict[UUID, dict[Mark, int]] = {one: {} for one in region_ids}
    for (node, mark), n in counts(REPORTS, region_ids, by=("mark",), where={"period": [period]}).items():
        marks[node][Mark(str(mark))] = n
    returned = counts(EVER_RETURNED, region_ids, by=(), where={"period": [period]})
    return {one: Reporting(marks[one], returned.get((one,), 0)) for one in region_ids}


def reporting_by_line(viewer: Viewer, region_id: UUID, period: str) -> dict[UUID, Reporting]:
    """The reports of a period in a region by the line they belong to; two statements."""
    return _keyed(
        counts(REPORTS, [region_id], by=("line", "mark"), where={"period": [period]}),
        counts(EVER_RETURNED, [region_id], by=("line",), where={"period": [period]}),
    )


def reporting_by_unit(viewer: Viewer, region_id: UUID, period: str) -> dict[UUID, Reporting]:
    """The reports of a period in a region and below it by the unit that owes them; two statements."""
    return _keyed(
        counts(BY_UNIT, [region_id], by=("unit", "mark"), where={"period": [period]}),
        counts(EVER_RETURNED, [region_id], by=("unit",), where={"period": [period]}),
    )


def _keyed(found: Mapping[tuple[UUID, ...], int], returned: Mapping[tuple[UUID, ...], int]) -> dict[UUID, Reporting]:
    marks: dict[str, dict[Mark, int]] = defaultdict(dict)
    for (_node, key, mark), n in found.items():
        if key:
            marks[str(key)][Mark(str(mark))] = n
    back = {str(key): n for (_node, key), n in returned.items()}
    return {UUID(key): Reporting(one, back.get(key, 0)) for key, one in marks.items()}
