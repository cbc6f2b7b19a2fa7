"""The files of a set: CSV and Parquet of what the viewer sees, narrowed to a region and a period, written while read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from zhitong.domain.opendata.queries.reading import every_batch
from zhitong.domain.opendata.rules.asking import Asked
from zhitong.domain.opendata.rules.columns import DataSet
from zhitong.domain.opendata.rules.files import MEDIA_TYPES, FileKind, file_of
from zhitong.domain.organisations.queries import directory, officials_only
from zhitong.domain.organisations.scope import begin_anew
from zhitong.kit import clock
from zhitong.kit.handing_out import hand_out
from zhitong.web.opendata.forms import FileForm
from zhitong.web.opendata.showing import page_of, set_called
from zhitong.web.shell.forms import wanted_of
from zhitong.web.shell.taken_out import export_mark


@require_GET
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """The rows asked for as a file, or the page again with what must be mended. Its number stands before its first row is read.

    Raises NotFound: the viewer is no official, or there is no such set. Raises TooMuch.
    """
    officials_only(request.viewer)
    data = set_called(name)
    form = FileForm(request.GET, data=data, viewer=request.viewer)
    if not form.is_valid():
        return page_of(request, data, form, status=422)
    asked, kind = _asked(data, wanted_of(form)), FileKind(form.cleaned_data["kind"])
    mark = export_mark(f"open data {data.name}")
    begin_anew(request.acting, request.viewer)  # type: ignore[attr-defined]
    batches = every_batch(request.viewer, asked, now=clock.now())
    answer = StreamingHttpResponse(file_of(kind, asked.read, batches, mark), content_type=MEDIA_TYPES[kind])
    called = quote(f"{data.label}-{clock.today():%Y%m%d}.{kind}")
    answer["Content-Disposition"] = f"attachment; filename=\"{data.name}.{kind}\"; filename*=UTF-8''{called}"
    hand_out(answer, mark)
    return answer


def _asked(data: DataSet, wanted: dict[str, Any]) -> Asked:
    region = directory().region_coded(wanted["region"]) if "region" in wanted else None
    return Asked(data, region_id=region.id if region else None, since=wanted.get("since"), until=wanted.get("until"))
