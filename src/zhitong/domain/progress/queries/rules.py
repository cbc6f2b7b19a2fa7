"""How a campaign's reports go: its own rules, as its package or its parent's wrote them."""

from __future__ import annotations

from zhitong.domain.progress.models import Rulebook
from zhitong.domain.progress.rules.timetable import USUAL, ReportingRules, rules_written


def rules_of(campaign: str) -> ReportingRules:
    """The rules of a campaign (one query)."""
    kept = Rulebook.objects.filter(campaign=campaign).values_list("rules", flat=True).first()
    return rules_written(kept) if kept else USUAL
