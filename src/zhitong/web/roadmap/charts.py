"""The chart of a timetable (甘特图) as figures for an SVG: days become pixels, nothing is decided here.

A bar runs from its beginning to the promised day; what was promised first and what slips beyond the promise are drawn
apart; links run from the end of one bar to the beginning of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from zhitong.domain.plans.queries.timetables import MilestoneView
from zhitong.domain.plans.rules.timetable import MilestoneState

LABELS, ROW, TOP, LEAST = 232, 28, 40, 6
"""Pixels: the column of names, a row, the head with its scale, the narrowest bar."""
MOST_NAME = 15
_SHAPES = {MilestoneState.LATE: "■ ", MilestoneState.DUE_SOON: "▲ "}
"""What is late or due soon says so by a shape before its name, not by the colour of its bar alone."""


class Scale(Enum):
    """How wide a day is drawn, and where the lines of the scale stand."""

    WEEKS = "weeks"
    MONTHS = "months"

    @property
    def day(self) -> float:
        """Pixels for a day."""
        return 7.0 if self is Scale.WEEKS else 2.4


@dataclass(frozen=True)
class Bar:
    """One milestone drawn: its promise, what slips beyond it, the mark of the day first promised."""

    id: str
    name: str
    tip: str
    url: str
    tone: str
    y: int
    x: float
    width: float
    slip_x: float
    slip_width: float
    first_x: float | None
    done_x: float | None

    @property
    def middle(self) -> int:
        """The middle of the row, where links begin and end."""
        return self.y + ROW // 2


@dataclass(frozen=True)
class Heading:
    """The task over its milestones, where a chart shows several."""

    y: int
    name: str


@dataclass(frozen=True)
class Tick:
    """A line of the scale with its word."""

    x: float
    word: str


@dataclass(frozen=True)
class Chart:
    """All that the drawing needs."""

    width: float
    height: int
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    gates: Sequence[Tick]
    links: Sequence[str]
    today_x: float | None
    headings: Sequence[Heading] = ()
    labels: int = LABELS
    top: int = TOP
    row: int = ROW


def chart_of(
    rows: Sequence[MilestoneView], gates: Iterable[tuple[date, str]], today: date, scale: Scale,
    url_of: dict[str, str] | None = None, *, by_task: bool = False,
) -> Chart:
    """The drawing of milestones, one a row in the order given; `by_task` puts each task's name above its own."""
    days = [day for one in rows for day in _days_of(one)] or [today]
    first, last = min(days) - timedelta(days=7), max(*days, today) + timedelta(days=14)
    x_of = _Ruler(first, scale)
    places, headings = _places(rows) if by_task else (list(range(len(rows))), [])
    bars = [_bar(one, place, x_of, (url_of or {}).get(str(one.id), "")) for place, one in zip(places, rows, strict=True)]
    within = [(day, word) for day, word in gates if first <= day <= last]
    return Chart(
        width=x_of(last), height=TOP + ROW * (len(rows) + len(headings)) + 6, bars=bars, ticks=list(_ticks(first, last, scale, x_of)),
        gates=[Tick(x_of(day), word) for day, word in within], links=list(_links(rows, bars)),
        today_x=x_of(today) if first <= today <= last else None, headings=headings,
    )


def _places(rows: Sequence[MilestoneView]) -> tuple[list[int], list[Heading]]:
    """The row of each milestone, with a row kept free for its task's name wherever the task changes."""
    places: list[int] = []
    headings: list[Heading] = []
    for place, one in enumerate(rows):
        if not place or (one.task_id, one.region_code) != (rows[place - 1].task_id, rows[place - 1].region_code):
            headings.append(Heading(TOP + ROW * (place + len(headings)) + ROW // 2, f"{one.task_number} {one.task_title}"))
        places.append(place + len(headings))
    return places, headings


class _Ruler:
    """Where a day stands; its end, where it counts whole."""

    def __init__(self, first: date, scale: Scale) -> None:
        self.first, self.scale = first, scale

    def __call__(self, day: date, *, whole: bool = False) -> float:
        return round(LABELS + ((day - self.first).days + whole) * self.scale.day, 1)


def _days_of(one: MilestoneView) -> list[date]:
    found = [one.begun_on or one.begin_on, one.due_on, one.first_due_on, one.done_on]
    return [*filter(None, found), *([one.outlook.earliest_on] if one.outlook else [])]


def _bar(one: MilestoneView, place: int, x_of: _Ruler, url: str) -> Bar:
    start = min(one.begun_on or one.begin_on or one.due_on, one.due_on)
    x, end = x_of(start), x_of(one.due_on, whole=True)
    latest = one.outlook.earliest_on if one.outlook else one.done_on
    slip = max(0.0, x_of(latest, whole=True) - end) if latest and latest > one.due_on else 0.0
    said = f"{one.name}：{one.state.label}，{one.standing}"
    name = one.name if len(one.name) <= MOST_NAME else one.name[: MOST_NAME - 1] + "…"
    return Bar(
        str(one.id), f"{_SHAPES.get(one.state, '')}{name}", said, url, one.state.value,
        TOP + ROW * place, x, max(LEAST, end - x), end, slip,
        x_of(one.first_due_on, whole=True) if one.first_due_on != one.due_on else None,
        x_of(one.done_on, whole=True) if one.done_on else None,
    )


def _ticks(first: date, last: date, scale: Scale, x_of: _Ruler) -> Iterable[Tick]:
    day = first + timedelta(days=(7 - first.weekday()) % 7) if scale is Scale.WEEKS else _next_month(first)
    while day <= last:
        yield Tick(x_of(day), f"{day.month}.{day.day}" if scale is Scale.WEEKS else f"{day.month}月")
        day = day + timedelta(days=7) if scale is Scale.WEEKS else _next_month(day)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _links(rows: Sequence[MilestoneView], bars: Sequence[Bar]) -> Iterable[str]:
    """A path from the end of the one waited for, down, to the beginning of the one that waits."""
    by_id = {bar.id: bar for bar in bars}
    for one in rows:
        after = by_id[str(one.id)]
        for wait in one.waits:
            before = by_id.get(str(wait.id))
            if before is not None:
                end = before.x + before.width
                yield f"M{end} {before.middle}H{end + 5}V{after.middle}H{max(after.x, end + 5)}"
