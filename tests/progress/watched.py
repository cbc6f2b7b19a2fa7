"""A plan that has come some way: targets in a few regions and how they stood at the end of two months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from tests.cast import acting
from tests.world import NOW
from zhitong.domain.organisations.models import Region
from zhitong.domain.plans.models import Indicator, Target
from zhitong.domain.plans.rules import Light
from zhitong.domain.progress.models import GateReading, Override, Report, Standing
from zhitong.domain.progress.rules import GateResult, ReportState
from zhitong.domain.progress.rules.standings import LIGHTS
from zhitong.domain.tallies.actions import post
from zhitong.domain.tallies.rules import postings

SHARES = {
    Light.DONE: ("1.05", "0.5"), Light.GREEN: ("0.5", "0.5"), Light.AMBER: ("0.4", "0.5"), Light.RED: ("0.1", "0.5"),
    Light.NONE: (None, "0.5"), Light.AHEAD: (None, None),
}
"""A share of the way and what was expected, for each light."""


def place(code: str) -> Region:
    """A region of the world."""
    return Region.objects.get(code=code)


def indicator(code: str) -> Indicator:
    """A reading of the provincial plan."""
    return Indicator.objects.get(plan__campaign="hebei-2018", code=code)


def countable(number: int) -> list[Indicator]:
    """The first targets of numbered tasks that are counted in numbers."""
    found = Indicator.objects.filter(plan__campaign="hebei-2018", reading_class="target", kind="count", task__isnull=False)
    return list(found.select_related("task").order_by("position")[:number])


def asked_of(one: Indicator, code: str, value: int = 100) -> Target:
    """A target of a region, the one that is there or a new one."""
    own = Target.objects.filter(indicator=one, region__code=code).first()
    return own or Target.objects.create(
        indicator=one, region=place(code), comparator=">=", value=value, deadline=date(2018, 12, 31), document=one.document,
        clause_start=one.clause_start, clause_end=one.clause_end,
    )


def stands(target: Target, light: Light, period: str = "2018-03", *, is_newest: bool = True) -> Standing:
    """How a target stood at the end of a month."""
    share, expected = (None if part is None else Decimal(part) for part in SHARES[light])
    year, month = (int(part) for part in period.split("-"))
    with acting("province_office"):
        if is_newest:
            Standing.objects.filter(target=target, is_newest=True).update(is_newest=False)
        if is_newest:
            _counted(target, light)
        return Standing.objects.create(
            target=target, indicator=target.indicator, region=target.region, period=period,
            period_end=date(year, month, monthrange(year, month)[1]), light=light.value, words=f"演示：{light.label}",
            actual=None if share is None else share * target.value, share=share, expected_share=expected,
            expected=None if expected is None else expected * target.value, is_newest=is_newest, computed_at=NOW,
        )


def _counted(target: Target, light: Light) -> None:
    old = Standing.objects.filter(target=target).order_by("-period_end").first()
    region, task = target.region, target.indicator.task_id
    left = [LIGHTS.cell(region.id, task, region.rank, old.light)] if old else []
    post(postings([(left, [LIGHTS.cell(region.id, task, region.rank, light.value)])]))


def lit(codes: Iterable[str], lights: Iterable[Light], period: str = "2018-03") -> list[Target]:
    """Regions with as many countable targets as lights, each standing under its light."""
    wanted = list(lights)
    found = []
    for code in codes:
        for one, light in zip(countable(len(wanted)), wanted, strict=True):
            target = asked_of(one, code)
            stands(target, light, period)
            found.append(target)
    return found


def overridden(target: Target, light: Light, by_unit_id: object, period: str = "2018-03") -> Override:
    """Another light set beside the computed one."""
    with acting("province_office"):
        return Override.objects.create(
            target=target, region=target.region, period=period, computed=Light.RED.value, light=light.value,
            reason="演示：现场核实已开工", by_unit_id=by_unit_id, set_at=NOW,
        )


def reported(target: Target, unit_id: object, state: ReportState = ReportState.APPROVED, period: str = "2018-03") -> Report:
    """A report of the target's task for a month."""
    year, month = (int(part) for part in period.split("-"))
    end = date(year, month, monthrange(year, month)[1])
    with acting("province_office"):
        return Report.objects.create(
            task=target.indicator.task, region=target.region, unit_id=unit_id, period=period, period_end=end, state=state.value,
            due_at=NOW - timedelta(days=10), lock_at=NOW - timedelta(days=5), progress_words="演示：本期已完成选址。",
            trouble_words="演示：资金没有到位。", next_words="演示：下月开工。", version=1,
            accepted_at=NOW if state is ReportState.ACCEPTED else None,
            return_reason="演示：数与上月不接" if state is ReportState.RETURNED else "",
        )


def gate_read(target: Target, result: GateResult, gate_id: object) -> GateReading:
    """What a gate found for a target."""
    with acting("province_office"):
        return GateReading.objects.create(
            gate_id=gate_id, target=target, indicator=target.indicator, region=target.region, result=result.value,
            words="演示", frozen_at=NOW,
        )


def lit_more(one: Indicator, codes: Iterable[str], light: Light = Light.RED) -> None:
    """The same indicator in more regions."""
    for code in codes:
        stands(asked_of(one, code), light)
