"""Playing the story: week by week, act by act in batches, each step as the unit whose turn it is and at its own time.

A batch holds one act of a whole week: the fewer batches, the quicker the first start. Each problem's own acts follow
each other in time all the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhitong.domain.calendars.queries import calendar
from zhitong.domain.campaigns.queries import campaign_in_force
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.rules.directory import Directory
from zhitong.domain.problems.actions.raising import Report, raise_problems
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.asking import whose_turn
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import MOVES, Act
from zhitong.kit.clock import SHANGHAI
from zhitong.rehearsal.chance import chance
from zhitong.rehearsal.stage import require_stage
from zhitong.rehearsal.story.acting import ACTS, Scene
from zhitong.rehearsal.story.actors import Cast
from zhitong.rehearsal.story.casting import BEGINS, Casting, Turn, span
from zhitong.rehearsal.story.fates import Fate, Progress, next_act, note, workdays_until
from zhitong.rehearsal.story.hours import OfficeTime
from zhitong.rehearsal.story.texts import Texts

PROBLEMS = 3000
NEAR = "130973400"
"""The region of the demonstration's own firms, by its package code."""


@dataclass(slots=True)
class Thread:
    """A problem on its way: how it stands, what is laid down, what comes next and when."""

    standing: Standing
    fate: Fate
    gone: Progress
    draw: random.Random
    answered_by: UUID | None = None
    act: Act | None = None
    at: datetime | None = None


@transaction.atomic
def play(
    *, until: datetime, show: Callable[[int, int], None] = lambda done, total: None, count: int = PROBLEMS,
    begins: date = BEGINS, near: str = NEAR, told_by: Callable[[Turn], Turn] = lambda turn: turn, texts: Texts | None = None,
) -> int:
    """Play so many problems up to a moment, through the acts of the house; returns how many were raised.

    `told_by` may lay down another fate for each, `texts` put it in other words.

    Raises NotAStage: the database is a real one.
    """
    require_stage()
    here, campaign = directory(), campaign_in_force()
    assert campaign is not None, "a campaign is loaded before the story is played"
    hours = OfficeTime(calendar(), *span(until))
    home = next(region for region in here.regions.values() if region.code == near)
    turns = Casting(here, rulebook(campaign.code), hours, until, home.id, begins).turns(count)
    turns = [told_by(turn) for turn in turns]
    play_of = _Play(here, hours, until, campaign.code, texts or Texts())
    for week in range(week_of(begins), week_of(until.astimezone(SHANGHAI).date()) + 1):
        play_of.week(week, [turn for turn in turns if week_of(turn.at.date()) == week])
        show(play_of.raised, len(turns))
    return play_of.raised


def week_of(day: date) -> int:
    """The number of a week, from Monday to Sunday; weeks of all years are counted on."""
    return (day.toordinal() - 1) // 7


class _Play:
    def __init__(self, here: Directory, hours: OfficeTime, until: datetime, campaign: str, texts: Texts) -> None:
        self.here, self.hours, self.until, self.campaign = here, hours, until, campaign
        self.cast, self.texts = Cast(), texts
        self.raised = 0
        self._waiting: dict[int, list[Thread]] = {}

    def week(self, week: int, turns: Sequence[Turn]) -> None:
        """One week: what comes in, then all acts in the order of the way, again and again until none is due."""
        due: dict[Act, list[Thread]] = {}
        for thread in (*self._waiting.pop(week, ()), *self._raise(turns)):
            self._plan(thread, week, due)
        while due:
            for act in [act for act in ACTS if act in due]:
                threads = sorted(due.pop(act), key=lambda one: (one.at, one.standing.id))
                for thread in self._act(act, threads):
                    self._plan(thread, week, due)

    def _raise(self, turns: Sequence[Turn]) -> Iterator[Thread]:
        standings = raise_problems([self._report(turn) for turn in turns])
        for turn, standing in zip(turns, standings, strict=True):
            self.raised += 1
            above = len(self.here.path(standing.level_region_id)) - 1
            gone = Progress(min(turn.fate.levels, above))
            yield self._moved(Thread(standing, turn.fate, gone, chance("way", self.raised)))

    def _report(self, turn: Turn) -> Report:
        speaker = turn.speaker
        return Report(
            campaign=self.campaign, source=turn.source, subject_id=speaker.id, subject_name=speaker.name,
            subject_kind=speaker.kind, sub_kind=speaker.sub_kind, subject_stage=speaker.stage, tier=speaker.tier,
            reporter_unit_id=speaker.unit_id, region_id=speaker.region_id, category=turn.category,
            text=self.texts.problem(turn.category, chance("text", speaker.id.hex[-12:], self.raised, turn.at)),
            nature=turn.nature, urgency=turn.urgency, known_to_head=turn.known_to_head,
            confidential=turn.confidential, actor=self.cast.actor(speaker.unit_id), now=turn.at,
        )

    def _act(self, act: Act, threads: Sequence[Thread]) -> Iterator[Thread]:
        call, build = ACTS[act]
        standings = call([build(self._scene(thread, act), **self._common(thread, act)) for thread in threads])
        for thread, standing in zip(threads, standings, strict=True):
            note(act, thread.standing, thread.gone)
            if act is Act.COMPLETE:
                thread.answered_by = thread.standing.accountable_unit_id
            thread.standing = standing
            yield self._moved(thread)

    def _moved(self, thread: Thread) -> Thread:
        """Settle what comes next and when."""
        thread.act = next_act(thread.standing, thread.fate, thread.gone)
        if thread.act is not None:
            days = workdays_until(thread.act, thread.fate, thread.draw)
            thread.at = self.hours.later(thread.standing.last_at, days, thread.draw)
        return thread

    def _plan(self, thread: Thread, week: int, due: dict[Act, list[Thread]]) -> None:
        """Put what comes next on the list of this week, or keep it for its own; what lies after the end is not played."""
        if thread.act is None or thread.at is None or thread.at >= self.until:
            return
        own = week_of(thread.at.date())
        if own == week:
            due.setdefault(thread.act, []).append(thread)
        else:
            self._waiting.setdefault(own, []).append(thread)

    def _scene(self, thread: Thread, act: Act) -> Scene:
        return Scene(thread.standing, thread.fate, thread.draw, self.texts, self.here, thread.answered_by)

    def _common(self, thread: Thread, act: Act) -> dict[str, Any]:
        unit_id = whose_turn(MOVES[act].whose, thread.standing, self.here)
        assert unit_id is not None, f"{thread.standing.state} waits for nobody"
        return {"problem_id": thread.standing.id, "actor": self.cast.actor(unit_id), "now": thread.at}

