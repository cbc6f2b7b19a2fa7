"""问题大排查: the drives, one with its ledger and the list to send in, the plan of a line, its approval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.intake.actions.screening import Plan, approve, open_screening, plan_item
from zhitong.domain.intake.queries.screenings import (
    ItemView,
    ScreeningView,
    count_of_items,
    history_of,
    item_seen,
    items_of,
    may_lead,
    screening_seen,
    screenings_seen,
    sheets_of,
)
from zhitong.domain.intake.rules.sheets import COLUMNS_OF, SheetKind
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import UnitKind
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.kit import clock
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.kit.workbook import Head, write_sheet
from zhitong.web.intake.sheets import ListForm, send_list
from zhitong.web.problems.fields import DayField, ProseField
from zhitong.web.problems.showing import address_of
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import key_of, new_key, send_once


class OpenForm(PlainForm):
    name = ProseField(gettext_lazy("排查名称"), gettext_lazy("例如：2018年二季度问题大排查"), rows=1, max_length=120)


class ApproveForm(PlainForm):
    approved_by = ProseField(gettext_lazy("审定的分管领导"), gettext_lazy("姓名和职务"), rows=1, max_length=60)
    approved_on = DayField(label=gettext_lazy("审定日期"))


class PlanForm(PlainForm):
    measure = ProseField(gettext_lazy("整改措施"), rows=4, required=False)
    answerable = ProseField(gettext_lazy("责任单位"), rows=1, max_length=120, required=False)
    due_on = DayField(label=gettext_lazy("完成时限"), required=False)


class AmendForm(PlanForm):
    reason = ProseField(gettext_lazy("变更理由"), gettext_lazy("方案已固化，变更理由和原内容都会留痕。"), rows=2)


LEDGER = DeskList(
    "screening", gettext_lazy("排查台账"),
    (
        Column("position", gettext_lazy("序号"), url=lambda row: reverse("intake:item", args=[row.id])),
        Column("number", gettext_lazy("问题编号"), url=lambda row: address_of(row.problem.number) if row.problem else "",
               value=lambda row: row.problem.number if row.problem else _("企业要求保密")),
        Column("subject", gettext_lazy("企业"), value=lambda row: row.problem.subject_name if row.problem else ""),
        Column("excerpt", gettext_lazy("问题"), Kind.LONG, value=lambda row: row.problem.excerpt if row.problem else ""),
        Column("state", gettext_lazy("办理情况"), value=lambda row: row.problem.state.label if row.problem else ""),
        Column("unit", gettext_lazy("承办单位"), value=lambda row: row.problem.unit if row.problem else ""),
        Column("measure", gettext_lazy("整改措施"), Kind.LONG),
        Column("answerable", gettext_lazy("责任单位")),
        Column("due_on", gettext_lazy("完成时限"), Kind.DAY),
    ),
    Sort("id"), empty=Empty(gettext_lazy("台账里还没有问题"), gettext_lazy("下载模板填写后上传，检查无误再导入。")),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def screenings(request: HttpRequest) -> HttpResponse:
    """The drives one may see, and the form to open one.

    Raises NotFound: one of the served.
    """
    viewer, campaign = request.viewer, campaign_in_force()
    if viewer.unit_kind is UnitKind.SERVED or campaign is None:
        raise NotFound
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            screening_id, _new = send_once(request, lambda: str(open_screening(
                viewer, form.cleaned_data["name"], campaign=campaign.code, actor=viewer.actor("web"), now=clock.now()
            )))
            return redirect("intake:screening", screening_id)
        except BadInput as refused:
            form.add_error("name", refused.sentence)
    return render(request, "intake/screenings.html", {
        "drives": screenings_seen(viewer), "form": form if may_lead(viewer) else None, "once_key": key_of(request),
        "nothing": Empty(_("还没有开展排查"), _("牵头单位在这里建立排查，导入问题清单，形成台账和整改方案。")),
    }, status=422 if form.errors else 200)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def screening(request: HttpRequest, screening_id: UUID) -> HttpResponse | FileResponse:
    """One drive: its ledger, the list to send in, the approval to register.

    Raises NotFound: there is none, or none for this viewer.
    """
    found = screening_seen(request.viewer, screening_id)
    sent, approval = ListForm(), ApproveForm()
    if request.method == "POST" and request.POST.get("do") == "approve":
        approval = ApproveForm(request.POST)
        if approval.is_valid() and _approved(request, found, approval):
            return redirect("intake:screening", screening_id)
    elif request.method == "POST":
        sheet_id, sent = send_list(request, SheetKind.SCREENING, screening_id)
        if sheet_id is not None:
            return redirect("intake:sheet", sheet_id)
    leads = found.is_own and may_lead(request.viewer) and not found.frozen_at
    answer = LEDGER.respond(
        request, "intake/screening.html", fetch=_fetch(request, screening_id),
        count=lambda _asked, most: count_of_items(request.viewer, screening_id, most), asked_by=request.user.name,
        context={
            "drive": found, "sent": sent if leads else None, "approval": approval if leads and found.items else None,
            "history": history_of(request.viewer, screening_id), "once_key": new_key(),
            "sheets": sheets_of(request.viewer, SheetKind.SCREENING, screening_id) if found.is_own else [],
            "crumbs": [Crumb(_("问题大排查"), reverse("intake:screenings")), Crumb(found.name)],
        },
    )
    answer.status_code = 422 if sent.is_bound or approval.is_bound else answer.status_code
    return answer


def _approved(request: HttpRequest, found: ScreeningView, form: ApproveForm) -> bool:
    said = form.cleaned_data
    try:
        send_once(request, lambda: approve(
            request.viewer, found.id, said["approved_by"], said["approved_on"], actor=request.viewer.actor("web"), now=clock.now()
        ))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    messages.success(request, _("已登记审定，整改方案固化；以后变更须写明理由。"))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """The plan of a line: filled in, or amended with a reason once it is frozen.

    Raises NotFound: there is none, or none for this viewer.
    """
    drive, line = item_seen(request.viewer, item_id)
    kind = AmendForm if drive.frozen_at else PlanForm
    form = kind(request.POST) if request.method == "POST" else kind(initial=_planned(line))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        plan = Plan(said["measure"], said["answerable"], said["due_on"])
        try:
            send_once(request, lambda: plan_item(
                request.viewer, item_id, plan, actor=request.viewer.actor("web"), now=clock.now(), reason=said.get("reason", "")
            ))
            messages.success(request, _("已保存。"))
            return redirect("intake:screening", drive.id)
        except (NotFound, NotYours):
            raise
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return render(request, "intake/item.html", {
        "drive": drive, "line": line, "once_key": new_key() if form.errors else key_of(request),
        "form": form if drive.is_own and may_lead(request.viewer) else None,
        "crumbs": [Crumb(_("问题大排查"), reverse("intake:screenings")), Crumb(drive.name, reverse("intake:screening", args=[drive.id])),
                   Crumb(_("第%d行") % line.position)],
    }, status=422 if form.errors else 200)  # fmt: skip


@require_GET
def template(request: HttpRequest, screening_id: UUID) -> FileResponse:
    """The list to fill in, with our categories and regions named above its heads.

    Raises NotFound: there is no such drive for this viewer.
    """
    found, campaign, here = screening_seen(request.viewer, screening_id), campaign_in_force(), directory()
    entries = rulebook(campaign.code).categories.values() if campaign else ()
    regions = [here.regions[request.viewer.region_id], *here.children(request.viewer.region_id)]
    notes = [
        _("在表头下面逐行填写，一行一个问题；“问题内容”必填，其他可以空着。日期写成 2018-05-31。本系统不得填写国家秘密。"),
        _("问题类别可填：%s") % "、".join(dict.fromkeys(one.label for one in entries)),
        _("所在地区可填：%s") % "、".join(one.name for one in regions),
    ]
    file = TemporaryFile()  # noqa: SIM115 FileResponse closes it
    heads = [Head(column.label, width=24) for column in COLUMNS_OF[SheetKind.SCREENING]]
    write_sheet(file, title=found.name, notes=notes, heads=heads, rows=[], zone=clock.SHANGHAI)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{found.name}-模板.xlsx")


def _planned(line: ItemView) -> dict[str, Any]:
    return {"measure": line.measure, "answerable": line.answerable, "due_on": line.due_on}


def _fetch(request: HttpRequest, screening_id: UUID) -> Callable[..., list[ItemView]]:
    def fetch(_asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ItemView]:
        place = after[1] if after else None
        return items_of(request.viewer, screening_id, after=place, turned=sort.descending, limit=limit)

    return fetch
