"""The saved views of the demonstration (R-H1): kept through the act that people use; no real database touched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import viewer
from zhitong.config import database as config
from zhitong.domain.analysis.models import SavedView
from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.rehearsal import viewing
from zhitong.rehearsal.stage import NotAStage


@pytest.mark.prove
def test_offices_have_saved_their_views(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    logins = {"shengban": "province_office", "cangzhouban": "city_office", "bohaiban": "zone_office"}
    monkeypatch.setattr(viewing, "viewer_of", lambda login: viewer(logins[login]))
    with config.as_role("owner", name=fresh_database):
        mark_demonstration(clock_offset=timedelta(0))

        viewing.keep_views()

        assert set(SavedView.objects.values_list("name", flat=True)) == {one.name for one in viewing.VIEWS}


@pytest.mark.django_db
def test_a_real_database_is_left_alone() -> None:
    with pytest.raises(NotAStage):
        viewing.keep_views()
    assert not SavedView.objects.exists()
