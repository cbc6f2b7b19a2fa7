"""What slips pushes what, as pure rules: earliest days, chains of causes in words, circles named, shares done (R-C3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from zhitong.domain.plans.rules.timetable import (
    MilestoneState,
    Step,
    Wait,
    circle_in,
    outlooks,
    standing_in_words,
    state_of,
    weighed_by,
)

TODAY = date(2018, 4, 27)
TENDER, START, ROOF = (UUID(int=one) for one in (1, 2, 3))


def step(at: UUID, name: str, due: date, **more: object) -> Step:
    return replace(Step(at, name, due, due), **more)  # type: ignore[arg-type]


BUILDING = (
    step(TENDER, "招标", date(2018, 4, 15)),
    step(START, "开工", date(2018, 4, 30), begin_on=date(2018, 4, 20)),
    step(ROOF, "封顶", date(2018, 8, 31), begin_on=date(2018, 5, 1)),
)
WAITS = (Wait(TENDER, START, 3), Wait(START, ROOF))


def test_what_slips_pushes_what_waits_for_it_and_says_why() -> None:
    found = outlooks(BUILDING, WAITS, TODAY)

    assert (found[TENDER].earliest_on, found[TENDER].slipped_days) == (TODAY, 12)
    assert (found[START].earliest_on, found[START].slipped_days) == (date(2018, 5, 10), 10)
    assert (found[ROOF].earliest_on, found[ROOF].slipped_days) == (date(2018, 9, 9), 9)
    assert found[ROOF].causes == (
        "“招标”已逾期12天，还没有完成",
        "因“招标”晚12天，“开工”最早可到5月10日，比承诺晚10天",
        "因“开工”晚10天，“封顶”最早可到9月9日，比承诺晚9天",
    )


def test_what_is_done_in_time_pushes_nobody() -> None:
    done = (replace(BUILDING[0], done_on=date(2018, 4, 10)), *BUILDING[1:])

    found = outlooks(done, WAITS, TODAY)

    assert set(found) == {START, ROOF}
    assert [(one.earliest_on, one.slipped_days, one.causes) for one in found.values()] == [
        (date(2018, 4, 30), 0, ()), (date(2018, 8, 31), 0, ()),
    ]


def test_what_was_put_off_pushes_and_what_is_dropped_does_not() -> None:
    later = (replace(BUILDING[0], due_on=date(2018, 5, 5)), *BUILDING[1:])
    dropped = (replace(BUILDING[0], is_dropped=True), *BUILDING[1:])

    assert outlooks(later, WAITS, TODAY)[START].causes == ("因“招标”顺延20天，“开工”最早可到5月18日，比承诺晚18天",)
    assert outlooks(dropped, WAITS, TODAY)[START].slipped_days == 0


def test_one_that_began_late_takes_as_long_as_planned() -> None:
    begun = (replace(BUILDING[1], begun_on=date(2018, 4, 26)),)

    [found] = outlooks(begun, (), TODAY).values()

    assert found.earliest_on == date(2018, 5, 6)
    assert found.causes == ("“开工”4月26日才开始，按计划用时最早可到5月6日",)


def test_a_circle_is_named_from_end_to_end() -> None:
    assert circle_in(WAITS) == ()
    circle = circle_in((*WAITS, Wait(ROOF, TENDER)))
    assert circle[0] == circle[-1]
    assert set(circle) == {TENDER, START, ROOF}


@given(some.lists(some.tuples(some.integers(0, 7), some.integers(0, 7), some.integers(0, 20)), max_size=20))
def test_whoever_waits_is_never_done_before_the_one_it_waits_for(links: list[tuple[int, int, int]]) -> None:
    waits = [Wait(UUID(int=a), UUID(int=b), lag) for a, b, lag in links if a < b]
    steps = [step(UUID(int=n), str(n), TODAY + timedelta(days=n * 3 - 9)) for n in range(8)]

    assert circle_in(waits) == ()
    found = outlooks(steps, waits, TODAY)

    assert all(found[one.after].earliest_on >= found[one.before].earliest_on + timedelta(days=one.lag_days) for one in waits)
    assert all(one.slipped_days >= 0 and bool(one.causes) is (one.slipped_days > 0) for one in found.values())


@pytest.mark.parametrize(
    ("more", "state", "said"),
    [
        ({}, MilestoneState.AHEAD, "还有33天到期"),
        ({"begun_on": TODAY}, MilestoneState.UNDER_WAY, "还有33天到期"),
        ({"begin_on": date(2018, 4, 20)}, MilestoneState.AHEAD, "还有33天到期，计划4月20日开始，还没有登记开始"),
        ({"due_on": TODAY}, MilestoneState.DUE_SOON, "今天到期，原定5月30日"),
        ({"due_on": date(2018, 4, 15), "first_due_on": date(2018, 4, 1)}, MilestoneState.LATE, "已逾期12天，原定4月1日"),
        ({"done_on": TODAY}, MilestoneState.DONE, "按时完成"),
        ({"done_on": TODAY, "first_due_on": date(2018, 4, 25)}, MilestoneState.DONE_LATE, "比最初承诺晚2天完成，原定4月25日"),
        ({"is_dropped": True}, MilestoneState.DROPPED, "已取消"),
    ],
)
def test_a_milestone_stands_by_its_day_and_says_so(more: dict[str, object], state: MilestoneState, said: str) -> None:
    one = step(ROOF, "封顶", date(2018, 5, 30), **more)

    assert (state_of(one, TODAY), standing_in_words(one, TODAY)) == (state, said)


def test_the_share_done_goes_by_weight_and_leaves_out_what_was_dropped() -> None:
    steps = (
        replace(BUILDING[0], done_on=date(2018, 4, 10), weight=Decimal(3)), BUILDING[1], replace(BUILDING[2], is_dropped=True),
    )

    assert weighed_by(steps, TODAY).share_done == Decimal("0.75")
    assert weighed_by(steps, date(2018, 4, 9)).share_done == 0
    assert weighed_by((), TODAY).share_done is None


def test_what_was_put_off_is_asked_by_the_day_first_promised() -> None:
    first = BUILDING[0].first_due_on
    put_off = replace(BUILDING[0], due_on=date(2018, 12, 1))

    assert weighed_by([put_off], first).share_due == 1
    assert weighed_by([put_off], first - timedelta(days=1)).share_due == 0
