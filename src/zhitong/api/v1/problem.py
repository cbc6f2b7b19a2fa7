"""One problem in full: what it is, its clocks with their sums, what may be done next, what happened."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.words import Labelled, Shape, labelled, maybe_labelled
from zhitong.domain.files.queries import FileView
from zhitong.domain.problems.queries.attached import files_of_problem
from zhitong.domain.problems.queries.kin import KinView
from zhitong.domain.problems.queries.page import (
    ActChoice,
    AnswerView,
    ClockFace,
    EscalationView,
    ProblemPage,
    SpellView,
    Told,
    problem_id_of,
    problem_page,
)
from zhitong.domain.problems.queries.sharing import OfferView, PartView
from zhitong.domain.problems.queries.timing import RequestView

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


class Climb(Shape):
    """A step up, proposed or taken."""

    from_unit: str
    to_unit: str
    state: Labelled
    power_missing: Labelled | None
    tried: str
    asked_for: str
    consent_by: str
    consent_on: date | None
    ruling: str
    proposed_at: datetime


class Part(Shape):
    """What another unit was asked and what it answered; a consulted body is never late, its limit is suggested."""

    kind: Labelled
    state: Labelled
    unit: str
    asked_by: str
    asked_for: str
    letter: str
    asked_at: datetime
    due_at: datetime | None
    is_late: bool
    is_past_suggested: bool
    answer: str
    answered_at: datetime | None
    reply_letter: str
    replied_on: date | None


class HandOver(Shape):
    """An offer to hand the matter over, and what became of it."""

    from_unit: str
    to_unit: str
    state: Labelled
    reason: str
    offered_at: datetime
    settled_at: datetime | None
    words: str


class Spell(Shape):
    """A stretch of accountability."""

    kind: Labelled
    unit: str
    level: str
    started_at: datetime
    ended_at: datetime | None
    acknowledged_at: datetime | None
    due_at: datetime | None


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


class RequestMade(Shape):
    """A request for time or withdrawal; `due_at` is the office's limit to decide while it waits."""

    kind: Labelled
    state: Labelled
    by: str
    decider: str
    pause_reason: Labelled | None
    reason: str
    workdays: int | None
    until: date | None
    asked_at: datetime
    decided_at: datetime | None
    resumed_at: datetime | None
    due_at: datetime | None
    words: str
    arithmetic: str
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
        answers=[_answer(answer) for answer in page.answers], escalations=[_climb(one) for one in page.escalations],
        spells=[_spell(spell) for spell in page.spells], parties=list(page.parties),
        files=[attached(file) for file in files_of_problem(page.standing.id)],
        parts=[_part(part) for part in page.sharing.parts], offers=[_offer(one) for one in page.sharing.offers],
        requests=[_request(one) for one in page.requests],
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


def _climb(one: EscalationView) -> Climb:
    return Climb(
        from_unit=one.from_unit, to_unit=one.to_unit, state=labelled(one.state),
        power_missing=maybe_labelled(one.power_missing), tried=one.tried, asked_for=one.asked_for, consent_by=one.consent_by,
        consent_on=one.consent_on, ruling=one.ruling, proposed_at=one.proposed_at,
    )


def _request(one: RequestView) -> RequestMade:
    plain = ("by", "decider", "reason", "workdays", "until", "asked_at", "decided_at", "resumed_at", "due_at", "words",
             "arithmetic")
    return RequestMade(
        kind=labelled(one.kind), state=labelled(one.state), pause_reason=maybe_labelled(one.pause_reason),
        **{name: getattr(one, name) for name in plain},
    )


def _spell(spell: SpellView) -> Spell:
    return Spell(
        kind=labelled(spell.kind), unit=spell.unit, level=spell.level, started_at=spell.started_at,
        ended_at=spell.ended_at, acknowledged_at=spell.acknowledged_at, due_at=spell.due_at,
    )


def _part(part: PartView) -> Part:
    same = ("unit", "asked_by", "asked_for", "letter", "asked_at", "due_at", "is_late", "is_past_suggested", "answer",
            "answered_at", "reply_letter", "replied_on")
    told = {name: getattr(part, name) for name in same}
    return Part(kind=labelled(part.kind), state=labelled(part.state), **told)


def _offer(one: OfferView) -> HandOver:
    return HandOver(
        from_unit=one.from_unit, to_unit=one.to_unit, state=labelled(one.state), reason=one.reason,
        offered_at=one.offered_at, settled_at=one.settled_at, words=one.words,
    )
