"""Tables of progress, worked out: targets as lines, regions with their lights, what turned since the period before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.domain.organisations.rules.directory import RegionEntry
from zhitong.domain.plans.rules import Light as Standing
from zhitong.domain.plans.rules.lights import JUDGED
from zhitong.domain.progress.queries.watching import LightCounts, WatchedTarget
from zhitong.web.progress import saying
from zhitong.web.progress.saying import Counted
from zhitong.web.shell.components import Light

BY_RED, BY_COURSE, BY_PLACE = "red", "course", "place"
ORDERS = ((BY_RED, gettext_lazy("滞后多的在前")), (BY_COURSE, gettext_lazy("达到序时的在前")), (BY_PLACE, gettext_lazy("按区划顺序")))
GOOD = (Standing.DONE, Standing.GREEN)


@dataclass(frozen=True)
class TargetLine:
    """A target with how it stands, ready to be read."""

    target: WatchedTarget
    url: str
    light: Light
    actual: str
    expected: str
    share: str
    meter: int
    changed: str
    override: Light | None


@dataclass(frozen=True)
class RegionLine:
    """A region with how many of its own targets stand under each light, the worst first."""

    name: str
    url: str
    cells: Sequence[Counted]
    every: int
    course: str
    meter: int


@dataclass(frozen=True)
class Turned:
    """Targets whose light moved since the period before: into red, out of red, and otherwise."""

    into_red: Sequence[TargetLine]
    out_of_red: Sequence[TargetLine]

    @property
    def is_there(self) -> bool:
        """Whether anything moved."""
        return bool(self.into_red or self.out_of_red)


def target_lines(targets: Iterable[WatchedTarget], region: str) -> list[TargetLine]:
    """Targets from the worst; `region` is the code of the one they are looked at in."""
    return [target_line(one, region) for one in sorted(targets, key=saying.severity)]


def target_line(one: WatchedTarget, region: str) -> TargetLine:
    """One target."""
    share = one.judged.share if one.judged else None
    return TargetLine(
        one, saying.page_of_task(one, region), saying.light_of(one.light), saying.actual_in_words(one.judged, one.measure),
        saying.expected_in_words(one.judged, one.measure), saying.percent(share), saying.meter(share), saying.changed(one),
        saying.light_of(one.override.light) if one.override else None,
    )


def turned_of(lines: Sequence[TargetLine]) -> Turned:
    """What turned red and what left it since each target's period before."""
    moved = [one for one in lines if one.changed and one.target.before]
    return Turned(
        [one for one in moved if one.target.light is Standing.RED],
        [one for one in moved if one.target.before and one.target.before.light is Standing.RED and one.target.light in JUDGED],
    )


def region_lines(
    regions: Sequence[RegionEntry], found: Mapping[UUID, LightCounts], order: str, **asked: str
) -> list[RegionLine]:
    """Regions with their lights in the order asked for; those that have no target under a light are left out."""
    having = [one for one in regions if one.id in found and found[one.id].every]
    keys = {
        BY_COURSE: lambda one: (-(found[one.id].on_course or Decimal(-1)), one.position),
        BY_PLACE: lambda one: (one.position,),
    }
    having.sort(key=keys.get(order, lambda one: (-found[one.id].of(Standing.RED), -found[one.id].of(Standing.AMBER), one.position)))
    return [region_line(one, found[one.id], **asked) for one in having]


def region_line(region: RegionEntry, counts: LightCounts, **asked: str) -> RegionLine:
    """One region; every number opens to its rows."""
    return RegionLine(
        region.name, saying.page_of_region(region.code),
        saying.counted(counts, reverse("progress:list"), region=region.code, own="1", **asked), counts.every,
        saying.percent(counts.on_course), saying.meter(counts.on_course),
    )


def summed(found: Iterable[LightCounts]) -> LightCounts:
    """The lights of several regions together."""
    every = list(found)
    return LightCounts({light: number for light in Standing if (number := sum(one.of(light) for one in every))})


def finding_of(place: str, counts: LightCounts) -> str:
    """The title of a region's page: how many targets are on course and how many are not."""
    if not counts.every:
        return _("%s的目标进度：还没有亮灯") % place
    said = _("%(place)s %(every)d 项目标，达到序时 %(good)d 项") % {
        "place": place, "every": counts.every, "good": counts.of(*GOOD),
    }
    parts = [
        word % counts.of(light) for light, word in (
            (Standing.RED, _("滞后 %d 项")), (Standing.AMBER, _("偏慢 %d 项")), (Standing.NONE, _("未报 %d 项")),
        ) if counts.of(light)
    ]
    return "，".join([said, *parts])


def peers_in_words(place: int, among: int, own: Decimal, average: Decimal) -> str:
    """A region's own place and the average of its like; nothing of any other (R-H9)."""
    return _("达到序时的占 %(own)s，在同级 %(among)d 个地区中列第 %(place)d；平均 %(average)s") % {
        "own": saying.percent(own), "among": among, "place": place, "average": saying.percent(average),
    }
