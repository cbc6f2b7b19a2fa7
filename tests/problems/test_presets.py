"""The presets of limits: what each stage gets, by hand, and that another preset moves no limit that runs (R-F5)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cast import Story, acting
from tests.packages import Copy, shipped
from tests.problems.ways import Raise
from tests.world import NOW
from zhitong.domain.calendars.rules.published import published_calendar
from zhitong.domain.organisations.rules.kinds import Rank
from zhitong.domain.problems.actions.loading import load
from zhitong.domain.problems.package import LIMITS, ProblemsPackage, parse
from zhitong.domain.problems.queries.rulebook import rulebook
from zhitong.domain.problems.rules.kinds import Stage, Urgency
from zhitong.domain.problems.rules.limits import Case, Limit, start_clock
from zhitong.kit.clock import SHANGHAI

SEVEN, THIRTEEN_SEVEN, ONE_THREE = "seven_fifteen", "one_three_seven_one_zero", "one_three_fifteen_thirty"
ORDINARY = Case("energy", Rank.COUNTY, Urgency.ORDINARY)
URGENT = Case("energy", Rank.COUNTY, Urgency.URGENT)
WEIGHTY = Case("land", Rank.COUNTY, Urgency.ORDINARY)
RAISED = Case("energy", Rank.CITY, Urgency.ORDINARY)

# From Friday 4月27日 15:40. Working days after it: 4月28日(补班) is the 1st, 5月2日 the 2nd, 3日 3rd, 4日 4th, 7日 5th, 9日 7th,
# 21日 the 15th, 30日 the 22nd, 6月11日 the 30th; 4月27日 itself still has 1小时50分.
WORKED = [
    (SEVEN, Stage.DISPATCH, ORDINARY, "04-28 17:30"),
    (SEVEN, Stage.DISPATCH, URGENT, "04-28 08:40"),
    (SEVEN, Stage.ACKNOWLEDGE, ORDINARY, "04-28 17:30"),
    (SEVEN, Stage.ACKNOWLEDGE, URGENT, "04-28 08:40"),
    (SEVEN, Stage.FIRST_CONTACT, ORDINARY, "05-02 17:30"),
    (SEVEN, Stage.FIRST_CONTACT, URGENT, "04-28 10:40"),
    (SEVEN, Stage.STAGE_REPLY, ORDINARY, "05-09 17:30"),
    (SEVEN, Stage.STAGE_REPLY, URGENT, "05-03 17:30"),
    (SEVEN, Stage.COMPLETE, ORDINARY, "05-21 17:30"),
    (SEVEN, Stage.COMPLETE, URGENT, "05-09 17:30"),
    (SEVEN, Stage.SEND_BACK, ORDINARY, "04-28 17:30"),
    (SEVEN, Stage.ANSWER_DOWN, ORDINARY, "04-28 17:30"),
    (SEVEN, Stage.REVIEW, ORDINARY, "05-02 17:30"),
    (SEVEN, Stage.DECLINE, ORDINARY, "04-28 17:30"),
    # 1日研究部署，3日反馈进展，一般问题7日，重大问题1个月（22个工作日）
    (THIRTEEN_SEVEN, Stage.DISPATCH, ORDINARY, "04-28 17:30"),
    (THIRTEEN_SEVEN, Stage.ACKNOWLEDGE, ORDINARY, "04-28 17:30"),
    (THIRTEEN_SEVEN, Stage.FIRST_CONTACT, ORDINARY, "04-28 17:30"),
    (THIRTEEN_SEVEN, Stage.STAGE_REPLY, ORDINARY, "05-03 17:30"),
    (THIRTEEN_SEVEN, Stage.COMPLETE, ORDINARY, "05-09 17:30"),
    (THIRTEEN_SEVEN, Stage.COMPLETE, WEIGHTY, "05-30 17:30"),
    (THIRTEEN_SEVEN, Stage.SEND_BACK, ORDINARY, "04-28 17:30"),
    (THIRTEEN_SEVEN, Stage.ANSWER_DOWN, ORDINARY, "04-28 17:30"),
    (THIRTEEN_SEVEN, Stage.REVIEW, ORDINARY, "05-02 17:30"),
    (THIRTEEN_SEVEN, Stage.DECLINE, ORDINARY, "04-28 17:30"),
    # 1个工作日联系，3个工作日答复，15个工作日办结，提级办理的30个工作日
    (ONE_THREE, Stage.DISPATCH, ORDINARY, "04-28 17:30"),
    (ONE_THREE, Stage.ACKNOWLEDGE, ORDINARY, "04-28 17:30"),
    (ONE_THREE, Stage.FIRST_CONTACT, ORDINARY, "04-28 17:30"),
    (ONE_THREE, Stage.STAGE_REPLY, ORDINARY, "05-03 17:30"),
    (ONE_THREE, Stage.COMPLETE, ORDINARY, "05-21 17:30"),
    (ONE_THREE, Stage.COMPLETE, RAISED, "06-11 17:30"),
    (ONE_THREE, Stage.SEND_BACK, ORDINARY, "04-28 17:30"),
    (ONE_THREE, Stage.ANSWER_DOWN, ORDINARY, "04-28 17:30"),
    (ONE_THREE, Stage.REVIEW, ORDINARY, "05-02 17:30"),
    (ONE_THREE, Stage.DECLINE, ORDINARY, "04-28 17:30"),
    *(
        (preset, stage, ORDINARY, due)
        for preset in (SEVEN, THIRTEEN_SEVEN, ONE_THREE)
        for stage, due in (
            (Stage.OBJECTION, "05-07 17:30"), (Stage.DECIDE, "04-28 17:30"), (Stage.CO_HANDLE, "05-03 17:30"),
            (Stage.CONSULT, "05-07 17:30"), (Stage.VERIFY, "05-03 17:30"), (Stage.CONFIRM, "05-14 17:30"),
            (Stage.CALL_BACK, "05-07 17:30"),
        )
    ),
]


@pytest.fixture
def rulebook_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is loaded here is rolled back, but the rulebook's version is not: nothing may stay kept in the process."""
    monkeypatch.setattr("zhitong.domain.problems.queries.rulebook._kept", {})


def with_preset(code: str, folder: Path) -> ProblemsPackage:
    """The shipped package with another preset in force, as a person would switch it."""
    package = Copy("hebei-2018", folder)
    package.replace(LIMITS, f"in_force: {SEVEN}", f"in_force: {code}")
    read, findings = parse(package.source())
    assert findings == []
    return read


def limits_of(package: ProblemsPackage) -> list[Limit]:
    return [
        Limit(one.stage, one.amount, one.unit, {name: frozenset(values) for name, values in one.asks.items()})
        for one in package.limits
    ]


@pytest.mark.parametrize(("preset", "stage", "case", "due"), WORKED)
def test_every_stage_of_a_preset_falls_due_as_worked_out(
    preset: str, stage: Stage, case: Case, due: str, tmp_path: Path
) -> None:
    clock = start_clock(limits_of(with_preset(preset, tmp_path)), stage, case, at=NOW, calendar=published_calendar())

    assert clock is not None
    assert f"{clock.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" == due
    assert not clock.is_provisional


def test_every_preset_that_ships_is_worked_out_for_each_of_its_stages(tmp_path: Path) -> None:
    presets = [row.text("code") for row in shipped("hebei-2018").row(LIMITS).rows("presets")]
    worked = {(preset, stage) for preset, stage, _case, _due in WORKED}

    assert worked == {
        (code, limit.stage) for code in presets for limit in with_preset(code, tmp_path / code).limits
    }


def test_every_preset_says_where_it_comes_from() -> None:
    presets = shipped("hebei-2018").row(LIMITS).rows("presets")

    assert [row.text("code") for row in presets if "年" not in row.text("source")] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("rulebook_of_its_own")
def test_another_preset_holds_for_new_problems_and_moves_no_limit_that_runs(raised: Raise, tmp_path: Path) -> None:
    running = raised(category="energy")
    before = running.way()

    _load(THIRTEEN_SEVEN, tmp_path)

    assert running.way() == before
    assert running.standing.first_due_at == datetime(2018, 5, 21, 9, 30, tzinfo=UTC)
    assert raised(category="energy").standing.first_due_at == datetime(2018, 5, 9, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.usefixtures("rulebook_of_its_own")
def test_loading_the_same_preset_again_changes_nothing(raised: Raise, tmp_path: Path) -> None:
    _load(ONE_THREE, tmp_path / "once")
    story: Story = raised(category="energy")
    before, book = story.way(), rulebook("hebei-2018")

    with acting("province_office"):
        assert not load(with_preset(ONE_THREE, tmp_path / "again"), campaign="hebei-2018")

    assert story.way() == before
    assert rulebook("hebei-2018").limits == book.limits


def _load(preset: str, folder: Path) -> None:
    with acting("province_office"):
        assert load(with_preset(preset, folder), campaign="hebei-2018")
