"""One card as an office reads it, and its review: accepting it, or giving it back with what must be mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhitong.domain.cards.actions import Acceptance, PassBack, Return, accept_cards, pass_back, return_cards
from zhitong.domain.cards.queries import CardEvent, OpenedCard, card, compared_with_last, flags_of_card
from zhitong.domain.cards.rules.kinds import CardFact, CardState
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.scope import NotYours, Viewer, require
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.cards.raised import raised_problems
from zhitong.web.cards.telling import MARK, markable_sections, told_files, told_sections
from zhitong.web.shell.components import Act, Crumb, Happening
from zhitong.web.shell.forms import PlainForm
from zhitong.web.shell.sending import key_of, new_key, send_once

NONE: Mapping[str, str] = {}


FIRM, BELOW = "firm", "below"


class ReturnForm(PlainForm):
    """To whom, and what must be mended or looked at again; the office below is offered where it passed the card on."""

    to = forms.ChoiceField(label=gettext_lazy("退回给"), widget=forms.RadioSelect, required=False)
    reason = forms.CharField(
        label=gettext_lazy("退回原因"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 4, "data-counted": 500}),
        help_text=gettext_lazy("写明哪一项、怎么改，例如：上缴税金应为1月至本月累计，单位万元。企业会看到这段话。只在下面按栏目写的，这里可以不写。"),
    )

    def __init__(self, *args: Any, found: OpenedCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not found.passed_by:
            del self.fields["to"]
            return
        below = (BELOW, _("%s，核对后重新通过或退回企业") % found.passed_by)
        choices = [(FIRM, _("企业，更正后重报")), below] if found.may_return else [below]
        cast(forms.ChoiceField, self.fields["to"]).choices = choices
        self.fields["to"].initial = choices[0][0]


@require_GET
def page(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """A card: what it says, as far as the viewer may see it, what it raised, and its review.

    Raises NotFound: it is not there for this viewer.
    """
    found = card(request.viewer, card_id, today=clock.today())
    context = {
        "card": found,
        "sections": told_sections(found.sections, compared_with_last(found)) if found.sections is not None else None,
        "files": told_files(found),
        "crumbs": [Crumb(_("填报"), reverse("cards:list")), Crumb(found.head.subject_name)],
        "raised": raised_problems(request.viewer, found.rows),
        "acts": _acts(request.viewer, found),
        "flags": flags_of_card(card_id) if request.viewer.may(Permission.DISPATCH) else [],
        "happenings": [_happening(event, event is found.events[-1]) for event in reversed(found.events)],
        "once_key": new_key(),
    }
    return render(request, "cards/page.html", context)


@require_POST
def accept(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Accept the card in the version that was looked at.

    Raises NotFound: it is not there for this viewer. Raises NotYours: the post does not review.
    """
    step = Acceptance(card_id=card_id, version=_version(request.GET), actor=request.viewer.actor("web"))
    try:
        send_once(request, lambda: accept_cards([step], now=clock.now()))
    except (NotFound, NotYours):
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("已审核通过。"))
    return redirect("cards:page", card_id)


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """The form of a return, and the return itself.

    Raises NotFound: the card is not there for this viewer. Raises NotYours: the post does not review.
    """
    require(request.viewer, Permission.DISPATCH)
    found = card(request.viewer, card_id, today=clock.today())
    if request.method != "POST":
        may = found.may_return or bool(found.passed_by)
        return _ask(
            request, found, ReturnForm(found=found), refusal="" if may else _why_not_return(found), status=200 if may else 409
        )
    form = ReturnForm(request.POST, found=found)
    form.is_valid()
    reason, to_below = form.cleaned_data.get("reason", ""), form.cleaned_data.get("to") == BELOW
    try:
        send_once(request, lambda: _give_back(request, card_id, reason, to_below=to_below))
    except (NotFound, NotYours):
        raise
    except BadInput as refusal:
        form.add_error("reason" if "reason" in refusal.fields else None, refusal.fields.get("reason", refusal.sentence))
        return _ask(request, found, form, troubles=refusal.fields, status=422)
    except Refused as refusal:
        return _ask(request, found, form, refusal=refusal.sentence, status=409)
    told = _("已退回%s核对。") % found.passed_by if to_below else _("已退回，企业首页会提示按原因更正重报。")
    messages.success(request, told)
    return redirect("cards:page", card_id)


def _give_back(request: HttpRequest, card_id: UUID, reason: str, *, to_below: bool) -> list[int]:
    """Give the card back as it was looked at, one level down or to the firm."""
    version, actor = _version(request.POST), request.viewer.actor("web")
    if to_below:
        return pass_back([PassBack(card_id=card_id, version=version, actor=actor, reason=reason)], now=clock.now())
    one = Return(card_id=card_id, version=version, actor=actor, reason=reason, marks=_marks(request))
    return return_cards([one], now=clock.now())


def _ask(
    request: HttpRequest, found: OpenedCard, form: ReturnForm, *, refusal: str = "", troubles: Mapping[str, str] = NONE,
    status: int = 200,
) -> HttpResponse:
    crumbs = [
        Crumb(_("填报"), reverse("cards:list")),
        Crumb(found.head.subject_name, reverse("cards:page", args=[found.head.id])), Crumb(_("退回")),
    ]
    context = {
        "card": found, "form": form, "refusal": refusal, "crumbs": crumbs, "once_key": key_of(request),
        "sections": markable_sections(found.sections or (), _marks(request), troubles),
    }
    return render(request, "cards/return.html", context, status=status)


def _marks(request: HttpRequest) -> dict[str, str]:
    """What was written beside fields, by their codes."""
    return {name.removeprefix(MARK): words for name, words in request.POST.items() if name.startswith(MARK)}


def _version(typed: Any) -> int:
    """The version that was looked at, from a form or an address."""
    text = typed.get("version", "")[:9]
    return int(text) if text.isascii() and text.isdigit() else -1


def _acts(viewer: Viewer, found: OpenedCard) -> list[Act]:
    """The review, for posts that review at all; what cannot be done now is given with its reason. For the firm its word."""
    if viewer.unit_id == found.head.reporter_unit_id:
        return own_acts(found)
    if not viewer.may(Permission.DISPATCH):
        return []
    head = found.head
    accept_url = f"{reverse('cards:accept', args=[head.id])}?version={head.version}"
    state = _("这张卡现为“%s”。") % head.state.label
    not_mine = _("现待%s审核。") % head.awaiting if head.awaiting else _("由%s及其上级办公室审核。") % head.collector
    return [
        Act(_("审核通过"), accept_url, found.may_accept, not_mine if head.awaiting and not found.may_accept else state,
            primary=True, method="post", icon="check"),
        Act(_("退回"), reverse("cards:return", args=[head.id]), found.may_return or bool(found.passed_by),
            _why_not_return(found), icon="arrow-back-up"),
    ]


def own_acts(found: OpenedCard) -> list[Act]:
    """What the firm itself may say to a card: to one filled in for it, and to one that is settled."""
    place = [found.head.id]
    acts = []
    if found.may_confirm:
        acts += [
            Act(_("内容属实，确认"), reverse("cards:confirm", args=place), primary=True, method="post", icon="check"),
            Act(_("有异议"), reverse("cards:dispute", args=place), icon="message-report"),
        ]
    if found.may_ask_correction:
        acts.append(Act(_("申请更正"), reverse("cards:ask_correction", args=place), icon="edit"))
    return acts


def _why_not_return(found: OpenedCard) -> str:
    head = found.head
    if head.locked_on < clock.today():
        return _("本期已经锁定，退回后企业无法重报。")
    if head.state not in (CardState.SUBMITTED, CardState.PASSED, CardState.ACCEPTED):
        return _("这张卡现为“%s”，不用退回。") % head.state.label
    return _("由%s及其上级办公室审核。") % head.collector


def _happening(event: CardEvent, newest: bool) -> Happening:
    act = _("更正重报") if event.is_correction and event.kind is CardFact.SUBMITTED else event.kind.label
    told = [
        *(_("%(label)s：%(before)s → %(after)s") % {"label": one.label, "before": one.before or "—", "after": one.after or "—"}
          for one in event.changes),
        *(_("%(label)s：%(reason)s") % {"label": label, "reason": reason} for label, reason in event.marks),
    ]
    note = "；".join(told)
    return Happening(event.at, act, f"{event.unit} {event.person}".strip(), event.reason, note, newest)
