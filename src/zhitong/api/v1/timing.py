"""Where time goes: lengths of states, against limits and the last period."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.words import (
    Code,
    Labelled,
    Named,
    OneOf,
    Said,
    Shape,
    labelled,
    maybe_labelled,
    named,
    region_coded,
    unit_id_coded,
    unit_named,
)
from zhitong.domain.analysis.queries.timing.timing import Divided, Flow, Loop, StageTime, StateTime, Timing, timing
from zhitong.domain.analysis.queries.timing.ways import Narrowed
from zhitong.domain.analysis.rules.timing.activities import Activity, activity_of, waits_for
from zhitong.domain.analysis.rules.timing.bottlenecks import Bottleneck
from zhitong.domain.analysis.rules.timing.figures import Length
from zhitong.domain.calendars.rules import Period, PeriodKind, period_of, period_trouble
from zhitong.domain.calendars.rules.periods import period_holding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.subjects.rules.kinds import SubjectKind
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import BadInput

router = Router()


class Spent(Shape):
    """How often and how long, in minutes of office time; `median` and `slow` (90th percentile) are times that occurred."""

    times: int
    problems: int
    median: int | None
    slow: int | None
    total: int
    judged: int
    late: int
    unmeasured: int


class SpentOn(Shape):
    """What the time went on."""

    activity: Labelled
    now: Spent
    last: Spent


class SpentInState(Shape):
    """A state: what ended in it, the same of the last period, and what stands in it."""

    state: Labelled
    activity: Labelled | None
    waits_for: Labelled
    now: Spent
    last: Spent
    standing: int
    standing_late: int


class SpentBy(Shape):
    """Work and waiting of one unit, category or level; of the units that may not be named the unit is empty."""

    unit: Named | None = None
    kind: str = ""
    category: str = ""
    level: Labelled | None = None
    working: Spent
    waiting: Spent


class Gone(Shape):
    """How often problems went from a state to another."""

    since: Labelled
    to: Labelled
    spent: Spent


class StagePassed(Shape):
    """How a stage with a limit was passed, now and in the last period."""

    stage: Labelled
    times: int
    within: int
    last_times: int
    last_within: int


class GoneBack(Shape):
    """A state entered once more, or an act that led back."""

    state: Labelled | None
    act: Labelled | None
    spent: Spent


class HeldUp(Shape):
    """A unit in a state that takes longer than its like; `like` and `excess` are minutes."""

    unit: Named | None
    state: Labelled
    level: Labelled
    spent: Spent
    like: int
    excess: int
    standing: int
    standing_late: int


class WhereTimeGoes(Shape):
    """Where time goes in a region in a period."""

    region: Named
    lens: Labelled
    period: str
    since: datetime
    until: datetime
    against_since: datetime
    against_until: datetime
    activities: list[SpentOn]
    states: list[SpentInState]
    flows: list[Gone]
    bottlenecks: list[HeldUp]
    units: list[SpentBy]
    other_units: SpentBy | None
    categories: list[SpentBy]
    levels: list[SpentBy]
    stages: list[StagePassed]
    loops: list[GoneBack]
    own_place: int | None
    of_units: int | None


class AskedOfTime(Said):
    """Which region, period and cut-off, and what it is narrowed to."""

    region: Code | None = Field(None, description="地区代码，须在本辖区内；不填为本辖区")
    period: Annotated[str, Field(max_length=10)] = Field("", description="统计期：2018-09、2018Q3、2018；不填为本月")
    at: datetime | None = Field(None, description="统计截止时间；不填为现在")
    kind: OneOf[SubjectKind] | None = Field(None, description="服务对象类别")
    category: Code | None = Field(None, description="问题类别代码")
    level: OneOf[Rank] | None = Field(None, description="办理层级")
    unit: Code | None = Field(None, description="单位代码，须为本单位或所辖单位")


@reads(router, "/analysis/timing", answer=WhereTimeGoes, summary="办理时长：各环节、单位、类别、层级的办理与等待，与时限和上期比")
def timing_of_region(request: Request, asked: Annotated[AskedOfTime, Query()]) -> WhereTimeGoes:
    """Where time goes."""
    region_id = region_coded(asked.region).id if asked.region else request.viewer.region_id
    return _told(timing(
        request.viewer, region_id, period_asked(asked.period, request.now), request.now, narrowed=narrowed_by(asked),
        at=asked.at,
    ))


def period_asked(code: str, now: datetime) -> Period:
    """The period of a code; this month where none is given.

    Raises BadInput: it is none.
    """
    if not code:
        return period_holding(day_of(now), PeriodKind.MONTH)
    if trouble := period_trouble(code):
        raise BadInput(trouble, {"period": trouble})
    return period_of(code)


def narrowed_by(asked: AskedOfTime, **more: object) -> Narrowed:
    """What a call narrows to.

    Raises BadInput: the unit it names does not exist.
    """
    return Narrowed(
        category=asked.category or "", kind=str(asked.kind.value) if asked.kind else "", rank=asked.level,
        unit_id=unit_id_coded(asked.unit, "unit") if asked.unit else None, **more,  # type: ignore[arg-type]
    )


def _told(one: Timing) -> WhereTimeGoes:
    place, of = one.place or (None, None)
    return WhereTimeGoes(
        region=named(one.seen.region), lens=labelled(one.seen.lens), period=one.span.period.code, since=one.span.since,
        until=one.span.until, against_since=one.span.since_before, against_until=one.span.until_before,
        activities=[
            SpentOn(activity=labelled(part), now=_spent(one.activities[part]), last=_spent(one.last_activities[part]))
            for part in Activity
        ],
        states=[_state(part) for part in one.states], flows=[_flow(part) for part in one.flows],
        bottlenecks=[_held(part) for part in one.bottlenecks], units=[_by_unit(part) for part in one.units],
        other_units=_divided(one.others) if one.others else None, categories=[_by_category(part) for part in one.categories],
        levels=[_by_level(part) for part in one.ranks], stages=[_stage(part) for part in one.stages],
        loops=[_loop(part) for part in one.loops], own_place=place, of_units=of,
    )


def _spent(one: Length) -> Spent:
    return Spent(
        times=one.times, problems=one.problems, median=one.median, slow=one.slow, total=one.total, judged=one.judged,
        late=one.late, unmeasured=one.unmeasured,
    )


def _state(one: StateTime) -> SpentInState:
    return SpentInState(
        state=labelled(one.state), activity=maybe_labelled(activity_of(one.state)), waits_for=labelled(waits_for(one.state)),
        now=_spent(one.length), last=_spent(one.last), standing=one.standing.problems, standing_late=one.standing.late,
    )


def _flow(one: Flow) -> Gone:
    return Gone(since=labelled(one.since), to=labelled(one.to), spent=_spent(one.length))


def _held(one: Bottleneck) -> HeldUp:
    return HeldUp(
        unit=unit_named(one.unit_id, directory()), state=labelled(one.state), level=labelled(one.rank), spent=_spent(one.length),
        like=one.like, excess=one.excess, standing=one.standing.problems, standing_late=one.standing.late,
    )


def _divided(one: Divided) -> SpentBy:
    return SpentBy(working=_spent(one.working), waiting=_spent(one.waiting))


def _by_unit(one: Divided) -> SpentBy:
    return _divided(one).model_copy(update={"unit": unit_named(one.key[0], directory())})


def _by_category(one: Divided) -> SpentBy:
    return _divided(one).model_copy(update={"kind": one.key[0], "category": one.key[1]})


def _by_level(one: Divided) -> SpentBy:
    return _divided(one).model_copy(update={"level": labelled(Rank(one.key[0]))})


def _stage(one: StageTime) -> StagePassed:
    return StagePassed(
        stage=labelled(one.stage), times=one.passed.times, within=one.passed.within, last_times=one.last.times,
        last_within=one.last.within,
    )


def _loop(one: Loop) -> GoneBack:
    return GoneBack(state=maybe_labelled(one.state), act=maybe_labelled(one.act), spent=_spent(one.length))
