"""Passkeys (R-A3): bound by who proved himself, shown to come in; whatever is not genuine is told alike and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.accounts.authenticator import ORIGIN, PRESENT, Authenticator
from tests.accounts.conftest import looking, seated
from tests.cast import NOW
from zhitong.domain.accounts.actions.factors import MustKeep, prove, reset_factor
from zhitong.domain.accounts.actions.identities import Stopped
from zhitong.domain.accounts.actions.passkeys import (
    NotProved,
    TooManyPasskeys,
    bind_passkey,
    drop_passkeys_of_who_left,
    prove_passkey,
    recognise_passkey,
    remove_passkey,
)
from zhitong.domain.accounts.models import Passkey, RecoveryCode
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.queries.passkeys import passkeys_of
from zhitong.domain.accounts.queries.standing import standing_of
from zhitong.domain.accounts.rules.passkeys import MOST_PASSKEYS, handle_of, has_counted_back
from zhitong.domain.accounts.rules.steps import Standing, steps_before
from zhitong.domain.accounts.rules.words import Step, Way
from zhitong.domain.history.queries import facts_about
from zhitong.domain.organisations.models import Person, Tenure
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.kit.clock import day_of
from zhitong.kit.passkeys import NotGenuine, Site, claim_in, made_key, shown_count
from zhitong.kit.refusals import BadInput, NotFound

pytestmark = pytest.mark.django_db

ASKED = b"challenge of this moment, 32 oct"
SITE = Site("直通", ORIGIN)


@pytest.fixture(autouse=True)
def installed(settings: Any) -> None:
    """The installation has an address."""
    settings.ORIGIN = ORIGIN


def bound(person_id: UUID, name: str = "办公室电脑", device: Authenticator | None = None) -> Authenticator:
    """Somebody's new key on a device."""
    device = device or Authenticator(handle=handle_of(person_id))
    bind(person_id, device, name)
    return device


def bind(person_id: UUID, device: Authenticator, name: str = "办公室电脑") -> list[str]:
    return bind_passkey(
        person_id=person_id, name=name, answer=device.made(ASKED), challenge=ASKED, actor=looking(person_id).actor("test"), now=NOW
    )


def enter(device: Authenticator, challenge: bytes = ASKED) -> UUID:
    return recognise_passkey(answer=device.shown(ASKED), challenge=challenge, now=NOW)


def kept(person_id: UUID) -> list[tuple[str, int]]:
    with known_as(person_id):
        return list(Passkey.objects.order_by("made_at", "id").values_list("name", "count"))


def kinds_told(person_id: UUID) -> list[str]:
    with acting_as(looking(person_id)):
        return [fact.kind for fact in facts_about(person_id)]


def test_a_bound_passkey_alone_says_who_it_is_and_when_it_was_last_used(official: UUID) -> None:
    device = bound(official)
    with known_as(official):
        [before] = passkeys_of(official)
    assert (before.name, before.used_at) == ("办公室电脑", None)

    assert enter(device) == official

    with known_as(official):
        assert passkeys_of(official)[0].used_at == NOW
    assert kept(official) == [("办公室电脑", 2)]
    assert kinds_told(official) == ["account.passkey_bound"]


Lie = Callable[[Authenticator], object]
LIES: dict[str, Lie] = {
    "another origin": lambda device: setattr(device, "origin", "https://zhitong.example.evil.cn"),
    "another host": lambda device: setattr(device, "rp_id", "evil.cn"),
    "nobody was looked at": lambda device: setattr(device, "flags", PRESENT),
    "nobody was there": lambda device: setattr(device, "flags", 0),
    "another's key": lambda device: setattr(device, "key", Authenticator().key),
    "an unknown key": lambda device: setattr(device, "credential", b"unknown"),
    "another's handle": lambda device: setattr(device, "handle", b"h" * 32),
    "no handle": lambda device: setattr(device, "handle", b""),
    "counted back": lambda device: setattr(device, "count", 0),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_not_genuine_opens_nothing_and_is_told_alike(official: UUID, lie: str) -> None:
    device = bound(official)
    LIES[lie](device)
    people = Person.objects.count()

    with pytest.raises(NotProved, match="没有通过核验"):
        enter(device)

    assert kept(official) == [("办公室电脑", 1)]
    assert Person.objects.count() == people
    assert ("account.passkey_doubted" in kinds_told(official)) == (lie == "counted back")


def test_an_answer_to_another_challenge_is_none(official: UUID) -> None:
    with pytest.raises(NotProved):
        enter(bound(official), challenge=b"challenge of an hour ago, 32 oct")


def test_no_key_is_bound_by_what_is_not_genuine(official: UUID) -> None:
    for lie in ("another origin", "another host", "nobody was looked at", "nobody was there"):
        device = Authenticator()
        LIES[lie](device)
        with pytest.raises(NotProved):
            bind(official, device)
    answer = json.loads(Authenticator().made(ASKED))
    answer["response"]["attestationObject"] = "AAAA"

    with pytest.raises(NotProved):
        bind_passkey(
            person_id=official, name="甲", answer=json.dumps(answer), challenge=ASKED, actor=looking(official).actor("test"), now=NOW
        )

    assert kept(official) == []


def test_a_key_is_one_persons(official: UUID) -> None:
    device, other = bound(official), seated("li", "130982-industry", "leader")

    with pytest.raises(NotProved):
        bind(other, device)
    with pytest.raises(NotProved):
        prove_passkey(person_id=other, answer=device.shown(ASKED), challenge=ASKED, now=NOW)

    prove_passkey(person_id=official, answer=device.shown(ASKED), challenge=ASKED, now=NOW)
    assert kept(other) == []


def test_who_was_stopped_does_not_come_in(official: UUID) -> None:
    device = bound(official)
    Person.objects.filter(id=official).update(is_active=False)

    with pytest.raises(Stopped):
        enter(device)


def test_where_there_is_no_address_there_are_no_passkeys(official: UUID, settings: Any) -> None:
    settings.ORIGIN = ""

    with pytest.raises(NotFound):
        bind(official, Authenticator())


def test_a_name_is_asked_and_a_drawer_has_an_end(official: UUID) -> None:
    with pytest.raises(BadInput):
        bind(official, Authenticator(), name=" ")
    for number in range(MOST_PASSKEYS):
        bound(official, f"第{number}个")

    with pytest.raises(TooManyPasskeys):
        bind(official, Authenticator())


def test_a_post_that_must_have_a_second_factor_may_have_a_passkey_and_keeps_its_last(administrator: Viewer) -> None:
    person_id = administrator.person_id
    codes = bind(person_id, Authenticator(handle=handle_of(person_id)))
    second = bind(person_id, Authenticator(handle=handle_of(person_id)), "手机")
    standing = standing_of(person_id, is_spared=False, now=NOW)
    assert steps_before(Way.PASSWORD, standing) == (Step.PROVE,)
    assert len(codes) == 10
    assert second == [], "those told with the first one hold"

    with acting_as(administrator):
        first, last = passkeys_of(person_id)
        said = {"person_id": person_id, "actor": administrator.actor("test"), "now": NOW}
        remove_passkey(passkey_id=first.id, **said)
        with pytest.raises(MustKeep):
            remove_passkey(passkey_id=last.id, **said)

    prove(person_id=person_id, written_code=codes[0], world=NOW, actor=administrator.actor("test"), now=NOW)
    assert kept(person_id) == [("手机", 1)]


def test_nobody_removes_anothers(official: UUID, administrator: Viewer) -> None:
    bound(official)
    with known_as(official):
        [own] = passkeys_of(official)

    with acting_as(administrator), pytest.raises(NotFound):
        remove_passkey(
            person_id=administrator.person_id, passkey_id=own.id, actor=administrator.actor("test"), now=NOW
        )

    assert len(kept(official)) == 1


def test_a_reset_takes_passkeys_too(official: UUID, administrator: Viewer) -> None:
    device = bound(official)

    with acting_as(administrator):
        reset_factor(administrator, login="wang", reason="电脑遗失，已核实。", actor=administrator.actor("test"), now=NOW)

    assert kept(official) == []
    with pytest.raises(NotProved):
        enter(device)


def test_who_handed_over_his_last_post_keeps_no_passkey(official: UUID, administrator: Viewer) -> None:
    device, said = bound(official), {"actor": administrator.actor("test"), "now": NOW}
    with acting_as(administrator):
        assert drop_passkeys_of_who_left(official, **said) == 0
    Tenure.objects.filter(person_id=official).update(until=day_of(NOW).replace(day=1))

    with acting_as(administrator):
        assert drop_passkeys_of_who_left(official, **said) == 1

    with pytest.raises(NotProved):
        enter(device)


def test_the_wall_shows_the_passkey_that_was_shown_and_no_other(official: UUID, administrator: Viewer, elsewhere: Viewer) -> None:
    bound(official)

    assert not Passkey.objects.exists()
    with acting_as(administrator):
        assert Passkey.objects.filter(person_id=official).exists()
    with acting_as(elsewhere):
        assert not Passkey.objects.exists()
    with acting_as(looking(seated("li", "130982-industry", "leader"))):
        assert not Passkey.objects.exists()
        assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize(
    ("kept_count", "said", "is_back"), [(0, 0, False), (0, 1, False), (7, 8, False), (7, 7, True), (7, 6, True), (7, 0, True)]
)
def test_a_count_goes_up_or_stays_nought(kept_count: int, said: int, is_back: bool) -> None:
    assert has_counted_back(kept_count, said) is is_back


@pytest.mark.parametrize(
    ("must", "spared", "app", "passkey", "steps"),
    [
        (True, False, False, True, (Step.PROVE,)), (True, False, False, False, (Step.BIND,)), (True, True, False, True, ()),
        (False, False, False, True, ()), (False, False, True, True, (Step.PROVE,)),
    ],
)
def test_a_passkey_is_asked_for_beside_a_password_where_a_post_asks(
    must: bool, spared: bool, app: bool, passkey: bool, steps: tuple[Step, ...]
) -> None:
    standing = Standing(is_own=True, is_expired=False, has_factor=app, must_bind=must, is_spared=spared, has_passkey=passkey)

    assert steps_before(Way.PASSWORD, standing) == steps


@pytest.mark.parametrize(
    "answer", ["", "null", "[]", "{}", "{", '{"id": 1}', "[" * 5000, '{"id":"a","rawId":"a","type":"public-key","response":[]}']
)
def test_what_is_no_answer_is_refused_whatever_it_is(answer: str) -> None:
    for tried in (
        lambda: claim_in(answer), lambda: made_key(answer, SITE, ASKED), lambda: shown_count(answer, SITE, ASKED, public_key=b"")
    ):
        with pytest.raises(NotGenuine):
            tried()
