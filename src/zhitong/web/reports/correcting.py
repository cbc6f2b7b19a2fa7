"""Corrections after the lock: those that wait and those decided, asking for one, deciding one."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.progress.actions.correcting import (
    LONGEST_REASON,
    AskedCorrection,
    ask_correction,
    decide_correction,
)
from zhitong.domain.progress.queries.one import corrections_of
from zhitong.domain.progress.queries.sheets import figure_line
from zhitong.kit import clock
from zhitong.kit.figures import NoFigure, number_in
from zhitong.kit.refusals import BadInput, NotFound
from zhitong.web.reports.one import ReasonField
from zhitong.web.reports.showing import said, tabs_of
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.words import period_in_words
from zhitong.web.supervision.asking import Asking, respond


class CorrectionForm(PlainForm):
    """The other figure, and why."""

    after = forms.CharField(
        label=gettext_lazy("更正为"), required=False, max_length=40, help_text=gettext_lazy("例如 52、1.3万；原数是误报、应为没有的，留空"),
    )
    reason = ReasonField(gettext_lazy("原因和依据"))


class DecisionForm(PlainForm):
    """Yes or no, with words."""

    is_allowed = forms.ChoiceField(
        label=gettext_lazy("决定"), choices=[("yes", gettext_lazy("同意")), ("no", gettext_lazy("不同意"))], widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("意见"), required=False, max_length=LONGEST_REASON, strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-counted": LONGEST_REASON}), help_text=gettext_lazy("不同意的要写明原因"),
    )


@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """The corrections of the territory and of the own unit. Raises NotYours: the post handles nothing."""
    require(request.viewer, Permission.HANDLE)
    rows = corrections_of(request.viewer)
    return render(request, "reports/corrections.html", {"tabs": tabs_of(request, "corrections"), "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """Ask for a correction. Raises NotFound, NotYours."""
    require(request.viewer, Permission.HANDLE)
    found, line = figure_line(request.viewer, figure_id, now=clock.now())
    form = CorrectionForm(request.POST or None)
    back = reverse("reports:page", args=[found.id])
    asking = Asking(
        _("申请更正"), _("由上级决定。同意后这个数改过来，原数、原因和谁同意都留痕，当月重新亮灯。"), _("申请"), "edit", back,
        [Crumb(_("目标任务报告"), reverse("reports:mine")), Crumb(found.title, back)],
        facts=[(_("指标"), line.name), (_("原报"), said(line.value, line.measure) or _("未报")), (_("统计期"), found.period.words)],
    )

    def do() -> str:
        try:
            after = number_in(form.cleaned_data["after"])
        except NoFigure as why:
            raise BadInput(f"{why}。", {"after": f"{why}。"}) from why
        asked = AskedCorrection(figure_id=figure_id, after=after, reason=form.cleaned_data["reason"], actor=request.viewer.actor("web"))
        return str(ask_correction(asked, now=clock.now()))

    return respond(request, asking, form, do, _("已申请更正，等上级决定。"), lambda _answer: back)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Decide a correction as the level above. Raises NotFound, NotYours."""
    require(request.viewer, Permission.HANDLE)
    one = next((row for row in corrections_of(request.viewer, limit=1000) if row.id == correction_id), None)
    if one is None:
        raise NotFound
    form = DecisionForm(request.POST or None)
    back = reverse("reports:corrections")
    asking = Asking(
        _("决定更正"), _("同意后数随即改过来并留痕，当月重新亮灯。"), _("确定"), "check", back, [Crumb(_("更正"), back), Crumb(one.title)],
        facts=[
            (_("指标"), one.indicator), (_("地区"), one.region), (_("统计期"), period_in_words(one.period)),
            (_("更正"), f"{one.before} → {one.after}"), (_("原因"), one.reason), (_("申请单位"), one.by_unit),
        ],
        closed="" if one.is_ours else _("这个更正已经决定，或者不由本单位决定。"),
    )

    def do() -> None:
        decide_correction(
            correction_id, is_allowed=form.cleaned_data["is_allowed"] == "yes", words=form.cleaned_data["words"],
            actor=request.viewer.actor("web"), now=clock.now(),
        )

    return respond(request, asking, form, do, _("已决定。"), lambda _answer: back)
