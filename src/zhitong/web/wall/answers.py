"""What was settled last: which matter, where, how it came out and how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.newest import Settled, newest_settled
from zhitong.domain.calendars.queries import calendar
from zhitong.domain.calendars.rules.limits import workdays_between
from zhitong.domain.organisations.scope import Viewer
from zhitong.web.shell.words import moment_in_words, workdays_in_words
from zhitong.web.wall.showing import Showing
from zhitong.web.wall.telling import Table, Told

MOST = 8


def told(viewer: Viewer, showing: Showing, now: datetime) -> Told:
    """The scene, from the index of closings; no name and no text stands in it."""
    found = newest_settled(viewer, showing.region.id, now, limit=MOST)
    if not found:
        return Told(
            _("%s近 30 天没有销号的问题") % showing.region.name, empty=_("问题办结、企业确认并销号后，最近的几件显示在这里。")
        )
    days = [_workdays(one) for one in found]
    return Told(
        _title(days), table=Table(
            [_("销号时间"), _("地区"), _("类别"), _("办理结果"), _("用时")],
            [
                [moment_in_words(one.ended_at), one.region.short, one.category, one.outcome.label, _took(used)]
                for one, used in zip(found, days, strict=True)
            ],
        ),
        key=_("用时从反映当日的次日起算，按工作日；只列类别和地区"),
    )


def _workdays(one: Settled) -> int:
    return workdays_between(one.submitted_at, one.ended_at, calendar())


def _took(days: int) -> str:
    return workdays_in_words(days) if days else _("当天")


def _title(days: Sequence[int]) -> str:
    """How fast the newest were."""
    if len(days) == 1:
        return _("最近办结的 1 个问题，用时%s") % _within(days[0])
    return _("最近办结的 %(number)d 个问题，最快%(least)s，最慢%(most)s") % {
        "number": len(days), "least": _within(min(days)), "most": _within(max(days)),
    }


def _within(days: int) -> str:
    """How long, as it stands within a sentence: a figure has a space before it."""
    return f" {_took(days)}" if days else _took(days)
