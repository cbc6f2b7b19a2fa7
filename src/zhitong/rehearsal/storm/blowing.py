"""It storms: several processes at once try acts on the same problems, single ones behind the walls and whole batches.

A walker does one act at a time as the web's login role with the viewer named to the database, and tries nonsense too;
a batcher does the same acts in batches, as jobs do. Both go on until the common count is reached.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, groupby
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.raising import raise_problems
from zhitong.domain.problems.models import Party, Problem
from zhitong.domain.problems.queries.seeing import may_see
from zhitong.domain.problems.queries.standings import COLUMNS, standing_from, with_parts
from zhitong.domain.problems.rules.asking import is_about, offices_above, whose_turn
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import TABLE, Act, Whose
from zhitong.kit.clock import day_of, held_at
from zhitong.kit.refusals import Refused
from zhitong.rehearsal.storm.field import BEGINS, DAYS, Field, Viewers, report
from zhitong.rehearsal.storm.tries import TRIES, Chance
from zhitong.work.schedule import SCHEDULE

OPEN_AT_LEAST = 3000
RAISED_AT_ONCE = 200
WALKED, BATCHED = 20, 800
"""How many problems are drawn at a time, to be tried one by one and in batches."""
SCHEDULE_EVERY = 8
"""What the clock brings is done once in so many rounds of batches."""
NONSENSE = 0.1
"""How often a walker tries any act as any unit."""
ASIDE = 0.05
"""How often a problem that has ended is tried again."""
LIKELY = {
    Act.ACCEPT: 8, Act.DISPATCH: 8, Act.ACKNOWLEDGE: 8, Act.COMPLETE: 4, Act.ESCALATE: 6, Act.PASS_DOWN: 8, Act.CONFIRM: 6,
    Act.CLOSE_OFF: 8, Act.VERIFY: 6, Act.PROPOSE: 3, Act.REPLY: 2, Act.RESUME: 2, Act.DECLINE: 0.5, Act.MERGE: 0.5,
    Act.SPLIT: 0.3, Act.ASK_WITHDRAWAL: 0.3, Act.GRANT_WITHDRAWAL: 0.5, Act.SEND_BACK: 0.7, Act.REOPEN: 0.5,
}
"""How likely an act is beside the others that are possible; 1 where nothing is said."""


@dataclass(slots=True)
class Blown:
    """What one process did: acts by kind, how many the rules refused, and where the two walls disagreed."""

    done: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    raised: int = 0
    seen: int = 0
    leaks: list[str] = field(default_factory=list)


class Storm:
    """One process of a storm; `tell` adds to the common count and gives it back."""

    def __init__(self, ground: Field, seed: str, wanted: int, tell: Any) -> None:
        self.ground, self.wanted, self.tell = ground, wanted, tell
        self.draw = Random(seed)
        self.here = directory()
        self.viewers = Viewers(self.here, ground.firms)
        self.units = sorted(unit.id for unit in self.here.units.values())
        office = self.here.office(self.here.root().id)
        assert office is not None, "the root has an office"
        self.overseer = office.id
        self.blown = Blown()
        self.count = 0

    @property
    def now(self) -> datetime:
        """The moment: as much of the span has passed as of the acts."""
        share = min(1.0, self.count / self.wanted)
        return BEGINS + timedelta(seconds=share * DAYS * 86400 + self.draw.random() * 60)

    def walk(self) -> Blown:
        """Single acts behind the walls until the count is reached."""
        while self.count < self.wanted:
            with acting_as(self.viewers.of(self.overseer)):
                standings = list(self._candidates(WALKED))
            for standing in standings:
                act, unit_id = self._nonsense() if self.draw.random() < NONSENSE else self._turn(standing)
                if act is not None and unit_id is not None:
                    self._single(standing, act, unit_id)
                self._look(standing)
            self.count = self.tell(0)
        return self.blown

    def blow(self) -> Blown:
        """Batches of acts, new problems and what the schedule brings, until the count is reached."""
        for turn in count():
            if self.count >= self.wanted:
                break
            self._raise()
            turns = [(standing, *self._turn(standing)) for standing in self._candidates(BATCHED)]
            chosen = sorted(
                ((act, standing, unit_id) for standing, act, unit_id in turns if act is not None and unit_id is not None),
                key=lambda one: (one[0].value, one[1].id),
            )
            for act, batch in groupby(chosen, key=lambda one: one[0]):
                self._batch(act, [(standing, unit_id) for _act, standing, unit_id in batch])
            if turn % SCHEDULE_EVERY == 0:
                self._schedule()
        return self.blown

    def _schedule(self) -> None:
        """What the clock brings, by the time of the storm: days that are over are closed while acts go on."""
        with held_at(self.now):
            for recurring in SCHEDULE:
                recurring.do()

    def _raise(self) -> None:
        while Problem.objects.filter(open_spell__isnull=False).count() < OPEN_AT_LEAST:
            reports = [report(self.ground, self.draw, self.viewers, self.now) for _ in range(RAISED_AT_ONCE)]
            raise_problems(reports)
            self.blown.raised += len(reports)

    def _candidates(self, number: int) -> Iterator[Standing]:
        """Problems drawn by chance, most of them open."""
        is_open = self.draw.random() >= ASIDE
        ids = Problem.objects.filter(open_spell__isnull=not is_open).order_by("id").values_list("id", flat=True)
        drawn = self.draw.sample(known, min(number, len(known))) if (known := list(ids)) else []
        rows = Problem.objects.filter(id__in=drawn).order_by("id").values(*COLUMNS)
        yield from with_parts([standing_from(row) for row in rows])

    def _turn(self, standing: Standing) -> tuple[Act | None, UUID | None]:
        moves = [move for move in TABLE if standing.state in move.since and is_about(move.act, standing)]
        if not moves:
            return None, None
        move = self.draw.choices(moves, [LIKELY.get(move.act, 1) for move in moves])[0]
        if move.whose is Whose.ABOVE:
            above = sorted(offices_above(standing.level_region_id, self.here))
            return move.act, self.draw.choice(above) if above else None
        if move.whose is Whose.ASKED:
            return move.act, self.draw.choice(sorted(standing.asked_unit_ids)) if standing.asked_unit_ids else None
        return move.act, whose_turn(move.whose, standing, self.here)

    def _nonsense(self) -> tuple[Act, UUID]:
        return self.draw.choice(list(TRIES)), self.draw.choice(self.units)

    def _step(self, standing: Standing, act: Act, unit_id: UUID, now: datetime) -> Any:
        tried = TRIES[act]
        return tried.step(
            problem_id=standing.id, actor=self.viewers.of(unit_id).actor("storm"), now=now,
            **tried.say(Chance(self.draw, self._near(standing), [standing.id], day_of(now))),
        )

    def _near(self, standing: Standing) -> Sequence[UUID]:
        """Units that may be named: mostly those of the level, now and then any."""
        if self.draw.random() < NONSENSE:
            return self.units
        near = [unit.id for unit in self.here.units.values() if unit.region_id == standing.level_region_id]
        return sorted(near)

    def _single(self, standing: Standing, act: Act, unit_id: UUID) -> None:
        viewer = self.viewers.of(unit_id)
        try:
            with acting_as(viewer):
                TRIES[act].do([self._step(standing, act, unit_id, self.now)])
        except Refused:
            self.blown.refused += 1
            return
        self._count(act, 1)

    def _batch(self, act: Act, turns: Sequence[tuple[Standing, UUID]]) -> None:
        """All of a batch at once; when one is refused each tries alone, as all else of it stays undone."""
        now = self.now
        steps = [self._step(standing, act, unit_id, now) for standing, unit_id in turns]
        try:
            with transaction.atomic():
                TRIES[act].do(steps)
            self._count(act, len(steps))
            return
        except Refused:
            pass
        for step in steps:
            try:
                with transaction.atomic():
                    TRIES[act].do([step])
                self._count(act, 1)
            except Refused:
                self.blown.refused += 1

    def _count(self, act: Act, number: int) -> None:
        self.blown.done[act.value] += number
        self.count = self.tell(number)

    def _look(self, standing: Standing) -> None:
        """What some unit may see of a problem by the first wall is what the database shows it behind the second."""
        if self.draw.random() > NONSENSE:
            return
        viewer = self.viewers.of(self.draw.choice(self.units))
        with acting_as(viewer):
            shown = Problem.objects.filter(id=standing.id).values(*COLUMNS).first()
            takes_part = Party.objects.filter(unit_id=viewer.unit_id, problem_id=standing.id).exists()
        allowed = may_see(viewer, standing_from(shown) if shown else standing, takes_part, self.here)
        self.blown.seen += 1
        if bool(shown) != allowed:
            self.blown.leaks.append(f"{standing.number}：{self.here.units[viewer.unit_id].name}两道墙看法不一")

