"""The file of a filling, made anew from what it was made from."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from zhitong.domain.blanks.queries.blanks import filling_seen
from zhitong.domain.blanks.queries.made import file_of
from zhitong.kit.clock import day_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def filling(request: HttpRequest, filling_id: UUID) -> HttpResponse:
    """The filled form. Raises NotFound: it is not the viewer's unit's."""
    at = filling_seen(request.viewer, filling_id).at
    name, content = file_of(request.viewer, filling_id)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}-{day_of(at):%Y%m%d}.xlsx")
    return answer
