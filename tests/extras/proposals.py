"""A proposal of the park for the list of its region, told short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.cast import acting, viewer
from tests.world import NOW
from zhitong.domain.extras.actions.deciding import put_on_the_list, weigh
from zhitong.domain.extras.actions.proposing import NewProposal, propose
from zhitong.domain.extras.rules.kinds import ExtraKind, WishSource
from zhitong.domain.extras.rules.weighing import Points
from zhitong.domain.organisations.scope import acting_as
from zhitong.kit import clock

TODAY = date(2018, 4, 27)
SAID: dict[str, Any] = {
    "campaign": "hebei-2018", "kind": ExtraKind.MICRO_ITEM, "title": "小区门口修一条人行道", "place": "演示小区东门",
    "what": "铺设人行道300米，装路灯12盏。", "reasons": "居民代表多次反映雨天没法走。", "source": WishSource.RESIDENTS,
    "cost_cny": Decimal(180_000), "funding": "园区自筹", "beneficiaries": 1200, "by_when": date(2018, 10, 31),
}
POINTS = [
    Points("attention", Decimal(9), "三次居民会都提到"), Points("reach", Decimal(8), "惠及1200人"),
    Points("nearness", Decimal(10), "天天走的路"), Points("readiness", Decimal(7), "资金已落实"),
]


def proposed(login: str = "park", **said: Any) -> UUID:
    """A proposal of a member of the cast."""
    with acting_as(viewer(login)) as here:
        return propose(here, NewProposal(**{**SAID, **said}), actor=here.actor("test"), now=NOW)


def weighed(login: str = "park", office: str = "park_office", **said: Any) -> UUID:
    """A proposal that its office has weighed."""
    proposal = proposed(login, **said)
    does(office, weigh, proposal, POINTS)
    return proposal


def listed(office: str = "park_office", lead: str = "park", **said: Any) -> UUID:
    """A proposal on the list, led by a member's unit, with one milestone."""
    proposal = weighed(office=office, **said)
    does(office, put_on_the_list, proposal, lead_unit_id=viewer(lead).unit_id, steps=[("完成施工", date(2018, 10, 15))])
    return proposal


def does(login: str, act: Any, proposal: UUID, *said: Any, **named: Any) -> Any:
    """An act of a member of the cast on a proposal."""
    with acting(login) as actor:
        return act(viewer(login), proposal, *said, actor=actor, now=NOW, **named)


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    """Friday 27 April 2018, 15:40 in Shanghai."""
    with clock.held_at(NOW):
        yield
