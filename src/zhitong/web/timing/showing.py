"""What the page of where time goes shows, worked out: figures, states, divisions, stages, loops, bottlenecks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from zhitong.domain.analysis.queries.timing.timing import Divided, Loop, StageTime, StateTime, Timing
from zhitong.domain.analysis.rules.timing.activities import Activity, activity_of, waits_for
from zhitong.domain.analysis.rules.timing.bottlenecks import Bottleneck
from zhitong.domain.analysis.rules.timing.figures import Length, share
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.queries.rulebook import Rulebook
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.web.shell.components import Figure, Text
from zhitong.web.shell.words import figure_in_words
from zhitong.web.timing.drawing import FlowDrawing, flow_drawing
from zhitong.web.timing.links import Links
from zhitong.web.timing.saying import change_in_words, flow_finding, flow_words, percent, spent_in_words, sum_in_words

LINES_SHOWN = 15
"""So many lines of a division stand in sight; the rest is folded."""


class By(Enum):
    """What times are divided by."""

    UNIT = "unit"
    CATEGORY = "category"
    LEVEL = "level"

    @property
    def label(self) -> str:
        """The word on the tab."""
        return {By.UNIT: _("单位"), By.CATEGORY: _("类别"), By.LEVEL: _("办理层级")}[self]


@dataclass(frozen=True)
class Cell:
    """A figure or a length in a table: its text, the rows behind it, the sum on hover, a tone."""

    text: str
    url: str = ""
    title: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a table: its name, where that leads, a note beneath it, and the cells."""

    label: str
    cells: Sequence[Cell]
    url: str = ""
    note: str = ""


def figures_of(found: Timing, links: Links) -> list[Figure]:
    """The figures above the fold, each opening to its passages."""
    stood = [one.standing for one in found.states]
    judged = sum(one.passed.times for one in found.stages)
    within = sum(one.passed.within for one in found.stages)
    last_judged, last_within = sum(one.last.times for one in found.stages), sum(one.last.within for one in found.stages)
    again = sum(one.length.times for one in found.loops if one.state)
    shares = [_share_figure(found, activity) for activity in Activity]
    return [
        Figure(_("走完的环节"), figure_in_words(found.times), _("次"), url=links.rows(found.times)),
        *shares,
        Figure(
            _("时限内完成"), percent(share(within, judged)), note=_last(percent(share(last_within, last_judged))),
        ),
        Figure(_("再次进入同一环节"), figure_in_words(again), _("次"), url=links.rows(again, again="1")),
        Figure(
            _("仍在途"), figure_in_words(sum(one.problems for one in stood)), _("个"),
            url=links.still(sum(one.problems for one in stood)),
        ),
        Figure(
            _("■ 其中超期"), figure_in_words(sum(one.late for one in stood)), _("个"),
            url=links.still(sum(one.late for one in stood), late="1"),
        ),
    ]


def _share_figure(found: Timing, activity: Activity) -> Figure:
    whole = sum(length.total for length in found.last_activities.values())
    return Figure(
        _("%s占所花时间") % activity.label, percent(share(found.activities[activity].total, found.minutes)),
        note=_last(percent(share(found.last_activities[activity].total, whole))),
    )


def _last(said: str) -> Text:
    return _("上期 %s") % said


def drawing_of(found: Timing) -> FlowDrawing | None:
    """The flow drawn; nothing where nothing moved."""
    if not found.flows:
        return None
    notes = {one.state: spent_in_words(one.length.median) for one in found.states if one.length.median is not None}
    words = {(one.since, one.to): flow_words(one.since.label, one.to.label, one.length) for one in found.flows}
    return flow_drawing(found.flows, flow_finding(found), notes, words)


def flow_lines(found: Timing, links: Links) -> list[Line]:
    """The flow as a table."""
    return [
        Line(f"{one.since.label} → {one.to.label}", [
            _count(one.length.times, links.rows(one.length.times, state=one.since.value, to=one.to.value)),
            *_lengths(one.length),
            _late(one.length, links.rows(one.length.late, state=one.since.value, to=one.to.value, late="1")),
        ])
        for one in found.flows
    ]


def state_lines(found: Timing, links: Links) -> list[Line]:
    """The states in the order of the way."""
    return [_state_line(one, links) for one in found.states]


def _state_line(one: StateTime, links: Links) -> Line:
    length, state = one.length, one.state.value
    activity = activity_of(one.state)
    told = activity.label if activity else ""
    waits = waits_for(one.state).label
    note = _("%(activity)s：%(whom)s") % {"activity": told, "whom": waits} if waits != "—" else told
    return Line(one.state.label, [
        _count(length.times, links.rows(length.times, state=state)), *_lengths(length),
        Cell(change_in_words(length.median, one.last.median), title=_("上期一般 %s") % spent_in_words(one.last.median)),
        _late(length, links.rows(length.late, state=state, late="1")),
        _count(one.standing.problems, links.still(one.standing.problems, state=state)),
        _count(one.standing.late, links.still(one.standing.late, state=state, late="1"), "bad"),
    ], note=note)


def divided_lines(found: Timing, by: By, links: Links, book: Rulebook | None) -> list[Line]:
    """Work and waiting by unit, category or level; units that one may not name stand together in the last line."""
    parts = {By.UNIT: found.units, By.CATEGORY: found.categories, By.LEVEL: found.ranks}[by]
    name = _names(by, book, links)
    lines = [_divided_line(one, *name(one)) for one in parts]
    if by is By.UNIT and found.others is not None:
        lines.append(_divided_line(found.others, _("其他单位合计"), "", _("只列总体，不列单位名称")))
    return lines


def _names(by: By, book: Rulebook | None, links: Links) -> Callable[[Divided], tuple[str, str, str]]:
    """What a line is called, where it leads, and its note."""
    here = directory()

    def unit(one: Divided) -> tuple[str, str, str]:
        entry = here.units.get(one.key[0])
        region = here.regions[entry.region_id].name if entry else ""
        return here.name_of(one.key[0]) or _("已撤销的单位"), links.page(unit=entry.code) if entry else "", region

    def category(one: Divided) -> tuple[str, str, str]:
        kind, code = one.key
        label = book.label(kind, code) if book else code
        return label, links.page(kind=kind, category=code), SubjectKind(kind).label if kind else ""

    def level(one: Divided) -> tuple[str, str, str]:
        rank = Rank(one.key[0])
        return rank.label, links.page(rank=rank.value), ""

    return {By.UNIT: unit, By.CATEGORY: category, By.LEVEL: level}[by]


def _divided_line(one: Divided, label: str, url: str, note: str) -> Line:
    both = one.working.total + one.waiting.total
    late, judged = one.working.late + one.waiting.late, one.working.judged + one.waiting.judged
    return Line(label, [
        Cell(figure_in_words(one.working.times + one.waiting.times)), *_lengths(one.working), *_lengths(one.waiting),
        Cell(percent(share(one.waiting.total, both))), Cell(percent(share(late, judged))),
    ], url, note)


def stage_lines(found: Timing, links: Links) -> list[Line]:
    """The stages with a limit: how many were passed within it, now and in the period before."""
    return [_stage_line(one, links) for one in found.stages]


def _stage_line(one: StageTime, links: Links) -> Line:
    passed, stage = one.passed, one.stage.value
    late = passed.times - passed.within
    return Line(one.stage.label, [
        _count(passed.times, links.rows(passed.times, stage=stage)), Cell(percent(share(passed.within, passed.times))),
        Cell(percent(share(one.last.within, one.last.times))), _count(late, links.rows(late, stage=stage, late="1"), "bad"),
    ])


def loop_lines(found: Timing, links: Links) -> list[Line]:
    """Where the way went back: states entered once more, and the acts that led back."""
    return [_loop_line(one, links) for one in found.loops]


def _loop_line(one: Loop, links: Links) -> Line:
    asked = {"again": "1", "state": one.state.value} if one.state else {"by": one.act.value if one.act else ""}
    label = _("再次“%s”") % one.state.label if one.state else one.act.label if one.act else ""
    note = _("第二次及以后所花的时间") if one.state else _("此前那一环节所花的时间")
    length = one.length
    return Line(label, [
        _count(length.times, links.rows(length.times, **asked)), Cell(figure_in_words(length.problems)), *_lengths(length),
        _spent(length.total),
    ], note=note)


def bottleneck_lines(found: Timing, links: Links) -> list[Line]:
    """Where things are held up, the largest excess first."""
    return [_bottleneck_line(one, links) for one in found.bottlenecks]


def _bottleneck_line(one: Bottleneck, links: Links) -> Line:
    here = directory()
    unit = here.units.get(one.unit_id)
    asked = {"unit": unit.code if unit else "", "state": one.state.value}
    label = _("%(unit)s · %(state)s") % {"unit": here.name_of(one.unit_id), "state": one.state.label}
    return Line(label, [
        _count(one.length.problems, links.rows(one.length.times, **asked)), _spent(one.length.median), _spent(one.like),
        _spent(one.excess), _late(one.length, links.rows(one.length.late, late="1", **asked)),
        _count(one.standing.problems, links.still(one.standing.problems, **asked)),
    ], note=here.regions[unit.region_id].name if unit else "")


def own_place(found: Timing) -> str:
    """One's own place among all, in a sentence; empty where it cannot be told."""
    if found.place is None:
        return ""
    place, of = found.place
    return _("%(unit)s的办理时间在 %(of)s 个单位中从快到慢排第 %(place)s 位。") % {
        "unit": directory().name_of(found.own_unit_id), "of": of, "place": place,
    }


def _lengths(length: Length) -> list[Cell]:
    return [_spent(length.median), _spent(length.slow)]


def _spent(minutes: int | None) -> Cell:
    return Cell(spent_in_words(minutes), title=sum_in_words(minutes))


def _count(count: int, url: str = "", tone: str = "") -> Cell:
    return Cell(figure_in_words(count), url, tone=tone if count else "")


def _late(length: Length, url: str) -> Cell:
    title = _("有时限的 %(judged)s 次，超过的 %(late)s 次") % {
        "judged": figure_in_words(length.judged), "late": figure_in_words(length.late),
    }
    return Cell(percent(length.late_share), url, title if length.judged else "", "bad" if length.late else "")
