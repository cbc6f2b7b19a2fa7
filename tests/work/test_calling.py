"""What lies on a desk as a duty has no notice there, but calls its unit outside, by number alone (R-D)."""

from __future__ import annotations

from django.test import override_settings

from tests.cast import viewer
from tests.following import follow_all
from tests.messaging.standins import serving
from tests.messaging.test_sending import Gateway, reached, wired
from tests.work.test_reactions import raise_one
from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.messaging.models import Item
from zhitong.domain.messaging.rules.outside import Sort
from zhitong.kit.clock import held_at
from zhitong.work.reactions import FOLLOWER, react


def test_whoever_must_sign_for_a_matter_is_called_once_with_its_number(fresh_database: str) -> None:
    with held_at(NOW), serving(Gateway()) as here, override_settings(WIRES=wired(here)):
        reached("park")
        story = raise_one()
        for _again in range(2):
            with config.as_role("worker", name=fresh_database):
                follow_all(FOLLOWER, react)

        with config.as_role("worker", name=fresh_database):
            [item] = Item.objects.filter(unit_id=viewer("park").unit_id)
        assert story.problem_id
        assert Sort(item.sort) is Sort.TO_SIGN
        assert item.number.startswith("冀-沧州-2018-")
