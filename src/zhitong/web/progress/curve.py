"""The curve of a target drawn: what was expected at first and is now, what was reached, and the gates; plain SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from zhitong.domain.plans.queries import GateView
from zhitong.domain.progress.queries.watching import Judged
from zhitong.web.progress import saying

WIDTH, HEIGHT = 720, 250
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 22, 30
FULL = Decimal(1)
MOST = Decimal("1.5")
"""What goes beyond this share of the way is drawn at the edge."""

Point = tuple[date, Decimal]


@dataclass(frozen=True)
class Mark:
    """Something with a word at a place of the drawing."""

    x: float
    y: float
    word: str
    tone: str = ""
    is_end: bool = False


@dataclass(frozen=True)
class Drawing:
    """The parts of the drawing in its own units; `first` is empty where the first curve is still in force."""

    title: str
    expected: str
    first: str
    actual: str
    dots: Sequence[Mark]
    gates: Sequence[Mark]
    months: Sequence[Mark]
    shares: Sequence[Mark]
    today: Mark | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    foot: int = HEIGHT - BOTTOM


class _Paper:
    """Days and shares as places on the drawing."""

    def __init__(self, begin: date, end: date, highest: Decimal) -> None:
        self.begin, self.end, self.highest = begin, end, highest

    def x(self, day: date) -> float:
        part = (day - self.begin).days / max(1, (self.end - self.begin).days)
        return round(LEFT + min(1.0, max(0.0, part)) * (WIDTH - LEFT - RIGHT), 1)

    def y(self, share: Decimal) -> float:
        part = float(max(Decimal(0), min(share, self.highest)) / self.highest)
        return round(HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM), 1)

    def line(self, points: Iterable[Point]) -> str:
        return " ".join(f"{self.x(day)},{self.y(share)}" for day, share in points)


def drawn(
    title: str, series: Sequence[Judged], expected: Sequence[Point], first: Sequence[Point], gates: Sequence[GateView], today: date,
) -> Drawing | None:
    """The drawing of a target; None where there is neither a curve nor a figure.

    `expected` is the curve in force and `first` the first one accepted, each as (day, share of the way).
    """
    reached = [(one.period_end, one.share) for one in series if one.share is not None]
    days = [day for day, _share in (*expected, *first, *reached)]
    if not days:
        return None
    begin, end = min(days).replace(day=1), max(days)
    paper = _Paper(begin, end, min(MOST, max([FULL, *(share for _day, share in reached)])))
    inside = [gate for gate in gates if begin <= gate.on <= end and gate.share is not None]
    return Drawing(
        title=title,
        expected=paper.line(expected),
        first=paper.line(first) if list(first) != list(expected) else "",
        actual=paper.line(reached),
        dots=[
            Mark(paper.x(one.period_end), paper.y(one.share), f"{one.period} {saying.percent(one.share)}", saying.TONES[one.light].value)
            for one in series if one.share is not None
        ],
        gates=[_gate(paper, one) for one in inside],
        months=_months(paper),
        shares=[Mark(LEFT, paper.y(share), saying.percent(share)) for share in (Decimal(0), Decimal("0.5"), FULL)],
        today=Mark(paper.x(today), TOP, _("今天")) if begin <= today <= end else None,
    )


def _gate(paper: _Paper, gate: GateView) -> Mark:
    share = (gate.share or Decimal(0)) / 100
    x = paper.x(gate.on)
    word = _("%(month)d月%(day)d日 应达%(share)s") % {"month": gate.on.month, "day": gate.on.day, "share": saying.percent(share)}
    return Mark(x, paper.y(share), word, is_end=x > WIDTH / 2)


def _months(paper: _Paper) -> list[Mark]:
    """The first day of each month, named; of a long stretch every second or third."""
    firsts, day = [], paper.begin
    while day <= paper.end:
        firsts.append(day)
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    step = 1 + len(firsts) // 13
    return [Mark(paper.x(day), HEIGHT - 10, _("%d月") % day.month) for day in firsts[::step]]
