"""Regions, units and lines as pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.organisations.rules.directory import Directory, LineEntry, RegionEntry, UnitEntry
from zhitong.domain.organisations.rules.kinds import Rank, Relation, Subordination, UnitKind
from zhitong.web.shell.components import Crumb

_ORDER = list(UnitKind)


@dataclass(frozen=True)
class RegionLine:
    """A region in a list; `way` names the regions above it."""

    region: RegionEntry
    url: str
    way: str
    below: int


@dataclass(frozen=True)
class Above:
    """Who is above on some lines of work: a counterpart, or the office that receives where nobody keeps them."""

    unit: UnitEntry | None
    url: str
    lines: Sequence[LineEntry]
    is_office: bool


@dataclass(frozen=True)
class LinesRow:
    """Some lines of a unit in words, with who is above on them."""

    lines: str
    above: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class UnitLine:
    """A unit in a list; `bond` names how it is subordinated where that is not to its own region."""

    unit: UnitEntry
    url: str
    region: str
    lines: Sequence[LineEntry]
    above: Sequence[Above]
    rows: Sequence[LinesRow]
    bond: str


@dataclass(frozen=True)
class LineLine:
    """A line of work and who keeps it at the top; `contact` where that body is consulted instead of charged."""

    line: LineEntry
    unit: UnitLine | None
    contact: UnitEntry | None
    contact_url: str


def region_url(region: RegionEntry) -> str:
    """The page of a region."""
    return reverse("territory:region", args=[region.code])


def unit_url(unit: UnitEntry | None) -> str:
    """The page of a unit; empty without one."""
    return reverse("territory:unit", args=[unit.code]) if unit else ""


def region_lines(regions: Iterable[RegionEntry], here: Directory) -> list[RegionLine]:
    """Regions with the way to them and how many stand below."""
    return [
        RegionLine(one, region_url(one), _way(one, here), len(here.children(one.id))) for one in regions
    ]


def _way(region: RegionEntry, here: Directory) -> str:
    return " / ".join(above.name for above in here.path(region.id)[:-1])


def parents_of(parents: Iterable[tuple[Relation, UUID]], here: Directory) -> list[tuple[str, str, str]]:
    """Whom a region stands under: the relations in words, its name and page, each region above once."""
    found: dict[UUID, list[str]] = {}
    for relation, parent in parents:
        if relation is not Relation.SHOWN:
            found.setdefault(parent, []).append(relation.label)
    above = ((labels, here.regions[parent]) for parent, labels in found.items())
    return [("、".join(labels), region.name, region_url(region)) for labels, region in above]


def crumbs_of(region: RegionEntry, here: Directory, last: str = "") -> list[Crumb]:
    """The way from the root; of a unit's page the unit comes last."""
    path = here.path(region.id)
    if last:
        return [*(Crumb(one.name, region_url(one)) for one in path), Crumb(last)]
    return [*(Crumb(one.name, region_url(one)) for one in path[:-1]), Crumb(region.name)]


def units_of(region: RegionEntry, here: Directory) -> list[UnitLine]:
    """The units of a region, the leading bodies first, then departments by their first line of work."""
    place = {line: number for number, line in enumerate(here.lines)}
    found = [one for one in here.units.values() if one.region_id == region.id]
    found.sort(key=lambda one: (_ORDER.index(one.kind), min((place[x] for x in one.line_ids), default=999), one.code))
    return [unit_line(one, here) for one in found]


def bodies_of(lines: Sequence[UnitLine]) -> list[tuple[str, list[UnitLine]]]:
    """The units that keep no line, by kind: those that lead, coordinate or work on one task."""
    others = [one for one in lines if not one.lines]
    return [(kind.label, same) for kind in UnitKind if (same := [one for one in others if one.unit.kind is kind])]


def unit_line(unit: UnitEntry, here: Directory) -> UnitLine:
    """A unit with its lines and who is above it on each."""
    own = [line for line in here.lines.values() if line.id in unit.line_ids]
    above = above_of(unit, own, here)
    bond = "" if unit.subordination is Subordination.TERRITORIAL else unit.subordination.label
    return UnitLine(
        unit, unit_url(unit), here.regions[unit.region_id].name, own, above, _rows(unit, own, above, here), bond
    )


def _rows(unit: UnitEntry, own: Sequence[LineEntry], above: Sequence[Above], here: Directory) -> list[LinesRow]:
    """One row per unit above; one alone for a unit that keeps every line there is, or none."""
    if not own:
        return [LinesRow("")]
    if len(own) == len(here.lines) and len(above) > 1:
        every = _("全部 %d 条条线") % len(own)
        return [LinesRow(every, _("按条线分属 %d 个单位") % len(above), unit_url(unit))]
    return [_row(one) for one in above]


def _row(one: Above) -> LinesRow:
    lines = "、".join(line.name for line in one.lines)
    if one.unit is None:
        return LinesRow(lines, _("已是最高一级"))
    return LinesRow(lines, one.unit.name, one.url, _("上级没有单位承担，由其活动办公室接收") if one.is_office else "")


def above_of(unit: UnitEntry, lines: Sequence[LineEntry], here: Directory) -> list[Above]:
    """Who is above, once each, with the lines on which it is so."""
    found: dict[UUID | None, list[LineEntry]] = {}
    for line in lines:
        counterpart = here.counterpart(unit.id, line.id)
        found.setdefault(counterpart.id if counterpart else None, []).append(line)
    return [_above(here.units[unit_id] if unit_id else None, some) for unit_id, some in found.items()]


def _above(unit: UnitEntry | None, lines: Sequence[LineEntry]) -> Above:
    return Above(unit, unit_url(unit), lines, unit is not None and unit.kind is UnitKind.CAMPAIGN_OFFICE)


def lines_kept_at_the_top(here: Directory) -> list[LineLine]:
    """Every line of work with its keeper at the root."""
    found = []
    for line in here.lines.values():
        keeper = here.keeper(here.root().id, line.id)
        contact_id = keeper.contact_unit_id if keeper and keeper.is_consulted else None
        contact = here.units.get(contact_id) if contact_id else None
        found.append(LineLine(line, unit_line(keeper, here) if keeper else None, contact, unit_url(contact)))
    return found


def below_in_words(region: RegionEntry, here: Directory) -> str:
    """How many regions of each rank stand directly below: 11 个市级、3 个县级."""
    counted = Counter(one.rank for one in here.children(region.id))
    return "、".join(_("%(n)d 个%(rank)s区划") % {"n": counted[rank], "rank": rank.label} for rank in Rank if counted[rank])
