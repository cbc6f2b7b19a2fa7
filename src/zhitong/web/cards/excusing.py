"""未报原因: why a firm does not report, with proof; the list of what was said, and the decision of the level that drew it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from zhitong.domain.cards.actions import AskedExcuse, ExcuseDecision, ask_excuses, decide_excuses
from zhitong.domain.cards.queries import ExcuseRow, excuse, excuses_of_region, obligation, rounds_asked
from zhitong.domain.cards.rules.rounds import ExcuseReason, RequestState
from zhitong.domain.organisations.rules.rights import Permission, Reach
from zhitong.domain.organisations.scope import require
from zhitong.kit import clock
from zhitong.kit.choices import choices_of
from zhitong.kit.paging import Key, Sort
from zhitong.kit.refusals import NotFound
from zhitong.web.cards.asking import Asked
from zhitong.web.cards.asking import ask as ask_once
from zhitong.web.cards.filters import looking_at
from zhitong.web.problems.fields import ProseField, WordField
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Crumb, Empty
from zhitong.web.shell.files import NOTHING, FilesField, Gathered, gather
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.lists import DeskList


class ExcuseForm(PlainForm):
    """Why, and how one knows."""

    reason = WordField(ExcuseReason, gettext_lazy("未报原因"))
    proof = ProseField(
        gettext_lazy("依据"), gettext_lazy("例如：7月10日实地查看，厂区停电停产；营业执照注销通知书（文号）"), required=False
    )
    files = FilesField(
        label=gettext_lazy("证明材料"),
        help_text=gettext_lazy("照片或扫描件：停产现场、变更或注销通知书。核减的原因（停产停业、已迁出、已注销）须附，按活动包规定"),
    )

    def __init__(self, *args: Any, gathered: Gathered = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(FilesField, self.fields["files"]).hold(gathered)


class DecisionForm(PlainForm):
    """Yes or no."""

    granted = forms.ChoiceField(
        label=gettext_lazy("审批意见"),
        choices=[("yes", gettext_lazy("同意，不计入应报")), ("no", gettext_lazy("不同意，仍计应报"))],
        widget=forms.RadioSelect,
    )
    words = ProseField(gettext_lazy("说明"), gettext_lazy("不同意的须写明理由"), required=False)


class ExcuseFilters(PlainForm):
    """The bar above the list."""

    state = forms.ChoiceField(
        label=gettext_lazy("审批"), required=False, choices=[("", gettext_lazy("全部")), *choices_of(RequestState)]
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("原因"), required=False, choices=[("", gettext_lazy("全部")), *choices_of(ExcuseReason)]
    )


LIST = DeskList(
    "card-excuses", gettext_lazy("未报原因"),
    (
        Column("subject_name", gettext_lazy("服务对象"), url=lambda row: reverse("cards:excuse", args=[row.id])),
        Column("region_name", gettext_lazy("区划")),
        Column("round_name", gettext_lazy("填报期")),
        Column("reason", gettext_lazy("原因"), value=lambda row: row.reason.label),
        Column("proof", gettext_lazy("依据"), Kind.LONG),
        Column("files", gettext_lazy("证明材料"), Kind.NUMBER, value=lambda row: len(row.files), unit=gettext_lazy("份")),
        Column("state", gettext_lazy("审批"), value=lambda row: row.state.label),
        Column("decider", gettext_lazy("审批单位"), extra=True),
        Column("asked_at", gettext_lazy("登记时间"), Kind.MOMENT),
        Column("asked_in", gettext_lazy("登记单位"), extra=True),
        Column("decision", gettext_lazy("审批说明"), Kind.LONG, extra=True),
    ),
    Sort("id", descending=True), filters=ExcuseFilters,
    empty=Empty(
        gettext_lazy("没有登记过未报原因"), gettext_lazy("在填报名单里打开没有报送的一户，可以登记拒报、无法联系、停产、迁出、注销。")
    ),
)


@require_GET
def excuses(request: HttpRequest) -> HttpResponse:
    """What was said of why firms do not report, and what waits for this office.

    Raises NotFound: the post does not look after a territory.
    """
    viewer = request.viewer
    rounds = rounds_asked(viewer, today=clock.today()) if viewer.reach is Reach.SUBTREE else []
    if viewer.reach is not Reach.SUBTREE:
        raise NotFound
    looking = looking_at(viewer, request.GET, rounds) if rounds else None
    region_id = looking.region.id if looking else viewer.region_id
    round_id = looking.round.round_id if looking and request.GET.get("round") else None

    def fetch(asked: Mapping[str, Any], sort: Sort, after: Key | None, limit: int) -> list[ExcuseRow]:
        return excuses_of_region(
            viewer, region_id, round_id=round_id, states=_words(RequestState, asked.get("state")),
            reasons=_words(ExcuseReason, asked.get("reason")), after=after[1] if after else None,
            backwards=not sort.descending, limit=limit,
        )

    def count(asked: Mapping[str, Any], most: int) -> int:
        return len(fetch(asked, LIST.sort, None, most))

    return LIST.respond(
        request, "cards/beside.html", fetch=fetch, count=count, asked_by=request.user.name,
        why=_("最近登记的在前"), context={
            "heading": _("未报原因"), "crumbs": [Crumb(_("填报"), reverse("cards:list")), Crumb(_("未报原因"))],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, round_id: UUID, subject_id: UUID) -> HttpResponse:
    """Say why a firm does not report.

    Raises NotFound: it is not asked, or not for this viewer. Raises NotYours: the post handles nothing.
    """
    require(request.viewer, Permission.HANDLE)
    one = obligation(request.viewer, round_id, subject_id, today=clock.today())
    back = reverse("cards:standing", args=[round_id, subject_id])
    asked = Asked(
        _("登记%(name)s %(round)s 未报原因") % {"name": one.subject_name, "round": one.round_name},
        _("拒报、无法联系当即记下，仍计入应报；停产停业、已迁出、已注销报划定名单的那一级办公室审批，同意后才核减。企业能看到这条登记。"),
        _("登记"), (Crumb(_("填报"), reverse("cards:list")), Crumb(one.subject_name, back), Crumb(_("未报原因"))),
    )

    def act(typed: Mapping[str, Any]) -> list[str]:
        said = ask_excuses([AskedExcuse(
            round_id=round_id, subject_id=subject_id, reason=typed["reason"], proof=typed["proof"],
            file_ids=tuple(typed["files"]), actor=request.viewer.actor("web"),
        )], now=clock.now())
        return [str(state) for _id, state in said]

    form = ExcuseForm(request.POST, gathered=gather(request)) if request.method == "POST" else ExcuseForm()
    return ask_once(request, asked, form, act, done=_("已登记。"), to=back)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, excuse_id: UUID) -> HttpResponse:
    """One excuse with its proof, and the decision of the office whose it is.

    Raises NotFound: there is none for this viewer.
    """
    one = excuse(request.viewer, excuse_id)
    asked = Asked(
        _("%(name)s %(round)s：%(reason)s") % {"name": one.subject_name, "round": one.round_name, "reason": one.reason.label},
        _("同意后这一户本期不再计入应报，各级采集率随之变动，并在每张表上单列核减。") if one.may_decide
        else _("由%s审批。") % one.decider, _("审批"),
        (Crumb(_("填报"), reverse("cards:list")), Crumb(_("未报原因"), reverse("cards:excuses")), Crumb(one.subject_name)),
        lines=_lines(one), files=one.files, more={"closed": not one.may_decide},
    )

    def act(typed: Mapping[str, Any]) -> list[str]:
        states = decide_excuses([ExcuseDecision(
            excuse_id=excuse_id, granted=typed["granted"] == "yes", words=typed["words"], actor=request.viewer.actor("web"),
        )], now=clock.now())
        return [str(state) for state in states]

    return ask_once(request, asked, DecisionForm(request.POST or None), act, done=_("已审批。"), to=request.path)


def _lines(one: ExcuseRow) -> tuple[tuple[str, str], ...]:
    lines = [(_("依据"), one.proof), (_("登记单位"), one.asked_in), (_("审批"), f"{one.state.label} · {one.decider}")]
    return (*lines, (_("审批说明"), one.decision)) if one.decision else tuple(lines)


def _words(words: Any, chosen: Any) -> list[Any]:
    return [words(chosen)] if chosen else []
