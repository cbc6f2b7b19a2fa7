"""Figures of a source system by file: its table is read whole, taken whole, and said what became of each figure."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.progress.actions.fetching import Fetched, take_source_figures
from zhitong.domain.progress.queries.sources import SourceView, sources_known
from zhitong.domain.progress.rules import Quality
from zhitong.domain.progress.rules.source_sheets import AS_OF, HEADS, PERIOD, QUALITY, SourceRow, figures_in
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.sheets.limits import UnreadableTable
from zhitong.kit.sheets.table import table_in
from zhitong.kit.workbook import Head, write_sheet
from zhitong.web.reports.table import MOST_BYTES, TYPE
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once


class SourceTableForm(PlainForm):
    """A table that a source has put out."""

    table = forms.FileField(
        label=gettext_lazy("源系统导出的表"),
        help_text=gettext_lazy("Excel或CSV，一行一个数，列名见表样；有一行不对就一个数也不收"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}), error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )


@require_GET
def blank(request: HttpRequest) -> FileResponse:
    """The heads of such a table with a line that shows how it is filled. Raises NotYours: the post handles nothing."""
    require(request.viewer, Permission.HANDLE)
    into = BytesIO()
    notes = [
        _("%(period)s写成2018-08、2018Q3等；%(at)s写成2018-09-03 08:00；%(quality)s填%(words)s，空着为核定数。") % {
            "period": PERIOD, "at": AS_OF, "quality": QUALITY, "words": "、".join(one.label for one in Quality),
        },
    ]
    write_sheet(into, title=_("源系统数据表样"), notes=notes, heads=[Head(one, width=16) for one in HEADS], rows=[], zone=clock.SHANGHAI)
    into.seek(0)
    return FileResponse(into, as_attachment=True, filename=_("源系统数据表样.xlsx"), content_type=TYPE)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, code: str) -> HttpResponse:
    """The form, and the table taken.

    Raises NotFound: there is no such source of the own unit. Raises NotYours: the post handles nothing.
    """
    require(request.viewer, Permission.HANDLE)
    source = _own(request, code)
    form = SourceTableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, source, form, status=422 if request.method == "POST" else 200)
    try:
        found = _taken(request, source, form.cleaned_data["table"].read(MOST_BYTES + 1))
    except (NotFound, NotYours):
        raise
    except UnreadableTable as why:
        form.add_error("table", str(why))
        return _page(request, source, form, status=422)
    except BadInput as refused:
        return _page(request, source, form, troubles=list(refused.fields.values()) or [refused.sentence], status=422)
    except Refused as refused:
        return _page(request, source, form, troubles=[refused.sentence], status=409)
    messages.success(request, said_of(found))
    return redirect(f"{reverse('reports:sources')}?source={source.code}")


def said_of(found: Fetched) -> str:
    """What became of a sending; an older stand than the newest is only kept, and that is said."""
    said = _("收到新数%(newest)d个，填入%(filled)d处报告") % {"newest": found.newest, "filled": found.filled}
    if found.older:
        said += _("；%d个的数据时点比已有的旧，只留存、没有采用") % found.older
    if found.known:
        said += _("；%d个以前已经送过，没有变化") % found.known
    return f"{said}。"


def _own(request: HttpRequest, code: str) -> SourceView:
    found = next((one for one in sources_known(request.viewer) if one.code == code), None)
    if found is None or found.unit_id != request.viewer.unit_id:
        raise NotFound
    return found


def _taken(request: HttpRequest, source: SourceView, sent: bytes) -> Fetched:
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    figures, troubles = figures_in(_rows(sent))
    if troubles:
        raise BadInput(troubles[0], {str(place): sentence for place, sentence in enumerate(troubles)})
    done: list[Fetched] = []

    def take() -> str:
        done.append(take_source_figures(
            source.code, campaign.code, figures, actor=request.viewer.actor("web"), now=clock.now()
        ))
        return ""

    send_once(request, take)
    return done[0] if done else Fetched(known=len(figures))


def _rows(sent: bytes) -> Sequence[SourceRow]:
    if len(sent) > MOST_BYTES:
        raise UnreadableTable(_("文件超过2MB，请分几次传。"))
    table = table_in(sent, words=HEADS)
    names = list(table.heads)
    return [SourceRow(line.number, dict(zip(names, line.cells, strict=False))) for line in table.lines]


def _page(
    request: HttpRequest, source: SourceView, form: SourceTableForm, *, troubles: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    back = reverse("reports:sources")
    return render(request, "reports/source_table.html", {
        "source": source, "form": form, "troubles": troubles, "back": back,
        "once_key": key_of(request) if request.method == "POST" else new_key(),
        "crumbs": [Crumb(_("源系统"), back), Crumb(source.name)],
    }, status=status)
