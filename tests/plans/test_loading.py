"""Loading plans: what is written is kept, loading again changes nothing, what was amended is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests import packages
from tests.cast import acting
from tests.plans.conftest import another_unit, region, unit
from tests.world import NOW
from zhitong.domain.organisations.models import Unit
from zhitong.domain.plans.actions.loading import StillUsed, UnknownInPlan, load
from zhitong.domain.plans.actions.naming import units_by_name
from zhitong.domain.plans.models import (
    AmendedItem,
    Amendment,
    Curve,
    Gate,
    Indicator,
    IndicatorLink,
    Plan,
    Target,
    Task,
    TaskUnit,
)
from zhitong.domain.plans.package import PlanRecord, parse
from zhitong.kit.keeping import Loaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("from_the_province")]


def test_everything_written_is_kept(written: list[PlanRecord]) -> None:
    assert Task.objects.count() == 36 + 33
    assert Indicator.objects.count() == Target.objects.count() == sum(len(plan.indicators) for plan in written)
    assert Gate.objects.filter(campaign="hebei-2018").count() == 10
    assert IndicatorLink.objects.filter(relation="part_of", indicator__code="P048", other__code="P046").exists()


def test_values_clauses_and_second_values_are_kept() -> None:
    built = Target.objects.get(indicator__code="P116")

    assert (built.value, built.aspiration_value, built.aspiration_code) == (500, 580, "P117")
    assert (built.document, built.clause_start, built.clause_end) == ("hebei-2018-7", 5987, 5996)
    assert Target.objects.get(indicator__code="P101").value == Decimal("96.6")


def test_a_target_knows_how_it_is_told_to_be_reached() -> None:
    ratio = Target.objects.get(indicator__code="B041")

    assert (ratio.form, ratio.factor, ratio.of_indicator and ratio.of_indicator.code) == ("formula", Decimal("1.3"), "B039")
    assert Target.objects.get(indicator__code="P094").form == "milestone"
    assert Target.objects.get(indicator__code="B052").form == "qualitative"


def test_a_local_indicator_points_to_the_one_it_carries_out() -> None:
    carried = Indicator.objects.filter(upper__isnull=False).select_related("upper__plan")

    assert {one.upper.plan.campaign for one in carried if one.upper} == {"hebei-2018"}
    assert {one.code: one.upper.code for one in carried if one.upper}["B017"] == "P031"
    assert all(one.upper and (one.measure, one.kind) == (one.upper.measure, one.upper.kind) for one in carried)


def test_a_curve_and_a_base_that_the_plan_lays_down_are_kept_and_corrected(
    written: list[PlanRecord], tmp_path: Path
) -> None:
    copy = packages.Copy("hebei-2018", tmp_path)
    copy.replace("plan.yaml", "form: milestone", "base: 3\n        base_words: 上年底\n        curve: {shape: s_curve}")
    plan, _ = parse(copy.source())
    assert plan is not None

    load([plan], now=NOW)

    curve = Curve.objects.get(target__indicator__code="P094")
    assert (curve.shape, curve.state, curve.number, curve.since) == ("s_curve", "accepted", 1, date(2018, 1, 1))
    assert (curve.target.base, curve.target.base_words) == (3, "上年底")
    assert load([plan], now=NOW) == Loaded()


def test_what_was_divided_cannot_be_taken_out_of_the_plan(written: list[PlanRecord]) -> None:
    target = Target.objects.get(indicator__code="P103")
    plan = Plan.objects.get(campaign="hebei-2018")
    with acting("province_office") as actor:
        amendment = Amendment.objects.create(
            plan=plan, region=plan.region, number=1, title="演示", reason="演示", state="draft", since=date(2018, 5, 1),
            by_unit_id=actor.unit_id, made_at=NOW,
        )
        AmendedItem.objects.create(amendment=amendment, position=1, changed="value", target=target, before={}, after={})
    without = replace(written[0], indicators=tuple(one for one in written[0].indicators if one.code != "P103"))

    with pytest.raises(StillUsed, match="请改用“调整”"):
        load([without], now=NOW)


def test_every_unit_that_is_no_collective_is_linked_to_the_nearest_bearer() -> None:
    linked = TaskUnit.objects.filter(unit__isnull=False)

    assert TaskUnit.objects.filter(unit__isnull=True).values_list("as_printed", flat=True).get() == "区属相关职能部门"
    assert set(linked.filter(as_printed="省交通厅").values_list("unit__name", flat=True)) == {"省交通运输厅"}
    assert set(linked.filter(as_printed="经发局").values_list("unit__region__code", flat=True)) == {"130973"}


def test_loading_again_changes_nothing(written: list[PlanRecord]) -> None:
    assert load(written, now=NOW) == Loaded(0, 0, 0)


def test_an_amended_value_changes_one_row(written: list[PlanRecord]) -> None:
    province = written[0]
    amended = replace(province, indicators=tuple(
        replace(one, value=Decimal(96)) if one.code == "P103" else one for one in province.indicators
    ))

    loaded = load([amended], now=NOW)

    assert loaded == Loaded(changed=1)
    assert Target.objects.get(indicator__code="P103").value == 96


def test_a_task_no_longer_written_goes_with_its_units_and_targets(written: list[PlanRecord]) -> None:
    local = written[1]
    without = replace(
        local, tasks=tuple(task for task in local.tasks if task.number != "27"),
        indicators=tuple(one for one in local.indicators if one.task != "27"),
    )

    load([written[0], without], now=NOW)

    assert not Task.objects.filter(plan__campaign="bohai-2018", number="27").exists()
    assert not Indicator.objects.filter(plan__campaign="bohai-2018", code__in=["B075", "B076"]).exists()


def test_an_indicator_may_move_from_a_task_that_goes(written: list[PlanRecord]) -> None:
    local = written[1]
    moved = replace(
        local, tasks=tuple(task for task in local.tasks if task.number != "27"),
        indicators=tuple(replace(one, task="26") if one.task == "27" else one for one in local.indicators),
    )

    load([written[0], moved], now=NOW)

    assert Indicator.objects.get(plan__campaign="bohai-2018", code="B075").task.number == "26"


def test_units_may_change_places(written: list[PlanRecord]) -> None:
    province = written[0]
    turned = replace(province, tasks=tuple(replace(task, units=task.units[::-1]) for task in province.tasks))

    load([turned], now=NOW)

    [first, *_] = TaskUnit.objects.filter(task__number="12", task__plan__campaign="hebei-2018").order_by("position")
    assert first.as_printed == "省扶贫办"


def test_a_unit_nobody_keeps_stops_the_loading_and_nothing_is_kept(written: list[PlanRecord]) -> None:
    Unit.objects.filter(name="省商务厅").update(ended_on=date(2018, 1, 1))

    with pytest.raises(UnknownInPlan, match="省商务厅"):
        load([replace(written[0], title="改了名的方案"), written[1]], now=NOW)

    assert not Plan.objects.filter(title="改了名的方案").exists()


def test_a_local_plan_waits_for_the_plan_it_carries_out(written: list[PlanRecord]) -> None:
    orphan = replace(written[1], tasks=(replace(written[1].tasks[0], parent="hebei-2019#1"),))

    with pytest.raises(UnknownInPlan, match="请先载入上级方案"):
        load([orphan], now=NOW)


def test_a_region_nobody_keeps_stops_the_loading(written: list[PlanRecord]) -> None:
    with pytest.raises(UnknownInPlan, match="区划 99 不存在"):
        load([replace(written[0], region="99")], now=NOW)


def test_a_printed_name_means_the_nearest_unit() -> None:
    another_unit("统筹办", "1309")
    near = another_unit("统筹办", "130973")

    assert units_by_name({"统筹办", "省交通厅", "无此单位"}, region("130973").id) == {
        "统筹办": near.id, "省交通厅": unit("省交通运输厅").id
    }


def test_a_name_that_two_units_bear_equally_near_means_neither() -> None:
    another_unit("统筹办", "1309")
    another_unit("统筹办", "1309")

    assert units_by_name({"统筹办"}, region("130973").id) == {}


def test_a_copy_of_the_shipped_package_loads_the_same(
    written: list[PlanRecord], tmp_path: Path
) -> None:
    plan, findings = parse(packages.Copy("hebei-2018", tmp_path).source())

    assert findings == []
    assert plan is not None
    assert load([plan], now=NOW) == Loaded()
