"""Units and lines of work: who keeps which line where, and who their counterpart one level up is."""

from __future__ import annotations

from ninja import Router

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit, cut
from zhitong.api.words import Code, Labelled, Named, Shape, labelled, line_id_coded, named, region_coded, unit_named
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory, LineEntry, UnitEntry
from zhitong.kit.refusals import NotFound

router = Router()


class Unit(Shape):
    """A unit of government."""

    code: str
    name: str
    short: str
    kind: Labelled
    region: Named


class Units(Shape):
    """One page of units."""

    rows: list[Unit]
    next: str | None


class LineOfUnit(Shape):
    """A line the unit keeps, and the unit that keeps it one level up; none at the root."""

    code: str
    name: str
    counterpart: Named | None


class UnitInFull(Unit):
    """A unit with its lines; `host` hosts a campaign office, `contact` asks a consulted body."""

    subordination: Labelled
    host: Named | None
    contact: Named | None
    lines: list[LineOfUnit]


class Lines(Shape):
    """Every line of work."""

    rows: list[Named]


@reads(router, "/lines", answer=Lines, summary="条线：全部工作条线")
def all_lines(request: Request) -> Lines:
    """Every line of work in order."""
    return Lines(rows=[Named(code=line.code, name=line.name) for line in directory().lines.values()])


@reads(router, "/units", answer=Units, summary="单位：按地区、条线查找")
def all_units(
    request: Request, region: Code | None = None, line: Code | None = None, limit: Limit = 200, cursor: CursorText = ""
) -> Units:
    """Units, those of one region or keeping one line where asked."""
    here = directory()
    region_id = region_coded(region, here).id if region else None
    line_id = line_id_coded(line, here) if line else None
    rows = sorted(
        (
            unit for unit in here.units.values()
            if region_id in (None, unit.region_id) and (line_id is None or line_id in unit.line_ids)
        ),
        key=lambda unit: (here.regions[unit.region_id].position, unit.code),
    )
    page, following = cut(f"units.{region}.{line}", rows, cursor, limit)
    return Units(rows=[Unit(**_unit(one, here)) for one in page], next=following)


@reads(router, "/units/{code}", answer=UnitInFull, summary="一个单位：条线及上级对口单位")
def one_unit(request: Request, code: Code) -> UnitInFull:
    """A unit by its code."""
    here = directory()
    unit = here.unit_coded(code)
    if unit is None:
        raise NotFound(f"没有代码为“{code}”的单位。请用 GET /api/v1/units 查看代码。")
    lines = [line for line in here.lines.values() if line.id in unit.line_ids]
    return UnitInFull(
        **_unit(unit, here), subordination=labelled(unit.subordination), host=unit_named(unit.host_id, here),
        contact=unit_named(unit.contact_unit_id, here), lines=[_line(unit, line, here) for line in lines],
    )


def _unit(unit: UnitEntry, here: Directory) -> dict[str, object]:
    return {
        "code": unit.code, "name": unit.name, "short": unit.short, "kind": labelled(unit.kind),
        "region": named(here.regions[unit.region_id]),
    }


def _line(unit: UnitEntry, line: LineEntry, here: Directory) -> LineOfUnit:
    above = here.counterpart(unit.id, line.id)
    return LineOfUnit(code=line.code, name=line.name, counterpart=named(above) if above else None)
