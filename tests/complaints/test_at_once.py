"""Two officials of the receiver at once, with real connections: one act happens, the other hears why not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import psycopg

from tests.cast import official_of
from tests.complaints.acts import ABOVE, LETTER, RECEIVER, does, page
from tests.complaints.conftest import Bring
from tests.problems.ways import unit_id
from tests.races import race
from tests.world import NOW
from zhitong.domain.complaints.actions.handling import NotNow, Turn, acknowledge, notify, refer
from zhitong.domain.complaints.rules.kinds import Act, State
from zhitong.domain.organisations.scope import Viewer, acting_as


def test_a_result_is_told_once(
    fresh_database: str, bring: Bring, owner_connection: psycopg.Connection[Any]
) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    first, second = official_of(RECEIVER), official_of(RECEIVER)

    outcomes = race(owner_connection, lambda: _notify(first, number), lambda: _notify(second, number))

    assert outcomes[0].state is State.NOTIFIED
    assert isinstance(outcomes[1], NotNow)
    assert [step.act for step in page("firm", number).steps].count(Act.NOTIFY) == 1


def test_what_was_referred_meanwhile_is_not_ended_by_who_referred_it(
    fresh_database: str, bring: Bring, owner_connection: psycopg.Connection[Any]
) -> None:
    number = bring()
    does(RECEIVER, acknowledge, number)
    first, second = official_of(RECEIVER), official_of(RECEIVER)
    letter = replace(LETTER, body="", unit_id=unit_id(ABOVE))

    def referring() -> Any:
        with acting_as(first) as here:
            return refer(Turn(number=number, viewer=here, via="test", now=NOW), letter=letter)

    referred, refused = race(owner_connection, referring, lambda: _notify(second, number))

    assert referred.state is State.REFERRED
    assert isinstance(refused, NotNow)
    assert page(ABOVE, number).standing.state is State.REFERRED


def _notify(viewer: Viewer, number: str) -> Any:
    with acting_as(viewer) as here:
        return notify(Turn(number=number, viewer=here, via="test", now=NOW), text="已核查处理。")
