"""Where somebody gets a second way in his unit hears of it, and nobody else (R-A3)."""

from __future__ import annotations

from typing import Any

from tests.accounts.authenticator import ORIGIN, Authenticator
from tests.cast import NOW, acting_as, viewer
from tests.following import follow_all
from zhitong.config import database as config
from zhitong.domain.accounts.actions.passkeys import bind_passkey
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.web.notices.leading import address_of
from zhitong.work.reactions import FOLLOWER, react


def test_the_unit_hears_of_a_new_passkey(fresh_database: str, settings: Any) -> None:
    settings.ORIGIN = ORIGIN
    who = viewer("park")
    with acting_as(who):
        bind_passkey(
            person_id=who.person_id, name="办公室电脑", answer=Authenticator().made(b"c" * 32), challenge=b"c" * 32,
            actor=who.actor("test"), now=NOW,
        )

    with config.as_role("worker", name=fresh_database):
        follow_all(FOLLOWER, react)

    def told(login: str) -> list[tuple[NoticeKind, str, str]]:
        with acting_as(viewer(login)) as here:
            return [(one.kind, one.thing_number, address_of(one)) for one in unread_for(here)]

    [(kind, name, address)] = told("park")
    assert (kind, address) == (NoticeKind.PASSKEY_BOUND, "")
    assert name.startswith("演示")
    assert told("park_office") == []
    assert told("outsider") == []
