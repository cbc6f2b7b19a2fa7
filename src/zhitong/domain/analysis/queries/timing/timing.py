"""Where time goes in a region in a period, against limits and the period before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from zhitong.domain.analysis.queries.overseeing import Overseen, overseen
from zhitong.domain.analysis.queries.timing.lengths import OF_THE_LAST, Key, Lengths, lengths_of, standing_of
from zhitong.domain.analysis.queries.timing.ways import EVERYTHING, Narrowed
from zhitong.domain.analysis.rules.spans import Span, span_of
from zhitong.domain.analysis.rules.timing.activities import ACTIVITY_OF, GOING_BACK, Activity, activity_of
from zhitong.domain.analysis.rules.timing.bottlenecks import Bottleneck, bottlenecks
from zhitong.domain.analysis.rules.timing.figures import NOTHING, Length, Passed, Standing
from zhitong.domain.analysis.rules.timing.peers import LEAST_TOGETHER, place_among, units_named_to
from zhitong.domain.calendars.rules import Period
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.organisations.scope import Viewer
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import BadInput, NotFound


@dataclass(frozen=True, slots=True)
class StateTime:
    """A state in the period: what ended in it, the same of the period before, and what stood in it at the cut-off."""

    state: State
    length: Length
    last: Length
    standing: Standing


@dataclass(frozen=True, slots=True)
class Divided:
    """Work and waiting of one value of a dimension. `key` is a unit's id, a level, or (kind of subject, category)."""

    key: Key
    working: Length
    waiting: Length


@dataclass(frozen=True, slots=True)
class Flow:
    """How often problems went from a state to another, and how long they had stood in the first."""

    since: State
    to: State
    length: Length


@dataclass(frozen=True, slots=True)
class StageTime:
    """How a stage with a limit was passed, and the same in the period before."""

    stage: Stage
    passed: Passed
    last: Passed


@dataclass(frozen=True, slots=True)
class Loop:
    """A state that problems came back to, or an act after which something was done once more.

    Of a state the length is that of the second and later passages, of an act that of the passage it ended.
    """

    state: State | None
    act: Act | None
    length: Length


@dataclass(frozen=True, slots=True)
class Timing:
    """Where time goes. `units` are those the viewer may name, `others` all the others together, where they
    are LEAST_TOGETHER or more; `place` is the viewer's own
    unit's among all by its median working time: (place, of how many)."""

    seen: Overseen
    span: Span
    narrowed: Narrowed
    activities: Mapping[Activity, Length]
    last_activities: Mapping[Activity, Length]
    states: tuple[StateTime, ...]
    units: tuple[Divided, ...]
    others: Divided | None
    categories: tuple[Divided, ...]
    ranks: tuple[Divided, ...]
    flows: tuple[Flow, ...]
    stages: tuple[StageTime, ...]
    loops: tuple[Loop, ...]
    bottlenecks: tuple[Bottleneck, ...]
    own_unit_id: UUID
    place: tuple[int, int] | None

    @property
    def times(self) -> int:
        """How many passages ended."""
        return sum(length.times for length in self.activities.values())

    @property
    def minutes(self) -> int:
        """All working minutes of the passages that ended."""
        return sum(length.total for length in self.activities.values())

    @property
    def unmeasured(self) -> int:
        """How many passages have ended too lately to be measured."""
        return sum(length.unmeasured for length in self.activities.values())


def timing(
    viewer: Viewer, region_id: UUID, period: Period, now: datetime, *, narrowed: Narrowed = EVERYTHING, at: datetime | None = None
) -> Timing:
    """Where time goes in a region, in a period up to the cut-off `at` (now where none is given).

    Four statements, bounded by what moved in the period and the one before and by what is open; recorded afterwards and
    confidential problems are left out.
    Raises NotFound: the region or the unit asked for is not the viewer's to oversee.
    Raises BadInput: the period has not begun at the cut-off, or the cut-off lies ahead.
    """
    seen = overseen(viewer, region_id)
    span = span_for(period, now, at)
    narrowed = named_to(viewer, narrowed)
    found, passed = lengths_of(seen, narrowed, span.since, span.until)
    last, last_passed = lengths_of(seen, narrowed, span.since_before, span.until_before, OF_THE_LAST)
    standing = standing_of(seen, narrowed, span.until)
    units = _divided(found["units"])
    medians = {one.key[0]: one.working.median for one in units if one.working.median is not None}
    named = set(narrowed.named)
    return Timing(
        seen=seen, span=span, narrowed=narrowed, own_unit_id=viewer.unit_id,
        activities=_activities(found), last_activities=_activities(last),
        states=tuple(_states(found, last, standing)),
        units=tuple(one for one in units if one.key[0] in named),
        others=_others(found) if len({one.key[0] for one in units} - named) >= LEAST_TOGETHER else None,
        categories=_divided(found["categories"]), ranks=_divided(found["ranks"]), flows=_flows(found),
        stages=tuple(
            StageTime(stage, passed.get(stage.value, Passed()), last_passed.get(stage.value, Passed()))
            for stage in Stage if stage.value in passed
        ),
        loops=_loops(found), bottlenecks=tuple(_bottlenecks(found, standing, narrowed)),
        place=place_among(viewer.unit_id, medians),
    )


def named_to(viewer: Viewer, narrowed: Narrowed) -> Narrowed:
    """The same narrowing with the units that the viewer may name.

    Raises NotFound: it asks for the figures of another unit.
    """
    named = tuple(units_named_to(viewer, directory()))
    if narrowed.unit_id is not None and narrowed.unit_id not in named:
        raise NotFound
    return replace(narrowed, named=named)


def span_for(period: Period, now: datetime, at: datetime | None) -> Span:
    """The span of a period at a cut-off (now where none is given).

    Raises BadInput: the period has not begun then, or the cut-off lies ahead.
    """
    if at is not None and at > now:
        raise BadInput("统计截止时间不能晚于现在，请改正。", {"at": "统计截止时间不能晚于现在。"})
    span = span_of(period, at or now)
    if span is None:
        raise BadInput(f"{period.words}在统计截止时间还没有开始，请选择更早的统计期。", {"period": "这个统计期还没有开始。"})
    return span


def _activities(found: Lengths) -> dict[Activity, Length]:
    return {activity: found["activities"].get((activity.value,), NOTHING) for activity in Activity}


def _states(found: Lengths, last: Lengths, standing: Mapping[Key, Standing]) -> list[StateTime]:
    """The open states in which anything ended or stands, in the order of the way."""
    every = [
        StateTime(
            state, found["states"].get((state.value,), NOTHING), last["states"].get((state.value,), NOTHING),
            _summed(standing, state),
        )
        for state in ACTIVITY_OF
    ]
    return [one for one in every if one.length.times or one.last.times or one.standing.problems]


def _summed(standing: Mapping[Key, Standing], state: State) -> Standing:
    here = [one for (_unit, word), one in standing.items() if word == state.value]
    return Standing(sum(one.problems for one in here), sum(one.late for one in here))


def _divided(lengths: Mapping[Key, Length]) -> tuple[Divided, ...]:
    """Lengths whose key ends with the activity, put together by the rest of it; what took the longest in sum comes first."""
    keys = dict.fromkeys(key[:-1] for key in lengths)
    every = (
        Divided(
            key, lengths.get((*key, Activity.WORKING.value), NOTHING), lengths.get((*key, Activity.WAITING.value), NOTHING)
        )
        for key in keys
    )
    return tuple(sorted(every, key=lambda one: (-one.working.total - one.waiting.total, str(one.key))))


def _others(found: Lengths) -> Divided | None:
    return next((one for one in _divided(found["others"]) if one.key[0] is False), None)


def _flows(found: Lengths) -> tuple[Flow, ...]:
    flows = (
        Flow(State(since), State(to), length) for (since, to), length in found["flows"].items() if to and to != since
    )
    return tuple(sorted(flows, key=lambda one: (-one.length.times, one.since.value, one.to.value)))


def _loops(found: Lengths) -> tuple[Loop, ...]:
    """The states come back to, the costliest first, then the acts that led back, in the order of the way."""
    again = [Loop(State(state), None, length) for (state, is_again), length in found["again"].items() if is_again]
    back = [Loop(None, act, found["acts"][act.value,]) for act in GOING_BACK if (act.value,) in found["acts"]]
    return (*sorted(again, key=lambda one: (-one.length.total, str(one.state))), *back)


def _bottlenecks(found: Lengths, standing: Mapping[Key, Standing], narrowed: Narrowed) -> list[Bottleneck]:
    held = {
        (unit_id, State(state), Rank(rank)): length
        for (unit_id, state, rank), length in found["held"].items() if unit_id and activity_of(State(state))
    }
    like = {(State(state), Rank(rank)): length for (state, rank), length in found["like"].items()}
    stood = {(unit_id, State(state)): one for (unit_id, state), one in standing.items()}
    return bottlenecks(held, like, stood, narrowed.named)
