"""Targets that milestones make up: lit by what was done of what was first promised, relit by the clock (R-C3, R-G1)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.progress.reported import as_office, day, lights, target_in, told
from zhitong.domain.plans.models import Milestone, Target
from zhitong.domain.progress.actions.restanding import stand_changed
from zhitong.domain.progress.actions.standing import stand
from zhitong.domain.progress.models import Standing

pytestmark = pytest.mark.django_db


def stood(target: Target) -> None:
    stand([target.id], since=day(1, 1).date(), now=day(9, 10))


def by_milestones(*days: tuple[tuple[int, int], tuple[int, int] | None]) -> Target:
    """A target of the city that milestones make up, each promised and done on a day of a month."""
    target = target_in("1309", 1)
    Target.objects.filter(id=target.id).update(form="milestone")
    for place, (due, done) in enumerate(days):
        Milestone.objects.create(
            task_id=target.indicator.task_id, region_id=target.region_id, position=place, name=f"演示节点{place}",
            due_on=day(*due).date(), first_due_on=day(*due).date(), done_on=day(*done).date() if done else None,
        )
    return target


def test_milestones_stand_for_the_target_they_make_up() -> None:
    with as_office():
        target = by_milestones(((6, 1), (6, 1)), ((7, 1), (7, 9)), ((8, 1), None), ((11, 1), None))
        told(target, "2018-08", None)

        stood(target)

        kept = Standing.objects.get(target=target)
        assert (kept.light, kept.share, kept.expected_share) == ("red", Decimal("0.5"), Decimal("0.75"))
        assert "完成节点50%" in kept.words


def test_a_milestone_done_or_dropped_later_relights_every_month_it_counts_in_and_no_other() -> None:
    with as_office():
        target = by_milestones(((6, 1), (6, 1)), ((7, 1), None), ((11, 1), None))
        for period in ("2018-06", "2018-07", "2018-08"):
            told(target, period, None)
        stood(target)
        assert lights(target) == {"2018-06": "green", "2018-07": "red", "2018-08": "red"}
        assert stand_changed(day(9, 10)) == 0

        own = Milestone.objects.filter(task_id=target.indicator.task_id, region_id=target.region_id)
        own.filter(position=1).update(done_on=day(7, 20).date())
        assert stand_changed(day(9, 11)) == 2
        assert lights(target) == {"2018-06": "green", "2018-07": "green", "2018-08": "green"}

        own.filter(position=2).update(dropped_reason="演示：并入下年")
        assert stand_changed(day(9, 12)) == 3
        assert lights(target) == {"2018-06": "green", "2018-07": "done", "2018-08": "done"}
        assert stand_changed(day(9, 12)) == 0


def test_putting_a_milestone_off_does_not_turn_its_light() -> None:
    with as_office():
        target = by_milestones(((6, 1), (6, 1)), ((8, 1), None))
        told(target, "2018-08", None)
        stood(target)
        Milestone.objects.filter(task_id=target.indicator.task_id, position=1).update(due_on=day(12, 1).date())

        assert stand_changed(day(9, 10)) == 0
        assert lights(target) == {"2018-08": "red"}
