"""Who of the demonstration has come: the accounts this month, others in shares, the same every time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zhitong.config import database as config
from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.domain.entry.models import Presence
from zhitong.domain.organisations.models import Tenure
from zhitong.rehearsal.coming import let_come
from zhitong.rehearsal.stage import NotAStage

TODAY = date(2018, 9, 17)


def test_accounts_have_come_this_month_and_others_in_shares(fresh_database: str) -> None:
    with config.as_role("owner", name=fresh_database):
        mark_demonstration(clock_offset=timedelta(0))

        count = let_come(TODAY)

        this_month = set(Presence.objects.filter(month="2018-09").values_list("unit_id", flat=True))
        assert set(Tenure.objects.values_list("post__unit_id", flat=True)) <= this_month
        assert set(Presence.objects.values_list("month", flat=True)) == {"2018-08", "2018-09"}
        assert Presence.objects.count() == count
        assert let_come(TODAY) == 0


@pytest.mark.django_db
def test_a_real_database_is_left_alone() -> None:
    with pytest.raises(NotAStage):
        let_come(TODAY)
