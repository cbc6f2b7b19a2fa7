"""What is reported where: the most frequent categories across the regions below, brighter where there is more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.spread import Spread, categories_across
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.web.overview.findings import share_in_words
from zhitong.web.shell.lettering import Word, fitted, in_two_lines
from zhitong.web.shell.tiles import depth_of
from zhitong.web.shell.words import figure_in_words
from zhitong.web.wall.showing import Showing
from zhitong.web.wall.telling import Table, Told

WIDTH, HEIGHT = 1800, 816
LABELS, TOTALS, HEAD = 330, 120, 96
MOST_CATEGORIES, MOST_REGIONS = 8, 14
HIGHEST, GAP = 96, 6


@dataclass(frozen=True)
class Cell:
    """A field of the chart: brighter where there is more; without a word where there is nothing."""

    x: float
    y: float
    depth: int
    word: Word | None


@dataclass(frozen=True)
class Field:
    """All that `wall/spots.html` draws."""

    words: Sequence[Word]
    cells: Sequence[Cell]
    cell_width: float
    cell_height: float
    width: int = WIDTH
    height: int = HEIGHT


def told(viewer: Viewer, showing: Showing, now: datetime) -> Told:
    """The scene, from the kept counts by category."""
    spreads = categories_across(viewer, showing.region.id)
    whole = sum(one.total for one in spreads)
    if not whole:
        return Told(
            _("%s还没有企业反映问题") % showing.region.name, empty=_("企业反映问题后，这里显示哪一类问题最多、集中在哪里。")
        )
    shown = spreads[:MOST_CATEGORIES]
    regions = _busiest(showing.region, spreads)
    return Told(
        _title(showing.region.name, spreads[0], whole), (), "wall/spots.html", field_of(shown, regions),
        Table(
            [_("类别"), _("合计"), *(one.short for one in regions)],
            [[one.label, *map(figure_in_words, [one.total, *(one.by_region.get(r.id, 0) for r in regions)])] for one in spreads],
        ),
        _("反映问题数（个），不含企业要求保密的；颜色越亮越多"),
    )


def _busiest(whole: RegionEntry, spreads: Sequence[Spread]) -> list[RegionEntry]:
    """The regions below that reported most, in their own order; the region itself where nothing lies below."""
    below = directory().children(whole.id)
    reported = {one.id: sum(spread.by_region.get(one.id, 0) for spread in spreads) for one in below}
    most = sorted(below, key=lambda one: -reported[one.id])[:MOST_REGIONS]
    return [one for one in below if one in most and reported[one.id]]


def _title(name: str, first: Spread, whole: int) -> str:
    """What is reported most, and where most of that."""
    said = _("%(place)s反映最多的是“%(what)s”，占 %(share)s") % {
        "place": name, "what": first.label, "share": share_in_words(first.total, whole),
    }
    if not first.by_region:
        return said
    place = max(first.by_region, key=lambda one: first.by_region[one])
    return said + _("，其中%(place)s %(number)s 个") % {
        "place": directory().regions[place].short, "number": figure_in_words(first.by_region[place]),
    }


def field_of(spreads: Sequence[Spread], regions: Sequence[RegionEntry]) -> Field:
    """Categories downwards with their totals, regions across."""
    most = max((number for one in spreads for number in one.by_region.values()), default=0)
    high = min(HIGHEST, (HEIGHT - HEAD) / len(spreads) - GAP)
    wide = min(200.0, (WIDTH - LABELS - TOTALS) / max(1, len(regions)) - GAP)
    words: list[Word] = [Word(LABELS + TOTALS - 24, HEAD - 24, _("合计"), 30, "end", "quiet")]
    cells: list[Cell] = []
    for across, region in enumerate(regions):
        words += _head(region.short, LABELS + TOTALS + across * (wide + GAP) + wide / 2, wide)
    for down, spread in enumerate(spreads):
        y = HEAD + down * (high + GAP)
        foot = round(y + high / 2 + 12, 1)
        words.append(fitted(0, foot, spread.label, 32, LABELS - 24))
        words.append(fitted(LABELS + TOTALS - 24, foot, figure_in_words(spread.total), 36, TOTALS, anchor="end", tone="strong"))
        for across, region in enumerate(regions):
            x = LABELS + TOTALS + across * (wide + GAP)
            number = spread.by_region.get(region.id, 0)
            word = fitted(round(x + wide / 2, 1), foot, figure_in_words(number), 34, wide - 8, anchor="middle", tone="strong")
            cells.append(Cell(round(x, 1), round(y, 1), depth_of(number, most), word if number else None))
    return Field(words, cells, round(wide, 1), round(high, 1))


def _head(name: str, middle: float, wide: float) -> list[Word]:
    """A region's name above its column, in two lines where it is long."""
    first, second = in_two_lines(name, 4)
    if not second:
        return [fitted(round(middle, 1), HEAD - 24, first, 28, wide, anchor="middle")]
    return [
        fitted(round(middle, 1), HEAD - 56, first, 28, wide, anchor="middle"),
        fitted(round(middle, 1), HEAD - 20, second, 28, wide, anchor="middle"),
    ]
