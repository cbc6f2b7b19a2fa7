"""Whoever guesses waits, longer each time; nobody waits for what strangers do elsewhere; administrators see and lift it (R-A3)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.accounts.conftest import looking, seated
from tests.cast import NOW, acting, viewer
from zhitong.domain.accounts.actions.knocking import Knocked, MustWait, knock, knock_inside, opened_to, turned_away
from zhitong.domain.accounts.actions.lifting import lift
from zhitong.domain.accounts.actions.sittings import begin_sitting
from zhitong.domain.accounts.queries.waits import count_of_waits, waits_in
from zhitong.domain.accounts.rules.waiting import FORGOTTEN
from zhitong.domain.accounts.rules.words import Place, Way
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as, without_first_wall
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

OFFICE, STRANGER = "10.1.1.1", "203.0.113.9"
MINUTE = timedelta(minutes=1)


def guess(login: str = "wang", address: str = STRANGER, *, device: str = "", times: int = 1, now=NOW) -> Knocked:  # type: ignore[no-untyped-def]
    """Try so many times and fail."""
    for _time in range(times):
        tried = knock(login=login, address=address, device=device, now=now)
        turned_away(tried, now=now)
    return tried


def test_after_five_failures_the_next_try_waits_and_does_not_count(official: UUID) -> None:
    tried = guess(times=5)

    with pytest.raises(MustWait, match="请1分钟后再试"):
        guess()
    assert tried.shut_until == NOW + MINUTE
    assert guess(now=NOW + MINUTE).shut_until == NOW + 6 * MINUTE


def test_the_sixth_failure_waits_longer_and_a_quiet_day_begins_anew(official: UUID) -> None:
    guess(times=5)
    guess(now=NOW + MINUTE)

    with pytest.raises(MustWait, match="请5分钟后再试"):
        guess(now=NOW + MINUTE)
    assert guess(now=NOW + FORGOTTEN + 8 * MINUTE).shut_until is None


@pytest.mark.parametrize("written", ["WANG", " wang "])
def test_writing_the_login_otherwise_gives_no_tries_more(official: UUID, written: str) -> None:
    guess(times=5)

    with pytest.raises(MustWait):
        guess(written)


def test_a_login_that_nobody_has_is_treated_alike(official: UUID) -> None:
    guess("nobody", times=5)

    with pytest.raises(MustWait, match="请1分钟后再试"):
        guess("nobody")


def test_strangers_cannot_shut_an_official_out_of_his_office(official: UUID) -> None:
    begin_sitting(person_id=official, session_key="k", way=Way.PASSWORD, device="Windows", address=OFFICE, now=NOW - timedelta(days=30))
    for number in range(6):
        guess(address=f"203.0.113.{number}", times=5)

    with pytest.raises(MustWait):
        guess(address="203.0.113.99")
    assert guess(address=OFFICE).shut_until is None
    assert guess(address="198.51.100.7", device="his own").shut_until is None


def test_an_address_of_long_ago_is_known_no_more(official: UUID) -> None:
    begin_sitting(person_id=official, session_key="k", way=Way.PASSWORD, device="Windows", address=OFFICE, now=NOW - timedelta(days=91))

    assert {place for place, _key in guess(address=OFFICE).keys} == {Place.ADDRESS, Place.SOURCE, Place.ACCOUNT}


def test_a_guesser_of_many_accounts_waits_by_his_address_and_those_known_there_do_not(official: UUID) -> None:
    begin_sitting(person_id=official, session_key="k", way=Way.PASSWORD, device="Windows", address=STRANGER, now=NOW)
    for number in range(20):
        guess(f"nobody-{number}")

    with pytest.raises(MustWait):
        guess("somebody-else")
    assert guess().shut_until is None


def test_a_device_is_counted_by_itself_and_waits_too(official: UUID) -> None:
    guess(device="stolen", times=5)

    with pytest.raises(MustWait):
        guess(device="stolen")
    assert guess(device="other").shut_until is None


def test_success_begins_the_own_count_anew_and_takes_its_try_from_the_shared_ones(official: UUID) -> None:
    guess(times=4)
    opened_to(knock(login="wang", address=STRANGER, device="", now=NOW))

    assert guess(times=4).shut_until is None
    for number in range(12):  # 4 + 4 by the official, none for his success: twelve more make twenty
        tried = guess(f"nobody-{number}")
    assert tried.shut_until == NOW + MINUTE


def test_codes_are_counted_for_the_person_wherever_he_is(official: UUID) -> None:
    for number in range(5):
        knock_inside(official, login="wang", address=f"203.0.113.{number}", now=NOW)

    with pytest.raises(MustWait):
        knock_inside(official, login="wang", address=OFFICE, now=NOW)


def test_every_failure_and_what_it_shut_is_a_fact(official: UUID, administrator: Viewer) -> None:
    guess(times=5)

    with acting_as(administrator):
        told = facts_about(official)
    assert [fact.kind for fact in told] == ["account.failed"] * 5 + ["account.shut"]
    assert told[-1].words == {"login": "wang", "address": STRANGER}


def test_the_administrator_of_the_territory_sees_who_waits_and_lifts_it(official: UUID, administrator: Viewer) -> None:
    guess(times=5)
    guess("nobody")
    with acting_as(administrator):
        found = waits_in(administrator, now=NOW, only_shut=True)

        lift(administrator, found[0].id, actor=administrator.actor("test"), now=NOW)

        assert [(one.login, one.name, one.failures, one.until) for one in found] == [("wang", "演示寅", 5, NOW + MINUTE)]
        assert facts_about(official)[-1].kind == "account.lifted"
    assert guess().shut_until is None


def test_another_county_sees_nothing_and_lifts_nothing(official: UUID, administrator: Viewer, elsewhere: Viewer) -> None:
    guess(times=5)
    with acting_as(administrator):
        found = waits_in(administrator, now=NOW)

    with acting_as(elsewhere):
        assert waits_in(elsewhere, now=NOW) == []
        assert count_of_waits(elsewhere, now=NOW, only_shut=False, most=9) == 0
        with pytest.raises(NotFound):
            lift(elsewhere, found[0].id, actor=elsewhere.actor("test"), now=NOW)
    with pytest.raises(MustWait):
        guess()


def test_without_the_first_wall_the_database_still_shows_nothing_of_elsewhere(
    official: UUID, administrator: Viewer, elsewhere: Viewer
) -> None:
    guess(times=5)

    with acting_as(elsewhere), without_first_wall():
        assert waits_in(elsewhere, now=NOW) == []
    with acting_as(administrator), without_first_wall():
        assert {one.place for one in waits_in(administrator, now=NOW)} == {Place.ADDRESS, Place.ACCOUNT}


def test_only_the_root_sees_whole_addresses_and_unknown_logins(official: UUID) -> None:
    guess("nobody")
    root = looking(seated("gen", "13-office", "administrator"))
    with acting_as(root):
        assert {(one.place, one.login) for one in waits_in(root, now=NOW)} == {
            (Place.ADDRESS, "nobody"), (Place.ACCOUNT, "nobody"), (Place.SOURCE, ""),
        }


def test_other_posts_neither_see_nor_lift(official: UUID, administrator: Viewer) -> None:
    guess(times=5)
    with acting_as(administrator):
        found = waits_in(administrator, now=NOW)
    office = viewer("city_office")

    with acting("city_office") as actor:
        with pytest.raises(NotFound):
            waits_in(office, now=NOW)
        with pytest.raises(NotYours):
            lift(office, found[0].id, actor=actor, now=NOW)
