"""What a page tells the browser's script of a passkey to be made or shown, and the form in which its answer comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhitong.domain.accounts.actions.passkeys import NotProved
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.queries.passkeys import credentials_bound, holder_of, offers_passkeys, site
from zhitong.kit.passkeys import asked_to_make, asked_to_show
from zhitong.web.accounts.challenges import Purpose, begun, taken
from zhitong.web.shell.coming import Coming
from zhitong.web.shell.forms import PlainForm

MOST_SIGNS = 16_000
MAKE, SHOW = "make", "show"


class KeyForm(PlainForm):
    """What the device answered; the script writes it in."""

    answer = forms.CharField(
        max_length=MOST_SIGNS, strip=False, widget=forms.HiddenInput,
        error_messages={"required": _("没有收到通行密钥的应答，请再按一次按钮。"), "max_length": _("通行密钥的应答太长，请重新开始。")},
    )


@dataclass(frozen=True, slots=True)
class KeyAsked:
    """One asking: `act` is make or show, `told` what the browser is told, `starts` by itself as the page opens."""

    act: str
    action: str
    told: dict[str, Any]
    form: KeyForm
    starts: bool = False
    onward: str = ""


def to_come_in(request: HttpRequest, form: KeyForm, *, onward: str) -> KeyAsked:
    """Ask for any passkey the device has for us; it starts at once where nothing went wrong before."""
    told = asked_to_show(site(), begun(request, Purpose.COME_IN), known=[])
    return KeyAsked(SHOW, reverse("accounts:by_passkey"), told, form, starts=not form.is_bound, onward=onward)


def to_prove(request: HttpRequest, coming: Coming, form: KeyForm) -> KeyAsked | None:
    """Ask for a passkey of who is on the way in; None where he has none, or the installation takes none any longer."""
    with known_as(coming.person_id):
        known = credentials_bound(coming.person_id)
    if not known or not offers_passkeys():
        return None
    challenge = begun(request, Purpose.PROVE, whom=coming.person)
    return KeyAsked(SHOW, reverse("accounts:prove_passkey"), asked_to_show(site(), challenge, known=known), form)


def to_bind(request: HttpRequest, person_id: UUID, form: KeyForm, *, name: str, action: str) -> KeyAsked:
    """Ask for a new passkey of a person; devices that hold one of his make no second."""
    challenge = begun(request, Purpose.BIND, whom=str(person_id), name=name)
    with known_as(person_id):
        known = credentials_bound(person_id)
    return KeyAsked(MAKE, action, asked_to_make(site(), challenge, holder_of(person_id), known=known), form)


def answered(request: HttpRequest, purpose: Purpose, *, whom: str = "") -> tuple[bytes, str]:
    """The challenge that an answer must bear, and the name. Raises NotProved: none was given, it was used, or it is too old."""
    found = taken(request, purpose, whom=whom)
    if found is None:
        raise NotProved
    return found
