"""A period's sheet as Excel: the form to fill in with hidden ids, and the filled-in form, looked at before it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.plans.rules import Stage
from zhitong.domain.progress.actions.entering import Entry, save_reports
from zhitong.domain.progress.queries.sheets import ReportSheet, own_sheet
from zhitong.domain.progress.rules import FigureOrigin
from zhitong.domain.progress.rules.sheets import HEADS, Cell, FilledRow, SheetLine, entries_of, read_rows
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.sheets.reading import UnreadableTable
from zhitong.kit.sheets.table import table_in
from zhitong.kit.workbook import Asked, Head, write_form
from zhitong.web.reports.showing import said
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.shell.taken_out import mark_line

MOST_BYTES = 2 * 1024 * 1024
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableForm(PlainForm):
    """A filled-in form."""

    table = forms.FileField(
        label=gettext_lazy("填好的表"),
        help_text=gettext_lazy("从本页下载的填报表，填好后原样传回；先检查、看过再导入，有一处不对就一个数也不收"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}), error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )


@dataclass(frozen=True)
class Previewed:
    """A line of a filled-in form as it would be taken."""

    row: FilledRow
    before: str
    after: str


@require_GET
def form(request: HttpRequest, period: str) -> FileResponse:
    """The form of a period as a workbook. Raises NotFound: the unit owes nothing for it."""
    found = own_sheet(request.viewer, period, now=clock.now())
    into = BytesIO()
    asked = [
        Asked(Head(HEADS[0]), hidden=True), Asked(Head(HEADS[1], width=28)), Asked(Head(HEADS[2], width=36)),
        Asked(Head(HEADS[3], width=10)), Asked(Head(HEADS[4])), Asked(Head(HEADS[5])),
        Asked(Head(HEADS[6]), note=_("只填数字，单位见前面一列；没有数就空着，不要填0")),
        Asked(Head(HEADS[7], width=24)),
    ]
    rows = [
        [str(line.id), f"{one.number} {one.title}", line.name, line.measure, line.goal, said(line.previous), _value(line), line.note]
        for one in found for line in one.figures
    ]
    title = f"{found[0].period.words}{_('目标任务填报表')}"
    notes = [f"{found[0].unit}", _("只填“本期”和“说明”两列，其他列和顺序不要改。")]
    write_form(into, title=title, notes=notes, asked=asked, rows=rows, zone=clock.SHANGHAI, mark=mark_line(str(title)))
    into.seek(0)
    return FileResponse(into, as_attachment=True, filename=f"{title}.xlsx", content_type=TYPE)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, period: str) -> HttpResponse:
    """The filled-in form: checked, looked at, taken whole or not at all.

    Raises NotFound: the unit owes nothing for the period. Raises NotYours: the post does not report.
    """
    found = own_sheet(request.viewer, period, now=clock.now())
    if "take" in request.POST:
        return _take(request, found, period)
    asked = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not asked.is_valid():
        return _page(request, found, asked, status=422 if request.method == "POST" else 200)
    try:
        sent = asked.cleaned_data["table"].read(MOST_BYTES + 1)
        rows, troubles = read_rows(_cells(sent), _lines(found))
    except UnreadableTable as why:
        asked.add_error("table", str(why))
        return _page(request, found, asked, status=422)
    return _page(request, found, asked, rows=rows, troubles=troubles, status=422 if troubles else 200)


def _take(request: HttpRequest, found: Sequence[ReportSheet], period: str) -> HttpResponse:
    """Take what was looked at: the page carried it along."""
    cells = [
        Cell(number, dict(zip((HEADS[0], HEADS[6], HEADS[7]), values, strict=True)))
        for number, values in enumerate(
            zip(request.POST.getlist("id"), request.POST.getlist("value"), request.POST.getlist("note"), strict=False), 1
        )
    ]
    rows, troubles = read_rows(cells, _lines(found))
    if troubles:
        return _page(request, found, TableForm(), rows=rows, troubles=troubles, status=422)
    actor = request.viewer.actor("web")
    steps = [
        Entry(report_id=report_id, actor=actor, figures=told, origin=FigureOrigin.IMPORTED)
        for report_id, told in entries_of(rows).items()
    ]
    try:
        send_once(request, lambda: save_reports(steps, now=clock.now()))
    except (NotFound, NotYours):
        raise
    except BadInput as refused:
        return _page(request, found, TableForm(), rows=rows, troubles=list(refused.fields.values()) or [refused.sentence], status=422)
    except Refused as refused:
        return _page(request, found, TableForm(), rows=rows, troubles=[refused.sentence], status=409)
    messages.success(request, _("已导入 %d 个数，存为草稿；核对后在这里报送。") % len(rows))
    return redirect("reports:sheet", period)


def _cells(sent: bytes) -> list[Cell]:
    if len(sent) > MOST_BYTES:
        raise UnreadableTable(_("文件超过2MB，不像是填报表。请上传从本页下载、填好的表。"))
    table = table_in(sent, words=HEADS)
    names = list(table.heads)
    return [Cell(line.number, dict(zip(names, line.cells, strict=False))) for line in table.lines]


def _lines(found: Sequence[ReportSheet]) -> list[SheetLine]:
    return [
        SheetLine(line.id, one.id, line.indicator_id, line.name, one.title, line.is_qualitative, one.closed)
        for one in found for line in one.figures
    ]


def _page(
    request: HttpRequest, found: Sequence[ReportSheet], asked: TableForm, *, rows: Sequence[FilledRow] = (),
    troubles: Sequence[str] = (), status: int = 200,
) -> HttpResponse:
    period = found[0].period
    before = {line.id: (said(line.value, line.measure), line.measure) for one in found for line in one.figures}
    previewed = [
        Previewed(row, before[row.line.figure_id][0], row.stage.label if row.stage else said(row.value, before[row.line.figure_id][1]))
        for row in rows
    ]
    back = reverse("reports:sheet", args=[period.code])
    context = {
        "form": asked, "rows": previewed, "troubles": troubles, "period": period, "back": back,
        "once_key": key_of(request) if "take" in request.POST else new_key(),
        "crumbs": [Crumb(_("我的填报"), reverse("reports:mine")), Crumb(period.words, back), Crumb(_("导入"))],
    }
    return render(request, "reports/import.html", context, status=status)


def _value(line: Any) -> Any:
    if line.is_qualitative:
        return line.stage.label if isinstance(line.stage, Stage) else ""
    return said(line.value)
