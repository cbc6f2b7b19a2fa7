"""Collection beside the cards: whom to remind, odd cards, cards filled in for firms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.rounds import region_wanted
from zhitong.api.words import Code, Labelled, Said, Shape, ShortText, labelled
from zhitong.domain.cards.actions import (
    Confirmation,
    answer_flag,
    confirm_cards,
    dispute_cards,
    remind_region,
)
from zhitong.domain.cards.queries import (
    ExcuseRow,
    FlagRow,
    ReminderRow,
    flags_of_region,
    reminders_of_region,
)

router = Router()


class CollectingWanted(Shape):
    """Which region, and where to go on."""

    region: Code | None = Field(None, description="地区代码；不填为本岗位所在地区")
    cursor: CursorText = ""
    limit: Limit = 50


class RemindWanted(Said):
    """Whose firms are reminded."""

    region: Code | None = Field(None, description="地区代码；不填为本岗位所在地区")


class RegionReminded(Shape):
    """How many were reminded."""

    count: int


class Reminder(Shape):
    """Who was reminded of whose card, when, by whom (empty: by the clock)."""

    subject: str
    region: str
    level: Labelled
    unit: str
    at: datetime
    reminded_by: str


class Reminders(Shape):
    """One page of reminders, newest first."""

    rows: list[Reminder]
    next: str | None


class Flag(Shape):
    """A question about a card."""

    id: UUID
    card_id: UUID
    subject: str
    region: str
    kind: Labelled
    words: str
    at: datetime
    answer: str


class Flags(Shape):
    """One page of questions, newest first."""

    rows: list[Flag]
    next: str | None


class Answered(Said):
    """What was found when the firm was asked."""

    answer: ShortText


class CollectingDone(Shape):
    """The thing, and how it stands."""

    id: UUID
    state: str


class Seen(Said):
    """The version that was looked at."""

    version: int = Field(ge=1, le=1_000_000)


class Disputed(Seen):
    """What is not so."""

    reason: ShortText


class CardMoved(Shape):
    """The card's version after the act."""

    card_id: UUID
    version: int


@writes(router, "/rounds/{round_id}/remind", answer=RegionReminded, summary="提醒一个地区应报未报的；同一张卡一天只提醒一次")
def remind(request: Request, round_id: UUID, wanted: RemindWanted) -> RegionReminded:
    """Remind who has not reported."""
    return RegionReminded(count=remind_region(
        round_id=round_id, region_id=region_wanted(request.viewer, wanted.region), actor=actor_of(request), now=request.now
    ))


@reads(router, "/rounds/{round_id}/reminders", answer=Reminders, summary="提醒过谁、什么时候")
def reminders(request: Request, round_id: UUID, wanted: Annotated[CollectingWanted, Query()]) -> Reminders:
    """Whom was reminded."""
    region_id = region_wanted(request.viewer, wanted.region)
    listing, after = page_at(f"reminders.{round_id}.{region_id}", wanted)
    rows = reminders_of_region(request.viewer, region_id, round_id, after=after, limit=wanted.limit)
    return Reminders(rows=[_reminder(one) for one in rows], next=next_page(listing, rows, wanted.limit))


@reads(router, "/rounds/{round_id}/flags", answer=Flags, summary="数据疑问：同一设备、数字相同、过于整齐、与上期相同")
def flags(request: Request, round_id: UUID, wanted: Annotated[CollectingWanted, Query()]) -> Flags:
    """The questions about a round's cards."""
    region_id = region_wanted(request.viewer, wanted.region)
    listing, after = page_at(f"flags.{round_id}.{region_id}", wanted)
    rows = flags_of_region(request.viewer, region_id, round_id, after=after, limit=wanted.limit)
    return Flags(rows=[_flag(one) for one in rows], next=next_page(listing, rows, wanted.limit))


@writes(router, "/flags/{flag_id}/answer", answer=CollectingDone, summary="登记数据疑问的核实情况")
def answer(request: Request, flag_id: UUID, said: Answered) -> CollectingDone:
    """Answer a question."""
    answer_flag(flag_id=flag_id, answer=said.answer, actor=actor_of(request), now=request.now)
    return CollectingDone(id=flag_id, state="answered")


@writes(router, "/cards/{card_id}/confirm", answer=CardMoved, summary="企业确认代填的卡片")
def confirm(request: Request, card_id: UUID, said: Seen) -> CardMoved:
    """Confirm what was filled in for the firm."""
    [version] = confirm_cards([Confirmation(card_id=card_id, version=said.version, actor=actor_of(request))], now=request.now)
    return CardMoved(card_id=card_id, version=version)


@writes(router, "/cards/{card_id}/dispute", answer=CardMoved, summary="企业对代填的卡片有异议")
def dispute(request: Request, card_id: UUID, said: Disputed) -> CardMoved:
    """Say that what was filled in for the firm is not so."""
    one = Confirmation(card_id=card_id, version=said.version, actor=actor_of(request), dispute=said.reason)
    return CardMoved(card_id=card_id, version=dispute_cards([one], now=request.now)[0])


def page_at(listing: str, wanted: CollectingWanted) -> tuple[str, UUID | None]:
    key = opened(listing, wanted.cursor)
    return listing, UUID(str(key[0])) if key else None


def next_page(listing: str, rows: list[ReminderRow] | list[FlagRow] | list[ExcuseRow], limit: int) -> str | None:
    return sealed(listing, (str(rows[-1].id),) if len(rows) == limit else None)


def _reminder(one: ReminderRow) -> Reminder:
    return Reminder(
        subject=one.subject_name, region=one.region_name, level=labelled(one.level), unit=one.unit, at=one.at,
        reminded_by=one.reminded_by,
    )


def _flag(one: FlagRow) -> Flag:
    return Flag(
        id=one.id, card_id=one.card_id, subject=one.subject_name, region=one.region_name, kind=labelled(one.kind),
        words=one.words, at=one.at, answer=one.answer,
    )
