"""Whatever units try in whatever order: what holds of every problem goes on holding, and a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.cast import acting, official_of, viewer
from tests.problems.ways import Raise, sent_up, unit_id
from tests.world import CAST
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.actions import climbing, resuming
from zhitong.domain.problems.models import Problem
from zhitong.domain.problems.queries.verifying import findings_of, findings_of_counts
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.asking import is_about, whose_turn
from zhitong.domain.problems.rules.kinds import OPEN_STATES, State
from zhitong.domain.problems.rules.timing import STANDING_STILL
from zhitong.domain.problems.rules.way import MOVES, TABLE, Act
from zhitong.kit.clock import day_of
from zhitong.kit.refusals import Refused
from zhitong.rehearsal.storm.tries import TRIES
from zhitong.rehearsal.storm.trying import Chance

CODES = (
    "130973400-economy", "130973400-finance", "130973400-safety", "130973-economy", "130973-finance",
    "1309-development", "13-development", "130973-power", "130982-industry",
)
LOGINS = st.sampled_from([role.login for role in CAST])
LEVELS = (("park", "park_office"), ("zone", "zone_office"), ("city", "city_office"))
ENDS_SOON = (Act.DECLINE, Act.MERGE, Act.SEND_BACK, Act.KEEP)
"""Left to chance alone: otherwise few stories would come far."""
ALSO_LEADS_TO = {
    Act.COMPLETE: State.RETURNING, Act.ESCALATE: State.ACCEPTED, Act.PASS_DOWN: State.ANSWERED,
    Act.TAKE_OVER: State.ACCEPTED, Act.VERIFY: State.PARKED,
}
"""Where an act may lead beside what the table says: an answer with levels to return through, a line nobody keeps above,
a plan that waits for its day."""


def test_the_machine_knows_every_act_of_the_table() -> None:
    assert set(TRIES) == {move.act for move in TABLE}


class AnyOrder(RuleBasedStateMachine):
    """One problem, everybody at it."""

    raised: Raise
    acts: Collection[Act]

    @initialize(kind=st.sampled_from(["energy", "work_safety", "other"]), secret=st.booleans(), climbs=st.integers(0, 3))
    def raise_one(self, kind: str, secret: bool, climbs: int) -> None:
        more = {"subject_kind": "work"} if kind == "other" else {}
        self.earlier = self.raised(category=kind, confidential=secret, **more)
        self.story = self.raised(category=kind, confidential=secret, **more)
        for login, office in (LEVELS if kind == "energy" else ())[:climbs]:
            sent_up(self.story, login, office)
        self.first_due_at = self.story.standing.first_due_at
        self.due_times: dict[UUID, datetime | None] = {}
        self.officials: dict[UUID, Viewer] = {}

    @rule(login=LOGINS, act=st.sampled_from(list(TRIES)), data=st.data())
    def somebody_tries(self, login: str, act: Act, data: st.DataObject) -> None:
        self.attempt(viewer(login), act, data)

    @rule(data=st.data())
    def who_has_the_turn_acts(self, data: st.DataObject) -> None:
        standing, here = self.story.standing, directory()
        moves = [
            move for move in TABLE
            if standing.state in move.since and move.act in set(self.acts) - set(ENDS_SOON) and is_about(move.act, standing)
        ]
        named = [(move.act, whose_turn(move.whose, standing, here)) for move in moves]
        turns = [(act, unit_id) for act, unit_id in named if unit_id is not None]
        everybody = [
            whose_turn(move.whose, standing, here) for move in TABLE
            if standing.state in move.since and is_about(move.act, standing)
        ]
        assert any(everybody) or standing.state not in OPEN_STATES, "somebody can move every open problem on"
        if turns:
            act, unit_id = data.draw(st.sampled_from(turns))
            self.attempt(self.official(unit_id), act, data)

    @rule(hours=st.integers(1, 80))
    def time_passes(self, hours: int) -> None:
        self.story.now += timedelta(hours=hours)

    @rule()
    def the_schedule_shows_late_answers(self) -> None:
        with acting("province_office"):
            climbing.show_overdue_answers(self.story.now)

    @rule()
    def the_schedule_resumes_what_is_due(self) -> None:
        before = self.story.standing
        with acting("province_office"):
            resuming.resume_those_due(self.story.now)
        after = self.story.standing
        assert after == before or (before.state in STANDING_STILL and after.state is State.HANDLING)

    @invariant()
    def no_due_time_moves_back(self) -> None:
        standing = self.story.standing
        now_due: dict[UUID, datetime | None] = {standing.id: standing.due_at}
        if standing.spell:
            now_due[standing.spell.id] = standing.spell.due_at
        for thing, due in now_due.items():
            before = self.due_times.get(thing)
            assert before is None or (due is not None and due >= before)
        self.due_times = now_due

    @invariant()
    def all_that_is_kept_agrees(self) -> None:
        with acting("province_office"):
            assert findings_of(self.both, now=self.story.now) == []

    @invariant()
    def the_first_limit_never_moves(self) -> None:
        due = self.story.standing.first_due_at
        assert self.first_due_at in (None, due)
        self.first_due_at = due

    @invariant()
    def who_is_accountable_sees_it(self) -> None:
        unit_id = self.story.standing.accountable_unit_id
        if unit_id is not None:
            with acting_as(self.official(unit_id)):
                assert Problem.objects.filter(id=self.story.problem_id).exists()

    def teardown(self) -> None:
        with acting("province_office"):
            assert findings_of_counts(cuts.CUTS) == []

    def attempt(self, who: Viewer, act: Act, data: st.DataObject) -> None:
        """Let somebody try an act: it happens as the table says, leaving one fact, or it changes nothing."""
        tried = TRIES[act]
        random = data.draw(st.randoms(use_true_random=False), label="chance")
        units = [unit_id(code) for code in CODES]
        values = tried.say(Chance(random, units, self.both, day_of(self.story.now)))
        state, before = self.story.standing.state, self.story.way()
        self.story.now += timedelta(minutes=1)
        try:
            with acting_as(who) as here:
                given = tried.step(problem_id=self.story.problem_id, actor=here.actor("test"), now=self.story.now, **values)
                [after] = tried.do([given])
        except Refused:
            assert self.story.way() == before
            return
        assert state in MOVES[act].since
        assert after.state in (MOVES[act].leads_from(state), ALSO_LEADS_TO.get(act))
        assert after == self.story.standing
        assert len(self.story.facts()) == len(before[-1]) + 1

    @property
    def both(self) -> list[UUID]:
        return [self.earlier.problem_id, self.story.problem_id]

    def official(self, unit_id: UUID) -> Viewer:
        """Somebody of a unit, the same each time."""
        if unit_id not in self.officials:
            found = directory().units.get(unit_id)
            self.officials[unit_id] = official_of(found.code) if found else viewer("firm")
        return self.officials[unit_id]


def play(raised: Raise, examples: int, steps: int, acts: Collection[Act] = frozenset(TRIES)) -> None:
    machine = type("Played", (AnyOrder,), {"raised": staticmethod(raised), "acts": acts})
    quietly = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(machine, settings=quietly)


TIME = {
    Act.ACKNOWLEDGE, Act.REPLY, Act.ASK_EXTENSION, Act.ASK_PAUSE, Act.ASK_PARK, Act.ASK_WITHDRAWAL, Act.REASSIGN,
    Act.GRANT_EXTENSION, Act.GRANT_PAUSE, Act.GRANT_PARK, Act.GRANT_WITHDRAWAL, Act.REFUSE_REQUEST, Act.RESUME,
    Act.COMPLETE,
}
"""The acts about time, with those that come before and lead away: played by themselves they come far more often."""


@pytest.mark.django_db
def test_in_any_order_time_holds(raised: Raise) -> None:
    play(raised, examples=3, steps=25, acts=TIME)


@pytest.mark.django_db
def test_in_any_order_all_holds(raised: Raise) -> None:
    play(raised, examples=3, steps=20)


@pytest.mark.prove
@pytest.mark.django_db
def test_in_any_order_all_holds_for_long(raised: Raise) -> None:
    play(raised, examples=200, steps=40)
    play(raised, examples=50, steps=25, acts=TIME)
