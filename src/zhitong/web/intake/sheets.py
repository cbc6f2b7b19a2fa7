"""A list on its way in: what its heads were read as, every row in trouble, and the button that takes the good ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.intake.actions.importing import Imported, take_sheet, undo_sheet
from zhitong.domain.intake.actions.laying_out import MOST_BYTES, lay_out, name_columns
from zhitong.domain.intake.queries.sheets import SheetView, sheet_seen
from zhitong.domain.intake.rules.sheets import COLUMNS_OF, Column, SheetKind, SheetState
from zhitong.domain.organisations.scope import NotYours
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once


class ListForm(PlainForm):
    """A list to send in."""

    list = forms.FileField(
        label=gettext_lazy("Excel 或 CSV 文件"), help_text=gettext_lazy("不超过10MB、5000行；上传后先检查，不会直接导入"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )


def send_list(request: HttpRequest, kind: SheetKind, screening_id: UUID | None = None) -> tuple[UUID | None, ListForm]:
    """Lay out the list of a form; (its id, the form), without an id when the form says what is wrong.

    Raises NotYours, NotFound: see `lay_out`.
    """
    form = ListForm(request.POST, request.FILES)
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    if form.is_valid():
        sent: UploadedFile = form.cleaned_data["list"]
        try:
            return lay_out(
                request.viewer, kind, sent.name or "", sent.read(MOST_BYTES + 1), campaign=campaign.code, now=clock.now(),
                screening_id=screening_id,
            ), form
        except (NotFound, NotYours):
            raise
        except Refused as refused:
            form.add_error("list", refused.sentence)
    return None, form


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """A list of the unit's; what its heads mean can be said anew, its good rows taken, an import taken back.

    Raises NotFound: there is none such.
    """
    found = sheet_seen(request.viewer, sheet_id)
    if request.method != "POST":
        return _show(request, found)
    doing = {"columns": _name_columns, "take": _take, "undo": _undo}.get(request.POST.get("do", ""))
    if doing is None:
        raise NotFound
    try:
        said, is_new = send_once(request, lambda: doing(request, found))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        fresh = sheet_seen(request.viewer, sheet_id)
        return _show(request, fresh, refusal=refused.sentence, status=422 if isinstance(refused, BadInput) else 409)
    messages.success(request, said if is_new else _("刚才已经办过，没有重复办理。%s") % said)
    return redirect("intake:sheet", sheet_id)


def _name_columns(request: HttpRequest, found: SheetView) -> str:
    known = {column.value: column for column in COLUMNS_OF[found.kind]}
    chosen = {head: known.get(request.POST.get(f"column_{place}", "")) for place, head in enumerate(found.columns)}
    name_columns(request.viewer, found.id, chosen, now=clock.now())
    return _("已按新的对应关系重新检查，下次上传同样表头自动沿用。")


def _take(request: HttpRequest, found: SheetView) -> str:
    only_good = request.POST.get("only_good") == "1"
    done = take_sheet(request.viewer, found.id, only_good=only_good, actor=request.viewer.actor("web"), now=clock.now())
    return _in_words(done)


def _in_words(done: Imported) -> str:
    words = [_("已导入 %d 件") % done.new]
    words += [_("%d 件以前登记过，没有重复登记") % done.known] if done.known else []
    words += [_("%d 行没有导入") % done.left_out] if done.left_out else []
    return "，".join(words) + "。"


def _undo(request: HttpRequest, found: SheetView) -> str:
    count = undo_sheet(request.viewer, found.id, actor=request.viewer.actor("web"), now=clock.now())
    return _("已撤销导入，%d 件问题已撤回。") % count


def _show(request: HttpRequest, found: SheetView, *, refusal: str = "", status: int = 200) -> HttpResponse:
    return render(request, "intake/sheet.html", {
        "sheet": found, "heads": list(found.columns.items()), "columns": COLUMNS_OF[found.kind], "refusal": refusal,
        "shown": [head for head, column in found.columns.items() if column], "is_waiting": found.state is SheetState.LAID_OUT,
        "may_undo": found.state is SheetState.TAKEN and found.screening_id is not None,
        "cells": [(row, [row.original.get(head, "") for head, column in found.columns.items() if column]) for row in found.sample],
        "once_key": new_key() if refusal else key_of(request), "crumbs": _crumbs(found),
        "unread": Column.TEXT not in found.columns.values(),
    }, status=status)  # fmt: skip


def _crumbs(found: SheetView) -> list[Crumb]:
    if found.screening_id is None:
        return [Crumb(_("热线转办"), reverse("intake:hotline")), Crumb(found.name)]
    drive: Any = reverse("intake:screening", args=[found.screening_id])
    return [Crumb(_("问题大排查"), reverse("intake:screenings")), Crumb(_("台账"), drive), Crumb(found.name)]
