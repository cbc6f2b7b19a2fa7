"""Coming in: signing in by a code to one's phone, and taking the seat of an invitation."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhitong.domain.accounts.rules.words import Way
from zhitong.domain.entry.actions.codes import count_try, person_by_code, send_code
from zhitong.domain.entry.actions.joining import InvitationClosed, Joining, join
from zhitong.domain.entry.queries.links import invitation_opened
from zhitong.domain.entry.rules.inviting import WHY_CLOSED
from zhitong.domain.entry.rules.kinds import InvitationState
from zhitong.kit import clock
from zhitong.kit.refusals import BadInput, NotFound, Refused
from zhitong.web.entry.forms import JoinForm, PhoneSignInForm
from zhitong.web.entry.messaging import Outbox
from zhitong.web.shell.coming import come_in, onward
from zhitong.web.shell.ways import Offered, with_onward

SEND, ENTER = "send", "enter"


def offered(request: HttpRequest) -> list[Offered]:
    """What the sign-in page says of this way."""
    return [Offered(_("用手机验证码登录"), with_onward(reverse("entry:by_phone"), request))]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_phone(request: HttpRequest) -> HttpResponse:
    """Sign in with a phone: one step asks for a code, the next uses it."""
    if request.user.is_authenticated:
        return redirect(onward(request))
    form = PhoneSignInForm(request.POST or None)
    told = _Told()
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == SEND:
            told = _sent(form)
        else:
            try:
                count_try(form.cleaned_data["phone"])
                person = person_by_code(form.cleaned_data["phone"], form.cleaned_data["code"], now=clock.now())
            except BadInput as refused:
                _beside(form, refused)
            else:
                return come_in(request, person, Way.PHONE)
    return render(request, "entry/by_phone.html", {
        "form": form, "told": told, "next": request.POST.get("next", request.GET.get("next", "")),
    }, status=422 if form.errors else 200)  # fmt: skip


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: HttpRequest, link: str) -> HttpResponse:
    """Take the seat of an invitation: prove a phone, perhaps set a password, and be in.

    Who is signed in already takes it for himself on the way out and in again, never for the one who sits there.
    """
    try:
        with transaction.atomic():
            offer = invitation_opened(link, today=clock.today())
    except NotFound as refused:
        return render(request, "entry/closed.html", {"why": refused.sentence}, status=404)
    if offer.state is not InvitationState.OPEN:
        return render(request, "entry/closed.html", {"offer": offer, "why": WHY_CLOSED[offer.state]}, status=410)
    form = JoinForm(request.POST or None, named=offer.name)
    told = _Told()
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == SEND:
            told = _sent(form)
        elif person := _joined(form, link):
            return come_in(request, person, Way.INVITATION)
    return render(
        request, "entry/join.html", {"offer": offer, "form": form, "told": told}, status=422 if form.errors else 200
    )


class _Told:
    """What a page says of a code on its way: that it went out, what a demonstration shows, or why it did not."""

    def __init__(self, *, is_sent: bool = False, shown: str = "", refusal: str = "") -> None:
        self.is_sent, self.shown, self.refusal = is_sent, shown, refusal


def _sent(form: PhoneSignInForm) -> _Told:
    """Send a code to the phone written; a number that is none is said beside the field."""
    outbox = Outbox()
    try:
        send_code(form.cleaned_data["phone"], messenger=outbox, now=clock.now())
        return _Told(is_sent=True, shown=outbox.deliver())
    except BadInput as refused:
        _beside(form, refused)
        return _Told()
    except Refused as refused:
        return _Told(refusal=refused.sentence)


def _joined(form: JoinForm, link: str) -> UUID | None:
    typed = form.cleaned_data
    try:
        count_try(typed["phone"])
        return join(
            Joining(
                link=link, name=typed.get("name", ""), phone=typed["phone"], code=typed["code"], password=typed["password"]
            ),
            request_id=None, now=clock.now(),
        )
    except BadInput as refused:
        _beside(form, refused)
    except (InvitationClosed, Refused) as refused:
        form.add_error(None, refused.sentence)
    return None


def _beside(form: PhoneSignInForm, refused: BadInput) -> None:
    for name, sentence in (refused.fields or {"": refused.sentence}).items():
        form.add_error(name if name in form.fields else None, sentence)
