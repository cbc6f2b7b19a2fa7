"""The lists on which the invented stand: one per kind, tier and drawing unit; the local plan's own lists beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from zhitong.domain.campaigns.package import CampaignPackage
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.actions import ListToDraw
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.rehearsal.population.caring import Carers
from zhitong.rehearsal.population.demand import LOCAL
from zhitong.rehearsal.population.inventing import Invented

Settled = tuple[Invented, UUID]
"""An invented subject with its id."""


def lists_of(
    settled: Sequence[Settled], carers: Carers, upper: CampaignPackage, local: CampaignPackage
) -> list[ListToDraw]:
    """Every list with its members, each as long as it is drawn: the numbers of the plan are the sums over a tier."""
    return [*_by_level(settled, carers, upper), *_of_local(settled, carers, local)]


def _by_level(settled: Sequence[Settled], carers: Carers, package: CampaignPackage) -> Iterator[ListToDraw]:
    drawn: dict[tuple[SubjectKind, Rank, UUID], list[Settled]] = {}
    regions = {region.code: region.id for region in carers.here.regions.values()}
    for one, subject_id in settled:
        assert one.tier is not None, "everybody invented has a tier"
        level = carers.level(one.tier, regions[one.region])
        drawn.setdefault((one.kind, one.tier, level.id), []).append((one, subject_id))
    for (kind, tier, region_id), members in drawn.items():
        region = carers.here.regions[region_id]
        yield _list(package, f"{kind}-{tier}-{region.code}", region, kind, tier, members, carers)


def _of_local(settled: Sequence[Settled], carers: Carers, package: CampaignPackage) -> Iterator[ListToDraw]:
    """What the local plan counts as its own stands on a second list, drawn by the local region."""
    region = next(region for region in carers.here.regions.values() if region.code == package.region)
    inside = {carers.here.regions[below].code for below in carers.here.within(region.id)}
    for kind in dict.fromkeys(row[0] for row in LOCAL):
        members = [one for one in settled if one[0].kind is kind and one[0].region in inside]
        if members:
            yield _list(package, f"{kind}-{region.code}", region, kind, None, members, carers)


def _list(
    package: CampaignPackage, code: str, region: RegionEntry, kind: SubjectKind, tier: Rank | None,
    members: Sequence[Settled], carers: Carers,
) -> ListToDraw:
    office = carers.here.office(region.id)
    assert office is not None, "the root has an office"
    level = tier.label if tier else "本级"
    return ListToDraw(
        campaign=package.code, code=code, name=f"{package.year}年{region.name}{level}帮扶{kind.label}名单", kind=kind,
        tier=tier, drawn_by=office.id, year=package.year, quota=len(members), members=[one[1] for one in members],
    )
