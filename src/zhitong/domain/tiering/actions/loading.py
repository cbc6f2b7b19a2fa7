"""Loading the standards, the rules of diagnosis and the ladders of a package; loading the same again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from zhitong.domain.subjects.package import TierList
from zhitong.domain.tiering.models import Rulebook, TierStandard
from zhitong.domain.tiering.package import TieringPackage
from zhitong.domain.tiering.rules import diagnosing, ladders
from zhitong.domain.tiering.rules.kinds import StandardOrigin
from zhitong.domain.tiering.rules.standards import kept_form, standard_of
from zhitong.kit.keeping import Loaded, keep


@transaction.atomic
def load(tiers: Sequence[TierList], package: TieringPackage, *, campaign: str, region_id: UUID) -> Loaded:
    """Keep what a package lays down for the region of its campaign; what adopted runs have laid down stays."""
    origin = StandardOrigin.PACKAGE.value
    wanted = {(campaign, one.kind.value, region_id, origin): {"definition": kept_form(standard_of(one))} for one in tiers}
    kept = TierStandard.objects.filter(campaign=campaign, origin=origin)
    loaded = keep(kept, ("campaign", "kind", "region_id", "origin"), wanted)[1]
    if not package.diagnosis and not package.ladders:
        return loaded
    return loaded + keep(
        Rulebook.objects.filter(campaign=campaign), ("campaign",),
        {(campaign,): {
            "diagnosis_source": package.diagnosis_source, "diagnosis": diagnosing.kept_form(package.diagnosis),
            "ladders": [ladders.kept_form(one) for one in package.ladders],
        }},
    )[1]
