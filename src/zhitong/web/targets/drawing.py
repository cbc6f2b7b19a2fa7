"""The curves of a target as figures for an SVG: days become pixels, shares height; nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from zhitong.domain.plans.rules.curves import Point, Points, in_percent, month_ends

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, FOOT = 46, 700, 16, 226
MOST_WORDS = 13
"""So many months get a word beneath the drawing; of more only every third."""


@dataclass(frozen=True)
class Line:
    """A curve drawn: `kind` is in_force, first or proposed; `word` names it in the key."""

    kind: str
    word: str
    points: str


@dataclass(frozen=True)
class Mark:
    """A word at a place, perhaps with a line through it."""

    x: float
    y: float
    word: str


@dataclass(frozen=True)
class Drawing:
    """All that `targets/curves.html` draws."""

    title: str
    lines: Sequence[Line]
    shares: Sequence[Mark]
    months: Sequence[Mark]
    gates: Sequence[Mark]
    today: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    foot: int = FOOT


def drawn(
    title: str, curves: Sequence[tuple[str, str, Points]], gates: Sequence[Point], begin: date, deadline: date, today: date,
) -> Drawing:
    """Curves as (kind, word, points) between two days, with the gates beneath them and a line for today."""
    end = max([deadline, *(points[-1][0] for _kind, _word, points in curves)])
    span = max((end - begin).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * min(max((day - begin).days, 0), span) / span, 1)

    def y(share: object) -> float:
        return round(FOOT - (FOOT - TOP) * float(str(share)), 1)

    ends = month_ends(begin, end)
    step = 1 if len(ends) <= MOST_WORDS else 3
    return Drawing(
        title,
        [Line(kind, word, " ".join(f"{x(day)},{y(share)}" for day, share in points)) for kind, word, points in curves],
        [Mark(LEFT, y(share), f"{int(share * 100)}%") for share in (0.0, 0.25, 0.5, 0.75, 1.0)],
        [Mark(x(day), FOOT, _("%d月") % day.month) for day in ends[::step]],
        [
            Mark(x(on), y(share), _("%(month)d月至少%(share)s") % {"month": on.month, "share": in_percent(share)})
            for on, share in gates if begin <= on <= end
        ],
        x(today) if begin <= today <= end else None,
    )
