"""How far is far enough (R-G1): the light of a target and the rule read beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from zhitong.domain.plans.rules import USUAL, Asked, Came, Comparator, Direction, Goal, Light, TargetForm, light_of
from zhitong.domain.plans.rules.targets import CurveShape, Stage

YEAR_END = date(2018, 12, 31)
SEPTEMBER = date(2018, 9, 30)


def asked(
    comparator: str = "=", value: str = "300", *, unit: str = "家", direction: Direction = Direction.UP, due: str = "0.833",
    shape: CurveShape = CurveShape.LINEAR, base: str | None = None, upper: str | None = None,
    form: TargetForm = TargetForm.NUMBER, deadline: date = YEAR_END,
) -> Asked:
    goal = Goal(Comparator(comparator), Decimal(value), Decimal(upper) if upper else None, unit)
    return Asked(goal, direction, form, shape, Decimal(due), deadline, Decimal(base) if base else None)


def light(one: Asked, actual: str | None, on: date = SEPTEMBER, **more: bool) -> Light:
    return light_of(one, Came(Decimal(actual) if actual else None), USUAL, on=on, is_due=True, **more).light


def test_the_rule_is_read_beside_the_light() -> None:
    judged = light_of(asked(), Came(Decimal(210)), USUAL, on=SEPTEMBER, is_due=True)

    assert judged.words == "实际210家，应达250家（12月31日 300家，按工作日均衡推进），完成进度的84%，低于90%：滞后"
    assert (judged.light, judged.share, judged.expected) == (Light.RED, Decimal("0.7"), Decimal("249.900"))


@pytest.mark.parametrize(("actual", "expected"), [
    ("224", Light.RED), ("225", Light.AMBER), ("249", Light.AMBER), ("250", Light.GREEN), ("299", Light.GREEN),
    ("300", Light.DONE), ("400", Light.DONE), ("0", Light.RED),
])
def test_a_count_is_held_against_the_curve(actual: str, expected: Light) -> None:
    assert light(asked(), actual) is expected


@pytest.mark.parametrize(("comparator", "value", "upper", "direction", "actual", "expected"), [
    (">=", "300", None, Direction.UP, "300", Light.DONE),
    (">", "300", None, Direction.UP, "300", Light.GREEN),
    (">", "300", None, Direction.UP, "301", Light.DONE),
    ("range", "1", "2", Direction.UP, "1", Light.DONE),
    ("range", "35", "40", Direction.DOWN, "40", Light.DONE),
    ("range", "35", "40", Direction.DOWN, "60", Light.RED),
    ("=", "0", None, Direction.UP, "0", Light.DONE),
    ("<=", "0", None, Direction.DOWN, "3", Light.RED),
])
def test_every_comparator_has_its_own_end(
    comparator: str, value: str, upper: str | None, direction: Direction, actual: str, expected: Light
) -> None:
    assert light(asked(comparator, value, upper=upper, direction=direction), actual) is expected


@pytest.mark.parametrize(("actual", "expected"), [
    ("58", Light.GREEN), ("60", Light.AMBER), ("70", Light.RED), ("40", Light.GREEN),
])
def test_what_must_not_rise_is_held_all_year_and_done_on_its_day(actual: str, expected: Light) -> None:
    held = asked("<=", "58", unit="微克/立方米", direction=Direction.DOWN, due="1", shape=CurveShape.LEVEL)

    assert light(held, actual) is expected
    assert light(held, "58", YEAR_END) is Light.DONE
    assert light(held, "59", YEAR_END) is Light.RED


@pytest.mark.parametrize(("actual", "expected"), [("80", Light.RED), ("70", Light.GREEN), ("71", Light.AMBER), ("60", Light.DONE)])
def test_a_fall_from_a_base_is_measured_from_there(actual: str, expected: Light) -> None:
    falling = asked("<=", "60", unit="%", direction=Direction.DOWN, due="0.5", base="80")

    assert light(falling, actual) is expected


@pytest.mark.parametrize(("value", "direction", "comparator", "actual", "expected"), [
    ("-5", Direction.DOWN, "<=", "-5", Light.GREEN), ("-5", Direction.DOWN, "<=", "-4.6", Light.AMBER),
    ("-5", Direction.DOWN, "<=", "1", Light.RED),
    ("-5", Direction.UP, ">=", "-10", Light.RED), ("-5", Direction.UP, ">=", "2", Light.GREEN),
])
def test_a_goal_below_nought_is_measured_too(
    value: str, direction: Direction, comparator: str, actual: str, expected: Light
) -> None:
    rate = asked(comparator, value, unit="%", direction=direction, due="1", shape=CurveShape.LEVEL)

    assert light(rate, actual) is expected


def test_missing_is_never_red_and_never_nought() -> None:
    due = light_of(asked(), Came(), USUAL, on=SEPTEMBER, is_due=True)
    ahead = light_of(asked(), Came(), USUAL, on=SEPTEMBER, is_due=False)

    assert (due.light, due.share) == (Light.NONE, None)
    assert due.words == "已过报送时间，没有数据，应达250家（12月31日 300家，按工作日均衡推进）：未报"
    assert ahead.light is Light.AHEAD


def test_what_is_not_reached_on_its_day_is_overdue_however_near() -> None:
    assert light(asked(due="1"), "299", YEAR_END) is Light.RED
    assert light(asked(due="1", deadline=date(2018, 6, 30)), "299") is Light.RED


def test_nothing_is_late_before_anything_is_expected() -> None:
    assert light(asked(due="0"), "0") is Light.GREEN


@pytest.mark.parametrize(("mended", "actual", "expected", "is_mended"), [
    (Light.AMBER, "260", Light.AMBER, True), (Light.GREEN, "260", Light.GREEN, True),
    (Light.AMBER, "230", Light.AMBER, False), (Light.AMBER, "300", Light.DONE, False), (Light.AMBER, "10", Light.RED, False),
])
def test_a_red_one_that_was_mended_shows_what_the_package_says(
    mended: Light, actual: str, expected: Light, is_mended: bool
) -> None:
    judged = light_of(
        asked(), Came(Decimal(actual)), replace(USUAL, mended=mended), on=SEPTEMBER, is_due=True, was_red=True
    )

    assert (judged.light, judged.is_mended) == (expected, is_mended)


@pytest.mark.parametrize(("stage", "expected"), [
    (Stage.NOT_BEGUN, Light.RED), (Stage.ADVANCING, Light.GREEN), (Stage.BEGUN, Light.RED), (Stage.DONE, Light.DONE),
])
def test_a_stage_stands_for_a_share_of_the_way(stage: Stage, expected: Light) -> None:
    came = Came(share=USUAL.stages[stage], said=f"“{stage.label}”")

    judged = light_of(asked(form=TargetForm.QUALITATIVE, due="0.5"), came, USUAL, on=SEPTEMBER, is_due=True)

    assert judged.light is expected
    assert judged.words.startswith(f"实际“{stage.label}”，应完成50%（12月31日前全部完成")


def test_a_percentage_is_cut_and_not_rounded_up() -> None:
    judged = light_of(asked(due="1", value="10000", unit="户"), Came(Decimal(8999)), USUAL, on=SEPTEMBER, is_due=True)

    assert "完成进度的89.9%，低于90%" in judged.words
    assert "应达1万户" in judged.words


def test_large_figures_are_said_as_officials_write_them_without_losing_a_thing() -> None:
    judged = light_of(asked(due="1", value="500000", unit="户"), Came(Decimal(499_999)), USUAL, on=SEPTEMBER, is_due=True)

    assert judged.words.startswith("实际49.9999万户，应达50万户")
