"""The curve of a target drawn: what was expected at first and is now, what was reached, and the gates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from zhitong.domain.plans.queries import GateView
from zhitong.domain.progress.queries.watching import Judged
from zhitong.web.progress import saying
from zhitong.web.shell.drawing import FULL, Drawing, Mark, Paper, Point

MOST = Decimal("1.5")
"""What goes beyond this share of the way is drawn at the edge."""


def drawn(
    title: str, series: Sequence[Judged], expected: Sequence[Point], first: Sequence[Point], gates: Sequence[GateView], today: date,
) -> Drawing | None:
    """The drawing of a target; None where there is neither a curve nor a figure.

    `expected` is the curve in force and `first` the first one accepted, each as (day, share of the way).
    """
    reached = [(one.period_end, one.share, one) for one in series if one.share is not None]
    days = [day for day, _share in (*expected, *first)] + [day for day, _share, _one in reached]
    if not days:
        return None
    paper = Paper(min(days).replace(day=1), max(days), min(MOST, max([FULL, *(share for _day, share, _one in reached)])))
    lines = [
        paper.line("expected", _("应达"), expected),
        paper.line("actual", _("实际"), [(day, share) for day, share, _one in reached]),
    ]
    if list(first) != list(expected):
        lines.insert(0, paper.line("first", _("最初认可的曲线"), first))
    dots = [
        Mark(paper.x(day), paper.y(share), f"{one.period} {saying.percent(share)}", saying.TONES[one.light].value)
        for day, share, one in reached
    ]
    floors = [(one.on, one.share / 100) for one in gates if one.share is not None]
    return paper.drawing(title, lines, floors, today, dots)
