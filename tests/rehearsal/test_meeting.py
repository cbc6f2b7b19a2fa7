"""The meetings of the demonstration (R-G2): held, followed and prepared through the acts people use; no real database touched."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import acting, official_of, viewer
from tests.rhythm.meeting import JOINT
from zhitong.config import database as config
from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.domain.rhythm.models import AgendaItem, Cycle, Decision
from zhitong.domain.rhythm.queries.cycles import cycles_for
from zhitong.rehearsal import meeting
from zhitong.rehearsal.opening import TODAY
from zhitong.rehearsal.stage import NotAStage


@pytest.mark.prove
def test_an_office_has_held_two_meetings_and_prepares_the_third(fresh_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = {"cangzhouban": viewer("city_office"), "cangzhou": viewer("city"), "bohaiban": viewer("zone_office"),
            "cangzhougong": official_of(JOINT)}
    monkeypatch.setattr(meeting, "viewer_of", cast.__getitem__)
    with config.as_role("owner", name=fresh_database):
        mark_demonstration(clock_offset=timedelta(0))

        meeting.hold_meetings(until=TODAY)

        assert dict(Cycle.objects.values_list("period", "state")) == {
            "2018-07": "filed", "2018-08": "published", "2018-09": "preparing",
        }
        assert sorted(Decision.objects.values_list("state", flat=True)) == ["answered", "closed", "closed", "closed", "closed", "open"]
        assert set(AgendaItem.objects.filter(cycle__period="2018-09").values_list("source", flat=True)) == {"decision", "asked"}
        assert Cycle.objects.order_by("-meets_at").values_list("meets_at__date", flat=True)[0] == date(2018, 9, 20)
    with acting("city"):
        assert len(cycles_for(viewer("city"))) == 3


@pytest.mark.django_db
def test_a_real_database_is_left_alone() -> None:
    with pytest.raises(NotAStage):
        meeting.hold_meetings(until=TODAY)
    assert not Cycle.objects.exists()
