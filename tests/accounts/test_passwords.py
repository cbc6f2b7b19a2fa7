"""Choosing one's own password by the rules, and a first one given anew by who administers (R-A3, GB/T 22239-2019 8.1.4.1)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.test import override_settings

from tests.accounts.conftest import PASSWORD, looking
from tests.cast import NOW, acting, viewer
from zhitong.domain.accounts.actions.passwords import change_password, choose_password, give_password
from zhitong.domain.accounts.actions.sittings import begin_sitting
from zhitong.domain.accounts.models import OwnPassword, Sitting
from zhitong.domain.accounts.queries.administered import NotWholly, NotYourself
from zhitong.domain.accounts.queries.knowing import known_as
from zhitong.domain.accounts.queries.standing import standing_of
from zhitong.domain.accounts.rules.protection import protection_of
from zhitong.domain.accounts.rules.words import Way
from zhitong.domain.history.queries import facts_about
from zhitong.domain.history.rules import Actor
from zhitong.domain.organisations.models import Person, Post, Tenure
from zhitong.domain.organisations.scope import NotYours, Viewer, acting_as
from zhitong.kit.refusals import BadInput

pytestmark = pytest.mark.django_db


def change(person_id: UUID, old: str, new: str, *, here: str | None = None, now=NOW) -> None:  # type: ignore[no-untyped-def]
    """Change a password as its person."""
    one = looking(person_id)
    with acting_as(one):
        change_password(person_id=person_id, old=old, new=new, here=here, actor=one.actor("test"), now=now)


def kept(person_id: UUID) -> str:
    return Person.objects.values_list("password", flat=True).get(id=person_id)


def sit(person_id: UUID, key: str) -> None:
    Session.objects.create(session_key=key, session_data="", expire_date=NOW + timedelta(days=9999))
    begin_sitting(person_id=person_id, session_key=key, way=Way.PASSWORD, device="Windows", address="10.1.1.1", now=NOW)


def test_a_changed_password_is_the_one_that_opens(official: UUID) -> None:
    change(official, PASSWORD, "Other-horse-8")

    assert check_password("Other-horse-8", kept(official))
    assert not check_password(PASSWORD, kept(official))
    with acting_as(looking(official)):
        assert [fact.kind for fact in facts_about(official)] == ["account.password_changed"]


def test_who_does_not_know_the_old_one_changes_nothing(official: UUID) -> None:
    before = kept(official)

    with pytest.raises(BadInput) as refused:
        change(official, "wrong", "Other-horse-8")

    assert list(refused.value.fields) == ["old"]
    assert kept(official) == before


@pytest.mark.parametrize(("new", "said"), [("short", "至少10位"), ("Wang-horse-88", "登录名"), (PASSWORD, "最近5次")])
def test_a_password_against_the_rules_is_refused_beside_its_field(official: UUID, new: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        change(official, PASSWORD, new)

    assert said in refused.value.fields["new"]


@override_settings(PROTECTION=protection_of(3, {"password_length": 8, "password_kinds": 1}, ""))
def test_a_password_that_everybody_has_is_refused(official: UUID) -> None:
    with pytest.raises(BadInput) as refused:
        change(official, PASSWORD, "password1")

    assert "太常见" in refused.value.fields["new"]


def test_the_last_five_are_not_taken_again_and_the_sixth_is(official: UUID) -> None:
    chosen = [PASSWORD, *(f"Other-horse-{number}x" for number in range(5))]
    for step, (old, new) in enumerate(pairwise(chosen), start=1):
        change(official, old, new, now=NOW + timedelta(minutes=step))

    with pytest.raises(BadInput):
        change(official, chosen[-1], chosen[1], now=NOW + timedelta(hours=1))
    change(official, chosen[-1], PASSWORD, now=NOW + timedelta(hours=2))

    with known_as(official):
        assert OwnPassword.objects.count() == settings.PROTECTION.password_history


def test_changing_it_ends_the_sittings_elsewhere(official: UUID) -> None:
    for key in ("here", "there"):
        sit(official, key)

    change(official, PASSWORD, "Other-horse-8", here="here")

    assert list(Session.objects.values_list("session_key", flat=True)) == ["here"]
    with known_as(official):
        assert list(Sitting.objects.filter(ended_at__isnull=True).values_list("session_key", flat=True)) == ["here"]


def test_a_password_that_another_gave_is_not_ones_own_until_it_is_changed(official: UUID, administrator: Viewer) -> None:
    assert standing_of(official, is_spared=False, now=NOW).is_own
    with acting_as(administrator):
        told = give_password(
            administrator, login="wang", reason="本人忘记密码，已核实。", actor=administrator.actor("test"), now=NOW
        )
    assert not standing_of(official, is_spared=False, now=NOW).is_own

    choose_password(person_id=official, new="Other-horse-8", actor=Actor(official, None, None, "web"), now=NOW + timedelta(hours=1))

    assert standing_of(official, is_spared=False, now=NOW + timedelta(hours=1)).is_own
    assert told != "Other-horse-8"


def test_an_old_password_is_expired(official: UUID) -> None:
    assert not standing_of(official, is_spared=False, now=NOW + timedelta(days=90)).is_expired
    assert standing_of(official, is_spared=False, now=NOW + timedelta(days=91)).is_expired


def test_a_given_password_opens_ends_every_sitting_and_its_reason_is_kept(official: UUID, administrator: Viewer) -> None:
    sit(official, "there")

    with acting_as(administrator):
        told = give_password(
            administrator, login=" wang ", reason="本人忘记密码，已核实。", actor=administrator.actor("test"), now=NOW
        )
        fact = facts_about(official)[-1]

    assert check_password(told, kept(official))
    assert not Session.objects.filter(session_key="there").exists()
    assert (fact.kind, fact.words) == ("account.password_given", {"reason": "本人忘记密码，已核实。"})


def test_a_reason_is_asked_for(official: UUID, administrator: Viewer) -> None:
    with acting_as(administrator), pytest.raises(BadInput) as refused:
        give_password(administrator, login="wang", reason=" ", actor=administrator.actor("test"), now=NOW)

    assert list(refused.value.fields) == ["reason"]


def test_nobody_opens_what_lies_outside_his_territory_or_reaches_beyond_it_or_is_his_own(
    official: UUID, administrator: Viewer, elsewhere: Viewer
) -> None:
    said = {"reason": "已核实。", "now": NOW}
    with acting_as(elsewhere), pytest.raises(BadInput):
        give_password(elsewhere, login="wang", actor=elsewhere.actor("test"), **said)
    with acting_as(administrator), pytest.raises(NotYourself):
        give_password(administrator, login="guan", actor=administrator.actor("test"), **said)
    post = Post.objects.filter(unit__code="1309-development", kind="officer").order_by("title")[0]
    Tenure.objects.create(post=post, person_id=official, since=date(2018, 2, 1))
    with acting_as(administrator), pytest.raises(NotWholly):
        give_password(administrator, login="wang", actor=administrator.actor("test"), **said)
    with acting("city_office") as actor, pytest.raises(NotYours):
        give_password(viewer("city_office"), login="wang", actor=actor, **said)

    assert check_password(PASSWORD, kept(official))
