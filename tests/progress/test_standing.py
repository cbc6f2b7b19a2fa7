"""How targets stand at a period's end (R-G1, R-H2): from reports alone, in batches, and twice the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.progress.reported import as_office, counted_indicator, day, lights, region, target_in, told
from zhitong.domain.plans.actions.setting import NewTerm, set_terms
from zhitong.domain.plans.models import Indicator, Target
from zhitong.domain.plans.rules import Comparator, Light, TermSource
from zhitong.domain.progress.actions.restanding import stand_changed
from zhitong.domain.progress.actions.standing import stand, stand_fallen_due, stand_reports
from zhitong.domain.progress.models import Report, Standing
from zhitong.domain.progress.queries.standings import counts_by_light, heat, standings_of_region
from zhitong.domain.progress.rules.standings import LIGHTS
from zhitong.domain.tallies.queries import differences

pytestmark = pytest.mark.django_db


def stood(*targets: Target, at: tuple[int, int] = (9, 10)) -> int:
    return stand([one.id for one in targets], since=day(1, 1).date(), now=day(*at)).changed


def test_a_figure_is_held_against_the_curve_of_the_day() -> None:
    with as_office():
        target = target_in("1309", 300)
        figure = told(target, "2018-08", 150)

        assert stood(target) == 1

        kept = Standing.objects.get(target=target)
        assert (kept.light, kept.actual, kept.share, kept.figure_id) == ("red", Decimal(150), Decimal("0.5"), figure.id)
        assert kept.expected_share is not None
        assert Decimal("0.6") < kept.expected_share < Decimal("0.7")
        assert kept.expected == (300 * kept.expected_share).quantize(Decimal("0.000001"))
        assert kept.words.startswith("实际150")
        assert kept.words.endswith("低于90%：滞后")
        assert kept.is_newest


def test_twice_is_the_same() -> None:
    with as_office():
        target = target_in("1309", 300)
        told(target, "2018-08", 250)
        stood(target)
        before = Standing.objects.filter(target=target).values().get()

        assert stood(target, at=(9, 12)) == 0

        assert Standing.objects.filter(target=target).values().get() == before


def test_missing_after_its_day_is_told_apart_from_nought() -> None:
    with as_office():
        missing, nought, ahead = target_in("1309", 300), target_in("1301", 300), target_in("130982", 30)
        told(missing, "2018-08", None, state="owed")
        told(nought, "2018-08", 0)
        told(ahead, "2018-08", None, state="owed", due_at=day(9, 20))

        stood(missing, nought, ahead)

        assert lights(missing) == {"2018-08": "none"}
        assert lights(nought) == {"2018-08": "red"}
        assert lights(ahead) == {}
        assert Standing.objects.get(target=missing).share is None


def test_what_falls_due_untold_is_found_by_the_clock() -> None:
    with as_office():
        target = target_in("1309", 300)
        told(target, "2018-08", None, state="submitted", due_at=day(9, 5))

        assert stand_fallen_due(day(9, 4)) == 0
        assert stand_fallen_due(day(9, 6)) == 1
        assert stand_fallen_due(day(9, 7)) == 0
        assert lights(target) == {"2018-08": "none"}


def test_the_newest_period_moves_on_and_the_counts_with_it() -> None:
    with as_office() as here:
        target = target_in("1309", 300)
        told(target, "2018-07", 100)
        told(target, "2018-08", 290)
        stood(target)

        assert lights(target) == {"2018-07": "red", "2018-08": "amber"}
        assert list(Standing.objects.filter(target=target, is_newest=True).values_list("period", flat=True)) == ["2018-08"]
        city = region("1309")
        assert counts_by_light(here, [city])[city][Light.AMBER] == 1
        assert differences(LIGHTS) == []


def test_a_report_given_back_takes_its_standing_along() -> None:
    with as_office():
        target = target_in("1309", 300)
        told(target, "2018-07", 290)
        later = told(target, "2018-08", 290).report
        stood(target)

        Report.objects.filter(id=later.id).update(state="returned", return_reason="数字不实", due_at=day(9, 20))
        stand_reports([later.id], now=day(9, 11))

        assert lights(target) == {"2018-07": "green"}
        assert Standing.objects.get(target=target).is_newest
        assert differences(LIGHTS) == []


def test_a_red_that_was_mended_is_amber_for_one_period_and_a_gap_between_does_not_help() -> None:
    with as_office():
        target = target_in("1309", 300)
        told(target, "2018-06", 10)
        told(target, "2018-07", None, state="owed")
        told(target, "2018-08", 250)
        told(target, "2018-09", 260)

        stood(target, at=(10, 12))

        assert lights(target) == {"2018-06": "red", "2018-07": "none", "2018-08": "amber", "2018-09": "green"}
        assert Standing.objects.get(target=target, period="2018-08").is_mended


def test_a_correction_recolours_its_month_and_those_after_it() -> None:
    with as_office():
        target = target_in("1309", 300)
        figure = told(target, "2018-07", 10)
        told(target, "2018-08", 250)
        stood(target)
        assert lights(target) == {"2018-07": "red", "2018-08": "amber"}

        figure.value = Decimal(200)
        figure.save()
        stand_reports([figure.report_id], now=day(9, 12))

        assert lights(target) == {"2018-07": "green", "2018-08": "green"}


def test_a_report_is_judged_by_the_value_in_force_on_its_last_day() -> None:
    with as_office():
        target = target_in("1309", 300)
        told(target, "2018-07", 100)
        told(target, "2018-08", 100)
        stood(target)
        set_terms([NewTerm(
            target.indicator_id, target.region_id, Comparator.EQUAL, Decimal(120), None, None, day(8, 15).date(),
            TermSource.AMENDMENT, None, "调整",
        )], now=day(8, 15))

        stood(target)

        assert lights(target) == {"2018-07": "red", "2018-08": "amber"}
        assert Standing.objects.get(target=target, period="2018-08").is_mended


def test_the_clock_finds_what_was_judged_by_a_value_that_has_changed_since() -> None:
    with as_office():
        target = target_in("1309", 300)
        told(target, "2018-08", 100)
        stood(target)
        set_terms([NewTerm(
            target.indicator_id, target.region_id, Comparator.EQUAL, Decimal(100), None, None, day(8, 15).date(),
            TermSource.AMENDMENT, None, "调整",
        )], now=day(9, 11))

        assert stand_changed(day(9, 12)) == 1
        assert lights(target) == {"2018-08": "done"}
        assert stand_changed(day(9, 12)) == 0


def test_a_cancelled_target_has_no_light() -> None:
    with as_office():
        target = target_in("1309", 300)
        told(target, "2018-08", 100)
        stood(target)
        set_terms([NewTerm(
            target.indicator_id, target.region_id, Comparator.EQUAL, Decimal(300), None, None, day(8, 1).date(),
            TermSource.AMENDMENT, None, "取消", is_cancelled=True,
        )], now=day(8, 1))

        stood(target)

        assert lights(target) == {}
        assert differences(LIGHTS) == []


def test_a_formula_follows_the_figure_it_rests_on() -> None:
    with as_office():
        base = target_in("1309", 100)
        other = Indicator.objects.exclude(id=base.indicator_id).filter(
            reading_class="target", task__isnull=False, plan__campaign="hebei-2018", kind="count"
        ).order_by("position")[1]
        multiple = target_in("1309", 1, indicator=other)
        Target.objects.filter(id=multiple.id).update(form="formula", factor=Decimal("1.3"), of_indicator=base.indicator)
        told(multiple, "2018-08", 90)

        stood(multiple)
        assert lights(multiple) == {"2018-08": "none"}
        told(base, "2018-08", 100)
        stood(base)

        kept = Standing.objects.get(target=multiple)
        assert kept.light != "none"
        assert kept.share == (Decimal(90) / 130).quantize(Decimal("0.000001"))


def test_a_stage_counts_as_the_package_says() -> None:
    with as_office():
        target = target_in("1309", 1)
        Target.objects.filter(id=target.id).update(form="qualitative")
        told(target, "2018-08", None, stage="advancing")

        stood(target)

        kept = Standing.objects.get(target=target)
        assert (kept.share, kept.light) == (Decimal("0.5"), "red")
        assert "“推进中”（计50%）" in kept.words


def test_a_report_without_a_place_for_the_figure_does_not_ask_for_it() -> None:
    with as_office():
        target = target_in("1309", 300)
        told(target, "2018Q2", None, state="owed").delete()

        stood(target)

        assert lights(target) == {}


def test_many_targets_cost_as_many_statements_as_one() -> None:
    with as_office():
        one = target_in("1309", 300)
        told(one, "2018-08", 100)
        many = [target_in(code, 300) for code in ("1301", "130982", "130983", "130123")]
        for each in many:
            told(each, "2018-08", 100)

        with CaptureQueriesContext(connection) as single:
            stood(one)
        with CaptureQueriesContext(connection) as several:
            stood(*many)

        assert len(several) == len(single)


def test_pages_read_them_in_a_fixed_number_of_statements() -> None:
    with as_office() as here:
        indicator = counted_indicator()
        for code in ("1309", "1301", "130982"):
            told(target_in(code, 300), "2018-08", 100)
        stand(list(Target.objects.values_list("id", flat=True)), since=day(1, 1).date(), now=day(9, 10))

        with CaptureQueriesContext(connection) as asked:
            found = heat(here, indicator.id)
        assert len(asked) == 3
        by_region = {one.region_id: one.light for one in found}
        assert by_region[region("1309")] is Light.RED
        assert by_region[region("13")] is Light.AHEAD
        assert [one.light for one in standings_of_region(here, region("1309"))] == [Light.RED]


def test_nobody_sees_how_a_neighbour_or_the_level_above_stands() -> None:
    with as_office():
        told(target_in("1309", 300), "2018-08", 100)
        stood(Target.objects.get(region__code="1309"))
    with as_office("outsider") as here:
        assert standings_of_region(here, region("1309")) == []
        assert counts_by_light(here, [region("1309"), region("13")]) == {}
        assert Standing.objects.count() == 0
    with as_office("firm") as here:
        assert standings_of_region(here, region("130973400")) == []
        assert heat(here, counted_indicator().id) == []
