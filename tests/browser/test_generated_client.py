"""A client generated from the API's document walks a firm's problem: a card sent, the problem followed, answered, confirmed (9.7).

The generated package is put on the path of a process of its own, which speaks to a real server and knows nothing of the house.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import COMPLETE, matter
from tests.api.generating import PACKAGE, generate
from tests.browser.conftest import Site
from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.cards.actions import RoundToOpen, open_rounds
from zhitong.domain.organisations.actions.seating import issue_token
from zhitong.domain.organisations.models import Region
from zhitong.domain.subjects.models import Subject

JOURNEY = f'''
import importlib, json, pkgutil, sys, typing, uuid
import {PACKAGE}.api
from {PACKAGE} import AuthenticatedClient

said = json.load(sys.stdin)
modules = {{one.name.rpartition(".")[2]: one.name for one in pkgutil.walk_packages({PACKAGE}.api.__path__, "{PACKAGE}.api.")}}

def call(who, operation, body=None, **where):
    module = importlib.import_module(modules[operation])
    given = dict(where)
    if body is not None:
        kind = typing.get_type_hints(module.sync_detailed)["body"]
        given |= {{"body": kind.from_dict(body), "idempotency_key": str(uuid.uuid4())}}
    client = AuthenticatedClient(base_url=said["place"], token=said["keys"][who], raise_on_unexpected_status=True)
    answer = module.sync_detailed(client=client, **given)
    assert int(answer.status_code) < 300, (operation, int(answer.status_code), answer.content.decode())
    return answer.parsed.to_dict()

owed = call("firm", "cards_owed")["rows"]
card = call("firm", "cards_submit", said["card"], round_id=uuid.UUID(said["round"]))
[number] = [one["number"] for one in card["problems"]]
call("park", "act_acknowledge", {{"contact": "已电话联系企业负责人"}}, number=number)
call("park", "act_complete", {{"outcome": "solved", "text": "已调整错峰方案。"}}, number=number)
states = [call("firm", "problem_one_problem", number=number)["state"]["code"]]
call("firm", "act_confirm", {{"rating": "satisfied"}}, number=number)
states.append(call("firm", "problem_one_problem", number=number)["state"]["code"])
print(json.dumps({{"owed": len(owed), "states": states}}))
'''


@pytest.mark.prove
def test_a_generated_client_walks_from_the_card_to_the_confirmation(site: Site, tmp_path: Path) -> None:
    round_id, subject_id = april()
    client = generate(tmp_path / "made")

    told = walked(client, {
        "place": site(), "round": str(round_id), "keys": {login: key_of(login) for login in ("firm", "park")},
        "card": {"subject_id": str(subject_id), "version": 0, "values": COMPLETE, "problems": [matter()]},
    })  # fmt: skip

    assert told == {"owed": 1, "states": ["answered", "confirmed"]}


def walked(client: Path, said: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", JOURNEY], input=json.dumps(said), capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(client)},
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def april() -> tuple[UUID, UUID]:
    """A round of the shipped industry card, owed by the firm of 南大港; returns the round and the firm."""
    with acting("province_office") as actor:
        [opened] = open_rounds([RoundToOpen(
            campaign="hebei-2018", template_code="industry", region_id=Region.objects.get(code="13").id, period="2018-04",
            name="2018年4月", opens_on=date(2018, 4, 1), due_on=date(2018, 5, 10), locked_on=date(2018, 5, 20), actor=actor,
        )], now=NOW)
    with acting("firm") as actor:
        return opened.round_id, Subject.objects.get(unit_id=actor.unit_id).id


def key_of(login: str) -> str:
    who = viewer(login)
    return issue_token(person_id=who.person_id, post_id=who.post_id, name="测试", now=NOW)
