"""The words beside the problems: read by the house alone, in windows from the newest, followed when regions move."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.cast import viewer
from tests.problems.conftest import raised as raised
from tests.search.test_finding import Raised, texts
from zhitong.config import database as config
from zhitong.domain.organisations.models import Region, RegionWithin
from zhitong.domain.problems.actions.loading import follow_regions
from zhitong.domain.problems.queries import wording


@pytest.mark.django_db
def test_nobody_but_the_house_reads_the_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(who, 'problems_wording', 'SELECT, INSERT, UPDATE, DELETE'),"
            " has_table_privilege(who, 'subjects_wording', 'SELECT, INSERT, UPDATE, DELETE'),"
            " has_function_privilege(who, 'wording_newest(regclass,text[],uuid[],uuid[],boolean,boolean,integer)', 'EXECUTE')"
            " FROM unnest('{zhitong_web,zhitong_worker}'::text[]) AS who"
        )
        assert cursor.fetchall() == [(False, False, False)] * 2


@pytest.mark.django_db
def test_who_is_not_known_to_the_database_finds_nothing(raised: Raised) -> None:
    raised(text="夜间限电")

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhitong.unit', '', true), set_config('zhitong.region', '', true)")
        cursor.execute("SELECT count(*) FROM problems_worded(ARRAY['限电'], NULL, NULL, 100)")
        assert cursor.fetchone() == (0,)


def test_windows_reach_the_oldest_and_stop_at_enough_and_regions_are_followed(
    fresh_database: str, raised: Raised, owner_connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        raised(text=f"夜间限电第{number}次" + ("过桥资金" if number in (0, 5) else ""))
        owner_connection.execute("SELECT setval('problems_wording_place_seq', nextval('problems_wording_place_seq') + 16384 * 20)")

    office = viewer("zone_office")
    assert texts(office, "限电") == [f"夜间限电第{number}次" + ("过桥资金" if number in (0, 5) else "") for number in range(5, -1, -1)]
    assert len(texts(office, "过桥资金")) == 2
    monkeypatch.setattr(wording, "MOST", 2)
    assert [said[5] for said in texts(office, "限电")] == ["5", "4"]
    monkeypatch.undo()
    with config.as_role("owner", name=fresh_database):
        park, other = Region.objects.get(code="130973400").id, Region.objects.get(code="130982").id
        RegionWithin.objects.filter(region_id=park, ancestor__code="130973").delete()
        RegionWithin.objects.create(region_id=park, ancestor_id=other, depth=1)
        assert (follow_regions(), follow_regions()) == (6, 0)
        connection.close()
    with config.as_role("web", name=fresh_database):
        assert texts(office, "限电") == []
