"""Divisions as Excel: the template with regions and hidden ids, and the sheet sent back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.actions.dividing.importing import (
    DIVISION,
    INDICATOR,
    MEASURE,
    PLACE,
    REGION,
    TASK,
    VALUE,
    VERSION,
    import_shares,
)
from zhitong.domain.plans.queries.dividing.divisions import DivisionView, division_seen, divisions_in_view
from zhitong.domain.plans.queries.dividing.heads import TargetHead, target_to_divide
from zhitong.domain.plans.rules.dividing import DivisionState
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.sheets.limits import MOST_BYTES
from zhitong.kit.workbook import Asked, Head, Shape, write_form
from zhitong.web.cascade.division import show
from zhitong.web.cascade.forms import SharesSheetForm
from zhitong.web.cascade.looking import campaign_asked, page_of, region_asked, turn_of
from zhitong.web.shell.sending import send_once
from zhitong.web.shell.taken_out import mark_line
from zhitong.web.shell.words import whole_day, whole_moment

ASKED = (
    Asked(Head(TASK, width=24)), Asked(Head(INDICATOR, width=30)), Asked(Head(MEASURE, width=8)), Asked(Head(PLACE, width=18)),
    Asked(Head(VALUE, Shape.TEXT, 14), note="填数字，不带单位；不分给这里的填0；空着的不改动"),
    Asked(Head(DIVISION), hidden=True), Asked(Head(REGION), hidden=True), Asked(Head(VERSION), hidden=True),
)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, target_id: UUID) -> HttpResponse | FileResponse:
    """The sheet of a target's division, or the one sent back. Raises NotFound: there is no division."""
    head = target_to_divide(request.viewer, target_id)
    found = division_seen(request.viewer, head)
    if found is None:
        raise NotFound
    if request.method == "POST":
        return _sent_back(request, head, found)
    return _sheet(request, _("%s分解表") % head.name, [(head, found)])


@require_GET
def every(request: HttpRequest) -> FileResponse:
    """The divisions of a region in one workbook, drafts before those in force. Raises NotFound: not the viewer's to look at."""
    campaign, region = campaign_asked(request), region_asked(request)
    return _sheet(request, _("%s目标分解表") % region.name, divisions_in_view(request.viewer, campaign.code, region.id))


def _sheet(request: HttpRequest, title: str, divisions: Sequence[tuple[TargetHead, DivisionView]]) -> FileResponse:
    taken = _("导出时间：%(at)s　导出人：%(name)s") % {"at": whole_moment(clock.now()), "name": request.user.name}
    notes = [_("在“分解数”一列填数，其他列不要改动；拟定中的分解可以填好后传回，已下达的只供查看。"), taken]
    with ExitStack() as open_until_sent:
        file = open_until_sent.enter_context(TemporaryFile())
        write_form(file, title=title, notes=notes, asked=ASKED, rows=_rows(divisions), zone=clock.SHANGHAI, mark=mark_line(str(title)))
        open_until_sent.pop_all()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{title}-{whole_day(clock.today())}.xlsx")


def _rows(divisions: Sequence[tuple[TargetHead, DivisionView]]) -> Iterator[list[Any]]:
    for head, found in divisions:
        for share in found.shares:
            yield [
                f"{head.task_number} {head.task_title}".strip(), head.name, head.asks.measure, share.region.name, _figure(share.value),
                str(found.id), share.region.code, str(found.version),
            ]


def _figure(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.normalize()


def _sent_back(request: HttpRequest, head: TargetHead, found: DivisionView) -> HttpResponse:
    """Take a sheet in; refused, the page names every wrong cell. Raises NotFound: there is no draft; NotYours."""
    if found.state is not DivisionState.DRAFT:
        raise NotFound
    form = SharesSheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, head, found, status=422, sheet_form=form)
    content = form.cleaned_data["file"].read(MOST_BYTES + 1)
    try:
        count, _is_new = send_once(request, lambda: import_shares(content, turn_of(request), into=found.id).shares)
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        messages.error(request, refused.sentence)
        return show(request, head, found, status=422, sheet_troubles=refused.fields)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return show(request, head, division_seen(request.viewer, head), status=409)
    messages.success(request, _("已导入%s地的分解数，核对合计后下达。") % count)
    return redirect(page_of(head.id))
