"""Duties: what waits for this post's unit now, the most urgent first."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.pages import Limit
from zhitong.api.v1.problems import ProblemInList, problem_in_list
from zhitong.api.words import Labelled, Shape, labelled
from zhitong.domain.bulletins.queries.editions import duties as editions
from zhitong.domain.cards import queries as cards
from zhitong.domain.extras.queries.proposals import waiting_for as extras_waiting
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries.timetables import due_of_unit
from zhitong.domain.plans.queries.waiting import changes_waiting
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.progress.queries import duties as progress
from zhitong.domain.subjects.queries.removals import removals_waiting_for
from zhitong.domain.supervision.queries import duties as supervision
from zhitong.domain.tiering.queries.duties import duties_for as tier_duties
from zhitong.kit.clock import day_of

router = Router()


class ProblemDuty(Shape):
    """The act that comes next, and the problem it is about."""

    act: Labelled
    problem: ProblemInList


class CardDuty(Shape):
    """What is to be done with a card, by when (a review has no day), and what follows if it is not done."""

    act: Labelled
    round_id: UUID
    round: str
    subject_id: UUID
    subject: str
    card_id: UUID | None
    due_on: date | None
    consequence: str


class PressingDuty(Shape):
    """What a supervision or a leader's instruction asks: `paper_id` names the one or the other, by the act."""

    act: Labelled
    paper_id: UUID
    title: str
    about: str
    due_at: datetime | None
    light: Labelled
    text: str


class DecisionDuty(Shape):
    """What waits for this office's word: an excuse, a correction, a removal from a list, tiers worked out, a change of plan."""

    what: str = Field(description="excuse、correction、removal、tiers、curve、amendment")
    id: UUID
    about: str
    asked_at: datetime


class ReportDuty(Shape):
    """What is to be done with progress reports, how many of them, of which period, and by when."""

    act: Labelled
    count: int
    period: str
    due_at: datetime | None
    consequence: str


class MilestoneDuty(Shape):
    """A milestone that this unit answers for, late or due soon."""

    id: UUID
    task: str
    name: str
    due_on: date
    state: Labelled
    standing: str


class ExtraDuty(Shape):
    """A proposal of 民生微实事 that this office has to weigh or decide."""

    id: UUID
    title: str
    region: str
    state: Labelled


class EditionDuty(Shape):
    """What is to be done about a circular or a brief: figures to check, objections to answer, a paper to sign."""

    act: Labelled
    edition: UUID
    title: str
    due_at: datetime | None


class Duties(Shape):
    """Everything that waits."""

    problems: list[ProblemDuty]
    cards: list[CardDuty]
    pressing: list[PressingDuty]
    decisions: list[DecisionDuty]
    reports: list[ReportDuty]
    milestones: list[MilestoneDuty]
    extras: list[ExtraDuty]
    editions: list[EditionDuty]


@reads(router, "/duties", answer=Duties, summary="待办：本单位现在要办的事，最急的在前")
def duties(request: Request, limit: Limit = 50) -> Duties:
    """What waits for the viewer's unit."""
    waiting = duties_for(request.viewer, now=request.now, limit=limit)
    owed = cards.duties_for(request.viewer, today=day_of(request.now), limit=limit)
    return Duties(
        problems=[ProblemDuty(act=labelled(one.act), problem=problem_in_list(one.problem)) for one in waiting],
        cards=[_card(one) for one in owed],
        pressing=[_pressing(one) for one in supervision.duties_for(request.viewer, now=request.now, limit=limit)],
        decisions=_decisions(request.viewer, limit),
        reports=[
            ReportDuty(act=labelled(one.kind), count=one.count, period=one.period, due_at=one.due_at, consequence=one.consequence)
            for one in progress.duties_for(request.viewer, now=request.now)
        ],
        milestones=[
            MilestoneDuty(
                id=one.id, task=one.task_title, name=one.name, due_on=one.due_on, state=labelled(one.state),
                standing=one.standing,
            ) for one in due_of_unit(request.viewer, today=day_of(request.now), limit=limit)
        ],
        extras=[
            ExtraDuty(id=one.id, title=one.title, region=one.region, state=labelled(one.state))
            for one in extras_waiting(request.viewer, today=day_of(request.now), limit=limit)
        ],
        editions=[
            EditionDuty(act=labelled(one.kind), edition=one.edition_id, title=one.title, due_at=one.due_at)
            for one in editions.duties_for(request.viewer, now=request.now, limit=limit)
        ],
    )


def _decisions(viewer: Viewer, limit: int) -> list[DecisionDuty]:
    if not viewer.may(Permission.DISPATCH):
        return []
    found = [
        *(DecisionDuty(what="excuse", id=one.id, about=one.subject_name, asked_at=one.asked_at)
          for one in cards.excuses_to_decide(viewer, limit=limit)),
        *(DecisionDuty(what="correction", id=one.id, about=one.subject_name, asked_at=one.asked_at)
          for one in cards.corrections_to_decide(viewer, limit=limit)),
        *(DecisionDuty(what="removal", id=one.id, about=one.subject, asked_at=one.asked_at)
          for one in removals_waiting_for(viewer)),
        *(DecisionDuty(what="tiers", id=one.run_id, about=one.kind.label, asked_at=one.made_at)
          for one in tier_duties(viewer)),
        *(DecisionDuty(what="curve" if one.target_id else "amendment", id=one.id, about=one.title, asked_at=one.asked_at)
          for one in changes_waiting(viewer, limit=limit)),
    ]
    return sorted(found, key=lambda one: one.asked_at)[:limit]


def _card(one: cards.Duty) -> CardDuty:
    return CardDuty(
        act=labelled(one.kind), round_id=one.round_id, round=one.round_name, subject_id=one.subject_id,
        subject=one.subject_name, card_id=one.card_id, due_on=one.due_on, consequence=one.consequence,
    )


def _pressing(one: supervision.Duty) -> PressingDuty:
    return PressingDuty(
        act=labelled(one.kind), paper_id=one.paper_id, title=one.title, about=one.about, due_at=one.due_at,
        light=labelled(one.light), text=one.text,
    )
