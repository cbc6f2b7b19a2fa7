"""The table of the regions below: one measure a column, sortable, each number opening to its rows; and the same as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.telling import By, Told
from zhitong.domain.analysis.rules.stretches import NAME_OF_LAST
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.problems.queries.overview import Moved
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.phases import Numbers, Phase
from zhitong.kit.paging import Sort
from zhitong.web.overview.asking import Asked
from zhitong.web.overview.comparing import signed
from zhitong.web.overview.findings import share_in_words
from zhitong.web.overview.links import Rows
from zhitong.web.shell.columns import Column, Kind
from zhitong.web.shell.components import Text
from zhitong.web.shell.words import NOTHING, figure_in_words

BAR = 100
"""A whole share, in units of its bar."""
NAME, SHARE = "name", "share"


@dataclass(frozen=True)
class Number:
    """A figure in a cell and the rows behind it; a light gives it a tone; `said` replaces the plain figure."""

    value: int
    url: str = ""
    tone: str = ""
    said: str = ""

    @property
    def text(self) -> str:
        """Thousands separated, or as it is said."""
        return self.said or figure_in_words(self.value)


@dataclass(frozen=True)
class Place:
    """What is known of one line of the table; `region` is None for what a region reported itself."""

    name: str
    region: RegionEntry | None
    numbers: Numbers | None
    moved: Moved | None = None
    before: Moved | None = None


@dataclass(frozen=True)
class Measure:
    """One column: its value at a place (None: not known), its rows, its light's tone; `says` words a change."""

    name: str
    label: Text
    of: Callable[[Place], int | None]
    rows: Callable[[str], str] = lambda _code: ""
    tone: str = ""
    says: Callable[[Place], str] | None = None

    def at(self, place: Place) -> Number:
        """The cell at a place; what is nothing opens nothing."""
        value = self.of(place)
        if value is None:
            return Number(0, said=NOTHING)
        url = self.rows(place.region.code) if place.region and value else ""
        return Number(value, url, self.tone if value else "", self.says(place) if self.says else "")


@dataclass(frozen=True)
class Head:
    """The head of a column with the address that sorts by it and the direction it has now."""

    label: Text
    tone: str
    url: str
    direction: str


@dataclass(frozen=True)
class RegionLine:
    """One region of the table; without cells where its figures are not the viewer's to see."""

    name: str
    url: str
    cells: Sequence[Number]
    closed: int
    closed_text: str


@dataclass(frozen=True)
class RegionTable:
    """The whole table: heads (the first is the name's, the last the share's), regions, those only shown, the total."""

    heads: Sequence[Head]
    lines: Sequence[RegionLine]
    shown: Sequence[RegionLine]
    total: RegionLine

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.heads)


def measures_of(told: Told, asked: Asked, rows: Rows) -> list[Measure]:
    """The columns between name and share: what moved, where a period is asked for, and how it stands."""

    def phase(one: Phase) -> Measure:
        return Measure(one.value, one.label, lambda place: _of(place, lambda numbers: numbers.of(one)),
                       lambda code: rows.of(code, phases=[one]))

    standing = [
        Measure("reported", _("累计反映") if asked.stretch else _("反映问题"), lambda place: _of(place, lambda n: n.reported), rows.of),
        phase(Phase.WAITING), phase(Phase.HANDLING),
        Measure("overdue", _("超期"), lambda place: _of(place, lambda n: n.overdue),
                lambda code: rows.of(code, light=Light.OVERDUE), "bad"),
        Measure("soon", _("临期"), lambda place: _of(place, lambda n: n.soon), lambda code: rows.of(code, light=Light.SOON), "warn"),
        phase(Phase.ANSWERED), phase(Phase.REVIEW), phase(Phase.CLOSED), phase(Phase.ENDED),
    ]
    moving = _moving(told, asked, rows)
    return [*moving, *(one for one in standing if not moving or one.name not in _LEFT_OUT)]


_LEFT_OUT = {Phase.REVIEW.value, Phase.ENDED.value}
"""What makes room for the columns of a period."""


def _moving(told: Told, asked: Asked, rows: Rows) -> list[Measure]:
    if told.moved is None:
        return []
    found = [
        Measure("moved", _("期内反映"), lambda place: place.moved.reported if place.moved else None, rows.reported),
        Measure("settled", _("期内销号"), lambda place: place.moved.closed if place.moved else None, rows.closed),
    ]
    if told.moved_before is not None:
        change = Measure("change", _("反映比%s") % NAME_OF_LAST[asked.kind], _change, says=_change_said)
        found.insert(1, change)
    return found


def _of(place: Place, of: Callable[[Numbers], int]) -> int | None:
    return of(place.numbers) if place.numbers is not None else None


def _change(place: Place) -> int | None:
    return place.moved.reported - place.before.reported if place.moved and place.before else None


def _change_said(place: Place) -> str:
    return signed(place.moved.reported, place.before.reported) if place.moved and place.before else NOTHING


def table_of(told: Told, asked: Asked, rows: Rows) -> RegionTable:
    """The table in the order asked for; what the region reported itself stands last, the total at the foot."""
    measures, found = measures_of(told, asked, rows), told.found
    places = sorted_by(asked.sort, measures, places_of(told))
    own = own_of(told)
    return RegionTable(
        _heads(measures, asked), [_line(one, measures, asked) for one in [*places, *([own] if own else [])]],
        [_line(one, measures, asked) for one in shown_of(told)],
        replace(_line(total_of(told), measures, asked), url="", name=_("合计") if found.children else found.region.name),
    )


def places_of(told: Told) -> list[Place]:
    """The regions below."""
    return [_place(told, one.region, one.numbers) for one in told.found.children]


def shown_of(told: Told) -> list[Place]:
    """The regions that are shown here and summed elsewhere."""
    return [_place(told, one.region, one.numbers) for one in told.found.shown]


def total_of(told: Told) -> Place:
    """The region itself."""
    return _place(told, told.found.region, told.found.numbers)


def own_of(told: Told) -> Place | None:
    """What the region reported itself, where it has anything below and reported something."""
    if not told.found.children or not told.found.own.reported:
        return None
    return Place(_("%s本级") % told.found.region.short, None, told.found.own, _own(told, told.moved), _own(told, told.moved_before))


def _own(told: Told, moved: By) -> Moved | None:
    """What moved in the region itself: the whole without the regions below."""
    if moved is None:
        return None
    whole = moved[told.found.region.id]
    below = [moved[one.region.id] for one in told.found.children]
    return Moved(
        whole.region, whole.before.without(one.before for one in below), whole.after.without(one.after for one in below)
    )


def sorted_by(sort: Sort | None, measures: Sequence[Measure], places: list[Place]) -> list[Place]:
    """The places by a measure or by the share closed; as the territory lists them where nothing or a stranger is asked."""
    by = {one.name: one.of for one in measures} | {SHARE: lambda place: _share(place.numbers)}
    if sort is None or sort.by not in by:
        return places
    return sorted(places, key=lambda place: by[sort.by](place) or 0, reverse=sort.descending)


def _place(told: Told, region: RegionEntry, numbers: Numbers | None) -> Place:
    return Place(
        region.name, region, numbers, told.moved.get(region.id) if told.moved else None,
        told.moved_before.get(region.id) if told.moved_before else None,
    )


def _share(numbers: Numbers | None) -> int:
    """The share closed, in units of a bar."""
    return round(numbers.of(Phase.CLOSED) * BAR / numbers.reported) if numbers and numbers.reported else 0


def _line(place: Place, measures: Sequence[Measure], asked: Asked) -> RegionLine:
    if place.numbers is None:
        return RegionLine(place.name, "", (), 0, "")
    url = asked.address(place.region.code, view="") if place.region else ""
    closed = share_in_words(place.numbers.of(Phase.CLOSED), place.numbers.reported)
    return RegionLine(place.name, url, [one.at(place) for one in measures], _share(place.numbers), closed)


def _heads(measures: Sequence[Measure], asked: Asked) -> list[Head]:
    plain = Head(_("地区"), "", asked.address(sort="") if asked.sort else "", "")
    return [plain, *(_head(one.name, one.label, one.tone, asked) for one in measures), _head(SHARE, _("已销号占比"), "", asked)]


def _head(name: str, label: Text, tone: str, asked: Asked) -> Head:
    """The largest first when first asked; turned when asked again."""
    sort = asked.sort
    if sort is None or sort.by != name:
        return Head(label, tone, asked.address(sort=f"-{name}"), "none")
    return Head(label, tone, asked.address(sort=str(sort.turned())), "descending" if sort.descending else "ascending")


def columns_of(told: Told, asked: Asked, rows: Rows) -> tuple[Column, ...]:
    """The same columns for a workbook."""
    measures = measures_of(told, asked, rows)
    return (
        Column(NAME, _("地区"), value=lambda place: place.name),
        *(Column(one.name, one.label, Kind.NUMBER, _("个"), value=one.of) for one in measures),
        Column(SHARE, _("已销号占比"), Kind.PERCENT, value=_exact_share),
    )


def _exact_share(place: Place) -> float | None:
    return place.numbers.of(Phase.CLOSED) / place.numbers.reported if place.numbers and place.numbers.reported else None


def rows_for_sheet(told: Told, asked: Asked, rows: Rows) -> list[Place]:
    """The lines of the workbook, in the order of the page: regions, what the region reported itself, the total, those shown."""
    own = own_of(told)
    places = sorted_by(asked.sort, measures_of(told, asked, rows), places_of(told))
    shown = [replace(one, name=_("%s（只展示不汇总）") % one.name) for one in shown_of(told)]
    return [*places, *([own] if own else []), replace(total_of(told), name=_("合计")), *shown]
