"""The package as a directory, so that a check without a database can ask who keeps a line and who is above."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from zhitong.domain.organisations.package.rows import OrganisationPackage
from zhitong.domain.organisations.rules.directory import Directory, LineEntry, RegionEntry, UnitEntry


def directory_of(package: OrganisationPackage) -> Directory:
    """The directory that the database will give after loading, but for the ids: here they are made of the codes."""
    regions = [
        RegionEntry(
            _id(row.code), row.code, row.name, row.short, row.rank, row.kind, row.order,
            _id(row.reporting_parent) if row.reporting_parent else None, row.tile,
        )
        for row in package.regions
    ]  # fmt: skip
    lines = {line.code: LineEntry(_id(line.code), line.code, line.name) for line in package.lines}
    kept = {codes: frozenset(lines[code].id for code in codes) for codes in {unit.lines for unit in package.units}}
    units = [
        UnitEntry(
            _id(row.code), row.code, row.name, row.short, row.kind, _id(row.region), row.subordination,
            _id(row.host) if row.host else None, _id(row.contact_unit) if row.contact_unit else None, kept[row.lines],
        )
        for row in package.units
    ]  # fmt: skip
    shown: dict[UUID, tuple[UUID, ...]] = {}
    for row in package.regions:
        for code in row.shown_in:
            shown[_id(code)] = (*shown.get(_id(code), ()), _id(row.code))
    return Directory(
        {region.id: region for region in regions},
        {unit.id: unit for unit in units},
        {line.id: line for line in lines.values()},
        shown,
    )


def _id(code: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"organisations:{code}")
