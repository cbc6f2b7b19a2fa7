"""tiles.yaml: where regions stand on a chart of tiles, drawn in words as they lie to one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zhitong.domain.organisations.package.rows import RegionRow
from zhitong.kit.source import Finding, Row, Source, fields, unique

FILE = "tiles.yaml"
GAP = "."
"""A place of the chart where no region of ours lies."""

Places = dict[str, tuple[int, int]]


def parse_tiles(source: Source, regions: Sequence[RegionRow]) -> tuple[list[RegionRow], list[Finding]]:
    """The regions with the places that charts give them, and every fault of a chart; without the file as they came."""
    if not source.has(FILE):
        return list(regions), []
    charts = source.rows(FILE)
    findings = unique(charts, "region")
    parents = {region.code: region.reporting_parent for region in regions}
    places: Places = {}
    for chart in charts:
        faults = fields(chart, {"region": str, "rows": list[str]})
        findings += faults
        if not faults:
            findings += _placed(chart, parents, places)
    return [replace(region, tile=places.get(region.code)) for region in regions], findings


def _placed(chart: Row, parents: Mapping[str, str], places: Places) -> Iterator[Finding]:
    """Write down every place of a chart; what cannot stand there is said."""
    whole = chart.text("region")
    for down, line in enumerate(chart.texts("rows"), 1):
        for across, code in enumerate(line.split(), 1):
            if code == GAP:
                continue
            if parents.get(code) != whole:
                yield chart.finding(f"图块“{code}”不是“{whole}”的下级，请改正或删去。", "rows")
            elif code in places:
                yield chart.finding(f"图块“{code}”写了两处，请留一处。", "rows")
            else:
                places[code] = (across, down)
