"""How far up problems go: a stream from what was reported to each level, as wide as what that level handles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.queries.overview import overview
from zhitong.domain.problems.rules.phases import Dimension, Numbers, Phase
from zhitong.web.overview.findings import share_in_words
from zhitong.web.shell.lettering import Word, fitted
from zhitong.web.shell.words import figure_in_words
from zhitong.web.wall.showing import Showing
from zhitong.web.wall.telling import Table, Told

WIDTH, HEIGHT = 1800, 816
UPWARDS = (Rank.TOWNSHIP, Rank.COUNTY, Rank.CITY, Rank.PROVINCE)
LEFT, TOP, THICK, THINNEST = 0, 90, 250, 4
"""Where the stream begins, how wide it is when whole, and how thin at the least."""
FOOT = 540
"""Where what a level handles arrives."""
BEND = 60
EDGE = 18
"""How high the edge at the foot stands that shows what is not yet settled."""


@dataclass(frozen=True)
class Branch:
    """What one level handles: the path that leaves the stream, the part of it not yet settled, and its words beneath."""

    path: str
    x: float
    open_width: float
    words: Sequence[Word]


@dataclass(frozen=True)
class Stream:
    """The stream drawn: its trunk narrows where a branch leaves; `marks` say how much goes on."""

    trunk: str
    branches: Sequence[Branch]
    marks: Sequence[Word]
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = FOOT - EDGE
    edge: int = EDGE


def told(viewer: Viewer, showing: Showing, now: datetime) -> Told:
    """The scene, from the kept counts by level."""
    found = overview(viewer, showing.region.id, now)
    slices = {Rank(one.key): one.numbers for one in found.slices.get(Dimension.LEVEL, ())}
    levels = _between(slices)
    whole = sum(one.reported for one in levels.values())
    if not whole:
        return Told(
            _("%s还没有企业反映问题") % found.region.name,
            empty=_("企业提交反馈卡或反映问题后，这里画出问题在哪一级办理、有多少上行。"),
        )
    return Told(
        _title(found.region.name, levels, whole), (), "wall/flow.html", stream_of(levels, whole),
        Table(
            [_("层级"), _("问题数"), _("占比"), _("未办结"), _("已销号")],
            [_row(rank, numbers, whole) for rank, numbers in levels.items()],
        ),
        _("宽度为问题数，底边亮色为未办结；办理层级为现在或办结时所在的层级"),
    )


def _between(slices: Mapping[Rank, Numbers]) -> dict[Rank, Numbers]:
    """The levels from the lowest to the highest that have anything, those between included."""
    having = [at for at, rank in enumerate(UPWARDS) if rank in slices and slices[rank].reported]
    if not having:
        return {}
    return {rank: slices.get(rank, Numbers()) for rank in UPWARDS[having[0] : having[-1] + 1]}


def _title(name: str, levels: Mapping[Rank, Numbers], whole: int) -> str:
    """Where most is handled, and how much goes above that level."""
    ranks = list(levels)
    main = max(ranks, key=lambda rank: levels[rank].reported)
    above = sum(levels[rank].reported for rank in ranks[ranks.index(main) + 1 :])
    said = _("%(place)s反映的问题 %(share)s 在%(level)s办理") % {
        "place": name, "share": share_in_words(levels[main].reported, whole), "level": main.label,
    }
    if not above:
        return said
    return said + _("，%(share)s 上行到更高层级") % {"share": share_in_words(above, whole)}


def stream_of(levels: Mapping[Rank, Numbers], whole: int) -> Stream:
    """The drawing: the trunk from left to right, at each level the part that stays bends down."""
    step = (WIDTH - LEFT) / len(levels)
    left = whole
    trunk = [(float(LEFT), TOP + float(THICK))]
    branches, marks = [], []
    for at, (rank, numbers) in enumerate(levels.items()):
        x = LEFT + step * (at + 0.3)
        thick, rest = _thick(left, whole), _thick(left - numbers.reported, whole)
        marks.append(_mark(at, LEFT + step * at + 24, left))
        branches.append(Branch(
            _bending(x, TOP + rest, TOP + thick), round(x + BEND, 1), _open(numbers, thick - rest),
            _words(rank, numbers, whole, x, step),
        ))
        trunk += [(x, TOP + thick), (x, TOP + rest)]
        left -= numbers.reported
    points = [(float(LEFT), float(TOP)), *trunk, (trunk[-1][0], float(TOP))]
    path = "M" + " L".join(f"{round(x, 1)} {round(y, 1)}" for x, y in points) + " Z"
    return Stream(path, branches, marks)


def _thick(number: int, whole: int) -> float:
    """How wide the stream is for a number of problems; what is there can be seen."""
    return max(float(THINNEST), THICK * number / whole) if number else 0.0


def _open(numbers: Numbers, wide: float) -> float:
    """How wide the part not yet settled is in a band so wide."""
    return round(wide * numbers.unsettled / numbers.reported, 1) if numbers.reported else 0.0


def _bending(x: float, top: float, bottom: float) -> str:
    """A band that leaves the stream to the right at `x` and arrives at the foot, as wide as it left."""
    wide = bottom - top
    inner, outer = x + BEND, x + BEND + wide
    return (
        f"M{x:.1f} {top:.1f} C{x + BEND + wide * 0.6:.1f} {top:.1f} {outer:.1f} {top + wide * 0.4:.1f} {outer:.1f}"
        f" {bottom + BEND:.1f} L{outer:.1f} {FOOT} L{inner:.1f} {FOOT} L{inner:.1f} {bottom + BEND:.1f}"
        f" C{inner:.1f} {bottom + BEND * 0.4:.1f} {x + BEND * 0.6:.1f} {bottom:.1f} {x:.1f} {bottom:.1f} Z"
    )


def _mark(at: int, x: float, number: int) -> Word:
    """What comes in at the left, and above the stream what goes on."""
    said = (_("反映 %s 个") if at == 0 else _("上行 %s 个")) % figure_in_words(number)
    return Word(round(x, 1), TOP - 26, said if number else "", 36, tone="strong" if at == 0 else "")


def _words(rank: Rank, numbers: Numbers, whole: int, x: float, step: float) -> list[Word]:
    """Beneath a branch: the level, its number and share, and how they stand."""
    left, room = round(x + BEND, 1), step * 0.7 - BEND
    share = share_in_words(numbers.reported, whole)
    return [
        fitted(left, FOOT + 62, rank.label, 40, room, tone="strong"),
        fitted(left + 110, FOOT + 62, share, 36, room - 110, tone="quiet"),
        fitted(left, FOOT + 142, figure_in_words(numbers.reported), 76, room, tone="strong"),
        fitted(left, FOOT + 200, _("未办结 %s") % figure_in_words(numbers.unsettled), 32, room),
        fitted(left, FOOT + 246, _("已销号 %s") % figure_in_words(numbers.of(Phase.CLOSED)), 32, room),
    ]


def _row(rank: Rank, numbers: Numbers, whole: int) -> list[str]:
    return [
        rank.label, figure_in_words(numbers.reported), share_in_words(numbers.reported, whole),
        figure_in_words(numbers.unsettled), figure_in_words(numbers.of(Phase.CLOSED)),
    ]
