"""Departments hand a matter over by consent: the clock counts on, nobody is charged against his will (R-F3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Story, acting
from tests.problems.timing import UNIT, extended
from tests.problems.ways import Raise, acknowledged, unit_id
from zhitong.domain.problems.actions.handling import Reply, SendBack, reply, send_back
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.actions.sharing import (
    Designate,
    MakeOffer,
    Take,
    TurnDown,
    designate,
    offer,
    take,
    turn_down,
)
from zhitong.domain.problems.queries.verifying import findings_of
from zhitong.domain.problems.rules.kinds import Stage, State
from zhitong.kit.refusals import NotFound

pytestmark = pytest.mark.django_db
FINANCE, SAFETY, ECONOMY = "130973400-finance", "130973400-safety", "130973400-economy"


def offered(story: Story, login: str = "park", to: str = FINANCE) -> Story:
    story.does(login, offer, MakeOffer, unit_id=unit_id(to), reason="主要涉及电费补贴")
    return story


def taken(story: Story, by: str = FINANCE) -> Story:
    story.done_by(by, take, Take, contact="已电话告知企业改由财政局办理")
    return story


def sound(story: Story) -> bool:
    with acting("province_office"):
        return findings_of([story.problem_id], now=story.now) == []


def test_an_offer_moves_nothing_until_it_is_taken(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing

    standing = offered(story).standing

    assert (standing.state, standing.spell) == (State.HANDLING, before.spell)
    assert standing.offered_unit_id == unit_id(FINANCE)
    [row] = story.rows("problems_offer")
    assert (row["state"], row["from_unit_id"], row["reason"]) == ("offered", unit_id(ECONOMY), "主要涉及电费补贴")
    assert sound(story)


def test_who_takes_it_is_accountable_and_the_clock_counts_on(raised: Raise) -> None:
    story = acknowledged(raised())
    before = story.standing
    assert before.spell is not None
    story.now += timedelta(days=4)

    standing = taken(offered(story)).standing

    assert (standing.state, standing.accountable_unit_id, standing.hand_overs) == (State.HANDLING, unit_id(FINANCE), 1)
    assert standing.spell is not None
    assert (standing.spell.started_at, standing.spell.acknowledged_at) == (story.now, story.now)
    assert standing.spell.clock_from == before.spell.started_at
    assert (standing.spell.first_due_at, standing.spell.due_at) == (before.spell.first_due_at, before.spell.due_at)
    assert (standing.stage, standing.stage_due_at) == (before.stage, before.stage_due_at)
    assert (standing.first_due_at, standing.due_at, standing.offered_unit_id) == (before.first_due_at, before.due_at, None)
    assert [row["state"] for row in story.rows("problems_offer")] == ["taken"]
    assert story.facts()[-1].words == {"contact": "已电话告知企业改由财政局办理"}
    assert sound(story)


def test_what_was_not_signed_for_is_signed_for_by_taking_it(raised: Raise) -> None:
    story = raised()

    standing = taken(offered(story)).standing

    assert (standing.state, standing.stage) == (State.HANDLING, Stage.STAGE_REPLY)
    assert sound(story)


def test_the_next_stage_counts_from_where_the_first_unit_began(raised: Raise) -> None:
    story = acknowledged(raised())
    due_at = story.standing.spell.due_at  # type: ignore[union-attr]
    story.now += timedelta(days=4)
    taken(offered(story))

    standing = story.done_by(FINANCE, reply, Reply, text="正在核对补贴政策")

    assert (standing.stage, standing.stage_due_at) == (Stage.COMPLETE, due_at)
    assert sound(story)


def test_turned_down_it_stays_and_may_be_offered_to_another(raised: Raise) -> None:
    story = offered(acknowledged(raised()))

    standing = story.done_by(FINANCE, turn_down, TurnDown, reason="不涉及补贴")

    assert (standing.accountable_unit_id, standing.offered_unit_id) == (unit_id(ECONOMY), None)
    assert offered(story, to=SAFETY).standing.offered_unit_id == unit_id(SAFETY)
    assert [row["state"] for row in story.rows("problems_offer")] == ["turned_down", "offered"]
    assert sound(story)


def test_one_offer_waits_at_a_time(raised: Raise) -> None:
    story = offered(acknowledged(raised()))

    with story.unchanged(NotNow, "正在与南大港产业园区财政局商议移交。请等对方答复"):
        offered(story, to=SAFETY)


def test_only_the_unit_asked_can_take_it(raised: Raise) -> None:
    story = offered(acknowledged(raised()))

    with story.unchanged(NotNow, "“接收移交”由南大港产业园区财政局办理，不是本单位"):
        story.does("park", take, Take, contact="已联系")
    with story.unchanged(NotFound):
        story.done_by(SAFETY, take, Take, contact="已联系")


def test_a_loop_is_the_offices_to_end(raised: Raise) -> None:
    story = taken(offered(acknowledged(raised())))

    with story.unchanged(NotNow, "经发局已承办过该问题，不能再移交回去。请由活动办公室改派或指定承办"):
        story.done_by(FINANCE, offer, MakeOffer, unit_id=unit_id(ECONOMY), reason="还是你们")


def test_after_two_hand_overs_the_office_decides(raised: Raise) -> None:
    story = taken(offered(acknowledged(raised())))
    story.done_by(FINANCE, offer, MakeOffer, unit_id=unit_id(SAFETY), reason="涉及安全")
    taken(story, by=SAFETY)

    with story.unchanged(NotNow, "该问题已经移交过2次"):
        story.done_by(SAFETY, offer, MakeOffer, unit_id=unit_id("130973400-approval"), reason="涉及审批")


def test_who_took_it_cannot_send_it_back(raised: Raise) -> None:
    story = taken(offered(raised()))

    with story.unchanged(NotNow, "本单位已同意接收移交，不能再退回"):
        story.done_by(FINANCE, send_back, SendBack, rule="三定方案", whose="经发局")


@pytest.mark.parametrize(("to", "sentence"), [
    ("130973-economy", "只能与本级的单位商议移交"),
    (ECONOMY, "该单位就是当前承办单位，无需移交"),
])
def test_only_units_of_the_level_are_asked(raised: Raise, to: str, sentence: str) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, sentence):
        offered(story, to=to)


def test_a_consulted_body_is_not_offered_anything(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "供电公司不在属地管理序列，不能移交"):
        offered(story, to="130973-power")


def test_what_the_office_designated_is_not_offered(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park_office", designate, Designate, unit_id=unit_id(FINANCE), reason="以电费补贴为主")

    with story.unchanged(NotNow, "活动办公室已指定由本单位承办，不能退回或移交"):
        story.done_by(FINANCE, offer, MakeOffer, unit_id=unit_id(SAFETY), reason="不归我们")


def test_the_former_unit_goes_on_seeing_it_and_the_taker_is_a_handler(raised: Raise) -> None:
    story = acknowledged(raised())
    story.does("park", offer, MakeOffer, unit_id=unit_id(FINANCE), reason="补贴")

    taken(story)

    assert story.parties()["park"] == "handler"
    with acting("park"):
        assert findings_of([story.problem_id], now=story.now) == []


def test_more_time_that_was_granted_goes_over_with_the_matter(raised: Raise) -> None:
    story = extended(raised)
    before = story.standing
    assert before.spell is not None
    other = SAFETY if UNIT != SAFETY else FINANCE
    story.done_by(UNIT, offer, MakeOffer, unit_id=unit_id(other), reason="主要涉及现场安全")

    standing = taken(story, by=other).standing

    assert standing.spell is not None
    assert (standing.spell.first_due_at, standing.spell.due_at) == (before.spell.first_due_at, before.spell.due_at)
    assert standing.spell.due_at != standing.spell.first_due_at
    assert sound(story)
