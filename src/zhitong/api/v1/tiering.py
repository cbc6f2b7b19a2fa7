"""Tiering: runs against quotas, what-if, adopting. For officials of a territory; results stand in
`tier_results`, moves and single tiers in `tier_moves`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import opened, sealed
from zhitong.api.words import (
    Code,
    Labelled,
    OneOf,
    Said,
    Shape,
    ShortText,
    labelled,
    maybe_labelled,
    region_coded,
)
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.domain.tiering.actions.adopting import adopt
from zhitong.domain.tiering.actions.running import keep_run
from zhitong.domain.tiering.queries.runs import (
    RunView,
    latest_run,
    require_open,
    run_seen,
)
from zhitong.domain.tiering.queries.standards import standard_in_force
from zhitong.domain.tiering.queries.what_if import what_if
from zhitong.domain.tiering.rules.kinds import Conflict
from zhitong.domain.tiering.rules.standards import QuotaLine, Standard, line_key, threshold_of
from zhitong.domain.tiering.rules.summary import Summary
from zhitong.kit.refusals import NotFound

router = Router()
Numbers = Annotated[dict[str, Annotated[int, Field(ge=0)]], Field(max_length=50)]


class TierLine(Shape):
    """One tier (perhaps of one sub-kind) or stage: what it asks in yuan, its quota, how many get it, how many have it."""

    key: str
    tier: Labelled | None
    stage: Labelled | None
    sub_kind: str
    over_cny: int | None
    quota: int | None
    given: int
    standing: int
    difference: int | None


class TierCount(Shape):
    """How many of something."""

    code: str
    label: str
    count: int


class Transition(Shape):
    """How many would move from one tier to another."""

    before: Labelled | None
    after: Labelled | None
    count: int


class TierSummary(Shape):
    """A run in figures."""

    judged: int
    total: int
    lines: list[TierLine]
    conflicts: list[TierCount]
    moves: list[Transition]


class TierRun(Shape):
    """A kept run; `may_adopt` tells of this post."""

    id: UUID
    kind: Labelled
    region: str
    unit: str
    made_at: datetime
    adopted_at: datetime | None
    reason: str
    trims: bool
    own_moves: int
    may_adopt: bool
    summary: TierSummary


class TierRunFound(Shape):
    """The latest run; empty before the first."""

    run: TierRun | None


class WouldMoveShape(Shape):
    """Somebody who would move."""

    subject: UUID
    name: str
    region: str
    before: Labelled | None
    after: Labelled | None
    decided_at: Labelled | None
    words: str


class Tried(Shape):
    """What another standard would come to; the first moves by name."""

    summary: TierSummary
    moves: list[WouldMoveShape]


class TieringDone(Shape):
    """How many were changed."""

    changed: int


class StandardTried(Said):
    """试算或测算所用的标准；不写的照现行标准."""

    kind: OneOf[SubjectKind]
    over_cny: Numbers = Field({}, description="各行的标准，元；键如 province、city.retail")
    quotas: Numbers = Field({}, description="各行的数额，户；键同上，项目阶段如 preparation")
    trims: bool = Field(False, description="超出数额的按排序调到下一级")


class Reasoned(Said):
    """要写明理由的办理."""

    reason: ShortText


def campaign_code() -> str:
    """The campaign in force. Raises NotFound: there is none."""
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return campaign.code


@reads(router, "/tiers/{kind}", answer=TierRunFound, summary="一类服务对象最近一次分级测算：各级与数额、需要核对的、会变的")
def latest_tier_run(request: Request, kind: OneOf[SubjectKind], region: Code | None = None) -> TierRunFound:
    """The latest run of the viewer's region or one below it."""
    asked = region_coded(region).id if region else None
    found = latest_run(request.viewer, campaign_code(), kind, asked)
    return TierRunFound(run=_run(found) if found else None)


@writes(router, "/tier-runs/try", answer=Tried, summary="试算：按另一套标准谁会调整；不保存")
def try_tiers(request: Request, said: StandardTried) -> Tried:
    """Judge by a changed standard; nothing is stored."""
    found = what_if(
        request.viewer, campaign_code(), said.kind, thresholds=said.over_cny, numbers=dict(said.quotas), trims=said.trims
    )
    return Tried(
        summary=_summary(found.summary, found.standard),
        moves=[
            WouldMoveShape(
                subject=one.subject_id, name=one.name, region=one.region, before=maybe_labelled(one.before),
                after=maybe_labelled(one.after), decided_at=maybe_labelled(one.decided_at), words=one.words,
            )
            for one in found.moves
        ],
    )


@writes(router, "/tier-runs", answer=TierRun, summary="分级测算并保存，替换未采用的上一次", status=HTTPStatus.CREATED)
def keep_tier_run(request: Request, said: StandardTried) -> TierRun:
    """Keep a run of the office's region."""
    require_open(request.viewer)
    campaign = campaign_code()
    standard = standard_in_force(campaign, said.kind, request.viewer.region_id)
    changed = standard.changed(said.over_cny, dict(said.quotas))
    run_id = keep_run(
        request.viewer, changed, campaign=campaign, actor=actor_of(request), now=request.now, trims=said.trims
    )
    return _run(run_seen(request.viewer, run_id))


@writes(router, "/tier-runs/{run_id}/adopt", answer=TieringDone, summary="采用测算：调整本级决定的级别，名单随之更新")
def adopt_tier_run(request: Request, run_id: UUID, said: Reasoned) -> TieringDone:
    """Adopt what the office's level decides."""
    return TieringDone(changed=adopt(request.viewer, run_id, said.reason, actor=actor_of(request), now=request.now))


def place_after(listing: str, cursor: str) -> UUID | None:
    """The id behind a cursor; None at the beginning."""
    key = opened(listing, cursor)
    return UUID(str(key[0])) if key else None


def place_next(listing: str, rows: Sequence[Any], limit: int) -> str | None:
    """The cursor after the rows of a page, of which one more than the page holds was asked."""
    return sealed(listing, (rows[limit - 1].id,) if len(rows) > limit else None)


def _run(run: RunView) -> TierRun:
    return TierRun(
        id=run.id, kind=labelled(run.kind), region=run.region, unit=run.unit, made_at=run.made_at,
        adopted_at=run.adopted_at, reason=run.reason, trims=run.trims, own_moves=run.own_moves, may_adopt=run.may_adopt,
        summary=_summary(run.summary, run.standard),
    )


def _summary(summary: Summary, standard: Standard) -> TierSummary:
    over = {line_key(rule): threshold_of(rule) for rule in standard.rules}
    return TierSummary(
        judged=summary.judged, total=summary.total,
        lines=[
            _line(line.quota, over, given=line.given, standing=line.standing, difference=line.difference)
            for line in summary.lines
        ],
        conflicts=[
            TierCount(code=str(word), label=word.label, count=summary.conflicts.get(word, 0)) for word in Conflict
        ],
        moves=[
            Transition(before=maybe_labelled(before), after=maybe_labelled(after), count=count)
            for (before, after), count in summary.moves.items()
        ],
    )


def _line(
    quota: QuotaLine, over: dict[str, int | None], *, given: int, standing: int, difference: int | None
) -> TierLine:
    return TierLine(
        key=quota.key, tier=maybe_labelled(quota.rank), stage=maybe_labelled(quota.stage), sub_kind=quota.sub_kind,
        over_cny=over.get(quota.key), quota=quota.number, given=given, standing=standing, difference=difference,
    )
