"""Two policy papers held against each other, as `zhitong policy compare --json` prints it."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from ninja import Router

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.words import Said, Shape
from zhitong.domain.papers.actions.comparing import compare
from zhitong.domain.papers.queries.comparisons import ComparedView, comparison_seen, comparisons_of
from zhitong.domain.papers.rules.comparing import covered_of

router = Router()


class ComparisonInList(Shape):
    """A comparison; `is_open` when both were as published, so that others see it too."""

    id: UUID
    upper: UUID
    upper_title: str
    lower: UUID
    lower_title: str
    is_open: bool
    compared_at: datetime


class ComparisonsTold(Shape):
    """The comparisons of a paper, the newest first."""

    rows: list[ComparisonInList]


class ComparisonTold(Shape):
    """A comparison: how many tasks of the upper paper are carried out, and the contract's lines."""

    comparison: ComparisonInList
    covered: int
    total: int
    found: dict[str, Any]


class Comparing(Said):
    """对照两份文件."""

    upper: UUID
    lower: UUID


@reads(router, "/papers/{paper_id}/comparisons", answer=ComparisonsTold, summary="一份文件的对照")
def comparisons(request: Request, paper_id: UUID) -> ComparisonsTold:
    """不论它是上级的还是下级的."""
    return ComparisonsTold(rows=[_head(one) for one in comparisons_of(request.viewer, paper_id)])


@writes(router, "/comparisons", answer=ComparisonTold, summary="对照上下级两份文件", status=HTTPStatus.CREATED)
def compare_papers(request: Request, said: Comparing) -> ComparisonTold:
    """同样两份再对照，结果替换上一次的."""
    return _whole(request, compare(request.viewer, said.upper, said.lower, actor=actor_of(request), now=request.now))


@reads(router, "/comparisons/{comparison_id}", answer=ComparisonTold, summary="一次对照的结果")
def comparison(request: Request, comparison_id: UUID) -> ComparisonTold:
    """有一方是草案的只给做对照的办公室."""
    return _whole(request, comparison_id)


def _whole(request: Request, comparison_id: UUID) -> ComparisonTold:
    found = comparison_seen(request.viewer, comparison_id)
    covered = covered_of(found.found)
    return ComparisonTold(
        comparison=_head(found.head), covered=covered.covered, total=covered.total, found=dict(found.found)
    )


def _head(one: ComparedView) -> ComparisonInList:
    return ComparisonInList(
        id=one.id, upper=one.upper_id, upper_title=one.upper, lower=one.lower_id, lower_title=one.lower, is_open=one.is_open,
        compared_at=one.compared_at,
    )
