"""Whoever does not see a thing changes nothing of it: every door that acts, asked by outsiders, with a body that could be taken."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from tests.access.bodies import body_of
from tests.access.doors import API, WEB, Door, Scope, declared, doors
from tests.access.walking import Cell, Walker, key_of
from zhitong.config import database as config

OUTSIDERS = ("outsider", "elsewhere_department", "neighbour", "new_area")
"""Offices and departments of elsewhere; each is asked only about what it does not see."""
LEFT_OUT = ("django_session", "accounts_sitting", "accounts_knock", "entry_presence", "organisations_api_token", "health_beat")
"""Tables that know who came by; not what was done."""
SEED, SAMPLED = 20180903, 24


def acting_doors() -> list[Door]:
    """Doors that name a thing and may change it."""
    named = [door for door in doors() if key_of(door)]
    return [one for one in named if one.method == "POST" or (one.floor == WEB and declared(one) in (Scope.ACT, Scope.THING))]


def cells_outside(walker: Walker) -> Iterator[Cell]:
    """Every acting door × every thing that it can name × every outsider who does not see it."""
    for door in acting_doors():
        for thing in walker.things:
            if key_of(door) in thing.named:
                cells = (Cell(door, login, thing) for login in OUTSIDERS)
                yield from (cell for cell in cells if not cell.is_inside)


def state_of(owner: psycopg.Connection[object]) -> dict[str, object]:
    """What stands in every table, summed up, by its name; when somebody came in last is not what was done."""
    found = owner.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT relname = ANY(%s)",
        [list(LEFT_OUT)],
    ).fetchall()
    names = [str(name) for (name,) in found]  # type: ignore[misc]
    summed = "SELECT count(*), sum(hashtext((to_jsonb(one) - 'last_login')::text)::bigint) FROM \"{}\" one"
    return {name: owner.execute(summed.format(name)).fetchone() for name in names}


def faults_of(walker: Walker, asked: list[Cell]) -> list[str]:
    """Acts that were taken, answers that tell what is not due, and tables that changed."""
    parameters = config.parameters("owner", name=connection.settings_dict["NAME"])
    with psycopg.connect(**parameters, autocommit=True) as owner:
        before = state_of(owner)
        faults = [fault for cell in asked if (fault := walker.fault_of_act(cell, *sent(cell)))]
        after = state_of(owner)
    return faults + [f"{name} has changed" for name in before if before[name] != after[name]]


def sent(cell: Cell) -> tuple[bytes | dict[str, str], dict[str, str]]:
    """Body and headers of an act."""
    if cell.door.floor == API:
        return json.dumps(body_of(cell.door.pattern)).encode(), {"Idempotency-Key": str(uuid4())}
    return {"once_key": str(uuid4()), "text": "演示", "reason": "演示", "version": "1"}, {}


@pytest.mark.prove
def test_a_sample_of_acts_by_outsiders_changes_nothing(walker: Walker) -> None:
    drawn = random.Random(SEED).sample(list(cells_outside(walker)), SAMPLED)

    assert faults_of(walker, drawn) == []


@pytest.mark.prove
def test_no_act_of_an_outsider_changes_anything(walker: Walker, capsys: pytest.CaptureFixture[str]) -> None:
    asked = list(cells_outside(walker))

    faults = faults_of(walker, asked)

    with capsys.disabled():
        print(f"\nacts of outsiders: {len(asked)} cells of {len(acting_doors())} doors, {len(faults)} not as due")
    assert faults == []
