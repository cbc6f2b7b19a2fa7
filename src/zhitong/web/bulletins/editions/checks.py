"""The check of figures at the screen: a unit confirms or objects, the office answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.bulletins.actions.editions import checking
from zhitong.domain.bulletins.queries.editions.page import EditionPage, edition_page
from zhitong.domain.bulletins.rules.kinds import CheckState
from zhitong.domain.bulletins.rules.way import EditionAct
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound
from zhitong.web.bulletins.editions import forms
from zhitong.web.bulletins.editions.showing import crumb_of, crumbs_of
from zhitong.web.shell.components import Crumb, Text
from zhitong.web.shell.forms import PlainForm
from zhitong.web.supervision.asking import Asking, respond


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Confirm the unit's figures. Raises NotFound: nothing of the unit stands in the paper."""
    form = forms.NothingForm(request.POST if request.method == "POST" else None)
    said = (_("确认无误"), _("确认后，本单位的数按现在这样印发；数字再有变化会重新请您核对。"), "circle-check")
    return _answer(request, edition_id, form, said, checking.confirm, _("已确认。"))


@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Object to the unit's figures. Raises NotFound: nothing of the unit stands in the paper."""
    form = forms.ObjectForm(request.POST if request.method == "POST" else None)
    said = (_("提出异议"), _("编发单位答复以前不能签发；印发以后提出的，属实的另发更正函，原件不改。"), "message-report")
    return _answer(request, edition_id, form, said, checking.object_to, _("异议已送编发单位。"))


def _answer(
    request: HttpRequest, edition_id: UUID, form: PlainForm, said: tuple[Text, Text, str], do: Callable[..., Any], done: Text
) -> HttpResponse:
    found = edition_page(request.viewer, edition_id, now=clock.now())
    if found.why_not_object == "":
        raise NotFound
    title, consequence, icon = said
    address = reverse("bulletins:edition", args=[edition_id])
    asking = Asking(
        title, consequence, title, icon, address, crumbs_of(crumb_of(found), Crumb(title)), closed=found.why_not_object or "",
        facts=[(one.label, f"{one.text}{one.unit}") for one in found.own],
    )

    def act() -> bool:
        do(edition_id=edition_id, actor=request.viewer.actor("web"), now=clock.now(), **form.cleaned_data)
        return True

    return respond(request, asking, form, act, done, lambda _answer: address)


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, edition_id: UUID, check_id: UUID) -> HttpResponse:
    """Answer an objection. Raises NotFound: there is none such in an edition of the viewer's office."""
    found = edition_page(request.viewer, edition_id, now=clock.now())
    check = next((one for one in found.checks if one.id == check_id), None)
    if check is None or not found.is_own:
        raise NotFound
    is_issued = found.row.issued_at is not None
    form = forms.SettleForm(request.POST if request.method == "POST" else None, is_issued=is_issued)
    address = reverse("bulletins:edition", args=[edition_id])
    closed = "" if check.state is CheckState.OBJECTED else _("这个单位的核对现在是“%s”，没有等答复的异议。") % check.state.label
    asking = Asking(
        _("答复异议"), _consequence(found), _("答复"), "send", address, crumbs_of(crumb_of(found), Crumb(_("答复异议"))),
        closed=closed, facts=[
            (_("单位"), check.unit), (_("异议"), check.words),
            *((one.label, f"{one.text}{one.unit}") for one in found.figures if one.unit_id == check.unit_id),
        ],
    )

    def act() -> bool:
        given = form.cleaned_data
        checking.settle(check_id=check_id, actor=request.viewer.actor("web"), now=clock.now(), **given)
        return bool(given["adopted"])

    correcting = reverse("bulletins:edition_act", args=[edition_id, EditionAct.CORRECT.value])
    return respond(
        request, asking, form, act, _("异议已答复。"), lambda adopted: correcting if adopted and is_issued else address
    )


def _consequence(found: EditionPage) -> str:
    if found.row.issued_at:
        return _("已经印发的文件不改；采纳的，接着起草更正函。")
    return _("采纳的，按同一截止时间重新统计，数字有变化的单位重新核对；维持的，说明理由。")
