"""The timetable and roadmap of a task (时间表、路线图): how a milestone stands, what slips pushes what. Pure.

A promise is never moved by what slips: `outlooks` tells the earliest day on which each can now be done, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from zhitong.kit.choices import Word

SOON_DAYS = 7
"""So many days before its day a milestone is due soon."""
MOST_LAG, MOST_WEIGHT = 730, 1000


class MilestoneState(Word):
    """How a milestone stands on a day."""

    AHEAD = "ahead", "未到时间"
    UNDER_WAY = "under_way", "进行中"
    DUE_SOON = "due_soon", "临近到期"
    LATE = "late", "已逾期"
    DONE = "done", "已完成"
    DONE_LATE = "done_late", "逾期完成"
    DROPPED = "dropped", "已取消"


OPEN_STATES = frozenset({MilestoneState.AHEAD, MilestoneState.UNDER_WAY, MilestoneState.DUE_SOON, MilestoneState.LATE})


class TimetableFact(Word):
    """What is recorded of milestones."""

    PLANNED = "milestone.planned", "列入时间表"
    CHANGED = "milestone.changed", "修改节点"
    BEGUN = "milestone.begun", "登记开始"
    COMPLETED = "milestone.completed", "登记完成"
    POSTPONED = "milestone.postponed", "顺延"
    DROPPED = "milestone.dropped", "取消节点"
    HANDED_DOWN = "milestone.handed_down", "下发时间表"
    FALLS_DUE = "milestone.falls_due", "临近到期或刚刚逾期"


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as its days go; `begin_on` to `due_on` is how long it takes, without `begin_on` it takes no time."""

    id: UUID
    name: str
    due_on: date
    first_due_on: date
    begin_on: date | None = None
    begun_on: date | None = None
    done_on: date | None = None
    is_dropped: bool = False
    weight: Decimal = Decimal(1)

    @property
    def takes(self) -> timedelta:
        """From its beginning to its end as planned."""
        return self.due_on - self.begin_on if self.begin_on else timedelta()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None and not self.is_dropped


@dataclass(frozen=True, slots=True)
class Wait:
    """`after` begins at least `lag_days` calendar days after `before` is done."""

    before: UUID
    after: UUID
    lag_days: int = 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """The earliest day on which an open milestone can now be done, how far beyond its promise, and the chain of causes,
    the first cause first; of one that is done or dropped there is none."""

    earliest_on: date
    slipped_days: int
    causes: tuple[str, ...] = ()


def state_of(step: Step, today: date) -> MilestoneState:
    """How a milestone stands. One done after the day first promised is late, however often that day was moved."""
    if step.is_dropped:
        return MilestoneState.DROPPED
    if step.done_on is not None:
        return MilestoneState.DONE if step.done_on <= step.first_due_on else MilestoneState.DONE_LATE
    if today > step.due_on:
        return MilestoneState.LATE
    if step.due_on - today <= timedelta(days=SOON_DAYS):
        return MilestoneState.DUE_SOON
    return MilestoneState.UNDER_WAY if step.begun_on else MilestoneState.AHEAD


def standing_in_words(step: Step, today: date) -> str:
    """还有5天到期, 今天到期, 已逾期12天, 按时完成, 逾期3天完成; with the day first promised where it was moved."""
    match state_of(step, today):
        case MilestoneState.DROPPED:
            return "已取消"
        case MilestoneState.DONE:
            said = "按时完成"
        case MilestoneState.DONE_LATE:
            said = f"比最初承诺晚{((step.done_on or today) - step.first_due_on).days}天完成"
        case MilestoneState.LATE:
            said = f"已逾期{(today - step.due_on).days}天"
        case _:
            left = (step.due_on - today).days
            said = f"还有{left}天到期" if left else "今天到期"
            if not step.begun_on and step.begin_on and step.begin_on < today:
                said += f"，计划{day_said(step.begin_on, today)}开始，还没有登记开始"
    return f"{said}，原定{day_said(step.first_due_on, today)}" if step.due_on != step.first_due_on else said


def circle_in(waits: Iterable[Wait]) -> tuple[UUID, ...]:
    """The milestones of one circle among the waits, in order, the first of them again at the end; empty when there is none."""
    after: dict[UUID, list[UUID]] = {}
    for one in waits:
        after.setdefault(one.before, []).append(one.after)
    finished: set[UUID] = set()
    for start in after:
        found = _circle_from(start, after, finished)
        if found:
            return found
    return ()


def _circle_from(start: UUID, after: Mapping[UUID, Sequence[UUID]], finished: set[UUID]) -> tuple[UUID, ...]:
    path: list[UUID] = []
    on_path: set[UUID] = set()
    todo: list[tuple[UUID, bool]] = [(start, False)]
    while todo:
        here, is_leaving = todo.pop()
        if is_leaving:
            path.pop()
            on_path.discard(here)
            finished.add(here)
        elif here in on_path:
            return (*path[path.index(here):], here)
        elif here not in finished:
            path.append(here)
            on_path.add(here)
            todo.append((here, True))
            todo += [(one, False) for one in after.get(here, ())]
    return ()


def outlooks(steps: Iterable[Step], waits: Iterable[Wait], today: date) -> dict[UUID, Outlook]:
    """For every open milestone the earliest day on which it can now be done, and what pushes it there.

    An open one can be done today at the earliest and never counts as sooner than promised; one that waits begins after
    those it waits for and takes as long as planned. Waits for what is dropped or not among the steps hold nobody up.
    The waits must be without a circle (`circle_in`).
    """
    by_id = {one.id: one for one in steps}
    before: dict[UUID, list[Wait]] = {}
    for one in waits:
        if one.before in by_id and not by_id[one.before].is_dropped:
            before.setdefault(one.after, []).append(one)
    found: dict[UUID, Outlook] = {}
    for step in _in_order(by_id, before):
        if step.is_open:
            found[step.id] = _outlook(step, before.get(step.id, ()), by_id, found, today)
    return found


def _in_order(by_id: Mapping[UUID, Step], before: Mapping[UUID, Sequence[Wait]]) -> list[Step]:
    """Every step after those it waits for."""
    placed: dict[UUID, Step] = {}
    todo = list(by_id)[::-1]
    while todo:
        here = todo[-1]
        missing = [one.before for one in before.get(here, ()) if one.before not in placed]
        if here in placed or not missing:
            todo.pop()
            placed.setdefault(here, by_id[here])
        else:
            todo += missing
    return list(placed.values())


def _outlook(
    step: Step, waits: Sequence[Wait], by_id: Mapping[UUID, Step], found: Mapping[UUID, Outlook], today: date
) -> Outlook:
    own = max(step.due_on, today, (step.begun_on or step.due_on - step.takes) + step.takes)
    pushed = [] if step.begun_on else [
        (_done_by(by_id[one.before], found) + timedelta(days=one.lag_days) + step.takes, by_id[one.before]) for one in waits
    ]
    latest = max(pushed, key=lambda one: one[0], default=None)
    if latest is None or latest[0] <= own:
        causes = (_own_cause(step, own, today),) if own > step.due_on else ()
        return Outlook(own, (own - step.due_on).days, causes)
    earliest, cause = latest
    slipped = (earliest - step.due_on).days
    said = f"因“{cause.name}”{_how(cause, found, today)}，“{step.name}”最早可到{day_said(earliest, today)}，比承诺晚{slipped}天"
    chain = found[cause.id].causes if cause.id in found else ()
    return Outlook(earliest, slipped, (*chain, said))


def _own_cause(step: Step, own: date, today: date) -> str:
    if own == today:
        return f"“{step.name}”已逾期{(today - step.due_on).days}天，还没有完成"
    begun = step.begun_on or today
    return f"“{step.name}”{day_said(begun, today)}才开始，按计划用时最早可到{day_said(own, today)}"


def _done_by(step: Step, found: Mapping[UUID, Outlook]) -> date:
    return found[step.id].earliest_on if step.id in found else step.done_on or step.due_on


def _how(step: Step, found: Mapping[UUID, Outlook], today: date) -> str:
    """How the one that pushes stands: late, put off, or promised too near."""
    done_by = _done_by(step, found)
    if done_by > step.due_on:
        return f"晚{(done_by - step.due_on).days}天"
    if done_by > step.first_due_on:
        return f"顺延{(done_by - step.first_due_on).days}天"
    return f"到{day_said(done_by, today)}才完成"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A timetable by weight on a day: all that is to be done, what was done by then, and what was first promised by then."""

    whole: Decimal
    done: Decimal
    due: Decimal

    @property
    def share_done(self) -> Decimal | None:
        """How much of it was done, 0 to 1; None where nothing is to be done."""
        return self.done / self.whole if self.whole else None

    @property
    def share_due(self) -> Decimal | None:
        """How much of it should have been done, 0 to 1; None where nothing is to be done."""
        return self.due / self.whole if self.whole else None


def weighed_by(steps: Iterable[Step], day: date) -> Weighed:
    """How far a timetable had come by a day. What is asked goes by the days first promised: putting off asks no less."""
    kept = [one for one in steps if not one.is_dropped]
    return Weighed(
        sum((one.weight for one in kept), Decimal(0)),
        sum((one.weight for one in kept if one.done_on is not None and one.done_on <= day), Decimal(0)),
        sum((one.weight for one in kept if one.first_due_on <= day), Decimal(0)),
    )


def day_said(day: date, today: date) -> str:
    """9月30日; of another year than today's 2019年1月15日."""
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"
