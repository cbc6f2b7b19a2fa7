"""The weights of a campaign package (weights.yaml): a number per region by which targets are divided. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from zhitong.kit.source import Finding, Row, Source, fields, unique

WEIGHTS = "weights.yaml"
_SET = {"code": str, "name": str, "source": str, "values": Row}
_MORE = {"measure": str}


@dataclass(frozen=True, slots=True)
class WeightSetRecord:
    """A set of weights with where its numbers are from; `values` are by the code of the region."""

    code: str
    name: str
    measure: str
    source: str
    values: dict[str, Decimal]
    row: Row


def parse(source: Source) -> tuple[list[WeightSetRecord], list[Finding]]:
    """The weights of a package folder, and what is wrong with them; none where it has no such file."""
    if not source.has(WEIGHTS):
        return [], []
    rows = source.row(WEIGHTS).rows("sets")
    findings = [*unique(rows), *(fault for row in rows for fault in _faults(row))]
    good = [row for row in rows if not _faults(row)]
    return [
        WeightSetRecord(
            row.text("code"), row.text("name"), row.text("measure"), row.text("source"),
            {str(code): Decimal(str(value)) for code, value in row.row("values").items()}, row,
        )
        for row in good
    ], findings


def check(sets: Collection[WeightSetRecord], regions: Collection[str]) -> list[Finding]:
    """Weights of regions that nobody has written."""
    return [
        one.row.row("values").finding(f"区划表里没有“{code}”，请改正权数。", code)
        for one in sets for code in one.values if code not in regions
    ]


def _faults(row: Row) -> list[Finding]:
    found = fields(row, _SET, _MORE)
    values = row.row("values")
    for code, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            found.append(values.finding(f"“{code}”的权数要写不小于0的数。", code))
    return found
