"""Amendments of a plan: drafted, changed, sent up, taken back, approved, refused; each read as a notice."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.words import Empty, Labelled, LongNote, LongText, Named, Note, OneOf, Said, Shape, labelled, named
from zhitong.domain.organisations.queries import directory
from zhitong.domain.plans.actions.amending.deciding import approve_amendment, refuse_amendment
from zhitong.domain.plans.actions.amending.drafting import (
    AmendmentAsked,
    change_draft,
    draft_amendment,
    submit_amendment,
    withdraw_amendment,
)
from zhitong.domain.plans.queries.amendments import (
    AmendmentFilters,
    AmendmentRow,
    AmendmentView,
    ItemView,
    amendment_seen,
    amendments_for,
)
from zhitong.domain.plans.rules import AmendmentState, Changed, Comparator, Role
from zhitong.domain.plans.rules.amending import ItemAsked

router = Router()
LISTING = "amendments"
Number = Annotated[str, Field(max_length=40)]


class AmendmentLine(Shape):
    """An amendment in a list."""

    id: UUID
    number: int
    title: str
    region: str
    state: Labelled
    since: date
    items: int
    unit: str
    made_at: datetime


class AmendmentLines(Shape):
    """One page of amendments, the newest first."""

    rows: list[AmendmentLine]
    next: str | None


class AmendedLine(Shape):
    """A line with both sides in words."""

    changed: Labelled
    target: UUID | None
    task: UUID | None
    before: str
    after: str


class AmendmentWhole(Shape):
    """An amendment in full; `notice` has its sentences, `version` is sent back with a change."""

    id: UUID
    number: int
    title: str
    reason: str
    document_number: str
    state: Labelled
    since: date
    plan: UUID
    region: Named
    unit: str
    made_at: datetime
    submitted_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    decision: str
    version: int
    items: list[AmendedLine]
    notice: list[str]
    may_change: bool
    may_withdraw: bool
    may_decide: bool


class UnitSaid(Said):
    """A unit in a task; a collective has a name and no id."""

    unit: UUID | None = None
    name: Annotated[str, Field(max_length=120)] = ""
    role: OneOf[Role]
    part: Annotated[str, Field(max_length=200)] = ""


class LineSaid(Said):
    """One line: which of the fields counts is told by `changed`. Numbers are in base units, as text."""

    changed: OneOf[Changed]
    thing: UUID
    comparator: OneOf[Comparator] | None = None
    value: Number = ""
    upper: Number = ""
    deadline: date | None = None
    units: Annotated[list[UnitSaid], Field(max_length=60)] = []
    content: LongNote = ""


class AmendmentSaid(Said):
    """What an amendment changes, why and from which day."""

    title: Annotated[str, Field(max_length=120)]
    reason: LongText
    document_number: Annotated[str, Field(max_length=60)] = ""
    since: date
    items: Annotated[list[LineSaid], Field(max_length=200)]


class AmendmentChangeSaid(AmendmentSaid):
    """The draft anew; `version` is the one that was read."""

    version: int


class SubmitSaid(Said):
    """Which version is sent up."""

    version: int


class ApprovalSaid(Said):
    """Whose approval it is; at the top with the number of the paper."""

    decision: LongNote = ""
    document_number: Annotated[str, Field(max_length=60)] = ""


class RefusalSaid(Said):
    """Why it is not approved."""

    decision: Note = ""


@reads(router, "/amendments", answer=AmendmentLines, summary="方案的调整，最近的在前")
def all_amendments(
    request: Request, state: OneOf[AmendmentState] | None = None, cursor: CursorText = "", limit: Limit = 50
) -> AmendmentLines:
    """One page of the amendments of the own region, of those above and below."""
    key = opened(LISTING, cursor)
    after = UUID(str(key[0])) if key else None
    rows = amendments_for(request.viewer, AmendmentFilters(state=state), after=after, limit=limit + 1)
    shown = rows[:limit]
    return AmendmentLines(
        rows=[_line(row) for row in shown], next=sealed(LISTING, (str(shown[-1].id),) if len(rows) > limit else None)
    )


@reads(router, "/amendments/{amendment_id}", answer=AmendmentWhole, summary="一份调整：逐项对照和通知文字")
def one_amendment(request: Request, amendment_id: UUID) -> AmendmentWhole:
    """One amendment in full."""
    return _whole(amendment_seen(request.viewer, amendment_id))


@writes(
    router, "/plans/{plan_id}/amendments", answer=AmendmentWhole, summary="拟定调整（草稿，只有本地看得到）",
    status=HTTPStatus.CREATED,
)
def draft(request: Request, plan_id: UUID, said: AmendmentSaid) -> AmendmentWhole:
    """Begin an amendment in the viewer's region."""
    made = draft_amendment(request.viewer, plan_id, _asked(said), actor=actor_of(request), now=request.now)
    return one_amendment(request, made)


@writes(router, "/amendments/{amendment_id}/change", answer=AmendmentWhole, summary="修改调整的草稿")
def change_the_draft(request: Request, amendment_id: UUID, said: AmendmentChangeSaid) -> AmendmentWhole:
    """Replace what a draft says."""
    change_draft(
        request.viewer, amendment_id, _asked(said), version=said.version, actor=actor_of(request), now=request.now
    )
    return one_amendment(request, amendment_id)


@writes(router, "/amendments/{amendment_id}/submit", answer=AmendmentWhole, summary="提请上一级批准调整")
def submit_the_amendment(request: Request, amendment_id: UUID, said: SubmitSaid) -> AmendmentWhole:
    """Send a draft up."""
    submit_amendment(request.viewer, amendment_id, version=said.version, actor=actor_of(request), now=request.now)
    return one_amendment(request, amendment_id)


@writes(router, "/amendments/{amendment_id}/withdraw", answer=AmendmentWhole, summary="撤回调整")
def withdraw_the_amendment(request: Request, amendment_id: UUID, said: Empty) -> AmendmentWhole:
    """Take it back."""
    withdraw_amendment(request.viewer, amendment_id, actor=actor_of(request), now=request.now)
    return one_amendment(request, amendment_id)


@writes(router, "/amendments/{amendment_id}/approve", answer=AmendmentWhole, summary="批准调整，自生效日起执行")
def approve_the_amendment(request: Request, amendment_id: UUID, said: ApprovalSaid) -> AmendmentWhole:
    """Let it hold."""
    approve_amendment(
        request.viewer, amendment_id, decision=said.decision, document_number=said.document_number,
        actor=actor_of(request), now=request.now,
    )
    return one_amendment(request, amendment_id)


@writes(router, "/amendments/{amendment_id}/refuse", answer=AmendmentWhole, summary="不批准调整，写明理由")
def refuse_the_amendment(request: Request, amendment_id: UUID, said: RefusalSaid) -> AmendmentWhole:
    """Leave the plan as it is."""
    refuse_amendment(request.viewer, amendment_id, decision=said.decision, actor=actor_of(request), now=request.now)
    return one_amendment(request, amendment_id)


def _asked(said: AmendmentSaid) -> AmendmentAsked:
    items = [ItemAsked(one.changed, one.thing, _after(one)) for one in said.items]
    return AmendmentAsked(said.title, said.reason, said.document_number, said.since, items)


def _after(one: LineSaid) -> dict[str, object]:
    match one.changed:
        case Changed.VALUE:
            comparator = str(one.comparator or Comparator.EQUAL)
            return {"comparator": comparator, "value": one.value, "upper": one.upper}
        case Changed.DEADLINE:
            return {"deadline": one.deadline.isoformat() if one.deadline else ""}
        case Changed.ASPIRATION:
            return {"value": one.value}
        case Changed.UNITS:
            return {"units": [
                {"unit": str(unit.unit or ""), "role": str(unit.role), "part": unit.part, "name": unit.name}
                for unit in one.units
            ]}
        case Changed.CONTENT:
            return {"content": one.content}
    return {}


def _line(row: AmendmentRow) -> AmendmentLine:
    return AmendmentLine(
        id=row.id, number=row.number, title=row.title, region=row.region, state=labelled(row.state), since=row.since,
        items=row.items, unit=row.unit, made_at=row.made_at,
    )


def _whole(one: AmendmentView) -> AmendmentWhole:
    return AmendmentWhole(
        id=one.id, number=one.number, title=one.title, reason=one.reason, document_number=one.document_number,
        state=labelled(one.state), since=one.since, plan=one.plan_id, region=named(directory().regions[one.region_id]),
        unit=one.unit, made_at=one.made_at, submitted_at=one.submitted_at, decided_by=one.decided_by,
        decided_at=one.decided_at, decision=one.decision, version=one.version, items=[_item(item) for item in one.items],
        notice=list(one.notice), may_change=one.may_change, may_withdraw=one.may_withdraw, may_decide=one.may_decide,
    )


def _item(item: ItemView) -> AmendedLine:
    return AmendedLine(
        changed=labelled(item.changed), target=item.target_id, task=item.task_id, before=item.line.before,
        after=item.line.after,
    )
