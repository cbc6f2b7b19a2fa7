"""What makes an identity token genuine: its signature, whose it is, for whom, for which asking, and until when."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key

from zhitong.kit.openid.shapes import Client, NotGenuine, Told

SKEW = timedelta(seconds=60)
"""So far the clocks of two machines may be apart."""
FRESH = timedelta(minutes=10)
"""A token is made for one asking, a moment ago."""
LONGEST_SUBJECT = 255
KeysOf = Callable[[str | None], Sequence[Key]]


def genuine(token: str, *, keys_of: KeysOf, algorithms: Sequence[str], client: Client, nonce: str, now: datetime) -> Told:
    """Who a token says somebody is, after everything about it was checked; `now` is the world's time.

    Raises NotGenuine: with what is wrong. Source: OpenID Connect Core 1.0, 3.1.3.7.
    """
    claims = _signed(token, keys_of, algorithms)
    for trouble in (_address_trouble(claims, client), _time_trouble(claims, now)):
        if trouble:
            raise NotGenuine(trouble)
    said = claims.get("nonce")
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), nonce.encode()):
        raise NotGenuine("the nonce is not the one that was sent")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise NotGenuine("there is no subject")
    return Told(client.issuer, subject, claims, token)


def _signed(token: str, keys_of: KeysOf, algorithms: Sequence[str]) -> Mapping[str, Any]:
    """The claims of a token that one of the keys has signed."""
    try:
        header = jws.extract_compact(token.encode()).protected
    except (JoseError, ValueError) as error:
        raise NotGenuine("this is no token") from error
    algorithm, kid = header.get("alg"), header.get("kid")
    if algorithm not in algorithms:
        raise NotGenuine(f"it is signed by {algorithm!r}, not by {', '.join(algorithms)}")
    for key in keys_of(kid if isinstance(kid, str) else None):
        try:
            return jwt.decode(token, key, algorithms=[str(algorithm)]).claims
        except (JoseError, ValueError, TypeError):
            continue
    raise NotGenuine("none of the service's keys has signed it")


def _address_trouble(claims: Mapping[str, Any], client: Client) -> str:
    """What is wrong with by whom and for whom it is; empty when nothing is."""
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if claims.get("iss") != client.issuer:
        return f"it is issued by {claims.get('iss')!r}"
    if client.client_id not in audiences:
        return f"it is for {audience!r}"
    if len(audiences) > 1 and "azp" not in claims:
        return "it is for several and does not say by whom it was asked"
    return "" if claims.get("azp", client.client_id) == client.client_id else f"it was asked by {claims['azp']!r}"


def _time_trouble(claims: Mapping[str, Any], now: datetime) -> str:
    """What is wrong with its times; empty when nothing is."""
    until, made, since = (claims.get(name) for name in ("exp", "iat", "nbf"))
    here = now.timestamp()
    if not _is_number(until) or not _is_number(made) or not (since is None or _is_number(since)):
        return "it does not say when it was made and until when it holds"
    if until <= here - SKEW.total_seconds():
        return "it has expired"
    if made > here + SKEW.total_seconds() or (since is not None and since > here + SKEW.total_seconds()):
        return "it is of the future"
    return "it was made long ago" if made < here - FRESH.total_seconds() else ""


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
