"""Cards as their firm sends them: what it owes, one to fill in, a draft, the sending.

The sending is the busiest operation of the house: it asks the database nothing beside the act itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import Limit
from zhitong.api.v1.card_forms import Form, Row, form_of, row_of
from zhitong.api.words import Labelled, Said, Shape, labelled
from zhitong.domain.cards.actions import Drafting, SavedDraft, Submission, save_drafts
from zhitong.domain.cards.queries import CardToFill, OwedCard, card_for_filling, cards_owed_by
from zhitong.domain.problems.actions.submitting import Submitted, submit_card
from zhitong.domain.problems.rules.standing import Standing
from zhitong.kit.clock import day_of

router = Router()

Figure = str | bool | int | float | list[str] | None
"""What stands in a field: text as people type it, or a number as programs have it; money in 万元; several answers, or the
ids of files stored before, listed. A problem row takes files under `files`."""


class CardOwed(Shape):
    """One card that the firm owes."""

    round_id: UUID
    round: str
    period: str
    template: str
    subject_id: UUID
    subject: str
    due_on: date
    locked_on: date
    card_id: UUID | None
    state: Labelled
    version: int
    submitted_at: datetime | None
    return_reason: str
    is_late: bool
    is_locked: bool
    minutes: int


class CardsOwed(Shape):
    """The cards that the firm owes, those still taken first."""

    rows: list[CardOwed]


class CardToBeFilled(Shape):
    """A card with what stands in it; `version` is what the next draft or sending names, `marks` are the reasons of a
    return by field.
    """

    round_id: UUID
    round: str
    subject_id: UUID
    subject: str
    collector: str
    card_id: UUID | None
    state: Labelled
    version: int
    due_on: date
    locked_on: date
    is_late: bool
    may_draft: bool
    may_submit: bool
    return_reason: str
    marks: dict[str, str]
    saved_at: datetime | None
    submitted_at: datetime | None
    last_round: str
    form: Form
    problems: list[Row]
    new_problems: list[dict[str, Any]]


class Filled(Said):
    """What is filled in: values by field code, new problems, and the version that was seen (0: nothing yet)."""

    subject_id: UUID
    version: int = Field(ge=0, le=1_000_000)
    values: dict[str, Figure] = Field(max_length=200)
    problems: list[dict[str, Figure]] = Field([], max_length=200)


class FilledIn(Filled):
    """A card to send; `confirmed` says yes to what looks wrong but may be right, `answers` why, by place."""

    confirmed: bool = False
    answers: dict[str, str] = Field({}, max_length=200)
    source: Annotated[str, Field(max_length=200, description="代填的依据（电话、走访、报表）；企业自己填报时为空")] = ""


class Draft(Shape):
    """The draft kept, and what would be refused or asked if it were sent now."""

    card_id: UUID
    version: int
    errors: dict[str, str]
    warnings: dict[str, str]


class ProblemOpened(Shape):
    """A problem that a new row has opened, and the words of the rule that sent it."""

    number: str
    state: Labelled
    routing: str


class CardSent(Shape):
    """The card as it was taken."""

    card_id: UUID
    version: int
    is_late: bool
    is_correction: bool
    problems: list[ProblemOpened]


@reads(router, "/cards/owed", answer=CardsOwed, summary="本单位应报的卡片")
def owed(request: Request, limit: Limit = 36) -> CardsOwed:
    """What the firm owes."""
    found = cards_owed_by(request.viewer, today=day_of(request.now), limit=limit)
    return CardsOwed(rows=[_owed(one) for one in found])


@reads(router, "/rounds/{round_id}/card", answer=CardToBeFilled, summary="取一张要填的卡片：栏目、已填内容、上期数、已反映的问题")
def to_fill(request: Request, round_id: UUID) -> CardToBeFilled:
    """The firm's card of a round."""
    return _to_fill(card_for_filling(request.viewer, round_id, today=day_of(request.now)))


@writes(router, "/rounds/{round_id}/card/draft", answer=Draft, summary="保存草稿")
def draft(request: Request, round_id: UUID, filled: Filled) -> Draft:
    """Keep what is typed."""
    drafting = Drafting(
        round_id=round_id, subject_id=filled.subject_id, version=filled.version, actor=actor_of(request),
        values=filled.values, rows=filled.problems,
    )
    [saved] = save_drafts([drafting], now=request.now)
    return _saved(saved)


@writes(router, "/rounds/{round_id}/card/submit", answer=CardSent, summary="报送卡片，新问题同时受理转办")
def submit(request: Request, round_id: UUID, filled: FilledIn) -> CardSent:
    """Send the card; its new problems are opened in the same moment."""
    submission = Submission(
        round_id=round_id, subject_id=filled.subject_id, version=filled.version, actor=actor_of(request),
        values=filled.values, rows=filled.problems, confirmed=filled.confirmed, answers=filled.answers,
        for_firm=filled.source,
    )
    [sent] = submit_card([submission], now=request.now)
    return _sent(sent)


def _owed(one: OwedCard) -> CardOwed:
    return CardOwed(
        round_id=one.round_id, round=one.round_name, period=one.period, template=one.template_name,
        subject_id=one.subject_id, subject=one.subject_name, due_on=one.due_on, locked_on=one.locked_on,
        card_id=one.card_id, state=labelled(one.state), version=one.version, submitted_at=one.submitted_at,
        return_reason=one.return_reason, is_late=one.is_late, is_locked=one.is_locked,
        minutes=one.minutes,
    )


def _to_fill(one: CardToFill) -> CardToBeFilled:
    return CardToBeFilled(
        round_id=one.round_id, round=one.round_name, subject_id=one.subject_id, subject=one.subject_name,
        collector=one.collector, card_id=one.card_id, state=labelled(one.state), version=one.version,
        due_on=one.due_on, locked_on=one.locked_on, is_late=one.is_late, may_draft=one.may_draft,
        may_submit=one.may_submit, return_reason=one.return_reason, marks=dict(one.marks),
        saved_at=one.saved_at, submitted_at=one.submitted_at, last_round=one.last_round, form=form_of(one.template, one.sections),
        problems=[row_of(row) for row in one.rows], new_problems=[dict(row) for row in one.new_rows],
    )


def _saved(saved: SavedDraft) -> Draft:
    return Draft(
        card_id=saved.card_id, version=saved.version, errors=dict(saved.errors), warnings=dict(saved.warnings)
    )


def _sent(sent: Submitted) -> CardSent:
    card = sent.card
    return CardSent(
        card_id=card.card_id, version=card.version, is_late=card.is_late, is_correction=card.is_correction,
        problems=[_opened(problem) for problem in sent.problems],
    )


def _opened(problem: Standing) -> ProblemOpened:
    return ProblemOpened(number=problem.number, state=labelled(problem.state), routing=problem.routing_words)
