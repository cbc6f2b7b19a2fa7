"""An upper paper is held against a lower one, as their drafts and editions say now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.papers.actions.standing import must_be_office, tell
from zhitong.domain.papers.models import Comparison, Paper
from zhitong.domain.papers.queries.plans import plan_seen
from zhitong.domain.papers.queries.sight import seen_by
from zhitong.domain.papers.rules.facts import PaperFact
from zhitong.domain.papers.rules.kinds import ALLOWED, PaperAct, PaperState
from zhitong.domain.papers.rules.reader import held_against
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.policy.shapes import as_json


class NotCompared(Refused):
    """One of the papers has no plan to compare."""


@transaction.atomic
def compare(viewer: Viewer, upper_id: UUID, lower_id: UUID, *, actor: Actor, now: datetime) -> UUID:
    """Hold two papers against each other; done again, the new comparison takes the place of the old one.

    An office's own papers are compared as their drafts are, those of others as published; readers around see a comparison
    of two published papers that had no later changes. Raises NotYours, NotFound. Raises BadInput: one paper twice.
    Raises NotCompared: one is still being read, or withdrawn. Source: R-C6.
    """
    must_be_office(viewer)
    if upper_id == lower_id:
        raise BadInput("请选两份不同的文件对照。", {"other": "请选两份不同的文件对照。"})
    papers = {row.id: row for row in Paper.objects.filter(seen_by(viewer), id__in=[upper_id, lower_id])}
    if len(papers) < 2:
        raise NotFound
    upper, lower = papers[upper_id], papers[lower_id]
    for row in (upper, lower):
        if PaperAct.COMPARE not in ALLOWED[PaperState(row.state)]:
            raise NotCompared(f"“{row.title}”现在是“{PaperState(row.state).label}”，还不能对照。")
    above, below = plan_seen(viewer, upper), plan_seen(viewer, lower)
    made, _is_new = Comparison.objects.update_or_create(
        upper=upper, lower=lower, by_unit_id=viewer.unit_id, defaults={
            "found": held_against(above.plan, below.plan), "upper_plan": as_json(above.plan),
            "lower_plan": as_json(below.plan), "is_open": above.is_published and below.is_published, "compared_at": now,
        },
    )
    tell(lower, PaperFact.COMPARED, actor, now, {"upper": upper.id, "comparison": made.id})
    return made.id
