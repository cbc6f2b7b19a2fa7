"""What the overview's page shows, worked out: figures, the table of regions, the bars of a division."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.problems.queries.overview import Overview, RegionNumbers, Slice
from zhitong.domain.problems.rules.lights import Light
from zhitong.domain.problems.rules.phases import Dimension, Numbers, Phase
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.web.overview.findings import share_in_words
from zhitong.web.overview.links import rows_of
from zhitong.web.shell.components import Figure, Text
from zhitong.web.shell.navigation import address_of
from zhitong.web.shell.words import figure_in_words

COLUMNS = (Phase.WAITING, Phase.HANDLING, Phase.ANSWERED, Phase.REVIEW, Phase.CLOSED, Phase.ENDED)
BAR = 100
"""The length of the longest bar, in units of its drawing."""


@dataclass(frozen=True)
class Number:
    """A figure in a cell and the rows behind it; a light gives it a tone."""

    value: int
    url: str = ""
    tone: str = ""

    @property
    def text(self) -> str:
        """Thousands separated."""
        return figure_in_words(self.value)


@dataclass(frozen=True)
class RegionLine:
    """One region of the table; without cells where its figures are not the viewer's to see."""

    name: str
    url: str
    cells: Sequence[Number]
    closed: int
    closed_text: str


@dataclass(frozen=True)
class Bar:
    """One value of a division: its parts one after the other as (start, length, name of the shade)."""

    label: str
    note: str
    reported: Number
    unsettled: Number
    closed_text: str
    parts: Sequence[tuple[float, float, str]]


def figures_of(found: Overview) -> list[Figure]:
    """The figures above the fold, each opening to its rows; ten at most."""
    numbers, code, lens = found.numbers, found.region.code, found.lens
    figures = [
        _figure(_("反映问题"), numbers.reported, rows_of(lens, code)),
        *(_figure(p.label, numbers.of(p), rows_of(lens, code, phases=[p])) for p in COLUMNS[:2]),
        _figure(_("■ 超期"), numbers.overdue, rows_of(lens, code, light=Light.OVERDUE)),
        _figure(_("▲ 临期"), numbers.soon, rows_of(lens, code, light=Light.SOON)),
        *(_figure(p.label, numbers.of(p), rows_of(lens, code, phases=[p])) for p in COLUMNS[2:]),
    ]
    if found.confidential is not None:
        open_too = _("其中 %s 个未办结") % figure_in_words(found.confidential_open)
        figures.append(
            Figure(_("企业要求保密"), figure_in_words(found.confidential), _("个"), open_too if found.confidential else "")
        )
    if found.recorded:
        url = rows_of(lens, code, recorded="only")
        figures.append(Figure(_("其中补录"), figure_in_words(found.recorded), _("件"), _("不计入按时办结率"), url=url))
    return figures


def _figure(label: Text, value: int, url: str) -> Figure:
    return Figure(label, figure_in_words(value), _("个"), url=url if value else "")


def region_lines(found: Overview) -> list[RegionLine]:
    """The regions below, and what the region reported itself when it has anything below and reported something."""
    lines = [_line(found, one) for one in found.children]
    if found.children and found.own.reported:
        lines.append(RegionLine(_("%s本级") % found.region.short, "", *_cells(found, None, found.own)))
    return lines


def shown_lines(found: Overview) -> list[RegionLine]:
    """The regions that are shown here and summed elsewhere."""
    return [_line(found, one) for one in found.shown]


def total_line(found: Overview) -> RegionLine:
    """The foot of the table."""
    return RegionLine(_("合计"), "", *_cells(found, found.region, found.numbers))


def _line(found: Overview, one: RegionNumbers) -> RegionLine:
    if one.numbers is None:
        return RegionLine(one.region.name, "", (), 0, "")
    return RegionLine(one.region.name, page_of(one.region), *_cells(found, one.region, one.numbers))


def _cells(found: Overview, region: RegionEntry | None, numbers: Numbers) -> tuple[list[Number], int, str]:
    """The cells, the share closed, and the share in words; without a region no rows can be opened."""

    def cell(value: int, *phases: Phase, light: Light | None = None, tone: str = "") -> Number:
        url = rows_of(found.lens, region.code, phases=phases, light=light) if region and value else ""
        return Number(value, url, tone if value else "")

    cells = [
        cell(numbers.reported),
        *(cell(numbers.of(phase), phase) for phase in COLUMNS[:2]),
        cell(numbers.overdue, light=Light.OVERDUE, tone="bad"),
        cell(numbers.soon, light=Light.SOON, tone="warn"),
        *(cell(numbers.of(phase), phase) for phase in COLUMNS[2:]),
    ]
    closed = numbers.of(Phase.CLOSED)
    return cells, round(closed * BAR / numbers.reported) if closed else 0, share_in_words(closed, numbers.reported)


def page_of(region: RegionEntry) -> str:
    """The overview of a region."""
    return f"{address_of('overview:overview')}{region.code}/"


def bars_of(found: Overview, dimension: Dimension) -> list[Bar]:
    """The division drawn: every bar to the scale of the longest."""
    slices = found.slices[dimension]
    longest = max((one.numbers.reported for one in slices), default=0)
    return [_bar(found, dimension, one, longest) for one in slices]


def _bar(found: Overview, dimension: Dimension, one: Slice, longest: int) -> Bar:
    numbers, asked = one.numbers, _asked(found, dimension, one)
    unsettled = (Phase.WAITING, Phase.HANDLING, Phase.ANSWERED, Phase.REVIEW)
    parts: list[tuple[float, float, str]] = []
    start = 0.0
    for value, shade in (
        (numbers.of(Phase.CLOSED), "closed"), (numbers.of(Phase.ANSWERED), "answered"),
        (numbers.unsettled - numbers.of(Phase.ANSWERED), "open"), (numbers.of(Phase.ENDED), "ended"),
    ):
        length = round(value * BAR / longest, 2)
        parts.append((round(start, 2), length, shade))
        start += length
    return Bar(
        one.label, _kind_of(one), _opened(found, asked, numbers.reported),
        _opened(found, asked, numbers.unsettled, unsettled),
        share_in_words(numbers.of(Phase.CLOSED), numbers.reported), [part for part in parts if part[1]],
    )


def _opened(found: Overview, asked: dict[str, str] | None, value: int, phases: Sequence[Phase] = ()) -> Number:
    if asked is None or not value:
        return Number(value)
    return Number(value, rows_of(found.lens, found.region.code, phases=phases, **asked))


def _kind_of(one: Slice) -> str:
    """The kind of subject beside a category, since the same word may stand in several kinds' lists."""
    return SubjectKind(one.kind).label if one.kind else ""


def _asked(found: Overview, dimension: Dimension, one: Slice) -> dict[str, str] | None:
    """What narrows the list to one value; None where the list has no such filter."""
    if dimension is Dimension.CATEGORY:
        return {"kind": one.kind, "category": one.key}
    if dimension is Dimension.KIND:
        return {"kind": one.key}
    only_one = dimension is Dimension.LINE and len(found.slices) == 1 and len(found.slices[dimension]) == 1
    return {} if only_one else None
