"""Challenges that a browser was given for its passkeys: kept in its session, one for each purpose, taken out once, for a few minutes."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from django.http import HttpRequest

from zhitong.kit import clock
from zhitong.kit.passkeys import challenge_drawn

_KEPT = "passkeys_asked"
HOLDS = timedelta(minutes=5)


class Purpose(Enum):
    """What a passkey is asked for."""

    COME_IN = "come_in"
    PROVE = "prove"
    BIND = "bind"


def begun(request: HttpRequest, purpose: Purpose, *, whom: str = "", name: str = "") -> bytes:
    """Draw a challenge; one given before for this purpose holds no more.

    `whom` is whose key is asked for (an id, empty where the key itself says), `name` how a new one will be called.
    """
    challenge = challenge_drawn()
    asked = [challenge.hex(), clock.world_now().timestamp(), whom, name]
    request.session[_KEPT] = {**_all(request), purpose.value: asked}
    return challenge


def taken(request: HttpRequest, purpose: Purpose, *, whom: str = "") -> tuple[bytes, str] | None:
    """The challenge for this purpose and this person, with the name; used up by this, and None when there is none or too old."""
    rest = _all(request)
    found = rest.pop(purpose.value, None)
    if found is None:
        return None
    request.session[_KEPT] = rest
    challenge, since, for_whom, name = found
    is_late = clock.world_now().timestamp() - since > HOLDS.total_seconds()
    return None if is_late or for_whom != whom else (bytes.fromhex(challenge), name)


def _all(request: HttpRequest) -> dict[str, list[object]]:
    kept = request.session.get(_KEPT)
    return dict(kept) if isinstance(kept, dict) else {}
