"""表式: the register of all forms, drafts with what stands against them and what they cost, publishing and ending."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import File, Form, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.pages import CursorText, Limit, opened, sealed
from zhitong.api.v1.form_definitions import WrittenForm, definition_of, written
from zhitong.api.words import Empty, Labelled, OneOf, Said, Shape, ShortText, Words, labelled
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.actions.designing import (
    NewTemplate,
    begin_template,
    change_draft,
    drop_draft,
    publish_draft,
    retire_template,
    revise_template,
)
from zhitong.domain.cards.actions.importing import MOST_BYTES, xlsform_in
from zhitong.domain.cards.queries.forms import (
    DraftView,
    FormFilters,
    FormLine,
    draft_seen,
    drafts_seen,
    form_seen,
    forms_page,
    review_of,
)
from zhitong.domain.cards.rules.burden import Burden
from zhitong.domain.cards.rules.kinds import Period, TemplateStanding
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import NotFound

router = Router()
LISTING = "forms"
FormName = Annotated[str, Field(min_length=1, max_length=60)]


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


class DraftInList(Shape):
    """A draft under way."""

    id: UUID
    name: str
    kind: Labelled
    unit: str
    fields: int
    edited_at: datetime


class Drafts(Shape):
    """Drafts of the caller's office and of those below it."""

    rows: list[DraftInList]


class FormFault(Shape):
    """What stands against publishing, at a place such as sections.0.fields.3."""

    place: str
    key: str
    sentence: str


class NotTaken(Shape):
    """What an import did not take as it stood."""

    sheet: str
    row: int
    sentence: str


class KnownAlready(Shape):
    """A field that asks what is known, and where it stands."""

    code: str
    label: str
    where: list[str]


class AlikeForm(Shape):
    """Another form with many of this one's fields."""

    code: str
    name: str
    version: int
    percent: int
    common: list[str]


class FormDraft(Shape):
    """A draft; `version` is what the next change names."""

    id: UUID
    version: int
    code: str
    kind: Labelled
    unit: str
    is_open: bool
    may_change: bool
    published_id: UUID | None
    content: WrittenForm
    faults: list[FormFault]
    not_taken: list[NotTaken]


class FormCheck(Shape):
    """What publishing would cost and what is known already."""

    version: int
    faults: list[FormFault]
    cost: Cost
    known: list[KnownAlready]
    alike: list[AlikeForm]
    changes: list[str]


class Beginning(Said):
    """起草."""

    name: FormName
    kind: OneOf[SubjectKind]
    period: OneOf[Period]


class Revising(Said):
    """新版或另起一张."""

    as_new: bool = Field(False, description="true 为照此另起一张表")


class Changing(Said):
    """修改草稿."""

    version: int = Field(ge=1, le=1_000_000, description="读取时的 version")
    content: WrittenForm


class Naming(Said):
    """指明草稿的版本."""

    version: int = Field(ge=1, le=1_000_000, description="读取时的 version")


class Retiring(Said):
    """停用."""

    reason: ShortText = Field(description="停用原因")


@reads(router, "/forms", answer=Forms, summary="表式登记：每一张表谁要的、做什么用、要花多少时间、用过几期")
def forms(request: Request, wanted: Annotated[FormsWanted, Query()]) -> Forms:
    """One page of the register."""
    filters = FormFilters(wanted.words, str(wanted.kind) if wanted.kind else "", wanted.standing)
    found = forms_page(
        request.viewer, _campaign(), filters, Sort("published_at", descending=True), opened(LISTING, wanted.cursor),
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
        changes=list(found.changes), cost=_cost(found.burden),
        versions=[Version(id=one.id, version=one.number, published_at=one.published_at) for one in found.versions],
        rounds=[Used(round_id=one.round_id, name=one.name, period=one.period, due_on=one.due_on, cards=one.cards)
                for one in found.rounds],
    )


@writes(router, "/forms/{form_id}/revise", answer=FormDraft, summary="起草新版，或照此另起一张表", status=HTTPStatus.CREATED)
def revise_form(request: Request, form_id: UUID, said: Revising) -> FormDraft:
    """Begin a draft from a published version."""
    begun = revise_template(request.viewer, form_id, as_new=said.as_new, actor=actor_of(request), now=request.now)
    return _draft(draft_seen(request.viewer, begun))


@writes(router, "/forms/{form_id}/retire", answer=Empty, summary="停用表式，不再开放填报")
def retire_form(request: Request, form_id: UUID, said: Retiring) -> Empty:
    """End a form."""
    retire_template(request.viewer, form_id, reason=said.reason, actor=actor_of(request), now=request.now)
    return Empty()


@reads(router, "/form-drafts", answer=Drafts, summary="正在起草的表式")
def form_drafts(request: Request) -> Drafts:
    """Drafts of the office and below."""
    return Drafts(rows=[
        DraftInList(id=one.id, name=one.name, kind=labelled(SubjectKind(one.kind)), unit=one.unit, fields=one.fields,
                    edited_at=one.edited_at)
        for one in drafts_seen(request.viewer, _campaign())
    ])


@writes(router, "/form-drafts", answer=FormDraft, summary="起草一张表", status=HTTPStatus.CREATED)
def begin_form(request: Request, said: Beginning) -> FormDraft:
    """Begin an empty draft."""
    begun = begin_template(request.viewer, _new(said), actor=actor_of(request), now=request.now)
    return _draft(draft_seen(request.viewer, begun))


@writes(router, "/form-drafts/xlsform", answer=FormDraft, summary="从 XLSForm 导入成草稿，没有采用的逐行列出",
        status=HTTPStatus.CREATED)  # fmt: skip
def import_form(request: Request, file: File[UploadedFile], said: Form[Beginning]) -> FormDraft:
    """Begin a draft with what was understood of a workbook."""
    file.seek(0)
    imported = xlsform_in(file.name or "", file.read(MOST_BYTES + 1))
    begun = begin_template(request.viewer, _new(said), actor=actor_of(request), now=request.now, imported=imported)
    return _draft(draft_seen(request.viewer, begun))


@reads(router, "/form-drafts/{form_draft_id}", answer=FormDraft, summary="一份草稿和发布前还要改的")
def form_draft(request: Request, form_draft_id: UUID) -> FormDraft:
    """A draft in full."""
    return _draft(draft_seen(request.viewer, form_draft_id))


@writes(router, "/form-drafts/{form_draft_id}", answer=FormDraft, summary="修改草稿")
def change_form(request: Request, form_draft_id: UUID, said: Changing) -> FormDraft:
    """Keep what the draft says now; it need not make sense yet."""
    before = draft_seen(request.viewer, form_draft_id)
    change_draft(
        request.viewer, form_draft_id, definition_of(said.content, before.definition), version=said.version,
        actor=actor_of(request), now=request.now,
    )
    return _draft(draft_seen(request.viewer, form_draft_id))


@reads(router, "/form-drafts/{form_draft_id}/check", answer=FormCheck, summary="发布前检查：还要改的、负担、已经有的、相近的")
def check_form(request: Request, form_draft_id: UUID) -> FormCheck:
    """What publishing would cost."""
    found = draft_seen(request.viewer, form_draft_id)
    review = review_of(request.viewer, found)
    return FormCheck(
        version=found.version, faults=_draft(found).faults, cost=_cost(review.burden), changes=list(review.changes),
        known=[KnownAlready(code=one.code, label=one.label, where=list(one.where)) for one in review.known],
        alike=[AlikeForm(code=one.code, name=one.name, version=one.version, percent=round(one.share * 100),
                         common=list(one.common)) for one in review.alike],
    )


@writes(router, "/form-drafts/{form_draft_id}/publish", answer=OneForm, summary="发布草稿为新版本，须已写明用途和依据",
        status=HTTPStatus.CREATED)  # fmt: skip
def publish_form(request: Request, form_draft_id: UUID, said: Naming) -> OneForm:
    """Publish a draft."""
    done = publish_draft(request.viewer, form_draft_id, version=said.version, actor=actor_of(request), now=request.now)
    return one_form(request, done)


@writes(router, "/form-drafts/{form_draft_id}/drop", answer=Empty, summary="放弃草稿")
def drop_form(request: Request, form_draft_id: UUID, said: Naming) -> Empty:
    """Give a draft up."""
    drop_draft(request.viewer, form_draft_id, version=said.version, actor=actor_of(request), now=request.now)
    return Empty()


def _new(said: Beginning) -> NewTemplate:
    campaign, kind = _campaign(), str(said.kind)
    offered = [(one.code, one.label) for one in rulebook(campaign).of_kind(kind)]
    return NewTemplate(campaign=campaign, kind=kind, name=said.name, period=said.period, categories=offered)


def _listed(one: FormLine) -> FormInList:
    return FormInList(
        id=one.id, code=one.code, version=one.version, name=one.name, kind=labelled(SubjectKind(one.kind)),
        period=labelled(one.period), standing=labelled(one.standing), asked_by=one.asked_by, purpose=one.purpose,
        basis=one.basis, published_at=one.published_at, fields=one.fields, minutes=one.minutes,
        hours_a_year=one.hours_a_year, rounds=one.rounds, cards=one.cards,
    )


def _draft(found: DraftView) -> FormDraft:
    return FormDraft(
        id=found.id, version=found.version, code=found.template.code, kind=labelled(SubjectKind(found.template.kind)),
        unit=found.unit, is_open=found.is_open, may_change=found.may_change, published_id=found.published_id,
        content=written(found.definition),
        faults=[FormFault(place=one.place, key=one.key, sentence=one.sentence) for one in found.faults],
        not_taken=[NotTaken(**note) for note in found.notes],
    )


def _cost(burden: Burden) -> Cost:
    return Cost(
        fields=burden.fields, minutes_a_card=burden.minutes_a_card, reporters=burden.reporters,
        periods_a_year=burden.periods, hours_a_year=burden.hours_a_year,
    )


def _campaign() -> str:
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return str(campaign.code)
