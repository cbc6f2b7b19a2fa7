"""Where time goes: lengths of states, against limits and the last period, and the single visits behind a figure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from zhitong.api.door import Request, reads
from zhitong.api.pages import CursorText, Limit, opened, sealed
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
from zhitong.domain.analysis.queries.timing.rows import Asked, RowOrder, Visit, Which, visits_for
from zhitong.domain.analysis.queries.timing.timing import Divided, Flow, Loop, StageTime, StateTime, Timing, timing
from zhitong.domain.analysis.queries.timing.ways import Narrowed
from zhitong.domain.analysis.rules.timing.activities import Activity, activity_of, waits_for
from zhitong.domain.analysis.rules.timing.bottlenecks import Bottleneck
from zhitong.domain.analysis.rules.timing.figures import Length
from zhitong.domain.calendars.rules import Period, PeriodKind, period_of, period_trouble
from zhitong.domain.calendars.rules.periods import period_holding
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.domain.problems.rules.way import Act
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


class VisitTold(Shape):
    """One visit of a problem to a state; the unit is empty where it may not be named."""

    number: str
    subject: str
    category: str
    region: str
    state: Labelled
    unit: str
    since: datetime
    until: datetime | None
    minutes: int | None
    late: bool
    ended_by: Labelled | None


class Visits(Shape):
    """One page of visits; `next` is the cursor of the page after it."""

    rows: list[VisitTold]
    next: str | None


class AskedOfTime(Said):
    """Which region, period and cut-off, and what it is narrowed to."""

    region: Code | None = Field(None, description="地区代码，须在本辖区内；不填为本辖区")
    period: Annotated[str, Field(max_length=10)] = Field("", description="统计期：2018-09、2018Q3、2018；不填为本月")
    at: datetime | None = Field(None, description="统计截止时间；不填为现在")
    kind: OneOf[SubjectKind] | None = Field(None, description="服务对象类别")
    category: Code | None = Field(None, description="问题类别代码")
    level: OneOf[Rank] | None = Field(None, description="办理层级")
    unit: Code | None = Field(None, description="单位代码，须为本单位或所辖单位")


class AskedOfVisits(AskedOfTime):
    """Which visits behind a figure."""

    which: OneOf[Which] = Field(Which.GONE, description="已走出的，或仍在途的")
    state: OneOf[State] | None = Field(None, description="环节")
    to: OneOf[State] | None = Field(None, description="去向")
    by: OneOf[Act] | None = Field(None, description="因何离开")
    stage: OneOf[Stage] | None = Field(None, description="走完的时限")
    again: bool = Field(False, description="只看再次进入的")
    late: bool = Field(False, description="只看超过时限的")
    order: OneOf[RowOrder] = Field(RowOrder.LONGEST, description="排序")
    cursor: CursorText = ""
    limit: Limit = 50


@reads(router, "/analysis/timing", answer=WhereTimeGoes, summary="办理时长：各环节、单位、类别、层级的办理与等待，与时限和上期比")
def timing_of_region(request: Request, asked: Annotated[AskedOfTime, Query()]) -> WhereTimeGoes:
    """Where time goes."""
    region_id = region_coded(asked.region).id if asked.region else request.viewer.region_id
    return _told(timing(
        request.viewer, region_id, period_asked(asked.period, request.now), request.now, narrowed=_narrowed(asked),
        at=asked.at,
    ))


@reads(router, "/analysis/timing/visits", answer=Visits, summary="办理时长的明细：每个问题在每个环节停留多久")
def visits_behind(request: Request, asked: Annotated[AskedOfVisits, Query()]) -> Visits:
    """The visits behind a figure."""
    if asked.which is Which.STILL and (asked.to or asked.by or asked.stage or asked.again):
        raise BadInput("仍在途的环节还没有去向和离开原因，请去掉这些条件。", {"which": "不能与去向、离开原因、走完的时限、再次进入同用。"})
    region_id = region_coded(asked.region).id if asked.region else request.viewer.region_id
    found = Asked(
        region_id, period_asked(asked.period, request.now), asked.at,
        _narrowed(asked, state=asked.state, to=asked.to, by=asked.by, stage=asked.stage, again=asked.again, late=asked.late),
        asked.which,
    )
    listing = f"timing.{asked.which}.{asked.order}"
    rows = visits_for(
        request.viewer, found, request.now, order=asked.order, after=opened(listing, asked.cursor), limit=asked.limit + 1
    )
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    key = (getattr(rows[-1], asked.order.value), rows[-1].id) if more else None
    return Visits(rows=[_visit(row) for row in rows], next=sealed(listing, key))


def period_asked(code: str, now: datetime) -> Period:
    """The period of a code; this month where none is given.

    Raises BadInput: it is none.
    """
    if not code:
        return period_holding(day_of(now), PeriodKind.MONTH)
    if trouble := period_trouble(code):
        raise BadInput(trouble, {"period": trouble})
    return period_of(code)


def _narrowed(asked: AskedOfTime, **more: object) -> Narrowed:
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


def _visit(one: Visit) -> VisitTold:
    return VisitTold(
        number=one.number, subject=one.subject_name, category=one.category_label, region=one.region, state=labelled(one.state),
        unit=one.unit, since=one.came_at, until=one.left_at, minutes=one.minutes if one.is_measured else None,
        late=one.is_late, ended_by=maybe_labelled(one.next_act),
    )
