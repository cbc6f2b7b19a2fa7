"""How problems stood at any time: a chain of stays behind every act, and overviews that repeat exactly (R-H9)."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Story, acting, viewer
from tests.problems.ways import Raise, answered, confirmed, sent_up, waiting
from tests.world import NOW
from zhitong.cli import tallies
from zhitong.config import database as config
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import acting_as
from zhitong.domain.problems.actions.closing import CloseOff, close_off
from zhitong.domain.problems.actions.handling import Acknowledge, Reply, acknowledge, reply
from zhitong.domain.problems.actions.recounting import mend_tampered
from zhitong.domain.problems.models import Stay
from zhitong.domain.problems.queries.overview import Movement, Overview, movement, overview
from zhitong.domain.problems.queries.stays import findings_of_stays
from zhitong.domain.problems.queries.verifying import DATED_CUTS, EVERY_CUT, findings_of, findings_of_counts
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.phases import Phase
from zhitong.domain.tallies.actions import close_days, fold, run_on
from zhitong.domain.tallies.queries import differences
from zhitong.domain.tallies.rules import Cut
from zhitong.kit.refusals import BadInput, NotFound

Owner = psycopg.Connection[Any]
LATER = NOW + timedelta(days=40)


def seen(code: str, now: datetime, *, at: datetime | None = None, login: str = "province_office") -> Overview:
    region = directory().region_coded(code)
    assert region is not None
    with acting_as(viewer(login)) as here:
        return overview(here, region.id, now, at=at)


def moved(code: str, since: datetime, until: datetime, login: str = "province_office") -> Movement:
    region = directory().region_coded(code)
    assert region is not None
    with acting_as(viewer(login)) as here:
        return movement(here, region.id, since, until)


def stays(story: Story) -> list[tuple[Any, ...]]:
    with acting("province_office"):
        rows = Stay.objects.filter(problem_id=story.problem_id).order_by("since", "id")
        return list(rows.values_list("act", "state", "since", "until", "previous_id", "id"))


@pytest.mark.django_db
def test_each_act_that_changes_what_is_counted_begins_a_stay(raised: Raise) -> None:
    story = confirmed(raised())
    story.does("zone_office", close_off, CloseOff)

    found = stays(story)

    assert [(act, state) for act, state, *_ in found] == [
        ("dispatch", "dispatched"), ("acknowledge", "handling"), ("complete", "answered"), ("confirm", "confirmed"),
        ("close_off", "closed"),
    ]
    assert [since for _act, _state, since, *_ in found] == [NOW + timedelta(minutes=10 * n) for n in range(5)]
    assert [until for *_, until, _previous, _id in found] == [since for _a, _s, since, *_ in found[1:]] + [None]
    assert [previous for *_, previous, _id in found] == [None] + [row[-1] for row in found[:-1]]


@pytest.mark.django_db
def test_a_stay_repeats_the_problem_as_it_stands(raised: Raise) -> None:
    story = sent_up(raised())

    with acting("province_office"):
        stay = Stay.objects.get(problem_id=story.problem_id, until=None)
        assert findings_of_stays([story.problem_id]) == []
    standing = story.standing
    assert (stay.unit_id, stay.level_region_id, stay.stage_due_at, stay.worked_minutes) == (
        standing.accountable_unit_id, standing.level_region_id, standing.stage_due_at, None
    )
    assert (stay.level_rank, stay.region_id) == ("county", standing.region_id)


@pytest.mark.django_db
def test_what_changes_nothing_that_is_counted_leaves_no_stay(raised: Raise) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已电话联系企业负责人")
    story.does("park", reply, Reply, text="正在协调。")
    before = len(stays(story))

    story.does("park", reply, Reply, text="仍在协调。")

    assert len(stays(story)) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE problems_stay SET until = since WHERE until IS NULL AND problem_id = %s", "应有 1 段未结束的停留，实有 0 段"),
        ("UPDATE problems_stay SET since = since - interval '1 minute' WHERE until IS NULL AND problem_id = %s",
         "停留没有首尾相接"),
        ("UPDATE problems_stay SET state = 'paused' WHERE until IS NULL AND problem_id = %s", "与问题的现状不一致"),
    ],
)
def test_a_stay_changed_by_hand_is_found(statement: str, said: str, raised: Raise) -> None:
    story = answered(raised())

    with acting("province_office"), connection.cursor() as cursor:
        cursor.execute(statement, [story.problem_id])
        found = [str(one) for one in findings_of([story.problem_id], now=story.now)]

    assert any(said in sentence for sentence in found), found


@pytest.mark.django_db
@pytest.mark.parametrize(("login", "sees"), [("firm", 3), ("park", 3), ("province_office", 3), ("outsider", 0), ("other_firm", 0)])
def test_stays_are_seen_with_the_problem(login: str, sees: int, raised: Raise) -> None:
    story = answered(raised())

    with acting(login):
        assert Stay.objects.filter(problem_id=story.problem_id).count() == sees


def told(found: Overview) -> tuple[Any, ...]:
    return found.numbers, found.own, found.children, found.slices, found.confidential, found.confidential_open, found.recorded


def test_an_overview_repeats_exactly_for_any_past_cut_off(fresh_database: str, raised: Raise) -> None:
    """Told at the time and told again later are the same, whether days are summed or not, whatever happened since."""
    story, then = raised(), {}
    raised(category="land", confidential=True, now=NOW + timedelta(minutes=1))
    raised(category="funds", now=NOW + timedelta(minutes=2), recorded=True, happened_at=NOW)
    for step in (
        lambda: None, lambda: sent_up(story), lambda: sent_up(story, "zone", "zone_office"), lambda: answered(story, "city"),
    ):
        step()
        story.now += timedelta(days=3, hours=7)
        then[story.now] = {(login, code): told(seen(code, story.now, login=login)) for login, code in LOOKS}
        waiting(raised, now=story.now + timedelta(seconds=1))

    for summed in (False, True):
        with config.as_role("worker", name=fresh_database):
            while fold():
                pass
            if summed:
                until_summed()
        for at, looks in then.items():
            for (login, code), before in looks.items():
                assert told(seen(code, LATER, at=at, login=login)) == before, (summed, at, code)
    with config.as_role("worker", name=fresh_database):
        assert [str(one) for one in findings_of_counts()] == []


def until_summed() -> None:
    """Close what is over, and wait for who may be in the midst of something."""
    for _ in range(200):
        close_days(DATED_CUTS, now=LATER, daily_from=5, limit=100)
        with connection.cursor() as cursor:
            cursor.execute("SELECT summed_on = closed_on FROM tallies_closing")
            if cursor.fetchone() == (True,):
                return
        time.sleep(0.02)
    raise AssertionError("what is closed is summed in the end")


LOOKS = [("province_office", "13"), ("city_office", "1309"), ("zone_office", "130973"), ("park_office", "130973400"),
         ("city", "1309")]


@pytest.mark.django_db
def test_a_movement_says_what_a_period_changed(raised: Raise) -> None:
    story = confirmed(raised())
    story.does("zone_office", close_off, CloseOff)
    waiting(raised, now=story.now + timedelta(days=2))

    first, second = moved("1309", NOW - timedelta(days=1), story.now), moved("1309", story.now, story.now + timedelta(days=9))

    assert (first.whole.reported, first.whole.closed, first.whole.waiting, first.whole.settled) == (1, 1, 0, 1)
    assert (second.whole.reported, second.whole.closed, second.whole.waiting) == (1, 0, 1)
    assert second.whole.overdue == 1
    assert second.whole.before.of(Phase.CLOSED) == 1
    assert sum(one.reported for one in second.children) == 1


@pytest.mark.django_db
def test_what_is_still_to_come_and_what_ends_before_it_begins_is_refused(raised: Raise) -> None:
    with pytest.raises(BadInput, match="不能晚于现在"):
        seen("13", NOW, at=NOW + timedelta(seconds=1))
    with pytest.raises(BadInput, match="不能早于起始时间"):
        moved("13", NOW, NOW - timedelta(seconds=1))


@pytest.mark.django_db
def test_an_outsider_learns_nothing_of_the_past() -> None:
    with pytest.raises(NotFound):
        seen("1309", NOW, at=NOW, login="outsider")
    with pytest.raises(NotFound):
        moved("1309", NOW, NOW, login="firm")


@pytest.mark.django_db
def test_the_past_costs_three_statements_more(raised: Raise) -> None:
    raised()
    seen("13", NOW)

    def cost(look: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as asked:
            look()
        return len(asked)

    assert cost(lambda: seen("13", NOW, at=NOW)) == cost(lambda: seen("13", NOW)) + 3


def test_a_table_emptied_by_hand_is_counted_anew_and_said(
    fresh_database: str, raised: Raise, owner_connection: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(raised())
    with config.as_role("worker", name=fresh_database):
        while fold():
            pass
        assert mend_tampered() == []
        owner_connection.execute("TRUNCATE tallies_cell")
        asked = argparse.Namespace(verb="verify", mend=False)
        assert tallies.run(asked) == 1
        told_first = capsys.readouterr()

        assert "problems.states" in mend_tampered()
        assert tallies.run(asked) == 0

    assert "计数 problems.states：" in told_first.out
    assert "zhitong tallies verify --mend" in told_first.err
    assert "全部与记录相符" in capsys.readouterr().out


def test_clocks_are_the_same_however_far_their_counts_have_run(fresh_database: str, raised: Raise) -> None:
    """R-H1: overdue and due soon are exact at commit, before the worker ran, after it, ahead of it and behind it."""
    answered(raised())
    raised()
    moments = [NOW + timedelta(hours=hours) for hours in (1, 20, 30, 200)]

    def told() -> list[tuple[int, int]]:
        return [(one.overdue, one.soon) for one in (seen("13", moment).numbers for moment in moments)]

    before = told()
    for run_to in (NOW + timedelta(hours=21), NOW + timedelta(days=30), NOW):
        with config.as_role("worker", name=fresh_database):
            run_on(EVERY_CUT, now=run_to)
            fold()
            assert differences(cuts.CLOCKS) == []
        assert told() == before
    assert len(set(before)) > 1


def test_verify_mends_when_asked(
    fresh_database: str, raised: Raise, owner_connection: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    answered(raised())
    owner_connection.execute("DELETE FROM tallies_posting WHERE cut = 'problems.states'")
    with config.as_role("worker", name=fresh_database):
        assert tallies.run(argparse.Namespace(verb="verify", mend=True)) == 1
        assert "已按现有记录重新计数" in capsys.readouterr().err

        assert tallies.run(argparse.Namespace(verb="verify", mend=True)) == 0


def test_every_cut_there_is_can_be_verified() -> None:
    import pkgutil
    from importlib import import_module

    import zhitong.domain

    found = set()
    for module in pkgutil.walk_packages(zhitong.domain.__path__, "zhitong.domain."):
        if ".rules" in module.name:
            found |= {one for one in vars(import_module(module.name)).values() if isinstance(one, Cut)}

    assert found <= set(EVERY_CUT)
    assert {cuts.STATES, cuts.LINES, cuts.LEVELS, cuts.DUE, cuts.CONFIDENTIAL, cuts.RECORDED} == set(DATED_CUTS)


def test_history_begins_where_it_is_known(fresh_database: str, raised: Raise, owner_connection: Owner) -> None:
    """What was there before the stays is taken as it stands; of the time before nothing is said."""
    from importlib import import_module

    story = answered(raised())
    owner_connection.execute("DELETE FROM problems_stay")
    begins = NOW + timedelta(days=1)
    begin = import_module("zhitong.domain.problems.migrations.0018_stay").BEGIN
    owner_connection.execute(begin, {"now": begins})
    owner_connection.execute("UPDATE tallies_closing SET begins_at = %s", [begins])
    with acting("province_office"):
        assert findings_of_stays([story.problem_id]) == []

    with pytest.raises(Exception, match="起留有历史"):
        seen("13", LATER, at=begins - timedelta(minutes=1))
    assert seen("13", LATER, at=begins).numbers.by_phase == seen("13", LATER).numbers.by_phase


