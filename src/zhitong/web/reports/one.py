"""One report with its trace, and what is done with it alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.notices.actions import mark_read
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.problems.queries.reported import raised_by_reports
from zhitong.domain.progress.actions.deciding import (
    LONGEST_REASON,
    Decision,
    accept_reports,
    approve_reports,
    let_through,
    return_reports,
)
from zhitong.domain.progress.actions.entering import add_evidence
from zhitong.domain.progress.queries.attached import evidence_of
from zhitong.domain.progress.queries.one import OpenedReport, opened_report
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.reports.sheet import sheet_figures
from zhitong.web.reports.showing import light_of, until
from zhitong.web.shell.components import Act, Crumb, Happening, Text
from zhitong.web.shell.files import FilesField, gather
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import new_key, send_once
from zhitong.web.supervision.asking import Asking, respond


class ReasonField(forms.CharField):
    """Why, in words; an act that needs them says so itself."""

    conditional = True

    def __init__(self, label: Text) -> None:
        words = forms.Textarea(attrs={"rows": 4, "data-counted": LONGEST_REASON})
        super().__init__(label=label, required=False, max_length=LONGEST_REASON, strip=False, widget=words)


class ReasonForm(PlainForm):
    """Why."""

    reason = ReasonField(gettext_lazy("原因"))


class EvidenceForm(PlainForm):
    """Photos with their day, or papers of acceptance."""

    files = FilesField(label=gettext_lazy("注明日期的照片、验收单"))


@require_GET
def page(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A report: figures and words, who approves and accepts, what happened, its corrections.

    Raises NotFound: it is not there for this viewer.
    """
    found = opened_report(request.viewer, report_id, now=clock.now())
    mark_read(request.viewer, report_id, now=clock.now())
    sheet = found.sheet
    context = {
        "found": found, "sheet": sheet, "light": light_of(sheet.state), "until": until(sheet.due_at, sheet.lock_at),
        "figures": sheet_figures(sheet), "raised": raised_by_reports(request.viewer, [sheet.id]).get(sheet.id),
        "acts": _acts(found), "files": evidence_of([sheet.id])[sheet.id], "once_key": new_key(),
        "crumbs": [*_crumbs(), Crumb(f"{sheet.number} {sheet.title}")],
        "happenings": [
            Happening(one.at, one.kind.label, f"{one.unit} {one.person}".strip(), one.words, one.told, one is found.events[-1])
            for one in reversed(found.events)
        ],
    }
    return render(request, "reports/page.html", context)


@require_POST
def approve(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Approve the report. Raises NotFound, NotYours."""
    return _decide(request, report_id, approve_reports, _("已审核通过。"))


@require_POST
def accept(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Accept the report. Raises NotFound, NotYours."""
    return _decide(request, report_id, accept_reports, _("已接受。"))


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The form of a return, and the return. Raises NotFound, NotYours."""
    found = _opened(request, report_id)
    asking = Asking(
        _("退回报告"), _("退回后由%s修改重报，本期暂不计数；原因填报单位会看到。") % found.sheet.unit, _("退回"), "arrow-back-up",
        *_back(found), closed=found.why_not_return,
    )
    return _ask(request, found, asking, return_reports, _("已退回。"))


@require_http_methods(["GET", "HEAD", "POST"])
def let_go_up(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The form by which the office lets a report go up without those below, and the act. Raises NotFound, NotYours."""
    found = _opened(request, report_id)
    missing = "、".join(found.sheet.missing)
    asking = Asking(
        _("准予先行报送"), _("还没有报齐的：%s。准予后填报单位可以先报，原因留在报告上，缺几家一并注明。") % missing, _("准予"), "check",
        *_back(found), closed="" if found.may_let_through else _("这份报告不用准予先行报送，或者不由本单位决定。"),
    )
    return _ask(request, found, asking, let_through, _("已准予先行报送。"))


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The form that puts photos and papers beside an own report. Raises NotFound, NotYours."""
    found = _opened(request, report_id)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form.fields["files"].hold(gather(request))  # type: ignore[attr-defined]
    url, crumbs = _back(found)
    asking = Asking(
        _("附上佐证"), _("附上后与报告一并报送，审核和接受的单位都能看到。"), _("附上"), "paperclip", url, crumbs,
        closed="" if found.may_write else found.sheet.closed or _("只有填报单位可以附佐证。"),
    )

    def do() -> None:
        files: Sequence[UUID] = form.cleaned_data["files"]
        add_evidence(report_id, files, actor=request.viewer.actor("web"), now=clock.now())

    return respond(request, asking, form, do, _("已附上。"), lambda _answer: url)


def _opened(request: HttpRequest, report_id: UUID) -> OpenedReport:
    require(request.viewer, Permission.HANDLE)
    return opened_report(request.viewer, report_id, now=clock.now())


def _crumbs() -> list[Crumb]:
    return [Crumb(_("目标任务报告"), reverse("reports:mine"))]


def _back(found: OpenedReport) -> tuple[str, list[Crumb]]:
    url = reverse("reports:page", args=[found.sheet.id])
    return url, [*_crumbs(), Crumb(found.sheet.title, url)]


def _ask(request: HttpRequest, found: OpenedReport, asking: Asking, act: Callable[..., Any], done: str) -> HttpResponse:
    form = ReasonForm(request.POST or None)

    def do() -> int:
        step = Decision(
            report_id=found.sheet.id, actor=request.viewer.actor("web"), version=found.sheet.version, reason=form.cleaned_data["reason"],
        )
        return len(act([step], now=clock.now()))

    return respond(request, asking, form, do, done, lambda _answer: asking.back_url)


def _decide(request: HttpRequest, report_id: UUID, act: Callable[..., Any], done: str) -> HttpResponse:
    text = request.GET.get("version", "")[:9]
    version = int(text) if text.isascii() and text.isdigit() else None
    step = Decision(report_id=report_id, actor=request.viewer.actor("web"), version=version)
    try:
        send_once(request, lambda: len(act([step], now=clock.now())))
    except (NotFound, NotYours):
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done)
    return redirect("reports:page", report_id)


def _acts(found: OpenedReport) -> list[Act]:
    """What the viewer may do, for those who decide or report."""
    place, acts = [found.sheet.id], []
    version = f"?version={found.sheet.version}"
    if found.may_write:
        sheet = reverse("reports:sheet", args=[found.sheet.period.code])
        acts.append(Act(_("填报"), f"{sheet}#r-{found.sheet.id}", primary=True, icon="edit"))
        acts.append(Act(_("附佐证"), reverse("reports:evidence", args=place), icon="paperclip"))
    if found.may_approve:
        acts.append(Act(_("审核通过"), reverse("reports:approve_one", args=place) + version, primary=True, method="post", icon="check"))
    if found.may_accept:
        acts.append(Act(_("接受"), reverse("reports:accept_one", args=place) + version, primary=True, method="post", icon="check"))
    if found.may_let_through:
        acts.append(Act(_("准予先行报送"), reverse("reports:let_through", args=place), icon="check"))
    if found.is_decider:
        acts.append(
            Act(_("退回"), reverse("reports:return", args=place), not found.why_not_return, found.why_not_return, icon="arrow-back-up"),
        )
    return acts
