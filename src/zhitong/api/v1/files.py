"""Files: stored first, attached by the call that tells of the thing, opened through the thing they stand beside."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Router
from ninja.files import UploadedFile

from zhitong.api.door import Request, actor_of, hands_over, writes
from zhitong.api.v1.problem import Attached, attached
from zhitong.domain.files.actions import Upload, store
from zhitong.domain.files.rules.kinds import SERVED_AS
from zhitong.domain.organisations.beside import open_file_for
from zhitong.domain.privacy.actions import take_out
from zhitong.kit.handing_out import number

router = Router()

TYPES = tuple(serving.media_type.partition(";")[0] for serving in SERVED_AS.values())


@writes(router, "/files", answer=Attached, summary="上传一个附件，24小时内用在一件事上", status=HTTPStatus.CREATED)
def send_file(request: Request, file: File[UploadedFile], with_place: bool = False) -> Attached:
    """Keep a file for the caller's unit until it is attached; `with_place` where a photo is for a field that asks for it."""
    file.seek(0)
    [stored] = store(
        [Upload(file.name or "", file.size or 0, file)], actor=actor_of(request), now=request.now,
        with_place=with_place,
    )
    return attached(stored)


@hands_over(router, "/files/{file_id}", types=TYPES, summary="一个附件的内容")
def one_file(request: Request, file_id: UUID) -> HttpResponse:
    """The bytes of a file that the caller may see."""
    found, slices = open_file_for(request.viewer, file_id)
    answer = HttpResponse(slices, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    number(answer, take_out("files", door="api", now=request.now))  # the bytes stay as somebody sent them
    return answer
