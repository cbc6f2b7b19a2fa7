"""A forecast drawn: what was due and what came, carried forward as a line within the fan of its interval, and the gates."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.forecasting.rows import ForecastRow
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.plans.queries import gates_of
from zhitong.domain.progress.queries import watching
from zhitong.web.forecast import saying
from zhitong.web.progress import saying as progress_saying
from zhitong.web.shell.drawing import FULL, Drawing, Mark, Paper

MOST = Decimal("1.5")
"""What goes beyond this share of the way is drawn at the edge."""


def drawn(viewer: Viewer, row: ForecastRow) -> Drawing | None:
    """The drawing of a forecast; None where nothing was foretold (five queries)."""
    if not row.steps:
        return None
    course = watching.course_of(viewer, row.id, row.made_on)
    series = [one for one in watching.series_of(viewer, row.id, row.region_id) if one.share is not None]
    reached = [(one.period_end, one.share) for one in series if one.share is not None and one.period_end <= row.made_on]
    start = reached[-1:]
    middle, low, high = ([*start, *((one.on, one.shares[place]) for one in row.steps)] for place in range(3))
    highest = min(MOST, max([FULL, *(share for _day, share in (*reached, *high, *low))]))
    days = [day for day, _share in (*course.expected, *reached, *middle)]
    paper = Paper(min(days).replace(day=1), max(days), highest)
    lines = [
        paper.line("expected", _("应达"), course.expected), paper.line("actual", _("实际"), reached),
        paper.line("forecast", _("预计（浅色为80%区间）"), middle),
    ]
    dots = [
        Mark(paper.x(day), paper.y(share), f"{day.month}月 {progress_saying.percent(share)}") for day, share in reached
    ]
    floors = [(one.on, one.share / 100) for one in gates_of(viewer, row.campaign) if one.share is not None]
    return paper.drawing(saying.finding(row), lines, floors, row.made_on, dots, [paper.band(high, low)])
