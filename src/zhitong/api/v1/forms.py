"""表式登记: the register of all forms, one version in full, ending a form."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.form_definitions import WrittenForm, written
from zhitong.api.words import Empty, Labelled, OneOf, Said, Shape, ShortText, Words, labelled
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.actions.designing import retire_template
from zhitong.domain.cards.queries.forms import FormFilters, FormLine, form_seen, forms_page
from zhitong.domain.cards.rules.burden import Burden
from zhitong.domain.cards.rules.kinds import TemplateStanding
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import NotFound

router = Router()
LISTING = "forms"


class FormInList(Shape):
    """A version of a form; rounds, cards and hours are within the caller's region."""

    id: UUID
    code: str
    version: int
    name: str
    kind: Labelled
    period: Labelled
    standing: Labelled
    asked_by: str
    purpose: str
    basis: str
    published_at: datetime
    fields: int
    minutes: int
    hours_a_year: int
    rounds: int
    cards: int


class Forms(Shape):
    """A page of the register, newest first."""

    rows: list[FormInList]
    next: str | None


class FormsWanted(Said):
    """What the register is narrowed to."""

    words: Words = Field("", description="名称里的字")
    kind: OneOf[SubjectKind] | None = None
    standing: OneOf[TemplateStanding] | None = None
    cursor: CursorText = ""
    limit: Limit = 50


class Cost(Shape):
    """What filling in costs: reporters are those of the caller's region."""

    fields: int
    minutes_a_card: int
    reporters: int
    periods_a_year: int
    hours_a_year: int


class Version(Shape):
    """A version of the form."""

    id: UUID
    version: int
    published_at: datetime


class Used(Shape):
    """A round that asked for it, and the cards owed in the caller's region."""

    round_id: UUID
    name: str
    period: str
    due_on: date
    cards: int


class OneForm(Shape):
    """A published version; `changes` are from the one before it."""

    id: UUID
    code: str
    version: int
    kind: Labelled
    asked_by: str
    published_at: datetime
    retired_at: datetime | None
    retired_reason: str
    content: WrittenForm
    changes: list[str]
    versions: list[Version]
    rounds: list[Used]
    cost: Cost


class Retiring(Said):
    """停用."""

    reason: ShortText = Field(description="停用原因")


@reads(router, "/forms", answer=Forms, summary="表式登记：每一张表谁要的、做什么用、要花多少时间、用过几期")
def forms(request: Request, wanted: Annotated[FormsWanted, Query()]) -> Forms:
    """One page of the register."""
    filters = FormFilters(wanted.words, str(wanted.kind) if wanted.kind else "", wanted.standing)
    found = forms_page(
        request.viewer, campaign_code(), filters, Sort("published_at", descending=True), opened(LISTING, wanted.cursor),
        wanted.limit + 1,
    )
    rows, more = found[: wanted.limit], len(found) > wanted.limit
    return Forms(
        rows=[_listed(one) for one in rows],
        next=sealed(LISTING, (rows[-1].published_at, rows[-1].id)) if more else None,
    )


@reads(router, "/forms/{form_id}", answer=OneForm, summary="一个版本的表式：内容、改动、用在哪里、负担")
def one_form(request: Request, form_id: UUID) -> OneForm:
    """A version in full."""
    found = form_seen(request.viewer, form_id)
    return OneForm(
        id=found.id, code=found.template.code, version=found.template.version,
        kind=labelled(SubjectKind(found.template.kind)), asked_by=found.asked_by, published_at=found.published_at,
        retired_at=found.retired_at, retired_reason=found.retired_reason, content=written(found.definition),
        changes=list(found.changes), cost=cost_of(found.burden),
        versions=[Version(id=one.id, version=one.number, published_at=one.published_at) for one in found.versions],
        rounds=[Used(round_id=one.round_id, name=one.name, period=one.period, due_on=one.due_on, cards=one.cards)
                for one in found.rounds],
    )


@writes(router, "/forms/{form_id}/retire", answer=Empty, summary="停用表式，不再开放填报")
def retire_form(request: Request, form_id: UUID, said: Retiring) -> Empty:
    """End a form."""
    retire_template(request.viewer, form_id, reason=said.reason, actor=actor_of(request), now=request.now)
    return Empty()


def _listed(one: FormLine) -> FormInList:
    return FormInList(
        id=one.id, code=one.code, version=one.version, name=one.name, kind=labelled(SubjectKind(one.kind)),
        period=labelled(one.period), standing=labelled(one.standing), asked_by=one.asked_by, purpose=one.purpose,
        basis=one.basis, published_at=one.published_at, fields=one.fields, minutes=one.minutes,
        hours_a_year=one.hours_a_year, rounds=one.rounds, cards=one.cards,
    )


def cost_of(burden: Burden) -> Cost:
    """A burden as it is told."""
    return Cost(
        fields=burden.fields, minutes_a_card=burden.minutes_a_card, reporters=burden.reporters,
        periods_a_year=burden.periods, hours_a_year=burden.hours_a_year,
    )


def campaign_code() -> str:
    """The campaign in force.

    Raises NotFound: there is none.
    """
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return str(campaign.code)
