"""How enterprises are, and the ladders they climb: totals, lists with reasons, moves. For officials of a territory."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit
from zhitong.api.v1.tiering import Reasoned, TieringDone, campaign_code, place_after, place_next
from zhitong.api.words import Code, Labelled, OneOf, Shape, labelled, maybe_labelled
from zhitong.domain.subjects.rules.kinds import Diagnosis
from zhitong.domain.tiering.actions.climbing import climb
from zhitong.domain.tiering.queries.diagnoses import DiagnosisFilters, diagnosed_by_region, diagnoses_for
from zhitong.domain.tiering.queries.ladders import (
    FootingFilters,
    footings_for,
    ladder_of,
    ladders_of,
    rung_moves,
    rungs_counted,
)
from zhitong.domain.tiering.queries.runs import require_open

router = Router()
MOST_CHOSEN = 500


class DiagnosedRegion(Shape):
    """A region's totals; null where fewer than five firms are not told to this post."""

    region: str
    name: str
    profitable: int | None
    thin: int | None
    difficult: int | None


class DiagnosedFirm(Shape):
    """An enterprise's standing diagnosis."""

    id: UUID
    subject: UUID
    name: str
    region: str
    before: Labelled | None
    diagnosis: Labelled
    period: str
    since: datetime
    words: str


class DiagnosedRegions(Shape):
    """The viewer's region first, then those below."""

    rows: list[DiagnosedRegion]


class DiagnosedFirms(Shape):
    """One page of diagnoses."""

    rows: list[DiagnosedFirm]
    next: str | None


class RungShape(Shape):
    """A rung with how many stand on it, and how many of them the rule sees elsewhere; the last is who is on none yet."""

    code: str
    name: str
    standing: int
    ready: int


class LadderShape(Shape):
    """A ladder."""

    code: str
    name: str
    source: str
    rungs: list[RungShape]


class LaddersShape(Shape):
    """The ladders of the campaign in force."""

    rows: list[LadderShape]


class FootingShape(Shape):
    """Where one stands on a ladder and where the rule sees it."""

    id: UUID
    subject: UUID
    name: str
    region: str
    rung: str
    proposed: str
    ready: bool
    words: str
    lacking: str


class FootingsShape(Shape):
    """One page of who stands on a ladder."""

    rows: list[FootingShape]
    next: str | None


class RungMoveShape(Shape):
    """A move on a ladder."""

    subject: UUID
    name: str
    region: str
    before: str
    after: str
    reason: str
    unit: str
    at: datetime


class RungMovesShape(Shape):
    """Moves on a ladder, the newest first."""

    rows: list[RungMoveShape]


class Climbing(Reasoned):
    """调整梯次."""

    subjects: list[UUID] = Field(min_length=1, max_length=MOST_CHOSEN)
    rung: str = Field(max_length=40, description="梯次代码；空为移出梯队")


@reads(router, "/diagnoses/regions", answer=DiagnosedRegions, summary="各地盈利、微利、困难企业户数")
def diagnosed_regions(request: Request) -> DiagnosedRegions:
    """Totals by region."""
    return DiagnosedRegions(rows=[
        DiagnosedRegion(region=one.code, name=one.name, **{
            str(word): number for word, number in zip(Diagnosis, one.numbers, strict=True)
        })
        for one in diagnosed_by_region(request.viewer)
    ])


@reads(router, "/diagnoses", answer=DiagnosedFirms, summary="企业诊断名单，最近变化的在前；看不到数据的岗位为空")
def diagnosed_firms(
    request: Request, diagnosis: OneOf[Diagnosis] | None = None, only_changed: bool = False, cursor: CursorText = "",
    limit: Limit = 50,
) -> DiagnosedFirms:
    """One page of standing diagnoses."""
    filters = DiagnosisFilters(diagnosis=diagnosis, only_changed=only_changed)
    rows = diagnoses_for(request.viewer, filters, after=place_after("diagnoses", cursor), limit=limit + 1)
    return DiagnosedFirms(
        rows=[
            DiagnosedFirm(
                id=row.id, subject=row.subject_id, name=row.name, region=row.region, before=maybe_labelled(row.before),
                diagnosis=labelled(row.diagnosis), period=row.period, since=row.since, words=row.words,
            )
            for row in rows[:limit]
        ],
        next=place_next("diagnoses", rows, limit),
    )


@reads(router, "/ladders", answer=LaddersShape, summary="梯度培育：各梯队、各梯次的户数")
def all_ladders(request: Request) -> LaddersShape:
    """The ladders with who stands on each rung, in numbers."""
    require_open(request.viewer)
    campaign = campaign_code()
    return LaddersShape(rows=[
        LadderShape(code=one.code, name=one.name, source=one.source, rungs=[
            RungShape(code=rung.rung, name=rung.name, standing=rung.standing, ready=rung.ready)
            for rung in rungs_counted(request.viewer, campaign, one)
        ])
        for one in ladders_of(campaign)
    ])


@reads(router, "/ladders/{ladder}/firms", answer=FootingsShape, summary="一个梯队里的企业：现在梯次、规则建议和理由")
def firms_on_ladder(
    request: Request, ladder: Code, rung: str | None = None, only_ready: bool = False, cursor: CursorText = "",
    limit: Limit = 50,
) -> FootingsShape:
    """One page of who stands on a ladder or is ready for it."""
    campaign = campaign_code()
    filters, listing = FootingFilters(rung=rung, only_ready=only_ready), f"ladder.{ladder}"
    found = ladder_of(campaign, ladder)
    rows = footings_for(request.viewer, campaign, found, filters, after=place_after(listing, cursor), limit=limit + 1)
    return FootingsShape(
        rows=[
            FootingShape(
                id=row.id, subject=row.subject_id, name=row.name, region=row.region, rung=row.rung, proposed=row.proposed,
                ready=row.is_ready, words=row.words, lacking=row.lacking,
            )
            for row in rows[:limit]
        ],
        next=place_next(listing, rows, limit),
    )


@reads(router, "/ladders/{ladder}/moves", answer=RungMovesShape, summary="一个梯队的梯次调整，最近的在前")
def moves_on_ladder(request: Request, ladder: Code, since: date | None = None, limit: Limit = 50) -> RungMovesShape:
    """The newest moves on a ladder."""
    campaign = campaign_code()
    rows = rung_moves(request.viewer, campaign, ladder_of(campaign, ladder), since=since, limit=limit)
    return RungMovesShape(rows=[
        RungMoveShape(
            subject=row.subject_id, name=row.name, region=row.region, before=row.before, after=row.after,
            reason=row.reason, unit=row.unit, at=row.at,
        )
        for row in rows
    ])


@writes(router, "/ladders/{ladder}/climb", answer=TieringDone, summary="调整企业的梯次")
def climb_ladder(request: Request, ladder: Code, said: Climbing) -> TieringDone:
    """Put firms on a rung, or off the ladder."""
    require_open(request.viewer)
    changed = climb(
        request.viewer, ladder, dict.fromkeys(said.subjects, said.rung), said.reason, campaign=campaign_code(),
        actor=actor_of(request), now=request.now,
    )
    return TieringDone(changed=changed)
