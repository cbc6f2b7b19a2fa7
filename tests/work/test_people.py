"""Where somebody gets a second way in, or stands in for another, the units concerned hear of it, and nobody else (R-A3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.accounts.authenticator import ORIGIN, Authenticator
from tests.cast import NOW, acting_as, viewer
from tests.following import follow_all
from zhitong.config import database as config
from zhitong.domain.accounts.actions.passkeys import bind_passkey
from zhitong.domain.notices.queries import unread_for
from zhitong.domain.notices.rules import NoticeKind
from zhitong.domain.organisations.actions.substituting import begin_due, end_substitution, name_substitute, run_out
from zhitong.kit.clock import day_of
from zhitong.web.notices.leading import address_of
from zhitong.work.reactions import FOLLOWER, react


def told(login: str) -> list[tuple[NoticeKind, str, str]]:
    """What the unit of somebody has not read."""
    with acting_as(viewer(login)) as here:
        return [(one.kind, one.thing_number, address_of(one)) for one in unread_for(here)]


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

    [(kind, name, address)] = told("park")
    assert (kind, address) == (NoticeKind.PASSKEY_BOUND, "")
    assert name.startswith("演示")
    assert told("park_office") == []
    assert told("outsider") == []


def test_both_sides_hear_that_a_substitution_has_run_out(fresh_database: str) -> None:
    holder, mate = viewer("park"), viewer("park_office")
    with acting_as(holder):
        name_substitute(
            holder, post_id=holder.post_id, holder_id=holder.person_id, person_id=mate.person_id, since=day_of(NOW),
            until=day_of(NOW), reason="外出培训", actor=holder.actor("test"), now=NOW,
        )

    with config.as_role("worker", name=fresh_database):
        assert run_out(now=NOW) == 0, "the last day is one of them"
        assert run_out(now=NOW + timedelta(days=1)) == 1
        assert run_out(now=NOW + timedelta(days=1)) == 0, "once"
        follow_all(FOLLOWER, react)

    for side in ("park", "park_office"):
        assert NoticeKind.SUBSTITUTION_RUN_OUT in {kind for kind, _words, _address in told(side)}
    assert told("outsider") == []


def test_both_sides_hear_that_a_substitution_is_named_begins_and_is_ended(fresh_database: str) -> None:
    holder, mate = viewer("park"), viewer("park_office")
    tomorrow = day_of(NOW) + timedelta(days=1)
    with acting_as(holder):
        made = name_substitute(
            holder, post_id=holder.post_id, holder_id=holder.person_id, person_id=mate.person_id, since=tomorrow,
            until=tomorrow, reason="外出培训", actor=holder.actor("test"), now=NOW,
        )

    with config.as_role("worker", name=fresh_database):
        assert begin_due(now=NOW) == 0
        assert begin_due(now=NOW + timedelta(days=1)) == 1
        assert begin_due(now=NOW + timedelta(days=1)) == 0, "once"
    with acting_as(mate):
        end_substitution(mate, made, actor=mate.actor("test"), now=NOW + timedelta(days=1))
    with config.as_role("worker", name=fresh_database):
        follow_all(FOLLOWER, react)

    kinds = {NoticeKind.SUBSTITUTE_NAMED, NoticeKind.SUBSTITUTION_BEGUN, NoticeKind.SUBSTITUTION_ENDED}
    for side in ("park", "park_office"):
        heard = told(side)
        assert {kind for kind, _words, _address in heard} == kinds
        assert {address for _kind, _words, address in heard} == {"/account/"}
        assert all("代" in words for _kind, words, _address in heard)
    assert told("outsider") == []
