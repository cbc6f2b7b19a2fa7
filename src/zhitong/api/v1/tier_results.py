"""The results of a run of tiering, one by one."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit
from zhitong.api.v1.tiering import place_after, place_next
from zhitong.api.words import Labelled, OneOf, Shape, Words, labelled, maybe_labelled
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.tiering.queries.runs import ResultFilters, results_for, run_seen
from zhitong.domain.tiering.rules.kinds import Conflict, QuotaPlace

router = Router()


class TierResult(Shape):
    """What a run says of one; `words` is empty where this post may not see figures."""

    id: UUID
    subject: UUID
    name: str
    code: str
    region: str
    before: Labelled | None
    by_rule: Labelled | None
    tier: Labelled | None
    by_hand: bool
    conflicts: list[Labelled]
    place: Labelled | None
    line: str
    decided_at: Labelled | None
    words: str


class TierResults(Shape):
    """One page of results."""

    rows: list[TierResult]
    next: str | None


class ResultsWanted(Shape):
    """Which results."""

    tier: OneOf[Rank] | None = None
    conflict: OneOf[Conflict] | None = None
    place: OneOf[QuotaPlace] | None = None
    line: str = Field("", max_length=40, description="数额行的 key，如 city.retail")
    only_moves: bool = Field(False, description="只看级别会变的")
    words: Words = Field("", description="在名称和代码中查找")
    cursor: CursorText = ""
    limit: Limit = 50


@reads(router, "/tier-runs/{run_id}/results", answer=TierResults, summary="一次测算的逐户结果，按数额排列的先后")
def tier_results(request: Request, run_id: UUID, wanted: Annotated[ResultsWanted, Query()]) -> TierResults:
    """One page of a run's results."""
    run, listing = run_seen(request.viewer, run_id), f"tier.{run_id}"
    filters = ResultFilters(wanted.tier, wanted.conflict, wanted.place, wanted.line, wanted.only_moves, wanted.words)
    rows = results_for(request.viewer, run, filters, after=place_after(listing, wanted.cursor), limit=wanted.limit + 1)
    shown = rows[: wanted.limit]
    return TierResults(
        rows=[
            TierResult(
                id=row.id, subject=row.subject_id, name=row.name, code=row.code, region=row.region,
                before=maybe_labelled(row.tier_before), by_rule=maybe_labelled(row.by_rule), tier=maybe_labelled(row.tier),
                by_hand=row.is_by_hand, conflicts=[labelled(one) for one in row.conflicts], place=maybe_labelled(row.place),
                line=row.line, decided_at=maybe_labelled(row.decided_at), words=row.words,
            )
            for row in shown
        ],
        next=place_next(listing, rows, wanted.limit),
    )
