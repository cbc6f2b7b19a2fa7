"""How progress is said: a light as shape and word, a value as officials write it, a share of the way in percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.domain.plans.rules import Comparator, Goal, goal_in_words
from zhitong.domain.plans.rules import Light as Standing
from zhitong.domain.progress.queries.watching import Judged, LightCounts, WatchedTarget
from zhitong.web.shell.components import Figure, Light, Tone
from zhitong.web.shell.words import NOTHING, figure_in_words

TONES = {
    Standing.DONE: Tone.GOOD, Standing.GREEN: Tone.GOOD, Standing.AMBER: Tone.WARN, Standing.RED: Tone.BAD,
    Standing.NONE: Tone.NONE, Standing.AHEAD: Tone.NONE,
}
WORST_FIRST = (Standing.RED, Standing.AMBER, Standing.NONE, Standing.GREEN, Standing.AHEAD, Standing.DONE)
UNJUDGED = Light(Tone.NONE, _("尚无进度"))
_WHOLE, _FROM = Decimal(100), Decimal(100)


@dataclass(frozen=True)
class Counted:
    """How many targets stand under a light, and the rows behind the number."""

    light: Light
    number: int
    url: str = ""


def light_of(standing: Standing | None) -> Light:
    """A light as shape and word; what was never judged says so."""
    return UNJUDGED if standing is None else Light(TONES[standing], standing.label)


def measured(value: Decimal | None, measure: str) -> str:
    """A value with its unit: 23万户 where that is exact, else 234,567户."""
    if value is None:
        return NOTHING
    short = goal_in_words(Goal(Comparator.EQUAL, value, None, measure))
    plain = f"{figure_in_words(value)}{measure}"
    return short if "万" in short or "亿" in short else plain


def expected_in_words(judged: Judged | None, measure: str) -> str:
    """What was due by the day; whole where it is large, since the curve gives it to six places."""
    if judged is None or judged.expected is None:
        return NOTHING
    return measured(whole(judged.expected), measure)


def whole(value: Decimal | None) -> Decimal | None:
    """A reckoned value without decimals where it is large."""
    return value if value is None or abs(value) < _WHOLE else value.quantize(Decimal(1), ROUND_HALF_UP)


def actual_in_words(judged: Judged | None, measure: str) -> str:
    """What was reported: a figure, or the stage of what has none."""
    if judged is None:
        return NOTHING
    return judged.stage.label if judged.stage else measured(judged.actual, measure)


def percent(share: Decimal | None) -> str:
    """A share in whole percent; 100% only for the whole, 0% only for nothing."""
    if share is None:
        return NOTHING
    rounded = round(share * _FROM)
    if rounded == _FROM and share < 1:
        return "99%"
    return "1%" if rounded == 0 and share > 0 else f"{rounded}%"


def meter(share: Decimal | None) -> int:
    """A share as a bar of one hundred."""
    return 0 if share is None else max(0, min(100, round(share * _FROM)))


def changed(target: WatchedTarget) -> str:
    """How the light moved against the period before; empty where it stayed or nothing came before."""
    if target.judged is None or target.before is None or target.judged.light is target.before.light:
        return ""
    return _("上期%s") % target.before.light.label


def severity(target: WatchedTarget) -> tuple[int, Decimal, str]:
    """The order of a list from the worst: the light, then how far behind, then the paper's own."""
    if target.judged is None:
        return len(WORST_FIRST), Decimal(0), target.code
    behind = (target.judged.expected_share or Decimal(0)) - (target.judged.share or Decimal(0))
    return WORST_FIRST.index(target.judged.light), -behind, target.code


def counts_of(targets: Sequence[WatchedTarget]) -> LightCounts:
    """How many of some targets stand under each light."""
    lights = [one.light for one in targets]
    return LightCounts({light: lights.count(light) for light in Standing if light in lights})


def counted(counts: LightCounts, address: str, **asked: str) -> list[Counted]:
    """A number per light, the worst first, each leading to its rows at an address."""
    return [
        Counted(light_of(light), counts.of(light), asking(address, **asked, light=light.value) if counts.of(light) else "")
        for light in WORST_FIRST
    ]


def figures_of(counts: LightCounts, address: str, **asked: str) -> list[Figure]:
    """The same as figures at the head of a page; the shape stands before the word."""
    shapes = {Tone.GOOD: "●", Tone.WARN: "▲", Tone.BAD: "■", Tone.NONE: "○"}
    return [
        Figure(f"{shapes[one.light.tone]} {one.light.word}", figure_in_words(one.number), _("个"), url=one.url)
        for one in counted(counts, address, **asked)
    ]


def asking(address: str, **asked: str) -> str:
    """An address that asks for something; what is empty is not asked."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{address}?{query}" if query else address


def until_in_words(day: date) -> str:
    """The end of a period: 截至2018年8月31日."""
    return _("截至%(year)d年%(month)d月%(day)d日") % {"year": day.year, "month": day.month, "day": day.day}


def page_of_task(target: WatchedTarget, region: str = "") -> str:
    """The page of the task that a target belongs to, opened at the target and a region."""
    return asking(task_address(target.campaign, target.task_number), region=region, target=target.code)


def task_address(campaign: str, number: str) -> str:
    """The page of a task."""
    return reverse("plan:task", args=[campaign, number])


def page_of_region(code: str) -> str:
    """The page of a region's progress."""
    return reverse("progress:region", args=[code])
