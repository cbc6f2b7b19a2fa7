"""What the demonstration divides by: firms stand elsewhere than villages, and not every region has a railway. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from zhitong.domain.organisations.package import RegionRow
from zhitong.domain.organisations.rules.kinds import Rank, RegionKind
from zhitong.domain.plans.package.weights import WeightSetRecord
from zhitong.kit.source import Row, Source
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.population.places import Geography

WEIGHTS = "weights.yaml"
SOURCE = "演示数据，不是实际统计"
DISTRICT = "区"
_FINE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Weighing:
    """The sets of weights, and by which of them an indicator is divided, by its code; `usual` for all others."""

    sets: tuple[WeightSetRecord, ...]
    by_indicator: Mapping[str, str]
    usual: str


def weighing(
    regions: Sequence[RegionRow], townships: Mapping[str, Decimal], geography: Geography, folder: Path = Path(__file__).parent
) -> Weighing:
    """The weights of a territory by what is divided; `townships` counts them by region, as the campaign's package does."""
    source = Source(folder)
    row = source.row(WEIGHTS)
    assert not source.findings, source.findings
    rows, here = row.rows("sets"), _Territory([one for one in regions if one.rank is not Rank.TOWNSHIP])
    built = _with_zones(here, townships, row.decimal("zone_with_parts") or Decimal(0))
    counted = {"townships": built, "places": _of_places(geography)}
    return Weighing(
        tuple(_set(one, here, counted[one.text("from")]) for one in rows),
        {code: one.text("code") for one in rows for code in one.texts("indicators")},
        next(one.text("code") for one in rows if one.flag("is_usual")),
    )


class _Territory:
    """The regions that divide or receive, by who stands above them."""

    def __init__(self, regions: Sequence[RegionRow]) -> None:
        self.below: dict[str, list[RegionRow]] = {}
        for one in regions:
            self.below.setdefault(one.reporting_parent, []).append(one)
        self.zones = {
            one.code for one in regions if one.kind is RegionKind.ZONE and one.rank is Rank.COUNTY and one.code in self.below
        }
        """Zones of a county's rank that are divided further."""

    def is_lived_in(self, one: RegionRow) -> bool:
        """Whether people live there as in any county: a zone that is only an industrial park has no works of its own."""
        return one.kind is RegionKind.DIVISION or one.code in self.below or one.reporting_parent in self.zones


def _set(row: Row, here: _Territory, counted: Mapping[str, Decimal]) -> WeightSetRecord:
    values = {
        one.code: counted[one.code] for above, below in here.below.items() if above for one in _having(row, below, counted, here)
    }
    return WeightSetRecord(row.text("code"), row.text("name"), "份", SOURCE, values, row)


def _having(
    row: Row, below: Sequence[RegionRow], counted: Mapping[str, Decimal], here: _Territory
) -> list[RegionRow]:
    """Those among neighbours that have the thing; wherever somebody could have it, one does."""
    able = [one for one in below if counted.get(one.code)]
    if row.texts("only"):
        return [one for one in able if one.code in row.texts("only")] or able[:1]
    if not row.flag("zones"):
        able = [one for one in able if here.is_lived_in(one)] or able
    if not row.flag("districts", default=True):
        able = [one for one in able if not _is_district(one)] or able
    held = row.decimal("held")
    if held is None:
        return able
    drawn = [one for one in able if chance("weights", row.text("code"), one.code).random() < held]
    return drawn or sorted(able, key=lambda one: -counted[one.code])[:1]


def _with_zones(here: _Territory, townships: Mapping[str, Decimal], most: Decimal) -> dict[str, Decimal]:
    """Townships, and for a zone that is divided further what it counts for, its parts alike."""
    zones = {code: max(most, townships.get(code, Decimal(0))) for code in here.zones}
    parts = {one.code: Decimal(1) for code in here.zones for one in here.below[code]}
    return {**townships, **zones, **parts}


def _of_places(geography: Geography) -> dict[str, Decimal]:
    """The weight of every region: of the places in it."""
    found: dict[str, Decimal] = {}
    for place in geography.places:
        for code in place.within:
            found[code] = found.get(code, Decimal(0)) + Decimal(str(place.weight))
    return {code: weight.quantize(_FINE) for code, weight in found.items()}


def _is_district(one: RegionRow) -> bool:
    return one.kind is RegionKind.DIVISION and one.rank is Rank.COUNTY and one.name.endswith(DISTRICT)
