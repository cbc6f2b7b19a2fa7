"""A file as the answer of a door: its mark inside where the kind of file has a place for it, its number always beside it.

CSV, JSON and plain text have no place that every reader passes over: there the number stands in the header and in the
file's name, never in a row.
"""

from __future__ import annotations

import re
from io import BytesIO

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from zhitong.kit.marking import MARKED_BY, Mark

HEADER = "X-Zhitong-Export"
NAMED = ("text/csv", "text/plain", "application/json", "application/x-ndjson")
"""Media types whose files are known by their name alone."""
_NAME = re.compile(r"""(filename\*?=(?:UTF-8'')?"?)([^";]+?)(\.\w+)?("?(?=;|$))""")


def is_file(answer: HttpResponseBase) -> bool:
    """Whether an answer is a file to be saved, and nobody has numbered it yet."""
    is_saved = answer.headers.get("Content-Disposition", "").startswith("attachment")
    return is_saved and answer.status_code == 200 and not answer.has_header(HEADER)


def number(answer: HttpResponseBase, mark: Mark | None) -> None:
    """Say the number of an export beside its file, which leaves as it is: somebody's own file, or one marked while written."""
    if mark is not None:
        answer.headers[HEADER] = mark.number


def hand_out(answer: HttpResponseBase, mark: Mark | None) -> None:
    """Mark a file in it and beside it. Cost: that of its properties; of a PDF, reading it once."""
    if mark is None:
        return
    number(answer, mark)
    media_type = answer.headers.get("Content-Type", "").partition(";")[0]
    if media_type in NAMED:
        said = answer.headers.get("Content-Disposition", "attachment")
        answer.headers["Content-Disposition"] = _NAME.sub(rf"\1\2-{mark.number}\3\4", said)
    if media_type in MARKED_BY:
        _mark_inside(answer, media_type, mark)


def _mark_inside(answer: HttpResponseBase, media_type: str, mark: Mark) -> None:
    if isinstance(answer, FileResponse):
        file = answer.file_to_stream
        assert file is not None, "nothing of it was sent yet"
        MARKED_BY[media_type](file, mark)
        answer.headers["Content-Length"] = str(file.seek(0, 2))
        file.seek(0)
    elif isinstance(answer, HttpResponse):
        content = BytesIO(answer.content)
        MARKED_BY[media_type](content, mark)
        answer.content = content.getvalue()
