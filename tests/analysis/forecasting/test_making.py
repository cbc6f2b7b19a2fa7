"""Making forecasts (R-H2, R-C8): by pace, interval and gate; as known then; kept only where the grounds changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.analysis.forecasting.stage import CAMPAIGN, foretold, moment, tell
from tests.cast import viewer
from tests.progress.reported import as_office, region
from zhitong.domain.analysis.actions.forecasting import forecast, forecast_moved
from zhitong.domain.analysis.models import Forecast
from zhitong.domain.analysis.queries.forecasting import kept
from zhitong.domain.analysis.queries.forecasting.kept import ForecastFilters
from zhitong.domain.analysis.queries.forecasting.rows import ForecastRow
from zhitong.domain.analysis.rules.forecasting.methods import Method
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect, Unknown
from zhitong.domain.analysis.rules.forecasting.testing import Tried
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.plans.models import Target
from zhitong.domain.progress.models import Correction, Report
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

WORST = Sort("severity", descending=True)


def of(target: Target, month: int = 9, day: int = 30) -> ForecastRow:
    with as_office() as who:
        return kept.forecast_of(who, target.id, at=moment(month, day))


def test_each_pace_gets_its_word_value_and_interval() -> None:
    """R-H2."""
    targets = foretold()

    found = {code: of(target) for code, target in targets.items()}

    assert {code: one.prospect for code, one in found.items()} == {
        "1309": Prospect.MISSES, "1301": Prospect.REACHES, "xiongan": Prospect.IN_DOUBT, "130982": Prospect.MISSES,
        "130983": Prospect.REACHES,
    }
    city = found["1309"]
    assert city.value is not None
    assert city.low is not None
    assert city.high is not None
    assert city.low < city.value < city.high < 1200
    assert Decimal(800) < city.value < Decimal(880)
    assert (city.tried, city.period, city.deadline) == (Tried.INDICATOR, "2018-08", date(2018, 12, 31))
    assert city.trials >= 24


def test_what_is_needed_is_told_for_every_gate_and_month() -> None:
    """R-C8: 80 % by the end of October."""
    city = of(foretold()["1309"])

    gate = city.gate
    assert gate is not None
    assert (gate.code, gate.on, gate.needed) == ("october", date(2018, 10, 31), Decimal(1200) * gate.needed_share)
    assert Decimal("0.8") <= gate.needed_share < Decimal("0.9")
    assert gate.chance is not None
    assert gate.chance < Decimal("0.2")
    assert [one.code for one in city.steps] == ["next", "october", "deadline"]
    assert city.per_month is not None
    assert city.best_month is not None
    assert Decimal(155) < city.per_month < Decimal(170)
    assert city.per_month > city.best_month


def test_a_forecast_made_then_knows_only_what_was_told_then() -> None:
    targets = foretold(made_in=(7,))

    then, now = of(targets["1309"], 7, 22), of(targets["1309"])

    assert (then.period, now.period) == ("2018-06", "2018-08")
    assert then.actual == Decimal(413)
    assert [one.made_on for one in _earlier(targets["1309"])] == [date(2018, 9, 21), date(2018, 7, 21)]


def test_what_came_is_held_against_what_had_been_said() -> None:
    targets = foretold(made_in=(8,))

    now = of(targets["1309"])

    assert now.said_before is not None
    assert now.actual is not None
    assert now.said_before.made_on == date(2018, 8, 21)
    assert now.said_before.low < now.said_before.value < now.said_before.high
    assert abs(now.said_before.value - now.actual) < 40
    assert now.said_before.holds(now.said_before.value)
    assert not now.said_before.holds(now.said_before.high + 1)


def test_a_correction_allowed_later_is_looked_away_from() -> None:
    with as_office():
        targets = foretold()
        figure = Report.objects.get(region_id=region("1309"), period="2018-08").figures.get()
        Correction.objects.create(
            figure=figure, before=figure.value, after=Decimal(700), reason="演示", by_unit_id=figure.report.unit_id,
            asked_at=moment(9, 22), decided_at=moment(9, 24), is_allowed=True,
        )
        figure.value = Decimal(700)
        figure.save()
        forecast(CAMPAIGN, now=moment(9, 23))
        before = kept.forecast_of(viewer("province_office"), targets["1309"].id).actual
        forecast(CAMPAIGN, now=moment(9, 25))

    assert (before, of(targets["1309"]).actual) == (Decimal(553), Decimal(700))


def test_the_same_grounds_make_nothing_new_and_one_figure_more_makes_one() -> None:
    with as_office():
        targets = foretold()
        count = Forecast.objects.count()

        assert forecast(CAMPAIGN, now=moment(9, 23)) == 0

        tell(targets["1309"], 9, "650")
        speaking = Forecast.objects.exclude(unknown__in=["no_figure", "no_milestones"]).count()
        assert forecast(CAMPAIGN, now=moment(10, 6)) == speaking >= len(targets)
        assert Forecast.objects.filter(is_newest=True).count() == count
        assert forecast(CAMPAIGN, now=moment(10, 7)) == 0


def test_made_late_for_an_earlier_day_it_does_not_become_the_newest() -> None:
    with as_office():
        targets = foretold()
        forecast(CAMPAIGN, now=moment(8))
        [newest] = Forecast.objects.filter(target=targets["1309"], is_newest=True)

    assert newest.made_on == date(2018, 9, 21)


def test_the_worker_forecasts_only_what_has_moved() -> None:
    with as_office():
        foretold()

        assert forecast_moved([CAMPAIGN], now=moment(9, 22)) == 0
        assert forecast_moved([CAMPAIGN], now=moment(10, 1)) > 0


def test_without_a_figure_it_says_why_nothing_can_be_foretold() -> None:
    with as_office() as who:
        forecast(CAMPAIGN, now=moment(4))
        rows = kept.forecasts_for(who, ForecastFilters(own_only=True), WORST, None, 100)

    reasons = {one.unknown for one in rows}
    assert {one.prospect for one in rows} <= {Prospect.UNKNOWN, Prospect.REACHES, Prospect.IN_DOUBT, Prospect.MISSES}
    assert Unknown.NO_FIGURE in reasons
    assert all(one.value is None for one in rows if one.unknown)


def test_one_figure_alone_is_carried_on_with_a_wide_interval() -> None:
    found = of(foretold(2)["1309"], 3)

    assert (found.tried, found.method, found.trials) == (Tried.NOTHING, Method.IN_PROPORTION, 0)
    assert found.high is not None
    assert found.low is not None
    assert found.high - found.low > Decimal(400)


def test_a_goal_that_was_reached_is_reached_and_one_whose_day_is_past_is_what_it_is() -> None:
    with as_office():
        targets = foretold()
        tell(targets["1309"], 12, "900")
        tell(targets["1301"], 12, "1250")
        forecast(CAMPAIGN, now=moment(12, 31).replace(year=2019, month=1, day=9))
    short, full = (of(targets[code]).prospect for code in ("1309", "1301"))
    with as_office() as who:
        ended = {code: kept.forecast_of(who, targets[code].id) for code in ("1309", "1301")}

    assert (short, full) == (Prospect.MISSES, Prospect.REACHES)
    assert {code: (one.prospect, one.chance, one.steps) for code, one in ended.items()} == {
        "1309": (Prospect.MISSES, 0, ()), "1301": (Prospect.REACHES, 1, ()),
    }


@pytest.mark.parametrize("login", ["firm", "outsider", "park_office"])
def test_who_may_not_watch_finds_nothing_by_either_wall(login: str) -> None:
    target = foretold(4)["1309"]

    with acting_as(viewer(login)) as who:
        with pytest.raises(NotFound):
            kept.forecast_of(who, target.id)
        assert kept.prospects_of(who, [target.region_id]) == {}
        assert kept.made_earlier(who, target.id) == []
        assert kept.forecasts_over(who, target.indicator_id, [target.region_id]) == []
        with without_first_wall():
            assert kept.made_earlier(who, target.id) == []
            assert kept.forecasts_for(who, ForecastFilters(region_id=target.region_id), WORST, None, 50) == []


def test_the_worst_come_first_by_pages_and_counts_are_those_of_the_rows() -> None:
    targets = foretold(6)

    with acting_as(viewer("province_office")) as who:
        asked = ForecastFilters(indicator_id=targets["1309"].indicator_id)
        every = kept.forecasts_for(who, asked, WORST, None, 50)
        first = kept.forecasts_for(who, asked, WORST, None, 2)
        rest = kept.forecasts_for(who, asked, WORST, (first[-1].severity, first[-1].id), 50)
        counted = kept.prospects_of(who, [target.region_id for target in targets.values()])
        total = kept.count_forecasts(who, asked, 100)
        missed = kept.forecasts_for(who, ForecastFilters(prospects=(Prospect.MISSES,)), WORST, None, 50)

    assert [one.id for one in every] == [one.id for one in (*first, *rest)]
    assert total == len(every) >= len(targets)
    assert [one.prospect for one in every if one.prospect is Prospect.MISSES] == [every[0].prospect] * 2
    assert sum(own.get(Prospect.MISSES, 0) for own in counted.values()) == 2
    assert {one.region_code for one in missed} >= {"1309", "130982"}


def test_a_campaign_costs_the_same_number_of_statements_however_much_was_told() -> None:
    costs = []
    with as_office():
        targets = foretold(4)
        for month in (6, 7):
            with CaptureQueriesContext(connection) as asked:
                assert forecast(CAMPAIGN, now=moment(month)) > 0
            costs.append(len(asked))
            for target in targets.values():
                tell(target, month - 1, "500")

    assert costs[0] == costs[1]


def _earlier(target: Target) -> list[ForecastRow]:
    with as_office() as who:
        return kept.made_earlier(who, target.id)
