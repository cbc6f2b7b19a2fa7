"""What is watched: targets with their lights, a territory's rows, a region's place, two regions; nothing to outsiders."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import acting, official_of, viewer
from tests.progress import watched as made
from tests.world import NOW
from zhitong.domain.organisations.models import Unit
from zhitong.domain.organisations.scope import acting_as, without_first_wall
from zhitong.domain.plans.models import Gate, Plan
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.queries import watching
from zhitong.domain.progress.queries.watching import ProgressFilters
from zhitong.domain.progress.rules import GateResult, ReportState
from zhitong.kit.paging import Sort
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db

WORST = Sort("severity", descending=True)


def test_a_target_stands_with_the_period_before_and_the_light_beside_it() -> None:
    [target] = made.lit(["1309"], [Light.RED])
    made.stands(target, Light.GREEN, "2018-02", is_newest=False)
    office = Unit.objects.get(code="13-office")
    made.overridden(target, Light.AMBER, office.id)

    with acting_as(viewer("city_office")) as who:
        one = next(one for one in watching.targets_in(who, [target.region_id]) if one.id == target.id)

    assert one.judged is not None
    assert one.before is not None
    assert (one.judged.light, one.before.light, one.light) == (Light.RED, Light.GREEN, Light.RED)
    assert one.override is not None
    assert (one.override.light, one.override.by_unit_id) == (Light.AMBER, office.id)
    assert one.judged.share == Decimal("0.1")


def test_an_earlier_day_is_told_as_it_stood_then() -> None:
    [target] = made.lit(["1309"], [Light.RED])
    earlier = made.stands(target, Light.GREEN, "2018-02", is_newest=False)

    with acting_as(viewer("city_office")) as who:
        then = watching.targets_in(who, [target.region_id], by=earlier.period_end)
        days = watching.periods_in(who, target.region_id)

    assert [one.light for one in then if one.id == target.id] == [Light.GREEN]
    assert [day.isoformat() for day in days] == ["2018-03-31", "2018-02-28"]


def test_a_target_without_a_judgement_is_there_without_a_light() -> None:
    target = made.asked_of(made.countable(1)[0], "1309")

    with acting_as(viewer("city_office")) as who:
        found = watching.targets_in(who, [target.region_id])

    assert [(one.id, one.light) for one in found] == [(target.id, None)]


@pytest.mark.parametrize("login", ["firm", "outsider", "park_office"])
def test_who_may_not_watch_finds_nothing_by_either_wall(login: str) -> None:
    [target] = made.lit(["1309"], [Light.RED])

    with acting_as(viewer(login)) as who:
        first = watching.targets_in(who, [target.region_id])
        with without_first_wall():
            second = watching.targets_in(who, [target.region_id])
            series = watching.series_of(who, target.id, target.region_id)

    assert first == []
    assert [one.judged for one in second if one.id == target.id] == [None]
    assert series == []


def test_the_rows_of_a_territory_come_worst_first_and_page_by_key() -> None:
    made.lit(["1309", "130982", "1301"], [Light.GREEN, Light.RED, Light.AMBER])

    with acting_as(viewer("city_office")) as who:
        every = watching.rows_for(who, ProgressFilters(), WORST, None, 50)
        first = watching.rows_for(who, ProgressFilters(), WORST, None, 4)
        rest = watching.rows_for(who, ProgressFilters(), WORST, (first[-1].severity, first[-1].id), 50)

    assert [one.light for one in every] == [Light.RED] * 2 + [Light.AMBER] * 2 + [Light.GREEN] * 2
    assert {one.region for one in every} == {"沧州市", "任丘市"}
    assert [one.id for one in (*first, *rest)] == [one.id for one in every]


def test_filters_narrow_to_what_they_name() -> None:
    made.lit(["1309", "130982"], [Light.GREEN, Light.RED])
    one = made.countable(1)[0]
    assert one.task is not None
    lead = one.task.units.filter(role="lead").first()
    assert lead is not None
    asked = {
        "own": ProgressFilters(own_only=True), "light": ProgressFilters(lights=(Light.RED,)),
        "region": ProgressFilters(region_id=made.place("130982").id), "words": ProgressFilters(words=one.name),
        "task": ProgressFilters(task_id=one.task_id), "lead": ProgressFilters(lead_id=lead.unit_id),
        "campaign": ProgressFilters(campaign="bohai-2018"), "kind": ProgressFilters(kind=None, is_overridden=True),
    }

    with acting_as(viewer("city_office")) as who:
        counted = {name: watching.count_rows(who, filters, 100) for name, filters in asked.items()}
        rows = {name: len(watching.rows_for(who, filters, WORST, None, 100)) for name, filters in asked.items()}

    assert counted == rows
    assert (counted["own"], counted["light"], counted["region"]) == (2, 2, 2)
    assert (counted["campaign"], counted["kind"]) == (0, 0)
    assert 2 <= counted["lead"] <= 4
    assert counted["words"] >= 2


def test_a_region_outside_is_not_found() -> None:
    with acting_as(viewer("outsider")) as who, pytest.raises(NotFound):
        watching.rows_for(who, ProgressFilters(region_id=made.place("1309").id), WORST, None, 50)
    with acting_as(viewer("firm")) as who, pytest.raises(NotFound):
        watching.count_rows(who, ProgressFilters(), 10)


def test_counts_are_a_regions_own() -> None:
    made.lit(["1309"], [Light.GREEN, Light.RED, Light.NONE])
    made.lit(["130982"], [Light.RED, Light.RED, Light.RED])

    with acting_as(viewer("city_office")) as who:
        counted = watching.counts_of_regions(who, [made.place(code).id for code in ("1309", "130982", "1301")])

    assert {made_by: counts.of(Light.RED) for made_by, counts in counted.items()} == {
        made.place("1309").id: 1, made.place("130982").id: 3,
    }
    city = counted[made.place("1309").id]
    assert (city.every, city.on_course) == (3, Decimal("0.5"))


def test_a_region_learns_its_own_place_and_the_average_and_nothing_else() -> None:
    """R-H9."""
    for code, lights in (("1309", [Light.GREEN, Light.RED]), ("1301", [Light.DONE, Light.GREEN]), ("xiongan", [Light.RED] * 2)):
        made.lit([code], lights)

    with acting_as(viewer("city_office")) as who:
        place = watching.place_of(who, made.place("1309").id)
        others = watching.place_of(who, made.place("1301").id)
        with without_first_wall():
            behind = watching.place_of(who, made.place("1301").id)

    assert place is not None
    assert (place.place, place.among, place.on_course, place.average) == (2, 3, Decimal("0.5"), Decimal("0.5"))
    assert (others, behind) == (None, None)


def test_two_are_too_few_to_be_placed_among() -> None:
    made.lit(["1309", "1301"], [Light.GREEN])

    with acting_as(viewer("city_office")) as who:
        assert watching.place_of(who, made.place("1309").id) is None


def test_two_regions_are_compared_by_indicator() -> None:
    made.lit(["130982"], [Light.GREEN, Light.RED])
    made.lit(["130983"], [Light.AMBER])

    with acting_as(viewer("city_office")) as who:
        found = watching.compared(who, made.place("130982").id, made.place("130983").id)
        with pytest.raises(NotFound):
            watching.compared(who, made.place("130982").id, made.place("1301").id)

    assert [(one.is_shared, one.either.region_id == made.place("130982").id) for one in found] == [(True, True), (False, True)]


def test_the_newest_report_of_each_task_is_told() -> None:
    [target] = made.lit(["1309"], [Light.RED])
    unit = Unit.objects.get(code="1309-development")
    made.reported(target, unit.id, ReportState.ACCEPTED, "2018-02")
    made.reported(target, unit.id, ReportState.RETURNED)

    with acting_as(viewer("city_office")) as who:
        [one] = watching.newest_reports_in(who, [target.region_id])
        [own] = watching.newest_reports_of(who, unit.id, unit.region_id)
    with acting_as(viewer("outsider")) as who:
        assert watching.newest_reports_in(who, [target.region_id]) == []
        assert watching.newest_reports_of(who, unit.id, unit.region_id) == []

    assert (one.period, one.state, one.is_late(NOW)) == ("2018-03", ReportState.RETURNED, True)
    assert own == one


def test_gates_are_counted_by_what_they_found() -> None:
    targets = made.lit(["1309"], [Light.RED, Light.GREEN, Light.GREEN])
    gate = Gate.objects.filter(campaign="hebei-2018").order_by("on")[0]
    for target, result in zip(targets, (GateResult.SHORT, GateResult.REACHED, GateResult.REACHED), strict=True):
        made.gate_read(target, result, gate.id)

    with acting("city_office"):
        [found] = watching.gates_in(viewer("city_office"), made.place("1309").id)

    assert (found.code, found.results) == (gate.code, {GateResult.SHORT: 1, GateResult.REACHED: 2})


def test_regions_with_targets_are_those_of_the_viewer() -> None:
    made.lit(["1309", "130982", "1301"], [Light.RED])
    plan = Plan.objects.get(campaign="hebei-2018")

    with acting_as(viewer("city_office")) as who:
        assert [one.code for one in watching.regions_with_targets(who, plan.id)] == ["1309", "130982"]


def test_questions_cost_the_same_whatever_there_is() -> None:
    with acting_as(official_of("1309-office")) as who:
        costs = []
        watching.targets_in(who, [who.region_id])  # the directory is read once per request
        for codes in (["1309"], ["130982", "130983", "130973"]):
            made.lit(codes, [Light.GREEN, Light.RED, Light.AMBER])
            with CaptureQueriesContext(connection) as asked:
                watching.rows_for(who, ProgressFilters(), WORST, None, 50)
                watching.targets_in(who, [who.region_id, made.place("130982").id])
                watching.counts_of_regions(who, [who.region_id])
            costs.append(len(asked))

    assert costs[0] == costs[1]
