"""Units, posts and people of the subtree that one administers; who stands in for whom.

Initial passwords are for people before pages: who is seated here for the first time comes in by invitation.
"""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Code, Empty, Labelled, Name, OneOf, Said, Shape, ShortText, labelled, region_coded
from zhitong.domain.inspections.actions.closing import close_unit
from zhitong.domain.organisations.actions.staffing import close_post, open_post, open_unit, rename_unit, seat_person
from zhitong.domain.organisations.actions.substituting import end_substitution, name_substitute
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.queries.seats import SeatTold
from zhitong.domain.organisations.queries.staffing import seats_of_unit, tenures_in
from zhitong.domain.organisations.queries.substituting import StandIn, stand_ins_of
from zhitong.domain.organisations.rules.kinds import PostKind, UnitKind
from zhitong.domain.problems.actions.staffing import leave_post, move_person
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import NotFound

router = Router()


class StaffMember(Shape):
    """Somebody in a post; `tenure_id` is null and `for_name` filled where he only stands in."""

    person_id: UUID
    name: str
    tenure_id: UUID | None
    for_name: str


class StaffPost(Shape):
    """A post with its people; none where it is vacant."""

    id: UUID
    kind: Labelled
    title: str
    people: list[StaffMember]


class UnitStaff(Shape):
    """A unit's posts."""

    unit: str
    posts: list[StaffPost]


class StaffMade(Shape):
    """What was made, or changed."""

    id: UUID


class UnitMade(StaffMade):
    """A unit that was opened, with the code by which it is asked for."""

    code: str


class OpeningUnit(Said):
    """新设单位."""

    name: ShortText
    kind: OneOf[UnitKind]


class NamingUnit(Said):
    """单位更名."""

    name: ShortText


class OpeningPost(Said):
    """增设岗位."""

    title: ShortText
    kind: OneOf[PostKind]


class SeatingPerson(Said):
    """任职."""

    login: Name = Field(description="已有账号的填原登录名；没有的新建，本人凭邀请开通")
    name: Name


class MovingPerson(Said):
    """调动."""

    to_post_id: UUID


class NamingSubstitute(Said):
    """指定代办人."""

    post_id: UUID
    holder_id: UUID
    person_id: UUID
    since: date
    until: date = Field(description="最后一天，当天仍可代办")
    reason: ShortText


class SubstitutionTold(Shape):
    """A substitution; `runs` today, else it lies ahead."""

    id: UUID
    post_id: UUID
    unit: str
    title: str
    holder: str
    person: str
    since: date
    until: date
    reason: str
    runs: bool


class Substitutions(Shape):
    """Where one stands in or is stood in for."""

    rows: list[SubstitutionTold]


@reads(router, "/units/{code}/staff", answer=UnitStaff, summary="一个单位的岗位和人员；限系统管理员")
def unit_staff(request: Request, code: Code) -> UnitStaff:
    """Of a unit of the subtree."""
    today = day_of(request.now)
    unit, seats = seats_of_unit(request.viewer, _unit(code), today)
    tenures = tenures_in(unit.id, today)
    return UnitStaff(unit=unit.name, posts=[_post(one, tenures) for one in seats])


@writes(router, "/regions/{code}/units", answer=UnitMade, summary="新设单位；限系统管理员", status=HTTPStatus.CREATED)
def unit_new(request: Request, code: Code, said: OpeningUnit) -> UnitMade:
    """In a region of the subtree."""
    place = region_coded(code)
    made = open_unit(
        request.viewer, region_id=place.id, name=said.name, kind=said.kind, actor=actor_of(request), now=request.now
    )
    return UnitMade(id=made, code=f"{place.code}-x{made.hex[-10:]}")


@writes(router, "/units/{code}/rename", answer=StaffMade, summary="单位更名；限系统管理员")
def unit_renamed(request: Request, code: Code, said: NamingUnit) -> StaffMade:
    """已经印发的材料不变。"""
    unit_id = _unit(code)
    rename_unit(request.viewer, unit_id, name=said.name, actor=actor_of(request), now=request.now)
    return StaffMade(id=unit_id)


@writes(router, "/units/{code}/close", answer=StaffMade, summary="撤销单位；限系统管理员，没有在办事项的")
def unit_closed(request: Request, code: Code, said: Empty) -> StaffMade:
    """还有问题、报告、督办、督查发现没有办完，或者有人任职的，逐项写明先办什么。"""
    unit_id = _unit(code)
    close_unit(request.viewer, unit_id, actor=actor_of(request), now=request.now)
    return StaffMade(id=unit_id)


@writes(router, "/units/{code}/posts", answer=StaffMade, summary="增设岗位；限系统管理员", status=HTTPStatus.CREATED)
def post_new(request: Request, code: Code, said: OpeningPost) -> StaffMade:
    """三员的岗位由上一级增设。"""
    return StaffMade(id=open_post(
        request.viewer, _unit(code), kind=said.kind, title=said.title, actor=actor_of(request), now=request.now
    ))  # fmt: skip


@writes(router, "/posts/{post_id}/close", answer=StaffMade, summary="撤销岗位；限系统管理员，无人任职的")
def post_closed(request: Request, post_id: UUID, said: Empty) -> StaffMade:
    """以后可以再增设。"""
    close_post(request.viewer, post_id, actor=actor_of(request), now=request.now)
    return StaffMade(id=post_id)


@writes(router, "/posts/{post_id}/people", answer=StaffMade, summary="任职；限系统管理员", status=HTTPStatus.CREATED)
def person_seated(request: Request, post_id: UUID, said: SeatingPerson) -> StaffMade:
    """从今天起任职。"""
    return StaffMade(id=seat_person(
        request.viewer, post_id, login=said.login, name=said.name, password=None, actor=actor_of(request), now=request.now
    ))  # fmt: skip


@writes(router, "/tenures/{tenure_id}/move", answer=StaffMade, summary="调动；限系统管理员")
def person_moved(request: Request, tenure_id: UUID, said: MovingPerson) -> StaffMade:
    """在办问题留在原单位；还有事没人接的须办理交接。"""
    move_person(request.viewer, tenure_id, to_post_id=said.to_post_id, actor=actor_of(request), now=request.now)
    return StaffMade(id=said.to_post_id)


@writes(router, "/tenures/{tenure_id}/end", answer=StaffMade, summary="免职；限系统管理员")
def person_left(request: Request, tenure_id: UUID, said: Empty) -> StaffMade:
    """还有事没人接的须办理交接。"""
    leave_post(request.viewer, tenure_id, actor=actor_of(request), now=request.now)
    return StaffMade(id=tenure_id)


@reads(router, "/substitutions", answer=Substitutions, summary="临时代办：本人代办的和代本人办理的")
def substitutions(request: Request) -> Substitutions:
    """Today and ahead."""
    return Substitutions(rows=[_stand_in(one) for one in stand_ins_of(request.viewer.person_id, day_of(request.now))])


@writes(router, "/substitutions", answer=StaffMade, summary="指定代办人：本人或者系统管理员", status=HTTPStatus.CREATED)
def substitute_named(request: Request, said: NamingSubstitute) -> StaffMade:
    """From day to day."""
    return StaffMade(id=name_substitute(
        request.viewer, post_id=said.post_id, holder_id=said.holder_id, person_id=said.person_id, since=said.since,
        until=said.until, reason=said.reason, actor=actor_of(request), now=request.now,
    ))  # fmt: skip


@writes(router, "/substitutions/{substitution_id}/end", answer=StaffMade, summary="结束代办：双方或者系统管理员")
def substitution_ended(request: Request, substitution_id: UUID, said: Empty) -> StaffMade:
    """立即生效。"""
    end_substitution(request.viewer, substitution_id, actor=actor_of(request), now=request.now)
    return StaffMade(id=substitution_id)


def _unit(code: str) -> UUID:
    found = directory().unit_coded(code)
    if found is None:
        raise NotFound
    return found.id


def _post(seat: SeatTold, tenures: dict[tuple[UUID, UUID], UUID]) -> StaffPost:
    people = [
        StaffMember(
            person_id=one.person_id, name=one.name, for_name=one.for_name,
            tenure_id=None if one.for_name else tenures.get((seat.post_id, one.person_id)),
        )
        for one in seat.sitters
    ]
    return StaffPost(id=seat.post_id, kind=labelled(seat.kind), title=seat.title, people=people)


def _stand_in(one: StandIn) -> SubstitutionTold:
    return SubstitutionTold(
        id=one.id, post_id=one.post_id, unit=one.unit, title=one.title, holder=one.holder, person=one.person, since=one.since,
        until=one.until, reason=one.reason, runs=one.runs,
    )
