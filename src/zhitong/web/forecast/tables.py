"""Forecasts worked out as tables and figures: counts by prospect with the rows behind them, regions, cells of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.forecasting.rows import ForecastRow
from zhitong.domain.analysis.rules.forecasting.prospects import Prospect
from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.web.forecast import saying
from zhitong.web.progress.saying import Counted, asking
from zhitong.web.shell.components import Figure, Tone
from zhitong.web.shell.words import day_in_words, figure_in_words

SHAPES = {Tone.GOOD: "●", Tone.WARN: "▲", Tone.BAD: "■", Tone.NONE: "○"}
Prospects = Mapping[Prospect, int]


@dataclass(frozen=True)
class RegionLine:
    """One region with how many of its own targets are foretold how, the worst first."""

    name: str
    url: str
    cells: Sequence[Counted]
    every: int


def finding_of(place: str, prospects: Prospects) -> str:
    """The title: how many targets will be reached, and how many not."""
    every = sum(prospects.values())
    if not every:
        return _("%s还没有完成预测") % place
    parts = [
        word % prospects[prospect] for prospect, word in (
            (Prospect.REACHES, _("预计达到 %d 项")), (Prospect.MISSES, _("预计达不到 %d 项")), (Prospect.IN_DOUBT, _("存疑 %d 项")),
        ) if prospects.get(prospect)
    ]
    said = _("%(place)s %(every)d 项目标") % {"place": place, "every": every}
    return "，".join([said, *(parts or [_("还没有可以推算的数")])])


def counted(prospects: Prospects, **asked: str) -> list[Counted]:
    """A number per prospect, the worst first, each leading to its rows."""
    return [
        Counted(
            saying.light_of(one), prospects.get(one, 0),
            asking(reverse("forecast:forecast"), **asked, prospect=one.value) if prospects.get(one) else "",
        )
        for one in Prospect
    ]


def figures_of(prospects: Prospects, **asked: str) -> list[Figure]:
    """The same as figures at the head of a page; the shape stands before the word."""
    if not sum(prospects.values()):
        return []
    return [
        Figure(f"{SHAPES[one.light.tone]} {one.light.word}", figure_in_words(one.number), _("项"), url=one.url)
        for one in counted(prospects, **asked)
    ]


def region_lines(regions: Sequence[RegionEntry], found: Mapping[UUID, Prospects], **asked: str) -> list[RegionLine]:
    """Regions that have forecasts, those with most targets that will be missed first."""
    having = [one for one in regions if sum(found.get(one.id, {}).values())]
    having.sort(key=lambda one: (-found[one.id].get(Prospect.MISSES, 0), -found[one.id].get(Prospect.IN_DOUBT, 0), one.position))
    return [
        RegionLine(
            one.name, asking(reverse("forecast:forecast"), region=one.code, **asked), counted(found[one.id], region=one.code, **asked),
            sum(found[one.id].values()),
        )
        for one in having
    ]


def gate_in_words(row: ForecastRow) -> str:
    """10月31日 预计38.1万户（36.9万户至39.4万户），需40万户; empty where no gate lies ahead."""
    step = row.gate
    if step is None:
        return ""
    said = f"{day_in_words(step.on)} {saying.with_interval(row, step)}"
    return said if step.needed is None else said + _("，需%s") % saying.figure(row, step.needed)


def deadline_in_words(row: ForecastRow) -> str:
    """What is foretold for the target's own day; where nothing is, why."""
    if row.value is None:
        return row.unknown.label if row.unknown else _("期限已过，以实际为准") if row.steps == () and row.actual is not None else ""
    return saying.by_deadline(row)


def said_before_in_words(row: ForecastRow) -> str:
    """What had been foretold for the newest figure, and whether it came so; empty where nothing had."""
    before = row.said_before
    if before is None or row.actual is None:
        return ""
    word = _("落在区间内") if before.holds(row.actual) else _("落在区间外")
    return f"{saying.within(row, before.value, before.low, before.high)}，{word}"


def error_in_words(row: ForecastRow) -> str:
    """目标的3%; empty where nothing was tried."""
    return "" if row.mean_error is None else _("目标的%.1f%%") % (row.mean_error * 100)
