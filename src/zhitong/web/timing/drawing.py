"""The flow of problems between states as figures for an SVG: width is how many, shade how late; nothing is decided here.

States stand in columns along the way; side ways stand in lanes beneath. What goes on is a band, what goes back an arc below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.timing.timing import Flow
from zhitong.domain.problems.rules.kinds import CLOSED_STATES, State
from zhitong.web.shell.words import figure_in_words

WIDTH = 1120
LEFT, RIGHT = 40, 1066
TOP = 58
NODE = 13
TALLEST = 150
"""The height of the busiest node."""
LANE_GAP, ARC_STEP = 64, 22
LEAST = 1.5
SLOW_FROM, LATE_FROM = 0.1, 0.3
WORDY_FROM = 15
"""A band so wide carries its count."""
LAST_COLUMN = 7.0

OVER = "over"
"""All ends but closing off, drawn as one."""
_PLACES: Mapping[str, tuple[float, int]] = {
    State.SUBMITTED.value: (0, 0), State.ASKED.value: (0.5, 1), State.OBJECTED.value: (0.5, 2), State.ACCEPTED.value: (1, 0),
    State.DISPATCHED.value: (2, 0), State.HANDLING.value: (3, 0), State.PROPOSED.value: (3.5, 1),
    State.PAUSED.value: (4.4, 1), State.PARKED.value: (4.4, 2), State.RETURNING.value: (4, 0), State.ANSWERED.value: (5, 0),
    State.REVIEW.value: (5.5, 1), State.CONFIRMED.value: (6, 0), State.CLOSED.value: (LAST_COLUMN, 0), OVER: (LAST_COLUMN, 1),
}
"""Column and lane of every node."""


@dataclass(frozen=True)
class Node:
    """A state drawn: a bar with its name and, beneath, how long it usually takes."""

    x: float
    y: float
    height: float
    label: str
    note: str
    anchor: str


@dataclass(frozen=True)
class Band:
    """A flow drawn as a path; `stroke` is the width of an arc, None for a band that is filled. `shade` tells how late."""

    path: str
    shade: str
    words: str
    stroke: float | None = None
    x: float = 0
    y: float = 0
    count: str = ""


@dataclass(frozen=True)
class FlowDrawing:
    """All that `timing/flow.html` draws; the title is the sentence of the finding."""

    title: str
    nodes: Sequence[Node]
    bands: Sequence[Band]
    height: int
    width: int = WIDTH
    node: int = NODE


def shade_of(late_share: float | None) -> str:
    """How late a flow is, as the name of its shade: calm, slow, late; plain where it has no limit."""
    if late_share is None:
        return "plain"
    if late_share >= LATE_FROM:
        return "late"
    return "slow" if late_share >= SLOW_FROM else "calm"


def shade_words() -> list[tuple[str, str]]:
    """The shades with what they mean, for the key."""
    return [
        ("calm", _("超时限不到一成")), ("slow", _("超时限一成以上")), ("late", _("超时限三成以上")), ("plain", _("没有时限")),
    ]


def flow_drawing(
    flows: Sequence[Flow], title: str, notes: Mapping[State, str], words: Mapping[tuple[State, State], str]
) -> FlowDrawing:
    """The flows drawn; `notes` stand under the names of states, `words` are told of each flow."""
    drawn = _Drawing(flows, notes)
    bands = [drawn.band(one, words[one.since, one.to]) for one in sorted(flows, key=_across)]
    return FlowDrawing(title, drawn.nodes(), [band for band in bands if band], drawn.height)


def _name(state: State) -> str:
    return OVER if state in CLOSED_STATES and state is not State.CLOSED else state.value


def _across(one: Flow) -> tuple[float, float, float]:
    """Bands leave and enter a node from above in the order of lanes, then of columns."""
    (since, lane), (to, to_lane) = _PLACES[_name(one.since)], _PLACES[_name(one.to)]
    return lane + to_lane, to, since


class _Drawing:
    """Where nodes stand, and how much of each is taken already."""

    def __init__(self, flows: Sequence[Flow], notes: Mapping[State, str]) -> None:
        self.notes = notes
        self.left, self.entered = _volumes(flows)
        busiest = max((max(self.left[name], self.entered[name]) for name in self._names()), default=1)
        self.scale = TALLEST / max(1, busiest)
        self.tops = self._lanes()
        self.out: dict[str, float] = defaultdict(float)
        self.into: dict[str, float] = defaultdict(float)
        self.arcs = 0
        self.foot = max((self._top(name) + self._height(name) for name in self._names()), default=TOP)

    def _names(self) -> list[str]:
        return [name for name in _PLACES if self.left[name] or self.entered[name]]

    def _height(self, name: str) -> float:
        return max(LEAST * 2, max(self.left[name], self.entered[name]) * self.scale)

    def _lanes(self) -> dict[int, float]:
        """The top of each lane that is used."""
        tops, top = {}, float(TOP)
        for lane in sorted({_PLACES[name][1] for name in self._names()}):
            tops[lane] = top
            top += max(self._height(name) for name in self._names() if _PLACES[name][1] == lane) + LANE_GAP
        return tops

    def _top(self, name: str) -> float:
        return self.tops[_PLACES[name][1]]

    def _x(self, name: str) -> float:
        return round(LEFT + _PLACES[name][0] / LAST_COLUMN * (RIGHT - LEFT - NODE), 1)

    @property
    def height(self) -> int:
        """How high the whole is, arcs included."""
        return round(self.foot + 16 + (ARC_STEP * (self.arcs + 1) if self.arcs else 0))

    def nodes(self) -> list[Node]:
        """Every state that anything went through."""
        return [self._node(name) for name in self._names()]

    def _node(self, name: str) -> Node:
        state = State(name) if name != OVER else None
        label = f"{state.label if state else _('其他结束')} {figure_in_words(max(self.left[name], self.entered[name]))}"
        x = self._x(name)
        anchor = "start" if x <= LEFT else "end" if _PLACES[name][0] == LAST_COLUMN else "middle"
        note = self.notes.get(state, "") if state else ""
        return Node(x, round(self._top(name), 1), round(self._height(name), 1), label, note, anchor)

    def band(self, one: Flow, words: str) -> Band | None:
        """A flow as a band from left to right, or as an arc beneath where it goes back."""
        since, to = _name(one.since), _name(one.to)
        if since == to:
            return None
        width = max(LEAST, one.length.times * self.scale)
        if _PLACES[to][0] <= _PLACES[since][0]:
            return self._arc(one, words, width)
        begin, end = self._top(since) + self.out[since], self._top(to) + self.into[to]
        self.out[since] += width
        self.into[to] += width
        x1, x2 = self._x(since) + NODE, self._x(to)
        mid = round((x1 + x2) / 2, 1)
        path = (
            f"M{x1} {begin:.1f}C{mid} {begin:.1f} {mid} {end:.1f} {x2} {end:.1f}"
            f"V{end + width:.1f}C{mid} {end + width:.1f} {mid} {begin + width:.1f} {x1} {begin + width:.1f}Z"
        )
        count = figure_in_words(one.length.times) if width >= WORDY_FROM and x2 - x1 > NODE else ""
        return Band(path, shade_of(one.length.late_share), words, None, mid, round((begin + end + width) / 2 + 4, 1), count)

    def _arc(self, one: Flow, words: str, width: float) -> Band:
        """Back beneath all lanes, each arc a step deeper."""
        self.arcs += 1
        since, to = _name(one.since), _name(one.to)
        x1, x2, deep = self._x(since) + NODE / 2, self._x(to) + NODE / 2, self.foot + 10 + ARC_STEP * self.arcs
        y1, y2 = self._top(since) + self._height(since), self._top(to) + self._height(to)
        path = f"M{x1} {y1:.1f}C{x1} {deep:.1f} {x1} {deep:.1f} {(x1 + x2) / 2:.1f} {deep:.1f}S{x2} {deep:.1f} {x2} {y2:.1f}"
        count = figure_in_words(one.length.times)
        return Band(path, shade_of(one.length.late_share), words, round(width, 1), round((x1 + x2) / 2, 1), round(deep - 3, 1), count)


def _volumes(flows: Iterable[Flow]) -> tuple[dict[str, int], dict[str, int]]:
    """How many left and how many entered each node."""
    left: dict[str, int] = defaultdict(int)
    entered: dict[str, int] = defaultdict(int)
    for one in flows:
        since, to = _name(one.since), _name(one.to)
        if since != to:
            left[since] += one.length.times
            entered[to] += one.length.times
    return left, entered
