"""An edition as a file, laid out by its office's own template where it has one: the same bytes for the same edition."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from zhitong.domain.bulletins.models import Edition
from zhitong.domain.bulletins.queries.editions.page import paper_of
from zhitong.domain.bulletins.queries.templates import template_in_force
from zhitong.domain.bulletins.queries.writing import Made, as_file
from zhitong.domain.bulletins.rules.catalogue import Format, PaperKind
from zhitong.domain.organisations.scope import Viewer
from zhitong.kit.refusals import BadInput

PRINTED = (Format.WORD, Format.PDF)


def edition_file(viewer: Viewer, edition_id: UUID, form: Format, now: datetime) -> Made:
    """The paper as Word or PDF; a draft's name tells its version, an issued one is laid out as it was when it was issued.

    Raises NotFound, Refused: as `page.paper_of`. Raises BadInput: another form.
    """
    if form not in PRINTED:
        raise BadInput("通报、简报可以做成 Word 或 PDF，请选择其中一种。", {"format": "请选择 docx 或 pdf。"})
    paper, edition = paper_of(viewer, edition_id), Edition.objects.get(id=edition_id)
    at = edition.issued_at or now
    template = template_in_force(edition.unit_id, PaperKind(edition.kind), at) if form is Format.WORD else None
    return as_file(paper, form, edition.number or f"草稿第{edition.version}版", template)
