"""What is downloaded: the template of a kind with its drop-downs, and what is kept in the same shape, to be changed and sent back."""

from __future__ import annotations

from typing import IO
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from zhitong.domain.exchange.queries.templates import kept_as_template, template_of
from zhitong.domain.exchange.rules.kinds import UploadKind
from zhitong.domain.exchange.rules.rights import kinds_for
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.shell.taken_out import mark_line


def kind_of(request: HttpRequest, word: str) -> UploadKind:
    """The kind of an address. Raises NotFound: there is none so called, or not for this viewer."""
    found = next((kind for kind in kinds_for(request.viewer) if kind.value == word), None)
    if found is None:
        raise NotFound
    return found


@require_GET
def template(request: HttpRequest, word: str) -> FileResponse:
    """The empty table of a kind; of cards that of a round (`?round=`), with who owes. Raises NotFound."""
    return _file(*template_of(request.viewer, kind_of(request, word), _round_in(request), mark=mark_line(f"template:{word}")))


@require_GET
def kept(request: HttpRequest, word: str) -> FileResponse:
    """Everything of the viewer's territory in the shape of the template. Raises NotFound: this kind is not kept so."""
    return _file(*kept_as_template(request.viewer, kind_of(request, word), mark=mark_line(f"kept:{word}")))


def _round_in(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("round", ""))
    except ValueError:
        return None


def _file(title: str, file: IO[bytes]) -> FileResponse:
    return FileResponse(file, as_attachment=True, filename=f"{title}-{clock.today():%Y%m%d}.xlsx")
