"""Lists of proposals, the ranking among them, and one with its scores, its timetable and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.domain.extras.models import Proposal, Score
from zhitong.domain.extras.queries.sight import FILES_OF, seen_by
from zhitong.domain.extras.rules.kinds import ALLOWED, WAITING, ExtraAct, ExtraKind, ProposalState, WishSource
from zhitong.domain.files.queries import FileView, files_of
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries.steps import shares_by_task
from zhitong.domain.plans.queries.timetables import MilestoneView, milestones_of_task
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty asks nothing."""

    region_id: UUID | None = None
    kind: ExtraKind | None = None
    states: tuple[ProposalState, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as a list shows it; `share_done` is 0 to 1 of its timetable, None before it is listed."""

    id: UUID
    title: str
    kind: ExtraKind
    place: str
    region_id: UUID
    region: str
    by_unit: str
    cost_cny: Decimal
    beneficiaries: int
    by_when: date
    state: ProposalState
    score: Decimal
    lead: str
    share_done: Decimal | None
    published_on: date | None
    asked: int | None
    satisfied: int | None
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class ScoreView:
    """Points for one criterion, with why."""

    code: str
    name: str
    points: Decimal
    most: int
    weight: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal opened. `rank` is its place among the weighed of its region, 0 before it is weighed; `acts` what the viewer
    may do now."""

    row: ProposalRow
    campaign: str
    what: str
    reasons: str
    source: WishSource
    funding: str
    decision: str
    decided_at: datetime | None
    task_id: UUID | None
    lead_region: str
    done_on: date | None
    done_words: str
    scores: tuple[ScoreView, ...]
    rank: int
    ranked: int
    steps: tuple[MilestoneView, ...]
    files: tuple[FileView, ...]
    sent_up_from: UUID | None
    acts: frozenset[ExtraAct]


def proposals_for(
    viewer: Viewer, filters: Filters | None = None, *, after: tuple[Decimal, UUID] | None = None, turned: bool = False,
    limit: int = 50, today: date,
) -> list[ProposalRow]:
    """Up to `limit` proposals that the viewer may see, the highest score first, after the one named (three queries)."""
    rows = _narrowed(viewer, filters or Filters())
    if after is not None:
        score, at = after
        rows = rows.filter(
            Q(score__gt=score) | Q(score=score, id__gt=at) if turned else Q(score__lt=score) | Q(score=score, id__lt=at)
        )
    order = ("score", "id") if turned else ("-score", "-id")
    return proposal_rows(list(rows.order_by(*order)[:limit]), today)


def count_for(viewer: Viewer, filters: Filters | None = None, *, most: int = 1001) -> int:
    """How many those are, counted up to `most`; one query."""
    return _narrowed(viewer, filters or Filters()).order_by()[:most].count()


def proposal_seen(viewer: Viewer, proposal_id: UUID, *, now: datetime) -> ProposalView:
    """One proposal (eleven queries at most).

    Raises NotFound: there is none for this viewer.
    """
    row = Proposal.objects.filter(seen_by(viewer), id=proposal_id).first()
    if row is None:
        raise NotFound
    today, here = day_of(now), directory()
    scores = Score.objects.filter(proposal=row).select_related("criterion").order_by("criterion__position")
    weighed = Proposal.objects.filter(seen_by(viewer), campaign=row.campaign, region_id=row.region_id, score__gt=0)
    lead = here.units.get(row.lead_unit_id) if row.lead_unit_id else None
    return ProposalView(
        proposal_rows([row], today)[0], row.campaign, row.what, row.reasons, WishSource(row.source), row.funding, row.decision,
        row.decided_at, row.task_id, here.regions[lead.region_id].code if lead else "", row.done_on, row.done_words,
        tuple(ScoreView(
            one.criterion.code, one.criterion.name, one.points, one.criterion.most, one.criterion.weight, one.words
        ) for one in scores),
        weighed.filter(score__gt=row.score).count() + 1 if row.score else 0, weighed.count(),
        tuple(milestones_of_task(viewer, row.task_id, today=today)) if row.task_id else (),
        tuple(files_of(FILES_OF, [row.id])[row.id]), row.origin_id, _acts(viewer, row),
    )


def proposal_of_task(viewer: Viewer, task_id: UUID) -> UUID | None:
    """The listed proposal that became a task, where the viewer sees it (one query)."""
    return Proposal.objects.filter(seen_by(viewer), task_id=task_id).values_list("id", flat=True).first()


def waiting_for(viewer: Viewer, *, today: date, limit: int = 8) -> list[ProposalRow]:
    """What waits for the viewer's unit: proposals to weigh and decide at its region's office, the oldest first."""
    if viewer.unit_kind is not UnitKind.CAMPAIGN_OFFICE:
        return []
    waiting = Proposal.objects.filter(region_id=viewer.region_id, state__in=[state.value for state in WAITING])
    rows = list(waiting.order_by("id")[:limit])
    return proposal_rows(rows, today) if rows else []


def proposal_rows(rows: Sequence[Proposal], today: date) -> list[ProposalRow]:
    """Proposals as lists show them (two queries)."""
    here = directory()
    shares = shares_by_task([row.task_id for row in rows if row.task_id], today)
    return [
        ProposalRow(
            row.id, row.title, ExtraKind(row.kind), row.place, row.region_id, here.regions[row.region_id].name,
            here.name_of(row.by_unit_id), row.cost_cny, row.beneficiaries, row.by_when, ProposalState(row.state), row.score,
            here.name_of(row.lead_unit_id) if row.lead_unit_id else "", shares.get(row.task_id) if row.task_id else None,
            row.published_on, row.asked, row.satisfied, row.proposed_at,
        ) for row in rows
    ]


def _acts(viewer: Viewer, row: Proposal) -> frozenset[ExtraAct]:
    """What the viewer's unit may do with a proposal as it stands."""
    office = directory().office(row.region_id)
    mine: set[ExtraAct] = set()
    if office is not None and office.id == viewer.unit_id:
        mine |= {ExtraAct.WEIGH, ExtraAct.LIST, ExtraAct.TURN_DOWN, ExtraAct.SEND_UP, ExtraAct.COMPLETE, ExtraAct.RATE}
        if directory().office_above(row.region_id) is None or Proposal.objects.filter(origin=row).exists():
            mine.discard(ExtraAct.SEND_UP)
    if row.lead_unit_id == viewer.unit_id:
        mine.add(ExtraAct.COMPLETE)
    if row.by_unit_id == viewer.unit_id:
        mine.add(ExtraAct.WITHDRAW)
    return frozenset(mine & ALLOWED[ProposalState(row.state)])


def _narrowed(viewer: Viewer, filters: Filters) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(seen_by(viewer))
    if filters.region_id:
        rows = rows.filter(region_id=filters.region_id)
    if filters.kind:
        rows = rows.filter(kind=filters.kind.value)
    if filters.states:
        rows = rows.filter(state__in=[state.value for state in filters.states])
    if filters.words:
        rows = rows.filter(Q(title__icontains=filters.words) | Q(place__icontains=filters.words))
    return rows
