"""Who can see a problem or one of the served, and why; what a person can do, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.words import Labelled, Shape, labelled, maybe_labelled
from zhitong.domain.organisations.queries.granted import rights_of
from zhitong.domain.organisations.queries.seats import SeatTold
from zhitong.domain.problems.queries.sight import who_sees
from zhitong.domain.subjects.queries.sight import who_sees_subject
from zhitong.kit.choices import Word
from zhitong.kit.clock import day_of

router = Router()


class SeeingPerson(Shape):
    """Somebody in a post that sees; a substitute with whom he stands in for and until when."""

    name: str
    for_name: str
    until: date | None


class SeeingPost(Shape):
    """A post that sees."""

    kind: Labelled
    title: str
    people: list[SeeingPerson]


class SeeingUnit(Shape):
    """A unit whose posts see, by which clauses; `posts` is empty where one may not know who it is."""

    unit: str
    region: str
    clauses: list[Labelled]
    role: Labelled | None
    posts: list[SeeingPost]


class SightTold(Shape):
    """Everybody who sees."""

    rows: list[SeeingUnit]


class PostRights(Shape):
    """What somebody may do from a post, and how far it sees; `for_name` where he only stands in."""

    unit: str
    title: str
    for_name: str
    reach: Labelled
    sees_matters: bool
    permissions: list[Labelled]


class PersonRights(Shape):
    """Of all the posts somebody acts from today."""

    name: str
    rows: list[PostRights]


@reads(router, "/problems/{number}/sight", answer=SightTold, summary="一件问题谁能看到、凭什么")
def sight_of_problem(request: Request, number: str) -> SightTold:
    """As the wall answers."""
    _problem, units = who_sees(request.viewer, number, now=request.now)
    return SightTold(rows=[_unit(one.unit, one.region, one.clauses, one.role, one.seats) for one in units])


@reads(router, "/subjects/{subject_id}/sight", answer=SightTold, summary="一个服务对象谁能看到、凭什么")
def sight_of_subject(request: Request, subject_id: UUID) -> SightTold:
    """As the wall answers."""
    units = who_sees_subject(request.viewer, subject_id, now=request.now)
    return SightTold(rows=[_unit(one.unit, one.region, one.clauses, None, one.seats) for one in units])


@reads(router, "/people/{person_id}/rights", answer=PersonRights, summary="一个人能做什么、凭什么；本人、系统管理员、安全和审计管理员")
def rights_of_person(request: Request, person_id: UUID) -> PersonRights:
    """From each of his posts."""
    name, rights = rights_of(request.viewer, person_id, day_of(request.now))
    return PersonRights(name=name, rows=[
        PostRights(
            unit=one.held.unit_name, title=one.held.title, for_name=one.for_name, reach=labelled(one.reach),
            sees_matters=not one.is_apart, permissions=[labelled(right) for right in one.permissions],
        )
        for one in rights
    ])  # fmt: skip


def _unit(unit: str, region: str, clauses: Sequence[Word], role: Word | None, seats: Sequence[SeatTold]) -> SeeingUnit:
    posts = [
        SeeingPost(
            kind=labelled(seat.kind), title=seat.title,
            people=[SeeingPerson(name=one.name, for_name=one.for_name, until=one.until) for one in seat.sitters],
        )
        for seat in seats
    ]
    return SeeingUnit(unit=unit, region=region, clauses=[labelled(one) for one in clauses], role=maybe_labelled(role), posts=posts)
