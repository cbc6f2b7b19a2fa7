"""Complaints to begin with: the firm of 南大港 against the park's 经发局, which the 督查室 of the zone above receives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cast import acting
from tests.complaints.acts import TEXT
from tests.problems.ways import unit_id
from tests.world import NOW
from zhitong.domain.complaints.actions.submitting import Charge, submit

Bring = Callable[..., str]


@pytest.fixture
def bring() -> Bring:
    """Bring a complaint as a firm; returns its receipt number: `bring(against="1309-land", is_unnamed=True)`."""

    def send(against: str = "130973400-economy", login: str = "firm", **more: object) -> str:
        given: dict[str, object] = {
            "campaign": "hebei-2018", "unit_id": unit_id(against), "text": TEXT, "happened": "4月20日上午，服务大厅", **more,
        }
        with acting(login) as actor:
            return submit(Charge(**given), actor=actor, now=NOW).number  # type: ignore[arg-type]

    return send
