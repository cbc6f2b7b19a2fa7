"""表式起草: drafts of forms, what stands against them and what they cost, XLSForm, publishing."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.v1.form_definitions import WrittenForm, definition_of, written
from zhitong.api.v1.forms import Cost, OneForm, campaign_code, cost_of, one_form
from zhitong.api.words import Empty, Labelled, OneOf, Said, Shape, labelled
from zhitong.domain.cards.actions.designing import (
    NewTemplate,
    begin_template,
    change_draft,
    drop_draft,
    publish_draft,
    revise_template,
)
from zhitong.domain.cards.actions.importing import MOST_BYTES, xlsform_in
from zhitong.domain.cards.queries.forms import DraftView, draft_seen, drafts_seen, review_of
from zhitong.domain.cards.rules.kinds import Period
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.subjects.rules.kinds import SubjectKind

router = Router()
FormName = Annotated[str, Field(min_length=1, max_length=60)]


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


class LeftOut(Shape):
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
    not_taken: list[LeftOut]


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


@writes(router, "/forms/{form_id}/revise", answer=FormDraft, summary="起草新版，或照此另起一张表", status=HTTPStatus.CREATED)
def revise_form(request: Request, form_id: UUID, said: Revising) -> FormDraft:
    """Begin a draft from a published version."""
    begun = revise_template(request.viewer, form_id, as_new=said.as_new, actor=actor_of(request), now=request.now)
    return _draft(draft_seen(request.viewer, begun))


@reads(router, "/form-drafts", answer=Drafts, summary="正在起草的表式")
def form_drafts(request: Request) -> Drafts:
    """Drafts of the office and below."""
    return Drafts(rows=[
        DraftInList(id=one.id, name=one.name, kind=labelled(SubjectKind(one.kind)), unit=one.unit, fields=one.fields,
                    edited_at=one.edited_at)
        for one in drafts_seen(request.viewer, campaign_code())
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
        version=found.version, faults=_draft(found).faults, cost=cost_of(review.burden), changes=list(review.changes),
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
    campaign, kind = campaign_code(), str(said.kind)
    offered = [(one.code, one.label) for one in rulebook(campaign).of_kind(kind)]
    return NewTemplate(campaign=campaign, kind=kind, name=said.name, period=said.period, categories=offered)


def _draft(found: DraftView) -> FormDraft:
    return FormDraft(
        id=found.id, version=found.version, code=found.template.code, kind=labelled(SubjectKind(found.template.kind)),
        unit=found.unit, is_open=found.is_open, may_change=found.may_change, published_id=found.published_id,
        content=written(found.definition),
        faults=[FormFault(place=one.place, key=one.key, sentence=one.sentence) for one in found.faults],
        not_taken=[LeftOut(**note) for note in found.notes],
    )
