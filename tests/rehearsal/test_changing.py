"""The stage's curves and amendments: seasonal roads accepted, one curve and one amendment waiting, no sum changed."""

from __future__ import annotations

from datetime import date, timedelta

from tests.world import NOW
from zhitong.config import database as config
from zhitong.domain.campaigns.actions import mark_demonstration
from zhitong.domain.organisations.models import Region
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Amendment, Curve, Target
from zhitong.domain.plans.rules import Comparator, TermSource
from zhitong.rehearsal.changing import change_course


def divided() -> None:
    """Every number of the province handed to both cities in halves, roughly."""
    own = Target.objects.filter(indicator__plan__campaign="hebei-2018", region__code="13", comparator="=", upper=None)
    cities = Region.objects.filter(code__in=("1309", "1301"))
    set_terms(
        [
            NewTerm(
                one.indicator_id, city.id, Comparator.EQUAL, one.value // 2, None, one.deadline, date(2018, 2, 9),
                TermSource.DIVISION, None, "",
            )
            for one in own for city in cities
        ],
        now=NOW,
    )


def test_cities_build_by_season_and_some_things_wait(fresh_database: str) -> None:
    with config.as_role("owner", name=fresh_database):
        mark_demonstration(clock_offset=timedelta())
        divided()
        before = dict(Target.objects.values_list("id", "value"))

        change_course("hebei-2018", 2018)

        states = sorted(Amendment.objects.values_list("state", flat=True))
        curves = list(Curve.objects.values_list("state", "shape", "since"))
        assert dict(Target.objects.values_list("id", "value")) == before
        assert states == ["approved", "approved", "submitted"]
        assert {one for one in curves if one[0] == "accepted"} == {("accepted", "seasonal", date(2018, 4, 1))}
        assert [one[1:] for one in curves if one[0] == "proposed"] == [("s_curve", date(2018, 10, 1))]
