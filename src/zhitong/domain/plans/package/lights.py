"""The lights of a campaign package: `lights.yaml`, from which share of the expected progress on a target is green. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from zhitong.domain.plans.rules import Light, LightRule, Stage
from zhitong.kit.source import Finding, Row, Source, fields, known

FILE = "lights.yaml"
_FIELDS = {
    "green_from": float, "amber_from": float, "overdue": Light, "mended": Light, "stages": Row, "gates": list[str],
    "source": str,
}
_STAGES = dict.fromkeys((str(stage) for stage in Stage), float)
_HUNDRED = Decimal(100)
_OVERDUE, _MENDED = (Light.RED, Light.AMBER), (Light.AMBER, Light.GREEN)


@dataclass(frozen=True, slots=True)
class LightsPackage:
    """The rule of a campaign as written; percentages in the file are shares here."""

    rule: LightRule
    row: Row


def parse(source: Source) -> tuple[LightsPackage | None, list[Finding]]:
    """What the file says, and every finding about its form; None where there is none or it cannot be read."""
    head = source.row(FILE) if source.has(FILE) else None
    if not head:
        return None, []
    stages = head.row("stages")
    findings = [*fields(head, _FIELDS), *(fields(stages, _STAGES) if stages else [])]
    if findings:
        return None, findings
    rule = LightRule(
        _share(head, "green_from"), _share(head, "amber_from"), Light(head.text("overdue")), Light(head.text("mended")),
        {stage: _share(stages, str(stage)) for stage in Stage}, tuple(head.texts("gates")), head.text("source"),
    )
    return LightsPackage(rule, head), list(_faults(rule, head))


def check(package: LightsPackage, *, gates: Collection[str]) -> Iterator[Finding]:
    """What only the whole package can tell: gates that the calendar does not have."""
    yield from known(package.row, "gates", gates, "campaign.yaml")


def _faults(rule: LightRule, head: Row) -> Iterator[Finding]:
    if not 0 < rule.amber_from <= rule.green_from:
        yield head.finding("amber_from 要大于 0 且不大于 green_from，请改正。", "amber_from")
    if rule.overdue not in _OVERDUE:
        yield head.finding("到期没有达到只能显示 red 或 amber，请改正。", "overdue")
    if rule.mended not in _MENDED:
        yield head.finding("滞后之后补上只能显示 amber 或 green，请改正。", "mended")
    shares = [rule.stages[stage] for stage in Stage]
    if shares != sorted(shares) or shares[0] != 0 or shares[-1] != 1:
        yield head.finding("各阶段的进度要从 0 到 100 依次不减，请改正。", "stages")


def _share(row: Row, name: str) -> Decimal:
    return (row.decimal(name) or Decimal(0)) / _HUNDRED
