"""A roster sent in: everybody of a county is seated, or nobody and every row that is wrong is said."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.entry.actions.reading import MOST_BYTES, MOST_ROWS, roster_in
from zhitong.domain.entry.actions.rostering import RosterNotTaken, take_roster
from zhitong.domain.entry.rules.rosters import COLUMNS
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.kit.workbook import Head, write_sheet
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once

_EXAMPLE = ("任选本辖区一个单位的全称", "演示甲", "科员", "13800000000")


class RosterForm(PlainForm):
    """A roster to send in."""

    roster = forms.FileField(
        label=gettext_lazy("花名册（Excel 或 CSV）"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=gettext_lazy("四列：单位、姓名、职务、手机。有一行不对，全部不导入，并逐行告诉您怎么改。"),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。"), "required": gettext_lazy("请选择花名册文件。")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """Send in a roster; taken, it leads to the sheets of those who have never been here.

    Raises NotYours: the post does not administer.
    """
    require(request.viewer, Permission.ADMINISTER)
    form = RosterForm(request.POST or None, request.FILES or None)
    faults: list[tuple[int, str, str]] = []
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            done, _is_new = send_once(request, lambda: _take(request, form))
        except RosterNotTaken as refused:
            refusal, faults = refused.sentence, _in_lines(refused.fields)
        except NotFound:
            raise
        except Refused as refused:
            form.add_error("roster", refused.sentence)
        else:
            messages.success(request, _("花名册共 %(rows)d 行，新开通岗位 %(new)d 个，%(sheets)d 人的邀请单可以打印。") % done)
            return redirect(f"{reverse('entry:sheets')}?who=people" if done["sheets"] else reverse("entry:invitations"))
    return render(request, "entry/roster.html", {
        "form": form, "refusal": refusal, "faults": faults, "most": MOST_ROWS,
        "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("开通"), reverse("entry:activation")), Crumb(_("花名册"))],
    }, status=422 if refusal or form.errors else 200)  # fmt: skip


@require_GET
def blank(request: HttpRequest) -> FileResponse:
    """The empty roster with its heads and one example.

    Raises NotYours: the post does not administer.
    """
    require(request.viewer, Permission.ADMINISTER)
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    write_sheet(
        file, title=str(_("花名册")), notes=[str(_("第一行是例子，填写前请删去；手机号码一人一个。"))],
        heads=[Head(label, width=24) for label in COLUMNS.values()], rows=[_EXAMPLE], zone=clock.SHANGHAI,
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_("花名册.xlsx"))


def _take(request: HttpRequest, form: RosterForm) -> dict[str, Any]:
    sent = form.cleaned_data["roster"]
    rows = roster_in(sent.name or "", sent.read(MOST_BYTES + 1))
    seated = take_roster(request.viewer, rows, actor=request.viewer.actor("web"), now=clock.now())
    sheets = {one.invitation_id for one in seated if one.invitation_id}
    return {"rows": len(rows), "new": sum(one.is_new for one in seated), "sheets": len(sheets)}


def _in_lines(fields: dict[str, str]) -> list[tuple[int, str, str]]:
    """Line, column and sentence of each fault, from the top of the sheet down."""
    found = [(*place.split("."), said) for place, said in fields.items()]
    return sorted((int(line), COLUMNS[column], said) for line, column, said in found)
