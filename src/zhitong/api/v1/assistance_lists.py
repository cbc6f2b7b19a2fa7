"""帮扶名单: the lists with their numbers, who is put on them, and leaving them with the consent of who drew them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Router
from pydantic import Field as Asked

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Labelled, Note, OneOf, Said, Shape, ShortText, labelled, maybe_labelled
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.subjects.actions.caring import enlist
from zhitong.domain.subjects.actions.listing import ask_removal, decide_removal
from zhitong.domain.subjects.queries.lists import lists_of
from zhitong.domain.subjects.queries.registrars import require_may_rearrange
from zhitong.domain.subjects.queries.removals import RemovalView, removals_asked_by, removals_waiting_for
from zhitong.domain.subjects.rules.kinds import RemovalCause
from zhitong.kit.refusals import NotFound

router = Router()
MOST_ENLISTED = 1000


class DrawnList(Shape):
    """A list, the number it should hold, and what this post sees of it."""

    id: UUID
    code: str
    name: str
    kind: Labelled
    tier: Labelled | None
    quota: int | None
    members: int


class DrawnLists(Shape):
    """The lists of the campaign in force."""

    lists: list[DrawnList]


class Enlisting(Said):
    """列入名单."""

    subjects: list[UUID] = Asked(min_length=1, max_length=MOST_ENLISTED)


class Enlisted(Shape):
    """How many are new on the list."""

    new: int


class RemovalSaid(Said):
    """申请移出名单."""

    subject: UUID
    cause: OneOf[RemovalCause]
    proof: ShortText


class RemovalAsked(Shape):
    """The request; `is_done` when this unit drew the list."""

    id: UUID
    is_done: bool


class Removal(Shape):
    """A removal as it stands; `agreed` is empty while it waits."""

    id: UUID
    subject_id: UUID
    subject: str
    list: str
    cause: Labelled
    proof: str
    asked_by: str
    asked_at: datetime
    decider: str
    agreed: bool | None
    answer: str


class Removals(Shape):
    """What waits for this unit, and what it has asked for."""

    waiting: list[Removal]
    asked: list[Removal]


class Decision(Said):
    """审定移出名单."""

    agreed: bool
    answer: Note = ""


class Decided(Shape):
    """Whom it was about."""

    subject_id: UUID


@reads(router, "/assistance-lists", answer=DrawnLists, summary="本活动的帮扶名单和户数")
def drawn_lists(request: Request) -> DrawnLists:
    """With the number each should hold and holds."""
    campaign = campaign_in_force()
    return DrawnLists(lists=[
        DrawnList(
            id=one.id, code=one.code, name=one.name, kind=labelled(one.kind), tier=maybe_labelled(one.tier), quota=one.quota,
            members=one.members,
        )
        for one in (lists_of(request.viewer, campaign.code) if campaign else [])
    ])


@writes(router, "/assistance-lists/{list_id}/members", answer=Enlisted, summary="列入名单")
def put_on_list(request: Request, list_id: UUID, said: Enlisting) -> Enlisted:
    """Those on it already stay as they are."""
    require_may_rearrange(request.viewer, said.subjects)
    return Enlisted(new=enlist(list_id, said.subjects, actor=actor_of(request), now=request.now))


@reads(router, "/removals", answer=Removals, summary="移出名单的申请")
def removals(request: Request) -> Removals:
    """Those to decide and those asked for."""
    return Removals(
        waiting=[_removal(one) for one in removals_waiting_for(request.viewer)],
        asked=[_removal(one) for one in removals_asked_by(request.viewer)],
    )


@writes(router, "/assistance-lists/{list_id}/removals", answer=RemovalAsked, summary="申请移出名单：由确定名单的单位审定")
def ask_to_remove(request: Request, list_id: UUID, said: RemovalSaid) -> RemovalAsked:
    """At once where this unit drew the list."""
    require_may_rearrange(request.viewer, [said.subject])
    asked = ask_removal(
        subject_id=said.subject, list_id=list_id, cause=said.cause, proof=said.proof, actor=actor_of(request), now=request.now
    )
    return RemovalAsked(id=asked.id, is_done=asked.is_done)


@writes(router, "/removals/{removal_id}/decide", answer=Decided, summary="审定移出名单")
def decide(request: Request, removal_id: UUID, said: Decision) -> Decided:
    """By the unit that drew the list."""
    if all(one.id != removal_id for one in removals_waiting_for(request.viewer)):
        raise NotFound
    found = decide_removal(
        removal_id=removal_id, agreed=said.agreed, answer=said.answer, actor=actor_of(request), now=request.now
    )
    return Decided(subject_id=found)


def _removal(one: RemovalView) -> Removal:
    return Removal(
        id=one.id, subject_id=one.subject_id, subject=one.subject, list=one.list, cause=labelled(one.cause), proof=one.proof,
        asked_by=one.asked_by, asked_at=one.asked_at, decider=one.decider, agreed=one.agreed, answer=one.answer,
    )
