"""Gathering a whole batch for the rules, in three statements, and judging it. The second wall bounds what is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.models import Mark, Membership, Subject
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.subjects.rules.tiers import Facts
from zhitong.domain.tiering.rules.running import Candidate, Outcome, judge
from zhitong.domain.tiering.rules.standards import Standard


def outcome_in(region_id: UUID, standard: Standard, *, campaign: str, trims: bool = False) -> Outcome:
    """Everybody of the standard's kind in a region, judged now; nothing is stored. The caller has opened the region."""
    rows = Subject.objects.filter(kind=standard.kind.value, ended_on__isnull=True)
    if directory().regions[region_id].parent_id is not None:
        rows = rows.filter(region__within__ancestor_id=region_id)
    return judge(_candidates(rows, standard.kind, campaign), standard, trims=trims)


def candidates_of(subject_ids: Collection[UUID], kind: SubjectKind, *, campaign: str) -> list[Candidate]:
    """Named subjects of one kind as a run would find them."""
    return list(_candidates(Subject.objects.filter(id__in=subject_ids), kind, campaign))


def _candidates(rows: QuerySet[Subject], kind: SubjectKind, campaign: str) -> Iterable[Candidate]:
    found = list(rows.order_by("id").values_list(
        "id", "sub_kind", "stage", "tier", "tier_reason", "revenue_cny", "investment_cny"
    ))
    marks, listed = marks_of(rows), _listed(rows, campaign)
    for subject_id, sub_kind, stage, tier, reason, revenue, investment in found:
        facts = Facts(kind, sub_kind, revenue, marks.get(subject_id, frozenset()))
        yield Candidate(
            subject_id, facts, stage, Rank(tier) if tier else None, reason, listed.get(subject_id, frozenset()),
            revenue if kind is not SubjectKind.PROJECT else investment,
        )


def marks_of(rows: QuerySet[Subject]) -> Mapping[UUID, frozenset[str]]:
    """The qualifications borne today by some subjects."""
    found: dict[UUID, set[str]] = defaultdict(set)
    held = Mark.objects.filter(subject__in=rows.order_by().values("id"), until__isnull=True)
    for subject_id, code in held.values_list("subject_id", "code"):
        found[subject_id].add(code)
    return {subject_id: frozenset(codes) for subject_id, codes in found.items()}


def _listed(rows: QuerySet[Subject], campaign: str) -> Mapping[UUID, frozenset[Rank]]:
    """The tiers of the lists on which subjects stand."""
    found: dict[UUID, set[Rank]] = defaultdict(set)
    members = Membership.objects.filter(
        subject__in=rows.order_by().values("id"), until__isnull=True, list__campaign=campaign
    ).exclude(list__tier="")
    for subject_id, tier in members.values_list("subject_id", "list__tier"):
        found[subject_id].add(Rank(tier))
    return {subject_id: frozenset(ranks) for subject_id, ranks in found.items()}
