"""How many of the served there are: read from the plans and the tier rules of the packages, never written here. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from zhitong.domain.campaigns.package import CampaignPackage
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.plans.rules import TaskKind
from zhitong.domain.subjects.package import TierList
from zhitong.domain.subjects.rules.kinds import PlatformKind, ProjectStage, ServiceSubKind, SubjectKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many subjects of one sort; `force` is the task force that drives them, `region` the local plan's own region."""

    kind: SubjectKind
    count: int
    rank: Rank
    sub_kind: str = ""
    stage: ProjectStage | None = None
    force: str = ""
    title: str = ""
    region: str = ""

    @property
    def sort(self) -> tuple[SubjectKind, Rank, str, ProjectStage | None]:
        """What makes subjects alike here."""
        return (self.kind, self.rank, self.sub_kind, self.stage)


# Platforms by the readings of the provincial plan that count them. What the plan means to raise beyond the platforms
# it serves (市级培育35家以上, 新建50家以上 of two kinds together) are targets of the year, not subjects on the first day.
PLATFORMS = (
    (PlatformKind.DEMONSTRATION_BASE, Rank.PROVINCE, "P032"),
    (PlatformKind.INCUBATOR, Rank.PROVINCE, "P036"),
    (PlatformKind.MAKER_SPACE, Rank.PROVINCE, "P035"),
    (PlatformKind.JOB_INCUBATOR, Rank.CITY, "P037"),
    (PlatformKind.JOB_INCUBATOR, Rank.COUNTY, "P038"),
    (PlatformKind.SMALL_FIRM_BASE, Rank.PROVINCE, "P043"),
    (PlatformKind.SMALL_FIRM_BASE, Rank.CITY, "P044"),
)

# What the local plan counts in its own region, by its readings, under the tiers that the provincial rules give.
LOCAL = (
    (SubjectKind.INDUSTRY, Rank.COUNTY, "", None, "B024"),
    (SubjectKind.SERVICES, Rank.CITY, ServiceSubKind.SERVICE, None, "B027"),
    (SubjectKind.SERVICES, Rank.CITY, ServiceSubKind.WHOLESALE, None, "B028"),
    (SubjectKind.TECH_SME, Rank.COUNTY, "", None, "B030"),
    (SubjectKind.PROJECT, Rank.PROVINCE, "", ProjectStage.PREPARATION, "B031"),
    (SubjectKind.PROJECT, Rank.CITY, "", ProjectStage.PREPARATION, "B032"),
    (SubjectKind.PROJECT, Rank.PROVINCE, "", ProjectStage.CONSTRUCTION, "B033"),
    (SubjectKind.PROJECT, Rank.CITY, "", ProjectStage.CONSTRUCTION, "B034"),
    (SubjectKind.PROJECT, Rank.PROVINCE, "", ProjectStage.COMPLETION, "B035"),
    (SubjectKind.PROJECT, Rank.CITY, "", ProjectStage.COMPLETION, "B036"),
)


def demand(upper: CampaignPackage, local: CampaignPackage) -> list[Wanted]:
    """All that the plans count: the local plan's own first, then the rest of the whole campaign."""
    own = list(_of_local(local))
    whole = [*_of_tiers(upper, own), *_of_platforms(upper), *_of_works(upper)]
    return [*own, *(replace(one, count=one.count - _taken(one, own)) for one in whole)]


def share_of(wanted: Sequence[Wanted], part: Fraction) -> list[Wanted]:
    """A part of the population, with at least one of every sort; for tests."""
    return [replace(one, count=max(1, int(one.count * part))) for one in wanted if one.count]


def _taken(one: Wanted, own: Sequence[Wanted]) -> int:
    return sum(other.count for other in own if other.sort == one.sort)


def _of_local(local: CampaignPackage) -> Iterator[Wanted]:
    values = _values(local)
    for kind, rank, sub_kind, stage, reading in LOCAL:
        yield Wanted(kind, values[reading], rank, str(sub_kind), stage, region=local.region)


def _values(package: CampaignPackage) -> dict[str, int]:
    assert package.plan is not None, "a shipped package has a plan"
    return {one.code: int(one.value) for one in package.plan.indicators}


def _of_tiers(package: CampaignPackage, own: Sequence[Wanted]) -> Iterator[Wanted]:
    for tiers in package.tiers:
        if tiers.kind is SubjectKind.PROJECT:
            yield from _of_stages(tiers, own)
            continue
        for quota in tiers.quotas:
            assert quota.rank is not None, "quotas of enterprises are quotas of tiers"
            yield Wanted(tiers.kind, quota.number, quota.rank, quota.sub_kind)


def _of_stages(tiers: TierList, own: Sequence[Wanted]) -> Iterator[Wanted]:
    """The plan counts projects by stage and leaves their level open: it is split as the local plan's own are."""
    mine = [one for one in own if one.kind is tiers.kind]
    of_province = Fraction(sum(one.count for one in mine if one.rank is Rank.PROVINCE), sum(one.count for one in mine))
    for quota in tiers.quotas:
        upper = round(quota.number * of_province)
        yield Wanted(tiers.kind, upper, Rank.PROVINCE, stage=quota.stage)
        yield Wanted(tiers.kind, quota.number - upper, Rank.CITY, stage=quota.stage)


def _of_platforms(package: CampaignPackage) -> Iterator[Wanted]:
    values = _values(package)
    tasks = {one.code: one.task for one in package.plan.indicators} if package.plan else {}
    for kind, rank, reading in PLATFORMS:
        yield Wanted(SubjectKind.PLATFORM, values[reading], rank, str(kind), force=tasks[reading])


def _of_works(package: CampaignPackage) -> Iterator[Wanted]:
    assert package.plan is not None, "a shipped package has a plan"
    for task in package.plan.tasks:
        if task.kind is TaskKind.LIVELIHOOD_WORK:
            yield Wanted(SubjectKind.WORK, 1, Rank.PROVINCE, force=task.number, title=task.title)
