"""五到位: what units say of themselves beside what inspections found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import Limit
from zhitong.api.v1.inspections import campaign_code
from zhitong.api.words import Code, Labelled, Note, OneOf, Said, Shape, labelled, maybe_labelled, unit_id_coded
from zhitong.domain.inspections.actions.readiness import Judged, say_in_place, see_in_place
from zhitong.domain.inspections.queries.readiness import UnitReadiness, readiness_for
from zhitong.domain.inspections.queries.sight import officials_only
from zhitong.domain.inspections.rules.kinds import Grade, Readiness

router = Router()


class ThingInPlace(Shape):
    """One of five things: what the unit says, what was found, and whether the two differ."""

    thing: Labelled
    said: Labelled | None
    said_words: str
    found: Labelled | None
    found_words: str
    differs: bool


class UnitInPlace(Shape):
    """The five things at a unit."""

    unit: str
    things: list[ThingInPlace]


class InPlaceTold(Shape):
    """Every unit of which something is said or found."""

    rows: list[UnitInPlace]


class InPlaceWanted(Shape):
    """Which units: those behind a code."""

    after: Code | None = Field(None, description="从这个单位代码之后")
    limit: Limit = 50


class JudgedSaid(Said):
    """一项到位的程度和依据."""

    thing: OneOf[Readiness]
    grade: OneOf[Grade]
    words: Note


class InPlaceSaid(Said):
    """五到位."""

    things: list[JudgedSaid] = Field(min_length=1, max_length=5)


@writes(router, "/inspections/{inspection_id}/in-place/{unit}", answer=InPlaceTold, summary="登记督查看到的五到位")
def see(request: Request, inspection_id: UUID, unit: str, said: InPlaceSaid) -> InPlaceTold:
    """与该单位自查的并排列出."""
    judged = _judged(said)
    see_in_place(request.viewer, inspection_id, unit_id_coded(unit, "unit"), judged, actor=actor_of(request), now=request.now)
    return _in_place(request, "", 50)


@reads(router, "/in-place", answer=InPlaceTold, summary="五到位")
def in_place(request: Request, wanted: Annotated[InPlaceWanted, Query()]) -> InPlaceTold:
    """Unit by unit, in the order of their codes."""
    return _in_place(request, wanted.after or "", wanted.limit)


@writes(router, "/in-place", answer=InPlaceTold, summary="本单位自查五到位")
def say(request: Request, said: InPlaceSaid) -> InPlaceTold:
    """再报一次就替换上一次."""
    say_in_place(request.viewer, campaign_code(), _judged(said), actor=actor_of(request), now=request.now)
    return _in_place(request, "", 50)


def _in_place(request: Request, after: str, limit: int) -> InPlaceTold:
    officials_only(request.viewer)
    return InPlaceTold(rows=[_unit(one) for one in readiness_for(request.viewer, campaign_code(), after=after, limit=limit)])


def _unit(one: UnitReadiness) -> UnitInPlace:
    return UnitInPlace(unit=one.unit, things=[
        ThingInPlace(
            thing=labelled(thing.thing), said=maybe_labelled(thing.said), said_words=thing.said_words, found=maybe_labelled(thing.found),
            found_words=thing.found_words, differs=thing.differs,
        ) for thing in one.things
    ])


def _judged(said: InPlaceSaid) -> Mapping[Readiness, Judged]:
    return {one.thing: Judged(one.grade, one.words) for one in said.things}
