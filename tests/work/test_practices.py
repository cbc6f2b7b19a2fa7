"""Who is told of a piece: the office that one came, its writer what became of it, nobody of its own act (R-H5)."""

from __future__ import annotations

from tests.cast import acting_as, viewer
from tests.following import follow_all
from tests.practices.writing import adopted, does
from tests.practices.writing import afternoon as afternoon
from zhitong.config import database as config
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.practices.actions.using import send_up
from zhitong.web.notices.leading import address_of
from zhitong.work.reactions import FOLLOWER, react


def test_each_side_is_told_what_the_other_did(fresh_database: str) -> None:
    made = adopted()
    above = does("park_office", send_up, made)

    with config.as_role("worker", name=fresh_database):
        follow_all(FOLLOWER, react)

    def told(login: str) -> list[tuple[NoticeKind, str, str]]:
        with acting_as(viewer(login)) as here:
            return [(one.kind, one.thing_number, address_of(one)) for one in unread_for(here)]

    assert told("park") == [(NoticeKind.PIECE_ADOPTED, "4月27日典型做法", f"/practices/{made}/")]
    assert told("park_office") == [(NoticeKind.PIECE_CAME, "4月27日典型做法", f"/practices/{made}/")]
    assert told("zone_office") == [(NoticeKind.PIECE_CAME, "4月27日典型做法", f"/practices/{above}/")]
    assert told("outsider") == []
