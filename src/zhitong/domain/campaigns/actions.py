"""Loading a campaign package, putting a campaign in force, marking a demonstration."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from zhitong.domain.campaigns.models import Campaign, Installation
from zhitong.domain.campaigns.package import CampaignPackage, digest_of, parse
from zhitong.domain.cards.actions import TemplateToPublish, load_timetables, publish_templates
from zhitong.domain.complaints.actions import loading as complaints
from zhitong.domain.extras.actions.loading import load_criteria
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.actions import loading as organisations
from zhitong.domain.organisations.models import Region, RegionWithin
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.actions.publishing import Published, Publishing, publish
from zhitong.domain.plans.actions import loading as plans
from zhitong.domain.plans.actions.lighting import load_light_rule
from zhitong.domain.plans.actions.weighing import load_weights
from zhitong.domain.problems.actions import loading as problems
from zhitong.domain.progress.actions.assigning import assign_duties, load_rules
from zhitong.domain.subjects.actions import loading as subjects
from zhitong.domain.tiering.actions import loading as tiering
from zhitong.kit import clock
from zhitong.kit.keeping import Loaded
from zhitong.kit.refusals import Refused
from zhitong.kit.source import Finding


class PackageHasFaults(Refused):
    """The package has findings; nothing is loaded. `findings` has them all."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"活动包有 {len(findings)} 处问题，没有载入：\n" + "\n".join(map(str, findings)))
        self.findings = findings


@transaction.atomic
def load(folder: Path, *, now: datetime) -> Loaded:
    """Load a package with the packages above it; returns what changed (nothing, the second time).

    The first campaign ever loaded without a parent is put in force.
    Raises PackageHasFaults: it, or one above it, has findings.
    """
    package, findings = parse(folder)
    if package is None or findings:
        raise PackageHasFaults(findings)
    loaded = sum((load_parts(one, now=now) for one in package.lineage()), Loaded())
    Campaign.objects.filter(code=package.code).update(package_digest=digest_of(folder))
    return loaded


def load_parts(package: CampaignPackage, *, now: datetime) -> Loaded:
    """Load one parsed package, room by room, the lowest first; its parent is loaded already."""
    loaded = Loaded()
    if package.organisation is not None:
        loaded += organisations.load(package.organisation, on=clock.day_of(now))
        subjects.follow_regions()
    loaded += _load_head(package)
    if package.plan is not None:
        loaded += plans.load([package.plan], now=now)
        loaded += load_light_rule(package.light_rule(), campaign=package.code)
        loaded += load_rules(package.code, package.reporting_rules())
        loaded += assign_duties(package.code, on=clock.day_of(now))
    loaded += load_weights(package.code, package.weights)
    if package.tiers:
        loaded += subjects.load_lists(package.code, package.year, package.tiers)
        region = Region.objects.get(code=package.region)
        loaded += tiering.load(package.tiers, package.tiering, campaign=package.code, region_id=region.id)
    if package.problems.rules:
        loaded += problems.load(package.problems, campaign=package.code)
    if package.complaints is not None:
        loaded += complaints.load(package.complaints, campaign=package.code)
    if package.criteria:
        loaded += load_criteria(package.code, package.criteria)
    loaded += _publish_cards(package, now)
    return loaded + load_timetables(package.code, package.timetables)


def _publish_cards(package: CampaignPackage, now: datetime) -> Loaded:
    """Publish the templates that are new; a changed one must come as a new version."""
    loader = Actor(None, None, None, "cli")
    return Loaded(created=publish_templates(
        [TemplateToPublish(campaign=package.code, definition=one.definition, actor=loader) for one in package.templates],
        now=now,
    ))


def _load_head(package: CampaignPackage) -> Loaded:
    parent = Campaign.objects.get(code=package.parent.code) if package.parent else None
    values = {
        "name": package.name, "year": package.year, "parent": parent,
        "region": Region.objects.get(code=package.region), "labels": package.labels,
    }
    row = Campaign.objects.filter(code=package.code).first()
    if row is None:
        first = parent is None and not Campaign.objects.filter(in_force=True).exists()
        Campaign.objects.create(code=package.code, in_force=first, **values)
        return Loaded(created=1)
    changed = any(getattr(row, name) != value for name, value in values.items())
    if changed:
        Campaign.objects.filter(id=row.id).update(**values)
    return Loaded(changed=int(changed))


@transaction.atomic
def publish_paper(viewer: Viewer, paper_id: UUID, said: Publishing, *, actor: Actor, now: datetime) -> Published:
    """Publish the plan read from a paper, and let who is named in it owe its reports.

    A plan of a campaign nobody has loaded becomes one of its own; below the region of the campaign in force it carries that
    one out. Raises what `papers.actions.publishing.publish` refuses. Source: R-C1, R-C7.
    """
    done = publish(viewer, paper_id, said, actor=actor, now=now)
    if not Campaign.objects.filter(code=done.campaign).exists():
        above = Campaign.objects.filter(in_force=True).first()
        is_below = above is not None and RegionWithin.objects.filter(
            region_id=done.region_id, ancestor_id=above.region_id, depth__gt=0
        ).exists()
        Campaign.objects.create(
            code=done.campaign, name=done.title[:120], year=done.year, region_id=done.region_id,
            parent=above if is_below else None,
        )
    assign_duties(done.campaign, on=clock.day_of(now))
    return done


@transaction.atomic
def put_in_force(code: str) -> None:
    """Let new cards and problems belong to a campaign; those under way stay with theirs."""
    Campaign.objects.filter(in_force=True).exclude(code=code).update(in_force=False)
    Campaign.objects.filter(code=code).update(in_force=True)


@transaction.atomic
def mark_demonstration(*, clock_offset: timedelta) -> None:
    """Mark this database as a demonstration, whose time runs apart from the world's and which may be filled with invention."""
    Installation.objects.update_or_create(
        id=1, defaults={"is_demonstration": True, "clock_offset": clock_offset}
    )
