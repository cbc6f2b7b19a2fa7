"""How the plan stands: a region's own targets by their lights, and those of each region below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.rules import Light as Standing
from zhitong.domain.progress.queries.watching import LightCounts, counts_of_regions
from zhitong.web.overview.findings import share_in_words
from zhitong.web.progress.saying import TONES
from zhitong.web.shell.components import Tone
from zhitong.web.shell.words import figure_in_words
from zhitong.web.wall.showing import Showing
from zhitong.web.wall.strips import Given, left_out, strips_of
from zhitong.web.wall.telling import Big, Table, Told, counted

ON_COURSE = (Standing.DONE, Standing.GREEN)
UNKNOWN = (Standing.NONE, Standing.AHEAD)
GROUPS: Sequence[tuple[Tone, tuple[Standing, ...]]] = (
    (Tone.GOOD, ON_COURSE), (Tone.WARN, (Standing.AMBER,)), (Tone.BAD, (Standing.RED,)), (Tone.NONE, UNKNOWN),
)
"""Lights that share a shape, from the best."""
ORDER = (Standing.RED, Standing.AMBER, Standing.GREEN, Standing.DONE, Standing.NONE, Standing.AHEAD)


def told(viewer: Viewer, showing: Showing, now: datetime) -> Told:
    """The scene, from the kept counts of the newest lights."""
    below = directory().children(showing.region.id)
    found = counts_of_regions(viewer, [showing.region.id, *(one.id for one in below)])
    own = found.get(showing.region.id, LightCounts())
    asked = [(one, found[one.id]) for one in below if found.get(one.id, LightCounts()).every]
    if not own.every and not asked:
        return Told(_("%s还没有目标进度") % showing.region.name, empty=_("目标分解下达、各单位报送进度后，这里显示每项目标的灯。"))
    title = _title(showing.region, own, [counts for _one, counts in asked])
    given = [_given(one, counts) for one, counts in asked]
    if not given:
        return Told(title, _figures(own), key=_("本级目标，按最近一期报告"))
    return Told(
        title, _figures(own), "wall/strips.html", strips_of(given),
        Table(
            [_("地区"), *(light.label for light in ORDER)],
            [_row(one.name, counts) for one, counts in [(showing.region, own), *asked]],
        ),
        left_out(given) or _("● 正常或已完成　▲ 偏慢　■ 滞后　○ 未报；左为本级目标，右为各地本级目标"),
    )


def _title(region: RegionEntry, own: LightCounts, below: Sequence[LightCounts]) -> str:
    """The region's own targets where it has some, else those below together."""
    counts = [own] if own.every else below
    judged = sum(one.of(Standing.DONE, Standing.GREEN, Standing.AMBER, Standing.RED) for one in counts)
    on_course = sum(one.of(*ON_COURSE) for one in counts)
    behind = sum(one.of(Standing.RED) for one in counts)
    place = region.name if own.every else _("%s各地") % region.name
    if not judged:
        return _("%s的目标都还没有报送进度") % place
    said = _("%(place)s已报的 %(judged)s 项目标，%(share)s 达到序时进度") % {
        "place": place, "judged": figure_in_words(judged), "share": share_in_words(on_course, judged),
    }
    return said + (_("，%s 项滞后") % figure_in_words(behind) if behind else _("，没有滞后"))


def _figures(own: LightCounts) -> list[Big]:
    if not own.every:
        return []
    return [counted(light.label, own.of(light), _("项"), TONES[light]) for light in ORDER if own.of(light)]


def _given(region: RegionEntry, counts: LightCounts) -> Given:
    parts = [(tone.value, counts.of(*lights) / counts.every) for tone, lights in GROUPS]
    said = [
        (tone, figure_in_words(counts.of(*lights))) for tone, lights in GROUPS if tone is not Tone.NONE and counts.of(*lights)
    ]
    return Given(region.short, parts, said or [(Tone.NONE, figure_in_words(counts.every))])


def _row(name: str, counts: LightCounts) -> list[str]:
    return [name, *(figure_in_words(counts.of(light)) for light in ORDER)]
