"""Sentences that say what the figures show; about a place itself, never about one unit before its peers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.telling import Told
from zhitong.domain.analysis.rules.stretches import NAME_OF_LAST, Stretch, StretchKind
from zhitong.domain.problems.queries.overview import Overview
from zhitong.domain.problems.rules.phases import Dimension, Numbers, Phase
from zhitong.kit.clock import SHANGHAI
from zhitong.kit.figures import whole_day
from zhitong.web.overview.asking import Asked
from zhitong.web.overview.comparing import change_in_words
from zhitong.web.shell.words import figure_in_words, whole_moment


def title_of(told: Told, asked: Asked) -> str:
    """The title of a page: what moved in the period asked for, or how much of all that was reported is closed."""
    if told.moved is None:
        return standing_of(told.found, asked)
    moved, place = told.moved[asked.region.id], _whose(told.found, asked)
    said = _("%(place)s%(period)s反映 %(reported)s 个问题") % {
        "place": place, "period": period_of(asked), "reported": figure_in_words(moved.reported),
    }
    if told.moved_before is None:
        return said + _("，销号 %s 个") % figure_in_words(moved.closed)
    before = told.moved_before[asked.region.id]
    change = change_in_words(moved.reported, before.reported, NAME_OF_LAST[asked.kind])
    return said + _("，%(change)s；销号 %(closed)s 个") % {"change": change, "closed": figure_in_words(moved.closed)}


def standing_of(found: Overview, asked: Asked) -> str:
    """How a region or a line in it stands."""
    return standing_in_words(_whose(found, asked), found.numbers)


def standing_in_words(place: str, numbers: Numbers) -> str:
    """How much of what was reported in a place is closed, and what is late."""
    if not numbers.reported:
        return _("%(place)s还没有企业反映问题") % {"place": place}
    closed = _("%(place)s反映的 %(reported)s 个问题，已销号 %(share)s") % {
        "place": place,
        "reported": figure_in_words(numbers.reported),
        "share": share_in_words(numbers.of(Phase.CLOSED), numbers.reported),
    }
    return f"{closed}，{_late(numbers)}"


def _whose(found: Overview, asked: Asked) -> str:
    """The place, and the line chosen in it, or the viewer's own lines of work."""
    if asked.line is not None:
        return _("%(place)s%(line)s条线") % {"place": found.region.name, "line": asked.line.name}
    return found.region.name if found.confidential is not None else _("%s本单位条线") % found.region.name


def period_of(asked: Asked) -> str:
    """The period in words: 本月, 2018年8月1日至8月31日."""
    if asked.kind is StretchKind.DAYS and asked.days[0] and asked.days[1]:
        return _("%(first)s至%(last)s") % {"first": whole_day(asked.days[0]), "last": whole_day(asked.days[1])}
    return asked.kind.label


def _late(numbers: Numbers) -> str:
    if numbers.overdue:
        return _("有 %s 个已经超期") % figure_in_words(numbers.overdue)
    if numbers.soon:
        return _("没有超期，有 %s 个临期") % figure_in_words(numbers.soon)
    return _("没有超期") if numbers.unsettled else _("全部办结")


def source_of(told: Told, asked: Asked) -> str:
    """Where the figures come from, as of when, over which times, and what is not in them."""
    found = told.found
    at = exact_moment(asked.cut_off) if asked.is_past else whole_moment(found.taken_at)
    parts = [_("来源：问题台账；统计截止 %s。") % at, *_times_of(told, asked)]
    if asked.line is not None:
        parts.append(_("只含所选条线，不含企业要求保密的问题；期内数是进入和离开该条线相抵后的数。") if asked.stretch
                     else _("只含所选条线，不含企业要求保密的问题。"))
    elif found.confidential is None:
        parts.append(_("只含本单位所管条线，不含企业要求保密的问题。"))
    else:
        parts.append(_("企业要求保密的问题单独计数，不在其他各数之内。"))
    return "".join(parts)


def _times_of(told: Told, asked: Asked) -> list[str]:
    """The period and what it is held against, to the minute; why it cannot be, where history does not reach so far."""
    if asked.stretch is None or asked.before is None:
        return []
    times = [_("期间为 %s。") % _from_to(asked.stretch)]
    if told.moved_before is not None:
        times.append(_("%(last)s为 %(times)s。") % {"last": NAME_OF_LAST[asked.kind], "times": _from_to(asked.before)})
    return [*times, told.missing]


def _from_to(stretch: Stretch) -> str:
    return f"{whole_moment(stretch.since)}—{whole_moment(stretch.until)}"


def exact_moment(at: datetime) -> str:
    """2018年4月27日 15:40:05: a moment by which figures can be asked again."""
    return f"{whole_moment(at)}:{at.astimezone(SHANGHAI):%S}"


def most_of(dimension: Dimension, parts: Sequence[tuple[str, int]], period: str = "") -> str:
    """The title of a division: what there is most of, and its share of the whole. `parts` are labels with their numbers."""
    label, largest = max(parts, key=lambda one: one[1])
    said = _SAID[dimension] % {"what": label, "share": share_in_words(largest, sum(number for _label, number in parts))}
    return f"{period}{said}"


_SAID = {
    Dimension.CATEGORY: "%(what)s反映最多，占 %(share)s",
    Dimension.KIND: "%(what)s反映最多，占 %(share)s",
    Dimension.LEVEL: "%(share)s 的问题在%(what)s办理或办结",
    Dimension.LINE: "%(what)s条线最多，占 %(share)s",
    Dimension.REGION: "%(what)s反映最多，占 %(share)s",
}


def share_in_words(part: int, whole: int) -> str:
    """A share in whole percent; never 100% while something is missing, never 0% while something is there."""
    if not whole:
        return "—"
    percent = round(part * 100 / whole)
    if percent == 100 and part < whole:
        return "99%"
    return "1%" if percent == 0 and part else f"{percent}%"
