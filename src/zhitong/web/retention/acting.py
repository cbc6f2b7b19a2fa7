"""Changing a term, holding back and letting go, and erasing a person: each a page that says what follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import require
from zhitong.domain.retention.actions.erasing import ask_to_erase
from zhitong.domain.retention.actions.holding import hold_back, release
from zhitong.domain.retention.actions.ruling import set_term
from zhitong.domain.retention.queries.holds import hold_opened
from zhitong.domain.retention.queries.terms import may_set_terms, terms_in_force
from zhitong.domain.retention.rules.words import HoldKind, KeptKind
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.problems.fields import DayField, ProseField, WordField
from zhitong.web.retention.views import keepers_only
from zhitong.web.shell.asking import Once
from zhitong.web.shell.components import Crumb
from zhitong.web.shell.forms import PlainForm

ASKS = require_http_methods(["GET", "HEAD", "POST"])


class TermForm(PlainForm):
    """How long a kind is kept, and why it changes."""

    months = forms.IntegerField(label=gettext_lazy("保存几个月"), min_value=0, max_value=9999)
    reason = ProseField(gettext_lazy("调整的理由和依据"), gettext_lazy("例如：省里某号文件第几条"), rows=2, max_length=200)


class HoldForm(PlainForm):
    """What is held back, until when, and for whom."""

    kind = WordField(HoldKind, gettext_lazy("保留什么"))
    named = ProseField(
        gettext_lazy("统一社会信用代码，或登录名"), gettext_lazy("服务对象填代码，人员填登录名，须与来函一致"), rows=1, max_length=60
    )
    until = DayField(label=gettext_lazy("保留到哪天（当天仍保留）"))
    reason = ProseField(gettext_lazy("哪个机关、因什么事要求保留"), gettext_lazy("例如：审计局函，延伸审计"), rows=2, max_length=200)


class EraseForm(PlainForm):
    """Who asks to be erased."""

    login = ProseField(gettext_lazy("登录名"), gettext_lazy("本人的登录名，须先核对身份"), rows=1, max_length=60)
    reason = ProseField(
        gettext_lazy("本人何时、怎样提出"), gettext_lazy("例如：9月14日当面书面申请。不写姓名和电话"), rows=2, max_length=200
    )


@ASKS
def change(request: HttpRequest, kind: str) -> HttpResponse:
    """Set a term. Raises NotFound: there is no such kind, or the viewer does not set terms."""
    viewer = keepers_only(request)
    held = next((one for one in terms_in_force() if str(one.term.kind) == kind), None)
    if held is None or not may_set_terms(viewer):
        raise NotFound
    form = TermForm(request.POST or None, initial={"months": held.months})
    told = _("从下一次清理起按新期限，%(since)s起算；已经清理的不能恢复。不得少于%(floor)s个月：%(why)s。") % {
        "since": held.term.since, "floor": held.term.floor, "why": held.term.why,
    }
    page = _page("terms", _("保存期限"), _("调整期限：%s") % held.term.kind.label, _("调整"), told, _("已调整。"))
    return page.respond(request, form, lambda: set_term(
        viewer, kind=KeptKind(kind), **form.cleaned_data, actor=viewer.actor("web"), now=clock.now()
    ))


@ASKS
def hold_one(request: HttpRequest) -> HttpResponse:
    """Hold something back. Raises NotYours: the post does not keep the security."""
    viewer = keepers_only(request)
    require(viewer, Permission.GUARD)
    form = HoldForm(request.POST or None)
    told = _("保留期内，这个对象的记录到期也不清理，人员也不能删除；最后一天过后自动恢复。")
    page = _page("holds", _("保留"), _("设定保留"), _("设定保留"), told, _("已设定保留。"))
    return page.respond(request, form, lambda: str(hold_back(
        viewer, **form.cleaned_data, actor=viewer.actor("web"), now=clock.now()
    )))


@ASKS
def release_one(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Let a hold go. Raises NotYours. Raises NotFound: it is over, or lies elsewhere."""
    viewer = keepers_only(request)
    require(viewer, Permission.GUARD)
    found = hold_opened(viewer, hold_id, clock.today())
    told = _("已经到期的记录，下一次清理时就会清理，不能恢复。")
    page = _page("holds", _("保留"), _("解除保留：%s") % found.name, _("解除"), told, _("已解除保留。"))
    return page.respond(request, PlainForm(request.POST or None), lambda: release(
        viewer, hold_id, actor=viewer.actor("web"), now=clock.now()
    ))


@ASKS
def erase_one(request: HttpRequest) -> HttpResponse:
    """Erase a person. Raises NotYours: the post does not administer."""
    viewer = keepers_only(request)
    require(viewer, Permission.ADMINISTER)
    form = EraseForm(request.POST or None)
    told = _(
        "账号立即停用，姓名、登录名、电话、登录资料随即删除，不能恢复；办过的事和留痕保留，姓名处显示“已删除人员”和编号。已印发的文件不改。"
    )
    page = _page("erasures", _("删除个人信息"), _("受理删除"), _("受理并删除"), told, _("已受理，编号%s。"))

    def act() -> Any:
        return ask_to_erase(viewer, **form.cleaned_data, actor=viewer.actor("web"), now=clock.now())

    return page.respond(request, form, act)


def _page(back: str, above: str, title: str, button: str, consequence: str, done: str) -> Once:
    to = reverse(f"retention:{back}")
    return Once(title, button, consequence, done, to, [Crumb(above, to), Crumb(title)])
