"""A door that declares no scope fails the suite; so does a declaration whose door is gone."""

from __future__ import annotations

from collections import Counter

from tests.access.doors import DECLARED, Door, Scope, declarations, declared, doors
from tests.access.walking import SHOWN, key_of


def test_every_door_declares_its_scope_and_every_declaration_has_its_door() -> None:
    named = {door.name for door in doors()}

    assert sorted(named - declarations().keys()) == [], f"say in {DECLARED.name} what these doors owe"
    assert sorted(declarations().keys() - named) == [], f"these doors are gone: take them out of {DECLARED.name}"


def test_declarations_stand_in_order_each_once() -> None:
    names = [line.split("\t")[0] for line in DECLARED.read_text(encoding="utf-8").splitlines()]

    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_a_door_without_a_declaration_is_found() -> None:
    planted = Door("web", "GET", "problems/everything/")

    assert planted.name not in declarations()


def test_whoever_changes_something_through_the_api_declares_an_act() -> None:
    assert [door.name for door in doors() if door.method != "GET" and declared(door) is not Scope.ACT] == []


def test_one_thing_by_its_address_is_declared_as_one() -> None:
    assert [door.name for door in doors() if declared(door) is Scope.THING and not key_of(door)] == []
    assert [name for name in SHOWN if declarations().get(name) is not Scope.THING] == []
