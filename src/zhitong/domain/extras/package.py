"""The extras' part of a campaign package: `extras.yaml`, by what proposals are weighed. Pure."""

from __future__ import annotations

from decimal import Decimal

from zhitong.domain.extras.rules.weighing import Criterion
from zhitong.kit.source import Finding, Source, fields, unique

FILE = "extras.yaml"
_CRITERION = {"code": str, "name": str, "words": str, "weight": float, "most": int}


def parse(source: Source) -> tuple[tuple[Criterion, ...], list[Finding]]:
    """The criteria of a package and what is wrong with them; none where the file is absent."""
    if not source.has(FILE):
        return (), []
    rows = source.row(FILE).rows("criteria")
    findings = [*(fault for row in rows for fault in fields(row, _CRITERION)), *unique(rows, "code")]
    for row in rows:
        weight, most = row.decimal("weight"), row.number("most")
        if (weight is not None and weight <= 0) or (most is not None and most <= 0):
            findings.append(row.finding("weight 和 most 都要大于 0，请改正。", "weight"))
    sound = [row for row in rows if not fields(row, _CRITERION)]
    return tuple(
        Criterion(row.text("code"), row.text("name"), row.text("words"), row.decimal("weight") or Decimal(1), row.number("most"))
        for row in sound
    ), findings
