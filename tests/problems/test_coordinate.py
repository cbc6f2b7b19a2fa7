"""A unit registers a coordination and gives others their shares; it stays accountable itself. R-F4."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import Story
from tests.problems.ways import Raise, acknowledged, sent_up, unit, unit_id
from zhitong.domain.problems.actions.leading import Coordinate, Share, coordinate
from zhitong.domain.problems.actions.running import NotNow
from zhitong.domain.problems.rules.kinds import PartKind, PartState, State

pytestmark = pytest.mark.django_db
MEETING = {"held_on": date(2018, 4, 27), "chaired_by": "演示主任", "decided": "五月底前调整错峰方案"}


@pytest.fixture
def above(raised: Raise) -> Story:
    """Signed for by the zone's department."""
    return acknowledged(sent_up(raised()), "zone")


def shared(*codes: str, workdays: int | None = None) -> dict[str, object]:
    return {**MEETING, "shares": tuple(Share(unit_id(code), f"{code}的任务", workdays) for code in codes)}


def test_each_unit_has_its_share_and_due_and_the_coordinator_stays_accountable(above: Story) -> None:
    standing = above.does("zone", coordinate, Coordinate, **shared("130973-finance", "130973400-safety"))

    assert (standing.state, standing.accountable_unit_id) == (State.HANDLING, unit_id("130973-economy"))
    assert (standing.open_parts, standing.asked_unit_ids) == (
        2, {unit_id("130973-finance"), unit_id("130973400-safety")}
    )
    parts = above.rows("problems_part")
    assert {(part["kind"], part["state"], part["asked_for"]) for part in parts} == {
        (PartKind.CO_HANDLE.value, PartState.ASKED.value, f"{code}的任务") for code in ("130973-finance", "130973400-safety")
    }
    assert all(above.now < part["warn_at"] <= part["due_at"] for part in parts)


def test_the_firm_reads_what_was_decided_and_who_does_what(above: Story) -> None:
    above.does("zone", coordinate, Coordinate, **shared("130973-finance"))

    assert above.facts()[-1].words == {
        "chaired_by": "2018-04-27，演示主任", "decided": "五月底前调整错峰方案",
        "shares": f"{unit('130973-finance').name}：130973-finance的任务",
    }


def test_a_share_may_have_days_of_its_own(above: Story) -> None:
    above.does("zone", coordinate, Coordinate, **shared("130973-finance", workdays=1))

    [part] = above.rows("problems_part")
    assert part["due_at"].date() == date(2018, 4, 28)


@pytest.mark.parametrize(("codes", "sentence"), [
    ((), "分给 1 至 5 个单位"),
    (("130973-finance", "130973-finance"), "同一单位只写一项任务"),
    (("1309-development",), "任务只能分给本级和下级的单位"),
    (("130982-industry",), "任务只能分给本级和下级的单位"),
    (("130973-economy",), "不给自己分任务"),
    (("130973-power",), "不在属地管理序列"),
])
def test_shares_that_cannot_be_are_refused(above: Story, codes: tuple[str, ...], sentence: str) -> None:
    with above.unchanged(NotNow, sentence):
        above.does("zone", coordinate, Coordinate, **shared(*codes))


def test_a_unit_with_an_open_share_gets_no_second_one(above: Story) -> None:
    above.does("zone", coordinate, Coordinate, **shared("130973-finance"))

    with above.unchanged(NotNow, "已有一项待反馈的任务"):
        above.does("zone", coordinate, Coordinate, **shared("130973-finance"))


def test_at_its_own_level_a_unit_invites_instead(raised: Raise) -> None:
    story = acknowledged(raised())

    with story.unchanged(NotNow, "用于下级提请上来或提级办理的问题.*请选“请协办”"):
        story.does("park", coordinate, Coordinate, **shared("130973400-safety"))


def test_another_unit_does_not_coordinate(above: Story) -> None:
    with above.unchanged(NotNow, "“统筹协调”由.*办理，不是本单位"):
        above.does("park", coordinate, Coordinate, **shared("130973400-safety"))
