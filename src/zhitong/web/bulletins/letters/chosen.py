"""One file of the matters that were ticked in a list: their orders, or their archive for inspectors."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_POST

from zhitong.domain.bulletins.queries.making import made
from zhitong.domain.bulletins.rules.catalogue import Format, PaperKind
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.web.bulletins.leading import leading_from
from zhitong.web.bulletins.making import file_of, word_in

OF_MANY = (PaperKind.ORDER, PaperKind.FILE)
"""The papers that take several matters."""


@require_POST
def together(request: HttpRequest, kind: str) -> FileResponse:
    """The file; it only looks, and is sent for because ticks may be many.

    Raises NotFound: there is no such paper of many, or a matter is not there for this viewer. Raises BadInput: nothing was
    ticked. Raises Refused: there is nothing of the kind, or too much.
    """
    paper = word_in(PaperKind, kind)
    if paper not in OF_MANY:
        raise NotFound
    ids = [UUID(one) for one in request.POST.getlist("chosen") if _is_id(one)]
    if not ids:
        raise BadInput("没有选中任何问题，请先在列表里打勾，再出材料。")
    heads = heads_for(request.viewer, ids=ids)
    about = ",".join(heads[one].standing.number for one in ids if one in heads)
    if not about:
        raise NotFound
    form = word_in(Format, request.POST.get("format", ""))
    return file_of(made(request.viewer, paper, about, clock.now(), form, leading_from(request), now=clock.now()))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
