"""The organisations' part of a campaign package: regions.tsv, tiles.yaml, lines.yaml, units.yaml and posts.yaml. Pure.

    package, findings = parse(Source(folder))

`findings` are those of this part; the source keeps those of files that could not be read.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhitong.domain.organisations.package.directory import directory_of
from zhitong.domain.organisations.package.posts import LINES, parse_lines, parse_posts
from zhitong.domain.organisations.package.regions import parse_regions
from zhitong.domain.organisations.package.rows import LineRow, OrganisationPackage, PostRow, RegionRow, UnitRow
from zhitong.domain.organisations.package.tiles import parse_tiles
from zhitong.domain.organisations.package.units import parse_units
from zhitong.domain.organisations.rules.kinds import CONSULTED, Rank
from zhitong.kit.source import Finding, Source

__all__ = [
    "LineEnd",
    "LineRow",
    "OrganisationPackage",
    "PostRow",
    "RegionRow",
    "UnitRow",
    "directory_of",
    "lines_ending_outside",
    "parse",
    "posts_of",
]


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A line that ends at a body which the territory can only consult."""

    line: LineRow
    unit: UnitRow


def parse(source: Source) -> tuple[OrganisationPackage, list[Finding]]:
    """The whole standing order, conventions written out, and all that is wrong with it at once."""
    regions, region_findings = parse_regions(source)
    placed, tile_findings = (regions, []) if region_findings else parse_tiles(source, regions)
    lines, line_findings = parse_lines(source)
    units, unit_findings = parse_units(source, regions, lines)
    posts, post_findings = parse_posts(source)
    package = OrganisationPackage(tuple(placed), tuple(lines), tuple(units), tuple(posts))
    keeper_findings = [] if unit_findings else _lines_without_keeper(source, package)
    return package, [
        *region_findings, *tile_findings, *line_findings, *unit_findings, *post_findings, *keeper_findings
    ]


def posts_of(package: OrganisationPackage, unit: UnitRow, rank: Rank) -> list[PostRow]:
    """The seats of a unit in a region of this rank."""
    return [post for post in package.posts if post.unit_kind is unit.kind and rank in post.ranks]


def lines_ending_outside(package: OrganisationPackage) -> list[LineEnd]:
    """The lines that the root keeps through a consulted body: nobody there can be made to act."""
    lines = {line.code: line for line in package.lines}
    return [
        LineEnd(lines[code], unit)
        for unit in _root_units(package)
        if unit.subordination in CONSULTED
        for code in unit.lines
        if code in lines
    ]


def _root_units(package: OrganisationPackage) -> list[UnitRow]:
    roots = {region.code for region in package.regions if not region.parent}
    return [unit for unit in package.units if unit.region in roots]


def _lines_without_keeper(source: Source, package: OrganisationPackage) -> list[Finding]:
    kept = {line for unit in _root_units(package) for line in unit.lines}
    return [
        row.finding(f"省级没有单位承担“{row.text('name')}”条线，请在 units.yaml 里写明由谁承担。", "code")
        for row in source.rows(LINES)
        if kept and row.text("code") and row.text("code") not in kept
    ]
