"""开通: who has come, invitations made, listed and ended, and a roster of officials as rows of one call."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import (
    Code,
    Empty,
    Labelled,
    Named,
    Note,
    OneOf,
    Said,
    Shape,
    Words,
    labelled,
    named,
    region_coded,
)
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.entry.actions.inviting import MOST_AT_ONCE, end_invitation, invite_firms
from zhitong.domain.entry.actions.rostering import MOST_ROWS, take_roster
from zhitong.domain.entry.queries.activation import OFFICIAL, activation_below, activation_of_lists
from zhitong.domain.entry.queries.invitations import InvitationRow, Wanted, invitations_of
from zhitong.domain.entry.queries.links import link_of
from zhitong.domain.entry.queries.named import Named as NamesAsked
from zhitong.domain.entry.queries.named import units_named
from zhitong.domain.entry.rules.activation import Activation
from zhitong.domain.entry.rules.kinds import Presence
from zhitong.domain.entry.rules.phones import phone_written_right
from zhitong.domain.entry.rules.rosters import RosterRow
from zhitong.domain.organisations.queries import directory
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock

router = Router()


class Come(Shape):
    """How many units there are, have come, came this month, never came; the rate is 0 to 1, empty where there are none."""

    total: int
    opened: int
    this_month: int
    never: int
    rate: float | None


class OfKind(Shape):
    """The figures of a kind: of the served, or `official` for units of government."""

    kind: str
    label: str
    come: Come


class OfPlace(Shape):
    """The figures of a region's own units, or of a region below with all under it."""

    region: Named
    served: Come
    kinds: list[OfKind]


class OfList(Shape):
    """The figures of those on a list."""

    id: UUID
    name: str
    come: Come


class ActivationTold(Shape):
    """Who has come: the region's own units first, then each region below; by list."""

    places: list[OfPlace]
    lists: list[OfList]


class NamedRow(Shape):
    """A unit by name; `id` is the subject's, or the unit's where it is one of government."""

    id: UUID
    name: str
    kind: str
    region: str
    presence: Labelled
    last_month: str


class NamedRows(Shape):
    """One page of names."""

    rows: list[NamedRow]
    next: str | None


class InvitationTold(Shape):
    """An invitation; `link` goes after /join/ and is empty once it opens nothing."""

    id: UUID
    unit: str
    region: str
    title: str
    name: str
    state: Labelled
    joined: int
    most: int
    expires_on: date
    link: str


class Invitations(Shape):
    """One page of invitations, the newest first; `next` is the one after which the next page begins."""

    rows: list[InvitationTold]
    next: UUID | None


class FirmsToInvite(Said):
    """发邀请单."""

    subjects: list[UUID] = Field(min_length=1, max_length=MOST_AT_ONCE, description="服务对象")


class Invited(Shape):
    """The open invitations of those asked for, in order."""

    rows: list[InvitationTold]


class RosterLine(Said):
    """A row of a roster."""

    unit: Note = Field(description="单位全称、简称或曾用名")
    name: Note
    title: Note = Field(description="职务")
    phone: Note = Field(description="手机号码")


class Roster(Said):
    """花名册."""

    rows: list[RosterLine] = Field(min_length=1, max_length=MOST_ROWS)


class SeatedRow(Shape):
    """What became of a row, counted from 1: whether the seat is new, and the link of who has never been here."""

    row: int
    is_new: bool
    link: str


class SeatedRows(Shape):
    """Everybody of a roster."""

    rows: list[SeatedRow]


@reads(router, "/activation", answer=ActivationTold, summary="开通率：各地、各类别、各名单")
def activation(request: Request, region: Code | None = None) -> ActivationTold:
    """Of a region; of the post's own where none is named."""
    region_id, today, here = _region(request, region), clock.day_of(request.now), directory()
    campaign = campaign_in_force()
    lists = activation_of_lists(request.viewer, campaign.code, region_id, today=today) if campaign else []
    return ActivationTold(
        places=[
            OfPlace(region=named(here.regions[place.region_id]), served=_come(place.of("")), kinds=[
                OfKind(kind=kind, label=_label(kind), come=_come(found)) for kind, found in sorted(place.by_kind.items())
            ])
            for place in activation_below(request.viewer, region_id, today=today)
        ],
        lists=[OfList(id=one.list_id, name=one.name, come=_come(one.activation)) for one in lists],
    )  # fmt: skip


@reads(router, "/activation/units", answer=NamedRows, summary="开通名单：每一户的登录情况")
def units(
    request: Request, region: Code | None = None, kind: Words = "", presence: OneOf[Presence] | None = None,  # type: ignore[valid-type]
    q: Words = "", cursor: CursorText = "", limit: Limit = 50,
) -> NamedRows:  # fmt: skip
    """The served, or with kind=official the units of government."""
    after = opened("activation", cursor)
    rows = units_named(
        request.viewer, _region(request, region), NamesAsked(kind, presence, q), today=clock.day_of(request.now),
        after=after[0] if after else None, limit=limit + 1,
    )
    told = [
        NamedRow(id=one.id, name=one.name, kind=one.kind, region=one.region, presence=labelled(one.presence), last_month=one.last)
        for one in rows[:limit]
    ]
    return NamedRows(rows=told, next=sealed("activation", (told[-1].id,)) if len(rows) > limit else None)


@reads(router, "/invitations", answer=Invitations, summary="开通邀请")
def invitations(
    request: Request, is_open: bool | None = None, after: UUID | None = None, limit: Limit = 50
) -> Invitations:
    """Those of the territory."""
    rows, next_key = invitations_of(
        request.viewer, today=clock.day_of(request.now), wanted=Wanted(is_open=is_open), after=after, limit=limit
    )
    return Invitations(rows=[_told(one) for one in rows], next=next_key)


@writes(router, "/invitations", answer=Invited, summary="发邀请单", status=HTTPStatus.CREATED)
def invite(request: Request, said: FirmsToInvite) -> Invited:
    """已有可用邀请的，给出原来的那一张。"""
    made = invite_firms(request.viewer, said.subjects, actor=actor_of(request), now=request.now)
    rows, _next = invitations_of(
        request.viewer, today=clock.day_of(request.now), wanted=Wanted(ids=made), limit=len(made)
    )
    by_id = {one.id: one for one in rows}
    return Invited(rows=[_told(by_id[one]) for one in made])


@writes(router, "/invitations/{invitation_id}/end", answer=Invited, summary="作废邀请")
def end(request: Request, invitation_id: UUID, said: Empty) -> Invited:
    """再次作废没有变化。"""
    end_invitation(request.viewer, invitation_id, actor=actor_of(request), now=request.now)
    rows, _next = invitations_of(request.viewer, today=clock.day_of(request.now), wanted=Wanted(ids=[invitation_id]), limit=1)
    return Invited(rows=[_told(one) for one in rows])


@writes(router, "/roster", answer=SeatedRows, summary="花名册：开通干部岗位", status=HTTPStatus.CREATED)
def roster(request: Request, said: Roster) -> SeatedRows:
    """全部开通，或者都不开通；有误时 fields 以“行.列”指出，行从1数起。"""
    rows = [
        RosterRow(line, row.unit, row.name, row.title, phone_written_right(row.phone)) for line, row in enumerate(said.rows, start=1)
    ]
    seated = take_roster(request.viewer, rows, actor=actor_of(request), now=request.now)
    return SeatedRows(rows=[
        SeatedRow(row=one.line, is_new=one.is_new, link=link_of(one.invitation_id) if one.invitation_id else "") for one in seated
    ])


def _region(request: Request, region: str | None) -> UUID:
    return region_coded(region).id if region else request.viewer.region_id


def _come(found: Activation) -> Come:
    rate = float(found.rate) if found.rate is not None else None
    return Come(total=found.total, opened=found.opened, this_month=found.this_month, never=found.never, rate=rate)


def _label(kind: str) -> str:
    return "政府单位" if kind == OFFICIAL else SubjectKind(kind).label


def _told(one: InvitationRow) -> InvitationTold:
    return InvitationTold(
        id=one.id, unit=one.unit, region=one.region, title=one.title, name=one.name, state=labelled(one.state),
        joined=one.joined, most=one.most, expires_on=one.expires_on, link=one.link,
    )
