"""A unit is dissolved with forty open cases: all go on with its successor, nothing waits for a unit that is gone (R-B5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.cast import Story, acting, viewer
from tests.progress.way import opened
from tests.world import NOW
from zhitong.domain.organisations.actions.dissolving import next_version
from zhitong.domain.organisations.models import LineKept, Post, Unit
from zhitong.domain.organisations.queries import directory, unit_names, viewer_for
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.actions.climbing import Escalate, PassDown, Propose, escalate, pass_down, propose
from zhitong.domain.problems.actions.dissolving import Dissolved, dissolve_unit
from zhitong.domain.problems.actions.handling import Acknowledge, Complete, acknowledge, complete
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.models import Part, Problem
from zhitong.domain.problems.queries.lists import Filters, problems_for
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.queries.verifying import verify
from zhitong.domain.problems.rules.kinds import Outcome, PowerMissing, State
from zhitong.domain.problems.rules.lenses import Lens
from zhitong.domain.progress.models import Report
from zhitong.kit.clock import day_of
from zhitong.kit.ids import uuid7
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db
Raised = Callable[..., Story]
LATER = NOW + timedelta(hours=3)
PARK = "130973400-economy"


def unit_id(code: str) -> UUID:
    return Unit.objects.get(code=code).id


@pytest.fixture
def heir() -> UUID:
    """Another department of the park that may take the lines over."""
    here, park = directory(), viewer("park")
    return next(
        unit.id for unit in here.units.values()
        if unit.region_id == park.region_id and unit.id != park.unit_id and not unit.is_consulted
        and unit.kind.value == "department"
    )


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    """What a test changed in the directory is forgotten with it."""
    yield
    next_version()


def dissolve(successor: UUID | None, *, code: str = PARK, login: str = "park_office") -> Dissolved:
    with acting(login) as actor:
        done = dissolve_unit(unit_id=unit_id(code), successor_id=successor, actor=actor, now=LATER)
    next_version()  # as when it is committed
    return done


def climbed(story: Story) -> Story:
    """The park's matter with the zone, by way of the park's office."""
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", propose, Propose, tried="已协商", power_missing=PowerMissing.POLICY, asked_for="请协调")
    story.does("park_office", escalate, Escalate, consent_by="演示主任", consent_on=NOW.date())
    return story


def test_forty_open_cases_go_on_with_the_successor_in_the_state_they_were_in(raised: Raised, heir: UUID) -> None:
    stories = [raised() for _ in range(40)]
    for story in stories[:20]:
        story.does("park", acknowledge, Acknowledge, contact="已联系")
    for story in stories[:10]:
        story.does("park", propose, Propose, tried="已协商", power_missing=PowerMissing.POLICY, asked_for="请协调")
    for story in stories[10:15]:
        story.does("park", complete, Complete, outcome=Outcome.SOLVED, text="已解决。")
    before = {story.problem_id: story.standing for story in stories}

    done = dissolve(heir)

    after = {story.problem_id: story.standing for story in stories}
    assert done == Dissolved(problems=40, relays=0, parts=0)
    assert {one.accountable_unit_id for one in after.values()} == {heir}
    assert Counter(one.state for one in after.values()) == {
        State.PROPOSED: 10, State.ANSWERED: 5, State.HANDLING: 5, State.DISPATCHED: 20
    }
    for problem_id, was in before.items():
        now = after[problem_id]
        assert (now.state, now.stage_due_at, now.first_due_at, now.due_at) == (
            was.state, was.stage_due_at, was.first_due_at, was.due_at
        )
        assert now.spell is not None
        assert was.spell is not None
        assert now.spell.counted_from == was.spell.counted_from
    with acting("province_office"):
        assert [one for one in verify(now=LATER) if one.is_fault] == []
        assert not Problem.objects.filter(accountable_unit_id=unit_id(PARK)).exists()


def test_the_lines_go_to_the_successor_and_the_next_matter_too(raised: Raised, heir: UUID) -> None:
    lines = set(directory().units[unit_id(PARK)].line_ids)

    dissolve(heir)
    story = raised(now=LATER)

    assert lines <= directory().units[heir].line_ids
    assert not LineKept.objects.filter(unit_id=unit_id(PARK), until__isnull=True).exists()
    assert story.standing.accountable_unit_id == heir
    assert Unit.objects.get(code=PARK).ended_on == day_of(LATER)


def test_history_still_names_the_unit_that_is_gone(raised: Raised, heir: UUID) -> None:
    story, name = raised(), Unit.objects.get(code=PARK).name

    dissolve(heir)

    here = viewer("park_office")
    with acting_as(here):
        page = problem_page(here, story.problem_id, now=LATER)
    assert [spell.unit for spell in page.spells][-2:] == [name, unit_names([heir])[heir]]
    assert page.timeline[-1].words == (("交办依据", f"机构撤并：{name}撤销，由{unit_names([heir])[heir]}承接。"),)


def test_what_it_sent_up_comes_back_through_the_successor(raised: Raised, heir: UUID) -> None:
    story = climbed(raised())
    dissolve(heir)
    story.now = LATER

    story.does("zone", acknowledge, Acknowledge, contact="已联系")
    story.does("zone", complete, Complete, outcome=Outcome.SOLVED, text="已协调解决。")

    assert (story.standing.state, story.standing.relay_unit_id) == (State.RETURNING, heir)


def test_an_answer_on_its_way_down_is_passed_on_by_the_successor(raised: Raised, heir: UUID) -> None:
    story = climbed(raised())
    story.does("zone", acknowledge, Acknowledge, contact="已联系")
    story.does("zone", complete, Complete, outcome=Outcome.SOLVED, text="已协调解决。")
    due = story.standing.stage_due_at

    done = dissolve(heir)
    story.now = LATER

    assert (done.relays, story.standing.relay_unit_id, story.standing.stage_due_at) == (1, heir, due)
    code = Unit.objects.get(id=heir).code
    story.done_by(code, pass_down, PassDown, note="")
    assert story.standing.state is State.ANSWERED


def test_a_proposal_that_waits_is_sent_up_as_the_successors(raised: Raised, heir: UUID) -> None:
    story = raised()
    story.does("park", acknowledge, Acknowledge, contact="已联系")
    story.does("park", propose, Propose, tried="已协商", power_missing=PowerMissing.POLICY, asked_for="请协调")

    dissolve(heir)
    story.now = LATER
    story.does("park_office", escalate, Escalate, consent_by="演示主任", consent_on=NOW.date())

    assert story.standing.accountable_unit_id == viewer("zone").unit_id
    assert story.rows("problems_escalation")[0]["from_unit_id"] == heir


def test_its_part_of_anothers_matter_is_the_successors(raised: Raised, heir: UUID) -> None:
    story = climbed(raised())
    with acting("zone") as actor:
        spell = story.standing.spell
        assert spell is not None
        Part.objects.create(
            problem_id=story.problem_id, kind="co_handle", state="asked", unit_id=unit_id(PARK), asked_by_id=actor.unit_id,
            spell_id=spell.id, asked_for="请提供用电清单", asked_at=NOW,
        )
        Problem.objects.filter(id=story.problem_id).update(open_parts=1)

    assert dissolve(heir).parts == 1
    assert story.standing.asked_unit_ids == {heir}


def test_who_sent_it_up_still_waits_for_it(raised: Raised, heir: UUID) -> None:
    story = climbed(raised())
    dissolve(heir)

    post = Post.objects.filter(unit_id=heir, kind="officer").order_by("title")[0]
    here = _official(post)
    with acting_as(here):
        waiting = problems_for(here, Lens.WAITING, Filters(), now=LATER).rows
    assert [row.id for row in waiting] == [story.problem_id]


def _official(post: Post) -> Any:
    from tests.cast import official_of

    return official_of(post.unit.code)


@pytest.mark.parametrize(
    ("successor", "said"),
    [(None, "还没有指定承接单位"), ("zone", "不在同一区划"), ("park", "还没有指定承接单位")],
)
def test_without_a_fit_successor_nothing_happens(raised: Raised, successor: str | None, said: str) -> None:
    story = raised()

    with story.unchanged(NotNow, said):
        dissolve(viewer(successor).unit_id if successor else None)

    assert Unit.objects.get(code=PARK).ended_on is None


@pytest.mark.parametrize(
    ("login", "said"), [("zone_office", "不是本单位"), ("park", "没有“"), ("outsider", "不是本单位")]
)
def test_it_is_an_act_of_the_office_of_its_level(raised: Raised, heir: UUID, login: str, said: str) -> None:
    story = raised()

    with story.unchanged(NotYours, said):
        dissolve(heir, login=login)


def test_a_unit_that_is_not_there_is_not_found(heir: UUID) -> None:
    with acting("park_office") as actor, pytest.raises(NotFound):
        dissolve_unit(unit_id=uuid7(), successor_id=heir, actor=actor, now=LATER)


def test_an_office_is_not_dissolved_like_this(heir: UUID) -> None:
    with pytest.raises(NotNow, match="活动机构"):
        dissolve(heir, code="130973400-office")


def test_nobody_acts_from_its_posts_any_more(heir: UUID) -> None:
    gone = viewer("park")

    dissolve(heir)

    assert viewer_for(gone.person_id, gone.post_id, day_of(LATER) + timedelta(days=1)) is None


def test_what_it_still_owed_of_progress_goes_with_it_at_once(heir: UUID) -> None:
    opened(targets={"130973400": 3})
    with acting_as(viewer("province_office")):
        owed = Report.objects.filter(unit__code=PARK, state__in=("owed", "waiting_below")).count()
        assert owed > 0

    assert dissolve(heir).reports == owed

    with acting_as(viewer("province_office")):
        assert Report.objects.filter(unit_id=heir).count() == owed
        assert not Report.objects.filter(unit__code=PARK).exists()
