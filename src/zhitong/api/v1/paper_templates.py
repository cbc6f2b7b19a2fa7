"""An office's own Word files for its papers: which are in force, sending one, going back to the system's layout (R-H7)."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Router
from ninja.files import UploadedFile

from zhitong.api.door import Request, actor_of, hands_over, reads, writes
from zhitong.api.words import Labelled, OneOf, Said, Shape, labelled
from zhitong.domain.bulletins.actions.templating import keep_template, withdraw_template
from zhitong.domain.bulletins.queries.templates import template_file, templates_of
from zhitong.domain.bulletins.rules.catalogue import PaperKind
from zhitong.domain.bulletins.rules.templating import MOST_BYTES
from zhitong.domain.privacy.actions import take_out
from zhitong.kit.handing_out import number

router = Router()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PaperTemplateTold(Shape):
    """A kind of paper, the fields a file for it must carry, and the unit's own file; without one the names are empty."""

    kind: Labelled
    required: list[str]
    name: str
    who: str
    since: datetime | None


class PaperTemplates(Shape):
    """Every kind that may have a file of the unit's own."""

    rows: list[PaperTemplateTold]


class PaperTemplateSending(Said):
    """The kind a file is for."""

    kind: OneOf[PaperKind]


class PaperTemplateKept(Shape):
    """A file that is in force now."""

    id: UUID


class PaperTemplateWithdrawn(Shape):
    """The kind that goes by the system's layout again."""

    kind: Labelled


@reads(router, "/bulletins/templates", answer=PaperTemplates, summary="本单位材料的Word版式")
def paper_templates(request: Request) -> PaperTemplates:
    """没有本单位版式的，用系统版式。"""
    return PaperTemplates(rows=[
        PaperTemplateTold(kind=labelled(one.kind), required=list(one.required), name=one.name, who=one.who, since=one.since)
        for one in templates_of(request.viewer)
    ])


@writes(router, "/bulletins/templates", answer=PaperTemplateKept, summary="启用本单位的Word版式", status=HTTPStatus.CREATED)
def send_template(request: Request, file: File[UploadedFile], said: Form[PaperTemplateSending]) -> PaperTemplateKept:
    """缺标记、有认不得的标记，或者会去别处取内容的，不收。"""
    file.seek(0)
    return PaperTemplateKept(id=keep_template(
        kind=said.kind, name=file.name or "", content=file.read(MOST_BYTES + 1), actor=actor_of(request), now=request.now
    ))


@hands_over(router, "/bulletins/templates/{kind}", types=(DOCX,), summary="现用的Word版式；没有的给样板")
def paper_template(request: Request, kind: OneOf[PaperKind]) -> HttpResponse:
    """A file to change in Word and send back."""
    found = template_file(request.viewer, kind)
    answer = HttpResponse(found.content, content_type=DOCX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    number(answer, take_out("paper templates", door="api", now=request.now))  # an office's own file stays as it sent it
    return answer


@writes(router, "/bulletins/templates/{kind}/withdraw", answer=PaperTemplateWithdrawn, summary="停用本单位的Word版式")
def withdraw(request: Request, kind: OneOf[PaperKind]) -> PaperTemplateWithdrawn:
    """以后用系统版式；已经印发的不变。"""
    withdraw_template(kind=kind, actor=actor_of(request), now=request.now)
    return PaperTemplateWithdrawn(kind=labelled(kind))
