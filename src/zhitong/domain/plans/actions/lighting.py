"""Loading the rule of a campaign's lights; loading the same again changes nothing."""

from __future__ import annotations

from zhitong.domain.plans.models import LightStandard
from zhitong.domain.plans.rules import LightRule
from zhitong.kit.keeping import Loaded, keep


def load_light_rule(rule: LightRule, *, campaign: str) -> Loaded:
    """Make a campaign's thresholds those of a rule; lights already computed stay until their period is looked at anew."""
    return keep(
        LightStandard.objects.filter(campaign=campaign), ("campaign",),
        {(campaign,): {
            "green_from": rule.green_from, "amber_from": rule.amber_from, "overdue": rule.overdue.value,
            "mended": rule.mended.value, "stages": {str(stage): str(share) for stage, share in rule.stages.items()},
            "gates": list(rule.gates), "source": rule.source,
        }},
    )[1]
