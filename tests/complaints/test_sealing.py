"""A problem that turns out to be a complaint: declined in the pool, sealed for the level above, its words gone (R-F13)."""

from __future__ import annotations

import pytest

from tests.cast import Story, acting, viewer
from tests.complaints.acts import PERSON, RECEIVER, TABLES, TEXT, counted, page, who
from tests.problems.conftest import raised as raised
from tests.problems.ways import Raise, unit_id, waiting
from tests.world import CAST
from zhitong.config import database as config
from zhitong.domain.complaints.actions.sealing import CHANNEL, Seal, seal
from zhitong.domain.complaints.queries.lists import complaints_for
from zhitong.domain.complaints.rules.kinds import Act, State
from zhitong.domain.organisations.models import Region
from zhitong.domain.organisations.scope import NotYours, acting_as
from zhitong.domain.problems.actions.receiving import AskMore, Supply, ask_more, supply
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sealing import LEFT_BEHIND
from zhitong.domain.problems.queries.lists import Filters, problems_for
from zhitong.domain.problems.queries.page import problem_page
from zhitong.domain.problems.queries.verifying import verify
from zhitong.domain.problems.rules import kinds
from zhitong.domain.problems.rules.lenses import lenses_of
from zhitong.kit.refusals import BadInput, NotFound

MORE = "经办人姓张，4月20日上午。"


def sealed(story: Story, login: str = "park_office", **more: object) -> None:
    """Let an office seal the problem against the park's 经发局, unless another is named."""
    story.now += story.now.resolution
    given: dict[str, object] = {"unit_id": unit_id("130973400-economy"), **more}
    with acting(login) as actor:
        seal(Seal(problem_id=story.problem_id, actor=actor, now=story.now, **given))  # type: ignore[arg-type]


def brought(name: str, story: Story) -> list[str]:
    """The receipt numbers that somebody finds among his own."""
    with acting_as(who(name)) as here:
        return [row.number for row in complaints_for(here, now=story.now).rows]


@pytest.mark.django_db
def test_it_is_declined_in_the_pool_and_lies_with_the_receiver_above(raised: Raise) -> None:
    story = waiting(raised, text=TEXT)

    sealed(story, person=PERSON)

    assert (story.standing.state, story.standing.decline_reason) == (kinds.State.DECLINED, "complaint")
    [number] = brought(RECEIVER, story)
    seen = page(RECEIVER, number, at=story.now)
    assert (seen.text, seen.row.accused) == (TEXT, f"南大港产业园区经发局 · {PERSON}")
    assert (seen.standing.state, seen.from_problem) == (State.SENT, story.standing.number)
    assert [(step.act, step.unit) for step in seen.steps] == [(Act.SEAL, "南大港产业园区“双创双服”活动领导小组办公室")]


@pytest.mark.django_db
def test_the_firm_reads_the_right_channel_and_finds_it_there(raised: Raise) -> None:
    story = waiting(raised, text=TEXT)

    sealed(story)

    assert story.facts()[-1].words["channel"] == CHANNEL
    [number] = brought("firm", story)
    assert page("firm", number, at=story.now).text == TEXT
    assert number not in str(story.facts())


@pytest.mark.django_db
def test_no_word_of_it_stays_in_the_pool(raised: Raise) -> None:
    story = waiting(raised, text=TEXT)
    story.does("park_office", ask_more, AskMore, question="请说明是谁。")
    story.does("firm", supply, Supply, text=MORE)

    sealed(story)

    for role in CAST:
        with acting_as(viewer(role.login)) as here:
            found = [row for lens in lenses_of(here) for row in problems_for(here, lens, Filters(), now=story.now).rows]
            assert {row.excerpt for row in found} <= {LEFT_BEHIND}
            words = [lens for lens in lenses_of(here) if problems_for(here, lens, Filters(words="退件"), now=story.now).rows]
            assert words == []
    with acting_as(viewer("park_office")) as here:
        shown = str(problem_page(here, story.problem_id, now=story.now))
    assert [said for said in (TEXT, MORE, "请说明是谁") if said in shown] == []
    assert MORE in page(RECEIVER, brought(RECEIVER, story)[0], at=story.now).text


def test_the_pool_still_verifies(fresh_database: str, raised: Raise) -> None:
    story = waiting(raised, text=TEXT)
    sealed(story)

    with config.as_role("worker", name=fresh_database):
        assert list(verify(now=story.now)) == []


@pytest.mark.django_db
def test_the_office_that_sealed_it_sees_nothing_of_it_afterwards(raised: Raise) -> None:
    story = waiting(raised, text=TEXT)

    sealed(story)

    for login in ("park_office", "zone_office", "province_office"):
        with acting_as(viewer(login)):
            assert {table: counted(table) for table in TABLES} == dict.fromkeys(TABLES, 0)


@pytest.mark.django_db
def test_somebody_at_a_level_may_be_named_instead_of_a_unit(raised: Raise) -> None:
    story = waiting(raised, text=TEXT)

    sealed(story, unit_id=None, person=PERSON, region_id=Region.objects.get(code="1309").id)

    assert brought("13-inspection", story) != []


@pytest.mark.django_db
@pytest.mark.parametrize(("login", "refused"), [("city_office", NotNow), ("park", NotFound), ("firm", NotYours)])
def test_only_the_office_whose_desk_it_lies_on_seals(raised: Raise, login: str, refused: type[Exception]) -> None:
    story = waiting(raised, text=TEXT)

    with story.unchanged(refused, "。"):  # type: ignore[arg-type]
        sealed(story, login)
    assert brought("firm", story) == []


@pytest.mark.django_db
def test_a_matter_under_way_is_not_sealed(raised: Raise) -> None:
    story = raised()

    with story.unchanged(NotNow, "不能不予受理"):
        sealed(story, "park_office")


@pytest.mark.django_db
def test_where_nobody_is_named_nothing_changes(raised: Raise) -> None:
    story = waiting(raised, text=TEXT)

    with story.unchanged(BadInput, "请选择被投诉的单位"):
        sealed(story, unit_id=None)
    assert brought("firm", story) == []


@pytest.mark.django_db
def test_it_is_sealed_once(raised: Raise) -> None:
    story = waiting(raised, text=TEXT)
    sealed(story)

    with story.unchanged(NotNow, "现在是“不予受理”"):
        sealed(story)
    assert len(brought("firm", story)) == 1
