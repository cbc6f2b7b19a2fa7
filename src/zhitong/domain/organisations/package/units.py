"""units.yaml: units written out, and the conventions by which every other region gets its units."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from zhitong.domain.organisations.package.checks import group_faults
from zhitong.domain.organisations.package.regions import written_rows
from zhitong.domain.organisations.package.rows import LineRow, RegionRow, UnitRow
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind, Subordination, UnitKind
from zhitong.kit.source import Finding, Row, Source, fields, known, unique

FILE = "units.yaml"
_UNIT_OPTIONAL = {
    "short": str,
    "kind": UnitKind,
    "lines": list[str],
    "host": str,
    "members": list[str],
    "subordination": Subordination,
    "contact_unit": str,
    "aliases": list[str],
}
_CONVENTION_OPTIONAL = {"ranks": list[Rank], "kinds": list[RegionKind], "endings": list[str]}


@dataclass(frozen=True)
class Convention:
    """The units of every region that fits: its rank, its kind and how its name ends; what is empty is not asked."""

    ranks: tuple[Rank, ...]
    kinds: tuple[RegionKind, ...]
    endings: tuple[str, ...]
    units: tuple[UnitRow, ...]

    def fits(self, region: RegionRow) -> bool:
        """Whether the region is one that this convention speaks of."""
        return (
            (not self.ranks or region.rank in self.ranks)
            and (not self.kinds or region.kind in self.kinds)
            and (not self.endings or region.name.endswith(self.endings))
        )


def parse_units(source: Source, regions: list[RegionRow], lines: list[LineRow]) -> tuple[list[UnitRow], list[Finding]]:
    """Every unit of every region, in the order of the regions, and the faults of units.yaml at their rows."""
    everything = source.row(FILE)
    if not source.has(FILE):
        return [], []
    findings = fields(everything, {"regions": list[Row], "conventions": list[Row]})
    codes = tuple(line.code for line in lines)
    named = {row.text("code"): row for row in written_rows(source)}
    own, faults = _written_out(everything.rows("regions"), named, codes)
    conventions, more = _conventions(everything.rows("conventions"), codes)
    findings += [*faults, *more]
    units: list[UnitRow] = []
    missing: list[Finding] = []
    for region in regions:
        standing = own.get(region.code) or next((c.units for c in conventions if c.fits(region)), ())
        units += [_settled(unit, region) for unit in standing]
        if not standing:
            message = f"{region.name}（{region.code}）一个单位也没有，请写上或加一条适用的惯例。"
            missing.append(Finding(FILE, everything.lines.get("conventions", 1), message))
    return units, findings or missing


def _written_out(
    groups: list[Row], regions: dict[str, Row], lines: tuple[str, ...]
) -> tuple[dict[str, tuple[UnitRow, ...]], list[Finding]]:
    findings = unique(groups, "region")
    own = {}
    for group in groups:
        findings += fields(group, {"region": str, "units": list[Row]})
        findings += known(group, "region", regions, "regions.tsv")
        region = regions.get(group.text("region"))
        is_township = region is not None and region.text("rank") == Rank.TOWNSHIP.value
        findings += _unit_findings(group, lines, is_township)
        own[group.text("region")] = _templates(group, lines)
    return own, findings


def _conventions(groups: list[Row], lines: tuple[str, ...]) -> tuple[list[Convention], list[Finding]]:
    findings = unique(groups, "convention")
    conventions = []
    for group in groups:
        faults = fields(group, {"convention": str, "units": list[Row]}, _CONVENTION_OPTIONAL)
        findings += faults
        if not faults:
            findings += _unit_findings(group, lines, is_township=group.texts("ranks") == [Rank.TOWNSHIP.value])
            findings += _unknown_blanks(group)
            conventions.append(
                Convention(
                    tuple(Rank(rank) for rank in group.texts("ranks")),
                    tuple(RegionKind(kind) for kind in group.texts("kinds")),
                    tuple(group.texts("endings")),
                    _templates(group, lines),
                )
            )
    return conventions, findings


def _unit_findings(group: Row, lines: Collection[str], is_township: bool) -> list[Finding]:
    rows = group.rows("units")
    findings: list[Finding] = []
    for row in rows:
        every_line = {"lines": str} if row.get("lines") == "all" else {}
        findings += fields(row, {"slug": str, "name": str}, _UNIT_OPTIONAL | every_line)
    return findings or list(group_faults(group, rows, lines, is_township))


def _unknown_blanks(group: Row) -> Iterator[Finding]:
    for row in group.rows("units"):
        for key in ("name", "short", "aliases"):
            for blank in re.findall(r"\{[^}]*\}", " ".join(row.texts(key))):
                if blank not in ("{name}", "{short}"):
                    yield row.finding(f"“{key}”里的 {blank} 不认识，只能用 {{name}} 或 {{short}}，请改正。", key)


def _templates(group: Row, lines: tuple[str, ...]) -> tuple[UnitRow, ...]:
    return tuple(_template(row, lines) for row in group.rows("units") if row.text("slug"))


def _template(row: Row, lines: tuple[str, ...]) -> UnitRow:
    """A unit with slugs for codes and no region yet; a word of no kind has been found and reads as the usual one."""
    kinds = {kind.value: kind for kind in UnitKind}
    subordinations = {kind.value: kind for kind in Subordination}
    return UnitRow(
        code=row.text("slug"),
        name=row.text("name"),
        short=row.text("short"),
        kind=kinds.get(row.text("kind"), UnitKind.DEPARTMENT),
        region="",
        lines=lines if row.get("lines") == "all" else tuple(row.texts("lines")),
        host=row.text("host"),
        subordination=subordinations.get(row.text("subordination"), Subordination.TERRITORIAL),
        contact_unit=row.text("contact_unit"),
        aliases=tuple(row.texts("aliases")),
        members=tuple(row.texts("members")),
    )


def _settled(unit: UnitRow, region: RegionRow) -> UnitRow:
    """The unit in its region: codes of region and slug, blanks filled, a short name that does not repeat the region."""

    def code(slug: str) -> str:
        return f"{region.code}-{slug}" if slug else ""

    def filled(text: str) -> str:
        return text.replace("{name}", region.name).replace("{short}", region.short)

    name = filled(unit.name)
    return UnitRow(
        code=code(unit.code),
        name=name,
        short=filled(unit.short) or name.removeprefix(region.name).removeprefix(region.short) or name,
        kind=unit.kind,
        region=region.code,
        lines=unit.lines,
        host=code(unit.host),
        subordination=unit.subordination,
        contact_unit=code(unit.contact_unit),
        aliases=tuple(filled(alias) for alias in unit.aliases),
        members=tuple(code(member) for member in unit.members),
    )
