"""Which standard is in force where, and how a campaign diagnoses and cultivates."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from zhitong.domain.organisations.queries import directory
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tiering.models import Rulebook, TierStandard
from zhitong.domain.tiering.rules import diagnosing, ladders
from zhitong.domain.tiering.rules.diagnosing import DiagnosisRule
from zhitong.domain.tiering.rules.kinds import StandardOrigin
from zhitong.domain.tiering.rules.ladders import Ladder
from zhitong.domain.tiering.rules.standards import Standard, read_standard
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Book:
    """How a campaign diagnoses, whose figures those are, and its ladders."""

    source: str
    diagnosis: tuple[DiagnosisRule, ...]
    ladders: tuple[Ladder, ...]


def kinds_tiered(campaign: str) -> list[SubjectKind]:
    """The kinds for which a campaign has a standard, in the order of the kinds."""
    kept = set(TierStandard.objects.filter(campaign=campaign).values_list("kind", flat=True))
    return [kind for kind in SubjectKind if kind.value in kept]


def standard_in_force(campaign: str, kind: SubjectKind, region_id: UUID) -> Standard:
    """The standard nearest to a region: its own or that of the nearest region above; a run's before the package's.

    Quotas hold only in the region they were given to: from above come the rules alone.
    Raises NotFound: the campaign has none for this kind.
    """
    near = {region.id: place for place, region in enumerate(reversed(directory().path(region_id)))}
    rows = TierStandard.objects.filter(campaign=campaign, kind=kind.value, region_id__in=near)
    found = min(
        rows, key=lambda row: (near[row.region_id], row.origin == StandardOrigin.PACKAGE.value), default=None
    )
    if found is None:
        raise NotFound("本活动没有为这类服务对象规定分级标准。")
    standard = read_standard(found.definition)
    return standard if found.region_id == region_id else standard.without_numbers()


def tier_rules(campaign: str, region_id: UUID) -> list[TierRule]:
    """The rules of every kind in force in a region, as `subjects.rules.tiers.tier_of` asks for them."""
    kinds = kinds_tiered(campaign)
    return [rule for kind in kinds for rule in standard_in_force(campaign, kind, region_id).rules]


def book_of(campaign: str) -> Book:
    """The rules of diagnosis and the ladders of a campaign; empty where it has none."""
    row = Rulebook.objects.filter(campaign=campaign).first()
    if row is None:
        return Book("", (), ())
    return Book(
        row.diagnosis_source, tuple(diagnosing.read_rules(row.diagnosis)),
        tuple(ladders.read_ladder(one) for one in row.ladders),
    )
