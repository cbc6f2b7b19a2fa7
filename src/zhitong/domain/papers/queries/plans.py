"""What a paper says to a viewer: its office reads the draft, everybody else the newest edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.models import Edition, Paper, Reading
from zhitong.kit.refusals import NotFound
from zhitong.policy.shapes import Plan, plan_from


@dataclass(frozen=True, slots=True)
class SeenPlan:
    """The plan that a viewer reads; `is_published` when it is word for word the newest edition."""

    plan: Plan
    is_published: bool
    as_of: datetime
    version: int | None
    """The version of the newest edition; None before the first."""


def plan_seen(viewer: Viewer, paper: Paper) -> SeenPlan:
    """The draft for the office of the paper, the newest edition for others (two queries; one more for the text).

    Raises NotFound: the paper is still being read, or was never published.
    """
    edition = Edition.objects.filter(paper=paper).order_by("-version").first()
    version = edition.version if edition else None
    if paper.by_unit_id != viewer.unit_id:
        if edition is None:
            raise NotFound
        return SeenPlan(plan_from(edition.plan, paper.text), True, edition.published_at, version)
    reading = Reading.objects.filter(paper=paper).first()
    if reading is None:
        raise NotFound
    is_published = edition is not None and edition.plan == reading.draft
    return SeenPlan(plan_from(reading.draft, paper.text), is_published, reading.changed_at, version)
