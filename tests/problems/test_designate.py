"""The office designates a unit: it binds, and a second designation is told of the first (指定承办)."""

from __future__ import annotations

import pytest

from tests.problems.ways import Raise, acknowledged, unit_id, waiting
from zhitong.domain.organisations.scope import NotYours
from zhitong.domain.problems.actions.handling import SendBack, send_back
from zhitong.domain.problems.actions.receiving import Accept, Dispatch, accept, dispatch, reassign
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sharing import Designate, designate
from zhitong.domain.problems.rules.kinds import State

pytestmark = pytest.mark.django_db
FINANCE, ECONOMY = "130973400-finance", "130973400-economy"
RULE = {"rule": "三定方案第二条", "whose": "财政局"}


def test_it_binds_and_says_who_ruled_on_duties(raised: Raise) -> None:
    story = acknowledged(raised())

    standing = story.does(
        "park_office", designate, Designate, unit_id=unit_id(FINANCE), reason="以电费补贴为主",
        duties="编办4月27日函复：补贴审核由财政局负责",
    )

    assert (standing.state, standing.accountable_unit_id) == (State.DISPATCHED, unit_id(FINANCE))
    assert standing.spell is not None
    assert standing.spell.designated
    assert story.rows("problems_spell")[-1]["designated"]
    assert story.facts()[-1].words == {"why": "以电费补贴为主", "duties": "编办4月27日函复：补贴审核由财政局负责"}
    with story.unchanged(NotNow, "活动办公室已指定由本单位承办，不能退回或移交"):
        story.done_by(FINANCE, send_back, SendBack, **RULE)


def test_of_two_designations_the_second_is_told_of_the_first(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park_office", designate, Designate, unit_id=unit_id(FINANCE), reason="以电费补贴为主")

    with story.unchanged(NotNow, "已于4月27日 .*指定由南大港产业园区财政局承办，不能重复指定。.*改派"):
        story.does("park_office", designate, Designate, unit_id=unit_id(ECONOMY), reason="以用电为主")


def test_the_office_may_still_reassign_it(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park_office", designate, Designate, unit_id=unit_id(FINANCE), reason="以电费补贴为主")

    standing = story.does("park_office", reassign, Dispatch, unit_id=unit_id(ECONOMY), reason="编办重新核定职责")

    assert standing.accountable_unit_id == unit_id(ECONOMY)
    assert standing.spell is not None
    assert not standing.spell.designated


def test_after_two_sendings_back_only_a_designation_will_do(raised: Raise) -> None:
    story = raised()
    story.does("park", send_back, SendBack, **RULE)
    story.does("park_office", dispatch, Dispatch, unit_id=unit_id(ECONOMY), reason="仍属能源保障")
    story.does("park", send_back, SendBack, **RULE)

    with story.unchanged(NotNow, "已退回过两次，再次交办须用“指定承办”"):
        story.does("park_office", dispatch, Dispatch, unit_id=unit_id(ECONOMY), reason="仍属能源保障")

    standing = story.does("park_office", designate, Designate, unit_id=unit_id(ECONOMY), reason="能源保障由经发局负责")
    assert standing.spell is not None
    assert standing.spell.designated


def test_the_unit_that_has_it_is_not_designated_over_itself(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "该单位就是当前承办单位"):
        story.does("park_office", designate, Designate, unit_id=unit_id(ECONOMY), reason="就是你们")


def test_a_unit_of_another_territory_is_refused(raised: Raise) -> None:
    story = waiting(raised)
    story.does("park_office", accept, Accept)

    with story.unchanged(NotNow, "只能交给本辖区内的单位"):
        story.does("park_office", designate, Designate, unit_id=unit_id("130973-economy"), reason="上级更合适")


def test_a_department_cannot_designate(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotYours, "您现在的岗位没有“受理、交办、改派"):
        story.does("park", designate, Designate, unit_id=unit_id(FINANCE), reason="给你们")
