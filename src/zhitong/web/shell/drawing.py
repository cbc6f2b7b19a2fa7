"""Curves over the days of a year as figures for an SVG: days become places, shares height; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

WIDTH, HEIGHT = 720, 250
LEFT, RIGHT, TOP, FOOT = 44, 704, 22, 220
FULL = Decimal(1)
MOST_MONTHS = 13
"""So many months get a word beneath the drawing; of more only every second or third."""

Point = tuple[date, Decimal]


@dataclass(frozen=True)
class Mark:
    """A word at a place; `is_end` where the word stands before its place."""

    x: float
    y: float
    word: str
    tone: str = ""
    is_end: bool = False


@dataclass(frozen=True)
class Line:
    """A curve drawn: `kind` is expected, first, proposed or actual; `word` names it in the key."""

    kind: str
    word: str
    points: str


@dataclass(frozen=True)
class Drawing:
    """All that `shell/parts/drawing.html` draws, in its own units; the title is the sentence of the finding."""

    title: str
    lines: Sequence[Line]
    shares: Sequence[Mark]
    months: Sequence[Mark]
    gates: Sequence[Mark]
    today: Mark | None
    dots: Sequence[Mark] = ()
    bands: Sequence[str] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    foot: int = FOOT


class Paper:
    """Days from a first to a last one and shares up to a highest one, as places on the drawing."""

    def __init__(self, begin: date, end: date, highest: Decimal = FULL) -> None:
        self.begin, self.end, self.highest = begin, end, highest

    def x(self, day: date) -> float:
        """Where a day stands; one outside stands at the edge."""
        part = (day - self.begin).days / max(1, (self.end - self.begin).days)
        return round(LEFT + min(1.0, max(0.0, part)) * (RIGHT - LEFT), 1)

    def y(self, share: Decimal) -> float:
        """How high a share stands; one outside stands at the edge."""
        part = float(max(Decimal(0), min(share, self.highest)) / self.highest)
        return round(FOOT - part * (FOOT - TOP), 1)

    def line(self, kind: str, word: str, points: Iterable[Point]) -> Line:
        """A curve through points."""
        return Line(kind, word, " ".join(f"{self.x(day)},{self.y(share)}" for day, share in points))

    def band(self, upper: Sequence[Point], lower: Sequence[Point]) -> str:
        """The ground between two curves."""
        return " ".join(f"{self.x(day)},{self.y(share)}" for day, share in (*upper, *reversed(lower)))

    def drawing(
        self, title: str, lines: Sequence[Line], gates: Iterable[Point], today: date, dots: Sequence[Mark] = (),
        bands: Sequence[str] = (),
    ) -> Drawing:
        """The whole drawing; gates and today only where they lie between the days."""
        return Drawing(
            title, lines, [Mark(LEFT, self.y(share), _percent(share)) for share in (Decimal(0), FULL / 2, FULL)],
            self._months(), [self._gate(on, share) for on, share in gates if self.begin <= on <= self.end],
            Mark(self.x(today), TOP, _("今天")) if self.begin <= today <= self.end else None, dots, bands,
        )

    def _gate(self, on: date, share: Decimal) -> Mark:
        word = _("%(month)d月%(day)d日 应达%(share)s") % {"month": on.month, "day": on.day, "share": _percent(share)}
        return Mark(self.x(on), self.y(share), word, is_end=self.x(on) > WIDTH / 2)

    def _months(self) -> list[Mark]:
        """The first day of each month, named."""
        firsts, day = [], self.begin.replace(day=1)
        while day <= self.end:
            firsts.append(day)
            day = (day + timedelta(days=32)).replace(day=1)
        step = 1 + len(firsts) // MOST_MONTHS
        return [Mark(self.x(day), HEIGHT - 10, _("%d月") % day.month) for day in firsts[::step]]


def _percent(share: Decimal) -> str:
    return f"{round(share * 100)}%"
