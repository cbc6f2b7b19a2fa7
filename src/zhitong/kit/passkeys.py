"""Passkeys (W3C Web Authentication): what a browser is asked, and whether what it answers is genuine. Knows no people.

The checks are those of the library; here stands what we ask of every key: that it can be found without a name, and that its
device looks who holds it (by fingerprint, face or number), each time.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import options_to_json_dict, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

CHALLENGE_BYTES, WAIT_MS = 32, 120_000
LONGEST_CREDENTIAL = 1023
"""In bytes. Source: W3C Web Authentication Level 3, 4 (Credential ID)."""
_VERIFIED = UserVerificationRequirement.REQUIRED
_BROKEN = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
"""What the library raises of an answer that is not one, or not genuine: hostile bytes end in many ways."""


class NotGenuine(Exception):
    """An answer is broken, or was not given here, now, by this key; the text is for the log, not for people."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where keys hold: under one origin, as browsers see it."""

    name: str
    origin: str

    @property
    def rp_id(self) -> str:
        """The host that browsers bind keys to."""
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a key is made for: `handle` tells the device's own list apart and nothing of the person."""

    handle: bytes
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class MadeKey:
    """What is kept of a new key: its public half, and how often the device says it was used."""

    credential: bytes
    public_key: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Which key an answer says it comes from, and for whom; nothing of it is proved yet."""

    credential: bytes
    handle: bytes | None


def challenge_drawn() -> bytes:
    """What only an answer given now can be signed with."""
    return secrets.token_bytes(CHALLENGE_BYTES)


def asked_to_make(site: Site, challenge: bytes, holder: Holder, *, known: Sequence[bytes]) -> dict[str, Any]:
    """What a browser is told that shall make a key; devices that hold a `known` one make no second."""
    return options_to_json_dict(webauthn.generate_registration_options(
        rp_id=site.rp_id, rp_name=site.name, user_id=holder.handle, user_name=holder.login, user_display_name=holder.name,
        challenge=challenge, timeout=WAIT_MS, exclude_credentials=_described(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, require_resident_key=True, user_verification=_VERIFIED
        ),
    ))


def asked_to_show(site: Site, challenge: bytes, *, known: Sequence[bytes]) -> dict[str, Any]:
    """What a browser is told that shall show a key: one of the `known`, or where none is named any it has for us."""
    return options_to_json_dict(webauthn.generate_authentication_options(
        rp_id=site.rp_id, challenge=challenge, timeout=WAIT_MS, allow_credentials=_described(known), user_verification=_VERIFIED,
    ))


def made_key(answer: str, site: Site, challenge: bytes) -> MadeKey:
    """The key that a browser made. Raises NotGenuine."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.rp_id, expected_origin=site.origin,
            require_user_verification=True,
        )
    except _BROKEN as error:
        raise NotGenuine(str(error)) from error
    if len(made.credential_id) > LONGEST_CREDENTIAL:
        raise NotGenuine("the name of the key is too long")
    return MadeKey(made.credential_id, made.credential_public_key, made.sign_count)


def claim_in(answer: str) -> Claim:
    """Which key an answer speaks of. Raises NotGenuine: it is none."""
    try:
        said = parse_authentication_credential_json(answer)
    except _BROKEN as error:
        raise NotGenuine(str(error)) from error
    return Claim(said.raw_id, said.response.user_handle)


def shown_count(answer: str, site: Site, challenge: bytes, *, public_key: bytes) -> int:
    """How often the device says that a key was used, when the answer is the key's own; the caller compares. Raises NotGenuine."""
    try:
        shown = webauthn.verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.rp_id, expected_origin=site.origin,
            credential_public_key=public_key, credential_current_sign_count=0, require_user_verification=True,
        )
    except _BROKEN as error:
        raise NotGenuine(str(error)) from error
    return shown.new_sign_count


def _described(known: Sequence[bytes]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=one) for one in known]
