"""Loading plans: what is written is kept, loading again changes nothing, what was amended is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests import packages
from tests.plans.conftest import Ground, twin
from zhitong.domain.organisations.models import Unit
from zhitong.domain.plans.actions.loading import UnknownInPlan, load
from zhitong.domain.plans.actions.naming import units_by_name
from zhitong.domain.plans.models import Gate, Indicator, IndicatorLink, Target, Task, TaskUnit
from zhitong.domain.plans.package import PlanRecord, parse
from zhitong.kit.keeping import Loaded

pytestmark = pytest.mark.django_db


def test_everything_written_is_kept(ground: Ground, written: list[PlanRecord]) -> None:
    load(written)

    assert Task.objects.count() == 36 + 33
    assert Indicator.objects.count() == Target.objects.count() == sum(len(plan.indicators) for plan in written)
    assert Gate.objects.filter(campaign="hebei-2018").count() == 10
    assert IndicatorLink.objects.filter(relation="part_of", indicator__code="P048", other__code="P046").exists()


def test_values_clauses_and_second_values_are_kept(ground: Ground, written: list[PlanRecord]) -> None:
    load(written)

    built = Target.objects.get(indicator__code="P116")
    assert (built.value, built.aspiration_value, built.aspiration_code) == (500, 580, "P117")
    assert (built.document, built.clause_start, built.clause_end) == ("hebei-2018-7", 5987, 5996)
    assert Target.objects.get(indicator__code="P101").value == Decimal("96.6")


def test_loading_twice_changes_nothing(ground: Ground, written: list[PlanRecord]) -> None:
    first = load(written)

    second = load(written)

    assert first.created > 300
    assert second == Loaded(0, 0, 0)


def test_an_amended_value_changes_one_row(ground: Ground, written: list[PlanRecord]) -> None:
    load(written)
    province = written[0]
    amended = replace(province, indicators=tuple(
        replace(one, value=Decimal(96)) if one.code == "P103" else one for one in province.indicators
    ))

    loaded = load([amended])

    assert loaded == Loaded(changed=1)
    assert Target.objects.get(indicator__code="P103").value == 96


def test_a_task_no_longer_written_goes_with_its_units_and_targets(ground: Ground, written: list[PlanRecord]) -> None:
    local = written[1]
    load(written)
    without = replace(
        local, tasks=tuple(task for task in local.tasks if task.number != "27"),
        indicators=tuple(one for one in local.indicators if one.task != "27"),
    )

    load([written[0], without])

    assert not Task.objects.filter(plan__campaign="bohai-2018", number="27").exists()
    assert not Indicator.objects.filter(plan__campaign="bohai-2018", code__in=["B075", "B076"]).exists()


def test_an_indicator_may_move_from_a_task_that_goes(ground: Ground, written: list[PlanRecord]) -> None:
    local = written[1]
    load(written)
    moved = replace(
        local, tasks=tuple(task for task in local.tasks if task.number != "27"),
        indicators=tuple(replace(one, task="26") if one.task == "27" else one for one in local.indicators),
    )

    load([written[0], moved])

    assert Indicator.objects.get(plan__campaign="bohai-2018", code="B075").task.number == "26"


def test_units_may_change_places(ground: Ground, written: list[PlanRecord]) -> None:
    load(written)
    province = written[0]
    turned = replace(province, tasks=tuple(replace(task, units=task.units[::-1]) for task in province.tasks))

    load([turned])

    [first, *_] = TaskUnit.objects.filter(task__number="12", task__plan__campaign="hebei-2018").order_by("position")
    assert first.as_printed == "省扶贫办"


def test_a_unit_nobody_keeps_stops_the_loading_and_nothing_is_kept(ground: Ground, written: list[PlanRecord]) -> None:
    Unit.objects.filter(name="省商务厅").update(ended_on=date(2018, 1, 1))

    with pytest.raises(UnknownInPlan, match="省商务厅"):
        load(written)

    assert Task.objects.count() == 0


def test_a_local_plan_waits_for_the_plan_it_carries_out(ground: Ground, written: list[PlanRecord]) -> None:
    with pytest.raises(UnknownInPlan, match="请先载入上级方案"):
        load([written[1]])


def test_a_region_nobody_keeps_stops_the_loading(ground: Ground, written: list[PlanRecord]) -> None:
    with pytest.raises(UnknownInPlan, match="区划 99 不存在"):
        load([replace(written[0], region="99")])


def test_a_printed_name_means_the_nearest_unit(ground: Ground) -> None:
    twin(ground, "财政局", "1309")
    near = twin(ground, "财政局", "130973")
    names = {"财政局", "省交通厅", "无此单位"}

    assert units_by_name(names, ground.regions["130973"].id) == {
        "财政局": near, "省交通厅": ground.units["省交通运输厅"].id
    }


def test_a_name_that_two_units_bear_equally_near_means_neither(ground: Ground) -> None:
    twin(ground, "财政局", "1309")
    twin(ground, "财政局", "1309")

    assert units_by_name({"财政局"}, ground.regions["130973"].id) == {}


def test_a_copy_of_the_shipped_package_loads_the_same(
    ground: Ground, written: list[PlanRecord], tmp_path: Path
) -> None:
    load(written)
    plan, findings = parse(packages.Copy("hebei-2018", tmp_path).source())

    assert findings == []
    assert plan is not None
    assert load([plan]) == Loaded()
