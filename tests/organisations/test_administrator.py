"""The first account of a new installation: the administrator of a region's campaign office."""

from __future__ import annotations

import pytest

from tests.world import NOW
from zhitong.config import database as config
from zhitong.kit.clock import day_of


def test_the_administrator_of_a_region_is_seated_with_the_password_given(fresh_database: str) -> None:
    from zhitong.domain.organisations.actions.seating import seat_administrator
    from zhitong.domain.organisations.models import Tenure
    from zhitong.domain.organisations.queries import viewer_for
    from zhitong.domain.organisations.rules.rights import Permission

    with config.as_role("owner", name=fresh_database):
        office = seat_administrator(
            region_code="1309", login="first", name="演示首任", password="a-long-password", since=day_of(NOW)
        )
        tenure = Tenure.objects.get(person__login="first")
        viewer = viewer_for(tenure.person_id, tenure.post_id, day_of(NOW))
        assert tenure.person.check_password("a-long-password")

    assert office == "沧州市“双创双服”活动领导小组办公室"
    assert viewer is not None
    assert viewer.may(Permission.ADMINISTER)


def test_a_region_that_is_not_there_is_refused_with_the_next_step(fresh_database: str) -> None:
    from zhitong.domain.organisations.actions.seating import NoSuchPost, seat_administrator

    with config.as_role("owner", name=fresh_database), pytest.raises(NoSuchPost, match="zhitong load"):
        seat_administrator(region_code="999", login="first", name="演示", password="a-long-password", since=day_of(NOW))
