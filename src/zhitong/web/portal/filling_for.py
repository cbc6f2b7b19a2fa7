"""代填: filling a card in for its firm, saying from what; the firm is asked to confirm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhitong.domain.cards.actions import Submission
from zhitong.domain.cards.actions.asking import ValuesRefused, WarningsUnconfirmed
from zhitong.domain.cards.queries import CardToFill, card_to_fill_for
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, require
from zhitong.domain.problems.actions.submitting import submit_card
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.portal.asked import card_form
from zhitong.web.portal.drawn import CardForm
from zhitong.web.portal.typed import Typed
from zhitong.web.portal.uploads import typed_with_files
from zhitong.web.shell.components import Crumb, Notice
from zhitong.web.shell.sending import key_of, send_once


@require_http_methods(["GET", "HEAD", "POST"])
def fill_for(request: HttpRequest, round_id: UUID, subject_id: UUID) -> HttpResponse:
    """Fill the card in for the firm, saying from what; the firm is asked to confirm.

    Raises NotFound: the viewer neither cares for the firm nor collects its card. Raises NotYours: the post handles nothing.
    """
    require(request.viewer, Permission.HANDLE)
    found = card_to_fill_for(request.viewer, round_id, subject_id, today=clock.today())
    if request.method != "POST":
        return _show(request, found, card_form(found))
    typed = typed_with_files(request, found.template)
    if request.POST.get("act") == "look":
        return _show(request, found, card_form(found, typed))
    if typed.refusals:
        notice = Notice(_("有文件没有收下，还没有代填。"), _("您填的内容都还在。"), "refused")
        return _show(request, found, card_form(found, typed), notice, status=422)
    try:
        send_once(request, lambda: _submit(request, found, typed))
    except (NotFound, NotYours):
        raise
    except Refused as refusal:
        return _refused(request, found, typed, refusal)
    messages.success(request, _("已代填，请企业在自己的页面上确认；确认以后才计入采集率。"))
    return redirect("cards:standing", round_id, subject_id)


def _submit(request: HttpRequest, found: CardToFill, typed: Typed) -> list[UUID]:
    asked_about = {*request.POST.get("asked_about", "").split(","), *typed.answers}
    sent = submit_card([Submission(
        round_id=found.round_id, subject_id=found.subject_id, version=_version(request, found),
        actor=request.viewer.actor("web"), values=typed.values, answers=typed.answers,
        confirmed=set(card_form(found, typed).warnings) <= asked_about, for_firm=request.POST.get("source", "") or " ",
    )], now=clock.now())
    return [one.card.card_id for one in sent]


def _version(request: HttpRequest, found: CardToFill) -> int:
    text = request.POST.get("version", "")[:9]
    return int(text) if text.isascii() and text.isdigit() else found.version


def _refused(request: HttpRequest, found: CardToFill, typed: Typed, refusal: Refused) -> HttpResponse:
    judges = isinstance(refusal, ValuesRefused | WarningsUnconfirmed)
    asks_yes = isinstance(refusal, WarningsUnconfirmed)
    notice = Notice(refusal.sentence, _("您填的内容都还在。"), "mind" if asks_yes else "refused")
    source = refusal.fields.get("source", "") if isinstance(refusal, BadInput) else ""
    form = card_form(found, typed, strict=judges)
    status = 422 if isinstance(refusal, BadInput) else 409
    return _show(request, found, form, notice, status=status, asks_yes=asks_yes, source_error=source)


def _show(
    request: HttpRequest, found: CardToFill, form: CardForm, notice: Notice | None = None, *, status: int = 200,
    asks_yes: bool = False, source_error: str = "",
) -> HttpResponse:
    back = reverse("cards:standing", args=[found.round_id, found.subject_id])
    context: dict[str, Any] = {
        "card": found, "form": form, "notice": notice, "asks_yes": asks_yes, "asked_about": ",".join(form.warnings),
        "source": request.POST.get("source", ""), "source_error": source_error, "back": back,
        "version": request.POST.get("version", found.version), "once_key": key_of(request),
        "crumbs": [Crumb(_("填报"), reverse("cards:list")), Crumb(found.subject_name, back), Crumb(_("代填"))],
    }
    return render(request, "portal/fill_for.html", context, status=status)
