"""Who calls: the client behind a key or a token, as the viewer it is; and how often it has called."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import connection

from zhitong.domain.organisations.queries import token_digest
from zhitong.domain.organisations.queries.acting_posts import viewer_of_post
from zhitong.domain.organisations.rules.rights import Permission
from zhitong.domain.organisations.rules.viewer import Viewer
from zhitong.domain.systems.rules.clients import KEY_START, TOKEN_LIVES, TOKEN_START, RateClass, comes_from
from zhitong.kit.refusals import Refused

_SALT = "zhitong.systems.token"
SECONDS_IN_MINUTE = 60


class TooManyCalls(Refused):
    """The client has called as often in this minute as its rate class allows. Doors answer 429."""

    def __init__(self, most: int, wait_seconds: int) -> None:
        super().__init__(f"这个系统每分钟最多调用{most}次，这一分钟已经用完。请{wait_seconds}秒后再试；经常不够的，请管理员调整调用等级。")
        self.wait_seconds = wait_seconds


def is_of_client(secret: str) -> bool:
    """Whether a secret is a client's key or token, by how it begins; keys of people begin otherwise."""
    return secret.startswith((KEY_START, TOKEN_START))


def client_calling(secret: str, *, address: str, now: datetime) -> Viewer | None:
    """The viewer that a client is with this key or token (two queries), its call counted.

    None: the key is unknown, ended or expired, the client or its post has ended, or it calls from elsewhere.
    Raises TooManyCalls.
    """
    known = _known(secret, now)
    if known is None:
        return None
    _client, _key, person_id, post_id, rights, addresses, rate, calls = known
    if not comes_from(address, addresses):
        return None
    if calls > RateClass(rate).most:
        raise TooManyCalls(RateClass(rate).most, SECONDS_IN_MINUTE - now.second)
    viewer = viewer_of_post(post_id, person_id)
    return replace(viewer, permissions=viewer.permissions & {Permission(one) for one in rights}) if viewer else None


def token_for(secret: str, *, client_id: UUID, address: str, now: datetime) -> str | None:
    """A short-lived token for whoever names a client and one of its keys; None when the two are not known together.

    The token names the key: it ends with it, and after TOKEN_LIVES in any case. Raises TooManyCalls.
    """
    known = _known(secret, now) if secret.startswith(KEY_START) else None
    if known is None or known[0] != client_id or client_calling(secret, address=address, now=now) is None:
        return None
    return TOKEN_START + signing.dumps(str(known[1]), salt=_SALT)


def _known(secret: str, now: datetime) -> tuple[UUID, UUID, UUID, UUID, list[str], list[str], str, int] | None:
    digest, key_id = token_digest(secret), None
    if secret.startswith(TOKEN_START):
        try:
            key_id = UUID(signing.loads(secret.removeprefix(TOKEN_START), salt=_SALT, max_age=TOKEN_LIVES))
        except (signing.BadSignature, ValueError):
            return None
        digest = ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM systems_known_by(%s, %s, %s)", [digest, key_id, now])
        row = cursor.fetchone()
    return tuple(row) if row else None
