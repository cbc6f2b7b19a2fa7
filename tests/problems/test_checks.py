"""Second looks, drawn by seed: the office above at outcomes, another county's office by a call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cast import Story, acting, official_of
from tests.problems.ways import SAFETY, Raise, confirmed, confirmed_as, unit, unit_id
from tests.world import NOW
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.queries import directory
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.actions.checking import call_back, judge_outcome
from zhitong.domain.problems.actions.closing import CloseOff, close_off
from zhitong.domain.problems.actions.drawing import draw_checks
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.settling import Verify, verify
from zhitong.domain.problems.models import Flagged, Party, Problem
from zhitong.domain.problems.queries.checks import checks_for
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.queries.verifying import findings_of_counts
from zhitong.domain.problems.rules import cuts
from zhitong.domain.problems.rules.checks import caller_of, callers_for, looker_at_outcome, rating_after
from zhitong.domain.problems.rules.kinds import CheckedBy, CheckKind, Outcome, Rating, State
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db
MAY = datetime(2018, 5, 3, 2, 0, tzinfo=UTC)


def closed(raised: Raise, outcome: Outcome = Outcome.SOLVED) -> Story:
    """Closed in April by the park's office, answered by a department that does not host it."""
    story = confirmed_as(raised, outcome)
    if outcome is not Outcome.SOLVED:
        story.does("park_office", verify, Verify, checked_by=CheckedBy.PHONE, checked="已核实")
    story.does("park_office", close_off, CloseOff)
    return story


def draw(now: datetime = MAY) -> int:
    with acting("province_office"):
        return draw_checks(now)


def looks(story: Story, kind: CheckKind) -> list[dict[str, Any]]:
    return [row for row in story.rows("problems_check") if row["kind"] == kind.value]


def caller(story: Story) -> str:
    """The code of the office that is to call."""
    [look] = looks(story, CheckKind.CALL_BACK)
    return directory().units[look["unit_id"]].code


def calls(story: Story, code: str, found: Rating | None, words: str = "已电话联系企业负责人") -> Rating | None:
    with acting_as(official_of(code)) as here:
        return call_back(problem_id=story.problem_id, actor=here.actor("test"), now=MAY, found=found, words=words)


def test_a_month_is_drawn_once_and_the_seed_is_told(raised: Raise) -> None:
    story = closed(raised, Outcome.EXPLAINED)

    assert (draw(), draw(MAY + timedelta(days=9))) == (2, 0)

    [look] = looks(story, CheckKind.OUTCOME)
    assert (look["seed"], look["state"]) == ("hebei-2018/2018-04/130973400", "waiting")
    assert look["due_at"] > MAY


def test_nothing_is_drawn_before_the_month_is_over(raised: Raise) -> None:
    story = closed(raised)

    assert draw(NOW + timedelta(days=1)) == 0
    assert story.rows("problems_check") == []


def test_what_was_solved_is_no_outcome_to_look_at(raised: Raise) -> None:
    story = closed(raised)

    draw()

    assert [row["kind"] for row in story.rows("problems_check")] == ["call_back"]


def test_the_office_above_the_one_that_judged_looks(db: None) -> None:
    here, park = directory(), unit("130973400-office").region_id

    assert looker_at_outcome(park, unit_id(SAFETY), here) == unit("130973-office")
    assert looker_at_outcome(park, unit_id("130973400-economy"), here) == unit("1309-office")
    assert looker_at_outcome(unit("13-office").region_id, unit_id("13-finance"), here) is None


def test_another_county_under_the_same_city_calls(db: None) -> None:
    here = directory()
    regions = {code: Region.objects.get(code=code).id for code in ("130973400", "1309", "13")}

    offices = {office.code for office in callers_for(regions["130973400"], here)}

    assert offices == {"130973401-office", "130973403-office", "130982-office", "130983-office"}
    assert {office.code for office in callers_for(regions["1309"], here)} >= {"1301-office"}
    assert callers_for(regions["13"], here) == []


def test_an_office_that_takes_part_is_passed_over(db: None) -> None:
    here = directory()
    callers = callers_for(unit("130973400-office").region_id, here)
    ids = [office.id for office in callers]

    chosen = {caller_of(f"seed-{n}", ids[0], callers, ids[1:]) for n in range(5)}

    assert chosen == {callers[0]}
    assert caller_of("seed", ids[0], callers, ids) is None


@pytest.mark.parametrize("secret", [{"confidential": True}, {"unnamed": True}, {"recorded": True}])
def test_no_other_county_hears_of_what_is_kept_close(raised: Raise, secret: dict[str, bool]) -> None:
    story = confirmed(raised(**secret))
    story.does("zone_office", close_off, CloseOff)

    draw()

    assert looks(story, CheckKind.CALL_BACK) == []


def test_every_one_about_which_the_firm_said_two_things_is_called(raised: Raise) -> None:
    stories = [closed(raised) for _ in range(3)]
    with acting("province_office"):
        Flagged.objects.bulk_create([
            Flagged(problem_id=one.problem_id, flag="contradicted", unit_id=unit_id(SAFETY), at=one.now, words="相反")
            for one in stories
        ])

    draw()

    assert [len(looks(one, CheckKind.CALL_BACK)) for one in stories] == [1, 1, 1]


def test_the_caller_sees_the_firm_and_the_answer_and_not_who_handled_it(raised: Raise) -> None:
    story = closed(raised)
    draw()

    with acting_as(official_of(caller(story))) as here:
        page = problem_page(here, story.problem_id, now=MAY)
        role = Party.objects.get(problem_id=story.problem_id, unit_id=here.unit_id).role
        mine = checks_for(here)

    assert role == "caller"
    assert (page.subject_name, page.answers[0].text) == ("演示南大港石化设备有限公司", "已办理。")
    assert (page.unit, page.timeline, page.spells, page.parties, page.answers[0].unit) == ("", (), (), (), "")
    assert page.standing.routing_words == ""
    assert [row.number for row in mine] == [page.standing.number]


def test_dissatisfaction_found_replaces_what_scores_and_nothing_else(raised: Raise) -> None:
    story = closed(raised)
    draw()

    assert calls(story, caller(story), Rating.DISSATISFIED) is Rating.DISSATISFIED

    assert (story.standing.rating, story.standing.state) == (Rating.DISSATISFIED, State.CLOSED)
    [verdict] = story.rows("problems_verdict")
    assert verdict["rating"] == "satisfied"
    fact = story.facts()[-1]
    assert (fact.kind, fact.words) == ("problem.called_back", {"words": "已电话联系企业负责人"})
    [look] = looks(story, CheckKind.CALL_BACK)
    assert (look["state"], look["found"]) == ("wanting", "dissatisfied")
    with acting("province_office"):
        assert findings_of_counts(cuts.CUTS) == []


@pytest.mark.parametrize(("found", "state"), [(Rating.BASICALLY, "sound"), (None, "unreached")])
def test_what_does_not_contradict_changes_no_rating(raised: Raise, found: Rating | None, state: str) -> None:
    story = closed(raised)
    draw()

    assert calls(story, caller(story), found) is Rating.SATISFIED
    assert looks(story, CheckKind.CALL_BACK)[0]["state"] == state


@pytest.mark.parametrize(
    ("kept", "found", "after"),
    [
        (Rating.SATISFIED, Rating.DISSATISFIED, Rating.DISSATISFIED),
        (Rating.BASICALLY, Rating.DISSATISFIED, Rating.DISSATISFIED),
        (Rating.DISSATISFIED, Rating.SATISFIED, Rating.DISSATISFIED),
        (None, Rating.SATISFIED, None), (None, Rating.DISSATISFIED, None), (Rating.SATISFIED, None, Rating.SATISFIED),
    ],
)
def test_no_call_makes_a_rating_better(kept: Rating | None, found: Rating | None, after: Rating | None) -> None:
    assert rating_after(kept, found) is after


def test_a_call_is_made_once_and_by_the_office_drawn(raised: Raise) -> None:
    story = closed(raised)
    draw()
    code = caller(story)

    for other in ("130973400-office", "130973-office", "1301-office"):
        with story.unchanged(NotFound):
            calls(story, other, Rating.SATISFIED)
    with story.unchanged(NotYours):
        calls(story, SAFETY, Rating.SATISFIED)
    calls(story, code, Rating.SATISFIED)
    with story.unchanged(NotNow, "已经登记过结果"):
        calls(story, code, Rating.DISSATISFIED)


@pytest.mark.parametrize(("is_sound", "state", "kind"), [
    (True, "sound", "problem.outcome_held"), (False, "wanting", "problem.outcome_doubted"),
])
def test_the_office_above_says_whether_an_outcome_holds(raised: Raise, is_sound: bool, state: str, kind: str) -> None:
    story = closed(raised, Outcome.PARTLY)
    draw()

    with acting("zone_office") as actor:
        judge_outcome(problem_id=story.problem_id, actor=actor, now=MAY, is_sound=is_sound, words="已到现场查看")

    [look] = looks(story, CheckKind.OUTCOME)
    assert (look["state"], look["words"]) == (state, "已到现场查看")
    assert story.facts()[-1].kind == kind
    assert story.standing.state is State.CLOSED


def test_a_number_of_problems_costs_no_more_queries(raised: Raise, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        closed(raised, Outcome.EXPLAINED)
    draw(NOW)

    with acting("province_office"), django_assert_max_num_queries(20):
        assert draw_checks(MAY) == 2
        assert Problem.objects.filter(checks__isnull=False).distinct().count() in (1, 2)
