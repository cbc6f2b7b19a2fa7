"""Cards as offices see them: the rounds, who owes in a region, one card opened, giving back and accepting."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.card_forms import Row, row_of
from zhitong.api.words import Code, Labelled, Note, OneOf, Said, Shape, labelled, region_coded
from zhitong.domain.cards.actions import Acceptance, PassBack, Return, accept_cards, pass_back, return_cards
from zhitong.domain.cards.queries import (
    CardEvent,
    ListedCard,
    Narrowing,
    OpenedCard,
    card,
    cards_of_region,
    cards_to_review,
    compared,
)
from zhitong.domain.cards.queries.comparing import ComparedFigure
from zhitong.domain.cards.rules.kinds import ObligationState
from zhitong.domain.cards.rules.lateness import Lateness
from zhitong.domain.cards.rules.rounds import MeterStanding
from zhitong.kit.clock import day_of

router = Router()


class CardInList(Shape):
    """Who owes, and how the card stands."""

    subject_id: UUID
    subject: str
    region: str
    round_id: UUID
    round: str
    card_id: UUID | None
    state: Labelled
    version: int
    submitted_at: datetime | None
    is_late: bool
    late_above: str = Field(description="哪个上级单位使它迟报的；没有为空")
    standing: Labelled
    person_in_charge: str


class Cards(Shape):
    """One page of cards."""

    rows: list[CardInList]
    next: str | None


class CardsWanted(Shape):
    """Which cards of a round."""

    region: Code | None = Field(None, description="地区代码；不填为本岗位所在地区")
    state: list[OneOf[ObligationState]] = Field([], description="卡片走到哪一步，可多选")
    standing: list[OneOf[MeterStanding]] = Field([], description="怎样计入采集率，可多选")
    person: str = Field("", max_length=40, description="责任人")
    late: OneOf[Lateness] | None = Field(None, description="只看迟报的：本户原因，或上级原因")
    cursor: CursorText = ""
    limit: Limit = 50


class Told(Shape):
    """A field as people read it."""

    code: str
    label: str
    value: str


class Changed(Shape):
    """A field as it stood before a correction and after it, in the words people read."""

    code: str
    label: str
    before: str
    after: str


class Confirmed(Shape):
    """What looked wrong on the card, and why its reporter sent it all the same."""

    code: str
    label: str
    sentence: str
    answer: str


class Event(Shape):
    """One thing that happened to the card: what a correction changed, which fields a return named."""

    at: datetime
    kind: Labelled
    unit: str
    person: str
    reason: str
    is_correction: bool
    changes: list[Changed]
    marks: dict[str, str]


class CardInFull(Shape):
    """A card as far as this post may see it; `values` is empty where what it says is not this post's to see."""

    id: UUID
    subject_id: UUID
    subject: str
    region: str
    round_id: UUID
    round: str
    collector: str
    state: Labelled
    version: int
    submitted_at: datetime | None
    return_reason: str
    is_late: bool
    late_above: str = Field(description="哪个上级单位使它迟报的；没有为空")
    values: list[Told] | None
    problems: list[Row]
    events: list[Event]
    doubts: list[Confirmed]
    marks: dict[str, str]
    may_correct: bool
    may_return: bool
    passed_by: str = Field(description="审核过这张卡、可以退给它核对的下级办公室；没有为空")
    may_accept: bool


class FigureCompared(Shape):
    """A figure now and on the last card, in its unit; `share` is the change by the last one, 0.1 a tenth more."""

    code: str
    label: str
    unit: str
    now: str
    last: str
    share: str | None


class Comparison(Shape):
    """The figures of a card beside the last ones; empty where what it says is not this post's to see."""

    last_round: str
    figures: list[FigureCompared] | None


class Reviewing(Said):
    """The version that was looked at."""

    version: int = Field(ge=1, le=1_000_000)


class Returning(Reviewing):
    """A card to give back: what must be mended in all, and by field."""

    reason: Note = Field("", description="要改什么，企业会看到；写了 marks 的可以不写")
    marks: dict[str, str] = Field({}, max_length=200, description="按栏目写原因：栏目代码到一句话")


class PassingBack(Reviewing):
    """A card to give back to the office below, with what it is to look at again."""

    reason: Note


class Reviewed(Shape):
    """The card's version after the review."""

    card_id: UUID
    version: int


@reads(router, "/rounds/{round_id}/cards", answer=Cards, summary="一个填报期的应报名单：谁报了，谁没报")
def of_region(request: Request, round_id: UUID, wanted: Annotated[CardsWanted, Query()]) -> Cards:
    """Who owes a card in a region."""
    viewer = request.viewer
    region_id = region_coded(wanted.region).id if wanted.region else viewer.region_id
    listing = f"cards.{round_id}.{region_id}"
    key = opened(listing, wanted.cursor)
    page = cards_of_region(
        viewer, region_id, round_id, today=day_of(request.now), narrowing=Narrowing(
            states=wanted.state, standings=wanted.standing, person=wanted.person, late=wanted.late),
        after=int(key[0]) if key else 0,
        limit=wanted.limit,
    )
    following = sealed(listing, (page.after,) if page.after is not None else None)
    return Cards(rows=[_listed(one) for one in page.rows], next=following)


@reads(router, "/cards/to-review", answer=Cards, summary="待本办审核的卡片，等得最久的在前")
def to_review(request: Request, limit: Limit = 50) -> Cards:
    """Cards that wait for the viewer's office."""
    found = cards_to_review(request.viewer, today=day_of(request.now), limit=limit)
    return Cards(rows=[_listed(one) for one in found], next=None)


@reads(router, "/cards/{card_id}", answer=CardInFull, summary="一张卡片：内容、反映的问题、经过")
def one_card(request: Request, card_id: UUID) -> CardInFull:
    """A card as far as the viewer may see it."""
    return _in_full(card(request.viewer, card_id, today=day_of(request.now)))


@reads(router, "/cards/{card_id}/compare", answer=Comparison, summary="一张卡片的数与上期相比")
def compare(request: Request, card_id: UUID) -> Comparison:
    """The figures of a card beside the last ones."""
    found = compared(request.viewer, card_id, today=day_of(request.now))
    if found is None:
        return Comparison(last_round="", figures=None)
    return Comparison(last_round=found.last_round, figures=[_compared(one) for one in found.figures])


@writes(router, "/cards/{card_id}/return", answer=Reviewed, summary="退回卡片，写明要改什么")
def give_back(request: Request, card_id: UUID, said: Returning) -> Reviewed:
    """Give a card back for correction."""
    one = Return(card_id=card_id, version=said.version, reason=said.reason, marks=said.marks, actor=actor_of(request))
    return Reviewed(card_id=card_id, version=return_cards([one], now=request.now)[0])


@writes(router, "/cards/{card_id}/pass-back", answer=Reviewed, summary="退给审核过这张卡的下级办公室，由它核对后重新通过或退回企业")
def back_to_below(request: Request, card_id: UUID, said: PassingBack) -> Reviewed:
    """Give a card back to the office below that passed it on."""
    one = PassBack(card_id=card_id, version=said.version, reason=said.reason, actor=actor_of(request))
    return Reviewed(card_id=card_id, version=pass_back([one], now=request.now)[0])


@writes(router, "/cards/{card_id}/accept", answer=Reviewed, summary="卡片审核通过")
def accept(request: Request, card_id: UUID, said: Reviewing) -> Reviewed:
    """Accept a card."""
    one = Acceptance(card_id=card_id, version=said.version, actor=actor_of(request))
    return Reviewed(card_id=card_id, version=accept_cards([one], now=request.now)[0])


def _listed(one: ListedCard) -> CardInList:
    return CardInList(
        subject_id=one.subject_id, subject=one.subject_name, region=one.region_name, round_id=one.round_id,
        round=one.round_name, card_id=one.card_id, state=labelled(one.state), version=one.version,
        submitted_at=one.submitted_at, is_late=one.is_late, late_above=one.held_by, standing=labelled(one.standing),
        person_in_charge=one.person_in_charge,
    )


def _in_full(one: OpenedCard) -> CardInFull:
    head = one.head
    return CardInFull(
        id=head.id, subject_id=head.subject_id, subject=head.subject_name, region=head.region_name,
        round_id=head.round_id, round=head.round_name, collector=head.collector, state=labelled(head.state),
        version=head.version, submitted_at=head.submitted_at, return_reason=head.return_reason, is_late=one.is_late,
        late_above=head.held_by,
        values=_values(one), problems=[row_of(row) for row in one.rows], events=[_event(event) for event in one.events],
        doubts=[
            Confirmed(code=doubt.code, label=doubt.label, sentence=doubt.sentence, answer=doubt.answer)
            for doubt in one.doubts
        ],
        marks=dict(one.marks),
        may_correct=one.may_correct, may_return=one.may_return, passed_by=one.passed_by,
        may_accept=one.may_accept,
    )


def _values(one: OpenedCard) -> list[Told] | None:
    if one.sections is None:
        return None
    return [
        Told(code=field.code, label=field.label, value=value)
        for section in one.sections for field, value in section.fields
    ]


def _compared(one: ComparedFigure) -> FigureCompared:
    return FigureCompared(
        code=one.field.code, label=one.field.label, unit=one.field.unit, now=one.now, last=one.last,
        share=None if one.share is None else f"{one.share:.4f}",
    )


def _event(event: CardEvent) -> Event:
    return Event(
        at=event.at, kind=labelled(event.kind), unit=event.unit, person=event.person, reason=event.reason,
        is_correction=event.is_correction,
        changes=[Changed(code=one.code, label=one.label, before=one.before, after=one.after) for one in event.changes],
        marks=dict(event.marks),
    )
