"""Asking a service who somebody is: the address a browser is led to, the code it brings back, and the way out."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import httpx

from zhitong.kit import clock
from zhitong.kit.openid.calling import called
from zhitong.kit.openid.provider import keys_of, provider_of
from zhitong.kit.openid.shapes import Client, NotGenuine, Provider, Secrets, Told, Unreachable
from zhitong.kit.openid.tokens import genuine

_BYTES = 32


def drawn() -> Secrets:
    """The secrets of one asking."""
    return Secrets(*(secrets.token_urlsafe(_BYTES) for _secret in range(3)))


def address_to_ask(client: Client, asked: Secrets, *, back: str) -> str:
    """Where the browser goes to be known; it comes back to `back`. Raises Unreachable."""
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    return _with(provider_of(client.issuer).authorization, {
        "response_type": "code", "client_id": client.client_id, "redirect_uri": back, "scope": client.scope,
        "state": asked.state, "nonce": asked.nonce, "code_challenge_method": "S256",
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
    })  # fmt: skip


def told_for(client: Client, code: str, asked: Secrets, *, back: str) -> Told:
    """Who it is, for the code that the browser brought back; two calls, one more where keys or more claims are fetched.

    Raises Unreachable: the service does not answer. Raises NotGenuine: it does not take the code, or what it told is not to
    be relied on.
    """
    provider = provider_of(client.issuer)
    answer = _exchanged(provider, client, {
        "grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": asked.verifier,
    })  # fmt: skip
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise NotGenuine("no identity token came back")
    told = genuine(
        token, keys_of=lambda kid: keys_of(provider, kid), algorithms=provider.algorithms, client=client, nonce=asked.nonce,
        now=clock.world_now(),
    )
    return Told(told.issuer, told.subject, {**_more(provider.userinfo, answer, told.subject), **told.claims}, token)


def address_to_leave(client: Client, token: str, *, back: str) -> str:
    """Where the browser ends its sitting at the service too; empty where the service offers none. Raises Unreachable."""
    provider = provider_of(client.issuer)
    asked = {"id_token_hint": token, "client_id": client.client_id, "post_logout_redirect_uri": back}
    return _with(provider.end_session, asked) if provider.end_session else ""


def _exchanged(provider: Provider, client: Client, form: dict[str, str]) -> dict[str, Any]:
    """What a code is exchanged for. Raises Unreachable. Raises NotGenuine: the service did not give out this code to us."""
    try:
        if provider.secret_in_body:
            whole = {**form, "client_id": client.client_id, "client_secret": client.client_secret}
            return called("POST", provider.token, data=whole)
        # RFC 6749 2.3.1: both halves are encoded before they are put together
        halves = (quote(client.client_id, safe=""), quote(client.client_secret, safe=""))
        return called("POST", provider.token, data=form, auth=halves)
    except Unreachable as error:
        if error.status == httpx.codes.BAD_REQUEST:
            raise NotGenuine("the service does not take the code") from error
        raise


def _more(address: str, answer: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
    """What the service tells of the person beside the token. Raises NotGenuine: it tells of another."""
    access = answer.get("access_token")
    if not address or not isinstance(access, str):
        return {}
    told = called("GET", address, headers={"Authorization": f"Bearer {access}"})
    if told.get("sub") != subject:
        raise NotGenuine("the service tells of somebody else")
    return told


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
