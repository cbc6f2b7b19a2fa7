"""Which campaign is in force, and what this installation is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from zhitong.domain.campaigns.models import Campaign, Installation
from zhitong.domain.problems.queries.rulebook import Rulebook, rulebook_as_marked
from zhitong.domain.subjects.rules.tiers import TierRule
from zhitong.domain.tiering.queries.standards import tier_rules


@dataclass(frozen=True, slots=True)
class CampaignHead:
    """A campaign as pages name it; `labels` are the words it uses for things."""

    code: str
    name: str
    year: int
    region_id: UUID
    labels: dict[str, str]


def campaign_in_force() -> CampaignHead | None:
    """The campaign that new cards and problems belong to; None before the first loading."""
    row = Campaign.objects.filter(in_force=True).first()
    return CampaignHead(row.code, row.name, row.year, row.region_id, row.labels) if row else None


_MARK_IN_FORCE = """
SELECT campaign.code, version.last_value,
       (SELECT coalesce(max(saving), '') FROM problems_routing routing WHERE routing.campaign = campaign.code)
FROM campaigns_campaign campaign CROSS JOIN problems_rulebook_version version WHERE campaign.in_force LIMIT 1
"""


def rulebook_in_force() -> Rulebook | None:
    """The rulebook of the campaign in force; one query for both. None before the first loading."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK_IN_FORCE)
        row = cursor.fetchone()
    return rulebook_as_marked(*row) if row else None


def campaigns_under_way() -> list[str]:
    """The codes of the campaign in force and of the local ones that carry it out (one query)."""
    rows = Campaign.objects.filter(Q(in_force=True) | Q(parent__in_force=True) | Q(parent__parent__in_force=True))
    return list(rows.order_by("-in_force", "code").values_list("code", flat=True))


def tier_rules_in_force() -> list[TierRule]:
    """The rules by which the campaign in force says which level helps whom; none before the first loading."""
    campaign = campaign_in_force()
    return tier_rules(campaign.code, campaign.region_id) if campaign else []


def campaigns_loaded() -> list[CampaignHead]:
    """Every loaded campaign, newest year first, parents before children."""
    rows = Campaign.objects.order_by("-year", "parent__code", "code")
    return [CampaignHead(row.code, row.name, row.year, row.region_id, row.labels) for row in rows]


def is_loaded_as(code: str, digest: str) -> bool:
    """Whether a campaign was last loaded from a folder with this digest."""
    return Campaign.objects.filter(code=code, package_digest=digest).exists()


def is_demonstration() -> bool:
    """Whether this database is marked as a demonstration."""
    return Installation.objects.filter(is_demonstration=True).exists()


def clock_offset() -> timedelta:
    """How far the installation's time runs from the world's; none before the tables are there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('campaigns_installation')")
        if cursor.fetchone()[0] is None:
            return timedelta()
    return Installation.objects.values_list("clock_offset", flat=True).first() or timedelta()
