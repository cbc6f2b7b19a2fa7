"""表式登记: every form with what it costs and where it was used; one form; beginning, revising and ending one."""

from __future__ import annotations

from collections.abc import Mapping
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

from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.cards.actions.designing import NewTemplate, begin_template, retire_template, revise_template
from zhitong.domain.cards.actions.importing import MOST_BYTES, xlsform_in
from zhitong.domain.cards.queries.forms import FormFilters, FormLine, count_of_forms, drafts_seen, form_seen, forms_page
from zhitong.domain.cards.rules.kinds import Period, TemplateStanding
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.forms.telling import told_checks, told_sections
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Confirmation, Crumb, Empty, Figure
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList
from zhitong.web.shell.sending import key_of, new_key, send_once
from zhitong.web.shell.words import figure_in_words

PUBLISHED = "published_at"
BY_PACKAGE = gettext_lazy("活动方案")
_ANY = ("", gettext_lazy("全部"))

COLUMNS = (
    Column("name", gettext_lazy("表式"), url=lambda row: reverse("forms:page", args=[row.id])),
    Column("version", gettext_lazy("版本"), value=lambda row: _("第%d版") % row.version),
    Column("standing", gettext_lazy("状态"), value=lambda row: row.standing.label),
    Column("kind", gettext_lazy("填报对象"), value=lambda row: SubjectKind(row.kind).label),
    Column("period", gettext_lazy("周期"), value=lambda row: row.period.label),
    Column("asked_by", gettext_lazy("制发单位"), value=lambda row: row.asked_by or str(BY_PACKAGE)),
    Column("fields", gettext_lazy("栏目"), Kind.NUMBER),
    Column("minutes", gettext_lazy("每张"), Kind.NUMBER, unit=gettext_lazy("分钟")),
    Column("hours_a_year", gettext_lazy("全年负担"), Kind.NUMBER, unit=gettext_lazy("小时")),
    Column("rounds", gettext_lazy("用过"), Kind.NUMBER, unit=gettext_lazy("期")),
    Column("cards", gettext_lazy("应报"), Kind.NUMBER, unit=gettext_lazy("张")),
    Column("purpose", gettext_lazy("用途"), Kind.LONG),
    Column("basis", gettext_lazy("依据"), Kind.LONG, extra=True),
    Column("published_at", gettext_lazy("发布时间"), Kind.MOMENT, sort_by=PUBLISHED),
)


class RegisterFilters(PlainForm):
    """The bar above the register."""

    q = forms.CharField(label=gettext_lazy("搜索"), required=False, max_length=60,
                        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("表式名称"), "type": "search"}))
    kind = forms.ChoiceField(label=gettext_lazy("填报对象"), required=False, choices=[_ANY, *choices_of(SubjectKind)])
    standing = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=[_ANY, *choices_of(TemplateStanding)])


class NewForm(PlainForm):
    """What a template is begun with."""

    name = forms.CharField(label=gettext_lazy("表式名称"), max_length=60, help_text=gettext_lazy("例如：重点项目进展季报"))
    kind = forms.ChoiceField(label=gettext_lazy("由谁填报"), choices=choices_of(SubjectKind))
    period = forms.ChoiceField(label=gettext_lazy("多久填一次"), choices=choices_of(Period), widget=forms.RadioSelect)
    form = forms.FileField(
        label=gettext_lazy("从 XLSForm 导入"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("可以不选，从空白开始。读得懂的成为栏目，读不懂的逐行列出，不会悄悄丢掉。"),
        error_messages={"empty": gettext_lazy("文件是空的，请重新选择。")},
    )


class RetireForm(PlainForm):
    """Why a form is ended."""

    reason = forms.CharField(label=gettext_lazy("停用原因"), max_length=200, help_text=gettext_lazy("例如：内容已并入月报"))


@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """The register, newest first, with the drafts under way above it.

    Raises NotFound: the viewer is one of the served, or no campaign is in force.
    """
    viewer, campaign = request.viewer, campaign_code()
    may_begin = viewer.may(Permission.DESIGN)
    desk = DeskList(
        "forms", gettext_lazy("表式登记"), COLUMNS, Sort(PUBLISHED, True), filters=RegisterFilters,
        empty=Empty(_("没有符合条件的表式"), _("活动办公室发布的表式都登记在这里，写明用途和要花的时间。"), icon="forms"),
    )

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[FormLine]:
        return forms_page(viewer, campaign, _filters(asked), sort, after, limit)

    def count(asked: Mapping[str, Any], most: int) -> int:
        return count_of_forms(viewer, campaign, _filters(asked), most)

    return desk.respond(
        request, "forms/list.html", fetch=fetch, count=count, asked_by=request.user.name,
        why=_("负担、期数和张数按本辖区计算；每栏用时为本系统设定"),
        context={"may_begin": may_begin, "drafts": drafts_seen(viewer, campaign) if may_begin else []},
    )


def _filters(asked: Mapping[str, Any]) -> FormFilters:
    return FormFilters(
        asked.get("q", ""), asked.get("kind", ""), TemplateStanding(asked["standing"]) if "standing" in asked else None
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a template, empty or from an XLSForm.

    Raises NotYours: the post draws up none.
    """
    require(request.viewer, Permission.DESIGN)
    form = NewForm(request.POST or None, request.FILES or None, initial={"period": Period.MONTH.value})
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                begun, _is_new = send_once(request, lambda: {"draft": str(_begin(request, form.cleaned_data))})
                return redirect("forms:draft", begun["draft"])
            except NotYours:
                raise
            except Refused as refused:
                refusal = refused.sentence
    context = {
        "form": form, "refusal": refusal, "once_key": new_key() if refusal else key_of(request),
        "crumbs": [Crumb(_("表式"), reverse("forms:list")), Crumb(_("起草表式"))],
    }
    return render(request, "forms/new.html", context, status=status)


def _begin(request: HttpRequest, values: Mapping[str, Any]) -> UUID:
    sent, campaign = values["form"], campaign_code()
    imported = xlsform_in(sent.name or "", sent.read(MOST_BYTES + 1)) if sent else None
    begun = NewTemplate(
        campaign=campaign, kind=values["kind"], name=values["name"], period=Period(values["period"]),
        categories=[(one.code, one.label) for one in rulebook(campaign).of_kind(values["kind"])],
    )
    return begin_template(request.viewer, begun, actor=request.viewer.actor("web"), now=clock.now(), imported=imported)


@require_GET
def page(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """One version of a form: what it asks, what it costs, what changed, where it was used.

    Raises NotFound.
    """
    found = form_seen(request.viewer, template_id)
    burden = found.burden
    figures = [
        Figure(_("栏目"), str(burden.fields), _("个")), Figure(_("填一张"), str(burden.minutes_a_card), _("分钟")),
        Figure(_("本辖区填报对象"), figure_in_words(burden.reporters), _("户")),
        Figure(_("全年负担"), figure_in_words(burden.hours_a_year), _("小时"), _("每年 %d 期") % burden.periods),
    ]
    return render(request, "forms/page.html", {
        "form": found, "sections": told_sections(found.template), "checks": told_checks(found.template),
        "kind": SubjectKind(found.template.kind).label, "figures": figures, "by_package": BY_PACKAGE,
        "once_key": new_key(), "crumbs": [Crumb(_("表式"), reverse("forms:list")), Crumb(found.template.name)],
    })  # fmt: skip


@require_POST
def revise(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Begin the next version, or a form like it.

    Raises NotFound, NotYours, DraftThere.
    """
    as_new = request.POST.get("as") == "new"
    begun, _is_new = send_once(request, lambda: {"draft": str(revise_template(
        request.viewer, template_id, as_new=as_new, actor=request.viewer.actor("web"), now=clock.now(),
    ))})
    return redirect("forms:draft", begun["draft"])


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """End a form, with the reason.

    Raises NotFound, NotYours.
    """
    found = form_seen(request.viewer, template_id)
    form = RetireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        send_once(request, lambda: {"done": retire_template(
            request.viewer, template_id, reason=form.cleaned_data["reason"], actor=request.viewer.actor("web"), now=clock.now(),
        )})
        messages.success(request, _("“%s”已停用；已经填报的卡片照样可以查看。") % found.template.name)
        return redirect("forms:page", template_id)
    confirmation = Confirmation(
        _("停用“%s”") % found.template.name,
        _("停用后不能再用它开放填报；正在填报的各期不受影响，已经填报的卡片照样可以查看。"),
        request.path, _("停用"), reverse("forms:page", args=[template_id]), key_of(request),
    )
    return render(request, "shell/confirm.html", {"confirmation": confirmation, "form": form},
                  status=422 if form.is_bound else 200)


def campaign_code() -> str:
    """The campaign in force.

    Raises NotFound: there is none.
    """
    campaign = campaign_in_force()
    if campaign is None:
        raise NotFound
    return str(campaign.code)
