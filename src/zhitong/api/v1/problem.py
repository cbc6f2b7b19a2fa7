"""One problem in full: what it is, its clocks with their sums, what may be done next, what happened."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.v1.problem_way import (
    Climb,
    HandOver,
    Part,
    RequestMade,
    Spell,
    climb_told,
    offer_told,
    part_told,
    request_told,
    spell_told,
)
from zhitong.api.words import Labelled, Shape, labelled, maybe_labelled
from zhitong.domain.files.queries import FileView
from zhitong.domain.problems.queries.attached import files_of_problem
from zhitong.domain.problems.queries.kin import KinView
from zhitong.domain.problems.queries.page import ActChoice, ClockFace, ProblemPage, problem_id_of, problem_page
from zhitong.domain.problems.queries.story import AnswerView, Told

router = Router()

Number = Annotated[str, Field(pattern=r"^[^\x00-\x20/]{1,40}$", description="问题编号，列表里的 number")]


class Clock(Shape):
    """A clock with the sum that gave its due time."""

    name: str
    started_at: datetime
    due_at: datetime
    light: Labelled
    is_stopped: bool
    arithmetic: str


class Choice(Shape):
    """An act this post may come to do here: allowed now, or the reason why not."""

    act: Labelled
    allowed: bool
    reason: str
    words: str


class Line(Shape):
    """One line of the timeline."""

    at: datetime
    kind: Labelled
    unit: str
    who: str
    words: dict[str, str]


class Answer(Shape):
    """An answer; `shown_at` is empty while it is still on its way down."""

    unit: str
    outcome: Labelled
    text: str
    planned_on: date | None
    power_missing: Labelled | None
    answered_at: datetime
    shown_at: datetime | None
    rating: Labelled | None
    rating_words: str


class Attached(Shape):
    """A file beside a thing; its bytes are at GET /files/{id}."""

    id: UUID
    name: str
    format: Labelled
    size: int
    seconds: int | None
    digest: str
    uploaded_at: datetime
    caption: str
    latitude: Decimal | None = Field(description="照片的拍摄地点（WGS 84），只有要求留下的栏目才有")
    longitude: Decimal | None


class Kin(Shape):
    """A problem that belongs to this one: merged into it, or split from it, or the other way round."""

    kinship: Labelled
    number: str
    category: str
    state: Labelled
    excerpt: str


class Problem(Shape):
    """One problem as far as this post may know it."""

    number: str
    subject: str
    subject_id: UUID | None
    kind: str
    category: Labelled
    source: Labelled
    nature: Labelled
    urgency: Labelled
    text: str
    known_to_head: bool
    confidential: bool
    unnamed: bool
    region_path: list[str]
    state: Labelled
    unit: str
    level: str
    outcome: Labelled | None
    rating: Labelled | None
    decline_reason: Labelled | None
    routing: str
    submitted_at: datetime
    accepted_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    first_due_at: datetime | None
    due_at: datetime | None
    due_is_provisional: bool
    clocks: list[Clock]
    acts: list[Choice]
    timeline: list[Line]
    answers: list[Answer]
    escalations: list[Climb]
    spells: list[Spell]
    parties: list[str]
    files: list[Attached]
    parts: list[Part]
    offers: list[HandOver]
    requests: list[RequestMade]
    kin: list[Kin]


@reads(router, "/problems/{number}", answer=Problem, summary="一个问题的全部情况：时限、可办事项、经过")
def one_problem(request: Request, number: Number) -> Problem:
    """Everything this post may know of a problem."""
    page = problem_page(request.viewer, problem_id_of(request.viewer, number), now=request.now)
    return Problem(
        **_what(page), **_how(page), clocks=[_clock(face) for face in page.clocks],
        acts=[_choice(choice) for choice in page.acts], timeline=[_line(told) for told in page.timeline],
        answers=[_answer(answer) for answer in page.answers], escalations=[climb_told(one) for one in page.escalations],
        spells=[spell_told(spell) for spell in page.spells], parties=list(page.parties),
        files=[attached(file) for file in files_of_problem(page.standing.id)],
        parts=[part_told(part) for part in page.sharing.parts], offers=[offer_told(one) for one in page.sharing.offers],
        requests=[request_told(one) for one in page.requests],
        kin=[_kin(one) for one in page.kin],
    )


def _what(page: ProblemPage) -> dict[str, Any]:
    """What it is about."""
    standing = page.standing
    return {
        "number": standing.number, "subject": page.subject_name, "subject_id": page.subject_id,
        "kind": standing.subject_kind, "category": Labelled(code=standing.category, label=page.category_label),
        "source": labelled(page.source), "nature": labelled(page.nature), "urgency": labelled(standing.urgency),
        "text": page.text, "known_to_head": page.known_to_head, "confidential": standing.confidential,
        "unnamed": standing.unnamed,
        "region_path": list(page.region_path),
    }


def _how(page: ProblemPage) -> dict[str, Any]:
    """How it stands."""
    standing = page.standing
    plain = ("submitted_at", "accepted_at", "answered_at", "ended_at", "first_due_at", "due_at", "due_is_provisional")
    return {
        "state": labelled(standing.state), "unit": page.unit, "level": page.level,
        "outcome": maybe_labelled(standing.outcome), "rating": maybe_labelled(standing.rating),
        "decline_reason": maybe_labelled(page.decline_reason), "routing": standing.routing_words,
        **{name: getattr(standing, name) for name in plain},
    }


def attached(file: FileView) -> Attached:
    """A file as the API tells of it."""
    return Attached(
        id=file.id, name=file.name, format=labelled(file.format), size=file.size, seconds=file.seconds,
        digest=file.digest, uploaded_at=file.uploaded_at, caption=file.caption,
        latitude=file.place.latitude if file.place else None, longitude=file.place.longitude if file.place else None,
    )


def _kin(one: KinView) -> Kin:
    return Kin(
        kinship=labelled(one.kinship), number=one.number, category=one.category_label, state=labelled(one.state),
        excerpt=one.excerpt,
    )


def _clock(face: ClockFace) -> Clock:
    return Clock(
        name=face.name, started_at=face.started_at, due_at=face.due_at, light=labelled(face.light),
        is_stopped=face.is_stopped, arithmetic=face.arithmetic,
    )


def _choice(choice: ActChoice) -> Choice:
    return Choice(act=labelled(choice.act), allowed=choice.allowed, reason=choice.reason, words=choice.words)


def _line(told: Told) -> Line:
    kind = Labelled(code=str(told.kind.value), label=told.kind.label)
    return Line(at=told.at, kind=kind, unit=told.unit, who=told.who, words=dict(told.words))


def _answer(answer: AnswerView) -> Answer:
    return Answer(
        unit=answer.unit, outcome=labelled(answer.outcome), text=answer.text, planned_on=answer.planned_on,
        power_missing=maybe_labelled(answer.power_missing), answered_at=answer.answered_at, shown_at=answer.shown_at,
        rating=maybe_labelled(answer.rating), rating_words=answer.rating_words,
    )
