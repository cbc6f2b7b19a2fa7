"""Filling in a card: the form, its draft, its checks field by field, sending it, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.cards.actions import Drafting, SavedDraft, Submission, save_drafts
from zhitong.domain.cards.actions.asking import CardMoved, ValuesRefused, WarningsUnconfirmed
from zhitong.domain.cards.queries import CardToFill, MergedCard, OpenedCard, card, merged_card_for_filling
from zhitong.domain.cards.rules.kinds import ObligationState
from zhitong.domain.history.actions import KeyUsed
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.submitting import submit_card
from zhitong.kit import clock
from zhitong.kit.refusals import NotFound, Refused
from zhitong.web.cards.raised import raised_problems
from zhitong.web.cards.reviewing import own_acts
from zhitong.web.cards.telling import told_files, told_sections
from zhitong.web.portal.asked import card_form, related
from zhitong.web.portal.drawn import CardForm
from zhitong.web.portal.origin import origin_of
from zhitong.web.portal.typed import Typed
from zhitong.web.portal.uploads import typed_with_files
from zhitong.web.shell.components import Notice
from zhitong.web.shell.sending import key_of, new_key, send_once

VERSION_HEADER = "Zhitong-Version"
_DIGITS = 10


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The form of a round's card, or what became of it once it is sent.

    Raises NotFound: the round does not ask the viewer's subject, or is not open yet.
    """
    found = merged_card_for_filling(request.viewer, round_id, today=clock.today())
    if request.method == "POST":
        return _WAYS.get(_asked_act(request), _send)(request, found, typed_with_files(request, found.card.template))
    if found.card.state is ObligationState.SUBMITTED or not found.card.may_submit:
        return _show_sent(request, found.card)
    return _show(request, found, card_form(found.card))


@require_GET
def correct(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The form of a card already sent, to be sent again with what was wrong put right."""
    found = merged_card_for_filling(request.viewer, round_id, today=clock.today())
    if not found.card.may_submit:
        return redirect("portal:fill", round_id)
    return _show(request, found, card_form(found.card))


@require_POST
def draft(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Keep what is being typed; answers with a sentence, and the version that the form carries on with."""
    found = merged_card_for_filling(request.viewer, round_id, today=clock.today())
    typed = typed_with_files(request, found.card.template)
    try:
        saved = _save(request, found, typed)
    except NotFound:
        raise
    except Refused as refusal:
        return HttpResponse(_first_sentence(refusal), content_type="text/plain; charset=utf-8")
    answer = HttpResponse(_saved_words(_("已自动保存"), card_form(found.card, typed)), content_type="text/plain; charset=utf-8")
    answer[VERSION_HEADER] = ".".join(str(one.version) for one in saved)
    return answer


@require_POST
def check_field(request: HttpRequest, round_id: UUID, name: str) -> HttpResponse:
    """What is to say of a field one leaves, and of those compared with it.

    Raises NotFound: the card has no such field.
    """
    found = merged_card_for_filling(request.viewer, round_id, today=clock.today())
    form = card_form(found.card, typed_with_files(request, found.card.template))
    asked = form.named(name)
    if asked is None:
        return HttpResponse(status=204)
    others = [other for code in related(name, found.card.template) if (other := form.named(code)) and other.written.strip()]
    return render(request, "portal/said.html", {"asked": asked, "others": others})


def _asked_act(request: HttpRequest) -> str:
    """The button pressed; a row is dropped by the button of its own name."""
    if any(name.startswith("drop.") for name in request.POST):
        return "drop_row"
    return request.POST.get("act", "send")


def _add_row(request: HttpRequest, found: MergedCard, typed: Typed) -> HttpResponse:
    return _show(request, found, card_form(found.card, typed, more_rows=1))


def _look_again(request: HttpRequest, found: MergedCard, typed: Typed) -> HttpResponse:
    return _show(request, found, card_form(found.card, typed))


def _keep(request: HttpRequest, found: MergedCard, typed: Typed) -> HttpResponse:
    """Keep the draft by its button, then show the form as it is kept."""
    if not found.card.may_draft:
        return _look_again(request, found, typed)
    try:
        _save(request, found, typed)
    except (NotFound, NotYours):
        raise
    except Refused as refusal:
        return _refused(request, found, typed, refusal)
    messages.success(request, _saved_words(_("草稿已保存"), card_form(found.card, typed)))
    return redirect("portal:fill", found.card.round_id)


def _send(request: HttpRequest, found: MergedCard, typed: Typed) -> HttpResponse:
    """Send the card once for this form; refused, the form comes back with everything typed and what to mend."""
    if typed.refusals:
        notice = Notice(_("有文件没有收下，卡片还没有报送。"), _("您填的内容都还在。"), "refused")
        return _show(request, found, card_form(found.card, typed), notice, status=422)
    try:
        answer, is_new = send_once(request, lambda: _submit(request, found, typed))
    except (NotFound, NotYours):
        raise
    except Refused as refusal:
        return _refused(request, found, typed, refusal)
    messages.success(request, _sent_words(answer["problems"], is_new=is_new))
    return redirect("portal:fill", found.card.round_id)


_WAYS = {"send": _send, "save": _keep, "add_row": _add_row, "drop_row": _look_again, "look": _look_again}


def _submit(request: HttpRequest, found: MergedCard, typed: Typed) -> dict[str, Any]:
    answered = {*request.POST.get("asked_about", "").split(","), *typed.answers}
    confirmed = set(card_form(found.card, typed).warnings) <= answered
    sent = submit_card([
        Submission(
            round_id=one.round_id, subject_id=one.subject_id, version=version, actor=request.viewer.actor("web"),
            values=found.merged.parted(typed.values, place), rows=() if place else typed.rows, confirmed=confirmed,
            answers=found.merged.parted(typed.answers, place), origin=origin_of(request),
        )
        for place, (one, version) in enumerate(_versions(request, found))
    ], now=clock.now())
    return {"card": sent[0].card.card_id, "cards": len(sent), "problems": len(sent[0].problems)}


def _save(request: HttpRequest, found: MergedCard, typed: Typed) -> list[SavedDraft]:
    return save_drafts([
        Drafting(
            round_id=one.round_id, subject_id=one.subject_id, version=version, actor=request.viewer.actor("web"),
            values=found.merged.parted(typed.values, place), rows=() if place else typed.rows,
        )
        for place, (one, version) in enumerate(_versions(request, found))
    ], now=clock.now())


def _versions(request: HttpRequest, found: MergedCard) -> list[tuple[CardToFill, int]]:
    """The parts of the card, each with the version that the form was opened at; -1 is none at all."""
    typed = request.POST.get("version", "")[:99].split(".")
    versions = [int(one) if one.isascii() and one.isdigit() and len(one) < _DIGITS else -1 for one in typed]
    if len(versions) != len(found.parts):
        versions = [-1] * len(found.parts)
    return list(zip(found.parts, versions, strict=True))


def _refused(request: HttpRequest, found: MergedCard, typed: Typed, refusal: Refused) -> HttpResponse:
    """The form again: what is wrong beside its fields, what is odd with a way to say yes, or why it cannot be done."""
    judges = isinstance(refusal, ValuesRefused | WarningsUnconfirmed)
    form = card_form(found.card, typed, strict=judges)
    if not judges:
        words = {
            CardMoved: _("您填的内容都还在下面。不刷新的话，核对后再点一次，就以您这里的内容为准。"),
            KeyUsed: _("您这次填的内容还在下面。要更正已报送的卡片，核对后请再报送一次。"),
        }
        notice = Notice(refusal.sentence, words.get(type(refusal), ""), "refused")
        return _show(request, found, form, notice, status=409)
    kind = "mind" if isinstance(refusal, WarningsUnconfirmed) else "refused"
    notice = Notice(refusal.sentence, _("您填的内容都还在。"), kind)
    return _show(request, found, form, notice, status=422, asks_yes=kind == "mind")


def _show(
    request: HttpRequest, found: MergedCard, form: CardForm, notice: Notice | None = None, *, status: int = 200,
    asks_yes: bool = False,
) -> HttpResponse:
    context = {
        "card": found.card,
        "parts": found.parts,
        "kept_as": _kept_as(request, found.card),
        "form": form,
        "version": request.POST.get("version") if request.method == "POST" and status != 409 else found.version,
        "notice": notice,
        "raised": raised_problems(request.viewer, found.card.rows),
        "asks_yes": asks_yes,
        "asked_about": ",".join(form.warnings),
        "once_key": new_key() if notice and status == 409 else key_of(request),
        "may_add": len(form.rows) < found.card.template.problems.most,
    }
    return render(request, "portal/fill.html", context, status=status)


def _show_sent(request: HttpRequest, found: CardToFill) -> HttpResponse:
    opened: OpenedCard | None = None
    if found.card_id and found.submitted_at:
        opened = card(request.viewer, found.card_id, today=clock.today())
    context = {
        "card": found,
        "kept_as": _kept_as(request, found),
        "opened": opened,
        "sections": told_sections(opened.sections or ()) if opened else (),
        "files": told_files(opened) if opened else (),
        "own_acts": own_acts(opened) if opened else (),
        "once_key": new_key(),
        "is_accepted": found.state is ObligationState.ACCEPTED,
        "raised": raised_problems(request.viewer, found.rows),
    }
    return render(request, "portal/sent.html", context)


def _kept_as(request: HttpRequest, found: CardToFill) -> str:
    """The name under which a browser keeps what could not be saved: another person on the same phone has another."""
    return f"{found.round_id}.{request.viewer.person_id}"


def _saved_words(done: str, form: CardForm) -> str:
    said = f"{done} {clock.now().astimezone(clock.SHANGHAI):%H:%M}"
    return said + (_(" · 还差 %d 项") % form.left if form.left else "")


def _sent_words(problems: int, *, is_new: bool) -> str:
    said = _("已报送。您写的 %d 个问题已同时提交，去向和时限在下面。") % problems if problems else _("已报送。")
    return said if is_new else _("这张卡刚才已经报送，没有重复提交。%s") % said


def _first_sentence(refusal: Refused) -> str:
    """For the line at the foot: what was refused, at most the first of many reasons."""
    fields = getattr(refusal, "fields", {})
    return _("没有自动保存。%s") % next(iter(fields.values()), refusal.sentence)
