"""催办: reminding of one problem or of many, how a problem was pressed, and what came of it by unit."""

from __future__ import annotations

from datetime import UTC, datetime

from ninja import Router
from pydantic import Field

from zhitong.api.door import Request, actor_of, reads, writes
from zhitong.api.v1.problem import Number
from zhitong.api.words import Labelled, Named, Note, Said, Shape, labelled, maybe_labelled, unit_named
from zhitong.domain.organisations.queries import directory
from zhitong.domain.problems.queries.heads import heads_for
from zhitong.domain.supervision.actions.reminding import TOGETHER_MOST, Reminding, remind
from zhitong.domain.supervision.queries.effects import effects_by_unit
from zhitong.domain.supervision.queries.pressed import UrgingView, pressed_on
from zhitong.kit.clock import SHANGHAI, day_of
from zhitong.kit.refusals import NotFound

router = Router()


class EffectTold(Shape):
    """What came of it within two working days: the first act of the pressed unit, where there was one."""

    state: Labelled
    act: str
    at: datetime | None
    due_at: datetime


class UrgingTold(Shape):
    """One urging of a problem; `number` is that of a supervision."""

    kind: Labelled
    by: str
    unit: str
    words: str
    at: datetime
    number: str
    grade: Labelled | None
    effect: EffectTold


class Way(Shape):
    """A way to press that this post has: allowed now, or the reason why not."""

    kind: Labelled
    allowed: bool
    reason: str


class PressedTold(Shape):
    """How a problem was pressed, newest first, and what may be done now."""

    number: str
    rows: list[UrgingTold]
    ways: list[Way]


class Reminded(Shape):
    """How many problems were reminded of."""

    count: int


class RemindingSaid(Said):
    """催办."""

    words: Note = Field("", description="想说的话，可以不填")


class RemindingMany(RemindingSaid):
    """Many at once: all or none."""

    numbers: list[Number] = Field(min_length=1, max_length=TOGETHER_MOST, description="问题编号")


class UnitEffectTold(Shape):
    """One unit's line since the year began."""

    unit: Named | None
    reminded: int
    supervised: int
    instructed: int
    acted: int
    waiting: int


class Effects(Shape):
    """Every unit that was pressed, as far as the viewer may see, the most pressed first."""

    since: datetime
    rows: list[UnitEffectTold]


@reads(router, "/problems/{number}/urgings", answer=PressedTold, summary="一个问题的催办、督办、批示和两个工作日内的成效")
def urgings(request: Request, number: Number) -> PressedTold:
    """How a problem was pressed."""
    head = next(iter(heads_for(request.viewer, numbers=[number]).values()), None)
    if head is None:
        raise NotFound
    found = pressed_on(request.viewer, head.standing, now=request.now)
    ways = [Way(kind=labelled(one.kind), allowed=one.allowed, reason=one.reason) for one in found.choices]
    return PressedTold(number=number, rows=[urging_told(one) for one in found.urgings], ways=ways)


@writes(router, "/problems/{number}/remind", answer=Reminded, summary="催办一个问题")
def remind_one(request: Request, number: Number, said: RemindingSaid) -> Reminded:
    """Remind of one problem; the reporter when its limit presses."""
    return _remind(request, [number], said.words)


@writes(router, "/reminders", answer=Reminded, summary="一次催办多个问题，要么都催，要么都不催")
def remind_many(request: Request, said: RemindingMany) -> Reminded:
    """Remind of many."""
    return _remind(request, said.numbers, said.words)


@reads(router, "/urgings/effects", answer=Effects, summary="今年以来各单位被催次数和两个工作日内有动作的次数")
def effects(request: Request) -> Effects:
    """What came of pressing, by unit."""
    since = datetime(day_of(request.now).year, 1, 1, tzinfo=SHANGHAI).astimezone(UTC)
    here = directory()
    rows = [
        UnitEffectTold(
            unit=unit_named(one.id, here), reminded=one.reminded, supervised=one.supervised, instructed=one.instructed,
            acted=one.acted, waiting=one.waiting,
        )
        for one in effects_by_unit(request.viewer, since=since, now=request.now)
    ]
    return Effects(since=since, rows=rows)


def urging_told(one: UrgingView) -> UrgingTold:
    """An urging as the API tells it."""
    effect = one.effect
    return UrgingTold(
        kind=labelled(one.kind), by=one.by, unit=one.unit, words=one.words, at=one.at, number=one.number,
        grade=maybe_labelled(one.grade),
        effect=EffectTold(state=labelled(effect.state), act=effect.act, at=effect.at, due_at=effect.due_at),
    )


def _remind(request: Request, numbers: list[str], words: str) -> Reminded:
    wanted = list(dict.fromkeys(numbers))
    ids = {head.standing.number: id_ for id_, head in heads_for(request.viewer, numbers=wanted).items()}
    if len(ids) < len(wanted):
        raise NotFound
    step = Reminding(
        problem_ids=tuple(ids[one] for one in wanted), actor=actor_of(request), now=request.now, words=words
    )
    return Reminded(count=len(remind(step)))
