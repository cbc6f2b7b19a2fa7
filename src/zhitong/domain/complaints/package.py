"""The complaints' part of a campaign package: `complaints.yaml`, who receives and within which time. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.domain.organisations.package import OrganisationPackage, UnitRow
from zhitong.domain.organisations.rules.kinds import CONSULTED, PostKind
from zhitong.domain.organisations.rules.rights import Permission, permissions_of
from zhitong.kit.source import Finding, Row, Source, fields, known

FILE = "complaints.yaml"
_FIELDS = {"receivers": list[str], "limits": Row, "source": str}
_LIMITS = {"acknowledge_workdays": int, "notify_workdays": int}
AT_THE_TOP = 2


@dataclass(frozen=True, slots=True)
class ComplaintsPackage:
    """What a campaign lays down for complaints: slugs of the receiving units in their order, limits in working days."""

    receivers: tuple[str, ...]
    acknowledge_workdays: int
    notify_workdays: int
    source: str
    row: Row


def parse(source: Source) -> tuple[ComplaintsPackage | None, list[Finding]]:
    """What the file says, and every finding about its form; None when it cannot be read."""
    head = source.row(FILE)
    if not head:
        return None, []
    limits = head.row("limits")
    findings = [*fields(head, _FIELDS), *(fields(limits, _LIMITS) if limits else [])]
    package = ComplaintsPackage(
        tuple(head.texts("receivers")), limits.number("acknowledge_workdays"), limits.number("notify_workdays"),
        head.text("source"), head,
    )
    if not findings and not 1 <= package.acknowledge_workdays <= package.notify_workdays:
        findings.append(limits.finding("签收时限至少一个工作日，且不能长于告知时限，请改正。", "acknowledge_workdays"))
    return package, findings


def check(package: ComplaintsPackage, order: OrganisationPackage) -> Iterator[Finding]:
    """What only the whole package can tell: whether somebody fit receives at every level."""
    slugs = {unit.code.removeprefix(f"{unit.region}-"): unit for unit in order.units}
    yield from known(package.row, "receivers", slugs, "units.yaml")
    designated = [
        unit for unit in order.units if unit.code.removeprefix(f"{unit.region}-") in package.receivers
    ]
    for unit in designated:
        if not _may_unseal(unit):
            yield package.row.finding(f"“{unit.name}”不是督查机构或党群机构，不能受理密封件，请换一个单位。", "receivers")
    yield from _levels_without(package, order, {unit.region for unit in designated})
    roots = {region.code for region in order.regions if not region.parent}
    if order.regions and sum(unit.region in roots for unit in designated) < AT_THE_TOP:
        yield package.row.finding("最高一级至少要有两个受理机构：对其中一个的投诉须由另一个受理，请补上。", "receivers")


def _may_unseal(unit: UnitRow) -> bool:
    return unit.subordination not in CONSULTED and Permission.UNSEAL in permissions_of(unit.kind, PostKind.OFFICER)


def _levels_without(
    package: ComplaintsPackage, order: OrganisationPackage, receiving: set[str]
) -> Iterator[Finding]:
    """Ranks that stand above other regions and have no receiver in any region."""
    above = {region.reporting_parent for region in order.regions}
    ranks = {region.rank for region in order.regions if region.code in above}
    for rank in sorted(ranks, key=lambda one: str(one.value)):
        if not any(region.rank is rank and region.code in receiving for region in order.regions):
            yield package.row.finding(f"{rank.label}没有受理密封件的机构，对下一级的投诉没有上一级可送，请补上。", "receivers")
