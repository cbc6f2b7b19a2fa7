"""How problems stand in each region below, on a chart of tiles."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.overview import Overview, RegionNumbers, overview
from zhitong.domain.problems.rules.phases import Numbers, Phase
from zhitong.web.overview.findings import share_in_words, standing_in_words
from zhitong.web.shell.components import DUE_SOON, OVERDUE, RUNNING, Light, Tone
from zhitong.web.shell.tiles import Face, chart_of, depth_of
from zhitong.web.shell.words import figure_in_words
from zhitong.web.wall.showing import Scene, Showing
from zhitong.web.wall.telling import Big, Table, Told, counted

WIDTH, HEIGHT = 1240, 816
QUIET = Light(Tone.NONE, gettext_lazy("没有未办结"))


def told(viewer: Viewer, showing: Showing, now: datetime) -> Told:
    """The scene; a region with nothing below shows its figures alone."""
    found = overview(viewer, showing.region.id, now)
    below = [one for one in found.children if one.numbers is not None]
    place = found.region.name if found.confidential is not None else _("%s本单位条线") % found.region.name
    title = standing_in_words(place, found.numbers)
    if not below:
        return Told(title, figures_of(found), empty=_("%s没有下级地区，以上就是全部。") % found.region.name)
    most = max(one.numbers.unsettled for one in below if one.numbers)
    faces = {one.region.id: _face(one, most, showing) for one in below}
    return Told(
        title, figures_of(found), "wall/tiles.html",
        chart_of(title, [one.region for one in below], faces, width=WIDTH, height=HEIGHT),
        Table(
            [_("地区"), _("反映"), _("未办结"), _("已销号占比"), _("超期"), _("临期")],
            [_row(one.region.name, one.numbers) for one in below if one.numbers],
        ),
        _("大字为未办结问题数，右上为已销号占比；颜色越亮，未办结越多"),
    )


def figures_of(found: Overview) -> list[Big]:
    """The region's own five figures."""
    numbers = found.numbers
    closed = numbers.of(Phase.CLOSED)
    share = share_in_words(closed, numbers.reported) if numbers.reported else ""
    return [
        counted(_("反映问题"), numbers.reported, _("个")),
        counted(_("未办结"), numbers.unsettled, _("个")),
        counted(_("已销号"), closed, _("个"), note=share),
        counted(_("超期"), numbers.overdue, _("个"), Tone.BAD),
        counted(_("临期"), numbers.soon, _("个"), Tone.WARN),
    ]


def light_of(numbers: Numbers) -> Light:
    """The worst light of what is open, with how many stand under it."""
    if numbers.overdue:
        return Light(Tone.BAD, f"{OVERDUE.word} {figure_in_words(numbers.overdue)}")
    if numbers.soon:
        return Light(Tone.WARN, f"{DUE_SOON.word} {figure_in_words(numbers.soon)}")
    return RUNNING if numbers.unsettled else QUIET


def _face(one: RegionNumbers, most: int, showing: Showing) -> Face:
    numbers = one.numbers or Numbers()
    share = share_in_words(numbers.of(Phase.CLOSED), numbers.reported) if numbers.reported else ""
    return Face(
        one.region.short, figure_in_words(numbers.unsettled), share, light_of(numbers), depth_of(numbers.unsettled, most),
        showing.address(Scene.TILES, one.region),
    )


def _row(name: str, numbers: Numbers) -> list[str]:
    values = (numbers.reported, numbers.unsettled)
    share = share_in_words(numbers.of(Phase.CLOSED), numbers.reported)
    return [name, *map(figure_in_words, values), share, figure_in_words(numbers.overdue), figure_in_words(numbers.soon)]
