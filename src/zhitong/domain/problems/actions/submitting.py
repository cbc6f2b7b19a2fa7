"""Submitting a card: the only submit act a door may call. The card is taken and its problems opened at once, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhitong.domain.cards.actions.filing import hand_on_files
from zhitong.domain.cards.actions.raising import RowToRaise, mark_raised
from zhitong.domain.cards.actions.sending import Submission, SubmittedCard, submit_cards
from zhitong.domain.files.actions import attach
from zhitong.domain.history.rules import Actor
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.queries.attached import FILES_OF
from zhitong.domain.problems.rules.kinds import Nature, Source, Urgency
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.subjects.models import Subject
from zhitong.kit.acts import whole
from zhitong.kit.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Submitted:
    """A card taken, and the problems its new rows opened, in the order of the rows."""

    card: SubmittedCard
    problems: tuple[Standing, ...]


@whole
def submit_card(submissions: Sequence[Submission], *, now: datetime) -> list[Submitted]:
    """Take cards and open a problem for each new problem row; rows raised before are neither withdrawn nor repeated.

    Raises what `cards.actions.sending.submit_cards` refuses: nothing is taken then, and nothing opened.
    Source: 冀发〔2018〕7号 四（五）.
    """
    cards = submit_cards(submissions, now=now)
    actors = {card.card_id: one.actor for card, one in zip(cards, submissions, strict=True)}
    rows = [row for card in cards for row in card.rows]
    raised = raise_problems([_report(row, actors[row.card_id], now) for row in rows])
    mark_raised([(row.row_id, problem.id) for row, problem in zip(rows, raised, strict=True)])
    for row, problem in zip(rows, raised, strict=True):
        if row.file_ids:
            hand_on_files({problem.id: row.file_ids}, FILES_OF, actor=actors[row.card_id], now=now)
    by_row = {row.row_id: problem for row, problem in zip(rows, raised, strict=True)}
    return [Submitted(card, tuple(by_row[row.row_id] for row in card.rows)) for card in cards]


def _report(row: RowToRaise, actor: Actor, now: datetime) -> Report:
    return Report(
        campaign=row.campaign, source=Source.CARD, subject_id=row.subject_id, subject_name=row.subject_name,
        subject_kind=row.subject_kind, sub_kind=row.sub_kind, subject_stage=row.subject_stage, tier=row.tier,
        reporter_unit_id=row.reporter_unit_id, region_id=row.region_id, category=row.category_code, text=row.text,
        known_to_head=row.known_to_head, confidential=row.confidential, unnamed=row.unnamed, card_row=row.row_id,
        actor=actor, now=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """A matter that one of the served reports outside any card (我要反映问题)."""

    campaign: str
    subject_id: UUID
    category: str
    text: str
    nature: Nature = Nature.REQUEST
    urgency: Urgency = Urgency.ORDINARY
    known_to_head: bool = False
    confidential: bool = False
    unnamed: bool = False
    source: Source = Source.REPORT
    file_ids: tuple[UUID, ...] = ()
    actor: Actor
    now: datetime


@transaction.atomic
def report_problems(reports: Sequence[OwnReport]) -> list[Standing]:
    """Open problems that the served report by themselves, without giving figures, with the files that prove them.

    Raises NotFound: the subject is not the reporter's own. Raises what `files.actions.attach` refuses. Source: R-E5.
    """
    subjects = Subject.objects.in_bulk({one.subject_id for one in reports})
    filled = []
    for one in reports:
        subject = subjects.get(one.subject_id)
        if subject is None or subject.unit_id != one.actor.unit_id:
            raise NotFound
        filled.append(Report(
            campaign=one.campaign, source=one.source, subject_id=subject.id, subject_name=subject.name,
            subject_kind=subject.kind, sub_kind=subject.sub_kind, subject_stage=subject.stage, tier=subject.tier,
            reporter_unit_id=subject.unit_id, region_id=subject.region_id, category=one.category, text=one.text,
            nature=one.nature, urgency=one.urgency, known_to_head=one.known_to_head, confidential=one.confidential,
            unnamed=one.unnamed, actor=one.actor, now=one.now,
        ))
    raised = raise_problems(filled)
    for one, problem in zip(reports, raised, strict=True):
        attach(one.file_ids, FILES_OF, problem.id, actor=one.actor, now=one.now)
    return raised
