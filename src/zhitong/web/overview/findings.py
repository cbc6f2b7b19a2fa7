"""Sentences that say what the figures show; about a place itself, never about one unit before its peers."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from zhitong.domain.problems.queries.overview import Overview, Slice
from zhitong.domain.problems.rules.phases import Dimension, Numbers, Phase
from zhitong.web.shell.words import figure_in_words, whole_moment


def standing_of(found: Overview) -> str:
    """The title of a region's page: how much of what was reported is closed, and what is late."""
    numbers, place = found.numbers, _whose(found)
    if not numbers.reported:
        return _("%(place)s还没有企业反映问题") % {"place": place}
    closed = _("%(place)s反映的 %(reported)s 个问题，已销号 %(share)s") % {
        "place": place,
        "reported": figure_in_words(numbers.reported),
        "share": share_in_words(numbers.of(Phase.CLOSED), numbers.reported),
    }
    return f"{closed}，{_late(numbers)}"


def _whose(found: Overview) -> str:
    """The place, or the viewer's own lines of work in it."""
    return found.region.name if found.confidential is not None else _("%s本单位条线") % found.region.name


def _late(numbers: Numbers) -> str:
    if numbers.overdue:
        return _("有 %s 个已经超期") % figure_in_words(numbers.overdue)
    if numbers.soon:
        return _("没有超期，有 %s 个临期") % figure_in_words(numbers.soon)
    return _("没有超期") if numbers.unsettled else _("全部办结")


def source_of(found: Overview) -> str:
    """Where the figures come from, as of when, and what is not in them."""
    at = _("来源：问题台账；统计截止 %s。") % whole_moment(found.taken_at)
    if found.confidential is None:
        return at + _("只含本单位所管条线，不含企业要求保密的问题。")
    return at + _("企业要求保密的问题单独计数，不在其他各数之内。")


def most_of(dimension: Dimension, slices: Sequence[Slice], label: str) -> str:
    """The title of a division: what there is most of, and its share of the whole. `label` names the largest part."""
    largest = max(slices, key=lambda one: one.numbers.reported)
    whole = sum(one.numbers.reported for one in slices)
    return _SAID[dimension] % {"what": label, "share": share_in_words(largest.numbers.reported, whole)}


_SAID = {
    Dimension.CATEGORY: "%(what)s反映最多，占 %(share)s",
    Dimension.KIND: "%(what)s反映最多，占 %(share)s",
    Dimension.LEVEL: "%(share)s 的问题在%(what)s办理或办结",
    Dimension.LINE: "%(what)s条线最多，占 %(share)s",
}


def share_in_words(part: int, whole: int) -> str:
    """A share in whole percent; never 100% while something is missing, never 0% while something is there."""
    if not whole:
        return "—"
    percent = round(part * 100 / whole)
    if percent == 100 and part < whole:
        return "99%"
    return "1%" if percent == 0 and part else f"{percent}%"
