"""A file as it leaves the house: to be saved, a photo to be looked at; whatever is in it may run nothing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhitong.domain.organisations.beside import open_file_for, small_picture_for
from zhitong.kit.handing_out import number
from zhitong.web.shell.taken_out import export_mark

CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Nothing runs; the style is the browser's own, with which it centres a picture."""


@require_safe
def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The file; it is read whole, so that a slow phone holds no transaction open.

    Raises NotFound: there is no such file, or none for this viewer.
    """
    found, slices = open_file_for(request.viewer, file_id)
    answer = _guarded(HttpResponse(slices, content_type=found.media_type))
    answer["Content-Disposition"] = content_disposition_header(not found.is_photo, found.name)
    if not found.is_photo and request.method == "GET":
        number(answer, export_mark("files"))  # the bytes stay as somebody sent them
    return answer


@require_safe
def small(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The small picture of a photo.

    Raises NotFound: there is no such photo, or none for this viewer.
    """
    return _guarded(HttpResponse(small_picture_for(request.viewer, file_id), content_type="image/jpeg"))


def _guarded(answer: HttpResponse) -> HttpResponse:
    answer["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
