"""Phones in the tables: sealed, found by digest, sealed anew under another key, and never readable in another row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from zhitong.domain.organisations.actions.seating import NewSeat, seat_people
from zhitong.domain.organisations.models import Person, Unit
from zhitong.domain.organisations.queries import name_and_phone, people_of_phones, person_of_login, person_of_phone
from zhitong.domain.organisations.rules.kinds import PostKind
from zhitong.kit.sealing.moving import begins_sealing, seal_what_stands
from zhitong.kit.sealing.ring import Cipher, new_key
from zhitong.kit.sealing.stored import Sealed, counts_of, seal_again, sealed_columns
from zhitong.kit.sealing.values import NotGenuine
from zhitong.launch import keys as command
from zhitong.launch.checks.house import checks

pytestmark = pytest.mark.django_db
PHONES = ["13800000001", "13800000002"]


@pytest.fixture
def people(db: None) -> list[Person]:
    """Two who sign in by phone."""
    unit = Unit.objects.order_by("code").first()
    assert unit is not None
    seats = [
        NewSeat(unit_id=unit.id, kind=PostKind.OFFICER, title="演示岗", name=name, phone=phone)
        for name, phone in zip(("演示申", "演示酉"), PHONES, strict=True)
    ]
    return [Person.objects.get(id=one) for one, _post, _new in seat_people(seats, since=date(2018, 5, 2))]


def kept() -> list[tuple[str, str]]:
    """Logins and phones as they stand in the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT login, phone FROM organisations_person WHERE phone <> '' ORDER BY id")
        return list(cursor.fetchall())


def column() -> Sealed:
    """The phones of people among the sealed columns."""
    return next(one for one in sealed_columns() if one.name == "organisations_person.phone")


def test_a_phone_stands_nowhere_in_the_open_and_its_owner_is_found_and_signs_in_by_it(people: list[Person]) -> None:
    assert not any(phone in said for row in kept() for said in row for phone in PHONES)
    assert name_and_phone(people[0].id) == ("演示申", PHONES[0])
    assert {phone for _id, _name, phone, _came in people_of_phones([*PHONES, "13800000003"])} == set(PHONES)
    assert person_of_phone(PHONES[1]) == person_of_login(PHONES[1]) == people[1].id
    assert Person.objects.get_by_natural_key(PHONES[0]) == people[0]
    assert person_of_login("") is None
    with pytest.raises(TypeError):
        Person.objects.filter(id=people[0].id).update(phone="13800000009")


def test_a_phone_copied_into_another_row_is_not_shown_as_that_ones(people: list[Person]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisations_person SET phone = (SELECT phone FROM organisations_person WHERE id = %s) WHERE id = %s",
            [people[0].id, people[1].id],
        )

    with pytest.raises(NotGenuine):
        name_and_phone(people[1].id)


def test_after_a_new_key_all_is_sealed_anew_and_a_lost_key_is_a_point_of_doctor(
    people: list[Person], settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    before, sound = settings.DATA_KEYS, kept()
    settings.DATA_KEYS = f"{new_key(Cipher.SM4.value, 'k9')}\n{before}"

    assert seal_again(column()) == len(sound)
    assert seal_again(column()) == 0

    assert counts_of(column()) == {"k9": len(sound)}
    assert [login for login, _phone in kept()] == [login for login, _phone in sound]
    assert person_of_phone(PHONES[0]) == people[0].id
    assert name_and_phone(people[0].id)[1] == PHONES[0]
    assert command._status() == 0
    settings.DATA_KEYS = before
    assert command._status() == 1
    assert "缺少密钥 k9" in capsys.readouterr().err
    point = next(one for one in checks() if one.name == "个人信息加密")
    assert "缺少密钥 k9" in point.sentence


def test_what_an_upgrade_holds_stands_open_for_the_release_before_until_keys_are_rotated(
    people: list[Person], settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SEALING_HELD = tmp_path / "sealing_held"
    settings.SEALING_HELD.touch()
    with connection.cursor() as cursor:  # as the release before left it
        cursor.execute("UPDATE organisations_person SET phone = '13800000007', phone_digest = '' WHERE id = %s", [people[0].id])

    seal_what_stands("organisations", "Person", "phone").code(apps, None)
    people[1].phone = "13800000008"
    people[1].save()

    assert {phone for _login, phone in kept()} >= {"13800000007", "13800000008"}, "the release before reads them"
    assert person_of_phone("13800000007") == people[0].id
    assert name_and_phone(people[1].id)[1] == "13800000008"
    assert "还没有开始加密" in next(one for one in checks() if one.name == "个人信息加密").sentence
    assert command._rotate() == 0
    assert "从现在起加密" in capsys.readouterr().out
    assert not any(phone.startswith("138") for _login, phone in kept())
    assert person_of_phone("13800000008") == people[1].id


def test_a_setting_that_holds_sealing_is_taken_away_first(people: list[Person], settings: Any) -> None:
    settings.SEALING = "ready"

    with pytest.raises(command.SealingHeld, match="ZHITONG_SEALING"):
        command._rotate()

    assert name_and_phone(people[0].id)[1] == PHONES[0], "what is sealed is read all the same"


def test_migrations_that_seal_are_known_before_they_run() -> None:
    assert begins_sealing(["cards.0099_next", "messaging.0003_sealed_addresses"])
    assert not begins_sealing(["organisations.0010_large_type", "cards.0099_next"])
