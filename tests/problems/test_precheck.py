"""A township looks first at what is reported from its territory, where the package asks for it. R-F9."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cast import Story, acting, official_of, viewer
from tests.prechecking import OTHER_TOWNSHIP, TOWNSHIP, ask_townships, township
from tests.problems.ways import Raise, unit, unit_id
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import Viewer, acting_as
from zhitong.domain.problems.actions.closing import Confirm, confirm
from zhitong.domain.problems.actions.prechecking import Precheck, pass_on_unchecked, precheck
from zhitong.domain.problems.actions.receiving import Accept, AskMore, Supply, accept, ask_more, supply
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.queries.duties import duties_for
from zhitong.domain.problems.queries.trays import tray_counts
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import UNDECIDED, Outcome, PrecheckFinding, Rating, Stage, State
from zhitong.domain.problems.rules.prechecking import township_of
from zhitong.domain.problems.rules.trays import Tray
from zhitong.domain.problems.rules.way import Act
from zhitong.kit.refusals import Refused

pytestmark = pytest.mark.django_db
OFFICE = "130973-office"


@pytest.fixture(autouse=True)
def _townships_look_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_townships(tmp_path, monkeypatch)


@pytest.fixture
def there(raised: Raise) -> Story:
    """A matter raised in the township, which no one has looked at."""
    return raised(**township())


def checks(story: Story, finding: PrecheckFinding, text: str = "已到现场核实") -> Story:
    story.done_by(TOWNSHIP, precheck, Precheck, finding=finding, text=text)
    return story


def duties_of(who: Viewer, story: Story) -> list[Act]:
    with acting_as(who) as here:
        return [duty.act for duty in duties_for(here, now=story.now) if duty.problem.id == story.problem_id]


def assert_sound(*stories: Story) -> None:
    with acting("province_office"):
        assert findings_of([one.problem_id for one in stories], now=stories[0].now) == []


def test_the_office_stays_accountable_while_the_township_has_the_duty(there: Story) -> None:
    standing = there.standing

    assert (standing.state, standing.stage) == (State.SUBMITTED, Stage.PRECHECK)
    assert standing.accountable_unit_id == unit_id(OFFICE)
    assert standing.prechecker_unit_id == unit_id(TOWNSHIP)
    assert standing.stage_due_at == datetime(2018, 4, 28, 9, 30, tzinfo=UTC)
    assert duties_of(official_of(TOWNSHIP), there) == [Act.PRECHECK]
    assert duties_of(viewer("zone_office"), there) == []
    assert_sound(there)


def test_it_lies_in_the_tray_of_the_township_and_in_no_others_tray(there: Story) -> None:
    def count(who: Viewer) -> int:
        with acting_as(who) as here:
            return tray_counts(here, now=there.now, most=10)[Tray.TO_PRECHECK]

    assert (count(official_of(TOWNSHIP)), count(official_of(OTHER_TOWNSHIP)), count(viewer("zone_office"))) == (1, 0, 0)


def test_found_true_it_goes_where_a_rule_sends_it(there: Story) -> None:
    checks(there, PrecheckFinding.TRUE)

    assert (there.standing.state, there.standing.accountable_unit_id) == (State.DISPATCHED, unit_id(TOWNSHIP))
    assert [fact.kind for fact in there.facts()] == [
        "problem.submitted", "problem.prechecked", "problem.accepted", "problem.dispatched",
    ]
    assert there.facts()[1].words == {"finding": "属实，按规则交办", "text": "已到现场核实"}
    assert_sound(there)


def test_to_be_done_above_it_goes_past_the_township(there: Story) -> None:
    checks(there, PrecheckFinding.UPWARD)

    assert (there.standing.state, there.standing.accountable_unit_id) == (State.DISPATCHED, unit_id("130973-economy"))
    assert_sound(there)


def test_settled_there_it_is_an_answer_like_any_other(there: Story) -> None:
    checks(there, PrecheckFinding.SETTLED, "已协调恢复供电。")

    standing = there.standing
    assert (standing.state, standing.outcome) == (State.ANSWERED, Outcome.SOLVED)
    assert standing.accountable_unit_id == unit_id(TOWNSHIP)
    assert [row["text"] for row in there.rows("problems_answer")] == ["已协调恢复供电。"]
    assert there.does("firm", confirm, Confirm, rating=Rating.SATISFIED).state is State.CONFIRMED
    assert_sound(there)


def test_given_back_for_more_the_firm_is_asked_once_and_its_answer_comes_to_the_office(there: Story) -> None:
    checks(there, PrecheckFinding.MORE, "请补充限电的日期")

    assert (there.standing.state, there.standing.asks) == (State.ASKED, 1)
    assert there.facts()[-1].words == {"question": "请补充限电的日期"}
    there.does("firm", supply, Supply, text="4月3日")
    assert (there.standing.stage, there.standing.prechecker_unit_id) == (Stage.DISPATCH, None)
    with there.unchanged(NotNow, "补正过一次"):
        there.does("zone_office", ask_more, AskMore, question="再补充")
    assert_sound(there)


def test_silence_passes_it_on_by_the_clock_and_only_then(there: Story, raised: Raise) -> None:
    elsewhere = raised(category="other", subject_kind="work")
    due = there.standing.stage_due_at
    assert due is not None

    with acting("province_office"):
        early = pass_on_unchecked(due)
        [late] = pass_on_unchecked(due + timedelta(seconds=1))
        again = pass_on_unchecked(due + timedelta(hours=1))

    assert (early, again, late.id) == ([], [], there.problem_id)
    assert there.standing.state is State.DISPATCHED
    assert there.facts()[1].words == {"text": "乡镇逾期未初核，自动转办。"}
    assert elsewhere.standing.state is State.SUBMITTED
    assert_sound(there, elsewhere)


def test_what_nobody_has_sorted_goes_to_the_offices_desk(raised: Raise) -> None:
    story = raised(category=UNDECIDED, **township())
    with story.unchanged(NotNow, "类别待定"):
        checks(story, PrecheckFinding.SETTLED)

    checks(story, PrecheckFinding.TRUE)

    assert (story.standing.state, story.standing.stage) == (State.SUBMITTED, Stage.DISPATCH)
    assert duties_of(viewer("zone_office"), story) == [Act.ACCEPT]
    assert_sound(story)


def test_the_office_need_not_wait_for_the_township(there: Story) -> None:
    there.does("zone_office", accept, Accept)

    assert (there.standing.state, there.standing.prechecker_unit_id) == (State.ACCEPTED, None)
    with there.unchanged(NotNow, "不能初核"):
        checks(there, PrecheckFinding.TRUE)
    assert_sound(there)


def test_a_matter_is_looked_at_once(there: Story) -> None:
    checks(there, PrecheckFinding.TRUE)

    with there.unchanged(NotNow, "不能初核"):
        checks(there, PrecheckFinding.UPWARD)


@pytest.mark.parametrize("code", ["130973-office", "130973-economy"])
def test_nobody_else_looks_for_the_township(there: Story, code: str) -> None:
    with there.unchanged(Refused):
        there.done_by(code, precheck, Precheck, finding=PrecheckFinding.TRUE, text="代为核实")


def test_what_is_confidential_or_raised_elsewhere_is_not_shown_to_a_township_first(raised: Raise) -> None:
    secret, outside = raised(confidential=True, **township()), raised()

    assert (secret.standing.state, outside.standing.state) == (State.DISPATCHED, State.DISPATCHED)
    assert (secret.standing.prechecker_unit_id, outside.standing.prechecker_unit_id) == (None, None)


def test_only_a_township_with_one_government_for_all_lines_looks_first() -> None:
    here = directory()

    assert township_of(unit(TOWNSHIP).region_id, here) == unit(TOWNSHIP)
    assert township_of(unit("130973-economy").region_id, here) is None
